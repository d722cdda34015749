"""`cs:names`: its variables, labels and substitutes (CSL 1.0.2, "Names")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from attrs import evolve

from refcite.csl.render.context import (
    EMPTY,
    NO_VARIABLE,
    SILENCE,
    SUCCESS,
    Context,
    Render,
    ShownList,
)
from refcite.csl.render.formatting import dressed, transform_of
from refcite.csl.render.group import empty, nothing
from refcite.csl.render.item import PreparedName
from refcite.csl.render.name_list import NameListPrinter
from refcite.csl.render.scope import Scope
from refcite.csl.render.suppressed_names import suppressed_counts, suppressed_lists
from refcite.csl.render.variables import DATES, NAMES, attribute_for
from refcite.csl.style.attributes import NORMAL
from refcite.csl.style.elements import Choose, Element, Names
from refcite.csl.text.stream import CLOSE, Span, Stream, Tag, plain_text

__all__ = ["NamesShown", "attributes_owner", "compile_names"]

_OTHERS: Final = ""
"""The mark among the shown names for those that are not in the record."""
_LABEL: Final = Tag("label")
_EDITOR_AND_TRANSLATOR: Final = frozenset({"editor", "translator"})
_NO_NAMES: Final = "00000"


CompileElement = Callable[[Element, Scope], Render]
"""Compiles an element in its scope."""

_Found = tuple[str, tuple[PreparedName, ...], bool]
"""A variable with its names, and whether the work has more of them."""


class NamesShown(NamedTuple):
    """The value of the tag `names`: the names of the first `cs:names` that printed any.

    Attributes:
        names: Each name's parts, as one text.
        leads: Whether nothing was printed before them.
    """

    names: tuple[str, ...]
    leads: bool


def compile_names(element: Names, scope: Scope, compile_element: CompileElement) -> Render:
    """Return the renderer of a `cs:names`, with its substitutes.

    Args:
        element: The element.
        scope: Its scope.
        compile_element: Compiles the elements of its `cs:substitute`.
    """
    around = scope.names_around
    owner = attributes_owner(element, scope)
    if around is not None:
        element = _completed(element, around)
    style = NameListPrinter(element, owner, scope)
    lists = _compile_lists(element, style, scope)
    if element.substitute:
        within = scope.within(records_variables=True, names_around=element)
        substitutes = [compile_element(one, within) for one in _alternatives(element.substitute)]
        substituted = _with_substitutes(
            lists, [one for one in substitutes if one is not empty and one is not nothing]
        )
        is_suppressed = suppressed_lists(element)
        # Names that are suppressed by their number are not substituted.
        lists = substituted if is_suppressed is None else _either(is_suppressed, lists, substituted)
    if style.count_only and scope.area.sorting and around is None:
        return _counting_from_zero(lists)
    return lists


def attributes_owner(element: Names, scope: Scope) -> Names:
    """Return the `cs:names` whose attributes apply: itself, or for the shorthand the one around.

    Args:
        element: The element; without children, in a `cs:substitute`, it is the shorthand.
        scope: Its scope.
    """
    around = scope.names_around
    return around if element.bare and around is not None else element


def _counting_from_zero(render: Render) -> Render:
    """Return a sort key in which missing names are also a number."""

    def count(ctx: Context, stream: Stream) -> int:
        if render(ctx, stream) != SUCCESS:
            stream.append(_NO_NAMES)
        return SUCCESS

    return count


def _with_substitutes(lists: Render, substitutes: Sequence[Render]) -> Render:
    """Return the renderer of the first of several elements that prints something, names first."""
    if not substitutes:
        return lists

    def render(ctx: Context, stream: Stream) -> int:
        start = len(stream)
        status = lists(ctx, stream)
        if status == SUCCESS:
            return status
        for substitute in substitutes:
            outer = ctx.recorded
            ctx.recorded = []
            leads = not ctx.printed
            status = substitute(ctx, stream)
            recorded, ctx.recorded = ctx.recorded, outer
            # A term that a style or locale defines as empty takes the place of the names.
            is_silent = status == NO_VARIABLE and SILENCE in recorded
            if len(stream) > start or status == SUCCESS or is_silent:
                ctx.substituted = ctx.substituted.union(recorded)
                outer.extend(recorded)
                if not ctx.names_met:
                    _tag_substitute(ctx, stream, start, leads, recorded)
                # The names were called and are empty, even if a term is printed in place of them.
                return status or EMPTY
        return EMPTY

    return render


def _either(condition: Callable[[Context], bool], this: Render, other: Render) -> Render:
    return lambda ctx, stream: (this if condition(ctx) else other)(ctx, stream)


def _alternatives(elements: Sequence[Element]) -> Iterator[Element]:
    """Yield the alternatives of a `cs:substitute`; the first that prints something is used.

    `cs:choose` prints nothing itself: the elements in it are alternatives too.
    """
    for element in elements:
        if not isinstance(element, Choose):
            yield element
            continue
        chosen = [list(_alternatives(branch.children)) for branch in element.branches]
        for number in range(max(map(len, chosen))):
            branches = [
                evolve(branch, children=tuple(children[number : number + 1]))
                for branch, children in zip(element.branches, chosen, strict=True)
            ]
            yield evolve(element, branches=tuple(branches))


def _tag_substitute(
    ctx: Context, stream: Stream, start: int, leads: bool, recorded: Sequence[str]
) -> None:
    """Tag the text that is printed in place of the first names like names.

    A title in place of names may repeat, as names do; a term such as "Anonymous" is no name.
    """
    ctx.names_met = True
    if ctx.suppress_author:
        del stream[start:]
    elif len(stream) > start:
        repeats = any(variable not in DATES for variable in recorded)
        names = (plain_text(stream, start),) if repeats else ()
        stream[start:] = [Tag("names", NamesShown(names, leads)), *stream[start:], CLOSE]


def _completed(inner: Names, outer: Names) -> Names:
    """Return a `cs:names` of a substitute with the attributes inherited from the names around.

    The shorthand without children inherits everything except the variables; any other inherits a
    missing `cs:name` and `cs:et-al`.
    """
    if inner.bare:
        return evolve(outer, variables=inner.variables, substitute=(), line=inner.line)
    return evolve(
        inner,
        name=inner.name or outer.name,
        et_al=inner.et_al or outer.et_al,
        institution=inner.institution or outer.institution,
    )


def _compile_lists(element: Names, style: NameListPrinter, scope: Scope) -> Render:
    """Return the renderer of the variables of a `cs:names`, formatted and tagged as the first."""
    if style.count_only:
        return _compile_count(element, style, scope)
    # Names of other variables are read from the record's `extra` too.
    printed = [name for name in element.variables if name not in NAMES or not scope.lacks(name)]
    if not printed:
        return empty
    variables = tuple((name, attribute_for(name) or name) for name in printed)
    has_label = not scope.area.sorting and not scope.area.narrates
    append_label = _compile_label(element, scope) if has_label else None
    label_first = element.label_first
    pair = _pair(element)
    common = _common_term(element, pair, scope) if pair.issubset(printed) else None
    suppressible = scope.area.facts.substituted
    records = scope.records_variables
    delimiter = style.between_lists
    shown_of = style.limits.shown
    is_suppressed = suppressed_counts(element)
    item_language = scope.area.item_language

    def gather(ctx: Context) -> list[_Found]:
        found = []
        et_al = ctx.record.et_al
        for variable, attribute in variables:
            names = ctx.item.names(attribute)
            if is_suppressed is not None and is_suppressed(len(names)):
                continue
            if names and not (variable in suppressible and ctx.is_substituted(variable)):
                found.append((variable, names, attribute in et_al))
                if records:
                    ctx.recorded.append(variable)
        return found

    def append_lists(found: list[_Found], ctx: Context, stream: Stream) -> tuple[str, ...]:
        raw: list[str] = []
        expansion = ctx.expansion
        first = True
        for variable, names, is_incomplete in found:
            place = ctx.name_lists
            ctx.name_lists = place + 1
            required = expansion.names[place] if place < len(expansion.names) else 0
            shown = shown_of(len(names), required, ctx.position)
            if not shown:
                continue
            if ctx.lists is not None:
                ctx.lists.append(ShownList(names, shown, is_incomplete))
            if not first and delimiter:
                stream.append(delimiter)
            first = False
            if append_label and label_first:
                append_label(variable, is_incomplete or len(names) > 1, ctx, stream)
            levels = _levels(expansion.givens, place) if expansion.givens else None
            language = ctx.item.language or item_language
            style.append(names, shown, levels, language, stream, is_incomplete)
            if append_label and not label_first:
                append_label(variable, is_incomplete or len(names) > 1, ctx, stream)
            raw += [name.raw for name in names[:shown]]
            if is_incomplete:
                raw.append(_OTHERS)
        return tuple(raw)

    def render(ctx: Context, stream: Stream) -> int:
        found = gather(ctx)
        if not found:
            return EMPTY
        if common and len(found) == 2 and pair.issuperset(one[0] for one in found) and _same(found):
            found = [(common, *found[0][1:])]
        if ctx.names_met:
            append_lists(found, ctx, stream)
            ctx.printed = True
            return SUCCESS
        ctx.names_met = True
        if ctx.suppress_author:
            return SUCCESS
        start = len(stream)
        stream.append(CLOSE)
        leads = not ctx.printed
        raw = append_lists(found, ctx, stream)
        if len(stream) == start + 1:
            del stream[-1]
            return EMPTY
        stream[start] = Tag("names", NamesShown(raw, leads))
        stream.append(CLOSE)
        ctx.printed = True
        return SUCCESS

    if scope.area.sorting:
        return render
    return dressed(render, scope.placed(element.look), item_language)


def _levels(givens: Mapping[tuple[int, int], int], place: int) -> Callable[[int], int]:
    return lambda index: givens.get((place, index), 0)


def _same(found: list[_Found]) -> bool:
    first = [name.raw for name in found[0][1]]
    return all(
        [name.raw for name in names] == first and is_incomplete == found[0][2]
        for _, names, is_incomplete in found[1:]
    )


def _pair(element: Names) -> frozenset[str]:
    """Return the variables that have a term in common."""
    variables = frozenset(element.variables)
    is_wider = variables > _EDITOR_AND_TRANSLATOR
    return _EDITOR_AND_TRANSLATOR if is_wider else variables


def _common_term(element: Names, pair: frozenset[str], scope: Scope) -> str | None:
    """Return the term for two variables with the same names, such as `editortranslator`."""
    if len(pair) != 2:
        return None
    term = "".join(sorted(pair))
    form = element.label.form if element.label else "long"
    # An empty term means that the roles must be distinguished.
    return term if scope.area.locale.term(term, form) else None


def _compile_label(
    element: Names, scope: Scope
) -> Callable[[str, bool, Context, Stream], None] | None:
    label = element.label
    if label is None:
        return None
    locale, look = scope.area.locale, label.look
    transform = transform_of(look, scope.area.item_language, of_locale=True)
    opening = Span(look.format) if look.format is not NORMAL else None
    terms: dict[tuple[str, bool], str] = {}

    def append(variable: str, many: bool, ctx: Context, stream: Stream) -> None:
        plural = label.plural == "always" or (label.plural == "contextual" and many)
        term = terms.get((variable, plural))
        if term is None:
            term = terms[variable, plural] = locale.term(variable, label.form, plural) or ""
        if not term:
            return
        stream.append(_LABEL)
        if look.prefix:
            stream.append(look.prefix)
        if opening:
            stream.append(opening)
        start = len(stream)
        stream.append(term)
        if transform:
            transform(ctx, stream, start)
        if opening:
            stream.append(CLOSE)
        if look.suffix:
            stream.append(look.suffix)
        stream.append(CLOSE)

    return scope.area.observe(element, "label", append)


def _compile_count(element: Names, style: NameListPrinter, scope: Scope) -> Render:
    """Return the renderer of the number of names that would be shown (`form="count"`)."""
    attributes = tuple((name, attribute_for(name) or name) for name in element.variables)
    sorting = scope.area.sorting
    shown_of = style.limits.shown

    def append_number(count: int, stream: Stream) -> None:
        stream.append(f"{count:05}" if sorting else str(count))

    append_count = scope.area.observe(style, "count", append_number)

    def render(ctx: Context, stream: Stream) -> int:
        count = 0
        for variable, attribute in attributes:
            names = ctx.item.names(attribute)
            if names and not ctx.is_substituted(variable):
                count += shown_of(len(names), 0, ctx.position)
        if not count:
            return EMPTY
        append_count(count, stream)
        return SUCCESS

    return render
