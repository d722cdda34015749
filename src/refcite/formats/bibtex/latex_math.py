r"""Math that consists of letters, signs, sub- and superscripts, as text.

`$H_2O$`, `$\alpha$`, `${}^{63}$Cu`, `$M_{\odot}$` and `$90^\circ$` can be written in Unicode and
CSL-JSON's markup; a fraction cannot.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import lookup, normalize

from refcite.formats.bibtex.latex_signs import sign_of
from refcite.formats.bibtex.latex_tables import (
    DECLARATIONS,
    DROPPED,
    MATH_ACCENTS,
    MATH_LETTERS,
    MATH_NAMES,
    SPACES,
    SYMBOLS,
    TRANSPARENT,
)

__all__ = ["simple_math"]

_TOKEN: Final = re.compile(r"\\(?:([A-Za-z]+)\*? *|(.))|([{}_^]) *|([^\\{}$_^~`]+)|~", re.DOTALL)
_ONE: Final = re.compile(r"\\[A-Za-z]+\*? *|\\.|[^\\{}$_^~`]", re.DOTALL)
_PLAIN_FONTS: Final = TRANSPARENT | {
    "ensuremath",
    "mathit",
    "mathnormal",
    "operatorname",
    "textit",
    "emph",
}
_BOLD_FONTS: Final = frozenset({"mathbf", "boldsymbol", "bm", "textbf"})
_DEEPEST: Final = 12
_SCRIPTS: Final = {"_": "sub", "^": "sup"}


# Functions have spaces around them, in addition to those of the text.
_SEVERAL_SPACES: Final = re.compile(" {2,}")


class _TooMuchError(Exception):
    """The math cannot be written as text."""


def simple_math(math: str) -> str | None:
    r"""Return math as text with CSL-JSON's markup; None if that is not possible.

    Args:
        math: The text between the dollar signs.

    Example:
        >>> simple_math(r"{\mathrm{CO}}_{2-\delta}"), simple_math(r"\mathbb{R}^{n_k}")
        ('CO<sub>2-δ</sub>', 'ℝ<sup>n<sub>k</sub></sup>')
        >>> simple_math(r"10^{-3}"), simple_math(r"\frac{1}{2}")
        ('10<sup>-3</sup>', None)
        >>> simple_math(r"n \log n / \! \log\log n")
        'n log n / log log n'
        >>> simple_math(r"O(n \log n)"), simple_math(r"n\log\log n")
        ('O(n log n)', 'n log log n')
    """
    try:
        return _SEVERAL_SPACES.sub(" ", _Math(math).sequence(0))
    except _TooMuchError:
        return None


class _Math:
    """Reads the math of one pair of dollar signs, once from its start to its end."""

    __slots__ = ("math", "position")

    def __init__(self, math: str) -> None:
        self.math = math
        self.position = 0

    def sequence(self, depth: int) -> str:
        """Return the text up to the end, or up to the brace that closes a group."""
        if depth > _DEEPEST:
            raise _TooMuchError
        out: list[str] = []
        while self.position < len(self.math):
            token = _TOKEN.match(self.math, self.position)
            if token is None:
                raise _TooMuchError
            self.position = token.end()
            name, sign, mark, plain = token.groups()
            if name:
                before = out[-1][-1:] if out else ""
                if name in MATH_NAMES and before.isalnum():
                    out.append(" ")  # n\\log n
                written = self._command(name, depth)
                out.append(written)
                if token[0][-1] == " " and before == " " and written[-1:] != " ":
                    out.append(" ")  # a \\leq b
            elif sign:
                out.append(SPACES.get(sign, sign if sign in "%&#_ |" else ""))
            elif mark == "{":
                out.append(self.sequence(depth + 1))
            elif mark == "}":
                if depth:
                    return "".join(out)
                raise _TooMuchError
            elif mark:
                out.append(self._script(mark, depth))
            else:
                out.append(plain or "\u00a0")
        if depth:
            raise _TooMuchError
        return "".join(out)

    def _argument(self, depth: int) -> str:
        """Return the argument of a command or a script: a group, a command or a character."""
        if self.math.startswith("{", self.position):
            self.position += 1
            return self.sequence(depth + 1)
        found = _ONE.match(self.math, self.position)
        if found is None:
            raise _TooMuchError
        self.position = found.end()
        command = found[0].strip("\\* ")
        if found[0][0] == "\\" and command.isalpha():
            return self._command(command, depth + 1)
        return SPACES.get(command, command) if found[0][0] == "\\" else found[0]

    def _script(self, mark: str, depth: int) -> str:
        inner = self._argument(depth)
        if mark == "^":
            if inner == "∘":
                return "°"
            if inner and not inner.strip("′"):
                return inner
        tag = _SCRIPTS[mark]
        return f"<{tag}>{inner}</{tag}>" if inner else ""

    def _command(self, name: str, depth: int) -> str:
        has_group = self.math.startswith("{", self.position)
        if depth > _DEEPEST:
            raise _TooMuchError
        if name in SYMBOLS:
            return _printable(SYMBOLS[name])
        if name in MATH_LETTERS:
            return _in_alphabet(MATH_LETTERS[name], self._argument(depth))
        if name in _PLAIN_FONTS:
            return self._argument(depth) if has_group else ""
        if name in _BOLD_FONTS:
            return f"<b>{self._argument(depth)}</b>"
        if name == "not":
            base = self._argument(depth)
            if len(base) != 1:
                raise _TooMuchError
            return normalize("NFC", f"{base}\u0338")
        if name in MATH_ACCENTS:
            base = self._argument(depth)
            if len(base) != 1:
                raise _TooMuchError
            return normalize("NFC", base + MATH_ACCENTS[name])
        if name in MATH_NAMES:
            follows = self.math[self.position : self.position + 1]
            return f"{name} " if follows.isalnum() or follows == "\\" else name
        if name == "sqrt":
            root = self._argument(depth)
            if not root.isalnum():
                raise _TooMuchError
            return f"√{root}"
        if name in DROPPED or name in DECLARATIONS:
            return ""
        known = sign_of(name)
        if known is None:
            raise _TooMuchError
        return _printable(known)


def _printable(text: str) -> str:
    if "{" in text or "\\" in text or "\n" in text:
        raise _TooMuchError
    return text


def _in_alphabet(alphabet: str, text: str) -> str:
    return "".join(_letter(alphabet, character) for character in text)


def _letter(alphabet: str, character: str) -> str:
    if not (character.isascii() and character.isalpha()):
        return character
    size = "CAPITAL" if character.isupper() else "SMALL"
    others = {"FRAKTUR": "BLACK-LETTER"}
    for name in (
        f"{others.get(alphabet, alphabet)} {size} {character.upper()}",
        f"MATHEMATICAL {alphabet} {size} {character.upper()}",
    ):
        try:
            return lookup(name)
        except KeyError:
            continue
    return character
