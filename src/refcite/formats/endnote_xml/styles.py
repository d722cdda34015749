"""EndNote's styled text, and the markup of CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from refcite.formats.xmlread import XmlElement, local_name, text_of
from refcite.formats.xmlwrite import Element
from refcite.richtext import END, Kind, Open, Token, join, tokens

__all__ = ["lines", "read_markup", "write_markup"]

_KINDS: Final[dict[str, Kind]] = {
    "bold": "b",
    "italic": "i",
    "superscript": "sup",
    "subscript": "sub",
}
"""Faces in the order in which spans of theirs are nested."""
_Faces = tuple[str, ...]


def lines(text: str) -> str:
    """Return a text with line feeds for line ends; EndNote writes carriage returns."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_markup(element: XmlElement) -> str:
    """Return an element's text with markup if its style states so.

    Example:
        >>> read_markup(etree.fromstring(
        ...     '<title>On <style face="italic">E. coli</style> in H<style face="subscript">2'
        ...     '</style>O</title>'))
        'On <i>E. coli</i> in H<sub>2</sub>O'
    """
    if not len(element):
        return lines(text_of(element))
    if any(not local_name(inner) for inner in element.iter()):
        return lines(text_of(element))
    found: list[Token] = []
    open_: list[str] = []
    for text, faces in _runs(element):
        kept = 0
        while kept < len(open_) and kept < len(faces) and open_[kept] == faces[kept]:
            kept += 1
        found += [END] * (len(open_) - kept)
        found += [Open(_KINDS[face]) for face in faces[kept:]]
        found.append(lines(text))
        open_ = list(faces)
    found += [END] * len(open_)
    return join(found).strip()


def _runs(element: XmlElement) -> Iterator[tuple[str, _Faces]]:
    stack: list[_Faces] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            faces = stack[-1] if stack else ()
            if local_name(inner) == "style":
                said = set(str(inner.get("face", "")).split())
                faces = tuple(face for face in _KINDS if face in said)
            stack.append(faces)
            if inner.text:
                yield inner.text, faces
        else:
            stack.pop()
            if stack and inner.tail:
                yield inner.tail, stack[-1]


def write_markup(tag: str, text: str) -> Element:
    """Return an element with a text, in styles if it has markup.

    Formatting that EndNote does not have (small capitals, protected case) is omitted.

    Example:
        >>> print(write_markup("title", "<i>E. coli</i>").xml())
        <title><style face="italic" font="default" size="100%">E. coli</style></title>
        >>> write_markup("title", "On light").xml()
        '<title>On light</title>'
    """
    runs = list(_styled(tokens(text)))
    if not any(faces for _, faces in runs):
        return Element(tag, text="".join(run for run, _ in runs).replace("\n", "\r"))
    styles = [
        Element(
            "style",
            {"face": " ".join(faces) or "normal", "font": "default", "size": "100%"},
            run.replace("\n", "\r"),
        )
        for run, faces in runs
    ]
    return Element(tag, children=styles, is_mixed=True)


def _styled(parts: list[Token]) -> Iterator[tuple[str, _Faces]]:
    """Yield runs of text that have the same faces."""
    open_: list[str] = []
    run = ""
    run_faces: _Faces = ()
    for part in parts:
        if isinstance(part, Open):
            open_.append(part.kind)
        elif isinstance(part, str):
            faces = tuple(face for face, kind in _KINDS.items() if kind in open_)
            if faces != run_faces and run:
                yield run, run_faces
                run = ""
            run, run_faces = run + part, faces
        else:
            open_.pop()
    if run:
        yield run, run_faces
