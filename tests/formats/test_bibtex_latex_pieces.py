"""LaTeX is read piece by piece; the result is that of the token reader on the whole text."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from refcite.formats.bibtex.latex_read import letters_read, read_latex
from refcite.formats.bibtex.latex_tokens import TokenReader
from refcite.formats.bibtex.people import read_names

# Whole constructs, their parts, and what changes the meaning of the text after it. White space and
# paragraphs, which are replaced before tokens are read, are left out.
PIECES: Final = [
    *("word", "DNA", "x", "7", " ", "'", "-", "--", "---", "''", "``", "`", "?`", "!`", "~", "*"),
    *("$x$", "$\\alpha$", "$H_2O$", "$\\frac{1}{2}$", "$a~b$", "$", "$$", "\\$", "$\\{x\\}$"),
    *("\\emph{in vivo}", "\\textit{a {B} c}", "{\\em x}", "\\em ", "\\bf ", "\\enquote{a ``b''}"),
    *("{\\'E}", "\\'E", '\\"{o}', "\\v Z", "\\v{Z}", "\\c c", "\\'", "\\v ", "\\v", "\\'{\\i}"),
    *("\\o ", "\\ss{}", "{\\O}", "\\LaTeX{} ", "\\LaTeX ", "\\&", "\\%", "\\,", "\\ ", "\\("),
    *("{DNA}", "{the {X} ray}", "{{DNA}}", "{\\'Etude}", "{", "}", "{}", "\\{", "\\}", "{a $b}"),
    *("\\unknown", "\\unknown{x}", "\\href{a}{b}", "\\href{a}", "\\url{a_~b}", "\\url{a$b}"),
    *("\\textcolor{red}{x}", "\\symbol{65}", "\\uppercase{a $x$ é}", "\\noopsort{z}", "\\\\ x"),
]
TEXTS: Final = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(text=TEXTS, protect=st.booleans())
@example(text="{\\'Etude} \\`{a} {``x''} `y'", protect=True)
@example(text="\\textit{a \\em b} \\v{\\i}{x}", protect=True)
def test_pieces_are_read_as_the_whole_text_is(text: str, protect: bool) -> None:
    text = " ".join(text.replace("\\\\", "").split())
    if text.endswith("\\"):
        text += " "
    whole = TokenReader(text, protect)
    unknown: list[str] = []
    assert read_latex(text, protect=protect, unknown=unknown) == whole.read()
    assert unknown == whole.unknown


@pytest.mark.parametrize(
    "name",
    [
        *(
            'M{\\"u}ller, J{\\"o}rg',
            "{\\v Z}ic, K.~L.",
            "\\'Alvarez, Ana",
            "Mar\\'{\\i}a P{\\'e}rez",
        ),
        *('von M\\"uller, {\\O}le', "{\\L}uk, Jr., Ana", "Jos\\'e de la Cr\\~uz", "d'{\\'E}t, Ana"),
    ],
)
def test_a_name_with_accents_is_divided_as_without_latex(name: str) -> None:
    # Both are read without the cache's help: the second text is another one.
    assert read_names(name) == read_names(letters_read(name, tie=" "))


def test_a_piece_is_read_again_in_every_text() -> None:
    for _ in range(2):
        assert read_latex("$\\beta$ {DNA}", protect=True) == 'β <span class="nocase">DNA</span>'
        assert read_latex("$\\beta$ {DNA}") == "β DNA"
        unknown: list[str] = []
        assert read_latex("\\foo{x}", unknown=unknown) == "\\foo{x}"
        assert unknown == ["foo"]
