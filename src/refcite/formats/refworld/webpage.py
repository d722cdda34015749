"""The conversion of HTML to its visible lines."""

from __future__ import annotations

from itertools import islice

from attrs import frozen
from lxml import etree

from refcite.formats.htmlread import lines_of, root_of
from refcite.formats.refworld.labels import is_label
from refcite.formats.refworld.text import plain

__all__ = ["Webpage", "page_of"]


@frozen
class Webpage:
    """The data read from HTML: the lines of text, the page's own URL, its only heading."""

    text: str = ""
    url: str | None = None
    heading: str | None = None


def page_of(text: str) -> Webpage:
    r"""Return the text of an HTML page, line by line, with its URL and heading.

    A table row whose first cell is a label of Refworld's metadata becomes one line,
    `Label | value |`. Scripts, styles and forms are omitted; nothing is fetched.

    Example:
        >>> page_of("<h1>Title</h1><table><tr><th>Country</th><td>Chad</td></tr></table>").text
        'Title\n\nCountry | Chad |'
    """
    root = root_of(text)
    if root is None:
        return Webpage()
    return Webpage(lines_of(root, plain, is_label), _own_address(root), _heading(root))


def _own_address(root: etree._Element) -> str | None:
    for link in root.iterfind(".//link[@rel='canonical']"):
        if link.get("href"):
            return link.get("href")
    for meta in root.iterfind(".//meta[@property='og:url']"):
        if meta.get("content"):
            return meta.get("content")
    return None


def _heading(root: etree._Element) -> str | None:
    headings = list(islice(root.iter("h1"), 2))
    return plain("".join(map(str, headings[0].itertext()))) or None if len(headings) == 1 else None
