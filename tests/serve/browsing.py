"""What a person does with the page."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.browser import page_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Page

ROOT: Final = Path(__file__).resolve().parents[2]
SCREENSHOTS: Final = ROOT / "build" / "screenshots"
TWO: Final = "@book{a,\n  title = {One}\n  year = 2001,\n}\n@book{b, title = {Two}, year = 2002}\n"
WIDER: Final = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def started(*files: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start `refcite serve` as a user does; yield it with its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "refcite", "serve", "--no-open", "--port", "0", *map(str, files)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        try:
            assert found, server.communicate()
            yield server, found[0]
        finally:
            server.kill()


@contextmanager
def opened(
    browser: Browser,
    address: str,
    size: str = "desktop",
    dark: bool = False,
    expected: str | None = None,
) -> Iterator[Page]:
    """Open the page; `expected` are errors that are to come, as a regular expression."""
    with page_in(browser, size, dark=dark, expected=expected) as page:
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
    page.wait_for_selector("#bibliography[aria-busy=false]")
    page.wait_for_selector("#duplicates[aria-busy=false]")


def until(page: Page, where: str, text: str) -> None:
    """Wait until a text stands somewhere."""
    page.locator(where).filter(has_text=text).first.wait_for()


def choose_style(page: Page, words: str) -> None:
    page.fill("#style", words)
    page.locator("[role=option]", has_text=words).first.click()
    settled(page)


def screenshot(page: Page, name: str, whole: bool = True) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"serve-{name}.png", full_page=whole)


def check_unharmed(page: Page) -> None:
    """See that nothing of what was pasted has become anything but text."""
    results = page.locator("#problems-list, #entries, #records-list, #lost")
    assert (
        results.locator("script, img, svg, style, iframe, [style*=fixed], [onclick]").count() == 0
    )
    addresses = results.locator("a").evaluate_all("links => links.map(a => a.protocol)")
    assert set(addresses) <= {"https:", "http:"}
    assert page.evaluate("window.harmed") is None
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    assert page.evaluate(WIDER) <= 0
