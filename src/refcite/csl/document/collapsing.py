"""The cites of a cluster: grouping, collapsing, and the delimiters between them.

Source: CSL 1.0.2, "Cite Grouping" and "Cite Collapsing".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeVar

from attrs import define, frozen

from refcite.csl.document.cites import Cite
from refcite.csl.style.elements import Citation
from refcite.csl.style.locale import Locale
from refcite.csl.text.stream import Stream, Tag, find_tags, plain_text

__all__ = ["Collapse", "Joiner", "RenderedCite", "divided_by_affixes", "group_by_names"]

_HasCite = TypeVar("_HasCite")

_EN_DASH: Final = "\u2013"
_SHORTEST_RANGE: Final = 3


@define(eq=False)
class RenderedCite:
    """One cite of a citation, rendered.

    Attributes:
        cite: The requested cite.
        stream: Its output with the writer's prefix and suffix.
        names: The text of its first names.
        years: The years that it prints.
        locates: Whether it prints its locator.
        collapsed: Whether its names were omitted, because the cite before has the same names.
        suffix_only: Whether only its year suffix is printed.
        has_locators: Whether a cite of its group prints a locator, if this matters.
    """

    cite: Cite
    stream: Stream
    names: str
    years: tuple[str, ...]
    locates: bool = False
    collapsed: bool = False
    suffix_only: bool = False
    has_locators: bool = False

    @property
    def tag(self) -> Tag | None:
        """The tag of the citation number or year suffix, if ranges may be formed from it."""
        for name in ("citation-number", "year-suffix"):
            for _, tag in find_tags(self.stream, name):
                return tag
        return None


@frozen
class Collapse:
    """The parts of a cite that are omitted when it is rendered again.

    Attributes:
        names: Whether its first names are omitted.
        years: The years that are not repeated.
    """

    names: bool
    years: tuple[str, ...] = ()


def group_by_names(cites: Sequence[RenderedCite]) -> list[RenderedCite]:
    """Return the cites so that those with the same names follow the first of them."""
    groups: dict[object, list[RenderedCite]] = {}
    for number, cite in enumerate(cites):
        # Cites without names belong to no group.
        groups.setdefault(cite.names or number, []).append(cite)
    return [cite for group in groups.values() for cite in group]


def divided_by_affixes(
    cites: Iterable[_HasCite], cite_of: Callable[[_HasCite], Cite], prefix_begins: bool = False
) -> list[list[_HasCite]]:
    """Divide cites around each that has a prefix or a suffix, which is by itself.

    Args:
        cites: The cites, or what contains them.
        cite_of: Returns the cite of one.
        prefix_begins: Whether the cites after one with a prefix are together with it.
    """
    parts: list[list[_HasCite]] = []
    before: Cite | None = None
    for one in cites:
        cite = cite_of(one)
        is_apart = (
            before is None
            or cite.prefix
            or cite.suffix
            or before.suffix
            or (before.prefix and not prefix_begins)
        )
        if is_apart:
            parts.append([one])
        else:
            parts[-1].append(one)
        before = cite
    return parts


class Joiner:
    """Groups, collapses and joins the cites of citations in one style.

    Args:
        options: The style's citation options.
        locale: The locale.
        in_text: Whether the style is for citations in the text.
        numeric: Whether citations print numbers.
        divides_affixed: Whether a cite with a prefix begins a group of cites, and one with a suffix
            ends it, as in pandoc. Then the years of a group with a locator have the delimiter of
            the style between them, as in `(Roe 2005, 33; 2006)`.
    """

    def __init__(
        self,
        options: Citation,
        locale: Locale,
        in_text: bool,
        numeric: bool,
        divides_affixed: bool = False,
    ) -> None:
        self._divides = divides_affixed
        self._in_group = ", " if in_text and not numeric else options.layout.delimiter
        self._collapse = options.collapse
        # Cites that are separate in the writer's order remain separate, but not in pandoc.
        self._sorts = bool(options.sort) or divides_affixed
        self._delimiter = options.layout.delimiter
        self._group_delimiter = options.cite_group_delimiter
        self._after_collapse = options.after_collapse_delimiter
        self._suffix_delimiter = options.year_suffix_delimiter
        self._range = locale.term("citation-range-delimiter") or _EN_DASH
        by_names = self._collapse in ("year", "year-suffix", "year-suffix-ranged")
        self._by_names = by_names
        self._by_years = by_names and self._collapse != "year" and options.add_year_suffix
        self.groups = by_names or self._group_delimiter is not None

    def arrange(
        self,
        cites: list[RenderedCite],
        again: Callable[[RenderedCite, Collapse], RenderedCite],
    ) -> list[RenderedCite]:
        """Group and collapse cites; `again` renders one with something omitted."""
        if not self.groups or len(cites) < 2:
            return cites
        if self._sorts:
            cites = [one for part in self._parts(cites) for one in group_by_names(part)]
        if not self._by_names:
            return cites
        if self._divides:
            self._mark_locators(cites)
        done = cites[:1]
        for before, cite in pairwise(cites):
            if not self._are_in_group(before, cite):
                done.append(cite)
                continue
            years = before.years if self._by_years else ()
            collapsed = again(cite, Collapse(names=True, years=years))
            collapsed.names = cite.names
            collapsed.has_locators = cite.has_locators
            collapsed.collapsed = True
            collapsed.suffix_only = self._is_suffix_only(collapsed)
            done.append(collapsed)
        return done

    def _parts(self, cites: list[RenderedCite]) -> list[list[RenderedCite]]:
        if not self._divides:
            return [cites]
        return divided_by_affixes(cites, lambda one: one.cite, prefix_begins=True)

    def _are_in_group(self, before: RenderedCite, cite: RenderedCite) -> bool:
        if before.names != cite.names:
            return False
        return not self._divides or not (before.cite.suffix or cite.cite.prefix or cite.cite.suffix)

    def _mark_locators(self, cites: Sequence[RenderedCite]) -> None:
        group: list[RenderedCite] = []
        for cite in cites:
            if group and not self._are_in_group(group[-1], cite):
                group = []
            group.append(cite)
            if cite.cite.locator or group[0].has_locators:
                for one in group:
                    one.has_locators = True

    @staticmethod
    def _is_suffix_only(cite: RenderedCite) -> bool:
        tag = cite.tag
        return (
            tag is not None
            and tag.name == "year-suffix"
            and plain_text(cite.stream).lstrip().startswith(str(tag.value))
        )

    def join(self, cites: Sequence[RenderedCite]) -> Stream:
        """Return the cites as one stream, with ranges and delimiters."""
        ranges = self._ranges(cites)
        stream: Stream = []
        index = 0
        previous: RenderedCite | None = None
        while index < len(cites):
            cite = cites[index]
            if previous is not None:
                stream.append(self._between(previous, cite))
            stream += cite.stream
            end = ranges.get(index, index)
            if end > index:
                stream.append(self._range)
                stream += cites[end].stream
            previous = cites[end]
            index = end + 1
        return stream

    def _ranges(self, cites: Sequence[RenderedCite]) -> dict[int, int]:
        """Return the first and last place of each range of three or more."""
        if self._collapse == "citation-number":
            numbers = [self._number_of(cite) for cite in cites]
        elif self._collapse == "year-suffix-ranged":
            numbers = [self._suffix_of(cite) for cite in cites]
        else:
            return {}
        ranges: dict[int, int] = {}
        start = 0
        for index in range(1, len(cites) + 1):
            follows = (
                index < len(cites)
                and numbers[index] is not None
                and numbers[index - 1] is not None
                and numbers[index] == (numbers[index - 1] or 0) + 1
                # A writer's prefix remains visible: a cite with a prefix can only begin a range.
                and not cites[index].cite.prefix
                and (self._collapse == "citation-number" or cites[index].suffix_only)
            )
            if not follows:
                if index - start >= _SHORTEST_RANGE:
                    ranges[start] = index - 1
                start = index
        return ranges

    @staticmethod
    def _number_of(cite: RenderedCite) -> int | None:
        tag = cite.tag
        if tag is None or cite.locates or cite.cite.suffix:
            return None
        return tag.value if isinstance(tag.value, int) else None

    @staticmethod
    def _suffix_of(cite: RenderedCite) -> int | None:
        tag = cite.tag
        if tag is None or cite.locates or cite.cite.suffix:
            return None
        number = 0
        for letter in str(tag.value):
            number = number * 26 + ord(letter) - 96
        return number

    def _between(self, before: RenderedCite, cite: RenderedCite) -> str:
        return _after_affixes(self._plain_between(before, cite), before.cite, cite.cite)

    def _plain_between(self, before: RenderedCite, cite: RenderedCite) -> str:
        if cite.suffix_only:
            if self._suffix_delimiter is not None:
                return self._suffix_delimiter
            return self._group_delimiter if self._group_delimiter is not None else self._delimiter
        # Cites without names belong to no group.
        same = bool(cite.names) and self._are_in_group(before, cite)
        if self._after_collapse is not None and self._by_names:
            if before.cite.locator:
                return self._after_collapse
            if not same and (before.collapsed or self._collapse != "year-suffix"):
                return self._after_collapse
            is_close = self._divides and same and self._collapse == "year"
            is_close = is_close and not cite.has_locators
            return self._in_group if is_close else self._delimiter
        if same and self._group_delimiter is not None:
            return self._group_delimiter
        is_close = same and self._by_names and not cite.has_locators
        return self._in_group if is_close else self._delimiter


def _after_affixes(delimiter: str, before: Cite, cite: Cite) -> str:
    """Return the part of a delimiter that is needed next to the writer's punctuation."""
    if before.suffix and before.suffix[-1] in ";.,":
        space = delimiter.find(" ")
        return delimiter[space:] if space >= 0 else ""
    if not before.suffix and cite.prefix and cite.prefix[0] in ";.,":
        return ""
    return delimiter
