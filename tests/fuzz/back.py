"""What a reader gives is written by every writer, and read again."""

from __future__ import annotations

import json
import multiprocessing
import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final

import yaml
from attrs import frozen
from lxml import etree

from refcite import Library, Problem, RefciteError
from refcite.formats import Format, dumps, formats, get_format, loads
from refcite.problems import Severity

__all__ = ["Fault", "faults_of", "tried_apart"]

_PATIENCE: Final = 60.0
_SHOWN: Final = 300
_BIBTEX: Final = get_format("bibtex").module
_NOCASE: Final = re.compile(r'<span class="nocase">|</span>')
_WRITERS: Final = tuple(one for one in formats() if one.writes)


@frozen
class Fault:
    """What went wrong with an input.

    Attributes:
        what: The step, and what it did.
        kind: What is the same for the same fault in other inputs.
    """

    what: str
    kind: str


def faults_of(name: str, text: str) -> Iterator[Fault]:
    """Yield the faults of reading a text, of writing what was read, and of reading that again.

    Args:
        name: The format of the text.
        text: The text.
    """
    try:
        library = loads(text, name)
    except RefciteError:
        return
    except Exception as error:
        yield _raised(f"{name} does not read it", error)
        return
    if not library:
        return
    module = get_format(name).module
    for writer in _WRITERS:
        # BibTeX's writer keeps the text of an entry, with the errors that are in it.
        if not (writer.module == module == _BIBTEX and library.has_errors):
            yield from _faults_of_writing(library, writer)


def _faults_of_writing(library: Library, writer: Format) -> Iterator[Fault]:
    lost: list[Problem] = []
    try:
        written = dumps(library, writer.name, problems=lost)
    except RefciteError as error:
        yield Fault(f"{writer.name} rejects it: {error}"[:_SHOWN], f"{writer.name} rejects it")
        return
    except Exception as error:
        yield _raised(f"{writer.name} does not write it", error)
        return
    wrong = _invalid(writer, written)
    if wrong:
        yield Fault(f"{writer.name} is not valid: {wrong}"[:_SHOWN], f"{writer.name} is not valid")
    if not writer.reads or not written.strip():
        return
    try:
        back = loads(written, writer.name)
    except Exception as error:
        yield _raised(f"{writer.name} does not read its own output", error)
        return
    if any(one.code == "not-read-back" for one in lost):
        return  # the format has no form for an entry, which is reported
    errors = [one for one in back.problems if one.severity is Severity.ERROR]
    if errors:
        what = f"{writer.name} reads its own output with an error: {errors[0]}"
        yield Fault(what[:_SHOWN], f"{writer.name} {errors[0].code}")
    # Equal nodes of one id are one node in JSON-LD.
    count = len(set(library)) if writer.name == "schema-org" else len(library)
    if len(back) != count:
        what = f"{writer.name} reads {len(back)} of its own {count} entries"
        yield Fault(what, f"{writer.name} entries")
    if writer.carries_all and len(back) == len(library):
        yield from _unreported(library, back, writer)


def _unreported(library: Library, back: Library, writer: Format) -> Iterator[Fault]:
    """Yield the values that a format loses which claims to hold everything."""
    for record, found in zip(library, back, strict=True):
        values = found.variables()
        for attribute, value in record.variables().items():
            if _plain(values.get(attribute)) != _plain(value):
                what = f"{writer.name}: {attribute} is {value!r}, not {values.get(attribute)!r}"
                yield Fault(what[:_SHOWN], f"{writer.name} {attribute}")


def _plain(value: object) -> object:
    """Return a value without the marks of protected capitals, which BibTeX's writer adds."""
    return _NOCASE.sub("", value) if isinstance(value, str) else value


def _invalid(writer: Format, text: str) -> str:
    try:
        data = text.encode()
        check = _CHECKS.get(writer.name)
        if check is not None and text:
            check(data)
    except (UnicodeError, ValueError, etree.XMLSyntaxError, yaml.YAMLError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _json(data: bytes) -> None:
    json.loads(data, parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _json_lines(data: bytes) -> None:
    for line in data.splitlines():
        _json(line)


def _xml(data: bytes) -> None:
    etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))


_CHECKS: Final[dict[str, Callable[[bytes], object]]] = {
    **dict.fromkeys(("csl-json", "schema-org"), _json),
    "csl-jsonl": _json_lines,
    **dict.fromkeys(("endnote-xml", "jats", "marcxml", "mods", "tei", "word-xml"), _xml),
    **dict.fromkeys(("csl-yaml", "hayagriva", "cff"), yaml.safe_load),
}


def _raised(what: str, error: Exception) -> Fault:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} at {frame.filename.rpartition('/src/')[2]}:{frame.lineno}"
    return Fault(f"{what}: {place}: {error}"[:_SHOWN], f"{what}: {place}")


def tried_apart(format_: Format, texts: Iterable[str]) -> list[tuple[int, Fault]]:
    """Return the faults of texts, each with the text's number, found in another process."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=_try, args=(format_.name, list(texts), there)
    )
    process.start()
    there.close()
    found: list[tuple[int, Fault]] = []
    number = 0
    with suppress(EOFError):
        while True:
            if not here.poll(_PATIENCE):
                found.append((number, Fault(f"no result in {_PATIENCE:.0f} s", "hangs")))
                process.kill()
                break
            number, faults = here.recv()
            found += [(number, fault) for fault in faults]
            number += 1
    process.join()
    if process.exitcode and not any(fault.kind == "hangs" for _, fault in found):
        found.append((number, Fault(f"the process died ({process.exitcode})", "dies")))
    return found


def _try(name: str, texts: list[str], there: Connection) -> None:
    get_format(name)
    for number, text in enumerate(texts):
        there.send((number, list(faults_of(name, text))))
