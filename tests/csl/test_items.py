"""What the conversion of a record to an item adds to CSL, and how it is switched off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import refcite
from refcite import Date, Name, Record
from refcite.csl import Cite, Processor, style_xml

OTHER = Record(
    id="other", type="book", title="Salt", author=(Name.parse("Ann Roe"),), issued=Date.of(2020)
)


def cited_again(title: str, style: str = "chicago-notes-bibliography", **more: Any) -> str:
    """Return the second citation of a book, after another one by its author."""
    options = {name: more.pop(name) for name in ("derive_short_titles",) if name in more}
    work = OTHER.replace(id="work", title=title, **more)
    processor = Processor(style, **options)
    for note, record in enumerate([work, OTHER], start=1):
        processor.cite(record, note=note)
    return processor.cite(Cite(work, locator="7"), note=3)


@pytest.mark.parametrize(
    ("title", "language", "short"),
    [
        ("Lanterns", None, "Lanterns"),
        ("Lanterns: A Night", None, "Lanterns"),
        ("The Lanterns: A Night", "en-GB", "Lanterns"),
        ("An <i>Aeneid</i>: Notes", None, "Aeneid"),
        ("Reading <i>Dune: Part One</i>", None, "Reading Dune: Part One"),
        ("“Why: A Word” in Use: Essays", None, "“Why: A Word” in Use"),
        ("Skulls (Aves: Anas): A View", None, "Skulls (Aves: Anas)"),
        ("Skulls of Ducks (Aves: Anas)", None, "Skulls of Ducks (Aves: Anas)"),
        ("Mark 4:12 in Song", None, "Mark 4:12 in Song"),
        ("A", None, "A"),
        ("Die Laternen: eine Nacht", "de", "Laternen"),
        ("Die Laternen", None, "Die Laternen"),
        ("L’orme : récits", "fr", "Orme"),
        ("Los faroles: una noche", "es-MX", "Faroles"),
        ("Gli alberi", "it", "Alberi"),
        ("灯笼：一夜", "zh", "灯笼"),
    ],
)
def test_shortened_notes_have_short_titles(title: str, language: str | None, short: str) -> None:
    assert cited_again(title, language=language) == f"Roe, {short}, 7."


def test_short_titles_of_the_record_and_full_ones_of_the_caller_are_kept() -> None:
    assert cited_again("The Lamps: A Night", title_short="The Lamps") == "Roe, The Lamps, 7."
    whole = cited_again("The Lamps: A Night", derive_short_titles=False)
    assert whole == "Roe, The Lamps: A Night, 7."


def test_only_citations_are_shortened_and_no_names_of_laws() -> None:
    work = Record(id="a", type="book", title="The Lamps: A Night")
    processor = Processor("modern-language-association")
    assert processor.cite(work) == "(Lamps)"
    assert str(processor.bibliography()) == "The Lamps: A Night."
    assert Processor("apa").cite(work) == "(The Lamps, n.d.)"
    law = Record(id="a", type="legislation", title="The Lamps: Order 5")
    assert "The Lamps: Order 5" in Processor("modern-language-association").cite(law)


THESES = r"""
@phdthesis{a, title={Dunes}, author={Roe, Ann}, school={University of Skye}, year=2001}
@mastersthesis{b, title={Reefs}, author={Roe, Ann}, school={Skye University}, year=2002,
  url={https://ex.org/b}}
@thesis{c, title={Tides}, author={Roe, Ann}, type={DPhil thesis}, institution={Skye}, date=2003}
"""


@pytest.mark.parametrize(
    ("style", "words"),
    [
        (
            "apa",
            [
                "[Unpublished doctoral dissertation]. University of Skye.",
                "[Master’s thesis, Skye University].",
                "[DPhil thesis].",
            ],
        ),
        ("chicago-notes-bibliography", ["PhD diss., Univ", "Master’s thesis, Sky", "DPhil thesis"]),
        (
            "modern-language-association",
            ["U of Skye, PhD dissertation.", "Skye U, master’s thesis.", "Skye, DPhil thesis."],
        ),
        ("vancouver", ["[dissertation]", "[master’s thesis]", "[DPhil thesis]"]),
        ("ieee", ["PhD thesis", "Master’s thesis", "DPhil thesis"]),
    ],
)
def test_a_kind_of_thesis_has_the_words_of_the_manual(style: str, words: list[str]) -> None:
    printed = str(refcite.bibliography(refcite.loads(THESES, "bibtex"), style=style))
    for words_of_one in words:
        assert words_of_one in printed


@pytest.mark.parametrize(
    "options",
    [
        {"manual_wording": False},
        {"repeat_publisher": True},
        {"locale": "fr-FR"},
    ],
)
def test_the_words_of_a_manual_are_switched_off(options: Any) -> None:
    thesis = refcite.loads(THESES, "bibtex")["a"]
    assert "[PhD thesis]" in str(refcite.bibliography(thesis, style="apa", **options))


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("apa", "[Unpublished doctoral dissertation]"),
        ("chicago-author-date", "PhD diss."),
        ("modern-language-association", "PhD dissertation"),
        ("nlm-citation-sequence", "[dissertation]"),
    ],
)
def test_a_copy_of_a_style_under_another_name_has_the_words_of_the_manual(
    style: str, words: str, tmp_path: Path
) -> None:
    address = f"http://www.zotero.org/styles/{style}"
    copy = tmp_path / "ours.csl"
    copy.write_text(style_xml(style).replace(address, "urn:ours"), encoding="utf-8")
    thesis = refcite.loads(THESES, "bibtex")["a"]
    assert words in str(refcite.bibliography(thesis, style=copy))


def test_a_style_made_from_that_of_a_manual_has_its_own_words() -> None:
    thesis = refcite.loads(THESES, "bibtex")["a"]
    text = style_xml("british-psychological-society")
    assert 'apa" rel="template"' in text
    assert "doctoral" not in str(refcite.bibliography(thesis, style=text)).lower()


def test_publishers_are_shortened_in_mla_only() -> None:
    book = OTHER.replace(publisher="The Skye Book Company")
    assert "Skye Book, 2020" in str(refcite.bibliography(book, style="modern-language-association"))
    assert "The Skye Book Company" in str(refcite.bibliography(book, style="apa"))


def test_an_event_is_printed_by_styles_of_both_names_of_the_variable() -> None:
    talk = OTHER.replace(type="speech", event_title="Salt Days", event_place="Wick")
    for style in ("ieee", "apa"):
        assert "Salt Days" in str(refcite.bibliography(talk, style=style))


def test_a_translated_title_follows_the_original_one() -> None:
    article = OTHER.replace(title="[Salt and light]", original_title="Salt og lys", language="nb")
    assert "Salt og lys [Salt and light]." in str(refcite.bibliography(article, style="vancouver"))


def test_the_publisher_of_a_site_is_printed_once() -> None:
    page = OTHER.replace(type="webpage", container_title="The Salt Board", publisher="Salt Board")
    assert str(refcite.bibliography(page, style="apa")).count("Salt Board") == 1


@pytest.mark.parametrize(
    ("style", "entry", "printed"),
    [
        ("apa", "@article{a, pages={e0412}, journal={Quay}", "Quay, Article e0412."),
        ("apa", "@article{a, pages={412--414}, journal={Quay}", "Quay, 412–414."),
        ("apa", "@dataset{a, publisher={Quay}", "[Data set]. Quay."),
        (
            "apa",
            "@patent{a, type={patentus}, number={12}",
            "(U.S. Patent No. 12). U.S. Patent and Trademark Office.",
        ),
        (
            "apa",
            "@unpublished{a, eventtitle={Quay Days}, eventdate={2019-05-02/2019-05-04}",
            "Roe, A. (2019, May 2–4). Salt. Quay Days.",
        ),
        ("nlm-citation-sequence", "@article{a, type={Letter}, journal={Quay}", "Salt [letter]."),
        ("apa", "@techreport{a, number={19-2041}, institution={Quay}", "(No. 19-2041)"),
        ("apa", "@techreport{a, number={19-21}, institution={Quay}", "(Nos. 19–21)"),
    ],
)
def test_manuals_have_their_own_forms(style: str, entry: str, printed: str) -> None:
    fields = ", title={Salt}, author={Roe, Ann}, date=2019}"
    assert printed in str(refcite.bibliography(refcite.loads(entry + fields), style=style))


def test_the_supreme_court_is_omitted_next_to_its_reporter() -> None:
    case = Record(
        id="a", type="legal_case", title="Roe v. Quay", volume="410", container_title="U.S.",
        page="12", authority="U.S. Supreme Court", issued=Date.of(1973),
    )  # fmt: skip
    assert "410 U.S. 12 (1973)" in str(refcite.bibliography(case, style="apa"))
    state = case.replace(authority="Supreme Court of Ohio", container_title="Ohio St. 3d")
    assert "(Supreme Court of Ohio 1973)" in str(refcite.bibliography(state, style="apa"))


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (Name(family="Roe", given="AB"), "Roe, A. B."),
        (Name(family="Roe", given="Ann BC"), "Roe, A. B. C."),
        (Name(family="ROE", given="ANN"), "ROE, A."),
        (Name(family="Roe", given="Ann II"), "Roe, A. I."),
    ],
)
def test_initials_without_full_stops_are_initials(name: Name, printed: str) -> None:
    work = Record(id="a", type="book", title="Salt", author=(name,), issued=Date.of(2020))
    assert refcite.bibliography(work)[0].text == f"{printed} (2020). Salt."


def test_plain_csl_keeps_initials_as_one_name() -> None:
    work = Record(id="a", type="book", title="Salt", author=(Name(family="Roe", given="AB"),))
    assert refcite.bibliography(work, repeat_publisher=True)[0].text == "Roe, A. (n.d.). Salt."


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Lamps of harbours.", "Lamps of harbours,"),
        ("Roe (in Ebb).", "Roe (in Ebb),"),
        ("Roe et al.", "Roe et al.,"),
    ],
)
def test_a_full_stop_that_a_database_added_is_not_printed(title: str, printed: str) -> None:
    paper = Record(id="a", type="article-journal", title=title, container_title="Tides", volume="1")
    assert refcite.bibliography(paper, style="ieee")[0].text == f"[1] “{printed}” Tides, vol. 1."


def test_the_country_of_an_article_in_pubmed_is_not_printed() -> None:
    paper = Record(
        id="a", type="article-journal", title="Ebb", container_title="Tides", volume="1",
        issued=Date.of(2020), publisher_place="England", pmid="1",
    )  # fmt: skip
    style = "chicago-author-date"
    assert refcite.bibliography(paper, style=style)[0].text == "“Ebb.” 2020. Tides 1."
    other = paper.replace(pmid=None, publisher_place="Oslo")
    assert "Tides (Oslo) 1" in refcite.bibliography(other, style=style)[0].text


@pytest.mark.parametrize("output", ["text", "rtf"])
def test_an_entry_does_not_begin_with_the_space_of_an_affix(output: Any) -> None:
    case = Record(id="a", type="legal_case", title="Roe v Doe", page="4", issued=Date.of(2019))
    (entry,) = refcite.bibliography(case, style="review-of-international-studies", output=output)
    assert entry.text == entry.text.strip()
