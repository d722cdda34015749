"""Make a record's attributes from an entry's fields."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import define, field

from refcite.dates import Date
from refcite.formats.bibtex.dating import DateReader, has_time
from refcite.formats.bibtex.languages import read_language
from refcite.formats.bibtex.latex_read import read_latex, read_verbatim
from refcite.formats.bibtex.mapping import (
    CONTAINERS_OF_DATA,
    DATE_FIELDS,
    EDITOR_ROLES,
    GENRE_OF_ENTRY_TYPE,
    GENRES,
    KEYS,
    SERIES,
    SUBTYPES,
    TEXT_FIELDS,
    TITLE_PARTS,
    TYPES,
    VERBATIM_FIELDS,
    ReadAs,
    meanings,
)
from refcite.formats.bibtex.parts import join_titles, read_parts
from refcite.formats.bibtex.people import read_names, split_list
from refcite.formats.faults import guessed_names
from refcite.identifiers import fault_in_doi, fault_in_isbn, fault_in_issn, normal_doi
from refcite.names import Name
from refcite.problems import Severity
from refcite.vocabulary import (
    ATTRIBUTES,
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    attribute_of,
)

__all__ = ["OVERFLOW", "Doubt", "Draft", "build"]

OVERFLOW: Final = "refcite"
"""The field for what no other field can hold: a JSON object of CSL's variables."""

_AND_BETWEEN: Final = "write 'Roe, Ann and Poe, Bob', and braces around an organisation"
_NAME_ATTRIBUTES: Final = frozenset(map(attribute_of, NAME_VARIABLES))
_DATE_ATTRIBUTES: Final = frozenset(map(attribute_of, DATE_VARIABLES))
_TEXT_ATTRIBUTES: Final = frozenset(ATTRIBUTES.values()) - _NAME_ATTRIBUTES - _DATE_ATTRIBUTES
_NOT_IN_TABLE: Final = frozenset({*TITLE_PARTS, *DATE_FIELDS, OVERFLOW, "entrysubtype", "options"})
_LISTS: Final = frozenset({"location", "origlocation", "origpublisher"})
_BIBLATEX: Final = frozenset({"date", "location", "journaltitle", "langid", "urldate"})
_EDITORS: Final = ("editor", "editora", "editorb", "editorc")
_VARIANT: Final = re.compile(r"variant\s*=\s*\{?(\w+)")
_ONLY_ADDRESS: Final = re.compile(r"(?:\\url\{[^{}\s]+\}|https?://[^\s{}\\]+)")
_DASHES: Final = re.compile(r"\s*(?<!-)---?(?!-)\s*")
_IDENTIFIERS: Final = (("doi", fault_in_doi), ("isbn", fault_in_isbn), ("issn", fault_in_issn))
_EPRINTS: Final = {
    "arxiv": "https://arxiv.org/abs/",
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "hdl": "https://hdl.handle.net/",
    "googlebooks": "https://books.google.com/books?id=",
}


@define
class Doubt:
    """Something about a field that the reader tells its user."""

    code: str
    message: str
    field: str
    hint: str | None = None
    severity: Severity = Severity.WARNING


@define
class Draft:
    """The attributes of a record, before it is made."""

    type: str
    values: dict[str, Any] = field(factory=dict)
    extra: dict[str, Any] = field(factory=dict)
    id: str | None = None


def build(entry_type: str, fields: dict[str, str], doubts: list[Doubt], dates: DateReader) -> Draft:
    """Read an entry's fields.

    Args:
        entry_type: The entry's type, in lower case.
        fields: Names in lower case with their values, which are LaTeX.
        doubts: Where what is doubtful is noted.
        dates: What reads the dates; one for all entries of a file remembers them.
    """
    if entry_type in CONTAINERS_OF_DATA:
        return _container_of_data(entry_type, fields, doubts)
    draft = Draft(_type_of(entry_type, fields, doubts))
    values, extra = draft.values, draft.extra
    if entry_type not in TYPES and draft.type == "document":
        extra["type"] = entry_type
    table = meanings(draft.type)
    unknown: list[str] = []
    for name, raw in fields.items():
        meaning = table.get(name)
        if meaning is None:
            if name not in _NOT_IN_TABLE:
                extra[name] = _kept(name, raw, unknown)
        elif not raw or raw.isspace():
            if "crossref" in fields or "xdata" in fields:
                extra[name] = raw  # an empty field keeps the parent's out
        elif meaning.before and any(map(fields.get, meaning.before)):
            extra[name] = _kept(name, raw, unknown)
        elif meaning.read_as is ReadAs.NAMES:
            _read_names(draft, meaning.attribute, name, raw, doubts)
        elif meaning.read_as is ReadAs.DATE:
            values[meaning.attribute] = dates.date(raw)
            if has_time(raw):
                extra[name] = raw
            _note_doubts(dates, name, fields, doubts)
        elif meaning.read_as is ReadAs.LIST and not _is_list(name, fields):
            values[meaning.attribute] = read_latex(raw, unknown=unknown)
        else:
            values[meaning.attribute] = _READERS[meaning.read_as](raw, unknown)
        if unknown:
            doubts.append(_unknown_command(name, unknown))
            unknown = []
    if not TITLE_PARTS.isdisjoint(fields):
        read_parts(draft.type, values, extra, fields)
    _read_rest(draft, entry_type, fields, doubts, dates)
    return draft


def _read_names(draft: Draft, attribute: str, name: str, raw: str, doubts: list[Doubt]) -> None:
    found = read_names(raw)
    draft.values[attribute] = found.names
    if found.et_al:
        draft.values.setdefault("et_al", set()).add(attribute)
    doubts.extend(Doubt("bad-name", sentence, name) for sentence in found.wrong)
    for text, read in found.guesses:
        doubts.extend(
            Doubt(problem.code, problem.message, name, problem.hint)
            for problem in guessed_names(text, read, _AND_BETWEEN)
        )


def _kept(name: str, raw: str, unknown: list[str]) -> str:
    """Return what `extra` holds of a field: text where LaTeX interprets it, else as it is."""
    if name in TEXT_FIELDS:
        return _read_title(raw, unknown)
    return read_verbatim(raw) if name in VERBATIM_FIELDS else raw


def _note_doubts(
    dates: DateReader, name: str, fields: Mapping[str, str], doubts: list[Doubt]
) -> None:
    """Move what was doubtful about a date to the doubts about its field."""
    while dates.problems:
        problem = dates.problems.pop(0)
        doubts.append(Doubt(problem.code, problem.message, name, problem.hint))
    if has_time(fields.get(name, "")):
        message = f"the day in {name} was read; its time of day stays beside the record's date"
        doubts.append(Doubt("time-of-day", message, name, severity=Severity.INFO))


def _is_list(name: str, fields: Mapping[str, str]) -> bool:
    """Tell whether `and` separates items.

    It does in biblatex only: `publisher = {Simon and Schuster}` is one house in classic BibTeX.
    """
    return name in _LISTS or not _BIBLATEX.isdisjoint(fields)


def _container_of_data(entry_type: str, fields: dict[str, str], doubts: list[Doubt]) -> Draft:
    """Keep the fields of what is no work as they stand: others inherit them."""
    draft = Draft("document", extra={"type": entry_type, **fields})
    if OVERFLOW in fields:
        del draft.extra[OVERFLOW]
        _read_overflow(draft, fields[OVERFLOW], doubts)
    return draft


def _type_of(entry_type: str, fields: Mapping[str, str], doubts: list[Doubt]) -> str:
    subtype = fields.get("entrysubtype")
    if subtype and subtype.strip() in SUBTYPES:
        return SUBTYPES[subtype.strip()]
    known = TYPES.get(entry_type)
    if known is None:
        doubts.append(
            Doubt(
                "unknown-entry-type",
                f"the entry type @{entry_type} is not known; it is read as a document",
                "",
                "the type is kept and written back",
            )
        )
        return "document"
    return known


def _unknown_command(name: str, commands: list[str]) -> Doubt:
    listed = ", ".join(f"\\{command}" for command in dict.fromkeys(commands))
    return Doubt("unknown-command", f"{listed} in {name} is not known; it was kept as it is", name)


# Readers of one value: LaTeX in, text out


def _read_text(raw: str, unknown: list[str]) -> str:
    return read_latex(raw, unknown=unknown)


def _read_title(raw: str, unknown: list[str]) -> str:
    return read_latex(raw, protect=True, unknown=unknown)


def _read_verbatim(raw: str, unknown: list[str]) -> str:
    return read_verbatim(raw)


def _read_doi(raw: str, unknown: list[str]) -> str:
    return normal_doi(read_verbatim(raw))


def _read_pages(raw: str, unknown: list[str]) -> str:
    if "--" in raw:
        raw = "".join(_range_read(part) for part in re.split(r"([,;])", raw))
    return read_latex(raw, unknown=unknown)


def _range_read(piece: str) -> str:
    """Read one range: a lone `--` is CSL's hyphen; beside other hyphens it is an en dash."""
    found = _DASHES.findall(piece)
    sign = "-" if len(found) == 1 and piece.count("-") == found[0].count("-") else "–"
    return _DASHES.sub(sign, piece)


def _read_language(raw: str, unknown: list[str]) -> str:
    return read_language(read_latex(raw, unknown=unknown))


def _read_key(raw: str, unknown: list[str]) -> str:
    text = read_latex(raw, unknown=unknown)
    return KEYS.get(text, text)


def _read_series(raw: str, unknown: list[str]) -> str:
    return SERIES.get(raw) or read_latex(raw, protect=True, unknown=unknown)


def _read_list(raw: str, unknown: list[str]) -> str:
    """Read biblatex's literal list; its items are joined by a semicolon."""
    items = split_list(raw) if "and" in raw.lower() else [raw]
    return "; ".join(_read_key(item, unknown) for item in items if item)


_READERS: Final[dict[ReadAs, Callable[[str, list[str]], Any]]] = {
    ReadAs.TEXT: _read_text,
    ReadAs.TITLE: _read_title,
    ReadAs.VERBATIM: _read_verbatim,
    ReadAs.DOI: _read_doi,
    ReadAs.PAGES: _read_pages,
    ReadAs.LANGUAGE: _read_language,
    ReadAs.KEY: _read_key,
    ReadAs.SERIES: _read_series,
    ReadAs.LIST: _read_list,
}


# What several fields say together


def _read_rest(
    draft: Draft,
    entry_type: str,
    fields: Mapping[str, str],
    doubts: list[Doubt],
    dates: DateReader,
) -> None:
    values, extra = draft.values, draft.extra
    if "year" in fields or "date" in fields or "month" in fields or "day" in fields:
        _read_issued(draft, fields, doubts, dates)
    if entry_type in GENRE_OF_ENTRY_TYPE and "genre" not in values:
        values["genre"] = GENRES[GENRE_OF_ENTRY_TYPE[entry_type]]
    if "entrysubtype" in fields and fields["entrysubtype"].strip() not in SUBTYPES:
        extra["entrysubtype"] = fields["entrysubtype"]
    if "editortype" in fields or "editora" in fields or "editorb" in fields:
        _read_editors(draft, fields)
    if extra.get("issue") and values.get("issue", extra["issue"]) != extra["issue"]:
        values["issue"] += f", {extra['issue']}"
    if "addendum" in extra:
        values["note"] = join_titles(values.get("note", ""), "", extra["addendum"])
    if "langidopts" in fields and "language" in values:
        _read_variant(values, fields["langidopts"])
    if "howpublished" in fields and "url" not in values:
        _read_address(draft, fields["howpublished"])
    if "eprint" in fields:
        _read_eprint(values, fields)
    for name, fault_in in _IDENTIFIERS:
        if name in values and (wrong := fault_in(values[name])):
            hint = "it is kept as it is; compare it with the source"
            doubts.append(Doubt(f"bad-{name}", wrong, name, hint, Severity.INFO))
    if "options" in fields:
        _read_options(draft, fields["options"])
    if OVERFLOW in fields:
        _read_overflow(draft, fields[OVERFLOW], doubts)


def _read_issued(
    draft: Draft, fields: Mapping[str, str], doubts: list[Doubt], dates: DateReader
) -> None:
    issued = dates.issued(fields, draft.extra)
    if issued is not None:
        draft.values["issued"] = issued
    has_date = bool(fields.get("date", "").strip())
    _note_doubts(dates, "date" if has_date else "year", fields, doubts)
    for name in ("year", "month", "day"):
        if name not in draft.extra or not fields[name].strip():
            continue
        if has_date:
            message = f"{name} says something else than date, and is kept beside it"
            doubts.append(Doubt("second-value", message, name, severity=Severity.INFO))
        else:
            message = (
                f"the {name} {fields[name]!r} makes no date with the year; it is kept as it is"
            )
            hint = "write month = mar, or the date as date = {2017-03-18}"
            doubts.append(Doubt("unread-date", message, name, hint))


def _read_editors(draft: Draft, fields: Mapping[str, str]) -> None:
    """Give editors of other kinds (`editortype = {compiler}`) the role that CSL has for them."""
    for name in _EDITORS:
        role = EDITOR_ROLES.get(fields.get(f"{name}type", "").strip())
        if role is None or not fields.get(name, "").strip():
            continue
        found = read_names(fields[name])
        draft.values[role] = draft.values.get(role, ()) + found.names
        if found.et_al:
            draft.values.setdefault("et_al", set()).add(role)
        del draft.extra[f"{name}type"]
        if name == "editor":
            del draft.values["editor"]
            draft.values.get("et_al", set()).discard("editor")
        else:
            del draft.extra[name]


def _read_variant(values: dict[str, Any], options: str) -> None:
    """Read the region that polyglossia names beside the language (`variant=american`)."""
    variant = _VARIANT.search(options)
    tag = read_language(variant[1]) if variant else ""
    if tag.startswith(f"{values['language']}-"):
        values["language"] = tag


def _read_address(draft: Draft, raw: str) -> None:
    r"""Take an address for what it is: `howpublished = {\url{…}}` is older than `url`."""
    if not _ONLY_ADDRESS.fullmatch(raw.strip()):
        return
    address = read_verbatim(raw)
    for values, name in ((draft.values, "publisher"), (draft.extra, "howpublished")):
        if values.get(name) == address:
            del values[name]
            draft.values["url"] = address
            return


def _read_eprint(values: dict[str, Any], fields: Mapping[str, str]) -> None:
    kind = fields.get("eprinttype") or fields.get("archiveprefix") or ""
    number = read_verbatim(fields["eprint"])
    start = _EPRINTS.get(kind.strip().lower())
    if number and start and "url" not in values:
        values["url"] = start + number.removeprefix("arXiv:")
    if number and kind.strip().lower() == "pubmed":
        values.setdefault("pmid", number)


def _read_options(draft: Draft, raw: str) -> None:
    draft.extra["options"] = raw
    if re.search(r"useprefix\s*=\s*false", raw):
        for attribute, names in draft.values.items():
            if attribute in _NAME_ATTRIBUTES:
                draft.values[attribute] = tuple(map(_dropping, names))


def _dropping(name: Name) -> Name:
    if name.non_dropping_particle is None or name.dropping_particle is not None:
        return name
    return name.replace(non_dropping_particle=None, dropping_particle=name.non_dropping_particle)


def _read_overflow(draft: Draft, raw: str, doubts: list[Doubt]) -> None:
    try:
        found = json.loads(raw)
        for attribute, value in dict(found).items():
            _set_overflow(draft, attribute, value)
    except (ValueError, TypeError, RecursionError):
        draft.extra[OVERFLOW] = raw
        doubts.append(
            Doubt(
                "bad-overflow", f"the field {OVERFLOW!r} does not hold what was written", OVERFLOW
            )
        )


def _set_overflow(draft: Draft, attribute: str, value: Any) -> None:
    if attribute == "id":
        draft.id = str(value)
    elif attribute == "type" and value in ITEM_TYPES:
        draft.type = value
    elif attribute == "extra":
        for key, content in value.items():
            draft.extra[key] = content
    elif attribute == "without":
        for key in value:
            draft.extra.pop(key, None)
    elif value is None:
        draft.values.pop(attribute, None)
    elif attribute == "et_al":
        draft.values["et_al"] = _NAME_ATTRIBUTES.intersection(value)
    elif attribute in _NAME_ATTRIBUTES:
        draft.values[attribute] = tuple(Name(**parts) for parts in value)
    elif attribute in _DATE_ATTRIBUTES:
        draft.values[attribute] = Date.parse(value)
    elif attribute in _TEXT_ATTRIBUTES:
        draft.values[attribute] = str(value)
    else:
        raise ValueError(f"{attribute} is no attribute")
