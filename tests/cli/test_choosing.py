"""Several files as one, and the records that a command uses: `--only`, `--where`, `--sort`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refcite.formats import dumps, load, loads
from tests.cli.test_cli import run

BIB = r"""% Encoding: UTF-8
@string{j = {Journal of {Lamps}}}
@preamble{"\newcommand{\x}{}"}

@article{roe2019,
  author = {Roe, Ann}, title={Lamps},
   journal = j, year = 2019, keywords={asylum, law}, rating = {5}
}

% about b
@book{b, title={Books}, year=2001, publisher={Orb},abstract={Long.}}

@Comment{jabref-meta: x}
"""
RIS = """TY  - BOOK
ID  - b
TI  - Books
PY  - 2001
PB  - Orb
AB  - Long.
ER  -
TY  - JOUR
ID  - roe2019
TI  - Other
ER  -
"""


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "a.bib"
    path.write_text(BIB, encoding="utf-8")
    return path


@pytest.fixture
def ris(tmp_path: Path) -> Path:
    path = tmp_path / "b.ris"
    path.write_text(RIS, encoding="utf-8")
    return path


def test_files_of_several_formats_become_one(bib: Path, ris: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.bib"
    done = run("convert", bib, ris, "-o", out)
    assert done.returncode == 0
    written = out.read_text(encoding="utf-8")
    assert written.startswith(BIB[: BIB.index("\n@Comment")])
    assert load(out).ids == ("roe2019", "b", "roe2019a")
    assert f"{ris}:8: warning: the id 'roe2019' is also used in {bib} (line 5)" in done.stderr
    assert "[equal-records]" in done.stderr
    piped = run("convert", bib, "-", "-t", "bibtex", stdin=RIS)
    assert piped.stdout == written


def test_large_files_are_read_twice_and_written_once(bib: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.jsonl"
    items = [{"id": f"a{n}", "type": "book", "title": f"T{n}"} for n in range(1000)]
    items += [{"id": "b", "type": "book", "title": "Another"}]
    text = "".join(f"{json.dumps(item)}\n" for item in items)
    large.write_text(text, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    # Standard input may be of any size.
    done = run("convert", large, bib, "-", "-o", out, "--where", "id!=a7", stdin=text)
    assert done.returncode == 0
    ids = load(out).ids
    assert ids == (*(f"a{n}" for n in range(1000) if n != 7), "b", "roe2019", "b-2")
    assert done.stderr.count("[equal-records]") == done.stderr.count("[renamed-id]") == 1


def test_a_file_that_cannot_be_read_does_not_stop_the_others(bib: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = run("convert", tmp_path / "none.bib", bib, "-o", out)
    assert (done.returncode, load(out).ids) == (1, ("roe2019", "b"))
    out.write_text("kept", encoding="utf-8")
    done = run("convert", tmp_path / "none.bib", tmp_path / "no.bib", "-o", out)
    assert (done.returncode, out.read_text(encoding="utf-8")) == (1, "kept")


@pytest.mark.parametrize("command", [["convert", "-t", "csl-json"], ["cite"], ["check"], ["stats"]])
def test_a_wrong_condition_is_shown_with_its_place(command: list[str], bib: Path) -> None:
    for condition, place in [("yaer=2001", 0), ("type=book or yaer=2001", 13), ("year=x", 5)]:
        done = run(*command, bib, "--where", condition)
        assert done.returncode == 2
        assert done.stderr.endswith(f"\n  {condition}\n  {' ' * place}^\n")


def test_records_are_chosen_and_sorted(bib: Path, ris: Path) -> None:
    cited = run("cite", bib, ris, "-s", "ieee", "--where", "year>0", "--sort=-year")
    assert cited.stdout.index("Lamps") < cited.stdout.index("Books")
    assert "Other" not in cited.stdout
    done = run("convert", bib, "-t", "csl-jsonl", "--only", "b", "--drop", "abstract,publisher")
    assert set(json.loads(done.stdout)) == {"id", "type", "title", "issued"}
    assert "no record has the id 'roe'; did you" in run("check", bib, "--only", "roe").stderr
    doubtful = run("convert", bib, "-t", "csl-json", "--drop", "raiting")
    assert (doubtful.returncode, "did you mean 'rating'" in doubtful.stderr) == (0, True)
    assert run("convert", bib, "-t", "ris", "--where", "year", "--out-dir", "x").returncode == 2


def test_a_clash_is_reported_with_the_later_file(bib: Path, ris: Path) -> None:
    done = run("check", bib, ris)
    first, second = (line.partition(", ")[0] for line in done.stdout.splitlines())
    assert first.endswith("a.bib: 2 records")
    assert second.endswith("b.ris: 2 records")
    (clash,) = (line for line in done.stderr.splitlines() if "is also used in" in line)
    assert "b.ris:" in clash
    assert "is also used in" not in run("check", bib, ris, "--only", "b").stderr


def test_libraries_in_numbers(bib: Path, ris: Path) -> None:
    done = run("stats", bib, ris)
    assert done.stdout.startswith("3 records\n\ntype             records\narticle-journal  2\n")
    numbers = json.loads(run("stats", bib, ris, "--json", "--where", "type~article").stdout)
    assert numbers["types"] == {"article-journal": 2}
    assert numbers["years"] == {"2019": 1}
    assert (numbers["sources"], numbers["without_source"]) == ({"Journal of Lamps": 1}, 1)
    assert numbers["missing"]["article-journal"]["doi/url"] == 2


# What a command does not name does not change


_ENTRY = st.builds(
    lambda spaces, title, year, macro, comment: (
        f"{comment}@book {{KEY,{spaces}title = {{{title}}} ,{spaces}year={year}"
        + (f", publisher = {macro}" if macro else "")
        + "\n}"
    ),
    spaces=st.sampled_from(["", " ", "\n\t", "\n  "]),
    title=st.sampled_from(["A {B} c", "{\\'E}tude", "One", "x -- y"]),
    year=st.integers(1990, 2020),
    macro=st.sampled_from(["", "m", '"P" # m']),
    comment=st.sampled_from(["", "% mine\n", "text between\n"]),
)


@given(entries=st.lists(_ENTRY, min_size=1, max_size=8), limit=st.integers(1990, 2020))
@settings(max_examples=60, deadline=None)
def test_chosen_entries_are_written_letter_for_letter(entries: list[str], limit: int) -> None:
    keyed = [entry.replace("KEY", f"k{number}") for number, entry in enumerate(entries)]
    text = "@string{m = {Press}}\n" + "\n\n".join(keyed) + "\n"
    library = loads(text, "bibtex")
    for chosen in (library.where(f"year>={limit}"), library.sorted("-year,id")):
        written = dumps(chosen, "bibtex")
        places = []
        for record in chosen:
            entry = keyed[int(record.id[1:])]
            places.append(written.index(entry[entry.index("@") :]))
        assert places == sorted(places)
        assert loads(written, "bibtex") == chosen
    assert dumps(library.where("year>=0").drop("abstract"), "bibtex") == text
