"""The report of a search for duplicates, as JSON or CSV, and the inputs' records from it."""

from __future__ import annotations

import csv
import io
import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from refcite.cli.dedupe.listing import shown
from refcite.cli.dedupe.sources import Source, Sources
from refcite.collection.duplicates import Agreement, Certainty
from refcite.collection.merge.cases import Case, Found
from refcite.dates import Date
from refcite.formats import loads
from refcite.formats.output import write_file
from refcite.names import Name
from refcite.problems import InputError

__all__ = ["as_json", "read_report", "write_report"]

_KIND: Final = "refcite dedupe"
_VERSION: Final = 1
_USE: Final = "use a report of --report FILE.json"
_COLUMNS: Final = (
    *("group", "certainty", "reason", "decision", "kept"),
    *(
        f"{name}_{place}"
        for place in (1, 2)
        for name in ("position", "file", "line", "id", "title")
    ),
    *("agree", "similar", "differ", "missing"),
)


def write_report(path: Path, found: Found, sources: Sources, options: Mapping[str, Any]) -> None:
    """Write a report: CSV if the name ends in `.csv`, otherwise JSON.

    Args:
        path: The file.
        found: The groups.
        sources: The inputs; JSON contains them.
        options: The options of the readers.
    """
    if path.suffix.lower() == ".csv":
        write_file(path, _csv(found, sources))
        return
    document = as_json(found, sources)
    document["options"] = dict(options)
    document["inputs"] = [
        {**one, **_contents(source)}
        for one, source in zip(document["inputs"], sources.inputs, strict=True)
    ]
    document["records"] = sources.library.to_dicts()
    write_file(path, (json.dumps(document, ensure_ascii=False, indent=1), "\n"))


def as_json(found: Found, sources: Sources) -> dict[str, Any]:
    """Return the groups, the pairs and the counts as values of JSON."""
    return {
        "report": _KIND,
        "version": _VERSION,
        "inputs": [
            {"file": one.file, "format": one.own_format, "records": len(one.library)}
            for one in sources.inputs
        ],
        "counts": {
            "records": len(sources.library),
            "groups": {one.value: found.count(one) for one in Certainty},
            "duplicates": found.duplicates,
            "removed": found.removed,
        },
        "groups": [_group(case, sources) for case in found.cases],
        "related": [
            {
                "positions": list(one.positions),
                "ids": [sources.library[place].id for place in one.positions],
                "relation": one.relation,
            }
            for one in found.related
        ],
    }


def _group(case: Case, sources: Sources) -> dict[str, Any]:
    group = case.group
    return {
        "group": case.number,
        "positions": list(group.positions),
        "ids": [record.id for record in case.records],
        "files": [sources.file_of(place) for place in group.positions],
        "certainty": group.certainty.value,
        "reason": group.reason,
        "decision": case.decision.value,
        "kept": case.kept,
        "merged": case.merged.record.to_csl(),
        "choices": [
            {
                "field": choice.field,
                "value": _value(choice.value),
                "from": None if choice.source is None else group.positions[choice.source],
                "rule": choice.rule,
                "not_taken": [
                    {"position": group.positions[place], "value": _value(value)}
                    for place, value in choice.others
                ],
            }
            for choice in case.merged.choices
        ],
        "pairs": [
            {
                "positions": [one, two],
                "certainty": found.certainty.value if found.certainty else None,
                "reason": found.reason,
                "fields": {field.field: field.agreement.value for field in found.fields},
            }
            for one, two, found in case.pairs()
        ],
    }


def _value(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_value(one) for one in value]
    return str(value) if isinstance(value, Name | Date) else value


def _contents(source: Source) -> dict[str, str]:
    """Return the contents of an input: its text if it is UTF-8, otherwise its bytes."""
    given = {"read_as": source.format} if source.format else {}
    if isinstance(source.contents, str):
        return {**given, "text": source.contents, "of": "database"}
    try:
        return {**given, "text": source.contents.decode()}
    except UnicodeDecodeError:
        return {**given, "base64": b64encode(source.contents).decode()}


def _csv(found: Found, sources: Sources) -> Iterator[str]:
    """Yield a row for each pair."""
    line = io.StringIO()
    rows = csv.writer(line, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for row in _rows(found, sources):
        yield line.getvalue()
        line.seek(0)
        line.truncate()
        rows.writerow(row)
    yield line.getvalue()


def _rows(found: Found, sources: Sources) -> Iterator[list[Any]]:
    for case in found.cases:
        for one, two, pair in case.pairs():
            fields = {
                agreement: " ".join(
                    field.field for field in pair.fields if field.agreement is agreement
                )
                for agreement in (
                    *(Agreement.SAME, Agreement.SIMILAR, Agreement.DIFFERENT),
                    Agreement.MISSING,
                )
            }
            certainty = pair.certainty.value if pair.certainty else case.group.certainty.value
            reason = pair.reason if pair.certainty else case.group.reason
            about = [case.number, certainty, reason, case.decision.value, case.kept]
            yield [*about, *_record(one, sources), *_record(two, sources), *fields.values()]
    for related in found.related:
        one, two = related.positions
        about = ["", "", related.relation, "related", ""]
        yield [*about, *_record(one, sources), *_record(two, sources), *[""] * len(Agreement)]


def _record(position: int, sources: Sources) -> list[Any]:
    record = sources.library[position]
    line = record.origin.line if record.origin and record.origin.line else ""
    return [position, sources.file_of(position), line, record.id, shown(record.title)]


# Reading


def read_report(data: bytes, name: str) -> list[Source]:
    """Return the inputs of a report in JSON.

    Args:
        data: The report.
        name: The name of its file.

    Raises:
        InputError: It is not a report, or does not contain the inputs.
    """
    try:
        document = json.loads(data)
    except ValueError as error:
        raise InputError(
            f"{name}: is not JSON: {error}; use a report of --report FILE.json"
        ) from None
    if not isinstance(document, dict) or document.get("report") != _KIND:
        raise InputError(
            f"{name}: is not a report of refcite dedupe; use one of --report FILE.json"
        )
    if document.get("version") != _VERSION:
        raise InputError(
            f"{name}: is a report of version {document.get('version')!r}, which is not supported;"
            " use the version of refcite that wrote it"
        )
    try:
        return [_source(one, document.get("options", {})) for one in document["inputs"]]
    except (KeyError, TypeError, AttributeError, Base64Error):
        raise InputError(
            f"{name}: does not contain the inputs; {_USE}, not the output of --json"
        ) from None


def _source(one: Mapping[str, Any], options: Mapping[str, Any]) -> Source:
    contents: bytes | str = one["text"] if "text" in one else b64decode(one["base64"])
    if isinstance(contents, str) and one.get("of") != "database":
        contents = contents.encode()
    read_as = one.get("read_as")
    library = loads(contents, read_as, file=str(one["file"]), **options)
    return Source(str(one["file"]), contents, read_as, library)
