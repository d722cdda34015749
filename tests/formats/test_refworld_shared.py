"""Every real page and string comes back as it was printed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from refcite.formats.refworld import read
from tests.shared import shared_or_none, shared_path

TYPES = {
    "news": "article-newspaper",
    "report": "report",
    "guidelines": "report",
    "legislation": "legislation",
    "resolution": "legislation",
    "case-law": "legal_case",
    "treaty": "treaty",
}

# What sources have that is no part of the form, and so is not printed again.
NOT_OF_THE_FORM = (
    # A list of references has put a year behind the name.
    (r"^([^,]+) \(\d{4}\), ", r"\1, "),
    # The full stop ends the sentence.
    (r"\.$", ""),
    # A note behind the address says something about the copy; it is the record's `note`.
    (r"(https?://\S+) \[(?!accessed)[^\[\]]*\]$", r"\1"),
    # The comma between title and publisher is lost; the publisher leads, as in the others.
    (r"^([^,]+) (UN High Commissioner for Refugees \(UNHCR\)), ([^,]+)$", r"\2, \1, \3"),
    # Citers leave out "available at:"; the classic form has it.
    (r", (https?://\S+docid\S+)", r", available at: \1"),
)
NEW_ADDRESS = re.compile(r"https?://www\.refworld\.org/[a-z]+/[a-z]+/\w+/\d{4}/")


def normalised(text: str) -> str:
    """Collapse white space, drop it before commas, and "available at:" without an address."""
    text = re.sub(r"\s+", " ", text).strip().replace(" ,", ",")
    return re.sub(r",? available at: \[", " [", text)


def strings() -> list[tuple[str, str]]:
    file = shared_or_none("citeas", "citeas.tsv")
    if file is None:
        return []
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines if line]


def pages() -> list[Path]:
    folder = shared_or_none("citeas", "pages")
    return sorted(folder.iterdir()) if folder else []


def test_the_shared_data_is_there() -> None:
    shared_path("citeas")


@pytest.mark.parametrize(("string", "kind"), strings())
def test_a_string_comes_back(string: str, kind: str) -> None:
    expected = normalised(string)
    for pattern, replacement in NOT_OF_THE_FORM:
        expected = re.sub(pattern, replacement, expected)
    (record,) = read(string)
    style = "refworld-2023" if NEW_ADDRESS.search(string) else "refworld"
    assert normalised(record.cite_as(style)) == expected
    assert record.type == TYPES[kind]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_a_page_gives_its_own_line_again(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    printed = re.findall(r"^Cite as[\s|]+(.*?accessed [^\]]*\])", text, re.MULTILINE | re.DOTALL)
    if not printed:
        pytest.skip("no cite-as line on this page")
    library = read(text)
    assert [normalised(record.cite_as()) for record in library] == [*map(normalised, printed)]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_a_page_is_of_its_kind(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    kind = text.splitlines()[0].removeprefix("# kind: ")
    library = read(text)
    assert len(library) > 0
    assert not library.has_errors
    assert kind == "other" or {record.type for record in library} == {TYPES[kind]}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_a_page_without_its_first_line_reads_the_same(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert read(text) == read(text.split("\n", 1)[1])


def test_all_strings_at_once() -> None:
    given = strings()
    if not given:
        shared_path("citeas", "citeas.tsv")
    library = read("\n".join(string for string, _ in given))
    assert len(library) == len(given)


def test_the_seed_page() -> None:
    (record,) = read(shared_path("seed", "refworld-5975a46610.txt").read_text(encoding="utf-8"))
    assert record.id == "refworld-5975a46610"
    assert record.container_title == record.publisher == "Radio Free Europe/Radio Liberty"
    assert record.author == ()
    assert record.cite_as() == (
        "Radio Free Europe/Radio Liberty, Russia, Turkey conduct first joint air strikes against"
        " IS in Syria, 18 January 2017, available at:"
        " https://www.refworld.org/docid/5975a46610.html [accessed 6 June 2023]"
    )


def notes() -> list[dict[str, str | None]]:
    file = shared_or_none("citeas", "brief.json")
    return json.loads(file.read_text(encoding="utf-8")) if file else []


@pytest.mark.parametrize("note", notes(), ids=lambda note: str(note["docid"]))
def test_a_note_of_a_brief_is_read(note: dict[str, str | None]) -> None:
    library = read(shared_path("citeas", "brief.txt").read_text(encoding="utf-8"))
    (record,) = (one for one in library if one.id == f"refworld-{note['docid']}")
    read_back = {
        "docid": note["docid"],
        "publisher": record.publisher,
        "title": record.title,
        "issued": str(record.issued) if record.issued else None,
        "number": record.number,
        "accessed": str(record.accessed) if record.accessed else None,
    }
    assert read_back == note


def test_a_brief_gives_one_record_for_each_url() -> None:
    text = shared_path("citeas", "brief.txt").read_text(encoding="utf-8")
    assert len(read(text)) == len(re.findall(r"https?://", text))
