"""BibTeX and biblatex: what is read, what is written, and that one is the other's inverse."""

from __future__ import annotations

import datetime

import pytest

from refcite.dates import Date
from refcite.formats import csl_json, ris
from refcite.formats.bibtex import read, write
from refcite.names import Name
from refcite.problems import FormatError, Severity
from refcite.record import Record
from tests.formats.strategies import unprotected


def entry(fields: str, type_: str = "article") -> Record:
    return read(f"@{type_}{{k, {fields}}}")[0]


# Types and fields


def test_an_article_is_read_into_csl_variables() -> None:
    record = read(
        r"""
        @Article{erdos,
          Author  = {Erd{\H o}s, P. and van der Waerden, B. L. and {Bourbaki Group} and others},
          title   = {On {DNA} --- a \emph{survey}},
          journal = "Acta " # {Mathematica},
          volume  = 12, number = {3}, pages = {1--10},
          year    = 1950, month = mar,
          doi     = {https://doi.org/10.1000/a\_b},
          url     = {http://example.org/a_b%20c?x=1&y=2~z},
          langid  = {british},
          custom  = {kept {as} it is},
        }"""
    )["erdos"]
    assert record.type == "article-journal"
    assert record.author == (
        Name(family="Erdős", given="P."),
        Name(family="Waerden", given="B. L.", non_dropping_particle="van der"),
        Name(literal="Bourbaki Group"),
    )
    assert record.et_al == {"author"}
    assert record.title == 'On <span class="nocase">DNA</span> — a <i>survey</i>'
    assert record.container_title == "Acta Mathematica"
    assert (record.volume, record.issue, record.page) == ("12", "3", "1-10")
    assert record.issued == Date.of(1950, 3)
    assert record.doi == "10.1000/a_b"
    assert record.url == "http://example.org/a_b%20c?x=1&y=2~z"
    assert record.language == "en-GB"
    assert record.extra == {"custom": "kept {as} it is"}


@pytest.mark.parametrize(
    ("type_", "field", "attribute"),
    [
        ("article", "number", "issue"),
        ("techreport", "number", "number"),
        ("book", "number", "collection_number"),
        ("article", "journaltitle", "container_title"),
        ("incollection", "booktitle", "container_title"),
        ("phdthesis", "school", "publisher"),
        ("report", "institution", "publisher"),
        ("online", "organization", "publisher"),
        ("misc", "howpublished", "publisher"),
        ("book", "address", "publisher_place"),
        ("patent", "location", "jurisdiction"),
        ("book", "series", "collection_title"),
        ("book", "collection-editor", "collection_editor"),
        ("book", "reviewed-title", "reviewed_title"),
        ("book", "csl-number", "number"),
    ],
)
def test_a_field_means_what_its_type_says(type_: str, field: str, attribute: str) -> None:
    value = getattr(entry(f"{field} = {{Any}}", type_), attribute)
    assert value in ("Any", (Name(family="Any"),))


def test_kinds_are_written_as_the_bibstrings_of_biblatex() -> None:
    record = entry("type = {techreport}, pubstate = {inpress}, title = {T}", "report")
    assert (record.genre, record.status) == ("technical report", "in press")
    written = write([record], dialect="biblatex", compact=True)
    assert "type = {techreport}" in written
    assert "pubstate = {inpress}" in written
    assert read(written)[0] == record
    assert "{technical report}" in write([record], dialect="bibtex")


def test_an_unknown_entry_type_is_kept_and_reported() -> None:
    library = read("@unknownthing{k, title = {T}}")
    assert library[0].type == "document"
    assert library[0].extra == {"type": "unknownthing"}
    assert [problem.code for problem in library.problems] == ["unknown-entry-type"]
    assert write(library).startswith("@unknownthing{k,")


def test_an_entry_type_with_the_name_of_a_csl_type_is_read_as_that_type() -> None:
    library = read("@Treaty{a, title = {Peace}}\n@legal_case{b, title = {Roe v Poe}, court = {HC}}")
    assert [record.type for record in library] == ["treaty", "legal_case"]
    assert library[1].authority == "HC"
    assert library.problems == []
    assert write(library).startswith("@Treaty{a,")
    fresh = [record.replace(title="Other") for record in library]
    assert [record.type for record in read(write(fresh, dialect="biblatex"))] == [
        "treaty",
        "legal_case",
    ]


def test_titles_in_parts_are_joined_and_taken_apart_again() -> None:
    fields = "title = {Why?}, subtitle = {An Essay}, titleaddon = {With Notes}, maintitle = {Works}"
    record = entry(fields, "book")
    assert record.title == "Works"
    assert record.volume_title == "Why? An Essay. With Notes"
    written = write([record], dialect="biblatex")
    assert "= {Why?}" in written
    assert "refcite" not in written
    assert read(written)[0] == record


@pytest.mark.parametrize(
    ("container", "subtitle"),
    [("journal", "journal"), ("journaltitle", "journal"), ("booktitle", "book")],
)
def test_the_subtitle_of_a_container_is_joined_to_its_title(container: str, subtitle: str) -> None:
    type_ = "article" if subtitle == "journal" else "incollection"
    record = entry(f"{container} = {{Tides}}, {subtitle}subtitle = {{An Annual}}", type_)
    assert record.container_title == "Tides: An Annual"


def test_a_whole_issue_has_its_own_title_in_that_of_the_periodical() -> None:
    record = entry("title = {Graphics}, issuetitle = {3D}, issuesubtitle = {New}", "periodical")
    assert (record.title, record.container_title) == ("3D: New", "Graphics")
    assert entry("title = {Graphics}", "periodical").title == "Graphics"


def test_an_issue_with_a_name_is_joined_to_its_number() -> None:
    record = entry("number = 4, issue = {Spring}")
    assert record.issue == "4, Spring"
    written = write([record], dialect="biblatex")
    assert "number = {4}," in written
    assert read(written)[0] == record


def test_a_short_title_of_a_volume_is_not_one_of_the_whole() -> None:
    record = entry("title = {The Volume}, shorttitle = {Volume}, maintitle = {Works}", "book")
    assert (record.title_short, record.extra["shorttitle"]) == (None, "Volume")
    assert read(write([record], dialect="biblatex"))[0] == record


# Names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("van der Berg, Jan", Name(family="Berg", given="Jan", non_dropping_particle="van der")),
        ("Jan van der Berg", Name(family="Berg", given="Jan", non_dropping_particle="van der")),
        ("King, Jr., Martin", Name(family="King", given="Martin", suffix="Jr.")),
        (r"{\'E}mile Zola", Name(family="Zola", given="Émile")),
        (r"{\O}yvind {\AA}s", Name(family="Ås", given="Øyvind")),
        ("Jean {de La} Fontaine", Name(family="Fontaine", given="Jean de La")),
        ("{van den Berg}, Jan", Name(family="van den Berg", given="Jan")),
        ("{Barnes and Noble}", Name(literal="Barnes and Noble")),
        ("Donald~E. Knuth", Name(family="Knuth", given="Donald E.")),
        (
            "family=Simpson, given={Homer, J}, prefix=von, useprefix=false",
            Name(family="Simpson", given="Homer, J", dropping_particle="von"),
        ),
        ("Aristotle", Name(family="Aristotle")),
        (r"\L ukasz \'Swi\k{e}cki", Name(family="Święcki", given="Łukasz")),
    ],
)
def test_names_are_split_before_latex_is_read(text: str, name: Name) -> None:
    record = entry(f"author = {{{text} and others}}")
    assert record.author == (name,)
    assert record.et_al == {"author"}
    assert read(write([record]))[0] == record


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("A and and B", ["A", "B"]),
        (r"Smith, J. \& Doe, K.", ["Smith"]),
        ("Smith, J. and et al.", ["Smith"]),
        ("Smith, J. and others,", ["Smith"]),
        ("others and Smith, J.", [None, "Smith"]),
        ("family=Rousse, given=Jean, given-i={J}, prefix=de la, prefix-i=d", ["Rousse"]),
    ],
)
def test_what_is_doubtful_about_a_name_is_reported(text: str, families: list[str | None]) -> None:
    library = read(f"@book{{k, author = {{{text}}}}}")
    assert [name.family for name in library[0].author] == families
    assert {problem.code for problem in library.problems} <= {"bad-name", "typed-et-al"}
    assert library.problems


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Smith, J. & Doe, K.", ["Smith, J.", "Doe, K."]),
        ("Smith, J.; Doe, K.", ["Smith, J.", "Doe, K."]),
        ("Smith J, Jones B and Lee, C.", ["Smith, J", "Jones, B", "Lee, C."]),
        ("Roe A.B.", ["Roe, A.B."]),
        ("University of Poeville, Roe", ["{University of Poeville, Roe}"]),
        ("Roe, Poe, Doe, Loe", ["{Roe, Poe, Doe, Loe}"]),
    ],
)
def test_what_no_and_parts_is_read_by_its_shape_and_reported(text: str, names: list[str]) -> None:
    library = read(f"@book{{k, author = {{{text}}}}}")
    assert list(map(str, library[0].author)) == names
    assert [problem.code for problem in library.problems] == ["guessed-names"]
    assert read(write([library[0].replace(origin=None)])).problems == []


def test_a_name_may_hold_what_separates_names() -> None:
    library = read("@book{k, author = {{Smith & Sons; Doe} and {A \\& B}, C.}}")
    assert library.problems == []
    assert library[0].author[0] == Name(literal="Smith & Sons; Doe")


# Dates


@pytest.mark.parametrize(
    ("fields", "edtf"),
    [
        ("year = 2001, month = mar", "2001-03"),
        ("year = 2001, month = {March}", "2001-03"),
        ("year = 2001, month = {3}", "2001-03"),
        ('year = 2001, month = "15~" # mar', "2001-03-15"),
        ('year = 2001, month = mar # "~15"', "2001-03-15"),
        ('year = 2001, month = mar # "/" # apr', "2001-03/2001-04"),
        ("year = 2001, month = {Juni}", "2001-06"),
        ("year = 2001, month = jan, day = 9", "2001-01-09"),
        ("year = 2001, month = {June 3--5}", "2001-06-03/2001-06-05"),
        ("year = 2001, month = {12~--~15 jan}", "2001-01-12/2001-01-15"),
        ("year = 2001, month = {3--4}", "2001-03/2001-04"),
        ("year = 2001, month = {#mar#}", "2001-03"),
        ("year = 2001, month = {Sept.}", "2001-09"),
        ("year = 2001, month = {Michaelmas}", '2001 "Michaelmas"'),
        ("year = 2001, month = dec # {/} # jan", "2001-12/2002-01"),
        ("year = {c. 1950}", "1950~"),
        ("year = {1988--1990}", "1988/1990"),
        ("year = {in press}", "in press"),
        ("date = {1988~}", "1988~"),
        ("date = {2001-21}", "2001-21"),
        ("date = {199X}", "199X"),
        ("date = {-0043-03}", "-0043-03"),
        ("date = {1988-03-01/1990-04-02}, year = 1988", "1988-03-01/1990-04-02"),
    ],
)
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_dates_are_read_and_come_back(fields: str, edtf: str, dialect: str) -> None:
    record = entry(fields)
    assert str(record.issued) == edtf
    assert record.extra == {}
    assert read(write([record], dialect=dialect))[0] == record  # type: ignore[arg-type]  # parametrised


def test_doubtful_dates_are_reported_where_they_stand() -> None:
    text = "@online{k,\n  title = {T},\n  urldate = {01/02/2017}}"
    (problem,) = read(text).problems
    assert (problem.code, problem.line, problem.column) == ("ambiguous-date", 3, 3)
    library = read(text, day_first=True)
    assert (str(library[0].accessed), library.problems) == ("2017-02-01", [])


def test_a_language_has_a_region_where_one_is_named() -> None:
    assert entry("langid = {english}").language == "en"
    assert entry("langid = {english}, langidopts = {variant=american}").language == "en-US"


@pytest.mark.parametrize(
    ("fields", "url", "accessed"),
    [
        (r"howpublished = {Available at \url{http://x.org/a_b}}", "http://x.org/a_b", None),
        (r"howpublished = {[Online]. Available: \url{http://x.org/a}}", "http://x.org/a", None),
        ("howpublished = {http://x.org/a (accessed 3 May 2020)}", "http://x.org/a", "2020-05-03"),
        (r"howpublished = {\url{http://x.org/a}}, note = {Accessed: 2020-05-03}",
         "http://x.org/a", "2020-05-03"),
        (r"note = {Retrieved May 3, 2020 from \url{http://x.org/a}}", "http://x.org/a",
         "2020-05-03"),
        ("url = {http://x.org/a}, note = {[Online; accessed 3-May-2020]}", "http://x.org/a",
         "2020-05-03"),
        ("note = {http://x.org/a_(b)}", "http://x.org/a_(b)", None),
    ],
)  # fmt: skip
def test_a_text_that_is_only_an_address_and_a_day_is_read(
    fields: str, url: str, accessed: str | None
) -> None:
    record = entry(fields, "misc")
    assert (record.url, record.publisher, record.note) == (url, None, None)
    assert (str(record.accessed) if record.accessed else None) == accessed
    (again,) = read(write([record]))
    assert again.replace(origin=None) == record.replace(origin=None)


@pytest.mark.parametrize(
    "note",
    [
        "Ebb House, http://x.org/a",
        "Accessed: 03/05/2020",
        "Accessed by boat",
        "Online",
        "See http://x.org/a and http://x.org/b",
        "http://x.org/b",
        "Accessed 2020",
    ],
)
def test_a_text_that_contains_more_than_an_address_is_kept(note: str) -> None:
    record = entry(f"url = {{http://x.org/a}}, note = {{{note}}}", "misc")
    assert (record.url, record.note, record.accessed) == ("http://x.org/a", note, None)


def test_an_address_in_howpublished_is_a_url() -> None:
    assert entry(r"howpublished = {\url{http://x.org/a_b}}", "misc").url == "http://x.org/a_b"


@pytest.mark.parametrize(
    ("fields", "issued", "extra", "code"),
    [
        ("year = 2001, month = {40 mar}", "2001", {"month": "40 mar"}, "unread-date"),
        ("month = mar", "None", {"month": "March"}, "unread-date"),
        ("date = 2001, month = mar, year = 2002", "2001", None, "second-value"),
    ],
)
def test_what_is_no_part_of_the_date_is_kept_and_reported(
    fields: str, issued: str, extra: dict[str, str] | None, code: str
) -> None:
    library = read(f"@article{{k, {fields}}}")
    assert str(library[0].issued) == issued
    assert library[0].extra == (extra or {"month": "March", "year": "2002"})
    assert {problem.code for problem in library.problems} == {code}
    assert read(write([library[0].replace(origin=None)]))[0] == library[0]


TIMES = """@online{k, date = {2017-01-18T12:00}, urldate = {2020-02-03 10:11:12},
  origdate = {1999-12-31T23:59:59Z/2000-01-01T00:00:00+01:00}}"""


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_a_time_of_day_is_kept_beside_the_date(dialect: str) -> None:
    library = read(TIMES)
    (record,) = library
    dates = (str(record.issued), str(record.accessed), str(record.original_date))
    assert dates == ("2017-01-18", "2020-02-03", "1999-12-31/2000-01-01")
    assert [problem.code for problem in library.problems] == ["time-of-day"] * 3
    bare = csl_json.read(csl_json.write([record]))[0].replace(origin=None)
    written = write([bare], dialect=dialect)  # type: ignore[arg-type]  # parametrised
    assert read(written)[0] == record
    assert "{2017-01-18T12:00}" in written
    assert "{2020-02-03 10:11:12}" in written
    assert "refcite" not in written
    later = bare.replace(issued=Date.of(2018), accessed=None)
    assert read(write([later], dialect=dialect))[0] == later  # type: ignore[arg-type]  # as above


def test_verbatim_fields_lose_what_people_escape_there() -> None:
    record = entry(
        r"doi = {10.1002/(SICI)1\&2\_3$<$4::AID\textgreater{}5}, eprint = {hep-th/a\_b},"
        r"file = {:C\:\\My\_Files\\_x.pdf:PDF}, url = {http://a.b/\%7Ec\#{\_}{\textasciitilde}d}"
    )
    assert record.doi == "10.1002/(SICI)1&2_3<4::AID>5"
    assert record.url == "http://a.b/%7Ec#_~d"
    assert record.extra == {"eprint": "hep-th/a_b", "file": r":C\:\\My_Files\\_x.pdf:PDF"}
    assert read(write([record.replace(origin=None)]))[0] == record


# Writing


FILE = """\
% Our references
@string{acta = "Acta " # {Mathematica}}

@Article(one, title = "One", journal = acta, year = 2001, odd = {x})  @comment{between}
@inproceedings{child,
   title    = {Child}, crossref = {parent} }

@proceedings{parent, title = {Parent}, year = 1999}
% the end
"""


def test_a_file_is_written_back_as_it_was() -> None:
    assert write(read(FILE)) == FILE


def test_only_what_was_changed_is_written_anew() -> None:
    one, child, parent = read(FILE)
    assert write([one.replace(title="Uno"), child, parent]) == FILE.replace('"One"', "{Uno}")


def test_a_child_is_written_whole_where_its_parent_changed() -> None:
    one, child, parent = read(FILE)
    written = write([one, child, parent.replace(title="Other")])
    assert "booktitle = {Parent}" in written
    assert read(written)["child"] == child


def test_macros_stay_where_their_neighbours_go() -> None:
    library = read(FILE)
    new = Record(id="new", type="book", title="New")
    written = write([new, library["parent"], library["one"]])
    again = read(written)
    assert again.problems == []
    assert list(again) == [new, library["parent"], library["one"]]


REFWORLD = Record(
    id="refworld-5975a46610",
    type="article-newspaper",
    title="Russia, Turkey conduct first joint air strikes against IS in Syria",
    publisher="Radio Free Europe/Radio Liberty",
    container_title="Radio Free Europe/Radio Liberty",
    issued=Date.of(2017, 1, 18),
    url="https://www.refworld.org/docid/5975a46610.html",
    accessed=Date.of(2023, 6, 6),
)


def test_a_refworld_item_in_classic_bibtex() -> None:
    assert (
        write([REFWORLD])
        == """\
@article{refworld-5975a46610,
  title        = {Russia, Turkey conduct first joint air strikes against {IS} in Syria},
  journal      = {Radio Free Europe/Radio Liberty},
  publisher    = {Radio Free Europe/Radio Liberty},
  year         = {2017},
  month        = jan,
  day          = {18},
  urldate      = {2023-06-06},
  url          = {https://www.refworld.org/docid/5975a46610.html},
  entrysubtype = {newspaper},
}
"""
    )
    assert unprotected(read(write([REFWORLD]))) == [REFWORLD]


def test_a_refworld_item_in_biblatex() -> None:
    written = write([REFWORLD], dialect="biblatex", align=False)
    assert "  journaltitle = {Radio" in written
    assert "  date = {2017-01-18}," in written
    assert unprotected(read(written)) == [REFWORLD]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Use of DNA at NASA on iPhone", "Use of {DNA} at {NASA} on {iPhone}"),
        ("PyVista: 3D plots with a vitamin D", "{PyVista}: {3D} plots with a vitamin {D}"),
        ("A Lamp in Oslo", "A Lamp in Oslo"),
        ("WAR AND PEACE", "WAR AND PEACE"),
        ("<i>E. coli</i> DNA", r"\emph{E. coli} {DNA}"),
    ],
)
def test_capitals_inside_titles_are_protected(title: str, written: str) -> None:
    record = Record(id="k", type="book", title=title, publisher="NASA")
    text = write([record], compact=True)
    assert f"title = {{{written}}}, publisher = {{NASA}}}}" in text
    assert unprotected(read(text)) == [record]


def test_an_entry_of_bibtex_is_protected_as_its_author_did() -> None:
    assert "{On DNA and {RNA}}" in write([entry("title = {On DNA and {RNA}}")], dialect="bibtex")


def test_letters_beyond_ascii_are_written_as_asked() -> None:
    record = Record(id="k", type="book", title="Dvořák — “Øre” 50 % 毛")
    assert "{Dvořák — “Øre” 50 \\% 毛}" in write([record])
    plain = write([record], ascii=True)
    assert plain.isascii()
    assert r"Dvo{\v{r}}{\'a}k {\textemdash}" in plain
    assert read(plain)[0] == record


def test_ids_that_bibtex_cannot_hold_are_kept_aside() -> None:
    records = [Record(id="a b, {c}", title="T"), Record(id="a-b-c", title="U"), Record(id="é")]
    library = read(write(records))
    assert library.problems == []
    assert list(library) == records


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(FormatError, match="biblatex"):
        write([], dialect="latex")  # type: ignore[arg-type]  # that is the point


# Macros and inheritance


def test_macros_are_joined_and_undefined_ones_reported() -> None:
    library = read(
        '@string{a = "Alpha"}\n@STRING(b = a # { Beta})\n'
        '@article{k, journal = b # " Gamma", publisher = nowhere}'
    )
    assert library[0].container_title == "Alpha Beta Gamma"
    assert library[0].publisher == "nowhere"
    (problem,) = library.problems
    assert (problem.code, problem.line, problem.column) == ("undefined-macro", 3, 49)


def test_a_child_takes_from_its_parents() -> None:
    library = read(
        """
        @inbook{part, title = {Macbeth}, crossref = {volume}}
        @book{volume, title = {Tragedies}, volume = 3, date = 1975, crossref = {works}}
        @mvbook{works, title = {Collected Works}, author = {Shakespeare}, date = {1970/1980},
                xdata = {house}}
        @xdata{house, publisher = {Press}, location = {London}}"""
    )
    part = library["part"]
    assert part.title == "Macbeth"
    assert part.volume_title == "Tragedies"
    assert part.container_title == "Collected Works"
    assert part.container_author == part.author == (Name(family="Shakespeare"),)
    assert (part.volume, part.publisher, part.publisher_place) == ("3", "Press", "London")
    assert str(part.issued) == "1975"
    assert library.problems == []
    assert read(write(library)) == library


def said(text: str) -> list[str]:
    return [f"{problem.key}: {problem.message}" for problem in read(text).problems]


def test_missing_entries_are_reported_by_their_keys() -> None:
    assert said(
        "@book{c, title = {C}, crossref = {gone}, xdata = {d, nowhere}}\n"
        "@xdata{d, publisher = {P}}\n"
        "@book{e, related = {c, lost}, xref = {away}}\n"
        "@set{s, entryset = {c, E, left, alias}}\n"
        "@book{f, ids = {alias, other}}"
    ) == [
        "c: the entry that its xdata names (nowhere) is missing",
        "c: the entry that its crossref names (gone) is missing",
        "e: the entry that its xref names (away) is missing",
        "e: the entry that its related names (lost) is missing",
        "s: the entry that its entryset names (left) is missing",
    ]


def test_nothing_is_taken_over_the_reference_that_closes_a_cycle() -> None:
    text = (
        "@book{a, title = {A}, volume = 1, crossref = {b}}\n"
        "@book{b, title = {B}, number = 2, crossref = {c}}\n"
        "@book{c, title = {C}, note = {3}, xdata = {a}}\n"
        "@book{self, title = {S}, crossref = {self}}"
    )
    library = read(text)
    assert said(text) == [
        "c: its xdata (a) refers back to the entry itself",
        "self: its crossref (self) refers back to the entry itself",
    ]
    found = [(record.volume, record.collection_number, record.note) for record in library]
    assert found == [("1", "2", "3"), (None, "2", "3"), (None, None, "3"), (None, None, None)]


def test_sets_hold_no_sets_that_hold_them_and_related_entries_may_name_each_other() -> None:
    assert said(
        "@set{s, entryset = {t}}\n@set{t, entryset = {u, s}}\n@book{u, related = {v}}\n"
        "@book{v, related = {u}}"
    ) == ["t: its entryset refers back to the set itself"]


def test_a_child_is_written_anew_where_a_distant_parent_changed() -> None:
    text = (
        "@inbook{a, title={A}, crossref={b}}\n@book{b, title={B}, xdata={c}}\n"
        "@xdata{c, publisher={C}}\n@book{d, title={D}}\n"
    )
    library = read(text)
    (house,) = library.containers
    library.containers = [house.replace(extra={**house.extra, "publisher": "Other"})]
    written = write(library)
    assert written.count("publisher = {C}") == 2
    assert written.endswith("@book{d, title={D}}\n")
    assert read(written) == library
    assert read(written).containers == library.containers


def test_entries_that_are_no_works_stand_beside_the_records() -> None:
    text = (
        "% Houses\n@xdata{quay, publisher={Quay \\& Sons}}\n"
        "@book{b, title={B}, xdata={quay}}\n\n@set{both, entryset={a, b}}\n@book{a, title={A}}\n"
    )
    library = read(text)
    assert library.ids == ("b", "a")
    assert [(one.id, one.extra["type"]) for one in library.containers] == [
        ("quay", "xdata"),
        ("both", "set"),
    ]
    assert library["b"].publisher == "Quay & Sons"
    assert write(library) == text
    assert "quay" not in "".join(record.id for record in csl_json.read(csl_json.write(library)))
    anew = read(write(library, dialect="bibtex", key_pattern="{title:1}-{id}"))
    assert anew.ids == ("B-b", "A-a")
    assert [one.extra.get("entryset") for one in anew.containers] == [None, "A-a,B-b"]


def test_names_and_items_of_lists_are_taken_from_xdata() -> None:
    text = """
        @xdata{the-crew, author = {Roe, Ann and Poe, Bob}, title = {Shared}, location = {Oslo}}
        @book{a, author = {Doe, Jo and xdata=the-crew-author-2}, title = {xdata={the-crew-title}},
                 location = {Rome and xdata=the-crew-location-1}, date = 2001}
        @book{b, author = {xdata=the-crew-author and xdata=the-crew-author-3}, title = {B}}"""
    first, second = read(text)
    assert [name.family for name in first.author] == ["Doe", "Poe"]
    assert (first.title, first.publisher_place) == ("Shared", "Rome; Oslo")
    assert [name.family for name in second.author[:2]] == ["Roe", "Poe"]
    assert said(text) == ["b: the entry that its xdata names (the-crew-author-3) is missing"]


# Broken input


@pytest.mark.parametrize(
    ("broken", "code", "read_all_the_same"),
    [
        ("@book{bad, author = {A} title = {T}, year = 2001}", "missing-comma", {"title": "T"}),
        ("@book{bad author = {A}, title = {T}}", "missing-comma", {"title": "T"}),
        (
            "@book{bad, note = {Un{closed}, title = {T}, year = 2001}",
            "unclosed-value",
            {"title": "T"},
        ),
        ('@book{bad, note = "Unclosed, title = {T}}', "unclosed-value", {"title": "T"}),
        ("@book{bad, title = {T}, year = 2001", "unclosed-entry", {"title": "T"}),
        ("@book{bad, title = {T}, what is this, note = {N}}", "unexpected-text", {"note": "N"}),
        ("@book{bad, title = , note = {N}}", "missing-value", {"note": "N"}),
        ("@book{bad, note = {N}}, title = {T}}", "extra-brace", {"note": "N", "title": "T"}),
        ("@book{bad, note = {N}; title = {T}}", "unexpected-text", {"note": "N", "title": "T"}),
        ("@book{title = {T}, note = {N}}", "missing-key", {"title": "T", "note": "N"}),
    ],
)
def test_a_broken_entry_is_salvaged_and_its_neighbours_live(
    broken: str, code: str, read_all_the_same: dict[str, str]
) -> None:
    alone = read(broken)[0].variables()
    assert {name: alone.get(name) for name in read_all_the_same} == read_all_the_same
    good = "@book{{{}, title = {{Good}}, year = 2001}}"
    library = read(f"{good.format('one')}\n{broken}\n\n{good.format('two')}\n")
    assert (library["one"].title, library["two"].title) == ("Good", "Good")
    assert len(library) == 3
    errors = [problem for problem in library.problems if problem.severity is Severity.ERROR]
    assert [problem.code for problem in errors] == [code]
    assert errors[0].line == 2
    variables = library[1].variables()
    assert {name: variables.get(name) for name in read_all_the_same} == read_all_the_same


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff@book{k, title = {T}}",
        "@book{k,\r title = {T}\r}\r",
        "@ book\n{k, title = {T}}",
        "@book(k, title = {T})",
        r"@book{k, file = {C:\\}, title = {T}}",
        "@book{k, note = {see\n@article{x, in}\n too}, title = {T}}",
        "@comment{ @book{no, title = {N}} }\nsome text, me@example.org\n@book{k, title = {T}}",
        '@book{k, note = "say {"}yes{"}", title = {T}}',
        r"@book{k, note = {\href{http://example.org}{here}}, title = {T}}",
        "@e-book{k, title = {T}}",
    ],
)
def test_what_looks_broken_but_is_not(text: str) -> None:
    library = read(text)
    assert [(record.id, record.title) for record in library] == [("k", "T")]
    assert not library.has_errors


def test_two_entries_on_one_line_are_two() -> None:
    library = read("@book{a, title = {A} @book{b, title = {B}}")
    assert [(record.id, record.title) for record in library] == [("a", "A"), ("b", "B")]
    assert [problem.code for problem in library.problems] == ["unclosed-entry"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"@book{k, note = {an \{ open}, title = {T}}", "escaped-brace"),
        ("@book{k, note = {N}, % with a = {remark}\n title = {T}}", "comment-in-entry"),
        ("@book{k, note = {see\n@article{x, in}\n too}, title = {T}}", "entry-in-value"),
    ],
)
def test_what_only_some_programs_read_is_read_with_a_warning(text: str, code: str) -> None:
    library = read(text + "\n@book{l, title = {L}}")
    assert [record.title for record in library] == ["T", "L"]
    (problem,) = library.problems
    assert (problem.code, problem.severity) == (code, Severity.WARNING)
    assert list(read(write(library, dialect="bibtex"))) == list(library)


def test_repeated_keys_and_fields_are_reported() -> None:
    library = read("@book{k, title = {One}, Title = {Two}}\n@book{k, title = {Other}}")
    assert [record.title for record in library] == ["One", "Other"]
    assert {problem.code for problem in library.problems} == {"duplicate-field", "duplicate-id"}


HOSTILE = {
    "nested": "@book{k, title = " + "{" * 100_000 + "}" * 100_000 + "}",
    "unclosed": "@book{k, title = " + "{" * 100_000,
    "commands": "@book{k, title = {" + r"\emph{" * 50_000 + "}" * 50_000 + "}}",
    "accents": "@book{k, title = {" + r"\'{" * 50_000 + "}" * 50_000 + "}}",
    "fonts": "@book{k, title = {" + r"\em " * 50_000 + "}}",
    "addresses": "@book{k, title = {" + r"\href{a}{b}" * 20_000 + "}}",
    "long": "@book{k, title = {" + "x" * 2_000_000 + "}}",
    "fields": "@book{k," + "a={," * 20_000,
    "repeated": "@book{k, " + "a={x}," * 50_000 + "}",
    "equals": "@book{k, " + "a=" * 100_000,
    "braces": "{" * 200_000,
    "ats": "@" * 200_000,
    "starts": "@a{" * 5_000,
    "starts in one line": "@book{a," * 30_000,
    "fields in one line": "@book{a,x={b} y={c}" * 20_000,
    "ends of entries": "}@book{a,x\n" * 20_000,
    "comments": "@comment{\n" * 30_000,
    "a long type": "@booka" + "$" * 200_000 + ",@preamble{",
    "macros": "@string{a0={xx}}" + "".join(f"@string{{a{i + 1}=a{i}#a{i}}}" for i in range(40)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_neither_hangs_nor_crashes(text: str) -> None:
    read(text)


# LaTeX and markup


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\"O}, \"o, {\"{o}}, \'{\i}, \H{o}, \^{\j}, \k{a}", "Ö, ö, ö, í, ő, ĵ, ą"),
        (r"{\ss} {\AE} \o{} {\aa} \L{}odz \c{c}", "ß Æ ø å Łodz ç"),
        ("a--b a---b ``quote'' `s' a~b", "a–b a—b “quote” ‘s’ a\u00a0b"),
        (r"\& \% \_ \# \$ {\ldots} \TeX\ \LaTeX{} x", "& % _ # $ … TeX LaTeX x"),
        (r"$\alpha$ of $H_2O$ and $x^{2n}$", "α of H<sub>2</sub>O and x<sup>2n</sup>"),
        (r"$\frac{a}{b}$", r"$\frac{a}{b}$"),
        (
            r"{\it italic} {\bf bold} \textsc{caps}",
            '<i>italic</i> <b>bold</b> <span style="font-variant:small-caps;">caps</span>',
        ),
        (
            r"\enquote{a \enquote{b}} \href{http://x.org/%20}{text}",
            "“a ‘b’” text (http://x.org/%20)",
        ),
        (r"\noopsort{zzz}T \foreignlanguage{german}{Wort}", "T Wort"),
        ("line\n   break", "line break"),
        (r"one\\ two\newline three\\bad", "one\ntwo\nthree\nbad"),
        (
            r"\emph{\'a}\textsuperscript{\textregistered} \href{u:v}{\ss}",
            "<i>á</i><sup>®</sup> ß (u:v)",
        ),
        (
            r"$T_\mathrm{c}$ of $\mathrm{CO}_{2}$ at 90$^\circ$",
            "T<sub>c</sub> of CO<sub>2</sub> at 90°",
        ),
        (r"\ensuremath{x^2} \uppercase{d}e \texorpdfstring{$x$}{ex}", "x<sup>2</sup> De ex"),
        (r"/\~{}joe, \^{} \glqq a\grqq{} b\;c\!d", "/~joe, ^ „a“ b cd"),
    ],
)
def test_latex_is_read_as_rich_text(latex: str, text: str) -> None:
    record = entry(f"note = {{{latex}}}")
    assert record.note == text
    assert read(write([record]))[0].note == text
    assert read(write([record], ascii=True))[0].note == text


def test_an_unknown_command_is_kept_and_reported() -> None:
    library = read("@book{k,\n  note = {an \\unknown{word}}}")
    assert library[0].note == r"an \unknown{word}"
    (problem,) = library.problems
    assert (problem.code, problem.line, problem.column) == ("unknown-command", 2, 3)
    assert read(write(library))[0].note == library[0].note


@pytest.mark.parametrize("text", ["hello", "{" * 1000, "% nothing here yet\n"])
def test_a_text_without_entries_is_an_error(text: str) -> None:
    assert [(p.severity, p.code) for p in read(text).problems] == [("error", "no-entries")]


def test_the_address_of_a_word_stands_behind_it() -> None:
    record = read(r"@misc{a, note = {\href{http://x.org/a_b}{A page}, \href{http://x.org}{x}}}")[0]
    assert record.note == "A page (http://x.org/a_b), x (http://x.org)"


@pytest.mark.parametrize("said", ['{"titel": "x"}', '{"type": "novel"}', '{"title": 1}', "[1]"])
def test_an_overflow_field_that_somebody_changed_is_kept_and_reported(said: str) -> None:
    library = read(f"@book{{k, title = {{One}},\n  refcite = {{{said}}}}}")
    assert library[0].type == "book"
    assert library[0].title in ("One", "1")
    assert {problem.code for problem in library.problems} <= {"bad-overflow"}


@pytest.mark.parametrize("name", ["a; title", "a\n, title", "a\n\n  title", "1 2 3 title"])
def test_fields_behind_what_is_no_field_are_read(name: str) -> None:
    library = read(f"@book{{k,\n {name} = {{One}}}}")
    assert library[0].title == "One"


# Heads of entries


@pytest.mark.parametrize(
    "head", ["@book[a,", "@book<a,", "@book a,", "@book\na,", "  @book[ a ,", "@Book [a,"]
)
def test_an_entry_that_no_brace_opens_is_read_and_reported(head: str) -> None:
    end = {"[": "]", "<": ">"}.get(head.strip()[5:].strip()[:1], "}")
    library = read(f"text\n{head} title = {{T}}, year = 2001{end}\n@book{{b, title = {{U}}}}\n")
    assert [(record.id, record.title) for record in library] == [("a", "T"), ("b", "U")]
    assert str(library["a"].issued) == "2001"
    assert [(problem.code, problem.line) for problem in library.problems] == [("missing-brace", 2)]


def test_entries_that_no_brace_opens_or_closes_end_where_the_next_starts() -> None:
    library = read(
        "@book a, title = {T}\n@book b, title = {U}\n@book{c, title = {V}\n@book[d, x = 1"
    )
    assert [(record.id, record.title) for record in library[:3]] == [
        ("a", "T"),
        ("b", "U"),
        ("c", "V"),
    ]
    assert library.ids[3:] == ("d",)


@pytest.mark.parametrize("text", ["@book", '@book"a"', "@string[a = {x}]", "@preamble<x>"])
def test_what_should_open_and_does_not_is_reported(text: str) -> None:
    library = read(f"@book{{b, title = {{U}}}}\n{text}\n")
    assert library.ids == ("b",)
    assert [(problem.code, problem.line) for problem in library.problems] == [("missing-brace", 2)]


@pytest.mark.parametrize(
    "text", ["a@book, b", "see @book, or", "@me on the web", "@comment book", "% @book[a, b = {c}]"]
)
def test_an_at_sign_in_a_text_is_no_entry(text: str) -> None:
    library = read(f"{text}\n@book{{b, title = {{U}}}}\n")
    assert (library.ids, library.problems) == (("b",), [])


# Spellings


def test_what_a_repair_would_change_is_told_before() -> None:
    library = read("@book{k,\n doi = {https://doi.org/10.1000/182},\n pages = {1-10}\n}")
    assert [(problem.code, problem.line, problem.severity) for problem in library.problems] == [
        ("doi-address", 2, Severity.INFO),
        ("single-hyphen", 3, Severity.INFO),
    ]
    assert read("@book{k, doi = {10.1000/182}, pages = {1--10}, note = {1-10}}").problems == []


AAS_MACROS = """
    aap aapr aaps actaa aj ao apj apjl apjs aplett apspr apss araa azh baas bac bain caa cjaa
    fcp gca grl iaucirc icarus jcap jcp jgr jqsrt jrasc memras memsai mnras na nar nat nphysa
    pasa pasj pasp physrep physscr planss pra prb prc prd pre prl procspie qjras rmxaa skytel
    solphys sovast ssr zap
"""
"""The macros for journals of `aas_macros.sty`."""


@pytest.mark.parametrize("macro", AAS_MACROS.split())
def test_every_macro_of_the_american_astronomical_society_is_a_journal(macro: str) -> None:
    record = entry(f"journal = {{\\{macro}}}")
    assert record.container_title is not None
    assert len(record.container_title) > 3
    assert record.container_title_short


@pytest.mark.parametrize("month", range(1, 13))
def test_months_are_read_as_macros_names_and_numbers(month: int) -> None:
    name = datetime.date(2001, month, 1).strftime("%B")
    for value in (name[:3].lower(), f"{{{name}}}", f'"{name}"', f"{{{month}}}"):
        assert str(entry(f"year = 2001, month = {value}").issued) == f"2001-{month:02}"


@pytest.mark.parametrize("value", [r"{\mnras}", r'"\mnras"', r"{{\mnras}}", r"{\mnras }"])
def test_a_macro_of_the_astronomers_is_a_journal(value: str) -> None:
    text = f"@article{{k, journal = {value}}}\n"
    library = read(text)
    assert library["k"].container_title == "Monthly Notices of the Royal Astronomical Society"
    assert library["k"].container_title_short == "MNRAS"
    assert (library.problems, write(library)) == ([], text)


def test_a_command_that_is_not_known_stays_one_when_its_entry_changes() -> None:
    record = read(r"@book{k, title = {On \foo and \baz{x}}, note = {\qux}}")["k"]
    written = write([record.replace(volume="2")])
    assert r"{On \foo and \baz{x}}" in written
    assert read(written)["k"] == record.replace(volume="2")
    disk = read(r"@book{k, title = {C:\textbackslash{}foo}}")["k"]
    for other in (disk.replace(volume="2"), Record(id="k", type="book", title=r"C:\foo")):
        assert r"{C:\textbackslash{}foo}" in write([other])


# Where and when it was published


def test_of_two_places_the_first_is_that_of_the_event() -> None:
    text = "@inproceedings{k, title={T}, location={Cape Town}, address={New York}, year=2001}"
    (record,) = library = read(text)
    assert (record.event_place, record.publisher_place) == ("Cape Town", "New York")
    for dialect in ("bibtex", "biblatex"):
        assert read(write(library, dialect=dialect)) == library
    assert "location = {Cape Town}" in write(library, compact=True)
    same = entry("location = {Oslo}, address = {Oslo}", "book")
    assert (same.event_place, same.publisher_place) == (None, "Oslo")


def test_several_houses_are_read_as_they_are_printed_and_places_as_a_list() -> None:
    record = entry("publisher = {Quay and Pier and Dock}, location = {Rome and Oslo}", "book")
    assert (record.publisher, record.publisher_place) == ("Quay, Pier and Dock", "Rome; Oslo")
    assert read(write([record], dialect="biblatex"))[0] == record


@pytest.mark.parametrize(
    ("fields", "status", "issued"),
    [
        ("year = {in press}", "in press", "in press"),
        ("year = 2001, note = {Advance online publication}", "Advance online publication", "2001"),
        ("year = 2001, pages = {In press.}", "In press.", "2001"),
        ("year = 2001, pubstate = {forthcoming}", "forthcoming", "2001"),
        ("year = 2001, note = {In press at the time of the talk}", None, "2001"),
    ],
)
def test_what_says_how_far_a_work_is_is_its_status(
    fields: str, status: str | None, issued: str
) -> None:
    record = entry(fields)
    assert (record.status, str(record.issued)) == (status, issued)
    for dialect in ("bibtex", "biblatex"):
        assert read(write([record], dialect=dialect))[0] == record


def test_what_classic_bibtex_prints_comes_back_in_its_fields() -> None:
    record = entry(r"title = {T}, howpublished = {\url{http://x.org/a_b}}, year = {n.d.}", "misc")
    assert (record.url, str(record.issued)) == ("http://x.org/a_b", "n.d.")
    written = write([record], dialect="bibtex", compact=True)
    assert r"howpublished = {\url{http://x.org/a_b}}, year = {n.d.}}" in written
    soon = Record(id="k", type="article-journal", title="T", status="forthcoming")
    assert "year = {forthcoming}" in write([soon], compact=True)


def test_classic_bibtex_gets_no_names_in_the_form_of_biblatex() -> None:
    names = (
        Name(family="Hart and Sons", given="Jo", suffix="Jr.", comma_suffix=True),
        Name(given="Solo"),
        Name(family="Berg", given="Ann", dropping_particle="de"),
        Name(),
    )
    record = Record(id="k", type="book", author=names)
    classic = write([record], dialect="bibtex")
    assert "family=" not in classic
    assert "{Hart and Sons}, {Jr.}, {Jo} and {}, {Solo}" in classic
    assert "family=" in write([record], dialect="biblatex")
    for text in (classic, write([record], dialect="biblatex")):
        assert read(text)[0] == record


def test_the_institution_of_a_report_is_its_publisher_in_ris() -> None:
    assert "\nPB  - MIT\n" in ris.write([entry("title = {T}, institution = {MIT}", "techreport")])


# Math and commands of packages


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"${}^{63}$Cu", "<sup>63</sup>Cu"),
        (r"A mass of 2 $M_{\odot}$", "A mass of 2 M<sub>⊙</sub>"),
        (r"Cu$_{2-\delta}$O", "Cu<sub>2-δ</sub>O"),
        (r"$\mathcal{N}=4$ and $\mathbb{Z}_2$", "𝒩=4 and ℤ<sub>2</sub>"),
        (r"${\mathrm{TiO}}_{2}$", "TiO<sub>2</sub>"),
        (r"$x \leqslant \hat{y}$, $a \not= b$", "x ⩽ ŷ, a ≠ b"),
        (r"$x_{n_k}^\prime$", "x<sub>n<sub>k</sub></sub>′"),
        (r"$\frac{1}{2}$", r"$\frac{1}{2}$"),
        (r"A \textrightarrow{} B \leqslant{} C", "A → B ⩽ C"),
        (r"Ia\textcommabelow{s}i, B{\h a}o", "Iași, Bảo"),
        (r"\textturna\textesh{} and \textbaht", "ɐʃ and ฿"),
        (r"\ifmmode \check{S}\else \v{S}\fi{}uma, \ifmmode never", r"Šuma, \ifmmode never"),
    ],
)
def test_math_and_commands_of_packages_become_text(latex: str, text: str) -> None:
    assert entry(f"note = {{{latex}}}").note == text


def test_commands_in_names_are_read_and_reported_as_those_in_titles() -> None:
    library = read(
        r"@book{k, author = {\ifmmode \check{C}\else \v{C}\fi{}ech, Jan and Roe, A{\zork{n}}n}}"
    )
    assert library[0].author[0] == Name(family="Čech", given="Jan")
    (problem,) = library.problems
    assert (problem.code, problem.line) == ("unknown-command", 1)
    assert r"\zork" in problem.message


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("Law &amp; Order", "Law & Order"),
        (r"Law \&amp; Order 1990\&\#8211;2010", "Law & Order 1990–2010"),
        ("It&#x2019;s &lt;i&gt;E. coli&lt;/i&gt;", "It’s <i>E. coli</i>"),
        ("Law &amp;amp; Order", "Law & Order"),
        ("Life of <em>E. coli</em> <STRONG>now</STRONG>", "Life of <i>E. coli</i> <b>now</b>"),
        (r"The entity &amp; \& its kin", "The entity &amp; & its kin"),
        (r"R\&D; more", "R&D; more"),
    ],
)
def test_entities_that_html_left_are_read(latex: str, text: str) -> None:
    record = entry(f"journal = {{{latex}}}, author = {{M&uuml;ller, Ann and O&#39;Hara, Jo}}")
    assert record.container_title == text
    assert [name.family for name in record.author or ()] == ["Müller", "O'Hara"]
    assert read(write([record], dialect="bibtex"))[0] == record


def test_an_entity_that_a_record_means_stays_one() -> None:
    record = Record(id="k", type="book", title="Why &amp; is an entity", publisher="A &amp; B")
    assert list(read(write([record]))) == [record]
    assert list(ris.read(ris.write([record]))) == [record]


# What several fields say together


@pytest.mark.parametrize(
    ("edition", "number"),
    [
        ("Second", "2"),
        ("Third edition", "3"),
        ("2.", "2"),
        ("4th ed.", "4"),
        ("Zweite Auflage", "2"),
        ("3. Aufl.", "3"),
        ("Deuxi{\\`e}me {\\'e}dition", "2"),
        ("Rev.", "Rev."),
        ("2nd revised", "2nd revised"),
    ],
)
def test_words_for_the_number_of_an_edition_are_read_as_it(edition: str, number: str) -> None:
    assert entry(f"edition = {{{edition}}}", "book").edition == number


def test_fields_of_other_programs_are_known() -> None:
    assert str(entry("title = {T}, origyear = {1923}", "book").original_date) == "1923"
    paper = entry("journal = {Ann. Lamps}, fjournal = {Annals of Lamps}, articleno = {17}")
    assert (paper.container_title, paper.container_title_short) == ("Annals of Lamps", "Ann. Lamps")
    assert (paper.number, entry("articleno = {7}", "inproceedings").number) == ("17", "7")
    case = entry("institution = {House of Lords}, number = {3}", "jurisdiction")
    assert (case.authority, case.publisher, case.number) == ("House of Lords", None, "3")
    news = entry("journaltitle = {Day}, journalsubtitle = {Sport}, entrysubtype = {newspaper}")
    assert (news.container_title, news.section) == ("Day", "Sport")
    for record in (paper, case, news):
        assert read(write([record], dialect="biblatex"))[0] == record
    assert "journalsubtitle = {Sport}" in write([news], dialect="biblatex", compact=True)


@pytest.mark.parametrize(
    ("type_", "fields", "publisher"),
    [
        ("misc", "eprint = {2101.00001}, archiveprefix = {arXiv}", "arXiv"),
        ("online", "eprint = {abcde}, eprinttype = {psyarxiv}", "PsyArXiv"),
        ("article", "journal = {arXiv preprint arXiv:2101.00001}", "arXiv"),
        ("article", "journal = {bioRxiv}, publisher = {Quay Press}", "bioRxiv"),
        ("unpublished", "publisher = {SSRN}", "SSRN"),
    ],
)
def test_the_server_of_a_preprint_is_its_publisher(type_: str, fields: str, publisher: str) -> None:
    record = entry(f"title = {{T}}, {fields}", type_)
    assert (record.type, record.publisher, record.container_title) == ("article", publisher, None)
    for dialect in ("bibtex", "biblatex"):
        written = write([record], dialect=dialect)
        assert written.startswith(f"@{type_}{{")
        assert read(written)[0] == record


def test_an_article_that_appeared_is_no_preprint() -> None:
    record = entry("title = {T}, journal = {Lamps}, eprint = {2101.00001}, archiveprefix = {arXiv}")
    assert (record.type, record.publisher) == ("article-journal", None)


def test_what_was_read_at_an_event_is_a_speech() -> None:
    fields = "title = {T}, eventtitle = {Day of Lamps}, eventdate = {2019-05-02}, location = {Oslo}"
    record = entry(fields, "unpublished")
    assert (record.type, record.event_title, record.event_place) == (
        "speech",
        "Day of Lamps",
        "Oslo",
    )
    assert (str(record.event_date), str(record.issued)) == ("2019-05-02", "2019-05-02")
    for dialect in ("bibtex", "biblatex"):
        assert read(write([record], dialect=dialect))[0] == record
    assert entry("title = {T}, note = {A draft}", "unpublished").type == "manuscript"


@pytest.mark.parametrize(
    ("fields", "type_", "version"),
    [
        ("note = {R package version 1.2-3}", "software", "1.2-3"),
        ("organization = {R Foundation for Statistical Computing}", "software", None),
        ("note = {Version 1.2}, organization = {Lamp Works}", "book", None),
    ],
)
def test_what_r_writes_for_a_package_is_software(
    fields: str, type_: str, version: str | None
) -> None:
    record = entry(f"title = {{T}}, {fields}", "manual")
    assert (record.type, record.version) == (type_, version)
    for dialect in ("bibtex", "biblatex"):
        assert read(write([record], dialect=dialect))[0] == record


def test_an_address_in_a_site_is_a_web_page() -> None:
    record = entry("title = {T}, journal = {The Quay}, url = {http://x.org/1}", "misc")
    assert (record.type, record.container_title) == ("webpage", "The Quay")
    assert write([record], dialect="bibtex").startswith("@misc{")
    assert entry("title = {T}, url = {http://x.org/1}", "misc").type == "document"


def test_a_volume_beside_a_series_is_that_of_the_series() -> None:
    paper = entry("booktitle = {P}, series = {Notes}, volume = 12", "inproceedings")
    assert (paper.collection_number, paper.volume) == ("12", None)
    assert "volume = {12}" in write([paper], dialect="bibtex", compact=True)
    assert "number = {12}" in write([paper], dialect="biblatex", compact=True)
    of_work = entry("booktitle = {P}, series = {Notes}, volume = 2, number = 12", "incollection")
    assert (of_work.collection_number, of_work.volume) == ("12", "2")
    main = entry("booktitle = {P}, maintitle = {M}, series = {Notes}, volume = 2", "incollection")
    assert (main.collection_number, main.volume) == (None, "2")
    for record in (paper, of_work, main):
        assert read(write([record], dialect="bibtex"))[0] == record


def test_a_capital_among_the_particles_is_reported() -> None:
    library = read(
        "@book{k, author = {Blazer de la Garza, Ann and van der Berg, Bob and Le Roi, C}}"
    )
    assert library[0].author[0].family == "Blazer de la Garza"
    assert [problem.code for problem in library.problems] == ["bad-name"]
    assert "'Blazer de la'" in library.problems[0].message


def test_an_organisation_without_braces_is_reported() -> None:
    names = "Office of Maps and Heather Church and {Press Council} and Red River Bank"
    library = read(f"@misc{{k, author = {{{names}}}}}")
    assert [name.family for name in library[0].author[-1:]] == ["Bank"]
    assert [problem.message.partition(" may ")[0] for problem in library.problems] == [
        "'Office of Maps'",
        "'Red River Bank'",
    ]


@pytest.mark.parametrize(
    "names",
    [
        "Juan Pérez y Eva Ruíz",
        r"Juan P{\'e}rez y Eva Ru\'{\i}z",
        r"Juan P\'erez, Eva Ru{\'i}z",
    ],
)
def test_names_without_and_are_split_with_and_without_commands(names: str) -> None:
    library = read(f"@book{{a, author = {{{names}}}}}")
    assert list(map(str, library[0].author)) == ["Pérez, Juan", "Ruíz, Eva"]
    assert [problem.code for problem in library.problems] == ["guessed-names"]


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (r"Jos\'e Ortega y Gasset", "Ortega y Gasset, José"),
        ("{Roe y Poe} Doe", "Doe, {Roe y Poe}"),
    ],
)
def test_a_conjunction_within_one_name_does_not_split_it(names: str, name: str) -> None:
    (record,) = read(f"@book{{a, author = {{{names}}}}}")
    assert record.author == (Name.parse(name),)


@pytest.mark.parametrize(
    ("fields", "type_", "server"),
    [
        ("note = {bioRxiv preprint}", "unpublished", "bioRxiv"),
        ("type = {Preprint}, institution = {Research Square}", "techreport", "Research Square"),
        ("type = {{{PsyArXiv}} Preprint}, url = {x}", "misc", "PsyArXiv"),
        ("type = {preprint}, publisher = {Quay}", "article", "Quay"),
    ],
)
def test_preprints_that_name_no_journal(fields: str, type_: str, server: str) -> None:
    record = entry(f"title = {{T}}, {fields}", type_)
    assert (record.type, record.publisher) == ("article", server)
    assert read(write([record], dialect="bibtex"))[0] == record


@pytest.mark.parametrize(
    "fields",
    ["journal = {arXiv preprint arXiv:1706.03762}", "journal = {CoRR}, volume = {abs/1706.03762}"],
)
def test_a_preprint_has_its_number(fields: str) -> None:
    record = entry(f"title = {{T}}, {fields}")
    assert (record.type, record.publisher, record.number) == (
        "article",
        "arXiv",
        "arXiv:1706.03762",
    )
    assert record.volume is None
    assert read(write([record], dialect="biblatex"))[0] == record


@pytest.mark.parametrize(
    ("fields", "issued", "status"),
    [
        ("year = {2020, in press}", "2020", "in press"),
        ("year = {Forthcoming 2024}", "2024", "Forthcoming"),
        ("year = 2020, addendum = {Advance online publication}", "2020", None),
        ("year = 2020, howpublished = {in press}", "2020", "in press"),
        ("year = 2020, note = {Forthcoming}, pubstate = {forthcoming}", "2020", "forthcoming"),
    ],
)
def test_a_status_in_the_place_of_something_else(
    fields: str, issued: str, status: str | None
) -> None:
    record = entry(f"title = {{T}}, {fields}")
    assert str(record.issued) == issued
    assert record.status == (status or "Advance online publication")
    assert (record.note, record.publisher) == (None, None)
    assert read(write([record], dialect="bibtex"))[0].status == record.status


def test_a_thesis_is_held_by_a_repository() -> None:
    record = entry("school = {U}, publisher = {U Digital Archive}", "mastersthesis")
    assert (record.publisher, record.archive) == ("U", "U Digital Archive")
    of_proquest = entry("school = {U}, journal = {ProQuest Theses}", "phdthesis")
    assert (of_proquest.archive, of_proquest.container_title) == ("ProQuest Theses", None)
    assert entry("publisher = {U}", "phdthesis").archive is None
    for one in (record, of_proquest):
        assert read(write([one], dialect="biblatex"))[0] == one


def test_kinds_that_say_more_than_the_entry_type() -> None:
    talk = entry("title = {T}, type = {Conference {Presentation}}, address = {Oslo}", "misc")
    assert (talk.type, talk.event_place) == ("speech", "Oslo")
    assert write([talk], dialect="bibtex").startswith("@misc{")
    film = entry("title = {T}, entrysubtype = {film}", "video")
    assert (film.type, film.genre) == ("motion_picture", "Film")
    case = entry("title = {Roe v Poe}, organization = {High Court}, number = {12}", "jurisdiction")
    assert (case.authority, case.publisher, case.number) == ("High Court", None, "12")
    for record in (talk, film, case):
        assert read(write([record], dialect="biblatex"))[0] == record


def test_entities_whose_signs_are_all_escaped() -> None:
    record = entry(r"title = {T}, journal = {Tides \&amp\; Boats}, publisher = {A \&lt\; B}")
    assert (record.container_title, record.publisher) == ("Tides & Boats", "A < B")


def test_settings_of_styles_are_no_works() -> None:
    library = read("@control{REVTEX41Control}\n@IEEEtranBSTCTL{c, a = {b}}\n@book{k, title={T}}")
    assert library.ids == ("k",)
    assert library.problems == []


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("On B12 and H5N1", "On {B12} and {H5N1}"),
        ("Of O'Neil and L’ADN", "Of {O'Neil} and {L’ADN}"),
        ("It's Schrödinger's cat", "It's Schrödinger's cat"),
    ],
)
def test_words_that_bibtex_would_spell_wrongly_are_protected(title: str, written: str) -> None:
    assert f"title = {{{written}}}" in write([Record(id="k", type="book", title=title)])


def test_what_web_of_science_and_publishers_export() -> None:
    text = """@article{ WOS:1, Title = {{One}}, Journal = {{J}}, Year = {{2021}}, Volume = {{3}},
    Type = {{Article}}, Early Access Date = {{MAY 2020}}, Article-Number = {{e12}} }"""
    (record,) = library = read(text)
    assert (str(record.issued), record.genre, record.number) == ("2021", None, "e12")
    assert record.extra["early-access-date"] == "{MAY 2020}"
    assert [problem.code for problem in library.problems] == ["unexpected-text"]
    early = entry("title = {T}, journal = {J}, volume = {n/a}, number = {N/A}, year = 2020")
    assert (early.volume, early.issue, early.status) == (None, None, None)
    for one in (record, early):
        assert read(write([one], dialect="biblatex"))[0] == one


def test_what_zotero_and_better_bibtex_export() -> None:
    news = entry("title = {T}, journal = {The Quay}, chapter = {Opinion}, year = 2019")
    assert (news.type, news.section, news.chapter_number) == ("article-newspaper", "Opinion", None)
    film = entry("title = {T}, type = {Film}, url = {http://x.org}", "misc")
    assert film.type == "motion_picture"
    thesis = entry("title = {T}, institution = {U}, library = {ProQuest}", "thesis")
    assert (thesis.archive, thesis.call_number) == ("ProQuest", None)
    talk = entry("title = {T}, editor = {Roe, Ann}, editortype = {interviewer}", "misc")
    assert talk.interviewer == (Name(family="Roe", given="Ann"),)
    for one in (news, film, thesis, talk):
        assert read(write([one], dialect="biblatex"))[0] == one
        assert read(write([one], dialect="bibtex"))[0] == one


def test_a_reference_to_a_missing_xdata_entry_is_reported() -> None:
    for field in ("xdata = {press}", "publisher = {xdata=press-publisher}"):
        library = read(f"@book{{a, title = {{Owls}}, {field}}}")
        assert [problem.code for problem in library.problems] == ["missing-parent"], field
        assert "press" in library.problems[0].message


def test_a_part_of_a_name_is_inherited_from_xdata() -> None:
    text = "@xdata{people, author = {Ann Roe and family=Poe, given=Eva}}"
    library = read(
        f"{text}@book{{a, author = {{family=Li, given={{xdata=people-author-2-given}}}}}}"
        "@book{b, author = {family=Li, given=xdata=people-author-9-given}}"
    )
    assert library["a"].author == (Name(family="Li", given="Eva"),)
    assert [(one.code, one.key) for one in library.problems if one.key == "b"] == [
        ("missing-parent", "b")
    ]


@pytest.mark.parametrize("text", ["Online", "print", "Available online"])
def test_how_a_work_was_published_is_no_publisher(text: str) -> None:
    record = entry(f"howpublished = {{{text}}}", "misc")
    assert (record.publisher, record.medium) == (None, text)


def test_the_year_of_the_original_may_be_next_to_the_year() -> None:
    library = read("@book{a, year = {1994 [1943]}}@book{b, year = {1943 [1994]}}")
    assert [str(library["a"].issued), str(library["a"].original_date)] == ["1994", "1943"]
    assert [one.key for one in library.problems if one.code == "unread-date"] == ["b"]


@pytest.mark.parametrize("joint", ["y", "et", "und"])
def test_an_organisation_in_braces_is_one_of_two_names(joint: str) -> None:
    body, person = Name(literal="Barnes y Noble Books"), Name(family="Roe", given="Ana")
    first = read(f"@book{{a, author = {{{{Barnes y Noble Books}} {joint} Ana Roe}}}}")
    last = read(f"@book{{a, author = {{Ana Roe {joint} {{Barnes y Noble Books}}}}}}")
    assert first[0].author == (body, person)
    assert last[0].author == (person, body)
    assert [one.code for one in first.problems] == ["guessed-names"]
    assert read("@book{a, author = {{Ortega} y Gasset, José}}")[0].author == (
        Name(family="Ortega y Gasset", given="José"),
    )
