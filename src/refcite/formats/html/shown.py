"""The visible text of a page, in reading order, with its positions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Final

from attrs import frozen
from lxml import etree

from refcite.formats.html.text import letters

__all__ = [
    "ASIDES",
    "ASIDE_MARK",
    "Shown",
    "Text",
    "marks_of",
    "shown_on",
    "stands_aside",
    "tag_of",
]

_HIDDEN_TEXT: Final = (
    "button iframe noscript object option script select style svg template textarea title"
)
_HIDDEN: Final = frozenset(_HIDDEN_TEXT.split())
_HEADINGS: Final = frozenset({"h1", "h2", "h3"})
_MOST: Final = 40_000
_MOST_HEADINGS: Final = 100
_LONGEST_MARKS: Final = 300
ASIDE_MARK: Final = re.compile(
    r"(?:^|[\s-])(?<!with-)(?<!has-)(?<!no-)(?<!elementor-)"
    r"(?:comments?|commentlist|kommentare?|leserbriefe?|related|teasers?|sidebar|widgets?|nav|menu"
    r"|recent|popular|latest|similar|recommend\w*|archives?|calendar|kalender|carousel|slider|ticker"
    r"|promo|banner|copyright|more|most|next|prev(?:ious)?|aside|rail|trending|read-?next|newsletter"
    r"|breaking|events?|termine?|reviews?|ads?|cookie\w*|breadcrumbs?|tweets?|twitter|facebook|fb\w*)"
    r"(?=$|[\s-])"
)
ASIDES: Final = frozenset({"aside", "nav", "form", "blockquote", "cite", "figcaption"})
_MARKS: Final = ("class", "id", "itemprop", "property")


Text = tuple[str, etree._Element, int]
"""A text on one line, its element, and the number of characters before it."""


@frozen
class Shown:
    """The visible text of a page.

    Attributes:
        texts: Its texts.
        start: The start of the heading of the work; None if it is not known.
        end: The end of the heading.
        is_cut: Whether there is more text.
    """

    texts: Sequence[Text]
    start: int | None
    end: int
    is_cut: bool = False


def shown_on(root: etree._Element, titles: frozenset[str], behind: int | None = None) -> Shown:
    """Return the visible text of a page.

    Args:
        root: The page.
        titles: The possible titles of the work, as letters only.
        behind: The number of characters to read after the heading of the work; None for all.

    Example:
        >>> page = etree.HTML("<p>Home<h1>A border</h1><p>4 May <b>2019</b><script>x</script>")
        >>> shown = shown_on(page, frozenset({"aborder"}))
        >>> [text for text, _, _ in shown.texts], shown.start, shown.end
        (['Home', 'A border', '4 May', '2019'], 4, 12)
    """
    texts: list[Text] = []
    heading: tuple[int, int] | None = None
    # The first heading of all, for pages whose title is the name of the site.
    first: tuple[int, int] | None = None
    # The start of the current heading, and its element.
    begun: tuple[int, etree._Element] | None = None
    hidden: etree._Element | None = None
    before: etree._Element | None = None
    looks = offset = 0
    for element in chain(root.iter(etree.Element), (None,)):
        parent = None if element is None else element.getparent()
        while before is not None and before is not parent:
            # Elements that began before this one end, and the text after them is read.
            if before is hidden:
                hidden = None
            if begun is not None and before is begun[1]:
                heading, begun = (begun[0], offset), None
            outer = before.getparent()
            tail = before.tail
            if tail and hidden is None and outer is not None and not tail.isspace():
                line = " ".join(tail.split())
                texts.append((line, outer, offset))
                offset += len(line)
            before = outer
        is_enough = behind is not None and heading is not None and offset > heading[1] + behind
        if element is None or is_enough or len(texts) > _MOST:
            break
        before = element
        if hidden is not None:
            continue
        tag = element.tag
        if tag in _HIDDEN:
            hidden = element
            continue
        if heading is None and begun is None and tag in _HEADINGS and looks < _MOST_HEADINGS:
            looks += 1
            if first is None and tag == "h1":
                first = offset, offset
            if _is_of(element, titles):
                begun = offset, element
        text = element.text
        if text and not text.isspace():
            line = " ".join(text.split())
            texts.append((line, element, offset))
            offset += len(line)
    start, end = heading or first or (None, 0)
    return Shown(texts, start, end, element is not None)


def _is_of(element: etree._Element, titles: frozenset[str]) -> bool:
    text = ""
    for part in element.itertext():
        text += str(part)
        if len(text) > 400:
            return False
    bare = letters(text)
    return len(bare) > 3 and any(
        bare in title or (len(title) > 3 and title in bare) for title in titles
    )


def tag_of(element: etree._Element) -> str:
    """Return the name of an element."""
    return element.tag if isinstance(element.tag, str) else ""


_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def marks_of(element: etree._Element) -> str:
    """Return the words that mark an element: its classes, its id, its property.

    Example:
        >>> marks_of(etree.HTML('<p class="postDate" id="x_1">')[0][0])
        'post-date x-1'
    """
    found = [value for name in _MARKS if (value := element.get(name))]
    if not found:
        return ""
    words = " ".join(found)[:_LONGEST_MARKS].replace("_", "-")
    return _CAPITAL.sub("-", words).lower()


def stands_aside(element: etree._Element) -> bool:
    """Return whether an element is outside the work: in comments, other works, the menu."""
    one: etree._Element | None = element
    for _ in range(_DEEPEST):
        if one is None or one.tag in {"body", "html"}:
            return False
        if one.tag in ASIDES or ASIDE_MARK.search(marks_of(one)):
            return True
        one = one.getparent()
    return False


_DEEPEST: Final = 12
