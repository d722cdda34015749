"""Explanations: the source of each piece of an entry, and the elements that printed nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from refcite import hooks
from refcite.csl.render.variables import PART_OF
from refcite.csl.style.attributes import NORMAL, Format

__all__ = [
    "ExplainedSpan",
    "Explanation",
    "Outcome",
    "Reason",
    "Setting",
    "Skipped",
    "SpanKind",
    "TextSource",
    "Where",
]

SpanKind = Literal[
    "variable", "term", "value", "affix", "delimiter", "quotes", "repeated-author", "display"
]
"""The kind of a piece of text.

- `variable`: a variable of the record, or of the document (`citation-number`, `year-suffix`);
- `term`: a term of the locale; `value`: the text of `cs:text` with `value`;
- `affix`: a `prefix` or `suffix`; `delimiter`: text between elements or names, including "and";
- `quotes`: a quotation mark, because of `quotes="true"`;
- `repeated-author`: the style's `subsequent-author-substitute`;
- `display`: the space or line break before or after a block (`display`, `second-field-align`).
"""

TextSource = Literal["record", "document", "style", "locale"]
"""The source of a text: the record; the document (numbers, year suffixes, locators, and labels
made from names and years); the style, including its own terms; or the locale (its terms, and the
text around and between the parts in its date formats).
"""

Reason = Literal[
    "empty", "substituted", "no-term", "nothing-printed", "condition", "not-reached", "not-needed",
    "repeated-author", "same-as-author", "converted", "et-al", "short-form", "same-names",
]  # fmt: skip
"""Why an element printed nothing.

- `empty`: the variable has no value;
- `substituted`: the variable was already printed in place of names, by `cs:substitute`;
- `no-term`: the locale has no such term, or an empty one;
- `nothing-printed`: nothing in it was printed, so its affixes, terms and values are omitted too;
- `condition`: the condition of the branch of `cs:choose` is false; `tests` lists the failed tests;
- `not-reached`: the condition of an earlier branch is true;
- `not-needed`: an earlier alternative in `cs:substitute` was printed;
- `repeated-author`: the names are the same as in the previous entry and are omitted;
- `same-as-author`: the publisher, or the site of a web page, is the only author, or the publisher
  is the site; it is not repeated (no part of CSL);
- `converted`: the conversion to an item for this style omitted the variable, or moved its value to
  another one (no part of CSL);
- `et-al`: the list has more names than the style shows; `left_out` is the number of omitted names;
- `short-form`: the short form in the record is printed instead;
- `same-names`: another variable of the same `cs:names` has the same names; they are printed once.
"""


@frozen(kw_only=True)
class Where:
    """An element of the style.

    Attributes:
        element: Its name, such as `text` or `date-part`.
        line: Its line in the file of the style, counted from 1. If its tag has several lines, the
            last of them. 0 if the line is not known.
        attributes: Its attributes that determine its text, and those with values other than the
            default.

    Example:
        >>> from refcite.csl import Where
        >>> str(Where(element="text", line=12, attributes={"variable": "title"}))
        '<text variable="title"> line 12'
    """

    element: str
    line: int
    attributes: Mapping[str, str] = field(factory=dict, hash=False)

    @property
    def tag(self) -> str:
        """The element as it is written, with its attributes."""
        words = [self.element, *(f'{name}="{text}"' for name, text in self.attributes.items())]
        return f"<{' '.join(words)}>"

    def __str__(self) -> str:
        """Return the element and its line."""
        return f"{self.tag} line {self.line}"


@frozen(kw_only=True)
class Setting:
    """A setting that changed a piece, in addition to the element that printed it.

    Attributes:
        name: An attribute of the style, as it is named where it is set: `name-delimiter`,
            `initialize-with`, `disambiguate-add-year-suffix`; or `term`, `date` or `date-part`,
            if the style defines its own in `cs:locale`. `record` if refcite changed or added the
            value for this style, such as the words of its manual (no part of CSL).
        value: Its value. For `record`, the value of the record, empty if it has none.
        where: The element that sets it; None if it is the default of CSL, or for `record`.
        works: For a year suffix: ids of the works that have the same names and year.

    Example:
        >>> from refcite import Name, Record
        >>> from refcite.csl import Processor
        >>> doe = Record(id="a", type="book", author=(Name.parse("Jane Doe"),), title="Bees")
        >>> setting = Processor("apa").explain(doe).spans[0].settings[0]
        >>> setting.name, setting.value, setting.where.element
        ('initialize-with', '. ', 'style')
    """

    name: str
    value: str
    where: Where | None = None
    works: tuple[str, ...] = ()


@frozen(kw_only=True)
class ExplainedSpan:
    """A piece of an entry's text that has one origin.

    Attributes:
        text: The text, as it is printed.
        kind: The kind of the text.
        source: The source of the text.
        variable: Its variable, if the text comes from one.
        term: Its term in the locale, if the text is a term.
        path: The elements around it, from the layout to the one that printed it.
        format: Its formatting.
        settings: The settings that changed it, in addition to the element that printed it.

    Example:
        >>> from refcite import Record
        >>> from refcite.csl import Processor
        >>> span = Processor("apa").explain(Record(type="book", title="The Castle")).spans[0]
        >>> span.kind, span.source, span.variable, span.where.line > 0
        ('variable', 'record', 'title', True)
    """

    text: str
    kind: SpanKind
    source: TextSource = "style"
    variable: str | None = None
    term: str | None = None
    path: tuple[Where, ...] = ()
    format: Format = NORMAL
    settings: tuple[Setting, ...] = ()

    @property
    def where(self) -> Where:
        """The element that printed it."""
        return self.path[-1]

    @property
    def macros(self) -> tuple[str, ...]:
        """The names of the macros around it, the outermost first."""
        return tuple(where.attributes["name"] for where in self.path if where.element == "macro")


@frozen(kw_only=True)
class Outcome:
    """One test of a condition.

    Attributes:
        test: The test as it is written: `type="book chapter"`.
        held: Whether it is true of the work.

    Example:
        >>> from refcite.csl.explain.explanation import Outcome
        >>> str(Outcome(test='type="book chapter"', held=False))
        'type="book chapter" is false'
    """

    test: str
    held: bool

    def __str__(self) -> str:
        """Return the test and its outcome."""
        return f"{self.test} is {'true' if self.held else 'false'}"


@frozen(kw_only=True)
class Skipped:
    """An element that printed nothing.

    Attributes:
        path: The elements around it, from the layout to itself; empty if no element of the style
            is the reason.
        reason: Why nothing was printed.
        variables: The variables that it, or an element in it, prints.
        tests: The tests of its condition, if it is a branch that was tested.
        instead: The branch whose condition is true, if this one was not reached.
        left_out: The number of omitted names, if "et al." or a similar term replaces them.
        settings: The settings that limit the names, if some were omitted.

    Example:
        >>> from refcite import Record
        >>> from refcite.csl import Processor
        >>> explanation = Processor("nature").explain(Record(type="book", title="The Castle"))
        >>> skipped = explanation.skipped[1]
        >>> skipped.reason, skipped.where.tag
        ('empty', '<names variable="author">')
    """

    path: tuple[Where, ...]
    reason: Reason
    variables: tuple[str, ...] = ()
    tests: tuple[Outcome, ...] = ()
    instead: Where | None = None
    left_out: int = 0
    settings: tuple[Setting, ...] = ()

    @property
    def match(self) -> str:
        """How many of the tests must be true: `all`, `any` or `none`."""
        return self.path[-1].attributes.get("match", "all") if self.tests else "all"

    @property
    def where(self) -> Where | None:
        """The element; None if no element of the style is the reason."""
        return self.path[-1] if self.path else None


@frozen(kw_only=True, repr=False)
class Explanation(hooks.Shown):
    """How an entry is formatted.

    A notebook shows it like the page of `refcite explain`.

    Attributes:
        id: The record's id.
        style: Name of the style to which the lines belong: an id or a path; for a dependent style,
            its parent's.
        area: `bibliography`, or `citation` if a citation is explained.
        spans: The pieces of the entry, in order; together they are its text.
        skipped: The elements that printed nothing for this entry, in the style's order.
        variables: The variables that the record has.

    Example:
        >>> from refcite import Record
        >>> from refcite.csl import Processor
        >>> castle = Record(id="k", type="book", title="The Castle", volume="2")
        >>> explanation = Processor("apa", library=[castle]).explain("k")
        >>> explanation.text
        'The Castle (Vol. 2). (n.d.).'
        >>> [(span.text, span.kind) for span in explanation.spans][:4]
        [('The Castle', 'variable'), (' ', 'delimiter'), ('(', 'affix'), ('Vol.', 'term')]
    """

    id: str
    style: str
    area: Literal["bibliography", "citation"]
    spans: tuple[ExplainedSpan, ...]
    skipped: tuple[Skipped, ...] = ()
    variables: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text of the entry, without formatting."""
        return "".join([span.text for span in self.spans])

    @property
    def unprinted(self) -> dict[str, tuple[Skipped, ...]]:
        """The variables of the record that are not in the entry, each with its skipped elements.

        If a variable has no skipped element, the style never prints it for works of this type.
        """
        printed = {span.variable for span in self.spans}
        found: dict[str, tuple[Skipped, ...]] = {}
        for variable in self.variables:
            names = self._names_of(variable)
            if printed.isdisjoint(names):
                found[variable] = tuple(
                    one for one in self.skipped if not names.isdisjoint(one.variables)
                )
        return found

    @property
    def cut(self) -> dict[str, tuple[Skipped, ...]]:
        """The variables of which the entry has only some names, each with the limiting elements."""
        found: dict[str, tuple[Skipped, ...]] = {}
        for one in self.skipped:
            if one.reason == "et-al":
                found[one.variables[0]] = (*found.get(one.variables[0], ()), one)
        return found

    def _names_of(self, variable: str) -> set[str]:
        """Return the variables by which a style can print one of the record's."""
        part = PART_OF.get(variable)
        return {variable} if part is None or part in self.variables else {variable, part}

    def __iter__(self) -> Iterator[ExplainedSpan]:
        return iter(self.spans)

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def __repr__(self) -> str:
        """Return the text and its area; all elements around all pieces would fill many pages."""
        return f"<Explanation of {self.id!r} ({self.area} of {self.style}): {self.text!r}>"
