"""Telling apart cites that read the same (specification, "Disambiguation").

Items are grouped by what their cites say; only a group of two or more is looked at. Within it,
given names are expanded and hidden names shown, and each step is kept only where it splits the
group. What is left gets year suffixes. The condition `disambiguate` is tried in styles without
year suffixes only: the specification has it before them, but no processor does, and published
styles with both rely on that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from refcite.csl.context import NO_EXPANSION, Context, Expansion, ShownList
from refcite.csl.elements import Citation
from refcite.csl.namelevels import NameLevels
from refcite.csl.prepared import Item, PreparedName

__all__ = ["Disambiguator", "Verdict", "year_suffix"]

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


@frozen
class Verdict:
    """What disambiguation decided about one item.

    Attributes:
        expansion: What its cites show beyond what the style says.
        suffix: Its year suffix, or nothing.
    """

    expansion: Expansion = NO_EXPANSION
    suffix: str = ""


_PLAIN: Final = Verdict()


def year_suffix(number: int) -> str:
    """Return the letters for a number counted from 0: `a` … `z`, `aa` ….

    Example:
        >>> year_suffix(0), year_suffix(25), year_suffix(26), year_suffix(52)
        ('a', 'z', 'aa', 'ba')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = _LETTERS[rest] + letters
    return letters


class Disambiguator:
    """Keeps the cites of a document apart while items come and go.

    Args:
        options: The style's citation options.
        tests_condition: Whether the style tests the condition `disambiguate`.
        levels: The disambiguation of names, where the style asks for it.
        render: Returns the text of an item's subsequent cite; the context notes its names.
        order: Returns what items are ordered by in the bibliography.
        renamed: Is told the items whose names must now show more.
    """

    def __init__(
        self,
        options: Citation,
        tests_condition: bool,
        levels: NameLevels | None,
        render: Callable[[Item, Expansion], tuple[str, Context]],
        order: Callable[[Item], object],
        renamed: Callable[[set[str]], None],
    ) -> None:
        self._renamed = renamed
        self._options = options
        self._tests_condition = tests_condition
        self._levels = levels
        self._render = render
        self._order = order
        self._expands_given = options.add_givenname and options.givenname_rule == "by-cite"
        self.active = (
            options.add_names or options.add_givenname or options.add_year_suffix or tests_condition
        )
        self._groups: dict[str, dict[str, Item]] = {}
        self._keys: dict[str, str] = {}
        self._items: dict[str, Item] = {}
        self._verdicts: dict[str, Verdict] = {}

    def verdict(self, key: str) -> Verdict:
        """Return what was decided about an item."""
        return self._verdicts.get(key, _PLAIN)

    def add(self, items: Iterable[Item]) -> set[str]:
        """Take items into the document; return all whose verdict changed or is new."""
        if not self.active:
            return set()
        touched: set[str] = set()
        moved: set[str] = set()
        for item in items:
            if item.key in self._items:
                continue
            self._items[item.key] = item
            groups, ctx = self._place(item)
            touched |= groups
            if self._levels is not None:
                moved |= self._levels.add(self._names_in(ctx), item.key)
        if moved:
            self._renamed(moved)
        for key in sorted(moved):
            touched |= self._place(self._items[key])[0]
        changed: set[str] = set(moved)
        for group in touched:
            changed |= self._decide(self._groups.get(group, {}))
        return changed

    def _names_in(self, ctx: Context) -> Iterator[PreparedName]:
        assert self._levels is not None  # noqa: S101 - the caller has looked
        for shown in ctx.lists or ():
            yield from shown.names[:1] if self._levels.first_only else shown.names

    def _place(self, item: Item) -> tuple[set[str], Context]:
        """Put an item into the group of its cite; return the groups that changed."""
        text, ctx = self._render(item, NO_EXPANSION)
        before = self._keys.get(item.key)
        if before == text:
            return {text}, ctx
        touched = {text}
        if before is not None:
            del self._groups[before][item.key]
            touched.add(before)
        self._keys[item.key] = text
        self._groups.setdefault(text, {})[item.key] = item
        return touched, ctx

    def _decide(self, group: Mapping[str, Item]) -> set[str]:
        """Decide about all items of one group; return those whose verdict changed."""
        verdicts: dict[str, Verdict] = {}
        items = list(group.values())
        if len(items) < 2:
            verdicts = {item.key: _PLAIN for item in items}
        else:
            for rest, expansion in self._split(items, verdicts):
                self._settle(rest, expansion, verdicts)
        changed = {key for key, verdict in verdicts.items() if self.verdict(key) != verdict}
        self._verdicts.update(verdicts)
        return changed

    # Names

    def _split(
        self, items: list[Item], verdicts: dict[str, Verdict]
    ) -> list[tuple[list[Item], Expansion]]:
        """Expand names as long as that splits groups; return what could not be told apart."""
        if not (self._options.add_names or self._expands_given):
            return [(items, NO_EXPANSION)]
        lists = {item.key: self._lists_of(item) for item in items}
        steps = list(self._steps(list(lists.values())))
        unsettled: list[tuple[list[Item], Expansion]] = []
        # A group, the next step for it, what is kept, and the names shown at that step.
        waiting = [(items, 0, NO_EXPANSION, self._shown_at_first(lists.values()))]
        while waiting:
            group, number, kept, shown = waiting.pop()
            parts: list[list[Item]] = [group]
            while number < len(steps) and len(parts) == 1:
                place, name, level = steps[number]
                number += 1
                if level == 0:
                    shown = (*shown[:place], name + 1, *shown[place + 1 :])
                if not _differs(group, lists, place, name):
                    continue
                trial = _with(kept, shown, place, name, level)
                parts = self._parts(group, trial)
                if len(parts) > 1:
                    kept = trial
            if len(parts) == 1:
                unsettled.append((group, kept))
                continue
            for part in parts:
                if len(part) == 1:
                    verdicts[part[0].key] = Verdict(kept)
                else:
                    waiting.append((part, number, kept, shown))
        return unsettled

    def _lists_of(self, item: Item) -> list[ShownList]:
        _, ctx = self._render(item, NO_EXPANSION)
        return ctx.lists or []

    @staticmethod
    def _shown_at_first(lists: Iterable[Sequence[ShownList]]) -> tuple[int, ...]:
        each = list(lists)
        most = max(map(len, each))
        return tuple(
            max((one[place].shown for one in each if place < len(one)), default=0)
            for place in range(most)
        )

    def _steps(self, lists: Sequence[Sequence[ShownList]]) -> Iterator[tuple[int, int, int]]:
        """Yield (list, name, level): level 0 shows the name, 1 its initials, 2 its given name."""
        for place in range(max(map(len, lists))):
            present = [one[place] for one in lists if place < len(one)]
            shown = max(one.shown for one in present)
            most = max(len(one.names) for one in present) if self._options.add_names else shown
            for name in range(most):
                if name >= shown:
                    yield place, name, 0
                if self._expands_given:
                    yield place, name, 1
                    yield place, name, 2

    def _parts(self, group: Sequence[Item], expansion: Expansion) -> list[list[Item]]:
        parts: dict[str, list[Item]] = {}
        for item in group:
            text, _ = self._render(item, expansion)
            parts.setdefault(text, []).append(item)
        return list(parts.values())

    # Condition and year suffix

    def _settle(self, items: list[Item], kept: Expansion, verdicts: dict[str, Verdict]) -> None:
        """Tell apart what names could not."""
        groups = [(items, kept)]
        if self._tests_condition and not self._options.add_year_suffix:
            groups = self._try_condition(items, kept, verdicts)
        for group, expansion in groups:
            if not self._options.add_year_suffix:
                verdicts.update((item.key, Verdict(expansion)) for item in group)
                continue
            group.sort(key=self._order)  # type: ignore[arg-type]  # keys of one style compare
            for number, item in enumerate(group):
                verdicts[item.key] = Verdict(expansion, year_suffix(number))

    def _try_condition(
        self, items: list[Item], kept: Expansion, verdicts: dict[str, Verdict]
    ) -> list[tuple[list[Item], Expansion]]:
        """Let one condition after the other hold, as far as that tells items apart."""
        unsettled: list[tuple[list[Item], Expansion]] = []
        waiting = [(items, kept, 1)]
        while waiting:
            group, best, level = waiting.pop()
            trial = evolve(best, disambiguate=level)
            if self._conditions_in(group[0], trial) < level:
                unsettled.append((group, best))
                continue
            parts = self._parts(group, trial)
            if len(parts) == 1:
                waiting.append((group, best, level + 1))
                continue
            for part in parts:
                if len(part) == 1:
                    verdicts[part[0].key] = Verdict(trial)
                else:
                    waiting.append((part, trial, level + 1))
        return unsettled

    def _conditions_in(self, item: Item, expansion: Expansion) -> int:
        _, ctx = self._render(item, expansion)
        return ctx.conditions


def _differs(
    group: Sequence[Item], lists: Mapping[str, Sequence[ShownList]], place: int, name: int
) -> bool:
    """Whether the items of a group have different names in one place of their lists.

    How many names there are counts as well, since "et al." goes when all are shown.
    """
    met: set[tuple[str | None, int]] = set()
    for item in group:
        mine = lists[item.key]
        names = mine[place].names if place < len(mine) else ()
        met.add((names[name].raw if name < len(names) else None, min(len(names), name + 2)))
        if len(met) > 1:
            return True
    return False


def _with(kept: Expansion, shown: tuple[int, ...], place: int, name: int, level: int) -> Expansion:
    givens = kept.givens if level == 0 else {**kept.givens, (place, name): level}
    return Expansion(names=shown, givens=givens, disambiguate=kept.disambiguate)
