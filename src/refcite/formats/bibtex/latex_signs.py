r"""Commands of LaTeX's packages for letters and signs that are missing in the reader's own table.

They are those of textcomp, tipa, amssymb and latexsym with a character in Unicode. Most come
from pylatexenc's table, which is imported with the first command that needs it. The rest follow
rules (`\textturna` is a TURNED A, `\nsim` a `\sim` with a stroke), or are listed here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Final
from unicodedata import category, lookup, normalize

from refcite.formats.bibtex.latex_tables import SYMBOLS

__all__ = ["math_command", "sign_of", "text_command"]

_BY_NAME: Final = {
    "MATHEMATICAL DOUBLE-STRUCK SMALL K": "Bbbk",
    "TURNED CAPITAL F": "Finv",
    "TURNED SANS-SERIF CAPITAL G": "Game",
    "CHECK MARK": "checkmark",
    "BLACK STAR": "bigstar",
    "DOT OPERATOR": "centerdot cdotp",
    "BOX DRAWINGS LIGHT DIAGONAL UPPER LEFT TO LOWER RIGHT": "diagdown",
    "PERSPECTIVE": "doublebarwedge",
    "MINUS TILDE": "eqsim",
    "VERY MUCH GREATER-THAN": "ggg gggtr",
    "VERY MUCH LESS-THAN": "lll llless",
    "NORMAL SUBGROUP OF": "lhd",
    "CONTAINS AS NORMAL SUBGROUP": "rhd",
    "NORMAL SUBGROUP OF OR EQUAL TO": "unlhd",
    "CONTAINS AS NORMAL SUBGROUP OR EQUAL TO": "unrhd",
    "PRECEDES BUT NOT EQUIVALENT TO": "precnsim",
    "TRUE": "vDash",
    "WHITE SQUARE": "Box",
    "WHITE DIAMOND": "Diamond",
    "BOWTIE": "Join",
    "RIGHTWARDS SQUIGGLE ARROW": "leadsto",
    "DOUBLE VERTICAL LINE": "textbardbl Arrowvert",
    "COPYLEFT SYMBOL": "textcopyleft",
    "DOUBLE HYPHEN": "textdblhyphen textdblhyphenchar",
    "ASTERISK": "textborn",
    "GUARANI SIGN": "textguarani",
    "INVERTED INTERROBANG": "textinterrobangdown",
    "MATHEMATICAL LEFT WHITE SQUARE BRACKET": "textlbrackdbl",
    "MATHEMATICAL RIGHT WHITE SQUARE BRACKET": "textrbrackdbl",
    "LEFT SQUARE BRACKET WITH QUILL": "textlquill",
    "RIGHT SQUARE BRACKET WITH QUILL": "textrquill",
    "MARRIAGE SYMBOL": "textmarried",
    "DIVORCE SYMBOL": "textdivorced",
    "SQUARE ROOT": "textsurd surd",
    "FIGURE DASH": "textfiguredash",
    "HORIZONTAL BAR": "texthorizontalbar",
    "NON-BREAKING HYPHEN": "textnonbreakinghyphen",
    "LATIN CAPITAL LETTER H WITH STROKE": "Hwithstroke",
    "LATIN SMALL LETTER H WITH STROKE": "hwithstroke",
    "LATIN SMALL LETTER ETH": "eth",
    "LATIN CAPITAL LETTER O WITH HORN": "OHORN",
    "LATIN SMALL LETTER O WITH HORN": "ohorn",
    "LATIN CAPITAL LETTER U WITH HORN": "UHORN",
    "LATIN SMALL LETTER U WITH HORN": "uhorn",
    "GREATER-THAN BUT NOT EQUAL TO": "gvertneqq",
    "LESS-THAN BUT NOT EQUAL TO": "lvertneqq",
    "DIVIDES": "mid shortmid",
    "VERTICAL LINE": "vert arrowvert",
    "DOES NOT DIVIDE": "nshortmid",
    "CENT SIGN": "textcentoldstyle",
    "DOLLAR SIGN": "textdollaroldstyle mathdollar",
    "SECTION SIGN": "mathsection",
    "PILCROW SIGN": "mathparagraph textpilcrow",
    "DAGGER": "textdied",
    "MODIFIER LETTER MIDDLE DOUBLE GRAVE ACCENT": "textgravedbl",
    "SINGLE LOW-9 QUOTATION MARK": "textquotestraightbase",
    "DOUBLE LOW-9 QUOTATION MARK": "textquotestraightdblbase",
    "EM DASH": "textthreequartersemdash texttwelveudash",
    "FULL STOP": "ldotp",
    "LATIN SMALL LETTER DOTLESS I": "imath",
    "LATIN SMALL LETTER DOTLESS J": "jmath",
    "MATHEMATICAL LEFT FLATTENED PARENTHESIS": "lgroup",
    "MATHEMATICAL RIGHT FLATTENED PARENTHESIS": "rgroup",
    "MATHEMATICAL LEFT ANGLE BRACKET": "textlangle",
    "MATHEMATICAL RIGHT ANGLE BRACKET": "textrangle",
    "BLACK-LETTER CAPITAL I": "Im",
    "BLACK-LETTER CAPITAL R": "Re",
    "N-ARY CIRCLED DOT OPERATOR": "bigodot",
    "N-ARY SQUARE UNION OPERATOR": "bigsqcup",
    "N-ARY UNION OPERATOR WITH PLUS": "biguplus",
    "UP TACK": "bot",
    "BLACK CLUB SUIT": "clubsuit",
    "WHITE DIAMOND SUIT": "diamondsuit",
    "WHITE HEART SUIT": "heartsuit",
    "BLACK SPADE SUIT": "spadesuit",
    "COLON": "colon",
    "LEFTWARDS ARROW": "gets",
    "LOGICAL AND": "land",
    "LOGICAL OR": "lor",
    "NOT SIGN": "neg",
    "CONTAINS AS MEMBER": "owns",
    "CONTOUR INTEGRAL": "oint ointop",
    "INTEGRAL": "smallint intop",
    "WHITE UP-POINTING TRIANGLE": "triangle bigtriangleup",
    "SUN": "astrosun",
    "CIRCLED DOT OPERATOR": "odot",
    "EARTH": "earth",
    "LATIN LETTER GLOTTAL STOP": "textglotstop",
    "LATIN LETTER PHARYNGEAL VOICED FRICATIVE": "textrevglotstop",
    "LATIN SMALL LETTER L WITH MIDDLE TILDE": "textltilde",
    "LATIN SMALL LETTER L WITH BELT": "textbeltl",
    "LATIN SMALL LETTER LEZH": "textlyoghlig",
    "LATIN SMALL LETTER SCRIPT G": "textscriptg",
    "LATIN SMALL LETTER GAMMA": "textgamma",
    "LATIN SMALL LETTER IOTA": "textiota",
    "LATIN SMALL LETTER UPSILON": "textupsilon",
    "LATIN SMALL LETTER PHI": "textphi",
    "LATIN SMALL LETTER ALPHA": "textscripta",
    "LATIN SMALL LETTER V WITH HOOK": "textscriptv",
    "LATIN SMALL LETTER RAMS HORN": "textramshorns textbabygamma",
    "LATIN SMALL LETTER OPEN E": "textepsilon",
    "LATIN SMALL LETTER CLOSED OPEN E": "textcloseepsilon",
    "LATIN SMALL LETTER CLOSED REVERSED OPEN E": "textcloserevepsilon",
    "LATIN SMALL LETTER REVERSED OPEN E": "textrevepsilon",
    "LATIN SMALL LETTER REVERSED OPEN E WITH HOOK": "textrhookrevepsilon",
    "LATIN SMALL LETTER SCHWA WITH HOOK": "textrhookschwa",
    "LATIN SMALL LETTER DOTLESS J WITH STROKE": "textbardotlessj textObardotlessj",
    "LATIN SMALL LETTER DOTLESS J WITH STROKE AND HOOK": "texthtbardotlessj",
    "LATIN SMALL LETTER BARRED O": "textbaro",
    "LATIN SMALL LETTER D WITH HOOK": "texthtd",
    "LATIN SMALL LETTER U BAR": "textbaru",
    "LATIN LETTER SMALL CAPITAL INVERTED R": "textinvscr",
    "LATIN SMALL LETTER TURNED R WITH HOOK": "textturnrrtail",
    "LATIN SMALL LETTER TURNED M WITH LONG LEG": "textturnmrleg",
    "LATIN SMALL LETTER N WITH LEFT HOOK": "textltailn",
    "LATIN SMALL LETTER M WITH HOOK": "textltailm",
    "LATIN SMALL LETTER R WITH FISHHOOK": "textfishhookr",
    "LATIN SMALL LETTER R WITH LONG LEG": "textlonglegr",
    "LATIN SMALL LETTER HENG WITH HOOK": "texththeng",
    "LATIN LETTER BILABIAL CLICK": "textbullseye",
    "LATIN LETTER ALVEOLAR CLICK": "textdoublebarpipe",
    "LATIN LETTER DENTAL CLICK": "textpipe",
    "LATIN LETTER LATERAL CLICK": "textdoublepipe",
    "MODIFIER LETTER TRIANGULAR COLON": "textlengthmark",
    "MODIFIER LETTER HALF TRIANGULAR COLON": "texthalflength",
    "MODIFIER LETTER VERTICAL LINE": "textprimstress",
    "MODIFIER LETTER LOW VERTICAL LINE": "textsecstress",
    "MODIFIER LETTER RHOTIC HOOK": "textrhoticity",
    "LATIN SMALL LETTER TESH DIGRAPH": "textteshlig",
    "LATIN SMALL LETTER DEZH DIGRAPH": "textdyoghlig",
    "LATIN SMALL LETTER TS DIGRAPH": "texttslig",
    "LATIN SMALL LETTER DZ DIGRAPH": "textdzlig",
    "LATIN SMALL LETTER TC DIGRAPH WITH CURL": "texttctclig",
    "LATIN SMALL LETTER DZ DIGRAPH WITH CURL": "textdctzlig",
    "LATIN SMALL LETTER ESH WITH CURL": "textctesh",
    "LATIN SMALL LETTER EZH WITH CURL": "textctyogh",
    "LATIN SMALL LETTER EZH": "textyogh",
    "LATIN LETTER WYNN": "textwynn",
    "LATIN SMALL LETTER THORN": "textthorn",
    "LATIN LETTER GLOTTAL STOP WITH STROKE": "textbarglotstop",
    "LATIN LETTER REVERSED GLOTTAL STOP WITH STROKE": "textbarrevglotstop",
}
"""Characters by name, with the commands that no table or rule contains."""

_NAMED: Final = {
    command: lookup(name) for name, commands in _BY_NAME.items() for command in commands.split()
} | {"textascendercompwordmark": "", "textcapitalcompwordmark": ""}

_OLD_STYLE: Final = "zero one two three four five six seven eight nine"
_FIGURES: Final = {name: str(digit) for digit, name in enumerate(_OLD_STYLE.split())}

_TIPA: Final = (
    ("textsc", "LATIN LETTER SMALL CAPITAL {}"),
    ("textturnsc", "LATIN LETTER SMALL CAPITAL TURNED {}"),
    ("textturn", "LATIN SMALL LETTER TURNED {}"),
    ("textrtail", "LATIN SMALL LETTER {} WITH RETROFLEX HOOK"),
    ("textrtail", "LATIN SMALL LETTER {} WITH TAIL"),
    ("textrtail", "LATIN SMALL LETTER {} WITH HOOK"),
    ("texthtsc", "LATIN LETTER SMALL CAPITAL {} WITH HOOK"),
    ("textht", "LATIN SMALL LETTER {} WITH HOOK"),
    ("textct", "LATIN SMALL LETTER {} WITH CURL"),
    ("textbar", "LATIN SMALL LETTER {} WITH STROKE"),
    ("textcrsc", "LATIN LETTER SMALL CAPITAL {} WITH STROKE"),
    ("textcr", "LATIN SMALL LETTER {} WITH STROKE"),
    ("textrev", "LATIN SMALL LETTER REVERSED {}"),
    ("textopen", "LATIN SMALL LETTER OPEN {}"),
    ("textltail", "LATIN SMALL LETTER {} WITH LEFT HOOK"),
    ("text", "GREEK SMALL LETTER {}"),
    ("text", "LATIN SMALL LETTER {}"),
)
"""Starts of tipa's commands with the names of the printed characters."""

_LETTER: Final = re.compile(r"[a-z]|esh|yogh|schwa|alpha|beta|chi|theta|lambda|omega|iota|phi|eng")
_LETTERS: Final = tuple(_LETTER.pattern.split("|")[1:])
_MATH_LETTERS: Final = frozenset(
    ["beth", "gimel", "daleth", "digamma", "varkappa", "hslash", "wp", "Im", "Re", "Finv", "Game"]
)
_IS_TEXT: Final = re.compile(r"text|(?:IJ|ij|Hwithstroke|hwithstroke|OHORN|ohorn|UHORN|uhorn)\Z")
_ELSEWHERE: Final = re.compile(
    r"[A-Z]*[a-z]+[A-Z]|(?:truestate|forcesextra|estimates|not(?:less|greater)|original|image"
    r"|hermit|rightangle|verymuch|precedesnot|varpersp|persp|recorder|approxnotequal|tildetrpl"
    r"|allequal|lazysinv|surfint|volint|clwint|clockoint|sqrint|homothetic|arrowwave|dblarrow"
    r"|quarternote|eighthnote|rightmoon|mercury|venus|male|jupiter|saturn|uranus|neptune|pluto"
    r"|aries|taurus|gemini|cancer|leo|virgo|libra|scorpio|sagittarius|capricornus|aquarius|pisces"
    r"|astrosun|earth|starequal|iddots|Colon|Angle|Equal)"
)
"""Starts of commands of other packages: they are read, and not written."""
_LIKE: Final = ("short", "thick", "small", "var", "big")
_LONGEST: Final = 40
_STROKE: Final = "\u0338"


@lru_cache(maxsize=2048)
def sign_of(name: str) -> str | None:
    r"""Return the letter or sign that a command represents, or None if there is none.

    Args:
        name: The command, without its backslash.

    Example:
        >>> [sign_of(name) for name in ("leqslant", "textrightarrow", "textturna", "nsim", "foo")]
        ['⩽', '→', 'ɐ', '≁', None]
    """
    if name in _NAMED:
        return _NAMED[name]
    if len(name) > _LONGEST:
        return None
    if name.startswith("text"):
        figure = _FIGURES.get(name[4:].removesuffix("oldstyle"))
        if figure is not None and name.endswith("oldstyle"):
            return figure
        found = _of_tipa(name)
        if found is not None:
            return found
    found = _elsewhere().get(name)
    if found is not None:
        return found
    for start in _LIKE:
        if name.startswith(start) and len(name) > len(start) + 2:
            return _base(name[len(start) :])
    if name.startswith("n") and len(name) > 3:
        base = _base(name[1:])
        return normalize("NFC", base + _STROKE) if base is not None else None
    return None


def _base(name: str) -> str | None:
    known = SYMBOLS.get(name) or sign_of(name)
    return (
        known if known is not None and len(known) == 1 and category(known) in {"Sm", "So"} else None
    )


def _of_tipa(name: str) -> str | None:
    for start, pattern in _TIPA:
        letter = name.removeprefix(start)
        if letter != name and _LETTER.fullmatch(letter):
            spelled = {"yogh": "EZH", "lambda": "LAMDA"}.get(letter, letter.upper())
            if start == "text" and len(letter) == 1:
                continue
            try:
                return lookup(pattern.format(spelled))
            except KeyError:
                continue
    return None


@cache
def _elsewhere() -> dict[str, str]:
    """Return pylatexenc's commands for one character beyond ASCII."""
    from pylatexenc.latex2text import get_default_latex_context_db

    known: dict[str, str] = {}
    context: Any = get_default_latex_context_db()
    for group in context.categories():
        if group in {"latex-base", "advanced-symbols"}:
            for name, spec in context.d[group]["macros"].items():
                text = spec.simplify_repl
                if isinstance(text, str) and len(text) == 1 and not text.isascii():
                    known.setdefault(name, text)
    return known


@cache
def _commands() -> tuple[dict[str, str], dict[str, str]]:
    """Return the signs that have a command in math, and the characters that have one in text."""
    in_math: dict[str, str] = {}
    in_text: dict[str, str] = {}
    for name, sign in [*_elsewhere().items(), *_NAMED.items()]:
        if _ELSEWHERE.match(name):
            continue
        if _IS_TEXT.match(name):
            in_text.setdefault(sign, name)
        elif category(sign or " ") in {"Sm", "So"} or name in _MATH_LETTERS:
            in_math.setdefault(sign, name)
    for start, _ in _TIPA:
        for letter in "abcdefghijklmnopqrstuvwxyz":
            found = sign_of(start + letter) if start != "text" else None
            if found is not None:
                in_text.setdefault(found, start + letter)
    for letter in _LETTERS:
        found = sign_of(f"text{letter}")
        if found is not None:
            in_text.setdefault(found, f"text{letter}")
    return in_math, in_text


def math_command(sign: str) -> str | None:
    r"""Return a command for a sign in math, of those that amssymb and latexsym have, or None.

    Example:
        >>> math_command("⩽"), math_command("a")
        ('leqslant', None)
    """
    return _commands()[0].get(sign)


def text_command(sign: str) -> str | None:
    r"""Return a command for a character in text, of those that textcomp and tipa have, or None.

    Example:
        >>> text_command("₩"), text_command("ʃ"), text_command("⩽")
        ('textwon', 'textesh', None)
    """
    return _commands()[1].get(sign)
