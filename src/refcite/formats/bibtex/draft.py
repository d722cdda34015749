"""The data of an entry, before it becomes a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from refcite.formats.bibtex.latex_read import read_latex
from refcite.formats.crosswalk import Spec
from refcite.formats.draft import Draft
from refcite.problems import Severity

__all__ = ["EntryDraft"]

_ANY_FIELD: Final = Spec((), (), is_open=True)

Place = Callable[[str], tuple[int, int]]
"""Returns line and column of a field of the entry; of the entry if it has no such field."""


class EntryDraft(Draft):
    """The attributes of an entry's record, before it is created.

    Args:
        fields: The entry's fields: names in lower case with their values, which are LaTeX.
        place: Returns the location of a field.
        day_first: Whether `01/02/2017` is 1 February; None keeps it as text.

    Attributes:
        fields: The same.
        type: The CSL type.
        id: The id, if it differs from the entry's key.
        unknown: The unknown commands in the current field.
        has_entities: Whether the fields may contain entities of HTML.
        is_silent: Whether problems are not looked for, such as when a writer reads its own text.
    """

    __slots__ = ("_place", "fields", "has_entities", "id", "is_silent", "type", "unknown")

    def __init__(
        self,
        fields: dict[str, str],
        place: Place | None = None,
        day_first: bool | None = None,
    ) -> None:
        super().__init__(_ANY_FIELD, "", day_first=day_first)
        self.fields = fields
        self.type = "document"
        self.id: str | None = None
        self.unknown: list[str] = []
        self.has_entities = True
        self.is_silent = False
        self._place = place

    def place(self) -> tuple[int | None, int | None]:
        """Return the line and the column of the current field."""
        return self._place(self.own) if self._place is not None else (None, None)

    def latex(self, text: str, *, protect: bool = False) -> str:
        """Return LaTeX as text, and record the unknown commands."""
        return read_latex(text, protect=protect, unknown=self.unknown)

    def report_unknown(self) -> None:
        """Report the unknown commands of the field."""
        listed = ", ".join(f"\\{command}" for command in dict.fromkeys(self.unknown))
        self.unknown.clear()
        message = f"{listed} in {self.own} is unknown; it was kept unchanged"
        self.report("unknown-command", message, Severity.WARNING)
