"""`cs:names`: lists of names, et al., labels and substitutes (specification, "Names")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from refcite.csl.render.context import EMPTY, SUBSEQUENT, SUCCESS, Context, Render, ShownList
from refcite.csl.render.formatting import dressed, transform_of
from refcite.csl.render.item import PreparedName
from refcite.csl.render.name_parts import PersonFormatter
from refcite.csl.render.variables import DATES, attribute_for
from refcite.csl.style.attributes import NORMAL, PLAIN, Look
from refcite.csl.style.elements import Choose, Element, EtAl, NameElement, Names
from refcite.csl.text.scripts import is_romanesque
from refcite.csl.text.stream import CLOSE, Span, Stream, Tag, plain_text

if TYPE_CHECKING:
    from refcite.csl.render.compile import Compiler

__all__ = ["ListStyle", "NamesShown", "compile_names"]

_OTHERS: Final = ""
"""What stands among the names shown for those that the record does not say."""
_ELLIPSIS: Final = "\u2026"
_NAME: Final = Tag("name")
_LABEL: Final = Tag("label")
_NO_NAMES: Final = "00000"


_Found = tuple[str, tuple[PreparedName, ...], bool]
"""A variable with its names, and whether the work has more of them."""


@frozen
class NamesShown:
    """What the tag `names` carries: the names of the first `cs:names` that printed any.

    Attributes:
        names: Each name's parts, as one text.
        leads: Whether nothing was printed before them.
    """

    names: tuple[str, ...]
    leads: bool


class ListStyle:
    """All that one `cs:names` says about how lists are joined, found out once.

    Args:
        element: The `cs:names`, with what it takes from names around it.
        compiler: Who compiles it.
    """

    def __init__(self, element: Names, compiler: Compiler) -> None:
        style = compiler.style
        name = element.name or NameElement()
        options = name.options.under(element.options).under(compiler.area_names).under(style.names)
        if compiler.sorting:
            options = evolve(options, name_as_sort_order="all", and_=None, sort_separator=" ")
        self.element = element
        self.options = options
        self.sorting = compiler.sorting
        self.count_only = options.form == "count"
        self.person = PersonFormatter(options, name, compiler)
        self.name_look: Look = name.look
        self.delimiter = ", " if options.delimiter is None else options.delimiter
        self.between_lists = options.names_delimiter or ""
        self._et_al_options(compiler)
        self._and_options(compiler)
        self._et_al_look(element.et_al or EtAl(), compiler)
        self.tags_names = compiler.tags_names
        self.append_name = compiler.observed(self, "name", self.person.append)
        self.append_joint = compiler.observed(self, "joint", self._append_joint)
        self.append_end = compiler.observed(self, "et-al", self._append_end)
        self.append_list = compiler.observed(self, "list", self._append_list)

    def _et_al_options(self, compiler: Compiler) -> None:
        options, key = self.options, compiler.key
        self.et_al_min = options.et_al_min or 0
        self.use_first = options.et_al_use_first
        self.use_last = bool(options.et_al_use_last)
        self.subsequent_min = options.et_al_subsequent_min or self.et_al_min
        later = options.et_al_subsequent_use_first
        self.subsequent_first = self.use_first if later is None else later
        if key is not None:
            if key.names_min is not None:
                self.et_al_min = self.subsequent_min = key.names_min
            if key.names_use_first is not None:
                self.use_first = self.subsequent_first = key.names_use_first
            if key.names_use_last is not None:
                self.use_last = key.names_use_last

    def _and_options(self, compiler: Compiler) -> None:
        chosen, delimiter = self.options.and_, self.delimiter
        self.has_and = chosen is not None
        if not self.has_and:
            self.and_two = self.and_more = self.and_inverted = delimiter
            return
        word = "&" if chosen == "symbol" else compiler.locale.term("and") or ""
        spaced = is_romanesque(word)
        space = " " if spaced else ""
        precedes = self.options.delimiter_precedes_last or "contextual"
        plain = f"{space}{word}{space}"
        separated = f"{delimiter}{word}{space}" if spaced or precedes == "always" else plain
        self.and_two = separated if precedes == "always" else plain
        self.and_more = plain if precedes in ("never", "after-inverted-name") else separated
        self.and_inverted = separated
        self.after_inverted = precedes == "after-inverted-name"

    def _et_al_look(self, et_al: EtAl, compiler: Compiler) -> None:
        term = compiler.locale.term(et_al.term) or ""
        self.et_al_term = term
        self.et_al_format = et_al.look.format
        self.et_al_precedes = self.options.delimiter_precedes_et_al or "contextual"
        self.et_al_space = " " if is_romanesque(term) else ""

    def shown(self, count: int, asked: int, position: int) -> int:
        """Return how many names of a list are shown."""
        least, first = self.et_al_min, self.use_first
        if position & SUBSEQUENT:
            least, first = self.subsequent_min, self.subsequent_first
        if not least or count < least or first is None:
            return count
        if asked > first:
            first = asked
        elif self.use_last and first > least - 2:
            first = max(least - 2, 0)
        return min(first, count)

    def _append_list(
        self,
        names: Sequence[PreparedName],
        shown: int,
        levels: Callable[[int], int] | None,
        language: str,
        stream: Stream,
        goes_on: bool,
    ) -> None:
        """Append one list of names, cut to those shown.

        Args:
            names: All its names.
            shown: How many are printed.
            levels: How much of each given name is.
            language: The item's.
            stream: Where they go.
            goes_on: Whether the work has more names than the record says. "et al." then stands at
                the end whatever the style's limits are, and no last name can.
        """
        formatted = self.name_look is not PLAIN
        cut = goes_on or shown < len(names)
        last = shown - 1
        start = len(stream)
        for index in range(shown):
            if index:
                self.append_joint(names, index, shown, cut, stream)
            name = names[index]
            level = levels(index) if levels else 0
            if self.tags_names and not formatted:
                stream.append(_NAME)
                self.append_name(name, index, level, language, stream)
                stream.append(CLOSE)
            else:
                self._append_dressed(name, index, level, language, stream)
        if cut:
            self.append_end(names, last, language, stream, goes_on)
            if formatted and (goes_on or not self.use_last):
                # "et al." looks and ends as the names do, unless its own look says otherwise.
                stream.insert(start, Span(self.name_look.format))
                stream.append(CLOSE)
                if self.name_look.suffix:
                    stream.append(self.name_look.suffix)

    def _append_joint(
        self, names: Sequence[PreparedName], index: int, shown: int, cut: bool, stream: Stream
    ) -> None:
        """Append what stands before a name that is not the first."""
        stream.append(self._joint(names, index, shown, cut))

    def _joint(self, names: Sequence[PreparedName], index: int, shown: int, cut: bool) -> str:
        if cut or index < shown - 1 or not self.has_and:
            return self.delimiter
        if self.after_inverted:
            before = self.person.inverts(names[index - 1], index - 1)
            return self.and_inverted if before else self.and_two
        return self.and_two if shown == 2 else self.and_more

    def _append_end(
        self,
        names: Sequence[PreparedName],
        last: int,
        language: str,
        stream: Stream,
        goes_on: bool,
    ) -> None:
        """Append what stands for the names that are cut: et al., or the last name."""
        if self.use_last and not goes_on:
            stream.append(f"{self.delimiter if last else ' '}{_ELLIPSIS} ")
            self._append_dressed(names[-1], len(names) - 1, 0, language, stream)
            return
        if not self.et_al_term or last < 0 or self.sorting:
            return
        precedes = self.et_al_precedes
        if precedes == "after-inverted-name":
            separated = self.person.inverts(names[last], last)
        else:
            separated = precedes == "always" or (precedes == "contextual" and last > 0)
        stream.append(self.delimiter if separated else self.et_al_space)
        if self.et_al_format is NORMAL:
            stream.append(self.et_al_term)
        else:
            stream += (Span(self.et_al_format), self.et_al_term, CLOSE)

    def _append_dressed(
        self, name: PreparedName, index: int, level: int, language: str, stream: Stream
    ) -> None:
        look = self.name_look
        if look is PLAIN:
            self.append_name(name, index, level, language, stream)
            return
        if look.prefix:
            stream.append(look.prefix)
        stream.append(Span(look.format))
        self.append_name(name, index, level, language, stream)
        stream.append(CLOSE)
        if look.suffix:
            stream.append(look.suffix)


def compile_names(element: Names, compiler: Compiler) -> Render:
    """Return the renderer of a `cs:names`, with its substitutes."""
    is_substitute = compiler.names_around is not None
    if compiler.names_around is not None:
        element = _completed(element, compiler.names_around)
    style = ListStyle(element, compiler)
    lists = _compile_lists(element, style, compiler)
    if element.substitute:
        lists = _with_substitutes(lists, element, compiler)
    if style.count_only and compiler.sorting and not is_substitute:
        return _counting_from_zero(lists)
    return lists


def _counting_from_zero(render: Render) -> Render:
    """Return a sort key in which no names are a number as well."""

    def count(ctx: Context, stream: Stream) -> int:
        if render(ctx, stream) != SUCCESS:
            stream.append(_NO_NAMES)
        return SUCCESS

    return count


def _with_substitutes(lists: Render, element: Names, compiler: Compiler) -> Render:
    with compiler.substituting(element):
        substitutes = [compiler.element(child) for child in _alternatives(element.substitute)]

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
            if len(stream) > start or status == SUCCESS:
                ctx.substituted = ctx.substituted.union(recorded)
                outer.extend(recorded)
                if not ctx.names_met:
                    _tag_substitute(ctx, stream, start, leads, recorded)
                # The names were called and are empty, whatever term stands for them.
                return status or EMPTY
        return EMPTY

    return render


def _alternatives(elements: Sequence[Element]) -> Iterator[Element]:
    """Yield the elements of a `cs:substitute` of which the first that prints is taken.

    `cs:choose` prints nothing of its own: what it chooses are alternatives as well.
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
    """Have what stands for the first names found as them.

    A title that stands for names may repeat as they do; a term such as "Anonymous" names nobody.
    """
    ctx.names_met = True
    if ctx.suppress_author:
        del stream[start:]
    elif len(stream) > start:
        repeats = any(variable not in DATES for variable in recorded)
        names = (plain_text(stream, start),) if repeats else ()
        stream[start:] = [Tag("names", NamesShown(names, leads)), *stream[start:], CLOSE]


def _completed(inner: Names, outer: Names) -> Names:
    """Return a `cs:names` of a substitute with what it takes from the names around.

    The shorthand without children takes everything but the variables; any other takes a missing
    `cs:name` and `cs:et-al`.
    """
    if inner.bare:
        return evolve(outer, variables=inner.variables, substitute=(), line=inner.line)
    return evolve(inner, name=inner.name or outer.name, et_al=inner.et_al or outer.et_al)


def _compile_lists(element: Names, style: ListStyle, compiler: Compiler) -> Render:
    """Return what renders the variables of a `cs:names`, in its look and tagged as the first."""
    if style.count_only:
        return _compile_count(element, style, compiler)
    variables = tuple((name, attribute_for(name) or name) for name in element.variables)
    append_label = None if compiler.sorting else _compile_label(element, compiler)
    label_first = element.label_first
    common = _common_term(element, compiler)
    suppressible = compiler.suppressible
    records = compiler.records_variables
    delimiter = style.between_lists

    def gather(ctx: Context) -> list[_Found]:
        found = []
        et_al = ctx.record.et_al
        for variable, attribute in variables:
            names = ctx.item.names(attribute)
            if names and not (variable in suppressible and ctx.is_substituted(variable)):
                found.append((variable, names, attribute in et_al))
                if records:
                    ctx.recorded.append(variable)
        return found

    def append_lists(found: list[_Found], ctx: Context, stream: Stream) -> tuple[str, ...]:
        raw: list[str] = []
        expansion = ctx.expansion
        first = True
        for variable, names, goes_on in found:
            place = ctx.name_lists
            ctx.name_lists = place + 1
            asked = expansion.names[place] if place < len(expansion.names) else 0
            shown = style.shown(len(names), asked, ctx.position)
            if not shown:
                continue
            if ctx.lists is not None:
                ctx.lists.append(ShownList(names, shown, goes_on))
            if not first and delimiter:
                stream.append(delimiter)
            first = False
            if append_label and label_first:
                append_label(variable, goes_on or len(names) > 1, ctx, stream)
            levels = _levels(expansion.givens, place) if expansion.givens else None
            language = ctx.item.language or compiler.item_language
            style.append_list(names, shown, levels, language, stream, goes_on)
            if append_label and not label_first:
                append_label(variable, goes_on or len(names) > 1, ctx, stream)
            raw += [name.raw for name in names[:shown]]
            if goes_on:
                raw.append(_OTHERS)
        return tuple(raw)

    def render(ctx: Context, stream: Stream) -> int:
        found = gather(ctx)
        if not found:
            return EMPTY
        if common and len(found) == len(variables) and _same(found):
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
            stream.pop()
            return EMPTY
        stream[start] = Tag("names", NamesShown(raw, leads))
        stream.append(CLOSE)
        ctx.printed = True
        return SUCCESS

    if compiler.sorting:
        return render
    return dressed(render, compiler.placed(element.look), compiler.item_language)


def _levels(givens: Mapping[tuple[int, int], int], place: int) -> Callable[[int], int]:
    return lambda index: givens.get((place, index), 0)


def _same(found: list[_Found]) -> bool:
    first = [name.raw for name in found[0][1]]
    return all(
        [name.raw for name in names] == first and goes_on == found[0][2]
        for _, names, goes_on in found[1:]
    )


def _common_term(element: Names, compiler: Compiler) -> str | None:
    """Return the term for two variables with the same names, such as `editortranslator`."""
    if len(element.variables) != 2:
        return None
    term = "".join(sorted(element.variables))
    form = element.label.form if element.label else "long"
    # An empty term says that the roles are to be told apart.
    return term if compiler.locale.term(term, form) else None


def _compile_label(
    element: Names, compiler: Compiler
) -> Callable[[str, bool, Context, Stream], None] | None:
    label = element.label
    if label is None:
        return None
    locale, look = compiler.locale, label.look
    transform = transform_of(look, compiler.item_language)
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

    return compiler.observed(element, "label", append)


def _compile_count(element: Names, style: ListStyle, compiler: Compiler) -> Render:
    """Return what renders the number of names that would be shown (`form="count"`)."""
    attributes = tuple((name, attribute_for(name) or name) for name in element.variables)
    sorting = compiler.sorting

    def append_number(count: int, stream: Stream) -> None:
        stream.append(f"{count:05}" if sorting else str(count))

    append_count = compiler.observed(style, "count", append_number)

    def render(ctx: Context, stream: Stream) -> int:
        count = 0
        for variable, attribute in attributes:
            names = ctx.item.names(attribute)
            if names and not ctx.is_substituted(variable):
                count += style.shown(len(names), 0, ctx.position)
        if not count:
            return EMPTY
        append_count(count, stream)
        return SUCCESS

    return render
