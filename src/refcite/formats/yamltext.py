"""YAML text as a sequence of entries with their lines, and back.

PyYAML's parser returns events, from which values are created here: unchanged, each with its line,
without following tags, and with a limit for aliases. If the text is broken, its entries are read
one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Any, Final, NamedTuple

from refcite.characters import HALF_PAIR, plain_text, without_surrogates
from refcite.extras import install_command
from refcite.formats.jsontext import Entry
from refcite.formats.progress import current_listener
from refcite.problems import FormatError, Problem, Severity

__all__ = [
    "Plain",
    "entries",
    "is_nothing",
    "line_of",
    "line_of_key",
    "mapping",
    "plain",
    "scalars",
    "with_lines",
    "written",
]

_LISTS: Final = ("references", "items")
_ITEM_KEYS: Final = frozenset({"id", "type", "title", "author"})
_DEEPEST: Final = 100
"""PyYAML has a limit too since 6.0.4, which its scanner, reading ahead, may reach first."""
_TOO_DEEP: Final = "the entry is nested too deeply"
_MOST_REPEATED: Final = 100_000
"""The maximum number of values that aliases may repeat."""
_ITEM: Final = re.compile(r"^([ \t]*)-[ \t]", re.MULTILINE)
_KEY: Final = re.compile(
    r"""^(?:(?:"[^"\n]*"|'[^'\n]*')[ \t]*|[^\s#"'&*!|>%@`{}\[\],-][^\n]*?):(?=\s)""", re.MULTILINE
)
_HALVES: Final = re.compile(r"(?:\\u[dD][89a-fA-F][0-9a-fA-F]{2})+")
_NEAR: Final = 4_000
"""So far before it the quotation mark of a text is looked for."""
_NOT_YAML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters that YAML does not allow (YAML 1.2, "Character Set")."""
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_QUOTED: Final = re.compile(
    r"[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)|[yYnN]"
)
"""Numbers of YAML 1.2 and short booleans; PyYAML quotes all other non-texts of YAML 1.1."""


class Plain(str):
    """A scalar without quotes, which YAML may read as a number, a boolean or null."""

    __slots__ = ()


class Scalar(NamedTuple):
    """A scalar with its place.

    Attributes:
        key: The key of the outermost mapping in whose value it is.
        start: Where it starts, with its quotation mark or the sign of its block.
        end: Where it ends.
        style: Its quotation mark, or the sign of its block; empty without both.
        in_flow: Whether it is in a list in brackets, or in a mapping in braces.
    """

    key: str
    start: int
    end: int
    style: str
    in_flow: bool


class _Mapping(dict[str, Any]):
    """A mapping with its line, its count of values, and the keys from a merge key."""

    line = 1
    size = 1
    merged: frozenset[str] = frozenset()
    lines: dict[str, int] = {}  # noqa: RUF012 - each mapping with keys gets its own
    """The line of each key; only for the outermost mapping."""


class _Sequence(list[Any]):
    line = 1
    size = 1


class _RefusedError(Exception):
    """The text is YAML, but not of a supported kind."""

    def __init__(self, code: str, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.code, self.line, self.column = code, line, column


def _yaml() -> ModuleType:
    try:
        import yaml
    except ImportError:
        raise FormatError(
            f"YAML needs the package PyYAML; install it with: {install_command('yaml')}"
        ) from None
    return yaml


def entries(text: str, problems: list[Problem]) -> Iterator[Entry]:
    """Yield the entries of a text.

    Args:
        text: The YAML.
        problems: List to which its problems are added.
    """
    yaml = _yaml()
    text = _allowed(_paired(text, problems), problems)
    try:
        documents = list(_documents(yaml, text, problems))
    except (yaml.YAMLError, _RefusedError, UnicodeError) as error:
        yield from _one_by_one(yaml, text, _problem(error, 0), problems)
        return
    for document in documents:
        yield from _entries_of(document, problems)


def _paired(text: str, problems: list[Problem]) -> str:
    """Return a text whose escaped surrogates, in the form of JSON, are characters.

    They are searched only if there may be a text in double quotes.
    """
    is_reported = False

    def pair(found: re.Match[str]) -> str:
        nonlocal is_reported
        before = text[max(0, found.start() - _NEAR) : found.start()]
        before = before[before.rfind("\n") + 1 :]
        is_escaped = (len(before) - len(before.rstrip("\\"))) % 2
        if '"' not in before or is_escaped:
            return found[0]
        units = bytes.fromhex(found[0].replace("\\u", ""))
        characters = units.decode("utf-16-be", "replace")
        if "\ufffd" in characters and not is_reported:
            message = f"{found[0][:40]} is {HALF_PAIR}"
            line = text.count("\n", 0, found.start()) + 1
            problems.append(_report("lone-surrogate", message, line, Severity.WARNING))
            is_reported = True
        return characters

    return _HALVES.sub(pair, text) if "\\u" in text else text


def _allowed(text: str, problems: list[Problem]) -> str:
    """Return a text with spaces for the control characters that YAML does not allow."""
    first = _NOT_YAML.search(text)
    if first is None:
        return text
    message = f"the control character {first[0]!r} is not allowed in YAML; it is read as a space"
    line = text.count("\n", 0, first.start()) + 1
    problems.append(_report("control-character", message, line, Severity.WARNING))
    return _NOT_YAML.sub(" ", text)


def _entries_of(document: Any, problems: list[Problem]) -> Iterator[Entry]:
    if isinstance(document, _Mapping):
        document = _list_in(document, problems)
    for item in document if isinstance(document, list) else ():
        if isinstance(item, _Mapping):
            yield Entry(item, item.line)
        elif item:
            line = getattr(item, "line", getattr(document, "line", 1))
            message = f"an entry must be a mapping, not {str(item)[:60]!r}"
            problems.append(_report("entry-not-object", message, line))
    if document and not isinstance(document, list):
        message = f"a list of entries must be here, not {str(document)[:60]!r}"
        problems.append(_report("entry-not-object", message, 1))


def _list_in(document: _Mapping, problems: list[Problem]) -> Any:
    """Return the list of entries in a mapping, or a single entry."""
    name = next((key for key in _LISTS if key in document), None)
    if name is not None:
        others = [key for key in document if key != name]
        if others:
            # A document's title is not a reference; a second list would contain references.
            message = f"the keys next to {name!r} are not read: {', '.join(others)[:60]}"
            is_list = any(key in _LISTS for key in others)
            severity = Severity.WARNING if is_list else Severity.INFO
            problems.append(_report("not-read", message, document.line, severity))
        return document[name]
    if _ITEM_KEYS & document.keys():
        return [document]
    message = "the text has neither a list of entries nor 'references' with one"
    problems.append(_report("entry-not-object", message, document.line))
    return None


def _one_by_one(
    yaml: ModuleType, text: str, problem: Problem, problems: list[Problem]
) -> Iterator[Entry]:
    """Read the items of a list separately, so that a broken one affects no other."""
    starts = list(_ITEM.finditer(text))
    indent = min((start[1] for start in starts), key=len, default="")
    places = [start.start() for start in starts if start[1] == indent]
    if not places:
        problems.append(problem)
        return
    line = text.count("\n", 0, places[0])
    is_found = False
    for place, end in zip(places, [*places[1:], len(text)], strict=True):
        item = text[place:end]
        try:
            for document in _documents(yaml, item, problems, line):
                yield from _entries_of(document, problems)
        except (yaml.YAMLError, _RefusedError, UnicodeError) as error:
            problems.append(_problem(error, line))
            is_found = True
        line += item.count("\n")
    if not is_found:
        problems.append(problem)  # it is around the items, not in one


def mapping(text: str, problems: list[Problem], *, joins_documents: bool = False) -> dict[str, Any]:
    r"""Return the mapping of a text; if it is broken, the keys that can be read.

    Args:
        text: The YAML.
        problems: List to which its problems are added.
        joins_documents: Whether the text in further documents, after `---`, is read too.

    Raises:
        FormatError: PyYAML is not installed.

    Example:
        >>> met = []
        >>> mapping("title: One\nbroken: [\nyear: 1926", met)
        {'title': 'One', 'year': '1926'}
        >>> [(problem.code, problem.line) for problem in met]
        [('invalid-yaml', 3)]
    """
    yaml = _yaml()
    text = _allowed(_paired(text, problems), problems)
    try:
        documents = list(_placed(yaml, text, problems))
    except (yaml.YAMLError, _RefusedError, UnicodeError) as error:
        return _key_by_key(yaml, text, _problem(error, 0), problems)
    found: _Mapping | None = None
    for document, line in documents:
        if found is None and isinstance(document, _Mapping):
            found = document
        elif isinstance(document, _Mapping) and joins_documents:
            message = (
                "another document starts at '---'; refcite reads it, but other programs do not"
            )
            problems.append(_report("not-read", message, line, Severity.WARNING))
            _add(found, document, problems)
        elif not is_nothing(document) and document:
            message = f"{str(document)[:40]!r} is not read: the text must be one mapping"
            code = "not-read" if found is not None else "entry-not-object"
            problems.append(_report(code, message, line))
    return {} if found is None else found


def _add(found: _Mapping | None, more: _Mapping, problems: list[Problem]) -> None:
    """Add keys to those of an earlier mapping; of two equal keys the last is used."""
    if found is None:
        return
    for key in more:
        if key in found:
            message = f"{key[:40]!r} occurs twice; the last value is used"
            line = line_of_key(more, key)
            problems.append(_report("duplicate-key", message, line, Severity.WARNING))
    found.lines = {**found.lines, **more.lines}
    found.update(more)


def _key_by_key(
    yaml: ModuleType, text: str, problem: Problem, problems: list[Problem]
) -> dict[str, Any]:
    """Read each key of a mapping separately, and each item of a broken list."""
    found = _Mapping()
    places = [start.start() for start in _KEY.finditer(text)]
    if not places or problem.code == "too-large":
        problems.append(problem)
        return found
    line = text.count("\n", 0, places[0])
    is_reported = _report_head(text[: places[0]], problems)
    for place, end in zip(places, [*places[1:], len(text)], strict=True):
        part = text[place:end]
        try:
            for document in _documents(yaml, part, problems, line):
                if isinstance(document, _Mapping):
                    _add(found, document, problems)
        except (yaml.YAMLError, _RefusedError, UnicodeError) as error:
            key, _, rest = part.partition("\n")
            items: list[Any] = []
            if key.rstrip().endswith(":") and _ITEM.search(rest):
                items.extend(_items(yaml, f"\n{rest}", line, problems))
            else:
                problems.append(_problem(error, line))
            if items:
                found[key.rstrip()[:-1].strip("\"' ")] = items
            is_reported = True
        line += part.count("\n")
    if not is_reported:
        problems.append(problem)  # it is around the keys, not in one
    return found


def _report_head(head: str, problems: list[Problem]) -> bool:
    """Report the text before the first key, and return whether there is any."""
    for line, text in enumerate(head.split("\n"), start=1):
        if text.strip() and not text.startswith(("#", "---", "%")):
            message = f"{text.strip()[:40]!r} is not read: it is before the first key"
            problems.append(_report("not-read", message, line))
            return True
    return False


def _items(yaml: ModuleType, text: str, line: int, problems: list[Problem]) -> Iterator[Any]:
    starts = list(_ITEM.finditer(text))
    indent = min((start[1] for start in starts), key=len)
    places = [start.start() for start in starts if start[1] == indent]
    line += text.count("\n", 0, places[0])
    for place, end in zip(places, [*places[1:], len(text)], strict=True):
        item = text[place:end]
        try:
            for document in _documents(yaml, item, problems, line):
                yield from document if isinstance(document, list) else ()
        except (yaml.YAMLError, _RefusedError, UnicodeError) as error:
            problems.append(_problem(error, line))
        line += item.count("\n")


def line_of(value: Any, otherwise: int = 1) -> int:
    """Return the line on which a mapping or list starts."""
    line: int = getattr(value, "line", otherwise)
    return line


def line_of_key(value: Any, key: str, otherwise: int = 1) -> int:
    """Return the line of a key in the outermost mapping of a text."""
    lines: Mapping[str, int] = getattr(value, "lines", {})
    return lines.get(key, otherwise)


def with_lines(values: dict[str, Any], lines: dict[str, int]) -> dict[str, Any]:
    """Return a mapping whose keys have lines.

    Args:
        values: The mapping.
        lines: The lines of its keys.

    Example:
        >>> line_of_key(with_lines({"title": "One"}, {"title": 2}), "title")
        2
    """
    found = _Mapping(values)
    found.lines = lines
    return found


def is_nothing(value: Any) -> bool:
    """Return whether YAML reads a value as null.

    Example:
        >>> is_nothing(Plain("~")), is_nothing("~")
        (True, False)
    """
    return isinstance(value, Plain) and value in _NOTHING


def plain(value: Any) -> Any:
    """Return a value of YAML with each scalar as unchanged plain text, without nulls.

    Example:
        >>> plain({"a": [Plain("1"), Plain("null")]})
        {'a': ['1']}
    """
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items() if not is_nothing(inner)}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value if not is_nothing(inner)]
    return value


def _documents(
    yaml: ModuleType, text: str, problems: list[Problem], line: int = 0
) -> Iterator[Any]:
    return (document for document, _ in _placed(yaml, text, problems, line))


def scalars(text: str) -> Iterator[Scalar]:
    r"""Yield the scalars in the values of a mapping, up to the first fault.

    Args:
        text: The YAML, of one document.

    Raises:
        FormatError: PyYAML is not installed.

    Example:
        >>> list(scalars("title: 'One'\nauthor: [Roe]"))[1]
        Scalar(key='author', start=22, end=25, style='', in_flow=True)
    """
    yaml = _yaml()
    key = ""
    flows: list[bool] = []  # whether each open list or mapping is in brackets or braces
    is_key = True  # whether the next value in the outermost mapping is a key
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if len(flows) == 1 and is_key:
                    key = event.value
                elif flows:
                    start, end = event.start_mark.index, event.end_mark.index
                    yield Scalar(key, start, end, event.style or "", flows[-1])
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                flows.append(bool(event.flow_style))
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                flows.pop()
            elif kind is not yaml.AliasEvent:
                continue
            if len(flows) == 1:
                is_key = not is_key
    except (yaml.YAMLError, UnicodeError):
        return  # the reader of the values reports it


def _placed(
    yaml: ModuleType, text: str, problems: list[Problem], line: int = 0
) -> Iterator[tuple[Any, int]]:
    """Yield each document with the line where it starts."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    builder = _Builder(yaml, problems, line)
    report = current_listener()
    for event in yaml.parse(text, Loader=loader):
        builder.take(event)
        if report is not None:
            report(min(event.end_mark.index / len(text), 1.0))
        if isinstance(event, yaml.DocumentEndEvent):
            yield builder.document, builder.start


class _Builder:
    """Creates values from events; the stack is a list, so that no depth can exhaust Python's."""

    def __init__(self, yaml: ModuleType, problems: list[Problem], line: int) -> None:
        self._yaml = yaml
        self._problems = problems
        self._line = line + 1
        self._stack: list[tuple[_Mapping | _Sequence, str | None]] = []
        self._keys: list[Any] = []
        self._anchors: dict[str, Any] = {}
        self._repeated = 0
        self.document: Any = None
        self.start = self._line

    def take(self, event: Any) -> None:
        yaml = self._yaml
        kind = type(event)
        if kind is yaml.ScalarEvent:
            text = event.value
            value = text if event.style or not event.implicit[0] else Plain(text)
            self._anchor(event, value)
            self._put(value, 1, event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if len(self._stack) >= _DEEPEST:
                raise self._fault("too-deep", _TOO_DEEP, event)
            opened = _Mapping() if kind is yaml.MappingStartEvent else _Sequence()
            opened.line = self._line + event.start_mark.line
            self._stack.append((opened, event.anchor))
            self._keys.append(None)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            closed, anchor = self._stack.pop()
            self._keys.pop()
            if anchor:
                self._anchors[anchor] = closed
            self._put(closed, closed.size, event)
        elif kind is yaml.AliasEvent:
            self._put_alias(event)
        elif kind is yaml.DocumentStartEvent:
            self.document = None
            self.start = self._line + event.start_mark.line
            self._anchors.clear()

    def _anchor(self, event: Any, value: Any) -> None:
        if event.anchor:
            self._anchors[event.anchor] = value

    def _put_alias(self, event: Any) -> None:
        if event.anchor not in self._anchors:
            message = f"the alias *{event.anchor} has no anchor before it"
            raise self._fault("invalid-yaml", message, event)
        value = self._anchors[event.anchor]
        size = getattr(value, "size", 1)
        self._repeated += size
        if self._repeated > _MOST_REPEATED:
            raise self._fault("too-large", "aliases repeat too much", event)
        self._put(value, size, event)

    def _put(self, value: Any, size: int, event: Any) -> None:
        if not self._stack:
            self.document = value
            return
        holder = self._stack[-1][0]
        holder.size += size
        if isinstance(holder, _Sequence):
            holder.append(value)
        elif self._keys[-1] is None:
            if not isinstance(value, str):
                raise self._fault("invalid-yaml", "a key must be a text", event)
            self._keys[-1] = value
        else:
            key, self._keys[-1] = self._keys[-1], None
            self._set(holder, key, value, event)
            if len(self._stack) == 1:
                if not holder.lines:
                    holder.lines = {}
                holder.lines[key] = getattr(value, "line", self._line + event.start_mark.line)

    def _set(self, holder: _Mapping, key: str, value: Any, event: Any) -> None:
        if key == "<<" and isinstance(key, Plain):
            for merged in value if isinstance(value, _Sequence) else [value]:
                for name, content in merged.items() if isinstance(merged, _Mapping) else ():
                    if name not in holder:
                        holder[name] = content
                        holder.merged |= {name}
            return
        if key in holder and key not in holder.merged:
            message = f"{str(key)!r} occurs twice; the last value is used"
            line = self._line + event.start_mark.line
            self._problems.append(_report("duplicate-key", message, line, Severity.WARNING))
        holder[str(key)] = value
        holder.merged -= {key}

    def _fault(self, code: str, message: str, event: Any) -> _RefusedError:
        mark = event.start_mark
        return _RefusedError(code, message, self._line + mark.line, mark.column + 1)


def _report(code: str, message: str, line: int, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(severity=severity, code=code, message=message, line=line)


def _problem(error: Exception, line: int) -> Problem:
    if isinstance(error, _RefusedError):
        code, message, place, column = error.code, str(error), error.line, error.column
    else:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).split("\n")[0]
        if "nesting depth" in reason:
            code, message = "too-deep", _TOO_DEEP
        else:
            code, message = "invalid-yaml", f"the text is not valid YAML: {reason}"
        place = line + (mark.line + 1 if mark else 1)
        column = mark.column + 1 if mark else 1
    return Problem(
        severity=Severity.ERROR,
        code=code,
        message=message,
        line=place,
        column=column,
        hint="the other entries are read",
    )


def written(items: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> str:
    """Return a list of items, or a mapping, as YAML; ambiguous texts are quoted.

    Raises:
        FormatError: A value has no form in YAML.
    """
    yaml = _yaml()
    try:
        made = yaml.dump(
            items, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=1 << 30
        )
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise FormatError(f"this cannot be written as YAML: {error}") from error
    return str(made)


@cache
def _dumper() -> type:
    yaml = _yaml()
    base = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

    class Dumper(base):  # type: ignore[misc, valid-type]  # PyYAML is imported late
        """Writes no aliases, which few readers expect."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text(dumper: Any, data: str) -> Any:
        data = without_surrogates(plain_text(data))  # YAML has no halves of surrogate pairs
        style = "'" if _QUOTED.fullmatch(data) else "|" if _is_block(data) else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)

    Dumper.add_representer(str, text)
    Dumper.add_multi_representer(str, text)  # for types derived from it
    return Dumper


def _is_block(text: str) -> bool:
    """Return whether a text of several lines is written as a block."""
    return "\n" in text and text == text.strip() and text.replace("\n", "").isprintable()
