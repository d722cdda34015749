"""A compiler whose renderers record each step, for explanations."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from attrs import evolve

from refcite.csl.explain.element_tags import where_of, where_of_branch
from refcite.csl.explain.explanation import Outcome, Setting, SpanKind, Where
from refcite.csl.explain.option_sources import Origins
from refcite.csl.explain.part_tracer import PartTracer
from refcite.csl.explain.trace import Frame, TracedStream, mark_affixes
from refcite.csl.render.choose import Condition, compile_branch, conditions_of
from refcite.csl.render.compiler import Compiler
from refcite.csl.render.context import Context, Render
from refcite.csl.render.group import nothing
from refcite.csl.render.names import attributes_owner
from refcite.csl.render.scope import AreaScope, Scope
from refcite.csl.render.variables import attribute_for, variable_read
from refcite.csl.style.elements import (
    Branch,
    Choose,
    DateElement,
    Element,
    Label,
    Names,
    Number,
    Text,
)
from refcite.csl.text.stream import Stream

__all__ = ["TracingCompiler"]


class TracingCompiler(Compiler):
    """A compiler whose renderers record each step in a `TracedStream`."""

    def __init__(self, area: AreaScope) -> None:
        self._origins = Origins(area)
        super().__init__(evolve(area, observe=PartTracer(self._origins).observe))

    def element(self, element: Element, scope: Scope, delimiter: str = "") -> Render:
        """Return an element's renderer, in a frame."""
        render = super().element(element, scope, delimiter)
        if isinstance(element, Names):
            return _traced(render, element, _note_names(element), attributes_owner(element, scope))
        return _traced(render, element, _note_element(element, self._origins))

    def macro(self, name: str, scope: Scope) -> Render:
        """Return a macro's renderer, in a frame."""
        macro = scope.area.style.macros[name]
        where = Where(element="macro", line=macro.line, attributes={"name": name})
        return _within(super().macro(name, scope), where)

    def _choose(self, element: Choose, scope: Scope, delimiter: str) -> Render:
        branches: list[_TracedBranch] = []
        for branch, condition in conditions_of(element, scope.area):
            prints = branch.children and condition is not False
            body = self.sequence(branch.children, scope, delimiter) if prints else nothing
            branches.append(_traced_branch(branch, element, scope.area, condition, body))

        def render(ctx: Context, stream: Stream) -> int:
            traced = cast(TracedStream, stream)
            taken: _TracedBranch | None = None
            status = 0
            for branch in branches:
                if taken is not None:
                    branch.leave(traced)
                elif branch.holds(ctx, traced):
                    taken = branch
                    status = branch.print(ctx, traced)
            return status

        return render


def _traced_branch(
    branch: Branch, choose: Choose, area: AreaScope, condition: Condition | bool, body: Render
) -> _TracedBranch:
    tests = [
        (f'{test.kind}="{test.value}"', compile_branch(Branch(tests=(test,)), area))
        for test in branch.tests
    ]
    return _TracedBranch(branch, where_of_branch(branch, choose), condition, tests, body)


class _TracedBranch:
    """A branch of `cs:choose`."""

    def __init__(
        self,
        branch: Branch,
        where: Where,
        condition: Condition | bool,
        tests: list[tuple[str, Condition | bool]],
        body: Render,
    ) -> None:
        self._branch = branch
        self._where = where
        self._condition = condition
        self._tests = tests
        self._body = body

    def _frame(self, stream: TracedStream, is_open: bool) -> Frame:
        frame = Frame(self._where, stream.frame, element=self._branch)
        frame.is_open = is_open
        return frame

    def leave(self, stream: TracedStream) -> None:
        """Record that the branch was not tried."""
        self._frame(stream, is_open=False)

    def holds(self, ctx: Context, stream: TracedStream) -> bool:
        """Return, and record, whether the condition is true."""
        counted = ctx.conditions
        tests = tuple(Outcome(test=test, held=_value(found, ctx)) for test, found in self._tests)
        ctx.conditions = counted  # checking the tests one by one must not count as more tests
        held = _value(self._condition, ctx)
        if not held:
            self._frame(stream, is_open=False).tests = tests
        return held

    def print(self, ctx: Context, stream: TracedStream) -> int:
        """Print the contents of the branch."""
        outer, start = stream.frame, len(stream)
        frame = stream.frame = self._frame(stream, is_open=True)
        status = frame.status = self._body(ctx, stream)
        stream.frame, frame.printed = outer, len(stream) > start
        return status


def _value(condition: Condition | bool, ctx: Context) -> bool:
    return condition if isinstance(condition, bool) else condition(ctx)


# Frames

_Note = Callable[[Frame, Context], None]


def _within(render: Render, where: Where) -> Render:
    """Return a renderer that works in a frame."""

    def traced(ctx: Context, stream: Stream) -> int:
        own = cast(TracedStream, stream)
        outer, start = own.frame, len(own)
        frame = own.frame = Frame(where, outer)
        status = frame.status = render(ctx, stream)
        own.frame, frame.printed = outer, len(own) > start
        return status

    return traced


def _traced(render: Render, element: Element, note: _Note, owner: Element | None = None) -> Render:
    """Return a renderer that works in an element's frame and marks its affixes.

    Args:
        render: The renderer.
        element: The element.
        note: Records in the frame what kind of output the element prints.
        owner: The element whose affixes are printed, if it is one around.
    """
    where, look = where_of(element), (owner or element).look
    inherits = owner is not None and owner is not element

    def traced(ctx: Context, stream: Stream) -> int:
        own = cast(TracedStream, stream)
        outer, start = own.frame, len(own)
        frame = own.frame = Frame(where, outer, element=element)
        note(frame, ctx)
        status = frame.status = render(ctx, stream)
        own.frame, frame.printed = outer, len(own) > start
        if frame.printed:
            affixing = _names_around(frame) if inherits else frame
            mark_affixes(own, frame, start, (look.prefix, look.suffix), affixing)
        return status

    return traced


def _names_around(frame: Frame) -> Frame:
    """Return the frame of the `cs:names` whose `cs:substitute` contains another one."""
    around = frame.outer
    while around is not None and not isinstance(around.element, Names):
        around = around.outer
    return around or frame


def _note_element(element: Element, origins: Origins) -> _Note:
    """Return a function that sets the variable or term of the element in its frame."""
    if isinstance(element, Text) and element.variable:
        return _note_variable(element.variable, element.form)
    kind: SpanKind = "delimiter"
    variable = term = None
    form = "long"
    of_locale: tuple[SpanKind, ...] = ()
    delimiter: tuple[Setting, ...] = ()
    if isinstance(element, Text):
        term, form = element.term, element.form
        kind = "term" if term else "value" if element.value else kind
    elif isinstance(element, Number):
        kind, variable = "variable", element.variable
    elif isinstance(element, Label):
        kind, variable, term, form = "term", element.variable, element.variable, element.form
    elif isinstance(element, DateElement):
        variable = element.variable
        if element.form is not None:
            own = origins.date(element.form)
            of_locale = () if own else ("delimiter",)
            where = where_of(own) if own else None
            delimiter = (Setting(name="date", value=element.form, where=where),) if own else ()
    variables = (variable,) if variable else ()

    def note(frame: Frame, ctx: Context) -> None:
        frame.of_locale = of_locale
        frame.kind, frame.variables = kind, variables
        frame.term = ctx.label if term == "locator" else term
        own_term = origins.term(frame.term, form) if frame.term else ()
        frame.settings = {"term": own_term, "delimiter": delimiter}
        frame.substituted = any(map(ctx.is_substituted, variables))

    return note


def _note_variable(variable: str, form: str) -> _Note:
    """Return a function that sets the variable of a `cs:text` in its frame, or its short form."""
    printed_of = variable_read(variable, form)

    def note(frame: Frame, ctx: Context) -> None:
        printed = printed_of(ctx)
        frame.kind, frame.variables = "variable", (printed,)
        frame.substituted = ctx.is_substituted(variable)
        if printed != variable:
            frame.short_of = variable

    return note


def _note_names(element: Names) -> _Note:
    """Return a function that sets the variable of each name in the frame of its `cs:names`."""
    attributes = [(name, attribute_for(name) or name) for name in element.variables]

    def note(frame: Frame, ctx: Context) -> None:
        frame.variables = element.variables
        frame.substituted = any(map(ctx.is_substituted, element.variables))
        frame.names = {
            id(name): variable
            for variable, attribute in attributes
            for name in ctx.item.names(attribute)
        }

    return note
