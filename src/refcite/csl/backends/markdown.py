"""Markdown: CommonMark, with HTML tags for formatting that it does not define.

GitHub and pandoc read more than CommonMark defines, such as bare URLs, citations, formulas and
smart punctuation. Text that only one of them would read as markup is escaped too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from refcite.csl.backends.base import Page, one_line
from refcite.csl.backends.marked import Edit, Marked, Marker, edited, pieces, web_addresses
from refcite.csl.style.attributes import Display

__all__ = ["BACKEND", "Markdown"]

# Signs that have a meaning anywhere in a line. Pandoc reads citations (@), quotation marks, dashes,
# ellipses and attributes ({); GitHub bare addresses (://, www.) and emoji (:x:).
_SIGN: Final = re.compile(
    r"[\\`*_\[\]<>~^$@'\"{]|&(?=#?\w+;)|-(?=-)|=(?==)|\.(?=\.\.)|:(?=//|[\w+-]+:)|(?<=www)\.",
    re.IGNORECASE,
)
# Number signs at the end of a heading would close it.
_CLOSING: Final = re.compile(r"(?<= )(?=#+\Z)")
_BACKSLASH: Final = r"\\"
_ESCAPED: Final = r"\\\g<0>"
# GitHub links an address of e-mail even if its sign is escaped.
_EMAIL_SIGN: Final = re.compile(r"(?<=[A-Za-z0-9.+_-])@(?=[A-Za-z0-9_.-]*\.)")
# White space that is written otherwise: a line break, a tab, and what would be an indent.
_SPACE: Final = re.compile(r"\A[ \t\n]+|[ \t\n]{2,}|[\t\n]")
# Text that begins a block in a new line. Pandoc reads an initial ("A. x") as the number of a
# list only before two spaces, MyST brackets before an equals sign as a target.
_LINE_START: Final = re.compile(
    r"(?P<sign>[#+=|:%-])"
    r"|\(?(?:[0-9]+|[a-z]|[ivxlcdm]+|[A-Z](?=\))|[IVXLCDM]+(?=\)))(?P<delimiter>[.)])(?=\s|\Z)"
    r"|(?:[A-Z]|[IVXLCDM]+)(?P<stop>\.)(?=\s\s|\n|\Z)"
    r"|\([^()\n]*(?P<target>\))(?==)"
)
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
# CommonMark decodes entities in autolinks, which have no escapes, and pandoc one at the end.
_NO_AUTOLINK: Final = re.compile(r"[<>\"\s]|&#?\w+(?:;|\Z)")
_UNSAFE_IN_ADDRESS: Final = re.compile(r"[\\`<>\"\s]")
_SIGNS: Final = {("font_style", "italic"): "*", ("font_weight", "bold"): "**"}
_TAGS: Final = {
    ("font_style", "italic"): ("<em>", "</em>"),
    ("font_style", "oblique"): ('<span style="font-style:oblique;">', "</span>"),
    ("font_style", "normal"): ('<span style="font-style:normal;">', "</span>"),
    ("font_variant", "small-caps"): ('<span style="font-variant:small-caps;">', "</span>"),
    ("font_variant", "normal"): ('<span style="font-variant:normal;">', "</span>"),
    ("font_weight", "bold"): ("<strong>", "</strong>"),
    ("font_weight", "light"): ('<span style="font-weight:lighter;">', "</span>"),
    ("font_weight", "normal"): ('<span style="font-weight:normal;">', "</span>"),
    ("text_decoration", "underline"): ("<u>", "</u>"),
    ("vertical_align", "sup"): ("<sup>", "</sup>"),
    ("vertical_align", "sub"): ("<sub>", "</sub>"),
}


class Markdown(Marked):
    """CommonMark text; entries are paragraphs."""

    name = "markdown"

    def block(self, display: Display, inner: str) -> str:
        """Return a block: on a line of its own, or with a space after a margin's text."""
        if display == "left-margin":
            return f"{inner.strip()} "
        if display == "right-inline":
            return inner.lstrip(" ")
        return f"\n{inner}"

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        """Return the entry."""
        return inner

    def heading(self, text: str) -> str:
        """Return a heading of the second level."""
        written = self.finish(self.escape(one_line(text)))
        return f"## {_CLOSING.sub(_BACKSLASH, written)}"

    def finish(self, text: str) -> str:
        """Return the text with its signs, of which none begins a list or a heading."""
        if "\ufdd0" not in text:
            return "".join(_strings(edited([text], _edits(text, []))))
        found = list(pieces(text))
        plain = "".join(_strings(found))
        links, found = _links(found, plain)
        return _written(list(edited(found, _edits(plain, links))))

    def document(self, body: str, page: Page) -> str:
        """Return the entries, after a heading if there is a title."""
        if not page.title:
            return body
        title = " ".join(self.finish(self.escape(page.title)).split())
        return f"# {title}\n\n{body}"


def _strings(found: Sequence[Marker] | Iterator[Marker]) -> Iterator[str]:
    return (piece for piece in found if isinstance(piece, str))


# Links and addresses


_Link = tuple[int, int, bool]
"""Where a link starts and ends in the text, and whether it is written as an autolink."""


def _links(found: list[Marker], plain: str) -> tuple[list[_Link], list[Marker]]:
    """Return the links; and text and marks without the marks of autolinks."""
    links: list[_Link] = []
    starts: list[tuple[int, int] | None] = []
    offset = 0
    others = list(found)
    for index, piece in enumerate(found):
        if isinstance(piece, str):
            offset += len(piece)
        elif piece is not None:
            starts.append((index, offset) if piece[0] == "link" else None)
        elif (opened := starts.pop()) is not None:
            place, start = opened
            mark = found[place]
            url = mark[1] if isinstance(mark, tuple) else ""
            is_auto = plain[start:offset] == url and _is_autolink(url)
            if is_auto:
                others[place] = ("", "")
            links.append((start, offset, is_auto))
    return links, others


def _is_autolink(url: str) -> bool:
    """Return whether all programs read an address between angle brackets as it is."""
    return _NO_AUTOLINK.search(url) is None


def _address(url: str) -> str:
    address = _UNSAFE_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", url)
    address = _ENTITY.sub("&amp;", address)
    return f"<{address}>" if "(" in address or ")" in address else address


# Text


def _edits(plain: str, links: Sequence[_Link]) -> list[Edit]:
    """Return the text with the escapes that it needs to be read unchanged.

    Args:
        plain: The text without marks.
        links: Where it is in links.
    """
    edits: dict[int, Edit] = {}
    for sign in _SIGN.finditer(plain):
        edits[sign.start()] = (*sign.span(), f"\\{sign[0]}")
    line_starts = [0]
    for space in _SPACE.finditer(plain):
        start, end = space.span()
        if "\n" in space[0] and start and end < len(plain):
            edits[start] = (start, end, "\\\n")
            line_starts.append(end)
        elif not start:
            edits[start] = (start, end, " ")
            line_starts.append(end)
        elif "\n" in space[0] or "\t" in space[0]:
            edits[start] = (start, end, " ")
    for start in line_starts:
        mark = _LINE_START.match(plain, start)
        if mark is not None:
            place = mark.start(mark.lastgroup or 0)
            edits[place] = (place, place + 1, f"\\{plain[place]}")
    if "@" in plain:
        for sign in _EMAIL_SIGN.finditer(plain):
            edits[sign.start()] = (*sign.span(), "<span>@</span>")
    wholes: list[Edit] = []
    for start, end, is_auto in links:
        if is_auto:
            wholes.append((start, end, f"<{plain[start:end]}>"))
            continue
        for place in range(start, end):
            # GitHub makes no links in links.
            if plain[place] == "@":
                edits[place] = (place, place + 1, "\\@")
        _no_image(plain, start, edits)
    if "://" in plain:
        inside = iter(links)
        link = next(inside, None)
        for start, end in web_addresses(plain):
            while link is not None and link[1] <= start:
                link = next(inside, None)
            if link is not None and end > link[0]:
                continue
            url = plain[start:end]
            if _is_autolink(url):
                wholes.append((start, end, f"<{url}>"))
            else:
                wholes.append((start, end, f"[{_SIGN.sub(_ESCAPED, url)}]({_address(url)})"))
                _no_image(plain, start, edits)
    if not wholes:
        return [edits[place] for place in sorted(edits)]
    covered: set[int] = set()
    for start, end, _ in wholes:
        covered.update(range(start, end))
    return sorted([*wholes, *(edit for place, edit in edits.items() if place not in covered)])


def _no_image(plain: str, start: int, edits: dict[int, Edit]) -> None:
    """Escape an exclamation mark before a link."""
    if plain[start - 1 : start] == "!":
        edits[start - 1] = (start - 1, start, "\\!")


# Marks


def _written(found: list[Marker]) -> str:
    """Return text and marks as Markdown."""
    after = _characters_after(found)
    open_spans: list[tuple[tuple[str, str], list[str], str]] = []
    here: list[str] = []
    last = ""
    for index, piece in enumerate(found):
        if isinstance(piece, str):
            here.append(piece)
            last = piece[-1]
        elif piece is not None:
            open_spans.append((piece, here, last))
            here = []
        else:
            inner = "".join(here)
            span, here, before = open_spans.pop()
            written = _span(span, inner, before, after[index])
            here.append(written)
            last = written[-1:] or before
    return "".join(here)


def _characters_after(found: list[Marker]) -> list[str]:
    """Return for each piece the first character of the text after it."""
    after: list[str] = []
    following = ""
    for piece in reversed(found):
        after.append(following)
        if isinstance(piece, str):
            following = piece[0]
    after.reverse()
    return after


def _span(span: tuple[str, str], inner: str, before: str, after: str) -> str:
    kind, value = span
    left, text, right = _trimmed(inner)
    if not text:
        return inner
    if kind == "link":
        return f"{left}[{text}]({_address(value)}){right}"
    sign = _SIGNS.get(span)
    if (
        sign
        and _may_have_stars(text, sign)
        and _flanks(left or before, text[0])
        and _flanks(right or after, text[-1])
    ):
        start = end = sign
    else:
        start, end = _TAGS.get(span, ("", ""))
    return f"{left}{start}{text}{end}{right}"


def _trimmed(inner: str) -> tuple[str, str, str]:
    """Return the space and line breaks before a text, the text, and those after it."""
    start, end = 0, len(inner)
    while start < end and (inner[start].isspace() or inner.startswith("\\\n", start)):
        start += 1
    while start < end and inner[end - 1].isspace():
        end -= 2 if inner.endswith("\\\n", start, end) else 1
    return inner[:start], inner[start:end], inner[end:]


def _may_have_stars(text: str, sign: str) -> bool:
    """Return whether stars around a text are read with each other, and not with those in it."""
    if text[0] != "*" and text[-1] != "*":
        if "*" not in text:
            return True
        stars = text.replace("\\\\", "").replace("\\*", "")
        return sign not in (stars if sign == "**" else stars.replace("**", ""))
    # Bold italics have three stars; more are read differently by different programs.
    inner = "*" if sign == "**" else "**"
    content = text[len(inner) : -len(inner)]
    return text == f"{inner}{content}{inner}" and bool(content) and "*" not in content


def _flanks(outside: str, inside: str) -> bool:
    """Return whether a star between these characters opens or closes emphasis (CommonMark 6.2)."""
    # Stars next to stars of another span would be read together.
    return outside[-1:] != "*" and (inside.isalnum() or not outside[-1:].isalnum())


BACKEND: Final = Markdown()
"""The backend."""
