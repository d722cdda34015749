"""How look-ups behave: whom they ask, how long they wait, what they refuse."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

from attrs import Attribute, evolve, field, frozen

from refcite.problems import RefciteError

__all__ = ["BASES", "Settings", "SettingsError"]


class SettingsError(RefciteError, ValueError):
    """A setting has a value that makes no sense; the message names it."""


def _positive(settings: Settings, attribute: Attribute[Any], value: float) -> None:
    if not value > 0:
        raise SettingsError(f"Settings.{attribute.name} must be more than 0, not {value!r}")


def _not_negative(settings: Settings, attribute: Attribute[Any], value: float) -> None:
    if value < 0:
        raise SettingsError(f"Settings.{attribute.name} must not be less than 0, not {value!r}")


def _address(settings: Settings, attribute: Attribute[Any], value: str) -> None:
    if not value.startswith(("http://", "https://")):
        raise SettingsError(
            f"Settings.{attribute.name} must start with http:// or https://, not {value!r}"
        )


def _contact(settings: Settings, attribute: Attribute[Any], value: str | None) -> None:
    if value is not None and ("@" not in value or not value.isascii() or not value.isprintable()):
        raise SettingsError(f"Settings.{attribute.name} must be an e-mail address, not {value!r}")


def _base(address: str) -> Any:
    return field(
        default=address, validator=_address, converter=lambda value: str(value).rstrip("/")
    )


@frozen(kw_only=True)
class Settings:
    """How look-ups behave. Seconds are seconds, sizes are bytes.

    Attributes:
        mailto: Your e-mail address, which goes into the User-Agent: services answer those whom
            they can reach more willingly.
        offline: Answer from the cache alone, whatever its age.
        cache: Folder of the cache, or None for no cache; by default the platform's own.
        cache_days: After how many days an answer is asked for anew.
        connect_timeout: Seconds in which a connection must stand.
        read_timeout: Seconds in which the next part of an answer must come.
        total_timeout: Seconds in which a request must be answered whole; what a redirect leads to
            is another request.
        retries: How often a request that failed for a passing reason is tried again.
        backoff: Seconds to wait before the first such attempt; each further wait is twice as long,
            and a random part of `backoff` is added.
        longest_wait: No wait is longer, and a server that asks for a longer one is not tried again.
        at_once: How many requests may be under way.
        at_once_per_host: How many of them may go to one host.
        max_bytes: How large an answer may be, before it is unpacked and after.
        max_redirects: How many redirects are followed.
        allow_private: Whether addresses of private networks may be asked.
        proxy: Address of an HTTP proxy. It resolves names in the place of this machine, so it is
            also the one to refuse private addresses.
        doi, crossref, datacite, arxiv, ncbi, open_library, google_books: The services' base
            addresses. A mirror that is named here is asked even in a private network.

    Raises:
        SettingsError: A value makes no sense.

    Example:
        >>> from refcite.web import Settings
        >>> Settings(mailto="me@example.org", retries=0).retries
        0
    """

    mailto: str | None = field(default=None, validator=_contact)
    offline: bool = False
    cache: Path | None = field(factory=lambda: _platform_cache())
    cache_days: float = field(default=30.0, validator=_not_negative)
    connect_timeout: float = field(default=10.0, validator=_positive)
    read_timeout: float = field(default=20.0, validator=_positive)
    total_timeout: float = field(default=60.0, validator=_positive)
    retries: int = field(default=3, validator=_not_negative)
    backoff: float = field(default=1.0, validator=_not_negative)
    longest_wait: float = field(default=60.0, validator=_not_negative)
    at_once: int = field(default=8, validator=_positive)
    at_once_per_host: int = field(default=2, validator=_positive)
    max_bytes: int = field(default=20_000_000, validator=_positive)
    max_redirects: int = field(default=10, validator=_not_negative)
    allow_private: bool = False
    proxy: str | None = None
    doi: str = _base("https://doi.org")
    crossref: str = _base("https://api.crossref.org")
    datacite: str = _base("https://api.datacite.org")
    arxiv: str = _base("https://export.arxiv.org/api")
    ncbi: str = _base("https://pmc.ncbi.nlm.nih.gov/api/ctxp/v1")
    open_library: str = _base("https://openlibrary.org")
    google_books: str = _base("https://www.googleapis.com/books/v1")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Return the settings that the environment's variables make.

        `REFCITE_MAILTO`; `REFCITE_CACHE` (a folder, or `off`); `REFCITE_PROXY`, else `HTTPS_PROXY`;
        and for mirrors `REFCITE_DOI_URL`, `REFCITE_CROSSREF_URL`, `REFCITE_DATACITE_URL`,
        `REFCITE_ARXIV_URL`, `REFCITE_NCBI_URL`, `REFCITE_OPEN_LIBRARY_URL` and
        `REFCITE_GOOGLE_BOOKS_URL`. A variable that is empty is as good as not set.

        Args:
            environment: The variables; by default those of this process.

        Raises:
            SettingsError: A value makes no sense.

        Example:
            >>> from refcite.web import Settings
            >>> Settings.from_environment({"REFCITE_DOI_URL": "https://mirror.example/doi/"}).doi
            'https://mirror.example/doi'
        """
        known = os.environ if environment is None else environment
        given: dict[str, Any] = {"mailto": known.get("REFCITE_MAILTO")}
        given["proxy"] = next(filter(None, map(known.get, _PROXIES)), None)
        given |= {name: known.get(f"REFCITE_{name.upper()}_URL") for name in BASES}
        folder = known.get("REFCITE_CACHE")
        if folder:
            given["cache"] = None if folder.lower() == "off" else Path(folder).expanduser()
        return cls(**{name: value for name, value in given.items() if value or name == "cache"})

    def replace(self, **changes: Any) -> Self:
        """Return a copy in which the named settings have other values.

        Args:
            **changes: Settings with their new values.

        Raises:
            SettingsError: A value makes no sense.
            TypeError: There is no such setting.

        Example:
            >>> from refcite.web import Settings
            >>> Settings.from_environment().replace(cache=None, retries=0).retries
            0
        """
        return evolve(self, **changes)


BASES: Final = ("doi", "crossref", "datacite", "arxiv", "ncbi", "open_library", "google_books")
"""The settings that are base addresses."""

_PROXIES: Final = ("REFCITE_PROXY", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def _platform_cache() -> Path | None:
    try:
        from platformdirs import user_cache_path
    except ImportError:
        return None  # what else is missing is said once something is looked up
    return user_cache_path("refcite", appauthor=False) / "lookup"
