r"""Write text with the markup of CSL-JSON as LaTeX.

TeX's special characters are escaped. Text beyond ASCII is kept, or becomes accents and commands, if
the caller requests it. `read_latex` returns the same text again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

from refcite.formats.bibtex.latex_read import read_latex
from refcite.formats.bibtex.latex_signs import math_command, text_command
from refcite.formats.bibtex.latex_tables import (
    ACCENTS,
    COMMANDS,
    MATH_ACCENTS,
    NO_CASE,
    WRAPPERS,
)

__all__ = ["with_math_signs", "with_protected_capitals", "write_latex"]

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
_SIGN: Final = re.compile(r"[&%$#_{}~^\\`\x00-\x1f\x7f\x85\u2028\u2029\u00a0\u202f]")
_SPECIAL: Final = re.compile(rf"\n\n|{_SIGN.pattern}|--+|'{{2,}}|  +| +(?=\n)|(?<=\n) +")
_MARKUP: Final = re.compile(
    r"<(/?)(i|b|sup|sub|span)((?: style=\"font-variant:small-caps;\"| class=\"nocase\")?)>"
)
_KEPT: Final = re.compile(r"\$[^$\n]*\\[^$\n]*\$|\\[A-Za-z]+\{[^{}]*\}")
_KEPT_OF_LATEX: Final = re.compile(rf"{_KEPT.pattern}|\\[A-Za-z]+")

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_COMMANDS: Final = {
    before: name for name, (before, _) in reversed(WRAPPERS.items()) if before.startswith("<")
}

_ACCENT_NAMES: Final = {mark: accent for accent, mark in reversed(ACCENTS.items())}
_NAMES: Final = {
    text: names.split()[0]
    for text, names in COMMANDS.items()
    if len(text) == 1 and not text.isascii()
}
_IN_TEXT: Final = re.compile(
    r"text|quote|guil|nobreak|thin|en|quad|(?:AA|AE|DH|DJ|L|NG|O|OE|SS|TH|i|j)\Z",
    re.IGNORECASE,
)
"""Starts of the commands that are not only for math."""
_STROKE: Final = "\u0338"
_HORN: Final = "\u031b"
_MATH_ACCENT_NAMES: Final = {mark: accent for accent, mark in reversed(MATH_ACCENTS.items())}
_NEAREST: Final = {
    "\u2010": "-",
    **dict.fromkeys("\u2008\u2009\u200a", r"\,"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("\u02bb\u02bd\u02bf", r"{\textquoteleft}"),
    **dict.fromkeys("\u02bc\u02be\u02b9", r"{\textquoteright}"),
    "\u02ba": "{''}",
    "\u2033": r"$\prime\prime$",
    "\u2034": r"$\prime\prime\prime$",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    **{
        sign: f"\\textsubscript{{{one}}}"
        for sign, one in zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True)
    },
    **{
        sign: f"\\textsuperscript{{{one}}}"
        for sign, one in zip("⁰⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0456789+-=()ni", strict=True)
    },
}
"""Characters that no font of LaTeX has, with what prints the same or nearly so.

What is written of them reads differently, so the writer keeps the text itself as well."""
_BEYOND_ASCII: Final = re.compile(r"(?:[A-Za-z](?=[\u0300-\u036f]))?[^ -~]+")
# Signs, letters of mathematics, and Greek letters that are not in a Greek word.
_SIGNS_OF_MATH: Final = re.compile(
    "(?<![\u0370-\u03ff\u1f00-\u1fff])[\u0370-\u03ff](?![\u0370-\u03ff\u1f00-\u1fff])"
    "|[\u2000-\u2bff\ufb00-\ufb04\ufeff\U0001d400-\U0001d7ff]"
)
_CLUSTER: Final = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_ABOVE: Final = 230


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
            reader did not recognise; in other text it is a backslash, as in `C:\foo`.

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
    return _BEYOND_ASCII.sub(_as_ascii, written) if ascii else written


def with_protected_capitals(title: str) -> str:
    """Return a title with markup around the words that BibTeX's styles would spell wrongly.

    These are words with a capital after their first letter, and single capitals that do not start
    the title. Words inside markup are not changed, nor is a title that is completely in capitals.

    Example:
        >>> with_protected_capitals("The DNA of Oslo"), with_protected_capitals("A Day in Oslo")
        ('The <span class="nocase">DNA</span> of Oslo', 'A Day in Oslo')
    """
    if "\\" in title or "$" in title or title.isupper():
        return title
    if title[1:2].islower() and title[1:].islower():
        return title  # the first letter is the only capital, as in most titles
    if "<" not in title:
        return _WORD.sub(_protected_word, title)
    out: list[str] = []
    depth = position = 0
    for tag in _MARKUP.finditer(title):
        piece = title[position : tag.start()]
        out += [piece if depth else _WORD.sub(_protected_word, piece), tag[0]]
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        position = tag.end()
    piece = title[position:]
    out.append(piece if depth else _WORD.sub(_protected_word, piece))
    return "".join(out)


def _protected_word(found: re.Match[str]) -> str:
    word = found[0]
    if word.islower() or word.isdecimal():
        return word
    if len(word) == 1:
        is_spelled = word.isupper() and word != "A" and found.start() > 0
    else:
        is_spelled = word.isupper() or any(map(str.isupper, word[1:]))  # B12, iPhone, O'Neill
    return f"{NO_CASE}{word}</span>" if is_spelled else word


def _escaped(text: str, kept: re.Pattern[str]) -> str:
    # Without these signs nothing is special; the search for one of a set is many times faster.
    if not (_SIGN.search(text) or "--" in text or "  " in text or "''" in text):
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
    """Escape the text outside of the commands and the math that the reader kept."""
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
    """Return whether the reader would read braces around this text as protecting capitals."""
    return any(map(str.isalpha, content)) and not _escaped(content, kept).startswith("\\")


@lru_cache(maxsize=4096)
def _as_ascii_cluster(cluster: str) -> str:
    """Return a character with its combining marks in a form that LaTeX compiles with T1 fonts."""
    if len(cluster) == 1:
        if cluster in _ACCENT_NAMES:
            return f"{{\\{_ACCENT_NAMES[cluster]}{{}}}}"
        known = _command(cluster)
        if known is not None:
            return known
    decomposed = normalize("NFD", cluster)
    base, marks = decomposed[0], decomposed[1:]
    if _HORN in marks:
        base, marks = normalize("NFC", base + _HORN), marks.replace(_HORN, "")
        if not marks:
            return _one_as_ascii(base)
    if not marks or len(base) > 1 or not all(mark in _ACCENT_NAMES for mark in marks):
        return "".join(_one_as_ascii(one) for one in cluster)
    if base.isascii():
        written = base
        if base in "ij" and combining(marks[0]) == _ABOVE:
            written = f"\\{base}"
    else:
        written = _one_as_ascii(base)
    in_math = _with_math_accents(written, marks)
    if in_math:
        return in_math
    if written.startswith("{\\") and written[2:-1].isalpha():
        written = written[1:-1]  # T5 has letters with an accent only without the braces
    for mark in marks:
        accent = _ACCENT_NAMES[mark]
        is_bare = len(written) == 1 and not accent.isalpha()
        written = f"\\{accent}{written if is_bare else f'{{{written}}}'}"
    return f"{{{written}}}"


def _with_math_accents(letter: str, marks: str) -> str | None:
    r"""Return a letter of math with accents: `\'` before a dollar sign prints nothing over it."""
    start, end = next(
        (pair for pair in (("$", "$"), (r"{\ensuremath{", "}}")) if letter.startswith(pair[0])),
        ("", ""),
    )
    if not start or not all(mark in _MATH_ACCENT_NAMES for mark in marks):
        return None
    written = letter[len(start) : -len(end)]
    for mark in marks:
        written = f"\\{_MATH_ACCENT_NAMES[mark]}{{{written}}}"
    return f"{start}{written}{end}"


def _one_as_ascii(character: str) -> str:
    known = _command(character)
    return _numbered(character) if known is None else known


def _command(character: str) -> str | None:
    if " " <= character <= "~":
        return character
    if character == "\u2011":
        return r"{\textnonbreakinghyphen}"
    if character in _NEAREST:
        return _NEAREST[character]
    name = _NAMES.get(character)
    if name is not None and _IN_TEXT.match(name):
        return f"{{\\{name}}}"
    decomposed = normalize("NFD", character)
    if len(decomposed) > 1 and decomposed[1] in _ACCENT_NAMES:
        return None
    if name is None:
        in_text = text_command(character)
        if in_text is not None:
            return f"{{\\{in_text}}}"
        name = math_command(character)
    if name is None and decomposed[1:] == _STROKE:
        base = _NAMES.get(decomposed[0]) or math_command(decomposed[0])
        return f"{{\\ensuremath{{\\not\\{base}}}}}" if base else None
    if name is None:
        return _letter_of_math(character)
    # BibTeX's styles would write \Gamma as \gamma, but not in a group that starts with a command.
    return f"$\\{name}$" if name.islower() else f"{{\\ensuremath{{\\{name}}}}}"


def _letter_of_math(character: str) -> str | None:
    """Return a letter of one of math's alphabets, such as the double-struck ones."""
    plain = normalize("NFKC", character)
    if len(plain) != 1 or not plain.isascii() or not plain.isalpha():
        return None
    for command in ("mathbb", "mathcal", "mathfrak"):
        written = f"{{\\ensuremath{{\\{command}{{{plain}}}}}}}"
        if read_latex(written) == character:
            return written
    return None


def _numbered(character: str) -> str:
    r"""Return the characters that only XeLaTeX and LuaLaTeX print: other fonts do not have them."""
    return f'\\symbol{{"{ord(character):04X}}}'


def with_math_signs(text: str) -> str:
    r"""Return text of LaTeX whose signs of mathematics are in math, as pdfLaTeX requires.

    Letters with accents, quotation marks and words in other scripts remain: with the encoding that
    the document declares, LaTeX prints them.

    Args:
        text: The text, which is LaTeX otherwise.

    Example:
        >>> with_math_signs("Étude “α ≤ 5”, H₂O, Αθήνα")
        'Étude “\\ensuremath{\\alpha} \\ensuremath{\\leq} 5”, H\\textsubscript{2}O, Αθήνα'
    """
    return text if text.isascii() else _SIGNS_OF_MATH.sub(_in_math, text)


def _in_math(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in _NEAREST:
        written = _NEAREST[sign]
        return f"\\ensuremath{{{written[1:-1]}}}" if written[:1] == "$" else written
    written = _as_ascii_cluster(sign)
    if len(written) > 2 and written[0] == written[-1] == "$":
        return f"\\ensuremath{{{written[1:-1]}}}"
    return written if written.startswith("{\\ensuremath") else sign


def _as_ascii(found: re.Match[str]) -> str:
    run = "".join(map(_as_ascii_cluster, _CLUSTER.findall(found[0])))
    return run.replace("$$", "")
