"""The built documentation (`make docs`): its links, and how it behaves in a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import html

from tests.browser import SIZES, chromium, page_in
from tests.docs.blocks import ROOT
from tests.docs.reference import public_names

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SITE = Path(os.environ.get("REFCITE_SITE", ROOT / "build" / "docs"))
SCREENSHOTS = ROOT / "build" / "screenshots"
# Sphinx makes these two; they have nothing to look at.
PAGES = sorted(
    path.relative_to(SITE).as_posix()
    for path in SITE.rglob("*.html")
    if path.name not in {"genindex.html", "search.html"} and "_static" not in path.parts
)
needs_site = pytest.mark.skipif(not PAGES, reason="the documentation is not built: make docs")
all_pages = pytest.mark.parametrize("page", PAGES or ["index.html"])
pytestmark = needs_site


@cache
def _tree(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


@cache
def _anchors(path: Path) -> frozenset[str]:
    return frozenset(map(str, _tree(path).xpath("//@id | //a/@name")))


# Without a browser


@all_pages
def test_links_lead_somewhere(page: str) -> None:
    broken = []
    for address in _tree(SITE / page).xpath(
        "//a/@href | //link/@href | //script/@src | //img/@src"
    ):
        if urlsplit(address).scheme:
            continue
        target, anchor = urldefrag(urljoin(page, address))
        file = SITE / unquote(urlsplit(target).path or page)
        if not file.is_file() or (
            anchor and file.suffix == ".html" and unquote(anchor) not in _anchors(file)
        ):
            broken.append(address)
    assert broken == []


@all_pages
def test_nothing_is_loaded_from_elsewhere(page: str) -> None:
    loaded = _tree(SITE / page).xpath("//link[@rel!='canonical']/@href | //*[not(self::a)]/@src")
    assert [address for address in loaded if urlsplit(address).netloc] == []


def test_everything_public_is_described() -> None:
    described = set[str]().union(*(_anchors(SITE / page) for page in PAGES))
    assert public_names() - described == set()


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(SITE))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("size", SIZES)
@all_pages
def test_a_page_fits_and_has_no_error(browser: Browser, address: str, page: str, size: str) -> None:
    with page_in(browser, size) as shown:
        shown.goto(f"{address}/{page}")
        wider = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
        assert shown.evaluate(wider) <= 0, "the page is wider than the screen"
        _screenshot(shown, page, size)


@pytest.mark.parametrize("size", SIZES)
def test_the_first_page_is_readable_in_the_dark(browser: Browser, address: str, size: str) -> None:
    with page_in(browser, size, dark=True) as shown:
        shown.goto(f"{address}/index.html")
        colours = "getComputedStyle(document.body).backgroundColor"
        assert shown.evaluate(colours) != "rgb(255, 255, 255)"
        _screenshot(shown, "index.html", f"{size}-dark")


def test_search_finds_a_code_and_leads_to_it(browser: Browser, address: str) -> None:
    with page_in(browser, "desktop") as shown:
        shown.goto(f"{address}/index.html")
        shown.fill("input[name=q]", "ambiguous")
        shown.press("input[name=q]", "Enter")
        results = shown.locator("#search-results li a")
        results.first.wait_for(timeout=10_000)
        assert any("problems.html" in (a.get_attribute("href") or "") for a in results.all())
        results.first.click()
        shown.wait_for_selector("article")
        assert "ambiguous" in shown.inner_text("article")


def test_the_menu_of_a_phone_opens(browser: Browser, address: str) -> None:
    with page_in(browser, "phone") as shown:
        shown.goto(f"{address}/tutorial.html")
        link = shown.locator(".sidebar-tree").get_by_role("link", name="How-to guides")
        shown.locator("label.nav-overlay-icon").first.click()
        link.click()
        shown.wait_for_url("**/how-to/index.html")


def _screenshot(shown: Page, page: str, size: str) -> None:
    file = SCREENSHOTS / f"{page.removesuffix('.html').replace('/', '-')}-{size}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    shown.screenshot(path=file)
