"""Write records as COinS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote

from refcite.characters import without_surrogates
from refcite.formats.coins.read import Pairs, draft_of
from refcite.formats.coins.table import KEYS, PREFIX, SPEC, text_of
from refcite.formats.crosswalk import kept, written
from refcite.names import Name
from refcite.record import Record

__all__ = ["write"]


def write(records: Iterable[Record], *, referrer: str | None = None) -> str:
    """Return records as COinS, a span on each line.

    Args:
        records: The records.
        referrer: The program, as a domain name with or without a path: `example.org:library`.

    Returns:
        HTML; the id of a record is in the attribute `data-id`.

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
    title = "&".join(f"{key}={quote(without_surrogates(text), safe='')}" for key, text in pairs)
    identifier = f' data-id="{escape(record.id)}"' if record.id else ""
    return f'<span class="Z3988"{identifier} title="{escape(title)}"></span>\n'


def _pairs(record: Record) -> Pairs:
    format_, _, genre = SPEC.own_type(record.type).partition("/")
    described = _described(record, format_, genre)
    pairs = [(key, text.strip()) for key, text in described if text.strip()]
    keys = KEYS[format_]
    said = None
    for key, text in kept(record, ("rft_id", *(f"rft.{key}" for key in keys)).__contains__):
        if not text.strip():
            continue
        said = draft_of(pairs).values if said is None else said
        more = [*pairs, (key, text.strip())]
        # Values that would be read as others are not written.
        if draft_of(more).values == said:
            pairs = more
    return pairs


def _described(record: Record, format_: str, genre: str) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", f"{PREFIX}{format_}"
    if genre:
        yield "rft.type" if format_ == "dc" else "rft.genre", genre
    yield from ((row.own, text) for row, text in written(SPEC, record))
    if format_ == "patent":
        yield from _authors(record.author, "inv", "inventor")
    elif format_ != "dc":
        yield from _authors(record.author, "au", "au")


def _authors(names: Iterable[Name], prefix: str, every: str) -> Iterator[tuple[str, str]]:
    """Yield the first person in parts, the first organisation by itself, and all others."""
    lead = next((name for name in names if name.literal is None), None)
    if lead is not None:
        yield f"rft.{prefix}last", lead.parts().family
        yield f"rft.{prefix}first", lead.parts().given
    is_patent = every == "inventor"
    if lead is not None and not is_patent:
        yield "rft.ausuffix", lead.suffix or ""
    for name in names:
        is_corporate = name.literal is not None and not is_patent
        yield f"rft.{'aucorp' if is_corporate else every}", text_of(name)
