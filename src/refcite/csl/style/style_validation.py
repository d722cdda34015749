"""Validation of styles and locale files: all problems at once, without rendering.

A file is read in the same way as for rendering, but errors are collected. Then each part of it is
validated with the RELAX NG schema of CSL 1.0.2, which citeproc-py contains. A violation is reported
only if reading found no problem on the same line, because the schema's messages are less clear.
For CSL-M there is only a grammar in the compact syntax, which lxml cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Final

from lxml import etree

from refcite.csl.style.csl_m import mark_of
from refcite.csl.style.finder import Finder, StyleFolders, package_dir
from refcite.csl.style.style_reader import read_dependent, read_locale, read_style
from refcite.csl.style.style_source import known_style, parent_of, xml_of
from refcite.csl.style.xml import CSL, Source, XmlElement, line_of, local_name
from refcite.problems import Problem, Severity, StyleError

__all__ = ["check_style"]

_SCHEMA: Final = "data/schema/schemas/styles/csl.rng"
_REQUIRED: Final = (
    "<info><title>A</title><id>a</id><updated>2020-01-01T00:00:00+00:00</updated></info>"
    '<citation><layout><text value="a"/></layout></citation>'
)
_PRINTING: Final = frozenset(("else", "else-if", "group", "if", "layout", "macro", "substitute"))
"""The elements that contain rendering elements."""
_INVALID_ATTRIBUTE: Final = re.compile(r"Invalid attribute (\S+) for element")
_WORDINGS: Final = (
    (_INVALID_ATTRIBUTE, r"the attribute '\1' is not allowed with these other attributes"),
    (re.compile(r"Expecting an element \S+, got nothing"), "an element is missing in it"),
    (re.compile(r"Element \S+ has extra content: (\S+)"), r"<\1> is not allowed there"),
    (re.compile(r"Did not expect element \S+ there"), "it is not allowed there"),
)
"""The messages of libxml2, which name the internal alternatives of the schema."""
_UNCLEAR: Final = "its contents are not valid"
_MOST_VIOLATIONS: Final = 100
_OF_INFO: Final = frozenset(
    """
    author category contributor eissn id issn issnl link published rights summary title title-short
    translator updated
    """.split()  # noqa: SIM905 - words are read more easily without quotes
)
_ROOTS: Final = (f"{CSL}style", f"{CSL}locale")
_NEEDED: Final = {"style": ("title", "id", "updated"), "locale": ()}
_RELATIONS: Final = ("self", "documentation", "template", "independent-parent")
_DATE_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")


def check_style(
    style: str | PathLike[str] | bytes, *, styles: StyleFolders | None = None
) -> tuple[Problem, ...]:
    """Return all problems of a style or a locale file, in the order of its lines.

    Errors prevent the style from being used. After warnings it prints, without the part that the
    warning names. Nothing is rendered.

    Args:
        style: The path of a file, the id of a style, or XML.
        styles: Folders of your own styles, in which the parents of dependent styles are searched.

    Raises:
        UnknownStyleError: There is no such file or style.
        StyleError: The file cannot be read.

    Example:
        >>> from refcite.csl import check_style, style_xml
        >>> check_style("apa")
        ()
        >>> xml = style_xml("nature").replace('font-style="italic"', 'font-style="slanted"', 1)
        >>> for problem in check_style(xml):
        ...     print(problem.severity, problem.code, problem.message)
        warning unknown-value <text>: font-style='slanted' is not one of normal, italic, oblique
    """
    finder = Finder.of(styles)
    if isinstance(style, bytes):
        name, xml = "style text", style
    else:
        name, xml = xml_of(style, finder)
    try:
        source = Source(xml, name, collects=True)
    except StyleError as error:
        return (_as_problem(error, name),)
    problems = source.problems
    try:
        _read(source, finder)
    except StyleError as error:
        problems.append(_as_problem(error, name))
    unique = dict.fromkeys(problems)
    unique.update(dict.fromkeys(_against_schema(source, list(unique))))
    return tuple(sorted(unique, key=lambda problem: problem.line or 0))


def _as_problem(error: StyleError, name: str) -> Problem:
    message = str(error).removeprefix(f"{name}")
    message = re.sub(r"^(?:, line \d+, |: )", "", message)
    message, _, hint = message.partition("; ")
    return Problem(
        severity=Severity.ERROR,
        code="broken-style",
        message=message,
        line=error.line,
        hint=hint or None,
        file=name,
    )


def _read(source: Source, finder: Finder) -> None:
    root = source.root
    if root.tag in _ROOTS:
        _check_version(source)
        _check_info(source)
    if root.tag == f"{CSL}locale":
        read_locale(source)
        return
    dependent = read_dependent(source)
    if dependent is None:
        read_style(source)
        return
    link = dependent.parent
    parent, path = known_style(link.rstrip("/").rpartition("/")[2], finder)
    if path is None:
        source.fail(
            root,
            f"the parent {parent!r} of this dependent style was not found; put its file into a"
            " folder of REFCITE_STYLES",
        )
    elif parent_of(path.read_bytes()) is not None:
        source.fail(root, f"the parent {parent!r} is a dependent style; name an independent one")


def _check_version(source: Source) -> None:
    """Report a root without a version, as in CSL 0.8, whose options are elements."""
    if source.root.get("version") is None:
        hint = 'add version="1.0"; a style of CSL 0.8 must be converted to CSL 1.0 first'
        source.warn(source.root, "has no version", hint, code="invalid-style")


def _check_info(source: Source) -> None:
    """Report what is missing or not valid in `cs:info`, which rendering does not use."""
    root = source.root
    info = root.find(f"{CSL}info")
    needed = _NEEDED.get(local_name(root), ())
    if info is None:
        if needed:
            _warn_about_info(source, root, "has no <info>", "add <info> with title, id and updated")
        return
    for _ in source.children(info, _OF_INFO):
        pass  # others are reported
    for name in needed:
        if not (info.findtext(f"{CSL}{name}") or "").strip():
            _warn_about_info(source, info, f"has no <{name}>", f"add <{name}>")
    for updated in info.iterfind(f"{CSL}updated"):
        text = (updated.text or "").strip()
        if text and not _DATE_TIME.fullmatch(text):
            message = f"{text[:40]!r} is not a date with a time"
            _warn_about_info(source, updated, message, "write 2026-01-31T12:00:00+00:00, for one")
    for link in info.iterfind(f"{CSL}link"):
        if not link.get("href"):
            _warn_about_info(source, link, "has no href", "add the URL")
        elif local_name(root) == "style" and link.get("rel") not in _RELATIONS:
            message = f"rel={link.get('rel', '')!r} is not one of {', '.join(_RELATIONS)}"
            _warn_about_info(source, link, message, "add rel with one of these values")


def _warn_about_info(source: Source, element: XmlElement, message: str, hint: str) -> None:
    source.warn(element, message, hint, code="invalid-style")


# The schema


def _against_schema(source: Source, met: list[Problem]) -> Iterator[Problem]:
    """Yield a problem for each part that is not valid and in which no problem was met."""
    root = source.root
    mark = mark_of(root)
    if mark is not None:
        yield Problem(
            severity=Severity.INFO,
            code="csl-m",
            message=f"<{local_name(mark)}>: the style uses CSL-M, an extension of CSL 1.0.2",
            line=line_of(mark) or None,
            hint="use it with refcite or citeproc-js; the schema of CSL 1.0.2 was not applied",
            file=source.name,
        )
        return
    if root.tag not in _ROOTS:
        return
    schema = _schema()
    if schema is None or schema.validate(root):
        return
    lines = {problem.line for problem in met}
    found = False
    for part in root:
        if not isinstance(part.tag, str):
            continue
        for line, tag, message in _violations(schema, root, part):
            found = True
            unclear = message == _UNCLEAR and not lines.isdisjoint(range(line, _last_line(part)))
            if line not in lines and not unclear:
                yield _invalid(source, line, tag, message)
    if not found and not met:
        message = "its parts are incomplete or not in a valid order"
        yield _invalid(source, line_of(root), local_name(root), message)


def _last_line(part: XmlElement) -> int:
    return max(map(line_of, part.iter(f"{CSL}*")), default=0) + 1


def _violations(
    schema: etree.RelaxNG, root: XmlElement, part: XmlElement
) -> Iterator[tuple[int, str, str]]:
    """Yield line, element and message of what is not valid in a part of a file.

    The schema's validator stops at the first violation. The part is therefore validated in an
    otherwise valid file, again and again, without what was not valid in it.
    """
    frame, copied = _frame(root, part)
    place = f"/*/*[{frame.index(copied) + 1}]" if len(frame) > 1 else "/*/*"
    changed: set[XmlElement] = set()
    for _ in range(_MOST_VIOLATIONS):
        if schema.validate(frame):
            return
        message, element = _first_of(schema, frame, place)
        if element is None or element in changed or not line_of(element):
            # What is removed may have been needed.
            if not changed:
                yield line_of(part), local_name(part), _UNCLEAR
            return
        yield line_of(element), local_name(element), _in_words(message)
        changed.update(element.iterancestors())
        attribute = _INVALID_ATTRIBUTE.match(message)
        parent = element.getparent()
        if attribute and attribute[1] in element.attrib:
            del element.attrib[attribute[1]]
            continue
        if element is copied or parent is None:
            return
        if local_name(parent) in _PRINTING:
            parent.replace(element, etree.SubElement(parent, f"{CSL}text", value="a"))
        else:
            parent.remove(element)


def _frame(root: XmlElement, part: XmlElement) -> tuple[XmlElement, XmlElement]:
    """Return a file that contains only what is required and a copy of the part, and the copy."""
    frame = etree.fromstring(f'<{local_name(root)} xmlns="{CSL[1:-1]}"/>')
    frame.set("version", "1.0")
    if root.tag == f"{CSL}style":
        frame.set("class", "in-text")
        others = etree.fromstring(f'<a xmlns="{CSL[1:-1]}">{_REQUIRED}</a>')
        frame.extend([other for other in others if other.tag != part.tag])
    copied = deepcopy(part)
    copied.tail = None
    if local_name(part) == "info":
        frame.insert(0, copied)  # it must be first
    else:
        frame.append(copied)
    return frame, copied


def _first_of(
    schema: etree.RelaxNG, frame: XmlElement, place: str
) -> tuple[str, XmlElement | None]:
    """Return the first clear message of the schema about a part, and the element concerned."""
    for entry in schema.error_log:
        path = entry.path
        if path and path.startswith(place) and "failed to validate" not in entry.message:
            found = frame.getroottree().xpath(path)
            element = found[0] if isinstance(found, list) and found else None
            if isinstance(element, etree._Element):
                return entry.message, element
    return "", None


def _in_words(message: str) -> str:
    for pattern, wording in _WORDINGS:
        found = pattern.match(message)
        if found:
            return found.expand(wording)
    return message[:1].lower() + message[1:]


def _invalid(source: Source, line: int, tag: str, message: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="invalid-style",
        message=f"<{tag}>: not valid according to the schema of CSL 1.0.2: {message}",
        line=line or None,
        hint="correct it; other processors may reject the file",
        file=source.name,
    )


@cache
def _schema() -> etree.RelaxNG | None:
    path = package_dir("citeproc") / Path(_SCHEMA)
    return etree.RelaxNG(etree.parse(path)) if path.is_file() else None
