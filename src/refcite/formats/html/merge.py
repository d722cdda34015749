"""One record out of what the sources of a page say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from refcite.dates import Date
from refcite.formats.html.authors import Site, accepted
from refcite.formats.html.kinds import HOSTED, is_preprint_server
from refcite.formats.html.ranks import candidates, disagreements
from refcite.formats.html.said import Said
from refcite.formats.html.sites import without_bodies
from refcite.formats.html.text import letters
from refcite.formats.html.titles import without_site
from refcite.formats.namelists import of_names
from refcite.keys import made_key
from refcite.problems import Problem
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, NAME_VARIABLES, VARIABLES

__all__ = ["Merged", "merge"]

_NAMES: Final = frozenset(NAME_VARIABLES)
_NOT_READ: Final = frozenset({"citation-key", "accessed"})
# A date from these may be that of the day on which the page was printed or its database changed.
_WEAK_DATES: Final = frozenset({"Dublin Core", "meta", "page"})
_BODIES_WRITE: Final = frozenset(
    {"bill", "dataset", "document", "legislation", "regulation", "report", "software", "standard"}
)
_BEYOND: Final = ("original-link",)


@frozen
class Merged:
    """A record, and what the sources say differently."""

    record: Record
    problems: tuple[Problem, ...]


def merge(
    said: Sequence[Said],
    csl_type: str,
    site: Site,
    site_name: str,
    days: frozenset[Date],
) -> Merged:
    """Choose each field's value by the rank of the sources.

    Args:
        said: What the sources say.
        csl_type: The type of the work.
        site: Where it stands.
        site_name: What the site is called.
        days: The days on which the page may have been printed: its dates of those days are
            believed only where a sure source has them.
    """
    merger = _Merger(said, csl_type, site, site_name, days)
    merger.choose()
    return merger.merged()


class _Merger:
    def __init__(
        self,
        said: Sequence[Said],
        csl_type: str,
        site: Site,
        site_name: str,
        days: frozenset[Date],
    ) -> None:
        self._said = said
        self._type = csl_type
        self._site = site
        self._site_name = site_name
        self._days = days
        self._chosen: dict[str, tuple[str, Any]] = {}
        self._others: dict[str, list[tuple[str, Any]]] = {}
        self._doubts: tuple[Problem, ...] = ()
        self._own = next((one for one in said if one.source == "site"), None)

    def choose(self) -> None:
        for variable in VARIABLES:
            if variable in _NOT_READ:
                continue
            usable = [
                (one, value)
                for one, given in candidates(variable, self._said)
                for value in [self._usable(variable, one, given)]
                if value
            ]
            if variable == "title":
                usable = self._titles(usable)
            if not usable:
                continue
            first, value = usable[0]
            self._chosen[variable] = first.source, value
            self._others[variable] = [(one.source, other) for one, other in usable[1:]]
            if variable == "issued":
                self._doubts += first.doubts
            self._doubts += tuple(first.guesses.get(variable, ()))

    def _usable(self, variable: str, said: Said, value: Any) -> Any:
        if variable in _NAMES:
            keeps_site = self._type in _BODIES_WRITE and said.source not in {"page", "meta"}
            names = accepted(value, self._site, keeps_site=keeps_site or said.source == "site")
            return without_bodies(names, self._own)
        if variable == "issued":
            return self._usable_date(said, value)
        if variable == "title" and self._own and "title" in self._own.values:
            # What a site is known to print as a title is none: the number of a document.
            return value if said is self._own else None
        if variable in {"container-title", "publisher"} and "://" in str(value):
            return None
        return value

    def _usable_date(self, said: Said, date: Date) -> Date | None:
        if date.literal is not None:
            is_ambiguous = any(problem.code == "ambiguous-date" for problem in said.doubts)
            return date if is_ambiguous else None
        if said.source in _WEAK_DATES and date in self._days:
            others = [value for _, value in candidates("issued", self._said) if value != date]
            is_seen = said.source == "page" and not said.is_sure
            return None if others or is_seen else date
        return date

    def _titles(self, usable: list[tuple[Said, Any]]) -> list[tuple[Said, Any]]:
        given = [title for _, title in usable]
        cut = [
            (one, without_site(title, self._site, [other for other in given if other != title]))
            for one, title in usable
        ]
        if cut and cut[0][1].endswith(("…", "...")):
            # Search engines want short headlines; another source may have the whole.
            start = letters(cut[0][1])
            whole = [pair for pair in cut if letters(pair[1]).startswith(start)]
            whole = [pair for pair in whole if not pair[1].endswith(("…", "..."))]
            cut = whole[:1] + [pair for pair in cut if pair not in whole[:1]]
        return cut

    def merged(self) -> Merged:
        values = {variable: value for variable, (_, value) in self._chosen.items()}
        self._place(values)
        extra = dict(self._extra())
        # What was moved is not told; what was chosen is.
        problems = (*self._doubts, *disagreements(self._chosen, self._others))
        known = {ATTRIBUTES[variable]: value for variable, value in values.items() if value}
        for variable in _NAMES & values.keys():
            found = of_names(values[variable])
            known[ATTRIBUTES[variable]] = found.names
            if found.et_al:
                known.setdefault("et_al", set()).add(ATTRIBUTES[variable])
        record = Record(
            type=self._type,  # type: ignore[arg-type]  # one of CSL's
            **known,
            extra=extra,
        )
        record = record.replace(id=made_key(record))
        return Merged(record, tuple(problem.replace(key=record.id) for problem in problems))

    def _extra(self) -> Iterator[tuple[str, Any]]:
        for name in _BEYOND:
            for one in self._said:
                if name in one.values:
                    yield name, one.values[name]
                    break

    # Where the names of site, institution and archive belong

    def _place(self, values: dict[str, Any]) -> None:
        self._place_institution(values)
        if "arxiv" in self._beside():
            values.setdefault("number", self._beside()["arxiv"])
            values.setdefault("publisher", "arXiv")
        if self._type == "article":
            self._place_preprint(values)
        elif self._type in HOSTED:
            name = self._site_name or values.get("publisher")
            if name and self._site_name != values.get("title"):
                values.setdefault("container-title", name)
        elif self._site_name and self._type not in _NO_SITE:
            values.setdefault("publisher", self._site_name)
        if self._type not in {"article-newspaper", "article-magazine"}:
            values.pop("section", None)
        if self._type == "article-newspaper":
            values.setdefault("publisher", values.get("container-title"))
        if self._type in {"book", "thesis", "dataset", "software", "report"}:
            values.pop("container-title", None)

    def _beside(self) -> Mapping[str, Any]:
        """Return what sources say under names that are no variables."""
        found: dict[str, Any] = {}
        for one in self._said:
            for name in ("arxiv", "institution"):
                if name in one.values:
                    found.setdefault(name, one.values[name])
        return found

    def _place_institution(self, values: dict[str, Any]) -> None:
        institution = self._beside().get("institution")
        if institution and self._type in {"thesis", "report"}:
            if self._type == "thesis":
                values["publisher"] = institution
            else:
                values.setdefault("publisher", institution)

    def _place_preprint(self, values: dict[str, Any]) -> None:
        """A preprint stands on a server, which is no journal."""
        server = values.pop("container-title", None)
        if server and is_preprint_server(server):
            values["publisher"] = server
        elif self._site_name and is_preprint_server(self._site_name):
            values.setdefault("publisher", self._site_name)
        values.setdefault("genre", "Preprint")


_NO_SITE: Final = frozenset(
    {"article", "article-journal", "book", "chapter", "paper-conference", "thesis", "song"}
)
