"""`cs:name`: a list of names, with delimiters, "and" and et al. (CSL 1.0.2, "Name")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Final

from attrs import evolve

from refcite.csl.render.et_al import ELLIPSIS, EtAlLimits, EtAlTerm
from refcite.csl.render.highlight import Highlights
from refcite.csl.render.item import PreparedName
from refcite.csl.render.name_parts import PersonFormatter
from refcite.csl.render.scope import Scope
from refcite.csl.style.attributes import PLAIN, Format, Look
from refcite.csl.style.elements import EtAl, NameElement, NameOptions, Names
from refcite.csl.text.scripts import is_romanesque
from refcite.csl.text.stream import CLOSE, Span, Stream, Tag

__all__ = ["NameListPrinter"]

_NAME: Final = Tag("name")
_BOLD: Final = Span(Format(font_weight="bold"))

AppendName = Callable[[PreparedName, int, int, str, Stream], None]
"""Appends a name, with its index, the level of its given name and the language of the item."""


class NameListPrinter:
    """The settings of one `cs:names` for its lists, collected once.

    Args:
        element: The `cs:names`, with the attributes inherited from names around it.
        owner: The element whose attributes it has: itself as it is written, or the names around,
            for the shorthand in `cs:substitute`.
        scope: Its scope.

    Attributes:
        element: The `cs:names`.
        owner: The element whose attributes it has.
        levels: The name options that are set, the innermost first: by `cs:name`, `cs:names`, the
            area and the style.
        options: The resulting options.
        person: Prints one name.
        limits: The limits of the names that are shown.
        count_only: Whether only their number is printed.
        between_lists: The text between the names of two variables.
        delimiter: The text between names.
    """

    def __init__(self, element: Names, owner: Names, scope: Scope) -> None:
        area = scope.area
        name = element.name or NameElement()
        self.levels = (name.options, element.options, area.names, area.style.names)
        options = reduce(NameOptions.under, self.levels)
        if area.sorting:
            options = evolve(options, name_as_sort_order="all", and_=None, sort_separator=" ")
        elif area.narrates:
            options = evolve(options, name_as_sort_order=None)
            if area.spells_and and options.and_ == "symbol":
                options = evolve(options, and_="text")
        self.element = element
        self.owner = owner
        self.options = options
        self.person = PersonFormatter(options, name, area, element.institution)
        self.limits = EtAlLimits.of(options, area.key)
        self.count_only = options.form == "count"
        self.between_lists = options.names_delimiter or ""
        self.delimiter = ", " if options.delimiter is None else options.delimiter
        self._sorting = area.sorting
        self._tags_names = area.tags_names
        self._look: Look = name.look
        self._et_al = EtAlTerm(element.et_al or EtAl(), area.locale)
        self._precedes_et_al = options.delimiter_precedes_et_al or "contextual"
        self._and_options(area.locale.term("and") or "")
        self.append = area.observe(self, "list", self._append)
        self._append_name: AppendName = area.observe(self, "name", self.person.append)
        if area.highlights is not None and not area.sorting:
            self._append_name = _highlighting(self._append_name, area.highlights)
        self._append_delimiter = area.observe(self, "delimiter", _append_text)
        self._append_before_and = area.observe(self, "delimiter-precedes-last", _append_text)
        self._append_and = area.observe(self, "and", _append_text)
        self._append_space = area.observe(self, "space", _append_text)
        self._append_before_et_al = area.observe(self, "delimiter-precedes-et-al", _append_text)
        self._append_et_al = area.observe(self, "et-al", self._et_al.append)
        self._append_ellipsis = area.observe(self, "et-al-use-last", _append_text)

    def _and_options(self, term: str) -> None:
        """Return the text before the last name if the style has an "and"."""
        chosen = self.options.and_
        self._has_and = chosen is not None
        word = "&" if chosen == "symbol" else term
        spaced = is_romanesque(word)
        space = " " if spaced else ""
        self._precedes_last = self.options.delimiter_precedes_last or "contextual"
        # Without a space the word could not be distinguished from the name before it.
        self._separates_and = spaced or self._precedes_last == "always"
        self._and_after_name = f"{space}{word}{space}"
        self._and_after_delimiter = f"{word}{space}"

    def _append(
        self,
        names: Sequence[PreparedName],
        shown: int,
        levels: Callable[[int], int] | None,
        language: str,
        stream: Stream,
        is_incomplete: bool,
    ) -> None:
        """Append one list of names, shortened to those shown.

        Args:
            names: All its names.
            shown: The number of printed names.
            levels: The level of each given name.
            language: The item's.
            stream: The stream to which they are appended.
            is_incomplete: Whether the work has more names than the record. Then "et al." is always
                at the end, regardless of the style's limits, and a last name is not shown.
        """
        formatted = self._look is not PLAIN
        cut = is_incomplete or shown < len(names)
        # If the list is not shortened, "and" may be before its last name.
        with_and = shown - 1 if self._has_and and not cut else -1
        start = len(stream)
        for index in range(shown):
            if index == with_and and index:
                self._append_joint(names, index, stream)
            elif index:
                self._append_delimiter(self.delimiter, stream)
            name = names[index]
            level = levels(index) if levels else 0
            if self._tags_names and not formatted:
                stream.append(_NAME)
                self._append_name(name, index, level, language, stream)
                stream.append(CLOSE)
            else:
                self._append_dressed(name, index, level, language, stream)
        if not cut:
            return
        if self.limits.ends_in_last(is_incomplete):
            self._append_last(names, shown, language, stream)
            return
        self._append_others(names, shown, stream)
        if formatted:
            # "et al." has the formatting and the suffix of the names, unless it has its own look.
            stream[start:start] = (Span(self._look.format),)
            stream.append(CLOSE)
            if self._look.suffix:
                stream.append(self._look.suffix)

    def _append_joint(self, names: Sequence[PreparedName], index: int, stream: Stream) -> None:
        """Append "and" before the last name, after a delimiter if the style specifies one."""
        precedes = self._precedes_last
        if precedes == "after-inverted-name":
            separated = self.person.inverts(names[index - 1], index - 1)
        else:
            separated = precedes == "always" or (precedes == "contextual" and index > 1)
        if separated and self._separates_and:
            self._append_before_and(self.delimiter, stream)
            self._append_and(self._and_after_delimiter, stream)
        else:
            self._append_and(self._and_after_name, stream)

    def _append_last(
        self, names: Sequence[PreparedName], shown: int, language: str, stream: Stream
    ) -> None:
        """Append an ellipsis and the last name, for the names that are not shown."""
        if shown > 1:
            self._append_delimiter(self.delimiter, stream)
        else:
            self._append_space(" ", stream)
        self._append_ellipsis(ELLIPSIS, stream)
        self._append_dressed(names[-1], len(names) - 1, 0, language, stream)

    def _append_others(self, names: Sequence[PreparedName], shown: int, stream: Stream) -> None:
        """Append "et al." for the names that are not shown."""
        if not self._et_al.text or not shown or self._sorting:
            return
        precedes = self._precedes_et_al
        if precedes == "after-inverted-name":
            separated = self.person.inverts(names[shown - 1], shown - 1)
        else:
            separated = precedes == "always" or (precedes == "contextual" and shown > 1)
        if separated:
            self._append_before_et_al(self.delimiter, stream)
        else:
            self._append_space(self._et_al.space, stream)
        self._append_et_al(stream)

    def _append_dressed(
        self, name: PreparedName, index: int, level: int, language: str, stream: Stream
    ) -> None:
        look = self._look
        if look is PLAIN:
            self._append_name(name, index, level, language, stream)
            return
        if look.prefix:
            stream.append(look.prefix)
        stream.append(Span(look.format))
        self._append_name(name, index, level, language, stream)
        stream.append(CLOSE)
        if look.suffix:
            stream.append(look.suffix)


def _highlighting(append: AppendName, highlights: Highlights) -> AppendName:
    """Return a function that appends a name, in bold if it is highlighted."""

    def append_highlighted(
        name: PreparedName, index: int, level: int, language: str, stream: Stream
    ) -> None:
        if not highlights.matches(name):
            append(name, index, level, language, stream)
            return
        stream.append(_BOLD)
        append(name, index, level, language, stream)
        stream.append(CLOSE)

    return append_highlighted


def _append_text(text: str, stream: Stream) -> None:
    stream.append(text)
