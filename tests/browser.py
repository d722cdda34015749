"""A headless Chromium for tests, where the machine has one."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest

from tests.waiting import HANG_MS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request

SIZES: Final = {"desktop": (1280, 900), "phone": (390, 844)}
"""Widths and heights, in CSS pixels."""

_HERE: Final = ("http://127.0.0.1:", "data:", "blob:")
_DROPPED: Final = "net::ERR_ABORTED"
_ARGUMENTS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium, or skip the test; `REFCITE_CHROMIUM` names another program."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="Playwright is not installed: make unit installs it"
    )
    program = os.environ.get("REFCITE_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def page_in(
    browser: Browser, size: str, *, dark: bool = False, expected: str | None = None
) -> Iterator[Page]:
    """Open a page of a size; fail where it prints an error or asks for anything from elsewhere.

    Args:
        browser: The browser.
        size: One of `SIZES`.
        dark: Whether the person likes it dark.
        expected: A regular expression for errors that are to come, such as those of a refusal.
    """
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    context.set_default_timeout(HANG_MS)
    page = context.new_page()
    faults: list[str] = []

    def on_console(said: ConsoleMessage) -> None:
        if said.type == "error":
            faults.append(said.text)

    def on_request(request: Request) -> None:
        if not request.url.startswith(_HERE):
            faults.append(f"asked elsewhere: {request.url}")

    def on_error(error: Error) -> None:
        faults.append(str(error))

    def on_failure(request: Request) -> None:
        if request.failure != _DROPPED:  # what a page itself no longer waits for is no fault
            faults.append(f"failed: {request.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", on_error)
    page.on("requestfailed", on_failure)
    yield page
    found = [one for one in faults if not (expected and re.search(expected, one))]
    # Closing cuts off requests that are under way; that is no fault.
    context.close()
    assert found == [], found
