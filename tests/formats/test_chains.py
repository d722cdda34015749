"""From format to format and back, every field is kept: by those formats that carry all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refcite import Library, Record
from refcite.formats import Format, formats, get_format
from tests.formats.strategies import records, unprotected

CARRIERS = [format_ for format_ in formats() if format_.carries_all]
WAYS = st.lists(st.sampled_from(CARRIERS), min_size=1, max_size=4)
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _through(some: Iterable[Record], way: Iterable[Format]) -> list[Record]:
    found = list(some)
    for format_ in way:
        read = format_.read(format_.write(found))
        assert not read.has_errors, (format_.name, read.problems)
        found = list(read)
    return found


@MANY
@given(records(), WAYS)
def test_any_record_comes_through_any_chain(record: Record, way: list[Format]) -> None:
    assert unprotected(_through([record], way)) == unprotected([record])


@pytest.mark.parametrize("format_", CARRIERS, ids=lambda one: one.name)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some=st.lists(records(), min_size=1, max_size=3, unique_by=lambda record: record.id))
def test_what_carries_all_carries_all(format_: Format, some: list[Record]) -> None:
    assert unprotected(_through(some, [format_])) == unprotected(some)


def _one_of(words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words.split())


FIELDS = _one_of(
    "author editor editora editoratype translator title subtitle titleaddon maintitle booktitle"
    " journal journaltitle shortjournal series volume number issue pages pagetotal year month day"
    " date urldate origdate eventdate eventtitle venue publisher address location organization"
    " institution school howpublished note addendum abstract keywords doi isbn issn url eprint"
    " eprinttype archiveprefix primaryclass langid language edition version type entrysubtype"
    " options shorttitle annotation file xref colour bdsk-url-1 holder annotator"
)
VALUES = st.sampled_from(
    [
        *("Kafka, Franz and Muir, Willa", "{World Bank} and others", "van der Berg, Jan"),
        *(r"{\'E}tude sur {DNA}", r"\emph{E. coli} in $H_2O$", "Why?", "A -- B", r"50\% \& more"),
        *("2017-01-18", "1998/2001", "1950~", "2017", "march", "3", "18", "no date", "01/02/2017"),
        *("10--20", "i--xii, 5", "1-9", "10.1000/182", "https://doi.org/10.1000/182"),
        *("https://example.org/a_b%20c~d", "arxiv", "2101.12345", "cs.DL", "phdthesis", "mathesis"),
        *("english", "ngerman", "newspaper", "useprefix=false", "compiler", "9780306406157", "x"),
        *(r"\unknown{x} y", r"$\frac{a}{b}$", "Spring", "2nd", "", "  ", "Simon and Schuster"),
    ]
)
TYPES = _one_of(
    "article book inbook incollection inproceedings proceedings phdthesis thesis techreport report"
    " misc online unpublished manual patent dataset software periodical suppbook mvbook letter"
    " jurisdiction poster"
)
ENTRIES = st.builds(
    lambda type_, fields: "".join(
        [
            f"@{type_}{{k,\n",
            *(f"  {name} = {{{value}}},\n" for name, value in fields.items()),
            "}\n",
        ]
    ),
    TYPES,
    st.dictionaries(FIELDS, VALUES, min_size=1, max_size=8),
)


@MANY
@given(ENTRIES, WAYS)
def test_an_entry_of_bibtex_comes_through_any_chain(text: str, way: list[Format]) -> None:
    library = get_format("bibtex").read(text)
    assert _through(library, way) == list(library)


TAGS = _one_of(
    "AU A1 A2 A3 A4 ED TI T1 T2 T3 BT JO JF JA J2 PY Y1 DA Y2 SP EP VL IS SN DO UR L1 N1 N2 AB KW"
    " M1 M2 M3 CN CY PB PP ET LA DB DP AN AD C1 C3 C7 OP RN SE ST U1 X9 ID"
)
LINES = st.sampled_from(
    [
        *("Kafka, Franz", "van der Berg, Jan, Jr.", "World Bank", "UNESCO,", "Doe, J.; Roe, A."),
        *("2017/01/18/", "1999///Spring", "2017", "n.d.", "01/02/2017", "0000", "2017/02/31"),
        *("12", "12-15", "e1234", "0028-0836", "978-0-306-40615-7", "10.1000/182", "Nature"),
        *("https://example.org/a; https://example.org/b", "Article", "one; two", "a, b", "Title"),
        *("csl:title: other", "csl:nonsense: x", "two\nlines", "null", '"quoted"', "{x}"),
    ]
)
CODES = _one_of("JOUR BOOK CHAP CONF CPAPER RPRT THES NEWS ELEC PAT GEN SER EDBOOK X")
RIS_ENTRIES = st.builds(
    lambda code, fields: "".join(
        [f"TY  - {code}\n", *(f"{tag}  - {value}\n" for tag, value in fields), "ER  - \n"]
    ),
    CODES,
    st.lists(st.tuples(TAGS, LINES), max_size=8),
)


@MANY
@given(RIS_ENTRIES, WAYS)
def test_an_entry_of_ris_comes_through_any_chain(text: str, way: list[Format]) -> None:
    library: Library = get_format("ris").read(text)
    assert _through(library, way) == list(library)
