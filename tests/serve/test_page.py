"""The page in Chromium, end to end: what it is for, much, and harm."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from tests.serve.browsing import (
    ROOT,
    TWO,
    check_unharmed,
    choose_style,
    drop,
    opened,
    paste,
    payload,
    screenshot,
    settled,
    until,
)
from tests.serve.library import HARM, harmful, large
from tests.share import long_but

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE = (ROOT / "examples" / "refworld-page.txt").read_text(encoding="utf-8")


# What it is for


def test_a_page_of_refworld_becomes_its_citation(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, PAGE)
        assert page.inner_text("#status").startswith("1 record, 0 problems. Read as Refworld")
        assert "Radio Free Europe/Radio Liberty" in page.inner_text(".entry i")
        choose_style(page, "refworld-2023")
        assert page.inner_text(".entry").endswith("[accessed 06 June 2023]")
        page.click("summary")
        assert "2017-01-18" in page.inner_text(".fields")
        screenshot(page, "refworld")


def test_a_problem_leads_to_its_line(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, TWO)
        page.get_by_role("button", name="Line 3").first.click()
        selected = "(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.activeElement)"
        assert page.evaluate(selected) == "year = 2001,", "from the column that is told"


def test_a_column_is_counted_in_characters(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, '[{"id": "😀😀", "type": "book",, "title": "One"}]')
        button = page.get_by_role("button", name="Line 1:").first
        column = int(button.inner_text().partition(":")[2])
        button.click()
        start = page.evaluate("document.activeElement.selectionStart")
        assert start == column - 1 + 2


def test_a_line_far_below_is_scrolled_into_view(browser: Browser, address: str) -> None:
    long = "x" * 900
    text = "".join(f"@misc{{k{number}, title = {{{long}}}}}\n" for number in range(60))
    with opened(browser, address, "phone") as page:
        paste(page, f"{text}@book{{last, title = {{One}} year = 2001}}\n{text.replace('{k', '{l')}")
        page.get_by_role("button", name="Line 61").first.click()
        # The caret's line is found by measuring the text before it in the same way as it is drawn.
        share = page.evaluate(
            "(t => (t.scrollTop + t.clientHeight / 3) / t.scrollHeight)(document.activeElement)"
        )
        assert 0.45 < share < 0.55


def test_a_language_and_a_format_can_be_chosen(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, TWO)
        page.select_option("#locale", "de-DE")
        page.select_option("#format", "ris")
        until(page, "#status", "RIS")
        assert page.inner_text("#entries") == "None: there is no record."
        page.select_option("#format", "")
        page.wait_for_selector(".entry")
        assert "1 error" in page.inner_text("#problems-count")


def test_the_bibliography_is_divided_into_sections(browser: Browser, address: str) -> None:
    text = "@book{a, title={One}, year=2001}\n@techreport{b, title={Two}, year=2002}"
    with opened(browser, address) as page:
        paste(page, text)
        page.select_option("#group-by", "type")
        page.wait_for_selector("#entries h3")
        assert page.locator("#entries h3").all_inner_texts() == ["Books", "Reports"]
        page.click("#copy-text")
        until(page, "#copied", "2 entries")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == "Books\n\nOne. (2001).\n\nReports\n\nTwo. (2002)."
        page.select_option("#group-by", "")
        page.wait_for_selector("#entries h3", state="detached")


def test_copies_and_downloads(browser: Browser, address: str, tmp_path: Path) -> None:
    with opened(browser, address) as page:
        paste(page, TWO)
        page.click("#copy-text")
        until(page, "#copied", "2 entries")
        assert page.evaluate("navigator.clipboard.readText()") == "One. (2001).\nTwo. (2002)."
        page.evaluate(
            "window.addEventListener('copy', (event) => {"
            " window.rich = event.clipboardData.getData('text/html'); })"
        )
        page.click("#copy-rich")
        until(page, "#copied", "format")
        rich = page.evaluate("window.rich")
        assert rich.startswith('<p style="margin-left:2em;text-indent:-2em"><i>')
        assert page.evaluate("navigator.clipboard.readText()") == "One. (2001).\nTwo. (2002)."
        assert "<i>One</i>. (2001)." in rich
        for target, name, text in (
            ("ris", "references.ris", "TI  - One"),
            ("bibliography-latex", "bibliography.tex", r"\textit{One}. (2001)"),
        ):
            page.select_option("#target", target)
            with page.expect_download() as waiting:
                page.click("#download")
            file = tmp_path / waiting.value.suggested_filename
            waiting.value.save_as(file)
            assert (file.name, text in file.read_text(encoding="utf-8")) == (name, True)


@pytest.mark.skipif(find_spec("docx") is None, reason="the package python-docx is not installed")
def test_a_word_document_is_downloaded_and_not_copied(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    with opened(browser, address) as page:
        paste(page, TWO)
        page.select_option("#target", "bibliography-docx")
        page.click("#copy-target")
        until(page, "#downloaded", "bibliography.docx is not text. Download it instead.")
        with page.expect_download() as waiting:
            page.click("#download")
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        until(page, "#downloaded", f"bibliography.docx, {file.stat().st_size:,} bytes.")
        with ZipFile(file) as archive:
            assert b"One" in archive.read("word/document.xml")


def test_a_numeric_style_is_copied_as_numbered_paragraphs(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        entry = "@article{a, title = {One <two>}, year = 2001, doi = {10.1000/one}}\n"
        paste(page, f"{entry}{entry.replace('{a', '{b')}")
        choose_style(page, "ieee")
        page.evaluate(
            "window.addEventListener('copy', (event) => {"
            " window.rich = event.clipboardData.getData('text/html'); })"
        )
        page.click("#copy-rich")
        until(page, "#copied", "format")
        first, second = page.evaluate("window.rich").split("\n")
        assert first.startswith('<p style="margin-left:2em;text-indent:-2em">[1]<span')
        assert ">\t</span>“One &lt;two&gt;" in first
        assert '<a href="https://doi.org/10.1000/one">' in first
        assert second.endswith("</p>")
        # Nothing that a browser has to mend: it reads back as it was written.
        read = "html => new DOMParser().parseFromString(html, 'text/html').body.children.length"
        blank = page.context.new_page()
        assert blank.evaluate(read, f"{first}\n{second}") == 2
        blank.close()
        assert "<div" not in f"{first}{second}"
        lines = page.evaluate("navigator.clipboard.readText()").splitlines()
        assert [line.partition("“")[0] for line in lines] == ["[1]\t", "[2]\t"]
        page.click("#copy-text")
        until(page, "#copied", "as text")
        assert page.evaluate("navigator.clipboard.readText()").splitlines() == lines


def test_references_are_had_where_no_bibliography_is(browser: Browser, address: str) -> None:
    refused = {"error": {"code": "refused", "message": "the page formats up to 20,000 records"}}
    with opened(browser, address, expected="status of 422") as page:
        page.route("**/bibliography?*", lambda route: route.fulfill(status=422, json=refused))
        paste(page, TWO)
        assert page.inner_text("#entries") == "The page formats up to 20,000 records."
        page.click("#copy-text", force=True)
        assert page.inner_text("#copied") == "There is nothing to copy."
        page.select_option("#target", "ris")
        with page.expect_download() as waiting:
            page.click("#download")
        assert waiting.value.suggested_filename == "references.ris"


def test_what_is_shown_is_busy_as_soon_as_it_is_of_another_text(
    browser: Browser, address: str
) -> None:
    with opened(browser, address) as page:
        paste(page, TWO)
        page.focus("#text")
        # In one go, so that the answer cannot come between.
        said = page.evaluate(
            "() => { document.execCommand('insertText', false, ' ');"
            " const button = document.getElementById('copy-text'); button.click();"
            " return [document.getElementById('bibliography').ariaBusy, button.ariaDisabled,"
            " document.getElementById('copied').textContent]; }"
        )
        assert said == ["true", "true", "This is not ready yet."]
        settled(page)
        assert page.get_attribute("#copy-text", "aria-disabled") == "false"


def test_an_example_can_be_tried(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.get_by_role("button", name="Try an example").click()
        settled(page)
        assert page.locator(".entry").count() == 2
        assert page.get_by_role("button", name="Try an example").count() == 0


def test_what_a_format_cannot_carry_is_told(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, '[{"id": "a", "type": "book", "title": "One", "scale": "1:10"}]')
        page.select_option("#target", "nbib")
        page.click("#copy-target")
        page.wait_for_selector("#lost li")
        assert "cannot hold scale" in page.inner_text("#lost")


def test_examples_are_there_to_begin_with(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        names = page.locator("#example option").all_inner_texts()[1:]
        for name in names:
            page.evaluate("document.getElementById('clear').click()")
            page.select_option("#example", name)
            page.wait_for_selector(".entry")
            settled(page)
            problems = 2 if "two mistakes" in name else 0
            assert page.locator("#problems-list li").count() == problems
        page.click("#clear")
        assert page.inner_text("#status") == "Nothing is pasted yet."


# Much


@pytest.mark.parametrize("count", long_but((600).__eq__, [600, 5_000]))
def test_a_large_library(browser: Browser, address: str, count: int) -> None:
    with opened(browser, address) as page:
        file = payload("a.bib", large(count).encode())
        page.set_input_files("#file", file)
        page.wait_for_selector(".record-list li")
        page.fill("#style", "mla")  # while the first style is still at work
        page.wait_for_selector("[role=option]")
        page.press("#style", "Enter")
        settled(page)
        assert page.inner_text("#entries-count") == f"{count:,} entries"
        assert page.locator(".entry").count() == 50
        screenshot(page, str(count), whole=False)
        # The page can answer between two parts, however long each takes: an observer hears of each.
        page.evaluate(
            "() => { window.parts = []; new MutationObserver((changes) => { window.parts.push("
            "changes.flatMap((one) => [...one.addedNodes]).length); }).observe("
            "document.querySelector('.entry').parentElement, { childList: true }); }"
        )
        page.get_by_role("button", name=f"Show all {count:,} entries").click()
        page.locator(f".entry >> nth={count - 1}").wait_for(state="attached")
        assert page.evaluate("document.activeElement.className") == "entry"
        parts = page.evaluate("window.parts")
        assert sum(parts) == count - 50
        assert max(parts) <= 200


def test_the_last_question_wins(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.evaluate(
            "text => { const data = new DataTransfer(); data.setData('text/plain', text);"
            " document.getElementById('text').dispatchEvent(new ClipboardEvent('paste',"
            " { clipboardData: data, bubbles: true, cancelable: true })); }",
            large(600),
        )
        settled(page)
        for style in ("apa-6th-edition", "ieee", "oscola"):
            page.fill("#style", style)
            page.locator(f"[role=option][data-id={style}]").click()
        settled(page)
        assert "Asylum" in page.inner_text(".entry >> nth=0")
        assert "Journal of" in page.inner_text(".entry >> nth=0")
        assert page.input_value("#style") == "OSCOLA 4th edition"


def test_megabytes_in_one_field(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        title = "'all on one line, '.repeat(200_000)"
        drop(page, "a.json", f"""`[{{"id": "a", "type": "book", "title": "${{{title}}}"}}]`""")
        page.wait_for_selector(".entry")
        assert len(page.inner_text(".entry")) < 20_000
        page.select_option("#example", "RIS")
        until(page, "#status", "RIS")
        assert page.locator(".entry").count() == 1


def test_a_file_over_the_limit_is_not_even_sent(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        drop(page, "a.bib", "'@'.repeat(10_000_001)")
        until(page, "#status", "10 MB")
        assert [one for one in asked if "/page/" not in one] == []


# Harm


def test_harm_in_every_field_does_none(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        dialogs: list[Any] = []
        page.on("dialog", lambda dialog: dialogs.append(dialog))
        paste(page, harmful())
        for style in ("apa", "ieee"):
            page.fill("#style", style)
            page.locator(f"[role=option][data-id={style}]").click()
            settled(page)
            assert page.locator(".entry").count() == len(HARM)
            check_unharmed(page)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.wait_for_selector(f":nth-match(.fields, {len(HARM)})", state="attached")
        check_unharmed(page)
        screenshot(page, "harm", whole=False)
        for target in ("csl-json", "bibtex", "ris", "bibliography-html"):
            page.select_option("#target", target)
            page.click("#copy-target")
            until(page, "#downloaded", "Copied")
        check_unharmed(page)
        assert dialogs == []


def test_harm_as_a_text_of_its_own(browser: Browser, address: str) -> None:
    with opened(browser, address, "phone") as page:
        for harm in HARM:
            page.click("#clear")
            paste(page, harm)
            assert page.locator("#problems-list li").count() >= 1, harm
            check_unharmed(page)
