"""The data in the HTML of a page, collected in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, cast

from attrs import Factory, define, frozen
from lxml import etree

from refcite.formats.htmlread import bytes_of, root_of_bytes
from refcite.formats.htmltext import web_address

__all__ = ["Meta", "Page", "Script", "page_of", "text_of"]

_MOST_METAS: Final = 3_000
_MOST_SCRIPTS: Final = 100
_MOST_MARKS: Final = 50
_MOST_LOOKS: Final = 500
_LONGEST_SCRIPT: Final = 4_000_000
_LONGEST_TEXT: Final = 2_000
_MOST_STEPS: Final = 400
_LONGEST_MARK: Final = 300
_JSON_LD: Final = re.compile(r"\s*application/(?:[\w.-]+\+)?ld\+json\b", re.IGNORECASE)
# In scripts, `typeof` is an operator.
_TYPEOF: Final = re.compile(rb"typeof\s{0,9}=(?!=)")
_BYLINE: Final = re.compile(
    r"(?:^|[\s_-])(?:byline|author|authors|authorname|byauthor)(?:[_-]+(?:name|names|link|text))?"
    r"(?=\s|$)",
    re.IGNORECASE,
)
_AUTHOR_PAGE: Final = re.compile(r"/(?:authors?|by|autor|auteur)/[^/?#]", re.IGNORECASE)
_NO_BYLINE: Final = re.compile(r"comment|bio|related|avatar|image|social|follow|box", re.IGNORECASE)
_INLINE_TEXT: Final = "a abbr b bdi cite code em i mark q s small span strong sub sup time u wbr"
_INLINE: Final = frozenset(_INLINE_TEXT.split())


@frozen
class Meta:
    """A `meta` element.

    Attributes:
        name: Its `name`, `property` or `itemprop`, in lower case.
        content: Its `content`.
    """

    name: str
    content: str


@frozen
class Script:
    """A script of JSON-LD and the line on which it starts."""

    text: str
    line: int


@define
class Page:
    """The metadata of a page, before they are interpreted.

    Attributes:
        root: The tree; None if there is none.
        metas: Its `meta` elements, in order.
        scripts: Its JSON-LD.
        title: Its `title`.
        headings: Its headings of the first level.
        bylines: The texts that name the writers.
        author_links: Links to pages of authors.
        language: Its `lang`.
        canonical: Its canonical URL.
        license: The URL of its licence.
        base: The URL to which other URLs are relative.
        has_microdata: Whether there may be microdata.
        has_rdfa: Whether there may be RDFa.
        has_coins: Whether there is a COinS span.
        looks: How often the text of an element was read; the number is limited.
    """

    root: etree._Element | None = None
    metas: list[Meta] = Factory(list)
    scripts: list[Script] = Factory(list)
    title: str = ""
    headings: list[str] = Factory(list)
    bylines: list[str] = Factory(list)
    author_links: list[str] = Factory(list)
    language: str = ""
    canonical: str = ""
    license: str = ""
    base: str = ""
    has_microdata: bool = False
    has_rdfa: bool = False
    has_coins: bool = False
    looks: int = 0

    def first(self, *names: str) -> str:
        """Return the content of the first `meta` with one of these names, or an empty text."""
        for name in names:
            for meta in self.metas:
                if meta.name == name and meta.content.strip():
                    return meta.content.strip()
        return ""


def page_of(text: str, url: str | None = None) -> Page:
    """Return the metadata of an HTML page. Nothing is fetched, no entity is expanded.

    Args:
        text: The HTML.
        url: The URL of the page, if it is known.

    Example:
        >>> page = page_of("<html lang=en><title>A</title><meta name=author content=B>")
        >>> page.title, page.language, page.first("author")
        ('A', 'en', 'B')
    """
    data = bytes_of(text)
    root = root_of_bytes(data)
    page = Page(root=root, base=url or "")
    if root is None:
        return page
    page.language = _attribute(root, "lang") or _attribute(root, "xml:lang")
    takers = {
        "base": _take_base,
        "h1": _take_heading,
        "link": _take_link,
        "meta": _take_meta,
        "script": _take_script,
        "title": _take_title,
    }
    # Lower case is fast only for bytes. Tags and attributes may be in upper case.
    page.has_coins = b"Z3988" in data
    data = data.lower()
    page.has_microdata = b"itemscope" in data
    page.has_rdfa = _TYPEOF.search(data) is not None
    marks: dict[str, bool] = {}
    for element in root.iter(etree.Element):
        tag = element.tag
        take = takers.get(tag)
        if take is not None:
            take(page, element)
        mark = element.get("class")
        if mark is not None:
            # A page has few classes, and many elements of each.
            is_byline = marks.get(mark)
            if is_byline is None:
                is_byline = marks[mark] = _is_byline(mark[:_LONGEST_MARK])
            if is_byline:
                _take_byline(page, element)
                continue
        if tag == "a":
            href = element.get("href")
            if "author" in (element.get("rel") or ""):
                _take_author(page, element)
            elif href is not None and _is_author_page(href) and page.looks < _MOST_LOOKS:
                page.looks += 1
                _add_byline(page.author_links, text_of(element, 300))
        elif tag == "span" and "author" in (element.get("rel") or ""):
            _take_author(page, element)
    return page


def text_of(element: etree._Element, longest: int = _LONGEST_TEXT) -> str:
    """Return the text of an element if it may be a value: at most a few lines."""
    parts: list[str] = []
    length = 0
    for step, part in enumerate(_texts(element)):
        parts.append(part)
        length += len(part)
        if length > longest or step > _MOST_STEPS:
            break
    return " ".join("".join(parts).split())[:longest]


def _texts(element: etree._Element) -> Iterator[str]:
    # Tags are counted too; otherwise nested elements without text would be read repeatedly.
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and one.tag not in {"script", "style"}:
            yield f"{'' if one.tag in _INLINE else ' '}{one.text or ''}"
        elif event == "end" and one is not element:
            yield one.tail or ""


def _attribute(element: etree._Element, name: str) -> str:
    return (element.get(name) or "").strip()


def _take_base(page: Page, element: etree._Element) -> None:
    found = web_address(_attribute(element, "href"), page.base)
    if found:
        page.base = found


def _take_heading(page: Page, element: etree._Element) -> None:
    if len(page.headings) < _MOST_MARKS and page.looks < _MOST_LOOKS:
        page.looks += 1
        text = text_of(element)
        if text:
            page.headings.append(text)


def _take_link(page: Page, element: etree._Element) -> None:
    rel = _attribute(element, "rel").lower().split()
    href = _attribute(element, "href")
    if not href:
        return
    if "canonical" in rel and not page.canonical:
        page.canonical = href
    elif "license" in rel and not page.license:
        page.license = href
    elif len(page.metas) < _MOST_METAS and rel and rel[0].startswith(("dc", "schema.")):
        page.metas.append(Meta(rel[0], href))


def _take_meta(page: Page, element: etree._Element) -> None:
    content = element.get("content")
    if content is None or len(page.metas) >= _MOST_METAS:
        return
    for key in ("name", "property", "itemprop", "http-equiv"):
        names = _attribute(element, key).lower().split()
        for name in names[:3]:
            page.metas.append(Meta(name, content[: 10 * _LONGEST_TEXT]))
        if names:
            return


def _take_script(page: Page, element: etree._Element) -> None:
    if len(page.scripts) < _MOST_SCRIPTS and _JSON_LD.match(_attribute(element, "type")):
        text = element.text or ""
        if text.strip() and len(text) <= _LONGEST_SCRIPT:
            page.scripts.append(Script(text, _line_of(element)))


def _line_of(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 1


def _take_title(page: Page, element: etree._Element) -> None:
    # Drawings have titles too.
    parent = element.getparent()
    if not page.title and (parent is None or parent.tag in {"head", "html", "body"}):
        page.title = text_of(element)


def _is_byline(mark: str) -> bool:
    # Most classes are not bylines, which a fast test shows.
    low = mark.lower()
    if "author" not in low and "byline" not in low:
        return False
    return bool(_BYLINE.search(low)) and not _NO_BYLINE.search(low)


def _take_byline(page: Page, element: etree._Element) -> None:
    if page.looks < _MOST_LOOKS and element.tag not in {"body", "html", "meta", "link"}:
        page.looks += 1
        _add_byline(page.bylines, _names_in(element))


def _take_author(page: Page, element: etree._Element) -> None:
    mark = (element.get("class") or "")[:_LONGEST_MARK]
    if page.looks < _MOST_LOOKS and not _NO_BYLINE.search(mark):
        page.looks += 1
        _add_byline(page.bylines, _names_in(element))


def _is_author_page(href: str) -> bool:
    is_likely = "/aut" in href or "/by/" in href or "/Aut" in href
    return is_likely and _AUTHOR_PAGE.search(href[:300]) is not None


def _add_byline(bylines: list[str], text: str) -> None:
    if text and len(text) < 200 and len(bylines) < _MOST_MARKS:
        bylines.append(text)


def _names_in(element: etree._Element) -> str:
    """Return the text of a byline; the items of a list, and links to authors, one by one."""
    parts = list(islice(element.iter("li"), 10)) or [
        link
        for link in islice(element.iter("a"), 10)
        if _is_author_page(link.get("href") or "") or "author" in (link.get("rel") or "")
    ]
    if len(parts) < 2:
        return text_of(element, 300)
    return "; ".join(filter(None, (text_of(part, 100) for part in parts)))
