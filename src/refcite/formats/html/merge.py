"""One record from the metadata of a page's sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from refcite.dates import Date
from refcite.formats.html.authors import Site, accepted
from refcite.formats.html.kinds import HOSTED, is_preprint_server
from refcite.formats.html.metadata import Metadata, is_day_in, is_exact
from refcite.formats.html.metas import CATALOGUES
from refcite.formats.html.ranks import candidates, disagreements
from refcite.formats.html.sites import without_bodies
from refcite.formats.html.text import letters
from refcite.formats.html.titles import (
    before_heading,
    has_line_above,
    is_heading_of,
    segments,
    without_site,
)
from refcite.formats.namelists import of_names
from refcite.names import Name
from refcite.problems import Problem
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, NAME_VARIABLES, VARIABLES

__all__ = ["merge"]

_NAMES: Final = frozenset(NAME_VARIABLES)
_NOT_READ: Final = frozenset({"citation-key", "accessed"})
# A date from these may be the day on which the page was printed or its database changed.
_WEAK_DATES: Final = frozenset({"Dublin Core", "meta"})
_BODIES_WRITE: Final = frozenset(
    {"bill", "dataset", "document", "legislation", "regulation", "report", "software", "standard"}
)
_OF_CITATIONS: Final = frozenset({"site", "Highwire", "EPrints", "COinS"})
"""Sources that are intended for citations."""
_ORIGINAL: Final = "original-link"
_BESIDE: Final = ("arxiv", "institution", _ORIGINAL)
"""Metadata under names that are not variables."""


def merge(
    sources: Sequence[Metadata], csl_type: str, site: Site, site_name: str, days: frozenset[Date]
) -> tuple[Record, list[Problem]]:
    """Return the record, without an id, and its problems; each field by the rank of its sources.

    Args:
        sources: The metadata of the sources.
        csl_type: The type of the work.
        site: The site of the page.
        site_name: The name of the site.
        days: The days on which the page may have been printed: dates of these days are used only if
            a reliable source contains them.
    """
    return _Merger(sources, csl_type, site, site_name, days).merged()


@frozen
class _Merger:
    sources: Sequence[Metadata]
    type: str
    site: Site
    site_name: str
    days: frozenset[Date]

    @property
    def own(self) -> Metadata | None:
        """The data about the site."""
        return next((one for one in self.sources if one.source == "site"), None)

    def merged(self) -> tuple[Record, list[Problem]]:
        told = {name for one in self.sources for name in one.values} - _NOT_READ
        usable: dict[str, Any] = {name: self._usable_of(name) for name in VARIABLES if name in told}
        found = {variable: given for variable, given in usable.items() if given}
        problems: list[Problem] = []
        for variable, given in found.items():
            problems += given[0][0].doubts.get(variable, ())
        # Moved values are not reported; chosen values are.
        problems += disagreements(found)
        values = {variable: given[0][1] for variable, given in found.items()}
        beside = {
            name: one.values[name]
            for one in reversed(self.sources)
            for name in _BESIDE
            if name in one.values
        }
        authors = {_letters_of(name) for name in values.get("author", ())}
        for variable in _NAMES & values.keys() - {"author"}:
            # Catalogues repeat the authors as contributors.
            if authors and authors.issuperset(map(_letters_of, values[variable])):
                del values[variable]
        self._place(values, beside)
        known = {ATTRIBUTES[variable]: value for variable, value in values.items() if value}
        for variable in _NAMES & values.keys():
            names = of_names(values[variable])
            known[ATTRIBUTES[variable]] = names.names
            if names.et_al:
                known.setdefault("et_al", set()).add(ATTRIBUTES[variable])
        extra = {name: value for name, value in beside.items() if name == _ORIGINAL}
        return Record(type=self.type, **known, extra=extra), problems  # type: ignore[arg-type]

    def _usable_of(self, variable: str) -> list[tuple[Metadata, Any]]:
        """Return the values of a variable in the sources, in order of rank."""
        given = candidates(variable, self.sources)
        found = [(one, self._usable(variable, one, value)) for one, value in given]
        usable = [(one, value) for one, value in found if value]
        if variable == "issued" and usable and not is_exact(usable[0][1]):
            # The day is in the same year and month.
            rough = usable[0][1]
            exact = [pair for pair in usable if is_exact(pair[1]) and is_day_in(pair[1], rough)]
            usable = [*exact[:1], *(pair for pair in usable if pair not in exact[:1])]
        if variable == "author":
            # The name of an account contains less than that of a person.
            usable.sort(key=lambda pair: all(map(_is_account, pair[1])))
        return self._titles(usable) if variable == "title" else usable

    def _usable(self, variable: str, metadata: Metadata, value: Any) -> Any:
        if variable in _NAMES:
            keeps_site = self.type in _BODIES_WRITE and metadata.source not in {"page", "meta"}
            names = accepted(
                value,
                self.site,
                keeps_site=keeps_site or metadata.source == "site",
                has_label=metadata.source not in CATALOGUES,
            )
            return without_bodies(names, self.own)
        if variable == "issued":
            return self._usable_date(metadata, value)
        if variable == "title" and self.own and "title" in self.own.values:
            # Some sites print the number of a document as its title.
            return value if metadata is self.own else None
        if variable in {"container-title", "publisher"} and "://" in str(value):
            return None
        return value

    def _usable_date(self, metadata: Metadata, date: Date) -> Date | None:
        if date.literal is not None:
            is_ambiguous = any(
                doubt.code == "ambiguous-date" for doubt in metadata.doubts.get("issued", ())
            )
            return date if is_ambiguous else None
        if metadata.source in _WEAK_DATES and date in self.days:
            others = [value for _, value in candidates("issued", self.sources) if value != date]
            return None if others else date
        return date

    def _titles(self, usable: list[tuple[Metadata, Any]]) -> list[tuple[Metadata, Any]]:
        given = [title for _, title in usable]
        sections = frozenset(
            letters(str(one.values["section"])) for one in self.sources if "section" in one.values
        )
        cut = [
            (
                one,
                without_site(
                    title, self.site, [other for other in given if other != title], sections
                ),
            )
            for one, title in usable
        ]
        sites = self._sites_in(cut)
        cut = [pair for pair in cut if letters(pair[1]).removeprefix("the") not in sites] or cut
        name = next((title for one, title in usable if one.source == "heading"), "")
        cut = [
            (one, before_heading(title, name) if one.source == "page" else title)
            for one, title in cut
        ]
        heading = next((pair for pair in cut if pair[0].source == "heading"), None)
        if heading and cut[0][0].source not in _OF_CITATIONS:
            others = [title for one, title in cut if one is not heading[0]]
            if is_heading_of(heading[1], others):
                cut.remove(heading)
                cut.insert(0, heading)
            elif cut[0] is heading and has_line_above(heading[1], others):
                cut.append(cut.pop(0))
        if cut and cut[0][1].endswith(("…", "...")):
            # Titles for search engines are short; another source may have the complete one.
            start = letters(cut[0][1])
            whole = [pair for pair in cut if letters(pair[1]).startswith(start)]
            whole = [pair for pair in whole if not pair[1].endswith(("…", "..."))]
            cut = whole[:1] + [pair for pair in cut if pair not in whole[:1]]
        return cut

    def _sites_in(self, titles: Sequence[tuple[Metadata, str]]) -> set[str]:
        """Return those titles that are the name of the site, as letters only."""
        found = {
            letters(title).removeprefix("the") for _, title in titles if self.site.is_name(title)
        }
        window = next((title for one, title in titles if one.source == "page"), "")
        first, *others = segments(window) or [""]
        # A heading that is only the end of the window's title is the name of the site.
        return found | {letters(one) for one in others if len(one) < len(first)}

    # The variables for the names of site, institution and archive

    def _place(self, values: dict[str, Any], beside: Mapping[str, Any]) -> None:
        if self.type == "thesis" and "institution" in beside:
            values["publisher"] = beside["institution"]
        elif self.type == "report" and "institution" in beside:
            values.setdefault("publisher", beside["institution"])
        if "arxiv" in beside:
            values.setdefault("number", beside["arxiv"])
            values.setdefault("publisher", "arXiv")
        if self.type == "article":
            self._place_preprint(values)
        elif self.type in HOSTED:
            name = self.site_name or values.get("publisher")
            if name and self.site_name != values.get("title"):
                values.setdefault("container-title", name)
        elif self.site_name and self.type not in _NO_SITE:
            values.setdefault("publisher", self.site_name)
        if self.type not in {"article-newspaper", "article-magazine"}:
            values.pop("section", None)
        if self.type == "article-newspaper":
            values.setdefault("publisher", values.get("container-title"))
        if self.type in {"book", "thesis", "dataset", "software", "report"}:
            values.pop("container-title", None)

    def _place_preprint(self, values: dict[str, Any]) -> None:
        """The server of a preprint is not a journal."""
        server = values.pop("container-title", None)
        if server and is_preprint_server(server):
            values["publisher"] = server
        elif self.site_name and is_preprint_server(self.site_name):
            values.setdefault("publisher", self.site_name)
        values.setdefault("genre", "Preprint")


def _letters_of(name: Name) -> str:
    return letters(name.literal or f"{name.family or ''} {(name.given or '')[:1]}")


def _is_account(name: Name) -> bool:
    text = name.literal or name.family or ""
    return not name.given and " " not in text and text.islower()


_NO_SITE: Final = frozenset(
    {"article", "article-journal", "book", "chapter", "paper-conference", "thesis", "song"}
)
