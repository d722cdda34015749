"""Pages in every shape that captures give them; all of them written for these tests."""

from __future__ import annotations

from typing import Any

import pytest

from refcite import Date, Library, Name, Record
from refcite.formats.refworld import read
from tests.shared import ROOT

URL = "https://www.refworld.org/docid/5b7bcc75a.html"
STRING = (
    "Freedom House, Country Reports, with a comma, 1 August 2018, FH/18,"
    f" available at: {URL} [accessed 1 November 2019]"
)
BROKEN = STRING.replace(", with", ",\nwith")
DISCLAIMER = "This is not a UNHCR publication."


def only(text: str, **options: Any) -> Record:
    (record,) = read(text, **options)
    return record


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.problems]


SHAPES = {
    "label and value on a line": f"""
Last Updated: Monday, 05 June 2023, 10:55 GMT

Country Reports, with a comma

Publisher Freedom House
Author Ann Doe
Publication Date 1 August 2018
Country Chad
Topics Statelessness | Right to a nationality
Citation / Document Symbol FH/18
Cite as {STRING}
Disclaimer{DISCLAIMER}

Author of the body is nobody. Country music is played.
Cite as you like, 5 May 2004.
""",
    "rows of a table": f"""
Country Reports, with a comma
Publisher | Freedom House |
Author | Ann Doe |
Publication Date | 1 August 2018 |
Country | Chad |
Topics | Statelessness | Right to a nationality |
Citation / Document Symbol | FH/18 |
Cite as | {STRING} |
Disclaimer | {DISCLAIMER} |
Text.
""",
    "one label a line": f"""
Country Reports, with a comma

Publisher

Freedom House

Author

Ann Doe

Country

Chad

Publication Date

1 August 2018

Topics

Statelessness | Right to a nationality

Citation / Document FH/18

Symbol

Cite as

{BROKEN}

Disclaimer

{DISCLAIMER}
""",
    "colons": f"""
Title: Country Reports, with a comma
Publisher: Freedom House
Author: Ann Doe
Publication Date: 1 August 2018
Country: Chad
Topics: Statelessness | Right to a nationality
Citation / Document Symbol: FH/18
Cite as: {STRING}
Disclaimer: {DISCLAIMER}
""",
    "labels glued to their text": f"""
Country Reports, with a comma
PublisherFreedom House
AuthorAnn Doe
Publication Date1 August 2018
CountryChad
TopicsStatelessness | Right to a nationality
Citation / Document SymbolFH/18
Cite as{STRING}
Disclaimer{DISCLAIMER}
""",
    "Markdown": f"""
# Country Reports, with a comma

| Publisher | Freedom House |
|---|---|
| Author | Ann Doe |
| Publication Date | 1 August 2018 |
| Country | Chad |
| Topics | Statelessness | Right to a nationality |
| Citation / Document Symbol | FH/18 |
| Cite as | {STRING} |
""",
    "all on one line": (
        "Last Updated: Monday, 05 June 2023, 10:55 GMT Country Reports, with a comma"
        " Publisher Freedom House Author Ann Doe Publication Date 1 August 2018 Country Chad"
        " Topics Statelessness | Right to a nationality Citation / Document Symbol FH/18"
        f" Cite as {STRING} Disclaimer{DISCLAIMER} And then the body follows."
    ),
    "HTML table": f"""
<!DOCTYPE html><html><head><title>x</title><script>var a = "Publisher | X |";</script></head>
<body><table><tr><td><h1>Country Reports, with&nbsp;a comma</h1>
<table>
<tr><td><b>Publisher</b></td><td><a href="/p">Freedom House</a></td></tr>
<tr><th>Author</th><td>Ann<br>Doe</td></tr>
<tr><th>Publication Date</th><td>1 August 2018</td></tr>
<tr><th>Country</th><td>Chad</td></tr>
<tr><th>Topics</th><td>Statelessness | Right to a nationality</td></tr>
<tr><th>Citation / Document Symbol</th><td>FH/18</td></tr>
<tr><th>Cite as</th><td>{STRING}</td></tr>
</table></td><td>Navigation</td></tr></table></body></html>
""",
    "HTML definition list": f"""
<h1>Country Reports, with a comma</h1><dl><dt>Publisher</dt><dd>Freedom House</dd>
<dt>Author</dt><dd>Ann Doe</dd><dt>Publication Date</dt><dd>1 August 2018</dd>
<dt>Country</dt><dd>Chad</dd><dt>Topics</dt><dd>Statelessness | Right to a nationality</dd>
<dt>Citation / Document Symbol</dt><dd>FH/18</dd><dt>Cite as</dt>
<dd>{STRING.replace(URL, f'<a href="{URL}"></a>')}</dd></dl>
""",
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_a_block_in_any_shape(text: str) -> None:
    library = read(text)
    assert codes(library) == []
    (record,) = library
    assert record == Record(
        id="refworld-5b7bcc75a",
        type="report",
        title="Country Reports, with a comma",
        author=(Name(family="Doe", given="Ann"),),
        publisher="Freedom House",
        number="FH/18",
        issued=Date.of(2018, 8, 1),
        accessed=Date.of(2019, 11, 1),
        url=URL,
        jurisdiction="Chad",
        keyword="Statelessness; Right to a nationality",
    )
    assert record.cite_as() == STRING


@pytest.mark.parametrize("name", ["refworld-page.txt", "refworld-page.html"])
def test_the_example_pages(name: str) -> None:
    library = read((ROOT / "examples" / name).read_text(encoding="utf-8"))
    assert codes(library) == []
    assert [record.cite_as() for record in library] == [
        "Radio Free Europe/Radio Liberty, Russia, Turkey conduct first joint air strikes against"
        " IS in Syria, 18 January 2017, available at:"
        " https://www.refworld.org/docid/5975a46610.html [accessed 6 June 2023]"
    ]


def test_an_unknown_publisher_is_certain_when_the_page_names_it() -> None:
    library = read(
        "A Title\n\nPublisher Institute of This, That and More\nPublication Date 5 May 2004\n"
        f"Cite as Institute of This, That and More, A Title, 5 May 2004, available at: {URL}"
        " [accessed 6 June 2023]\n"
    )
    assert library[0].publisher == "Institute of This, That and More"
    assert library[0].title == "A Title"
    assert codes(library) == ["guessed-type"]


def test_an_organisation_in_the_author_field_is_not_split() -> None:
    author = "Research Unit, Ministry of Justice, Chad"
    record = only(f"T\n\nPublisher Freedom House\nAuthor {author}\nCite as {STRING}")
    assert record.author == (Name(literal=author),)
    assert record.publisher == "Freedom House"


def test_a_law_takes_its_country_from_the_string() -> None:
    record = only(
        "Title | Chad: Law |\nPublisher | National Legislative Bodies / National Authorities |\n"
        "Publication Date | 5 May 2004 |\nCountry | Chad |\n"
        f"Cite as | Chad: Law [Chad],  5 May 2004, available at: {URL} [accessed 6 June 2023] |\n"
        "Comments | Amended in 2005. |\n"
    )
    assert record.type == "legislation"
    assert record.jurisdiction == "Chad"
    assert record.publisher == "National Legislative Bodies / National Authorities"
    assert record.authority is None
    assert record.extra == {"comments": "Amended in 2005."}
    assert record.cite_as().startswith("Chad: Law [Chad], 5 May 2004, available at:")


def test_a_block_without_a_string_gives_no_day_of_access() -> None:
    record = only(
        "Last Updated: Monday, 05 June 2023, 10:55 GMT\n\nA Title\n\n"
        "Publisher Freedom House\nPublication Date 5 May 2004\nCitation / Document Symbol FH/1\n"
        f"Disclaimer{DISCLAIMER}\n"
    )
    assert record.cite_as() == "Freedom House, A Title, 5 May 2004, FH/1"
    assert record.accessed is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"Country Reports, with a comma\n": "Reports\n"}, ["title"]),
        ({"Date 1 August": "Date 2 August", "FH/18\nC": "FH/19\nC"}, ["date", "symbol"]),
        ({"Date 1 August 2018": "Date August 2018"}, []),
        ({"Publisher Freedom House": "Publisher UNHCR"}, ["publisher"]),
        # A capture loses hyphens, and breaks titles into paragraphs.
        ({"Country Reports, ": "Country Reports,\n\n"}, []),
        ({"Country Reports, with a": "Country Reports - with a"}, []),
    ],
)
def test_where_a_page_disagrees_with_its_own_string(
    changes: dict[str, str], said: list[str]
) -> None:
    text = SHAPES["label and value on a line"]
    for old, new in changes.items():
        text = text.replace(old, new, 1)
    library = read(text)
    assert codes(library) == ["disagreement"] * len(said)
    assert [problem.message.split()[1] for problem in library.problems] == said
    # The string is followed.
    assert library[0].cite_as() == STRING


def test_a_date_that_only_the_block_has_is_taken() -> None:
    text = SHAPES["label and value on a line"].replace(", 1 August 2018, FH/18,", ",")
    library = read(text)
    assert codes(library) == []
    assert library[0].issued == Date.of(2018, 8, 1)


SERIES = "United Nations, Treaty Series, vol. 1577, p. 3"


@pytest.mark.parametrize(
    ("symbol", "number", "extra"),
    [
        ("", SERIES, {}),
        ("Citation / Document Symbol A/RES/44/25\n", "A/RES/44/25", {"reference": SERIES}),
    ],
)
def test_a_treaty_whose_series_stands_as_reference(
    symbol: str, number: str, extra: dict[str, str]
) -> None:
    record = only(
        "Convention on Things\n\nPublisher UN General Assembly\n"
        f"Publication Date 20 November 1989\n{symbol}Reference {SERIES}\n"
    )
    assert (record.type, record.number, record.extra) == ("treaty", number, extra)
    assert record.cite_as() == (
        f"UN General Assembly, Convention on Things, 20 November 1989, {number}"
    )


@pytest.mark.parametrize("menu", ["Home", "Home\nSearch", "Home > Legal > Case Law", "# Menu"])
def test_the_menu_above_a_title_is_no_part_of_it(menu: str) -> None:
    head = f"{menu}\nA Title\n- Author: Office of Things\n- Document source:\nDate: 28 April 2006\n"
    assert only(head).title == "A Title"


def test_a_page_of_the_new_site() -> None:
    head = "A Title\n- Author: Office of Things\n- Document source:\n-\nDate:\n28 April 2006\nBody"
    record = only(head)
    assert record.title == "A Title"
    assert record.author == (Name(literal="Office of Things"),)
    assert record.issued == Date.of(2006, 4, 28)
    assert record.publisher is None


def test_a_known_source_of_the_new_site_is_the_publisher() -> None:
    record = only("Title of it\n- Author: Ann Doe\n- Document source: UNHCR\n- Date: May 2006\n")
    assert record.title == "Title of it"
    assert record.publisher == "UNHCR"
    assert record.author == (Name(family="Doe", given="Ann"),)


def test_a_page_of_the_new_site_as_html_knows_its_address() -> None:
    url = "https://www.refworld.org/reference/annualreport/usdos/2006/en/44916"
    record = only(
        f'<html><head><link rel="canonical" href="{url}"></head><body><nav>Home</nav>'
        "<h1>A Title</h1><div>Share</div><ul><li>Author: Office of Things</li>"
        "<li>Document source:</li><li>Date: <span>28 April 2006</span></li></ul></body></html>"
    )
    assert record.id == "refworld-44916"
    assert record.url == url
    assert record.title == "A Title"
    assert record.publisher == "United States Department of State"
    assert record.type == "report"


def test_on_the_new_site_a_court_is_no_author() -> None:
    record = only(
        '"ABC" v. Secretary of State\n- Author: Court of Appeal (Civil Division)\n'
        "- Document source:\n-\nDate:\n23 March 1988\n"
    )
    assert record.type == "legal_case"
    assert record.author == ()
    assert record.authority == "Court of Appeal (Civil Division)"


PRESS_REVIEW = """
A first story

Publisher: The Daily
Author: By Ann Doe, East Africa Correspondent
Story date: 02/10/2016
Language: English

Text.

A second story

Publisher: Reuters
Story date: 25/10/2016
Language: French

Text.
"""


def test_the_press_review_has_several_stories() -> None:
    library = read(PRESS_REVIEW)
    first, second = library
    assert first.type == second.type == "article-newspaper"
    assert first.container_title == "The Daily"
    assert first.author == (Name(family="Doe", given="Ann"),)
    assert second.author == ()
    assert (second.title, second.language) == ("A second story", "fr")
    assert second.issued == Date.of(2016, 10, 25)
    assert codes(library) == ["ambiguous-date"]


def test_a_date_with_two_readings_is_settled_by_the_caller() -> None:
    assert read(PRESS_REVIEW, day_first=True)[0].issued == Date.of(2016, 10, 2)
    assert read(PRESS_REVIEW, day_first=False)[0].issued == Date.of(2016, 2, 10)


RESULTS = """
Last Updated: Friday, 01 November 2019, 13:47 GMT

Chad: Supreme Court

Selected filters: Chad
Filter:
Showing 1-3 of 3 results
A. v. B

What the case is about.

7 July 2022 | Judicial Body: Chad: Supreme Court | Topic(s): One - Two | Countries: Chad - Mali

-

6 July 2022 | Judicial Body: Chad: Supreme Court

Law on Things

5 July 2022 | Publisher: National Legislative Bodies | Document type: National Legislation
"""


def test_a_list_of_results() -> None:
    library = read(RESULTS)
    case, law = library
    assert (case.type, case.title) == ("legal_case", "A. v. B")
    assert case.authority == "Chad: Supreme Court"
    assert case.keyword == "One; Two"
    assert case.extra == {"countries": "Chad - Mali"}
    assert (law.type, law.title, law.authority) == ("legislation", "Law on Things", None)
    assert law.issued == Date.of(2022, 7, 5)
    assert codes(library) == ["no-title"]


def test_a_head_with_its_symbol_in_brackets() -> None:
    record = only(
        "Chad: A question [asked twice], and more [TCD123456.E]\n\n"
        "Research Directorate, Immigration and Refugee Board of Canada\n\n1. Overview\n"
    )
    assert record.title == "Chad: A question [asked twice], and more"
    assert record.number == "TCD123456.E"
    assert record.author[0].literal == (
        "Research Directorate, Immigration and Refugee Board of Canada"
    )
    assert record.genre == "Response to Information Request"
    assert record.issued is None
    assert record.publisher is None


def test_a_head_with_notices_only() -> None:
    library = read(f"Law on Things\n\nComments:\nAdopted in 2002.\nDisclaimer:\n\n{DISCLAIMER}")
    assert library[0].title == "Law on Things"
    assert library[0].type == "legislation"
    assert library[0].issued is None
    assert library[0].extra == {"comments": "Adopted in 2002."}
    assert codes(library) == ["guessed-type"]


def test_footnotes_in_the_body_are_not_records() -> None:
    assert len(read(f"{SHAPES['colons']}\n1. {STRING.replace('75a', '75b')}\n")) == 1


def test_two_pages_in_one_text() -> None:
    other = SHAPES["colons"].replace("75a", "75b").replace("Country Reports", "Other Reports")
    library = read(SHAPES["rows of a table"] + other)
    assert library.ids == ("refworld-5b7bcc75a", "refworld-5b7bcc75b")
    assert library[1].title == "Other Reports, with a comma"


@pytest.mark.parametrize(
    "text",
    [
        "Publisher word, 2004, " * 100_000,
        "Cite as " + "[accessed (http://" * 100_000,
        "Cite as nothing, at all\n" * 20_000,
        "Publisher X\n" * 20_000,
        "Some prose, with commas, as texts have 1 time.\n" * 20_000,
        "[accessed ]Cite asChad: " * 20_000,
        "See, http://www.refworld.org, 2004\n" * 5_000,
        "<div>" * 50_000,
        "<table><tr><td>a</td><td>" * 5_000,
        "<p>" + "x, " * 500_000,
    ],
    ids=lambda text: text[:20],
)
def test_hostile_input_is_not_recognised(text: str) -> None:
    # How the time grows with the text, benchmarks/hostile.py measures.
    assert codes(read(text)) == ["not-recognised"]
