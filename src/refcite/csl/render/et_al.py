"""Et al.: the number of names that are shown, and the term for the others.

Source: CSL 1.0.2, `et-al-min`, `et-al-use-first`, `et-al-use-last`, `et-al-subsequent-min`,
`et-al-subsequent-use-first` and "Et-al". `name_list.py` applies `delimiter-precedes-et-al`.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve, frozen

from refcite.csl.render.context import COMPARED, SUBSEQUENT
from refcite.csl.style.attributes import NORMAL, Format
from refcite.csl.style.elements import EtAl, Key, NameOptions
from refcite.csl.style.locale import Locale
from refcite.csl.text.scripts import has_romanesque, is_romanesque
from refcite.csl.text.stream import CLOSE, Span, Stream

__all__ = ["ELLIPSIS", "EtAlLimits", "EtAlTerm"]

ELLIPSIS: Final = "\u2026 "
"""The text before the last name, in place of the omitted names (`et-al-use-last`)."""


@frozen
class EtAlLimits:
    """The limits of the names that are shown.

    Attributes:
        least: The number of names from which on a list is shortened; 0 if no list is.
        first: The number of names shown in a shortened list.
        last: Whether the last name is shown as well, after an ellipsis.
        subsequent_least: The value of `least` for subsequent cites.
        subsequent_first: The value of `first` for subsequent cites.

    Example:
        >>> limits = EtAlLimits.of(NameOptions(et_al_min=4, et_al_use_first=1, et_al_use_last=True))
        >>> limits.shown(3), limits.shown(6), limits.omitted(6, 1)
        (3, 1, 4)
    """

    least: int
    first: int | None
    last: bool
    subsequent_least: int
    subsequent_first: int | None

    @classmethod
    def of(cls, options: NameOptions, key: Key | None = None) -> EtAlLimits:
        """Return the limits of name options; those of a sort key take precedence."""
        least = options.et_al_min or 0
        first = options.et_al_use_first
        last = bool(options.et_al_use_last)
        subsequent_least = options.et_al_subsequent_min or least
        later = options.et_al_subsequent_use_first
        subsequent_first = first if later is None else later
        if key is not None:
            if key.names_min is not None:
                least = subsequent_least = key.names_min
            if key.names_use_first is not None:
                first = subsequent_first = key.names_use_first
            if key.names_use_last is not None:
                last = key.names_use_last
        return cls(least, first, last, subsequent_least, subsequent_first)

    @property
    def is_shorter_first(self) -> bool:
        """Whether first cites can show fewer names than subsequent cites."""
        return self.subsequent_least > self.least or (self.subsequent_first or 0) > (
            self.first or 0
        )

    def shown(self, count: int, required: int = 0, position: int = 0) -> int:
        """Return the number of names shown, without a last name after an ellipsis.

        Args:
            count: The number of names in the list.
            required: The number of names that disambiguation requires.
            position: The cite's position.
        """
        least, first = self.least, self.first
        if position & SUBSEQUENT:
            if position & COMPARED and self.is_shorter_first:
                # First cites with the same shortened list would be ambiguous as well.
                return min(self.shown(count, required), self.shown(count, required, SUBSEQUENT))
            least, first = self.subsequent_least, self.subsequent_first
        if not least or count < least or first is None:
            return count
        if required > first:
            first = required
        elif self.last and first > least - 2:
            first = max(least - 2, 0)
        return min(first, count)

    def ends_in_last(self, is_incomplete: bool) -> bool:
        """Whether a shortened list ends with its last name, not with "et al.".

        Args:
            is_incomplete: Whether the work has more names than the record.
        """
        return self.last and not is_incomplete

    def omitted(self, count: int, shown: int, is_incomplete: bool = False) -> int:
        """Return the number of names of the record that are not printed.

        Args:
            count: The number of names in the list.
            shown: The number of names shown, without a last one.
            is_incomplete: Whether the work has more names than the record.
        """
        return max(count - shown - self.ends_in_last(is_incomplete), 0)


class EtAlTerm:
    """The term for omitted names, with its formatting.

    Args:
        element: The `cs:et-al`.
        locale: The locale in force.

    Attributes:
        text: The term.
        space: The text before it if there is no delimiter.
    """

    def __init__(self, element: EtAl, locale: Locale) -> None:
        self.text = locale.term(element.term) or ""
        self.space = " " if is_romanesque(self.text) else ""
        self._format: Format = element.look.format
        if self._format.font_style is not None and not has_romanesque(self.text):
            upright = evolve(self._format, font_style=None)
            self._format = NORMAL if upright == NORMAL else upright

    def append(self, stream: Stream) -> None:
        """Append the term."""
        if self._format is NORMAL:
            stream.append(self.text)
        else:
            stream += (Span(self._format), self.text, CLOSE)
