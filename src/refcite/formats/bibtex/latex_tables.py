"""The meanings of LaTeX commands, in both directions.

Sources: Lamport, *LaTeX: A Document Preparation System*, 2nd edition, tables 3.1 to 3.9; the
biblatex manual, § 3.13 (formatting commands in data); The Comprehensive LaTeX Symbol List.
"""

from __future__ import annotations

from typing import Final
from unicodedata import lookup

__all__ = [
    "ACCENTS",
    "COMMANDS",
    "DECLARATIONS",
    "DROPPED",
    "DROPPED_WITH_ARGUMENT",
    "MATH_ACCENTS",
    "MATH_LETTERS",
    "MATH_NAMES",
    "SECOND_ARGUMENT",
    "SPACES",
    "SPACING_ACCENTS",
    "SYMBOLS",
    "TRANSPARENT",
    "UPPER_CASE",
    "WRAPPERS",
]

ACCENTS: Final[dict[str, str]] = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "U": "\u030e",
    "G": "\u030f",
    "f": "\u0311",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
    "h": "\u0309",
    "textcommabelow": "\u0326",
    "capitalcedilla": "\u0327",
    "capitalogonek": "\u0328",
    "textogonekcentered": "\u0328",
    "newtie": "\u0361",
    "textsubdot": "\u0323",
    "textsubring": "\u0325",
    "textsubarch": "\u032f",
    "textsubwedge": "\u032c",
    "textsubtilde": "\u0330",
    "textsubumlaut": "\u0324",
    "textsubbar": "\u0320",
    "textsubplus": "\u031f",
    "textsubacute": "\u0317",
    "textsubgrave": "\u0316",
    "textsublhalfring": "\u031c",
    "textsubrhalfring": "\u0339",
    "textsubbridge": "\u032a",
    "textinvsubbridge": "\u033a",
    "textsubsquare": "\u033b",
    "textseagull": "\u033c",
    "textsyllabic": "\u0329",
    "textlowering": "\u031e",
    "textraising": "\u031d",
    "textadvancing": "\u0318",
    "textretracting": "\u0319",
    "textsuperimposetilde": "\u0334",
    "textovercross": "\u033d",
    "textroundcap": "\u0311",
    "textvbaraccent": "\u030d",
    "textbottomtiebar": "\u035c",
}
"""The accent commands with their combining characters; the long names are those of
textcomp and tipa."""

_GREEK: Final = (
    "alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon chi"
    " psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
"""Letters whose commands are their names."""


def _greek(name: str) -> str:
    size = "SMALL" if name.islower() else "CAPITAL"
    # Unicode uses the spelling "lamda".
    return lookup(f"GREEK {size} LETTER {name.replace('ambda', 'amda')}")


_CAPITALS: Final = {
    "AA": "Å",
    "AE": "Æ",
    "DH": "Ð",
    "DJ": "Đ",
    "L": "Ł",
    "NG": "Ŋ",
    "O": "Ø",
    "OE": "Œ",
    "SS": "ẞ",
    "TH": "Þ",
}
"""Commands of capital letters; in small letters they are those of the small ones."""

_SIGNS: Final = {
    "ı": "i",
    "ȷ": "j",
    "±": "textpm pm",
    "×": "texttimes times",
    "÷": "textdiv div",
    "•": "textbullet bullet",
    "†": "textdagger dagger dag",
    "‡": "textdaggerdbl ddagger ddag",
    "“": "textquotedblleft grqq",
    "”": "textquotedblright",
    "‘": "textquoteleft grq",
    "’": "textquoteright",
    "„": "quotedblbase glqq",
    "‚": "quotesinglbase glq",
    "«": "guillemotleft guillemetleft flqq",
    "»": "guillemotright guillemetright frqq",
    "‹": "guilsinglleft flq",
    "›": "guilsinglright frq",
    "–": "textendash",
    "—": "textemdash",
    "…": "textellipsis ldots dots",
    "¡": "textexclamdown",
    "¿": "textquestiondown",
    "·": "textperiodcentered",
    "§": "textsection S",
    "¶": "textparagraph P",
    "©": "textcopyright copyright",
    "®": "textregistered",
    "™": "texttrademark",
    "℠": "textservicemark",
    "£": "textsterling pounds",
    "€": "texteuro euro EUR",
    "¢": "textcent",
    "¥": "textyen",
    "°": "textdegree degree",
    "°C": "textcelsius",
    "\u2126": "textohm",
    "ª": "textordfeminine",
    "º": "textordmasculine",
    "½": "textonehalf",
    "¼": "textonequarter",
    "¾": "textthreequarters",
    "¹": "textonesuperior",
    "²": "texttwosuperior",
    "³": "textthreesuperior",
    "µ": "textmu",
    "−": "textminus",
    "№": "textnumero",
    "♪": "textmusicalnote",
    "\u00a0": "nobreakspace",
    "\u202f": "thinspace",
    "\u2002": "enspace",
    "\u2003": "quad",
    "\u2011": "textnobreakdash nbhyphen",
    "-": "hyphen",
    "\\": "textbackslash",
    "{": "textbraceleft lbrace",
    "}": "textbraceright rbrace",
    "$": "textdollar",
    "_": "textunderscore",
    "~": "textasciitilde",
    "^": "textasciicircum",
    "`": "textasciigrave",
    "'": "textquotesingle",
    '"': "textquotedbl",
    "|": "textbar",
    "<": "textless",
    ">": "textgreater",
    "#": "textnumbersign",
    "%": "textpercent",
    "&": "textampersand",
    "*": "textasteriskcentered",
    "/": "slash",
    "\n\n": "par",
    "\n": "newline",
    "LaTeX2ε": "LaTeXe",
    "AMS": "AmS",
    "METAFONT": "MF",
    "ϵ": "epsilon",
    "ε": "varepsilon",
    "ϑ": "vartheta",
    "ϖ": "varpi",
    "ϱ": "varrho",
    "ς": "varsigma",
    "ϕ": "phi",
    "φ": "varphi",
    "ℵ": "aleph",
    "ℓ": "ell",
    "ℏ": "hbar",
    "∞": "infty",
    "∂": "partial",
    "∇": "nabla",
    "∀": "forall",
    "∃": "exists",
    "∈": "in",
    "⊂": "subset",
    "∪": "cup",
    "∩": "cap",
    "∓": "mp",
    "⋅": "cdot",
    "∗": "ast",
    "∘": "circ",
    "⊕": "oplus",
    "⊗": "otimes",
    "≤": "leq le",
    "≥": "geq ge",
    "≠": "neq ne",
    "≈": "approx",
    "∼": "sim",
    "≃": "simeq",
    "≅": "cong",
    "≡": "equiv",
    "∝": "propto",
    "≪": "ll",
    "≫": "gg",
    "→": "to rightarrow",
    "←": "leftarrow",
    "↔": "leftrightarrow",
    "⇒": "Rightarrow",
    "⇔": "Leftrightarrow",
    "↦": "mapsto",
    "∑": "sum",
    "∏": "prod",
    "∫": "int",
    "′": "prime",
    "⋆": "star",
    "⟨": "langle",
    "⟩": "rangle",
    "⋯": "cdots",
    "⊥": "perp",
    "∅": "emptyset",
}
"""Texts with their commands; the first command is the written one."""

_LOGOS: Final = (
    "TeX LaTeX BibTeX XeTeX XeLaTeX LuaTeX LuaLaTeX pdfTeX pdfLaTeX ConTeXt AMS METAFONT"
)
"""Commands that print their own names."""

COMMANDS: Final[dict[str, str]] = {
    **_SIGNS,
    **{_greek(name): name for name in _GREEK.split()},
    **{letter: name for name, letter in _CAPITALS.items()},
    **{letter.lower(): name.lower() for name, letter in _CAPITALS.items()},
}
"""Texts with the commands that represent them; the first command is the written one."""

SYMBOLS: Final[dict[str, str]] = {
    **{name: text for text, names in COMMANDS.items() for name in names.split()},
    **{name: name for name in _LOGOS.split()},
}
"""Commands without an argument, with the text that they represent."""

SMALL_CAPS: Final = '<span style="font-variant:small-caps;">'
NO_CASE: Final = '<span class="nocase">'

_WRAPPERS: Final = {
    ("<i>", "</i>"): "emph textit textsl mkbibemph mkbibitalic mathit",
    ("<b>", "</b>"): "textbf mkbibbold mathbf",
    ("<sup>", "</sup>"): "textsuperscript mkbibsuperscript",
    ("<sub>", "</sub>"): "textsubscript mkbibsubscript",
    (SMALL_CAPS, "</span>"): "textsc mkbibacro",
    (NO_CASE, "</span>"): "NoCaseChange",
    ("“", "”"): "enquote mkbibquote",
    ("(", ")"): "mkbibparens",
    ("[", "]"): "mkbibbrackets",
}
"""The tags around a text, with their commands; the first command is the written one."""

_DECLARATIONS: Final = {
    ("<i>", "</i>"): "it itshape sl slshape em",
    ("<b>", "</b>"): "bf bfseries",
    (SMALL_CAPS, "</span>"): "sc scshape",
}

WRAPPERS: Final = {name: around for around, names in _WRAPPERS.items() for name in names.split()}
"""Commands that separate their argument, with the text before and after it."""

DECLARATIONS: Final = {
    name: around for around, names in _DECLARATIONS.items() for name in names.split()
}
"""Commands that change the font up to the end of their group."""

TRANSPARENT: Final = frozenset(
    [
        "text",
        "textrm",
        "textsf",
        "texttt",
        "textup",
        "textmd",
        "textnormal",
        "mathrm",
        "mathsf",
        "mathcal",
        "mathtt",
        "mbox",
        "hbox",
        "protect",
        "lowercase",
        "MakeLowercase",
        "autocap",
        "underline",
        "uline",
        "ul",
        "sout",
        "so",
        "hl",
    ]
)
"""Commands of which only the argument is used here."""

SECOND_ARGUMENT: Final = frozenset({"foreignlanguage", "textlang", "textcolor", "texorpdfstring"})
"""Commands whose text is the second argument, after a language, a colour or a form for TeX."""

UPPER_CASE: Final = frozenset({"uppercase", "MakeUppercase", "MakeTextUppercase"})

MATH_LETTERS: Final = {
    "mathbb": "DOUBLE-STRUCK",
    "Bbb": "DOUBLE-STRUCK",
    "mathcal": "SCRIPT",
    "mathscr": "SCRIPT",
    "mathfrak": "FRAKTUR",
}
"""Alphabets of math in Unicode, with their names there."""

MATH_ACCENTS: Final = {
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    **dict.fromkeys(("bar", "overline"), "\u0304"),
    "acute": "\u0301",
    "grave": "\u0300",
    "breve": "\u0306",
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
    "mathring": "\u030a",
    "vec": "\u20d7",
}
"""Accents of math with the combining characters that they represent."""

_FUNCTIONS: Final = (
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf"
    " limsup ln log max min sec sin sinh sup tan tanh"
)
MATH_NAMES: Final = frozenset(_FUNCTIONS.split())
"""Functions whose commands print their names."""

SPACES: Final = {",": "\u202f", ";": " ", ":": " ", ">": " ", "!": ""}
"""Control symbols that are spaces."""

SPACING_ACCENTS: Final = {"^": "^", "~": "~", "`": "`", "'": "´", '"': "¨", "c": "¸", "v": "ˇ"}
"""Accents without a letter: `\\~{}` is often used for a tilde."""

DROPPED: Final = frozenset(
    [
        "/",
        "-",
        "@",
        "rm",
        "rmfamily",
        "sf",
        "sffamily",
        "tt",
        "ttfamily",
        "up",
        "upshape",
        "normalfont",
        "relax",
        "ignorespaces",
        "protect",
        "nobreakdash",
        "unskip",
        "noindent",
        "allowbreak",
        "nolinebreak",
        "linebreak",
        "sloppy",
        "displaystyle",
        "textstyle",
        "small",
        "footnotesize",
        "large",
        "penalty",
        "left",
        "right",
        "limits",
        "hfil",
        "hfill",
        "break",
    ]
)
"""Commands that print nothing."""

DROPPED_WITH_ARGUMENT: Final = frozenset(
    ["noopsort", "SortNoop", "nosort", "label", "index", "hspace", "vspace"]
)
"""Commands that are omitted with their argument; `\\noopsort` is common for sorting."""
