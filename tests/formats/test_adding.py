"""What is added to a file changes nothing of what is there."""

from __future__ import annotations

import pytest

from refcite.formats import append, get_format, loads
from refcite.names import Name
from refcite.problems import FormatError
from refcite.record import Record

NEW = [
    Record(id="b", type="book", title="Two", author=(Name(family="Quist", given="Bo"),)),
    Record(id="c", type="book", title="Three"),
]

BIB = """% mine
@string{j = "Journal"}
@Article { a , TITLE="One", journal = j
}
@comment{kept}
"""
RIS = "TY  - BOOK\nTI  - One\nID  - a\nER  - \n"
JSON = '[{"id":"a",   "type":"book"}]'
PRETTY = '[\n  {\n    "id": "a",\n    "type": "book"\n  }\n]\n'
LINES = '{"id":"a",  "type":"book"}\n'
YAML = "---\nreferences:\n  # mine\n  - id: a\n    type:   book\n"


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        (BIB, "bibtex"),
        (BIB, "biblatex"),
        (BIB.rstrip(), "bibtex"),
        (RIS, "ris"),
        (RIS.rstrip(), "ris"),
        (LINES, "csl-jsonl"),
        (LINES.rstrip(), "csl-jsonl"),
        (YAML, "csl-yaml"),
        ("- id: a\n  type: book", "csl-yaml"),
        ("% only a comment\n", "bibtex"),
        ("PMID- 1\nTI  - One.\n", "nbib"),
        ("Some text.<ref name=x>{{cite book |title=One}}</ref> More.\n", "wikipedia"),
        ("<span class='Z3988' title='ctx_ver=Z39.88-2004&amp;rft.title=One'></span>", "coins"),
        ("# Mine.\none:\n    type: Book\n    title:  One\n", "hayagriva"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_old_text_is_the_start_of_the_new(text: str, format_: str, end: str) -> None:
    chosen = get_format(format_)
    text = text.replace("\n", end)
    new, problems = append(text, NEW, chosen)
    assert new.startswith(text)
    assert problems == []
    assert [record.title for record in loads(new, format_)][-2:] == ["Two", "Three"]
    assert end not in text or new.count(end) == max(new.count("\n"), new.count("\r"))


def test_what_stands_behind_the_list_stays_there() -> None:
    for text, tail in ((JSON, "]"), (PRETTY, "\n]\n"), ("[]", "]"), (f"{YAML}...\n", "...\n")):
        chosen = get_format("csl-yaml" if text.endswith("...\n") else "csl-json")
        new, problems = append(text, NEW, chosen)
        assert new.startswith(text[: -len(tail)])
        assert new.endswith(tail)
        assert problems == []
        assert chosen.read(new).ids[-2:] == ("b", "c")


def test_json_is_laid_out_as_it_was() -> None:
    new, _ = append(PRETTY, NEW[1:], get_format("csl-json"))
    assert new == PRETTY.replace(
        "  }\n]",
        '  },\n  {\n    "id": "c",\n    "type": "book",\n    "title": "Three"\n  }\n]',
    )


def test_one_object_becomes_an_array_and_that_is_said() -> None:
    new, problems = append('{"id": "a", "type": "book"}', NEW, get_format("csl-json"))
    assert [problem.code for problem in problems] == ["written-anew"]
    assert get_format("csl-json").read(new).ids == ("a", "b", "c")
    assert new.startswith("[\n")


def test_an_empty_file_is_written() -> None:
    chosen = get_format("bibtex")
    assert append("", NEW, chosen) == (chosen.write(NEW), [])


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        ('[{"id": "a", "type": "book"', "csl-json"),
        ('{"id": "a", "type": "book"', "csl-json"),
    ],
)
def test_nothing_is_added_where_it_might_be_lost(text: str, format_: str) -> None:
    with pytest.raises(FormatError, match="without a loss"):
        append(text, NEW, get_format(format_))


def test_a_broken_entry_elsewhere_does_not_hinder() -> None:
    for text in ("@book{a, title = {One}\n\n@book{x, title = {X}}\n", "@book{a, title = {One}"):
        new, _ = append(text, NEW, get_format("bibtex"))
        assert new.startswith(text)
        assert get_format("bibtex").read(new).ids[-2:] == ("b", "c")
