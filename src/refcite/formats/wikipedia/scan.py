"""Find templates in wikitext, in one pass, at any depth.

Text in comments, `nowiki` and similar elements is not markup (MediaWiki, "Preprocessor").
Three braces open a parameter of the page, `{{{1|}}}`, unless a citation template's name is after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from attrs import define, frozen

__all__ = ["Template", "parts_of", "templates"]

_LONGEST_NAME: Final = 300
_SIGN: Final = re.compile(
    r"<!--|<(nowiki|pre|math|syntaxhighlight|source)(?=[\s/>])[^<>]{0,200}>"
    r"|\{\{\{(?=\s{0,20}cit(?:e[\s_]|ation\s{0,20}\|))"
    r"|\{\{\{[^{}|]{0,100}(?:\|[^{}]{0,200})?\}\}\}|\{\{|\}\}|\[\[|\]\]|\|",
    re.IGNORECASE,
)


@frozen
class Template:
    """A template that was found.

    It contains only positions: with deeply nested templates, the texts would be long and numerous.

    Attributes:
        start: Its start in the text.
        end: Its end; if it is not closed, its last bar.
        bars: Where its bars are.
        is_closed: Whether its braces are closed.
    """

    start: int
    end: int
    bars: tuple[int, ...]
    is_closed: bool = True

    def name(self, text: str) -> str:
        """Return its name, or the start of a long one, unchanged in the text."""
        end = self.bars[0] if self.bars else self.end - 2
        return text[self.start + 2 : min(end, self.start + 2 + _LONGEST_NAME)]

    def first(self, text: str) -> str:
        """Return the start of the text after its first bar."""
        if not self.bars:
            return ""
        start = self.bars[0] + 1
        end = self.bars[1] if len(self.bars) > 1 else self.end - 2
        return text[start : min(end, start + _LONGEST_NAME)]

    def parts(self, text: str) -> list[str]:
        """Return the text that is between its bars."""
        return [text[a + 1 : b] for a, b in pairwise((*self.bars, self.end - 2))]


@define
class _Open:
    """A template or a link whose end was not found yet."""

    start: int
    bars: list[int]
    is_template: bool


def templates(text: str) -> list[Template]:
    """Return the templates of a text, inner ones too, in the order in which they start.

    Example:
        >>> text = "a {{b|c=[[d|e]]|{{f}}}} g"
        >>> [(one.name(text), one.parts(text)) for one in templates(text)]
        [('b', ['c=[[d|e]]', '{{f}}']), ('f', [])]
    """
    found: list[Template] = []
    stack: list[_Open] = []
    open_templates = 0
    for sign, start, end in _signs(text):
        if sign == "{{" or sign == "[[":
            stack.append(_Open(start, [], sign == "{{"))
            open_templates += sign == "{{"
        elif sign == "|":
            if stack and stack[-1].is_template:
                stack[-1].bars.append(start)
        elif sign == "]]":
            if stack and not stack[-1].is_template:
                stack.pop()
        elif open_templates:
            # A link that was never closed is text.
            while not stack[-1].is_template:
                stack.pop()
            closed = stack.pop()
            found.append(Template(closed.start, end, tuple(closed.bars)))
            open_templates -= 1
    found += [
        Template(left.start, left.bars[-1], tuple(left.bars), is_closed=False)
        for left in stack
        if left.is_template and left.bars
    ]
    return sorted(found, key=lambda template: template.start)


def _signs(text: str) -> Iterator[tuple[str, int, int]]:
    place = 0
    never: set[str] = set()
    while True:
        found = _SIGN.search(text, place)
        if found is None:
            return
        sign, place = found[0], found.end()
        if sign == "<!--" or found[1]:
            place = _after(text, found, never)
        elif sign == "{{{":
            # A citation, by its name; otherwise it would be a parameter of the page.
            yield "{{", found.start() + 1, place
        elif not sign.startswith("{{{"):
            yield sign, found.start(), place


def _after(text: str, found: re.Match[str], never: set[str]) -> int:
    """Return the position after text that is not markup."""
    if found[0].endswith("/>"):
        return found.end()
    if not found[1]:
        end = text.find("-->", found.end())
        return end + 3 if end >= 0 else len(text)
    closing = f"</{found[1].lower()}"
    if closing in never:
        return found.end()
    match = re.compile(re.escape(closing) + r"\s{0,20}>", re.IGNORECASE).search(text, found.end())
    if match is None:
        never.add(closing)
        return found.end()
    return match.end()


def parts_of(text: str) -> bool:
    """Return whether a value can be in a template unchanged: its markup is balanced.

    Example:
        >>> parts_of("{{sfnref|Roe|2001}}"), parts_of("a|b"), parts_of("}}")
        (True, False, False)
    """
    stack: list[str] = []
    for sign, _, _ in _signs(text):
        if sign in ("{{", "[["):
            stack.append(sign)
        elif sign == "|":
            if not stack:
                return False
        elif not stack or {"{{": "}}", "[[": "]]"}[stack.pop()] != sign:
            return False
    return not stack and "<!--" not in text
