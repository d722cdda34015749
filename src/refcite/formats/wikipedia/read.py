"""Read the citation templates that are anywhere in wikitext."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from refcite.dates import Date
from refcite.formats.draft import Draft, library_of
from refcite.formats.namelists import of_names
from refcite.formats.preprints import arxiv_number
from refcite.formats.references import without_half_references
from refcite.formats.wikipedia.people import names_of, vancouver
from refcite.formats.wikipedia.scan import templates
from refcite.formats.wikipedia.table import (
    PEOPLE,
    PREPRINT,
    SPEC,
    canonical,
    is_other_citation,
    type_of,
)
from refcite.formats.wikipedia.text import bare, markup, without_comments
from refcite.library import Library
from refcite.names import Name, is_et_al
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["DISPLAYED", "FORMAT", "draft_of", "read"]

FORMAT: Final = "wikipedia"

_NAMED_REF: Final = re.compile(
    r"<ref\s[^<>]*?\bname\s*=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)'|([^\s\"'<>/]+))[^<>/]*>\s*",
    re.IGNORECASE,
)
_LONGEST_REF: Final = 300
_ARXIV: Final = "https://arxiv.org/abs/"
# The modules do the same as the templates: `{{#invoke:cite|book|title=…}}`.
_INVOKE: Final = re.compile(r"#invoke:\s{0,9}", re.IGNORECASE)
_LISTS: Final = {"vauthors": "author", "veditors": "editor"}
DISPLAYED: Final = ("author", "editor", "translator", "interviewer")
"""The roles that have a parameter for how many names are shown."""
_SPACED_ET_AL: Final = re.compile(r"\A\s*et\.?\s*al", re.IGNORECASE)
_FREE: Final = {"authors": "author", "editors": "editor"}
_People = dict[str, dict[int, dict[str, str]]]
"""For each role and place the parts of a name."""


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read citation templates from wikitext.

    Args:
        text: Wikitext, of a whole page or less.
        day_first: Whether `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library. The name of the `<ref>` round a
        template is its record's id.

    Example:
        >>> from refcite import loads
        >>> text = ('On ebb.<ref name="roe">{{cite news |last=Roe |first=Ann '
        ...     "|title=A ''low'' [[tide]] |work=The Bay |date=18 January 2017}}</ref>")
        >>> library = loads(text, "wikipedia")
        >>> library["roe"].title, library["roe"].container_title, str(library["roe"].issued)
        ('A <i>low</i> tide', 'The Bay', '2017-01-18')
    """
    found: list[tuple[Record, Draft]] = []
    problems: list[Problem] = []
    text = without_half_references(text, problems)
    line = 1
    place = read_to = 0
    for template in templates(text):
        name = without_comments(template.name(text)).strip()
        is_called = name[:1] == "#" and _INVOKE.match(name) is not None
        if is_called:
            name = _called(name, template.first(text))
        if template.start < read_to:
            continue
        is_read = type_of(name, {}) is not None
        if not is_read and not is_other_citation(name):
            continue
        line += text.count("\n", place, template.start)
        place = template.start
        column = place - text.rfind("\n", 0, place)
        if text[place - 1 : place] == "{" and text[place - 2 : place] != "{{":
            problems.append(_three_braces(name, line, column - 1))
        if not template.is_closed:
            problems.append(_unclosed(name, line, column))
            continue
        read_to = template.end
        if not is_read:
            problems.append(_not_read(name, line, column))
            continue
        parts = template.parts(text)
        if is_called and "=" not in template.first(text):
            del parts[:1]  # the function
        draft = draft_of(name, parts, day_first, line)
        draft.problems = [problem.replace(column=column) for problem in draft.problems]
        draft.values["id"] = _ref_name(text, place)
        found.append((draft.record(FORMAT, {"template": name}), draft))
    return library_of(found, problems=problems)


def _called(name: str, function: str) -> str:
    """Return the name of the template that does the same as a function of a module.

    Example:
        >>> _called("#invoke:cite", "book"), _called("#invoke:Cite web", "")
        ('cite book', 'Cite web')
    """
    module = _INVOKE.sub("", name, count=1)
    function = without_comments(function).strip()
    if module.casefold() == "citation/cs1":
        return "citation"
    return f"cite {function}" if module.casefold() == "cite" and function else module


def _unclosed(name: str, line: int, column: int) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="unclosed-entry",
        message=f"the template {name[:40]!r} is never closed",
        hint="write }} at its end",
        line=line,
        column=column,
    )


def _not_read(name: str, line: int, column: int) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="unknown-template",
        message=f"the citation template {name[:40]!r} is not supported, and has no record",
        hint="use a template such as {{cite book}}, {{cite web}} or {{cite court}}",
        line=line,
        column=column,
    )


def _three_braces(name: str, line: int, column: int) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="extra-brace",
        message=f"three braces are before {name[:40]!r}; it is read as a template",
        hint="Wikipedia shows no citation here: write {{ before it and }} after it",
        line=line,
        column=column,
    )


def _ref_name(text: str, start: int) -> str:
    opened = text.rfind("<ref", max(0, start - _LONGEST_REF), start)
    found = _NAMED_REF.fullmatch(text, opened, start) if opened >= 0 else None
    return next((name.strip() for name in found.groups() if name), "") if found else ""


def draft_of(
    name: str, parts: Iterable[str], day_first: bool | None = None, line: int = 0
) -> Draft:
    """Return the data of a template.

    Args:
        name: The template's name.
        parts: The text that is between its bars.
        day_first: How to read `01/02/2017`.
        line: Where the template starts.
    """
    doubts: list[Problem] = []
    given: dict[str, str] = {}
    people: _People = {}
    beside: list[tuple[str, str]] = []
    for key, value in _parameters(parts, doubts).items():
        base, place, part_of_name = canonical(key)
        if place:
            named = people.setdefault(base, {}).setdefault(place, {})
            named.setdefault(part_of_name, value)
        elif given.setdefault(base, value) is not value:
            beside.append((key, value))
    if "section" in given and "chapter" not in given and type_of(name, given) == "book":
        given["chapter"] = given.pop("section")
    csl_type = type_of(name, given) or "document"
    draft = Draft(SPEC, csl_type, day_first=day_first, line=line)
    draft.values["type"] = csl_type
    draft.doubts(doubts)
    if csl_type == "article" and given.get("type", "").lower() == PREPRINT.lower():
        del given["type"]
    _read_people(draft, people, given)
    _join_month(given)
    draft.read((key, value, line) for key, value in given.items())
    for key, value in beside:
        draft.keep(key, value)
    if csl_type == "article" and "url" not in draft.values:
        _read_server(draft)
    return draft


def _read_server(draft: Draft) -> None:
    """Read the URL of a preprint from its number at arXiv."""
    number = draft.extra.get("arxiv")
    if isinstance(number, str) and (found := arxiv_number(f"arXiv:{number}")):
        draft.values["url"] = f"{_ARXIV}{found.removeprefix('arXiv:')}"


def _parameters(parts: Iterable[str], doubts: list[Problem]) -> dict[str, str]:
    """Return the parameters that state something, without their comments."""
    found: dict[str, str] = {}
    for part in parts:
        key, is_named, value = part.partition("=")
        key, value = without_comments(key).strip(), without_comments(value).strip()
        if is_named:
            if value and found.get(key, value) != value:
                message = f"{key} occurs twice; the last value is used"
                doubts.append(_doubt("duplicate-field", message, Severity.WARNING))
            if value:
                found[key] = value
        elif key:
            message = f"{key[:40]!r} has no parameter, and is skipped as on Wikipedia"
            doubts.append(_doubt("unexpected-text", message, Severity.INFO))
    return found


def _doubt(code: str, message: str, severity: Severity) -> Problem:
    return Problem(severity=severity, code=code, message=message)


def _read_people(draft: Draft, people: _People, given: dict[str, str]) -> None:
    """Read names, first those in one parameter for all of a role; remove these from the others."""
    roles = {row.own for row in SPEC.readers(draft.values["type"]) if row.kind is PEOPLE}
    for key, role in _LISTS.items():
        found = vancouver(bare(given.pop(key, "")))
        draft.doubts(found.problems)
        _add(draft, role, found.names)
        if found.et_al and role in draft.values:
            draft.mark_et_al(role)
    for role, names in people.items():
        if role in roles:
            found = names_of(names)
            draft.doubts(found.problems)
            _add(draft, role, found.names)
            if found.et_al and role in draft.values:
                draft.mark_et_al(role)
            elif found.et_al:  # "et al." follows names; without them it is a name itself
                _add(draft, role, [Name(literal=text) for text in names[min(names)].values()])
            continue
        for place, parts in names.items():
            for piece, value in parts.items():
                draft.keep(f"{role}-{piece}{place}" if piece else f"{role}{place}", value)
    for key, role in _FREE.items():
        if role not in draft.values:
            texts = map(str.strip, markup(given.pop(key, "")).split(";"))
            found = of_names([Name(literal=text) for text in texts if text])
            _add(draft, role, draft.names(found, role))
    if "collaboration" in given:
        group = Name(literal=markup(given.pop("collaboration")))
        draft.values["author"] = (*draft.values.get("author", ()), group)
    for role in DISPLAYED:
        # A number states how many are shown, and is kept.
        text = _SPACED_ET_AL.sub("et al", bare(given.get(f"display-{role}s", "")))
        if is_et_al(text) and role in draft.values:
            del given[f"display-{role}s"]
            draft.mark_et_al(role)


def _add(draft: Draft, role: str, names: Iterable[Name]) -> None:
    found = (*draft.values.get(role, ()), *names)
    if found:
        draft.values[role] = found


def _join_month(given: dict[str, str]) -> None:
    """Join a month to its year, as the templates did before they had a date."""
    key = "date" if "date" in given else "year"
    if "month" not in given or key not in given:
        return
    year = bare(given[key])
    whole = f"{bare(given.get('day', ''))} {bare(given['month'])} {year}".strip()
    date = Date.parse(whole)
    if year.isdigit() and date.literal is None and date.year == int(year):
        given[key] = whole
        del given["month"]
        if date.day is not None:
            given.pop("day", None)
