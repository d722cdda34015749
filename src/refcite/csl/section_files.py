"""Files of sections: TOML with the headings of a bibliography and their conditions.

```toml
[[section]]
heading = "Cases"
types = ["legal_case"]

[[section]]
heading = "United Nations"
types = ["report", "document"]
values = { publisher = "United Nations*" }
```
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from refcite.csl.sections import SectionCondition
from refcite.dates import Date, Point
from refcite.keywords import split_keywords
from refcite.names import Name
from refcite.problems import InputError, near_matches
from refcite.record import Record
from refcite.richtext import plain
from refcite.vocabulary import ATTRIBUTES, ITEM_TYPES

__all__ = ["load_sections"]

_KEYS: Final = ("heading", "types", "keywords", "values")
_EXAMPLE: Final = 'write [[section]], and below it heading = "Cases" and types = ["legal_case"]'
_HEADER: Final = re.compile(r"[ \t]*\[\[[ \t]*(?:section|\"section\"|'section')[ \t]*\]\]")


def load_sections(path: str | PathLike[str]) -> list[tuple[str, SectionCondition]]:
    r"""Return the sections that a TOML file defines, for `bibliography(sections=…)`.

    Each `[[section]]` has a `heading` and conditions, which must all be true: `types`, a list of
    CSL types; `keywords`, a list of keywords; and `values`, a table of CSL variables with a text or
    a list of texts. Of a list, one must be equal. Case is ignored, and `*` replaces any text, so
    `archive = "*"` is true for any work in an archive. A name is written as `Roe, Ann` or
    `Ann Roe`, and a date is also equal to its year. The last section may have no conditions: it
    contains all remaining works.

    Args:
        path: The path of the file.

    Raises:
        InputError: The file cannot be read, or it is not such a file; the message names the line.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> from refcite import Record
        >>> from refcite.csl import load_sections
        >>> with TemporaryDirectory() as folder:
        ...     file = Path(folder, "sections.toml")
        ...     _ = file.write_text('[[section]]\nheading = "Cases"\ntypes = ["legal_case"]')
        ...     [(heading, holds)] = load_sections(file)
        >>> heading, holds(Record(type="legal_case")), holds(Record(type="book"))
        ('Cases', True, False)
    """
    import tomllib  # only this function needs it

    file = Path(path)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{file}: the sections cannot be read: {reason}") from None
    except UnicodeDecodeError:
        raise InputError(f"{file}: the file is not UTF-8; save it as UTF-8") from None
    try:
        table = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{file}: the file is not valid TOML: {error or 'too deep'}") from None
    return list(_File(str(file), text).sections(table))


class _File:
    """A file of sections, for the locations in messages.

    Args:
        name: Its path.
        text: Its text.
    """

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines = text.splitlines()
        self._starts = [n for n, line in enumerate(self._lines) if _HEADER.match(line)]
        self._count = 0

    def sections(self, table: Mapping[str, Any]) -> Iterator[tuple[str, SectionCondition]]:
        """Yield the headings with their conditions.

        Raises:
            InputError: The contents are not sections.
        """
        for key in table:
            if key != "section":
                near = near_matches(key, ["section"]) or "; each section begins with [[section]]"
                raise self._error(f"the file has the unknown key {key!r}{near}", key=key)
        found = table.get("section")
        if not isinstance(found, list) or not found:
            raise self._error(f"the file has no sections; {_EXAMPLE}")
        self._count = len(found)
        for index, section in enumerate(found):
            yield self._section(section, index)

    def _section(self, section: Any, index: int) -> tuple[str, SectionCondition]:
        if not isinstance(section, dict):
            raise self._error(f"section {index + 1} is not a table; {_EXAMPLE}")
        for key in section:
            if key not in _KEYS:
                near = near_matches(key, _KEYS) or f"; use {', '.join(_KEYS)}"
                if _variable(key) in ATTRIBUTES:
                    near = f"; write values = {{ {_variable(key)} = … }}"
                raise self._error(f"unknown key {key!r}{near}", index, key)
        heading = section.get("heading")
        if not isinstance(heading, str) or not heading.strip():
            hint = 'write heading = "Cases"'
            raise self._error(f"the section has no heading; {hint}", index, "heading")
        condition = _Conditions(
            types=frozenset(self._types(section, index)),
            keywords=tuple(map(_Pattern.of, self._texts(section, "keywords", index))),
            values=tuple(self._values(section, index)),
        )
        if condition == _Conditions() and index < self._count - 1:
            raise self._error(
                f"the section {heading!r} has no conditions, so it contains all remaining works;"
                " add types, keywords or values, or put it last",
                index,
            )
        return heading, condition

    def _types(self, section: Mapping[str, Any], index: int) -> Iterator[str]:
        for name in self._texts(section, "types", index):
            if name not in ITEM_TYPES:
                near = near_matches(name, ITEM_TYPES) or "; use a type such as 'legal_case'"
                raise self._error(f"CSL has no type {name!r}{near}", index, "types")
            yield name

    def _values(
        self, section: Mapping[str, Any], index: int
    ) -> Iterator[tuple[str, tuple[_Pattern, ...]]]:
        values = section.get("values", {})
        if not isinstance(values, dict):
            hint = 'write values = { publisher = "United Nations" }'
            raise self._error(f"'values' is not a table; {hint}", index, "values")
        for variable in values:
            if variable not in ATTRIBUTES:
                name = _variable(variable)
                near = f"; write {name!r}" if name in ATTRIBUTES else near_matches(name, ATTRIBUTES)
                hint = near or "; use a variable such as 'publisher'"
                if variable in ("type", "types"):
                    hint = "; write types = [ … ] next to values"
                raise self._error(f"CSL has no variable {variable!r}{hint}", index, variable)
            texts = self._texts(values, variable, index)
            yield ATTRIBUTES[variable], tuple(map(_Pattern.of, texts))

    def _texts(self, table: Mapping[str, Any], key: str, index: int) -> list[str]:
        """Return the texts of a key, one or several; none if the key is missing."""
        value = table.get(key)
        if value is None:
            return []
        values = value if isinstance(value, list) else [value]
        texts = [_as_text(one) for one in values]
        if not texts or not all(texts):
            hint = f'write {key} = "…" or {key} = ["…", "…"]'
            raise self._error(f"{key!r} is neither text nor a list of texts; {hint}", index, key)
        return [text for text in texts if text]

    def _error(self, message: str, index: int | None = None, key: str | None = None) -> InputError:
        """Return an error with its line, if the line is certain."""
        line = self._line_of(index, key)
        place = f"{self._name}, line {line}" if line else self._name
        section = "" if index is None else f"section {index + 1}: "
        return InputError(f"{place}: {section}{message}")

    def _line_of(self, index: int | None, key: str | None) -> int | None:
        start, end = 0, len(self._lines)
        if index is not None:
            # Sections can also be written in one line, or a text can contain the header of one.
            if len(self._starts) != self._count:
                return None
            start = self._starts[index]
            end = self._starts[index + 1] if index + 1 < self._count else end
        elif key is None:
            return None
        if key is not None:
            word = re.escape(key)
            written = re.compile(rf"(?:^|[{{,.\[])[ \t]*[\"']?{word}[\"']?[ \t]*[=\].]")
            found = [n for n in range(start, end) if written.search(self._lines[n])]
            if len(found) == 1:
                return found[0] + 1
        return None if index is None else start + 1


def _variable(key: str) -> str:
    """Return the spelling of a variable in CSL, which has hyphens, in lower or upper case."""
    name = key.replace("_", "-")
    return next((one for one in (name, name.lower(), name.upper()) if one in ATTRIBUTES), name)


def _as_text(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if type(value) is int else None


# Conditions


@frozen
class _Pattern:
    """A text in which `*` replaces any text; case and spaces are ignored.

    Attributes:
        pieces: The texts between the stars.
    """

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Pattern:
        return cls(tuple(_folded(text, strip=False).split("*")))

    def matches(self, text: str) -> bool:
        """Whether the whole text has this form."""
        text = _folded(text)
        first, *rest = self.pieces
        if not rest:
            return text == first
        *middle, last = rest
        if not text.startswith(first):
            return False
        position = len(first)
        for piece in middle:
            position = text.find(piece, position)
            if position < 0:
                return False
            position += len(piece)
        return len(text) - len(last) >= position and text.endswith(last)


def _folded(text: str, *, strip: bool = True) -> str:
    folded = re.sub(r"\s+", " ", text).casefold()
    return folded.strip() if strip else folded


@frozen
class _Conditions:
    """The conditions of a section, which must all be true for a record.

    Attributes:
        types: The types, of which the record has one; empty for any type.
        keywords: The keywords, of which the record has one; empty for any.
        values: Attributes of the record, each with its values.
    """

    types: frozenset[str] = frozenset()
    keywords: tuple[_Pattern, ...] = ()
    values: tuple[tuple[str, tuple[_Pattern, ...]], ...] = ()

    def __call__(self, record: Record) -> bool:
        """Whether the record belongs to the section."""
        if self.types and record.type not in self.types:
            return False
        if self.keywords:
            words = split_keywords(plain(record.keyword or ""))
            if not _any(self.keywords, words):
                return False
        return all(
            _any(patterns, _texts_of(getattr(record, attribute)))
            for attribute, patterns in self.values
        )


def _any(patterns: Iterable[_Pattern], texts: Iterable[str]) -> bool:
    found = [text for text in texts if text.strip()]
    return any(pattern.matches(text) for pattern in patterns for text in found)


def _texts_of(value: object) -> Iterator[str]:
    """Yield the texts to which a value is equal."""
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, Date):
        yield str(value) if value.literal is None else value.literal
        for side in (value.start, value.end):
            if isinstance(side, Point):
                yield str(side.year)
    elif isinstance(value, tuple):
        for name in value:
            if isinstance(name, Name):
                yield from _texts_of_name(name)


def _texts_of_name(name: Name) -> Iterator[str]:
    if name.literal is not None:
        yield name.literal
        return
    family, given, suffix = name.parts()
    yield ", ".join(filter(None, (family, given, suffix)))
    yield " ".join(filter(None, (given, family, suffix)))
