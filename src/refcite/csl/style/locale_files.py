"""The locale files of CSL in citeproc-py: their list, and their contents."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from refcite.csl.style.elements import LocaleData
from refcite.csl.style.style_reader import read_locale
from refcite.csl.style.style_search import package_dir
from refcite.csl.style.xml import Source
from refcite.problems import UnknownLocaleError, near_matches

__all__ = ["find_locale", "locale_file", "locale_names", "primary_dialect", "shipped_locale"]


def find_locale(language: str) -> str:
    """Return the CSL locale for a language tag: itself, or the first dialect of its language.

    Args:
        language: A BCP 47 tag such as `fr-FR`, `fr` or `fr-BE`, in any case.

    Raises:
        UnknownLocaleError: There is no locale for this language.

    Example:
        >>> find_locale("fr"), find_locale("pt-br"), find_locale("de-BE")
        ('fr-FR', 'pt-BR', 'de-DE')
    """
    found = shipped_locale(language) or primary_dialect(_normal(language).partition("-")[0])
    if found:
        return found
    near = near_matches(language, list(_shipped().values()))
    raise UnknownLocaleError(f"there is no CSL locale {language!r}{near}")


def shipped_locale(tag: str) -> str | None:
    """Return a locale as its file names it, None if there is no file of this language and region.

    Args:
        tag: The language, in any case, with `-` or `_`.

    Example:
        >>> shipped_locale("SR_latn_rs"), shipped_locale("sr")
        ('sr-Latn-RS', None)
    """
    return _shipped().get(_normal(tag))


def primary_dialect(language: str) -> str | None:
    """Return the locale of a language whose region is not given, None if CSL has none.

    Args:
        language: The code of the language, in lower case.

    Example:
        >>> primary_dialect("pt"), primary_dialect("xx")
        ('pt-PT', None)
    """
    dialect: str | None = _listed()["primary-dialects"].get(language)
    return dialect


def locale_names() -> dict[str, str]:
    """Return the tags of all CSL locales, each with the name of the language in that language.

    Example:
        >>> locale_names()["fr-FR"]
        'Français (France)'
    """
    names = _listed()["language-names"]
    return {tag: names.get(tag, [tag])[0] for tag in sorted(_shipped().values())}


@cache
def locale_file(name: str) -> LocaleData | None:
    """Return the contents of the file of a locale, None if there is none.

    Args:
        name: The language, such as `en-US`.
    """
    if name not in _shipped().values():
        return None
    path = _locales_dir() / f"locales-{name}.xml"
    return read_locale(Source(path.read_bytes(), f"locale {name}"))


@cache
def _listed() -> dict[str, Any]:
    listed: dict[str, Any] = json.loads((_locales_dir() / "locales.json").read_bytes())
    return listed


@cache
def _shipped() -> dict[str, str]:
    tags = [path.stem.removeprefix("locales-") for path in _locales_dir().glob("locales-*.xml")]
    return {tag.lower(): tag for tag in tags}


def _normal(tag: str) -> str:
    return tag.replace("_", "-").lower()


@cache
def _locales_dir() -> Path:
    return package_dir("citeproc") / "data" / "locales"
