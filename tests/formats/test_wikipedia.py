"""Citation templates: found anywhere in wikitext, read in full, and written without risk."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.dates import Date
from refcite.formats import guess_format
from refcite.formats.wikipedia import mapping, read, write
from refcite.formats.wikipedia.dates import written_date
from refcite.keys import made_key
from refcite.names import Name
from refcite.problems import FormatError
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

PAGE = """\
Ebb is low water.<ref name="roe">{{cite news
 | last1 = Roe | first1 = Ann | author-link1 = Ann Roe
 | last2=van der Berg|first2=Jan Jr.
 | title = ''Low'' [[Water (sea)|water]] at {{lang|nl|De Eb}} {{!}} north<!-- sic -->
 | newspaper=[[The Bay]] | agency=Reuters | date=18 January 2017 | page=A1
 | url=https://example.org/?a=1&b=2 | access-date=2017-02-01
 | archive-url=https://archive.example/x | archive-date=3 March 2018 | url-status=dead
 | quote=It {{em|is}} low.}}</ref> Flow is not.{{efn|See {{Cite book|author=Harbour Office
|chapter=Flow|title=Tides|editor-last=Ito|editor-first=Y.|year=1999|pages=10&ndash;12
|isbn=978-0-8052-1106-4}}.}} {{Infobox|name=x}} {{cite journal
|vauthors=Doe J, Le Mar BC, ((Sea Group)), et al.
|title=<nowiki>|</nowiki>A
|journal=J. Water|volume=3|number=4|pmc=2377243|doi=10.1000/182|s2cid=5|colour=red}}
"""


def read_one(text: str) -> Record:
    (record,) = read(text)
    return record


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


def test_templates_are_found_anywhere() -> None:
    library = read(PAGE)
    assert [(record.id, record.type) for record in library] == [
        ("roe", "article-newspaper"),
        ("harbouroffice1999flow", "chapter"),
        ("doea", "article-journal"),
    ]
    assert [record.origin.line for record in library if record.origin] == [1, 8, 10]
    assert not library.problems


def test_values_are_read_without_their_wikitext() -> None:
    news = read(PAGE)["roe"]
    assert news.title == "<i>Low</i> water at De Eb | north"
    assert news.container_title == "The Bay"
    assert [str(name) for name in news.author] == ["Roe, Ann", "van der Berg, Jr., Jan"]
    assert (news.issued, news.accessed) == (Date.of(2017, 1, 18), Date.of(2017, 2, 1))
    assert (news.page, news.url) == ("A1", "https://example.org/?a=1&b=2")
    assert dict(news.extra) == {
        "author-link1": "Ann Roe",
        "agency": "Reuters",
        "archive-url": "https://archive.example/x",
        "archive-date": "3 March 2018",
        "url-status": "dead",
        "quote": "It {{em|is}} low.",
    }


@pytest.mark.parametrize("tag", ["i", "b", "sup", "sub"])
def test_tags_that_csl_has_are_kept_and_others_left_out(tag: str) -> None:
    record = read_one(f"{{{{cite book |title=On <{tag}>a</{tag}> <span>lake</span>}}}}")
    assert record.title == f"On <{tag}>a</{tag}> lake"


def test_a_chapter_stands_in_its_book() -> None:
    chapter = read(PAGE)["harbouroffice1999flow"]
    assert (chapter.title, chapter.container_title, chapter.page) == ("Flow", "Tides", "10–12")
    assert chapter.author == (Name(literal="Harbour Office"),)
    assert chapter.editor == (Name(family="Ito", given="Y."),)
    assert chapter.issued == Date.of(1999)


def test_vancouver_names_and_parameters_that_are_unknown() -> None:
    article = read(PAGE)[2]
    assert [str(name) for name in article.author] == ["Doe, J", "Le Mar, BC", "{Sea Group}"]
    assert (article.title, article.issue, article.pmcid) == ("|A", "4", "PMC2377243")
    assert dict(article.extra) == {"s2cid": "5", "colour": "red"}


@pytest.mark.parametrize(
    ("template", "csl_type"),
    [
        ("Cite_magazine |title=A", "article-magazine"),
        ("cite web|title=A", "webpage"),
        ("cite report |title=A", "report"),
        ("cite tech report|title=A", "report"),
        ("cite press release|title=A", "report"),
        ("cite thesis|title=A|degree=PhD", "thesis"),
        ("cite conference|title=A|book-title=B|event=C", "paper-conference"),
        ("cite encyclopedia|title=A|encyclopedia=B", "entry-encyclopedia"),
        ("cite encyclopedia|entry=A|title=B", "entry-encyclopedia"),
        ("cite AV media|title=A|medium=DVD", "motion_picture"),
        ("cite video|title=A", "motion_picture"),
        ("cite podcast|title=A|host=B", "broadcast"),
        ("cite episode|title=A|series=B|network=C", "broadcast"),
        ("cite map|title=A|scale=1:50,000", "map"),
        ("cite map|map=A|title=B", "map"),
        ("cite interview|subject=B|interviewer=C|title=A", "interview"),
        ("cite speech|title=A|event=B|location=C", "speech"),
        ("cite arXiv|title=A|eprint=2101.00001|class=cs.DL", "article"),
        ("cite bioRxiv|title=A|biorxiv=10.1101/1", "article"),
        ("cite court|litigants=A|vol=1|reporter=B|opinion=2|court=C", "legal_case"),
        ("Citation|title=A|journal=B", "article-journal"),
        ("Citation|title=A|newspaper=B", "article-newspaper"),
        ("Citation|title=B|contribution=A", "chapter"),
        ("Citation|title=A|publisher=B", "book"),
        ("Citation|title=A", "document"),
    ],
)
def test_types(template: str, csl_type: str) -> None:
    record = read_one(f"x {{{{{template}}}}} y")
    assert (record.type, record.title) == (csl_type, "A")
    again = read_one(write([record]))
    assert again == record


@pytest.mark.parametrize(
    ("date", "edtf"),
    [
        ("18 January 2017", "2017-01-18"),
        ("January 18, 2017", "2017-01-18"),
        ("2017-01-18", "2017-01-18"),
        ("May–June 2001", "2001-05/2001-06"),
        ("28 May – 3 June 2010", "2010-05-28/2010-06-03"),
        ("1998–2001", "1998/2001"),
        ("Spring 2001", "2001-21"),
        ("c. 1950", "1950~"),
        ("n.d.", "n.d."),
    ],
)
def test_dates(date: str, edtf: str) -> None:
    record = read_one(f"{{{{cite web|title=A|date={date}}}}}")
    assert str(record.issued) == edtf
    for form in ("dmy", "mdy", "iso"):
        assert read(write([record], date_format=form))[0].issued == record.issued


def test_the_form_of_dates_is_an_option() -> None:
    date = Date.parse("2010-05-28/2010-06-03")
    assert written_date(date, "mdy") == "May 28 – June 3, 2010"
    assert written_date(Date.of(2017, 1, 18), "iso") == "2017-01-18"
    assert written_date(Date.of(2017, 1), "iso") == "January 2017"
    assert written_date(Date.of(1066, 10, 14), "iso") == "14 October 1066"
    with pytest.raises(FormatError, match="dmy, mdy or iso"):
        write([], date_format="ymd")  # type: ignore[arg-type]  # that is the point


@pytest.mark.parametrize("end", ["}}", "}}}"])
def test_a_third_brace_before_a_citation_is_reported(end: str) -> None:
    library = read(f"On ebb.\nx {{{{{{Cite book |title=Ebb{end} {{{{cite web |title=Flow}}}}")
    assert [record.title for record in library] == ["Ebb", "Flow"]
    (problem,) = library.problems
    assert (problem.code, problem.line, problem.column) == ("extra-brace", 2, 3)


@pytest.mark.parametrize("text", ["{{{1|Ebb}}}", "{{{cite}}}", "{{{title|cite book|}}}"])
def test_three_braces_are_a_parameter_of_the_page(text: str) -> None:
    assert not len(read(text))
    assert not read(text).problems


def test_four_braces_are_two_templates() -> None:
    library = read("{{{{cite book |title=Ebb}}}}")
    assert ([record.title for record in library], library.problems) == (["Ebb"], [])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("{{cite journal |title=A |article-number=e12}}", {"number": "e12"}),
        ("{{cite report |title=A |id=Report 7}}", {"number": "Report 7"}),
        ("{{cite report |title=A |number=1 |id=Report 7}}", {"number": "1"}),
        ("{{cite web |title=A |version=2.1}}", {"version": "2.1"}),
        ("{{cite book |title=A |publication-place=Bern}}", {"publisher_place": "Bern"}),
        ("{{cite web |script-title=ja:海}}", {"title": "海"}),
        ("{{cite web |title=Umi |script-title=ja:海}}", {"title": "Umi"}),
        ("{{cite web |trans-title=Sea}}", {"title": "Sea"}),
        ("{{cite web |title=A |archive-url=https://a.org}}", {"url": "https://a.org"}),
        ("{{cite mailing list |title=A |mailing-list=L}}", {"container_title": "L"}),
        (
            "{{cite journal |title=A |last=Roe |first=Ann |collaboration=Tide Group}}",
            {"author": (Name(family="Roe", given="Ann"), Name(literal="Tide Group"))},
        ),
    ],
)
def test_parameters_that_have_a_variable(text: str, values: dict[str, Any]) -> None:
    record = read_one(text)
    assert {name: getattr(record, name) for name in values} == values
    again = read_one(write([record.replace(edition="2")]))
    assert {name: getattr(again, name) for name in values} == values


@pytest.mark.parametrize("name", ["author=Roe |first=Ann", "last=Roe |first=Ann"])
def test_a_family_name_may_be_under_the_name_for_a_whole_person(name: str) -> None:
    record = read_one(f"{{{{cite book |title=A |{name}}}}}")
    assert record.author == (Name(family="Roe", given="Ann"),)


def test_old_parameters() -> None:
    record = read_one(
        "{{cite web|title=A|year=2001|month=May|accessdate=2002-01-02|origyear=1999}}"
    )
    assert (str(record.issued), str(record.accessed)) == ("2001-05", "2002-01-02")
    assert str(record.original_date) == "1999"


def test_what_is_wrong_is_reported_with_its_place() -> None:
    library = read(
        "x\n {{cite web|title=A|title=B|loose}}\n{{cite book|title=C\n{{cite web|title=D}}"
    )
    assert [record.title for record in library] == ["B", "D"]
    assert [(p.code, p.line, p.column) for p in library.problems] == [
        ("duplicate-field", 2, 2),
        ("unexpected-text", 2, 2),
        ("unclosed-entry", 3, 1),
    ]


@pytest.mark.parametrize(
    "name", ["Cite tweet", "cite_Bible", "Literatur", "Lien web", "Cita libro"]
)
def test_a_citation_that_is_not_supported_is_reported(name: str) -> None:
    library = read(f"x {{{{{name}|number=1}}}} {{{{cite web|title=A}}}}")
    assert [record.title for record in library] == ["A"]
    assert [(p.code, p.line, p.column) for p in library.problems] == [("unknown-template", 1, 3)]


def test_a_decision_of_a_court_has_its_own_parameters() -> None:
    record = read_one(
        "{{cite court |litigants=Roe v. Doe |vol=272 |reporter=F. |opinion=505 |pinpoint=510"
        " |court=S.D.N.Y. |date=1921}}"
    )
    assert (record.title, record.volume, record.container_title) == ("Roe v. Doe", "272", "F.")
    assert (record.page, record.authority, str(record.issued)) == ("505", "S.D.N.Y.", "1921")
    assert record.extra == {"pinpoint": "510"}


def test_the_namespace_of_a_template_may_be_written() -> None:
    library = read("{{Template:Cite book |title=One}} {{subst:cite web |title=Two}}")
    assert [record.title for record in library] == ["One", "Two"]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- {{cite web|title=A}} -->",
        "<nowiki>{{cite web|title=A}}</nowiki>",
        "<pre>{{cite web|title=A}}</pre>",
        "{{citation needed|date=May 2001}}",
        "{{cite",
        "}}]]{{|[[",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert not list(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "{{" * 100_000,
        "{{a|" * 50_000 + "}}" * 50_000,
        "{{" * 50_000 + "}}" * 50_000,
        "{{cite web|title=" * 20_000,
        "{{cite web|title=" + "[[" * 50_000 + "}}",
        "{{cite web|title=" + "{{x|" * 3_000 + "}}" * 3_000 + "}}",
        "{{cite web|title=" + "''" * 50_001 + "}}",
        "{{cite web|title=" + "<ref" * 50_000 + "}}",
        "<nowiki>" * 50_000,
        "<!--" * 50_000,
        "{{cite web|" + "a=b|" * 50_000 + "}}",
        "{{cite web|title=" + "[http://a" * 30_000 + "}}",
    ],
)
def test_hostile_wikitext_does_not_hang(text: str) -> None:
    read(text)
    assert read(text + "-->\n{{cite web|title=after}}") is not None


@pytest.mark.parametrize(
    "title",
    [
        "a|b",
        "{{x}}",
        "}}",
        "[[a]]",
        "''a''",
        "<ref>x</ref>",
        "&amp;",
        "~~~~",
        "a = b",
        "'",
        "<!--x",
    ],
)
def test_nothing_in_a_value_is_markup(title: str) -> None:
    record = Record(id="a", type="book", title=title, author=(Name(literal=title),))
    text = write([record])
    for sign in ("<ref", "<!--", "~~~", "[["):
        assert sign not in text
    (back,) = read(text)
    assert (back.title, back.author) == (title, record.author)


@pytest.mark.parametrize(
    "title",
    [
        "The <i>Origin</i>",
        "<i>A</i>'s",
        "H<sub>2</sub>O",
        "<b><i>x</i> y</b>",
        "<i>a</i><i>b</i>",
    ],
)
def test_markup_is_written_as_wikitext(title: str) -> None:
    record = Record(type="book", title=title)
    assert read_one(write([record])).title == title


def test_the_source_of_a_template_is_kept() -> None:
    text = "{{cite press release |author=Harbour Office |title=A |trans-title={{lang|en|B}}}}\n"
    assert write(read(text)) == text
    lost = Record(id="a", type="book", title="A", extra={"keywords": "x", "quote": "a | b"})
    assert write([lost]) == "{{cite book |title=A}}\n"


def test_references_in_a_page() -> None:
    record = Record(id="roe 1", type="webpage", title="A", url="https://example.org/a b|c")
    text = write([record, record.replace(id='"')], refs=True, block=True)
    assert text.splitlines()[:2] == ['<ref name="roe 1">{{cite web', "| title = A"]
    assert "https://example.org/a%20b%7Cc" in text
    assert read(text).ids == ("roe 1", "a")


def test_a_file_is_recognised() -> None:
    assert guess_format(PAGE).name == "wikipedia"


@pytest.mark.parametrize("csl_type", ITEM_TYPES)
def test_every_field_of_every_type(csl_type: Any) -> None:
    record = Record(
        id="k", type=csl_type, **{attribute_of(name): sample(name) for name in VARIABLES}
    )
    (back,) = read(write([record]))
    for name in mapping().carried(csl_type):
        assert getattr(back, attribute_of(name)) == getattr(record, attribute_of(name)), name


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)


@given(st.data(), st.sampled_from(mapping().carried_types()))
def test_any_text_that_is_carried_comes_back(data: st.DataObject, csl_type: Any) -> None:
    texts = (*TITLE_VARIABLES, *NUMBER_VARIABLES, "publisher", "publisher-place", "source")
    carried = sorted(mapping().carried(csl_type) & {*texts})
    chosen = data.draw(st.lists(st.sampled_from(carried), unique=True, max_size=4))
    values: dict[str, Any] = {attribute_of(name): data.draw(PLAIN) for name in chosen}
    if csl_type == "chapter":
        values["title"] = "A"
    record = Record(type=csl_type, **values)
    assert list(read(write([record]))) == [record.replace(id=made_key(record) or "item-1")]


@given(records())
def test_any_record_can_be_written(record: Record) -> None:
    (back,) = read(write([record]))
    assert read(write([back]))[0].type == back.type


@pytest.mark.parametrize(
    "start",
    ["#invoke:cite|book|", "#invoke:Cite book|", "#invoke:cite book||", "#Invoke: cite | book |"],
)
def test_a_module_is_read_as_the_template(start: str) -> None:
    library = read(f"{{{{{start}title=Tides|last=Roe}}}}")
    assert [(one.type, one.title) for one in library] == [("book", "Tides")]
    assert not library.problems


def test_the_number_at_arxiv_gives_the_url() -> None:
    (record,) = read("{{cite arXiv|title=Tides|eprint=2101.00001|class=physics.ao-ph}}")
    assert record.url == "https://arxiv.org/abs/2101.00001"
    assert read(write([record]))[0] == record
