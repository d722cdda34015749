"""Texts of HTML: entities, and URLs of the web."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

__all__ = ["entities_meant", "entities_of", "entities_read", "tags_meant", "web_address"]

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAGS: Final = re.compile(r"<(em|italic|i|strong|bold|b|sup|sub)>([^<>]*)</\1>", re.IGNORECASE)
_MARKUP: Final = {"em": "i", "italic": "i", "strong": "b", "bold": "b"}
_LONGEST_ADDRESS: Final = 2_000


def entities_read(text: str) -> str:
    """Return a text with HTML's entities read.

    Example:
        >>> entities_read("Law &amp; policy&#8217;s end; R&D")
        'Law & policy’s end; R&D'
    """
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text) if "&" in text else text


def entities_meant(text: str) -> str:
    """Return a text of a format without entities, with the remaining entities of HTML converted.

    If it also contains a plain ampersand, it was not HTML, and is not changed.

    Example:
        >>> entities_meant("Law &amp; policy&#8217;s end"), entities_meant("&amp; & other entities")
        ('Law & policy’s end', '&amp; & other entities')
        >>> entities_meant("Law &amp;amp; policy")
        'Law & policy'
    """
    for _ in range(2):  # some texts were escaped twice
        if "&" not in text or text.count("&") != sum(1 for _ in _ENTITY.finditer(text)):
            break
        text = entities_read(text)
    return text


def tags_meant(text: str) -> str:
    """Return a text of a format without HTML, with its remaining tags as those of CSL.

    Example:
        >>> tags_meant("Life of <em>E. coli</em> in H<SUB>2</SUB>O; a <em>")
        'Life of <i>E. coli</i> in H<sub>2</sub>O; a <em>'
    """
    return _TAGS.sub(_tag_meant, text) if "</" in text else text


def _tag_meant(found: re.Match[str]) -> str:
    name = found[1].lower()
    name = _MARKUP.get(name, name)
    return f"<{name}>{found[2]}</{name}>"


def entities_of(
    fields: Sequence[tuple[str, Any, int]], apart: str = ""
) -> Sequence[tuple[str, Any, int]]:
    """Return fields with the remaining entities and tags of HTML in their texts converted.

    Args:
        fields: The key, the text and the line of each.
        apart: The start of texts that are not changed.
    """
    for _, text, _ in fields:
        if "&" in text or "</" in text:
            break
    else:
        return fields
    return [
        (key, text if apart and text.startswith(apart) else tags_meant(entities_meant(text)), line)
        for key, text, line in fields
    ]


def web_address(address: str, base: str = "") -> str | None:
    """Return a complete URL of the web; None for other texts.

    Example:
        >>> web_address("/a/1.html", "https://example.org/x")
        'https://example.org/a/1.html'
        >>> web_address("javascript:void(0)"), web_address("/a")
        (None, None)
    """
    address = "".join(address.split()) if "\n" in address else address.strip()
    try:
        whole = urljoin(base, address) if base else address
        parts = urlsplit(whole)
        host = parts.hostname or ""
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and bool(host) and " " not in whole
    return whole if is_web and len(whole) <= _LONGEST_ADDRESS else None
