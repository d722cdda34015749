"""LaTeX, for a document in UTF-8; links need the package `hyperref`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from refcite.csl.backends.base import (
    BibliographyLayout,
    Page,
    Sectioned,
    Sections,
    nested,
    one_line,
    printable,
)
from refcite.csl.style.attributes import Display, Format

__all__ = ["BACKEND", "Latex"]

_ESCAPES: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    # With the next letter it is a shorthand of babel, such as "a in German.
    '"': '"{}',
    "\u00a0": "~",
    "\u202f": r"\,",
    "\u2009": r"\thinspace{}",
    "\u2032": r"\ensuremath{'}",
    "\u2033": r"\ensuremath{''}",
    "\r": "",
    "\n": r"\newline ",
    # An optional argument would begin or end here.
    "[": "{[}",
    "]": "{]}",
}
_SPECIAL: Final = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
# Characters that TeX would join into another sign.
_LIGATURE: Final = re.compile(r"-(?=-)|,(?=,)")
_BREAKS_FIRST: Final = re.compile(r"\A(?:\\newline(?: |(?=\\hspace)))+")
_URL_SPECIAL: Final = re.compile(r"[\\{}%#^~&_$`\"<>|]|[^!-~]")
_COMMANDS: Final = {
    "font_style": {"italic": "textit", "oblique": "textsl", "normal": "textup"},
    "font_variant": {"small-caps": "textsc", "normal": "textup"},
    "font_weight": {"bold": "textbf", "normal": "textmd", "light": "textmd"},
    "text_decoration": {"underline": "underline"},
    "vertical_align": {"sup": "textsuperscript", "sub": "textsubscript"},
}

_PREAMBLE: Final = (
    r"\usepackage{iftex}",
    r"\ifPDFTeX",
    r"  \usepackage[T1]{fontenc}",
    r"  \usepackage{textcomp}",
    r"  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}",
    r"\else",
    r"  \usepackage{fontspec}",
    r"\fi",
    r"\usepackage[hidelinks,unicode]{hyperref}",
)


class Latex(Sectioned):
    """LaTeX text; the bibliography is a list without packages."""

    name = "latex"
    is_always_whole = False

    def escape(self, text: str) -> str:
        """Return the text with TeX's characters written as commands."""
        text = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], printable(text))
        return _LIGATURE.sub(r"\g<0>{}", text)

    def span(self, format: Format, inner: str) -> str:  # noqa: A002 - CSL's word
        """Return the text as the argument of commands, the style innermost."""
        return nested(format, inner, _COMMANDS, lambda command, text: f"\\{command}{{{text}}}")

    def link(self, url: str, inner: str) -> str:
        r"""Return `\href`, with TeX's special characters escaped."""
        address = _URL_SPECIAL.sub(_url_escape, printable(url))
        return f"\\href{{{address}}}{{{inner}}}"

    def block(self, display: Display, inner: str) -> str:
        """Return a block; a margin's text is the label of the list's item."""
        if display == "left-margin":
            return f"[{{{inner.strip()}}}] "
        if display == "right-inline":
            return inner.lstrip(" ")
        return f"\\newline {inner}" if display == "block" else f"\\newline\\hspace*{{2em}}{inner}"

    def entry(self, inner: str, id: str) -> str:  # noqa: A002 - CSL's name
        r"""Return an `\item`; the first line break of a block is omitted."""
        text = inner.removeprefix("\\newline ")
        return f"\\item{text}" if text.startswith("[{") else f"\\item {text}"

    def finish(self, text: str) -> str:
        """Return the text; TeX rejects a line break without a line before it."""
        return _BREAKS_FIRST.sub("", text)

    def bibliography(self, entries: Sequence[str], layout: BibliographyLayout) -> str:
        """Return a `list` environment. Without entries, it is empty: TeX needs an item."""
        if not entries:
            return ""
        # Half an em is about the width of a digit.
        indent = "1.5em" if layout.hanging_indent else "0em"
        label = f"{layout.max_offset * 0.5 + 0.5:g}em" if layout.max_offset else "0em"
        margin = label if layout.max_offset else indent
        hang = f"-{indent}" if layout.hanging_indent and not layout.max_offset else "0em"
        settings = (
            f"\\setlength{{\\leftmargin}}{{{margin}}}\\setlength{{\\itemindent}}{{{hang}}}"
            f"\\setlength{{\\labelwidth}}{{{label}}}\\setlength{{\\labelsep}}{{0em}}"
            f"\\setlength{{\\itemsep}}{{{layout.entry_spacing}\\baselineskip}}"
            "\\renewcommand{\\makelabel}[1]{#1\\hfil}"
        )
        return f"\\begin{{list}}{{}}{{{settings}}}\n" + "\n".join(entries) + "\n\\end{list}"

    def document(self, body: str, page: Page) -> str:
        """Return a document for LuaLaTeX, XeLaTeX and pdfLaTeX, whose fonts have fewer letters."""
        title = self.escape(" ".join(page.title.split())) if page.title else ""
        spacing = page.layout.line_spacing
        lines = [
            f"\\documentclass[{page.paper}paper]{{article}}",
            *_PREAMBLE,
            f"\\hypersetup{{pdftitle={{{title}}},pdflang={{{self.escape(page.language)}}}}}",
            # Lines of double spacing are 1.66 times as far apart as LaTeX's.
            *([f"\\linespread{{{0.83 * spacing:g}}}"] if spacing > 1 else []),
            "\\begin{document}",
            *([f"\\section*{{{title}}}"] if title else []),
            # Long addresses cannot be divided, and would stretch the spaces in other lines.
            "\\raggedright",
            body,
            "\\end{document}",
        ]
        return "".join(f"{line}\n" for line in lines)

    def heading(self, text: str) -> str:
        r"""Return `\subsection*`, which has no number."""
        return f"\\subsection*{{{self.escape(one_line(text))}}}"

    def in_sections(self, sections: Sections, layout: BibliographyLayout) -> str:
        """Return a `list` for each section: a list has no place for a heading."""
        return "\n\n".join(
            f"{self.heading(heading)}\n{self.bibliography(entries, layout)}"
            for heading, entries in sections
        )


def _url_escape(found: re.Match[str]) -> str:
    character = found[0]
    # hyperref reads \# and \% back; the others are written as the URL allows.
    if character in "#%&_$":
        return f"\\{character}"
    return "".join(f"\\%{byte:02X}" for byte in character.encode())


BACKEND: Final = Latex()
"""The backend."""
