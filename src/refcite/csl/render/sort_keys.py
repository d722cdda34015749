"""`cs:sort`: keys of items, in the order that readers expect (specification, "Sorting")."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from refcite.csl.render.citation_label import citation_label
from refcite.csl.render.compiler import Compiler
from refcite.csl.render.context import Context, Render
from refcite.csl.render.dates import sort_key_of_date
from refcite.csl.render.item import Item
from refcite.csl.render.shapes import kind_of
from refcite.csl.render.text import compile_variable
from refcite.csl.render.variables import DATES, NAMES, NUMBERS, attribute_for, text_reader
from refcite.csl.style.elements import Key, NameElement, NameOptions, Names
from refcite.csl.text.collation import collator
from refcite.csl.text.stream import Stream, plain_text

__all__ = ["SortKey", "Sorter"]

SortKey = tuple[Any, ...]
"""An item's first key and the keys after it; empty if there are none."""

_EMPTY: Final = (1,)


class _Reversed:
    """A key that sorts the other way round."""

    __slots__ = ("key",)

    def __init__(self, key: Any) -> None:
        self.key = key

    def __lt__(self, other: _Reversed) -> bool:
        return bool(other.key < self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reversed) and bool(self.key == other.key)

    def __hash__(self) -> int:
        return hash(self.key)


class _Rest:
    """The keys of an item after one of its keys, rendered when they are first compared.

    Tuples compare their second parts only if the first ones are equal. Most items differ in their
    first key, so that of the ten keys of a style one is rendered, for most items.
    """

    __slots__ = ("_ctx", "_found", "_keys", "_place")

    def __init__(self, keys: _KeysOfType, place: int, ctx: Context) -> None:
        self._keys = keys
        self._place = place
        self._ctx: Context | None = ctx
        self._found: SortKey = ()

    def _key(self) -> SortKey:
        ctx = self._ctx
        if ctx is not None:
            self._found = self._keys.key(self._place, ctx)
            self._ctx = None
        return self._found

    def __lt__(self, other: _Rest) -> bool:
        return self._key() < other._key()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rest) and self._key() == other._key()

    __hash__ = None  # type: ignore[assignment]  # keys are compared, never looked up


class _KeysOfType:
    """The keys of a style for the items of one type or shape.

    Args:
        renders: The renderer of each key, and whether it sorts in descending order.
        collate: Returns the key of a text in the order of a language.
    """

    def __init__(
        self, renders: tuple[tuple[Render, bool], ...], collate: Callable[[str], Any]
    ) -> None:
        self._renders = renders
        self._collate = collate
        self._last = len(renders) - 1

    def key(self, place: int, ctx: Context) -> SortKey:
        """Return the keys of an item from one on."""
        render, descending = self._renders[place]
        key = _one_key(render, descending, ctx, self._collate)
        return (key, _Rest(self, place + 1, ctx)) if place < self._last else (key,)


class Sorter:
    """Computes the sort keys of items.

    Args:
        keys: The style's keys.
        compiler_for: Returns the compiler for a key and an item.
        language: The language whose order of letters is used.
    """

    def __init__(
        self, keys: tuple[Key, ...], compiler_for: Callable[[Key, Item], Compiler], language: str
    ) -> None:
        self._collate = collator(language)
        self._keys = keys
        self._compiler_for = compiler_for
        self._compiled: dict[object, _KeysOfType] = {}
        self.sorts = bool(keys)

    def key_of(self, ctx: Context) -> SortKey:
        """Return an item's key; keys of two items are compared in the order of the style.

        Args:
            ctx: A context of the item, which the key keeps.
        """
        if not self._keys:
            return ()
        item = ctx.item
        kind = kind_of(item)
        compiled = self._compiled.get(kind)
        if compiled is None:
            renders = tuple(
                (_compile_key(key, self._compiler_for(key, item)), key.descending)
                for key in self._keys
            )
            compiled = self._compiled[kind] = _KeysOfType(renders, self._collate)
        return compiled.key(0, ctx)


def _one_key(
    render: Render, descending: bool, ctx: Context, collate: Callable[[str], Any]
) -> tuple[Any, ...]:
    # Each key starts with a new context: a variable that one key substituted, another may print.
    ctx.substituted = ctx.printed_numbers = frozenset()
    ctx.recorded = []
    ctx.conditions = ctx.name_lists = 0
    ctx.number_wrap = None
    ctx.names_met = False
    ctx.printed = True
    stream: Stream = []
    render(ctx, stream)
    text = plain_text(stream)
    if not text:
        return _EMPTY
    # Words are compared one by one: "De la Cruz" is before "Dean".
    key = collate(text)
    return (0, _Reversed(key)) if descending else (0, key)


def _compile_key(key: Key, compiler: Compiler) -> Render:
    if key.macro is not None:
        return compiler.macro(key.macro, compiler.scope)
    variable = str(key.variable)
    if variable in NAMES:
        options = NameOptions(form="long", name_as_sort_order="all")
        name = NameElement(options=options)
        return compiler.element(Names(variables=(variable,), name=name), compiler.scope)
    if variable in DATES:
        attribute = attribute_for(variable) or variable
        return lambda ctx, stream: _append_date(attribute, ctx, stream)
    if variable == "citation-number":
        return lambda ctx, stream: _append(f"{ctx.number:010}", stream)
    if variable == "citation-label":
        return lambda ctx, stream: _append(citation_label(ctx.item), stream)
    read = text_reader(variable)
    if variable in NUMBERS:
        return lambda ctx, stream: _append(_padded(read(ctx)), stream)
    return compile_variable(variable, read, compiler.scope)


def _append(text: str, stream: Stream) -> int:
    if text:
        stream.append(text)
    return 2 if text else 1


def _append_date(attribute: str, ctx: Context, stream: Stream) -> int:
    date = getattr(ctx.record, attribute)
    return _append(sort_key_of_date(date) if date is not None else "", stream)


def _padded(text: str | None) -> str:
    """Return a number so that it sorts as one; other text sorts as text."""
    if not text:
        return ""
    found = re.match(r"\s*(\d{1,18})", text)
    return f"{int(found[1]):018}{text[found.end() :]}" if found else text
