"""The locale files of CSL: the user's, and those in citeproc-py; their list, and their contents."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from refcite.csl.style.elements import LocaleData
from refcite.csl.style.finder import SHIPPED, Finder, locales_list
from refcite.csl.style.style_reader import read_locale
from refcite.csl.style.xml import Source
from refcite.problems import StyleError, UnknownLocaleError, near_matches

__all__ = ["find_locale", "known_locale", "locale_data", "locale_names"]


def find_locale(language: str, finder: Finder = SHIPPED) -> str:
    """Return the CSL locale for a language tag: itself, or the first dialect of its language.

    Args:
        language: A BCP 47 tag such as `fr-FR`, `fr` or `fr-BE`, in any case. An order for sorting
            is kept, such as `de-u-co-phonebk`.
        finder: Finds the user's locales.

    Raises:
        UnknownLocaleError: There is no locale for this language.

    Example:
        >>> find_locale("fr"), find_locale("pt-br"), find_locale("de-BE-u-co-phonebk")
        ('fr-FR', 'pt-BR', 'de-DE-u-co-phonebk')
    """
    plain, extension, order = _normal(language).partition("-u-")
    found = known_locale(plain, finder) or finder.primary_dialect(plain.partition("-")[0])
    if found:
        return f"{found}{extension}{order}"
    near = near_matches(language, list(finder.locales().values()))
    raise UnknownLocaleError(f"there is no CSL locale {language!r}{near}")


def known_locale(tag: str, finder: Finder = SHIPPED) -> str | None:
    """Return a locale as its file names it, None if there is no file of this language and region.

    Args:
        tag: The language, in any case, with `-` or `_`.
        finder: Finds the user's locales.

    Example:
        >>> known_locale("SR_latn_rs"), known_locale("sr")
        ('sr-Latn-RS', None)
    """
    if not finder.folders:
        return _shipped().get(_normal(tag))
    return finder.locales().get(_normal(tag))


def locale_names(finder: Finder | None = None) -> dict[str, str]:
    """Return the tags of all CSL locales, each with the name of the language in that language.

    Args:
        finder: Finds the user's locales, by default those of the environment variable.

    Example:
        >>> locale_names()["fr-FR"]
        'Français (France)'
    """
    names = locales_list()["language-names"]
    tags = (Finder.of() if finder is None else finder).locales().values()
    return {tag: names.get(tag, [tag])[0] for tag in sorted(tags)}


def locale_data(name: str, finder: Finder = SHIPPED) -> list[LocaleData]:
    """Return the contents of the files of a locale: the user's, then the published one.

    Args:
        name: The language, such as `en-US`.
        finder: Finds the user's locales.

    Raises:
        StyleError: A file cannot be read, or is not valid; the message names the file.
    """
    if not finder.folders:
        found = _published(name)
        return [] if found is None else [found]
    data: list[LocaleData] = []
    for path in finder.locale_paths(name):
        try:
            status = path.stat()
            data.append(_read(path, status.st_mtime_ns, status.st_size))
        except OSError as error:
            reason = error.strerror or error
            raise StyleError(f"{path}: the locale cannot be read: {reason}") from None
    return data


@cache
def _published(name: str) -> LocaleData | None:
    path = next(SHIPPED.locale_paths(name), None)
    return None if path is None else read_locale(Source(path.read_bytes(), f"locale {name}"))


@lru_cache(maxsize=32)
def _read(path: Path, changed: int, size: int) -> LocaleData:
    """Return the contents of a file, which is read again when it has changed."""
    return read_locale(Source(path.read_bytes(), str(path)))


@cache
def _shipped() -> dict[str, str]:
    return SHIPPED.locales()


def _normal(tag: str) -> str:
    return tag.replace("_", "-").lower()
