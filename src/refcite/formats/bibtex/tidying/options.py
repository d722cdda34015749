"""What a tidying does: its steps, and the settings of those that need any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import field, frozen

__all__ = ["STEPS", "Step", "Tidying"]


@frozen(kw_only=True)
class Step:
    """A step of a tidying.

    Attributes:
        name: Its name.
        does: What it does, in one sentence.
        is_default: Whether it is made without being selected.
        needs: The option that selects it; empty if its name is enough.
        changes: The attributes of a record that it may change.
    """

    name: str
    does: str
    is_default: bool = True
    needs: str = ""
    changes: frozenset[str] = frozenset()


_TITLES: Final = frozenset(
    ["title", "title_short", "volume_title", "container_title", "collection_title", "event_title"]
)
_NAMES: Final = frozenset(
    ["author", "editor", "translator", "container_author", "collection_editor", "et_al"]
)

STEPS: Final = (
    Step(
        name="layout", does="Write each entry with one field on a line, and the same indentation."
    ),
    Step(name="blank-lines", does="Separate entries by one blank line."),
    Step(name="case", does="Write types and names of fields in lower case."),
    Step(name="whitespace", does="Write one space for several, and for the ends of lines."),
    Step(name="empty-fields", does="Remove fields without a value.", changes=frozenset({"extra"})),
    Step(
        name="months",
        does="Write the names of months as BibTeX's macros, such as jan.",
        changes=frozenset({"extra"}),
    ),
    Step(
        name="doi",
        does="Write DOIs without the address of a resolver.",
        changes=frozenset({"doi"}),
    ),
    Step(
        name="url-of-doi",
        does="Remove a URL that is the address of the DOI; without a DOI, make it the DOI.",
        changes=frozenset({"url", "doi", "accessed"}),
    ),
    Step(name="isbn", does="Write ISBNs without a label.", changes=frozenset({"isbn"})),
    Step(name="issn", does="Write ISSNs with a hyphen.", changes=frozenset({"issn"})),
    Step(name="pages", does="Write two hyphens between pages.", changes=frozenset({"page"})),
    Step(name="escape", does="Write a backslash before the signs & % # and _ in text."),
    Step(
        name="duplicate-fields",
        does="Remove a field that occurs before in the same entry with the same value.",
    ),
    Step(
        name="omit",
        does="Remove fields.",
        is_default=False,
        needs="--omit",
    ),
    Step(
        name="isbn-13",
        does="Write ISBNs of ten digits with thirteen.",
        is_default=False,
        changes=frozenset({"isbn"}),
    ),
    Step(
        name="double-braces",
        does="Remove second braces around a whole value, which prevent any change of its case.",
        is_default=False,
        changes=_TITLES | _NAMES | {"publisher", "publisher_place", "note"},
    ),
    Step(
        name="protect-capitals",
        does="Put braces around words such as DNA in titles.",
        is_default=False,
        changes=_TITLES,
    ),
    Step(
        name="title-case",
        does="Write titles in sentence case or in title case; a guess, which is reported.",
        is_default=False,
        needs="--title-case",
        changes=_TITLES,
    ),
    Step(
        name="journals",
        does="Abbreviate the names of journals, or write them in full.",
        is_default=False,
        needs="--journals",
        changes=frozenset({"container_title", "container_title_short"}),
    ),
    Step(
        name="encoding",
        does="Write accented letters in Unicode, or as commands of LaTeX.",
        is_default=False,
        needs="--encoding",
    ),
    Step(
        name="dates",
        does="Write dates as biblatex does (date), or as BibTeX does (year and month).",
        is_default=False,
        needs="--dates",
        changes=frozenset({"extra"}),
    ),
    Step(
        name="max-authors",
        does="Shorten longer lists of names with `and others`.",
        is_default=False,
        needs="--max-authors",
        changes=_NAMES | {"extra"},
    ),
    Step(
        name="sort-fields",
        does="Sort the fields of each entry.",
        is_default=False,
        needs="--sort-fields",
    ),
    Step(name="sort", does="Sort the entries.", is_default=False, needs="--sort"),
    Step(
        name="keys",
        does="Make keys from a pattern, or from a map; references to them follow.",
        is_default=False,
        needs="--keys or --key-map",
        changes=frozenset({"id", "extra"}),
    ),
    Step(
        name="comments",
        does="Remove the text between entries, and blocks of @comment.",
        is_default=False,
    ),
)
"""All steps, in the order in which they are made."""

_DEFAULT: Final = frozenset(step.name for step in STEPS if step.is_default)


@frozen(kw_only=True)
class Tidying:
    """What is tidied.

    Attributes:
        steps: The names of the steps.
        indent: The text before each field.
        align: Whether the equals signs of an entry are in one column.
        delimiters: `keep`, `braces` or `quotes`.
        bare_numbers: Whether numbers are written without delimiters.
        trailing_comma: Whether the last field has a comma after it.
        wrap: The largest length of a line, in characters; None if lines are not wrapped.
        omit: Names of fields that are removed, in lower case.
        field_order: Names of fields in lower case; others follow in their own order.
        title_case: `sentence` or `title`.
        encoding: `unicode` or `latex`.
        dates: `biblatex` or `bibtex`.
        max_authors: The largest number of names in a list.
        journal: Returns the new name of a journal, or None if it is not known.
    """

    steps: frozenset[str] = field(default=_DEFAULT)
    indent: str = "  "
    align: bool = False
    delimiters: str = "keep"
    bare_numbers: bool = False
    trailing_comma: bool = True
    wrap: int | None = None
    omit: frozenset[str] = frozenset()
    field_order: tuple[str, ...] = ()
    title_case: str = "sentence"
    encoding: str = "unicode"
    dates: str = "biblatex"
    max_authors: int = 0
    journal: Callable[[str], str | None] | None = None
