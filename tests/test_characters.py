"""Texts of derived types, and halves of surrogate pairs, through the whole program."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

import refcite
from refcite import Date, Name, Record
from refcite.csl import Cite, Processor
from refcite.csl.backends import BACKENDS, find_backend
from refcite.formats import Format, formats, get_format, losses
from refcite.problems import RecordTypeError, RecordValueError

PAIR = "\ud83e\udd89"
"""An owl in two halves, as UTF-16 has it."""


class Text(str):
    """A text of a derived type, such as libraries return."""

    def __str__(self) -> str:
        return "another text"


class Year:
    """A whole number that is not an `int`, such as NumPy's."""

    def __index__(self) -> int:
        return 1999


def _writers() -> Iterator[Format]:
    return (one for one in formats() if one.writes)


def _types_in(record: Record) -> set[type]:
    texts = [value for value in record.variables().values() if isinstance(value, str)]
    parts = [part for name in record.author for part in (name.family, name.given) if part]
    return set(map(type, [record.id, record.type, *texts, *parts, *record.extra]))


def test_a_record_stores_texts_of_derived_types_as_text() -> None:
    record = Record(
        id=Text("a"),
        type=Text("book"),  # type: ignore[arg-type]  # as no type checker sees it
        title=Text("Owls"),
        volume=Text("3"),
        author=[Name(family=Text("Roe"), given=Text("Ann"))],
        issued=Text("1999"),
        extra={Text("shelf"): Text("B 12")},
        et_al=[Text("author")],
    )
    assert _types_in(record) == {str}
    assert record == Record(
        id="a",
        type="book",
        title="Owls",
        volume="3",
        author=[Name(family="Roe", given="Ann")],
        issued=1999,
        extra={"shelf": "B 12"},
        et_al=["author"],
    )
    assert type(record.replace(url=Text("https://example.org")).url) is str
    assert type(Date(literal=Text("long ago")).literal) is str


def test_texts_of_derived_types_are_printed_and_written() -> None:
    record = Record(id="a", type="book", title=Text("Owls"), publisher=Text("Hive"), issued=1999)
    same = Record(id="a", type="book", title="Owls", publisher="Hive", issued=1999)
    assert str(refcite.bibliography([record])) == "Owls. (1999). Hive."
    processor = Processor("apa", library=[record])
    cite = Cite(record=Text("a"), locator=Text("12"), prefix=Text("see "))
    assert processor.cite(cite) == "(see Owls, 1999, p. 12)"
    for format_ in _writers():
        assert format_.write([record]) == format_.write([same]), format_.name


def test_an_item_of_csl_json_may_have_texts_of_derived_types() -> None:
    item = {Text("id"): Text("a"), "type": Text("book"), "author": [{"family": Text("Roe")}]}
    record = Record.from_csl(item)
    assert record == Record(id="a", type="book", author=[Name(family="Roe")])
    assert _types_in(record) == {str}


def test_whole_numbers_of_other_types_are_numbers_and_truths_are_not() -> None:
    assert Record(volume=Year(), issued=Year()) == Record(volume="1999", issued=1999)
    assert Date.of(Year()) == Date.of(1999)  # type: ignore[arg-type]  # as above
    with pytest.raises(RecordTypeError, match=r"Record\.volume .*not bool"):
        Record(volume=True)
    with pytest.raises(RecordTypeError, match=r"Point\.year .*not bool"):
        Date.of(True)
    with pytest.raises(RecordValueError, match=r"Record\.volume .*4,300 digits"):
        Record(volume=10**5000)


@pytest.mark.parametrize("format_", list(_writers()), ids=lambda one: one.name)
def test_no_writer_writes_half_of_a_surrogate_pair(format_: Format) -> None:
    record = Record(
        id="a\ud83e",
        type="book",
        title=f"Owls {PAIR} \udd89",
        author=[Name(family="Roe\ud83e", given="Ann")],
        issued=Date(literal="then\ud83e"),
        publisher="Hive\ud83e",
        url="https://example.org/\ud83e",
    )
    text = format_.write([record])
    assert text.encode()
    if format_.reads and format_.name != "refworld":
        assert format_.read(text)[0].title == "Owls 🦉 \ufffd"
    assert "lone-surrogate" in [problem.code for problem in losses([record], text, format_)]
    file = io.StringIO()
    problems: list[refcite.Problem] = []
    refcite.dump(record, file, format_.name, problems=problems)
    assert file.getvalue() == text


def test_json_is_written_with_the_same_character_in_pieces() -> None:
    pieces = get_format("csl-json").write_stream([Record(id="a", title="\ud83e")])
    assert "\ufffd" in "".join(pieces)


@pytest.mark.parametrize("output", BACKENDS)
def test_a_bibliography_has_no_half_of_a_surrogate_pair(output: str) -> None:
    record = Record(id="a\ud83e", type="book", title=f"Owls {PAIR} \ud83e", doi="10.1000/\ud83e")
    done = refcite.bibliography([record], output=output)  # type: ignore[arg-type]  # parametrized
    assert find_backend(output).escape("Owls 🦉 \ufffd") in str(done)
    assert str(done).encode()
    assert [problem.code for problem in done.problems] == ["lone-surrogate"]
    processor = Processor("apa", output=output)  # type: ignore[arg-type]  # as above
    assert processor.cite(Cite(record, prefix="\ud83e", locator="\ud83e")).encode()
    assert processor.explain(record).text.encode()


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("bibtex", "% x\n@book{a, title = {Owls {}}}"),
        ("ris", "TY  - BOOK\nTI  - Owls {}\nER  - \n"),
        ("csl-yaml", "- id: a\n  title: Owls {}\n"),
        ("csv", "id,title\na,Owls {}\n"),
        ("wikipedia", "\n{{cite book |title=Owls {}}}"),
        ("html", "<title>x</title>\n<h1>Owls {}</h1><meta name=citation_title content='Owls {}'>"),
        ("mods", "<mods>\n<titleInfo><title>Owls {}</title></titleInfo></mods>"),
    ],
)
def test_readers_join_halves_and_report_one_alone(format_: str, text: str) -> None:
    whole = refcite.loads(text.replace("{}", PAIR), format_)
    assert whole[0].title == "Owls 🦉"
    assert "lone-surrogate" not in [problem.code for problem in whole.problems]
    half = refcite.loads(text.replace("{}", "\udd89"), format_)
    assert half[0].title == "Owls \ufffd"
    assert [p.line for p in half.problems if p.code == "lone-surrogate"] == [2]


def test_halves_in_json_are_replaced_and_reported(tmp_path: Path) -> None:
    text = '[{"id": "a", "type": "book", "title": "\\ud83e\\udd89 \\ud83e"}]'
    library = refcite.loads(text, "csl-json")
    assert library[0].title == "🦉 \ufffd"
    assert [problem.code for problem in library.problems] == ["lone-surrogate"]
    problems: list[refcite.Problem] = []
    item = {"id": "a", "type": "book", "title": "Owls \ud83e", "note": PAIR}
    record = Record.from_csl(item, problems=problems)
    assert (record.title, record.note) == ("Owls \ufffd", "🦉")
    assert [problem.code for problem in problems] == ["lone-surrogate"]
    refcite.dump(library, tmp_path / "a.bib")
    assert "🦉 \ufffd" in (tmp_path / "a.bib").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("format_", "text"),
    [
        ("mods", "<mods>\n<titleInfo><title>Owls {}</title></titleInfo></mods>"),
        (
            "word-xml",
            "<b:Sources xmlns:b='http://schemas.openxmlformats.org/officeDocument/2006/"
            "bibliography'>\n<b:Source><b:Title>Owls {}</b:Title></b:Source></b:Sources>",
        ),
        (
            "endnote-xml",
            "<xml><records>\n<record><titles><title>Owls {}</title></titles></record>"
            "</records></xml>",
        ),
        ("html", "<title>x</title>\n<meta name=citation_title content='Owls {}'>"),
        ("wikipedia", "x\n{{cite book |title=Owls {}}}"),
        ("coins", "\n<span class=Z3988 title='rft_val_fmt=x&amp;rft.btitle=Owls+{}'>"),
    ],
)
def test_references_to_halves_are_characters(format_: str, text: str) -> None:
    for written, read in {
        "&#xD83E;&#xDD89;": "🦉",
        "&#55358;&#56713;": "🦉",
        "&#xdd89;": "\ufffd",
        "&#xDD89;&#xD83E;": "\ufffd\ufffd",
    }.items():
        library = refcite.loads(text.replace("{}", written), format_)
        assert library[0].title == f"Owls {read}", written
        found = [p.line for p in library.problems if p.code in ("lone-surrogate", "mended-xml")]
        assert found == [2]


ENTRIES = {
    "bibtex": ("@book{a, title={One}}\n", "@book{b, title={Two}}\n"),
    "ris": ("TY  - BOOK\nTI  - One\nER  - \n", "TY  - BOOK\nTI  - Two\nER  - \n"),
    "nbib": ("PMID- 1\nTI  - One\n\n", "PMID- 2\nTI  - Two\n\n"),
    "csv": ("id,title\na,One\n", "b,Two\n"),
    "csl-yaml": ("- id: a\n  title: One\n", "- id: b\n  title: Two\n"),
    "csl-json": ('[{"id": "a", "title": "One"},\n', '{"id": "b", "title": "Two"}]\n'),
    "csl-jsonl": ('{"id": "a", "title": "One"}\n', '{"id": "b", "title": "Two"}\n'),
    "mods": (
        "<m><mods><titleInfo><title>One</title></titleInfo></mods>\n",
        "<mods><titleInfo><title>Two</title></titleInfo></mods></m>\n",
    ),
}
"""Two entries in each format."""


@pytest.mark.parametrize("format_", ENTRIES)
@pytest.mark.parametrize("nuls", [b"\0", b"\0" * 40])
def test_nul_bytes_cost_no_entry(format_: str, nuls: bytes) -> None:
    first, second = (text.encode() for text in ENTRIES[format_])
    for data in (nuls + first + second, first + nuls + second, first + second + nuls):
        library = refcite.loads(data, format_)
        assert [record.title for record in library] == ["One", "Two"]
        assert "nul-byte" in [problem.code for problem in library.problems]
        found = list(refcite.stream(io.BytesIO(data), format_))
        assert [one.title for one in found if isinstance(one, Record)] == ["One", "Two"]


@pytest.mark.parametrize("format_", ["csl-json", "csl-jsonl", "schema-org"])
@pytest.mark.parametrize("junk", ["A report of 5 May\n", "null\n", ")]}',\n", "[INFO] one\n"])
def test_a_first_line_that_is_not_json_costs_no_entry(format_: str, junk: str) -> None:
    first, second = ENTRIES["csl-jsonl" if format_ == "csl-jsonl" else "csl-json"]
    if format_ == "schema-org":
        first = first.replace('"title"', '"@type": "Book", "name"').replace('"id": "a", ', "")
        second = second.replace('"title"', '"@type": "Book", "name"').replace('"id": "b", ', "")
    library = refcite.loads(junk + first + second, format_)
    assert [record.title for record in library] == ["One", "Two"]
    assert next(p.line for p in library.problems if p.code == "invalid-json") == 1


def test_a_wrong_byte_order_mark_costs_no_entry() -> None:
    library = refcite.loads(b"\xff\xfe" + "".join(ENTRIES["bibtex"]).encode(), "bibtex")
    assert [record.title for record in library] == ["One", "Two"]
    assert [problem.code for problem in library.problems] == ["broken-encoding"]


def test_half_of_a_pair_in_utf_16_costs_no_entry() -> None:
    text = "@book{a, title = {Owls \udd89}}"
    for data in (text.encode("utf-16", "surrogatepass"), text.encode("utf-16-le", "surrogatepass")):
        library = refcite.loads(data, "bibtex")
        assert library[0].title == "Owls \ufffd"
        assert [problem.code for problem in library.problems] == ["lone-surrogate"]


def test_control_characters_in_yaml_are_spaces() -> None:
    library = refcite.loads("- id: a\n  title: O\x01ne\n- id: b\n  title: Two\n", "csl-yaml")
    assert [record.title for record in library] == ["O ne", "Two"]
    assert [p.line for p in library.problems if p.code == "control-character"] == [2]


DIGITS = {
    "superscript": "²",
    "circled": "①",
    "Arabic": "١٩٩٩",
    "full width": "１９",
    "many": "9" * 5000,
}
FIELDS = {
    "bibtex": "@book{a, title = {Owls}, date = {1999}, year = {§}, month = {§}, edition = {§}}",
    "ris": "TY  - BOOK\nTI  - Owls\nPY  - §\nDA  - 1999/§\nET  - §\nSP  - §\nER  - \n",
    "word-xml": (
        "<b:Sources xmlns:b='http://schemas.openxmlformats.org/officeDocument/2006/bibliography'>"
        "<b:Source><b:Title>Owls</b:Title><b:Year>1999</b:Year><b:Month>§</b:Month>"
        "<b:LCID>§</b:LCID><b:Edition>§</b:Edition></b:Source></b:Sources>"
    ),
    "endnote-xml": (
        "<xml><records><record><titles><title>Owls</title></titles><dates><year>§</year>"
        "<pub-dates><date>§</date></pub-dates></dates></record></records></xml>"
    ),
    "csl-json": (
        '[{"id": "a", "type": "book", "title": "Owls", "edition": "§", "page": "§", "volume": "§",'
        ' "issued": {"date-parts": [["§"]]}}]'
    ),
    "csv": "id,title,year,month,edition\na,Owls,1999,§,§\n",
    "nbib": "PMID- 1\nTI  - Owls\nDP  - 1999 §\nPG  - §-§\nPT  - Journal Article\n",
}


@pytest.mark.parametrize("digits", DIGITS.values(), ids=DIGITS)
@pytest.mark.parametrize("format_", FIELDS)
def test_digits_that_are_no_numbers_are_kept_as_text(format_: str, digits: str) -> None:
    library = refcite.loads(FIELDS[format_].replace("§", digits), format_)
    assert library[0].title == "Owls"
    for writer in ("bibtex", "biblatex", "ris", "csl-json", "word-xml"):
        assert "Owls" in get_format(writer).write(library)
    assert "Owls" in str(refcite.bibliography(library))


@pytest.mark.parametrize("digits", DIGITS.values(), ids=DIGITS)
def test_an_edition_in_other_digits_is_printed_unchanged(digits: str) -> None:
    record = Record(id="a", type="book", title="Owls", edition=digits, volume=digits, page=digits)
    assert digits in str(refcite.bibliography([record]))


@pytest.mark.parametrize(
    "year",
    [float("inf"), 10**5000, "9" * 5000, "²", True],
    ids=["inf", "large", "long", "²", "true"],
)
def test_a_year_in_date_parts_that_is_no_number_is_reported(year: object) -> None:
    problems: list[refcite.Problem] = []
    item = {"id": "a", "type": "book", "issued": {"date-parts": [[year]]}, "volume": 10**5000}
    record = Record.from_csl(item, problems=problems)
    assert record.volume == "1" + "0" * 5000
    assert problems
    assert "volume" in get_format("csl-json").write([record])
