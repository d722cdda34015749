"""The page in Chromium, end to end: `refcite serve` runs as a user starts it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import SIZES, chromium, page_in
from tests.serve.library import HARM, harmful, large

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Page

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
PAGE = (ROOT / "examples" / "refworld-page.txt").read_text(encoding="utf-8")
TWO = "@book{a,\n  title = {One}\n  year = 2001,\n}\n@book{b, title = {Two}, year = 2002}\n"
WIDER = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "refcite", "serve", "--no-open", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert found, server.stderr.read()
        yield found[0]
        server.terminate()
        assert server.stderr.read() == "", "the server has something to say"


@contextmanager
def opened(
    browser: Browser, address: str, size: str = "desktop", dark: bool = False
) -> Iterator[Page]:
    with page_in(browser, size, dark=dark) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(address)
        yield page


def paste(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.press("#text", "Control+Enter")  # without the wait for more to be typed
    settled(page)


def payload(name: str, data: bytes) -> FilePayload:
    """Return a file that a person could choose."""
    return {"name": name, "mimeType": "text/plain", "buffer": data}


def drop(page: Page, name: str, text: str) -> None:
    """Drop a file on the page; `text` is a JavaScript expression, since sending much takes long."""
    page.evaluate(
        f"const data = new DataTransfer(); data.items.add(new File([{text}], '{name}'));"
        "for (const type of ['dragover', 'drop']) document.body.dispatchEvent("
        "new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));"
    )


def settled(page: Page) -> None:
    """Wait until the page has answered to the text that stands in it."""
    expect = page.locator("#status").filter(has_not_text=re.compile("Reading|Formatting|Nothing"))
    expect.wait_for(timeout=60_000)
    page.wait_for_selector("#bibliography[aria-busy=false]", timeout=60_000)


def until(page: Page, where: str, text: str) -> None:
    """Wait until a text stands somewhere."""
    page.locator(where).filter(has_text=text).first.wait_for(timeout=60_000)


def choose_style(page: Page, words: str) -> None:
    page.fill("#style", words)
    page.locator("[role=option]", has_text=words).first.click()
    settled(page)


def screenshot(page: Page, name: str, whole: bool = True) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"serve-{name}.png", full_page=whole)


# What it is for


def test_a_page_of_refworld_becomes_its_citation(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, PAGE)
        assert page.inner_text("#status").startswith("1 record, 0 problems. It looks like Refworld")
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
        assert page.evaluate(selected) == "  year = 2001,"


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
        assert rich.startswith('<p style="padding-left:2em;text-indent:-2em"><i>')
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


def test_what_a_format_cannot_carry_is_told(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, '[{"id": "a", "type": "book", "title": "One", "scale": "1:10"}]')
        page.select_option("#target", "nbib")
        page.click("#copy-target")
        page.wait_for_selector("#lost li")
        assert "no place for scale" in page.inner_text("#lost")


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


def test_a_library_of_5000_entries(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        file = payload("a.bib", large(5_000).encode())
        page.evaluate(
            "() => { window.longest = 0; let last = performance.now(); setInterval(() => {"
            " const now = performance.now(); window.longest = Math.max(window.longest, now - last);"
            " last = now; }, 20); }"
        )
        page.set_input_files("#file", file)
        page.wait_for_selector(".record-list li", timeout=60_000)
        page.fill("#style", "mla")  # while the first style is still at work
        page.wait_for_selector("[role=option]")
        page.press("#style", "Enter")
        settled(page)
        assert page.inner_text("#entries-count") == "5,000 entries"
        assert page.locator(".entry").count() == 50
        screenshot(page, "5000", whole=False)
        page.get_by_role("button", name="Show all 5,000 entries").click()
        page.locator(".entry >> nth=4999").wait_for(state="attached", timeout=60_000)
        assert page.evaluate("document.activeElement.className") == "entry"
        assert page.evaluate("window.longest") < 3_000


def test_the_last_question_wins(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.evaluate(
            "text => { const data = new DataTransfer(); data.setData('text/plain', text);"
            " document.getElementById('text').dispatchEvent(new ClipboardEvent('paste',"
            " { clipboardData: data, bubbles: true, cancelable: true })); }",
            large(1_000),
        )
        settled(page)
        for style in ("apa-6th-edition", "ieee", "oscola"):
            page.fill("#style", style)
            page.locator(f"[role=option][data-id={style}]").click()
        settled(page)
        assert "Asylum" in page.inner_text(".entry >> nth=0")
        assert "Journal of" in page.inner_text(".entry >> nth=0")
        assert page.input_value("#style") == "OSCOLA 4th edition"


def test_ten_megabytes_in_one_field(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        title = "'all on one line, '.repeat(580_000)"
        drop(page, "a.json", f"""`[{{"id": "a", "type": "book", "title": "${{{title}}}"}}]`""")
        page.wait_for_selector(".entry", timeout=60_000)
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
        for style in ("apa", "chicago-author-date", "ieee", "refworld"):
            page.fill("#style", style)
            page.locator(f"[role=option][data-id={style}]").click()
            settled(page)
            assert page.locator(".entry").count() == len(HARM)
            _check_unharmed(page)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.wait_for_selector(f":nth-match(.fields, {len(HARM)})", state="attached")
        _check_unharmed(page)
        screenshot(page, "harm", whole=False)
        for target in ("csl-json", "bibtex", "ris", "bibliography-html"):
            page.select_option("#target", target)
            page.click("#copy-target")
            until(page, "#downloaded", "Copied")
        _check_unharmed(page)
        assert dialogs == []


def _check_unharmed(page: Page) -> None:
    results = page.locator("#problems-list, #entries, #records-list, #lost")
    assert (
        results.locator("script, img, svg, style, iframe, [style*=fixed], [onclick]").count() == 0
    )
    addresses = results.locator("a").evaluate_all("links => links.map(a => a.protocol)")
    assert set(addresses) <= {"https:", "http:"}
    assert page.evaluate("window.harmed") is None
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    assert page.evaluate(WIDER) <= 0


def test_harm_as_a_text_of_its_own(browser: Browser, address: str) -> None:
    with opened(browser, address, "phone") as page:
        for harm in HARM:
            page.click("#clear")
            paste(page, harm)
            assert page.locator("#problems-list li").count() >= 1, harm
            _check_unharmed(page)


# Everybody


def test_all_of_it_with_the_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        press, focused = page.keyboard.press, "document.activeElement.id"
        press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        box = page.locator(".skip").bounding_box()
        assert box is not None
        assert box["width"] > 50
        press("Enter")
        press("Tab")
        assert page.evaluate(focused) == "style"
        order = []
        page.evaluate("document.getElementById('text').focus()")
        page.keyboard.insert_text(TWO)
        press("Control+Enter")
        page.wait_for_selector(".entry")
        for _ in range(16):
            press("Tab")
            order.append(page.evaluate(f"{focused} || document.activeElement.tagName"))
        expected = ["format", "choose", "example", "clear", "BUTTON", "style", "locale"]
        expected += ["copy-text", "copy-rich", "SUMMARY", "SUMMARY", "target", "download"]
        assert [one for one in order if one in expected] == expected
        page.evaluate("document.getElementById('style').focus()")
        page.keyboard.type("oscola")
        page.wait_for_selector("[role=option][data-id=oscola]")
        press("ArrowDown")
        press("ArrowDown")
        active = page.get_attribute("#style", "aria-activedescendant")
        assert page.inner_text(f"#{active} .id") == "oscola-no-ibid"
        press("Escape")
        assert page.input_value("#style") == "APA Style 7th edition"
        assert page.get_attribute("#style", "aria-expanded") == "false"
        page.keyboard.type("oscola")
        page.wait_for_selector("[role=option][data-id=oscola]")
        press("Enter")
        until(page, ".entry >> nth=0", "One (2001)")
        assert page.input_value("#style") == "OSCOLA 4th edition"


def test_controls_have_names_and_states(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, TWO)
        nameless = page.evaluate(
            "[...document.querySelectorAll('button, input:not([hidden]), select, textarea')]"
            ".filter((e) => !(e.labels?.length || e.textContent.trim())).map((e) => e.outerHTML)"
        )
        assert nameless == []
        for name in ("References", "Problems", "Bibliography", "Records", "Download"):
            assert page.get_by_role("region", name=re.compile(f"^{name}")).count() == 1
        assert page.get_by_role("combobox", name="Style").count() == 1
        page.click("#style")
        page.wait_for_selector("[role=option]")
        assert page.get_by_role("listbox", name="Style").count() == 1
        assert re.fullmatch(r"1\d,\d{3} styles", page.inner_text("#style-status"))
        levels = page.locator("h1, h2").evaluate_all("all => all.map((h) => h.tagName)")
        assert levels == ["H1", "H2", "H2", "H2", "H2", "H2"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_it_fits_and_can_be_read(browser: Browser, address: str, size: str, dark: bool) -> None:
    with opened(browser, address, size, dark) as page:
        paste(page, TWO)
        page.click("summary >> nth=0")
        assert page.evaluate(WIDER) <= 0
        page.click("#style")
        page.wait_for_selector("[role=option]")
        assert page.evaluate(WIDER) <= 0
        screenshot(page, f"{size}-{'dark' if dark else 'light'}")


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_the_contrast_that_wcag_asks(scheme: int) -> None:
    style = (ROOT / "src/refcite/serve/page/page.css").read_text(encoding="utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))

    def contrast(one: str, two: str) -> float:
        light, dark = sorted((_luminance(colours[one]), _luminance(colours[two])), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    for ground in ("ground", "card", "tint"):
        for ink in ("ink", "soft", "accent", "error", "warning", "info"):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
        assert contrast("edge", ground) >= 3, ("edge", ground)
    assert contrast("on-accent", "accent") >= 4.5
