"""Convert the fields of an entry to the attributes of a record."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.bibtex import kinds
from refcite.formats.bibtex.dating import read_issued
from refcite.formats.bibtex.draft import EntryDraft
from refcite.formats.bibtex.latex_read import read_latex, read_verbatim
from refcite.formats.bibtex.mapping import (
    CONTAINERS_OF_DATA,
    DATE_FIELDS,
    EDITOR_ROLES,
    GENRE_OF_ENTRY_TYPE,
    SUBTYPES,
    TEXT_FIELDS,
    TITLE_PARTS,
    TYPES,
    VERBATIM_FIELDS,
    meanings,
)
from refcite.formats.bibtex.pageaddresses import read_page_addresses
from refcite.formats.bibtex.parts import join_titles, read_parts
from refcite.formats.bibtex.people import read_names
from refcite.formats.htmltext import entities_meant, tags_meant
from refcite.formats.languages import read_language
from refcite.formats.preprints import arxiv_number, is_preprint, preprint_server
from refcite.formats.repositories import is_repository
from refcite.formats.statuses import is_status, read_status
from refcite.identifiers import fault_in_doi, fault_in_isbn, fault_in_issn
from refcite.names import Name
from refcite.problems import Severity
from refcite.vocabulary import (
    ATTRIBUTES,
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    attribute_of,
)

__all__ = ["OVERFLOW", "build", "may_have_entities"]

OVERFLOW: Final = "refcite"
"""The field for values that no other field can hold: a JSON object of CSL's variables."""

_NAME_ATTRIBUTES: Final = frozenset(map(attribute_of, NAME_VARIABLES))
_DATE_ATTRIBUTES: Final = frozenset(map(attribute_of, DATE_VARIABLES))
_TEXT_ATTRIBUTES: Final = frozenset(ATTRIBUTES.values()) - _NAME_ATTRIBUTES - _DATE_ATTRIBUTES
_NOT_IN_TABLE: Final = frozenset({*TITLE_PARTS, *DATE_FIELDS, OVERFLOW, "entrysubtype", "options"})
_EDITORS: Final = ("editor", "editora", "editorb", "editorc")
_VARIANT: Final = re.compile(r"variant\s*=\s*\{?(\w+)")
_ONLY_ADDRESS: Final = re.compile(r"(?:\\url\{[^{}\s]+\}|https?://[^\s{}\\]+)")
_IDENTIFIERS: Final = (("doi", fault_in_doi), ("isbn", fault_in_isbn), ("issn", fault_in_issn))
_ENTITY: Final = re.compile(r"&[{}]*(?:amp;)?\\?#?[A-Za-z0-9]{1,31}\\?;")
_ESCAPED_END: Final = re.compile(r"(&[{}]*(?:amp;)?\\?#?[A-Za-z0-9]{1,31})\\;")
_IN_BOOKS: Final = frozenset({"chapter", "paper-conference"})
_NARROWED: Final = frozenset(
    {"article", "manual", "misc", "online", "unpublished", "techreport", "report"}
)
# The entries that R's function citation() writes for R and its packages.
_OF_R: Final = frozenset({"R Foundation for Statistical Computing", "R Core Team"})
_R_PACKAGE: Final = re.compile(r"R package version ([0-9][\w.-]*)")
_RECORDED: Final = frozenset({"motion_picture", "song", "broadcast"})
_KINDS_OF_RECORDING: Final = {
    "film": "Film",
    "tvseries": "TV series",
    "tvepisode": "TV series episode",
    "video": "Video",
    "webinar": "Webinar",
    "podcast": "Audio podcast",
    "podcastepisode": "Audio podcast episode",
    "album": "Album",
    "song": "Song",
    "interview": "Interview",
    "speech": "Speech",
}
_KINDS_OF_MISC: Final = {
    **dict.fromkeys(("dataset", "data set"), "dataset"),
    **dict.fromkeys(("software", "computer software", "computer program"), "software"),
    **dict.fromkeys(("film", "motion picture", "movie"), "motion_picture"),
}
_NUMBERED: Final = frozenset({"volume", "number", "issue"})
_SPOKEN: Final = frozenset({"misc", "unpublished"})
_SPEECHES: Final = frozenset(
    {"presentation", "poster", "talk", "lecture", "keynote", "speech", "vortrag", "slides"}
)
# `howpublished = {Online}` names no publisher.
_MEDIA: Final = frozenset(
    ["online", "on-line", "available online", "web", "internet", "print", "printed", "electronic"]
)
_HOUSES: Final = ("publisher", "howpublished", "institution", "type", "note")
_JOURNALS: Final = frozenset({"journal", "journaltitle", "booktitle"})
_EVENT: Final = frozenset({"eventtitle", "eventdate", "venue"})
_NOT_OF_SITES: Final = frozenset({"volume", "number", "pages", "booktitle", "issn", "eprint"})
_EPRINTS: Final = {
    "arxiv": "https://arxiv.org/abs/",
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "hdl": "https://hdl.handle.net/",
    "googlebooks": "https://books.google.com/books?id=",
}


def may_have_entities(text: str) -> bool:
    """Return, by a fast test, whether a text may contain entities or tags of HTML."""
    return "</" in text or ("&" in text and _ENTITY.search(text) is not None)


def build(entry_type: str, draft: EntryDraft) -> None:
    """Read an entry's fields.

    Args:
        entry_type: The entry's type, in lower case.
        draft: Contains the fields, and collects their values.
    """
    if entry_type in CONTAINERS_OF_DATA:
        _keep_all(entry_type, draft)
        return
    draft.type = _type_of(entry_type, draft)
    fields, values, extra = draft.fields, draft.values, draft.extra
    if entry_type not in TYPES and draft.type == "document":
        extra["type"] = entry_type
    table, unknown, has_entities = meanings(draft.type), draft.unknown, draft.has_entities
    for name, raw in fields.items():
        draft.own = name
        if has_entities and "\\;" in raw:
            raw = _ESCAPED_END.sub(r"\1;", raw)  # `\&amp\;`, where a program escaped all signs
        meaning = table.get(name)
        if meaning is None:
            if name not in _NOT_IN_TABLE:
                extra[name] = _kept(name, raw, draft)
        elif not raw or raw.isspace():
            if "crossref" in fields or "xdata" in fields:
                extra[name] = raw  # an empty field prevents inheritance
        elif meaning.before and any(map(fields.get, meaning.before)):
            extra[name] = _kept(name, raw, draft)
        elif meaning.protect is not None:
            values[meaning.attribute] = read_latex(raw, protect=meaning.protect, unknown=unknown)
        else:
            if has_entities and meaning.kind is kinds.NAMES and "&" in raw:
                raw = entities_meant(raw)
            attribute = draft.attribute = meaning.attribute
            values[attribute] = meaning.kind.read(raw, draft)
        if unknown:
            draft.report_unknown()
    if not TITLE_PARTS.isdisjoint(fields):
        read_parts(draft)
    _read_rest(entry_type, draft)


def _kept(name: str, raw: str, draft: EntryDraft) -> str:
    """Return the value of a field for `extra`: text if LaTeX interprets it, otherwise unchanged."""
    if name in TEXT_FIELDS:
        return draft.latex(raw, protect=True)
    return read_verbatim(raw) if name in VERBATIM_FIELDS else raw


def _keep_all(entry_type: str, draft: EntryDraft) -> None:
    """Keep the fields of an entry that is not a work unchanged: others inherit them."""
    draft.extra.update({"type": entry_type, **draft.fields})
    if OVERFLOW in draft.fields:
        del draft.extra[OVERFLOW]
        _read_overflow(draft)


def _type_of(entry_type: str, draft: EntryDraft) -> str:
    subtype = SUBTYPES.get(draft.fields.get("entrysubtype", "").strip())
    if subtype is not None:
        return subtype
    known = TYPES.get(entry_type)
    if known is None:
        message = f"the entry type @{entry_type} is unknown; it is read as a document"
        hint = "the type is kept and written back"
        draft.report("unknown-entry-type", message, Severity.WARNING, hint)
        return "document"
    return _narrowed(entry_type, known, draft.fields)


def _narrowed(entry_type: str, known: str, fields: Mapping[str, str]) -> str:
    """Return the type that the fields of an entry specify more precisely than its own type."""
    if entry_type not in _NARROWED:
        return known
    if entry_type == "manual":
        return "software" if _is_of_r(fields) else known
    if entry_type == "unpublished" and not _EVENT.isdisjoint(fields):
        return "speech"
    if entry_type in _SPOKEN and "type" in fields and _is_speech(fields["type"]):
        return "speech"
    if entry_type == "misc" and "type" in fields:
        kind = _KINDS_OF_MISC.get(read_latex(fields["type"]).casefold())
        if kind is not None:
            return kind
    if entry_type == "article" and "chapter" in fields and _NUMBERED.isdisjoint(fields):
        return "article-newspaper"  # Zotero has its section there
    if _server_of(fields) is not None or _is_preprint(fields):
        return "article"
    if entry_type == "misc" and "url" in fields:
        is_site = fields.get("journal", "").strip() and _NOT_OF_SITES.isdisjoint(fields)
        return "webpage" if is_site else known
    return known


def _server_of(fields: Mapping[str, str]) -> str | None:
    """Return the server of a preprint; None for a work that appeared elsewhere."""
    journal = fields.get("journal") or fields.get("journaltitle") or ""
    server = _server_named(journal) if journal else None
    if journal or "booktitle" in fields:
        return server
    if "eprint" in fields:
        kind = fields.get("eprinttype") or fields.get("archiveprefix") or ""
        return preprint_server(kind.strip())
    for name in _HOUSES:
        if (house := fields.get(name)) and (server := _server_named(house)):
            return server
    return None


@lru_cache(maxsize=4096)
def _server_named(raw: str) -> str | None:
    """Return the server of preprints that a field names; journals recur in a file."""
    return preprint_server(read_latex(raw))


def _is_of_r(fields: Mapping[str, str]) -> bool:
    """Return whether a manual is R or one of its packages."""
    house = fields.get("organization", "").strip("{}")
    return house in _OF_R or _R_PACKAGE.match(fields.get("note", "")) is not None


def _is_speech(kind: str) -> bool:
    """Return whether a kind of work is one that is spoken, as Zotero writes it."""
    words = read_latex(kind).casefold().replace("-", " ").split()
    return len(words) < 6 and not _SPEECHES.isdisjoint(words)


def _is_preprint(fields: Mapping[str, str]) -> bool:
    """Return whether an entry states that it is a preprint, and names no journal."""
    kind = fields.get("type", "")
    return bool(kind and _JOURNALS.isdisjoint(fields) and is_preprint(read_latex(kind)))


# Values of several fields


def _read_rest(entry_type: str, draft: EntryDraft) -> None:
    fields, values, extra = draft.fields, draft.values, draft.extra
    if "year" in fields or "date" in fields or "month" in fields or "day" in fields:
        read_issued(draft)
    if entry_type in GENRE_OF_ENTRY_TYPE and "genre" not in values:
        values["genre"] = kinds.GENRES[GENRE_OF_ENTRY_TYPE[entry_type]]
    if "entrysubtype" in fields and fields["entrysubtype"].strip() not in SUBTYPES:
        extra["entrysubtype"] = fields["entrysubtype"]
        if draft.type in _RECORDED and "genre" not in values:
            _read_kind(values, fields["entrysubtype"].strip())
    if "editortype" in fields or "editora" in fields or "editorb" in fields:
        _read_editors(draft)
    if extra.get("issue") and values.get("issue", extra["issue"]) != extra["issue"]:
        values["issue"] += f", {extra['issue']}"
    if "addendum" in extra:
        values["note"] = join_titles(values.get("note", ""), "", extra["addendum"])
    if "langidopts" in fields and "language" in values:
        _read_variant(values, fields["langidopts"])
    issued = values.get("issued")
    if issued is not None and issued.literal is not None:
        draft.read_reissue(issued.literal)
    if "howpublished" in fields and "url" not in values:
        _read_address(draft, fields["howpublished"])
    if "howpublished" in fields or "note" in fields:
        read_page_addresses(values, extra, fields)
    if "eprint" in fields:
        _read_eprint(values, fields)
    if "address" in fields and "location" in fields:
        _read_places(draft)
    if draft.type == "thesis":
        _read_repository(draft)
    if draft.type == "software" and "note" in fields:
        version = _R_PACKAGE.match(values.get("note", ""))
        if version is not None:
            values.setdefault("version", version[1])
    if "howpublished" in fields and values.get("publisher", "").casefold() in _MEDIA:
        values.setdefault("medium", values.pop("publisher"))
    if is_status(values.get("publisher", "")) and "howpublished" in fields:
        values.setdefault("note", values.pop("publisher"))
    read_status(values)
    if draft.type == "article-journal" and values.get("genre", "").casefold() in kinds.ARTICLES:
        extra["type"] = values.pop("genre")
    for name, fault_in in () if draft.is_silent else _IDENTIFIERS:
        if name in values and (wrong := fault_in(values[name])):
            draft.own = name
            hint = "it is kept unchanged; compare it with the source"
            draft.report(f"bad-{name}", wrong, hint=hint)
    if "options" in fields:
        _read_options(draft, fields["options"])
    if draft.type == "article" and entry_type in _NARROWED:
        _read_preprint(draft)
    elif draft.type == "speech" and "event_date" in values:
        values.setdefault("issued", values["event_date"])
    elif draft.type in _IN_BOOKS:
        _read_volume_of_series(draft)
    if draft.has_entities:
        _read_entities(draft)
    if OVERFLOW in fields:
        _read_overflow(draft)


def _read_preprint(draft: EntryDraft) -> None:
    """Name the server of a preprint as its publisher."""
    fields, values, extra = draft.fields, draft.values, draft.extra
    server = _server_of(fields)
    if server is None:
        return
    if "container_title" in values and preprint_server(values["container_title"]):
        name = "journal" if "journal" in fields else "journaltitle"
        extra[name] = values.pop("container_title")
    house = values.get("publisher")
    if house and preprint_server(house) != server:
        extra["publisher"] = house
    values["publisher"] = server
    if "number" not in values and (number := _number_in(draft)):
        values["number"] = number


def _number_in(draft: EntryDraft) -> str | None:
    """Return the number that is in the place of a journal or, in DBLP, of its volume."""
    values, fields = draft.values, draft.fields
    journal = fields.get("journal") or fields.get("journaltitle") or ""
    volume = values.get("volume", "")
    if volume.startswith("abs/"):
        draft.extra["volume"] = values.pop("volume")
        return f"arXiv:{volume.removeprefix('abs/')}"
    return arxiv_number(journal)


def _read_volume_of_series(draft: EntryDraft) -> None:
    """Read the volume of an entry with a series as the volume of the series, as BibTeX's styles do.

    If there is a main title, the volume is one of that work.
    """
    values = draft.values
    if (
        "collection_title" in values
        and "volume" in values
        and "collection_number" not in values
        and "maintitle" not in draft.fields
        and "volumes" not in draft.fields
    ):
        values["collection_number"] = values.pop("volume")


def _read_entities(draft: EntryDraft) -> None:
    r"""Read the entities and tags that HTML left in texts: `Science &amp; <em>Nature</em>`."""
    for values in (draft.values, draft.extra):
        for name, value in values.items():
            if (
                type(value) is str
                and ("&" in value or "</" in value)
                and (name in TEXT_FIELDS or values is draft.values)
            ):
                values[name] = tags_meant(entities_meant(value))


def _read_editors(draft: EntryDraft) -> None:
    """Assign editors of other kinds (`editortype = {compiler}`) to their role in CSL."""
    fields = draft.fields
    for name in _EDITORS:
        role = EDITOR_ROLES.get(fields.get(f"{name}type", "").strip())
        if role is None or not fields.get(name, "").strip():
            continue
        found = read_names(fields[name])
        draft.values[role] = draft.values.get(role, ()) + found.names
        if found.et_al:
            draft.mark_et_al(role)
        del draft.extra[f"{name}type"]
        if name == "editor":
            del draft.values["editor"]
            draft.values.get("et_al", set()).discard("editor")
        else:
            del draft.extra[name]


def _read_kind(values: dict[str, Any], subtype: str) -> None:
    """Read the kind of a film or recording that biblatex-apa names: `entrysubtype = {film}`."""
    if subtype in _KINDS_OF_RECORDING:
        values["genre"] = _KINDS_OF_RECORDING[subtype]


def _read_variant(values: dict[str, Any], options: str) -> None:
    """Read the region that polyglossia names in addition to the language (`variant=american`)."""
    variant = _VARIANT.search(options)
    tag = read_language(variant[1]) if variant else ""
    if tag.startswith(f"{values['language']}-"):
        values["language"] = tag


def _read_address(draft: EntryDraft, raw: str) -> None:
    r"""Read a URL as a URL: `howpublished = {\url{…}}` is older than `url`."""
    if not _ONLY_ADDRESS.fullmatch(raw.strip()):
        return
    address = read_verbatim(raw)
    for values, name in ((draft.values, "publisher"), (draft.extra, "howpublished")):
        if values.get(name) == address:
            del values[name]
            draft.values["url"] = address
            return


def _read_repository(draft: EntryDraft) -> None:
    """Read the repository that holds a thesis; its publisher is the university.

    biblatex-apa has it in `publisher`, ProQuest in `journal`, Better BibTeX in `library`.
    """
    values, extra = draft.values, draft.extra
    if "archive" in values:
        return
    repository = extra.get("publisher")
    if repository and repository != values.get("publisher"):
        values["archive"] = extra.pop("publisher")
    elif "container_title" in values:
        values["archive"] = values.pop("container_title")
    elif is_repository(values.get("call_number", "")):
        values["archive"] = values.pop("call_number")


def _read_places(draft: EntryDraft) -> None:
    """Read the two places that ACM gives: that of the event, then that of the publisher."""
    values, extra = draft.values, draft.extra
    event, house = values.get("publisher_place"), extra.get("address")
    if not event or not house or "event_place" in values:
        return
    draft.own = "address"
    house = kinds.LIST.read(house, draft)
    if draft.unknown:
        draft.report_unknown()
    if house != event:
        del extra["address"]
        values["event_place"], values["publisher_place"] = event, house


def _read_eprint(values: dict[str, Any], fields: Mapping[str, str]) -> None:
    kind = fields.get("eprinttype") or fields.get("archiveprefix") or ""
    number = read_verbatim(fields["eprint"])
    start = _EPRINTS.get(kind.strip().lower())
    if number and start and "url" not in values:
        values["url"] = start + number.removeprefix("arXiv:")
    if number and kind.strip().lower() == "pubmed":
        values.setdefault("pmid", number)


def _read_options(draft: EntryDraft, raw: str) -> None:
    draft.extra["options"] = raw
    if re.search(r"useprefix\s*=\s*false", raw):
        for attribute, names in draft.values.items():
            if attribute in _NAME_ATTRIBUTES:
                draft.values[attribute] = tuple(map(_dropping, names))


def _dropping(name: Name) -> Name:
    if name.non_dropping_particle is None or name.dropping_particle is not None:
        return name
    return name.replace(non_dropping_particle=None, dropping_particle=name.non_dropping_particle)


def _read_overflow(draft: EntryDraft) -> None:
    raw = draft.fields[OVERFLOW]
    try:
        found = json.loads(raw)
        for attribute, value in dict(found).items():
            _set_overflow(draft, attribute, value)
    except (ValueError, TypeError, RecursionError):
        draft.own = OVERFLOW
        draft.extra[OVERFLOW] = raw
        message = f"the field {OVERFLOW!r} does not contain the written values"
        draft.report("bad-overflow", message, Severity.WARNING)


def _set_overflow(draft: EntryDraft, attribute: str, value: Any) -> None:
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
        raise ValueError(f"{attribute} is not an attribute")
