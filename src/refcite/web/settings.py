"""Settings of look-ups: services, time limits and allowed addresses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

from attrs import Attribute, evolve, field, frozen

from refcite.problems import RefciteError

__all__ = ["BASES", "Settings", "SettingsError"]


class SettingsError(RefciteError, ValueError):
    """A setting has a value that is not valid; the message names it."""


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
    """Settings of look-ups. Times are in seconds, sizes in bytes.

    Attributes:
        mailto: Your e-mail address, which is sent in the User-Agent. Some services give priority
            to requests with an address.
        offline: Use only the cache, including old responses.
        cache: Folder of the cache, or None for no cache; by default a folder of the platform.
        cache_days: The number of days after which a response is requested again.
        connect_timeout: Maximum time to open a connection.
        read_timeout: Maximum time until the next part of a response arrives.
        total_timeout: Maximum time for a complete response. The target of a redirect is another
            request.
        retries: How often a request is repeated after a temporary failure.
        backoff: Time to wait before the first repetition; each further wait is twice as long, and a
            random part of `backoff` is added.
        longest_wait: Maximum wait. If a server requests a longer wait, the request is not repeated.
        at_once: Maximum number of simultaneous requests.
        at_once_per_host: Maximum number of simultaneous requests to one host.
        max_bytes: Maximum size of a response, before and after decompression.
        max_redirects: Maximum number of redirects.
        allow_private: Whether requests to private networks are allowed.
        proxy: URL of an HTTP proxy. The proxy resolves host names instead of this machine, so it
            must also reject private addresses.
        doi, crossref, datacite, arxiv, ncbi, open_library, google_books: The base URLs of
            the services. A mirror that is set here is allowed even in a private network.

    Raises:
        SettingsError: A value is not valid.

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
        """Return the settings from the environment variables.

        `REFCITE_MAILTO`; `REFCITE_CACHE` (a folder, or `off`); `REFCITE_PROXY` or `HTTPS_PROXY`;
        and for mirrors `REFCITE_DOI_URL`, `REFCITE_CROSSREF_URL`, `REFCITE_DATACITE_URL`,
        `REFCITE_ARXIV_URL`, `REFCITE_NCBI_URL`, `REFCITE_OPEN_LIBRARY_URL` and
        `REFCITE_GOOGLE_BOOKS_URL`. An empty variable is treated as not set.

        Args:
            environment: The variables; by default those of the process.

        Raises:
            SettingsError: A value is not valid.

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
            SettingsError: A value is not valid.
            TypeError: There is no such setting.

        Example:
            >>> from refcite.web import Settings
            >>> Settings.from_environment().replace(cache=None, retries=0).retries
            0
        """
        return evolve(self, **changes)


BASES: Final = ("doi", "crossref", "datacite", "arxiv", "ncbi", "open_library", "google_books")
"""The settings that are base URLs."""

_PROXIES: Final = ("REFCITE_PROXY", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def _platform_cache() -> Path | None:
    try:
        from platformdirs import user_cache_path
    except ImportError:
        return None  # `lookup` reports the missing packages
    return user_cache_path("refcite", appauthor=False) / "lookup"
