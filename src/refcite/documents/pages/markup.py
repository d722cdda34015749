"""HTML of citations and entries, for the places in a page where they are put."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final
from urllib.parse import quote, unquote

from refcite.csl import Bibliography

__all__ = [
    "address_of",
    "bibliography_html",
    "capitalised",
    "entry_alone",
    "is_raised",
    "plain",
    "source_as_html",
    "with_addresses",
    "without_final_period",
]

_TAG: Final = re.compile(r"<[^<>]*>")
_FIRST_LETTER: Final = re.compile(r"\A((?:<[^<>]*>|[^\w<&])*+)(\w)")
_FINAL_PERIOD: Final = re.compile(r"\.((?:</[^<>]*>|[\"'\u201d\u2019\u00bb])*+)\Z")
_RAISED: Final = re.compile(r"\A(?:<a\b[^<>]*>)?<sup>")
_LEFT_MARGIN: Final = re.compile(r"\s*<div class=\"csl-left-margin\">.*?</div>\s*", re.DOTALL)
_BLOCK: Final = re.compile(r"</?div\b[^<>]*>")
_SCHEME: Final = "refcite-entry:"
_LINK: Final = re.compile(rf'<a href="{_SCHEME}([^"]*)">(.*?)</a>', re.DOTALL)
_CODE: Final = re.compile(r"\A(`+)(.*?)\1(?:\{[^{}]*\})?\Z", re.DOTALL)
_MATH: Final = re.compile(r"\A(\$\$?)(.*)\1\Z", re.DOTALL)
_HYPERLINK: Final = re.compile(r"\A\[([^\[\]]*)\]\(([^()\s]*)\)\Z")


def plain(html: str) -> str:
    """Return the text of HTML.

    Example:
        >>> plain("<i>Oars</i> &#38; masts")
        'Oars & masts'
    """
    return unescape(_TAG.sub("", html))


def capitalised(html: str) -> str:
    """Return HTML whose first letter is a capital.

    Example:
        >>> capitalised("<i>ibid.</i>, 3")
        '<i>Ibid.</i>, 3'
    """
    return _FIRST_LETTER.sub(lambda found: found[1] + found[2].upper(), html)


def without_final_period(html: str) -> str:
    """Return HTML without the period at its end, which may be within tags.

    Example:
        >>> without_final_period("Ash, <i>Oars.</i>")
        'Ash, <i>Oars</i>'
    """
    return _FINAL_PERIOD.sub(r"\1", html)


def is_raised(html: str) -> bool:
    """Return whether a citation is a raised number, as in styles such as Nature's.

    Example:
        >>> is_raised('<sup>1</sup>'), is_raised("[1]")
        (True, False)
    """
    return _RAISED.match(html) is not None


def source_as_html(source: str) -> str:
    """Return a piece of Markdown that a citation contains, such as code or a formula, as HTML.

    Example:
        >>> source_as_html("`a < b`")
        '<code>a &lt; b</code>'
    """
    code = _CODE.match(source)
    if code is not None:
        return f"<code>{escape(code[2].strip(), quote=False)}</code>"
    math = _MATH.match(source)
    if math is not None:
        return f'<span class="arithmatex">\\({escape(math[2], quote=False)}\\)</span>'
    link = _HYPERLINK.match(source)
    if link is not None:
        return f'<a href="{escape(link[2])}">{escape(link[1], quote=False)}</a>'
    return source if source.startswith(("<", "&")) else escape(source, quote=False)


# Addresses of entries


def address_of(key: str) -> str:
    """Return the address of an entry whose page is not known yet.

    Example:
        >>> address_of("a b")
        'refcite-entry:a%20b'
    """
    return _SCHEME + quote(key, safe="")


def with_addresses(html: str, targets: dict[str, str] | None) -> str:
    """Return HTML in which the links to entries have their addresses.

    Args:
        html: The HTML, with addresses of `address_of`.
        targets: The addresses by key; None for no links. The text of a link without one remains.

    Example:
        >>> html = '<a href="refcite-entry:a">Ash 2001</a>'
        >>> with_addresses(html, {"a": "#ref-a"}), with_addresses(html, {})
        ('<a href="#ref-a">Ash 2001</a>', 'Ash 2001')
    """
    if _SCHEME not in html:
        return html

    def link(found: re.Match[str]) -> str:
        target = None if targets is None else targets.get(unquote(found[1]))
        return found[2] if target is None else f'<a href="{escape(target)}">{found[2]}</a>'

    return _LINK.sub(link, html)


# Entries


def entry_alone(html: str) -> str:
    """Return an entry for a footnote: without its number, and in one paragraph.

    Example:
        >>> entry_alone('<div class="csl-left-margin">[1]</div>'
        ...             '<div class="csl-right-inline">Ash, Oars.</div>')
        'Ash, Oars.'
    """
    return " ".join(_BLOCK.sub(" ", _LEFT_MARGIN.sub("", html)).split())


def bibliography_html(bibliography: Bibliography, ids: frozenset[str], first_ids: set[str]) -> str:
    """Return a bibliography, or a part of it.

    Args:
        bibliography: The bibliography.
        ids: The ids of the entries that are printed.
        first_ids: The ids that the page does not have yet as anchors; those of the printed entries
            are removed.
    """
    layout = bibliography.layout
    classes = "csl-bib-body"
    if layout.hanging_indent and not layout.second_field_align:
        classes += " csl-hanging-indent"
    properties = [f"--csl-entry-spacing: {layout.entry_spacing}"]
    if layout.second_field_align:
        properties.append(f"--csl-margin: {layout.max_offset or 4}ch")
    entries: list[str] = []
    for entry in bibliography:
        if entry.id not in ids:
            continue
        anchor = f' id="{escape(anchor_of(entry.id))}"' if entry.id in first_ids else ""
        first_ids.discard(entry.id)
        entries.append(f'<div class="csl-entry"{anchor}>{entry.text.strip()}</div>\n')
    style = "; ".join(properties)
    return f'<div class="{classes}" style="{style}">\n{"".join(entries)}</div>'


def anchor_of(key: str) -> str:
    """Return the anchor of an entry.

    Example:
        >>> anchor_of("ash 2001")
        'ref-ash-2001'
    """
    return "ref-" + re.sub(r"\s+", "-", key)
