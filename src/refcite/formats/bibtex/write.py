"""Write BibTeX and biblatex files."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain
from typing import Any, Final, Self
from urllib.parse import quote

from attrs import asdict, define, field, frozen

from refcite.dates import Date
from refcite.formats.bibtex import kinds
from refcite.formats.bibtex.build import OVERFLOW, build
from refcite.formats.bibtex.dating import date_of, has_time, write_date, write_issued
from refcite.formats.bibtex.dialect import Dialect
from refcite.formats.bibtex.draft import EntryDraft
from refcite.formats.bibtex.keep import (
    FORMAT,
    Kept,
    in_place,
    join_kept,
    kept_of,
    streamed_containers,
    streamed_in_place,
    streamed_kept,
    with_its_macros,
)
from refcite.formats.bibtex.latex_write import with_protected_capitals, write_latex
from refcite.formats.bibtex.mapping import (
    CONTAINERS_OF_DATA,
    EDITOR_ROLES,
    GENRE_OF_ENTRY_TYPE,
    PUBLISHERS,
    TEXT_FIELDS,
    TYPES,
    entry_type_of,
    field_names,
    titled,
)
from refcite.formats.bibtex.parts import separate, volume_titles
from refcite.formats.bibtex.people import split_list, write_names
from refcite.formats.bibtex.revised import Composed, Revision, is_biblatex
from refcite.formats.bibtex.values import STANDARD_MACROS
from refcite.formats.crosswalk import Codec
from refcite.formats.languages import write_language
from refcite.formats.progress import reporting
from refcite.formats.statuses import is_status
from refcite.keys import pointing, with_keys, with_keys_streamed
from refcite.library import Library
from refcite.problems import FormatError
from refcite.record import Record, record_of

__all__ = ["free_keys", "join_blocks", "write", "write_block", "write_stream"]

_NARROWED: Final = {
    "article": ("article", "misc", "online", "unpublished", "techreport", "report"),
    "speech": ("unpublished", "misc"),
    **dict.fromkeys(("webpage", "dataset", "software", "motion_picture"), ("misc",)),
}
"""Types that the fields of an entry specify, with the possible types of the entry."""
_PRINTED: Final = frozenset({"collection_number", "event_place", "status"})
_NO_ENTRIES: Final = frozenset({"comment", "string", "preamble"})
_DIALECTS: Final = ("bibtex", "biblatex")
_FIELD_NAME: Final = re.compile(r"[a-z][a-z0-9_:+./|?!*<>\[\]-]*")
_NOT_IN_KEYS: Final = re.compile(r"[\s\"#%'(),={}@\\~]+")
_ONE_RANGE: Final = re.compile(r"[A-Za-z0-9]++-[A-Za-z0-9]++")
_REFUSED: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""The control characters that TeX refuses to read."""
_JSON_TEXT: Final = re.compile(r'"((?:[^"\\]|\\.)*+)"')
_NOT_IN_JSON: Final = re.compile(r'\\["\\]|[{}@]')
_FIRST: Final = [
    "author",
    "bookauthor",
    "editor",
    "translator",
    *titled(""),
    *titled("main"),
    "issuetitle",
    *titled("book"),
    "journal",
    "journaltitle",
    "journalsubtitle",
    "series",
    "volume",
    "number",
    "issue",
    "part",
    "edition",
    "chapter",
    "pages",
    "eid",
    "publisher",
    "institution",
    "school",
    "organization",
    "howpublished",
    "address",
    "location",
    "date",
    "year",
    "month",
    "day",
    "type",
    "note",
]
_KEY_OF: Final = {text: key for key, text in reversed(kinds.KEYS.items())}


class _Order(dict[str, int]):
    """The rank of each field in an entry; all others are last."""

    def __missing__(self, name: str) -> int:
        return len(self)


_ORDER: Final = _Order((name, index) for index, name in enumerate(_FIRST))


def write(
    records: Iterable[Record],
    *,
    dialect: Dialect | None = None,
    ascii: bool = False,  # noqa: A002 - as in json.dumps
    align: bool | None = None,
    compact: bool = False,
    key_pattern: str | None = None,
) -> str:
    r"""Return records as a BibTeX file.

    Entries that were read from BibTeX and have not changed are written in their original form, with
    the comments, `@string` and `@preamble` around them. In an entry that has changed, only the
    changed fields are replaced, unless it inherits fields or has a syntax error. If a dialect or a
    layout is named, or `ascii` is set, all entries are formatted again. The output is read as the
    same records: values that no field can hold (an id with a space, a text with an unbalanced brace
    in a raw field) are in a field `refcite`.

    Args:
        records: The records; of a library, the containers (`@xdata`, `@set`) are written too.
        dialect: `bibtex` for classic BibTeX (`journal`, `year`, `month`), `biblatex` for
            biblatex's types and fields (`journaltitle`, `date`). Without a dialect, new entries
            are written in classic BibTeX, and changed ones in the dialect of their fields.
        ascii: Whether to write letters beyond ASCII as LaTeX accents and commands. Keys and fields
            that LaTeX does not interpret (URLs, unknown fields) are not changed.
        align: Whether the values of an entry start in one column. None keeps the layout of entries
            that were read, and aligns the others.
        compact: Whether each entry is on one line.
        key_pattern: The pattern of the keys, such as `{author}{year}{title}` (`refcite.keys`
            describes the fields and their options). Without it, the records' ids are the keys.

    Raises:
        FormatError: There is no such dialect, or the key pattern has an unknown field.

    Example:
        >>> from refcite import Date, Record, dumps
        >>> report = Record(id="k", type="article-newspaper", title="Profit & loss",
        ...                 container_title="The Day", issued=Date.parse("2017-01-18"))
        >>> print(dumps([report], "bibtex"))
        @article{k,
          title        = {Profit \& loss},
          journal      = {The Day},
          year         = {2017},
          month        = jan,
          day          = {18},
          entrysubtype = {newspaper},
        }
        <BLANKLINE>
    """
    options = _Options.of(dialect, ascii, align, compact)
    return "".join(_whole(records, options, key_pattern))


def write_stream(
    records: Iterable[Record],
    *,
    dialect: Dialect | None = None,
    ascii: bool = False,  # noqa: A002 - as in json.dumps
    align: bool | None = None,
    compact: bool = False,
    key_pattern: str | None = None,
) -> Iterator[str]:
    """Yield records as BibTeX, in pieces; the text is that of `write`.

    Of the records that have been written, only the keys are kept. A record is held, with those
    after it, until the records to which it refers have been read. With a key pattern, the records
    of a BibTeX file are read to the end first, since all references to them change.

    If a new key is equal to that of a later entry, which would otherwise be written in its original
    form, the later entry gets another key.

    Args:
        records: The records. Those of `stream` are written with the containers of their file.
        dialect: As for `write`; so are the other options.
        ascii: Whether to write letters beyond ASCII as LaTeX.
        align: Whether the values of an entry start in one column.
        compact: Whether each entry is on one line.
        key_pattern: The pattern of the keys.

    Raises:
        FormatError: There is no such dialect, or the key pattern has an unknown field.

    Example:
        >>> from refcite import Record
        >>> works = (Record(id=id, type="book", title=id.upper()) for id in ("a", "b"))
        >>> print("".join(write_stream(works, compact=True)), end="")
        @book{a, title = {A}}
        <BLANKLINE>
        @book{b, title = {B}}
    """
    options = _Options.of(dialect, ascii, align, compact)
    if isinstance(records, Sequence):
        return _whole(records, options, key_pattern)
    if key_pattern is None:
        return _streamed(records, options)
    remaining = iter(records)
    first = next(remaining, None)
    remaining = chain([first] if first else [], remaining)
    if first is not None and first.origin is not None and first.origin.format == FORMAT:
        return _whole(list(remaining), options, key_pattern)
    return _streamed(with_keys_streamed(remaining, key_pattern), options)


def write_block(
    records: Iterable[Record],
    keys: Iterable[str],
    *,
    dialect: Dialect | None = None,
    ascii: bool = False,  # noqa: A002 - as in json.dumps
    align: bool | None = None,
    compact: bool = False,
) -> str:
    """Return some of the records of a large file as BibTeX.

    Args:
        records: The records, which were not read from BibTeX.
        keys: Their keys, which `free_keys` returns.
        dialect: As for `write`; so are the other options.
        ascii: Whether to write letters beyond ASCII as LaTeX.
        align: Whether the values of an entry start in one column.
        compact: Whether each entry is on one line.
    """
    options = _Options.of(dialect, ascii, align, compact)
    texts = (
        (record, _Writer(record, options.dialect, options.ascii).entry(key, options.layout))
        for record, key in zip(records, keys, strict=True)
    )
    return "".join(join_kept(texts, is_anew=options.is_anew))


def free_keys(ids: Iterable[str], used: dict[str, bool]) -> list[str]:
    """Return the keys of the next records of a file.

    Args:
        ids: Their ids.
        used: The keys before them, to which these are added.
    """
    keys: list[str] = []
    for id_ in ids:
        key = _free_key(id_, used)
        used[key] = False
        keys.append(key)
    return keys


def join_blocks(texts: Iterable[bytes], **options: object) -> Iterator[bytes]:
    """Yield the text of all records, from texts with some of them in UTF-8.

    Args:
        texts: The texts, none of which is empty.
        **options: The options of the writer.
    """
    is_first = True
    for text in texts:
        yield text if is_first else b"\n" + text
        is_first = False


def _whole(records: Iterable[Record], options: _Options, key_pattern: str | None) -> Iterator[str]:
    containers = records.containers if isinstance(records, Library) else None
    records = list(records)
    if containers is None:
        containers = streamed_containers(records)
    if key_pattern is not None:
        renamed = with_keys(records, key_pattern, [one.id for one in containers])
        containers = pointing(containers, records, renamed)
        records = renamed
    if containers:
        records = in_place(records, containers)
    entries: list[tuple[Record, Kept | None, Kept | None]]
    if options.is_anew:
        entries = [(one, None, None) for one in records]
    else:
        entries = list(with_its_macros(zip(records, kept_of(records), strict=True)))
    keys = {record.id: True for record, kept, _ in entries if kept}
    texts = options.texts(reporting(entries, len(entries)), keys)
    return join_kept(texts, is_anew=options.is_anew)


def _streamed(records: Iterable[Record], options: _Options) -> Iterator[str]:
    records = streamed_in_place(records)
    entries: Iterable[tuple[Record, Kept | None, Kept | None]]
    if options.is_anew:
        entries = ((one, None, None) for one in records)
    else:
        entries = with_its_macros(streamed_kept(records))
    return join_kept(options.texts(entries, {}), is_anew=options.is_anew)


@frozen
class _Options:
    """The options of the writer.

    Attributes:
        dialect: The dialect of changed and new entries.
        ascii: Whether letters beyond ASCII are written as LaTeX.
        layout: The layout of changed and new entries.
        is_anew: Whether no entry is written in its original form.
    """

    dialect: Dialect
    ascii: bool
    layout: Layout
    is_anew: bool

    @classmethod
    def of(
        cls,
        dialect: Dialect | None,
        ascii: bool,  # noqa: A002 - as in json.dumps
        align: bool | None,
        compact: bool,
    ) -> Self:
        if dialect not in {None, *_DIALECTS}:
            raise FormatError(
                f"there is no dialect {dialect!r} of BibTeX; use 'bibtex' or 'biblatex'"
            )
        layout = Layout.COMPACT if compact else Layout.PLAIN if align is False else Layout.ALIGNED
        is_anew = dialect is not None or ascii or compact or align is not None
        return cls(dialect or "bibtex", ascii, layout, is_anew)

    def texts(
        self,
        entries: Iterable[tuple[Record, Kept | None, Kept | None]],
        keys: dict[str, bool],
    ) -> Iterator[tuple[Record, str]]:
        """Yield each record with the text of its entry.

        Args:
            entries: The records, each with the entry that can be written unchanged, and with the
                entry of which parts can be written unchanged.
            keys: The keys that are used, each with whether its entry is written unchanged.
        """
        revision = Revision()
        for record, kept, usable in entries:
            if kept and keys.setdefault(record.id, True):
                yield record, kept.raw
                continue
            key = _free_key(record.id, keys)
            keys[key] = False
            text = _revised(record, usable, revision) if usable and key == record.id else None
            if text is None:
                text = _Writer(record, self.dialect, self.ascii).entry(key, self.layout)
            yield record, text


def _revised(record: Record, kept: Kept, revision: Revision) -> str | None:
    """Return the original text of an entry with its changes; None if it is formatted again."""
    dialect: Dialect = "biblatex" if is_biblatex(_names_read(record)) else "bibtex"
    read = kept.read if kept.read["id"] else {**kept.read, "id": record.id}
    before = record_of({**read, "origin": record.origin})
    composed = [_Writer(one, dialect, ascii=False).composed() for one in (before, record)]
    return revision.text(record, kept, *composed)


def _names_read(record: Record) -> Collection[str]:
    """Return the names of the fields of the entry from which a record was read."""
    origin = record.origin
    return origin.verbatim.get("fields", ()) if origin is not None else ()


class Layout(Enum):
    """The layout of an entry."""

    ALIGNED = "aligned"  # the values start in one column
    PLAIN = "plain"
    COMPACT = "compact"  # one line


@define
class _Writer:
    record: Record
    dialect: Dialect
    ascii: bool
    fields: dict[str, str] = field(factory=dict)
    macros: set[str] = field(factory=set)
    title: str | None = None
    values: dict[str, Any] = field(factory=dict)  # of the record, with this title

    def __attrs_post_init__(self) -> None:
        self.values = self.record.variables()
        self.title = title = self.record.title
        origin, extra = self.record.origin, self.record.extra
        # In an entry of BibTeX, its author has marked the protected capitals.
        is_given = origin is not None and origin.format == FORMAT
        if title and not is_given and "subtitle" not in extra and "titleaddon" not in extra:
            self.title = with_protected_capitals(title)
        if title:
            self.values["title"] = self.title

    def entry(self, key: str, layout: Layout) -> str:
        entry_type = self._compose()
        overflow = self._overflow(entry_type)
        if key != self.record.id:
            overflow["id"] = self.record.id
        if overflow:
            self.fields[OVERFLOW] = _json(overflow)
        return self._text(entry_type, key, layout)

    def composed(self) -> Composed:
        """Return the entry in its parts, without the values that no field can hold."""
        return Composed(self._compose(), self.record.id, self._written())

    # Fields

    def _compose(self) -> str:
        record = self.record
        container = _container_type(record)
        if container:
            self.fields = {
                name: value
                for name, value in record.extra.items()
                if name != "type" and isinstance(value, str) and _is_field(name, value)
            }
            return container
        entry_type, subtype = self._entry_type()
        names = field_names(record.type, self.dialect)
        values = dict(self.values)
        volume_titles(record.type, values)
        if self.dialect == "biblatex":
            self._editors(values)
        for attribute, value in values.items():
            if attribute == "issued":
                self._issued(value)
            elif attribute in {"maintitle", "issuetitle"}:
                self.fields[attribute] = self._encoded(kinds.TITLE, value)
            else:
                name, kind = names[attribute]
                if attribute == "publisher":
                    name = self._publisher_field(name)
                elif attribute in _PRINTED:
                    name = self._printed(attribute, name, values)
                kept = self._with_time(name, value) if record.extra else None
                self.fields[name] = kept or self._encoded(kind, value, attribute)
        genre = GENRE_OF_ENTRY_TYPE.get(entry_type)
        if genre and record.genre == kinds.GENRES[genre]:
            self.fields.pop("type", None)
        if subtype:
            self.fields["entrysubtype"] = subtype
        if self.dialect == "bibtex" and "howpublished" in self._fields_read():
            self._published_at()
        self._extra()
        separate(self.fields)
        for name in [name for name, value in self.fields.items() if not _is_writable(value)]:
            del self.fields[name]
        return entry_type

    def _entry_type(self) -> tuple[str, str | None]:
        record = self.record
        origin = record.origin
        if origin is not None and origin.format == "bibtex":
            before = str(origin.verbatim.get("type", ""))
            if TYPES.get(before) == record.type and before not in GENRE_OF_ENTRY_TYPE:
                return before, None
            if before in _NARROWED.get(record.type, ()):
                return before, None
        named = record.extra.get("type")
        if record.type == "document" and isinstance(named, str) and _is_entry_type(named):
            return named, None
        return entry_type_of(record.type, record.genre, self.dialect)

    def _publisher_field(self, usual: str) -> str:
        """Keep the name of the publisher's field: a child may inherit it."""
        names = self._fields_read()
        found = [name for name in (usual, *PUBLISHERS) if name in names]
        return found[0] if found else usual

    def _printed(self, attribute: str, usual: str, values: dict[str, Any]) -> str:
        """Return the field of classic BibTeX that is printed for a variable without a field."""
        if self.dialect == "biblatex":
            return usual
        if attribute == "collection_number":
            read = self._fields_read()
            is_volume = "volume" in read and "number" not in read and "volume" not in values
            return "volume" if is_volume else usual
        if attribute == "event_place":
            both = {"location", "address"}
            return "location" if both.issubset(self._fields_read()) else usual
        if not is_status(values[attribute]):
            return usual
        issued = values.get("issued")
        if issued is None or issued.literal == values[attribute]:
            return "year"
        return usual if "note" in values else "note"

    def _published_at(self) -> None:
        r"""Write a URL into its original field, `howpublished = {\url{…}}`: BibTeX prints it."""
        address = self.fields.get("url")
        if address and "url" not in self._fields_read() and "howpublished" not in self.fields:
            del self.fields["url"]
            self.fields["howpublished"] = f"\\url{{{address}}}"

    def _fields_read(self) -> Collection[str]:
        return _names_read(self.record)

    def _encoded(self, kind: Codec, value: Any, attribute: str = "") -> str:
        if isinstance(value, tuple):
            et_al = attribute in self.record.et_al
            with_pairs = self.dialect == "biblatex"
            return write_names(value, et_al=et_al, ascii=self.ascii, with_pairs=with_pairs)
        if isinstance(value, Date):
            return write_date(value, ascii=self.ascii)
        if kind is kinds.VERBATIM or kind is kinds.DOI:
            return _REFUSED.sub(lambda sign: quote(sign[0]), str(value))
        if kind is kinds.LANGUAGE:
            return write_latex(write_language(value), ascii=self.ascii)
        if kind is kinds.LIST:
            return self._list(value, attribute)
        if kind is kinds.KEY and self.dialect == "biblatex" and value in _KEY_OF:
            return _KEY_OF[value]
        text = write_latex(
            value,
            protect=kind is kinds.TITLE,
            ascii=self.ascii,
            was_latex="\\" in value and self._was_latex(),
        )
        if kind is kinds.PAGES and "-" in text:
            if _ONE_RANGE.fullmatch(text):
                return text.replace("-", "--")
            return "".join(_range_written(piece) for piece in re.split(r"([,;])", text))
        return text

    def _was_latex(self) -> bool:
        """Return whether a backslash in the record's texts is one that the reader kept."""
        origin = self.record.origin
        if origin is None or origin.format != FORMAT:
            return False
        entry = origin.verbatim.get("entry")
        return not (isinstance(entry, Kept) and "backslash" in entry.raw)

    def _list(self, value: str, attribute: str) -> str:
        """Write a literal list; in classic BibTeX it is plain text.

        In an entry with `langid` or `urldate`, it is still read as a list.
        """
        if self.dialect == "bibtex":
            text = write_latex(value, ascii=self.ascii)
            return _one_item(text) if self.record.language or self.record.accessed else text
        is_house = attribute in {"publisher", "original_publisher"}
        items = [value] if is_house else value.split("; ")
        items = [write_latex(item, ascii=self.ascii) for item in items]
        return " and ".join(map(_one_item, items))

    def _editors(self, values: dict[str, Any]) -> None:
        """Write the kinds of editors under their names in biblatex."""
        free = [name for name in ("editora", "editorb", "editorc") if name not in self.record.extra]
        if "editor" not in values:
            free.insert(0, "editor")
        for kind, role in EDITOR_ROLES.items():
            if role in values and free:
                name = free.pop(0)
                et_al = role in self.record.et_al
                self.fields[name] = write_names(values.pop(role), et_al=et_al, ascii=self.ascii)
                self.fields[f"{name}type"] = kind

    def _issued(self, value: Date) -> None:
        for name, text, is_macro in write_issued(value, self.dialect, ascii=self.ascii):
            self.fields[name] = text
            if is_macro:
                self.macros.add(name)
        kept = self._with_time("date", value) if self.record.extra else None
        if kept:
            self.fields["date"] = kept

    def _with_time(self, name: str, value: Any) -> str | None:
        """Return a date in its original form, with its time of day, if it has not changed."""
        kept = self.record.extra.get(name)
        if isinstance(kept, str) and has_time(kept) and date_of(kept) == value:
            return kept
        return None

    def _extra(self) -> None:
        extra = self.record.extra
        if "crossref" in extra and any(extra.get(name) == "" for name in PUBLISHERS):
            self.fields.setdefault("publisher", "")  # it prevents inheritance
        for name, value in self.record.extra.items():
            if not isinstance(value, str) or name in self.fields:
                continue
            if name == "type" and value.casefold() not in kinds.ARTICLES:
                continue  # of the entry
            if name == "date" and has_time(value):
                continue  # of another date than the record's
            if _FIELD_NAME.fullmatch(name) and name != OVERFLOW:
                encoded = self._encoded(kinds.TITLE, value) if name in TEXT_FIELDS else value
                self.fields[name] = encoded

    # Values that no field can hold

    def _overflow(self, entry_type: str) -> dict[str, Any]:
        """Return the values that would be read differently."""
        record = self.record
        fields = {
            name: STANDARD_MACROS[value] if name in self.macros else value
            for name, value in self.fields.items()
        }
        draft = EntryDraft(fields)
        draft.is_silent = True
        draft.has_entities = any("&" in value or "</" in value for value in fields.values())
        build(entry_type, draft)
        wanted = self.values  # with its title: protected capitals are not a difference
        if record.et_al:
            wanted = {**wanted, "et_al": record.et_al}
        overflow: dict[str, Any] = {}
        if draft.type != record.type:
            overflow["type"] = record.type
        if draft.values != wanted:
            for attribute in {**draft.values, **wanted}:
                if draft.values.get(attribute) != wanted.get(attribute):
                    overflow[attribute] = _jsonable(wanted.get(attribute))
        extra = {
            key: value
            for key, value in record.extra.items()
            if key not in draft.extra or draft.extra[key] != value
        }
        if extra:
            overflow["extra"] = extra
        without = [key for key in draft.extra if key not in record.extra]
        if without:
            overflow["without"] = without
        return overflow

    # Text

    def _written(self) -> dict[str, str]:
        """Return the fields in their order, with braces or as macros."""
        return {
            name: self.fields[name] if name in self.macros else f"{{{self.fields[name]}}}"
            for name in sorted(self.fields, key=_ORDER.__getitem__)
        }

    def _text(self, entry_type: str, key: str, layout: Layout) -> str:
        values = self._written()
        if layout is Layout.COMPACT:
            fields = "".join(f", {name} = {value}" for name, value in values.items())
            return f"@{entry_type}{{{key}{fields or ','}}}\n"
        width = max(map(len, values), default=0) if layout is Layout.ALIGNED else 0
        lines = [f"  {name:<{width}} = {value}," for name, value in values.items()]
        return "\n".join([f"@{entry_type}{{{key},", *lines, "}", ""])


def _container_type(record: Record) -> str:
    """Return the type of an entry that is not a work and was read as such, such as `xdata`."""
    origin = record.origin
    if record.type != "document" or origin is None or origin.format != FORMAT:
        return ""
    type_ = str(origin.verbatim.get("type", ""))
    return type_ if type_ in CONTAINERS_OF_DATA and record.extra.get("type") == type_ else ""


def _is_field(name: str, value: str) -> bool:
    """Return whether a field can be written unchanged."""
    return bool(_FIELD_NAME.fullmatch(name)) and name != OVERFLOW and _is_writable(value)


def _is_entry_type(name: str) -> bool:
    """Return whether a name can be the type of a work's entry and has no CSL type."""
    reserved = name in TYPES or name in CONTAINERS_OF_DATA or name in _NO_ENTRIES
    return not reserved and bool(_FIELD_NAME.fullmatch(name))


def _one_item(text: str) -> str:
    return f"{{{text}}}" if len(split_list(text)) > 1 else text


def _range_written(piece: str) -> str:
    if piece.count("-") == 1 and " -" not in piece and "- " not in piece:
        return piece.replace("-", "--")
    return piece


def _is_writable(value: str) -> bool:
    """Return whether a value can be written in braces and is read unchanged."""
    if "\r" in value or _REFUSED.search(value) is not None:
        return False  # line ends are normalised
    if "{" not in value and "}" not in value:
        return True
    depth = 0
    for character in value:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _free_key(id_: str, keys: Container[str]) -> str:
    """Return a key that BibTeX accepts and no other entry has."""
    key = _NOT_IN_KEYS.sub("-", id_).strip("-") or "entry"
    free, number = key, 1
    while free in keys:
        number += 1
        free = f"{key}-{number}"
    return free


def _jsonable(value: Any) -> Any:
    if isinstance(value, tuple):
        return [
            asdict(name, filter=lambda attribute, part: part is not None and part is not False)
            for name in value
        ]
    return str(value) if isinstance(value, Date) else value


def _json(value: dict[str, Any]) -> str:
    """Return JSON whose braces are balanced and whose quotation marks do not end a value."""
    return _JSON_TEXT.sub(_with_numbers, json.dumps(value, default=str))


def _with_numbers(text: re.Match[str]) -> str:
    """Write the special characters of BibTeX by their numbers."""
    inside = _NOT_IN_JSON.sub(lambda sign: f"\\u{ord(sign[0][-1]):04x}", text[1])
    return f'"{inside}"'
