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
from tests.share import long_but

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SITE = Path(os.environ.get("REFCITE_SITE", ROOT / "build" / "docs"))
SCREENSHOTS = ROOT / "build" / "screenshots"
# Sphinx makes these, and pages of the source; they have nothing to look at.
PAGES = sorted(
    path.relative_to(SITE).as_posix()
    for path in SITE.rglob("*.html")
    if path.name not in {"genindex.html", "search.html"}
    and not {"_static", "_modules"} & set(path.parts)
)
FEW = {"index.html", "tutorial.html", "formats.html", "problems.html", "reference/citing.html"}
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
@pytest.mark.parametrize("page", long_but(FEW.__contains__, PAGES) or ["index.html"])
def test_a_page_fits_and_has_no_error(browser: Browser, address: str, page: str, size: str) -> None:
    with page_in(browser, size) as shown:
        shown.goto(f"{address}/{page}")
        wider = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
        assert shown.evaluate(wider) <= 0, "the page is wider than the screen"
        _screenshot(shown, page, size)


IN_THE_DARK = {
    "index.html": "img",
    "tutorial.html": ".highlight-python",
    "how-to/explain.html": ".highlight-console",
    "how-to/style.html": ".highlight-xml",
    "formats.html": "table",
    "explanation/index.html": "svg.layers",
}
"""Pages, with something that they show."""
FAINT = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (colour) => {
    const [red, green, blue] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    const colours = [];
    for (let one = element; one; one = one.parentElement)
      colours.unshift(getComputedStyle(one).backgroundColor);
    const box = element.matches("svg g text") && element.parentElement.querySelector("rect");
    return ["white", ...colours, ...(box ? [getComputedStyle(box).fill] : [])];
  };
  const found = [];
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const said = texts.currentNode.data.trim();
    if (!said || !element.checkVisibility({ opacityProperty: true })) continue;
    if (element.closest("title, defs, style, script, .headerlink, .copybtn")) continue;
    const style = getComputedStyle(element);
    const under = behind(element);
    const ink = element.closest("svg") ? style.fill : style.color;
    const [one, other] = [light(over([...under, ink])), light(over(under))].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) found.push(`${contrast.toFixed(1)} ${ink} on ${under.at(-1)}: ${said}`);
  }
  return [...new Set(found)];
}
"""
"""The texts whose contrast is less than WCAG 2.2 asks for (success criterion 1.4.3)."""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", IN_THE_DARK)
def test_text_stands_out(browser: Browser, address: str, page: str, dark: bool) -> None:
    with page_in(browser, "desktop", dark=dark) as shown:
        shown.goto(f"{address}/{page}")
        assert shown.locator(f"article {IN_THE_DARK[page]}").first.is_visible()
        paper = shown.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (paper == "rgb(255, 255, 255)") is not dark
        assert shown.evaluate(FAINT) == []


@pytest.mark.parametrize("page", IN_THE_DARK)
def test_a_phone_in_the_dark(browser: Browser, address: str, page: str) -> None:
    with page_in(browser, "phone", dark=True) as shown:
        shown.goto(f"{address}/{page}")
        _screenshot(shown, page, "phone-dark")


SMALLEST = 10
"""How many pixels high the letters of a picture are at least."""


@pytest.mark.parametrize("size", SIZES)
def test_the_layers_can_be_read(browser: Browser, address: str, size: str) -> None:
    with page_in(browser, size) as shown:
        shown.goto(f"{address}/explanation/index.html")
        scale = "const layers = document.querySelector('svg.layers'); layers.getScreenCTM().a"
        letters = shown.locator("svg.layers text").evaluate_all(
            "texts => texts.map(text => parseFloat(getComputedStyle(text).fontSize))"
        )
        assert min(letters) * shown.evaluate(scale) >= SMALLEST
        outside = """
            const rooms = [...document.querySelectorAll("svg.layers g")];
            rooms.flatMap((floor) => {
              const boxes = [...floor.querySelectorAll("rect")].map((box) => box.getBBox());
              return [...floor.querySelectorAll("text:not(.floor)")].filter((text) => {
                const { x, width } = text.getBBox();
                return !boxes.some((box) => box.x <= x && x + width <= box.x + box.width);
              }).map((text) => text.textContent);
            })
        """
        assert shown.evaluate(outside) == []


def test_columns_stay_together_on_a_phone(browser: Browser, address: str) -> None:
    with page_in(browser, "phone") as shown:
        shown.goto(f"{address}/how-to/explain.html")
        block = shown.locator("pre", has_text="hathaway2014 (bibliography of refworld)")
        height = float(block.evaluate("pre => parseFloat(getComputedStyle(pre).lineHeight)"))
        lines = block.inner_text().rstrip("\n").count("\n") + 1
        padding = "pre => parseFloat(getComputedStyle(pre).paddingTop)"
        tall = block.evaluate("pre => pre.clientHeight") - 2 * block.evaluate(padding)
        assert tall < (lines + 1) * height, "lines are wrapped"
        assert block.evaluate("pre => pre.scrollWidth > pre.clientWidth")


def test_search_finds_a_code_and_leads_to_it(browser: Browser, address: str) -> None:
    with page_in(browser, "desktop") as shown:
        shown.goto(f"{address}/index.html")
        shown.fill("input[name=q]", "ambiguous")
        shown.press("input[name=q]", "Enter")
        results = shown.locator("#search-results li a")
        results.first.wait_for()
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
