"""One name: the order of its parts, initials, and the look of the parts.

Source: CSL 1.0.2, "Name-part Order" and "Name-part Formatting".
"""

from __future__ import annotations

import re
from typing import Final, Literal

from refcite.csl.render.formatting import append_formatted
from refcite.csl.render.initials import initials, spaced_initials
from refcite.csl.render.institutions import InstitutionFormatter
from refcite.csl.render.item import PreparedName
from refcite.csl.render.scope import AreaScope, unobserved
from refcite.csl.style.attributes import PLAIN
from refcite.csl.style.elements import Institution, NameElement, NameOptions, NamePart
from refcite.csl.text.collation import SEPARATOR
from refcite.csl.text.field_markup import append_raw, append_text
from refcite.csl.text.stream import Mark, Stream, plain_text

__all__ = ["PersonFormatter"]

Part = tuple[str, NamePart, str]
"""A part's text, the `cs:name-part` whose look it has, and the text before it."""

Side = Literal["given", "family", "whole"]
_ENGLISH_ARTICLE: Final = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_NO_ARTICLE: Final = re.compile(r"^(?!)")
_SPACES: Final = re.compile(" {2,}")
_BARE: Final = NamePart(name="family")
_JOINING: Final = ("\u2019", "'", "-", " ")
_MOST_KNOWN: Final = 20_000
"""The maximum number of names whose output is stored for one `cs:name`."""
_NARROW_LANGUAGES: Final = ("fr", "ru", "cs")


class PersonFormatter:
    """Formats single names according to one `cs:name`.

    Args:
        options: The name options, with those inherited.
        name: The `cs:name`.
        area: The area of the style.
        institution: The `cs:institution` (CSL-M).

    Attributes:
        default_level: How much of a given name is shown by default: 0 nothing, 1 its initials, 2
            all of it.
    """

    def __init__(
        self,
        options: NameOptions,
        name: NameElement,
        area: AreaScope,
        institution: Institution | None = None,
    ) -> None:
        style, sorting, language = area.style, area.sorting, area.locale.tag
        self._short = options.form == "short"
        self._mark = options.initialize_with
        self._initializes = options.initialize is not False
        self._hyphens = style.initialize_with_hyphen
        self._inverts = options.name_as_sort_order
        separator = ", " if options.sort_separator is None else options.sort_separator
        self._separator = _SPACES.sub(" ", separator)
        demote = style.demote_non_dropping_particle
        self._sorting = sorting
        self._demotes = demote != "never" if sorting else demote == "display-and-sort"
        self._space = "\u00a0" if language[:2] in _NARROW_LANGUAGES else " "
        self._article = _ENGLISH_ARTICLE if language.startswith("en") else _NO_ARTICLE
        rule = style.citation.givenname_rule
        self._initials_at_most = rule.endswith("-with-initials")
        parts = {part.name: part for part in name.parts}
        self._given = parts.get("given", _BARE)
        self._family = parts.get("family", _BARE)
        self._plain = self._given.look is PLAIN and self._family.look is PLAIN
        self._append = append_text if area.typographic else append_raw
        self._append_part = area.observe(name, "name-part", self._append_dressed)
        self._append_affix = area.observe(name, "name-part-affix", _append_affix)
        # The same author is printed in many entries, citations and sort keys. An explanation
        # observes the parts of each name, so that no output is stored for it.
        self._known: dict[object, tuple[str | Mark, ...]] | None = None
        if area.observe is unobserved:
            settings = options, name.parts, institution, sorting, language
            self._known = area.known_names.setdefault(settings, {})
        self._institution: InstitutionFormatter | None = None
        if institution is not None:
            delimiter = ", " if options.delimiter is None else options.delimiter
            self._institution = InstitutionFormatter(institution, delimiter, area)
        if self._short:
            self.default_level = 0
        else:
            self.default_level = 2 if self._mark is None else 1

    def inverts(self, name: PreparedName, index: int) -> bool:
        """Whether the family name comes first because of `name-as-sort-order`."""
        if name.literal is not None or name.family_first:
            return False
        return self._inverts == "all" or (self._inverts == "first" and index == 0)

    def level_of(self, name: PreparedName, required: int) -> int:
        """Return how much of a given name is shown.

        Args:
            name: The name.
            required: The level that disambiguation requires in this cite.
        """
        return max(required, name.level, self.default_level)

    def shortens(self, name: PreparedName, level: int) -> bool:
        """Whether given names become initials at a level."""
        return level == 1 and not name.keeps_given

    def append(
        self, name: PreparedName, index: int, level: int, language: str, stream: Stream
    ) -> None:
        """Append one name.

        Args:
            name: The name.
            index: Its place in the list, counted from 0.
            level: The level of the given name that disambiguation requires.
            language: The item's, by which text-case changes letters.
            stream: The stream to which it is appended.
        """
        known = self._known
        if known is None:
            self._append_name(name, index, level, language, stream)
            return
        # The language is that of the prepared name, or of the area.
        key = name.identity, index == 0, self.level_of(name, level)
        found = known.get(key)
        if found is None:
            output: Stream = []
            self._append_name(name, index, level, language, output)
            if len(known) >= _MOST_KNOWN:
                known.clear()
            found = known[key] = tuple(output)
        stream += found

    def _append_name(
        self, name: PreparedName, index: int, level: int, language: str, stream: Stream
    ) -> None:
        if name.literal is not None:
            if self._sorting:
                stream.append(self._article.sub("", name.literal))
            elif self._institution is not None:
                self._institution.append(name.literal, stream)
            elif self._plain:
                self._append(name.literal, stream)
            else:
                # A literal has the look of a family name, but not its affixes.
                sides: list[tuple[Side, list[Part]]] = [
                    ("whole", [(name.literal, self._family, "")])
                ]
                self._append_sides(sides, language, stream)
            return
        sides = self._sides(name, index, self.level_of(name, level))
        if self._plain:
            text = "".join([joint + part for _, parts in sides for part, _, joint in parts])
            self._append(text, stream)
        else:
            self._append_sides(sides, language, stream)

    def _given_of(self, name: PreparedName, level: int) -> str:
        given = name.given
        if not given or level == 0:
            return ""
        if self.shortens(name, level):
            if self._mark is not None:
                shorten = initials if self._initializes else spaced_initials
                return shorten(given, self._mark, self._hyphens)
            if self._initials_at_most:
                return initials(given, "", self._hyphens)
        return given

    def _suffix_of(self, name: PreparedName) -> str:
        if name.suffix and self._mark is not None:
            return spaced_initials(name.suffix, self._mark, self._hyphens)
        return name.suffix

    def _sides(self, name: PreparedName, index: int, level: int) -> list[tuple[Side, list[Part]]]:
        given = self._given_of(name, level)
        if name.unspaced:
            return self._in_order([name.non_dropping, name.family], given, "", "")
        if name.family_first:
            return self._in_order([name.non_dropping, name.family], given, self._space, " ")
        if self._sorting:
            return self._for_sorting(name, given)
        dropping = name.dropping if given else ""
        suffix = self._suffix_of(name) if given else ""
        if self.inverts(name, index):
            return self._inverted(name, given, dropping, suffix)
        return self._straight(name, given, dropping, suffix)

    def _in_order(
        self, family: list[str], given: str, inner: str, between: str
    ) -> list[tuple[Side, list[Part]]]:
        # These have no affixes, which are intended for names in the other order.
        parts: list[Part] = []
        for text in family:
            if text:
                parts.append((text, self._family, inner if parts else ""))
        if given:
            parts.append((given, self._given, between))
        return [("whole", parts)]

    def _inverted(
        self, name: PreparedName, given: str, dropping: str, suffix: str
    ) -> list[tuple[Side, list[Part]]]:
        separator = ", " if name.given in ("Lord", "Lady") else self._separator
        particle = name.non_dropping
        family: list[Part] = [(name.family, self._family, "")]
        rest: list[Part] = []
        if given:
            rest.append((given, self._given, separator))
        if dropping:
            rest.append((dropping, self._given, " " if rest else separator))
        if particle and self._demotes:
            rest.append((particle, self._family, " " if rest else separator))
        elif particle:
            joint = "" if particle.endswith(_JOINING) else self._space
            family = [(particle, self._family, ""), (name.family, self._family, joint)]
        sides: list[tuple[Side, list[Part]]] = [("family", family)]
        if rest:
            sides.append(("given", rest))
        if suffix:
            sides.append(("family", [(suffix, _BARE, separator)]))
        return sides

    def _for_sorting(self, name: PreparedName, given: str) -> list[tuple[Side, list[Part]]]:
        """Return the parts as sort keys (specification, "Sorting order of names")."""
        particle = name.non_dropping.strip("'\u2019")
        dropping = name.dropping.strip("'\u2019") if given else ""
        suffix = name.suffix if given else ""
        if self._demotes:
            texts = (name.family, f"{dropping} {particle}".strip(), given, suffix)
        else:
            texts = (f"{particle} {name.family}".strip(), dropping, given, suffix)
        parts = [(text, _BARE, SEPARATOR) for text in texts if text]
        return [("family", [(parts[0][0], _BARE, ""), *parts[1:]])] if parts else []

    def _straight(
        self, name: PreparedName, given: str, dropping: str, suffix: str
    ) -> list[tuple[Side, list[Part]]]:
        sides: list[tuple[Side, list[Part]]] = []
        if given:
            sides.append(("given", [(given, self._given, "")]))
        joint = self._space_after(given) if given else ""
        family: list[Part] = []
        for text, part in (
            (dropping, self._given),
            (name.non_dropping, self._family),
            (name.family, self._family),
        ):
            if text:
                family.append((text, part, joint))
                joint = "" if self._joins(name, text) else self._space
        if suffix:
            family.append((suffix, _BARE, ", " if name.comma_suffix else " "))
        sides.append(("family", family))
        return sides

    def _joins(self, name: PreparedName, text: str) -> bool:
        """Whether a particle is written together with the next part."""
        if text is name.non_dropping:
            return text.endswith(_JOINING)
        return (
            text is name.dropping
            and not name.non_dropping
            and text[-1] in "'\u02bc\u2019-"
            and text[:-1] != "de"
        )

    def _space_after(self, given: str) -> str:
        mark = self._mark or ""
        if ("\u00a0" in mark or "\ufeff" in mark) and not given[-1:].islower():
            return self._space
        return " "

    def _append_sides(
        self, sides: list[tuple[Side, list[Part]]], language: str, stream: Stream
    ) -> None:
        dressed: set[Side] = set()
        for side, parts in sides:
            whole = {"family": self._family, "given": self._given}.get(side, _BARE)
            look = whole.look
            joint = parts[0][2]
            if joint and not (joint == " " and plain_text(stream[-1:]).endswith("\u00a0")):
                stream.append(joint)
            affixed = side not in dressed
            dressed.add(side)
            if affixed and look.prefix:
                self._append_affix(whole, look.prefix, stream)
            for number, (text, part, between) in enumerate(parts):
                if number and between:
                    stream.append(between)
                self._append_part(part, text, language, stream)
            if affixed and look.suffix:
                self._append_affix(whole, look.suffix, stream)

    def _append_dressed(self, part: NamePart, text: str, language: str, stream: Stream) -> None:
        append_formatted(self._append, text, part.look, stream, language)


def _append_affix(_part: NamePart, affix: str, stream: Stream) -> None:
    stream.append(affix)
