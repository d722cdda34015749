"""Reading HTML: the tree of a page, and its visible lines.

Nothing is fetched, and only HTML's own entities are expanded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

__all__ = ["bytes_of", "lines_of", "root_of", "root_of_bytes"]

# Control characters that XML does not allow become spaces.
_NOT_XML: Final = bytes(
    32 if (byte < 32 and byte not in b"\t\n\r") or byte == 127 else byte for byte in range(256)
)
_NO_CHARACTERS: Final = re.compile("[\ufffe\uffff\ud800-\udfff]")
_DROPPED_TEXT: Final = "head iframe nav noscript object script select style svg template textarea"
_DROPPED: Final = frozenset(_DROPPED_TEXT.split())
_INLINE_TEXT: Final = (
    "a abbr acronym b bdi bdo big cite code data em font i ins kbd label mark q s samp small "
    "span strike strong sub sup time tt u var wbr"
)
_INLINE: Final = frozenset(_INLINE_TEXT.split())
# After these, the text continues in the next line; all other elements are paragraphs.
_LINES: Final = frozenset({"br", "dd", "dt", "li", "td", "th", "tr"})
_LONGEST_LABEL: Final = 100


def root_of(text: str) -> etree._Element | None:
    """Return the tree of a page, without its comments; None if it is empty.

    Args:
        text: The HTML.

    Example:
        >>> root_of("<p>One<p>Two").findtext(".//p[2]"), root_of("")
        ('Two', None)
    """
    return root_of_bytes(bytes_of(text))


def root_of_bytes(data: bytes) -> etree._Element | None:
    """Return the tree of a page as `bytes_of` returns it."""
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        # No element is searched for by its id.
        collect_ids=False,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def bytes_of(text: str) -> bytes:
    """Return a text in UTF-8, with spaces for characters that XML does not allow."""
    try:
        if "\ufffe" in text or "\uffff" in text:
            text = _NO_CHARACTERS.sub(" ", text)
        data = text.encode()
    except UnicodeEncodeError:
        data = _NO_CHARACTERS.sub(" ", text).encode()
    return data.translate(_NOT_XML)


def lines_of(
    root: etree._Element,
    clean: Callable[[str], str],
    is_label: Callable[[str], bool] = lambda text: False,
) -> str:
    r"""Return the text of a page, line by line. Scripts, styles and forms are omitted.

    Args:
        root: The tree.
        clean: Returns the final text of a line.
        is_label: Returns whether the first cell of a table's row is a label; the row is then one
            line, `Label | value |`.

    Example:
        >>> root = root_of("<h1>Title</h1><table><tr><th>Country</th><td>Chad</td></tr></table>")
        >>> lines_of(root, str.strip), lines_of(root, str.strip, str.istitle)
        ('Title\n\nCountry\nChad', 'Title\n\nCountry | Chad |')
    """
    writer = _Writer(clean, is_label)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        writer.start(element) if event == "start" else writer.end(element)
    return writer.text()


class _Writer:
    """Collects lines while the tree is walked, without recursion."""

    def __init__(self, clean: Callable[[str], str], is_label: Callable[[str], bool]) -> None:
        self._clean = clean
        self._is_label = is_label
        self._lines: list[str] = []
        self._line: list[str] = []
        self._dropped = 0
        # The row that is read as one line, and the current depth in it.
        self._row: etree._Element | None = None

    def start(self, element: etree._Element) -> None:
        tag = _tag(element)
        if tag in _DROPPED:
            self._dropped += 1
        if self._dropped:
            return
        if tag == "tr" and self._row is None and self._is_label_row(element):
            self._break()
            self._row = element
        elif tag not in _INLINE:
            self._break(paragraph=tag not in _LINES)
        self._add(element.text)
        if tag == "a" and not any(text.strip() for text in element.itertext()):
            # The URL of a link without text would be lost, and with it the document's id.
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
        """End the line; inside a row read as one line, a space replaces the break."""
        if self._row is not None:
            self._line.append(" ")
            return
        line = self._clean("".join(self._line))
        self._line.clear()
        if line:
            self._lines.append(line)
        if paragraph and self._lines and self._lines[-1]:
            self._lines.append("")

    def _is_label_row(self, row: etree._Element) -> bool:
        cells = [cell for cell in row if _tag(cell) in {"td", "th"}]
        return len(cells) > 1 and self._is_label(self._clean(_start_of(cells[0])))


def _tag(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _start_of(element: etree._Element) -> str:
    """Return the beginning of an element's text; a table's cell may contain the whole page."""
    start = ""
    for text in element.itertext():
        start += str(text)
        if len(start) > _LONGEST_LABEL:
            break
    return start


def _address_of(link: etree._Element) -> str | None:
    href = (link.get("href") or "").strip()
    return href if href.startswith(("http://", "https://")) else None
