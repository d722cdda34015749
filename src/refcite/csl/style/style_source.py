"""Find a style by its id, path or XML text; dependent styles.

Source: CSL 1.0.2, "Dependent Styles".
"""

from __future__ import annotations

import re
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import Final

from attrs import frozen

from refcite.csl.style.style_search import path_of, renamed_style, search_styles, style_ids
from refcite.handwritten import described
from refcite.problems import (
    StyleError,
    UnknownStyleError,
    did_you_mean,
    near_matches,
)

__all__ = [
    "StyleSource",
    "find_style",
    "style_xml",
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
    """

    name: str
    xml: bytes
    default_locale: str | None = None
    old_name: str | None = None


def find_style(style: str | PathLike[str]) -> StyleSource:
    """Return the XML of a style that is specified by an id, a path, or XML text.

    For a dependent style, the result is its parent, with the default locale of the dependent style.
    A style that CSL has renamed is found under its former id too.

    Args:
        style: An id such as `apa`, in any case (also as the URL that identifies the style), the
            path of a `.csl` file, or the text of a style.

    Raises:
        UnknownStyleError: No style has this id; the message names similar ids.
        StyleError: The file cannot be read, or a dependent style's parent is missing.

    Example:
        >>> find_style("nature-digest").name
        'nature'
    """
    source = _source(style)
    parent = _parent_of(source)
    if parent is None:
        return source
    # Looked up by id only: the link is a URL, and this module does not use the network.
    path = path_of(parent)
    if path is None:
        raise StyleError(
            f"{source.name}: this dependent style needs the style {parent!r}, which was not found"
        )
    own_locale = re.search(rb'<style[^>]*\sdefault-locale="([^"]+)"', source.xml)
    locale = own_locale[1].decode() if own_locale else None
    return StyleSource(parent, path.read_bytes(), locale, source.old_name)


def _source(style: str | PathLike[str]) -> StyleSource:
    if isinstance(style, str):
        if style.lstrip("\ufeff \t\r\n").startswith("<"):
            return StyleSource("style text", style.encode(errors="replace"))
        id_, known = _known(style)
        if known:
            old = _id_of(style).casefold()
            return StyleSource(id_, known.read_bytes(), old_name=None if old == id_ else old)
    elif not isinstance(style, PathLike):
        raise StyleError(
            f"a style is specified by its id, path or XML, not by {described(style)}; write 'apa',"
            " for example"
        )
    path = Path(style)
    try:
        return StyleSource(str(path), path.read_bytes())
    except (OSError, ValueError) as error:
        is_path = path.suffix == ".csl" or isinstance(error, PermissionError)
        if isinstance(style, str) and not is_path:
            raise _unknown(style) from None
        reason = getattr(error, "strerror", None) or error
        raise StyleError(f"{path}: the style cannot be read: {reason}") from None


def _unknown(style: str) -> UnknownStyleError:
    return UnknownStyleError(
        f"there is no style {style!r}; `refcite styles` lists them{_meant(style)}"
    )


def _meant(style: str) -> str:
    """Return `; did you mean …?` with styles that contain its words, or have a similar spelling."""
    from difflib import get_close_matches

    words = set(re.findall(r"[^\W_]+", style.casefold()))
    with_its_words = (
        id_
        for id_, title in search_styles(words)
        if words <= set(re.findall(r"[^\W_]+", f"{id_} {title}".casefold()))
    )
    meant = get_close_matches(style.casefold(), style_ids(), n=1, cutoff=_MISSPELT)
    meant += islice(with_its_words, _MEANT) if words else []
    return did_you_mean([*dict.fromkeys(meant)][:_MEANT]) or near_matches(style, style_ids())


def _id_of(style: str) -> str:
    return style.removeprefix("http://www.zotero.org/styles/").removeprefix(
        "https://www.zotero.org/styles/"
    )


def _known(style: str) -> tuple[str, Path | None]:
    """Return the id that a user wrote, in any case, as the style has it, and the style's file."""
    id_ = _id_of(style).casefold()  # as that of all published styles
    path = path_of(id_)
    if path is None and (now := renamed_style(id_)) is not None:
        return now, path_of(now)
    return id_, path


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
    """Return the XML of a style, to read it or to create a style from it.

    The rules of a dependent style are its parent's (specification, "Dependent Styles"): its XML is
    that of its parent, with its own `default-locale`.

    Args:
        style_id: A style's id, as returned by `style_ids`.

    Raises:
        UnknownStyleError: No style has this id; the message names similar ids.

    Example:
        >>> from refcite.csl import Processor, style_xml
        >>> xml = style_xml("apa")
        >>> own = xml.replace('initialize-with=". "', 'initialize-with="."')
        >>> Processor(own).has_bibliography
        True
    """
    if _known(style_id)[1] is None:
        raise _unknown(style_id)
    source = find_style(style_id)
    xml = source.xml.decode("utf-8")
    if source.default_locale is None:
        return xml
    locale = f'\\g<0> default-locale="{source.default_locale}"'
    return _ROOT.sub(locale, _DEFAULT_LOCALE.sub("", xml, count=1), count=1)
