"""The pictures of the documentation: small, described, and true."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.docs.blocks import ROOT
from tests.docs.pictures import LARGEST, PICTURES, as_svg, check_on_a_terminal

NAMES = ["check.svg", "explain.png", "notebook.png", "serve.png"]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")


def test_there_are_no_others() -> None:
    assert sorted(path.name for path in PICTURES.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_small(name: str) -> None:
    assert 1_000 < (PICTURES / name).stat().st_size <= LARGEST


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_shown_and_described(name: str) -> None:
    described = [
        words
        for page in PAGES
        for words, address in _IMAGE.findall(page.read_text(encoding="utf-8"))
        if (page.parent / address).resolve() == PICTURES / name
    ]
    assert described
    assert all(len(words.split()) > 10 for words in described)


def _said(svg: bytes) -> list[str]:
    texts = etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(map(str, text.itertext())) for text in texts]


def test_the_terminal_says_what_its_picture_shows() -> None:
    shown = (PICTURES / "check.svg").read_bytes()
    assert _said(as_svg(check_on_a_terminal()).encode()) == _said(shown), "make pictures"


def test_the_picture_of_the_terminal_asks_for_nothing() -> None:
    text = (PICTURES / "check.svg").read_text(encoding="utf-8")
    assert [address for address in re.findall(r"url\(([^)]*)\)", text) if address[0] != "#"] == []
    assert not re.search(r"@import|href", text)
