"""The page in Chromium: the text, the files it comes from, and the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.serve.browsing import (
    ROOT,
    TWO,
    check_unharmed,
    drop,
    opened,
    paste,
    payload,
    settled,
    until,
)
from tests.serve.library import HARM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = (ROOT / "examples" / "refworld-page.txt").read_text(encoding="utf-8")


def test_files_are_read_whatever_their_encoding(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        for encoding, problems in (("utf-8", 0), ("cp1252", 1), ("utf-16", 0)):
            text = "@book{a, title = {Müller}, year = 2001}"
            file = payload("a.bib", text.encode(encoding))
            page.evaluate("document.getElementById('clear').click()")
            page.set_input_files("#file", file)
            page.wait_for_selector(".entry")
            settled(page)
            assert page.input_value("#text") == text
            assert page.locator("#problems-list li").count() == problems


def typed(page: Page, text: str) -> None:
    """Type a text, as a person does."""
    page.focus("#text")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    settled(page)


MANY_LINES = "@book{k, title = {Large}}" + "\n" * 600


# The way back


@pytest.mark.parametrize("way", ["clear", "example", "file"])
def test_what_was_typed_comes_back(browser: Browser, address: str, way: str) -> None:
    with opened(browser, address) as page:
        typed(page, TWO)
        if way == "clear":
            page.click("#clear")
        elif way == "example":
            page.select_option("#example", "RIS")
            settled(page)
        else:
            drop(page, "a.ris", "'TY  - BOOK\\nTI  - Z\\nER  - \\n'")
            settled(page)
        assert page.input_value("#text") != TWO
        page.focus("#text")
        page.keyboard.press("Control+z")
        page.wait_for_selector("#bibliography[aria-busy=true]")
        settled(page)
        assert page.input_value("#text") == TWO
        assert page.locator(".entry").count() == 2


@pytest.mark.parametrize("by_keyboard", [False, True])
def test_what_a_large_text_replaced_comes_back(
    browser: Browser, address: str, by_keyboard: bool
) -> None:
    with opened(browser, address) as page:
        typed(page, TWO)
        assert page.locator("#undo").is_hidden()
        drop(page, "a.bib", f"`{MANY_LINES}`")
        settled(page)
        assert page.inner_text("#entries-count") == "1 entry"
        page.focus("#text")
        if by_keyboard:
            page.keyboard.press("Control+z")
        else:
            page.get_by_role("button", name="Undo").click()
        settled(page)
        assert page.input_value("#text") == TWO
        page.get_by_role("button", name="Undo").click()
        settled(page)
        assert page.inner_text("#entries-count") == "1 entry"


def test_what_a_large_paste_replaced_comes_back(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        typed(page, TWO)
        page.evaluate("text => navigator.clipboard.writeText(text)", MANY_LINES)
        page.focus("#text")
        page.keyboard.press("Control+a")
        page.keyboard.press("Control+v")
        settled(page)
        assert page.inner_text("#entries-count") == "1 entry"
        page.keyboard.press("Control+z")
        settled(page)
        assert page.input_value("#text") == TWO


# Files


def drop_several(page: Page, files: dict[str, str]) -> None:
    page.evaluate(
        "files => { const data = new DataTransfer();"
        " for (const [name, text] of Object.entries(files)) data.items.add(new File([text], name));"
        " document.body.dispatchEvent("
        "new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }",
        files,
    )
    settled(page)


BIB = "@book{a, title = {One}, year = 2001}"
RIS = "TY  - BOOK\nTI  - Two\nER  - \n"


def test_several_files_are_one_library(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        for files, entries, status in (
            ({"a.bib": BIB, "b.bib": BIB.replace("{a", "{b")}, 2, "2 records, 0 problems. Read a"),
            ({"a.bib": BIB, "b.ris": RIS}, 2, "2 records, 0 problems. Read a.bib as BibTeX, b.ris"),
            ({"a.json": "[]", "b.json": "[]"}, 0, "0 records"),
            ({"a.bib": "", "b.bib": BIB}, 1, "a.bib is empty. 1 record"),
        ):
            drop_several(page, files)
            assert page.inner_text("#status").startswith(status)
            assert page.locator(".entry").count() == entries
        assert not page.is_visible("#files")


def test_each_of_several_files_can_be_shown_and_changed(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        typed(page, TWO)
        broken = "TY  - BOOK\nTI  - Two\nPY  - 31/02/2012\nER  - \n"
        drop_several(page, {"a.bib": BIB, "b.ris": broken})
        assert page.input_value("#text") == BIB
        page.get_by_role("button", name="b.ris, line 3").click()
        assert page.input_value("#text") == broken, "the button leads into the other file"
        assert page.locator("#files [aria-pressed=true]").inner_text().startswith("b.ris")
        paste(page, RIS)
        assert page.inner_text("#status").startswith("2 records, 0 problems")
        page.click("#files button:first-child")
        assert page.input_value("#text") == BIB
        paste(page, BIB.replace("One", "Three"))
        page.click("#files button:last-child")
        assert page.input_value("#text") == RIS
        assert "Three" in page.inner_text("#entries")
        page.click("#clear")
        settled(page)
        assert not page.is_visible("#files")
        assert page.locator(".entry").count() == 0


def test_a_file_that_is_refused_leaves_what_is_there(browser: Browser, address: str) -> None:
    with opened(browser, address, expected="status of 422") as page:
        paste(page, TWO)
        colour = "getComputedStyle(document.getElementById('status')).color"
        before = page.evaluate(colour)
        for name, data, status in (
            ("x.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "x.png: the input is not text"),
            ("x.docx", b"PK\x03\x04" + bytes(100), "x.docx: the input is not text"),
            ("e.bib", b"", "e.bib is empty."),
            ("white.bib", b"\n \n", "white.bib is empty."),
        ):
            page.set_input_files("#file", payload(name, data))
            until(page, "#status.refused", name)
            assert page.inner_text("#status").startswith(status)
            assert page.evaluate(colour) != before
            assert page.input_value("#text") == TWO
            assert page.locator(".entry").count() == 2
            assert page.get_attribute("#bibliography", "aria-busy") == "false"
        paste(page, TWO.replace("One", "Three"))
        assert page.evaluate(colour) == before


def test_a_name_that_tells_the_format_is_said(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        drop(page, "refs.csv", "'heading,remark\\nOne,Two\\n'")
        settled(page)
        assert "because of its name." in page.inner_text("#status")
        drop(page, "a.ris", f"'{BIB}'")
        settled(page)
        assert (
            page.inner_text("#status")
            == "1 record, 0 problems. Read as BibTeX, because of its contents."
        )


# What a person says of a web page


HTML = "<!doctype html><html lang=en><title>Border reopened</title><p>Yesterday."


def test_the_address_and_the_day_of_a_page_are_asked_for(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        assert page.locator("#page-fields").is_hidden()
        paste(page, HTML)
        assert "the URL of the page is missing" in page.inner_text("#problems-list")
        page.get_by_label("URL of the page").fill("https://example.org/1")
        page.get_by_label("Accessed on").fill("2020-01-31")
        page.press("#url", "Tab")
        settled(page)
        until(page, ".entry", "Retrieved January 31, 2020, from https://example.org/1")
        page.get_by_label("Accessed on").fill("")
        page.press("#accessed", "Tab")
        until(page, ".entry", "Retrieved https://example.org/1")
        paste(page, TWO)
        assert page.locator("#page-fields").is_hidden()
        assert page.input_value("#url") == ""


def test_the_day_of_a_file_is_proposed(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.evaluate(
            "html => { const data = new DataTransfer(); data.items.add(new File([html], 'a.html',"
            " { lastModified: new Date(2019, 4, 6).getTime() })); document.body.dispatchEvent("
            "new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }",
            HTML,
        )
        settled(page)
        assert page.input_value("#accessed") == "2019-05-06"
        page.click("summary")
        assert "2019-05-06" in page.inner_text(".fields")


def test_harm_in_the_address_does_none(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, HTML)
        for harm in HARM[::3]:
            page.fill("#url", harm)
            page.press("#url", "Tab")
            settled(page)
            check_unharmed(page)
            assert page.locator(".entry").count() == 1
