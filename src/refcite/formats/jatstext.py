"""Texts with the markup of JATS, MathML or HTML, in the form in which registries hold them.

A title or an abstract may contain tags with or without a prefix (`<jats:italic>`, `<em>`), a
formula as MathML or as LaTeX or both, and entities, which some sources have escaped twice. A record
contains only the markup of CSL (`refcite.richtext`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from refcite.formats.htmltext import entities_read

__all__ = ["clean", "clean_paragraphs", "titled"]

_ATTRIBUTES: Final = r"(?:\s+[\w:.-]{1,60}\s*=\s*(?:\"[^\"]*\"|'[^']*'))*+\s*"
_MARKUP: Final = re.compile(
    rf"<(/?)(?:jats:)?(italic|i|em|bold|b|strong|su[bp]|sc|scp){_ATTRIBUTES}>", re.IGNORECASE
)
_CSL: Final = {"italic": "i", "em": "i", "bold": "b", "strong": "b", "scp": "sc"}
_OTHER_TAG: Final = re.compile(
    rf"<(?!/?(?:i|b|su[bp]|sc)>)/?[A-Za-z][\w:.-]{{0,60}}{_ATTRIBUTES}/?>|<\?[^<>]{{0,200}}\?>"
)
_PARAGRAPH: Final = re.compile(
    r"</(?:jats:)?(?:p|title|label|list-item|li|h[1-6]|div|tr)\s*>|<(?:jats:)?br(?:eak)?\s?/?>",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(
    r"\A\s*(?:<(?:jats:)?(?:abstract|sec)\b[^<>]{0,400}>\s*)*<((?:jats:)?title)(?:\s[^<>]{0,400})?>\s*"
    r"(?:abstract|summary)\s*[.:]?\s*</\1>",
    re.IGNORECASE,
)
_MATH: Final = re.compile(r"<((?:mml:|m:)?math)\b")
_TEX: Final = re.compile(r"<((?:jats:)?tex-math)\b")
_NAMESPACES: Final = re.compile(r"\sxmlns(?::\w{1,20})?\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ATTRIBUTE_PREFIX: Final = re.compile(r"(?<=\s)\w{1,20}:(?=[\w-]{1,40}\s*=)")
_LONGEST_FORMULA: Final = 20_000
_SHORT: Final = 80
"""The length of a text up to which its division into words takes less time than a search in it."""


def clean(text: str) -> str:
    r"""Return a text in one line, with only the markup that a record can contain.

    Example:
        >>> clean("Growth of\n <em>E. coli</em> &amp; <mml:math><mml:mi>x</mml:mi></mml:math>")
        'Growth of <i>E. coli</i> & x'
        >>> clean("&amp;lt;i&amp;gt;E. coli&amp;lt;/i&amp;gt; where p &lt; 0.05 and a <b and c> d")
        '<i>E. coli</i> where p < 0.05 and a <b and c> d'
    """
    if "&" in text:
        text = entities_read(text)
        if "&" in text:
            text = entities_read(text)
    if "<" in text:
        text = _without_tags(_with_formulas(text))
    if len(text) > _SHORT and text.isprintable() and "  " not in text:
        return text.strip()  # most long texts have no white space to change
    return " ".join(text.split())


def _without_tags(text: str) -> str:
    return _OTHER_TAG.sub("", _MARKUP.sub(_markup, text))


def _markup(found: re.Match[str]) -> str:
    name = found[2].lower()
    return f"<{found[1]}{_CSL.get(name, name)}>"


def clean_paragraphs(text: object) -> str | None:
    r"""Return an abstract, its paragraphs on separate lines, without the heading "Abstract".

    Example:
        >>> clean_paragraphs("<jats:title>Abstract</jats:title><jats:p>One.</jats:p><p>Two.</p>")
        'One.\nTwo.'
    """
    if not isinstance(text, str):
        return None
    if "<" not in text and "&" in text:
        text = entities_read(text)  # tags that were escaped
    if "<" not in text:
        return clean(text) or None
    pieces = _PARAGRAPH.split(_HEADING.sub("", _with_formulas(text)))
    return "\n".join(filter(None, map(clean, pieces))) or None


def titled(title: str | None, subtitle: str | None) -> str | None:
    """Return a title with its subtitle, unless the title contains it.

    Example:
        >>> titled("Lamps", "A history"), titled("Why lamps?", "A history")
        ('Lamps: A history', 'Why lamps? A history')
    """
    if not title or not subtitle or subtitle.casefold() in title.casefold():
        return title or subtitle
    return f"{title} {subtitle}" if title[-1] in ":?!—–" else f"{title}: {subtitle}"


# Formulas


def _with_formulas(text: str) -> str:
    """Return a text whose MathML is text with the markup of CSL, without the LaTeX next to it."""
    if "math" not in text:
        return text
    has_mathml = _MATH.search(text) is not None
    if has_mathml and "tex-math" in text:
        text = "".join(piece for piece, is_tex in _segments(text, _TEX) if not is_tex)
    if has_mathml:
        pieces = _segments(text, _MATH)
        text = "".join(_formula(piece) if is_math else piece for piece, is_math in pieces)
    return text


def _segments(text: str, start: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    """Cut a text at elements: yield each piece, and whether it is such an element."""
    place = 0
    for found in start.finditer(text):
        if found.start() < place:
            continue
        end_tag = f"</{found[1]}>"
        end = text.find(end_tag, found.end(), found.end() + _LONGEST_FORMULA)
        if end < 0:
            break
        yield text[place : found.start()], False
        place = end + len(end_tag)
        yield text[found.start() : place], True
    yield text[place:], False


def _formula(source: str) -> str:
    """Return a formula of MathML as text.

    Example:
        >>> _formula("<math><msub><mi>H</mi><mn>2</mn></msub><mo>=</mo><mi>x</mi></math>")
        'H<sub>2</sub>=x'
    """
    plain = _ATTRIBUTE_PREFIX.sub("", _NAMESPACES.sub("", source))
    plain = re.sub(r"(</?)(?:mml|m):", r"\1", plain)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(plain.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return source if root is None else _math(root).strip()


_SCRIPTS: Final = {
    "msub": ("sub",), "munder": ("sub",), "msup": ("sup",), "msubsup": ("sub", "sup"),
}  # fmt: skip
_NO_TEXT: Final = frozenset({"annotation", "annotation-xml"})


def _math(element: etree._Element) -> str:
    if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
        return ""
    inner = [_math(one) for one in element]
    if element.tag in _SCRIPTS and inner:
        scripts = zip(_SCRIPTS[element.tag], inner[1:], strict=False)
        marked = (f"<{tag}>{text}</{tag}>" for tag, text in scripts if text.strip())
        return inner[0] + "".join(marked)
    if element.tag == "mfrac" and len(inner) == 2:
        return f"{inner[0]}/{inner[1]}"
    if element.tag == "mover" and inner:
        return inner[0]
    text = _escaped(element.text) if not inner else (element.text or "").strip()
    return text + "".join(inner)


def _escaped(text: str | None) -> str:
    """Return the text of a symbol; a space in it is part of it."""
    return " ".join((text or "").split()) if (text or "").strip() else (" " if text else "")
