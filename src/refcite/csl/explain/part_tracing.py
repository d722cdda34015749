"""Watching the parts of elements at work: names and what joins them, labels, parts of dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from refcite.csl.explain.element_tags import where_of
from refcite.csl.explain.explanation import Setting, SpanKind
from refcite.csl.explain.option_sources import NameOrigins, Origins
from refcite.csl.explain.trace import Cut, Frame, TracedStream, mark_affixes, part_of
from refcite.csl.render.context import Context
from refcite.csl.render.item import PreparedName
from refcite.csl.render.names import ListStyle
from refcite.csl.style.elements import DateElement, NameElement, NamePart, Names

__all__ = ["PartWatcher"]

_ELLIPSIS: Final = "\u2026"
_OF_GIVEN: Final = frozenset(("initialize", "initialize-with", "disambiguate-add-givenname"))


class PartWatcher:
    """Puts frames around the parts of elements.

    Args:
        origins: Says where the options in force were set.

    Attributes:
        owner: The `cs:names` whose attributes the one that is compiled has: itself, or the one
            around, for the shorthand in `cs:substitute`.
    """

    def __init__(self, origins: Origins) -> None:
        self._origins = origins
        self.owner: Names | None = None

    def watched(self, source: Any, part: str, work: Any) -> Any:
        """Return what does a part of an element's work, in a frame."""
        watch: Any = getattr(self, f"_{part.replace('-', '_')}")
        return watch(source, work)

    def _origins_of(self, style: ListStyle) -> NameOrigins:
        return self._origins.of_names(style.element, self.owner or style.element)

    # Lists of names

    def _list(self, style: ListStyle, work: Any) -> Any:
        where = _where_of_name(style)
        limits = self._origins_of(style).settings("et_al_min", "et_al_use_first", "et_al_use_last")

        def append(
            names: Sequence[PreparedName],
            shown: int,
            levels: Any,
            language: str,
            stream: TracedStream,
            goes_on: bool,
        ) -> None:
            outer = stream.frame
            variable = _owner_of(outer, names[0])
            outer.listed.add(variable)
            # What it prints itself are the affixes of cs:name.
            frame = stream.frame = part_of(stream, where, "affix")
            frame.shows = style.shown(len(names), 0, 0)
            left_out = len(names) - shown - (style.use_last and not goes_on)
            if left_out > 0:
                frame.cut = Cut(variable, left_out, limits)
            work(names, shown, levels, language, stream, goes_on)
            stream.frame = outer

        return append

    def _name(self, style: ListStyle, work: Any) -> Any:
        where = _where_of_name(style)
        origins = self._origins_of(style)
        person = style.person

        def shaping(
            name: PreparedName, index: int, level: int, shows: int | None
        ) -> tuple[Setting, ...]:
            options: list[str] = []
            asked = max(level, name.level)
            if name.literal is None:
                if max(asked, person.default_level) == 1 and name.given and not name.keeps_given:
                    options += ("initialize_with", "initialize")
                elif not person.default_level:
                    options.append("form")
                if person.inverts(name, index):
                    options += ("name_as_sort_order", "sort_separator")
            found = origins.settings(*options)
            if shows is not None and index >= shows:
                found = (*found, self._origins.disambiguation("add-names"))
            if asked > person.default_level and name.given and name.literal is None:
                found = (*found, self._origins.disambiguation("add-givenname"))
            return found

        def append(
            name: PreparedName, index: int, level: int, language: str, stream: TracedStream
        ) -> None:
            outer = stream.frame
            frame = stream.frame = part_of(stream, where, "variable")
            frame.variables = (_owner_of(outer, name),)
            frame.settings = {"variable": shaping(name, index, level, outer.shows)}
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

    def _count(self, style: ListStyle, work: Any) -> Any:
        where = _where_of_name(style)

        def append(count: int, stream: TracedStream) -> None:
            outer = stream.frame
            frame = stream.frame = part_of(stream, where, "variable")
            frame.variables = tuple(dict.fromkeys(outer.names.values()))
            outer.listed.update(frame.variables)
            work(count, stream)
            stream.frame = outer

        return append

    def _joint(self, style: ListStyle, work: Any) -> Any:
        where = _where_of_name(style)
        origins = self._origins_of(style)
        is_term = style.options.and_ == "text"
        kind: SpanKind = "term" if is_term else "delimiter"
        between = origins.settings("delimiter")
        before_last = origins.settings("delimiter", "delimiter_precedes_last")
        word = origins.settings("and_") + (self._origins.term("and", "long") if is_term else ())

        def append(
            names: Sequence[PreparedName], index: int, shown: int, cut: bool, stream: TracedStream
        ) -> None:
            outer = stream.frame
            frame = stream.frame = part_of(stream, where, "delimiter")
            work(names, index, shown, cut, stream)
            stream.frame = outer
            if cut or index < shown - 1 or not style.has_and:
                frame.settings = {"delimiter": between}
                return
            piece, text = stream.pieces[-1], str(stream[-1])
            frame.settings = {"delimiter": before_last}
            ending = part_of(stream, where, kind)
            ending.term, ending.settings = "and", {kind: word}
            if style.delimiter and text.startswith(style.delimiter):
                piece.tail = text.removeprefix(style.delimiter), ending
            else:
                piece.frame = ending

        return append

    def _et_al(self, style: ListStyle, work: Any) -> Any:
        """Watch what stands for the names that are cut: et al., or the last name."""
        et_al = style.element.et_al
        origins = self._origins_of(style)
        where = _where_of_name(style)
        place = where_of(et_al) if et_al else where
        term = et_al.term if et_al else "et-al"
        own_term = self._origins.term(term, "long")
        between = origins.settings("delimiter", "delimiter_precedes_et_al")
        use_last = origins.settings("et_al_use_last")

        def append(
            shown: Any, last: int, language: str, stream: TracedStream, goes_on: bool
        ) -> None:
            outer, start = stream.frame, len(stream)
            frame = stream.frame = part_of(stream, place, "affix")
            work(shown, last, language, stream, goes_on)
            stream.frame = outer
            own = [
                (str(part), piece)
                for part, piece in zip(stream[start:], stream.pieces[start:], strict=True)
                if piece.frame is frame and type(part) is str
            ]
            if not own:
                return
            text, first = own[0]
            first.frame = joint = part_of(stream, where, "delimiter")
            if style.delimiter and text.startswith(style.delimiter):
                joint.settings = {"delimiter": between}
            if style.use_last and not goes_on:
                ellipsis = part_of(stream, where, "delimiter")
                ellipsis.settings = {"delimiter": use_last}
                first.tail = text[text.index(_ELLIPSIS) :], ellipsis
            else:
                own[-1][1].kind, frame.term = "term", term
                frame.settings = {"term": own_term}

        return append

    def _label(self, element: Names, work: Any) -> Any:
        label = element.label
        assert label is not None  # noqa: S101 - there is no work without one
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

    # Dates

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


def _where_of_name(style: ListStyle) -> Any:
    """Return where the `cs:name` is, None where there is none: the names are told then."""
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
    """Return whose variable a name is, by the nearest `cs:names` around."""
    around: Frame | None = frame
    while around is not None and id(name) not in around.names:
        around = around.outer
    return around.names[id(name)] if around is not None else ""
