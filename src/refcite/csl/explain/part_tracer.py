"""Frames around the parts of rendered elements: names, delimiters, labels, parts of dates.

The renderers report each part (`Observe` of `render/scope.py`); this module records them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from refcite.csl.explain.element_tags import where_of
from refcite.csl.explain.explanation import Setting, SpanKind, Where
from refcite.csl.explain.option_sources import NameOrigins, Origins
from refcite.csl.explain.trace import Cut, Frame, TracedStream, mark_affixes, part_of
from refcite.csl.render.context import Context
from refcite.csl.render.item import PreparedName
from refcite.csl.render.name_list import NameListPrinter
from refcite.csl.render.scope import ObservedPart
from refcite.csl.style.elements import DateElement, NameElement, NamePart, Names

__all__ = ["PartTracer"]

_OF_GIVEN = frozenset(("initialize", "initialize-with", "disambiguate-add-givenname"))


class PartTracer:
    """Puts frames around the parts of elements.

    Args:
        origins: Finds the elements that set the options in force.
    """

    def __init__(self, origins: Origins) -> None:
        self._origins = origins
        self._traces: Final[Mapping[ObservedPart, Callable[[Any, Any], Any]]] = {
            "list": self._list,
            "name": self._name,
            "name-part": self._name_part,
            "name-part-affix": self._name_part_affix,
            "count": self._count,
            "delimiter": self._delimiter,
            "space": self._space,
            "delimiter-precedes-last": self._delimiter_precedes_last,
            "delimiter-precedes-et-al": self._delimiter_precedes_et_al,
            "and": self._and,
            "et-al": self._et_al,
            "et-al-use-last": self._et_al_use_last,
            "label": self._label,
            "date-part": self._date_part,
        }

    def observe(self, source: Any, part: ObservedPart, work: Any) -> Any:
        """Return the function that renders a part of an element, in a frame."""
        return self._traces[part](source, work)

    # Lists of names

    def _list(self, style: NameListPrinter, work: Any) -> Any:
        where = _where_of_name(style)
        limits = self._of(style).settings("et_al_min", "et_al_use_first", "et_al_use_last")

        def append(
            names: Sequence[PreparedName],
            shown: int,
            levels: Any,
            language: str,
            stream: TracedStream,
            is_incomplete: bool,
        ) -> None:
            outer = stream.frame
            variable = _owner_of(outer, names[0])
            outer.listed.add(variable)
            # Its own output is the affixes of cs:name.
            frame = stream.frame = part_of(stream, where, "affix")
            frame.added = range(style.limits.shown(len(names)), shown)
            left_out = style.limits.omitted(len(names), shown, is_incomplete)
            if left_out:
                frame.cut = Cut(variable, left_out, limits)
            work(names, shown, levels, language, stream, is_incomplete)
            stream.frame = outer

        return append

    def _name(self, style: NameListPrinter, work: Any) -> Any:
        where = _where_of_name(style)
        origins = self._of(style)
        person = style.person

        def shaping(
            name: PreparedName, index: int, required: int, added: range
        ) -> tuple[Setting, ...]:
            level = person.level_of(name, required)
            options: list[str] = []
            if name.literal is None:
                if name.given and person.shortens(name, level):
                    options += ("initialize_with", "initialize")
                elif not person.default_level:
                    options.append("form")
                if person.inverts(name, index):
                    options += ("name_as_sort_order", "sort_separator")
            found = origins.settings(*options)
            if index in added:
                found = (*found, self._origins.disambiguation("add-names"))
            if level > person.default_level and name.given and name.literal is None:
                found = (*found, self._origins.disambiguation("add-givenname"))
            return found

        def append(
            name: PreparedName, index: int, level: int, language: str, stream: TracedStream
        ) -> None:
            outer = stream.frame
            frame = stream.frame = part_of(stream, where, "variable")
            frame.variables = (_owner_of(outer, name),)
            frame.settings = {"variable": shaping(name, index, level, outer.added)}
            work(name, index, level, language, stream)
            stream.frame = outer

        return append

    def _name_part(self, _name: NameElement, work: Any) -> Any:
        def append(part: NamePart, text: str, language: str, stream: TracedStream) -> None:
            outer = stream.frame
            if part.line:
                stream.frame = _frame_of_name_part(part, stream, "variable")
            work(part, text, language, stream)
            stream.frame = outer

        return append

    def _name_part_affix(self, _name: NameElement, work: Any) -> Any:
        def append(part: NamePart, affix: str, stream: TracedStream) -> None:
            outer = stream.frame
            stream.frame = _frame_of_name_part(part, stream, "affix")
            work(part, affix, stream)
            stream.frame = outer

        return append

    def _count(self, style: NameListPrinter, work: Any) -> Any:
        where = _where_of_name(style)

        def append(count: int, stream: TracedStream) -> None:
            outer = stream.frame
            frame = stream.frame = part_of(stream, where, "variable")
            frame.variables = tuple(dict.fromkeys(outer.names.values()))
            outer.listed.update(frame.variables)
            work(count, stream)
            stream.frame = outer

        return append

    # Delimiters of names

    def _delimiter(self, style: NameListPrinter, work: Any) -> Any:
        return _in_frame(work, _where_of_name(style), self._of(style).settings("delimiter"))

    def _space(self, style: NameListPrinter, work: Any) -> Any:
        return _in_frame(work, _where_of_name(style))

    def _delimiter_precedes_last(self, style: NameListPrinter, work: Any) -> Any:
        settings = self._of(style).settings("delimiter", "delimiter_precedes_last")
        return _in_frame(work, _where_of_name(style), settings)

    def _delimiter_precedes_et_al(self, style: NameListPrinter, work: Any) -> Any:
        settings = self._of(style).settings("delimiter", "delimiter_precedes_et_al")
        return _in_frame(work, _where_of_name(style), settings)

    def _and(self, style: NameListPrinter, work: Any) -> Any:
        settings, where = self._of(style).settings("and_"), _where_of_name(style)
        if style.options.and_ != "text":
            return _in_frame(work, where, settings)
        return _in_frame(work, where, settings + self._origins.term("and", "long"), "and")

    def _et_al(self, style: NameListPrinter, work: Any) -> Any:
        et_al = style.element.et_al
        where = where_of(et_al) if et_al else _where_of_name(style)
        term = et_al.term if et_al else "et-al"
        return _in_frame(work, where, self._origins.term(term, "long"), term)

    def _et_al_use_last(self, style: NameListPrinter, work: Any) -> Any:
        return _in_frame(work, _where_of_name(style), self._of(style).settings("et_al_use_last"))

    def _of(self, style: NameListPrinter) -> NameOrigins:
        return self._origins.of_names(style)

    # Labels and dates

    def _label(self, element: Names, work: Any) -> Any:
        label = element.label
        assert label is not None  # noqa: S101 - only a label has this part
        where = where_of(label)
        affixes = label.look.prefix, label.look.suffix

        def append(variable: str, many: bool, ctx: Context, stream: TracedStream) -> None:
            outer, start = stream.frame, len(stream)
            frame = stream.frame = part_of(stream, where, "term")
            frame.term = variable
            frame.settings = {"term": self._origins.term(variable, label.form)}
            work(variable, many, ctx, stream)
            stream.frame = outer
            mark_affixes(stream, frame, start, affixes, frame)

        return append

    def _date_part(self, date: DateElement, work: Any) -> Any:
        own = {part.name: where_of(part) for part in date.parts}
        whole = where_of(date)
        localized = self._origins.date(date.form) if date.form else None
        settings = {
            part.name: (Setting(name="date-part", value=part.name, where=where_of(part)),)
            for part in (localized.parts if localized else ())
        }
        of_locale: tuple[SpanKind, ...] = ("affix",) if date.form and not localized else ()

        def append(text: str, dress: Any, stream: TracedStream, ctx: Context | None) -> None:
            outer, start = stream.frame, len(stream)
            where = own.get(dress.part, whole)
            frame = stream.frame = part_of(stream, where, "variable")
            frame.variables = (date.variable,)
            frame.of_locale = of_locale
            shaping = settings.get(dress.part, ())
            frame.settings = {"variable": shaping, "affix": shaping}
            work(text, dress, stream, ctx)
            stream.frame = outer
            mark_affixes(stream, frame, start, (dress.prefix, dress.suffix), frame)

        return append


def _in_frame(
    work: Any, where: Where | None, settings: tuple[Setting, ...] = (), term: str | None = None
) -> Any:
    """Return the function that appends a delimiter or a term, in a frame.

    Args:
        work: Appends it; the stream is the last argument.
        where: The element.
        settings: The settings that changed it.
        term: Its term.
    """
    kind: SpanKind = "delimiter" if term is None else "term"

    def append(*arguments: Any) -> None:
        stream: TracedStream = arguments[-1]
        outer = stream.frame
        frame = stream.frame = part_of(stream, where, kind)
        frame.term, frame.settings = term, {kind: settings}
        work(*arguments)
        stream.frame = outer

    return append


def _where_of_name(style: NameListPrinter) -> Where | None:
    """Return the `cs:name` around, None if there is none."""
    return where_of(style.element.name) if style.element.name else None


def _frame_of_name_part(part: NamePart, stream: TracedStream, kind: SpanKind) -> Frame:
    outer = stream.frame
    frame = part_of(stream, where_of(part), kind)
    frame.variables = outer.variables
    shaping = outer.settings.get("variable", ())
    if part.name == "family":
        shaping = tuple(one for one in shaping if one.name not in _OF_GIVEN)
    frame.settings = {"variable": shaping}
    return frame


def _owner_of(frame: Frame, name: PreparedName) -> str:
    """Return the variable of a name, according to the nearest `cs:names` around."""
    around: Frame | None = frame
    while around is not None and id(name) not in around.names:
        around = around.outer
    return around.names[id(name)] if around is not None else ""
