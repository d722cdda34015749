"""Spreadsheets: the sheet with a header is read like any other table."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import refcite
from refcite.dates import Date
from refcite.formats import stream
from refcite.problems import FormatError, InputError
from refcite.record import Record

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Cells = Sequence[Sequence[str | int]]


def workbook(sheets: Mapping[str, Cells]) -> bytes:
    """Return the smallest workbook of Excel that has these sheets."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r0"'
            f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        )
        for n, name in enumerate(names, 1):
            rows = "".join(_row(n, row) for n, row in enumerate(sheets[name], 1))
            archive.writestr(
                f"xl/worksheets/sheet{n}.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            )
    return held.getvalue()


def _row(number: int, cells: Iterable[str | int]) -> str:
    found = []
    for column, cell in zip("ABCDEF", cells, strict=False):
        place = f'r="{column}{number}"'
        if isinstance(cell, int):
            found.append(f"<c {place}><v>{cell}</v></c>")
        elif cell:
            found.append(f'<c {place} t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
    return f'<row r="{number}">{"".join(found)}</row>'


BOOK = workbook(
    {
        "Notes": [["Made on a Monday", ""]],
        "Works": [
            ["What was asked for", "ebb"],
            [],
            ["Title", "Authors", "Year", "Journal"],
            ['On "ebb"\nand flow', "Quist, Ann; Roe, Bob", 2019, "Annals"],
            ["Tab\there", "Poe, Cat", 2020, ""],
            ["No date", "Doe, Dan", "once upon a time", ""],
        ],
    }
)


@pytest.fixture(autouse=True)
def _calamine() -> None:
    pytest.importorskip("python_calamine", reason="the extra tables is not installed")


def test_the_sheet_with_a_header_is_read(tmp_path: Path) -> None:
    path = tmp_path / "works.xlsx"
    path.write_bytes(BOOK)
    library = refcite.load(path)
    first, second, _ = library
    assert (first.title, first.issued) == ('On "ebb" and flow', Date.of(2019))
    assert [str(name) for name in first.author] == ["Quist, Ann", "Roe, Bob"]
    assert (first.type, second.title) == ("article-journal", "Tab here")
    assert [(one.code, one.line) for one in library.problems] == [
        ("text-outside-entry", 1),
        ("unread-date", 6),
    ]
    assert [one for one in stream(path) if isinstance(one, Record)] == list(library)


def test_a_spreadsheet_is_known_by_its_content() -> None:
    assert [record.title for record in refcite.loads(BOOK)][1:] == ["Tab here", "No date"]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/nothing.xml", "<nothing/>")
    with pytest.raises(InputError, match="cannot be read"):
        refcite.loads(held.getvalue())


def test_a_spreadsheet_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="not written"):
        refcite.dump([], tmp_path / "works.xlsx")


def test_without_the_extra_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(InputError, match=r"python-calamine; install it with: .*tables"):
        refcite.loads(BOOK)
