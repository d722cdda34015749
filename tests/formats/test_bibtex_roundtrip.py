"""Any record, written as BibTeX, reads as the same record; so does every file people gave us."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refcite.formats.bibtex import read, write
from refcite.record import Record
from tests.formats.strategies import records, unprotected
from tests.shared import shared_or_none, shared_path


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records(), st.sampled_from(["bibtex", "biblatex"]), st.booleans())
def test_any_record_comes_back(record: Record, dialect: Any, ascii: bool) -> None:  # noqa: A002 - as in write
    written = write([record], dialect=dialect, ascii=ascii)
    library = read(written)
    assert unprotected(library) == unprotected([record])
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
    assert len(library) + len(library.containers) == _entries_present(text)
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


def test_control_characters_that_tex_refuses_are_not_written_but_kept() -> None:
    record = Record(
        id="a", type="book", title="A\x00B", doi="10.1000/\x7fa", url="https://a.example/\x00",
        extra={"mark": "\x01", "local": "\x7f"},
    )  # fmt: skip
    text = write([record])
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    assert "url     = {https://a.example/%00}" in text
    assert read(text)[0] == record
