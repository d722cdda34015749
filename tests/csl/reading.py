"""Programs that read what the backends write, as a reader of the document sees it.

Each returns the plain text, the addresses of its links, and the names of everything else than text,
formatting and links that it found.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import lxml.etree
import lxml.html
import pytest
from markdown_it import MarkdownIt
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from tests.csl.rtf_reading import read_rtf

__all__ = ["READERS", "Reading", "read_typst"]


class Reading(NamedTuple):
    """What a program reads.

    Attributes:
        text: The plain text; a run of white space is one space.
        links: The addresses.
        others: What should not be there.
    """

    text: str
    links: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


_INLINE: Final = frozenset({"p", "br", "a", "b", "i", "em", "strong", "sub", "sup", "span", "u"})
_NODES: Final = frozenset(
    {"document", "paragraph", "emphasis", "strong", "superscript", "subscript", "reference"}
)


def read_html(html: str) -> Reading:
    page = lxml.html.fromstring(f"<div>{html}</div>")
    elements = list(page.iterdescendants())
    for element in page.iter("br"):
        element.tail = f"\n{element.tail or ''}"
    return Reading(
        _one_line("".join(map(str, page.itertext()))),
        tuple(str(element.get("href")) for element in page.iter("a")),
        tuple(str(one.tag) for one in elements if one.tag not in _INLINE),
    )


def read_markdown(text: str) -> Reading:
    return read_html(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


def read_rst(text: str) -> Reading:
    core = pytest.importorskip("docutils.core", reason="docutils is not installed")
    nodes = pytest.importorskip("docutils.nodes")
    warnings = io.StringIO()
    document = core.publish_doctree(
        text, settings_overrides={"warning_stream": warnings, "report_level": 1, "halt_level": 5}
    )
    elements = document.findall(nodes.Element)
    return Reading(
        _one_line(document.astext()),
        tuple(one["refuri"] for one in document.findall(nodes.reference)),
        tuple(one.tagname for one in elements if one.tagname not in _NODES),
    )


# Commands of LaTeX itself that pylatexenc does not know.
_COMMANDS: Final = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textquotesingle": "'",
    "textasciigrave": "`",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "newline": "\n",
    "thinspace": " ",
}


def read_latex(text: str) -> Reading:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=shown) for name, shown in _COMMANDS.items()]
    context.add_context_category("of LaTeX", prepend=True, macros=macros)
    reader = LatexNodes2Text(latex_context=context, strict_latex_spaces=True)
    return Reading(_one_line(reader.latex_to_text(text, tolerant_parsing=False)))


def read_rtf_text(text: str) -> Reading:
    runs = read_rtf(text)
    links = (run.link for run in runs if run.link)
    return Reading(_one_line("".join(run.text for run in runs)), tuple(dict.fromkeys(links)))


def read_word(text: str) -> Reading:
    body = lxml.etree.fromstring(f'<w:p xmlns:w="{_WORD}">{text}</w:p>')
    links = [str(one.get(f"{{{_WORD}}}instr")).split('"')[1] for one in body.iter(_FIELD)]
    # A line break has no text.
    shown = [one.text or "\n" for one in body.iter(_TEXT, f"{{{_WORD}}}br")]
    names = [str(lxml.etree.QName(one).localname) for one in body.iter()]
    others = [name for name in names if name not in _OF_WORD]
    return Reading(_one_line("".join(shown)), tuple(links), tuple(others))


_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FIELD: Final = f"{{{_WORD}}}fldSimple"
_TEXT: Final = f"{{{_WORD}}}t"
_OF_WORD: Final = frozenset(
    {"p", "r", "t", "br", "rPr", "rStyle", "b", "i", "smallCaps", "u", "vertAlign", "fldSimple"}
)


def _one_line(text: str) -> str:
    return " ".join(text.split())


READERS: Final[dict[str, Callable[[str], Reading]]] = {
    "html": read_html,
    "markdown": read_markdown,
    "rst": read_rst,
    "latex": read_latex,
    "rtf": read_rtf_text,
    "docx": read_word,
}
"""The readers by the names of the backends."""

_PLAIN: Final = """
#let plain(it) = {
  if type(it) == str { it }
  else if it.has("text") { plain(it.text) }
  else if it.has("children") { it.children.map(plain).join() }
  else if it.has("body") { plain(it.body) }
  else if it.has("child") { plain(it.child) }
  else if it == [ ] or it.func() == linebreak { " " }
  else { "<" + repr(it.func()) + ">" }
}
"""


def read_typst(texts: Sequence[str], folder: Path) -> list[Reading]:
    """Return what Typst reads; it is slow to start, so there are several texts at once."""
    typst = pytest.importorskip("typst", reason="the package typst is not installed")
    source = folder / "texts.typ"
    blocks = [f"#metadata(plain([{text}])) <value>" for text in texts]
    source.write_text("\n".join([_PLAIN, *blocks]), encoding="utf-8")
    found = json.loads(typst.query(str(source), "<value>"))
    return [Reading(_one_line(one["value"] or "")) for one in found]
