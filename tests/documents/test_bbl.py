"""The bibliographies of LaTeX documents."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from refcite import RefciteError
from refcite.documents.auxiliary import read_aux
from refcite.documents.bbl import Bbl, bbl
from tests.waiting import HANG

REFS = r"""
@string{wolff = {Wolff \& Sons}}
@book{one, author={Roe, Ann and Doe, John and Foe, Jim}, title={Gold}, year=2019, publisher=wolff}
@book{two, author={Roe, Ann and Doe, John and Foe, Jim}, title={Ashes}, year=2019}
@book{who, author={{Health Office (Europe)}}, title={Report [draft]}, year=2020}
@book{alone, author={Kafka, Franz}, title={The Castle}, year=1926}
"""
BIBITEM = re.compile(r"^\\bibitem(?:\[(.*)\])?\{(\w+)\}$", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "refs.bib").write_text(REFS, encoding="utf-8")
    return tmp_path


def written(folder: Path, *lines: str, style: str | None = None) -> Bbl:
    aux = folder / "main.aux"
    aux.write_text("\n".join((r"\relax ", *lines, "")), encoding="utf-8")
    return bbl(aux, style=style)


def labels(done: Bbl) -> dict[str, str]:
    return {key: label for label, key in BIBITEM.findall(done.text)}


def test_styles_with_years_have_the_labels_of_natbib(folder: Path) -> None:
    done = written(folder, r"\citation{one,two}", r"\citation{who}", r"\bibstyle{csl:apa}",
                   r"\bibdata{refs}")  # fmt: skip
    assert labels(done) == {
        "who": "{Health Office (Europe)}(2020){Health Office (Europe)}",
        "two": "Roe et al.(2019a)Roe, Doe, and Foe",
        "one": "Roe et al.(2019b)Roe, Doe, and Foe",
    }
    assert r"Roe, A., Doe, J., \& Foe, J. (2019b). \textit{Gold}. Wolff \& Sons." in done.text
    assert done.text.startswith("\\begin{thebibliography}{3}\n")
    assert done.problems == ()


def test_styles_with_numbers_leave_the_numbers_to_latex(folder: Path) -> None:
    done = written(folder, r"\citation{who}", r"\citation{alone}", r"\citation{who}",
                   r"\bibdata{refs.bib}", style="ieee")  # fmt: skip
    assert BIBITEM.findall(done.text) == [("", "who"), ("", "alone")]
    assert "\\bibitem{alone}\nF. Kafka, \\textit{The Castle}. 1926." in done.text


def test_styles_with_labels_print_them(folder: Path) -> None:
    done = written(folder, r"\citation{alone}", r"\bibdata{refs}", style="din-1505-2-alphanumeric")
    assert labels(done) == {"alone": "Kafk26"}
    assert r"\begin{thebibliography}{Kafk26}" in done.text
    assert done.text.count("Kafk26") == 2


def test_a_title_in_place_of_a_year_is_part_of_the_names(folder: Path) -> None:
    style = "modern-language-association"
    done = written(folder, r"\citation{one,two,alone}", r"\bibdata{refs}", style=style)
    assert labels(done)["alone"] == "Kafka()Kafka"
    assert labels(done)["one"] == r"Roe et al., \textit{Gold}()Roe, Doe, and Foe, \textit{Gold}"


def test_all_entries_follow_those_that_are_cited(folder: Path) -> None:
    done = written(folder, r"\citation{*}", r"\citation{alone}", r"\bibdata{refs}", style="ieee")
    assert done.keys == ("alone", "one", "two", "who")


def test_undefined_keys_are_reported_with_their_place(folder: Path) -> None:
    done = written(folder, r"\citation{alone}", r"\citation{allone}", r"\bibdata{refs}",
                   r"\bibstyle{csl:apa}")  # fmt: skip
    (problem,) = done.problems
    assert str(problem) == (
        f"{folder / 'main.aux'}:3: warning: there is no entry 'allone' in the bibliography files;"
        " did you mean 'alone' or 'one'? [undefined-key]"
    )
    assert done.keys == ("alone",)


def test_included_files_are_read_at_their_place(folder: Path) -> None:
    (folder / "part").mkdir()
    (folder / "part" / "b.aux").write_text("\\citation{who}\n\\@input{main.aux}\n", "utf-8")
    done = written(folder, r"\citation{one}", r"\@input{part/b.aux}", r"\@input{no.aux}",
                   r"\citation{alone}", r"\bibdata{refs}", style="ieee")  # fmt: skip
    assert done.keys == ("one", "who", "alone")
    assert [problem.code for problem in done.problems] == ["repeated-aux-file", "missing-aux-file"]


def test_several_files_are_read_as_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("texmf")
    (elsewhere / "deep").mkdir()
    (elsewhere / "deep" / "more.bib").write_text(
        "@book{new, title={New}, publisher=wolff}\n@book{bad, title={Unclosed}, year=\n", "utf-8"
    )
    monkeypatch.setenv("BIBINPUTS", f".:{elsewhere}//:")
    done = written(folder, r"\citation{new}", r"\bibdata{refs,more}", style="apa")
    assert r"\textit{New}. (n.d.). Wolff \& Sons." in done.text
    files = {(Path(str(problem.file)).name, problem.line) for problem in done.problems}
    assert files == {("more.bib", 2), ("more.bib", 3)}


def test_a_missing_file_is_an_error(folder: Path) -> None:
    done = written(folder, r"\citation{one}", r"\bibdata{refs,nofile}", style="apa")
    assert [str(problem.severity) for problem in done.problems] == ["error"]
    assert done.keys == ("one",)
    assert not written(folder, r"\bibdata{nofile}", style="apa").has_sources


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (r"\abx@aux@cite{0}{one}", "only biber reads"),
        (r"\citation{one}", "names no bibliography file"),
        ("\\bibdata{refs}\n\\bibstyle{plain}", "is one of BibTeX"),
        (r"\bibdata{refs}", "names no style"),
    ],
)
def test_documents_that_cannot_be_used_are_explained(folder: Path, line: str, message: str) -> None:
    with pytest.raises(RefciteError, match=message):
        written(folder, line)


def test_a_file_may_be_in_an_old_encoding(folder: Path) -> None:
    aux = folder / "old.aux"
    aux.write_bytes("\\citation{müller}\n\\bibdata{refs}\n".encode("latin-1"))
    assert [one.value for one in read_aux(folder / "old").keys] == ["müller"]


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="LaTeX is not installed")
@pytest.mark.parametrize(
    ("style", "packages", "cited"),
    [
        (
            "apa",
            r"\usepackage{natbib,hyperref}",
            "Roe, Doe, and Foe (2019) and (Kafka, 1926, p. 3)",
        ),
        ("ieee", r"\usepackage{hyperref}", "[1] and [2, p. 3]"),
        ("apa", "", "[Roe et al., 2019] and [Kafka, 1926, p. 3]"),
    ],
)
def test_latex_prints_the_citations(folder: Path, style: str, packages: str, cited: str) -> None:
    has_natbib = "natbib" in packages
    one, other = (r"\citet*", r"\citep") if has_natbib else (r"\cite", r"\cite")
    (folder / "main.tex").write_text(
        rf"\documentclass{{article}}{packages}\begin{{document}}"
        rf"{one}{{one}} and {other}[p. 3]{{alone}}"
        rf"\bibliographystyle{{csl:{style}}}\bibliography{{refs}}\end{{document}}",
        encoding="utf-8",
    )

    def latex() -> None:
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "main.tex"]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=HANG, check=False)
        assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]

    latex()
    done = bbl(folder / "main.aux")
    (folder / "main.bbl").write_text(done.text, encoding="utf-8")
    latex()
    latex()
    log = (folder / "main.log").read_text("utf-8", errors="replace")
    assert "undefined" not in log
    if shutil.which("pdftotext"):
        reader = ["pdftotext", "main.pdf", "-"]
        text = subprocess.run(reader, cwd=folder, capture_output=True, timeout=HANG, check=True)
        assert cited in " ".join(text.stdout.decode().split())


def test_signs_of_mathematics_are_in_math(folder: Path) -> None:
    (folder / "refs.bib").write_text("@book{k, title = {$\\alpha \\leq 5$ in H$_2$O, Αθήνα}}")
    (folder / "main.aux").write_text("\\citation{k}\n\\bibstyle{csl:apa}\n\\bibdata{refs}\n")
    written = bbl(folder / "main.aux").text
    assert "\\ensuremath{\\alpha}\\ensuremath{\\leq}5 in H" in written
    assert "Αθήνα" in written
