r"""Write text with the markup of CSL-JSON as LaTeX.

What TeX would interpret is escaped. Text beyond ASCII stays as it is, or becomes accents and
commands, as the caller says. `read_latex` gives the same text again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from refcite.formats.bibtex.latex_read import read_latex
from refcite.formats.bibtex.latex_tables import ACCENTS, COMMANDS, NO_CASE, WRAPPERS

__all__ = ["write_latex"]

_ESCAPES: Final = {
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "`": r"\textasciigrave{}",
    "\u00a0": "~",
    "\u202f": r"\,",
    "\n": r"\newline{}",
    "\n\n": r"\par{}",
    "''": "'{}'",
    "--": "-{}-",
    "---": "-{}-{}-",
}
_SPECIAL: Final = re.compile(
    r"\n\n|[&%$#_{}~^\\`\x00-\x1f\x7f\x85\u2028\u2029\u00a0\u202f]"
    r"|--+|'{2,}|  +| +(?=\n)|(?<=\n) +"
)
_NOT_PLAIN: Final = re.compile(r"[^ -~]")
_MARKUP: Final = re.compile(
    r"<(/?)(i|b|sup|sub|span)((?: style=\"font-variant:small-caps;\"| class=\"nocase\")?)>"
)
_KEPT: Final = re.compile(r"\$[^$\n]*\\[^$\n]*\$|\\[A-Za-z]+\{[^{}]*\}")
_KEPT_OF_LATEX: Final = re.compile(rf"{_KEPT.pattern}|\\[A-Za-z]+")

_COMMANDS: Final = {
    before: name for name, (before, _) in reversed(WRAPPERS.items()) if before.startswith("<")
}

_ACCENT_NAMES: Final = {combining: accent for accent, combining in ACCENTS.items()}
_NAMES: Final = {
    text: names.split()[0]
    for text, names in COMMANDS.items()
    if len(text) == 1 and not text.isascii()
}


def write_latex(
    text: str,
    *,
    protect: bool = False,
    ascii: bool = False,  # noqa: A002 - as in json.dumps
    was_latex: bool = False,
) -> str:
    r"""Return text with CSL-JSON's markup as LaTeX.

    Args:
        text: The text.
        protect: Whether `<span class="nocase">` may become braces, as in titles; elsewhere it
            becomes `\NoCaseChange`.
        ascii: Whether to write characters beyond ASCII as accents and commands.
        was_latex: Whether the text was read from LaTeX, so that `\foo` in it is a command that the
            reader did not know; in other text it is a backslash, as in `C:\foo`.

    Example:
        >>> write_latex('Étude <i>sur</i> 50 % of <span class="nocase">DNA</span>', protect=True)
        'Étude \\emph{sur} 50 \\% of {DNA}'
        >>> write_latex("Dvořák", ascii=True)
        "Dvo{\\v{r}}{\\'a}k"
    """
    kept = _KEPT_OF_LATEX if was_latex else _KEPT
    if "<" in text and _MARKUP.search(text):
        written = _with_markup(text, protect, kept)
    else:
        written = _escaped(text, kept)
    if written[:1] == " ":
        written = "\\" + written
    if written[-1:] == " " and written[-2:] != "\\ ":
        written = written[:-1] + "\\ "
    return _NOT_PLAIN.sub(_as_ascii, written) if ascii else written


def _escaped(text: str, kept: re.Pattern[str]) -> str:
    if not _SPECIAL.search(text):
        return text
    if "\\" in text:
        return _escaped_but_commands(text, kept)
    return _SPECIAL.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    known = _ESCAPES.get(sign)
    if known is not None:
        return known
    if sign[0] == " ":
        return r"\ " * len(sign)
    if sign[0] in "-'":
        return "{}".join(sign)
    return f'\\symbol{{"{ord(sign):04X}}}'


def _escaped_but_commands(text: str, pattern: re.Pattern[str]) -> str:
    """Escape what is no command or math that the reader kept as it was."""
    out: list[str] = []
    position = 0
    for kept in pattern.finditer(text):
        if read_latex(kept[0]) == kept[0]:
            out.append(_SPECIAL.sub(_escape, text[position : kept.start()]))
            out.append(kept[0])
            position = kept.end()
    out.append(_SPECIAL.sub(_escape, text[position:]))
    return "".join(out)


def _with_markup(text: str, protect: bool, kept: re.Pattern[str]) -> str:
    """Write tags that are paired as commands; a tag without its partner is text."""
    out: list[str] = []
    opened: list[tuple[int, str, str]] = []  # place in out, tag, name of the element
    inside = 0
    position = 0
    for tag in _MARKUP.finditer(text):
        out.append(text[position : tag.start()])
        position = tag.end()
        out.append(tag[0])
        if not tag[1]:
            if tag[0] != "<span>":
                opened.append((len(out) - 1, tag[0], tag[2]))
            continue
        partner = next((i for i in reversed(range(len(opened))) if opened[i][2] == tag[2]), None)
        if partner is None or tag[3]:
            continue
        place, before, _ = opened[partner]
        del opened[partner:]
        out[place] = "\0" + before
        out[-1] = "\0/"
    out.append(text[position:])
    stack: list[bool] = []
    for index, part in enumerate(out):
        if part == "\0/":
            out[index] = "}"
            inside -= stack.pop()
        elif part[:1] == "\0" and part[1:] in _COMMANDS:
            content = out[index + 1]
            braces = (
                protect
                and part[1:] == NO_CASE
                and not inside
                and _is_protected_by_braces(content, kept)
            )
            out[index] = "{" if braces else f"\\{_COMMANDS[part[1:]]}{{"
            stack.append(braces)
            inside += braces
        else:
            out[index] = _escaped(part, kept)
    return "".join(out)


def _is_protected_by_braces(content: str, kept: re.Pattern[str]) -> bool:
    """Tell whether the reader takes braces around this for the protection of capitals."""
    return any(map(str.isalpha, content)) and not _escaped(content, kept).startswith("\\")


@lru_cache(maxsize=4096)
def _as_ascii_character(character: str) -> str:
    if character in _NAMES:
        return f"{{\\{_NAMES[character]}}}"
    decomposed = normalize("NFD", character)
    if len(decomposed) == 2 and decomposed[0].isascii() and decomposed[1] in _ACCENT_NAMES:
        accent = _ACCENT_NAMES[decomposed[1]]
        base = {"i": "\\i", "j": "\\j"}.get(decomposed[0], decomposed[0])
        argument = f"{{{base}}}" if accent.isalpha() or len(base) > 1 else base
        written = f"{{\\{accent}{argument}}}"
        if read_latex(written) == character:
            return written
    return f'\\symbol{{"{ord(character):04X}}}'


def _as_ascii(found: re.Match[str]) -> str:
    return _as_ascii_character(found[0])
