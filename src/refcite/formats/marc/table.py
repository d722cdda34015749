"""The places of CSL's variables in a MARC record.

Sources: MARC 21 Format for Bibliographic Data (https://www.loc.gov/marc/bibliographic/) and the
MARC Code Lists for Relators and for Languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from refcite.formats.codecs import DATE, NOTES, PLAIN, join_keywords
from refcite.formats.crosswalk import Codec, Row, Spec, TypeRow, all_but
from refcite.formats.editions import edition_number
from refcite.formats.iso639 import tag_of_code
from refcite.formats.mods import HOSTED
from refcite.formats.numbers import bare_isbns, bare_issns, bare_pages
from refcite.identifiers import normal_doi
from refcite.keywords import split_keywords
from refcite.richtext import plain
from refcite.vocabulary import ITEM_TYPES, NAME_VARIABLES

__all__ = ["MUSIC", "SPEC", "mapping"]

MUSIC: Final = ("motion_picture", "musical_score", "song")
_THESIS: Final = ("thesis",)
_WHOLE: Final = all_but(*HOSTED)

NAMES: Final = Codec(
    read=lambda names, draft: names,
    write=lambda name: name,
    join=lambda lists: tuple(chain.from_iterable(lists)),
    split=iter,
)
KEYWORDS: Final = Codec(
    read=lambda words, draft: words,
    join=lambda lists: join_keywords(dict.fromkeys(chain.from_iterable(lists))),
    write=plain,
    split=split_keywords,
    note="each kind of subdivision is a keyword",
)
PLACES: Final = Codec(write=plain, join="; ".join, note="several joined by semicolons")
ABSTRACT: Final = Codec(write=plain, join="\n".join)
ISBN: Final = Codec(lambda text, draft: bare_isbns(text), plain, note="without its qualifier")
ISSN: Final = Codec(lambda text, draft: bare_issns(text), plain)
DOI: Final = Codec(lambda text, draft: normal_doi(text), plain)
EDITION: Final = Codec(lambda text, draft: edition_number(text), plain, note="a number, or words")
PAGES: Final = Codec(lambda text, draft: bare_pages(text), plain)
LANGUAGE: Final = Codec(
    lambda text, draft: tag_of_code(text) or text, plain, note="a code of three letters"
)


def _read(own: str, variable: str, kind: Codec = PLAIN, types: tuple[str, ...] = ()) -> Row:
    """Return a row that is only read, if there is no better value."""
    return Row(own, variable, kind, types, writes=False, label=_label(own))


def _label(own: str) -> str:
    base, _, what = own.partition("/")
    return f"{base} ({what})" if what else ""


def _names() -> Iterator[Row]:
    for variable in NAME_VARIABLES:
        if variable != "editor-translator":
            yield Row(f"name/{variable}", variable, NAMES, label=f"100, 110, 700, 710 ({variable})")


def _row(own: str, variable: str, kind: Codec = PLAIN, types: tuple[str, ...] = ()) -> Row:
    return Row(own, variable, kind, types, label=_label(own))


_FIELDS: Final = (
    _row("001", "id"),
    Row("245", "title", label="245$a$b"),
    _row("245$n", "part-number"),
    _row("245$p", "part-title"),
    _read("130$a", "title"),
    _row("245$h", "medium"),
    _row("210$a", "title-short"),
    _row("765$t", "original-title"),
    _read("240$a", "original-title"),
    _row("787$t", "reviewed-title"),
    *_names(),
    _row("711$a", "event-title"),
    _row("711$c", "event-place"),
    _row("711$d", "event-date", DATE),
    _row("250$a", "edition", EDITION),
    _row("251$a", "version"),
    _row("255$a", "scale"),
    _read("502$c", "publisher", types=_THESIS),
    _row("264$a", "publisher-place", PLACES),
    _row("264$b", "publisher", PLACES),
    _row("264$c", "issued", DATE),
    _read("773$g/year", "issued", DATE),
    _read("773$d/year", "issued", DATE),
    _read("502$d", "issued", DATE),
    _read("008", "issued", DATE),
    _row("534$c", "original-date", DATE),
    _read("008/original", "original-date", DATE),
    _read("773$d/place", "publisher-place"),
    _read("773$d/publisher", "publisher"),
    _row("300/pages", "number-of-pages"),
    _row("300/volumes", "number-of-volumes"),
    _row("300$c", "dimensions"),
    _row("490$a", "collection-title"),
    _row("490$v", "collection-number"),
    _row("773$t", "container-title"),
    _row("773$p", "container-title-short"),
    _row("773$g/volume", "volume"),
    _row("773$g/number", "issue"),
    _row("773$g/pages", "page", PAGES),
    _row("773$z", "ISBN", ISBN, HOSTED),
    _row("020$a", "ISBN", ISBN, _WHOLE),
    _read("020$a", "ISBN", ISBN, HOSTED),
    _row("773$x", "ISSN", ISSN, HOSTED),
    _row("022$a", "ISSN", ISSN, _WHOLE),
    _read("022$a", "ISSN", ISSN, HOSTED),
    _row("024/doi", "DOI", DOI),
    _row("024/pmid", "PMID"),
    _row("024/pmcid", "PMCID"),
    _row("088$a", "number"),
    _read("013$a", "number", types=("patent",)),
    _read("028$a", "number", types=MUSIC),
    _read("773$g/article", "number", types=HOSTED),
    _row("041$a", "language", LANGUAGE),
    _read("008/language", "language", LANGUAGE),
    _row("502$b", "genre", types=_THESIS),
    _row("655/genre", "genre", types=all_but("thesis")),
    _row("520$a", "abstract", ABSTRACT),
    _row("500$a", "note", NOTES),
    _row("653", "keyword", KEYWORDS),
    _row("540$a", "license"),
    _row("852", "call-number"),
    *(
        _read(f"{tag}$a", "call-number")
        for tag in ("050", "090", "099", "060", "070", "080", "082", "084")
    ),
    _row("856$u", "URL"),
)

_OWN_TYPES: Final = (
    ("Leader/06 a, Leader/07 m", "book"),
    ("Leader/06 a, Leader/07 s", "periodical"),
    ("Leader/06 a, Leader/07 i", "webpage"),
    ("Leader/06 a, Leader/07 b or field 773 of a serial", "article-journal"),
    ("Leader/06 a, Leader/07 a or field 773", "chapter"),
    ("field 502, or 008/24-27 m", "thesis"),
    ("008/24-27 t", "report"),
    ("008/24-27 j", "patent"),
    ("Leader/06 c, d", "musical_score"),
    ("Leader/06 e, f", "map"),
    ("Leader/06 g", "motion_picture"),
    ("Leader/06 i, j", "song"),
    ("Leader/06 k, r; g with 008/33 s, t", "graphic"),
    ("Leader/06 m", "software"),
    ("Leader/06 m, 008/26 a, e", "dataset"),
    ("Leader/06 m, 008/26 j, m", "webpage"),
    ("Leader/06 o", "document"),
    ("Leader/06 p", "collection"),
    ("Leader/06 t", "manuscript"),
)

SPEC: Final = Spec(
    types=(
        *(TypeRow(name, name, label=f"655 $2 csl: {name}") for name in ITEM_TYPES),
        *(TypeRow(label, csl, writes=False) for label, csl in _OWN_TYPES),
    ),
    fields=_FIELDS,
    is_open=True,
    quiet=frozenset(row.own for row in _FIELDS) - {"245"},
)
"""The table. Fields may repeat in MARC, so a second value is kept without a report."""


def mapping() -> Spec:
    """Return the table of MARC's fields.

    Example:
        >>> mapping().type_of("Leader/06 e, f")
        'map'
    """
    return SPEC
