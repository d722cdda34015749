r"""Read LaTeX as text with the markup of CSL-JSON.

Braces that protect capitals become `<span class="nocase">` if the caller requests it. Math that
consists of letters, sub- and superscripts becomes text; other math is kept unchanged between its
dollar signs. An unknown command is kept unchanged.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from refcite.formats.bibtex.blocks import closing_brace
from refcite.formats.bibtex.latex_math import simple_math
from refcite.formats.bibtex.latex_signs import sign_of
from refcite.formats.bibtex.latex_tables import (
    ACCENTS,
    DECLARATIONS,
    DROPPED,
    DROPPED_WITH_ARGUMENT,
    NO_CASE,
    SECOND_ARGUMENT,
    SPACES,
    SPACING_ACCENTS,
    SYMBOLS,
    TRANSPARENT,
    UPPER_CASE,
    WRAPPERS,
)

__all__ = ["in_text_mode", "read_latex", "read_verbatim"]

_SPECIAL: Final = re.compile(r"[\\{}$~`\n\t\r]")
_COMMAND: Final = re.compile(r"[\\$~`]")
_GROUP: Final = re.compile(r"\{([^{}]*)\}")
_TOKEN: Final = re.compile(r"\\([A-Za-z]+)\*?[ \n]*|\\(.)|[{}$~`]|---?|''|[?!]`", re.DOTALL)
_LIGATURES: Final = {"---": "—", "--": "–", "''": "”", "?`": "¿", "!`": "¡", "~": "\u00a0"}
_CONDITION: Final = re.compile(r"\\(?:(ifmmode|else|fi)(?![A-Za-z]) *|.)|\$", re.DOTALL)
_SPACE: Final = re.compile(r"[ \t\r\n]+")

_ACCENT: Final = r"""\\(?:(['"`^~=.]) *|([uvHrcdbkUGfth])(?: +|(?=[{\\])))"""
_BASE: Final = r"(?:\{ *(?:\\([ij])|([A-Za-z])) *\}|\\([ij])(?![A-Za-z]) *|([A-Za-z]))"
_SIMPLE: Final = re.compile(
    rf"\{{{_ACCENT}{_BASE}\}}|{_ACCENT}{_BASE}"
    r"|\{\\([A-Za-z]+) *\}|\\([A-Za-z]+)\{\}|\\([&%_#])"
    r"|\\[A-Za-z]+\*? *\{"  # these braces contain an argument, and are kept
)
# Math, a second argument, or a backslash that does not start a command.
_NOT_ALONE: Final = re.compile(r"\$|\}\{\\|\\\\")
_BREAK: Final = re.compile(
    r"(?:(?<!\\) )?(\\\\|\\(?:par|newline)(?![A-Za-z])(?:\{\})?)(?:\*|\[[^\]]*\])? ?"
)
_VERBATIM_SIGNS: Final = {
    "textasciitilde": "~",
    "sim": "~",
    "textunderscore": "_",
    "textless": "<",
    "textgreater": ">",
}
# Two backslashes are part of a path; they escape nothing.
_VERBATIM_ESCAPE: Final = re.compile(
    r"(\\\\)|\{?\\([_%&#$~<>])(?:\{\})?\}?|\{?\$([<>])\$\}?"
    rf"|\{{?\$?\\({'|'.join(_VERBATIM_SIGNS)})(?![A-Za-z]) *(?:\{{\}})?\$?\}}?"
)
_ACCENTED: Final = re.compile(r"\\([ij])(?![A-Za-z]) ?|[^\\{}$]")
_SYMBOL_NUMBER: Final = re.compile(r"\{(?:\"([0-9A-Fa-f]{1,6})|([0-9]{1,7}))\}")
_NOT_SIMPLE: Final = frozenset("\\{}~`$'-")


def read_latex(text: str, *, protect: bool = False, unknown: list[str] | None = None) -> str:
    r"""Return LaTeX as text with CSL-JSON's markup.

    Args:
        text: A field's value, without its outer delimiters.
        protect: Whether braces around capitals become `<span class="nocase">`, as in titles.
        unknown: The list for the names of unknown commands.

    Example:
        >>> read_latex(r"{\'E}tude sur \emph{Homo} $H_2O$ -- P\"uschel {\&} Co.")
        'Étude sur <i>Homo</i> H<sub>2</sub>O – Püschel & Co.'
        >>> read_latex("The {DNA} of cells", protect=True)
        'The <span class="nocase">DNA</span> of cells'
    """
    if _is_plain(text):
        return text
    if len(text) <= 160:
        result, missing = _cached(text, protect)
    else:
        result, missing = _read(text, protect)
    if unknown is not None and missing:
        unknown.extend(missing)
    return result


def _is_plain(text: str) -> bool:
    """Return whether a text contains no LaTeX; each of the steps is fast on long texts."""
    return not (
        _SPECIAL.search(text)
        or "  " in text
        or "--" in text
        or "''" in text
        or text[:1] == " "
        or text[-1:] == " "
    )


def _read(text: str, protect: bool) -> tuple[str, tuple[str, ...]]:
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _SPACE.sub(" ", text)
    if "\\ifmmode" in text:
        text = in_text_mode(text)
    text = text.lstrip(" ")
    if text[-1:] == " " and text[-2:-1] != "\\":
        text = text[:-1]
    if "\\\\" in text or "\\par" in text or "\\newline" in text:
        text = _BREAK.sub(_break, text)
    if "\\" in text and not _NOT_ALONE.search(text):
        text = _SIMPLE.sub(_simple, text)
    if not _COMMAND.search(text):
        without = _without_groups(_with_ligatures(text), protect)
        if without is not None:
            return without, ()
    reader = _Reader(text, protect)
    return reader.read(), tuple(reader.unknown)


def in_text_mode(text: str) -> str:
    r"""Return LaTeX with each `\ifmmode … \else … \fi` replaced by the part that applies.

    The American Physical Society writes accented letters so. Outside math the part after `\else`
    applies, between dollar signs the part before it. Conditions may be nested. Text after a
    condition without an end is not changed.

    Example:
        >>> in_text_mode(r"\ifmmode \check{Z}\else \v{Z}\fi{}umer")
        '\\v{Z}umer'
        >>> in_text_mode(r"$\ifmmode \alpha\else a\fi$ and \ifmmode \beta\fi b")
        '$\\alpha$ and b'
    """
    out: list[str] = []
    conditions: list[tuple[bool, int, int]] = []  # whether it counts; its places in out and text
    in_math = False
    position = hidden = 0
    for token in _CONDITION.finditer(text):
        name = token[1]
        if token.start() < position:
            continue
        if not hidden:
            out.append(text[position : token.start()])
        position = token.end()
        if name == "ifmmode":
            conditions.append((in_math, len(out), token.start()))
            hidden += not in_math
        elif name and not conditions:
            out.append(token[0])
        elif name == "else":
            counts, place, start = conditions[-1]
            conditions[-1] = (not counts, place, start)
            hidden += 1 if counts else -1
        elif name == "fi":
            counts, place, _ = conditions.pop()
            hidden -= not counts
            if place < len(out):
                out[place] = out[place].lstrip()
                out[-1] = out[-1].rstrip()
            if text.startswith("{}", position) and not _ends_in_command(text, token.start()):
                position += 2
        elif not hidden:
            in_math ^= token[0] == "$"
            out.append(token[0])
    if conditions:
        _, place, start = conditions[0]
        return "".join(out[:place]) + text[start:]
    out.append(text[position:])
    return "".join(out)


def _ends_in_command(text: str, end: int) -> bool:
    r"""Return whether a place follows a command of letters, such as `\O`, which continues."""
    while end and text[end - 1] == " ":
        end -= 1
    start = end
    while start and text[start - 1].isascii() and text[start - 1].isalpha():
        start -= 1
    is_command = start < end and text[start - 1 : start] == "\\"
    return is_command and text[start:end] not in {"else", "fi", "ifmmode"}


def _break(found: re.Match[str]) -> str:
    return found[1] + ("{}" if found[1][-1].isalpha() else "")


def _with_ligatures(text: str) -> str:
    for sign in ("---", "--", "''"):
        if sign in text:
            text = text.replace(sign, _LIGATURES[sign])
    return text


def _without_groups(text: str, protect: bool) -> str | None:
    """Read a text in which only braces remain; None if they are nested."""
    if "{" not in text and "}" not in text:
        return text
    if protect:
        text = _GROUP.sub(_protected, text)
        return text if "{" not in text and "}" not in text else None
    return text.replace("{", "").replace("}", "")


def _protected(group: re.Match[str]) -> str:
    content = group[1]
    return f"{NO_CASE}{content}</span>" if any(map(str.isalpha, content)) else content


_cached: Final = lru_cache(maxsize=8192)(_read)
_memo: dict[str, str] = {}


def _simple(found: re.Match[str]) -> str:
    """Return the one character for an accented letter or a letter's name."""
    whole = found[0]
    known = _memo.get(whole)
    if known is None:
        known = _simple_value(found.groups(), whole)
        if len(_memo) < 10_000:
            _memo[whole] = known
    return known


def _simple_value(groups: tuple[str | None, ...], whole: str) -> str:
    if not any(groups):
        return whole
    if groups[14]:
        return groups[14]
    name = groups[12] or groups[13]
    if name:
        text = SYMBOLS.get(name, whole)
        return whole if _NOT_SIMPLE.intersection(text) or "\n" in text else text
    sign, letter, *base = groups[:6] if groups[0] or groups[1] else groups[6:12]
    dotless, plain, dotless_bare, plain_bare = base
    return _accented((sign or letter or ""), dotless or plain or dotless_bare or plain_bare or "")


def _accented(accent: str, base: str) -> str:
    return normalize("NFC", base[:1] + ACCENTS[accent]) + base[1:]


class _Frame:
    """An open group: the start of its content, and its closing text.

    Attributes:
        kind: `group`, `protected` (from changes of case), `quote`, `accent`, `dropped`.
        start: Index in the reader's output of the piece before the content.
        after: The text after the content.
        declared: The closing tags of the fonts declared inside, in their order.
        accent: The accent over the content.
    """

    __slots__ = ("accent", "after", "declared", "kind", "start")

    def __init__(self, kind: str, start: int, after: str = "", accent: str = "") -> None:
        self.kind = kind
        self.start = start
        self.after = after
        self.accent = accent
        self.declared: list[str] = []


class _Reader:
    """Reads one text. Groups are kept on a separate stack: they may be nested at any depth."""

    def __init__(self, text: str, protect: bool) -> None:
        self.text = text
        self.protect = protect
        self.protected = 0
        self.quotes = 0
        self.accents = 0
        self.open_quote = False
        self.position = 0
        self.out: list[str] = []
        self.frames = [_Frame("", 0)]
        self.missing: set[str] = set()  # ends of math that do not occur in the rest
        self.unknown: list[str] = []

    def read(self) -> str:
        text, search = self.text, _TOKEN.search
        while token := search(text, self.position):
            if token.start() > self.position:
                self._emit(text[self.position : token.start()])
            self.position = token.end()
            self._token(token)
        if self.position < len(text):
            self._emit(text[self.position :])
        while len(self.frames) > 1:
            self._close()
        self.out.extend(reversed(self.frames[0].declared))
        return "".join(self.out)

    def _emit(self, text: str) -> None:
        if self.open_quote and "'" in text:
            text = self._closing_single_quote(text)
        self.out.append(text)

    def _open(self, kind: str, before: str = "", after: str = "", accent: str = "") -> None:
        self.frames.append(_Frame(kind, len(self.out), after, accent))
        self.out.append(before)

    def _closing_single_quote(self, text: str) -> str:
        for index, character in enumerate(text):
            if character == "'" and not text[index + 1 : index + 2].isalpha():
                self.open_quote = False
                return f"{text[:index]}’{text[index + 1 :]}"
        return text

    def _token(self, token: re.Match[str]) -> None:
        sign = token[0]
        if token[1]:
            self._command(token[1], token)
        elif token[2]:
            self._control_symbol(token[2])
        elif sign == "{":
            self._open_group()
        elif sign == "}":
            if len(self.frames) > 1:
                self._close()
        elif sign == "$":
            self._math()
        elif sign == "`":
            self._backtick()
        else:
            self._emit(_LIGATURES[sign])

    def _backtick(self) -> None:
        if self.text.startswith("`", self.position):
            self.position += 1
            self._emit("“")
        else:
            self._emit("‘")
            self.open_quote = True

    # Groups

    def _open_group(self) -> None:
        # BibTeX's "special character", a group that starts with a command, does not protect.
        special = self.text.startswith("\\", self.position)
        if self.protect and not self.protected and not special:
            self.protected += 1
            self._open("protected")
        else:
            self._open("group")

    def _close(self) -> None:
        frame = self.frames.pop()
        out, start = self.out, frame.start
        if frame.kind == "dropped":
            del out[start:]
            return
        out.extend(reversed(frame.declared))
        if frame.kind == "protected":
            self.protected -= 1
            if any(any(map(str.isalpha, out[index])) for index in range(start, len(out))):
                out[start] = NO_CASE
                out.append("</span>")
        elif frame.kind == "accent":
            self.accents -= 1
            content = "".join(out[start:])
            del out[start:]
            out.append(self._accent_over(frame.accent, content))
        elif frame.kind == "quote":
            self.quotes -= 1
        elif frame.kind == "upper":
            # Markup is in separate pieces.
            out[start:] = [part if part[:1] == "<" else part.upper() for part in out[start:]]
        if frame.after:
            out.append(frame.after)

    # Commands

    def _command(self, name: str, token: re.Match[str]) -> None:
        has_argument = self.text.startswith("{", self.position)
        if name in SYMBOLS and not (has_argument and name in ACCENTS):
            if self.text.startswith("{}", self.position):
                self.position += 2
            self._emit(SYMBOLS[name])
        elif name in ACCENTS:
            self._accent(name)
        elif name in WRAPPERS and has_argument:
            self._wrap(name)
        elif name in DECLARATIONS:
            self._declare(*DECLARATIONS[name])
        elif name in TRANSPARENT and has_argument:
            self.position += 1
            self._open("group")
        elif name in UPPER_CASE and has_argument:
            self.position += 1
            self._open("upper")
        elif name == "ensuremath" and has_argument:
            self._emit_math(self._raw_argument())
        elif name in DROPPED:
            pass
        elif name in DROPPED_WITH_ARGUMENT and has_argument:
            self.position += 1
            self._open("dropped")
        elif name == "url" and has_argument:
            self._emit(read_verbatim(self._raw_argument()))
        elif name == "href" and has_argument:
            address = read_verbatim(self._raw_argument())
            if self.text.startswith("{", self.position):
                self.position += 1
                # No variable can hold the URL of a word; it is added after it, as in print.
                shown = self.text.startswith(address, self.position)
                self._open("group", "", "" if shown else f" ({address})")
        elif name in SECOND_ARGUMENT and has_argument:
            self._raw_argument()
            if self.text.startswith("{", self.position):
                self.position += 1
                self._open("group")
        elif name in {"symbol", "char"} and self._symbol_number():
            pass
        elif (sign := sign_of(name)) is not None:
            if self.text.startswith("{}", self.position):
                self.position += 2
            self._emit(sign)
        else:
            self._unknown(name, token, has_argument)

    def _unknown(self, name: str, token: re.Match[str], has_argument: bool) -> None:
        self.unknown.append(name)
        self._emit(token[0])
        if has_argument:
            self.position += 1
            self._open("group", "{", "}")

    def _wrap(self, name: str) -> None:
        self.position += 1
        before, after = WRAPPERS[name]
        kind = "group"
        if before == "“":
            kind = "quote"
            self.quotes += 1
            if self.quotes % 2 == 0:
                before, after = "‘", "’"
        self._open(kind, before, after)

    def _declare(self, before: str, after: str) -> None:
        self.out.append(before)
        self.frames[-1].declared.append(after)

    def _symbol_number(self) -> bool:
        number = _SYMBOL_NUMBER.match(self.text, self.position)
        if not number:
            return False
        code = int(number[1], 16) if number[1] else int(number[2])
        if code > 0x10FFFF:
            return False
        self.position = number.end()
        self._emit(chr(code))
        return True

    def _raw_argument(self) -> str:
        start, end = self.position, closing_brace(self.text, self.position)
        self.position = end if end >= 0 else len(self.text)
        return self.text[start + 1 : end - 1 if end >= 0 else None]

    def _control_symbol(self, sign: str) -> None:
        if sign in ACCENTS:
            self._accent(sign)
        elif sign == "\\":
            self._emit("\n")
        elif sign in SPACES:
            self._emit(SPACES[sign])
        elif sign == "(":
            self._math_until("\\)")
        elif sign not in DROPPED:
            self._emit(sign)

    # Accents

    def _accent(self, accent: str) -> None:
        found = _SPACE.match(self.text, self.position)
        position = found.end() if found else self.position
        if self.text.startswith("{", position):
            self.position = position + 1
            # Accents are stacked in Vietnamese, but only to a limited height.
            self._open("accent" if self.accents < 4 else "group", accent=accent)
            self.accents += self.accents < 4
            return
        base = _ACCENTED.match(self.text, position)
        if base:
            self.position = base.end()
            self._emit(self._accent_over(accent, base[1] or base[0]))
        else:
            self._emit(self._accent_over(accent, ""))

    @staticmethod
    def _accent_over(accent: str, base: str) -> str:
        base = {"ı": "i", "ȷ": "j"}.get(base[:1], base[:1]) + base[1:]
        if not base.strip():
            return SPACING_ACCENTS.get(accent) or normalize("NFC", "\u00a0" + ACCENTS[accent])
        return _accented(accent, base)

    # Math

    def _math(self) -> None:
        self._math_until("$")

    def _math_until(self, closing: str) -> None:
        end = -1 if closing in self.missing else self.text.find(closing, self.position)
        while closing == "$" and end > 0 and self.text[end - 1] == "\\":
            end = self.text.find(closing, end + 1)
        if end < 0:
            self.missing.add(closing)
            self._emit("$" if closing == "$" else "\\(")
            return
        math = self.text[self.position : end]
        self.position = end + len(closing)
        self._emit_math(math)

    def _emit_math(self, math: str) -> None:
        simple = simple_math(math)
        self._emit(f"${math}$" if simple is None else simple)


def read_verbatim(text: str) -> str:
    r"""Return the text of a field that LaTeX does not interpret, such as a URL.

    Unnecessary escapes in it (`\_`, `\%`, `\&`, `\#`) are removed.

    Example:
        >>> read_verbatim(r"http://example.org/a\_b\%20c?x=1&y=2~z")
        'http://example.org/a_b%20c?x=1&y=2~z'
    """
    text = text.strip()
    if "\\" in text or "{" in text or "$" in text:
        if text.startswith("\\url{") and text.endswith("}"):
            text = text[5:-1].strip()
        while text[:1] == "{" and text[-1:] == "}" and "}" not in text[1:-1]:
            text = text[1:-1].strip()
        text = _VERBATIM_ESCAPE.sub(_verbatim_sign, text)
    if "\n" in text:
        text = re.sub(r"(?<!\s)\s*\n\s*", "" if "://" in text else " ", text)
    return text


def _verbatim_sign(found: re.Match[str]) -> str:
    pair, escaped, in_math, name = found.groups()
    return pair or escaped or in_math or _VERBATIM_SIGNS[name]
