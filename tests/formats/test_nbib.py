"""MEDLINE's tagged format: every tag has its place, and what was read comes back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refcite.dates import Date
from refcite.formats import guess_format
from refcite.formats.nbib import mapping, read, write
from refcite.keys import made_key
from refcite.library import Library
from refcite.names import Name
from refcite.problems import Severity
from refcite.record import Record
from tests.formats.strategies import carried_records

ARTICLE = """
PMID- 30000001
OWN - NLM
STAT- MEDLINE
DCOM- 20190512
IS  - 1555-2217 (Electronic)
IS  - 0044-586X (Print)
IS  - 0044-586X (Linking)
VI  - 12
IP  - 3 Suppl 1
DP  - 2019 Jan-Feb
TI  - A long title that PubMed has to break into two lines, since it does not fit into
      one.
PG  - 101-9
LID - S0000-1111(19)30001-2 [pii]
LID - 10.1000/abc.2019.01 [doi]
AB  - BACKGROUND: One. METHODS: Two.
CI  - Copyright (c) 2019 by the authors.
FAU - van den Berg, Anna M
AU  - van den Berg AM
AUID- ORCID: 0000-0001-2345-6789
AD  - Institute of Optics, Utrecht.
AD  - Hospital of Light, Ghent.
FAU - Okafor, John B 3rd
AU  - Okafor JB 3rd
CN  - Light Study Group
LA  - eng
LA  - dut
GR  - R01 XX000001/XX/NIMH NIH HHS/United States
PT  - Journal Article
PT  - Review
DEP - 20181120
PL  - Netherlands
TA  - J Light Res
JT  - Journal of light research
JID - 0400001
MH  - *Light/adverse effects
MH  - Humans
OT  - optics
OT  - *retina
PMC - PMC6000001
EDAT- 2018/11/21 06:00
PHST- 2018/03/02 00:00 [received]
PHST- 2018/10/30 00:00 [accepted]
AID - S0000-1111(19)30001-2 [pii]
AID - 10.1000/abc.2019.01 [doi]
PST - ppublish
SO  - J Light Res. 2019 Jan-Feb;12(3 Suppl 1):101-9. doi: 10.1000/abc.2019.01.
"""

CHAPTER = """
PMID- 30000002
STAT- Publisher
CTDT- 20010405
PB  - University of Somewhere
DP  - 1993
TI  - Colour Blindness
BTI - The Book of Eyes
AB  - CLINICAL: Three.
CI  - Copyright (c) 1993-2019.
FED - Ito, Yuki
ED  - Ito Y
FAU - Solo
AU  - Solo
LA  - eng
PT  - Review
PT  - Book Chapter
PL  - Somewhere (WA)
AID - NBK1000 [bookaccession]
"""


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


def read_one(*tags: str) -> Record:
    """Read tags such as `TI A title`."""
    lines = [f"{tag.split(' ')[0]:<4}- {tag.partition(' ')[2]}" for tag in tags]
    return read("\n".join(lines))[0]


def test_an_article_is_read_whole() -> None:
    library = read(ARTICLE)
    assert not library.problems
    (record,) = library
    assert record.variables() == {
        "author": (
            Name(family="Berg", given="Anna M", non_dropping_particle="van den"),
            Name(family="Okafor", given="John B", suffix="3rd"),
            Name(literal="Light Study Group"),
        ),
        "title": "A long title that PubMed has to break into two lines, since it does not fit"
        " into one",
        "container_title": "Journal of light research",
        "container_title_short": "J Light Res",
        "volume": "12",
        "issue": "3 Suppl 1",
        "page": "101-109",
        "issued": Date.parse("2019-01/2019-02"),
        "available_date": Date.of(2018, 11, 20),
        "submitted": Date.of(2018, 3, 2),
        "abstract": "BACKGROUND: One. METHODS: Two.",
        "doi": "10.1000/abc.2019.01",
        "issn": "1555-2217",
        "keyword": "optics, retina",
        "language": "en",
        "publisher_place": "Netherlands",
        "pmid": "30000001",
        "pmcid": "PMC6000001",
    }
    assert (record.id, record.type) == ("30000001", "article-journal")
    assert record.extra == {
        "OWN": "NLM",
        "STAT": "MEDLINE",
        "DCOM": "20190512",
        "IS": ["1555-2217 (Electronic)", "0044-586X (Print)", "0044-586X (Linking)"],
        "LID": "S0000-1111(19)30001-2 [pii]",
        "CI": "Copyright (c) 2019 by the authors.",
        "AUID": [["ORCID: 0000-0001-2345-6789"], [], []],
        "AD": [["Institute of Optics, Utrecht.", "Hospital of Light, Ghent."], [], []],
        "LA": "dut",
        "GR": "R01 XX000001/XX/NIMH NIH HHS/United States",
        "PT": "Review",
        "JID": "0400001",
        "MH": ["*Light/adverse effects", "Humans"],
        "EDAT": "2018/11/21 06:00",
        "PHST": "2018/10/30 00:00 [accepted]",
        "AID": "S0000-1111(19)30001-2 [pii]",
        "PST": "ppublish",
    }


def test_a_chapter_has_its_book_and_its_editors() -> None:
    (record,) = read(CHAPTER)
    assert (record.type, record.container_title) == ("chapter", "The Book of Eyes")
    assert (record.title, record.publisher) == ("Colour Blindness", "University of Somewhere")
    assert record.editor == (Name(family="Ito", given="Yuki"),)
    assert record.author == (Name(family="Solo"),)
    assert record.extra["AID"] == "NBK1000 [bookaccession]"


def test_what_has_not_changed_is_written_as_it_was() -> None:
    text = ARTICLE.lstrip() + CHAPTER
    written = write(read(text))
    assert list(read(written)) == list(read(text))
    assert [line for line in written.splitlines() if line[4:5] == "-"][:2] == [
        "PMID- 30000001",
        "OWN - NLM",
    ]
    assert "AU  - Okafor JB 3rd\n" in written


def test_what_has_changed_is_written_anew_and_says_the_rest_again() -> None:
    for text in (ARTICLE, CHAPTER):
        changed = read(text)[0].replace(volume="13")
        written = write([changed])
        assert "VI  - 13\n" in written
        assert list(read(written)) == [changed]


def test_a_citation_is_summed_up_where_it_changed() -> None:
    written = write([read(ARTICLE)[0].replace(volume="13", doi=None)])
    assert "SO  - J Light Res. 2019 Jan-Feb;13(3 Suppl 1):101-109.\n" in written


# Lines


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("blank", [0, 1, 3])
def test_records_end_at_an_empty_line_or_at_a_pmid(end: str, blank: int) -> None:
    one, two = (
        ["PMID- 1", "JT  - J", "TI  - One", "      two."],
        ["PMID- 2", "JT  - J", "TI  - Three."],
    )
    library = read(end.join([*one, *[""] * blank, *two]))
    assert [record.title for record in library] == ["One two", "Three"]
    assert not library.problems


def test_what_belongs_to_no_record_is_said() -> None:
    library = read("1: Light.\n2: Dark.\n\nPMID- 1\nTI  - One.\nJT  - J\nbroken line\n\nThe end.\n")
    assert library[0].container_title == "J broken line"
    assert [(problem.code, problem.line) for problem in library.problems] == [
        ("text-outside-entry", 1),
        ("text-outside-entry", 9),
    ]


def test_unknown_tags_are_kept_and_told_once() -> None:
    text = "PMID- 1\nJT  - J\nZZZ - a\nZZZ - b\n\nPMID- 2\nJT  - J\nZZZ - c\n"
    library = read(text)
    assert [record.extra for record in library] == [{"ZZZ": ["a", "b"]}, {"ZZZ": "c"}]
    assert [(problem.code, problem.line) for problem in library.problems] == [("unknown-tag", 3)]
    assert list(read(write([record.replace(page="1") for record in library]))) == [
        record.replace(page="1") for record in library
    ]


def test_text_without_a_record_is_an_error() -> None:
    problem = read("Once upon a time.\n").problems[-1]
    assert (problem.code, problem.severity) == ("no-entries", Severity.ERROR)


@pytest.mark.parametrize(
    "unit", ["PMID- 1\n", "      x", "TI  - ", "a - ", "AD  - x\n", "\n ", "2-"]
)
def test_megabytes_of_one_thing_do_not_hang(unit: str) -> None:
    read(unit * 50_000)
    library = read(f"PMID- 1\nFAU - x, {unit * 50_000}\nDP  - {unit * 1000}\n")
    assert len(library) >= 1


# Types


@pytest.mark.parametrize(
    ("tags", "type_"),
    [
        (["PT Journal Article"], "article-journal"),
        (["PT Dataset", "PT Journal Article"], "article-journal"),
        (["PT Journal Article", "PT Preprint"], "article"),
        (["PT Dataset"], "dataset"),
        (["PT Review", "JT Light"], "article-journal"),
        (["PT Academic Dissertation", "TI One."], "thesis"),
        (["PT Legal Case", "JT Reports"], "legal_case"),
        (["BTI Eyes"], "book"),
        (["BTI Eyes", "TI Colour"], "chapter"),
        (["PT webpage", "TI One."], "webpage"),
    ],
)
def test_types(tags: list[str], type_: str) -> None:
    record = read_one(*tags)
    assert record.type == type_
    again = record.replace(volume="7")
    assert list(read(write([again]))) == [again.replace(id=made_key(again) or "item-1")]


def test_a_record_of_no_known_type_is_a_document_and_said_so() -> None:
    library = read("PMID- 1\nTI  - One.\n")
    assert (library[0].type, codes(library)) == ("document", ["unknown-type"])


# Values


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019", "2019"),
        ("2019 Mar", "2019-03"),
        ("2019 Mar 15", "2019-03-15"),
        ("2019 Jan-Feb", "2019-01/2019-02"),
        ("2019 Jan 5-9", "2019-01-05/2019-01-09"),
        ("2019 Jan 30-Feb 2", "2019-01-30/2019-02-02"),
        ("1998 Dec-1999 Jan", "1998-12/1999-01"),
        ("1998-1999", "1998/1999"),
        ("2000 Spring", "2000-21"),
        ("2000 Fall-Winter", "2000-23/2000-24"),
        ("1950~", "1950~"),
        ("19970716", "1997-07-16"),
    ],
)
def test_dates(text: str, date: str) -> None:
    record = read_one("PT Journal Article", f"DP {text}")
    assert str(record.issued) == date
    assert read(write([record.replace(page="1")]))[0].issued == record.issued


@pytest.mark.parametrize(
    ("text", "code"), [("2019 Feb 30", "invalid-date"), ("soon", "unread-date")]
)
def test_a_date_that_is_none_is_kept_and_reported(text: str, code: str) -> None:
    library = read(f"PMID- 5\nJT  - J\nDP  - {text}\n")
    (problem,) = library.problems
    assert (problem.code, problem.line, problem.key) == (code, 3, "5")
    assert library[0].issued == Date(literal=text)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("FAU Smith, John A Jr", Name(family="Smith", given="John A", suffix="Jr")),
        ("FAU King, Martin, Ph.D.", Name(family="King", given="Martin", suffix="Ph.D.")),
        ("FAU d'Ory, Ann", Name(family="Ory", given="Ann", non_dropping_particle="d'")),
        ("AU  de la Cruz MP", Name(family="Cruz", given="M P", non_dropping_particle="de la")),
        ("AU  Smith J 3rd", Name(family="Smith", given="J", suffix="3rd")),
        ("CN  UNESCO", Name(literal="UNESCO")),
        ("FAU Plato", Name(family="Plato")),
    ],
)
def test_names(tag: str, name: Name) -> None:
    record = read_one("PT Journal Article", tag)
    assert record.author == (name,)
    assert read(write([record.replace(page="1")]))[0].author == (name,)


def test_an_address_before_all_authors_is_the_firsts() -> None:
    record = read_one("PMID 1", "AD Utrecht", "AU Ito Y", "AU Doe J", "AD Ghent")
    assert record.extra["AD"] == [["Utrecht"], ["Ghent"]]


@pytest.mark.parametrize(
    ("tags", "values", "extra"),
    [
        (["IS 1234-5679 (Linking)", "IS 0028-0836 (Print)"], {"issn": "0028-0836"}, 2),
        (["IS 0028-0836"], {"issn": "0028-0836"}, 0),
        (["LID 10.1000/x [doi]"], {"doi": "10.1000/x"}, 0),
        (["AID 10.1000/y [doi]", "LID 10.1000/x [doi]"], {"doi": "10.1000/y"}, 1),
        (["AID https://doi.org/10.1000/y [doi]"], {"doi": "10.1000/y"}, 0),
        (["LA ger"], {"language": "de"}, 0),
        (["LA und"], {"language": "und"}, 0),
        (["OT a, b", "OT c"], {"keyword": "a, b; c"}, 0),
        (["GN one", "GN two"], {"note": "one\ntwo"}, 0),
        (["TT Vom Licht.", "TI [On light]."], {"original_title": "Vom Licht"}, 0),
        (["TI What?"], {"title": "What?"}, 0),
        (["TI One Inc.."], {"title": "One Inc."}, 0),
        (["TI Salt in the U.K."], {"title": "Salt in the U.K."}, 0),
        (["TI A reply to Roe et al."], {"title": "A reply to Roe et al."}, 0),
        (["TI Salt and vitamin D."], {"title": "Salt and vitamin D"}, 0),
        (["ISBN 9780306406157 (pbk)"], {"isbn": "9780306406157"}, 0),
        (["IS 0-306-40615-2"], {"isbn": "0-306-40615-2", "issn": None}, 0),
        (["TA J Salt"], {"container_title": "J Salt", "container_title_short": "J Salt"}, 0),
        (["KW salt", "KW ice"], {"keyword": "salt, ice"}, 0),
        (["PT Letter", "PT Comment"], {"genre": "Letter"}, 1),
        (["PT Editorial"], {"genre": "Editorial"}, 0),
        (["PT Review"], {"genre": None}, 1),
        (["VI 1", "VI 2"], {"volume": "1"}, 1),
    ],
)
def test_values(tags: list[str], values: dict[str, Any], extra: int) -> None:
    record = read_one("PT Journal Article", *tags)
    assert {name: getattr(record, name) for name in values} == values
    assert sum(len(one) if isinstance(one, list) else 1 for one in record.extra.values()) == extra
    again = record.replace(page="1")
    assert list(read(write([again]))) == [again.replace(id=made_key(again) or "item-1")]


@pytest.mark.parametrize(
    ("tags", "page", "number"),
    [
        (["PG 101-9"], "101-109", None),
        (["PG S93-9"], "S93-S99", None),
        (["PG 45A-9A"], "45A-49A", None),
        (["PG e12-5"], "e12-e15", None),
        (["PG 88-9; discussion 90-2"], "88-89; discussion 90-92", None),
        (["PG 31-e4"], "31-e4", None),
        (["PG 2019-12"], "2019-12", None),
        (["PG xii-xv"], "xii-xv", None),
        ([f"PG {'a1-a3;' * 30}?"], f"{'a1-a3;' * 30}?", None),
        (["LID e417 [pii]"], None, "e417"),
        (["LID 104417"], None, "104417"),
        (["LID S0000-1111(19)30001-2 [pii]"], None, None),
        (["PG 7-9", "LID 417 [pii]"], "7-9", None),
        (["SO J Salt. 2019 Mar 2;7(1):e417. doi: 10.1000/x."], None, "e417"),
        (["SO J Salt. 2019;7(1):31-4."], "31-34", None),
        (["SO J Salt. 2019 Mar 2. doi: 10.1000/x."], None, None),
    ],
)
def test_pages_and_numbers_of_articles(
    tags: list[str], page: str | None, number: str | None
) -> None:
    record = read_one("PT Journal Article", *tags)
    assert (record.page, record.number) == (page, number)
    again = read(write([record.replace(volume="9")]))[0]
    assert (again.page, again.number) == (page, number)


def test_the_genre_of_a_letter_is_a_publication_type() -> None:
    record = Record(id="a", type="article-journal", title="On salt", genre="Letter", number="e9")
    written = write([record])
    assert "PT  - Letter\n" in written
    assert read(written)[0] == record


OF_ERIC = """
OWN - ERIC
TI  - Counting Apples: A Third Look.
AU  - de Wit, Carla B.
AU  - Roe, AB
OT  - Arithmetic
JT  - Journal of Orchard Schools
SO  - v12 n2 p23-41 Spr 2012
AID - http://dx.doi.org/10.5555/orchard-12-2
OID - EJ900001
VI  - 12
IP  - 2
PG  - 23-41
DP  - Spr 2012
LID - http://eric.ed.gov/?id=EJ900001
LA  - English
ISSN - ISSN-0378-5955
EISSN- EISSN-2049-3630
PT  - Reports - Research
PT  - Journal Articles

OWN - ERIC
TI  - Apples in the First Grade
AU  - Poe, Dan
JT  - Orchard Theses LLC
SO  - Ph.D. Dissertation, University of Somewhere
OID - ED900002
DP  - 2013
ISBN - ISBN-978-0-3064-0615-7
ISSN - EISSN-
PT  - Dissertations/Theses - Doctoral Dissertations

OWN - ERIC
TI  - Report on Pears. Orchard Brief 7
JT  - Orchard Council
OID - ED900003
DP  - 2014
PT  - Information Analyses
PT  - Reports - Evaluative
"""


def test_records_of_eric_are_read_by_its_own_rules() -> None:
    library = read(OF_ERIC)
    assert not library.problems
    article, thesis, report = library
    assert (article.id, article.type, article.title) == (
        "EJ900001",
        "article-journal",
        "Counting Apples: A Third Look",
    )
    assert article.author == (
        Name(family="Wit", given="Carla B.", non_dropping_particle="de"),
        Name(family="Roe", given="AB"),
    )
    assert (article.doi, article.url) == (
        "10.5555/orchard-12-2",
        "http://eric.ed.gov/?id=EJ900001",
    )
    assert (article.issn, article.container_title) == ("0378-5955", "Journal of Orchard Schools")
    assert (str(article.issued), article.page, article.language) == ("2012-21", "23-41", "en")
    assert (thesis.type, thesis.genre, thesis.publisher, thesis.source) == (
        "thesis",
        "Ph.D. Dissertation",
        "University of Somewhere",
        "Orchard Theses LLC",
    )
    assert (thesis.isbn, thesis.issn, thesis.container_title) == ("978-0-3064-0615-7", None, None)
    assert (report.type, report.publisher) == ("report", "Orchard Council")
    assert list(read(write(library))) == list(library)
    assert guess_format(OF_ERIC).name == "nbib"


def test_lines_are_broken_at_spaces_only() -> None:
    title = f"{'word ' * 40}{'x' * 200} end"
    written = write([Record(id="a", type="article-journal", title=title)])
    assert read(written)[0].title == title
    assert max(len(line) for line in written.splitlines() if "xx" not in line) <= 88


def test_markup_is_left_out() -> None:
    record = Record(id="a", type="book", title="On <i>E. coli</i>, 5 < 6")
    assert read(write([record]))[0].title == "On E. coli, 5 < 6"


def test_the_look_of_a_text_tells() -> None:
    assert guess_format(ARTICLE).name == "nbib"
    assert guess_format(file="a.nbib").name == "nbib"


WORDS = st.text(st.sampled_from("abcDEF éß0129,;.:()[]&<>-"), min_size=1, max_size=30).map(
    lambda text: f"a{' '.join(text.split())}z"
)
TEXTS = {"title", "original_title", "volume", "page", "publisher", "abstract", "edition"}


@settings(max_examples=100, deadline=None)
@given(carried_records(mapping(), TEXTS, words=WORDS, literal="The "))
def test_any_record_with_what_the_table_carries_comes_back(record: Record) -> None:
    assert list(read(write([record]))) == [record]


PIECES = st.sampled_from(
    [
        *"\n\r -;,/()[]",
        *("PMID- 1\n", "\nPMID- 22", "\nTI  - ", "\nAU  - ", "\nFAU - ", "\nAD  - ", "\nPT  - "),
        *(
            "\nOID - refcite: a",
            "\nBTI - ",
            "\nIS  - ",
            "1234-5679 (Print)",
            "\nAID - 10.1/x [doi]",
        ),
        *(
            "\nZZ  - x",
            "Journal Article",
            "Preprint",
            "2001 Jan-",
            "\n      on",
            "\nDP  - ",
            "a. b",
        ),
        *("\nPHST- 2018/03/02 00:00 [received]", "\nGN  - ", "\nOT  - *", "\nCN  - "),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_and_what_was_read_comes_back(text: str) -> None:
    library = read(text)
    assert list(read(write(library))) == list(library)


def test_entities_that_html_left_are_read() -> None:
    text = "PMID- 1\nTI  - Law &amp; order&#8217;s end\nPT  - Journal Article\n"
    assert read(text)[0].title == "Law & order’s end"


def test_volume_and_issue_are_read_from_the_summary() -> None:
    summary = "Waves. 2012 Mar;12(3-4):45-9. doi: 10.1000/x"
    (record,) = read(f"PMID- 1\nPT  - Journal Article\nSO  - {summary}\n")
    assert (record.volume, record.issue, record.page) == ("12", "3-4", "45-49")
