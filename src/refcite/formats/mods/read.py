"""Read MODS."""

from __future__ import annotations

from functools import cache
from typing import Final

from refcite.dates import Date
from refcite.formats.crosswalk import Row
from refcite.formats.draft import library_of
from refcite.formats.mods.dates import DateText, read_dates
from refcite.formats.mods.paths import parse, step_of
from refcite.formats.mods.people import CONFERENCE, names_in, variables_of
from refcite.formats.mods.source import TEXT_TAGS, source_of
from refcite.formats.mods.table import (
    ACCESSED,
    DATE,
    HOST,
    NAMES,
    SPEC,
    ModsDraft,
    line_of,
    name_levels,
)  # fmt: skip
from refcite.formats.mods.types import AUTHORITY, RESOURCES, type_of_genre, wording_of
from refcite.formats.namelists import of_names
from refcite.formats.xmlread import XmlElement, children, entries, local_name, text_of
from refcite.library import Library
from refcite.names import Name
from refcite.problems import Problem
from refcite.vocabulary import ITEM_TYPES, attribute_of

__all__ = ["read"]

_CONTAINERS: Final = frozenset(
    ("originInfo", "part", "physicalDescription", "location", "recordInfo")
)
"""Elements whose children are kept separately, since several of them are written as one."""
_ISSUANCES: Final = frozenset(("monographic", "continuing", "serial"))
"""Values that the type also contains."""


def read(text: str, *, day_first: bool | None = None) -> Library:
    """Read MODS: a collection, a single record, or the records in another file such as METS.

    An element that CSL has no variable for is in the record's `extra` under its path, such as
    `originInfo/frequency`, as text or as XML.

    Args:
        text: The XML.
        day_first: Whether a date such as `01/02/2017` is 1 February or 2 January.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('<mods xmlns="http://www.loc.gov/mods/v3" ID="k"><titleInfo><nonSort>'
        ...                 'The</nonSort><title>Castle</title></titleInfo>'
        ...                 '<genre authority="marcgt">book</genre></mods>', "mods")
        >>> library["k"].title, library["k"].type
        ('The Castle', 'book')
    """
    problems: list[Problem] = []
    found = entries(text, ("mods",), problems, "record")
    drafts = (_read(ModsDraft(SPEC, entry, day_first)) for entry in found)
    return library_of(
        ((draft.record("mods"), draft) for draft in drafts),
        missing="there is no MODS record in this text: no element <mods>",
        problems=problems,
    )


@cache
def _steps(csl_type: str) -> tuple[tuple[str, str, Row], ...]:
    """Return the rows of a type with the element in which each path starts, and its attribute."""
    return tuple(
        (parse(row.own)[0].tag, attribute_of(row.variable), row)
        for row in SPEC.readers(csl_type)
        if row.kind is not NAMES
    )


def _read(draft: ModsDraft) -> ModsDraft:
    _read_id(draft)
    csl_type = _read_type(draft)
    _read_names(draft, csl_type)
    tags = draft.tree.tags()
    _read_key_date(draft, csl_type)
    for tag, attribute, row in _steps(csl_type):
        if tag not in tags:
            continue
        if row.kind is DATE:
            _read_date(draft, row, attribute)
        elif attribute not in draft.values:
            _read_value(draft, row, attribute)
    _keep_rest(draft, draft.tree.root, "")
    return draft


def _read_value(draft: ModsDraft, row: Row, attribute: str) -> None:
    """Fill a variable with the value of the first element that has one, or those of all."""
    codec = row.kind
    # Of an address that has been read, the date is not yet.
    elements = draft.tree.find(row.own) if codec is ACCESSED else draft.free(row.own)
    values = (value for element in elements if (value := codec.read(element, draft)))
    if codec.join is None:
        value = next(values, None)
    else:
        value = codec.join(found) if (found := list(values)) else None
    if value is not None:
        draft.values[attribute] = value


# Id and type


def _read_id(draft: ModsDraft) -> None:
    keys = draft.tree.find("identifier[type=citekey]")
    draft.used.update(keys)
    numbers = draft.tree.find("recordInfo/recordIdentifier")
    said = (*map(line_of, keys[:1]), draft.tree.root.get("ID"), *map(line_of, numbers[-1:]))
    draft.values["id"] = next((str(text) for text in said if text), "")


def _read_type(draft: ModsDraft) -> str:
    tree, used = draft.tree, draft.used
    csl_type = _said_type(draft) or _guessed_type(draft)
    if csl_type is None:
        draft.unknown_type(missing="no genre, host or resource states the type of the work")
        csl_type = "document"
    draft.values["type"] = csl_type
    wording = wording_of(csl_type)
    for path, text in (("genre", wording.genre), (f"{HOST}/genre", wording.host)):
        for genre in tree.find(path):
            if text and line_of(genre) == text and genre.get("authority") == "marcgt":
                used.add(genre)
    for element in tree.find("typeOfResource"):
        if line_of(element) == wording.resource and "collection" not in element.attrib:
            used.add(element)
    for path in ("originInfo/issuance", f"{HOST}/originInfo/issuance"):
        used.update(element for element in tree.find(path) if line_of(element) in _ISSUANCES)
    return csl_type


def _said_type(draft: ModsDraft) -> str | None:
    genres = draft.tree.find("genre")
    for genre in genres:
        if genre.get("authority") == AUTHORITY and line_of(genre) in ITEM_TYPES:
            draft.used.add(genre)
            return line_of(genre)
    inner = _type_of_host(draft)
    has_host = bool(draft.tree.find(HOST))
    is_part = has_host and _has_pages(draft)
    for genre in genres:
        text = line_of(genre)
        said = type_of_genre(text)
        csl_type = said.hosted if has_host else said.alone
        if csl_type and has_host and not is_part:
            csl_type = said.volume or csl_type
        if csl_type:
            draft.used.add(genre)
            if csl_type == "thesis" and text.casefold() != "thesis":
                draft.values["genre"] = text  # its information beyond the type
            return (inner or csl_type) if csl_type == "article-journal" else csl_type
    return _type_of_resource(draft) or inner


def _has_pages(draft: ModsDraft) -> bool:
    """Return whether a work is a part of another, between pages or as a chapter."""
    found = (
        draft.tree.find(f"{level}part/{path}")
        for level in ("", f"{HOST}/")
        for path in ("extent/start", "extent/list", "detail[type=chapter]")
    )
    return any(found)


def _type_of_host(draft: ModsDraft) -> str | None:
    found: str | None = None
    for genre in draft.tree.find(f"{HOST}/genre"):
        if inner := type_of_genre(line_of(genre)).inner:
            draft.used.add(genre)
            found = found or inner
    return found


def _type_of_resource(draft: ModsDraft) -> str | None:
    for element in draft.tree.find("typeOfResource"):
        said = line_of(element).casefold()
        if said in RESOURCES:
            return RESOURCES[said]
        if element.get("manuscript") == "yes":
            return "manuscript"
    return None


def _guessed_type(draft: ModsDraft) -> str | None:
    find = draft.tree.find
    if find(HOST):
        return _type_in_host(draft)
    if _is_serial(draft, ""):
        return "periodical"
    is_book = find("identifier[type=isbn]") or "monographic" in _issuances(draft, "")
    return "book" if is_book else None


def _type_in_host(draft: ModsDraft) -> str | None:
    """Return the type of a text in another work, which may be a part, a volume or one of a box."""
    find = draft.tree.find
    is_part = _has_pages(draft)
    if not is_part and (find("identifier[type=isbn]") or "monographic" in _issuances(draft, "")):
        return "book"
    is_in_issue = any(find(f"{HOST}/part/detail[type={kind}]") for kind in ("issue", "number"))
    if is_in_issue or _is_serial(draft, f"{HOST}/"):
        return "article-journal"
    if find(f"{HOST}/name[type=conference]") or (is_part and find("name[type=conference]")):
        return "paper-conference"
    of_book = ("identifier[type=isbn]", "originInfo/publisher")
    is_in_book = any(find(f"{HOST}/{path}") for path in of_book)
    is_in_book = is_in_book or "monographic" in _issuances(draft, f"{HOST}/")
    return "chapter" if is_part or is_in_book else None


def _is_serial(draft: ModsDraft, level: str) -> bool:
    has_issn = bool(draft.tree.find(f"{level}identifier[type=issn]"))
    return has_issn or not _issuances(draft, level).isdisjoint(("continuing", "serial"))


def _issuances(draft: ModsDraft, level: str) -> set[str]:
    return {line_of(element) for element in draft.tree.find(f"{level}originInfo/issuance")}


# Names and dates


def _read_names(draft: ModsDraft, csl_type: str) -> None:
    names: dict[str, list[Name]] = {}
    for path, variables in name_levels(csl_type).items():
        for element in draft.tree.find(path):
            if element.get("type") == CONFERENCE:
                continue
            roles = [variables.get(role or "") for role in variables_of(element)]
            if any(roles) and next(children(element, "etal"), None) is not None:
                draft.used.update(element.iter())
                for variable in filter(None, roles):
                    draft.mark_et_al(attribute_of(variable))
                continue
            found = names_in(element)
            if not found.names or not any(roles):
                continue
            draft.doubts(found.problems)
            for attribute in dict.fromkeys(attribute_of(role) for role in roles if role):
                names.setdefault(attribute, []).extend(found.names)
                if found.et_al:
                    draft.mark_et_al(attribute)
            draft.use_name(element, found.names[0])
    for attribute, read in names.items():
        draft.values[attribute] = draft.names(of_names(read), attribute)


def _read_date(draft: ModsDraft, row: Row, attribute: str) -> None:
    """Read the date of several elements, and remove those that contain only the date."""
    elements = [element for element in draft.free(row.own) if text_of(element)]
    texts = [_date_text(element) for element in elements]
    before: Date | None = draft.values.get(attribute)
    if before is not None:
        for element, text in zip(elements, texts, strict=True):
            other, _ = read_dates([text], [])
            if other is not None and str(before).startswith(str(other)):
                draft.used.add(element)
        return
    date, read_from = read_dates(texts, draft.problems, day_first=draft.day_first)
    if date is not None:
        draft.values[attribute] = date
        for index, element in enumerate(elements):
            # Often one date is stated twice, once as people and once as machines read it.
            if index in read_from or read_dates([texts[index]], [])[0] == date:
                draft.used.add(element)


def _read_key_date(draft: ModsDraft, csl_type: str) -> None:
    """Read the key date, of any kind, as that of the work."""
    for _, attribute, row in _steps(csl_type):
        is_date = attribute == "issued" and row.kind is DATE
        elements = draft.tree.find(row.own) if is_date else ()
        if any(element.get("keyDate") == "yes" for element in elements):
            _read_date(draft, row, attribute)
            return


def _date_text(element: XmlElement) -> DateText:
    encoding, point, qualifier = (
        str(element.get(name, "")) for name in ("encoding", "point", "qualifier")
    )
    is_key = element.get("keyDate") == "yes"
    return DateText(line_of(element), encoding, point, qualifier, is_key)


# Keeping data without a variable


def _keep_rest(draft: ModsDraft, element: XmlElement, path: str) -> None:
    for inner in children(element):
        if inner in draft.used:
            continue
        tag = local_name(inner)
        is_merged = tag in _CONTAINERS and not inner.attrib
        if is_merged or any(one in draft.used for one in inner.iter()):
            _keep_rest(draft, inner, f"{path}{step_of(inner, tag)}/")
        elif text_of(inner) or any(one.attrib for one in inner.iter()):
            is_text = tag in TEXT_TAGS and not (len(inner) or inner.attrib)
            draft.keep(f"{path}{tag}", text_of(inner) if is_text else source_of(inner))
