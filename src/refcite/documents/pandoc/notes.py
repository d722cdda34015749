"""Citations at their places in pandoc's tree: notes, and the punctuation around them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Final

from attrs import frozen

from refcite.csl.backends.pandoc import Inline
from refcite.documents.pandoc.tree import Node, inner_inlines, leading_text, plain

__all__ = ["Placer", "Text"]

_SENTENCE_SIGNS: Final = ".,;:!?"
_RIGHT_QUOTES: Final = "\u201d\u2019\u00bb"
_ABBREVIATIONS: Final = ("ibid.", "ebd.", "cit.", "ed.", "eds.", "al.", "n.d.", "Jr.")
"""The final words of citations whose period is not only that of the sentence."""
_SPACE: Final = {"t": "Space"}
_PAUSES: Final = ({"t": "Str", "c": ","}, {"t": "Str", "c": ";"}, {"t": "Str", "c": ":"})


@frozen
class Text:
    """The text of a citation.

    Attributes:
        in_text: The part in the running text.
        in_note: The part in a note.
        narrates: Whether the author is in the running text.
    """

    in_text: list[Inline]
    in_note: list[Inline]
    narrates: bool

    @property
    def repeats(self) -> bool:
        """Whether the part in a note prints only the author again."""
        author = plain(self.in_text)
        return bool(author) and plain(self.in_note).rstrip(".") == author.rstrip(".")


class Placer:
    """Puts texts into the citations of a tree.

    Args:
        texts: The texts, by the identities of the elements `Cite`.
        makes_notes: Whether the style's citations are notes.
        moves_notes: Whether notes are moved after punctuation.
        punctuation_in_quote: Whether the language has punctuation inside quotation marks.
    """

    def __init__(
        self,
        texts: Mapping[int, Text],
        *,
        makes_notes: bool,
        moves_notes: bool,
        punctuation_in_quote: bool,
    ) -> None:
        self._texts = texts
        self._makes_notes = makes_notes
        self._moves_notes = moves_notes
        self._in_quotes = punctuation_in_quote

    def place(self, node: Node, *, in_note: bool = False) -> None:
        """Put the texts into all citations in an element or list."""
        if isinstance(node, list):
            has_citations = False
            for index, one in enumerate(node):
                if isinstance(one, dict) and one.get("t") == "Cite":
                    has_citations = True
                    self._fill(one, node[index + 1 :] if in_note else (), in_note, is_first=False)
                else:
                    self.place(one, in_note=in_note)
            if has_citations:
                self._move_punctuation(node)
        elif isinstance(node, dict):
            if node.get("t") == "Note":
                self._place_note(node)
            else:
                for one in node.values():
                    if isinstance(one, list | dict):
                        self.place(one, in_note=in_note)

    # Notes

    def _place_note(self, note: Inline) -> None:
        blocks = note["c"]
        if len(blocks) == 1 and blocks[0]["t"] == "Para" and blocks[0]["c"]:
            inlines: list[Inline] = blocks[0]["c"]
            text = self._texts.get(id(inlines[0]))
            if self._makes_notes and text is not None and not text.narrates:
                # A citation that begins a note is not in brackets.
                self._fill(inlines[0], (), True, is_first=True)
                rest = inlines[1:]
                self.place(rest, in_note=True)
                inlines[1:] = rest
                self._move_punctuation(inlines)
                return
        self.place(blocks, in_note=True)

    def _fill(
        self, cite: Inline, following: Sequence[Inline], in_note: bool, *, is_first: bool
    ) -> None:
        text = self._texts.get(id(cite))
        if text is None:
            return
        if not self._makes_notes or not text.in_note:
            cite["c"][1] = text.in_text
        elif is_first:
            cite["c"][1] = [*text.in_text, {"t": "Span", "c": [["", [], []], text.in_note]}]
        elif not in_note:
            paragraph = {"t": "Para", "c": _with_capital(_without_pause(text.in_note))}
            cite["c"][1] = [*text.in_text, {"t": "Note", "c": [paragraph]}]
        elif text.narrates and text.repeats:
            cite["c"][1] = text.in_text
        elif text.narrates:
            ends = _begins_sentence(following)
            inner = text.in_note if ends else _without_period(text.in_note)
            comma = [{"t": "Str", "c": ","}, _SPACE] if text.in_text else []
            cite["c"][1] = [*text.in_text, *comma, *inner]
        else:
            inner = _without_period(text.in_note)
            cite["c"][1] = [{"t": "Str", "c": "("}, *inner, {"t": "Str", "c": ")"}]

    # Punctuation

    def _move_punctuation(self, inlines: list[Inline]) -> None:
        """Move notes after punctuation, and remove spaces before notes, in place."""
        found: list[Inline] = []
        index = 0
        while index < len(inlines):
            node = inlines[index]
            index += 1
            if node["t"] in ("Space", "SoftBreak"):
                found.append(node)
                continue
            if (
                index + 1 < len(inlines)
                and inlines[index]["t"] in ("Space", "SoftBreak")
                and _is_one_note(inlines[index + 1])
            ):
                cite = inlines[index + 1]
                index += 2
                signs = _punctuation(inlines, index) if self._moves_notes else ""
                if signs:
                    inlines[index:] = _dropped(inlines[index:], len(signs))
                    found += self._joined([node], signs)
                else:
                    found.append(node)
                found.append(cite)
                continue
            found.append(node)
            if node["t"] != "Cite" or not node["c"][1] or index >= len(inlines):
                continue
            content = node["c"][1]
            signs = _punctuation(inlines, index)
            if (
                self._moves_notes
                and content[-1]["t"] in ("Note", "Superscript")
                and signs[:1] in tuple(_SENTENCE_SIGNS)
                and signs
            ):
                inlines[index:] = _dropped(inlines[index:], len(signs))
                before = content[:-1]
                if not _ends_with_punctuation(before):
                    before = self._joined(before, signs)
                content[:-1] = before
            elif inlines[index] == {"t": "Str", "c": "."} and plain(content).endswith("."):
                index += 1
        inlines[:] = found

    def _joined(self, before: list[Inline], signs: str) -> list[Inline]:
        """Return inline elements with punctuation after them, inside a quotation at their end."""
        if self._in_quotes and signs[0] in ".," and before and before[-1]["t"] == "Quoted":
            quoted = before[-1]["c"][1]
            if not plain(quoted).endswith(tuple(_SENTENCE_SIGNS)):
                quoted.append({"t": "Str", "c": signs[0]})
            signs = signs[1:]
        return [*before, {"t": "Str", "c": signs}] if signs else before


def _is_one_note(node: Inline) -> bool:
    if node["t"] != "Cite" or len(node["c"][1]) != 1:
        return False
    kind: str = node["c"][1][0]["t"]
    return kind in ("Note", "Superscript")


def _is_sign(character: str) -> bool:
    # Notes and quotation marks do not move around dashes.
    return unicodedata.category(character)[0] == "P" and character not in "\u2013\u2014"


def _punctuation(inlines: Sequence[Inline], start: int) -> str:
    """Return the punctuation with which inline elements begin."""
    return "".join(takewhile(_is_sign, leading_text(inlines, start)))


def _dropped(inlines: Sequence[Inline], count: int) -> list[Inline]:
    """Return inline elements without their first characters."""
    found = list(inlines)
    for index, node in enumerate(found):
        if not count:
            if node["t"] == "SoftBreak":
                found[index] = _SPACE  # as pandoc does
            break
        if node["t"] == "Str":
            found[index] = {"t": "Str", "c": node["c"][count:]}
            count -= min(count, len(node["c"]))
        else:
            inner = inner_inlines(node)
            if inner is not None:
                if node["t"] == "Quoted":
                    break
                length = len(plain(inner))
                inner[:] = _dropped(inner, count)
                count -= min(count, length)
    return found


def _ends_with_punctuation(inlines: Sequence[Inline]) -> bool:
    if not inlines:
        return False
    text = plain(inlines)
    if not text:
        return True
    if len(text) > 1 and _is_sign(text[-1]) and text[-2] in _SENTENCE_SIGNS:
        return True
    return text[-1] in _SENTENCE_SIGNS


def _begins_sentence(following: Sequence[Inline]) -> bool:
    """Return whether inline elements are empty or begin with a capital letter."""
    for node in following:
        if node["t"] == "Space":
            continue
        return bool(node["t"] == "Str" and node["c"][:1].isupper())
    return True


def _without_period(inlines: Sequence[Inline]) -> list[Inline]:
    """Return inline elements without the period at their end."""
    found = list(inlines)
    if not found:
        return found
    last = found[-1]
    if last["t"] == "Str":
        word = last["c"]
        bare = word.rstrip(_RIGHT_QUOTES)
        if not bare and len(found) > 1:
            # The mark that closes a quotation is a word of its own.
            found[:-1] = _without_period(found[:-1])
        elif bare == ".":
            found[-1:] = [{"t": "Str", "c": word[1:]}] if len(word) > 1 else []
        elif bare.endswith(".") and not word.lower().endswith(_ABBREVIATIONS):
            found[-1] = {"t": "Str", "c": bare[:-1] + word[len(bare) :]}
    elif last["t"] in ("Emph", "Strong", "SmallCaps"):
        found[-1] = {"t": last["t"], "c": _without_period(last["c"])}
    elif last["t"] in ("Span", "Link"):
        attributes, inner, *target = last["c"]
        found[-1] = {"t": last["t"], "c": [attributes, _without_period(inner), *target]}
    return found


def _without_pause(inlines: Sequence[Inline]) -> list[Inline]:
    """Return inline elements without the comma that would follow text which is not printed."""
    found = list(inlines)
    if len(found) > 2 and found[0] in _PAUSES and found[1] == _SPACE:
        return found[2:]
    return found


def _with_capital(inlines: Sequence[Inline]) -> list[Inline]:
    """Return inline elements whose first letter is a capital."""
    found = list(inlines)
    if not found:
        return found
    first = found[0]
    if first["t"] == "Str":
        word = first["c"]
        found[0] = {"t": "Str", "c": word[:1].upper() + word[1:]}
    elif first["t"] in ("Emph", "Strong", "SmallCaps", "Underline"):
        found[0] = {"t": first["t"], "c": _with_capital(first["c"])}
    elif first["t"] in ("Link", "Span"):
        attributes, inner, *target = first["c"]
        found[0] = {"t": first["t"], "c": [attributes, _with_capital(inner), *target]}
    return found
