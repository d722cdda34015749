"""`cs:alternative`: the translation, original or reprint of a work (CSL-M).

The `language` of such a work names both languages: `en>de` or `de<en` is an English work with a
German translation. The data of the other edition are variables with the prefix `alt-`, such as
`alt-publisher`, and the variants that Juris-M writes for a language (`multi`). A record keeps both
in its `extra`. `cs:alternative-text` prints the layout once more with these data, in the layout for
the language of the other edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from refcite.csl.render.context import EMPTY, NO_VARIABLE, SUCCESS, Context, Render
from refcite.csl.render.csl_m_data import date_beyond, names_beyond
from refcite.csl.render.formatting import dressed
from refcite.csl.render.group import nothing, suppressing
from refcite.csl.render.item import Item
from refcite.csl.render.scope import Scope
from refcite.csl.style.elements import AlternativeText
from refcite.csl.text.stream import Stream
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, NAME_VARIABLES

__all__ = ["alternative_of", "compile_alternative_text", "only_with_alternative"]

_PREFIX: Final = "alt-"
_NAMES: Final = frozenset(NAME_VARIABLES)
_DATES: Final = frozenset(DATE_VARIABLES)


def alternative_of(item: Item) -> Item | None:
    """Return the other edition of a work as an item, None if there are no data of one.

    Args:
        item: The work.

    Example:
        >>> work = Record(language="en>de", extra={"alt-title": "Das Schloss"})
        >>> alternative_of(Item("a", work, 0)).record
        Record(id='', type='document', title='Das Schloss', language='de')
    """
    if not item.other_language:
        return None
    record = item.record
    extra = {key: value for key, value in record.extra.items() if key == "type"}
    values: dict[str, Any] = {}
    for key in record.extra:
        if key.startswith(_PREFIX):
            _add(record, key, values, extra)
    for variable, text in _variants(record, item.other_language):
        values.setdefault(ATTRIBUTES[variable], text)
    if not values and extra.keys() <= {"type"}:
        return None
    other = Record(type=record.type, language=item.other_language, extra=extra, **values)
    return Item(item.key, other, item.index)


def _add(record: Record, key: str, values: dict[str, Any], extra: dict[str, Any]) -> None:
    """Add the value of one variable with the prefix, if it has one."""
    variable = key.removeprefix(_PREFIX)
    attribute = ATTRIBUTES.get(variable)
    found: object
    if variable in _NAMES:
        found = names_beyond(record, key, None)
    elif variable in _DATES:
        found = date_beyond(record, key)
    else:
        found = str(record.extra[key] or "")
    if found and attribute is None:
        extra[variable] = found
    elif found and attribute is not None:
        values[attribute] = found


def _variants(record: Record, language: str) -> list[tuple[str, str]]:
    """Return the texts of variables that a record has in a language, or else without its region."""
    multi = record.extra.get("multi")
    keys = multi.get("_keys") if isinstance(multi, Mapping) else None
    if not isinstance(keys, Mapping):
        return []
    found = []
    for variable, texts in keys.items():
        is_text = variable in ATTRIBUTES and variable not in _NAMES | _DATES
        if not is_text or not isinstance(texts, Mapping):
            continue
        text = texts.get(language) or texts.get(language.partition("-")[0])
        if isinstance(text, str) and text:
            found.append((variable, text))
    return found


def only_with_alternative(body: Render, scope: Scope) -> Render:
    """Return the renderer of a `cs:alternative`: it prints nothing without another edition.

    Args:
        body: Renders the elements in it.
        scope: Its scope. Within the layout of another edition it prints nothing.
    """
    if scope.area.layout_of_alternative is None:
        return nothing

    def render(ctx: Context, stream: Stream) -> int:
        return NO_VARIABLE if alternative_of(ctx.item) is None else body(ctx, stream)

    return suppressing(render)


def compile_alternative_text(element: AlternativeText, scope: Scope) -> Render:
    """Return the renderer of a `cs:alternative-text`.

    Args:
        element: The element.
        scope: Its scope.
    """
    layout_for = scope.area.layout_of_alternative
    if layout_for is None:
        return nothing

    def render(ctx: Context, stream: Stream) -> int:
        other = alternative_of(ctx.item)
        if other is None:
            return NO_VARIABLE
        within = Context(other, position=ctx.position)
        # The author of a cite, and what repeats in entries, are those of the work itself.
        within.names_met = True
        start = len(stream)
        layout_for(other)(within, stream)
        if len(stream) == start:
            return EMPTY
        ctx.printed = True
        return SUCCESS

    return dressed(render, scope.placed(element.look), scope.area.item_language)
