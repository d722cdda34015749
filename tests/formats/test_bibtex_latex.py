"""What is written with `ascii` is compiled by LaTeX, where there is one, and read as it was."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from refcite.formats.bibtex import read, write
from refcite.formats.bibtex.latex_read import read_latex
from refcite.formats.bibtex.latex_tables import COMMANDS
from refcite.formats.bibtex.latex_write import write_latex

TEXTS: Final = [
    "Nguyễn Ấn, Dvořák, Øyvind Ås, Łukasz Święcki, Iași, Țepeș, įnašas",
    "The α-helix: x ≤ ∞ for αβ and Γ, ⩽ ⊂ ≠ ∉ ≁ ℝ 𝒩 ℏ ∅ ⊙ ⟨x⟩",
    "“x” – ‘y’ — … „z“ «q» £5 ½ °C ± × № ₩ ‰ a‑b ħ Ĳ",
]
SIGNS: Final = [text for text in COMMANDS if len(text) == 1 and text != "\n"]
LATIN: Final = [chr(code) for code in range(0xA1, 0x17F) if chr(code) not in "\xadŀĿŉĸŦŧ"]
DOCUMENT: Final = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{textcomp,amssymb}
\begin{document}
%s
\end{document}
"""


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_written_in_ascii_is_read_as_it_was(text: str) -> None:
    written = write_latex(text, ascii=True)
    assert written.isascii()
    assert r"\symbol" not in written
    assert read_latex(written) == text


def test_each_sign_and_each_letter_of_latin_is_read_as_it_was() -> None:
    assert [
        sign for sign in SIGNS + LATIN if read_latex(write_latex(sign, ascii=True)) != sign
    ] == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Tr\u01b0\u01a1ng C\u1eedu", r"Tr{\uhorn}{\ohorn}ng C{\h{\uhorn}}u"),  # in T5
        ("n\u0325 k\u032f", r"{\textsubring{n}} {\textsubarch{k}}"),  # in tipa
        ("\u03ac", r"$\acute{\alpha}$"),
        ("a \u2713 b", r"a $\checkmark$ b"),
    ],
)
def test_letters_of_other_encodings_are_read_as_they_were(text: str, written: str) -> None:
    assert write_latex(text, ascii=True) == written
    assert read_latex(written) == text


def test_what_no_font_has_is_written_as_what_prints_the_same() -> None:
    (record,) = read("@book{k, title = {CO₂ in 10⁻⁶ of\u2009ﬁne air}}")
    written = write([record], ascii=True)
    assert r"CO\textsubscript{2} in 10\textsuperscript{-}\textsuperscript{6} of\,fine" in written
    assert read(written)[0] == record


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"\ifmmode \check{C}\else \v{C}\fi{}ernot", "Černot"),
        (r"\ifmmode\mbox{\O}\else\O\fi{}ster", "Øster"),
        (r"2 \ifmmode \times \else \texttimes \fi{} 3", "2 × 3"),
        (r"\ifmmode a\ifmmode b\else c\fi\else d\ifmmode e\else f\fi g\fi", "dfg"),
        (r"x\ifmmode y\fi z", "xz"),
        (r"$\ifmmode \alpha\else a\fi$", "α"),
        (r"x \ifmmode y \else z", r"x \ifmmode y \else z"),
        (
            r"${\mathrm{d}}_{{x}^{2}\ensuremath{-}{y}^{2}}$",
            "d<sub>x<sup>2</sup>-y<sup>2</sup></sub>",
        ),
    ],
)
def test_what_the_american_physical_society_writes(text: str, said: str) -> None:
    assert read_latex(text) == said


def test_combining_marks_stand_over_their_letters() -> None:
    assert write_latex("Cafe\u0301 nai\u0308ve", ascii=True) == r"Caf{\'e} na{\"{\i}}ve"
    assert write_latex("e\u0323\u0301", ascii=True) == r"{\'{\d{e}}}"


def test_old_style_figures_are_digits() -> None:
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    text = "".join(rf"\text{name}oldstyle" for name in names)
    assert read_latex(text) == "0123456789"


@pytest.mark.parametrize(
    ("command", "sign"),
    [
        (r"\textscr", "ʀ"),
        (r"\textturna", "ɐ"),
        (r"\textctz", "ʑ"),
        (r"\texthtb", "ɓ"),
        (r"\textesh", "ʃ"),
        (r"\textyogh", "ʒ"),
        (r"\textschwa", "ə"),
        (r"\textscR", r"\textscR"),
        (r"\textturnA", r"\textturnA"),
        (r"\textsc", r"\textsc"),
    ],
)
def test_letters_of_phonetics_are_those_that_have_a_command(command: str, sign: str) -> None:
    assert read_latex(command) == sign


@pytest.mark.skipif(shutil.which("latex") is None, reason="there is no LaTeX on this machine")
def test_latex_compiles_what_is_written_in_ascii(tmp_path: Path) -> None:
    lines = [write_latex(text, ascii=True) for text in [*TEXTS, *SIGNS, *LATIN, "e\u0323\u0301"]]
    (tmp_path / "a.tex").write_text(DOCUMENT % "\n\n".join(lines), encoding="ascii")
    run = subprocess.run(
        ["latex", "-interaction=nonstopmode", "-halt-on-error", "-draftmode", "a.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert run.returncode == 0, run.stdout.decode(errors="replace")[-800:]
