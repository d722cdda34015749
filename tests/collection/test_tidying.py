"""Tidying BibTeX files: the steps, what remains as it is, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from refcite import loads, tidy
from refcite.cli.app import app
from refcite.collection.tidying import STEPS, JournalNames
from refcite.formats.files import utf_8_text
from refcite.problems import RefciteError
from tests.shared import shared_or_none

FOLDER = shared_or_none("corpora", "bib")
FILES = sorted(FOLDER.glob("*.bib")) if FOLDER is not None else []
LARGEST = 400_000


def entry(fields: str, kind: str = "article") -> str:
    return f"@{kind}{{k,\n{fields}\n}}\n"


@pytest.mark.parametrize(
    ("before", "after", "settings"),
    [
        ("  MONTH = {Sept.},", "  month = sep,", {}),
        ("  month = 11,", "  month = nov,", {}),
        ("  doi = {https://doi.org/10.1000/x},", "  doi = {10.1000/x},", {}),
        ("  url = {http://dx.doi.org/10.1000/x},", "  doi = {10.1000/x},", {}),
        ("  pages = {12 - 15, e3-e9},", "  pages = {12--15, e3--e9},", {}),
        ("  pages = {2-12-2-15},", "  pages = {2-12-2-15},", {}),
        ("  issn = {ISSN 03785955},", "  issn = {0378-5955},", {}),
        ("  title = {R&D at 5% in $a_1$},", "  title = {R\\&D at 5\\% in $a_1$},", {}),
        ("  title = {Lamps &amp; Suns},", "  title = {Lamps &amp; Suns},", {}),
        ("  note = {See \\url{a_b}},", "  note = {See \\url{a_b}},", {}),
        ("  title = {A\n   title},\n  note = {},", "  title = {A title},", {}),
        ("  crossref = {p},\n  note = {},", "  crossref = {p},\n  note = {},", {}),
        ("  isbn = {0-306-40615-2},", "  isbn = {9780306406157},", {"extend_select": ["isbn-13"]}),
        (
            '  title = "A {"}quoted{"} word",',
            '  title = "A {"}quoted{"} word",',
            {"delimiters": "quotes"},
        ),
        ('  title = {A "quoted" word},', '  title = {A "quoted" word},', {"delimiters": "quotes"}),
        ("  author = {Mu{\\~n}oz, Jos\\'e},", "  author = {Muñoz, José},", {"encoding": "unicode"}),
        ("  author = {Muñoz, $é$},", "  author = {Mu{\\~n}oz, $é$},", {"encoding": "latex"}),
        ("  year = {2019},\n  month = may,", "  date = {2019-05},", {"dates": "biblatex"}),
        ("  date = {2019-05},", "  year = {2019},\n  month = may,", {"dates": "bibtex"}),
        ("  author = {A and B and C},", "  author = {A and others},", {"max_authors": 1}),
        ("  year = {2019},", "  year = 2019,", {"bare_numbers": True}),
        (
            "  title = {The DNA of Oslo},",
            "  title = {The {DNA} of Oslo},",
            {"extend_select": ["protect-capitals"]},
        ),
        (
            "  title = {Trade Winds in Norway: The Case},",
            "  title = {Trade winds in Norway: The case},",
            {"title_case": "sentence"},
        ),
        ("  a = {1},\n  abstract = {Long},", "  a = {1},", {"omit": ["abstract"]}),
    ],
)
def test_steps_change_values(before: str, after: str, settings: dict[str, object]) -> None:
    done = tidy(entry(before), **settings)
    assert done.text == entry(after)
    assert tidy(done.text, **settings).text == done.text


def test_comments_macros_and_broken_entries_remain() -> None:
    text = (
        '% The library of Ann\n\n@string{j = "Journal of Lamps"}\n\n@comment{jabref-meta: x}\n\n'
        "% about a\n@Book{a,title={A}, journal = j # { B}}\n\n@book{b, title = {B} year = 2001}\n"
    )
    done = tidy(text)
    assert done.text == text.replace(
        "@Book{a,title={A}, journal = j # { B}}",
        "@book{a,\n  title = {A},\n  journal = j # { B},\n}",
    )
    assert [(one.code, one.key, one.line) for one in done.problems] == [("not-tidied", "b", 10)]


def test_without_layout_only_the_changed_values_are_written() -> None:
    text = '@Book{a ,TITLE={A},\r\n\tdoi="doi:10.1000/x" }\r\nafter'
    assert tidy(text, select=["doi"]).text == text.replace("doi:10", "10")


def test_keys_follow_in_references_and_the_map_names_them() -> None:
    text = entry("  crossref = {p},\n  title = {T},\n  author = {Roe, Ann},\n  year = 2019,") + (
        "\n@proceedings{p,\n  title = {P},\n  editor = {Poe, Bob},\n  year = 2018,\n}\n"
    )
    done = tidy(text, keys="{author:lower}{year}")
    assert done.key_map == {"k": "roe2019", "p": "poe2018"}
    assert "crossref = {poe2018}" in done.text
    assert tidy(text, key_map=done.key_map).text == done.text


def test_parents_follow_the_sorted_entries_and_macros_precede_them() -> None:
    text = (
        "% start\n\n@book{b,\n  title = {B},\n  year = 2001,\n}\n\n@string{x = {X}}\n\n"
        "@book{a,\n  title = x,\n  year = 2002,\n}\n\n"
        "@inbook{c,\n  crossref = {a},\n  year = 2003,\n}\n"
    )
    done = tidy(text, sort="-year")
    places = [done.text.index(part) for part in ("% start", "@string", "{c,", "{b,", "{a,")]
    assert places == sorted(places)
    assert loads(done.text).ids == ("c", "b", "a")


def test_lists_precede_the_words_of_iso_4() -> None:
    pytest.importorskip("pyiso4")
    names = JournalNames([("Nature Lamps", "N. L.")], "abbreviate")
    assert names("Nature Lamps") == "N. L."
    assert names("Journal of Physical Chemistry") == "J. Phys. Chem."
    assert names("J. Phys. Chem.") == "J. Phys. Chem."


@pytest.mark.parametrize(
    "settings", [{"select": ["doy"]}, {"encoding": "ascii"}, {"select": ["omit"]}, {"keys": "{x}"}]
)
def test_a_wrong_setting_is_an_error(settings: dict[str, object]) -> None:
    with pytest.raises(RefciteError, match=r"step|encoding|field"):
        tidy("", **settings)


TEXTS = st.text(st.sampled_from("ab Z&%#_$\\{}~\"'-–é\n,="), max_size=30)


@given(TEXTS, TEXTS)
def test_records_remain_the_same_and_a_second_time_changes_nothing(one: str, other: str) -> None:
    text = f"@article{{k, title = {{{one}}}, note = {{{other}}}}}\n\n@book{{l, title = {{L}}}}\n"
    done = tidy(text)
    before, after = loads(text, "bibtex"), loads(done.text, "bibtex")
    assert [(record.id, record.title) for record in after] == [
        (record.id, record.title) for record in before
    ]
    assert tidy(done.text).text == done.text


@pytest.mark.skipif(not FILES, reason="the shared corpora are absent")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_real_files_are_tidied_once_and_keep_their_records(file: Path) -> None:
    text = utf_8_text(file.read_bytes())
    if len(text) > LARGEST:
        text = text[: text.index("\n@", LARGEST)]
    done = tidy(text)
    assert tidy(done.text).text == done.text
    before, after = loads(text, "bibtex"), loads(done.text, "bibtex")
    assert [(one.id, one.title, one.author, one.issued) for one in before] == [
        (one.id, one.title, one.author, one.issued) for one in after
    ]


# The command


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["tidy", *arguments])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(entry("  author = {Roe, Ann},\n  year = 2019,\n  pages = {1-9},"), "utf-8")
    return path


def test_check_and_diff_change_no_file(file: Path) -> None:
    text = file.read_text("utf-8")
    status, _, told = run(str(file), "--check")
    assert (status, "would be tidied: pages 1" in told) == (1, True)
    status, shown, _ = run(str(file), "--diff")
    assert (status, "+  pages = {1--9}," in shown) == (1, True)
    assert file.read_text("utf-8") == text
    assert run(str(file))[0] == 0
    assert run(str(file), "--check")[:2] == (0, "")


def test_the_map_of_keys_changes_documents(file: Path, tmp_path: Path) -> None:
    paper, names = tmp_path / "paper.md", tmp_path / "keys.json"
    paper.write_text("See [@k, p. 3] and `@k`.\n", "utf-8")
    status, _, told = run(
        str(file), "--keys", "{author:lower}", "--key-map", str(names), "--in-documents", str(paper)
    )
    assert (status, json.loads(names.read_text("utf-8"))) == (0, {"k": "roe"}), told
    assert paper.read_text("utf-8") == "See [@roe, p. 3] and `@k`.\n"
    paper.write_text("Again @k.", "utf-8")
    assert run(str(file), "--key-map", str(names), "--in-documents", str(paper))[0] == 0
    assert paper.read_text("utf-8") == "Again @roe."


def test_the_configuration_is_used(file: Path, tmp_path: Path) -> None:
    (tmp_path / "refcite.toml").write_text('[tidy]\nselect = ["pages"]\nomit = ["year"]\n', "utf-8")
    assert run(str(file))[0] == 0
    assert file.read_text("utf-8") == entry("  author = {Roe, Ann},\n  pages = {1--9},")


def test_other_formats_and_wrong_steps_are_errors(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "refs.ris"
    other.write_text("TY  - BOOK\nTI  - A\nER  - \n", "utf-8")
    status, _, told = run(str(other))
    assert (status, "only BibTeX files are tidied" in told) == (1, True)
    assert run(str(file), "--select", "doy")[0] == 2


def test_every_step_has_a_name_of_its_own() -> None:
    names = [step.name for step in STEPS]
    assert len(set(names)) == len(names)
    status, shown, _ = run("--steps")
    assert status == 0
    assert all(f"{name} (" in shown for name in names)
