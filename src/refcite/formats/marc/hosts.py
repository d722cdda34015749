"""Field 773: the work that contains a part, and the place of the part in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from refcite.formats.marc.fields import MarcField, clean, without_end
from refcite.formats.numbers import bare_pages

__all__ = ["host_fields"]

_LONGEST: Final = 400
_NAMED: Final = re.compile(
    r"(volume|year|number|month|day|pages|elocationid|extent):", re.IGNORECASE
)
_ROWS: Final = {
    "volume": "volume",
    "number": "number",
    "pages": "pages",
    "year": "year",
    "elocationid": "article",
}
_NUMBER: Final = r"([0-9A-Za-z][\w./-]{0,20})"
_PARTS: Final = (
    (
        "volume",
        rf"\b(?:vol(?:ume)?s?|bd|band|jg|jahrg(?:ang)?|tome|tom|t|v)\b\.?\s*{_NUMBER}",
    ),
    (
        "number",
        r"(?:\b(?:no|nos|nr|num|number|n[uú]m|issue|iss|heft|h|fasc|nummer)\b\.?|n[°º])"
        rf"\s*{_NUMBER}",
    ),
    (
        "pages",
        r"\b(?:pages?|pp?|s|seiten?|str)\b\.?\s*"
        r"([0-9A-Za-z]{1,9}(?:\s?[-–—]\s?[0-9A-Za-z]{1,9})?)",
    ),
    ("year", r"\(([^()]{0,24}?\b(?:1[0-9]{3}|20[0-9]{2}))\)|\b(1[0-9]{3}|20[0-9]{2})\b"),
)
_PATTERNS: Final = tuple((name, re.compile(one, re.IGNORECASE)) for name, one in _PARTS)
_CODED: Final = re.compile(r"([^:<]{1,20})(?::([^:<]{1,20}))?(?::[^:<]{1,20})*(?:<(.{1,20}))?")
_IMPRINT: Final = re.compile(
    r"(?:([^:,]{1,80}?)\s?:\s)?([^:]{1,120}?)(?:,\s(?:c|©)?([0-9]{4}))?\.?"
)
_SUBFIELDS: Final = {"t": "773$t", "p": "773$p", "x": "773$x", "z": "773$z"}


def host_fields(host: MarcField) -> Iterator[tuple[str, str, bool]]:
    """Yield the key, the text, and whether nothing else of the subfield must be kept, of a host.

    A key is `773$t`, or with the kind of a number `773$g/volume`. Subfields that are only partly
    read have a key too.

    Example:
        >>> host = MarcField("773", "0 ", [("g", "Vol. 3, no. 2 (2019), p. 5-9")])
        >>> for key, text, _ in host_fields(host):
        ...     print(key, text)
        773$g/volume 3
        773$g/number 2
        773$g/pages 5-9
        773$g/year 2019
    """
    for code, raw in host.subfields:
        text = clean(raw)[:_LONGEST]
        if code in _SUBFIELDS:
            yield _SUBFIELDS[code], without_end(text), True
        elif code == "g":
            yield from _related(text)
        elif code == "q":
            found = _CODED.fullmatch(text)
            parts = found.groups() if found else ()
            for name, part in zip(("volume", "number", "pages"), parts, strict=False):
                if part:
                    yield f"773$g/{name}", part, False
        elif code == "d":
            found = _IMPRINT.fullmatch(text)
            parts = found.groups() if found else ()
            for name, part in zip(("place", "publisher", "year"), parts, strict=False):
                if part:
                    yield f"773$d/{name}", without_end(part), False


def _related(text: str) -> Iterator[tuple[str, str, bool]]:
    named = list(_NAMED.finditer(text))
    if named and named[0].start() == 0:
        ends = [one.start() for one in named[1:]] + [len(text)]
        for one, end in zip(named, ends, strict=True):
            name = one[1].lower()
            value = text[one.end() : end].strip(" ,;")
            if name in _ROWS and value:
                yield f"773$g/{_ROWS[name]}", value, len(named) == 1
        return
    for name, pattern in _PATTERNS:
        found = pattern.search(text)
        if found is not None:
            value = next(filter(None, found.groups()))
            yield f"773$g/{name}", bare_pages(value.rstrip(".,")), False
