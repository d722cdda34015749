"""Find a style by its id, path or XML text; dependent styles.

Source: CSL 1.0.2, "Dependent Styles".
"""

from __future__ import annotations

import os
import re
from html import unescape
from os import PathLike
from pathlib import Path
from typing import Final

from attrs import frozen

from refcite.csl.style.finder import SHIPPED, Finder, StyleFolders
from refcite.problems import (
    StyleError,
    UnknownStyleError,
    described,
    did_you_mean,
    near_matches,
)

__all__ = [
    "StyleSource",
    "find_style",
    "known_style",
    "parent_of",
    "style_xml",
    "xml_of",
]

_MEANT: Final = 3
"""The number of similar styles in the message about an unknown id."""
_MISSPELT: Final = 0.88
"""The similarity from which a word is treated as misspelt."""
_ROOT: Final = re.compile(r"<style\b[^>]*(?=>)")
_DEFAULT_LOCALE: Final = re.compile(r"(?<!\s)\s+default-locale\s*=\s*(?:\"[^\"]*\"|'[^']*')")


@frozen
class StyleSource:
    """The XML of one independent style.

    Attributes:
        name: Its name in messages: its id, its path, or `style text`.
        xml: Its bytes.
        default_locale: The `default-locale` of the dependent style by which it was found. It takes
            precedence over its own (specification, "Dependent Styles"). None for others.
        old_name: The former id by which it was found, None if it was found by its id.
        finder: Finds the locales of the style's user.
        path: Its file, None for the text of a style.
    """

    name: str
    xml: bytes
    default_locale: str | None = None
    old_name: str | None = None
    finder: Finder = SHIPPED
    path: Path | None = None


def find_style(style: str | PathLike[str], styles: StyleFolders | None = None) -> StyleSource:
    """Return the XML of a style that is specified by an id, a path, or XML text.

    For a dependent style, the result is its parent, with the default locale of the dependent style.
    A style that CSL has renamed is found under its former id too.

    Args:
        style: An id such as `apa`, in any case (also as the URL that identifies the style), the
            path of a `.csl` file, or the text of a style.
        styles: Folders of the user's styles and locales.

    Raises:
        UnknownStyleError: No style has this id; the message names similar ids.
        StyleError: The file cannot be read, a dependent style's parent is missing, or a folder does
            not exist.

    Example:
        >>> find_style("nature-digest").name
        'nature'
    """
    finder = Finder.of(styles)
    source = _source(style, finder)
    parent = parent_of(source.xml)
    if parent is None:
        return source
    # Looked up by id only: the link is a URL, and this module does not use the network.
    id_, path = known_style(parent, finder)
    if path is None:
        raise StyleError(
            f"{source.name}: this dependent style needs the style {parent!r}, which was not found;"
            " put its file into a folder of REFCITE_STYLES or styles="
        )
    own_locale = re.search(rb'<style\b[^<>]*?\sdefault-locale="([^"]+)"', source.xml)
    locale = own_locale[1].decode() if own_locale else None
    xml = _bytes_of(path)
    if parent_of(xml) is not None:
        raise StyleError(f"{path}: the parent of {source.name} is a dependent style itself")
    return StyleSource(id_, xml, locale, source.old_name, finder, path)


def xml_of(style: str | PathLike[str], finder: Finder) -> tuple[str, bytes]:
    """Return the name and the XML of a style, also of a dependent style.

    Args:
        style: A path, an id or XML; a file takes precedence over a style with this id.
        finder: Finds styles.

    Raises:
        StyleError: There is no such style, or it cannot be read.
    """
    if isinstance(style, str) and not style.lstrip("\ufeff \t\r\n").startswith("<"):
        path = Path(style)
        if path.suffix or os.path.isfile(style):  # noqa: PTH113 - for any name
            style = path
    source = _source(style, finder)
    return source.name, source.xml


def _source(style: str | PathLike[str], finder: Finder) -> StyleSource:
    if isinstance(style, str):
        if style.lstrip("\ufeff \t\r\n").startswith("<"):
            return StyleSource("style text", style.encode(errors="replace"), finder=finder)
        id_, known = known_style(style, finder)
        if known:
            given = _id_of(style).casefold()
            old = None if given == id_.casefold() else given
            return StyleSource(id_, _bytes_of(known), old_name=old, finder=finder, path=known)
    elif not isinstance(style, PathLike):
        raise StyleError(
            f"a style is specified by its id, path or XML, not by {described(style)}; write 'apa',"
            " for example"
        )
    path = Path(style)
    try:
        return StyleSource(str(path), path.read_bytes(), finder=finder, path=path)
    except (OSError, ValueError) as error:
        is_path = path.suffix == ".csl" or isinstance(error, PermissionError)
        if isinstance(style, str) and not is_path:
            raise _unknown(style, finder) from None
        raise _unreadable(path, error) from None


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> StyleError:
    reason = getattr(error, "strerror", None) or error
    return StyleError(f"{path}: the style cannot be read: {reason}")


def _unknown(style: str, finder: Finder) -> UnknownStyleError:
    return UnknownStyleError(
        f"there is no style {style!r}; `refcite styles` lists them{_meant(style, finder)}"
    )


def _meant(style: str, finder: Finder) -> str:
    """Return `; did you mean …?` with styles that contain its words, or have a similar spelling."""
    from difflib import get_close_matches

    from refcite.csl.style.style_search import comparable, search_styles

    words = set(comparable(style).split())
    found = search_styles(style, styles=finder.folders) if words else ()
    named = [id_ for id_, title in found if words <= set(comparable(f"{id_} {title}").split())]
    if not named and any(map(str.isdigit, style)):
        # The search separates letters and digits: "mla9".
        named = [id_ for id_, _ in found]
    ids = finder.ids()
    meant = get_close_matches(style.casefold(), ids, n=1, cutoff=_MISSPELT)
    return did_you_mean([*dict.fromkeys((*meant, *named))][:_MEANT]) or near_matches(style, ids)


def _id_of(style: str) -> str:
    return style.removeprefix("http://www.zotero.org/styles/").removeprefix(
        "https://www.zotero.org/styles/"
    )


def known_style(style: str, finder: Finder) -> tuple[str, Path | None]:
    """Return the id that a user wrote, in any case, as the style has it, and the style's file.

    Args:
        style: The id, or the URL that identifies the style.
        finder: Finds styles.
    """
    written = _id_of(style)
    path = finder.path_of(written) or finder.path_of(written.casefold())
    if path is not None:
        return path.stem, path
    id_ = written.casefold()  # as that of all published styles
    now = finder.renamed(id_)
    return (id_, None) if now is None else (now, finder.path_of(now))


def parent_of(xml: bytes) -> str | None:
    """Return the id of the parent of a dependent style, None for an independent style.

    Args:
        xml: The style.
    """
    if b"independent-parent" not in xml:
        return None
    for link in re.findall(rb"<link\b[^<>]*>", xml):
        if b"independent-parent" in link:
            target = re.search(rb'href\s*=\s*["\']([^"\']+)["\']', link)
            if target:
                return unescape(target[1].decode(errors="replace")).rstrip("/").rpartition("/")[2]
    return None


def style_xml(style_id: str, *, styles: StyleFolders | None = None) -> str:
    """Return the XML of a style, to read it or to create a style from it.

    The rules of a dependent style are its parent's (specification, "Dependent Styles"): its XML is
    that of its parent, with its own `default-locale`.

    Args:
        style_id: A style's id, as returned by `style_ids`.
        styles: Folders of your own styles, which are searched first, as for `Processor`.

    Raises:
        UnknownStyleError: No style has this id; the message names similar ids.
        StyleError: A folder does not exist, or a file cannot be read.

    Example:
        >>> from refcite.csl import Processor, style_xml
        >>> xml = style_xml("apa")
        >>> own = xml.replace('initialize-with=". "', 'initialize-with="."')
        >>> Processor(own).has_bibliography
        True
    """
    finder = Finder.of(styles)
    if known_style(style_id, finder)[1] is None:
        raise _unknown(style_id, finder)
    source = find_style(style_id, styles)
    xml = source.xml.decode("utf-8")
    if source.default_locale is None:
        return xml
    locale = f'\\g<0> default-locale="{source.default_locale}"'
    return _ROOT.sub(locale, _DEFAULT_LOCALE.sub("", xml, count=1), count=1)
