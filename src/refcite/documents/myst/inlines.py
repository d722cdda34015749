"""The citations in running text of MyST: roles, links to DOIs, and pandoc's citations."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from attrs import frozen

from refcite.documents.markdown.inlines import (
    FoundCitation,
    FoundCite,
    FoundKey,
    InlineReader,
    Level,
)
from refcite.identifiers import fault_in_doi, normal_doi

__all__ = ["MystInlines", "RoleCitation", "UnusedRole", "doi_in"]

_ROLE: Final = re.compile(r"\{[ \t]*(?P<name>[\w:.-]+)[^{}\n]*\}(?P<ticks>`+)")
_SEPARATOR: Final = re.compile(r"[,;]")
_URL: Final = re.compile(r"\(\s*<?([^\s<>]*?)>?(?:\s[^\n]*)?\)\Z")
_AUTOLINK: Final = re.compile(r"<((?:doi:|https?://)[^\s<>]+)>")
_DOI_ADDRESS: Final = re.compile(r"(?:doi:|https?://(?:dx\.|www\.)?doi\.org/)", re.IGNORECASE)
_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
_TEXTUAL: Final = frozenset({"cite", "cite:t", "cite:ts", "cite:ct", "cite:cts"})
_OTHERS: Final = frozenset(
    {
        *("cite:p", "cite:ps", "cite:alp", "cite:alps", "cite:label", "cite:labelpar"),
        *("cite:year", "cite:yearpar", "cite:author", "cite:authors", "cite:authorpar"),
        *("cite:authorpars", "cite:cauthor", "cite:cauthors", "cite:empty"),
    }
)


@frozen
class RoleCitation(FoundCitation):
    """A citation that is a role, or a part of one.

    Attributes:
        role: The name of the role.
        position: Its position among the keys of a role in the text: `only`, `first`, `middle` or
            `last`.
    """

    role: str = "cite:p"
    position: str = "only"


@frozen
class UnusedRole:
    """A role for citations that is not known, or has no key.

    Attributes:
        start: Where it starts.
        name: Its name.
        is_empty: Whether it is known, and has no key.
    """

    start: int
    name: str
    is_empty: bool


def doi_in(text: str) -> str | None:
    """Return the DOI that a text is, alone or as an address; None for other texts.

    Example:
        >>> doi_in("https://doi.org/10.1000/182"), doi_in("doi:10.1000/182"), doi_in("smith2001")
        ('10.1000/182', '10.1000/182', None)
    """
    found = _DOI_ADDRESS.match(text)
    doi = normal_doi(text) if found is not None else text
    if _DOI.fullmatch(doi) is None or fault_in_doi(doi) is not None:
        return None
    return doi


class MystInlines(InlineReader):
    """Reads a region.

    Attributes:
        linked: The DOIs of links that have texts of their own, which stay.
        unused: The roles that are no citations.
    """

    def __init__(
        self, text: str, start: int, end: int, links: Container[str], no_keys: Container[str]
    ) -> None:
        super().__init__(text, start, end, links, no_keys)
        self.linked: list[FoundKey] = []
        self.unused: list[UnusedRole] = []

    def _take(self, sign: str, place: int) -> int:
        if sign == "{":
            role = _ROLE.match(self._text, place, self._end)
            if role is not None:
                end = self._code(role.start("ticks"))
                if end > role.end():
                    self._role(role, end)
                return end
        elif sign == "<":
            link = _AUTOLINK.match(self._text, place, self._end)
            if link is not None:
                if doi_in(link[1]) is not None:
                    self._linked_citation(place, link.end(), link.start(1), link.end(1))
                return link.end()
        elif sign == "^":
            return place + 1  # MyST has no notes in the text
        return super()._take(sign, place)

    # Links

    def _after_link(self, level: Level, place: int) -> int:
        after = super()._after_link(level, place)
        text = self._text
        if (
            after > place + 1
            and text[place + 1] == "("
            and text[level.start - 1 : level.start] != "!"
        ):
            address = _URL.search(text[place + 1 : after])
            if address is not None and doi_in(address[1]) is not None:
                start = place + 1 + address.start(1)
                end = place + 1 + address.end(1)
                if text[level.inner : place].strip():
                    self.linked.append(FoundKey(address[1], start, start, end, False))
                else:
                    self._linked_citation(level.start, after, start, end)
        return after

    def _linked_citation(self, start: int, end: int, key_start: int, key_end: int) -> None:
        key = FoundKey(self._text[key_start:key_end], start, key_start, key_end, False)
        cite = FoundCite(key, (start, start), (end, end))
        self.citations.append(FoundCitation(start, end, (cite,), in_text=True))

    # Roles

    def _role(self, found: re.Match[str], stop: int) -> None:
        """Read a role, which ends at a place."""
        name = found["name"]
        if not name.startswith(("cite", "footcite")):
            return
        if name not in _TEXTUAL and name not in _OTHERS:
            self.unused.append(UnusedRole(found.start(), name, is_empty=False))
            return
        cites: list[FoundCite] = []
        ends: list[int] = []
        for start, end in _parts(self._text, found.end(), stop - len(found["ticks"])):
            cite = _cite(self._text, start, end, found.start())
            if cite is not None:
                cites.append(cite)
                ends.append(end)
        if not cites:
            self.unused.append(UnusedRole(found.start(), name, is_empty=True))
            return
        if name not in _TEXTUAL or len(cites) == 1:
            in_text = name in _TEXTUAL
            self.citations.append(RoleCitation(found.start(), stop, tuple(cites), in_text, name))
            return
        # In the running text each work is a citation: "Ash (2001) and Birch (2002)".
        place = found.start()
        for number, (cite_found, end) in enumerate(zip(cites, ends, strict=True)):
            is_last = number == len(cites) - 1
            after = stop if is_last else end + 1
            position = "first" if not number else "last" if is_last else "middle"
            self.citations.append(RoleCitation(place, after, (cite_found,), True, name, position))
            place = after


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of the parts of a role, which commas and semicolons divide."""
    parts: list[tuple[int, int]] = []
    place, depth = start, 0
    for at in range(start, end):
        if text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth = max(0, depth - 1)
        elif not depth and _SEPARATOR.match(text[at]) is not None:
            parts.append((place, at))
            place = at + 1
    parts.append((place, end))
    return parts


def _cite(text: str, start: int, end: int, role_start: int) -> FoundCite | None:
    """Return the cite of a part of a role, `{prefix}key{suffix}`; None if it has no key."""
    start, end = _stripped(text, start, end)
    prefix = suffix = None
    if text.startswith("{", start, end) and (closing := text.find("}", start, end)) >= 0:
        prefix = start + 1, closing
        start, end = _stripped(text, closing + 1, end)
    if text.endswith("}", start, end) and (opening := text.rfind("{", start, end)) >= 0:
        suffix = opening + 1, end - 1
        start, end = _stripped(text, start, opening)
    if start == end:
        return None
    key = FoundKey(text[start:end], role_start, start, end, False)
    return FoundCite(key, prefix or (start, start), suffix or (end, end))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of a part of a text without the space around it."""
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, max(start, start + len(part.strip()))
