"""One library from several files: equal records once, and different ones under different ids.

Two passes are made over the records. The first decides which records are omitted and which get
another id; of each record, it keeps only the id and a digest of the values. The second changes the
records, and those that refer to them. So the records may be streams, and no new id is equal to one
of a later file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from operator import attrgetter
from typing import Final

from attrs import define, evolve, field, fields

from refcite.keys import id_by_place, is_by_place, letters, made_key, renamed_in
from refcite.library import Library
from refcite.names import Name
from refcite.problems import Problem, Severity
from refcite.record import Record

__all__ = ["Union", "united"]


def united(libraries: Sequence[Library]) -> Library:
    r"""Return one library from the libraries of several files.

    Records of different files are equal if all their values are, and either their ids are too or
    one of them has an id that was only generated when it was read. The first is kept. A record
    whose id is used for another work in an earlier file gets a new id, and records of its file
    that refer to it are changed too. Both are reported in the problems.

    Args:
        libraries: The libraries; two records of the same library are not compared.

    Example:
        >>> from refcite import loads
        >>> from refcite.union import united
        >>> one = loads("@book{roe2019, title = {One}}", file="one.bib")
        >>> two = loads("@book{roe2019, title = {Two}}\\n@book{b, title = {B}}", file="two.bib")
        >>> library = united([one, two, one])
        >>> library.ids
        ('roe2019', 'roe2019a', 'b')
        >>> print(library.problems[0].message)
        the id 'roe2019' is also used in one.bib (line 1); the new id is 'roe2019a'
    """
    union = Union()
    for number, library in enumerate(libraries):
        is_keyed = library.is_keyed
        union.survey(number, (*library, *library.containers), is_keyed=is_keyed)
    union.decide()
    records: list[Record] = []
    containers: list[Record] = []
    problems: list[Problem] = []
    for number, library in enumerate(libraries):
        problems += library.problems
        changed = list(union.changed(number, (*library, *library.containers), problems))
        count = len(library) - union.omitted_before(number, len(library))
        records += changed[:count]
        containers += changed[count:]
    # Ids that are used twice in one file have been reported with the file.
    return Library.of_identified(records, problems, containers)


@define
class _First:
    """The first record with an id, or with certain values.

    Attributes:
        file: The number of its file.
        position: Its position in the file.
        digest: The digest of its values.
        id: Its id.
        name: The name of its file.
        line: Its line.
        is_made: Whether its id was generated.
    """

    file: int
    position: int
    digest: bytes
    id: str
    name: str | None
    line: int | None
    is_made: bool


@define
class Union:
    """The decisions for the records of several files.

    Example:
        >>> from refcite import Record
        >>> files = [[Record(id="a", title="One")], [Record(id="a", title="Two")]]
        >>> union = Union()
        >>> for number, records in enumerate(files):
        ...     union.survey(number, records)
        >>> union.decide()
        >>> [record.id for number, records in enumerate(files)
        ...  for record in union.changed(number, records, [])]
        ['a', 'a-2']
    """

    _by_id: dict[str, list[_First]] = field(factory=dict)
    _by_content: dict[bytes, _First] = field(factory=dict)
    _by_both: dict[tuple[str, bytes], _First] = field(factory=dict)
    _clashes: dict[tuple[int, str], _First] = field(factory=dict)
    _is_made: set[tuple[int, str]] = field(factory=set)
    _equal: dict[int, dict[int, _First]] = field(factory=dict)
    _new_ids: dict[tuple[int, str], str] = field(factory=dict)
    _counts: dict[int, int] = field(factory=dict)

    def survey(self, file: int, records: Iterable[Record], *, is_keyed: bool = True) -> None:
        """Look at the records of the next file.

        Args:
            file: The number of the file, from 0.
            records: The records, which have ids.
            is_keyed: Whether the file names its records; otherwise ids that consist of author,
                year and title were generated.
        """
        equal = self._equal.setdefault(file, {})
        position = -1
        for position, record in enumerate(records):
            digest = _digest(record)
            origin = record.origin
            here = _First(
                file,
                position,
                digest,
                record.id,
                origin.file if origin else None,
                origin.line if origin else None,
                is_by_place(record.id) or (not is_keyed and _is_made(record)),
            )
            if self._is_equal(here, equal):
                continue
            with_id = self._by_id.setdefault(record.id, [])
            other = next((one for one in with_id if one.file != file), None)
            if other is not None:
                if (file, record.id) not in self._clashes:
                    self._clashes[file, record.id] = other
                if here.is_made:
                    self._is_made.add((file, record.id))
            # Of each file, the first record with an id is the one that others refer to.
            if not with_id or with_id[-1].file != file:
                with_id.append(here)
            self._by_both.setdefault((record.id, digest), here)
            self._by_content.setdefault(digest, here)
        self._counts[file] = position + 1

    def _is_equal(self, here: _First, equal: dict[int, _First]) -> bool:
        """Return whether a record is equal to one of an earlier file, and note it."""
        other = self._by_content.get(here.digest)
        if other is None or other.file == here.file:
            return False
        if other.id != here.id:
            same = self._by_both.get((here.id, here.digest))
            if same is not None and same.file == here.file:
                same = None
            if same is not None:
                other = same
            elif not here.is_made:
                if not other.is_made:
                    return False
                # The id that was generated for the earlier record is given up for a real one.
                self._equal[other.file][other.position] = here
                self._by_content[here.digest] = here
                return False
        equal[here.position] = other
        return True

    def decide(self) -> None:
        """Choose the new ids, when all files have been surveyed."""
        taken = {id_.lower() for id_ in self._by_id}
        counts: dict[str, int] = {}
        place = sum(self._counts.values())
        for file, id_ in self._clashes:
            if is_by_place(id_):
                place += 1
                while (new := id_by_place(place)) in taken:
                    place += 1
            else:
                new = _free(id_, taken, counts, is_made=(file, id_) in self._is_made)
            taken.add(new.lower())
            self._new_ids[file, id_] = new

    def changed(
        self, file: int, records: Iterable[Record], problems: list[Problem]
    ) -> Iterator[Record]:
        """Yield the records of a file that are kept, with their new ids.

        Args:
            file: The number of the file.
            records: The same records as in the survey.
            problems: The list to which problems are added while the records are read.
        """
        equal = self._equal.get(file, {})
        renamed = {id_: new for (number, id_), new in self._new_ids.items() if number == file}
        for other in equal.values():
            new = self._new_ids.get((other.file, other.id), other.id)
            renamed.setdefault(other.id, new)
        renamed = {id_: new for id_, new in renamed.items() if id_ != new}
        first: Record | None = None
        count = 0
        for position, record in enumerate(records):
            other_record = equal.get(position)
            if other_record is not None:
                count += 1
                first = first or record
                continue
            if not renamed:
                yield record
                continue
            new_id = self._new_ids.get((file, record.id), record.id)
            if new_id != record.id:
                clash = self._clashes[file, record.id]
                is_made = (file, record.id) in self._is_made
                if not is_by_place(record.id):
                    problems.append(_renamed(record, new_id, clash, is_made=is_made))
            yield _pointing(renamed_in(record, new_id, renamed), renamed)
        if first is not None:
            problems.append(_equal_records(first, count))

    def problems(self, file: int, records: Iterable[Record]) -> Iterator[Problem]:
        """Yield the clashing ids of a file that has been surveyed, without changing its records.

        Args:
            file: The number of the file.
            records: The records that were surveyed.
        """
        equal = self._equal.get(file, {})
        done: set[str] = set()
        for position, record in enumerate(records):
            clash = self._clashes.get((file, record.id))
            if clash is None or position in equal or record.id in done:
                continue
            done.add(record.id)
            if not is_by_place(record.id) and (file, record.id) not in self._is_made:
                yield _clashing(record, clash)

    def omitted_before(self, file: int, position: int) -> int:
        """Return the number of records that are omitted before a position of a file."""
        return sum(1 for one in self._equal.get(file, {}) if one < position)


def _pointing(record: Record, renamed: dict[str, str]) -> Record:
    """Return a record that is written in a new form if its text has an id that has changed."""
    origin = record.origin
    parents = origin.verbatim.get("parents") if origin else None
    if origin is None or not parents or parents.isdisjoint(renamed):
        return record
    return record.replace(origin=evolve(origin, verbatim={**origin.verbatim, "is_stale": True}))


# The text of a name is proved to be read as the name, which takes longer than all of its parts.
_PARTS: Final = attrgetter(*(one.name for one in fields(Name)))


def _digest(record: Record) -> bytes:
    """Return a digest that is only equal for records with the same values, except their ids."""
    values = [
        (name, list(map(_PARTS, value)) if isinstance(value, tuple) else str(value))
        for name, value in record.variables().items()
    ]
    text = repr((record.type, values, sorted(record.et_al), sorted(record.extra.items())))
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()


def _is_made(record: Record) -> bool:
    """Return whether the id of a record is one that is generated from its values."""
    key = made_key(record)
    rest = record.id.removeprefix(key) if key else record.id
    return bool(key) and len(rest) < len(record.id) and (not rest or _is_letters(rest))


def _is_letters(text: str) -> bool:
    return text.isascii() and text.isalpha() and text.islower() and len(text) < 4


def _free(id_: str, taken: set[str], counts: dict[str, int], *, is_made: bool) -> str:
    """Return a new id in the style of another one: `roe2019a` for `roe2019`, `lamps-2` for `lamps`.

    The number of uses is stored, so that many works with one id take linear time.
    """
    has_letters = is_made or (id_[-1:].isdigit() and id_.isalnum())
    while True:
        counts[id_] = counts.get(id_, 0) + 1
        number = counts[id_]
        new = id_ + letters(number) if has_letters else f"{id_}-{number + 1}"
        if new.lower() not in taken:
            return new


def _renamed(record: Record, new: str, first: _First, *, is_made: bool) -> Problem:
    origin = record.origin
    return Problem(
        severity=Severity.INFO if is_made else Severity.WARNING,
        code="renamed-id",
        message=f"the id {record.id!r} is {_used(first)}; the new id is {new!r}",
        line=origin.line if origin else None,
        hint="cite the work by its new id, or give it another id in its file",
        file=origin.file if origin else None,
        key=new,
    )


def _clashing(record: Record, first: _First) -> Problem:
    origin = record.origin
    return Problem(
        severity=Severity.WARNING,
        code="duplicate-id",
        message=f"the id {record.id!r} is {_used(first)} for another work",
        line=origin.line if origin else None,
        hint="it gets a new id if the files are read together; change one of the ids",
        file=origin.file if origin else None,
        key=record.id,
    )


def _used(first: _First) -> str:
    where = f"in {first.name}" if first.name else "in an earlier file"
    return f"also used {where}{f' (line {first.line})' if first.line else ''}"


def _equal_records(first: Record, count: int) -> Problem:
    origin = first.origin
    records = "1 record is" if count == 1 else f"{count} records are"
    return Problem(
        severity=Severity.INFO,
        code="equal-records",
        message=f"{records} equal to those of other files, and omitted; the first is {first.id!r}",
        line=origin.line if origin else None,
        file=origin.file if origin else None,
    )
