"""RIS: every type and dialect read, nothing lost, and what is written reads as the same record."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refcite.dates import Date
from refcite.formats import csl_json, guess_format
from refcite.formats.files import decode
from refcite.formats.ris import read, read_stream, write
from refcite.formats.ris.table import SPEC
from refcite.library import Library
from refcite.names import Name
from refcite.problems import Severity
from refcite.record import Record
from refcite.vocabulary import ITEM_TYPES
from tests.formats.strategies import DATES, NAMES, TEXTS, records
from tests.shared import shared_or_none, shared_path


def entry(*tags: str, code: str = "JOUR") -> str:
    lines = [f"{tag[:2]}  - {tag[3:]}" for tag in (f"TY {code}", *tags)]
    return "\n".join([*lines, "ER  - ", ""])


def read_one(*tags: str, code: str = "JOUR") -> Record:
    return read(entry(*tags, code=code))[0]


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


# Databases


@pytest.mark.parametrize(
    ("tags", "source", "extra"),
    [
        (["DB Scopus", "AN 2-s2.0-85"], "Scopus", {"AN": "2-s2.0-85"}),
        (["AN 4711", "DB a9h", "DP EBSCOhost"], "EBSCOhost", {"AN": "4711", "DB": "a9h"}),
        (["DB jstor"], "jstor", {}),
        (["DB rzh"], None, {"DB": "rzh"}),
    ],
)
def test_a_database_is_where_the_record_comes_from(
    tags: list[str], source: str | None, extra: dict[str, str]
) -> None:
    (record,) = read(entry("TI One", *tags))
    assert (record.source, record.archive, record.archive_location) == (source, None, None)
    assert record.extra == extra
    bare = record.replace(origin=None)
    assert list(read(write([bare]))) == [bare]


def test_an_archive_holds_a_manuscript() -> None:
    (record,) = read("TY  - MANSCPT\nTI  - Diary\nDB  - City Archive\nAN  - MS 12\nER  - \n")
    assert (record.archive, record.archive_location) == ("City Archive", "MS 12")


def test_a_thesis_has_its_number_and_where_it_can_be_had() -> None:
    (record,) = read("TY  - THES\nTI  - Ants\nDB  - Open Theses\nAN  - 281\nER  - \n")
    assert (record.archive, record.number) == ("Open Theses", "281")


@pytest.mark.parametrize(("database", "pmid"), [("Medline", "31209238"), ("Embase", None)])
def test_the_number_of_a_record_in_pubmed_is_a_pmid(database: str, pmid: str | None) -> None:
    assert read(entry("TI One", "AN 31209238", f"DB {database}"))[0].pmid == pmid


# Lines


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("tag", ["{}  - {}", "{} - {}", "{}  -{}", "{}-{}", "  {}  - {}"])
def test_tags_are_read_however_they_are_spaced(end: str, mark: str, tag: str) -> None:
    tags = [("TY", "JOUR"), ("AU", "Ito, Yuki"), ("TI", "A-B - C"), ("PY", "2001"), ("ER", "")]
    text = mark + end.join(tag.format(*pair) for pair in tags) + end
    (record,) = read(text)
    assert (record.type, record.title, record.author[0].family) == (
        "article-journal",
        "A-B - C",
        "Ito",
    )


def test_an_entry_ends_where_the_next_starts_or_the_text_ends() -> None:
    library = read("TY  - BOOK\nTI  - One\nTY  - BOOK\nTI  - Two\nTI  - Two again")
    assert [record.title for record in library] == ["One", "Two"]
    assert codes(library)[0] == "missing-er"
    assert [problem.line for problem in library.problems] == [3, 5, 5]


def test_what_stands_between_entries_is_said() -> None:
    text = "Provider: X\n\n1.\n" + entry("TI One") + "ER  - \nRecord 2\n" + entry("TI Two")
    library = read(text)
    assert [record.title for record in library] == ["One", "Two"]
    assert [(problem.code, problem.line) for problem in library.problems] == [
        ("text-outside-entry", 1),
        ("stray-er", 7),
        ("text-outside-entry", 8),
    ]


def test_tags_before_any_type_are_an_entry() -> None:
    library = read("\nJF  - Nature\nT1  - One\nER  - \n")
    assert (library[0].type, library[0].container_title) == ("article-journal", "Nature")
    assert codes(library) == ["missing-type"]


@pytest.mark.parametrize(
    ("text", "found", "code"),
    [
        ("PB  - Aschehoug\nTI  - One\nTY  - BOOK\nAU  - Ito, Y.\nER  - \n", "One", "late-type"),
        ("TY  - JOUR\nTY  - BOOK\nTI  - One\nER  - \n", "One", "second-type"),
        ("TY  - BOOK\nTI  - One\nTY  - JOUR\nER  - \n", "One", "second-type"),
        ("TY  - BOOK\nAU  - Ito, Y.\nTY  - JOUR\nTI  - One\nER  - \n", "One", "second-type"),
        ("TY  - BOOK\nTI  - One\nER  - \nC1  - Hits: 12\n", "One", "text-outside-entry"),
        ("C1  - Hits: 12\n\nTY  - BOOK\nTI  - One\nER  - \n", "One", "text-outside-entry"),
    ],
)
def test_tags_out_of_place_make_no_entry_of_their_own(text: str, found: str, code: str) -> None:
    library = read(text)
    assert [(record.type, record.title) for record in library] == [("book", found)]
    assert codes(library) == [code]


def test_entries_without_an_end_stay_two_where_both_have_a_title() -> None:
    library = read("TI  - One\nTY  - BOOK\nTI  - Two\nTY  - BOOK\nTI  - Three\nER  - \n")
    assert [record.title for record in library] == ["One", "Two", "Three"]


def test_text_without_an_entry_is_an_error() -> None:
    problem = read("Once upon a time.\n").problems[0]
    assert (problem.code, problem.severity) == ("no-entries", Severity.ERROR)


def test_lines_go_on_as_their_tag_asks() -> None:
    record = read(
        "TY  - JOUR\nTI  - A title that is\n      too long\nAB  - First.\n\nSecond.\n"
        "KW  - one\ntwo\nL1  - file:a\nfile:b\nN1  - AB-12 is\nTV - a show\nER  - \n"
    )[0]
    assert record.title == "A title that is too long"
    assert record.abstract == "First.\n\nSecond."
    assert record.keyword == "one, two"
    assert record.extra == {"L1": ["file:a", "file:b"]}
    assert record.note == "AB-12 is\nTV - a show"


def test_any_cut_into_blocks_reads_the_same() -> None:
    text = entry("TI One", "AB x\n\ny") + "\r\n" + entry("TI Two").replace("\n", "\r\n")
    whole = list(read_stream([text]))
    for size in (1, 2, 5, 7, 31):
        blocks = [text[start : start + size] for start in range(0, len(text), size)]
        assert list(read_stream(blocks)) == whole


@pytest.mark.parametrize(
    "unit", ["TY  -", "\nTY -", "a ", "ER  - ", "TY  - JOUR\nAU  - a;b,", " \n", "1-", "de ", "\r"]
)
def test_megabytes_of_one_thing_do_not_hang(unit: str) -> None:
    read(unit * 100_000)
    read(f"TY  - JOUR\nAU  - x, {unit * 100_000}\nSP  - {unit * 1000}\nER  - ")


# Names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shannon,Claude E.", Name(family="Shannon", given="Claude E.")),
        ("Doe, Jane,Jr.", Name(family="Doe", given="Jane", suffix="Jr.")),
        ("van der Berg, Jan", Name(family="Berg", given="Jan", non_dropping_particle="van der")),
        ("Koning, A. de", Name(family="Koning", given="A.", dropping_particle="de")),
        ("Solo", Name(family="Solo")),
        ("World Health Organization", Name(literal="World Health Organization")),
        ("Siemens A.G.", Name(literal="Siemens A.G.")),
        ("UNESCO,", Name(literal="UNESCO")),
        ("a, b, c, d, e", Name(literal="a, b, c, d, e")),
    ],
)
def test_names(text: str, name: Name) -> None:
    assert read_one(f"AU {text}").author == (name,)


def test_several_names_in_one_tag_are_read_and_reported() -> None:
    library = read(entry("AU Smith, J.; Jones, K.", "A1 Doe, A."))
    assert [name.family for name in library[0].author] == ["Smith", "Jones", "Doe"]
    assert [(problem.code, problem.line) for problem in library.problems] == [("several-names", 2)]


# Dates


@pytest.mark.parametrize(
    ("tags", "issued", "extra"),
    [
        (["PY 2001/05/06/"], "2001-05-06", {}),
        (["PY 1999///"], "1999", {}),
        (["PY 2001/00/00/"], "2001", {}),
        (["PY 1998///Spring"], "1998-21", {}),
        (["PY 2001///Michaelmas"], '2001 "Michaelmas"', {}),
        (["PY 2001///Vol. 3"], "2001", {"PY": "2001///Vol. 3"}),
        (["PY 2001/05/06/Special issue"], "2001-05-06", {"PY": "2001/05/06/Special issue"}),
        (["Y1 2015/october"], "2015-10", {}),
        (["PY c. 1950"], "1950~", {}),
        (["PY 9999//99/"], "9999", {"PY": "9999//99/"}),
        (["PY 0000"], "None", {"PY": "0000"}),
        (["PY ///"], "None", {}),
        (["PY 1948", "DA July"], "1948-07", {}),
        (["DA 2001/02/03/", "PY 2001"], "2001-02-03", {}),
        (["PY 2001", "DA 2001"], "2001", {}),
        (["PY 2013", "DA 2012/12/20"], "2013", {"DA": "2012/12/20"}),
        (["Y1 1900/01/01", "DA 1950/01/01"], "1950-01-01", {"Y1": "1900/01/01"}),
    ],
)
def test_dates(tags: list[str], issued: str, extra: dict[str, str]) -> None:
    record = read_one(*tags)
    assert (str(record.issued), record.extra) == (issued, extra)


@pytest.mark.parametrize("text", ["2001/13/01/", "2001//05/", "0000", "YEAR/MONTH"])
def test_a_date_that_is_none_is_reported_where_it_stands(text: str) -> None:
    library = read(entry("TI One", f"PY {text}", "ID a"))
    (problem,) = library.problems
    assert problem.code in ("invalid-date", "unread-date")
    assert (problem.line, problem.key) == (3, "a")


@pytest.mark.parametrize(
    ("code", "tags", "issued", "accessed"),
    [
        ("JOUR", ["PY 2009", "Y2 2010/03/04/"], "2009", "2010-03-04"),
        ("EJOUR", ["PY 2009", "DA 2010/03/04/"], "2009", "2010-03-04"),
        ("EJOUR", ["PY 2009", "DA 2009/03/04/"], "2009-03-04", "None"),
        ("EBOOK", ["PY 2009", "C1 2010", "C2 March 4"], "2009", "2010-03-04"),
        ("ELEC", ["PY 2009", "M1 March 4", "VL 2010"], "2009", "2010-03-04"),
    ],
)
def test_dates_of_access(code: str, tags: list[str], issued: str, accessed: str) -> None:
    record = read_one(*tags, code=code)
    assert (str(record.issued), str(record.accessed)) == (issued, accessed)


# Roles by type


@pytest.mark.parametrize(
    ("code", "tags", "values"),
    [
        ("JOUR", ["T2 B", "JF A", "JO C"], {"container_title": "A", "container_title_short": "C"}),
        ("JOUR", ["JO C"], {"container_title": "C"}),
        ("JOUR", ["C2 PMC1", "C7 e12", "ET 2001/02/03/"], {"pmcid": "PMC1", "number": "e12"}),
        ("JOUR", ["SN 978-3-16-148410-0"], {"isbn": "978-3-16-148410-0"}),
        ("JOUR", ["SN 1932-6208 (print)"], {"issn": "1932-6208 (print)"}),
        ("JOUR", ["DO https://doi.org/10.1000/x"], {"doi": "10.1000/x"}),
        ("JOUR", ["M3 doi: 10.1000/x", "DO 10.1000/x"], {"doi": "10.1000/x"}),
        ("JOUR", ["M1 12"], {"issue": "12"}),
        ("JOUR", ["N2 A", "AB B"], {"abstract": "A"}),
        ("JOUR", ["UR https://a.org; https://b.org"], {"url": "https://a.org"}),
        (
            "BOOK",
            ["T2 S", "M1 3", "SP 352 p."],
            {"collection_title": "S", "number_of_pages": "352 p."},
        ),
        ("BOOK", ["SP 12", "EP 20"], {"page": "12-20"}),
        ("BOOK", ["BT Whole"], {"title": "Whole"}),
        ("CHAP", ["BT Whole", "TI Part"], {"container_title": "Whole", "title": "Part"}),
        ("CHAP", ["T3 S", "SV 4", "SE 2"], {"collection_number": "4", "chapter_number": "2"}),
        ("CONF", ["T2 P"], {"container_title": "P"}),
        ("CONF", ["T2 E", "C3 P"], {"container_title": "P", "event_title": "E"}),
        ("CONF", ["CY Rome"], {"event_place": "Rome"}),
        ("CONF", ["CY Rome", "PB ACM"], {"publisher_place": "Rome"}),
        ("CONF", ["CY Rome", "C1 Bern"], {"publisher_place": "Bern", "event_place": "Rome"}),
        ("THES", ["M3 PhD", "PB U", "T2 D"], {"genre": "PhD", "publisher": "U", "division": "D"}),
        ("PAT", ["SN US1", "A2 Office", "CY US"], {"number": "US1", "jurisdiction": "US"}),
        ("RPRT", ["SN 978-3-16-148410-0"], {"isbn": "978-3-16-148410-0"}),
        ("RPRT", ["SN 1234-5678"], {"number": "1234-5678"}),
        ("RPRT", ["SN 0306406152"], {"number": "0306406152"}),
        ("CASE", ["PB Court", "SV 12"], {"authority": "Court", "number": "12"}),
        ("STAT", ["M1 P.L. 1", "OP h"], {"number": "P.L. 1", "references": "h"}),
        ("MAP", ["C1 1:100"], {"scale": "1:100"}),
        ("COMP", ["ET 2.0"], {"version": "2.0"}),
        ("MANSCPT", ["T2 Papers", "PB Archive"], {"archive_collection": "Papers"}),
        ("jour", ["TI One"], {"type": "article-journal"}),
        ("Journal Article", ["TI One"], {"type": "article-journal"}),
        ("WEB", ["TI One"], {"type": "webpage"}),
    ],
)
def test_tags_mean_what_their_type_gives_them(
    code: str, tags: list[str], values: dict[str, Any]
) -> None:
    record = read_one(*tags, code=code)
    assert {name: getattr(record, name) for name in values} == values


@pytest.mark.parametrize(
    ("code", "tags", "role"),
    [
        ("JOUR", ["A2 Doe, A"], "editor"),
        ("BOOK", ["A2 Doe, A"], "editor"),
        ("BOOK", ["A2 Doe, A", "T2 Series"], "collection_editor"),
        ("BOOK", ["A3 Doe, A"], "editor"),
        ("EDBOOK", ["AU Doe, A"], "editor"),
        ("CHAP", ["A3 Doe, A"], "collection_editor"),
        ("CHAP", ["A4 Doe, A"], "translator"),
        ("MPCT", ["AU Doe, A"], "director"),
        ("MUSIC", ["AU Doe, A"], "composer"),
        ("VIDEO", ["A2 Doe, A"], "performer"),
        ("PCOMM", ["A2 Doe, A"], "recipient"),
        ("THES", ["A3 Doe, A"], "contributor"),
        ("BLOG", ["A3 Doe, A"], "illustrator"),
    ],
)
def test_roles_of_names(code: str, tags: list[str], role: str) -> None:
    assert getattr(read_one(*tags, code=code), role) == (Name(family="Doe", given="A"),)


@pytest.mark.parametrize(
    ("tags", "page", "extra"),
    [
        (["SP 100", "EP 110"], "100-110", {}),
        (["EP 110", "SP 100"], "100-110", {}),
        (["SP 5-10", "EP 10"], "5-10", {}),
        (["SP 5-10", "EP 12"], "5-10", {"EP": "12"}),
        (["SP 1", "EP 1"], "1", {}),
        (["SP e0815"], "e0815", {}),
        (["M2 7"], "7", {}),
        (["EP 423"], None, {"EP": "423"}),
    ],
)
def test_pages(tags: list[str], page: str | None, extra: dict[str, str]) -> None:
    record = read_one(*tags)
    assert (record.page, record.extra) == (page, extra)


def test_what_has_no_place_is_kept_under_its_tag() -> None:
    library = read(entry("ZZ a", "C1 b", "ZZ c", "U1 d", "T1 One", "TI Two"))
    assert library[0].extra == {"ZZ": ["a", "c"], "C1": "b", "U1": "d", "TI": "Two"}
    assert codes(library) == ["unknown-tag", "second-value"]


def test_types_of_no_specification_are_documents() -> None:
    library = read(entry("TI One", code="XXXX"))
    assert (library[0].type, library[0].extra) == ("document", {"type": "XXXX"})
    assert codes(library) == ["unknown-type"]
    assert write(library).startswith("TY  - XXXX\n")


@pytest.mark.parametrize("code", sorted(row.own for row in SPEC.types if row.reads))
def test_every_type_comes_back_with_all_its_tags(code: str) -> None:
    tags = sorted({row.own for row in SPEC.readers(code)} - {"DO", "ID"})
    library = read(entry(*(f"{tag} Value of {tag}" for tag in tags), "ID a", code=code))
    record = library[0].replace(origin=None)
    assert record.type in ITEM_TYPES
    text = write([record])
    assert text.startswith(f"TY  - {code}\n")
    assert read(text)[0] == record
    said = repr(record)
    assert all(f"Value of {tag}" in said for tag in tags)


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_every_type_of_csl_comes_back(item_type: Any) -> None:
    record = Record(id="a", type=item_type, title="One")
    assert read(write([record]))[0] == record


def test_a_line_without_a_tag_in_an_entry_is_more_than_a_heading() -> None:
    library = read("Heading\nTY  - BOOK\nti  - One\nand more\nPY  - 2001\nER  - \n")
    assert [(one.line, one.severity.value, one.message) for one in library.problems] == [
        (1, "info", "the text 'Heading' is not in an entry; it is not read"),
        (3, "warning", "the text 'ti  - One' (lines: 2) has no tag; it is not read"),
    ]


# Writing


def test_what_has_not_changed_is_written_with_its_own_tags() -> None:
    text = "TY  - JOUR\nT1  - One\nA1  - Doe, A.\nJF  - Nature\nY1  - 2001///\nID  - a\nER  - \n\n"
    library = read(text)
    assert write(library) == text
    changed = write([library[0].replace(volume="3")])
    assert changed == (
        "TY  - JOUR\nAU  - Doe, A.\nTI  - One\nT2  - Nature\nPY  - 2001\nVL  - 3\nID  - a\n"
        "ER  - \n\n"
    )


def test_an_id_that_was_given_is_written_since_it_is_cited() -> None:
    library = read(entry("TI One"))
    assert "ID  - one\n" in write(library)


def test_that_a_list_of_names_goes_on_comes_back() -> None:
    text = entry("AU Roe, Ann", "AU et al.", "TI One", "ID a")
    (record,) = read(text)
    assert (len(record.author), record.et_al) == (1, frozenset({"author"}))
    assert write([record]).strip() == text.strip()
    written = write([record.replace(title="Two", origin=None)])
    assert "AU  - et al.\n" in written
    assert "csl:" not in written
    untold = record.replace(director=record.author, et_al={"director"}, origin=None)
    assert 'N1  - csl:et-al: ["director"]\n' in write([untold])
    assert list(read(write([untold]))) == [untold]


def test_what_has_no_tag_stands_in_notes_that_are_read_back() -> None:
    record = Record(
        id="a",
        type="treaty",
        title="Two\nlines",
        note="csl:title: not so",
        abstract="One\r\nAU  - Two\nER  - ",
        original_date=Date.parse("1925?"),
        interviewer=(Name(family="Doe", given="A"), Name(literal="Group, The")),
        page_first="1",
        extra={"custom": {"n": [1, None]}, "T9": "x", "UR": ["https://b.org"]},
    )
    text = write([record])
    assert 'N1  - csl:interviewer: ["Doe, A", "{Group, The}"]\n' in text
    assert "N1  - csl:original-date: 1925?\n" in text
    assert "N1  - csl:page-first: 1\n" in text
    assert "TI  - Two lines\n" in text
    assert "T9  - x\n" in text
    assert read(text)[0] == record


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_every_record_comes_back(record: Record) -> None:
    library = read(write([record]))
    assert list(library) == [record]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(ITEM_TYPES),
    st.dictionaries(st.sampled_from(["TY", "type", "UR", "PY", "ZZ", "N1", "SN", "x"]), JSON),
    st.none() | TEXTS,
    st.none() | DATES,
    st.lists(NAMES, max_size=2).map(tuple),
)
def test_every_extra_comes_back(
    item_type: Any, extra: dict[str, Any], text: str | None, date: Any, names: Any
) -> None:
    record = Record(
        id="a", type=item_type, url=text, issn=text, issued=date, author=names, extra=extra
    )
    assert list(read(write([record]))) == [record]


# Files that people gave us


FILES = [
    path
    for folder in ("ris", "probes")
    for path in sorted((shared_or_none("corpora", folder) or Path("none")).glob("*.ris"))
]


def count(text: str) -> int:
    """Count the entries without the reader: what `ER` ends, and in it each `TY` with a title."""
    text = re.sub(r"\r\n?", "\n", text)
    groups = re.split(r"(?m)^ER {0,2}-.*$", text)
    return sum(
        max(1, sum(bool(re.search(r"(?m)^T[1I] ", part)) for part in re.split(r"(?m)^TY ", group)))
        for group in groups
        if re.search(r"(?m)^[A-Z][A-Z0-9] {0,2}-", group)
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_files_lose_no_entry_and_come_back(path: Path) -> None:
    text, _ = decode(path.read_bytes())
    library = read(text)
    assert len(library) == count(text)
    assert not library.has_errors
    assert list(read(write(library))) == list(library)
    bare = [record.replace(origin=None) for record in library]
    assert list(read(write(bare))) == bare
    through_json = csl_json.read(csl_json.write(library))
    assert list(read(write(through_json))) == bare
    written = write(library)
    values = re.findall(r"(?m)^(?!TY|ER)[A-Z][A-Z0-9] {1,2}-(.*)", re.sub(r"\r\n?", "\n", text))
    assert not [word for value in values for word in value.split() if word not in written]


def test_there_are_real_files() -> None:
    shared_path("corpora", "ris")
    assert len(FILES) >= 30


def test_the_look_of_a_text_tells() -> None:
    assert guess_format("Provider: X\n\nTY  - JOUR\n").name == "ris"
    assert guess_format(file="a.ris").name == "ris"


PIECES = st.sampled_from(
    [
        *"\n\r \t-;,/()",
        *("TY  - JOUR\n", "\nTY - BOOK\n", "TY-", "\nER  - ", "\nER  -\n", "\nAU  - ", "\nT2  - "),
        *("\nPY  - ", "\nSP  - ", "\nN1  - csl:", "title: ", "type: book", "extra: {", "null", '"'),
        *(
            "Doe, Jane",
            "2001",
            "2001/13/",
            "9999//99/",
            "A-1",
            "10.1000/x",
            "https://a.org",
            "\nZZ - ",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.integers(1, 9))
def test_any_text_is_read_and_what_was_read_comes_back(text: str, size: int) -> None:
    library = read(text)
    assert list(read(write(library))) == list(library)
    blocks = [text[start : start + size] for start in range(0, len(text), size)]
    assert len([found for found in read_stream(blocks) if isinstance(found, Record)]) == len(
        library
    )


def test_entities_that_html_left_are_read() -> None:
    tags = (
        "TY  - JOUR",
        "AU  - M&uuml;ller, A.",
        "JO  - Law &amp; Order",
        "TI  - H<SUB>2</SUB>O in <em>E. coli</em>, <em> alone",
        "UR  - http://x.org/?a&b",
    )
    text = "\n".join([*tags, "ER  - \n"])
    (record,) = read(text)
    assert record.author[0].family == "Müller"
    assert (record.container_title, record.url) == ("Law & Order", "http://x.org/?a&b")
    assert record.title == "H<sub>2</sub>O in <i>E. coli</i>, <em> alone"


@pytest.mark.parametrize("tag", ["JA", "J1", "J2"])
def test_the_only_name_of_a_journal_is_its_name(tag: str) -> None:
    text = f"TY  - JOUR\nTI  - One\n{tag}  - Wells Rev\nER  - \n"
    (record,) = read(text)
    assert (record.container_title, record.container_title_short) == ("Wells Rev", "Wells Rev")
    (record,) = read(text.replace("ER", "JF  - Wells Review\nER"))
    assert (record.container_title, record.container_title_short) == ("Wells Review", "Wells Rev")


def test_a_record_that_has_the_short_name_alone_comes_back_so() -> None:
    record = Record(id="a", type="article-journal", container_title_short="Wells Rev")
    (back,) = read(write([record]))
    assert back == record


# What programs export


def test_a_presentation_of_zotero_has_its_presenter_and_place() -> None:
    record = read_one("TI T", "A2 Roe, Ann", "T2 Congress", "CY Oslo", "PY 2019", code="SLIDE")
    assert record.author == (Name(family="Roe", given="Ann"),)
    assert (record.event_title, record.event_place) == ("Congress", "Oslo")
    assert record.publisher_place is None
    published = read_one("TI T", "AU Roe, Ann", "PB Quay", "CY Oslo", code="SLIDE")
    assert (published.event_place, published.publisher_place) == (None, "Oslo")
    for one in (record, published):
        assert read(write([one.replace(origin=None)]))[0] == one


@pytest.mark.parametrize(
    ("code", "tags", "server", "extra"),
    [
        ("JOUR", ["T2 bioRxiv"], "bioRxiv", {}),
        ("JOUR", ["JF arXiv preprint arXiv:1706.03762"], "arXiv", {"T2"}),
        ("JOUR", ["T2 medRxiv : the preprint server for health sciences"], "medRxiv", {"T2"}),
        (
            "JOUR",
            ["T2 Research Square (Research Square)", "PB RS"],
            "Research Square",
            {"T2", "PB"},
        ),
        ("UNPB", ["PB PsyArXiv"], "PsyArXiv", {}),
        ("GEN", ["PB Quay", "M3 Preprint"], "Quay", {}),
    ],
)
def test_preprints(code: str, tags: list[str], server: str, extra: set[str]) -> None:
    record = read_one("TI T", *tags, code=code)
    assert (record.type, record.publisher, record.container_title) == ("article", server, None)
    assert set(record.extra) == set(extra)
    assert read(write([record.replace(origin=None)]))[0] == record


def test_an_article_in_a_journal_is_no_preprint() -> None:
    record = read_one("TI T", "T2 Journal of arXiv Studies", "M3 Preprint", "PB arXiv")
    assert (record.type, record.container_title) == ("article-journal", "Journal of arXiv Studies")


@pytest.mark.parametrize(
    "tag", ["PY in press", "N1 Advance online publication", "VL In press", "M2 Forthcoming"]
)
def test_what_is_not_published_yet_has_a_status(tag: str) -> None:
    record = read_one("TI T", "T2 J", tag)
    assert record.status == tag[3:]
    assert (record.note, record.volume, record.page) == (None, None, None)
    assert read(write([record.replace(origin=None)]))[0] == record


def test_the_repository_of_a_thesis_is_its_archive() -> None:
    record = read_one("TI T", "PB U", "DP ProQuest", "AN 123", code="THES")
    assert (record.archive, record.number, record.source) == ("ProQuest", "123", None)
    assert read_one("TI T", "PB U", "DP Library Catalog", code="THES").source == "Library Catalog"


def test_an_entry_of_nothing_but_a_type_is_reported() -> None:
    library = read("TY  - JOUR\nER  - \n" + entry("TI One"))
    assert [record.title for record in library] == [None, "One"]
    assert codes(library) == ["no-tags"]


def test_tags_before_the_type_of_a_chapter_are_of_the_chapter() -> None:
    library = read("DB  - X\nTI  - One\nTY  - CHAP\nBT  - Book\nER  - \n")
    assert [(one.title, one.container_title) for one in library] == [("One", "Book")]
    assert codes(library) == ["late-type"]


@pytest.mark.parametrize(
    ("page", "tags"),
    [
        ("1-5", ["SP  - 1", "EP  - 5"]),
        ("S93-S99", ["SP  - S93", "EP  - S99"]),
        ("iv-xii", ["SP  - iv", "EP  - xii"]),
        ("12", ["SP  - 12"]),
        ("e123", ["SP  - e123"]),
        ("A-12", ["SP  - A-12"]),
        ("1-5, 7-9", ["SP  - 1-5, 7-9"]),
        ("1–5", ["SP  - 1–5"]),
    ],
)
def test_only_a_range_of_pages_has_a_last_page(page: str, tags: list[str]) -> None:
    text = write([Record(id="a", type="article-journal", page=page)])
    assert [line for line in text.splitlines() if line.startswith(("SP", "EP"))] == tags
    assert read(text)[0].page == page


def test_a_last_page_may_repeat_the_first() -> None:
    assert read("TY  - JOUR\nSP  - S1\nEP  - S1-S9\nER  - \n")[0].page == "S1-S9"
    assert read("TY  - JOUR\nSP  - 11-\nEP  - 45\nER  - \n")[0].page == "11-45"
    assert read("TY  - JOUR\nSP  - 11\nEP  - –45\nER  - \n")[0].page == "11-45"


def test_a_list_of_editors_that_is_replaced_is_not_restored() -> None:
    names = (Name.parse("Roe, Ann"),)
    record = Record(id="a", type="article", collection_editor=names, et_al=["collection_editor"])
    assert read(write([record]))[0].replace(origin=None) == record


@pytest.mark.parametrize("tag", ["M1", "IS", "VL"])
def test_a_status_in_the_place_of_a_number_is_a_status(tag: str) -> None:
    record = read_one(f"{tag} ahead-of-print")
    assert record.status == "ahead-of-print"
    assert (record.volume, record.issue, record.number) == (None, None, None)
