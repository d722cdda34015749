"""Web pages: one made up for each kind of site, and what pages get wrong."""

from __future__ import annotations

import datetime
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import refcite
from refcite import Date, Library, Name, Record
from refcite.formats import guess_format
from refcite.formats.html import read
from refcite.formats.html.ranks import RANKS
from refcite.formats.html.tags import TABLES
from refcite.problems import FormatError, RecordTypeError
from tests.shared import ROOT

PAGES = ROOT / "tests" / "formats" / "pages"


def page(name: str, **options: Any) -> Library:
    return refcite.load(PAGES / f"{name}.html", accessed=None, **options)


def only(text: str, **options: Any) -> Record:
    (record,) = read(text, **{"accessed": None, **options})
    return record


def names(record: Record) -> list[str]:
    return [str(name) for name in record.author]


def head(*metas: tuple[str, str], title: str = "A Title", more: str = "") -> str:
    tags = "".join(f'<meta name="{name}" content="{content}">' for name, content in metas)
    return (
        f"<!doctype html><html><head><title>{title}</title>{tags}{more}</head><body></body></html>"
    )


# Kinds of site

WANTED: dict[str, dict[str, Any]] = {
    "newspaper": {
        "type": "article-newspaper",
        "title": "Aral Sea village waits for water – and for news",
        "author": "Bekova, Aisulu; de Vries, Jan",
        "issued": "2021-03-04",
        "container_title": "The Daily Planet",
        "section": "World news",
        "language": "en-GB",
        "url": "https://www.dailyplanet.example/world/2021/mar/04/aral-sea-village-waits",
    },
    "journal": {
        "type": "article-journal",
        "title": "Salinity of a shrinking lake: forty years of measurements",
        "author": "Sadykova, Aigul; van der Berg, Pieter; Roe, Jr., John",
        "issued": "2019-04-15",
        "container_title": "Steppe Waters",
        "container_title_short": "Steppe Wat.",
        "volume": "12",
        "issue": "4",
        "page": "101-119",
        "doi": "10.5555/steppe.12.4.101",
        "issn": "0378-5955",
        "publisher": "Steppe University Press",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    },
    "preprint": {
        "type": "article",
        "title": "Counting saiga from the air",
        "publisher": "bioRxiv",
        "container_title": None,
        "genre": "Preprint",
        "doi": "10.1101/2020.05.06.000001",
    },
    "repository": {
        "type": "thesis",
        "title": "Nomads and the state",
        "author": "Akhmetova, Saule",
        "issued": "2015-06",
        "publisher": "Steppe University",
        "language": "en",
        "container_title": None,
    },
    "eprints": {
        "type": "chapter",
        "container_title": "Deserts and their Water",
        "author": "Doe, Ann; Roe, John",
        "page": "33-58",
        "isbn": "978-0-306-40615-7",
    },
    "government": {
        "type": "report",
        "title": "Country policy and information note: water shortage",
        "author": "{Home Office}",
        "publisher": "Home Office",
        "issued": "2022-01-31",
        "url": "https://www.gov.example/cpin/water-shortage",
    },
    "blog": {
        "type": "post-weblog",
        "title": "Why tents are round",
        "author": "Akhmetova, Saule",
        "issued": "2023-10-09",
        "container_title": "Notes from the Steppe",
    },
    "video": {
        "type": "motion_picture",
        "title": "Crossing the Karakum",
        "author": "{Desert Films}",
        "issued": "2018-03-02",
        "container_title": "YouTube",
    },
    "dataset": {
        "type": "dataset",
        "title": "Wells of the Ustyurt, 1950-2000",
        "author": "Doe, Ann",
        "publisher": "Zenodo",
        "version": "1.2",
        "doi": "10.5281/zenodo.1234567",
        "container_title": None,
    },
    "software": {
        "type": "software",
        "title": "steppe-lab/caravan: Routes between wells",
        "publisher": "GitHub",
        "url": "https://github.com/steppe-lab/caravan",
    },
    "rferl": {
        "type": "article-newspaper",
        "title": "Well Poisoned In Mountain Village",
        "author": "",
        "issued": "2021-05-06",
        "container_title": "Radio Free Europe/Radio Liberty",
        "publisher": "Radio Free Europe/Radio Liberty",
        "url": "https://www.rferl.org/a/well-poisoned-village/31234567.html",
    },
    "ecoi": {
        "type": "report",
        "title": "Chad: Access to wells, including their protection (2018-2020) [TCD200999.E]",
        "author": "{Water Rights Commission of Chad}",
        "publisher": "Water Rights Commission of Chad",
        "issued": "2021-01-13",
        "source": "ecoi.net",
        "url": "https://www.ecoi.net/en/document/2044999.html",
    },
    "law": {
        "type": "legislation",
        "title": "Water Act 2014",
        "issued": "2014-05-14",
        "number": "2014 c. 21",
        "jurisdiction": "Ruritania",
    },
}


@pytest.mark.parametrize("name", WANTED)
def test_a_page_of_each_kind_gives_what_a_librarian_would_write_down(name: str) -> None:
    (record,) = page(name)
    found = {
        key: "; ".join(names(record))
        if key == "author"
        else str(record.issued)
        if key == "issued"
        else getattr(record, key)
        for key in WANTED[name]
    }
    assert found == WANTED[name]
    assert guess_format((PAGES / f"{name}.html").read_text("utf-8")).name == "html"


@pytest.mark.parametrize("name", ["refworld-old", "refworld-new"])
def test_pages_of_refworld_are_read_by_their_own_reader_whoever_is_asked(name: str) -> None:
    text = (PAGES / f"{name}.html").read_text("utf-8")
    assert guess_format(text).name == "refworld"
    guessed, asked = refcite.loads(text), refcite.loads(text, "html")
    assert guessed == asked == refcite.load(PAGES / f"{name}.html")
    assert asked[0].publisher == "Freedom House"
    assert asked.ids[0].startswith("refworld-")


def test_a_page_that_only_links_to_refworld_is_none_of_its_pages() -> None:
    text = head(
        title="Refworld moves, says UNHCR", more="<a href='https://www.refworld.org/'>x</a>"
    )
    assert guess_format(text.replace("Refworld moves", "It moves")).name == "html"
    assert (
        read(text.replace("Refworld moves", "A list moves"))[0].title == "A list moves, says UNHCR"
    )


def test_styles_in_a_page_do_not_make_it_bibtex() -> None:
    style = "<style>\n@media (print) { a { color: red } }\n</style>\n<script>\nTY  - x\n</script>"
    assert guess_format(head(more=style)).name == "html"
    refworld = (
        (PAGES / "refworld-new.html").read_text("utf-8").replace("</head>", f"{style}</head>")
    )
    assert guess_format(refworld).name == "refworld"


def test_a_person_at_rferl_is_an_author_and_a_service_is_not() -> None:
    text = (PAGES / "rferl.html").read_text("utf-8")
    both = text.replace(
        '"RFE/RL\'s Tajik Service"', '"Farangis Najibova and RFE/RL\'s Tajik Service"'
    )
    assert names(only(both)) == ["Najibova, Farangis"]


ECOI = '<link rel="canonical" href="https://www.ecoi.net/en/document/1.html">'
LAYOUTS = {
    "table": """<h1>Wells of Chad</h1><table>
        <tr><th>Source</th><td>WRC – Water Rights Commission (Author)</td></tr>
        <tr><th>Published</th><td>4 May 2019</td></tr></table>""",
    "table with a title": """<h1>Document #1</h1><table>
        <tr><th>Title</th><td>Wells of Chad</td></tr>
        <tr><th>Author</th><td>Water Rights Commission</td></tr>
        <tr><th>Published</th><td>4 May 2019</td></tr></table>""",
    "German": """<h1>Dokument #1</h1><h2>WRC – Water Rights Commission (Autor)</h2>
        <h1>Wells of Chad</h1>
        <div><span>Veröffentlicht am:</span> <span>4. Mai 2019</span></div>""",
    "cite-as only": """<h1>Document #1</h1><b>Cite as:</b><p>WRC – Water Rights Commission (Author):
        Wells of Chad, 4 May 2019 https://www.ecoi.net/en/document/1.html</p>""",
    "on one line": """<h1>Wells of Chad</h1><p>Source: WRC – Water Rights Commission (Author)</p>
        <p>Published on: 4 May 2019</p><p>Document type: Periodical Report</p>""",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_pages_of_ecoi_in_every_layout(layout: str) -> None:
    record = only(f"<title>Document #1 - ecoi.net</title>{ECOI}{layout}")
    assert (record.type, record.title, str(record.issued)) == (
        "report",
        "Wells of Chad",
        "2019-05-04",
    )
    assert record.author == (Name(literal="Water Rights Commission"),)
    assert record.publisher == "Water Rights Commission"


def test_the_person_who_wrote_a_document_of_ecoi_is_its_author_and_the_source_publishes() -> None:
    rows = {"Title": "Wells of Chad", "Source": "Water Rights Commission", "Author": "Ann Roe"}
    table = "".join(f"<tr><th>{key}</th><td>{value}</td></tr>" for key, value in rows.items())
    record = only(f"<title>Document #1 - ecoi.net</title>{ECOI}<table>{table}</table>")
    assert record.author == (Name(family="Roe", given="Ann"),)
    assert record.publisher == "Water Rights Commission"


# Ranks and disagreements


def test_sources_are_ranked_field_by_field_and_disagreements_are_told() -> None:
    library = read(
        head(
            ("citation_title", "Wells"),
            ("og:title", "Wells of the desert"),
            ("DC.date", "2001"),
            ("article:published_time", "2011-02-03"),
            more='<script type="application/ld+json">{"@type":"Article","headline":"Wells",'
            '"datePublished":"2012-02-03"}</script>',
            title="Wells",
        ),
        accessed=None,
    )
    assert (library[0].title, str(library[0].issued)) == ("Wells", "2012-02-03")
    told = [problem for problem in library.problems if problem.code == "disagreement"]
    assert {str(problem.severity) for problem in told} == {"info"}
    assert [problem.message.split(" is ")[0] for problem in told] == ["the title"] + [
        "the date"
    ] * 2
    assert "'Wells' (Highwire) and 'Wells of the desert' (OpenGraph)" in told[0].message


@pytest.mark.parametrize(
    ("date", "edtf"),
    [("2001/02", "2001-02"), ("2001/12", "2001-12"), ("2001/02/03", "2001-02-03")],
)
def test_a_date_of_highwire_begins_with_year_and_month(date: str, edtf: str) -> None:
    metas = (("citation_title", "A Title"), ("citation_publication_date", date))
    library = read(head(*metas), accessed=None)
    assert not library.problems
    assert str(library[0].issued) == edtf


def test_every_source_has_its_rank() -> None:
    usual = {"JSON-LD", "microdata", "RDFa", "COinS", "site", "page", "seen", *TABLES}
    assert set(RANKS[""]) == usual
    known = usual | {"heading", "canonical"}
    assert {source for order in RANKS.values() for source in order} == known


def test_what_says_the_same_is_no_disagreement() -> None:
    library = read(
        head(
            ("citation_author", "Doe, A."),
            ("DC.creator", "Ann Doe"),
            ("citation_date", "2019"),
            ("DC.date", "2019-04-15"),
            ("citation_title", "The well’s end"),
            ("og:title", "The Well's End"),
            title="The well's end | Daily Planet",
        ),
        accessed=None,
    )
    assert not library.problems


def test_a_short_headline_gives_way_to_the_whole_title() -> None:
    script = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A very …"}</script>'
    )
    assert only(head(("og:title", "A very long title"), more=script)).title == "A very long title"


def test_a_page_with_one_coins_span_is_what_that_says() -> None:
    span = (
        '<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3A'
        'mtx%3Abook&amp;rft.btitle=The+Castle&amp;rft.au=Kafka%2C+Franz&amp;rft.date=1926"></span>'
    )
    record = only(f"<title>The Castle - a library</title><body>{span}")
    assert (record.type, record.title, names(record)) == ("book", "The Castle", ["Kafka, Franz"])


# Junk


@pytest.mark.parametrize(
    "junk",
    [
        "admin",
        "The Daily Planet",
        "Daily Planet staff",
        "staff",
        "https://www.facebook.com/planet",
        "planet@example.org",
        "@planet",
        "dailyplanet.example",
        "undefined",
        "{{ author }}",
        "-",
        "",
        "Administrator",
        "by",
        "Unknown",
    ],
)
def test_what_is_no_author_is_refused(junk: str) -> None:
    record = only(
        head(
            ("author", junk),
            ("og:site_name", "Daily Planet"),
            ("og:url", "https://www.dailyplanet.example/a"),
        )
    )
    assert not record.author


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("By Ann Doe", ["Doe, Ann"]),
        ("BY ANN DOE", ["DOE, ANN"]),
        ("Written by: Ann Doe and Bolat Akhmetov", ["Doe, Ann", "Akhmetov, Bolat"]),
        ("Ann Doe, Bolat Akhmetov & Li Wei", ["Doe, Ann", "Akhmetov, Bolat", "Wei, Li"]),
        ("Ann Doe | Reuters", ["Doe, Ann"]),
        ("Ann Doe, staff writer", ["Doe, Ann"]),
        ("By Ann Doe Staff Writer", ["Doe, Ann"]),
        ("Ann Doe is a reporter in Nukus", ["Doe, Ann"]),
        ("Ann Doe in Nukus", ["Doe, Ann"]),
        ("Von Ludwig van Beethoven", ["van Beethoven, Ludwig"]),
        ("Agence France-Presse", ["{Agence France-Presse}"]),
        ("Ministry of Health and Social Affairs", ["{Ministry of Health and Social Affairs}"]),
        ("Byron Katie", ["Katie, Byron"]),
        ("By Ann Doe<br>May 4, 2020", ["Doe, Ann"]),
        ("By Our Correspondent", []),
        ("Published by the team on 5 May 2020", []),
    ],
)
def test_bylines(text: str, authors: list[str]) -> None:
    record = only(f'<title>T</title><p class="byline">{text}</p>')
    assert names(record) == authors


def test_lists_and_links_in_a_byline() -> None:
    items = "<ul class='byline'><li>By Ann Doe</li><li>RFE/RL's Tajik Service</li></ul>"
    assert names(only(f"<title>T</title>{items}")) == ["Doe, Ann"]
    links = "By <a rel=author href=/a>Ann Doe</a>, <a rel=author href=/b>Bo Li</a>, Lagos"
    assert names(only(f"<title>T</title><p class=byline>{links}</p>")) == ["Doe, Ann", "Li, Bo"]
    alone = "<a href='/author/ann'>By Ann Doe</a> <a href='/author/bo'>By Bo Li: another story</a>"
    assert names(only(f"<title>T</title>{alone}")) == ["Doe, Ann"]


@pytest.mark.parametrize(
    ("name", "content", "authors"),
    [
        ("author", "Ann Doe, Bob Roe", ["Doe, Ann", "Roe, Bob"]),
        ("author", "Doe, Ann", ["Doe, Ann"]),
        ("author", "Ann Doe, CNN Business", ["Doe, Ann", "{CNN Business}"]),
        ("author", "Ann Doe, Al Jazeera", ["Doe, Ann", "{Al Jazeera}"]),
        ("author", "Reuters, Ann Doe", ["{Reuters}", "Doe, Ann"]),
        ("author", "Ann Doe with Bob Roe", ["Doe, Ann", "Roe, Bob"]),
        ("author", "Ann Doe for Reuters", ["Doe, Ann"]),
        ("author", "Ann Doe • Bob Roe", ["Doe, Ann", "Roe, Bob"]),
        ("author", "Christians in Crisis", ["{Christians in Crisis}"]),
        ("citation_author", "García Márquez, Gabriel José", ["García Márquez, Gabriel José"]),
        ("citation_authors", "Doe, Ann; Roe, Bob", ["Doe, Ann", "Roe, Bob"]),
        ("citation_author", "Doe, A., Roe, B. C.", ["Doe, A.", "Roe, B. C."]),
        ("DC.creator", "Ministry of Health, Chad", ["{Ministry of Health, Chad}"]),
    ],
)
def test_commas_and_semicolons_between_names(name: str, content: str, authors: list[str]) -> None:
    assert names(only(head((name, content)))) == authors


@pytest.mark.parametrize("field", ["citation_author", "DC.creator", "author"])
@pytest.mark.parametrize(
    ("content", "author"),
    [
        ("von der Leyen, Ursula", Name.of_parts("von der Leyen", "Ursula")),
        ("von Willebrand, E A", Name.of_parts("von Willebrand", "E A")),
        ("Von Neumann, John", Name(family="Von Neumann", given="John")),
        ("Par Lagerkvist", Name(family="Lagerkvist", given="Par")),
        ("Giscard d'Estaing, Valéry", Name(family="Giscard d'Estaing", given="Valéry")),
        ("Roe, A M, 2nd", Name(family="Roe", given="A M", suffix="2nd")),
        ("Roe, Poe & Doe LLP", Name(literal="Roe, Poe & Doe LLP")),
        (
            "Office of the Inspector for Fair Trade, Oslo",
            Name(literal="Office of the Inspector for Fair Trade, Oslo"),
        ),
    ],
)
def test_a_name_in_a_field_loses_no_particle_and_is_not_cut(
    field: str, content: str, author: Name
) -> None:
    assert only(head((field, content))).author == (author,)


def test_catalogues_have_no_bylines() -> None:
    for field in ("citation_author", "DC.creator"):
        assert names(only(head((field, "Trần, thị Hoa")))) == ["Trần, thị Hoa"]
        assert names(only(head((field, "Great Britain, Home Office"))))[0].startswith("{")
        assert names(only(head((field, "von Roe"))))[0] == "von Roe"
    assert names(only(head(("author", "von Ann Roe")))) == ["Roe, Ann"]
    assert names(only(head(("author", "Von Isa.Quist")))) == ["Isa.Quist"]


def test_an_organisation_is_never_split_into_a_person() -> None:
    script = json.dumps(
        {
            "@type": "Report",
            "name": "R",
            "author": [
                {"@type": "Organization", "name": "Free Roads"},
                {"@type": "NGO", "name": "Roads and Rails"},
            ],
        }
    )
    record = only(head(more=f'<script type="application/ld+json">{script}</script>'))
    assert record.author == (Name(literal="Free Roads"), Name(literal="Roads and Rails"))
    assert only(head(("citation_author", "World Bank"))).author == (Name(literal="World Bank"),)


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Border reopened | Daily Planet", "Border reopened"),
        ("Border reopened - The Daily Planet", "Border reopened"),
        ("Daily Planet: Border reopened", "Daily Planet: Border reopened"),
        ("Daily Planet – Border reopened", "Border reopened"),
        ("Poland - Border reopened", "Poland - Border reopened"),
        ("Why I read the Daily Planet", "Why I read the Daily Planet"),
        ("Inside the Daily Planet | Daily Planet", "Inside the Daily Planet"),
        ("Daily Planet", "Daily Planet"),
    ],
)
def test_the_name_of_the_site_is_cut_and_nothing_else(title: str, cut: str) -> None:
    assert only(head(("og:site_name", "Daily Planet"), title=title)).title == cut


def test_a_heading_shows_what_of_the_title_is_the_site() -> None:
    text = "<title>Border reopened - Nowhere Known</title><h1>Border reopened</h1>"
    assert only(text).title == "Border reopened"
    assert only("<title>Border reopened - Nowhere Known</title>").title == (
        "Border reopened - Nowhere Known"
    )


def test_the_day_on_which_the_page_was_printed_is_not_its_date() -> None:
    today = datetime.date.today().isoformat()
    printed = f"<title>T</title><article><time datetime='{today}'>Today</time></article>"
    assert only(printed).issued is None
    published = f"<title>T</title><time class='published' datetime='{today}'>Today</time>"
    assert str(only(published).issued) == today
    assert only(printed.replace(today, "2020-01-31")).issued == Date.of(2020, 1, 31)
    seen = printed.replace(today, "2020-01-31")
    assert only(seen, accessed="2020-01-31").issued is None


def test_dates_that_are_none_are_refused() -> None:
    record = only(head(("date", "0000-00-00"), ("pubdate", "soon"), ("DC.date", "1970-01-01")))
    assert record.issued is None
    library = read(head(("date", "01/02/2017")))
    assert [problem.code for problem in library.problems] == ["ambiguous-date"]
    assert str(only(head(("date", "01/02/2017")), day_first=True).issued) == "2017-02-01"


# Addresses, access, encodings


@pytest.mark.parametrize(
    ("canonical", "url", "wanted"),
    [
        ("https://a.example/x", None, "https://a.example/x"),
        ("/x", "https://a.example/y?z", "https://a.example/x"),
        ("//b.example/x", "https://a.example/y", "https://b.example/x"),
        ("/x", None, None),
        ("javascript:alert(1)", "https://a.example/y", "https://a.example/y"),
        ("file:///etc/passwd", "https://a.example/y", "https://a.example/y"),
        ("https://a.example/", "https://a.example/y", "https://a.example/y"),
        ("http://[bad", None, None),
        ("", "https://a.example/y", "https://a.example/y"),
    ],
)
def test_the_address_is_the_canonical_one(canonical: str, url: str | None, wanted: Any) -> None:
    text = head(more=f'<link rel="canonical" href="{canonical}">')
    assert only(text, url=url).url == wanted


def test_the_day_of_access_is_given_or_today_or_none() -> None:
    text = head()
    assert refcite.loads(text)[0].accessed == Date.today()
    assert refcite.loads(text, "html", accessed=None)[0].accessed is None
    assert refcite.loads(text, "html", accessed="2020-01-31")[0].accessed == Date.of(2020, 1, 31)
    day = datetime.date(2020, 1, 31)
    assert (
        read(text, accessed=day)[0].accessed
        == read(text, accessed=Date.of(2020, 1, 31))[0].accessed
    )
    with pytest.raises(FormatError, match="accessed must be a date"):
        read(text, accessed="yesterday")
    with pytest.raises(RecordTypeError, match="not int"):
        read(text, accessed=2020)  # type: ignore[arg-type]  # that is what is tested
    with pytest.raises(FormatError, match="url must be"):
        read(text, url="example.org")
    refworld = (PAGES / "refworld-old.html").read_text("utf-8")
    assert read(refworld)[0].accessed == Date.of(2019, 11, 1)
    assert read(refworld, accessed="2020-01-31")[0].accessed == Date.of(2020, 1, 31)


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("windows-1251", "windows-1251"),
        ("koi8-r", "KOI8-R"),
        ("cp1252", "iso-8859-1"),
        ("gb18030", "gb2312"),
        ("utf-8", "windows-1251"),
        ("iso2022_jp", "iso-2022-jp"),
    ],
)
def test_the_encoding_is_that_which_the_page_names_unless_it_is_utf_8(
    encoding: str, label: str
) -> None:
    title = {"cp1252": "Zoë – “x”", "gb18030": "水井", "iso2022_jp": "井戸"}.get(
        encoding, "Колодец"
    )
    text = f'<html><head><meta charset="{label}"><title>{title}</title></head></html>'
    library = refcite.loads(text.encode(encoding))
    assert library[0].title == title
    assert not library.problems


# Broken and hostile


def test_broken_json_ld_is_told_and_the_rest_is_read() -> None:
    library = read(
        "<!doctype html>\n<title>T</title>\n"
        '<script type="application/ld+json">\n{"@type": "NewsArticle", "headline": </script>'
        '<script type="application/ld+json">/*<![CDATA[*/ {"@type": "NewsArticle",'
        ' "headline": "Ann &amp; Bob", "datePublished": "2020-01-31",} /*]]>*/</script>',
        accessed=None,
    )
    assert (library[0].title, str(library[0].issued)) == ("Ann & Bob", "2020-01-31")
    (problem,) = (one for one in library.problems if one.code != "disagreement")
    assert (problem.code, str(problem.severity), problem.line) == ("invalid-json", "warning", 4)


def test_a_list_of_articles_is_not_any_one_of_them() -> None:
    items = [{"@type": "NewsArticle", "headline": f"Story {n}"} for n in range(8)]
    script = f'<script type="application/ld+json">{json.dumps(items)}</script>'
    record = only(head(title="All stories", more=script))
    assert record.title == "All stories"


def test_of_several_nodes_that_with_the_title_of_the_page_counts_before_that_with_its_address() -> (
    None
):
    address = "https://steppe.example/wells"
    nodes = [
        {"@type": "Article", "headline": "Teaser", "url": address, "author": "Bob Poe"},
        {"@type": "Article", "headline": "Wells of the steppe", "author": "Ann Roe"},
    ]
    for items in (nodes, nodes[::-1]):
        script = f'<script type="application/ld+json">{json.dumps(items)}</script>'
        record = only(head(title="Wells of the steppe", more=script), url=address)
        assert names(record) == ["Roe, Ann"]


def test_titles_with_scripts_and_markup() -> None:
    record = only(
        head(("og:title", "&lt;script&gt;alert(1)&lt;/script&gt;On &lt;em&gt;E. coli&lt;/em&gt;"))
    )
    assert record.title == "On <i>E. coli</i>"
    assert only("<title><b onclick=x>Wells</b></title>").title == "Wells"


def test_a_page_without_anything_is_not_recognised() -> None:
    for text in ("<html></html>", "<!doctype html>", "<html><body><p>Text"):
        library = refcite.loads(text, "html")
        assert [problem.code for problem in library.problems] == ["not-recognised"]


def bomb(depth: int) -> str:
    return '{"@type":"Article","isPartOf":' * depth + "1" + "}" * depth


HOSTILE = {
    "ten megabytes of text": "<title>T</title>" + "<p>Some text, and more of it.</p>" * 330_000,
    "one line of words": "<title>T</title>" + "word " * 2_000_000,
    "deeply nested": "<title>T</title>" + "<div class=author itemscope itemprop=a>" * 60_000,
    "many metas": "<title>T</title>" + "<meta name=citation_author content='Doe, Ann'>" * 100_000,
    "many times": "<title>T</title>" + "<time class=x>a</time><h1></h1>" * 100_000,
    "JSON-LD bomb": f"<title>T</title><script type=application/ld+json>{bomb(30_000)}</script>",
    "many scripts": "<title>T</title>"
    + f"<script type=application/ld+json>{bomb(50)}</script>" * 3_000,
    "long attributes": f"<title>T</title><meta name=author content='{'a, ' * 1_000_000}'>",
    "long title": f"<title>{'a - b | ' * 300_000}</title>",
    "angle brackets": "<title>T</title>" + "<" * 1_000_000,
    "comments": "<!--" * 300_000 + "<title>T</title>",
    "broken": "<!doctype html><title>T<h1><p></title></h1><meta content=x name><table><tr" * 3_000,
    "spaces in a script": "<title>T</title><script type=application/ld+json>{"
    + " " * 900_000
    + "}</script>",
    "template marks": f"<title>T</title><meta name=author content='{'{{' * 10_000}'>",
    "names and initials": f"<title>T</title><meta name=author content='{'A. B., ' * 3_000}'>",
    "control characters": "<title>T\x00\x01\ud800</title><meta name='author' content='\x00'>",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_end_without_a_traceback(text: str) -> None:
    tracemalloc.start()
    library = refcite.loads("<html>" + text, "html", accessed=None)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert library or library.problems
    assert peak < 500_000_000


@given(st.text(st.sampled_from("<>/\"'= abcdtimehlrscpo&;:-@{}[]|,0129\n"), max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    read(f"<title>T</title>{text}", accessed=None)
    read(text, accessed=None)


# What only readers see


def article(
    body: str, *, lang: str = "en", title: str = "A border opens", url: str = ""
) -> Library:
    text = f'<html lang="{lang}"><title>{title}</title><body><h1>{title}</h1>{body}</body></html>'
    return read(text, accessed=None, url=url or None)


@pytest.mark.parametrize(
    ("lang", "line", "day"),
    [
        ("de", "<p class=meta>Veröffentlicht am 5. Mai 2019, 10:30 Uhr</p>", "2019-05-05"),
        ("fr", "<div>Publié le 1er mai 2019</div>", "2019-05-01"),
        ("es", "<span class=fecha>5 de mayo de 2019</span>", "2019-05-05"),
        ("it", "<p>Pubblicato il 5 maggio 2019</p>", "2019-05-05"),
        ("ru", "<p>Опубликовано 5 мая 2019 г.</p>", "2019-05-05"),
        ("pl", "<div class=post-date>5 września 2019</div>", "2019-09-05"),
        ("ja", "<span>公開 2019年5月8日</span>", "2019-05-08"),
        ("th", "<p>เผยแพร่เมื่อ 8 พ.ค. 2562</p>", "2019-05-08"),
        ("hi", "<span class=date>8 सितंबर 2019</span>", "2019-09-08"),
        ("km", "<span class=date>ថ្ងៃទី៨ ខែឧសភា ឆ្នាំ២០១៩</span>", "2019-05-08"),
        ("vi", "<span class=date>Thứ Tư, ngày 08 tháng 5 năm 2019</span>", "2019-05-08"),
        ("mn", "<span class=date>2019 оны 5-р сарын 8</span>", "2019-05-08"),
        ("de", "<div class=datum>05.06.19</div>", "2019-06-05"),
        ("en-US", "<span class=date>05/06/2019</span>", "2019-05-06"),
        ("en-GB", "<span class=date>05/06/2019</span>", "2019-06-05"),
        ("en", "<dl><dt>Date</dt><dd>5 June 2019</dd></dl>", "2019-06-05"),
        (
            "en",
            "<abbr class=published title=2019-06-05T10:00:00+0200>Wednesday</abbr>",
            "2019-06-05",
        ),
        ("en", "<time datetime=2019-07-03T10:18:46Z>Published 29 June 2019</time>", "2019-06-29"),
    ],
)
def test_the_date_that_a_page_shows_is_read_and_told_as_a_guess(
    lang: str, line: str, day: str
) -> None:
    library = article(f"{line}<p>The gate was unlocked.</p>", lang=lang)
    assert str(library[0].issued) == day
    told = [problem.code for problem in library.problems]
    assert told == ([] if "class=published" in line else ["guessed-from-page"])


@pytest.mark.parametrize(
    "line",
    [
        "<p>Last updated on 5 May 2019</p>",
        "<p>Cập nhật ngày 8 tháng 5 năm 2019</p>",
        "<div class=comments><p>Bob, 5 May 2019: nice</p></div>",
        "<aside class=related><span class=date>5 May 2019</span> Another story</aside>",
        "<span class=date>05/06/2019</span>",
        "<p>"
        + "The war was long, and those who fled told of it for many years. " * 3
        + "On 5 May 2019 it ended.</p>",
        "<p>In 2019 much has happened, 31.02.2019 not.</p>",
    ],
)
def test_a_date_that_is_not_that_of_publication_is_left(line: str) -> None:
    assert article(line)[0].issued is None


def test_of_several_dates_that_beside_the_heading_counts_and_metadata_before_all() -> None:
    body = "<p class=date>5 May 2019</p><p>Text</p><ul class=teasers><li>7 June 2020</li></ul>"
    assert str(article(body)[0].issued) == "2019-05-05"
    meta = f'<meta name="pubdate" content="2019-05-04"><h1>T</h1>{body}'
    library = read(f"<title>T</title>{meta}", accessed=None)
    assert str(library[0].issued) == "2019-05-04"
    assert not library.problems


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://a.example/2019/05/04/border", "2019-05-04"),
        ("https://a.example/press/20190504_border.html", "2019-05-04"),
        ("https://a.example/press/04-05-2019-border", "2019-05-04"),
        ("https://a.example/2019/05/border", None),
        ("https://a.example/2019/13/44/border", None),
        ("https://a.example/id/20190599", None),
    ],
)
def test_the_date_in_the_address_is_the_last_resort(address: str, day: str | None) -> None:
    library = article("<p>Text</p>", url=address)
    assert (library[0].issued and str(library[0].issued)) == day
    assert [problem.code for problem in library.problems] == ["guessed-from-page"] * bool(day)


def test_a_time_stamp_in_utc_is_turned_to_the_day_that_the_page_has() -> None:
    stamp = '<meta property="article:published_time" content="2022-05-04T00:53:29Z">'
    shown = "<h1>A border</h1><span class=date>3 de mayo de 2022</span>"
    page = f'<html lang="es"><title>A border</title>{stamp}{{}}</html>'
    assert str(only(page.format(shown)).issued) == "2022-05-03"
    assert (
        str(only(page.format("<h1>A border</h1><p>1 de mayo de 2022</p>")).issued) == "2022-05-04"
    )
    local = json.dumps({"@type": "Report", "datePublished": "2022-05-03T21:53:29-03:00"})
    script = f'<script type="application/ld+json">{local}</script>'
    library = read(page.format(script), accessed=None)
    assert (str(library[0].issued), library.problems) == ("2022-05-03", [])


def test_a_year_gives_way_to_a_day_in_it() -> None:
    metas = (("citation_title", "Wells"), ("citation_publication_date", "2020/01/01"))
    assert str(only(head(*metas, ("citation_online_date", "2020/04/15"))).issued) == "2020-04-15"
    assert str(only(head(*metas, ("citation_online_date", "2019/04/15"))).issued) == "2020-01-01"
    assert str(only(head(*metas, ("DC.date", "2020-04-15"))).issued) == "2020-04-15"
    assert str(only(head(*metas, ("DC.date", "2019-04-15"))).issued) == "2020-01-01"
    seen = "<h1>Wells</h1><p>Published: 15 April 2020</p>"
    assert str(only(head(*metas, title="Wells", more=seen)).issued) == "2020-04-15"


def test_names_of_metas_that_no_vocabulary_has() -> None:
    for name in ("vr:published_time", "sw-pubdate", "article:publish_date", "DateCreated"):
        assert str(only(head((name, "2019-05-04"))).issued) == "2019-05-04", name
    assert only(head(("article:modified_time", "2019-05-04"))).issued is None


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Ann Roe and Bob Poe", ["Roe, Ann", "Poe, Bob"]),
        ("Ann Roe und Bob Poe", ["Roe, Ann", "Poe, Bob"]),
        ("Ann Roe, Reuters", ["Roe, Ann", "{Reuters}"]),
        ("T. Hansen, Ed.", ["Hansen, T."]),
        ("By Ann Roe (BBC News)", ["Roe, Ann", "{BBC News}"]),
        ("Roe, Ann (a@b.org)", ["Roe, Ann"]),
        ("dpa/lno", ["{dpa/lno}"]),
        ("View all posts by Ann Roe", ["Roe, Ann"]),
        ("Zeige alle Beiträge von Ann Roe", ["Roe, Ann"]),
        ("Dezember 10, 2019 · von Ann Roe", ["Roe, Ann"]),
        ("Veröffentlicht vonAnn Roe", ["Roe, Ann"]),
        ("Text: Ann Roe, Fotos: Bob Poe", ["Roe, Ann"]),
        ("Publié par Ann Roe le 3 mai 2019", ["Roe, Ann"]),
        ("Veröffentlicht am", []),
        ("CC BY 3.0", []),
        ("9 articles", []),
        (".player{width:100%} $(document).ready(function(){x=1})", []),
    ],
)
def test_people_and_organisations_of_a_byline(text: str, authors: list[str]) -> None:
    assert names(only(f'<title>T</title><p class="byline">{text}</p>')) == authors
    assert names(only(head(("author", text)))) == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<p>By</p><p><a href=/team/ann>Ann Roe</a></p>", ["Roe, Ann"]),
        ("<div>Von <a href=/x>Ann Roe</a> am 5. Mai 2019</div>", ["Roe, Ann"]),
        ("<p>Posted on May 5, 2019 by Ann Roe</p>", ["Roe, Ann"]),
        ("<p>Hamburg (dpa/lno) – The gate was unlocked today.</p>", ["{dpa/lno}"]),
        ("<p>Text</p><footer>© 2012 Anna Roe. All rights reserved</footer>", ["Roe, Anna"]),
        ("<p>Foto: Ann Roe</p>", []),
        ("<p>By the river they sat down.</p>", []),
        ("<div class=comments><p>By Ann Roe</p></div>", []),
        ("<figcaption>© 2012 Anna Roe</figcaption>", []),
    ],
)
def test_the_authors_that_a_page_shows_near_its_heading(line: str, authors: list[str]) -> None:
    library = article(line)
    assert names(library[0]) == authors
    assert [one.code for one in library.problems if "author" in one.message] == (
        ["guessed-from-page"] * bool(authors)
    )


def test_the_name_of_an_account_gives_way_to_that_of_a_person() -> None:
    script = (
        '<script type="application/ld+json">{"@type":"Article","author":{"name":"aroe"}}</script>'
    )
    assert names(only(head(more=script))) == ["aroe"]
    assert names(only(head(("author", "Ann Roe"), more=script))) == ["Roe, Ann"]


@pytest.mark.parametrize(
    ("title", "heading", "wanted"),
    [
        ("Border open, says Roe", "The border is open, says Ann Roe", None),
        ("Border reopened | Steppe Notes", "Steppe Notes", "Border reopened"),
        ("Border reopened : Steppe Notes | Since 2005", "Steppe Notes", "Border reopened"),
        ("08.11.2021 | The border is open", "The border is open", None),
        ("The border is open", "World news The border is open", "The border is open"),
    ],
)
def test_the_heading_is_the_title_unless_it_is_the_sites(
    title: str, heading: str, wanted: str | None
) -> None:
    assert only(f"<title>{title}</title><h1>{heading}</h1>").title == (wanted or heading)


COINS = (
    '<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3A'
    'mtx%3Ajournal&amp;rft.genre=article&amp;rft.atitle=Border+open,+says+Roe"></span>'
)


@pytest.mark.parametrize(
    ("data", "counts"),
    [
        ('<meta name="citation_title" content="Border open, says Roe">', True),
        ('<meta name="eprints.title" content="Border open, says Roe">', True),
        (COINS, True),
        ('<meta name="DC.title" content="Border open, says Roe">', False),
        ('<meta property="og:title" content="Border open, says Roe">', False),
    ],
    ids=["Highwire", "EPrints", "COinS", "Dublin Core", "OpenGraph"],
)
def test_a_title_that_is_for_citations_does_not_give_way_to_the_heading(
    data: str, counts: bool
) -> None:
    heading = "The border is open, says Ann Roe"
    record = only(f"<title>Border open, says Roe</title>{data}<h1>{heading}</h1>")
    assert record.title == ("Border open, says Roe" if counts else heading)


def test_a_section_is_cut_from_the_title_and_the_sites_name_where_the_host_has_it() -> None:
    text = head(("article:section", "World"), title="Border open - World - Steppe Notes online")
    assert only(text, url="https://www.steppenotes.example/a").title == "Border open"


def test_contributors_that_repeat_the_authors_are_left_out() -> None:
    metas = [("citation_title", "Wells"), ("citation_author", "Roe, Ann")]
    record = only(head(*metas, ("citation_editor", "Roe, A."), ("DC.contributor", "Ann Roe")))
    assert (names(record), record.editor, record.contributor) == (["Roe, Ann"], (), ())
    assert only(head(*metas, ("citation_editor", "Poe, Bob"))).editor == (Name.parse("Poe, Bob"),)


def test_a_document_of_ecoi_has_its_number_for_an_id() -> None:
    assert page("ecoi")[0].id == "ecoi-2044999"
