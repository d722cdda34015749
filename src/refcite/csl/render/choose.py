"""`cs:choose`: conditions; those on the item's type and shape are evaluated when compiling."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve

from refcite.csl.render.context import (
    CONTAINER_SUBSEQUENT,
    FIRST,
    IBID,
    IBID_WITH_LOCATOR,
    NEAR_NOTE,
    SUBSEQUENT,
    Context,
    Render,
)
from refcite.csl.render.csl_m_tests import compile_csl_m_test
from refcite.csl.render.labelled_numbers import numbers_of
from refcite.csl.render.numbers import is_numeric
from refcite.csl.render.scope import AreaScope
from refcite.csl.render.shapes import ANY_SHAPE
from refcite.csl.render.variables import DATES, attribute_for, presence_of, text_reader
from refcite.csl.style.elements import Branch, Choose, Test, TestGroup
from refcite.csl.style.schema import SHORT_LOCATORS
from refcite.csl.text.stream import Stream
from refcite.dates import Date, Point

__all__ = ["Condition", "chosen", "compile_branch", "conditions_of"]

Condition = Callable[[Context], bool]

_POSITIONS = {
    "first": FIRST,
    "subsequent": SUBSEQUENT,
    "ibid": IBID,
    "ibid-with-locator": IBID_WITH_LOCATOR,
    "near-note": NEAR_NOTE,
    "container-subsequent": CONTAINER_SUBSEQUENT,
}


def conditions_of(choose: Choose, area: AreaScope) -> Iterator[tuple[Branch, Condition | bool]]:
    """Yield the branches of a `cs:choose` with their conditions, or the values of these.

    Branches after one that every item of the type uses are never reached: False.
    """
    is_settled = False
    for branch in choose.branches:
        condition = False if is_settled else compile_branch(branch, area)
        is_settled = is_settled or condition is True
        yield branch, condition


def compile_branch(branch: Branch, area: AreaScope) -> Condition | bool:
    """Return a branch's condition for items of one type, or its value if that is constant.

    Args:
        branch: The branch; one without tests is `cs:else`.
        area: The area, with the type and the shape of the items.
    """
    if area.shape is not ANY_SHAPE and _tests_disambiguate(branch):
        # These conditions are counted each time they are tested, so no test before them is omitted.
        area = evolve(area, shape=ANY_SHAPE)
    tests: list[Condition] = []
    seen_true = seen_false = False
    for test in branch.tests:
        compiled = _compile_test(test, area)
        if compiled is True:
            seen_true = True
        elif compiled is False:
            seen_false = True
        else:
            tests.append(compiled)
    if not branch.tests:
        return True
    if branch.match == "any":
        return True if seen_true else _any(tests)
    if branch.match == "nand":
        return True if seen_false else _not(_all(tests))
    if branch.match == "none":
        return False if seen_true else _none(tests)
    return False if seen_false else _all(tests)


def _tests_disambiguate(branch: Branch) -> bool:
    return any(
        test.kind == "disambiguate"
        or (isinstance(test, TestGroup) and any(one.kind == "disambiguate" for one in test.tests))
        for test in branch.tests
    )


def chosen(branches: list[tuple[Condition, Render]], otherwise: Render) -> Render:
    """Return the renderer of the first branch whose condition is true."""
    if not branches:
        return otherwise
    if len(branches) == 1:
        test, body = branches[0]

        def render_one(ctx: Context, stream: Stream) -> int:
            return body(ctx, stream) if test(ctx) else otherwise(ctx, stream)

        return render_one

    def render(ctx: Context, stream: Stream) -> int:
        for condition, branch in branches:
            if condition(ctx):
                return branch(ctx, stream)
        return otherwise(ctx, stream)

    return render


def _all(tests: list[Condition]) -> Condition | bool:
    if not tests:
        return True
    if len(tests) == 1:
        return tests[0]

    def condition(ctx: Context) -> bool:
        for test in tests:  # noqa: SIM110 - a generator would be slower than the tests
            if not test(ctx):
                return False
        return True

    return condition


def _any(tests: list[Condition]) -> Condition | bool:
    if not tests:
        return False
    if len(tests) == 1:
        return tests[0]

    def condition(ctx: Context) -> bool:
        for test in tests:  # noqa: SIM110 - the same
            if test(ctx):
                return True
        return False

    return condition


def _not(condition: Condition | bool) -> Condition | bool:
    if isinstance(condition, bool):
        return not condition
    return lambda ctx: not condition(ctx)


def _none(tests: list[Condition]) -> Condition | bool:
    if not tests:
        return True

    def condition(ctx: Context) -> bool:
        for test in tests:  # noqa: SIM110 - the same
            if test(ctx):
                return False
        return True

    return condition


def _compile_test(test: Test | TestGroup, area: AreaScope) -> Condition | bool:
    if isinstance(test, TestGroup):
        return compile_branch(Branch(tests=test.tests, match=test.match), area)
    kind, value = test.kind, test.value
    if kind == "type":
        return area.item_type in value.split()
    if kind == "variable":
        known = area.shape.has(value)
        return presence_of(value) if known is None else known
    if kind == "is-numeric":
        return False if area.shape.has(value) is False else _is_numeric(value)
    if kind == "is-uncertain-date":
        return False if area.shape.has(value) is False else _is_uncertain(value)
    if kind == "locator":
        return _has_label(value)
    if kind == "position":
        return _has_position(value) if area.in_citation else False
    if kind == "disambiguate":
        return _not_disambiguates if value == "false" else _disambiguates
    return compile_csl_m_test(test, area)


def _is_numeric(variable: str) -> Condition:
    read = text_reader(variable)
    labelled = variable == "locator"  # labels of other numbers have a period

    def condition(ctx: Context) -> bool:
        value = read(ctx)
        if not value:
            return False
        if is_numeric(value):
            return True
        return (labelled or "." in value) and all(map(is_numeric, numbers_of(value)))

    return condition


def _is_uncertain(variable: str) -> Condition | bool:
    attribute = attribute_for(variable)
    if variable not in DATES or attribute is None:
        return False

    def condition(ctx: Context) -> bool:
        date: Date | None = getattr(ctx.record, attribute)
        if date is None:
            return False
        ends = (date.start, date.end)
        return any(isinstance(end, Point) and (end.approximate or end.uncertain) for end in ends)

    return condition


def _has_label(label: str) -> Condition:
    names = label.replace("sub verbo", "sub-verbo").split()
    wanted = frozenset(SHORT_LOCATORS.get(name, name) for name in names)
    return lambda ctx: ctx.locator is not None and ctx.label in wanted


def _has_position(position: str) -> Condition | bool:
    if position == "far-note":
        return lambda ctx: ctx.position & (SUBSEQUENT | NEAR_NOTE) == SUBSEQUENT
    bit = _POSITIONS.get(position, 0)
    return (lambda ctx: ctx.position & bit != 0) if bit else False


def _disambiguates(ctx: Context) -> bool:
    ctx.conditions += 1
    return ctx.conditions <= ctx.expansion.disambiguate


def _not_disambiguates(ctx: Context) -> bool:
    return not _disambiguates(ctx)
