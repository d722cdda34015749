"""Read the citation templates that stand anywhere in wikitext."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import Factory, define

from refcite.dates import Date
from refcite.formats.namelists import of_names
from refcite.formats.wikipedia.people import names_of, vancouver
from refcite.formats.wikipedia.scan import Template, templates
from refcite.formats.wikipedia.table import ROLES, canonical, parameters_of, type_of
from refcite.formats.wikipedia.text import bare, markup, without_comments
from refcite.identifiers import normal_doi
from refcite.library import Library
from refcite.names import Name, is_et_al
from refcite.names.lists import without_et_al
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES

__all__ = ["DISPLAYED", "FORMAT", "Draft", "draft_of", "read"]

FORMAT: Final = "wikipedia"

_NAMED_REF: Final = re.compile(
    r"<ref\s[^<>]*?\bname\s*=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)'|([^\s\"'<>/]+))[^<>/]*>\s*",
    re.IGNORECASE,
)
_LONGEST_REF: Final = 300
_BARE: Final = frozenset({"DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL"})
_DATES: Final = frozenset(DATE_VARIABLES)
_BESIDE: Final = {
    "URL": ("chapter-url",),
    "ISSN": ("eissn",),
    "issued": ("year", "publication-date"),
}
"""Parameters that give way to another for the same variable."""
_GIVE_WAY: Final = frozenset(name for names in _BESIDE.values() for name in names)
DISPLAYED: Final = ("author", "editor", "translator", "interviewer")
_SPACED_ET_AL: Final = re.compile(r"\A\s*et\.?\s*al", re.IGNORECASE)
_LISTS: Final = {"vauthors": "author", "veditors": "editor"}
_FREE: Final = {"authors": "author", "editors": "editor"}
_ENTRY_TYPES: Final = frozenset({"entry-dictionary", "entry-encyclopedia"})
_ARTICLES: Final = frozenset({"article-journal", "article-magazine", "article-newspaper"})


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read citation templates from wikitext.

    Args:
        text: Wikitext, of a whole page or less.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with what is wrong in the library's problems. The name of the `<ref>` round a
        template is its record's id.

    Example:
        >>> from refcite import loads
        >>> text = ('On ebb.<ref name="roe">{{cite news |last=Roe |first=Ann '
        ...     "|title=A ''low'' [[tide]] |work=The Bay |date=18 January 2017}}</ref>")
        >>> library = loads(text, "wikipedia")
        >>> library["roe"].title, library["roe"].container_title, str(library["roe"].issued)
        ('A <i>low</i> tide', 'The Bay', '2017-01-18')
    """
    library = Library(is_keyed=False)
    line = line_start = place = read_to = 0
    for template in templates(text):
        name = without_comments(template.name(text)).strip()
        if template.start < read_to or type_of(name, {}) is None:
            continue
        line += text.count("\n", place, template.start)
        line_start = text.rfind("\n", 0, template.start) + 1
        place = template.start
        at: dict[str, Any] = {"line": line + 1, "column": template.start - line_start + 1}
        if not template.is_closed:
            library.problems.append(_unclosed(name, at))
            continue
        read_to = template.end
        library.append(_record(text, name, template, library.problems, day_first, at))
    return library


def _record(
    text: str,
    name: str,
    template: Template,
    problems: list[Problem],
    day_first: bool | None,
    at: Mapping[str, Any],
) -> Record:
    draft = draft_of(name, template.parts(text), day_first)
    identifier = _ref_name(text, template.start)
    problems.extend(problem.replace(key=identifier or None, **at) for problem in draft.problems)
    return Record(
        id=identifier,
        type=draft.type,  # type: ignore[arg-type]  # the table's types are CSL's
        extra=draft.extra,
        origin=Origin(format=FORMAT, verbatim={"template": name}, line=at["line"]),
        **draft.values,
    )


def _unclosed(name: str, at: Mapping[str, Any]) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="unclosed-entry",
        message=f"the template {name[:40]!r} is never closed",
        hint="write }} at its end",
        **at,
    )


def _ref_name(text: str, start: int) -> str:
    opened = text.rfind("<ref", max(0, start - _LONGEST_REF), start)
    found = _NAMED_REF.fullmatch(text, opened, start) if opened >= 0 else None
    return next((name.strip() for name in found.groups() if name), "") if found else ""


@define
class Draft:
    """The attributes of a record, before it is made.

    Attributes:
        type: The CSL type.
        values: The attributes.
        extra: What no attribute holds: wikitext, under the parameter's name.
        problems: What is doubtful.
    """

    type: str = "document"
    values: dict[str, Any] = Factory(dict)
    extra: dict[str, Any] = Factory(dict)
    problems: list[Problem] = Factory(list)


def draft_of(name: str, parts: Iterable[str], day_first: bool | None = None) -> Draft:
    """Return what a template says.

    Args:
        name: The template's name.
        parts: What stands between its bars.
        day_first: How to read `01/02/2017`.
    """
    return _Reader(name, parts, day_first).draft


class _Reader:
    def __init__(self, name: str, parts: Iterable[str], day_first: bool | None) -> None:
        self.draft = Draft()
        self._day_first = day_first
        self._given: dict[str, str] = {}
        self._people: dict[str, dict[int, dict[str, str]]] = {}
        self._sort(parts)
        self._rename(name)
        self.draft.type = type_of(name, self._given) or "document"
        self._parameters = parameters_of(self.draft.type)[0]
        if self.draft.type == "article" and self._given.get("type", "").lower() == "preprint":
            del self._given["type"]
        self._turn()
        self._names()
        self._texts()

    def _report(self, code: str, message: str, severity: Severity = Severity.WARNING) -> None:
        self.draft.problems.append(Problem(severity=severity, code=code, message=message))

    # Parameters

    def _sort(self, parts: Iterable[str]) -> None:
        """Sort parameters into names of persons and all else."""
        seen: dict[str, str] = {}
        for part in parts:
            key, is_named, value = part.partition("=")
            key, value = without_comments(key).strip(), value.strip()
            if not is_named:
                self._positional(key)
                continue
            if seen.get(key) and value and seen[key] != value:
                self._report("duplicate-field", f"{key} stands twice; the last one counts")
            seen[key] = value or seen.get(key, "")
        for key, value in seen.items():
            if not without_comments(value).strip():
                continue
            base, place, part_of_name = canonical(key)
            if place:
                named = self._people.setdefault(base, {}).setdefault(place, {})
                named.setdefault(part_of_name, value)
            elif base in self._given:
                self._keep(key, value)
            else:
                self._given[base] = value

    def _positional(self, text: str) -> None:
        if text:
            message = f"{text[:40]!r} has no parameter, and is passed over as on Wikipedia"
            self._report("unexpected-text", message, Severity.INFO)

    def _keep(self, key: str, value: str) -> None:
        self.draft.extra.setdefault(key, without_comments(value).strip())

    def _rename(self, name: str) -> None:
        """Take a section for a chapter, where the template does."""
        given = self._given
        if "section" in given and "chapter" not in given and type_of(name, given) == "book":
            given["chapter"] = given.pop("section")

    def _turn(self) -> None:
        """Give the parts of works in works the names that the table has."""
        given, csl_type = self._given, self.draft.type
        if csl_type in _ENTRY_TYPES and "chapter" in given:
            holder = "dictionary" if csl_type == "entry-dictionary" else "encyclopedia"
            if "title" in given and not any(key in given for key in ("dictionary", "encyclopedia")):
                given[holder] = given.pop("title")
            if "title" not in given:
                given["title"] = given.pop("chapter")
        elif csl_type == "map" and "map" in given:
            if "title" in given and "work" not in given:
                given["work"] = given.pop("title")
            given.setdefault("title", given.pop("map"))
        elif csl_type in _ARTICLES and "number" in given and "issue" not in given:
            given["issue"] = given.pop("number")
        elif csl_type == "paper-conference" and "event" in given and "conference" not in given:
            given["conference"] = given.pop("event")
        elif csl_type == "speech" and "conference" in given and "event" not in given:
            given["event"] = given.pop("conference")

    # Values

    def _names(self) -> None:
        for key, role in _LISTS.items():
            if key in self._given:
                text = bare(self._given.pop(key))
                self._add(role, tuple(vancouver(text)))
                if without_et_al(text)[1] and role in self.draft.values:
                    self.draft.values.setdefault("et_al", set()).add(role)
        for role, parts in self._people.items():
            variable = ROLES.get(role)
            is_read = variable in self._parameters.values()
            names = names_of(parts) if is_read and variable is not None else ()
            if names and variable is not None:
                self._add(variable, names)
            elif not is_read:
                self._keep_people(role, parts)
        for key, role in _FREE.items():
            if key in self._given and role not in self.draft.values:
                texts = markup(self._given.pop(key)).split(";")
                self._add(role, tuple(Name(literal=one.strip()) for one in texts if one.strip()))
        self._display()

    def _display(self) -> None:
        """Read `display-authors=etal`; a number says how many are shown, and is kept."""
        for role in DISPLAYED:
            key = f"display-{role}s"
            text = _SPACED_ET_AL.sub("et al", bare(self._given.get(key, "")))
            if is_et_al(text) and role in self.draft.values:
                del self._given[key]
                self.draft.values.setdefault("et_al", set()).add(role)

    def _add(self, role: str, names: tuple[Name, ...]) -> None:
        if names:
            of_names((*self.draft.values.get(role, ()), *names)).put(self.draft.values, role)

    def _keep_people(self, role: str, parts: Mapping[int, Mapping[str, str]]) -> None:
        for place, part in parts.items():
            for piece, value in part.items():
                self._keep(f"{role}-{piece}{place}" if piece else f"{role}{place}", value)

    def _texts(self) -> None:
        given = self._given
        if "pages" not in given and "page" in given:
            given["pages"] = given.pop("page")
        for key in [key for key in given if key not in _GIVE_WAY]:
            self._text(key, given[key])
        for variable, keys in _BESIDE.items():
            for key in keys:
                if key not in given:
                    continue
                attribute = ATTRIBUTES[variable]
                if attribute not in self.draft.values and variable in self._parameters.values():
                    self._text(key, given[key], variable)
                elif not self._is_year_of(key, given[key]):
                    self._keep(key, given[key])
        if "month" in self.draft.extra:
            self._month()

    def _is_year_of(self, key: str, value: str) -> bool:
        issued = self.draft.values.get("issued")
        return key == "year" and issued is not None and bare(value) == str(issued.year)

    def _text(self, key: str, value: str, variable: str | None = None) -> None:
        variable = variable or self._parameters.get(key)
        read = self._value(variable, value) if variable else None
        if variable is None or not read or ATTRIBUTES[variable] in self.draft.values:
            self._keep(key, value)
        else:
            self.draft.values[ATTRIBUTES[variable]] = read

    def _value(self, variable: str, value: str) -> Any:
        if variable in _BARE:
            text = bare(value)
            if variable == "DOI":
                return normal_doi(text)
            return f"PMC{text}" if variable == "PMCID" and text.isdigit() else text
        text = markup(value)
        if variable not in _DATES or not text:
            return text
        # In the templates a month of two figures behind a year is no range.
        return Date.parse(text, day_first=self._day_first, problems=self.draft.problems)

    def _month(self) -> None:
        """Join a month to its year, as the templates did before they had a date."""
        issued = self.draft.values.get("issued")
        if issued is None or issued.year is None or issued.month is not None or issued.is_range:
            return
        day = bare(self.draft.extra.get("day", ""))
        date = Date.parse(f"{day} {bare(self.draft.extra['month'])} {issued.year}".strip())
        if date.literal is None and date.year == issued.year:
            self.draft.values["issued"] = date
            del self.draft.extra["month"]
            if date.day is not None:
                self.draft.extra.pop("day", None)
