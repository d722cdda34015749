"""`refcite bbl`, as a user of LaTeX runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_cli import run

AUX = "\\relax\n\\citation{kafka,none}\n\\bibstyle{csl:apa}\n\\bibdata{refs}\n"


@pytest.fixture
def aux(tmp_path: Path) -> Path:
    bib = "@book{kafka, author = {Franz Kafka}, title = {The Castle}, year = 1926}\n"
    (tmp_path / "refs.bib").write_text(bib, encoding="utf-8")
    path = tmp_path / "main.aux"
    path.write_text(AUX, encoding="utf-8")
    return path


def test_the_file_is_written_next_to_the_auxiliary_file(aux: Path) -> None:
    done = run("bbl", aux)
    assert (done.stdout, done.returncode) == ("", 0)
    assert done.stderr.startswith(f"{aux}:2: warning: there is no entry 'none'")
    text = aux.with_suffix(".bbl").read_text(encoding="utf-8")
    assert "\\bibitem[Kafka(1926)Kafka]{kafka}\n" in text


def test_the_name_may_be_that_of_the_document(aux: Path) -> None:
    done = run("bbl", aux.with_suffix(""), "--style", "ieee", "-o", "-")
    assert "\\bibitem{kafka}\nF. Kafka, \\textit{The Castle}. 1926." in done.stdout
    assert not aux.with_suffix(".bbl").exists()


@pytest.mark.parametrize(
    ("text", "options", "status", "message"),
    [
        (AUX.replace("refs", "refs,more"), [], 1, "the bibliography file 'more' is not found"),
        (AUX.replace("refs", "more"), [], 1, "the bibliography file 'more' is not found"),
        (AUX.replace("csl:apa", "plain"), [], 1, "write \\bibliographystyle{csl:apa}"),
        (AUX, ["--style", "apaa"], 2, "there is no style 'apaa'"),
        ("\\abx@aux@cite{0}{kafka}\n", [], 1, "only biber reads"),
    ],
)
def test_errors_are_explained(
    aux: Path, text: str, options: list[str], status: int, message: str
) -> None:
    aux.write_text(text, encoding="utf-8")
    done = run("bbl", aux, *options)
    assert done.returncode == status
    assert message in done.stderr
    assert aux.with_suffix(".bbl").exists() is (",more" in text)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    done = run("bbl", tmp_path / "none.aux")
    assert done.returncode == 1
    assert "none.aux" in done.stderr
    assert "Traceback" not in done.stderr
