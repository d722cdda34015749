"""Find COinS in a page and read them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote, unquote_to_bytes

from refcite.formats.coins.kinds import kind_of
from refcite.formats.coins.table import DC, KEYS, PREFIX, SEASONS, SPEC
from refcite.formats.draft import Draft, library_of
from refcite.formats.htmlread import root_of
from refcite.formats.namelists import names_of, of_names
from refcite.formats.references import without_half_references
from refcite.formats.typenames import type_named
from refcite.library import Library
from refcite.names import Name, is_et_al
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["Pairs", "draft_of", "read"]

_SEASONS: Final = {**{name: 21 + place for place, name in enumerate(SEASONS)}, "autumn": 23}
_YEAR: Final = re.compile(r"\d{4}", re.ASCII)
_ABOUT: Final = ("ctx_", "rfr_", "rfe_", "url_")
"""The starts of keys that do not describe the cited work."""
_PERSON_KEYS: Final = (
    *("aulast", "aufirst", "auinit", "auinit1", "auinitm", "ausuffix", "au", "aucorp"),
)
_INVENTOR_KEYS: Final = ("invlast", "invfirst", "inventor")
_ENCODING: Final = re.compile(r"info:ofi/enc:([A-Za-z0-9_-]{1,20})")
_WORD: Final = re.compile(r"[^\W_]+")
_AMPERSAND: Final = re.compile(r"&(?:amp;)*")

Pairs = list[tuple[str, str]]


def read(text: str) -> Library:
    """Read the COinS of a page, or of single spans.

    Args:
        text: HTML with elements `<span class="Z3988" title="ctx_ver=…">`.

    Returns:
        The records, with the problems in the library.

    Example:
        >>> from refcite import loads
        >>> library = loads('<p>x<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;'
        ...     'rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&amp;rft.btitle=The+Castle&amp;'
        ...     'rft.au=Kafka%2C+Franz&amp;rft.date=1926"></span>', "coins")
        >>> library[0].type, library[0].title, str(library[0].author[0])
        ('book', 'The Castle', 'Kafka, Franz')
    """
    found: list[tuple[Record, Draft]] = []
    problems: list[Problem] = []
    text = without_half_references(text, problems)
    for span in _spans(text):
        pairs = _pairs(span.get("title", ""))
        if any(key.startswith("rft") for key, _ in pairs):
            draft = draft_of(pairs, span.sourceline)
            draft.values["id"] = span.get("data-id", "")
            found.append((draft.record("coins"), draft))
        else:
            problems.append(_unread(span.sourceline))
    return library_of(found, problems=problems)


def _spans(text: str) -> Iterator[Any]:
    if "Z3988" not in text:
        return
    root = root_of(text)
    for element in root.iter() if root is not None else ():
        if "Z3988" in element.get("class", "").split():
            yield element


def _unread(line: int | None) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="unread-coins",
        message="an element of class Z3988 has no title with keys that start with rft",
        line=line,
        hint="it is skipped",
    )


def _pairs(title: str) -> Pairs:
    """Return the keys of a ContextObject with their values (Z39.88-2004, part 2, § 6)."""
    parts = [part.partition("=")[::2] for part in _AMPERSAND.split(title) if part]
    encoding = next((unquote(value) for key, value in parts if key == "ctx_enc"), "")
    found = _ENCODING.fullmatch(encoding)
    name = found[1] if found else "utf-8"
    return [(unquote(key).strip(), _decoded(value, name)) for key, value in parts]


def _decoded(value: str, encoding: str) -> str:
    raw = unquote_to_bytes(value.replace("+", " "))
    try:
        return raw.decode(encoding).strip()
    except (UnicodeDecodeError, LookupError):
        return raw.decode("utf-8", "replace").strip()


def draft_of(pairs: Pairs, line: int = 0) -> Draft:
    """Return the data of a ContextObject about its referent.

    Args:
        pairs: Its keys, with or without `rft.`, and their values.
        line: The line on which it is.
    """
    pairs = [
        (key.removeprefix("rft."), text)
        for key, text in pairs
        if text and not key.startswith(_ABOUT)
    ]
    first = dict(reversed(pairs))
    format_ = first.get("rft_val_fmt", "").removeprefix(PREFIX)
    named = format_
    format_, genre, doubt = kind_of(named, first.get("genre", ""), first)
    is_dc = format_ == "dc"
    if is_dc:
        genre = first.get("type", "")
    csl_type = _type_of_dc(genre, pairs) if is_dc else _type_of(format_, genre, first)
    # All that is in Dublin Core has the same keys.
    draft = Draft(SPEC, DC[0] if is_dc else csl_type or "document", line=line)
    draft.values["type"] = csl_type or "document"
    if csl_type is None:
        draft.unknown_type(genre)
    elif doubt:
        message = f"{doubt}; it is read as {csl_type}, by its keys"
        is_known = not first.get("genre") and named in (format_, "")
        severity = Severity.INFO if is_known else Severity.WARNING
        draft.report("guessed-type", message, severity)
    people = _INVENTOR_KEYS if format_ == "patent" else _PERSON_KEYS
    authors = of_names(_authors(draft, pairs, first, people))
    if authors.names:
        draft.values["author"] = draft.names(authors, "author")
    used = {"rft_val_fmt", "genre", *people, *(("type",) if is_dc else ())}
    pairs = [(key, text) for key, text in pairs if key not in used]
    _join_season(pairs, first)
    if "pages" in KEYS[format_]:
        _join_pages(pairs, first)
    draft.read((key if key.startswith("rft") else f"rft.{key}", text, line) for key, text in pairs)
    return draft


def _type_of_dc(named: str, pairs: Pairs) -> str | None:
    if named:
        return type_named(named)
    has_address = any(key == "rft_id" and text.startswith("http") for key, text in pairs)
    return "webpage" if has_address else "document"


def _type_of(format_: str, genre: str, first: Mapping[str, str]) -> str | None:
    if format_ == "book" and genre == "conference" and "atitle" in first:
        return "paper-conference"
    return SPEC.type_of(f"{format_}/{genre}") or SPEC.type_of(format_)


def _join_season(pairs: Pairs, first: Mapping[str, str]) -> None:
    """Put the season after its year, as EDTF has it."""
    season = _SEASONS.get(first.get("ssn", "").casefold())
    year = first.get("date", "")
    if season and _YEAR.fullmatch(year):
        pairs.remove(("ssn", first["ssn"]))
        pairs[pairs.index(("date", year))] = "date", f"{year}-{season}"


def _join_pages(pairs: Pairs, first: Mapping[str, str]) -> None:
    """Join the first and the last page to a range; pages within a range are not repeated."""
    start, end = first.get("spage", ""), first.get("epage", "")
    joined = f"{start}-{end}" if end not in ("", start) else start
    if start and first.get("pages", start) in (start, joined):
        pairs[:] = [(key, text) for key, text in pairs if key not in ("spage", "epage")]
        if "pages" not in first:
            pairs.append(("pages", joined))


# Names


def _authors(
    draft: Draft, pairs: Pairs, first: Mapping[str, str], keys: tuple[str, ...]
) -> tuple[Name, ...]:
    """Return all persons and organisations, the person with known parts first."""
    of_family, of_given = keys[:2]
    names: list[Name] = []
    bodies = [Name(literal=text) for key, text in pairs if key == "aucorp" and key in keys]
    for key, text in pairs:
        if key in keys:
            is_all = key in ("au", "inventor")
            if key == "aucorp" or (is_all and is_et_al(text)):
                names.append(Name(literal=text))
            elif is_all:
                remedy = f"write each name in a separate key rft.{key}"
                found = names_of([text], remedy, Name.parse, is_straight=True)
                names += draft.names(found, "author")
    if of_family in first:
        initials = " ".join(filter(None, (first.get("auinit1"), first.get("auinitm"))))
        given = first.get(of_given) or first.get("auinit") or initials
        _place_lead(
            names, Name.of_parts(first[of_family], given, first.get("ausuffix", "")), bodies
        )
    return tuple(names)


def _place_lead(names: list[Name], lead: Name, bodies: Collection[Name]) -> None:
    """Put the first person in the place of the same name among all, otherwise before them.

    Args:
        names: All that are named; it is changed.
        lead: The person with known parts.
        bodies: The names that are marked as organisations.
    """
    words = _words(lead)
    for place, name in enumerate(names):
        if _words(name) == words:
            is_fuller = lead.given or not name.given
            names[place] = lead if is_fuller and name not in bodies else name
            return
    if names and _is_shortened(names[0], lead):
        names[0] = max(lead, names[0], key=lambda name: len(name.given or ""))
    elif lead not in names:
        names.insert(0, lead)


def _words(name: Name) -> list[str]:
    """Return the words of a name, in any order: `Roe Ann` may have the family name first."""
    parts = (name.given, name.dropping_particle, name.non_dropping_particle, name.family)
    text = name.literal or " ".join(part for part in parts if part)
    return sorted(_WORD.findall(text.casefold()))


def _is_shortened(name: Name, other: Name) -> bool:
    """Return whether two names are one family name with a given name and its initials."""
    if name.literal is not None or _family(name) != _family(other):
        return False
    given, other_given = (_WORD.findall((one.given or "").casefold()) for one in (name, other))
    pairs = list(zip(given, other_given, strict=False))
    return bool(pairs) and all(
        one == two or (min(len(one), len(two)) == 1 and one[0] == two[0]) for one, two in pairs
    )


def _family(name: Name) -> tuple[str, str]:
    return (name.non_dropping_particle or "").casefold(), (name.family or "").casefold()
