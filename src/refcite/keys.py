"""Citation keys generated from a pattern, such as `{author}{year}`.

A pattern is text with fields in braces, as in Python's `str.format`:

| field | value |
|---|---|
| `{author}` | family name of the first author, without particles; otherwise of the first editor |
| `{authors}` | family names of all; `{authors:3}` of three at most, then `EtAl` |
| `{year}` | the year of issue, or `nd`; `{year:2}` its last two digits |
| `{title}` | the first word of the title that is not an article or preposition; `{title:3}` three |
| `{journal}` | the initials of the container's title |
| `{type}` | the CSL type |
| `{id}` | the existing key of the record |

Words after the colon change the value: `{author:lower}`, `{title:3,lower}`, `{author:upper}`.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from refcite.dates import Point
from refcite.names import Name
from refcite.problems import FormatError, near_matches
from refcite.record import Record

__all__ = [
    "REFERENCES",
    "id_by_place",
    "ids_named",
    "is_by_place",
    "letters",
    "made_key",
    "pointing",
    "redirected",
    "renamed_in",
    "with_keys",
    "with_keys_streamed",
    "without_accents",
]

# Letters that no decomposition converts to ASCII.
_LETTERS: Final = str.maketrans(
    dict(
        zip(
            "ßæÆœŒøØłŁđĐðÐþÞıŋħ",
            ["ss", "ae", "Ae", "oe", "Oe", *"oOlLdDdD", "th", "Th", *"inh"],
            strict=True,
        )
    )
)
_BY_PLACE: Final = re.compile(r"item-[0-9]+")
_MARKUP: Final = re.compile(r"<[^<>]*>")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NOT_IN_KEY: Final = re.compile(r"[^\w:./+*!-]+")
_NOT_IN_WORD: Final = re.compile(r"[\W_]+")
_SMALL: Final = frozenset(
    [
        *("a", "an", "and", "are", "as", "at", "by", "das", "de", "del", "der", "des", "die", "do"),
        *("du", "ein", "eine", "el", "et", "for", "from", "how", "il", "in", "is", "la", "las"),
        *("le", "les", "los", "o", "of", "on", "or", "os", "the", "to", "und", "une", "upon"),
        *("what", "when", "why", "with", "y", "zur"),
    ]
)
"""Articles, prepositions and similar words, which are omitted from keys."""

_NO_YEAR: Final = "nd"
_MOST_WORDS: Final = 3
"""The words of an organisation's name in a key that is generated without a pattern."""
_AS_THEY_ARE: Final = frozenset({"id", "type"})
REFERENCES: Final = ("crossref", "xref", "xdata", "related", "entryset")
"""The fields of `extra` that contain the ids of other records."""


@frozen
class _Part:
    """A piece of a pattern: text, then a field with its maximum length and its case."""

    text: str
    field: str | None
    most: int | None
    case: Callable[[str], str] | None


def with_keys(records: Iterable[Record], pattern: str, taken: Iterable[str] = ()) -> list[Record]:
    """Return the records with ids generated from a pattern; references to them are changed too.

    If several would have the same key, the second and the following get `a`, `b` and so on.

    Args:
        records: The records.
        pattern: The pattern of the keys.
        taken: Keys that are already used.

    Raises:
        FormatError: The pattern has an unknown field, or a brace without a partner.

    Example:
        >>> from refcite import Date, Name, Record
        >>> record = Record(title="The Castle", author=(Name(family="Kafka"),),
        ...                 issued=Date.parse("1926"))
        >>> [one.id for one in with_keys([record] * 3, "{author:lower}{year}{title}")]
        ['kafka1926Castle', 'kafka1926Castlea', 'kafka1926Castleb']
    """
    parts = _parsed(pattern)
    records = list(records)
    counts = {key.lower(): 0 for key in taken}
    keys = [_free("".join(_given(part, record) for part in parts), counts) for record in records]
    renamed: dict[str, str] = {}
    for record, key in zip(records, keys, strict=True):
        renamed.setdefault(record.id, key)
    return [renamed_in(record, key, renamed) for record, key in zip(records, keys, strict=True)]


def with_keys_streamed(records: Iterable[Record], pattern: str) -> Iterator[Record]:
    """Yield the records that `with_keys` returns, without all of them in memory.

    A record that refers to another one is held, with those after it, until that one has been read.

    Args:
        records: The records.
        pattern: The pattern of the keys.

    Raises:
        FormatError: As for `with_keys`.
    """
    return _with_keys(records, _parsed(pattern))


def _with_keys(records: Iterable[Record], parts: list[_Part]) -> Iterator[Record]:
    counts: dict[str, int] = {}
    renamed: dict[str, str] = {}
    held: deque[tuple[Record, str]] = deque()
    for record in records:
        key = _free("".join(_given(part, record) for part in parts), counts)
        renamed.setdefault(record.id, key)
        held.append((record, key))
        while held and all(one in renamed for one in ids_named(held[0][0])):
            yield renamed_in(*held.popleft(), renamed)
    for record, key in held:
        yield renamed_in(record, key, renamed)


def ids_named(record: Record) -> Iterator[str]:
    """Yield the ids of the records to which a record refers.

    Example:
        >>> from refcite import Record
        >>> list(ids_named(Record(extra={"crossref": "a", "related": "b, c"})))
        ['a', 'b', 'c']
    """
    for _, named in _references(record):
        yield from named


def _references(record: Record) -> Iterator[tuple[str, list[str]]]:
    """Yield the fields in which a record refers to others, with the ids in them."""
    for name in REFERENCES if record.extra else ():
        value = record.extra.get(name)
        if isinstance(value, str) and value:
            yield name, [one.strip() for one in value.split(",")]


def pointing(
    containers: Iterable[Record], before: Iterable[Record], after: Iterable[Record]
) -> list[Record]:
    """Return containers that refer to records by their current ids.

    Args:
        containers: Entries that are not works; they keep their ids.
        before: The records before the change.
        after: The same records with other ids.
    """
    renamed: dict[str, str] = {}
    for old, new in zip(before, after, strict=True):
        renamed.setdefault(old.id, new.id)
    return [renamed_in(container, container.id, renamed) for container in containers]


def redirected(record: Record, targets: Mapping[str, str]) -> Record:
    """Return a record that refers to other records by their current ids.

    Args:
        record: The record; its own id does not change. It does not refer to itself.
        targets: The ids that are no longer used, each with the current one.

    Example:
        >>> from refcite import Record
        >>> record = Record(id="c", extra={"related": "a,b,c"})
        >>> redirected(record, {"a": "b"}).extra["related"]
        'b'
    """
    extra = dict(record.extra)
    for name, named in _references(record):
        if any(one in targets for one in named):
            now = dict.fromkeys(targets.get(one, one) for one in named)
            extra[name] = ",".join(one for one in now if one != record.id)
            if not extra[name]:
                del extra[name]
    return record if extra == record.extra else record.replace(extra=extra)


def made_key(record: Record) -> str:
    """Return a key from author, year and title, for a work whose source has no key.

    It consists of letters and digits, so that every format can hold it; without these, it is empty.

    Example:
        >>> from refcite import Date, Name, Record
        >>> made_key(Record(title="The Castle", author=(Name(family="Kafka"),),
        ...                 issued=Date.parse("1926")))
        'kafka1926castle'
        >>> made_key(Record(title="Global Trends", publisher="UN High Commissioner for Refugees"))
        'unhighcommissionerglobal'
    """
    names = record.author or _names(record)
    who = _family(names[0]) if names else record.publisher or record.container_title
    year = _year(record, None)
    # Most family names are one word.
    words = [who] if who and who.isalnum() else _significant(who, _MOST_WORDS)
    if year != _NO_YEAR:
        words.append(year)
    if record.title:
        words += _significant(record.title, 1)
    return _in_word("".join(words)).lower()


def _parsed(pattern: str) -> list[_Part]:
    parts: list[_Part] = []
    try:
        pieces = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise FormatError(f"the key pattern {pattern!r} cannot be read: {error}") from None
    for text, field, options, _ in pieces:
        if field is not None and field not in _FIELDS:
            near = near_matches(field, _FIELDS) or f"; the fields are {', '.join(_FIELDS)}"
            raise FormatError(f"a key pattern has no field {field!r}{near}")
        parts.append(_Part(text, field, *_options(options or "")))
    if not any(part.field for part in parts):
        raise FormatError(f"the key pattern {pattern!r} has no field, such as {{author}}")
    return parts


def _options(options: str) -> tuple[int | None, Callable[[str], str] | None]:
    most, case = None, None
    for option in filter(None, options.split(",")):
        if option.isdecimal() and len(option) < 4:
            most = int(option)
        elif option in _CASES:
            case = _CASES[option]
        else:
            raise FormatError(
                f"a key pattern has no option {option!r}; the options are a number, "
                f"{' and '.join(_CASES)}"
            )
    return most, case


_CASES: Final[dict[str, Callable[[str], str]]] = {"lower": str.lower, "upper": str.upper}


def _given(part: _Part, record: Record) -> str:
    if part.field is None:
        return _NOT_IN_KEY.sub("", part.text)
    found = _FIELDS[part.field](record, part.most)
    if part.field in _AS_THEY_ARE:
        found = _NOT_IN_KEY.sub("", without_accents(found))
    else:
        found = _in_word(found)
    return _NOT_IN_KEY.sub("", part.text) + (part.case(found) if part.case else found)


def _in_word(text: str) -> str:
    text = without_accents(text)
    return text if text.isalnum() else _NOT_IN_WORD.sub("", text)


def without_accents(text: str) -> str:
    """Return a text without diacritics and ligatures; letters of other scripts are kept.

    Example:
        >>> without_accents("Łódź, Straße, 東京")
        'Lodz, Strasse, 東京'
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare)


# Fields


def _names(record: Record) -> tuple[Name, ...]:
    for names in (record.author, record.editor, record.translator):
        if names:
            return names
    return ()


def _family(name: Name) -> str:
    return name.family or name.literal or name.given or ""


def _author(record: Record, most: int | None) -> str:
    names = _names(record)
    found = _family(names[0]) if names else record.publisher or "anon"
    return found if most is None else found[:most]


def _authors(record: Record, most: int | None) -> str:
    names = _names(record)
    if not names:
        return _author(record, None)
    more = "EtAl" if most is not None and len(names) > most else ""
    return "".join(map(_family, names[:most])) + more


def _year(record: Record, most: int | None) -> str:
    issued = record.issued
    start = issued.start if issued is not None else None
    if not isinstance(start, Point) or start.year is None:
        return _NO_YEAR
    year = f"{start.year:04d}" if start.year > 0 else f"{1 - start.year}BCE"
    return year if most is None else year[-most:]


def _title(record: Record, most: int | None) -> str:
    chosen = _significant(record.title, most or 1)
    return "".join(word[:1].upper() + word[1:] for word in chosen)


def _journal(record: Record, most: int | None) -> str:
    words = [word for word in _words(record.container_title) if word.lower() not in _SMALL]
    return "".join(word[0].upper() for word in words[:most])


def _significant(text: str | None, most: int) -> list[str]:
    """Return the first words of a text without articles and similar words, or its first words."""
    text = _plain(text)
    found: list[str] = []
    for word in _WORD.finditer(text):
        if word[0].lower() not in _SMALL:
            found.append(word[0])
            if len(found) == most:
                break
    return found or _WORD.findall(text)[:most]


def _words(text: str | None) -> list[str]:
    return _WORD.findall(_plain(text))


def _plain(text: str | None) -> str:
    if text and "<" in text:
        text = _MARKUP.sub("", text)
    return (text or "")[:1000]


_FIELDS: Final[dict[str, Callable[[Record, int | None], str]]] = {
    "author": _author,
    "authors": _authors,
    "year": _year,
    "title": _title,
    "journal": _journal,
    "type": lambda record, most: record.type[:most],
    "id": lambda record, most: record.id[:most],
}


# Keys


def _free(key: str, taken: dict[str, int]) -> str:
    """Return the key, with letters after it if another record has it."""
    key = key or "key"
    free = key
    while free.lower() in taken:
        taken[key.lower()] += 1
        free = key + letters(taken[key.lower()])
    taken[free.lower()] = 0
    return free


def id_by_place(place: int) -> str:
    """Return the id of a record without an id in its source, from its position in the source.

    Args:
        place: The position, counted from 1.

    Example:
        >>> id_by_place(3)
        'item-3'
    """
    return f"item-{place}"


def is_by_place(id: str) -> bool:  # noqa: A002 - CSL's name
    """Return whether an id only contains the position of the record in its source.

    Args:
        id: The id.

    Example:
        >>> is_by_place("item-3"), is_by_place("item-3a"), is_by_place("roe2019lamps")
        (True, False, False)
    """
    return _BY_PLACE.fullmatch(id) is not None


def letters(number: int) -> str:
    """Return a, b … z, aa, ab … for 1, 2 and so on, and an empty text for 0."""
    found = ""
    while number:
        number, index = divmod(number - 1, 26)
        found = string.ascii_lowercase[index] + found
    return found


def renamed_in(record: Record, key: str, renamed: Mapping[str, str]) -> Record:
    """Return a record with an id, whose references to other records have their new ids.

    Args:
        record: The record.
        key: Its id.
        renamed: The ids that have changed, with the new ones.

    Example:
        >>> from refcite import Record
        >>> child = Record(id="c", extra={"crossref": "a"})
        >>> renamed_in(child, "d", {"a": "b"}).extra
        {'crossref': 'b'}
    """
    extra = dict(record.extra)
    for name, named in _references(record):
        now = [renamed.get(one, one) for one in named]
        if now != named:
            extra[name] = ",".join(now)
    if key == record.id and extra == record.extra:
        return record
    return record.replace(id=key, extra=extra)
