"""Texts of HTML: entities, and addresses of the web."""

from __future__ import annotations

import re
from html import unescape
from typing import Final
from urllib.parse import urljoin, urlsplit

__all__ = ["entities_read", "web_address"]

_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LONGEST_ADDRESS: Final = 2_000


def entities_read(text: str) -> str:
    """Return a text with HTML's entities read.

    Example:
        >>> entities_read("Law &amp; policy&#8217;s end; R&D")
        'Law & policy’s end; R&D'
    """
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text) if "&" in text else text


def web_address(address: str, base: str = "") -> str | None:
    """Return an address of the web, made whole; None for one that is none.

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
