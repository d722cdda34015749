"""The tree that distinguishes ambiguous cites, step by step, as works are added.

Cites with the same text form one node. The node tries the steps of disambiguation in order. The
first step that makes its cites differ splits it into a node for each text; the other steps have no
effect. A new work is passed down the tree. The decisions above it remain, unless an earlier step
can split with the new work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from attrs import evolve

from refcite.csl.document.year_suffixes import YearSuffixes
from refcite.csl.render.context import NO_EXPANSION, Context, Expansion, ShownList
from refcite.csl.render.item import Item

__all__ = ["Node", "Splitter", "Step", "StepRules"]


class Step(NamedTuple):
    """One step of disambiguation.

    Attributes:
        place: The list of names, counted over the cite; -1 for a condition.
        name: The name in its list; for a condition, how many conditions are true.
        level: 0 shows the name, 1 its initials, 2 its given name.
    """

    place: int
    name: int
    level: int

    @property
    def is_condition(self) -> bool:
        """Whether the step makes conditions `disambiguate` true."""
        return self.place < 0

    def taken_from(self, kept: Expansion) -> Expansion:
        """Return the expansion of cites after this step."""
        if self.is_condition:
            return evolve(kept, disambiguate=self.name)
        place, name, level = self
        shown = list(kept.names) + [0] * (place + 1 - len(kept.names))
        shown[place] = max(shown[place], name + 1)
        givens = {**kept.givens, (place, name): level} if level else kept.givens
        return evolve(kept, names=tuple(shown), givens=givens)

    def sees(self, lists: Sequence[ShownList]) -> tuple[str | None, int]:
        """Return the part of an item's name lists that this step can show.

        The number of names is included, since "et al." is omitted if all are shown, unless the
        record's list is incomplete.
        """
        if self.place >= len(lists):
            return None, 0
        names, is_incomplete = lists[self.place].names, lists[self.place].is_incomplete
        raw = names[self.name].raw if self.name < len(names) else None
        return raw, self.name + 2 if is_incomplete else min(len(names), self.name + 2)


class StepRules(NamedTuple):
    """The steps that a style requires.

    Attributes:
        names: Whether hidden names are shown.
        givens: Whether given names are expanded cite by cite.
        initials: Whether initials come before the given name in full.
        condition: Whether the condition `disambiguate` is tried.
    """

    names: bool
    givens: bool
    initials: bool
    condition: bool


class Node:
    """Items that no step so far could distinguish.

    Attributes:
        kept: The expansion of their cites.
        start: The first step that was not tried for them.
        items: The items.
        split: The step that splits them, if there is one.
        parts: Their parts, by their text after that step.
        tried: The text of the first item after the steps that did not split.
        suffixes: Their year suffixes, if they are not split.
    """

    __slots__ = ("items", "kept", "parts", "split", "start", "suffixes", "tried")

    def __init__(self, kept: Expansion, start: int) -> None:
        self.kept = kept
        self.start = start
        self.items: list[Item] = []
        self.split: int | None = None
        self.parts: dict[str, Node] = {}
        self.tried: dict[int, str] = {}
        self.suffixes = YearSuffixes()


class Splitter:
    """The tree of the items whose cites have the same text.

    Args:
        rules: The steps that the style requires.
        render: Returns the text of an item's cite; the context notes its names.
        rank: Returns the sort keys of items in the bibliography.
    """

    def __init__(
        self,
        rules: StepRules,
        render: Callable[[Item, Expansion], tuple[str, Context]],
        rank: Callable[[Item], Any],
    ) -> None:
        self._rules = rules
        self._render = render
        self._rank = rank
        self._lists: dict[str, Sequence[ShownList]] = {}
        # For each list: the number of names shown at first, and the maximum.
        self._shape: list[tuple[int, int]] = []
        self._steps: list[Step] = []
        self._conditions = 0
        self._root = Node(NO_EXPANSION, 0)
        self._leaves: dict[str, Node] = {}

    def leaf(self, key: str) -> Node:
        """Return the node of an item."""
        return self._leaves[key]

    def rerank(self) -> None:
        """Order the items again, since their sort keys have changed."""
        for node in {id(node): node for node in self._leaves.values()}.values():
            node.suffixes.order(map(self._rank, node.items))

    def add(self, item: Item) -> None:
        """Add one item."""
        if self._grows(item):
            items = [*self._root.items, item]
            self._root = Node(NO_EXPANSION, 0)
            waiting = [(self._root, one) for one in reversed(items)]
        else:
            waiting = [(self._root, item)]
        while waiting:
            node, one = waiting.pop()
            waiting += self._put(node, one)

    def _put(self, node: Node, item: Item) -> list[tuple[Node, Item]]:
        """Put an item into a node; return the next items with their nodes, the last first."""
        node.items.append(item)
        if len(node.items) == 1:
            self._settle(node, item)
            return []
        step = self._first_split(node, item)
        if step is None:
            self._settle(node, item)
            return []
        if step == node.split:
            return [(self._part(node, item), item)]
        # The others are split again after this step.
        node.split = step
        node.suffixes = YearSuffixes()
        node.parts = {}
        for number in [number for number in node.tried if number >= step]:
            del node.tried[number]
        others = node.items[1:-1]
        first = node.items[0]
        return [(self._part(node, one), one) for one in (*reversed(others), item, first)]

    def _settle(self, node: Node, item: Item) -> None:
        node.suffixes.add(self._rank(item))
        self._leaves[item.key] = node

    def _part(self, node: Node, item: Item) -> Node:
        """Return the part of a split node to which an item belongs."""
        number = node.split or 0
        trial = self._steps[number].taken_from(node.kept)
        text = self._render(item, trial)[0]
        part = node.parts.get(text)
        if part is None:
            part = node.parts[text] = Node(trial, number + 1)
        return part

    def _first_split(self, node: Node, item: Item) -> int | None:
        """Return the first step that splits a node with its newest item."""
        first = node.items[0]
        end = len(self._steps) if node.split is None else node.split
        for number in range(node.start, end):
            step = self._steps[number]
            text = node.tried.get(number)
            if text is None:
                if not step.is_condition and step.sees(self._lists[item.key]) == step.sees(
                    self._lists[first.key]
                ):
                    continue
                text = self._render(first, step.taken_from(node.kept))[0]
            if self._render(item, step.taken_from(node.kept))[0] != text:
                return number
            node.tried[number] = text
        return node.split

    # Steps

    def _grows(self, item: Item) -> bool:
        """Measure the lists of an item; return whether they require new steps."""
        before = len(self._steps)
        _, ctx = self._render(item, NO_EXPANSION)
        lists = self._lists[item.key] = ctx.lists or []
        shape = list(self._shape) + [(0, 0)] * (len(lists) - len(self._shape))
        for place, one in enumerate(lists):
            shown, most = shape[place]
            shape[place] = max(shown, one.shown), max(most, len(one.names))
        conditions = self._conditions
        if self._rules.condition:
            conditions = max(conditions, self._conditions_of(item))
        if (shape, conditions) == (self._shape, self._conditions):
            return False
        self._shape, self._conditions = shape, conditions
        self._steps = self._all_steps()
        return before > 0 or len(self._steps) > 0

    def _conditions_of(self, item: Item) -> int:
        """Return how many conditions can become true one after the other."""
        level = 0
        while True:
            _, ctx = self._render(item, evolve(NO_EXPANSION, disambiguate=level + 1))
            if ctx.conditions <= level:
                return level
            level += 1

    def _all_steps(self) -> list[Step]:
        """Return the steps in the order of the specification: names, given names, conditions."""
        steps: list[Step] = []
        # Without initials, expanded names are shown in full, also in the bibliography.
        levels = (1, 2) if self._rules.initials else (2,)
        if self._rules.names:
            steps += [
                Step(place, name, 0)
                for place, (shown, most) in enumerate(self._shape)
                for name in range(shown, most)
            ]
        if self._rules.givens:
            steps += [
                Step(place, name, level)
                for place, (shown, most) in enumerate(self._shape)
                for name in range(most if self._rules.names else shown)
                for level in levels
            ]
        steps += [Step(-1, level, 0) for level in range(1, self._conditions + 1)]
        return steps
