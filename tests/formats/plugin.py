"""A format as another package would add it: each line is a title."""

from __future__ import annotations

from refcite import Library, Record
from refcite.formats import Format

FORMAT = Format(name="shouted", title="Titles", module="tests.formats.plugin", writes=False)


def read(text: str) -> Library:
    return Library(Record(title=line) for line in text.splitlines())
