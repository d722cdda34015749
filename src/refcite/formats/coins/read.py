"""Find COinS in a page and read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree

from refcite.dates import Date, Point
from refcite.formats.coins.table import KEYS, PREFIX, keys_of, shape_named
from refcite.formats.csv.headers import type_named
from refcite.formats.namelists import names_of, of_names
from refcite.identifiers import normal_doi
from refcite.library import Library
from refcite.names import Name, is_et_al
from refcite.problems import Problem, Severity
from refcite.record import Origin, Record
from refcite.vocabulary import ATTRIBUTES, NAME_VARIABLES

__all__ = ["FORMAT", "Draft", "draft_of", "read"]

FORMAT: Final = "coins"
_SEASONS: Final = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}

_AUTHOR_KEYS: Final = frozenset(
    ("aulast", "aufirst", "auinit", "auinit1", "auinitm", "ausuffix", "au", "aucorp")
)
_INVENTOR_KEYS: Final = frozenset(("invlast", "invfirst", "inventor"))
_NAMES: Final = frozenset(NAME_VARIABLES)
_ENCODING: Final = re.compile(r"info:ofi/enc:([A-Za-z0-9_-]{1,20})")
_AMPERSAND: Final = re.compile(r"&(?:amp;)*")
_REPEATED: Final = frozenset({"keyword"})

Pairs = list[tuple[str, str]]


def read(text: str) -> Library:
    """Read the COinS of a page, or spans alone.

    Args:
        text: HTML with elements `<span class="Z3988" title="ctx_ver=…">`.

    Returns:
        The records, with what is wrong in the library's problems.

    Example:
        >>> from refcite import loads
        >>> library = loads('<p>x<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;'
        ...     'rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&amp;rft.btitle=The+Castle&amp;'
        ...     'rft.au=Kafka%2C+Franz&amp;rft.date=1926"></span>', "coins")
        >>> library[0].type, library[0].title, str(library[0].author[0])
        ('book', 'The Castle', 'Kafka, Franz')
    """
    library = Library(is_keyed=False)
    for span in _spans(text):
        pairs = _pairs(span.get("title", ""))
        if not any(key.startswith("rft") for key, _ in pairs):
            library.problems.append(_unread(span.sourceline))
            continue
        draft = draft_of(pairs)
        identifier = span.get("data-id", "")
        library.problems.extend(
            problem.replace(line=span.sourceline, key=identifier or None)
            for problem in draft.problems
        )
        library.append(
            Record(
                id=identifier,
                type=draft.type,  # type: ignore[arg-type]  # the table's types are CSL's
                extra=draft.extra,
                origin=Origin(format=FORMAT, line=span.sourceline),
                **draft.values,
            )
        )
    return library


def _spans(text: str) -> Iterator[Any]:
    if "Z3988" not in text:
        return
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return
    for element in root.iter() if root is not None else ():
        if isinstance(element.tag, str) and "Z3988" in element.get("class", "").split():
            yield element


def _unread(line: int | None) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="unread-coins",
        message="an element of class Z3988 has no title with keys that start with rft",
        line=line,
        hint="it is passed over",
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


class Draft:
    """The attributes of a record, before it is made.

    Attributes:
        type: The CSL type.
        values: The attributes.
        extra: What no attribute holds, under the key with `rft.`.
        problems: What is doubtful.
    """

    def __init__(self) -> None:
        self.type = "document"
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.problems: list[Problem] = []


def draft_of(pairs: Pairs) -> Draft:
    """Return what a ContextObject says of its referent."""
    return _Reader(pairs).draft


class _Reader:
    def __init__(self, pairs: Pairs) -> None:
        self.draft = Draft()
        self._pairs = [(key.removeprefix("rft."), text) for key, text in pairs if text]
        self._format = self._first("rft_val_fmt").removeprefix(PREFIX)
        self._type()
        self._keys = keys_of(self.draft.type)
        self._identifiers()
        self._authors()
        self._dates()
        self._pages()
        self._rest()

    def _first(self, key: str) -> str:
        return next((text for name, text in self._pairs if name == key), "")

    def _all(self, key: str) -> list[str]:
        return [text for name, text in self._pairs if name == key]

    def _type(self) -> None:
        genre = self._first("type" if self._format == "dc" else "genre")
        if self._format not in KEYS:
            # An OpenURL of the first generation names no format.
            self._format = "journal" if self._first("jtitle") or self._first("issn") else "book"
        named = shape_named(self._format, genre)
        if named is None and self._format == "dc":
            named = type_named(genre) if genre else "webpage" if self._has_address() else "document"
        elif named is None:
            named = shape_named(self._format, "")
        if genre == "conference" and self._format == "book" and self._first("atitle"):
            named = "paper-conference"
        if named is None:
            self.draft.extra["type"] = genre
            self._warn("unknown-type", f"{genre[:60]!r} is no type of CSL; it is read as document")
        self.draft.type = named or "document"
        self._used = {"rft_val_fmt", "genre", *(("type",) if self._format == "dc" else ())}

    def _has_address(self) -> bool:
        return any(text.startswith("http") for text in self._all("rft_id"))

    def _warn(self, code: str, message: str) -> None:
        self.draft.problems.append(Problem(severity=Severity.WARNING, code=code, message=message))

    def _put(self, attribute: str, value: Any) -> bool:
        return bool(self.draft.values.setdefault(attribute, value) == value)

    def _keep(self, key: str, text: str) -> None:
        before = self.draft.extra.get(key)
        if before is None:
            self.draft.extra[key] = text
        elif isinstance(before, list):
            before.append(text)
        else:
            self.draft.extra[key] = [before, text]

    def _identifiers(self) -> None:
        for key in ("rft_id", "identifier") if self._format == "dc" else ("rft_id",):
            for text in self._all(key):
                self._identifier(key, text)
            self._used.add(key)

    def _identifier(self, key: str, text: str) -> None:
        scheme, _, rest = text.partition("/")
        if scheme == "info:doi":
            known = self._put("doi", rest)
        elif scheme == "info:pmid":
            known = self._put("pmid", rest)
        elif text.lower().startswith("urn:isbn:"):
            known = self._put("isbn", text[9:])
        elif text.lower().startswith("urn:issn:"):
            known = self._put("issn", text[9:])
        elif "://" in text:
            known = self._put("url", text)
            doi = normal_doi(text)
            if doi != text and not any(one.startswith("info:doi/") for one in self._all("rft_id")):
                self._put("doi", doi)
        else:
            known = False
        if not known:
            self._keep(key if key == "rft_id" else f"rft.{key}", text)

    # Names

    def _authors(self) -> None:
        is_patent = self._format == "patent"
        last, first, all_key = (
            ("invlast", "invfirst", "inventor") if is_patent else ("aulast", "aufirst", "au")
        )
        self._used |= _INVENTOR_KEYS if is_patent else _AUTHOR_KEYS
        family = self._first(last)
        given = self._first(first) or self._initials()
        names: list[Name] = []
        for key, text in self._pairs:
            if (key == "aucorp" and not is_patent) or (key == all_key and is_et_al(text)):
                names.append(Name(literal=text))
            elif key == all_key:
                remedy = f"give each name a key rft.{key}"
                found = names_of([text], remedy, Name.parse, is_straight=True)
                names += found.names
                self.draft.problems += found.problems
        if family:
            lead = Name.of_parts(family, given, self._first("ausuffix"))
            self._place_lead(names, lead)
        if names:
            of_names(names).put(self.draft.values, "author")

    def _initials(self) -> str:
        if self._format == "patent":
            return ""
        parts = (self._first("auinit1"), self._first("auinitm"))
        return self._first("auinit") or " ".join(filter(None, parts))

    def _place_lead(self, names: list[Name], lead: Name) -> None:
        """Put the first person where the same one stands among all, else before them."""
        for place, name in enumerate(names):
            if name.literal is None and _flat(name) == _flat(lead):
                names[place] = lead if lead.given or not name.given else name
                return
        if lead not in names:
            names.insert(0, lead)

    # Dates and pages

    def _dates(self) -> None:
        for key, attribute in (("date", "issued"), ("appldate", "submitted")):
            variable = self._keys.get(key)
            text = self._first(key)
            if text and (variable or key == "date"):
                self._used.add(key)
                date = Date.parse(text, problems=self.draft.problems)
                self._put(attribute, self._with_season(date) if key == "date" else date)

    def _with_season(self, date: Date) -> Date:
        season = _SEASONS.get(self._first("ssn").casefold())
        if season is None or date.year is None or date.month is not None or date.is_range:
            return date
        self._used.add("ssn")
        return Date(Point(date.year, season=season))

    def _pages(self) -> None:
        if "page" not in self._keys.values():
            return
        start, end = self._first("spage"), self._first("epage")
        joined = f"{start}-{end}" if start and end and start != end else start
        pages = self._first("pages")
        if pages or joined:
            self._put("page", pages or joined)
            # What the range says is not said again.
            if not pages or pages in (joined, start):
                self._used |= {"spage", "epage"}
            self._used.add("pages")

    def _rest(self) -> None:
        for key, text in self._pairs:
            variable = self._keys.get(key)
            if key in self._used or key.startswith(("ctx_", "rfr_", "rfe_", "url_")):
                continue
            if variable is None or variable in ("issued", "submitted"):
                self._keep(key if key.startswith("rft") else f"rft.{key}", text)
            elif variable in _NAMES:
                self._add_name(ATTRIBUTES[variable], text)
            elif variable in _REPEATED and ATTRIBUTES[variable] in self.draft.values:
                words = self.draft.values[ATTRIBUTES[variable]]
                self.draft.values[ATTRIBUTES[variable]] = f"{words}, {text}"
            elif not self._put(ATTRIBUTES[variable], text):
                self._keep(f"rft.{key}", text)
        if "title" not in self.draft.values and self._first("title"):
            self.draft.values["title"] = self._first("title")

    def _add_name(self, attribute: str, text: str) -> None:
        name = Name.parse(text) if "," in text else Name(literal=text)
        self.draft.values[attribute] = (*self.draft.values.get(attribute, ()), name)


def _flat(name: Name) -> str:
    parts = (name.given, name.dropping_particle, name.non_dropping_particle, name.family)
    return " ".join(part for part in parts if part).casefold()
