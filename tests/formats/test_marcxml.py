"""MARC 21: each field has its variable or is kept, in XML of any source, and is written again."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from refcite import Date, Name, Record, loads
from refcite.formats import get_format, guess_format
from refcite.formats.marcxml import read, read_stream, write
from refcite.record import Record as AnyRecord
from tests.formats.marc_records import ARTICLE, BOOK, NAMESPACE, THESIS, marcxml


def one(*lines: str, leader: str = "00000nam a2200000 a 4500") -> Record:
    library = read(marcxml("\n".join((f"=LDR {leader}", *lines))))
    assert not library.has_errors, library.problems
    return library[0]


def test_a_book_has_its_variables_and_the_rest_is_kept() -> None:
    record = read(marcxml(BOOK))[0]
    assert record.id == "owl1"
    assert record.type == "book"
    assert record.title == "The owls of the north: a history"
    assert [str(name) for name in record.author or ()] == ["Roe, Ann B."]
    assert [str(name) for name in record.translator or ()] == ["Poe, Bob"]
    assert (record.edition, record.number_of_pages, record.dimensions) == ("2", "352", "24 cm")
    assert (record.publisher_place, record.publisher) == ("Oslo; Bergen", "Fjord Press")
    assert record.issued == Date.of(2012)
    assert (record.collection_title, record.collection_number) == ("Northern birds", "3")
    assert (record.isbn, record.doi) == ("9788252585605", "10.1000/owls")
    assert record.call_number == "QL696.S8 R64 2012"
    assert record.keyword == "Owls, Maps, Norway, night birds"
    assert record.abstract == "Where owls live. And why."
    assert (record.language, record.url) == ("en", "https://example.org/owls")
    assert record.extra["583"] == "1#‡aRepaired‡c2001"
    assert record.extra["880"] == "14‡6245-01‡aСовы"
    assert record.extra["245$c"] == "Ann B. Roe ; translated by Bob Poe."
    assert record.extra["name/$d"] == {"Roe, Ann B.": ["1950-"]}
    assert record.extra["710"].startswith("2#‡aOwl Society")


def test_an_article_has_the_numbers_of_its_host() -> None:
    record = read(marcxml(ARTICLE))[0]
    assert record.type == "article-journal"
    assert (record.container_title, record.issn) == ("Fugletidende", "0378-5955")
    assert (record.volume, record.issue, record.page) == ("12", "3", "22-35")
    assert record.issued == Date.of(2019, 3)
    assert [name.family for name in record.author or ()] == ["Roe", "Poe"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Bd. 7, H. 2 (2010), S. 5-9", ("7", "2", "5-9")),
        ("t. 4, n° 1, p. 12", ("4", "1", "12")),
        ("volume:73 year:2021 number:1 pages:53-78", ("73", "1", "53-78")),
        ("Jg. 12 (1999), Nr. 3, Seite 4-6", ("12", "3", "4-6")),
    ],
)
def test_the_words_for_volume_issue_and_pages(text: str, numbers: tuple[str, ...]) -> None:
    found = one("=245 10 $aX", f"=773 0# $tY$g{text}", leader="00000naa a2200000 a 4500")
    assert (found.volume, found.issue, found.page) == numbers


def test_a_thesis_has_degree_university_and_year_of_its_note() -> None:
    record = read(marcxml(THESIS))[0]
    assert (record.type, record.genre, record.publisher) == (
        "thesis",
        "Ph. D.",
        "University of Bergen",
    )
    assert record.issued == Date.of(1990)


@pytest.mark.parametrize(
    ("leader", "fixed", "expected"),
    [
        ("00000nas a2200000 a 4500", "", "periodical"),
        ("00000nai a2200000 a 4500", "", "webpage"),
        ("00000nai a2200000 a 4500", f"{' ' * 21}d", "dataset"),
        ("00000naa a2200000 a 4500", "", "article-journal"),
        ("00000ncm a2200000 a 4500", "", "musical_score"),
        ("00000nem a2200000 a 4500", "", "map"),
        ("00000ngm a2200000 a 4500", f"{' ' * 33}v", "motion_picture"),
        ("00000ngm a2200000 a 4500", f"{' ' * 33}s", "graphic"),
        ("00000njm a2200000 a 4500", "", "song"),
        ("00000nkm a2200000 a 4500", "", "graphic"),
        ("00000nmm a2200000 a 4500", f"{' ' * 26}b", "software"),
        ("00000nmm a2200000 a 4500", f"{' ' * 26}a", "dataset"),
        ("00000ntm a2200000 a 4500", "", "manuscript"),
        ("00000nam a2200000 a 4500", f"{' ' * 24}bm", "thesis"),
        ("00000nam a2200000 a 4500", f"{' ' * 24}t", "report"),
        ("nm 22 uu 4500", "", "book"),
    ],
)
def test_types_by_leader_and_008(leader: str, fixed: str, expected: str) -> None:
    assert one(f"=008 {fixed}", "=245 10 $aX", leader=leader).type == expected


@pytest.mark.parametrize(
    ("field", "fixed", "expected"),
    [
        ("[1957?]", "", "1957?"),
        ("c1984.", "", "1984"),
        ("año 1687.", "", "1687"),
        ("MDCCIV", "000000s1704    ", "1704"),
        ("[between 1801 and 1810?]", "000000q18011810", "1801?/1810?"),
        ("1994-", "", "1994/.."),
        ("[date of publication not identified]", "000000s198u    ", "198X"),
    ],
)
def test_transcribed_and_coded_dates(field: str, fixed: str, expected: str) -> None:
    assert str(one(f"=008 {fixed}", "=245 10 $aX", f"=260 ## $c{field}").issued) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("100 1# $aRoe, Ann,$cJr.", Name(family="Roe", given="Ann", suffix="Jr.")),
        ("100 0# $aJohn Paul$bII,$cPope,$d1920-2005.", Name(family="John Paul II")),
        ("110 1# $aPeru.$bCongreso.", Name(literal="Peru. Congreso")),
        ("100 3# $aRoe family.", Name(literal="Roe family")),
    ],
)
def test_kinds_of_names(field: str, expected: Name) -> None:
    assert one("=245 10 $aX", f"={field}").author == (expected,)


def test_roles_are_codes_addresses_or_words_in_languages() -> None:
    record = one(
        "=245 10 $aX",
        "=700 1# $aRoe, Ann$4http://id.loc.gov/vocabulary/relators/edt",
        "=700 1# $aPoe, Bob$e[Übers.]",
        "=700 1# $aDoe, Cy$ewriter of preface",
        "=700 1# $aMoe, Di$eformer owner",
    )
    roles = (record.editor, record.translator, record.contributor)
    assert [str(name) for names in roles for name in names or ()] == [
        "Roe, Ann",
        "Poe, Bob",
        "Doe, Cy",
    ]
    assert not record.author
    assert "Moe" in record.extra["700"]


def test_the_role_of_a_name_that_has_none_is_a_guess_that_is_reported() -> None:
    library = read(marcxml("=245 00 $aX\n=700 1# $aRoe, Ann"))
    assert [str(name) for name in library[0].editor or ()] == ["Roe, Ann"]
    assert [problem.code for problem in library.problems] == ["guessed-role"]


def test_a_name_of_another_work_is_not_a_creator() -> None:
    record = one("=100 1# $aRoe, Ann", "=245 10 $aX", "=700 12 $aPoe, Bob.$tAnother work.")
    assert [name.family for name in record.author or ()] == ["Roe"]
    assert "Another work" in record.extra["700"]


def test_records_that_are_not_bibliographic_records_of_marc_21_are_reported() -> None:
    records = ("=LDR 00000nz  a2200000n  4500\n=100 1# $aRoe", "=200 1# $aLes hiboux", BOOK)
    library = read("".join(map(marcxml, records)))
    assert library.ids == ("owl1",)
    messages = [problem.message for problem in library.problems if problem.code == "not-recognised"]
    assert len(messages) == 2
    assert "authority" in messages[0]
    assert "UNIMARC" in messages[1]


OAI = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>'
    "<record><header status='deleted'/></record><record><header/><metadata>{}</metadata></record>"
    "<record><header/><metadata>{}</metadata></record></ListRecords></OAI-PMH>"
)
SRU = (
    '<zs:searchRetrieveResponse xmlns:zs="http://www.loc.gov/zing/srw/"><zs:records>'
    "<zs:record><zs:recordData>{}</zs:recordData></zs:record>"
    "<zs:record><zs:recordData>{}</zs:recordData></zs:record></zs:records>"
    "</zs:searchRetrieveResponse>"
)
PREFIXED = f'<marc:collection xmlns:marc="{NAMESPACE}">{{}}{{}}</marc:collection>'


@pytest.mark.parametrize(
    ("envelope", "prefix", "attributes"),
    [
        (OAI, "", f' xmlns="{NAMESPACE}"'),
        (SRU, "", f' xmlns="{NAMESPACE}"'),
        (SRU, "m:", f' xmlns:m="{NAMESPACE}"'),
        (PREFIXED, "marc:", ""),
        ("<x>{}{}</x>", "", ' xmlns="info:lc/xmlns/marcxchange-v2" type="Bibliographic"'),
    ],
    ids=["oai", "sru", "sru-prefix", "collection", "marcxchange"],
)
@pytest.mark.parametrize("size", [7, 100_000])
def test_records_in_any_envelope(envelope: str, prefix: str, attributes: str, size: int) -> None:
    text = envelope.format(*(marcxml(one, prefix, attributes) for one in (BOOK, ARTICLE)))
    assert guess_format(text).name == "marcxml"
    assert loads(text).ids == ("owl1", "owl2")
    pieces = (text[start : start + size] for start in range(0, len(text), size))
    found = [one for one in read_stream(pieces) if isinstance(one, AnyRecord)]
    assert found == list(read(text))


def test_a_broken_record_costs_no_other() -> None:
    broken = marcxml(BOOK).replace("</subfield></datafield>", "</datafield>", 1)
    library = read(f"<collection>\n{broken}\n{marcxml(ARTICLE)}\n</collection>")
    assert library.ids[-1] == "owl2"
    assert library.has_errors


def test_entities_are_not_read() -> None:
    text = marcxml(BOOK.replace("Repaired", "REF")).replace("REF", "&file;")
    library = read(f'<!DOCTYPE record [<!ENTITY file SYSTEM "file:///etc/hostname">]>{text}')
    assert "file" in str(library[0].extra["583"]) or "583" not in library[0].extra


@pytest.mark.parametrize("text", ["", "nothing", f'<collection xmlns="{NAMESPACE}"/>'])
def test_a_text_without_records_is_reported(text: str) -> None:
    assert [problem.code for problem in read(text).problems] == ["no-entries"]


@pytest.mark.parametrize("text", [BOOK, ARTICLE, THESIS], ids=["book", "article", "thesis"])
def test_what_was_read_is_written_again(text: str) -> None:
    library = read(marcxml(text))
    back = read(write(library))
    for wanted, found in zip(library, back, strict=True):
        assert found.variables() == wanted.variables()
        assert found.extra == wanted.extra


def test_a_changed_value_is_written_and_not_the_kept_one() -> None:
    record = read(marcxml(BOOK))[0].replace(keyword="night birds", issued=Date.of(2020))
    back = read(write([record]))[0]
    assert (back.keyword, back.issued) == ("night birds", Date.of(2020))


def test_what_is_written_keeps_to_the_schema() -> None:
    """The patterns are those of the schema's simple types, which is in no registry of packages."""
    records = [
        *read(marcxml(BOOK)),
        Record(id="a b", type="song", title='"A" <b>', author=[Name(literal="Owls & Co")]),
        Record(id="", type="legal_case", language="de-AT", extra={"12": "x", "245$ü": "y"}),
    ]
    root = ElementTree.fromstring(write(records))  # our own text
    assert root.tag == f"{{{NAMESPACE}}}collection"
    assert len(root) == len(records)
    for record in root:
        names = [child.tag.rpartition("}")[2] for child in record]
        assert names == sorted(names, key=["leader", "controlfield", "datafield"].index)
        assert len(record[0].text or "") == 24
        for field in record.iterfind(f"{{{NAMESPACE}}}datafield"):
            assert field.get("tag", "").isdigit()
            assert len(field.get("tag", "")) == 3
            assert len(field.get("ind1", "")) == len(field.get("ind2", "")) == 1
            assert len(field)
            assert all(len(part.get("code", "")) == 1 and part.text for part in field)


def test_articles_at_the_start_of_a_title_are_not_sorted() -> None:
    text = write([Record(type="book", title="L'hibou", language="fr")])
    assert '<datafield tag="245" ind1="0" ind2="2">' in text


@pytest.mark.parametrize(
    "unit", ["<record>", "<record><leader>", "<datafield>", "<", "&", "<!--", "</record>"]
)
def test_hostile_texts_are_read_in_linear_time(unit: str) -> None:
    read(marcxml(BOOK) + unit * 20_000)


def test_the_format_is_known_by_name_and_content() -> None:
    assert guess_format(marcxml(BOOK), file="export.xml").name == "marcxml"
    assert get_format("marcxml").writes
