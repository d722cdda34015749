"""Repairs: only the named change, and every other byte unchanged."""

from __future__ import annotations

import pytest

from refcite import loads
from refcite.collection.checks import Checks, Selection, fix_text
from refcite.formats import get_format
from tests.shared import shared_path

BIBTEX = get_format("bibtex")
ALL = Checks(selection=Selection.of(extend=["all"]))


def fixed(text: str, *, unsafe: bool = False, checks: Checks = ALL) -> str:
    """Return a repaired text."""
    return fix_text(text, BIBTEX, checks, unsafe=unsafe).text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_doi_moves_to_its_field(newline: str) -> None:
    text = "% kept\n@misc{a,\n  title = {A} ,\n  URL = {http://dx.doi.org/10.1000/1}\n}\n"
    expected = text.replace("URL = {http://dx.doi.org/10.1000/1}", "doi = {10.1000/1}")
    assert fixed(text.replace("\n", newline)) == expected.replace("\n", newline)


def test_a_macro_is_not_changed() -> None:
    text = "@string{u = {https://doi.org/10.1000/1}}\n@misc{a, title = {A}, url = u}"
    assert fixed(text, unsafe=True) == text


def test_braces_around_capitals() -> None:
    text = "@article{a, title = {The {Old} DNA of iPhones}, journal = {L}}"
    assert "{The {Old} {DNA} of {iPhones}}" in fixed(text)


def test_unsafe_repairs_need_to_be_requested() -> None:
    text = "@misc{a,\n  title = {A},\n  url = {https://doi.org/10.1000/1},\n  doi = {10.1000/1},\n}"
    assert fixed(text) == text
    expected = "@misc{a,\n  title = {A},\n  doi = {10.1000/1},\n}"
    assert fixed(text, unsafe=True) == expected
    assert fix_text(text, BIBTEX, ALL).unsafe == 1


@pytest.mark.parametrize("order", ["{doi}, {url}", "{url}, {doi}"])
def test_a_removed_field_leaves_no_comma(order: str) -> None:
    fields = order.format(doi="doi = {10.1000/1}", url="url = {https://doi.org/10.1000/1}")
    assert fixed(f"@misc{{a, {fields}}}", unsafe=True) == "@misc{a, doi = {10.1000/1}}"


def test_a_typed_et_al_becomes_others() -> None:
    assert "{Roe, Ann and others}" in fixed("@misc{a, title = {T}, author = {Roe, Ann et al.}}")


def test_problems_that_are_not_reported_are_not_repaired() -> None:
    text = "@misc{a, title = {A}, url = {https://doi.org/10.1000/1}} @misc{b, year = 1 title = {B}}"
    checks = Checks(selection=Selection.of(["titles"]))
    assert fixed(text, checks=checks) == text
    silenced = (
        "% refcite: ignore doi-in-url\n@misc{a, title = {A}, url = {https://doi.org/10.1000/1}}"
    )
    assert fixed(silenced) == silenced


def test_a_spelling_of_a_journal_follows_the_full_name() -> None:
    entry = "@article{{{}, title = {{T{}}}, journal = {{{}}}, year = 1999}}\n"
    text = entry.format("a", 1, "J. of Light") + entry.format("b", 2, "Journal of Light")
    assert fixed(text) == text
    assert "J. of Light" not in fixed(text, unsafe=True)


@pytest.mark.parametrize("name", ["RJC.bib", "jabref-jabref-authors.bib", "nime2011.bib"])
def test_repairs_of_real_files_are_complete_and_change_nothing_else(name: str) -> None:
    text = shared_path("corpora", "bib", name).read_text(encoding="utf-8")
    checks = Checks(selection=Selection.of(["doi-in-url", "unprotected-capitals"]))
    result = fix_text(text, BIBTEX, checks)
    assert result.repairs
    assert fix_text(result.text, BIBTEX, checks).text == result.text
    before, after = loads(text, "bibtex"), loads(result.text, "bibtex")
    changed = {"title", "url", "doi"}
    for old, new in zip(before, after, strict=True):
        assert old.replace(**dict.fromkeys(changed)) == new.replace(**dict.fromkeys(changed))
        assert _unmarked(old.title) == _unmarked(new.title)


def _unmarked(title: str | None) -> str:
    return (title or "").replace('<span class="nocase">', "").replace("</span>", "")
