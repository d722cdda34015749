"""Conditions on records: `type=book and year>=2010 and not keyword~asylum`.

```text
condition  = part (("and" | "or") part)*          "and" before "or"
part       = "not" part | "(" condition ")" | comparison
comparison = field | "has" "(" field ")" | field operator value
operator   = "=" | "!=" | "~" | "<" | "<=" | ">" | ">="
field      = a name, or a name in quotes
value      = characters without spaces, or a text in quotes
```

Texts are compared without case, accents and markup. `~` is true if the value contains the text. A
field with several values (names, keywords) fulfils `=` and `~` if one of them does; `!=` is the
opposite of `=`. A field that a record does not have only fulfils `!=`.

A name is equal to its family name, to its literal, and to the whole name in both orders. A date is
compared as far as it is known: `issued=2010` is true for each day in 2010, and `issued>=2010-05` is
false for a date that only has the year 2010. `year` is the year in which a date starts. The value
of `type` is a type of CSL, or another usual name of one.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import field, frozen

from refcite.dates import Date, Point
from refcite.fields import Field, field_named, near_fields, order_of_text
from refcite.formats.typenames import TYPE_NAMES, type_named
from refcite.keys import without_accents
from refcite.keywords import split_keywords
from refcite.names import Name
from refcite.problems import ConditionError, near_matches
from refcite.record import Record
from refcite.richtext import plain
from refcite.vocabulary import ITEM_TYPES

__all__ = ["Condition", "chosen_among"]

Predicate = Callable[[Record], bool]

_OPERATORS: Final = ("!=", "<=", ">=", "=", "~", "<", ">")
_ORDERS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_WRONG: Final = {
    "==": "=",
    "=~": "~",
    "~=": "~",
    "<>": "!=",
    "=<": "<=",
    "=>": ">=",
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not",
}
"""The operators of other languages, with those to write."""
_WORDS: Final = frozenset({"and", "or", "not"})
_QUOTES: Final = {'"': '"', "'": "'", "“": "”", "„": "“", "‘": "’"}
_NOT_IN_FIELD: Final = frozenset("=!~<>()&|,") | _QUOTES.keys()
_DEEPEST: Final = 100
_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_YEAR: Final = re.compile(r"[-+]?[0-9]{1,9}")
_DAYS: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIRST: Final = (float("-inf"), 0, 0)
_LAST: Final = (float("inf"), 0, 0)


@frozen
class Condition:
    """A condition that has been parsed.

    Attributes:
        text: The condition.
        fields: The fields in it that are no variables of CSL, each with the place of its name.
        holds: The function that returns whether a record fulfils it.

    Raises:
        ConditionError: The condition is wrong.

    Example:
        >>> from refcite import Record
        >>> from refcite.collection.where import Condition
        >>> condition = Condition.parse("type=book and (year>=2010 or has(doi))")
        >>> condition(Record(type="book", issued=2012)), condition(Record(type="book"))
        (True, False)
    """

    text: str
    fields: tuple[tuple[Field, int], ...]
    holds: Predicate = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Return the condition of a text.

        Args:
            text: The condition.

        Raises:
            ConditionError: It is wrong; the message has a mark under the place.

        Example:
            >>> from refcite.collection.where import Condition
            >>> try:
            ...     Condition.parse("type=book an year>2010")
            ... except ValueError as error:
            ...     print(error)
            'and' or 'or' is missing here (column 11)
              type=book an year>2010
                        ^
        """
        parser = _Parser(text)
        holds = parser.whole()
        return cls(text, tuple(parser.own.items()), holds)

    def __call__(self, record: Record) -> bool:
        """Return whether a record fulfils the condition."""
        return self.holds(record)

    def among(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records of a stream that fulfil the condition.

        Args:
            records: The records.

        Raises:
            ConditionError: No record has one of the fields; this is raised after the last record.

        Example:
            >>> from refcite import Record
            >>> from refcite.collection.where import Condition
            >>> records = [Record(id="a", issued=2012), Record(id="b", issued=1990)]
            >>> [record.id for record in Condition.parse("year>2000").among(records)]
            ['a']
        """
        missing = dict(self.fields)
        others: set[str] = set()
        is_empty = True
        for record in records:
            is_empty = False
            if missing:
                others.update(record.extra)
                for field in tuple(missing):
                    if any(field.names_in(record)):
                        del missing[field]
            if self.holds(record):
                yield record
        if missing and not is_empty:
            field, place = next(iter(missing.items()))
            raise ConditionError(
                f"no record has a field {field.name!r}{near_fields(field.name, others)}",
                self.text,
                place,
            )


def chosen_among(condition: str, records: Iterable[Record]) -> Predicate:
    """Return the function for a condition on the records of a library.

    Args:
        condition: The condition.
        records: All records of the library.

    Raises:
        ConditionError: The condition is wrong, or no record has a field of this name.

    Example:
        >>> from refcite import Record
        >>> is_old = chosen_among("year<1950", [])
        >>> is_old(Record(issued=1926))
        True
    """
    if not isinstance(condition, str):
        raise ConditionError("a condition is a text, such as 'type=book'", str(condition), 0)
    parsed = Condition.parse(condition)
    if parsed.fields:
        for _ in parsed.among(records):
            pass
    return parsed


# Parsing


class _Parser:
    """Parses a condition from left to right; the nesting of brackets is limited."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._depth = 0
        self.own: dict[Field, int] = {}

    def whole(self) -> Predicate:
        self._skip()
        if self._place == len(self._text):
            raise self._error("the condition is empty; an example is 'type=book and year>=2010'", 0)
        found = self._alternatives()
        if self._place < len(self._text):
            if self._text[self._place] == ")":
                raise self._error("there is no opening bracket for this one", self._place)
            raise self._unexpected()
        return found

    def _alternatives(self) -> Predicate:
        parts = [self._all()]
        while self._takes_word("or"):
            parts.append(self._all())
        if len(parts) == 1:
            return parts[0]
        return lambda record: any(part(record) for part in parts)

    def _all(self) -> Predicate:
        parts = [self._part()]
        while self._takes_word("and"):
            parts.append(self._part())
        if len(parts) == 1:
            return parts[0]
        return lambda record: all(part(record) for part in parts)

    def _part(self) -> Predicate:
        is_negated = False
        while self._takes_word("not"):
            is_negated = not is_negated
        found = self._bracketed() if self._next() == "(" else self._comparison()
        return (lambda record: not found(record)) if is_negated else found

    def _bracketed(self) -> Predicate:
        start = self._place
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(f"brackets are nested more than {_DEEPEST} times", start)
        self._place += 1
        found = self._alternatives()
        if self._next() != ")":
            if self._place < len(self._text):
                raise self._unexpected()
            raise self._error("the closing bracket is missing", start)
        self._place += 1
        self._depth -= 1
        return found

    def _comparison(self) -> Predicate:
        start, name, is_quoted = self._name()
        if not is_quoted and name.casefold() == "has" and self._next() == "(":
            self._place += 1
            start, name, _ = self._name()
            if self._next() != ")":
                raise self._error("has() takes one field, as in has(doi)", self._place)
            self._place += 1
            return _present(self._field(name, start))
        field = self._field(name, start)
        sign = self._operator()
        if sign is None:
            return _present(field)
        place, value = self._value()
        if not value.strip() and sign != "=" and sign != "!=":
            raise self._error("the value is empty; has(field) is true if there is one", place)
        return _compared(field, sign, value, lambda reason: self._error(reason, place))

    def _field(self, name: str, place: int) -> Field:
        field = field_named(name)
        if field.attribute is None:
            self.own.setdefault(field, place)
        return field

    def _name(self) -> tuple[int, str, bool]:
        sign = self._next()
        start = self._place
        if sign in _QUOTES:
            return start, self._quoted(), True
        text, end = self._text, self._place
        while end < len(text) and not text[end].isspace() and text[end] not in _NOT_IN_FIELD:
            end += 1
        name = text[start:end]
        if not name or name.casefold() in _WORDS:
            if not name and sign in _WRONG:
                raise self._wrong_sign()
            what = "ends" if start == len(text) else f"has {name or sign!r}"
            raise self._error(f"the condition {what} where the name of a field is needed", start)
        self._place = end
        return start, name, False

    def _operator(self) -> str | None:
        sign = self._next()
        two = self._text[self._place : self._place + 2]
        if two in _WRONG:
            raise self._wrong_sign()
        found = next((one for one in _OPERATORS if self._text.startswith(one, self._place)), None)
        if found is None and sign in _WRONG:
            raise self._wrong_sign()
        if found is not None:
            self._place += len(found)
        return found

    def _wrong_sign(self) -> ConditionError:
        two = self._text[self._place : self._place + 2]
        sign = two if two in _WRONG else two[:1]
        return self._error(f"{sign!r} is not an operator; write {_WRONG[sign]!r}", self._place)

    def _value(self) -> tuple[int, str]:
        sign = self._next()
        start = self._place
        if sign in _QUOTES:
            return start, self._quoted()
        text, end, depth = self._text, self._place, 0
        while end < len(text) and not text[end].isspace():
            # A value may have brackets, such as a DOI.
            depth += (text[end] == "(") - (text[end] == ")")
            if depth < 0:
                break
            end += 1
        value = text[start:end]
        if not value:
            raise self._error("the value is missing", start)
        if value[0] in "=~<>!":
            raise self._error(
                f"{value[0]!r} is one sign too many, or the value needs quotes", start
            )
        self._place = end
        return start, value

    def _quoted(self) -> str:
        start = self._place
        text, end = self._text, start + 1
        closing = _QUOTES[text[start]]
        signs: list[str] = []
        while end < len(text) and text[end] != closing:
            if text[end] == "\\" and text[end + 1 : end + 2] in {closing, "\\"}:
                end += 1
            signs.append(text[end])
            end += 1
        if end >= len(text):
            raise self._error("the closing quotation mark is missing", start)
        self._place = end + 1
        return "".join(signs)

    # Signs

    def _skip(self) -> None:
        while self._place < len(self._text) and self._text[self._place].isspace():
            self._place += 1

    def _next(self) -> str:
        self._skip()
        return self._text[self._place : self._place + 1]

    def _takes_word(self, word: str) -> bool:
        self._skip()
        end = self._place + len(word)
        after = self._text[end : end + 1]
        is_here = self._text[self._place : end].casefold() == word
        if not is_here or not (not after or after.isspace() or after in "()\"'"):
            return False
        if word == "not" and self._is_before_operator(end):
            return False
        self._place = end
        return True

    def _is_before_operator(self, place: int) -> bool:
        rest = self._text[place : place + 100].lstrip()
        return rest.startswith(_OPERATORS)

    def _unexpected(self) -> ConditionError:
        sign = self._text[self._place]
        if sign in _WRONG or self._text[self._place : self._place + 2] in _WRONG:
            return self._wrong_sign()
        if sign == ",":
            return self._error("',' is not an operator; write 'and' or 'or'", self._place)
        return self._error("'and' or 'or' is missing here", self._place)

    def _error(self, reason: str, place: int) -> ConditionError:
        # A value with spaces but without quotes is the most frequent mistake.
        is_missing = reason.endswith("missing here")
        before = self._text[:place].rstrip()
        if is_missing and before and not before.endswith((")", '"', "'")) and self._is_word(place):
            reason += "; a value with spaces is put in quotes"
        return ConditionError(reason, self._text, place)

    def _is_word(self, place: int) -> bool:
        """Return whether the word at a place is followed by no operator."""
        words = self._text[place : place + 200].split(maxsplit=1)
        rest = words[1] if len(words) > 1 else ""
        is_last = not rest or rest.split(maxsplit=1)[0].casefold() in _WORDS
        return bool(words) and is_last and not any(sign in words[0] for sign in "=~<>!")


# Evaluation


def _present(field: Field) -> Predicate:
    return lambda record: field.value_in(record) is not None


def _compared(
    field: Field, sign: str, value: str, error: Callable[[str], ConditionError]
) -> Predicate:
    """Return the function for the comparison of a field with a value."""
    if sign == "!=":
        equal = _compared(field, "=", value, error)
        return lambda record: not equal(record)
    if field.kind == "id" and sign == "=":
        return lambda record: record.id == value
    if field.kind == "type":
        return _typed(sign, value, error)
    if field.kind == "year" and sign != "~":
        return _in_year(field, sign, value, error)
    if field.kind == "date" and sign != "~":
        return _dated(field, sign, value, error)
    return _with_text(field, sign, value)


def _typed(sign: str, value: str, error: Callable[[str], ConditionError]) -> Predicate:
    if sign == "~":
        part = _folded(value)
        return lambda record: any(part in _folded(one) for one in _types_of(record))
    if sign != "=":
        raise error(f"types have no order; write type=…, type!=… or type~…, not {sign!r}")
    lower = value.strip().lower()
    found = lower if lower in ITEM_TYPES else type_named(value)
    if found is None:
        others = (row.own for row in TYPE_NAMES)
        near = near_matches(lower, (*ITEM_TYPES, *others), most=2)
        raise error(f"there is no type {value!r}{near}")
    return lambda record: record.type == found


def _types_of(record: Record) -> Iterator[str]:
    yield record.type
    own = record.extra.get("type")
    if isinstance(own, str):
        yield own


def _in_year(
    field: Field, sign: str, value: str, error: Callable[[str], ConditionError]
) -> Predicate:
    if _YEAR.fullmatch(value.strip()) is None:
        raise error(f"a year is a number, such as 2010, not {value!r}; a date is issued>=2010-05")
    year = int(value)
    compare = operator.eq if sign == "=" else _ORDERS[sign]

    def holds(record: Record) -> bool:
        found = field.value_in(record)
        return isinstance(found, int) and compare(found, year)

    return holds


def _dated(
    field: Field, sign: str, value: str, error: Callable[[str], ConditionError]
) -> Predicate:
    date = Date.parse(value.strip())
    if date.start is None and sign != "=":
        raise error(f"the date {value!r} cannot be read; write 2010, 2010-05 or 2010-05-31")
    if date.start is None:
        return _with_text(field, sign, value)
    first, last = _span(date)

    def holds(record: Record) -> bool:
        found = field.value_in(record)
        if not isinstance(found, Date) or found.start is None:
            return False
        start, end = _span(found)
        if sign == "=":
            return first <= start and end <= last
        if sign == "<":
            return end < first
        if sign == "<=":
            return end <= last
        return start > last if sign == ">" else start >= first

    return holds


_Day = tuple[float, int, int]


def _span(date: Date) -> tuple[_Day, _Day]:
    """Return the first and the last possible day of a date."""
    start, end = date.start, date.end
    first = _days(start)[0] if isinstance(start, Point) else _FIRST
    if end is None:
        return first, _days(start)[1] if isinstance(start, Point) else _LAST
    return first, _days(end)[1] if isinstance(end, Point) else _LAST


def _days(point: Point) -> tuple[_Day, _Day]:
    last = point.year
    if point.unspecified_digits:
        last += 10**point.unspecified_digits - 1
    if point.month is None:
        return (point.year, 1, 1), (last, 12, 31)
    day = point.day
    return (point.year, point.month, day or 1), (last, point.month, day or _DAYS[point.month])


def _with_text(field: Field, sign: str, value: str) -> Predicate:
    wanted = _folded(value)
    if sign == "~":

        def contains(record: Record) -> bool:
            found = field.value_in(record)
            return found is not None and any(
                wanted in _folded(text) for text in _texts(found, field, is_part=True)
            )

        return contains
    if sign == "=":

        def equals(record: Record) -> bool:
            found = field.value_in(record)
            return found is not None and any(
                wanted == _folded(text) for text in _texts(found, field, is_part=False)
            )

        return equals
    compare, limit = _ORDERS[sign], order_of_text(wanted)

    def is_ordered(record: Record) -> bool:
        found = field.value_in(record)
        if found is None:
            return False
        texts = _texts(found, field, is_part=False)
        # Of several names, the first one decides, as when records are sorted.
        return compare(order_of_text(_folded(next(texts, ""))), limit)

    return is_ordered


def _texts(value: Any, field: Field, *, is_part: bool) -> Iterator[str]:
    """Yield the texts of a value, each of which may fulfil a condition."""
    if isinstance(value, str):
        if field.kind == "keywords":
            yield from split_keywords(value)
        else:
            yield value
    elif isinstance(value, tuple | list):
        for one in value:
            if isinstance(one, Name):
                yield from _texts_of_name(one, is_part=is_part)
            else:
                yield str(one)
    elif isinstance(value, Date):
        yield value.literal or str(value)
    else:
        yield str(value)


def _texts_of_name(name: Name, *, is_part: bool) -> Iterator[str]:
    if name.literal:
        yield name.literal
        return
    given, family = name.given or "", name.family or ""
    particles = [one for one in (name.dropping_particle, name.non_dropping_particle) if one]
    whole = " ".join([*particles, family])
    if not is_part:
        yield family
        if particles:
            yield whole
    suffix = f", {name.suffix}" if name.suffix else ""
    yield f"{given} {whole}{suffix}".strip()
    yield f"{whole}, {given}".strip(", ")
    if particles:
        yield f"{family}, {given} {' '.join(particles)}"


def _folded(text: str) -> str:
    """Return a text without case, accents and markup, with single spaces."""
    if "<" in text:
        text = plain(text)
    if not text.isascii():
        # Letters such as `ø` are replaced before and after their case is.
        text = without_accents(text.translate(_DASHES))
    return " ".join(text.casefold().split())
