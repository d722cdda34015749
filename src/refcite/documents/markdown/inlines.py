"""The citations and notes in a region of running text.

One pass finds the signs that matter; brackets are kept on a stack. A closing bracket decides what
the pair is: a citation, a link, a span, a note, or plain text. All patterns take linear time, and
a search that failed is not repeated in the same region.

Source: pandoc's manual, "Citation syntax", "Extension: bracketed_spans", "Footnotes".
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from attrs import define, evolve, field, frozen

__all__ = [
    "FoundCitation",
    "FoundCite",
    "FoundKey",
    "InlineReader",
    "Inlines",
    "Level",
    "NoteReference",
    "read_inlines",
]

_SIGN: Final = re.compile(r"[\\`$<\[\]@;&^{]")
_KEY: Final = re.compile(r"(?:\w|\*)(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*+")
_BRACED: Final = re.compile(r"\{((?:[^\s{}]|\{[^\s{}]{0,200}\}){1,1000})\}")
_ESCAPE: Final = re.compile(
    r"\\(?:[A-Za-z]+\*?(?:\{[^{}]{0,1000}\}|\[[^\[\]]{0,1000}\])*|.)", re.DOTALL
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK: Final = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@:/]+@[^\s<>@]+)>")
_TAG: Final = re.compile(
    r"</?[A-Za-z][A-Za-z0-9:-]*+"
    r"(?:\s++[A-Za-z_:@][\w.:@-]*+(?:\s*+=\s*+(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]++))?+)*+\s*+/?>"
)
_NOTE_REFERENCE: Final = re.compile(r"\[\^([^\]\s\[^]+)\]")
_LINK_END: Final = re.compile(
    r"\(\s*+(?:<[^<>\n]*>|(?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.)*+\))*+)"
    r"(?:\s++(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+\s*+\)",
    re.DOTALL,
)
_ATTRIBUTES: Final = re.compile(r"\{[^{}\n]*\}")
_REFERENCE: Final = re.compile(r"\[([^\[\]]*)\]")
_IN_WORD: Final = re.compile(r"[^\W_]|\.")
_ENCLOSING: Final = "\"'*_\u201c\u2018"
_TICKS: Final = re.compile("`+")
_SPACE: Final = re.compile(r"[ \t]*(?:\n[ \t>]*)?")


@frozen
class FoundKey:
    """A key with its places.

    Attributes:
        key: The key, without braces.
        start: Where its cite starts: at the sign `@`, or the minus before it.
        key_start: Where the key starts, with its braces.
        end: Where it ends.
        suppresses_author: Whether there is a minus before the sign.
    """

    key: str
    start: int
    key_start: int
    end: int
    suppresses_author: bool


@frozen
class FoundCite:
    """A cite: its key, and the places of the texts before and after it."""

    key: FoundKey
    prefix: tuple[int, int]
    suffix: tuple[int, int]


@frozen
class FoundCitation:
    """A citation with its place.

    Attributes:
        start: Where it starts.
        end: Where it ends.
        cites: Its cites.
        in_text: Whether the author of its first cite is in the running text.
        in_link: Whether it is in the text of a link.
        unclosed: Where the bracket before it starts that has no end; -1 without such a bracket.
    """

    start: int
    end: int
    cites: tuple[FoundCite, ...]
    in_text: bool = False
    in_link: bool = field(default=False, kw_only=True)
    unclosed: int = field(default=-1, kw_only=True)


@frozen
class NoteReference:
    """A note: a reference to its definition, or a note in the text itself.

    Attributes:
        start: Where it starts.
        end: Where it ends.
        label: The label of its definition; None for a note in the text.
    """

    start: int
    end: int
    label: str | None


Inlines = tuple[list[FoundCitation], list[NoteReference]]
"""The citations and the notes of a region, each in the order of the text."""


@define
class _KeyInText:
    """A key that is not yet known to be in a group, with the bracket directly after it."""

    key: FoundKey
    bracket: Level | None = None
    bracket_end: int = 0


@define
class Level:
    """An open bracket.

    Attributes:
        kind: `[` or `^[`; empty for the region itself.
        start: Where the bracket starts.
        inner: Where its content starts.
        before: The key directly before the bracket.
    """

    kind: str
    start: int
    inner: int
    before: _KeyInText | None = None
    keys: list[_KeyInText] = field(factory=list)
    semicolons: list[int] = field(factory=list)


def read_inlines(
    text: str, start: int, end: int, links: Container[str] = (), no_keys: Container[str] = ()
) -> Inlines:
    """Return the citations and the notes of a region, each in the order of the text.

    Args:
        text: The text of the document.
        start: Where the region starts.
        end: Where it ends.
        links: The names of defined links, in lower case.
        no_keys: Keys that are no citations in the text: the labels of examples.

    Example:
        >>> text = "As @a [p. 3] says [see @b; -@c] and `@d`."
        >>> found, _ = read_inlines(text, 0, len(text))
        >>> [text[one.start : one.end] for one in found]
        ['@a [p. 3]', '[see @b; -@c]']
    """
    return InlineReader(text, start, end, links, no_keys).read()


class InlineReader:
    """Reads a region sign by sign; the arguments are those of `read_inlines`.

    Other kinds of Markdown override what a sign can start.
    """

    def __init__(
        self, text: str, start: int, end: int, links: Container[str], no_keys: Container[str]
    ) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._links = links
        self._no_keys = no_keys
        self._stack = [Level("", start, start)]
        self._ticks: dict[int, list[int]] | None = None
        self._missing: set[str] = set()
        self.citations: list[FoundCitation] = []
        self.notes: list[NoteReference] = []

    def read(self) -> Inlines:
        """Return the citations and the notes."""
        text, end = self._text, self._end
        place = self._start
        while (found := _SIGN.search(text, place, end)) is not None:
            place = self._take(found[0], found.start())
        while self._stack:
            level = self._stack.pop()
            count = len(self.citations)
            self._release(level)
            if level.kind and len(self.citations) > count:
                first = self.citations[count]
                self.citations[count] = evolve(first, unclosed=level.start)
        self.citations.sort(key=lambda one: one.start)
        self.notes.sort(key=lambda one: one.start)
        return self.citations, self.notes

    # Signs

    def _take(self, sign: str, place: int) -> int:
        """Read a sign; return where to continue."""
        text, end = self._text, self._end
        if sign == "@":
            return self._key(place)
        if sign == "[":
            return self._opening(place)
        if sign == "]":
            return self._closing(place)
        if sign == ";":
            self._stack[-1].semicolons.append(place)
            return place + 1
        if sign == "\\":
            escape = _ESCAPE.match(text, place, end)
            return place + 1 if escape is None else escape.end()
        if sign == "`":
            return self._code(place)
        if sign == "$":
            return self._math(place)
        if sign == "&":
            entity = _ENTITY.match(text, place, end)
            return place + 1 if entity is None else entity.end()
        if sign == "^":
            if text.startswith("[", place + 1) and place + 1 < end:
                self._stack.append(Level("^[", place, place + 2))
                return place + 2
            return place + 1
        if sign == "<":
            return self._angle(place)
        if text.startswith("{{<", place):  # a shortcode of Quarto or Hugo
            return self._after(">}}", place)
        return place + 1

    def _after(self, closing: str, place: int, step: int = 1) -> int:
        """Return the place after a closing sign, or after the opening one if it is not closed."""
        if closing in self._missing:
            return place + step
        found = self._text.find(closing, place + step, self._end)
        if found < 0:
            self._missing.add(closing)
            return place + step
        return found + len(closing)

    def _code(self, place: int) -> int:
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self._text, self._start, self._end):
                self._ticks.setdefault(run.end() - run.start(), []).append(run.start())
            for places in self._ticks.values():
                places.reverse()
        opening = _TICKS.match(self._text, place, self._end)
        length = opening.end() - place if opening is not None else 1
        places = self._ticks.get(length, [])
        while places and places[-1] <= place:
            places.pop()
        return (places[-1] if places else place) + length

    def _math(self, place: int) -> int:
        text, end = self._text, self._end
        if text.startswith("$$", place):
            return self._after("$$", place, 2)
        if place + 1 >= end or text[place + 1].isspace():
            return place + 1
        closing = text.find("$", place + 1, end)
        while closing > 0 and text[closing - 1] == "\\":
            closing = text.find("$", closing + 1, end)
        if closing < 0:
            return place + 1
        if text[closing - 1].isspace() or text[closing + 1 : closing + 2].isdigit():
            return place + 1
        return closing + 1

    def _angle(self, place: int) -> int:
        text, end = self._text, self._end
        if text.startswith("<!--", place):
            return self._after("-->", place, 4)
        found = _AUTOLINK.match(text, place, end) or _TAG.match(text, place, end)
        return place + 1 if found is None else found.end()

    def _key(self, place: int) -> int:
        text, end = self._text, self._end
        before = text[place - 1] if place > self._start else ""
        if before.isalnum() or (before == "." and text[place - 3 : place] != "..."):
            return place + 1  # an address of e-mail
        braced = _BRACED.match(text, place + 1, end) if text.startswith("{", place + 1) else None
        found = braced or _KEY.match(text, place + 1, end)
        if found is None:
            return place + 1
        key = found[1] if braced is not None else found[0]
        minus = before == "-" and not _IN_WORD.match(text[place - 2 : place - 1])
        start = place - minus
        one = _KeyInText(FoundKey(key, start, place + 1, found.end(), minus))
        self._stack[-1].keys.append(one)
        return found.end()

    # Brackets

    def _opening(self, place: int) -> int:
        text, end = self._text, self._end
        note = _NOTE_REFERENCE.match(text, place, end)
        if note is not None:
            self.notes.append(NoteReference(place, note.end(), note[1]))
            return note.end()
        top = self._stack[-1]
        level = Level("[", place, place + 1)
        if top.keys and top.keys[-1].bracket is None:
            last = top.keys[-1]
            space = _SPACE.match(text, last.key.end, end)
            if space is not None and space.end() == place:
                level.before = last
        self._stack.append(level)
        return place + 1

    def _closing(self, place: int) -> int:
        if len(self._stack) == 1:
            return place + 1
        level = self._stack.pop()
        if level.kind == "^[":
            self._release(level)
            self.notes.append(NoteReference(level.start, place + 1, None))
            return place + 1
        if level.before is not None and self._follows_key(level, place):
            level.before.bracket = level
            level.before.bracket_end = place
            return place + 1
        after = self._after_link(level, place)
        if (
            after == place + 1
            and not self._is_before_bracket(place)
            and (cites := self._cites(level, place, level.inner))
        ):
            self._drop_inside(level.start)
            self.citations.append(FoundCitation(level.start, place + 1, tuple(cites)))
        else:
            self._release(level)
        if after > place + 1 and self._text[place + 1] in "([":
            self._mark_in_link(level.start)
        return after

    def _mark_in_link(self, start: int) -> None:
        index = len(self.citations) - 1
        while index >= 0 and self.citations[index].start >= start:
            self.citations[index] = evolve(self.citations[index], in_link=True)
            index -= 1

    def _follows_key(self, level: Level, place: int) -> bool:
        """Return whether a bracket belongs to the cite in the text before it."""
        text, end = self._text, self._end
        inner = text[level.inner : place]
        if not inner.strip() or " ".join(inner.lower().split()) in self._links:
            return False
        if place + 1 < end and text[place + 1] in "[(":
            return False
        parts = self._parts(level, place)
        has_keys = [self._first_key(level, part) is not None for part in parts]
        return all(has_keys[1:])

    def _after_link(self, level: Level, place: int) -> int:
        """Return where a link or span ends, the place after the bracket if it is neither."""
        text, end = self._text, self._end
        if place + 1 >= end:
            return place + 1
        following = text[place + 1]
        found = None
        if following == "(":
            found = _LINK_END.match(text, place + 1, end)
        elif following == "{":
            found = _ATTRIBUTES.match(text, place + 1, end)
        elif following == "[":
            found = _REFERENCE.match(text, place + 1, end)
            name = found[1] or text[level.inner : place] if found is not None else ""
            if " ".join(name.lower().split()) not in self._links:
                found = None
        return place + 1 if found is None else found.end()

    def _is_before_bracket(self, place: int) -> bool:
        """Return whether another bracket follows directly, which is not that of a note."""
        following = self._text[place + 1 : place + 3] if place + 1 < self._end else ""
        return following[:1] == "[" and following != "[^"

    def _parts(self, level: Level, place: int, start: int | None = None) -> list[tuple[int, int]]:
        """Return the parts of a bracket between its semicolons."""
        starts = [level.inner if start is None else start, *(at + 1 for at in level.semicolons)]
        return list(zip(starts, [*level.semicolons, place], strict=True))

    @staticmethod
    def _first_key(level: Level, part: tuple[int, int]) -> FoundKey | None:
        return next((one.key for one in level.keys if part[0] <= one.key.start < part[1]), None)

    def _cites(self, level: Level, place: int, start: int) -> list[FoundCite] | None:
        """Return the cites of a bracket, None if a part has none."""
        keys = iter(level.keys)
        key = next(keys, None)
        if key is None:
            return None
        cites: list[FoundCite] = []
        for part_start, part_end in self._parts(level, place, start):
            if key is None or key.key.start >= part_end:
                return None
            first = key.key
            if self._is_enclosed(part_start, first.start):
                return None
            while key is not None and key.key.start < part_end:
                key = next(keys, None)
            cites.append(FoundCite(first, (part_start, first.start), (first.end, part_end)))
        return cites

    def _is_enclosed(self, start: int, end: int) -> bool:
        """Return whether a key is in a quotation or an emphasis that starts before it."""
        if end > start and self._text[end - 1] in _ENCLOSING:
            return True
        return self._text.count('"', start, end) % 2 == 1

    def _drop_inside(self, start: int) -> None:
        """Drop the citations inside a citation: they are text before or after its cites."""
        while self.citations and self.citations[-1].start >= start:
            self.citations.pop()

    def _release(self, level: Level) -> None:
        """Add the keys of a bracket that is no citation, which are cites in the text."""
        for one in level.keys:
            key = one.key
            if key.key in self._no_keys:
                continue
            cites = [FoundCite(key, (key.start, key.start), (key.end, key.end))]
            end = key.end
            if one.bracket is not None:
                end = one.bracket_end + 1
                cites = self._with_bracket(key, one.bracket, one.bracket_end)
            self.citations.append(FoundCitation(key.start, end, tuple(cites), in_text=True))

    def _with_bracket(self, key: FoundKey, level: Level, place: int) -> list[FoundCite]:
        """Return the cites of a key with the bracket after it."""
        whole = self._cites(level, place, level.inner)
        if whole is not None:
            return [FoundCite(key, (key.start, key.start), (key.end, key.end)), *whole]
        end = level.semicolons[0] if level.semicolons else place
        rest: list[FoundCite] = []
        if level.semicolons:
            others = Level("[", level.start, end + 1, keys=level.keys)
            others.semicolons = level.semicolons[1:]
            rest = self._cites(others, place, end + 1) or []
        return [FoundCite(key, (key.start, key.start), (level.inner, end)), *rest]
