"""The data in Refworld's URLs: the document, its publisher, its country, its type."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from attrs import frozen

__all__ = ["Address", "is_cut_address", "read_address"]


@frozen(kw_only=True)
class Address:
    """The data in a URL of Refworld.

    Attributes:
        docid: The document's id: hexadecimal on the old site, decimal on the new one.
        publisher: Code of the publisher, in upper case: `RFERL`.
        country: Code of the country: `TUR`.
        type: Type of document, in lower case: `legislation`, `caselaw`.
        is_new: Whether it is a URL of the redesigned site.
    """

    docid: str | None = None
    publisher: str | None = None
    country: str | None = None
    type: str | None = None
    is_new: bool = False

    @property
    def is_law(self) -> bool:
        """Whether the document is a national law."""
        return self.publisher == "NATLEGBOD" or self.type == "legislation"


# The URL of a copy in a web archive ends with that of the original. The old site had Spanish and
# Russian parts with domains of their own.
_SIGN: Final = re.compile(
    r"(?P<host>(?P<own>(?:www\.)?refworld\.org(?:\.(?:es|ru))?)|(?:www\.)?unhcr\.org)"
    r"(?::\d+)?(?=[/?#]|$)"
    r"|(?P<part>/(?=(?:refworld|rwmain)\b))|[?#\s]",
    re.IGNORECASE,
)
_DOCID: Final = re.compile(r"[0-9a-f]{7,16}", re.IGNORECASE)
_IN_PATH: Final = re.compile(r"/(?:docid|pdfid|rtf)/([0-9a-f]{5,16})\b", re.IGNORECASE)
_NEW: Final = re.compile(
    r"/(?P<collection>[a-z]+)/(?P<type>[a-z]+)/(?P<source>[\w-]+)/(?P<year>\d{4})"
    r"(?:/(?P<language>[a-z]{2,3}(?:-[a-z]+)?))?/(?P<id>\d+)",
    re.IGNORECASE,
)

# The fields of the old site's comma forms, in order; the document is before the `0`.
_FIELDS: Final = {
    "publisher": ("publisher", "type", "country"),
    "country": ("category", "publisher", "type", "country"),
    "category": ("category", "publisher", "type", "country"),
    "type": ("type", "publisher", "country"),
}
_FIELDS_BEHIND: Final = ("publisher", "type", "country")


def read_address(url: str) -> Address | None:
    """Return the data in a URL, or None if it is not one of Refworld's.

    Example:
        >>> address = read_address("http://www.refworld.org/publisher,RFERL,,TUR,5975a46610,0.html")
        >>> address.docid, address.publisher, address.country
        ('5975a46610', 'RFERL', 'TUR')
        >>> read_address("https://www.refworld.org/legal/legislation/natlegbod/1998/en/14754").docid
        '14754'
        >>> read_address("https://example.org/docid/5975a46610.html")
    """
    end = _end_of_host(url)
    if end is None:
        return None
    try:
        parts = urlsplit(url[end:])
    except ValueError:
        return Address()
    path = unquote(parts.path)
    return _read_path(path) or _read_query(parts.query) or _read_new(path) or Address()


_HOSTS: Final = tuple(
    f"{scheme}{host}/"
    for scheme in ("https://", "http://", "")
    for host in ("www.refworld.org", "refworld.org", "www.unhcr.org/refworld")
)


def is_cut_address(url: str | None) -> bool:
    """Return whether a text is the beginning of a URL of Refworld, cut at the end of a line.

    Example:
        >>> is_cut_address("https://www.refworld"), is_cut_address("https://www.example.org/")
        (True, False)
    """
    return url is not None and any(host.startswith(url.lower()) for host in _HOSTS)


def _end_of_host(url: str) -> int | None:
    """Return where the last host of Refworld ends; UNHCR's is one if the path names Refworld."""
    end = other = None
    for found in _SIGN.finditer(url):
        if found["own"]:
            end, other = found.end(), None
        elif found["host"]:
            other = found.end()
        elif not found["part"]:
            other = None
        elif other is not None:
            end = other
    return end


def _read_path(path: str) -> Address | None:
    found = _IN_PATH.search(path)
    if found:
        return Address(docid=found[1].lower())
    last = path.rsplit("/", 1)[-1]
    kind, *fields = re.sub(r"\.\w+$", "", last).split(",")
    return _read_commas(kind.lower(), [field.strip() for field in fields]) if fields else None


def _read_commas(kind: str, fields: list[str]) -> Address:
    """Read `publisher,RFERL,,TUR,5975a46610,0`, `cases,ECHR,4d39bc7f2` and similar URLs."""
    end = fields.index("0") if "0" in fields else len(fields)
    docid = fields[end - 1] if end and _DOCID.fullmatch(fields[end - 1]) else None
    if kind == "cases":
        return Address(docid=docid and docid.lower(), publisher=_code(fields[0]), type="caselaw")
    names, values = _FIELDS.get(kind, ()), fields[:end]
    if kind == "topic":
        names, values = _FIELDS_BEHIND, fields[end + 1 :]
    said = dict(zip(names, values, strict=False))
    return Address(
        docid=docid and docid.lower(),
        publisher=_code(said.get("publisher")),
        country=_code(said.get("country")),
        type=(said.get("type") or "").lower() or None,
    )


def _code(field: str | None) -> str | None:
    return field.upper() if field and re.fullmatch(r"[A-Za-z]\w+", field) else None


def _read_query(query: str) -> Address | None:
    said = parse_qs(query, max_num_fields=50) if query.count("&") < 50 else {}
    for name in ("docid", "reldoc"):
        for value in said.get(name, ()):
            if _DOCID.fullmatch(value):
                return Address(docid=value.lower())
    return None


def _read_new(path: str) -> Address | None:
    found = _NEW.match(path)
    if not found:
        return None
    return Address(
        docid=found["id"],
        publisher=found["source"].upper(),
        type=found["type"].lower(),
        is_new=True,
    )
