"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from refcite.collection.checks.entries import Entry
from refcite.problems import Problem, Severity

__all__ = ["EachRule", "FieldEdit", "Finding", "Fix", "Found", "LibraryRule", "Rule"]


@frozen
class FieldEdit:
    """A change of one field of an entry.

    Attributes:
        field: The field, in lower case.
        value: The new value as it is written, without its braces; None if the field is removed.
        name: The new name of the field; empty if it keeps its name.
    """

    field: str
    value: str | None
    name: str = ""


@frozen
class Fix:
    """The repair of a problem.

    Attributes:
        message: The repair in words, in the past tense.
        edits: The changes of the entry.
        changes: The attributes of the record that the repair changes. It is only made if all others
            remain the same.
        is_safe: Whether the meaning of the entry certainly remains the same.
    """

    message: str
    edits: tuple[FieldEdit, ...]
    changes: frozenset[str]
    is_safe: bool = True


@frozen
class Found:
    """What a rule finds in an entry.

    Attributes:
        message: One sentence that describes the problem.
        hint: What to do, if that is known.
        field: The field with the problem under the format's own name; empty for the entry.
        payload: The values concerned, such as the missing fields.
        fix: The repair, if there is one.
    """

    message: str
    hint: str | None = None
    field: str = ""
    payload: tuple[str, ...] = ()
    fix: Fix | None = None


@frozen
class Finding:
    """A problem that a rule found, with its entry and its repair.

    Attributes:
        problem: The problem, with its location.
        entry: The entry.
        payload: The values concerned, such as the missing fields.
        fix: The repair, if there is one.
    """

    problem: Problem
    entry: Entry
    payload: tuple[str, ...] = ()
    fix: Fix | None = None


@frozen(kw_only=True)
class Rule:
    """A rule: what is wrong under a code, and how severe it is.

    Attributes:
        code: The code of its problems.
        severity: The severity of its problems.
        is_default: Whether it is used without being selected.
    """

    code: str
    severity: Severity
    is_default: bool = True

    def finding(self, entry: Entry, found: Found) -> Finding:
        """Return a finding of this rule in an entry."""
        line, column = entry.place_of(found.field)
        origin = entry.record.origin
        problem = Problem(
            severity=self.severity,
            code=self.code,
            message=found.message,
            hint=found.hint,
            line=line,
            column=column,
            file=origin.file if origin is not None else None,
            key=entry.record.id or None,
        )
        return Finding(problem, entry, found.payload, found.fix)


@frozen(kw_only=True)
class EachRule(Rule):
    """A rule that looks at one entry at a time.

    Attributes:
        find: Yields what is found in an entry.
    """

    find: Callable[[Entry], Iterator[Found]]


@frozen(kw_only=True)
class LibraryRule(Rule):
    """A rule that compares the entries of a library.

    Attributes:
        find: Yields what is found, with the entries.
    """

    find: Callable[[Sequence[Entry]], Iterable[tuple[Entry, Found]]]
