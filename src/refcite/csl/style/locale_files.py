"""The locale files of CSL in citeproc-py: their list, and their contents."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

from refcite.csl.style.elements import LocaleData
from refcite.csl.style.style_reader import read_locale
from refcite.csl.style.style_search import package_dir
from refcite.csl.style.xml import Source
from refcite.problems import UnknownLocaleError, near_matches

__all__ = ["find_locale", "locale_file", "locale_names"]

_TAG: Final = re.compile(r"([a-z]{2,3})(?:[-_]([a-z0-9]{2,8}))?", re.IGNORECASE)


def find_locale(language: str) -> str:
    """Return the CSL locale for a language tag: itself, or its language's first dialect.

    Args:
        language: A BCP 47 tag such as `fr-FR`, `fr` or `fr-BE`, in any case.

    Raises:
        UnknownLocaleError: There is no locale of that language.

    Example:
        >>> find_locale("fr"), find_locale("pt-br"), find_locale("de-BE")
        ('fr-FR', 'pt-BR', 'de-DE')
    """
    known = [path.stem.removeprefix("locales-") for path in _locales_dir().glob("locales-*.xml")]
    tag = language.replace("_", "-").casefold()
    for locale in known:
        if locale.casefold() == tag:
            return locale
    table = json.loads((_locales_dir() / "locales.json").read_bytes())
    primary: str | None = table["primary-dialects"].get(tag.partition("-")[0])
    if primary:
        return primary
    near = near_matches(language, known)
    raise UnknownLocaleError(f"there is no CSL locale {language!r}{near}")


def locale_names() -> dict[str, str]:
    """Return the tags of all CSL locales, each with its language's own name for itself.

    Example:
        >>> locale_names()["fr-FR"]
        'Français (France)'
    """
    names = json.loads((_locales_dir() / "locales.json").read_bytes())["language-names"]
    tags = sorted(path.stem.removeprefix("locales-") for path in _locales_dir().glob("*.xml"))
    return {tag: names.get(tag, [tag])[0] for tag in tags}


@cache
def locale_file(name: str) -> LocaleData | None:
    """Return the contents of the file of a locale, None if there is none.

    Args:
        name: The language, such as `en-US`.
    """
    if not _TAG.fullmatch(name):
        return None
    path = _locales_dir() / f"locales-{name}.xml"
    if not path.is_file():
        return None
    return read_locale(Source(path.read_bytes(), f"locale {name}"))


@cache
def _locales_dir() -> Path:
    return package_dir("citeproc") / "data" / "locales"
