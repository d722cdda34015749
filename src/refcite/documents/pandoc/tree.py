"""The elements of pandoc's tree: their texts, and their texts in the markup of CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from refcite.csl.backends.pandoc import Inline
from refcite.formats.yamltext import Plain

__all__ = ["BREAKS", "Kept", "Node", "inner_inlines", "leading_text", "plain", "plain_value"]

Node = Any
"""An element, or a list or another value of the tree."""

BREAKS: Final = frozenset({"Space", "SoftBreak", "LineBreak"})
_FORMATTED: Final = {
    "Emph": ("<i>", "</i>"),
    "Strong": ("<b>", "</b>"),
    "Superscript": ("<sup>", "</sup>"),
    "Subscript": ("<sub>", "</sub>"),
    "SmallCaps": ('<span style="font-variant:small-caps;">', "</span>"),
}
_UNFORMATTED: Final = frozenset({*_FORMATTED, "Underline", "Strikeout"})
_STRAIGHT: Final = {"SingleQuote": "'", "DoubleQuote": '"'}
_QUOTES: Final = {"SingleQuote": ("\u2018", "\u2019"), "DoubleQuote": ("\u201c", "\u201d")}
_TAG: Final = re.compile(r"<(?=/?(?:i|b|sup|sub|sc|span)\b)")
_FIRST_KEPT: Final = 0xE000
_LAST_KEPT: Final = 0xF8FF
"""Characters of the private use area, which represent elements in a text."""


def inner_inlines(node: Inline) -> list[Inline] | None:
    """Return the inline elements in an element; None for one that has none."""
    kind = node["t"]
    if kind in _UNFORMATTED:
        inner: list[Inline] = node["c"]
    elif kind in ("Quoted", "Span", "Link", "Image", "Cite"):
        inner = node["c"][1]
    else:
        return None
    return inner


def _texts(inlines: Sequence[Inline]) -> Iterator[str]:
    for node in inlines:
        kind = node["t"]
        if kind == "Str":
            yield node["c"]
        elif kind in BREAKS:
            yield " "
        elif kind in ("Code", "Math"):
            yield node["c"][1]
        elif kind == "Quoted":
            opening, closing = _QUOTES[node["c"][0]["t"]]
            yield opening
            yield from _texts(node["c"][1])
            yield closing
        else:
            yield from _texts(inner_inlines(node) or ())


def plain(inlines: Sequence[Inline]) -> str:
    """Return the text of inline elements, without notes.

    Example:
        >>> plain([{"t": "Emph", "c": [{"t": "Str", "c": "a"}]}, {"t": "Space"}])
        'a '
    """
    return "".join(_texts(inlines))


def leading_text(inlines: Sequence[Inline], start: int) -> Iterator[str]:
    """Yield the characters of inline elements, from an index."""
    for index in range(start, len(inlines)):
        for text in _texts(inlines[index : index + 1]):
            yield from text


def plain_value(value: Node) -> Any:
    """Return a value of the metadata without its markup: texts, booleans, lists and mappings."""
    return _value(value, plain)


def _value(value: Node, text_of: Any) -> Any:
    kind, content = value["t"], value["c"]
    if kind == "MetaMap":
        return {key: _value(inner, text_of) for key, inner in content.items()}
    if kind == "MetaList":
        return [_value(inner, text_of) for inner in content]
    if kind == "MetaInlines":
        return text_of(content)
    if kind == "MetaBlocks":
        return "\n\n".join(text_of(inlines) for inlines in _paragraphs(content))
    if kind == "MetaBool":
        return Plain(str(content).lower()) if text_of is not plain else content
    return content


def _paragraphs(blocks: Sequence[Node]) -> Iterator[list[Inline]]:
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            yield block["c"]


class Kept:
    """Elements that CSL's markup cannot express, such as formulas, kept for the output.

    In a text each is a character of the private use area.

    Args:
        text: The text of the whole document, whose characters are not used.

    Example:
        >>> kept = Kept("")
        >>> formula = {"t": "Math", "c": [{"t": "InlineMath"}, "x^2"]}
        >>> kept.restored([{"t": "Str", "c": kept.markup([formula]) + "!"}])[0] == formula
        True
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = _FIRST_KEPT
        self._nodes: dict[str, Inline] = {}
        # The quotations, by the character after their opening marks.
        self._quotations: dict[str, Inline] = {}

    def markup(self, inlines: Sequence[Inline], *, in_value: bool = False) -> str:
        """Return inline elements as text with the tags of CSL-JSON.

        Args:
            inlines: The elements.
            in_value: Whether they are the value of a variable, whose quotations are formatted like
                those of the style. Others remain elements.
        """
        parts: list[str] = []
        for node in inlines:
            kind = node["t"]
            if kind == "Str":
                parts.append(_TAG.sub(self._sign, node["c"]))
            elif kind == "SoftBreak" and not in_value:
                parts.append("\n")
            elif kind in BREAKS:
                parts.append(" ")
            elif kind in _FORMATTED:
                opening, closing = _FORMATTED[kind]
                parts += (opening, self.markup(node["c"], in_value=in_value), closing)
            elif kind == "Quoted" and in_value:
                sign = _STRAIGHT[node["c"][0]["t"]]
                parts += (sign, self.markup(node["c"][1], in_value=True), sign)
            elif kind == "Quoted":
                opening, closing = _QUOTES[node["c"][0]["t"]]
                parts += (opening, self._quotation(node), self.markup(node["c"][1]), closing)
            elif kind == "Span":
                inner = self.markup(node["c"][1], in_value=in_value)
                is_fixed = "nocase" in node["c"][0][1]
                parts.append(f'<span class="nocase">{inner}</span>' if is_fixed else inner)
            else:
                parts.append(self._keep(node))
        return "".join(parts)

    def with_breaks(self, text: str) -> str:
        """Return a text of `markup` in which the ends of lines between words are kept."""
        if "\n" not in text:
            return text
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        inner = text[start:end].replace("\n", self._keep({"t": "SoftBreak"}))
        return f"{text[:start]}{inner}{text[end:]}".replace("\n", " ")

    def value(self, value: Node) -> Any:
        """Return a value of the metadata, whose texts have the tags of CSL-JSON."""
        return _value(value, partial(self.markup, in_value=True))

    def _sign(self, found: re.Match[str]) -> str:
        return self._keep({"t": "Str", "c": found[0]})

    def _keep(self, node: Inline) -> str:
        character = self._character()
        if not character:
            return plain([node])
        self._nodes[character] = node
        return character

    def _quotation(self, node: Inline) -> str:
        character = self._character()
        if character:
            self._quotations[character] = node
        return character

    def _character(self) -> str:
        """Return a character that the document does not have; nothing if there is no more."""
        while self._next <= _LAST_KEPT and chr(self._next) in self._text:
            self._next += 1
        if self._next > _LAST_KEPT:
            return ""
        self._next += 1
        return chr(self._next - 1)

    def restored(self, inlines: list[Inline]) -> list[Inline]:
        """Return inline elements of the output with the kept elements at their places."""
        if not self._nodes and not self._quotations:
            return inlines
        found: list[Inline] = []
        # The open quotations, each with its closing mark and the elements before it.
        waiting: list[tuple[Inline, str, list[Inline]]] = []
        for node in inlines:
            if node["t"] != "Str":
                inner = inner_inlines(node)
                if inner is not None:
                    inner[:] = self.restored(inner)
                found.append(node)
                continue
            for part in self._in_word(node):
                if part["t"] != "Str":
                    found.append(part)
                    continue
                run = ""
                for character in part["c"]:
                    quotation = self._quotations.get(character)
                    if quotation is not None:
                        _add_word(found, run[:-1])
                        run = ""
                        closing = _QUOTES[quotation["c"][0]["t"]][1]
                        waiting.append((quotation, closing, found))
                        found = []
                    elif waiting and character == waiting[-1][1]:
                        quotation, _, outer = waiting.pop()
                        found = [*outer, _requoted(quotation, found, run)]
                        run = ""
                    else:
                        run += character
                _add_word(found, run)
        while waiting:
            quotation, _, outer = waiting.pop()
            opening = _QUOTES[quotation["c"][0]["t"]][0]
            found = [*outer, {"t": "Str", "c": opening}, *found]
        return found

    def _in_word(self, node: Inline) -> Iterator[Inline]:
        word = node["c"]
        run = ""
        for character in word:
            kept = self._nodes.get(character)
            if kept is None:
                run += character
                continue
            if run:
                yield {"t": "Str", "c": run}
            run = ""
            yield kept
        if run or not word:
            yield {"t": "Str", "c": run}


def _add_word(inlines: list[Inline], word: str) -> None:
    if word:
        inlines.append({"t": "Str", "c": word})


def _requoted(quotation: Inline, inlines: list[Inline], last: str) -> Inline:
    """Return a quotation of the document with the contents that the processor wrote."""
    inner = quotation["c"][1]
    sign = last[-1:]
    if sign and sign in ".," and not plain(inner).endswith(sign):
        # The processor has moved the sign into the quotation.
        _add_word(inlines, last[:-1])
        last = sign
    _add_word(inlines, last)
    return {"t": "Quoted", "c": [quotation["c"][0], inlines]}
