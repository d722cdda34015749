"""The case of titles: titles in capitals, and capitals that BibTeX's styles change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.rules import EachRule, FieldEdit, Fix, Found
from refcite.problems import Severity

__all__ = ["RULES"]

_LONG: Final = 4
_CAPITAL_WORDS: Final = 2
"""The smallest number of long words in a title that is not an abbreviation."""
_SHOWN: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]+")
_INNER_CAPITAL: Final = re.compile(r"[^\W_][A-Z]")
_COMMAND: Final = re.compile(r"\\(?:[A-Za-z]+\s*|.)|\$[^$]*\$")
_MARKED: Final = re.compile(r"[{}\\$]")
_BRACE: Final = re.compile(r"[{}]")
_NOCASE: Final = re.compile(r'<span class="nocase">[^<]*</span>')
_INSIDE_NAME: Final = re.compile(r"[\w,;)] [\"'(“‘]?[A-Z][a-z]{2}")
_BARE_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# Types whose titles BibTeX's standard styles print as they are (`format.btitle`).
_BOOKS: Final = frozenset({"book", "proceedings", "manual", "phdthesis", "booklet", "inbook"})
_ENGLISH_TEXT: Final = (
    "the of and in on for to with from by at as is are an a its their using between"
)
_ENGLISH: Final = frozenset(_ENGLISH_TEXT.split())
_SMALL: Final = 3
"""The smallest number of long words in lower case in a title in sentence case."""


def _capital_title(entry: Entry) -> Iterator[Found]:
    title = entry.title
    if not title or not title.isupper():
        return
    if sum(_letters(word) >= _LONG for word in title.split()) < _CAPITAL_WORDS:
        return
    shown = title if len(title) <= 60 else f"{title[:59]}…"
    yield Found(
        f"the title {shown!r} is in capitals",
        "write it in upper and lower case; a style can print capitals",
        "title",
    )


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))


def _is_converted(entry: Entry) -> bool:
    """Return whether styles may convert the title of an entry to lower case."""
    if not entry.raw or "title" not in entry.fields:
        return False
    language = entry.record.language or "en"
    if not language.startswith("en"):
        return False  # biblatex converts only English titles
    return entry.dialect == "biblatex" or entry.type not in _BOOKS


def _unprotected_capitals(entry: Entry) -> Iterator[Found]:
    title = entry.record.title
    if not title or _INNER_CAPITAL.search(title) is None or not _is_converted(entry):
        return
    if _INNER_CAPITAL.search(_NOCASE.sub(" ", title)) is None:
        return
    raw = entry.raw_value("title")
    if raw is None or entry.title.isupper():
        return
    bare = _unbraced(raw)
    found = [
        word
        for word in _BARE_WORD.finditer(bare)
        if any(_INNER_CAPITAL.search(part) for part in word[0].split("-"))
    ]
    letters = "".join(_WORD.findall(bare))
    if not found or sum(map(str.isupper, letters)) * 2 > len(letters):
        return  # a title mostly in capitals has another problem
    words = list(dict.fromkeys(word[0] for word in found))
    yield Found(
        f"{_listed(words)} in the title {'has' if len(words) == 1 else 'have'} capitals without"
        " braces, which styles with titles in sentence case lose",
        f"write {{{words[0]}}}",
        "title",
        tuple(words),
        _protected(raw, [word.span() for word in found], bare),
    )


def _unprotected_name(entry: Entry) -> Iterator[Found]:
    title = entry.title
    if not title or _INSIDE_NAME.search(title) is None or not _is_converted(entry):
        return
    words = title.split()
    if len(words) < _SMALL + 2 or _ENGLISH.isdisjoint(words):
        return
    small = sum(word.islower() and len(word) >= _LONG and word.isalpha() for word in words)
    small -= sum(word in _ENGLISH and len(word) >= _LONG for word in words)
    if small < _SMALL:
        return
    raw = entry.raw_value("title")
    if raw is None:
        return
    bare = _unbraced(raw)
    found = [
        word
        for word in _BARE_WORD.finditer(bare)
        if word[0][0].isupper()
        and word[0][1:].islower()
        and len(word[0]) > 2
        and "-" not in word[0]
        and _is_inside(bare, word.start())
    ]
    if not found or len(found) * 2 > small:
        return
    words = list(dict.fromkeys(word[0] for word in found))
    yield Found(
        f"{_listed(words)} in the title may be a name, whose capital styles with titles in sentence"
        " case lose",
        f"write {{{words[0]}}} if it is a name",
        "title",
        tuple(words),
    )


def _is_inside(text: str, start: int) -> bool:
    """Return whether a word is not the first of a sentence."""
    before = text[:start].rstrip(" \t\n\0`'\"(")
    return bool(before) and before[-1] not in ":.?!–—-/" and not before[-1].isdigit()


def _unbraced(raw: str) -> str:
    """Return a text with its groups, commands and formulas replaced by NUL characters."""
    if _MARKED.search(raw) is None:
        return raw
    text = _COMMAND.sub(lambda found: "\0" * len(found[0]), raw)
    out: list[str] = []
    depth = done = 0
    for brace in _BRACE.finditer(text):
        start, end = brace.span()
        part = text[done:start]
        out.append("\0" * len(part) if depth else part)
        out.append("\0")
        depth = depth + 1 if brace[0] == "{" else max(depth - 1, 0)
        done = end
    out.append(text[done:])
    return "".join(out)


def _protected(raw: str, spans: list[tuple[int, int]], bare: str) -> Fix | None:
    """Return the repair that puts braces around words; None next to a command or a group."""
    out: list[str] = []
    done = 0
    for start, end in spans:
        if bare[start - 1 : start] == "\0" or bare[end : end + 1] == "\0":
            return None
        out += [raw[done:start], "{", raw[start:end], "}"]
        done = end
    edit = FieldEdit("title", "".join([*out, raw[done:]]))
    return Fix("put braces around capitals", (edit,), frozenset({"title"}))


def _listed(words: list[str]) -> str:
    shown = ", ".join(map(repr, words[:_SHOWN]))
    return shown if len(words) <= _SHOWN else f"{shown} and {len(words) - _SHOWN} more"


RULES: Final = (
    EachRule(code="capital-title", severity=Severity.WARNING, find=_capital_title),
    EachRule(code="unprotected-capitals", severity=Severity.WARNING, find=_unprotected_capitals),
    EachRule(code="unprotected-name", severity=Severity.INFO, find=_unprotected_name),
)
"""The rules about titles."""
