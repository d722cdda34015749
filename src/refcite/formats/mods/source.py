"""Elements of MODS that CSL has no variable for, as text that is kept and written back."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Final

from lxml import etree

from refcite.formats.xmlread import XmlElement, child, entries, local_name
from refcite.formats.xmlwrite import attribute_text, element_text

__all__ = ["NAMESPACE", "TEXT_TAGS", "XLINK", "checked", "source_of"]

NAMESPACE: Final = "http://www.loc.gov/mods/v3"
XLINK: Final = "http://www.w3.org/1999/xlink"
TEXT_TAGS: Final = frozenset(
    ("digitalOrigin", "frequency", "internetMediaType", "issuance", "tableOfContents",
     "targetAudience")
)  # fmt: skip
"""Elements that are kept as text if they have no attributes."""
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*")
_PREFIXES: Final = {
    "": "",
    XLINK: "xlink:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}


def source_of(element: XmlElement) -> str:
    """Return an element as XML in which MODS is the default namespace.

    Example:
        >>> from lxml import etree
        >>> source_of(etree.fromstring('<m:note xmlns:m="http://www.loc.gov/mods/v3" type="a">'
        ...                            ' b &amp; c</m:note>'))
        '<note type="a"> b &amp; c</note>'
    """
    namespace, tag = _split(element.tag)
    if namespace not in (NAMESPACE, ""):
        foreign = deepcopy(element)
        etree.cleanup_namespaces(foreign)
        return str(etree.tostring(foreign, encoding=str, with_tail=False))
    attributes = "".join(
        f' {_PREFIXES[space]}{name}="{attribute_text(str(text))}"'
        for (space, name), text in ((_split(key), text) for key, text in element.attrib.items())
        if space in _PREFIXES and _NAME.fullmatch(name)
    )
    parts = [_text(element.text, is_between=len(element) > 0)]
    for inner in element:
        if local_name(inner):
            parts.append(source_of(inner))
        else:
            parts.append(element_text(str(inner.text or "")))
        parts.append(_text(inner.tail, is_between=True))
    content = "".join(parts)
    # A broken file may have names that are none.
    return f"<{tag}{attributes}>{content}</{tag}>" if _NAME.fullmatch(tag) else content


def _split(name: object) -> tuple[str, str]:
    namespace, _, local = str(name).rpartition("}")
    return namespace.removeprefix("{"), local


def _text(text: str | None, *, is_between: bool) -> str:
    """Return a text without the white space by which a file was only indented."""
    if not text or (is_between and not text.strip()):
        return ""
    return element_text(text)


def checked(source: str, tag: str) -> str:
    """Return XML if it is one element of a name; otherwise an empty text.

    Example:
        >>> checked('<note type="a">b</note>', "note"), checked("<note>", "note")
        ('<note type="a">b</note>', '')
    """
    problems: list[object] = []
    text = f'<mods xmlns="{NAMESPACE}" xmlns:xlink="{XLINK}">{source}</mods>'
    found = entries(text, ("mods",), problems, "record")  # type: ignore[arg-type]  # only counted
    if problems or not found or len(found[0].element) != 1:
        return ""
    inner = child(found[0].element, tag)
    return source_of(inner) if inner is not None else ""
