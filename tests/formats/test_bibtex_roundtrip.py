"""Any record, written as BibTeX, reads as the same record; so does every file people gave us."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refcite.dates import Date
from refcite.formats.bibtex import read, write
from refcite.names import Name
from refcite.record import Record
from refcite.vocabulary import (
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    STRING_VARIABLES,
    TITLE_VARIABLES,
    attribute_of,
)
from tests.shared import shared_or_none, shared_path

WORDS = st.sampled_from(
    [
        *"{}\\$%&#_^~`'\"<>@=,-–—“”é毛\xa0\n\t ",
        "and",
        "others",
        "--",
        "''",
        "``",
        "\\emph{x}",
        "<i>",
        "</i>",
        "<b>",
        "</b>",
        "</span>",
        '<span class="nocase">',
        "DNA",
        "von",
        "Müller",
        "\\foo{bar}",
        "$x$",
        "$\\frac{a}{b}$",
        "?`",
        "  ",
        "1",
        "Jr",
        "://",
        "10.1/x",
        "é",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
)
PARTS = st.none() | TEXTS
NAMES = st.builds(
    Name,
    family=PARTS,
    given=PARTS,
    suffix=PARTS,
    dropping_particle=PARTS,
    non_dropping_particle=PARTS,
    comma_suffix=st.booleans(),
) | st.builds(Name, literal=TEXTS)
DATES = st.sampled_from(
    [
        "2017",
        "2017-01",
        "2017-01-18",
        "1998/2001",
        "1984~",
        "199X",
        "../2001",
        "2001-21",
        "-0043",
        "1950?",
        "12004",
        "0850",
    ]
).map(Date.parse) | TEXTS.map(lambda text: Date(literal=text))


def _variables() -> dict[str, st.SearchStrategy[Any]]:
    of_kind: list[tuple[tuple[str, ...], st.SearchStrategy[Any]]] = [
        (NAME_VARIABLES, st.lists(NAMES, min_size=1, max_size=3).map(tuple)),
        (DATE_VARIABLES, DATES),
        (TITLE_VARIABLES + NUMBER_VARIABLES + STRING_VARIABLES, TEXTS | st.just("")),
    ]
    return {attribute_of(name): kind for names, kind in of_kind for name in names}


VARIABLES = _variables()
EXTRAS = st.dictionaries(
    st.sampled_from(
        [
            "custom",
            "subtitle",
            "titleaddon",
            "type",
            "organization",
            "title",
            "year",
            "date",
            "options",
        ]
    )
    | TEXTS,
    TEXTS | st.just("") | st.integers() | st.lists(st.integers(), max_size=2),
    max_size=3,
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    chosen = draw(st.lists(st.sampled_from(sorted(VARIABLES)), max_size=6, unique=True))
    values = {name: draw(VARIABLES[name]) for name in chosen}
    return Record(
        id=draw(TEXTS), type=draw(st.sampled_from(ITEM_TYPES)), extra=draw(EXTRAS), **values
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records(), st.sampled_from(["bibtex", "biblatex"]), st.booleans())
def test_any_record_comes_back(record: Record, dialect: Any, ascii: bool) -> None:  # noqa: A002 - as in write
    written = write([record], dialect=dialect, ascii=ascii)
    library = read(written)
    assert list(library) == [record]
    assert not library.has_errors


PIECES = st.sampled_from(
    [
        *"@{}()\"',=#\\\n %~-$_^",
        *("@book{k,", "\n@misc{m,", "@string{s =", "@comment{", "},\n", "}\n", "crossref = {k},"),
        *(" title = ", "author = {", " and ", "year = 2001,", "date = {2001~},", "pages = {1--2},"),
        *("\\'e", "{\\o}", "\\emph{", "$x_2$", "\\ ", "--", "``", "''", "jan", "word"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_and_what_was_read_comes_back(text: str) -> None:
    library = read(text)
    for dialect in ("bibtex", "biblatex"):
        again = read(write(library, dialect=dialect))
        assert list(again) == list(library)
        assert not again.has_errors


def test_a_house_with_and_in_its_name_stays_one_beside_fields_of_biblatex() -> None:
    record = Record(id="a", type="book", title="A", publisher="Quay and Sons", language="en")
    text = write([record])
    assert "publisher = {{Quay and Sons}},\n" in text
    assert "refcite" not in text
    assert list(read(text)) == [record]
    assert "publisher = {Quay and Sons},\n" in write([record.replace(language=None)])


def _corpora() -> list[Path]:
    base = shared_or_none("corpora")
    return sorted(base.glob("*/*.bib")) if base else []


def test_the_corpora_are_there() -> None:
    assert sorted(shared_path("corpora").glob("*/*.bib"))


@pytest.mark.parametrize("path", _corpora(), ids=lambda path: path.stem)
def test_every_file_is_read_whole_and_comes_back(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    library = read(text)
    assert len(library) == _entries_present(text)
    assert write(library) == text.removeprefix("\ufeff").replace("\r\n", "\n")
    for dialect in ("bibtex", "biblatex"):
        assert list(read(write(library, dialect=dialect))) == list(library)


def _entries_present(text: str) -> int:
    """Count the lines that start an entry, those in a comment's braces left out."""
    text = re.sub(
        r"^@comment\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", "", text, flags=re.IGNORECASE | re.MULTILINE
    )
    return len(
        re.findall(
            r"^%?[ \t]*@(?!comment|string|preamble)\w+\s*[{(]", text, re.IGNORECASE | re.MULTILINE
        )
    )
