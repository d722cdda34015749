"""Write records as citation templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args

from refcite.formats.crosswalk import kept
from refcite.formats.wikipedia.dates import DateFormat, written_date
from refcite.formats.wikipedia.people import written_names
from refcite.formats.wikipedia.read import DISPLAYED, FORMAT, draft_of
from refcite.formats.wikipedia.scan import parts_of
from refcite.formats.wikipedia.table import DATE, PEOPLE, PREPRINT, SPEC, type_of
from refcite.formats.wikipedia.text import escaped
from refcite.problems import FormatError, near_matches
from refcite.record import Record
from refcite.vocabulary import attribute_of

__all__ = ["write"]

_ID: Final = re.compile(r"[^\s\"'<>=/\\\[\]{}#|](?:[^\"<>=\\\[\]{}#|\n]*[^\s\"'<>=/\\\[\]{}#|])?")
_NUMBERED: Final = re.compile(
    r"(?:author|editor|translator|contributor|interviewer)-(?:link|mask)\d+"
)
_PARAMETER: Final = re.compile(r"[A-Za-z][\w -]{0,40}")

Pairs = list[tuple[str, str]]


def write(
    records: Iterable[Record],
    *,
    date_format: DateFormat = "dmy",
    refs: bool = False,
    block: bool = False,
) -> str:
    """Return records as citation templates, each on a separate line.

    Args:
        records: The records.
        date_format: How to write days: `dmy` for 18 January 2017, `mdy` for January 18, 2017,
            `iso` for 2017-01-18.
        refs: Whether to put each in a `<ref>`, named by its id.
        block: Whether to write a parameter on each line.

    Raises:
        FormatError: The form of dates is unknown.

    Example:
        >>> from refcite import Date, Name, Record, dumps
        >>> record = Record(id="roe", type="article-newspaper", title="<i>Ebb</i> | flow",
        ...                 author=(Name(family="Roe", given="Ann"),), issued=Date.of(2017, 1, 18))
        >>> print(dumps([record], "wikipedia", refs=True), end="")
        <ref name="roe">{{cite news |last=Roe |first=Ann |date=18 January 2017 \
|title=''Ebb'' {{!}} flow}}</ref>
    """
    if date_format not in get_args(DateFormat):
        near = near_matches(date_format, get_args(DateFormat))
        raise FormatError(f"dates are written as dmy, mdy or iso, not {date_format!r}{near}")
    return "".join(_line(record, date_format, refs, block) for record in records)


def _line(record: Record, date_format: DateFormat, refs: bool, block: bool) -> str:
    pairs = [(key, text) for key, text in _described(record, date_format) if text]
    name = _template(record, pairs)
    before, after = ("\n| ", "\n") if block else (" |", "")
    equals = " = " if block else "="
    pairs = _with_extra(record, name, pairs)
    parts = "".join(f"{before}{key}{equals}{value}" for key, value in pairs)
    text = f"{{{{{name}{parts}{after}}}}}"
    if not refs:
        return f"{text}\n"
    is_plain = _ID.fullmatch(record.id) and not record.id.isdigit()
    return f'<ref name="{record.id}">{text}</ref>\n' if is_plain else f"<ref>{text}</ref>\n"


def _described(record: Record, date_format: DateFormat) -> Iterator[tuple[str, str | None]]:
    if record.type == "article" and "arxiv" not in record.extra:
        yield "type", PREPRINT
    for row in SPEC.writers(record.type):
        value = getattr(record, attribute_of(row.variable))
        if not value:
            continue
        if row.kind is PEOPLE:
            yield from written_names(row.own, value)
            if row.own in DISPLAYED and attribute_of(row.variable) in record.et_al:
                yield f"display-{row.own}s", "etal"
        elif row.kind is DATE:
            yield row.own, escaped(written_date(value, date_format))
        else:
            yield row.own, row.kind.write(value)


def _template(record: Record, pairs: Pairs) -> str:
    origin = record.origin
    if origin is not None and origin.format == FORMAT:
        name = str(origin.verbatim["template"])
        given = dict.fromkeys([*(key for key, _ in pairs), *record.extra], "x")
        if type_of(name, given) == record.type and "\n" not in name:
            return name
    if record.type == "article" and isinstance(record.extra.get("arxiv"), str):
        return "cite arXiv"
    return SPEC.own_type(record.type)


def _with_extra(record: Record, name: str, pairs: Pairs) -> Pairs:
    is_own = record.origin is not None and record.origin.format == FORMAT
    is_parameter = _PARAMETER.fullmatch if is_own else _is_known
    said = None
    for key, value in kept(record, is_parameter):
        if key in dict(pairs) or value != value.strip() or not value or not parts_of(value):
            continue
        said = _said(name, pairs) if said is None else said
        more = [*pairs, (key, value)]
        # Values that would be read as others are not written.
        if _said(name, more) == said:
            pairs = more
    return pairs


def _is_known(key: str) -> bool:
    return key in SPEC.known or _NUMBERED.fullmatch(key) is not None


def _said(name: str, pairs: Pairs) -> dict[str, Any]:
    return draft_of(name, [f"{key}={value}" for key, value in pairs]).values
