"""CSL-JSON's items as YAML: the form of `references` in documents of pandoc and Quarto.

Values are read unchanged: CSL requires text, so `012` remains `012` and `no` remains `no`. YAML's
own conversion is used only under keys that CSL does not define.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from refcite.formats.csl_json import (
    decode_item,
    describes_work,
    mapping,
    name_by_place,
    no_variable,
)
from refcite.formats.csl_yaml.adding import append
from refcite.formats.csl_yaml.items import FORMAT, plain_item, yaml_item
from refcite.formats.yamltext import entries, written
from refcite.library import Library
from refcite.record import Record

__all__ = ["append", "mapping", "plain_item", "read", "write", "write_stream"]


def read(text: str, *, day_first: bool | None = None, note_fields: bool = False) -> Library:
    """Read CSL-YAML.

    Args:
        text: A list of items, one item, or a mapping with the list under `references`.
        day_first: Whether `01/02/2017` is 1 February or 2 January.
        note_fields: Read lines such as `original-date: 1925` in a note as variables.

    Returns:
        The records, with the problems in the library.

    Raises:
        FormatError: PyYAML is not installed.

    Example:
        >>> from refcite import loads
        >>> library = loads('''
        ... references:
        ... - id: yes
        ...   type: article-journal
        ...   volume: 012
        ...   issued: 2017-01-18
        ... ''', "csl-yaml")
        >>> library["yes"].volume, library["yes"].issued.month
        ('012', 1)
    """
    library = Library()
    for entry in entries(text.removeprefix("\ufeff"), library.problems):
        item, problems = plain_item(entry.value), library.problems
        if not describes_work(item):
            problems.append(no_variable(item, entry.line))
            continue
        record = decode_item(item, problems, entry.line, day_first, FORMAT, note_fields=note_fields)
        library.append(record)
        if not record.id:
            library.problems.append(name_by_place(record, library[-1].id))
    return library


def write(records: Iterable[Record]) -> str:
    """Return records as CSL-YAML, in the form that pandoc reads.

    Args:
        records: The records.

    Returns:
        A mapping with the records under `references`; dates are EDTF.

    Raises:
        FormatError: PyYAML is not installed, or a value of `extra` has no form in YAML.

    Example:
        >>> from refcite import Date, Record, dumps
        >>> record = Record(id="a", type="book", volume="012", issued=Date.of(1926, 5))
        >>> print(dumps([record], "csl-yaml"))
        references:
        - id: a
          type: book
          volume: '012'
          issued: 1926-05
    """
    return "".join(write_stream(records))


def write_stream(records: Iterable[Record]) -> Iterator[str]:
    """Yield records as CSL-YAML, in pieces.

    Args:
        records: The records.
    """
    start = "references:\n"
    for record in records:
        yield start + written([yaml_item(record)])
        start = ""
    if start:
        yield "references: []\n"
