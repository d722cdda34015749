"""Styles of CSL-M: layouts by language, conditions, institutions, groups and variables."""

from __future__ import annotations

from typing import Final

import pytest

from refcite.csl import Bibliography, Cite, Processor
from refcite.dates import Date
from refcite.names import Name
from refcite.record import Record

_HEAD: Final = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.1mlz1" {attributes}>
  <info><title/><id/><updated>2020-01-01T00:00:00+00:00</updated></info>
"""


def _style(citation: str, attributes: str = "", before: str = "") -> str:
    head = _HEAD.format(attributes=attributes)
    return f"{head}{before}<citation>{citation}</citation></style>"


def _cited(style: str, *records: Record, **options: str) -> str:
    return Processor(style).cite([Cite(record=record, **options) for record in records])  # type: ignore[arg-type]  # the options are texts


_NAMES: Final = '<names variable="author"><name et-al-min="2" et-al-use-first="1"/></names>'
_BOTH: Final = f'<layout locale="en fr">{_NAMES}</layout><layout>{_NAMES}</layout>'


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-GB", "Wang et al."),
        ("fr", "Wang et al."),
        ("zh-CN", "Wang等"),
        ("", "Wang等"),
    ],
)
def test_an_item_is_printed_by_the_layout_of_its_language(language: str, printed: str) -> None:
    authors = (Name(family="Wang"), Name(family="Li"))
    record = Record(author=authors, language=language or None)
    style = _style(_BOTH, 'default-locale="zh-CN"')
    assert _cited(style, record) == printed


@pytest.mark.parametrize(
    ("test", "printed"),
    [
        ('has-day="issued"', "yes"),
        ('has-year-only="issued"', "no"),
        ('is-multiple="volume"', "yes"),
        ('is-plural="author"', "no"),
        ('jurisdiction="us"', "yes"),
        ('jurisdiction="us:ny:city"', "no"),
        ('context="citation"', "yes"),
        ('locale="de"', "yes"),
    ],
)
def test_conditions_of_csl_m(test: str, printed: str) -> None:
    record = Record(
        issued=Date.of(2020, 5, 1),
        volume="3-4",
        author=(Name(family="Roe"),),
        jurisdiction="us:ny",
        language="de-AT",
    )
    choose = f'<choose><if {test}><text value="yes"/></if><else><text value="no"/></else></choose>'
    assert _cited(_style(f"<layout>{choose}</layout>"), record) == printed


@pytest.mark.parametrize(("match", "printed"), [("any", "yes"), ("all", "no"), ("none", "no")])
def test_each_condition_of_conditions_is_one_test(match: str, printed: str) -> None:
    conditions = (
        f'<conditions match="{match}"><condition type="book" variable="title"/>'
        '<condition match="none" variable="title"/></conditions>'
    )
    choose = (
        f'<choose><if>{conditions}<text value="yes"/></if><else><text value="no"/></else></choose>'
    )
    record = Record(type="book", title="The Castle")
    assert _cited(_style(f"<layout>{choose}</layout>"), record) == printed


def test_years_of_a_range_are_shortened() -> None:
    layout = '<date variable="issued"><date-part name="year"/></date>'
    style = _style(f"<layout>{layout}</layout>", 'year-range-format="minimal-two"')
    assert _cited(style, Record(issued=Date.parse("1990/1995"))) == "1990–95"


def test_labels_of_a_macro_have_the_form_of_its_call() -> None:
    macro = '<macro name="place"><label variable="locator" form="static"/></macro>'
    layout = '<text macro="place" label-form="{}"/>'
    for form, printed in (("long", "chapter"), ("short", "chap.")):
        style = _style(f"<layout>{layout.format(form)}</layout>", before=macro)
        assert _cited(style, Record(), locator="3", label="chapter") == printed


def test_units_of_an_institution_are_selected_and_reversed() -> None:
    institution = '<institution use-first="1" use-last="1" reverse-order="true"/>'
    names = f'<names variable="author"><name/>{institution}</names>'
    record = Record(author=(Name(literal="Ministry|Committee|Panel"),))
    assert _cited(_style(f"<layout>{names}</layout>"), record) == "Panel, Ministry"


@pytest.mark.parametrize(("title", "printed"), [("1984", "1984, 12"), ("Emma", "Emma 12")])
def test_a_comma_keeps_numbers_apart(title: str, printed: str) -> None:
    locator = '<number variable="locator"/>'
    layout = (
        f'<group delimiter=" "><group delimiter=", "><text variable="title"/>'
        f'<group require="comma-safe-numbers-only">{locator}</group></group>'
        f'<group reject="comma-safe-numbers-only">{locator}</group></group>'
    )
    record = Record(title=title)
    assert _cited(_style(f"<layout>{layout}</layout>"), record, locator="12") == printed


def test_variables_that_csl_does_not_have_are_read_from_extra() -> None:
    layout = (
        '<group delimiter="; "><names variable="committee"/><date variable="publication-date">'
        '<date-part name="year"/></date><text variable="hereinafter"/></group>'
    )
    extra = {
        "committee": [{"literal": "Committee on Lights"}],
        "publication-date": {"date-parts": [[1999, 3]]},
        "hereinafter": "Lights",
    }
    printed = _cited(_style(f"<layout>{layout}</layout>"), Record(extra=extra))
    assert printed == "Committee on Lights; 1999; Lights"


def test_what_no_one_knows_in_a_style_of_csl_m_prints_nothing() -> None:
    layout = (
        '<group delimiter=" "><text variable="title" text-case="odd" odd="1"/>'
        '<text variable="odd"/><text term="odd"/><text macro="odd"/></group>'
    )
    assert _cited(_style(f"<layout>{layout}</layout>"), Record(title="The Castle")) == "The Castle"


def test_a_static_term_is_printed_with_its_number_in_all_forms() -> None:
    term = '<term name="paragraph" form="static">[%s]</term>'
    macro = (
        '<macro name="place"><group delimiter=" "><label variable="locator" form="static"/>'
        '<number variable="locator"/></group></macro>'
    )
    before = f"<locale><terms>{term}</terms></locale>{macro}"
    style = _style('<layout><text macro="place" label-form="short"/></layout>', before=before)
    assert _cited(style, Record(), locator="3", label="paragraph") == "[3]"
    assert _cited(style, Record(), locator="3", label="chapter") == "chap. 3"


def test_the_label_of_a_number_is_printed_if_no_element_prints_it() -> None:
    record = Record(type="bill", page="para. 22-25")
    number = '<number variable="page"/>'
    label = '<label variable="page" form="short" suffix=" "/>'
    alone, labelled = (_style(f"<layout>{one}</layout>") for one in (number, label + number))
    assert _cited(alone, record) == "para. 22–25"
    assert _cited(labelled, record) == "paras. 22–25"
    test = f'<choose><if page="page" match="none">{label}</if></choose>{number}'
    only_others = _style(f"<layout>{test}</layout>")
    assert _cited(only_others, record) == "paras. 22–25"
    assert _cited(only_others, Record(page="47-52")) == "47–52"


def test_a_number_may_be_in_another_gender_than_its_term() -> None:
    style = _style(
        '<layout delimiter=" "><number variable="edition" form="ordinal" suffix=" "/>'
        '<number variable="edition" form="ordinal" gender="masculine"/></layout>'
    )
    processor = Processor(style, locale="fr-FR")
    assert processor.cite(Record(edition="1")) == "1ʳᵉ 1ᵉʳ"


def test_an_unknown_variable_is_reported_in_a_style_of_plain_csl() -> None:
    style = _style('<layout><text variable="titel"/></layout>').replace("1.1mlz1", "1.0")
    problem = Processor(style).first_citations(Record(title="The Castle")).problems[0]
    assert (problem.code, problem.hint) == ("unknown-variable", "did you mean 'title'?")


_NAME_TWICE: Final = """<layout><group delimiter=" | ">
  <names variable="author"><name form="short" {}/>
    <substitute><names variable="editor"/></substitute></names>
  <names variable="author"><name form="short"/></names>
</group></layout>"""


@pytest.mark.parametrize(
    ("attributes", "printed"),
    [
        ('suppress-min="3"', ["Ito | Ito", "Ito, Roe | Ito, Roe", "Ito, Roe, Poe"]),
        ('suppress-max="1"', ["Ito", "Ito, Roe | Ito, Roe", "Ito, Roe, Poe | Ito, Roe, Poe"]),
        ('suppress-min="3" suppress-max="1"', ["Ito", "Ito, Roe | Ito, Roe", "Ito, Roe, Poe"]),
        ('suppress-min="0"', ["Ito | Ito", "Ito, Roe | Ito, Roe", "Ito, Roe, Poe | Ito, Roe, Poe"]),
    ],
)
def test_lists_are_suppressed_by_the_number_of_their_names(
    attributes: str, printed: list[str]
) -> None:
    # Suppressed names are not missing: the editor is not printed in their place.
    names = [Name(family=family) for family in ("Ito", "Roe", "Poe")]
    editor = (Name(family="Editor"),)
    works = [Record(author=tuple(names[:count]), editor=editor) for count in (1, 2, 3)]
    assert [_cited(_style(_NAME_TWICE.format(attributes)), work) for work in works] == printed


def test_suppressed_names_are_substituted_if_there_are_none() -> None:
    style = _style(_NAME_TWICE.format('suppress-max="2"'))
    assert _cited(style, Record(editor=(Name(family="Poe"),) * 3)) == "Poe, Poe, Poe"


def _chapter(id_: str, container: str | None = "Essays", **values: str) -> Record:
    return Record(id=id_, type="chapter", title=id_, container_title=container, **values)  # type: ignore[arg-type]  # the values are texts


_TRACKED: Final = _style(
    """<layout><choose>
      <if position="subsequent"><text value="again "/></if>
      <else-if position="container-subsequent"><text value="other "/></else-if>
      <else-if position="first"><text value="first "/></else-if>
    </choose><text variable="title"/>
    <text variable="first-container-reference-note-number" prefix=" n. "/></layout>""",
    'track-containers="chapter"',
)


def test_a_container_that_was_cited_before_is_referred_to_by_its_note() -> None:
    one, two, three = _chapter("one"), _chapter("two"), _chapter("three", "Letters")
    processor = Processor(_TRACKED)
    cited = [processor.cite(work, note=note) for note, work in enumerate([one, two, three, two], 1)]
    assert cited == ["first one", "other two n. 1", "first three", "again two n. 1"]


@pytest.mark.parametrize(
    "other",
    [
        _chapter("other", "Letters"),
        _chapter("other", publisher="Hive"),
        _chapter("other", edition="2"),
        _chapter("other").replace(type="article-journal"),
    ],
)
def test_works_are_in_different_containers(other: Record) -> None:
    processor = Processor(_TRACKED)
    processor.cite(_chapter("one"), note=1)
    assert processor.cite(other, note=2).endswith("other")
    assert "n." not in processor.citations[-1]


def test_works_without_a_container_are_not_in_the_same_one() -> None:
    processor = Processor(_TRACKED)
    works = [_chapter("one", None), _chapter("two", None)]
    assert [processor.cite(work, note=note) for note, work in enumerate(works, 1)] == [
        "first one",
        "first two",
    ]


def test_an_edit_moves_the_first_citation_of_a_container() -> None:
    processor = Processor(_TRACKED)
    processor.cite(_chapter("one"), note=1)
    processor.cite(_chapter("two"), note=2)
    assert processor.remove(0) == {0: "first two"}


def _listing(options: str, *works: Record) -> Bibliography:
    layout = """<layout><text variable="title"/>
      <choose><if container-multiple="true"><text value=" (several)"/></if></choose>
      <choose><if container-subsequent="true"><text value=" (later)"/></if></choose></layout>"""
    head = _HEAD.format(attributes='track-containers="chapter"')
    sort = '<sort><key variable="title"/></sort>'
    style = f"{head}<citation><layout/></citation>"
    processor = Processor(f"{style}<bibliography {options}>{sort}{layout}</bibliography></style>")
    processor.nocite(works)
    return processor.bibliography()


def test_entries_know_the_other_works_in_their_container() -> None:
    works = [_chapter("b"), _chapter("a"), _chapter("c", "Letters")]
    texts = [entry.text for entry in _listing("", *works)]
    assert texts == ["a (several)", "b (several) (later)", "c"]


def test_only_the_first_work_of_a_container_is_listed() -> None:
    works = [_chapter("b"), _chapter("a"), _chapter("c", "Letters")]
    listing = _listing('consolidate-containers="chapter"', *works)
    assert [entry.text for entry in listing] == ["a (several)", "c"]


@pytest.mark.parametrize(
    "options", ['exclude-types="bill chapter"', 'exclude-with-fields="volume container-title"']
)
def test_excluded_works_are_reported_and_not_listed(options: str) -> None:
    listing = _listing(options, _chapter("a"), Record(id="b", type="book", title="b"))
    assert [entry.text for entry in listing] == ["b"]
    assert [(problem.code, problem.key) for problem in listing.problems] == [
        ("excluded-entry", "a")
    ]


_EDITIONS: Final = """<macro name="other"><alternative delimiter=" " prefix=" (" suffix=")">
    <alternative-text/></alternative></macro>
  <macro name="work"><group delimiter=", ">
    <choose><if context="alternative"><text value="other edition"/></if></choose>
    <names variable="author translator"><label form="short" prefix=" "/></names>
    <text variable="title" text-case="title"/><text variable="publisher"/>
    <date variable="issued" form="text" date-parts="year"/>
  </group><text macro="other"/></macro>"""
_LAYOUTS: Final = """<layout locale="de"><text value="DE "/><text macro="work"/></layout>
  <layout><text macro="work"/></layout>"""


def _edition(language: str | None, **extra: object) -> str:
    author = (Name(family="Roe"),)
    work = Record(type="book", title="the castle", author=author, language=language, extra=extra)
    return _cited(_style(_LAYOUTS, before=_EDITIONS), work)


def test_a_translation_is_printed_by_the_layout_of_its_language() -> None:
    printed = _edition(
        "en>de",
        **{
            "alt-title": "das Schloss",
            "alt-publisher": "Insel",
            "alt-issued": {"date-parts": [[1990]]},
            "alt-translator": [{"family": "Poe", "given": "Ann"}],
        },
    )
    other = "DE other edition, Ann Poe Übers., das Schloss, Insel, 1990"
    assert printed == f"Roe, The Castle ({other})"


def test_the_original_of_a_translation_has_its_own_language() -> None:
    printed = _edition("en<de", **{"alt-title": "the original"})
    assert printed == "DE Roe, the castle (other edition, The Original)"


@pytest.mark.parametrize("language", ["de", "de-AT"])
def test_a_variant_in_the_other_language_is_part_of_the_other_edition(language: str) -> None:
    variants = {"_keys": {"title": {"de": "das Schloss", "fr": "le château"}}}
    printed = _edition(f"en>{language}", multi=variants)
    assert printed == "Roe, The Castle (DE other edition, das Schloss)"


@pytest.mark.parametrize("language", ["en", None])
def test_without_a_second_language_there_is_no_other_edition(language: str | None) -> None:
    assert _edition(language, **{"alt-title": "das Schloss"}) == "Roe, The Castle"


@pytest.mark.parametrize("extra", [{}, {"multi": {"_keys": {"title": {"fr": "x"}}}}, {"multi": 1}])
def test_without_data_there_is_no_other_edition(extra: dict[str, object]) -> None:
    assert _edition("en>de", **extra) == "Roe, The Castle"
