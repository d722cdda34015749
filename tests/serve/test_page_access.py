"""The page in Chromium, for everybody: the keyboard, a screen reader, colours, sizes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.serve.browsing import (
    ROOT,
    TWO,
    WIDER,
    choose_style,
    opened,
    paste,
    screenshot,
    started,
    until,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = (ROOT / "examples" / "refworld-page.txt").read_text(encoding="utf-8")


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
        expected = ["format", "choose", "example", "clear", "BUTTON", "style", "locale", "group-by"]
        expected += ["copy-text", "copy-rich", "SUMMARY", "SUMMARY", "target", "download"]
        assert [one for one in order if one in expected] == expected
        page.evaluate("document.getElementById('style').focus()")
        page.keyboard.type("oscola")
        page.wait_for_selector("[role=option][data-id=oscola]")
        press("ArrowDown")
        active = page.get_attribute("#style", "aria-activedescendant")
        assert page.inner_text(f"#{active} .id") == "oscola-international"
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
        for name in ("References", "Problems", "Bibliography", "Records", "Duplicates", "Download"):
            assert page.get_by_role("region", name=re.compile(f"^{name}")).count() == 1
        assert page.get_by_role("combobox", name="Style").count() == 1
        page.click("#style")
        page.wait_for_selector("[role=option]")
        assert page.get_by_role("listbox", name="Style").count() == 1
        assert re.fullmatch(r"1\d,\d{3} styles", page.inner_text("#style-status"))
        levels = page.locator("h1, h2").evaluate_all("all => all.map((h) => h.tagName)")
        assert levels == ["H1", *["H2"] * 6]


# The list of styles


ACTIVE = "document.getElementById('style').ariaActiveDescendantElement"


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "closed"])
def test_enter_chooses_what_was_typed_last(browser: Browser, address: str, is_open: bool) -> None:
    with opened(browser, address) as page:
        paste(page, TWO)
        page.focus("#style")
        if is_open:
            page.keyboard.press("ArrowDown")
            page.wait_for_selector("[role=option]")
            page.keyboard.type("oscola")
            page.wait_for_selector("[role=option][data-id=oscola]")
        # Faster than the list follows.
        page.evaluate(
            "() => { const field = document.getElementById('style'); field.value = 'vancouver';"
            " field.dispatchEvent(new InputEvent('input'));"
            " field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' })); }"
        )
        page.wait_for_selector("#styles", state="hidden")
        until(page, "#formatted", "2 entries in")
        assert "vancouver" in page.input_value("#style").casefold()


def test_enter_chooses_nothing_where_nothing_fits(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.focus("#style")
        page.keyboard.type("no such style")
        page.keyboard.press("Enter")
        until(page, "#styles", "No style has all these words")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        assert page.input_value("#style") == "APA Style 7th edition"


def test_one_option_is_selected_and_it_is_the_active_one(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:

        def selected() -> list[str]:
            ids: list[str] = page.locator("[role=option][aria-selected=true]").evaluate_all(
                "all => all.map((one) => one.id)"
            )
            assert ids == [page.get_attribute("#style", "aria-activedescendant")]
            return ids

        page.focus("#style")
        page.keyboard.type("oscola")
        page.wait_for_selector("[role=option][data-id=oscola]")
        assert selected() == ["style-0"]
        page.keyboard.press("ArrowDown")
        assert selected() == ["style-1"]
        others = page.locator("[role=option][aria-selected=false]").count()
        assert others == page.locator("[role=option]").count() - 1
        page.keyboard.press("Escape")
        assert page.get_attribute("#style", "aria-activedescendant") is None


def test_the_list_opens_at_the_style_that_is_chosen(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        for style in ("apa", "oscola", "zoological-journal-of-the-linnean-society"):
            page.fill("#style", style)
            page.locator(f"[role=option][data-id={style}]").click()
            page.keyboard.press("ArrowDown")
            page.wait_for_selector("[role=option][aria-current]")
            assert page.evaluate(f"{ACTIVE}.dataset.id") == style
            assert page.evaluate(f"{ACTIVE}.ariaCurrent") == "true"
            _check_in_view(page)
            page.keyboard.press("Escape")


def test_the_active_option_is_in_view(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.focus("#style")
        page.keyboard.type("journal")
        page.wait_for_selector("#style-49")
        page.keyboard.press("ArrowUp")
        assert page.get_attribute("#style", "aria-activedescendant") == "style-49"
        _check_in_view(page)
        page.keyboard.press("ArrowDown")
        assert page.get_attribute("#style", "aria-activedescendant") == "style-0"
        _check_in_view(page)


def _check_in_view(page: Page) -> None:
    top, bottom, above, below = page.evaluate(
        f"() => {{ const one = {ACTIVE}.getBoundingClientRect(),"
        " list = document.getElementById('styles').getBoundingClientRect();"
        " return [one.top, one.bottom, list.top, list.bottom]; }"
    )
    assert above <= top
    assert bottom <= below


# What is told


REGIONS = ("status", "style-status", "copied", "formatted", "downloaded")
LISTEN = (
    "() => { window.said = []; for (const one of document.querySelectorAll('[role=status]'))"
    " new MutationObserver(() => said.push([one.id, one.textContent]))"
    ".observe(one, { childList: true, characterData: true, subtree: true }); }"
)


def test_what_happens_is_told_once(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        for region in REGIONS:
            assert page.get_attribute(f"#{region}", "role") == "status", region
            assert page.get_attribute(f"#{region}", "aria-live") == "polite", region
        page.evaluate(LISTEN)
        paste(page, TWO)
        (told,) = page.evaluate("window.said")
        assert told[0] == "status"
        assert told[1].startswith("2 records, 1 problem.")
        page.evaluate("window.said = []")
        page.focus("#style")
        page.keyboard.type("oscola")
        page.keyboard.press("Enter")
        until(page, "#formatted", "2 entries")
        told = [one for one in page.evaluate("window.said") if one[0] != "style-status"]
        assert told == [["formatted", "2 entries in OSCOLA 4th edition"]]


def test_a_line_is_told_with_its_problem(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, TWO)
        described = page.get_by_role("button", name="Line 3").get_attribute("aria-describedby")
        assert "comma" in page.inner_text(f"#{described}")


def test_no_problem_is_hidden_in_a_box(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        paste(page, "@book{a, title = {One} year = 2001}\n" * 40)
        last = page.locator("#problems-list li").last
        assert last.evaluate("one => one.offsetTop") > 1000
        assert page.evaluate(
            "[...document.querySelectorAll('#problems-list, #problems-list *')]"
            ".every((one) => one.scrollHeight <= one.clientHeight + 1 || one.clientHeight === 0)"
        )


def test_a_file_over_the_page_is_seen(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        fire = (
            "type => { const data = new DataTransfer(); data.items.add(new File([''], 'a.bib'));"
            " document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true,"
            " cancelable: true })); return getComputedStyle(document.getElementById('input'))"
            ".outlineStyle; }"
        )
        assert page.evaluate(fire, "dragover") == "dashed"
        assert page.evaluate(fire, "dragleave") == "none"


def test_that_the_server_is_gone_is_seen(browser: Browser) -> None:
    with started() as (server, address), opened(browser, address, expected="ailed") as page:
        paste(page, TWO)
        server.kill()
        server.wait()
        paste(page, TWO.replace("One", "Three"))
        said = "The server does not respond; check that refcite serve is still running."
        assert page.inner_text("#status.refused") == said
        page.click("#style")
        page.get_by_text(said).nth(1).wait_for(state="visible")
        assert page.inner_text("#styles") == said


BAD = "@book{a,\n title={x}\n year=2}\n@book{a, title={y}}\n@book{c, title={unclosed"
BIB = (
    "@article{a, author={Roe, A.}, title={Lamps of old houses}, journal={Light}, year=2001,"
    " pages={1--9}, doi={10.1000/1}}\n"
)
AXE = (
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
    " 'best-practice'] }).then(({ violations }) => violations.map((one) =>"
    " `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`))"
)


@pytest.mark.parametrize(
    ("size", "dark"), [("desktop", False), ("phone", True)], ids=["desktop-light", "phone-dark"]
)
def test_axe_finds_nothing(browser: Browser, address: str, size: str, dark: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    scheme = "dark" if dark else "light"
    with opened(browser, address, size, dark) as page:
        page.evaluate(script)

        def check(state: str) -> None:
            screenshot(page, f"{size}-{scheme}-{state}")
            assert page.evaluate(AXE) == [], state
            assert page.evaluate(WIDER) <= 0, state

        check("empty")
        paste(page, PAGE)
        page.click("summary >> nth=0")
        check("results")
        paste(page, BAD * 9)
        check("errors")
        paste(page, BIB + BIB.replace("{a,", "{b,").replace("houses", "houses: one"))
        page.wait_for_selector(".group")
        check("duplicates")
        paste(page, "hello")
        check("unknown")
        paste(page, TWO)
        choose_style(page, "ieee")
        page.fill("#style", "chicago")
        page.wait_for_selector("[role=option]")
        check("styles")


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
