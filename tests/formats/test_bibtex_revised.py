"""Entries of BibTeX in which some fields have changed: all other text stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite import Record
from refcite.fields import without_fields
from refcite.formats.bibtex.keep import entry_of
from refcite.formats.bibtex.places import field_places
from refcite.formats.bibtex.read import read
from refcite.formats.bibtex.write import write
from tests.shared import shared_or_none

MACROS = '@string{jlh = "Journal of " # {Light}}\n'


@pytest.mark.parametrize(
    ("entry", "changes", "written"),
    [
        (
            "@Book{k,\n  Title={A {DNA} \\& {B}},\n  year=2001\n}",
            {"issued": "2002"},
            "@Book{k,\n  Title={A {DNA} \\& {B}},\n  year=2002\n}",
        ),
        (
            "@book{k,\n  title   = {A},\n  year    = 2001,\n  address = {Oslo},\n}",
            {"issued": "2001-05", "note": "New"},
            "@book{k,\n  title   = {A},\n  year    = 2001,\n  month   = may,\n  address = {Oslo},"
            "\n  note    = {New},\n}",
        ),
        (
            '@article{k, title = "A", journal = jlh, pages = {1--9}}',
            {"title": "B", "page": None},
            "@article{k, title = {B}, journal = jlh}",
        ),
        (
            "@article(k, pages={1--9}, journal=jlh)",
            {"page": None, "doi": "10.1000/1"},
            "@article(k, journal=jlh, doi={10.1000/1})",
        ),
        (
            "@article{k,\n\ttitle = {A},\n\tjournaltitle = {J},\n\tdate = {2001-05}\n}",
            {"issued": "2001-06", "container_title": "K"},
            "@article{k,\n\ttitle = {A},\n\tjournaltitle = {K},\n\tdate = {2001-06}\n}",
        ),
        ("@book{k, title = {A}}", {"type": "thesis"}, "@thesis{k, title = {A}}"),
        (
            "@book{k, author = {B{\\o}e, A.}, title = {A}}",
            {"title": "Ø"},
            "@book{k, author = {B{\\o}e, A.}, title = {Ø}}",
        ),
    ],
)
def test_only_changed_fields_are_written(
    entry: str, changes: Mapping[str, Any], written: str
) -> None:
    record = read(MACROS + entry)["k"].replace(**changes)
    assert write([record]) == MACROS + written
    assert read(MACROS + written)["k"] == record


def test_an_entry_with_an_error_or_with_inherited_fields_is_written_anew() -> None:
    broken = read("@book{k, title = {A} year = 2001}")["k"].replace(title="B")
    assert read(write([broken])).problems == []
    child, parent = read(
        "@inbook{c,title={A},crossref={p}}\n@book{p, title={B}, publisher = {P}, year=2001}"
    )
    again = read(write([child.replace(title="C"), parent]))
    assert [one.title for one in again] == ["C", "B"]
    assert again[0].container_title == "B"


def test_a_macro_that_another_file_defines_is_not_used() -> None:
    entry = "@article{{{}, title = {{A}}, journal = j}}"
    one = read("@string{j = {Sun}}\n" + entry.format("a"))["a"]
    two = read("@string{j = {Moon}}\n" + entry.format("b"))["b"]
    text = write([one, two, one.replace(id="c", title="B")])
    assert [record.container_title for record in read(text)] == ["Sun", "Moon", "Sun"]


# Nothing else has changed

SPACES = st.sampled_from(["", " ", "\n  ", "\n\t", "  "])
FIELDS = {
    "title": ["{The {DNA} of $x^2$}", '"On {\\"O}re"', "{A} # { and } # {B}"],
    "author": ["{Roe, Ann and {The Lamp Co.}}", '"Ann Roe and others"', "{B{\\o}e, {\\AA}. }"],
    "journal": ["jlh", "{J.~Light}", "jlh # { B}"],
    "year": ["2001", "{2001}", '"1999"'],
    "pages": ["{1--9}", "{e12}", '"3-4"'],
    "note": ["{See \\url{http://a.b/~c}}", "{x}"],
    "odd": ["{  kept   as is }", "{y}"],
}
CHANGES: dict[str, dict[str, Any]] = {
    "title": {"title": "Other & new"},
    "pages": {"page": "77-78"},
    "note": {"note": "Another"},
    "doi": {"doi": "10.1000/1"},
    "author": {"author": "Poe, Max"},
}


@st.composite
def entries(draw: st.DrawFn, key: str) -> str:
    names = draw(st.permutations(list(FIELDS)).map(lambda names: names[:5]))
    parts = [f"{draw(SPACES)}{name}{draw(st.sampled_from(['=', ' = ', '   =  ']))}"
             f"{draw(st.sampled_from(FIELDS[name]))}" for name in names]  # fmt: skip
    end = draw(st.sampled_from(["", ",", ",\n"])) + draw(SPACES)
    comment = draw(st.sampled_from(["", "% between\n", "\n\n@comment{c}\n", "\n"]))
    type_ = draw(st.sampled_from(["article", "Article"]))
    return f"@{type_}{{{key},{','.join(parts)}{end}}}\n{comment}"


@given(st.data())
def test_nothing_that_was_not_named_has_changed(data: st.DataObject) -> None:
    text = MACROS + "".join(data.draw(entries(key)) for key in "abc")
    library = read(text)
    named = data.draw(st.sampled_from([*FIELDS, *CHANGES]))
    changes = CHANGES.get(named)
    if changes is not None and data.draw(st.booleans()):
        changed = library["b"].replace(**changes)
    else:
        changed = without_fields([{"pages": "page", "year": "issued"}.get(named, named)])(
            library["b"]
        )
    written = write([library["a"], changed, library["c"]])
    assert read(written)["b"] == changed
    before, after = _of(text, "b"), _of(written, "b")
    start = text.index(before)
    assert written == text[:start] + after + text[start + len(before) :]
    kept = {name: value for name, value in _fields(before).items() if name != named}
    assert {name: value for name, value in _fields(after).items() if name != named} == kept


def _of(text: str, key: str) -> str:
    kept = entry_of(read(text)[key])
    assert kept is not None
    return kept.raw


def _fields(raw: str) -> dict[str, str]:
    places = field_places(raw) or []
    return {name: raw[place.start : place.end] for name, place in places}


def test_of_real_files_only_the_named_fields_change() -> None:
    folder = shared_or_none("corpora", "bib")
    if folder is None:
        pytest.skip("the shared data were not found: set REFCITE_SHARED")
    rewritten = total = 0
    for path in sorted(folder.glob("*.bib")):
        library = read(path.read_text(encoding="utf-8", errors="replace"))
        for record in list(library)[:40]:
            raw = _raw(record)
            if not record.page or "pages" not in _fields(raw) or _inherits(record):
                continue
            total += 1
            text = write([record.replace(page="1-2")])
            after = _fields(_raw(read(text)[0]))
            before = _fields(raw)
            rewritten += {**before, "pages": ""} != {**after, "pages": ""}
    assert total > 200
    assert rewritten <= total / 100


def _raw(record: Record) -> str:
    kept = entry_of(record)
    assert kept is not None
    return kept.raw


def _inherits(record: Record) -> bool:
    kept = entry_of(record)
    return kept is not None and bool(kept.parents)
