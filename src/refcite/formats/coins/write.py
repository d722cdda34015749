"""Write records as COinS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final
from urllib.parse import quote

from refcite.dates import Date, Point
from refcite.formats.coins.read import Pairs, draft_of
from refcite.formats.coins.table import KEYS, PREFIX, keys_of, shape_of
from refcite.names import Name
from refcite.record import Record
from refcite.richtext import plain
from refcite.vocabulary import ATTRIBUTES, NAME_VARIABLES

__all__ = ["write"]

_NAMES: Final = frozenset(NAME_VARIABLES)
_RANGE: Final = re.compile(r"([^\s,;–—-]+)[-–]([^\s,;–—-]+)")
_SEASONS: Final = ("", "spring", "summer", "fall", "winter")
_NOT_TEXT: Final = frozenset({"issued", "submitted", "author", "keyword"})


def write(records: Iterable[Record], *, referrer: str | None = None) -> str:
    """Return records as COinS, a span on each line.

    Args:
        records: The records.
        referrer: Who says it, as a domain name with or without more: `example.org:library`.

    Returns:
        HTML; the id of a record stands in the attribute `data-id`.

    Example:
        >>> from refcite import Record, dumps
        >>> print(dumps([Record(id="a", type="book", title="Law & Order")], "coins"), end="")
        <span class="Z3988" data-id="a" title="ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt\
%3Akev%3Amtx%3Abook&amp;rft.genre=book&amp;rft.btitle=Law%20%26%20Order"></span>
    """
    return "".join(_span(record, referrer) for record in records)


def _span(record: Record, referrer: str | None) -> str:
    pairs: Pairs = [("ctx_ver", "Z39.88-2004"), *_pairs(record)]
    if referrer:
        pairs.insert(2, ("rfr_id", f"info:sid/{referrer}"))
    title = "&".join(
        f"{key}={quote(text.encode('utf-8', 'replace'), safe='')}" for key, text in pairs
    )
    identifier = f' data-id="{escape(record.id)}"' if record.id else ""
    return f'<span class="Z3988"{identifier} title="{escape(title)}"></span>\n'


def _pairs(record: Record) -> Pairs:
    pairs = [(key, text.strip()) for key, text in _described(record)]
    pairs = [(key, text) for key, text in pairs if text]
    for key, text in _extra(record):
        before, after = draft_of(pairs), draft_of([*pairs, (key, text)])
        # What would be read as something else is not written.
        if (before.type, before.values) == (after.type, after.values):
            pairs.append((key, text))
    return pairs


def _described(record: Record) -> Iterator[tuple[str, str]]:
    shape = shape_of(record.type)
    yield "rft_val_fmt", f"{PREFIX}{shape.format}"
    if shape.format == "dc":
        named = record.extra.get("type")
        is_own = record.type == "document" and isinstance(named, str)
        yield "rft.type", str(named) if is_own else shape.genre
    elif shape.genre:
        yield "rft.genre", shape.genre
    if record.doi:
        yield "rft_id", f"info:doi/{record.doi}"
    if record.pmid:
        yield "rft_id", f"info:pmid/{record.pmid}"
    if record.url and "://" in record.url:
        yield "rft_id", record.url
    yield from _fields(record, shape.format)
    if record.author:
        yield from _authors(record.author, shape.format)


def _fields(record: Record, format_: str) -> Iterator[tuple[str, str]]:
    for key, variable in keys_of(record.type).items():
        attribute = ATTRIBUTES[variable]
        value = getattr(record, attribute)
        if not value or key == "eissn" or variable in _NOT_TEXT or key == "identifier":
            continue
        if variable in _NAMES:
            yield from ((f"rft.{key}", _text_of(name)) for name in value)
        elif key not in ("title", "jtitle") or _is_first_key(record.type, key, variable):
            yield f"rft.{key}", plain(value)
    if record.keyword and format_ == "dc":
        words = record.keyword.split(";" if ";" in record.keyword else ",")
        yield from (("rft.subject", word) for word in words)
    if record.page and "pages" in KEYS[format_]:
        found = _RANGE.fullmatch(record.page)
        if found:
            yield from (("rft.spage", found[1]), ("rft.epage", found[2]))
    if record.issued is not None:
        yield from _date("date", record.issued, "ssn" in KEYS[format_])
    if record.submitted is not None and format_ == "patent":
        yield from _date("appldate", record.submitted, has_season=False)


def _is_first_key(csl_type: str, key: str, variable: str) -> bool:
    """Tell whether a key is the one that is written for a variable."""
    return next(name for name, of in keys_of(csl_type).items() if of == variable) == key


def _date(key: str, date: Date, has_season: bool) -> Iterator[tuple[str, str]]:
    start = date.start
    if not isinstance(start, Point) or not 0 < start.year <= 9999:
        return
    parts = [f"{start.year:04}", *(f"{part:02}" for part in (start.month, start.day) if part)]
    yield f"rft.{key}", "-".join(parts)
    if start.season and has_season:
        yield "rft.ssn", _SEASONS[start.season]


def _authors(names: tuple[Name, ...], format_: str) -> Iterator[tuple[str, str]]:
    if format_ == "dc":
        yield from (("rft.creator", _text_of(name)) for name in names)
        return
    is_patent = format_ == "patent"
    last, first, every = (
        ("invlast", "invfirst", "inventor") if is_patent else ("aulast", "aufirst", "au")
    )
    lead = next((name for name in names if name.literal is None), None)
    if lead is not None:
        yield f"rft.{last}", lead.parts().family
        yield f"rft.{first}", lead.parts().given
        if not is_patent:
            yield "rft.ausuffix", lead.suffix or ""
    for name in names:
        if name.literal is not None and not is_patent:
            yield "rft.aucorp", name.literal or ""
        else:
            yield f"rft.{every}", _text_of(name)


def _text_of(name: Name) -> str:
    if name.literal is not None:
        return name.literal
    parts = name.parts()
    return ", ".join(filter(None, (parts.family, parts.suffix, parts.given)))


def _extra(record: Record) -> Iterator[tuple[str, str]]:
    keys = KEYS[shape_of(record.type).format]
    for key, value in record.extra.items():
        if key.removeprefix("rft.") not in keys and key != "rft_id":
            continue
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and text.strip() and key.startswith("rft"):
                yield key, text.strip()
