"""`cs:institution` (CSL-M): the institutions among the names of a `cs:names`.

An institution may have units, the largest first, with `|` between them: `Ministry|Committee`. It
has no look of a family name, and may be printed by its short form from an abbreviation list.
"""

from __future__ import annotations

from typing import Final

from refcite.csl.render.abbreviations import Abbreviations
from refcite.csl.render.formatting import append_formatted
from refcite.csl.render.scope import AreaScope
from refcite.csl.style.elements import Institution, InstitutionPart
from refcite.csl.text.stream import Stream

__all__ = ["InstitutionFormatter"]

_UNITS: Final = "|"
_LONG: Final = InstitutionPart(name="long")
_SHORT: Final = InstitutionPart(name="short")


class InstitutionFormatter:
    """Formats the names of institutions.

    Args:
        element: The `cs:institution`.
        delimiter: What is between names.
        area: The area of the style.
    """

    def __init__(self, element: Institution, delimiter: str, area: AreaScope) -> None:
        self._element = element
        self._separator = element.separator or element.delimiter or delimiter
        self._append_text = area.append
        self._abbreviations: Abbreviations | None = area.abbreviations
        parts = {(part.name, part.if_short): part for part in element.parts}
        self._short = parts.get(("short", False), _SHORT)
        self._long = parts.get(("long", False), _LONG)
        self._long_beside_short = parts.get(("long", True), self._long)

    def append(self, name: str, stream: Stream) -> None:
        """Append an institution.

        Args:
            name: Its units, with `|` between them.
            stream: Where it goes.
        """
        shown = self._element.shown
        units = [unit.strip() for unit in name.split(_UNITS)]
        if shown == "short" and self._abbreviations is not None:
            entire = self._abbreviations.of("institution-entire", ", ".join(units))
            if entire is not None:
                self._append_part(entire, self._short, stream)
                return
        for number, unit in enumerate(self._selected(units)):
            if number:
                stream.append(self._separator)
            self._append_unit(unit, shown, stream)

    def _selected(self, units: list[str]) -> list[str]:
        element = self._element
        if element.stop_last:
            units = units[: -element.stop_last] or units[:1]
        first, last = element.use_first, element.use_last
        if first is None and last is None and element.substitute_use_first is not None:
            first = element.substitute_use_first
        if first is not None or last is not None:
            head = units[: first or 0]
            rest = units[len(head) :]
            units = head + (rest[-last:] if last else [])
        return units[::-1] if element.reverse_order else units

    def _append_unit(self, unit: str, shown: str, stream: Stream) -> None:
        short = None
        if shown != "long" and self._abbreviations is not None:
            found = self._abbreviations.of("institution-part", unit)
            short = None if found is None else found.partition(_UNITS)[0]
        if shown == "short":
            self._append_part(short or unit, self._short, stream)
        elif shown == "short-long":
            self._append_part(short or unit, self._short, stream)
            if not self._long_beside_short.look.prefix.startswith(" "):
                stream.append(" ")
            self._append_part(unit, self._long_beside_short, stream)
        elif shown == "long-short":
            self._append_part(unit, self._long, stream)
            if short:
                self._append_part(short, self._short, stream)
        else:
            self._append_part(unit, self._long, stream)

    def _append_part(self, text: str, part: InstitutionPart, stream: Stream) -> None:
        look = part.look
        if look.prefix:
            stream.append(look.prefix)
        append_formatted(self._append_text, text, look, stream)
        if look.suffix:
            stream.append(look.suffix)
