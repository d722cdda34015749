"""Folders with the user's own styles and locales."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from refcite import Date, Record, notebook
from refcite.csl import Processor, bibliography, cite_as, search_styles, style_ids, style_xml
from refcite.csl.style.locale_files import locale_names
from refcite.csl.style.style_source import find_style
from refcite.problems import StyleError, UnknownLocaleError, UnknownStyleError

CSL = 'xmlns="http://purl.org/net/xbiblio/csl" version="1.0"'
DIARY = Record(id="diary", type="book", title="Diary", issued=Date.of(2001), page="3-9")


def _independent(style_id: str, title: str, content: str) -> str:
    return (
        f'<style {CSL} class="in-text"><info><title>{title}</title>'
        f"<id>http://www.zotero.org/styles/{style_id}</id></info>"
        f"<citation><layout>{content}</layout></citation>"
        f"<bibliography><layout>{content}</layout></bibliography></style>"
    )


def _dependent(title: str, parent: str, locale: str) -> str:
    return (
        f'<style {CSL} default-locale="{locale}"><info><title>{title}</title>'
        f'<link href="http://www.zotero.org/styles/{parent}" rel="independent-parent"/>'
        "</info></style>"
    )


LABELLED = '<label variable="page" suffix=" "/><text variable="page"/>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "own"
    (own / "dependent").mkdir(parents=True)
    files = {
        "House.csl": _independent("house-pages", "Our house", LABELLED),
        "dependent/leaflet.csl": _dependent("Leaflet", "house-pages", "tlh-AA"),
        "locales-tlh-AA.xml": f'<locale {CSL} xml:lang="tlh-AA"><terms><term name="page">'
        "<single>tenwal</single><multiple>tenwalmey</multiple></term></terms></locale>",
        "locales-fr-FR.xml": f'<locale {CSL} xml:lang="fr-FR"><terms><term name="page">'
        "<single>feuille</single><multiple>feuilles</multiple></term></terms></locale>",
    }
    for name, text in files.items():
        (own / name).write_text(text, encoding="utf-8")
    return own


def test_a_style_of_a_folder_is_found_by_its_file_or_its_id_in_any_case(folder: Path) -> None:
    for name in ("House", "house", "HOUSE-pages", "https://www.zotero.org/styles/house-pages"):
        assert find_style(name, folder).path == folder / "House.csl"
    assert str(bibliography(DIARY, "house", styles=folder)) == "pages 3–9"
    with pytest.raises(UnknownStyleError, match="did you mean 'House'"):
        find_style("hous", folder)
    with pytest.raises(UnknownStyleError):
        find_style("house")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("APA 7", "apa"), ("mla9", "modern-language-association"), ("natur", "nature")],
)
def test_what_a_person_calls_a_style_is_named_in_the_error(written: str, meant: str) -> None:
    with pytest.raises(UnknownStyleError, match=f"did you mean '{meant}'"):
        find_style(written)


def test_a_dependent_style_finds_its_parent_and_its_locale_in_the_folder(folder: Path) -> None:
    assert str(bibliography(DIARY, "leaflet", styles=folder)) == "tenwalmey 3–9"
    (folder / "House.csl").unlink()
    with pytest.raises(StyleError, match=r"needs the style .house-pages..*REFCITE_STYLES"):
        find_style("leaflet", folder)


def test_a_locale_of_a_folder_precedes_the_published_one(folder: Path) -> None:
    def printed(locale: str) -> str:
        return str(bibliography(DIARY, "house", locale=locale, styles=folder))

    # The delimiter of French ranges is that of the published file.
    assert printed("fr") == "feuilles 3\u20119"
    assert printed("tlh") == "tenwalmey 3–9"
    (folder / "locales-fr-FR.xml").write_text(
        f'<locale {CSL} xml:lang="fr-FR"><terms/></locale>', encoding="utf-8"
    )
    assert printed("fr-FR") == "pages 3\u20119"
    with pytest.raises(UnknownLocaleError):
        Processor("apa", locale="tlh", styles=[])


def test_a_damaged_locale_is_named_by_its_file(folder: Path) -> None:
    (folder / "locales-fr-FR.xml").write_text("<locale", encoding="utf-8")
    with pytest.raises(StyleError, match=r"locales-fr-FR\.xml: not well-formed"):
        Processor("house", locale="fr-FR", styles=folder)


def test_folders_of_the_environment_are_used_after_those_of_the_call(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "apa.csl").write_text(_independent("apa", "Newer APA", LABELLED), encoding="utf-8")
    (other / "house.csl").write_text(_independent("house", "Other", LABELLED), encoding="utf-8")
    monkeypatch.setenv("REFCITE_STYLES", os.pathsep.join((str(other), "", str(folder))))
    assert find_style("apa").path == other / "apa.csl"
    assert find_style("house").path == other / "house.csl"
    assert find_style("house", folder).path == folder / "House.csl"
    assert style_ids()[:2] == ("apa", "house")
    assert search_styles("newer apa") == (("apa", "Newer APA"),)
    assert search_styles("leaflet")[0] == ("leaflet", "Leaflet")
    assert "Newer APA" in style_xml("apa")
    assert locale_names()["tlh-AA"] == "tlh-AA"


def test_folders_are_accepted_where_a_style_is_named(folder: Path) -> None:
    work = Record(id="a", type="book", title="Salt", issued=Date.of(2020))
    printed = str(bibliography(work, style="house", styles=folder))
    assert cite_as(work, "house", styles=folder) == printed
    assert work.cite_as("house", styles=folder) == printed
    notebook.use("house", styles=folder)
    try:
        assert work._repr_html_() is not None
        assert printed in str(work._repr_markdown_())
    finally:
        notebook.use("apa")


def test_a_changed_title_is_read_again(folder: Path) -> None:
    assert search_styles("our house", styles=folder)[0] == ("House", "Our house")
    text = (folder / "House.csl").read_text(encoding="utf-8")
    (folder / "House.csl").write_text(text.replace("Our house", "The office"), encoding="utf-8")
    assert search_styles("the office", styles=folder)[0] == ("House", "The office")


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "REFCITE_STYLES: there is no folder .*; create it"), ("x", "is a file, not a folder")],
)
def test_a_folder_that_does_not_exist_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, message: str
) -> None:
    path = tmp_path / "styles"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setenv("REFCITE_STYLES", str(path))
    with pytest.raises(StyleError, match=message):
        Processor("apa")
    with pytest.raises(StyleError, match="styles= is a folder"):
        Processor("apa", styles=3)  # type: ignore[arg-type]
