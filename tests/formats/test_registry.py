"""Finding formats, loading and dumping."""

from __future__ import annotations

import contextlib
import io
import zipfile
from importlib import metadata
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import Literal, get_type_hints

import pytest

import refcite
from refcite.formats import (
    Format,
    formats,
    get_format,
    guess_format,
    loads,
    registry,
)
from refcite.formats.base import ENTRY_POINT_GROUP
from refcite.formats.options import ReadOptions, WriteOptions
from refcite.problems import (
    FormatError,
    InputError,
    OutputError,
    Problem,
    ReadError,
    UnknownFormatError,
)

BOOK = '[{"id": "a", "type": "book", "title": "One"}]'


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("refs.json", "csl-json"),
        ("refs.JSON", "csl-json"),
        ("refs.jsonl", "csl-jsonl"),
        ("a folder/refs.bib", "bibtex"),
    ],
)
def test_a_file_ending_tells_the_format(file: str, name: str) -> None:
    assert guess_format(file=file).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (BOOK, "csl-json"),
        ('  {\n "id": "a"}', "csl-json"),
        ("[]", "csl-json"),
        ("A preface.\n\n  @Book {a, title = {One}}", "bibtex"),
        ("@string(x = {y})", "bibtex"),
        ("Publisher Freedom House\nPublication Date 1 August 2018\n", "refworld"),
        ("Freedom House, X, 2018, available at: [accessed 1 May 2019]", "refworld"),
    ],
)
def test_a_text_tells_the_format(text: str, name: str) -> None:
    assert guess_format(text).name == name
    assert guess_format(text, "page.txt").name == name


HAYAGRIVA = "# Mine.\n---\n\nharry:\n  type: Book\n  title: One\n"
CSL_YAML = "---\nreferences:\n- id: a\n  type: book\n"
CFF = "cff-version: 1.2.0\nreferences:\n- type: book\n"
CODEMETA = '{"author": {"email": "a@b.example"}, "@context": "https://w3id.org/codemeta/3.0"}'
HEAD = '<?xml version="1.0"?>\n'


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("codemeta.json", CODEMETA, "schema-org"),
        ("refs.json", '[{"id": "a", "title": "mail@b.example"}]', "csl-json"),
        ("refs.json", "nonsense", "csl-json"),
        ("refs.yml", HAYAGRIVA, "hayagriva"),
        ("refs.yaml", HAYAGRIVA.replace("\n", "\r\n"), "hayagriva"),
        ("refs.yaml", "a:\n  publisher: Press\n  title: T\n", "hayagriva"),
        ("refs.yaml", "a:\n  author:\n    - Roe, Ann\n  title: T\n", "hayagriva"),
        ("refs.yml", CSL_YAML, "csl-yaml"),
        ("refs.yml", CSL_YAML.replace("\n", "\r\n"), "csl-yaml"),
        ("refs.yml", "nonsense", "csl-yaml"),
        ("citation.yml", CFF, "cff"),
        ("refs.xml", f"{HEAD}<xml><records><record/></records></xml>", "endnote-xml"),
        ("refs.xml", f'{HEAD}<mods xmlns="http://www.loc.gov/mods/v3"/>', "mods"),
        (
            "Sources.xml",
            f"{HEAD}<b:Sources xmlns:b='http://schemas.openxmlformats.org/officeDocument/2006/"
            "bibliography'/>",
            "word-xml",
        ),
        ("page.xml", f"{HEAD}<html><head/></html>", "html"),
    ],
)
def test_where_formats_share_an_ending_the_text_tells(file: str, text: str, name: str) -> None:
    assert guess_format(text, file).name == name


MEDLINE = "PMID- 31209238\nOWN - NLM\nTI  - On ebb.\n"
RIS = "TY  - JOUR\nTI  - On ebb\nER  - \n"


@pytest.mark.parametrize(
    ("file", "text", "name"),
    [
        ("refs.ris", MEDLINE, "nbib"),
        ("refs.txt", RIS, "ris"),
        ("refs.csv", RIS, "ris"),
        ("refs.ris", "@book{a, title = {One}}", "bibtex"),
        ("refs.bib", '[{"id": "a"}]', "csl-json"),
        # What tells nothing against the ending leaves it as it is.
        ("refs.bib", "% Nothing but a comment.", "bibtex"),
        ("refs.tsv", "shape\tcolour\n", "tsv"),
        ("page.html", "<p>On ebb</p>\n@media (print) {}", "html"),
    ],
)
def test_a_text_that_is_plainly_in_another_format_counts_before_the_ending(
    file: str, text: str, name: str
) -> None:
    assert guess_format(text, file).name == name


OF_OPENALEX = '{"results": [{"id": "https://openalex.org/W1", "display_name": "On ebb"}]}'
OF_CROSSREF = '{"status": "ok", "message-type": "work", "message": {"title": ["On ebb"]}}'
MESSAGE_OF_CROSSREF = '{"status": "ok", "message": {"title": ["On ebb"]}}'
WORK_OF_CROSSREF = '{"reference-count": 3, "title": ["On ebb"], "type": "journal-article"}'
WORK_OF_DATACITE = '{"id": "x", "types": {"ris": "RPRT"}, "creators": [{"name": "Roe, Ann"}]}'
OF_DATACITE = '{"data": {"id": "10.1000/1", "type": "dois", "attributes": {}}}'
OF_ONIX = f"{HEAD}<ONIXMessage>Publication date 3 June 2019, UNHCR</ONIXMessage>"


UNIXREF = (
    f"{HEAD}<doi_records><doi_record><crossref><journal/></crossref></doi_record></doi_records>"
)
KERNEL = f'{HEAD}<resource xmlns="http://datacite.org/schema/kernel-4"></resource>'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (OF_OPENALEX, "openalex"),
        (OF_CROSSREF, "crossref"),
        (MESSAGE_OF_CROSSREF, "crossref"),
        (WORK_OF_CROSSREF, "crossref"),
        (OF_DATACITE, "datacite"),
        (WORK_OF_DATACITE, "datacite"),
        (UNIXREF, "crossref-xml"),
        (KERNEL, "datacite"),
    ],
)
@pytest.mark.parametrize(
    "file", [None, "export.txt", "works.json", "works.jsonl", "works.bib", "works.xml"]
)
def test_the_own_data_of_registries_are_recognised_whatever_the_ending(
    text: str, name: str, file: str | None
) -> None:
    assert guess_format(text, file).name == name


@pytest.mark.parametrize("file", [None, "export.txt"])
def test_xml_that_is_not_read_is_named(file: str | None) -> None:
    with pytest.raises(UnknownFormatError, match="starts with <ONIXMessage>"):
        guess_format(OF_ONIX, file)


@pytest.mark.parametrize("text", [OF_OPENALEX, WORK_OF_CROSSREF, OF_DATACITE])
def test_the_json_of_registries_is_not_read_as_csl_json(text: str) -> None:
    with pytest.raises(UnknownFormatError, match="own JSON"):
        loads(text, "csl-json")
    with pytest.raises(UnknownFormatError, match="own JSON"):
        list(refcite.stream(io.BytesIO(text.encode()), "csl-json"))


@pytest.mark.parametrize("file", ["a.ris", "a.csv", "a.odd", "a.json"])
def test_xml_that_is_not_read_is_named_whatever_its_ending(file: str) -> None:
    with pytest.raises(UnknownFormatError, match="starts with <ONIXMessage>"):
        guess_format(OF_ONIX, file)


def test_csl_json_with_what_a_registry_had_besides_is_csl_json() -> None:
    extra = '"relatedItems": [{"resourceTypeGeneral": "Book"}], "type": "journal-article"'
    text = f'[\n{{"id": "a", "type": "dataset", "title": "On ebb", "custom": {{{extra}}}}}\n]'
    assert guess_format(text, "a.json").name == "csl-json"
    assert loads(text, "csl-json").ids == ("a",)


def test_what_crossref_answers_as_csl_json_is_csl_json() -> None:
    text = '{"reference-count": 3, "title": "On ebb", "type": "article-journal", "DOI": "10.1/a"}'
    assert guess_format(text, "a.json").name == "csl-json"


def test_a_shared_ending_alone_means_its_owner() -> None:
    assert guess_format(file="refs.json").name == "csl-json"
    assert guess_format(file="refs.yaml").name == "csl-yaml"
    with pytest.raises(
        UnknownFormatError, match=r"'\.xml' is shared by .*endnote-xml, mods, word-xml"
    ):
        guess_format(file="refs.xml")


@pytest.mark.parametrize("piece", ["\n", " \n", "# a\n", "---\n", "<!--", "{{ ", "- "])
def test_what_is_repeated_without_end_is_of_no_format(piece: str) -> None:
    with pytest.raises(UnknownFormatError):
        guess_format(piece * 60_000)


def test_what_nothing_tells_is_an_error_that_names_the_formats() -> None:
    with pytest.raises(UnknownFormatError, match=r"in none of .*csl-json.*bibtex"):
        refcite.loads("Once upon a time.")
    with pytest.raises(UnknownFormatError, match="did you mean 'bibtex'"):
        get_format("bibtext")


def test_another_package_adds_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    module = "tests.formats.plugin"
    point = EntryPoint("shouted", f"{module}:FORMAT", ENTRY_POINT_GROUP)
    monkeypatch.setattr(
        metadata, "entry_points", lambda group: EntryPoints([point]).select(group=group)
    )
    registry._added.cache_clear()
    try:
        assert formats()[-1].name == "shouted"
        assert refcite.loads("HELLO", "shouted")[0].title == "HELLO"
        assert refcite.load(io.StringIO("HELLO"), "shouted")[0].title == "HELLO"
        with pytest.raises(FormatError, match="'shouted' can be read, but not written"):
            refcite.dumps([], "shouted")
    finally:
        registry._added.cache_clear()


def test_an_unknown_option_is_refused_and_none_is_no_option() -> None:
    assert refcite.loads(BOOK, day_first=None).ids == ("a",)
    with pytest.raises(FormatError, match="'bibtex' has no option 'dialekt' to write; did you"):
        refcite.dumps([], "bibtex", dialekt="biblatex")  # type: ignore[call-arg]  # meant to be wrong


def test_a_broken_plugin_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("broken", "no_such_module:FORMAT", ENTRY_POINT_GROUP)
    monkeypatch.setattr(metadata, "entry_points", lambda group: EntryPoints([point]))
    registry._added.cache_clear()
    try:
        with pytest.raises(FormatError, match=r"'broken'.*no_such_module"):
            formats()
        assert get_format("bibtex").name == "bibtex"
    finally:
        registry._added.cache_clear()


def test_load_takes_paths_and_open_files(tmp_path: Path) -> None:
    path = tmp_path / "refs.json"
    path.write_text(BOOK, encoding="utf-8")
    assert refcite.load(path).ids == refcite.load(str(path)).ids == ("a",)
    with path.open(encoding="utf-8") as text, path.open("rb") as binary:
        assert refcite.load(text).ids == refcite.load(binary).ids == ("a",)


def test_dump_writes_what_load_reads(tmp_path: Path) -> None:
    library = refcite.loads(BOOK)
    for name in ("refs.json", "refs.jsonl", "refs.bib"):
        refcite.dump(library, tmp_path / name)
        assert refcite.load(tmp_path / name) == library
    stream = io.StringIO()
    refcite.dump(library, stream, "csl-json")
    assert refcite.loads(stream.getvalue()) == library


def test_files_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.bib: cannot be read: No such file"):
        refcite.load(tmp_path / "missing.bib")
    with pytest.raises(
        InputError, match=f"{tmp_path.name}: cannot be read: it is a folder without zotero"
    ):
        refcite.load(tmp_path)
    with pytest.raises(OutputError, match=r"out\.bib: cannot be written: No such file"):
        refcite.dump([], tmp_path / "no" / "out.bib")
    with pytest.raises(FormatError, match="set format="):
        refcite.dump([], io.StringIO())
    with pytest.raises(InputError, match="cannot be read: embedded null byte"):
        refcite.load("a\0b")


def test_problems_name_the_file_and_strict_raises_the_first_error(tmp_path: Path) -> None:
    path = tmp_path / "refs.jsonl"
    path.write_text('{"id": "a"}\n{"id": \n{"id": "c"}\n', encoding="utf-8")
    library = refcite.load(path)
    assert library.ids == ("a", "c")
    errors = [problem for problem in library.problems if problem.severity == "error"]
    assert [(error.file, error.line) for error in errors] == [(str(path), 2)]
    with pytest.raises(ReadError, match=r"refs\.jsonl:2:"):
        refcite.load(path, strict=True)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_every_unicode_encoding_is_recognised(encoding: str) -> None:
    library = refcite.loads('[{"id": "a", "type": "book", "title": "Zoë"}]'.encode(encoding))
    assert library["a"].title == "Zoë"
    assert not library.problems


@pytest.mark.parametrize("name", ["bibtex", "ris", "nbib", "csv", "csl-json", "csl-yaml", "mods"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_any_script_is_read_in_every_unicode_encoding(
    name: str, encoding: str, tmp_path: Path
) -> None:
    # The zeros of 一 (U+4E00) are where those of Latin letters are in the other order of bytes.
    abstract = "一二三 研究報告" * 200
    records = [
        refcite.Record(id="1", type="article-journal", title="研究 😀 Zoë", abstract=abstract),
        refcite.Record(id="2", type="article-journal", title="Другая", volume="3"),
    ]
    text = "\n".join(get_format(name).write(records).splitlines())
    path = tmp_path / "refs"
    for end in ("\n", "\r\n", "\r"):
        path.write_bytes(text.replace("\n", end).encode(encoding))
        for read in (refcite.load(path, name), list(refcite.stream(path, name))):
            assert list(read) == list(loads(text, name))
        assert not refcite.load(path, name).problems


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("[]".encode("utf-16-le") + b"\n", "has the form of UTF-16-LE, but byte 4 is not valid"),
        (b"\xff\xfe[\0]", "declares UTF-16, but byte 4 is not valid"),
        (b"@book{a, title={O\0ne}}\n" * 100, "is not text: it contains NUL bytes"),
    ],
)
def test_damage_in_such_an_encoding_is_located(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        refcite.loads(data)


def test_xml_may_declare_its_encoding() -> None:
    text = (
        '<?xml version="1.0" encoding="windows-1251"?>\n<mods><titleInfo><title>Другая</title>'
        "</titleInfo></mods>"
    )
    library = refcite.loads(text.encode("windows-1251"), "mods")
    assert library[0].title == "Другая"
    assert not [problem for problem in library.problems if problem.code == "not-utf-8"]


def test_other_bytes_are_windows_1252_with_a_warning_at_their_place() -> None:
    library = refcite.loads(
        '[\n{"id": "a", "type": "book", "title": "Zo\xeb \x96\x81"}]'.encode("latin-1")
    )
    assert library["a"].title == "Zoë –\x81"
    (problem,) = library.problems
    assert (problem.code, problem.line, problem.column) == ("not-utf-8", 2, 41)


@pytest.mark.parametrize(
    "data", [b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", bytes(range(256)) * 40, b"\x00" * 5000]
)
def test_binary_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"f\.bib: the input is not text"):
        refcite.loads(data, file="f.bib")


@pytest.mark.parametrize("start", ["%A x\n", "@book", "{{cite ", "<!--", "- a: x\n", "TY  - "])
@pytest.mark.parametrize("piece", ["\n", " \n", "*", "- ", "x\n", "a, "])
def test_repeated_pieces_do_not_stop_the_detection(start: str, piece: str) -> None:
    # A pattern that matches a piece in two ways would never end.
    with contextlib.suppress(UnknownFormatError):
        assert guess_format(start + piece * 5_000).reads


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff"])
def test_an_empty_input_is_an_error(text: str) -> None:
    (problem,) = refcite.loads(text).problems
    assert (problem.severity, problem.code) == ("error", "empty-input")


def test_a_format_is_a_value() -> None:
    assert Format(name="x", title="X", module="x") == Format(name="x", title="X", module="x")


@pytest.mark.parametrize(("way", "typed"), [("read", ReadOptions), ("write", WriteOptions)])
def test_every_option_of_a_built_in_format_is_typed(
    way: Literal["read", "write"], typed: type
) -> None:
    built_in = [one for one in formats() if one.module.startswith("refcite.")]
    options = {name for one in built_in for name in one.options_of(way)}
    assert options == set(get_type_hints(typed))


def test_a_common_option_without_use_is_reported_and_no_error() -> None:
    text = "<b:Sources xmlns:b='x'><b:Source><b:Tag>a</b:Tag></b:Source></b:Sources>"
    library = loads(text, "word-xml", day_first=True, accessed=None)
    assert [problem.code for problem in library.problems][:1] == ["unused-option"]
    found, *_ = get_format("ris").read_stream(["\n"], accessed="2024-01-01")
    assert isinstance(found, Problem)
    assert found.code == "unused-option"
    with pytest.raises(FormatError, match="no option 'url'"):
        loads(text, "word-xml", url="https://example.org")


# Bytes


def test_one_byte_that_is_not_utf_8_leaves_the_rest_as_it_is() -> None:
    data = "TY  - BOOK\nAU  - Gödel, Kurt\nAU  - M".encode() + b"\xfcller, Ann\nER  - \n"
    library = loads(data, "ris")
    assert [name.family for name in library[0].author] == ["Gödel", "Müller"]
    (problem,) = library.problems
    assert (problem.code, problem.line, problem.column) == ("not-utf-8", 3, 8)


def test_the_places_of_many_such_bytes_are_not_all_told() -> None:
    data = b"id,title\r" + b"a,\xe9\r" * 9 + "b,ß\r".encode()
    problems = [one for one in loads(data, "csv").problems if one.code == "not-utf-8"]
    assert [(one.line, one.column) for one in problems] == [(line, 3) for line in range(2, 7)]
    assert "4 others" in problems[-1].message


@pytest.mark.parametrize(
    ("comment", "encoding"),
    [
        ("% Encoding: Cp1252", "cp1252"),
        ("% Encoding: ISO8859_1", "latin-1"),
        ("% Encoding: x-MacRoman", "mac-roman"),
        ("%!TeX encoding = latin1", "latin-1"),
        ("% !TEX encoding = KOI8-R", "koi8-r"),
    ],
)
def test_a_bibtex_file_may_name_its_encoding(comment: str, encoding: str) -> None:
    title = "Ебб" if encoding == "koi8-r" else "Zoë"
    library = loads(f"{comment}\n@book{{a, title = {{{title}}}}}".encode(encoding), "bibtex")
    assert library["a"].title == title
    assert not library.problems


def test_a_stray_nul_byte_is_left_out_and_told() -> None:
    library = loads(b"TY  - BOOK\nTI  - O\0ne\nER  - \n")
    assert library[0].title == "One"
    (problem,) = library.problems
    assert (problem.code, problem.line, problem.column) == ("nul-byte", 2, 8)


@pytest.mark.parametrize("text", [RIS, MEDLINE, "id,title\na,One\n", "%0 Book\n%T One\n"])
def test_carriage_returns_alone_end_lines(text: str) -> None:
    assert guess_format(text.replace("\n", "\r")) == guess_format(text)
    assert loads(text.replace("\n", "\r"))[0].title == loads(text)[0].title


def test_such_lines_are_counted() -> None:
    library = loads('[\r{"id": "a", "type": "book"},\r{"id": "a", "type": "song"}\r]\r')
    assert [(problem.code, problem.line) for problem in library.problems] == [("duplicate-id", 3)]


def test_an_archive_that_is_no_spreadsheet_is_refused() -> None:
    with pytest.raises(InputError, match="damaged archive"):
        loads(b"PK\x03\x04 and so on")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("slides/slide1.xml", "<s/>")
    with pytest.raises(UnknownFormatError, match="none of the known formats"):
        loads(held.getvalue())
