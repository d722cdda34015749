r"""Read LaTeX token by token, at any depth of nesting.

`TokenReader` can read every text. `refcite.formats.bibtex.latex_read` uses it for pieces of text
that it has not read before, and for texts whose pieces depend on each other.
"""

from __future__ import annotations

import re
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

__all__ = ["TokenReader", "read_verbatim"]

_TOKEN: Final = re.compile(r"\\([A-Za-z]+)\*?[ \n]*|\\(.)|[{}$~`]|---?|''|[?!]`", re.DOTALL)
_LIGATURES: Final = {"---": "—", "--": "–", "''": "”", "?`": "¿", "!`": "¡", "~": "\u00a0"}
_SPACE: Final = re.compile(r"[ \t\r\n]+")
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


class TokenReader:
    """Reads one text. Groups are kept on a separate stack: they may be nested at any depth.

    Args:
        text: LaTeX, with single spaces as its only white space.
        protect: Whether braces around capitals become `<span class="nocase">`.

    Attributes:
        unknown: The names of the unknown commands that were read.
    """

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

    @property
    def is_open(self) -> bool:
        """Whether text that follows would be read differently: after a font or a quotation mark."""
        return bool(self.open_quote or self.frames[0].declared)

    def read(self) -> str:
        """Return the text, with CSL-JSON's markup."""
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
        return normalize("NFC", base[:1] + ACCENTS[accent]) + base[1:]

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
