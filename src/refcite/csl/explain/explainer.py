"""From a traced stream to an explanation: what was printed, and what was skipped and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from refcite.csl.document.citations import CitationWriter
from refcite.csl.document.cites import Cite
from refcite.csl.document.entries import EntryWriter
from refcite.csl.explain.element_tags import where_of
from refcite.csl.explain.explanation import Explanation, Reason, Skipped, Where
from refcite.csl.explain.option_sources import Origins
from refcite.csl.explain.spans import BRANCHES, Told, longer, spans_of
from refcite.csl.explain.trace import Cut, Frame, TracedStream
from refcite.csl.render.compile import Compiler
from refcite.csl.render.context import EMPTY, SUCCESS, Context, Render
from refcite.csl.render.style_facts import variables_within
from refcite.csl.style.elements import Branch, Choose, Element, Names, Style, Text
from refcite.csl.style.locale import Locale
from refcite.csl.text.serialise import Serialiser
from refcite.csl.text.stream import Stream
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES

__all__ = ["Explainer"]


class Explainer:
    """Renders entries and citations anew and explains them.

    Args:
        style: The style.
        name: What the style is called.
        locale: The locale in force.
        serialiser: Who settles streams.
        compiler_for: Gives the tracing compiler for a type of item.
        same_cites: Gives the ids of the works that only a year suffix tells from one.
    """

    def __init__(
        self,
        style: Style,
        name: str,
        locale: Locale,
        serialiser: Serialiser,
        compiler_for: Callable[[str], Compiler],
        same_cites: Callable[[str], list[str]],
    ) -> None:
        self._style = style
        self._name = name
        self._serialiser = serialiser
        self._compiler_for = compiler_for
        self._same_cites = same_cites
        self._origins = Origins(style, locale, in_citation=True)
        self._layouts: dict[str, Render] = {}
        self._within: dict[int, tuple[str, ...]] = {}

    def entries(
        self, keys: Iterable[str], wanted: set[str], context_of: Callable[[str], Context]
    ) -> Iterator[tuple[str, Explanation]]:
        """Yield the explanations of a bibliography's entries.

        Args:
            keys: The works in the bibliography's order.
            wanted: Those that are to be explained.
            context_of: Gives a new context for an entry.
        """
        options = self._style.bibliography
        assert options is not None  # noqa: S101 - callers look for it
        # What stands for repeated authors depends on all entries before.
        is_alone = options.subsequent_author_substitute is None
        root = where_of(options.layout)
        frames: list[Frame] = []
        writer = EntryWriter(
            options, self._compiler_for, self._serialiser, lambda: TracedStream(frames[-1])
        )

        for key in keys:
            if is_alone and key not in wanted:
                continue

            def context(key: str = key) -> Context:
                frames.append(Frame(root, None, "affix"))
                return context_of(key)

            stream = writer.rendered(context)
            if key in wanted:
                ctx = context_of(key)
                yield key, self._explanation(stream, ctx, "bibliography")
            frames.clear()

    def citation(self, writer: CitationWriter, cite: Cite, ctx: Context) -> Explanation:
        """Return the explanation of a citation of one work."""
        root = where_of(self._style.citation.layout)
        stream = TracedStream(Frame(root, None, "affix"))
        writer.append(cite, ctx, stream)
        if stream:
            writer.frame(stream)
        return self._explanation(stream, ctx, "citation")

    def layout(self, item_type: str) -> Render:
        """Return the traced renderer of citations for a type of item."""
        found = self._layouts.get(item_type)
        if found is None:
            children = self._style.citation.layout.children
            found = self._layouts[item_type] = self._compiler_for(item_type).sequence(children)
        return found

    def _explanation(
        self,
        stream: Stream,
        ctx: Context,
        area: Literal["bibliography", "citation"],
    ) -> Explanation:
        assert isinstance(stream, TracedStream)  # noqa: S101 - the writer was given no other
        skipped = list(self._skipped(stream.root, (stream.root.where,)))
        variables = variables_of(ctx.record)
        works = tuple(self._same_cites(ctx.item.key)) if ctx.year_suffix else ()
        told = Told(
            repeated=_option_of_entries(self._style, "subsequent-author-substitute"),
            aligned=_option_of_entries(self._style, "second-field-align"),
            suffixing=self._origins.disambiguation("add-year-suffix", works),
            variables=variables,
        )
        return Explanation(
            id=ctx.record.id,
            style=self._name,
            area=area,
            spans=tuple(spans_of(stream, self._serialiser, told)),
            skipped=tuple(dict.fromkeys(skipped)),
            variables=variables,
        )

    # What was skipped

    def _skipped(self, frame: Frame, path: tuple[Where, ...]) -> Iterator[Skipped]:
        for child in frame.children:
            around = longer(path, child.where)
            if child.where.element in BRANCHES:
                if not child.is_open:
                    yield self._closed(child, around)
                    continue
            elif not child.printed:
                found = self._empty(child, around)
                if found is not None:
                    yield found
            elif isinstance(child.element, Names):
                yield from self._replaced(child, child.element, around)
            elif child.short_of is not None:
                yield Skipped(path=around, reason="short-form", variables=(child.short_of,))
            elif child.cut is not None:
                yield _shortened(child.cut, around)
            yield from self._skipped(child, around)

    def _closed(self, frame: Frame, path: tuple[Where, ...]) -> Skipped:
        """Return what says that a branch was not taken."""
        branch = frame.element
        assert isinstance(branch, Branch)  # noqa: S101 - no other frame is closed
        variables = self._variables(branch, branch.children)
        if frame.tests is not None:
            return Skipped(path=path, reason="condition", variables=variables, tests=frame.tests)
        siblings = frame.outer.children if frame.outer else []
        taken = next((one.where for one in siblings if one.is_open), None)
        return Skipped(path=path, reason="not-reached", variables=variables, instead=taken)

    def _empty(self, frame: Frame, path: tuple[Where, ...]) -> Skipped | None:
        """Return what says why an element printed nothing."""
        element = frame.element
        if not isinstance(element, Element):
            return None  # a macro: what calls it says it
        variables = frame.variables or self._variables(element, (element,))
        reason: Reason = "nothing-printed"
        if isinstance(element, Names) and frame.status == SUCCESS:
            reason = "repeated-author"
        elif frame.substituted:
            reason = "substituted"
        elif frame.variables and (frame.status == EMPTY or isinstance(element, Text)):
            reason = "empty"
        elif frame.term is not None:
            reason = "no-term"
        return Skipped(path=path, reason=reason, variables=variables)

    def _replaced(self, frame: Frame, names: Names, path: tuple[Where, ...]) -> Iterator[Skipped]:
        """Yield the names for which a substitute stands, and the substitutes not needed."""
        if not frame.listed:
            reason: Reason = "substituted" if frame.substituted else "empty"
            yield Skipped(path=path, reason=reason, variables=names.variables)
        elif silent := tuple(sorted({*frame.names.values()} - frame.listed)):
            reason = "substituted" if frame.substituted else "same-names"
            yield Skipped(path=path, reason=reason, variables=silent)
        tried = {id(child.element) for child in frame.children}
        # What `cs:choose` offers is tried piece by piece (`names.py`).
        chosen = {one.where.line for one in frame.children if isinstance(one.element, Choose)}
        for element in names.substitute:
            is_tried = isinstance(element, Choose) and element.line in chosen
            if id(element) not in tried and not is_tried:
                yield Skipped(
                    path=(*path, where_of(element)),
                    reason="not-needed",
                    variables=self._variables(element, (element,)),
                )

    def _variables(self, whole: Element | Branch, elements: tuple[Element, ...]) -> tuple[str, ...]:
        found = self._within.get(id(whole))
        if found is None:
            found = self._within[id(whole)] = variables_within(self._style, elements)
        return found


def variables_of(record: Record) -> tuple[str, ...]:
    """Return the CSL variables that a record has."""
    return tuple(name for name, attribute in ATTRIBUTES.items() if getattr(record, attribute))


def _option_of_entries(style: Style, name: str) -> Where:
    """Return `cs:bibliography` as what sets an option."""
    options = style.bibliography
    value = getattr(options, name.replace("-", "_"), None) or ""
    return Where(
        element="bibliography", line=options.line if options else 0, attributes={name: value}
    )


def _shortened(cut: Cut, path: tuple[Where, ...]) -> Skipped:
    """Return what says that a list of names is shortened, at the element that limits it."""
    where = next((setting.where for setting in cut.settings if setting.where), path[-1])
    return Skipped(
        path=path if where in path else (where,),
        reason="et-al",
        variables=(cut.variable,),
        left_out=cut.left_out,
        settings=cut.settings,
    )
