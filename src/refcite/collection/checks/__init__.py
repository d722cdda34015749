"""Check a library with rules: missing fields, duplicate works, names in capitals and others.

Each family of rules has a module. A rule has a code, a severity, and a function that yields what it
finds: a message, what to do, the values concerned, and a repair if there is one.
"""

from refcite.collection.checks.checking import RULES, Checked, Checks, check, check_library
from refcite.collection.checks.entries import DIALECTS, Dialect, Entry
from refcite.collection.checks.fixing import Fixed, edits_of, fix_text
from refcite.collection.checks.retractions import FindNotices, Notice, read_notices
from refcite.collection.checks.rules import (
    EachRule,
    FieldEdit,
    Finding,
    Fix,
    Found,
    LibraryRule,
    Rule,
)
from refcite.collection.checks.selection import Selection, SelectionError, families

__all__ = [
    "DIALECTS",
    "RULES",
    "Checked",
    "Checks",
    "Dialect",
    "EachRule",
    "Entry",
    "FieldEdit",
    "FindNotices",
    "Finding",
    "Fix",
    "Fixed",
    "Found",
    "LibraryRule",
    "Notice",
    "Rule",
    "Selection",
    "SelectionError",
    "check",
    "check_library",
    "edits_of",
    "families",
    "fix_text",
    "read_notices",
]
