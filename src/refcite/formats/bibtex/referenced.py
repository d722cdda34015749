"""The entries of a long file to which others refer, found before its records are created.

An entry may inherit fields from an entry that is anywhere in its file. If the entries of a file
refer to each other, a reader that keeps only a part of the file in memory therefore reads it twice
before: a pattern finds the keys that may be named, then the entries with these keys are read. The
others are only split into fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from refcite.formats.bibtex.blocks import BRACED, FIELD_NAME, QUOTED
from refcite.formats.bibtex.inherit import REFERRING, Inheritance, keys_named
from refcite.formats.bibtex.read import Entry, Reader
from refcite.formats.bibtex.references import Keys, Source, keys_in
from refcite.formats.bibtex.split import Chunk
from refcite.formats.bibtex.values import STANDARD_MACROS

__all__ = ["KeysInText", "Referenced", "referenced_among", "refers", "sources_of"]

_EQUALS: Final = re.compile(r"\s*+=[\s=]*+")
_MACRO: Final = re.compile(r"string\s*[{(]\s*([^\s=]+)")
_SPACES: Final = 1000
"""The most spaces between `@` and `string`."""
_CONTINUED: Final = re.compile(r"\s*#")
_TOKEN: Final = re.compile(r"[^\s,{}\"=#]+")
_LONGEST: Final = 1 << 14
"""The length of a value up to which it is found if it is divided between two pieces."""


class Referenced:
    """The entries to which others refer, with their inherited fields.

    Args:
        sources: The entries, in the order of the file.
        by_key: Finds them.
    """

    def __init__(self, sources: list[Source], by_key: Keys) -> None:
        self._problems: dict[int, list[tuple[str, str, str]]] = {}
        self._by_start = {source.start: source for source in sources}
        self._reader: Reader | None = None
        self._inheritance = Inheritance(sources, by_key, self._report)

    def complete(self, entry: Entry, reader: Reader) -> None:
        """Add the inherited fields to an entry of the chunk that is read, and report problems."""
        known = self._by_start.get(entry.source.start)
        if known is None:
            self._reader = reader
            self._inheritance.complete(entry.source)
            return
        entry.source = known
        for found in self._problems.pop(known.start, ()):
            reader.report_source(known, *found)

    def _report(self, source: Source, code: str, message: str, hint: str) -> None:
        if self._reader is None:
            self._problems.setdefault(source.start, []).append((code, message, hint))
        else:
            self._reader.report_source(source, code, message, hint)


def refers(entry: Entry) -> bool:
    """Return whether an entry refers to others."""
    fields = entry.source.fields
    return not REFERRING.isdisjoint(fields) or any("xdata" in value for value in fields.values())


def sources_of(
    chunk: Chunk, reader: Reader, wanted: set[str] | None, named: set[str]
) -> Iterator[Source]:
    """Yield the entries of a chunk to which others may refer.

    Args:
        chunk: The chunk.
        reader: The reader of the chunks, in their order.
        wanted: The keys that may be named, in lower case; None if any key may be.
        named: A set, to which the keys are added that are named.
    """
    for entry in reader.entries(chunk):
        source = entry.source
        if refers(entry):
            named.update(keys_named(source))
        keys = [source.key, *keys_in(source.fields.get("ids", ""))]
        if wanted is None or any(key.lower() in wanted for key in keys):
            yield source
    reader.problems()


def referenced_among(sources: list[Source], named: Iterable[str]) -> Referenced:
    """Return those of some entries that are named.

    Args:
        sources: The entries, in the order of the file.
        named: The keys that are named.
    """
    by_key = Keys(sources)
    found = {id(by_key.find(key)) for key in named}
    return Referenced([one for one in sources if id(one) in found], by_key)


class KeysInText:
    """Collects the keys that may be named in a text, before it is split into entries.

    They may be too many, such as those in comments, but not too few.

    Example:
        >>> keys = KeysInText()
        >>> for piece in ("@book{a, crossref = {P}, xref = {b", ",c}, author = {xdata=d-author}}"):
        ...     keys.add(piece)
        >>> sorted(keys.found())
        ['b', 'c', 'd', 'd-author', 'p']
    """

    def __init__(self) -> None:
        self._found: set[str] = set()
        self._bare: set[str] = set()
        self._macros: set[str] = set()
        self._is_unclear = False
        self._held = ""

    def add(self, piece: str) -> None:
        """Search the next piece of the text."""
        text = self._held + piece
        self._search(text, len(text) - _LONGEST)
        # A value may continue in the next piece.
        self._held = text[-_LONGEST:]

    def found(self) -> set[str] | None:
        """Return the keys, in lower case; None if any key may be named, such as by a macro."""
        self._search(self._held, len(self._held))
        macros = self._macros | STANDARD_MACROS.keys()
        return None if self._is_unclear or self._bare & macros else self._found

    def _search(self, text: str, whole: int) -> None:
        """Search a text; a value after the offset `whole` may be incomplete."""
        # Case is ignored, as in keys. To search for texts is several times faster than a pattern.
        text = text.lower()
        for name in REFERRING:
            place = text.find(name)
            while place >= 0:
                if start := _EQUALS.match(text, place + len(name)):
                    self._add_value(name, text, start.end(), is_whole=place < whole)
                place = text.find(name, place + 1)
        place = text.find("string")
        while place >= 0:
            if text[max(place - _SPACES, 0) : place].rstrip()[-1:] == "@" and (
                found := _MACRO.match(text, place)
            ):
                self._macros.add(found[1])
            place = text.find("string", place + 1)

    def _add_value(self, name: str, text: str, place: int, *, is_whole: bool) -> None:
        """Add the keys in the value at an offset."""
        mark = text[place : place + 1]
        pattern = BRACED if mark == "{" else QUOTED if mark == '"' else FIELD_NAME
        value = pattern.match(text, place)
        if value is None or _CONTINUED.match(text, value.end()):
            self._is_unclear |= is_whole
            return
        if pattern is FIELD_NAME:
            self._bare.add(value[0])
        for token in _TOKEN.findall(value[0]):
            self._found.add(token)
            if name == "xdata":
                self._found.update(_starts(token))


def _starts(item: str) -> Iterator[str]:
    """Yield the possible keys in the name of an item, such as `key-author-2`."""
    end = item.rfind("-")
    for _ in range(4):
        if end <= 0:
            return
        yield item[:end]
        end = item.rfind("-", 0, end)
