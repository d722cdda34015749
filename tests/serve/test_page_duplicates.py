"""The duplicates on the page, and the bar that leads to its sections."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.serve.browsing import WIDER, opened, paste, payload, screenshot, settled, started
from tests.serve.library import large

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BIB = """@article{roe, author={Roe, A.}, title={Lamps of old houses}, year=2019, pages={12-5},
  doi={10.1000/1}}
@book{other, title={Other}, year=2000}
"""
RIS = """TY  - JOUR
AU  - Roe, Ann
TI  - Lamps of old houses: a history <b>
PY  - 2019
SP  - 12
EP  - 15
DO  - 10.1000/1
ID  - s1
ER  -
"""


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_files_are_opened_and_their_duplicates_shown(
    browser: Browser, tmp_path: Path, size: str
) -> None:
    (tmp_path / "a.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "b.ris").write_text(RIS, encoding="utf-8")
    with (
        started(tmp_path / "a.bib", tmp_path / "b.ris") as (_, address),
        opened(browser, address, size) as page,
    ):
        page.wait_for_selector(".group-list")
        settled(page)
        assert page.inner_text("#duplicates-count") == "1 group"
        assert page.locator("#files button").all_inner_texts() == [
            "a.bib 2 records",
            "b.ris 1 record",
        ]
        pages = page.locator(".group tr", has_text="page")
        assert pages.locator("td").all_inner_texts() == ["12-5", "✓ 12-15"]
        assert pages.locator("th").inner_text().startswith("= page")
        assert page.evaluate(WIDER) <= 0
        page.click("#bar a[href='#duplicates']")
        page.wait_for_selector("#bar a[href='#duplicates'][aria-current]")
        screenshot(page, f"duplicates-{size}", whole=False)
        page.get_by_role("button", name="b.ris, line 1").first.click()
        assert page.input_value("#text") == RIS
        # The download has the merged record.
        page.select_option("#target", "csl-json")
        page.select_option("#merge", "likely")
        with page.expect_download() as download:
            page.click("#download")
        works = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        assert {work["title"][:30] for work in works} == {
            "Other",
            "Lamps of old houses: a history"[:30],
        }
        assert len(works) == 2


def test_every_section_is_one_click_away(browser: Browser, address: str) -> None:
    for size in ("desktop", "phone"):
        with opened(browser, address, size) as page:
            page.set_input_files("#file", payload("a.bib", large(300).encode()))
            page.wait_for_selector(".record-list li")
            settled(page)
            page.get_by_role("button", name="Show all 300 entries").click()
            settled(page)
            for name in ("records", "downloads", "duplicates", "problems", "bibliography", "input"):
                page.click(f"#bar a[href='#{name}']")
                page.wait_for_function(
                    "name => { const box = document.getElementById(name).getBoundingClientRect();"
                    " return box.top >= 0 && box.top < innerHeight - 40 }",
                    arg=name,
                )
                bar = page.locator("#bar").bounding_box()
                assert bar is not None
                assert bar["y"] < 200
            page.click("#bar a[href='#downloads']")
            assert page.evaluate("document.activeElement.id") == "downloads"


def test_a_text_without_duplicates(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, "@book{a, title={One}, year=2001}")
        settled(page)
        assert page.inner_text("#duplicates-count") == "none"
        assert page.inner_text("#duplicates-list") == "None."
