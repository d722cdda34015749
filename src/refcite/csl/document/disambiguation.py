"""Distinguishing cites with the same text (specification, "Disambiguation").

Items are grouped by the texts of their cites; only groups of two or more are processed. In each
group, hidden names are shown, given names are expanded, and the condition `disambiguate` is tried,
in this order. A step is kept only if it splits the group (`disambiguation_steps.py`). The items
that are still ambiguous get year suffixes (`year_suffixes.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from refcite.csl.document.disambiguation_steps import Splitter, StepRules
from refcite.csl.document.givenname_disambiguation import NameLevels
from refcite.csl.render.context import NO_EXPANSION, Context, Expansion
from refcite.csl.render.item import Item, PreparedName
from refcite.csl.style.elements import Citation

__all__ = ["Disambiguator", "Verdict"]


@frozen
class Verdict:
    """The result of disambiguation for one item.

    Attributes:
        expansion: The additional parts of names that its cites show.
        suffix: Its year suffix, or an empty text.
    """

    expansion: Expansion = NO_EXPANSION
    suffix: str = ""


_PLAIN: Final = Verdict()


class _Group:
    """Items whose cites have the same text, and their tree, which is built when it is requested."""

    __slots__ = ("items", "splitter", "waiting")

    def __init__(self) -> None:
        self.items: dict[str, Item] = {}
        self.splitter: Splitter | None = None
        self.waiting: list[Item] = []

    def add(self, item: Item) -> None:
        self.items[item.key] = item
        self.waiting.append(item)

    def remove(self, key: str) -> None:
        del self.items[key]
        self.start_again()

    def start_again(self) -> None:
        self.splitter = None
        self.waiting = list(self.items.values())


class Disambiguator:
    """Distinguishes the cites of a document while items are added.

    Args:
        options: The style's citation options.
        tests_condition: Whether the style tests the condition `disambiguate`.
        shows_initials: Whether the names of citations have initials.
        levels: The disambiguation of names, if the style requires it.
        render: Returns the text of an item's subsequent cite; the context notes its names.
        rank: Returns the sort keys of items in the bibliography.
        renamed: Called with the items whose names must now show more.
    """

    def __init__(
        self,
        options: Citation,
        tests_condition: bool,
        shows_initials: bool,
        levels: NameLevels | None,
        render: Callable[[Item, Expansion], tuple[str, Context]],
        rank: Callable[[Item], Any],
        renamed: Callable[[set[str]], None],
    ) -> None:
        self._renamed = renamed
        self._levels = levels
        self._render = render
        self._rank = rank
        self._adds_suffix = options.add_year_suffix
        self._rules = StepRules(
            names=options.add_names,
            givens=options.add_givenname and options.givenname_rule == "by-cite",
            initials=shows_initials,
            condition=tests_condition,
        )
        self.active = (
            options.add_names or options.add_givenname or options.add_year_suffix or tests_condition
        )
        self._groups: dict[str, _Group] = {}
        self._texts: dict[str, str] = {}
        self._items: dict[str, Item] = {}
        # The texts of cites whose groups have changed.
        self._touched: set[str] = set()

    def verdict(self, key: str) -> Verdict:
        """Return the result for an item."""
        text = self._texts.get(key)
        if text is None:
            return _PLAIN
        group = self._groups[text]
        if len(group.items) < 2:
            return _PLAIN
        if group.splitter is None:
            group.splitter = Splitter(self._rules, self._render, self._rank)
        for item in group.waiting:
            group.splitter.add(item)
        group.waiting = []
        leaf = group.splitter.leaf(key)
        if not self._adds_suffix:
            return Verdict(leaf.kept)
        return Verdict(leaf.kept, leaf.suffixes.suffix_of(self._rank(self._items[key])))

    def same_cites(self, key: str) -> list[Item]:
        """Return, in order, the items that differ from one only by the year suffix."""
        splitter = self._groups[self._texts[key]].splitter
        assert splitter is not None  # noqa: S101 - the item has a suffix, which a splitter assigned
        others = (item for item in splitter.leaf(key).items if item.key != key)
        return sorted(others, key=self._rank)

    def add(self, items: Iterable[Item]) -> set[str]:
        """Add items to the document; return those whose names must now show more."""
        if not self.active:
            return set()
        texts: dict[str, str] = {}
        moved: set[str] = set()
        # The items whose texts have the right names already.
        expected: set[str] = set()
        for item in items:
            if item.key in self._items:
                continue
            self._items[item.key] = item
            raised = self._expect(item)
            texts[item.key], ctx = self._render(item, NO_EXPANSION)
            if self._levels is None:
                continue
            names = list(self._names_in(ctx))
            if raised:
                expected.add(item.key)
                moved |= _lowered(raised, names, item.key)
            moved |= self._levels.add(names, item.key)
        if moved or expected:
            self._renamed(moved | expected)
        for key in sorted(moved):
            texts[key] = self._render(self._items[key], NO_EXPANSION)[0]
        moved |= expected
        for key, text in texts.items():
            self._place(self._items[key], text)
        return moved

    def _expect(self, item: Item) -> list[PreparedName]:
        """Set the levels of the names that an item's cites are likely to show.

        Half of the items of a library have an author whose name must show more. If that is known
        before, their cites are rendered once and not twice.
        """
        if self._levels is None:
            return []
        names = item.names("author") or item.names("editor")
        return self._levels.expect(names[:1] if self._levels.first_only else names)

    def remove(self, keys: Iterable[str]) -> None:
        """Remove items from the document."""
        moved: set[str] = set()
        gone = [self._items.pop(key) for key in keys if key in self._items]
        for item in gone:
            text = self._texts.pop(item.key)
            self._groups[text].remove(item.key)
            self._touched.add(text)
            if self._levels is not None:
                ctx = self._render(item, NO_EXPANSION)[1]
                moved |= self._levels.remove(self._names_in(ctx), item.key)
        for item in gone:
            item.forget_levels()
        if gone:
            self._renamed(moved.union(item.key for item in gone))
        self.refresh(sorted(moved))

    def refresh(self, keys: Iterable[str]) -> None:
        """Group items again whose cites may have another text."""
        for key in keys:
            item = self._items.get(key)
            if item is not None:
                self._place(item, self._render(item, NO_EXPANSION)[0])

    def rerank(self) -> None:
        """Order items again that are not distinguished, since the order of items has changed."""
        for group in self._groups.values():
            if group.splitter is not None:
                group.splitter.rerank()

    def take_touched(self) -> set[str]:
        """Return the items whose result may have changed since the last call."""
        groups = [self._groups[text] for text in self._touched]
        self._touched = set()
        return {key for group in groups for key in group.items}

    def _names_in(self, ctx: Context) -> Iterator[PreparedName]:
        assert self._levels is not None  # noqa: S101 - the caller has checked this
        for shown in ctx.lists or ():
            yield from shown.names[:1] if self._levels.first_only else shown.names

    def _place(self, item: Item, text: str) -> None:
        """Add an item to the group of its cite."""
        before = self._texts.get(item.key)
        self._touched.add(text)
        if before == text:
            # Its text may change when it shows more.
            self._groups[text].start_again()
            return
        if before is not None:
            self._touched.add(before)
            self._groups[before].remove(item.key)
        self._texts[item.key] = text
        self._groups.setdefault(text, _Group()).add(item)


def _lowered(raised: Iterable[PreparedName], shown: Iterable[PreparedName], key: str) -> set[str]:
    """Undo the levels of names that a cite does not show; return the item if there are any."""
    known = set(map(id, shown))
    others = [name for name in raised if id(name) not in known]
    for name in others:
        name.level = 0
    return {key} if others else set()
