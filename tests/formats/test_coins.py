"""COinS: spans are found in pages, every metadata format is read, and what is written is KEV."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.dates import Date
from refcite.formats import guess_format
from refcite.formats.coins import mapping, read, write
from refcite.formats.coins.table import KEYS, PREFIX
from refcite.names import Name
from refcite.record import Record
from refcite.vocabulary import (
    ITEM_TYPES,
    NUMBER_VARIABLES,
    TITLE_VARIABLES,
    VARIABLES,
    attribute_of,
)
from tests.formats.samples import sample
from tests.formats.strategies import records


def span(*pairs: str, format_: str = "journal") -> str:
    kev = [f"rft_val_fmt={PREFIX.replace(':', '%3A')}{format_}", *pairs]
    return (
        f'<p>On <span class="Z3988" title="ctx_ver=Z39.88-2004&amp;{"&amp;".join(kev)}"></span></p>'
    )


def read_one(*pairs: str, format_: str = "journal") -> Record:
    (record,) = read(span(*pairs, format_=format_))
    return record


def keys_of(text: str) -> list[tuple[str, str]]:
    class Finder(HTMLParser):
        title = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.title = dict(attrs)["title"] or ""

    finder = Finder()
    finder.feed(text)
    return parse_qsl(finder.title, strict_parsing=True)


def test_an_article() -> None:
    record = read_one(
        "rft.genre=article",
        "rft.atitle=On+ebb%20and+flow",
        "rft.jtitle=Journal+of+Water",
        "rft.stitle=J.+Water",
        "rft.aulast=van+Gogh",
        "rft.aufirst=Vincent",
        "rft.au=van+Gogh%2C+Vincent",
        "rft.au=Ann+Roe",
        "rft.date=2001-05",
        "rft.volume=3",
        "rft.issue=4",
        "rft.spage=101",
        "rft.epage=110",
        "rft.issn=0378-5955",
        "rft_id=info%3Adoi%2F10.1000%2F182",
        "rft_id=https%3A%2F%2Fexample.org%2F%3Fa%3Db",
    )
    assert (record.type, record.title, record.container_title) == (
        "article-journal",
        "On ebb and flow",
        "Journal of Water",
    )
    assert [str(name) for name in record.author] == ["van Gogh, Vincent", "Roe, Ann"]
    assert (record.issued, record.page, record.issn) == (Date.of(2001, 5), "101-110", "0378-5955")
    assert (record.doi, record.url) == ("10.1000/182", "https://example.org/?a=b")
    assert not record.extra


@pytest.mark.parametrize(
    ("format_", "pairs", "csl_type"),
    [
        ("book", "rft.genre=bookitem&rft.atitle=A&rft.btitle=B", "chapter"),
        ("book", "rft.genre=proceeding&rft.atitle=A", "paper-conference"),
        ("book", "rft.genre=conference&rft.atitle=A", "paper-conference"),
        ("book", "rft.genre=conference&rft.btitle=A", "book"),
        ("book", "rft.title=A", "book"),
        ("journal", "rft.genre=preprint&rft.atitle=A", "article"),
        ("journal", "rft.genre=issue&rft.jtitle=A", "periodical"),
        ("journal", "rft.genre=nonsense&rft.atitle=A", "article-journal"),
        ("dissertation", "rft.title=A", "thesis"),
        ("patent", "rft.title=A", "patent"),
        ("dc", "rft.title=A&rft.type=blogPost", "post-weblog"),
        ("dc", "rft.title=A&rft.identifier=https://a.b", "document"),
        ("dc", "rft.title=A&rft_id=https://a.b", "webpage"),
    ],
)
def test_genres(format_: str, pairs: str, csl_type: str) -> None:
    record = read_one(*pairs.split("&"), format_=format_)
    assert (record.type, record.title) == (csl_type, "A")


@pytest.mark.parametrize(
    ("format_", "pairs", "csl_type", "container", "severity"),
    [
        ("book", "rft.jtitle=J&rft.atitle=A&rft.volume=3", "article-journal", "J", "warning"),
        ("book", "rft.genre=article&rft.jtitle=J&rft.atitle=A", "article-journal", "J", "warning"),
        ("book", "rft.genre=book&rft.btitle=J&rft.atitle=A", "chapter", "J", "warning"),
        ("book", "rft.btitle=J&rft.atitle=A", "chapter", "J", "info"),
        ("book", "rft.title=J&rft.atitle=A", "chapter", "J", "info"),
        ("book", "rft.btitle=A", "book", None, "info"),
        ("journal", "rft.btitle=J&rft.atitle=A", "chapter", "J", "warning"),
        ("journal", "rft.genre=article&rft.btitle=A&rft.pub=P", "book", None, "warning"),
        ("journal", "rft.genre=bookitem&rft.btitle=J&rft.atitle=A", "chapter", "J", "warning"),
        ("journal", "rft.title=J&rft.atitle=A", "article-journal", "J", "info"),
        ("journal", "rft.jtitle=A", "periodical", None, "info"),
        ("journal", "rft.genre=proceeding&rft.btitle=J&rft.atitle=A", "paper-conference", "J", ""),
        ("book", "rft.genre=bookitem&rft.title=J&rft.atitle=A", "chapter", "J", ""),
    ],
)
def test_keys_tell_what_format_and_genre_do_not(
    format_: str, pairs: str, csl_type: str, container: str | None, severity: str
) -> None:
    library = read(span(*pairs.split("&"), format_=format_))
    record = library[0]
    assert (record.type, record.title, record.container_title) == (csl_type, "A", container)
    assert not record.extra
    said = [(problem.code, problem.severity.value) for problem in library.problems]
    assert said == [("guessed-type", severity)] * bool(severity)


def test_a_volume_of_a_book_is_read() -> None:
    record = read_one("rft.genre=book", "rft.btitle=A", "rft.volume=2", format_="book")
    assert (record.type, record.volume) == ("book", "2")


def test_inventors_institutions_and_seasons() -> None:
    patent = read_one(
        "rft.inventor=Doe%2C+Jane", "rft.inventor=Roe%2C+R.", "rft.assignee=X", format_="patent"
    )
    assert [str(name) for name in patent.author] == ["Doe, Jane", "Roe, R."]
    assert dict(patent.extra) == {"rft.assignee": "X"}
    thesis = read_one("rft.inst=Lund", "rft.degree=PhD", format_="dissertation")
    assert (thesis.publisher, thesis.genre) == ("Lund", "PhD")
    assert str(read_one("rft.date=2001", "rft.ssn=fall").issued) == "2001-23"


def test_an_organisation_and_a_person_of_whom_only_a_part_is_known() -> None:
    record = read_one("rft.aucorp=Harbour+Office", "rft.aulast=Garcia+Marquez", "rft.auinit=G.")
    assert [str(name) for name in record.author] == ["Garcia Marquez, G.", "{Harbour Office}"]
    (name,) = read_one("rft.aulast=Garcia+Marquez").author
    assert (name.family, name.given) == ("Garcia Marquez", None)


def test_other_encodings_and_double_escapes() -> None:
    latin = read_one("ctx_enc=info%3Aofi%2Fenc%3AISO-8859-1", "rft.atitle=%DCber")
    assert latin.title == "Über"
    twice = span("rft.atitle=A", "rft.volume=3").replace("&amp;", "&amp;amp;")
    assert read(twice)[0].volume == "3"


def test_what_says_nothing_is_reported_with_its_line() -> None:
    library = read(
        '<p>\n<span class="x Z3988" title="a=b"></span>\n'
        + span("rft.genre=article", "rft.atitle=A")
        + "<b"
    )
    assert [record.title for record in library] == ["A"]
    assert [(p.code, p.line) for p in library.problems] == [("unread-coins", 2)]
    assert not list(read("<p>Z3988"))
    assert not list(read(""))
    assert not list(read("Z3988\0<" * 1000))


def test_a_file_is_recognised() -> None:
    assert guess_format(write([Record(id="a", title="A")])).name == "coins"


@pytest.mark.parametrize("csl_type", ITEM_TYPES)
def test_every_key_is_one_of_its_metadata_format(csl_type: Any) -> None:
    record = Record(
        id="k", type=csl_type, **{attribute_of(name): sample(name) for name in VARIABLES}
    )
    text = write([record], referrer="example.org")
    pairs = keys_of(text)
    known = KEYS[dict(pairs)["rft_val_fmt"].removeprefix(PREFIX)]
    assert pairs[0] == ("ctx_ver", "Z39.88-2004")
    assert ("rfr_id", "info:sid/example.org") in pairs
    for key, _ in pairs:
        assert key.removeprefix("rft.") in known or key in (
            "ctx_ver",
            "rft_val_fmt",
            "rft_id",
            "rfr_id",
        )
    for key in known - {"au", "creator", "contributor", "subject", "inventor", "identifier"}:
        assert sum(name == f"rft.{key}" for name, _ in pairs) <= 1
    (back,) = read(text)
    for name in mapping().carried(csl_type):
        assert getattr(back, attribute_of(name)) == getattr(record, attribute_of(name)), name


def test_markup_cannot_break_out() -> None:
    record = Record(
        id='"><script>',
        type="book",
        title="'\"><script>&<i>E. coli</i>",
        author=(Name(literal="<b>"),),
    )
    text = write([record])
    assert "<script" not in text
    (back,) = read(text)
    assert (back.id, back.title) == (record.id, "'\"><script>&E. coli")


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1).filter(
    lambda text: "<" not in text
)


@given(st.data(), st.sampled_from(ITEM_TYPES))
def test_any_text_that_is_carried_comes_back(data: st.DataObject, csl_type: Any) -> None:
    texts = (*TITLE_VARIABLES, *NUMBER_VARIABLES, "abstract", "publisher", "genre", "medium")
    carried = sorted(mapping().carried(csl_type) & {*texts})
    chosen = data.draw(st.lists(st.sampled_from(carried), unique=True, max_size=4))
    values: dict[str, Any] = {attribute_of(name): data.draw(PLAIN) for name in chosen}
    record = Record(id="k", type=csl_type, **values)
    assert list(read(write([record]))) == [record]


@given(records())
def test_any_record_can_be_written(record: Record) -> None:
    (back,) = read(write([record]))
    assert back.type == record.type


@pytest.mark.parametrize("whole", ["Roe, Ann", "Ann Roe", "Roe Ann", "Roe, A."])
def test_one_person_said_twice_is_one_author(whole: str) -> None:
    record = read_one("rft.aulast=Roe", "rft.aufirst=Ann", f"rft.au={whole}", "rft.au=Poe, Bob")
    assert record.author == (Name(family="Roe", given="Ann"), Name(family="Poe", given="Bob"))


def test_an_organisation_with_parts_stays_one() -> None:
    record = read_one("rft.aulast=Fund", "rft.aufirst=Harbour", "rft.aucorp=Harbour Fund")
    assert record.author == (Name(literal="Harbour Fund"),)
