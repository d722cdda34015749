"""From HTML to the lines that a reader sees."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from attrs import frozen
from lxml import etree

from refcite.formats.refworld.labels import is_label
from refcite.formats.refworld.text import plain

__all__ = ["Webpage", "page_of"]

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_DROPPED_TEXT: Final = "head iframe nav noscript object script select style svg template textarea"
_DROPPED: Final = frozenset(_DROPPED_TEXT.split())
_INLINE_TEXT: Final = (
    "a abbr acronym b bdi bdo big cite code data em font i ins kbd label mark q s samp small "
    "span strike strong sub sup time tt u var wbr"
)
_INLINE: Final = frozenset(_INLINE_TEXT.split())
# After these the text goes on in the next line; all other elements are paragraphs of their own.
_LINES: Final = frozenset({"br", "dd", "dt", "li", "td", "th", "tr"})
_LONGEST_LABEL: Final = 100


@frozen
class Webpage:
    """What is read from HTML: text line by line, the page's own address, its one heading."""

    text: str = ""
    url: str | None = None
    heading: str | None = None


def page_of(text: str) -> Webpage:
    r"""Return the text of an HTML page, line by line, with its address and heading.

    A table row whose first cell is a label of Refworld's metadata becomes one line,
    `Label | value |`. Scripts, styles and forms are dropped; nothing is fetched.

    Example:
        >>> page_of("<h1>Title</h1><table><tr><th>Country</th><td>Chad</td></tr></table>").text
        'Title\n\nCountry | Chad |'
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(_NOT_XML.sub(" ", text).encode(), parser)
    except etree.XMLSyntaxError:
        return Webpage()
    if root is None:
        return Webpage()
    writer = _Writer()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        writer.start(element) if event == "start" else writer.end(element)
    return Webpage(writer.text(), _own_address(root), _heading(root))


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


class _Writer:
    """Collects lines while the tree is walked, without recursion."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._dropped = 0
        # The row being read as one line, and how many elements deep inside it we are.
        self._row: etree._Element | None = None

    def start(self, element: etree._Element) -> None:
        tag = _tag(element)
        if tag in _DROPPED:
            self._dropped += 1
        if self._dropped:
            return
        if tag == "tr" and self._row is None and _is_label_row(element):
            self._break()
            self._row = element
        elif tag not in _INLINE:
            self._break(paragraph=tag not in _LINES)
        self._add(element.text)
        if tag == "a" and not any(text.strip() for text in element.itertext()):
            # The address of a link without text would be lost, and with it the document's id.
            self._add(_address_of(element))

    def end(self, element: etree._Element) -> None:
        tag = _tag(element)
        if tag in _DROPPED:
            self._dropped -= 1
        if self._dropped:
            return
        if self._row is not None and tag in {"td", "th"} and element.getparent() is self._row:
            self._add(" | ")
        elif element is self._row:
            self._row = None
            self._break()
        elif tag not in _INLINE:
            self._break(paragraph=tag not in _LINES)
        self._add(element.tail)

    def text(self) -> str:
        self._break()
        return "\n".join(self._lines).strip("\n")

    def _add(self, text: str | None) -> None:
        if text and not self._dropped:
            self._line.append(text)

    def _break(self, *, paragraph: bool = False) -> None:
        """End the line; inside a row read as one line, a space stands for the break."""
        if self._row is not None:
            self._line.append(" ")
            return
        line = plain("".join(self._line))
        self._line.clear()
        if line:
            self._lines.append(line)
        if paragraph and self._lines and self._lines[-1]:
            self._lines.append("")


def _tag(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _is_label_row(row: etree._Element) -> bool:
    cells = [cell for cell in row if _tag(cell) in {"td", "th"}]
    return len(cells) > 1 and is_label(_start_of(cells[0]))


def _start_of(element: etree._Element) -> str:
    """Return the beginning of an element's text; a layout table's cell may hold the whole page."""
    start = ""
    for text in element.itertext():
        start += str(text)
        if len(start) > _LONGEST_LABEL:
            break
    return plain(start)


def _address_of(link: etree._Element) -> str | None:
    href = (link.get("href") or "").strip()
    return href if href.startswith(("http://", "https://")) else None
