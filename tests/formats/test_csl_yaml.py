"""CSL-YAML: values as they are written, no aliases that explode, and every record comes back."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import refcite
from refcite.dates import Date
from refcite.extras import install_command
from refcite.formats import get_format, guess_format
from refcite.formats.csl_json import read as read_json
from refcite.formats.csl_json import write as write_json
from refcite.formats.csl_yaml import read, write
from refcite.names import Name
from refcite.problems import FormatError, Severity
from refcite.record import Record
from tests.formats.test_csl_json import records

PANDOC = """\
---
references:
- type: article-journal
  id: watson
  author:
  - family: Watson
    given: J. D.
  - literal: yes
    comma-suffix: no
  issued:
    date-parts:
    - - 1953
      - 4
  title: "A structure: for *acid*"
  volume: 012
  issue: 1e3
  page: 0o17
  language: no
  number: 1_000
  abstract: |
    One
    two
  DOI: ~
  keyword: [on, off]
  custom:
    rating: 4.5
    seen: true
    shelf: 012
...
"""


def read_one(text: str) -> Record:
    return read(f"- id: a\n  type: book\n  {text}\n")[0]


def test_scalars_are_text_as_they_are_written() -> None:
    library = read(PANDOC)
    record = library["watson"]
    assert (record.volume, record.issue, record.page) == ("012", "1e3", "0o17")
    assert (record.language, record.number, record.keyword) == ("no", "1_000", "on, off")
    assert (record.title, record.abstract) == ("A structure: for *acid*", "One\ntwo\n")
    assert record.doi is None
    assert record.author[1] == Name(literal="yes")
    assert str(record.issued) == "1953-04"
    assert record.extra == {"custom": {"rating": 4.5, "seen": True, "shelf": "012"}}
    assert not library.problems


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("issued: 2017", "2017"),
        ("issued: 2017-01-18", "2017-01-18"),
        ("issued: 2017-01-18T10:20:30Z", "2017-01-18"),
        ("issued: 1998/2001", "1998/2001"),
        ("issued: {date-parts: [[2017, 1]], circa: true}", "2017-01~"),
        ("issued: {date-parts: [[2017, 1]], circa: false}", "2017-01"),
        ("issued:\n  - year: 2011\n    month: 5", "2011-05"),
        ("issued: {year: 2011, season: 2}", "2011-22"),
        ("issued:\n  - {year: 1998}\n  - {year: 2001}", "1998/2001"),
        ("issued: {literal: long ago}", "long ago"),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert str(read_one(text).issued) == date


@pytest.mark.parametrize(
    "text",
    [
        "- id: a\n- id: b\n",
        "references:\n- id: a\n- id: b\n",
        "---\nreferences:\n  - id: a\n  - id: b\n---\n",
        "items: [{id: a}, {id: b}]",
        "---\nid: a\n---\nid: b\n",
        "- &x {id: a, title: One}\n- {<<: *x, id: b}\n",
        "\ufeff- id: a\r\n- id: b\r\n",
    ],
)
def test_lists_wrappers_and_documents(text: str) -> None:
    assert read(text).ids == ("a", "b")


def test_a_broken_entry_costs_only_itself() -> None:
    library = read("references:\n- id: a\n- id: b\n  title: 'open\n- id: c\n  note: [\n- id: d\n")
    assert library.ids == ("a", "d")
    found = [(problem.code, problem.line) for problem in library.problems]
    assert ("invalid-yaml", 5) in found or ("invalid-yaml", 4) in found
    assert ("invalid-yaml", 7) in found or ("invalid-yaml", 6) in found


def test_what_stands_beside_the_list_is_told_and_never_lost() -> None:
    text = "references:\n- {id: a, type: book}\nnocite: '@*'\n"
    assert [str(problem) for problem in read(text).problems] == [
        "1: info: the keys next to 'references' are not read: nocite [not-read]"
    ]
    with pytest.raises(FormatError, match="without a loss"):
        refcite.formats.append(text, [Record(id="b")], get_format("csl-yaml"))
    both = read("references:\n- {id: a, type: book}\nitems:\n- {id: b, type: book}\n")
    assert [problem.severity for problem in both.problems] == [Severity.WARNING]


def test_what_is_broken_around_the_items_is_told() -> None:
    library = read("foo: [\n- id: a\n  type: book\n")
    assert library.ids == ("a",)
    assert [problem.code for problem in library.problems] == ["invalid-yaml"]


def test_what_is_said_beside_a_merge_key_stands_once() -> None:
    library = read("- &x {id: a, type: book}\n- {<<: *x, id: b}\n- {id: c, <<: *x}\n")
    assert (library.ids, library.problems) == (("a", "b", "c"), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("just words", "entry-not-object"),
        ("- [a, b]\n", "entry-not-object"),
        ("- id: a\n  id: b\n", "duplicate-key"),
        ("- {id: a, x: *nothing}\n", "invalid-yaml"),
        ("- id: a\n  x: " + "[" * 200 + "]" * 200, "too-deep"),
        ("- id: a\n  x: " + "[" * 100_000, "too-deep"),
        ("- [[a]: b]\n", "invalid-yaml"),
        ("\x00", "control-character"),
        ("- title: \ud800", "invalid-yaml"),
        ("- title: One\n  type: book\n", "missing-id"),
    ],
)
def test_bad_text_is_a_problem(text: str, code: str) -> None:
    assert code in [problem.code for problem in read(text).problems]


@pytest.mark.parametrize("deep", ["[" * 200 + "]" * 200, "[" * 100_000, "{a: " * 5_000])
@pytest.mark.parametrize("name", ["csl-yaml", "cff", "hayagriva"])
def test_whoever_finds_a_text_too_deep_says_the_same(name: str, deep: str) -> None:
    text = {
        "csl-yaml": f"- id: one\n- id: two\n  custom:\n    x: {deep}\n",
        "cff": f"cff-version: 1.2.0\ntitle: One\nreferences:\n  x: {deep}\n",
        "hayagriva": f"one:\n  type: book\ntwo:\n  x: {deep}\n",
    }[name]
    library = refcite.loads(text, name)
    (problem,) = [one for one in library.problems if one.code == "too-deep"]
    assert (problem.line, problem.message) == (4, "the entry is nested too deeply")
    assert problem.column is not None
    assert len(library) == 1


def test_aliases_cannot_explode_or_bite_their_tail() -> None:
    rows = ["- id: a", "  x0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    rows += [f"  x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]" for n in range(1, 20)]
    library = read("\n".join([*rows, "- id: b\n"]))
    assert library.ids == ("b",)
    assert library.problems[0].code == "too-large"
    assert read("- id: a\n  x: &x [*x]\n").problems[0].code == "invalid-yaml"


def test_no_tag_is_followed() -> None:
    record = read_one("title: !!python/object/apply:os.system [echo]\n  note: !!int 012")
    assert (record.title, record.note) == ("echo", "012")


def test_what_is_written_reads_the_same_for_pandoc() -> None:
    record = Record(
        id="1",
        type="book",
        title="yes",
        volume="012",
        issue="1e3",
        issued=Date.parse("1926-05"),
        accessed=Date.parse("1984~/2001"),
        author=(Name(family="Kafka", given="Franz"),),
    )
    assert write([record]) == (
        "references:\n- id: '1'\n  type: book\n  title: 'yes'\n  issue: '1e3'\n  volume: '012'\n"
        "  accessed: 1984~/2001\n  issued: 1926-05\n  author:\n  - family: Kafka\n"
        "    given: Franz\n"
    )


def test_json_made_from_yaml_has_dates_in_parts() -> None:
    (item,) = json.loads(write_json(read("- {id: 1, type: book, issued: 2017-01}")))
    assert item == {"id": "1", "type": "book", "issued": {"date-parts": [[2017, 1]]}}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_every_record_comes_back(record: Record) -> None:
    assert list(read(write([record]))) == [record]


def test_half_a_surrogate_pair_costs_no_other_character() -> None:
    assert read(write([Record(id="a", title="Zoë\ud800")]))["a"].title == "Zoë\ufffd"


def test_without_pyyaml_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(FormatError, match=re.escape(install_command("yaml"))):
        refcite.loads("- id: a", "csl-yaml")
    with pytest.raises(FormatError, match=re.escape(install_command("yaml"))):
        write([Record(id="a")])


def test_the_look_of_a_text_tells() -> None:
    assert guess_format(PANDOC).name == "csl-yaml"
    assert guess_format("- id: a\n").name == "csl-yaml"
    assert guess_format(file="a.yml").name == "csl-yaml"


# Variables in notes

NOTE = """\
type: report
original-date: 1925-05
Original Title: Das Schloss
translator: Muir || Willa
translator: Muir || Edwin
tex.eprinttype: arxiv
A remark: to keep {:PMID: 12} here
title: another
note: kept"""


@pytest.mark.parametrize("format_", ["csl-json", "csl-jsonl", "csl-yaml"])
def test_variables_in_a_note_are_read_on_request(format_: str) -> None:
    text = json.dumps({"id": "a", "type": "book", "title": "One", "note": NOTE})
    assert refcite.loads(text, format_)["a"].note == NOTE
    library = refcite.loads(text, format_, note_fields=True)
    record = library["a"]
    assert (record.type, record.title, record.pmid) == ("report", "One", "12")
    assert (str(record.original_date), record.original_title) == ("1925-05", "Das Schloss")
    assert [name.given for name in record.translator] == ["Willa", "Edwin"]
    assert record.extra == {"eprinttype": "arxiv"}
    assert record.note == "A remark: to keep  here\ntitle: another\nnote: kept"
    assert [problem.code for problem in library.problems] == ["unread-note-field"]


@pytest.mark.parametrize(
    "note", ["original-date: soon", "type: thing", "Read it: twice", "tex.: x", "{:x: y}", ": a"]
)
def test_what_is_no_variable_stays_in_the_note(note: str) -> None:
    text = json.dumps({"id": "a", "type": "book", "note": note})
    record: Any = read_json(text, note_fields=True)[0]
    assert (record.note, record.type, record.original_date) == (note, "book", None)


def test_the_variables_of_another_edition_in_a_note_are_read() -> None:
    note = "alt-title: Das Schloss\nalt-translator: Muir || Willa\nalt-issued: 1926"
    record: Any = read_json(json.dumps({"id": "a", "note": note}), note_fields=True)[0]
    assert record.note is None
    assert record.extra == {
        "alt-title": "Das Schloss",
        "alt-translator": [{"family": "Muir", "given": "Willa"}],
        "alt-issued": {"date-parts": [[1926]]},
    }


def test_a_key_with_a_million_blanks_in_it_is_said() -> None:
    library = read("references:\n- id: a\nke" + " " * 1_000_000 + "y: [\n")
    assert (library.problems[0].code, library.problems[0].line) == ("invalid-yaml", 3)


def test_surrogates_escaped_as_in_json_are_characters() -> None:
    text = """
    - id: a
      title: "Owls \\ud83e\\udd89"
    - id: b
      title: "Owls \\ud83e"
    - id: c
      title: 'Owls \\\\ud83e'
    """
    library = read(text)
    assert [record.title for record in library] == [
        "Owls \U0001f989",
        "Owls \ufffd",
        r"Owls \\ud83e",
    ]
    surrogates = [p.line for p in library.problems if p.code == "lone-surrogate"]
    assert surrogates == [5]
