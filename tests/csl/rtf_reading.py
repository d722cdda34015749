"""A reader of Rich Text Format, written from the specification and not from the backend.

It reads the control words that concern text, and fails at those that it does not know.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["Run", "read_rtf"]

_TOKEN: Final = re.compile(r"\\([a-z]+)(-?\d+)? ?|\\([^a-z])|([{}])|([\r\n]+)|([^\\{}\r\n]+)")
_TEXTS: Final = {"par": "\n", "line": "\n", "tab": "\t"}
_SIGNS: Final = {"\\": "\\", "{": "{", "}": "}", "~": "\u00a0"}
# Groups that are not part of the text.
_OTHERS: Final = frozenset({"fonttbl", "colortbl", "stylesheet", "info"})
_FORMATS: Final = frozenset({"b", "i", "scaps", "ul"})
_WITHOUT_TEXT: Final = re.compile(
    "rtf|ansi|ansicpg|uc|deff|deflang|paper[wh]|marg[lrtb]|pard|s|cs|li|fi|tx|sl|slmult|sb|sa"
    "|plain|widctlpar|keepn|outlinelevel|f|fs|cf|field|fldrslt"
)


class Run(NamedTuple):
    """Text with one formatting.

    Attributes:
        text: The text.
        formats: The control words in force: `b`, `i`, `scaps`, `ul`, `super`, `sub`.
        link: The address, if it is a link.
        paragraph: The control words of its paragraph, with their numbers.
    """

    text: str
    formats: frozenset[str]
    link: str | None
    paragraph: dict[str, int]


class _Group(NamedTuple):
    formats: frozenset[str]
    link: str | None
    is_shown: bool
    is_instruction: bool


def read_rtf(text: str) -> list[Run]:
    """Return the runs of a document, none of which has the formatting of the one before."""
    assert text.isascii()
    runs: list[Run] = []
    units: list[int] = []
    groups: list[_Group] = []
    group = _Group(frozenset(), None, is_shown=True, is_instruction=False)
    paragraph: dict[str, int] = {}
    position = skipped = 0

    def add(shown: str) -> None:
        if units:
            waiting = b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le")
            units.clear()
            add(waiting)
        if not shown or not group.is_shown:
            return
        last = runs[-1] if runs else None
        if last is not None and last[1:] == (group.formats, group.link, paragraph):
            runs[-1] = last._replace(text=last.text + shown)
        else:
            runs.append(Run(shown, group.formats, group.link, paragraph))

    while position < len(text):
        found = _TOKEN.match(text, position)
        assert found is not None, text[position : position + 20]
        position = found.end()
        word, number, sign, brace, end, plain = found.groups()
        if end:
            continue
        if word == "u":
            units.append(int(number) % 0x10000)
            skipped = 1  # the character for programs without Unicode
            continue
        if plain and skipped:
            plain, skipped = plain[1:] or None, 0
            if plain is None:
                continue
        if plain and group.is_instruction:
            name, _, address = plain.partition(" ")
            assert name == "HYPERLINK"
            # The field is the group around the two of its instruction.
            groups[-2] = groups[-2]._replace(link=address.strip('"'))
        elif plain is not None:
            add(plain)
        elif brace == "{":
            add("")
            groups.append(group)
        elif brace == "}":
            add("")
            group = groups.pop()
        elif sign == "*":
            pass  # the next word is one of those below
        elif sign:
            add(_SIGNS[sign])
        elif word in _TEXTS:
            add(_TEXTS[word])
        elif word in _OTHERS:
            group = group._replace(is_shown=False)
        elif not group.is_shown:
            pass
        elif word == "fldinst":
            group = group._replace(is_instruction=True)
        elif word in _FORMATS or word in ("super", "sub", "ulnone", "nosupersub"):
            add("")
            group = group._replace(formats=_changed(group.formats, word, number))
        else:
            assert _WITHOUT_TEXT.fullmatch(word), word
            add("")
            if word in ("pard", "plain"):
                paragraph = {}
            paragraph = {**paragraph, word: int(number or 0)}
    add("")
    assert groups == []
    return runs


def _changed(formats: frozenset[str], word: str, number: str | None) -> frozenset[str]:
    if word in _FORMATS:
        return formats - {word} if number == "0" else formats | {word}
    if word == "ulnone":
        return formats - {"ul"}
    return formats - {"super", "sub"} | ({word} if word != "nosupersub" else set())
