"""Reading the entries of a valid or broken XML text.

Entities, DTDs and the network are off: a file cannot make the program read another file. libxml2
rejects text that is too deep (256 levels) or too large (10 MB in one text).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html.entities import html5
from itertools import pairwise
from typing import Any, Final

from attrs import frozen
from lxml import etree

from refcite.formats.references import HALVES, IS_HALF, with_pairs
from refcite.problems import Problem, Severity

__all__ = [
    "Entry",
    "XmlElement",
    "attribute",
    "child",
    "children",
    "entries",
    "local_name",
    "text_of",
]

XmlElement = etree._Element

_FILE_AND_LINE: Final = re.compile(r"(?:, line \d+, column \d+)? ?\(<string>, line \d+\)\Z")
_MISMATCH: Final = re.compile(r"Opening and ending tag mismatch: (\S+) line \d+ and (\S+)")
_SAVED: Final = "saved"
"""The element that is added around an entry of a broken text."""
_LONGEST: Final = 40
_HEAD: Final = 65_536
"""The length of the start of a text that may have the declaration of XML, or the root."""
_MOST_DAMAGED: Final = 1000
"""The number of damaged entries from which on a text is not such a file."""
# White space is tried from its first character only, so that the time stays linear.
_DECLARATION: Final = re.compile(r"(?:\ufeff|(?<!\s))\s*<\?xml[^<>]*\?>")
_ROOT: Final = re.compile(r"<([A-Za-z_][\w.:-]*)((?:\s[^<>]*)?)>")
_ILLEGAL: Final = re.compile(
    r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    r"|&\#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])"
    r"|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[eEfF]));"
)
_TOO_LARGE: Final = re.compile(
    r"&\#(?:0*(?:[1-9][0-9]{7,}|[2-9][0-9]{6}|1(?:[2-9][0-9]{5}|1(?:[2-9][0-9]{4}|1(?:[5-9][0-9]{3}"
    r"|4(?:[2-9][0-9]{2}|1(?:[2-9][0-9]|1[2-9]))))))"
    r"|x0*(?:[1-9a-fA-F][0-9a-fA-F]{6,}|[2-9a-fA-F][0-9a-fA-F]{5}|1[1-9a-fA-F][0-9a-fA-F]{4}));"
)
"""References to numbers after U+10FFFF, the last character."""
_AMPERSAND: Final = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#0*[0-9]{1,7}|#x0*[0-9a-fA-F]{1,6});)(\w{1,31};)?"
)
_PREDEFINED: Final = re.compile(r"<!ENTITY")


@frozen
class Entry:
    """An entry of an XML text.

    Attributes:
        element: Its element.
        line: The line where it starts.
    """

    element: XmlElement
    line: int


def entries(
    text: str | bytes, names: Iterable[str], problems: list[Problem], what: str
) -> list[Entry]:
    """Return the entries of a text; if it is broken, those that can be recovered.

    Args:
        text: The XML; in UTF-8 if it is bytes, which have no declaration.
        names: Local names of the elements that are entries.
        problems: List to which problems are added.
        what: The name of an entry in messages.

    Example:
        >>> found = entries("<x><a>1</a><a>2 &amp; 3", ["a"], [], "entry")
        >>> [entry.element.text for entry in found]
        ['1', '2 & 3']
    """
    wanted = tuple(names)
    if isinstance(text, bytes):
        root = _parsed(text)
        text = "" if isinstance(root, XmlElement) else text.decode("utf-8", "replace")
    else:
        if "<?xml" in text[:_HEAD]:
            text = _DECLARATION.sub(_blank, text, count=1)
        root = _parsed(text)
    if isinstance(root, Problem):
        mended, told = _mended(text)
        problems += told
        error, root = root, _parsed(mended) if told else root
        if isinstance(root, Problem):
            return _saved(mended, wanted, problems, root if told else error, what)
    return [Entry(element, _line(element)) for element in _outermost(root, wanted)]


def _line(element: XmlElement) -> int:
    line: Any = element.sourceline
    return int(line or 1)


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _parser(*, recovers: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recovers,
        encoding="utf-8",
    )


def _parsed(text: str | bytes) -> XmlElement | Problem:
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        return etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", (1, 1))
        said = _FILE_AND_LINE.sub("", str(error)).strip() or "there is no element"
        message = _MISMATCH.sub(_mismatch, said)
        return Problem(
            severity=Severity.ERROR,
            code="broken-xml",
            message=f"the text is not well-formed XML: {message}",
            line=max(line, 1),
            column=max(column, 1),
        )


def _outermost(root: XmlElement, names: tuple[str, ...]) -> Iterator[XmlElement]:
    if local_name(root) in names:
        yield root
        return
    wanted = [f"{{*}}{name}" for name in names]  # in any namespace, or none
    for child in root:
        if local_name(child) in names:
            yield child
            continue
        for element in child.iter(*wanted):
            if next(element.iterancestors(*wanted), None) is None:
                yield element


def _mismatch(found: re.Match[str]) -> str:
    tag, end = found.groups()
    return f"<{tag}> is not closed" if end == _SAVED else f"<{tag}> is closed by </{end}>"


# Repairing


def _mended(text: str) -> tuple[str, list[Problem]]:
    """Return a text without the errors that can be repaired safely, and these errors."""
    told: list[Problem] = []

    def mend(pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], message: str) -> None:
        nonlocal text
        first = pattern.search(text)
        if first:
            told.append(_mending(text, first, message))
            text = pattern.sub(new, text)

    mend(HALVES, with_pairs, IS_HALF)
    mend(_ILLEGAL, lambda _: "", "{} is not allowed in XML; it is omitted")
    mend(_TOO_LARGE, lambda _: "\ufffd", "{} is not a character; it is read as U+FFFD")
    if not _PREDEFINED.search(text):
        mend(_AMPERSAND, _meant, "{} must be written '&amp;' or '&#…;' in XML")
    return text, told


def _meant(found: re.Match[str]) -> str:
    name = found[1]
    if name and name in html5:
        return "".join(f"&#{ord(character)};" for character in html5[name])
    return f"&amp;{name or ''}"


def _mending(text: str, found: re.Match[str], message: str) -> Problem:
    before = text[: found.start()]
    return Problem(
        severity=Severity.WARNING,
        code="mended-xml",
        message=message.format(_shown(found[0])),
        line=before.count("\n") + 1,
        column=found.start() - before.rfind("\n"),
    )


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


# Recovering the entries of a broken text


def _saved(
    text: str, names: tuple[str, ...], problems: list[Problem], error: Problem, what: str
) -> list[Entry]:
    """Read each entry separately."""
    alternatives = "|".join(names)
    start = re.compile(rf"<(?:[A-Za-z_][\w.-]*:)?(?:{alternatives})(?=[\s>])")
    end = re.compile(rf"</(?:[A-Za-z_][\w.-]*:)?(?:{alternatives})\s*>")
    head = _head(text)
    starts = [found.start() for found in start.finditer(text)]
    found: list[Entry] = []
    damaged = 0
    line, place = 1, 0
    for begin, stop in pairwise([*starts, len(text)]):
        line += text.count("\n", place, begin)
        place = begin
        closed = end.search(text, begin, stop)
        piece = text[begin : closed.end() if closed else stop]
        element, fault = _piece(head, piece, names)
        if fault is not None:
            damaged += 1
            kept = "is not read" if element is None else "is read up to the error"
            fault = _placed(fault, line, begin - text.rfind("\n", 0, begin) - 1)
            problems.append(fault.replace(hint=f"the {what} {kept}"))
        if element is not None:
            found.append(Entry(element, line))
        if damaged == _MOST_DAMAGED:
            break
    if not damaged or damaged == _MOST_DAMAGED:
        problems.append(error)
    return found


def _head(text: str) -> str:
    """Return a start tag with the namespaces of the root."""
    root = _ROOT.search(text, 0, _HEAD)
    attributes = root[2].rstrip("/ \t\r\n") if root else ""
    return f"<{_SAVED}{attributes}>"


def _piece(
    head: str, piece: str, names: tuple[str, ...]
) -> tuple[XmlElement | None, Problem | None]:
    whole = _parsed(f"{head}{piece}</{_SAVED}>")
    if not isinstance(whole, Problem):
        return next(_outermost(whole, names), None), None
    data = f"{head}{piece}".encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, _parser(recovers=True))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    element = next(_outermost(root, names), None) if root is not None else None
    in_head = len(head) if whole.line == 1 else 0
    return element, whole.replace(column=max((whole.column or 1) - in_head, 1))


def _placed(fault: Problem, line: int, column: int) -> Problem:
    """Return an error of an entry with its location in the whole text."""
    in_entry, before = fault.line or 1, fault.column or 1
    return fault.replace(
        line=line + in_entry - 1, column=before + column if in_entry == 1 else before
    )


# Reading elements


def local_name(element: XmlElement) -> str:
    """Return an element's name without its namespace; an empty text for an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: XmlElement, name: str = "") -> Iterator[XmlElement]:
    """Yield the children of this local name, or all.

    Example:
        >>> root = etree.fromstring("<x><a/><b/><a/></x>")
        >>> len(list(children(root, "a")))
        2
    """
    for one in element:
        found = local_name(one)
        if found and (not name or found == name):
            yield one


def child(element: XmlElement, *names: str) -> XmlElement | None:
    """Return the first descendant on a path of local names, or None.

    Example:
        >>> root = etree.fromstring("<x><a><b>1</b></a></x>")
        >>> child(root, "a", "b").text
        '1'
    """
    for name in names:
        inner = next(children(element, name), None)
        if inner is None:
            return None
        element = inner
    return element


def attribute(element: XmlElement | None, name: str) -> str:
    """Return an attribute by its local name; an empty text if it is missing.

    Args:
        element: The element, if there is one.
        name: The local name.
    """
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def text_of(element: XmlElement | None) -> str:
    """Return all the text in an element, without white space around it.

    Example:
        >>> text_of(etree.fromstring("<x> a<b>b</b>c </x>"))
        'abc'
    """
    return "".join(map(str, element.itertext())).strip() if element is not None else ""
