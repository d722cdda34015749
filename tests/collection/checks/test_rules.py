"""Each rule: what it reports, and what looks similar and is right."""

from __future__ import annotations

from typing import Any

import pytest

from refcite import Library, Name, Record, check, loads

ARTICLE = (
    "author = {Roe, Ann}, title = {Lamps}, journal = {Light}, year = 2019, volume = 1, pages = 3"
)


def codes(text: str, **options: Any) -> list[str]:
    """Return the codes of the problems of a text in BibTeX, without those of its reader."""
    library = loads(text, "bibtex")
    reader = {problem.code for problem in library.problems}
    found = [problem.code for problem in check(library, **options)]
    return [code for code in found if code not in reader]


def codes_of(record: Record, **options: Any) -> set[str]:
    """Return the codes of the problems of one record that comes from no file."""
    return {problem.code for problem in check(Library([record]), **options)}


# Fields


@pytest.mark.parametrize(
    ("entry", "missing"),
    [
        (f"@article{{a, {ARTICLE}}}", ""),
        ("@article{a, author = {Roe, Ann}, title = {Lamps}, year = 2019}", "journal"),
        ("@article{a, author = {Roe, Ann}, title = {}, journal = {L}, year = 2019}", "title"),
        ("@book{a, editor = {Roe, Ann}, title = {Lamps}, publisher = {P}, year = 2019}", ""),
        ("@book{a, editor = {Roe, Ann}, title = {Lamps}, year = 2019}", "publisher"),
        ("@phdthesis{a, author = {Roe, Ann}, title = {Lamps}, year = 2019}", "school"),
        ("@inbook{a, author = {R}, title = {L}, publisher = {P}, year = 1}", "chapter/pages"),
        ("@unpublished{a, author = {Roe, Ann}, title = {Lamps}}", "note"),
        ("@misc{a, title = {Lamps}}", ""),
        # biblatex, because of its fields or types
        ("@book{a, author = {Roe, Ann}, title = {Lamps}, date = 2019}", ""),
        ("@online{a, author = {Roe, Ann}, title = {Lamps}, date = 2019}", "doi/eprint/url"),
        ("@online{a, author = {Roe, Ann}, title = {L}, date = 2019, eprint = {1}}", ""),
        ("@thesis{a, author = {Roe, Ann}, title = {L}, institution = {I}, date = 2019}", "type"),
        ("@report{a, author = {R}, title = {L}, institution = {I}, type = {T}, date = 2019}", ""),
        # an unknown type requires nothing
        ("@lamp{a, title = {Lamps}}", ""),
    ],
)
def test_required_fields(entry: str, missing: str) -> None:
    found = check(loads(entry, "bibtex"), select=["missing-required-field"])
    shown = [one.message.partition(" is missing")[0].replace("'", "") for one in found]
    names = [one.removeprefix("one of ").replace(", ", "/").replace(" or ", "/") for one in shown]
    assert names == ([missing] if missing else [])


def test_inherited_fields_are_not_missing() -> None:
    text = """@inproceedings{a, author = {Roe, Ann}, title = {Lamps}, crossref = {p}}
@proceedings{p, title = {Light}, booktitle = {Light}, year = 2019, editor = {Poe, B}}"""
    assert "missing-required-field" not in codes(text)


def test_the_dialect_can_be_set() -> None:
    text = "@book{a, author = {Roe, Ann}, title = {Lamps}, year = 2019}"
    assert "missing-required-field" in codes(text, dialect="bibtex")
    assert "missing-required-field" not in codes(text, dialect="biblatex")


def test_fields_of_other_formats_are_those_of_csl() -> None:
    record = Record(id="a", type="webpage", title="Lamps")
    (problem,) = check(Library([record]), select=["missing-required-field"])
    assert problem.message.startswith("'url' is missing")


# Keys


@pytest.mark.parametrize(
    ("key", "is_rejected"),
    [
        ("roe:2019+a/b", False),
        ("roe's", True),
        ("roe 2019", True),
        ("clé", False),
        ("a_b.c-d", False),
    ],
)
def test_keys_that_programs_reject(key: str, is_rejected: bool) -> None:
    assert ("rejected-key" in codes(f"@misc{{{key}, title = {{Lamps}}}}")) is is_rejected


def test_ids_of_other_formats_are_free() -> None:
    assert "rejected-key" not in codes_of(Record(id="roe's lamps", type="book", title="L"))


def test_keys_that_differ_in_case() -> None:
    assert codes("@misc{Roe, title = {A}} @misc{roe, title = {B}}") == ["key-case"]


# URLs and DOIs


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"url": "https://doi.org/10.1000/182"}, {"doi-in-url"}),
        ({"url": "http://dx.doi.org/10.1000/182"}, {"doi-in-url"}),
        ({"url": "10.1000/182"}, {"doi-in-url"}),
        ({"url": "https://doi.org/10.1000/182", "doi": "10.1000/182"}, set()),
        ({"url": "https://www.doi.org/the-identifier"}, set()),
        ({"url": "https://example.org/doi/10.1000/182"}, set()),
        ({"url": "https://example.org/a file"}, {"space-in-url"}),
        ({"url": "https://example.org/a"}, set()),
    ],
)
def test_urls(fields: dict[str, str], expected: set[str]) -> None:
    record = Record(id="a", type="document", **fields)  # type: ignore[arg-type]  # only texts
    assert codes_of(record) == expected


def test_the_url_of_the_doi_is_only_reported_if_it_is_selected() -> None:
    record = Record(id="a", url="https://doi.org/10.1000/182", doi="10.1000/182")
    assert codes_of(record, extend_select=["repeated-doi"]) == {"repeated-doi"}


def test_a_text_that_is_no_doi_is_a_warning() -> None:
    (problem,) = check(loads("@misc{a, title = {L}, doi = {none}}", "bibtex"))
    assert (problem.code, problem.severity) == ("bad-doi", "warning")


# Pages and years


@pytest.mark.parametrize(
    ("page", "is_reversed"),
    [
        ("10-20", False),
        ("215-201", True),
        ("123-5", False),
        ("1293-94", False),
        ("99-8", True),
        ("1-5, 20-10", True),
        ("iv-xii", False),
        ("xii-iv", True),
        ("S3-S12", False),
        ("S12-S3", True),
        ("A1-B1", False),
        ("15:1-15:20", False),
        ("2019-1", False),
        ("5", False),
    ],
)
def test_ranges_of_pages(page: str, is_reversed: bool) -> None:
    assert codes_of(Record(id="a", type="document", page=page)) == (
        {"reversed-pages"} if is_reversed else set()
    )


@pytest.mark.parametrize(
    ("type_", "year", "is_reported"),
    [
        ("article-journal", "2019", False),
        ("article-journal", "20019", True),
        ("article-journal", "1200", True),
        ("book", "1200", False),
        ("book", "2999", True),
    ],
)
def test_years(type_: Any, year: str, is_reported: bool) -> None:
    kind = "article" if type_ == "article-journal" else "book"
    problems = check(loads(f"@{kind}{{a, title = {{L}}, year = {{{year}}}}}", "bibtex"))
    about_dates = [one.code for one in problems if "date" in one.code or "year" in one.code]
    assert about_dates == (["implausible-year"] if is_reported else [])


def test_mixed_forms_of_dates() -> None:
    usual = "".join(
        f"@misc{{a{number}, title = {{A{number}}}, year = 2019, month = may}}\n"
        for number in range(3)
    )
    other = "@misc{b, title = {B}, date = {2019-05}}"
    figures = "@misc{b, title = {B}, year = 2019, month = 5}"
    assert codes(f"{usual}{other}", select=["mixed"]) == ["mixed-date-forms"]
    assert codes(f"{usual}{figures}", select=["mixed"]) == ["mixed-date-forms"]
    assert codes(usual, select=["mixed"]) == []
    assert codes(f"{usual[:50]}{other}", select=["mixed"]) == []


# People


@pytest.mark.parametrize(
    ("name", "is_reported"),
    [
        (Name(family="SMITH", given="John"), True),
        (Name(family="LEE", given="J."), True),
        (Name(family="DOE", given="JANE"), True),
        (Name(family="Smith", given="JOHN"), False),
        (Name(literal="UNESCO"), False),
        (Name(family="ANSA", given="Redazione"), False),
        (Name(family="McDonald", given="J."), False),
        (Name(family="NG", given="A."), False),
    ],
)
def test_names_in_capitals(name: Name, is_reported: bool) -> None:
    found = codes_of(Record(id="a", type="document", author=(name,)))
    assert found == ({"capital-name"} if is_reported else set())


def test_a_typed_et_al() -> None:
    record = Record(id="a", author=(Name(family="Roe", given="A."), Name(literal="et al.")))
    assert codes_of(record) == {"typed-et-al"}
    library = loads("@misc{a, title = {L}, author = {Roe, Ann and et al.}}", "bibtex")
    assert [problem.code for problem in check(library)] == ["typed-et-al"]
    assert codes("@misc{a, title = {L}, author = {Roe, Ann and others}}") == []


# Titles


@pytest.mark.parametrize(
    ("title", "is_reported"),
    [
        ("LAMPS OF OLD HOUSES", True),
        ("NASA TN D-5320", False),
        ("UNESCO", False),
        ("(LAND)MOVES", False),
        ("Lamps of OLD Houses", False),
        ("СТАРЫЕ ЛАМПЫ", True),
        ("灯火 灯火灯火 灯火灯火", False),
    ],
)
def test_titles_in_capitals(title: str, is_reported: bool) -> None:
    found = codes_of(Record(id="a", type="document", title=title))
    assert found == ({"capital-title"} if is_reported else set())


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("The repair of DNA", "'DNA'"),
        ("The repair of {DNA}", ""),
        ("{The repair of DNA}", ""),
        ("Old iPhones and pH", "'iPhones', 'pH'"),
        (r"{\LaTeX} and \TeX{} for $AB$", ""),
        (r"\emph{DNA} repair", ""),
        ("Self-Made Lamps", ""),
        ("World War II", "'II'"),
        ("3D lamps", "'3D'"),
        ("LAMPS OF OLD HOUSES", ""),
    ],
)
def test_capitals_without_braces(title: str, words: str) -> None:
    text = f"@article{{a, author = {{R}}, title = {{{title}}}, journal = {{L}}, year = 1999}}"
    found = check(loads(text, "bibtex"), select=["unprotected-capitals"])
    assert [one.message.partition(" in the title")[0] for one in found] == (
        [words] if words else []
    )


def test_titles_that_styles_keep_need_no_braces() -> None:
    fields = "author = {R}, title = {The repair of DNA}, publisher = {P}, year = 1999"
    assert codes(f"@book{{a, {fields}}}") == []
    german = "author = {R}, title = {Die DNA}, date = 1999, langid = {german}"
    assert codes(f"@book{{a, {german}}}", ignore=["missing"]) == []


def test_names_in_titles_in_sentence_case() -> None:
    title = "The old lamps and houses of small towns near Paris"
    text = f"@article{{a, author = {{R}}, title = {{{title}}}, journal = {{L}}, year = 1999}}"
    (problem,) = check(loads(text, "bibtex"), select=["unprotected-name"])
    assert "'Paris'" in problem.message
    assert check(loads(text.title(), "bibtex"), select=["unprotected-name"]) == []


# Languages


@pytest.mark.parametrize(
    ("language", "is_reported"),
    [("en-GB", False), ("ngerman", False), ("gez", False), ("klingonish", True), ("en, fr", False)],
)
def test_languages(language: str, is_reported: bool) -> None:
    found = codes_of(Record(id="a", type="document", language=language))
    assert found == ({"unknown-language"} if is_reported else set())


# Journals


def _of_journals(*names: str, **options: Any) -> list[str]:
    records = [
        Record(id=f"a{place}", type="article-journal", title=f"Lamp {place}", container_title=name)
        for place, name in enumerate(names)
    ]
    return [f"{one.key}: {one.code}" for one in check(Library(records), **options)]


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["Light & Sound", "Light and Sound", "Light and Sound"], ["a0"]),
        (["journal of light", "Journal of Light", "Journal of Light"], ["a0"]),
        (["J. of Light", "Journal of Light"], ["a0"]),
        (["J. Light", "Journal of Light", "Journal of Lime"], ["a0"]),
        # two journals fit the abbreviation
        (["J. Li.", "Journal of Light", "Journal of Lime"], []),
        (["Phys. Rev. A", "Physical Review B"], []),
        (["J Light", "Journal of Light"], ["a0"]),
        (["Natl. J. Light", "National Journal of Light"], ["a0"]),
        (["Light Sound", "Lights Sounds"], []),
        (["Light", "Lightning"], []),
    ],
)
def test_journals_in_several_spellings(names: list[str], keys: list[str]) -> None:
    assert _of_journals(*names, select=["journal-spelling"]) == [
        f"{key}: journal-spelling" for key in keys
    ]


def test_abbreviations_without_a_full_name() -> None:
    names = ("J. Light", "J. Light", "J. Dark", "Journal of Dark")
    assert _of_journals(*names, select=["abbreviated-journal"]) == ["a0: abbreviated-journal"]


# Works


def test_duplicate_works() -> None:
    first = Record(id="a", type="book", title="Lamps of old houses", doi="10.1000/1")
    problems = check(Library([first, first.replace(id="b")]), select=["duplicate-work"])
    assert [(one.key, "'a'" in one.message) for one in problems] == [("b", True)]
