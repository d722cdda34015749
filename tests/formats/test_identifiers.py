"""Identifiers as files spell them, in whatever format."""

from __future__ import annotations

import pytest

from refcite import dumps, loads
from refcite.identifiers import fault_in_doi, normal_doi

SPELLINGS = {
    "10.5555/Salt-7": "10.5555/Salt-7",
    "https://doi.org/10.5555/Salt-7": "10.5555/Salt-7",
    "http://dx.doi.org/10.5555/Salt-7": "10.5555/Salt-7",
    "https://www.doi.org/10.5555/Salt-7": "10.5555/Salt-7",
    "doi.org/10.5555/Salt-7": "10.5555/Salt-7",
    "DOI: 10.5555/Salt-7": "10.5555/Salt-7",
    "doi:https://doi.org/10.5555/Salt-7": "10.5555/Salt-7",
    "https://doi.org/10.5555%2FSalt-7": "10.5555/Salt-7",
    "https://doi-org.proxy.example.edu/10.5555/Salt-7": "10.5555/Salt-7",
    "10/k7p2xw": "10/k7p2xw",
    "https://doi.org/10/k7p2xw": "10/k7p2xw",
    "https://doi.org/k7p2xw": "10/k7p2xw",
}
TEXTS = {
    "bibtex": "@article{{k, title = {{Salt}}, doi = {{{}}}}}",
    "cff": "cff-version: 1.2.0\nmessage: m\ntitle: Salt\nauthors: [{{name: Roe}}]\ndoi: '{}'\n",
    "csl-json": '[{{"id": "k", "type": "article-journal", "title": "Salt", "DOI": "{}"}}]',
    "csl-yaml": "references:\n- id: k\n  type: article-journal\n  DOI: '{}'\n",
    "csv": "title,doi\nSalt,{}\n",
    "endnote-xml": "<xml><records><record><ref-type>17</ref-type>"
    "<electronic-resource-num>{}</electronic-resource-num></record></records></xml>",
    "hayagriva": "k:\n  type: article\n  title: Salt\n  serial-number:\n    doi: '{}'\n",
    "mods": '<mods xmlns="http://www.loc.gov/mods/v3"><genre>book</genre>'
    '<identifier type="doi">{}</identifier></mods>',
    "nbib": "PMID- 7\nTI  - Salt.\nAID - {} [doi]\n",
    "refer": "%0 Journal Article\n%T Salt\n%R {}\n",
    "ris": "TY  - JOUR\nTI  - Salt\nDO  - {}\nER  - \n",
    "wikipedia": "{{{{cite journal |title=Salt |doi={}}}}}",
    "word-xml": '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/'
    'bibliography"><b:Source><b:SourceType>Book</b:SourceType><b:Title>Salt</b:Title>'
    "<b:DOI>{}</b:DOI></b:Source></b:Sources>",
}


@pytest.mark.parametrize("format_", TEXTS)
def test_a_doi_loses_what_stands_before_it(format_: str) -> None:
    found = {text: loads(TEXTS[format_].format(text), format_)[0].doi for text in SPELLINGS}
    assert found == SPELLINGS


def test_a_doi_keeps_what_is_no_resolvers_address() -> None:
    texts = ("https://example.org/10.5555/x", "https://doi.org/about", "doing 10.5555/x", "")
    assert [normal_doi(text) for text in texts] == list(texts)


def test_a_short_doi_is_one_and_a_fraction_is_none() -> None:
    assert fault_in_doi("10/k7p2xw") is None
    assert fault_in_doi("10/2001") is not None
    [record] = loads("TY  - JOUR\nM3  - 10/12\nER  - \n", "ris")
    assert (record.doi, record.genre) == (None, "10/12")


def test_spaces_around_a_doi_are_no_part_of_it() -> None:
    texts = [TEXTS["csl-json"].format(doi) for doi in ("10.5555/Salt-7 ", " 10.5555/Salt-7")]
    assert [loads(text, "csl-json")[0].doi for text in texts] == ["10.5555/Salt-7"] * 2


def test_csl_json_is_written_with_the_address_it_had() -> None:
    text = TEXTS["csl-json"].format("https://doi.org/10.5555/Salt-7")
    library = loads(text, "csl-json")
    assert "https://doi.org/10.5555/Salt-7" in dumps(library, "csl-json")
    assert "https://doi.org" not in dumps([library[0].replace(doi="10.5555/new")], "csl-json")
