"""Documents in Markdown, rendered, against pandoc if it is installed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import refcite
from refcite.cli.app import app
from refcite.documents import rename_keys
from refcite.documents.syntaxes import find_syntax
from tests.documents.peers import compared, known_differences, pandoc_program

WORKS = [
    refcite.Record(id="ash", type="book", title="Oars", author="Ann Ash", issued=2001),
    refcite.Record(id="birch", type="book", title="Masts", author="Bo Birch", issued=2002),
]
NOTES = "chicago-notes-bibliography"


def body(text: str, style: str = "apa") -> str:
    """Return the first line of a rendered document."""
    return refcite.render(text, WORKS, style=style).text.split("\n")[0]


def test_documents_are_rendered_as_by_pandoc() -> None:
    program = pandoc_program()
    if program is None:
        pytest.skip("pandoc is not installed")
    known = known_differences()
    for one in compared(program, ["groups", "keys", "not-citations", "in-text-notes", "nocite"]):
        for way, text in one.found.items():
            assert (text == one.expected) != (one.name in known[way]), (one.name, way)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oars [@ash].", "Oars (Ash, 2001)."),
        ("Oars [see @ash, pp. 3-5; -@birch].", "Oars (see Ash, 2001, pp. 3–5; 2002)."),
        ("@ash [p. 3] and @birch's.", "Ash (2001, p. 3) and Birch (2002)'s."),
        ("@ash [also @birch] rows.", "Ash (2001; also Birch, 2002) rows."),
        ("@{ash} rows.", "Ash (2001) rows."),
        ("See [@ash{iv, (xv)} and `x`].", "See (Ash, 2001, iv, (xv) and `x`)."),
        ("- See [@ash, p. 3\n  p. 4].", "- See (Ash, 2001, p. 3 p. 4)."),
        ("[@nix; @nox]", "(**nix?**; **nox?**)"),
        ("[*Cf.* @ash]", "(*Cf.* Ash, 2001)"),
        ("[@ash](http://x.org/@birch)", "[Ash (2001)](http://x.org/@birch)"),
    ],
)
def test_a_citation_is_replaced_at_its_place(text: str, expected: str) -> None:
    assert body(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@ash; @ash3]", "(Ash, 2001, 2003)"),
        ("[@ash, p. 3; @ash3]", "(Ash, 2001, p. 3; 2003)"),
        ("[@ash; @ash3, p. 3]", "(Ash, 2001; 2003, p. 3)"),
        ("[@ash; also @ash3]", "(Ash, 2001; also Ash, 2003)"),
        ("[@ash, *passim*; @ash3]", "(Ash, 2001, *passim*; Ash, 2003)"),
        ("[@ash3; @ash, *passim*]", "(Ash, 2003; Ash, 2001, *passim*)"),
        ("[see @birch; @ash3; @ash]", "(see Birch, 2002; Ash, 2001, 2003)"),
    ],
)
def test_affixes_divide_groups_of_cites_and_locators_their_years(text: str, expected: str) -> None:
    sails = refcite.Record(id="ash3", type="book", title="Sails", author="Ann Ash", issued=2003)
    assert refcite.render(text, [*WORKS, sails], style="apa").text.split("\n")[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mail to ann@ash.org, a.@ash or <bo@birch.org>.",
        "`@ash` and ``x ` [@birch]``.",
        "$a_{@ash}$ and \\@ash, \\@ref(fig:ash).",
        "<!-- [@ash] --> <span id='@birch'>x</span>",
        "{{< include [@ash] >}} @fig-ash [@tbl:birch; @sec-ash]",
        "[x]: http://x.org/@ash",
        "\\cite{@ash} \\href{@birch}{x}",
        "    @ash",
        "~~~\n@ash\n~~~",
        "<pre>\n@ash\n</pre>",
        "- item\n\n      @ash in code",
    ],
)
def test_what_is_no_citation_is_left_as_it_is(text: str) -> None:
    rendered = refcite.render(text, WORKS)
    assert (rendered.text, rendered.citations, rendered.problems) == (text, (), ())


def test_a_style_for_notes_makes_notes_and_moves_punctuation() -> None:
    text = 'He "rows" [@ash, 3]. @birch does not, ash [@birch]: no.'
    rendered = refcite.render(text, WORKS, style=NOTES).text
    assert rendered.startswith('He "rows."[^1] Bo Birch[^2] does not, ash:[^3] no.\n')
    assert "\n[^1]: Ann Ash, *Oars* (2001), 3.\n" in rendered


def test_a_citation_in_a_note_stays_in_it_and_has_its_number() -> None:
    text = (
        "One [@ash].[^n] Two.^[[@birch]. See [@ash].]\n\n[^n]: As @birch [3] shows. And [@ash].\n"
    )
    rendered = refcite.render(text, WORKS, style=NOTES).text
    assert rendered.startswith("One.[^1][^n] Two.^[Birch, *Masts*. See (Ash, *Oars*).]\n")
    assert "\n[^n]: As Bo Birch, *Masts* (2002), 3 shows. And (Ash, *Oars*).\n" in rendered


def test_the_bibliography_is_put_into_its_div() -> None:
    text = "@ash\n\n::: {#refs}\n:::\n\n# Appendix\n"
    rendered = refcite.render(text, WORKS).text
    assert rendered.index('<div id="ref-ash"') < rendered.index("\n:::\n\n# Appendix")
    assert rendered.endswith("# Appendix\n")


def test_the_metadata_decide_before_the_arguments(tmp_path: Path) -> None:
    items = [{"id": "fir", "type": "book", "title": "Decks", "author": [{"family": "Fir"}]}]
    (tmp_path / "refs.json").write_text(json.dumps(items))
    text = "---\nbibliography: refs.json\ncsl: ieee\nnocite: '@ash, @*'\n---\n\n[@fir]\n"
    rendered = refcite.render(text, WORKS, style="apa", file=tmp_path / "paper.md")
    assert "\\[1\\]" in rendered.text
    assert rendered.bibliography is not None
    assert set(rendered.bibliography.ids) == {"fir", "ash", "birch"}
    assert rendered.text.startswith(text.split("[@fir]")[0])


def test_problems_have_their_lines_and_the_text_is_kept(tmp_path: Path) -> None:
    text = "---\nbibliography: none.bib\ncsl: no-style\nlang: xx\n---\n\n[@asch], [@ash; @nix"
    rendered = refcite.render(text, WORKS, file=tmp_path / "a.md")
    found = {(one.code, one.line) for one in rendered.problems}
    assert found == {
        ("undefined-key", 7),
        ("unclosed-bracket", 7),
        ("unreadable-input", 2),
        ("unknown-style", 3),
        ("unknown-language", 4),
    }
    assert "(**asch?**), [Ash (2001); (**nix?**)" in rendered.text
    assert any("'ash'" in one.message for one in rendered.problems if one.key == "asch")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("On @ash and more", "On Ash (2001) and more"),
        ("'On [@ash]: it''s'", "'On (Ash, 2001): it''s'"),
        ('"On [@ash] \\u00e9"', '"On (Ash, 2001) \\u00e9"'),
        ("It's by @fir", "'It''s by *Decks: A Study* (n.d.)'"),
        ("|\n  First [@ash].\n\n  Second @ash", "|\n  First (Ash, 2001).\n\n  Second Ash (2001)"),
    ],
)
def test_citations_in_the_metadata_leave_it_valid(value: str, expected: str) -> None:
    fir = refcite.Record(id="fir", type="book", title="Decks: A study")
    text = f"---\ntitle: {value}\ntwitter: '@oak'\n---\n\nText.\n"
    rendered = refcite.render(text, [*WORKS, fir], style="apa")
    assert rendered.text.startswith(f"---\ntitle: {expected}\ntwitter: '@oak'\n---\n\nText.\n")
    assert rendered.problems == ()


def test_values_in_a_list_of_metadata_are_quoted_for_their_commas() -> None:
    text = "---\nauthor: [A @ash, B]\nsubtitle: '[@nix]'\n---\n\nText @birch.\n"
    rendered = refcite.render(text, WORKS, style=NOTES)
    assert "author: ['A Ann Ash[^1]', B]\n" in rendered.text
    assert "Text Bo Birch.[^3]" in rendered.text  # the metadata are numbered first
    assert [(one.code, one.line) for one in rendered.problems] == [("undefined-key", 3)]


def test_texts_of_references_in_the_metadata_are_markdown() -> None:
    text = (
        "---\nreferences:\n- id: a\\_b\n  type: book\n  author: Club of Rome\n"
        "  title: 'On Ropes^1^ \\#1, 1931--2004'\n  doi: 10.5555/a\n---\n\n@a_b\n"
    )
    rendered = refcite.render(text, style="apa").text
    assert "Club of Rome. (n.d.). *On Ropes^1^ #1, 1931–2004*. " in rendered
    assert "<https://doi.org/10.5555/a>" in rendered


def test_a_work_can_be_cited_by_its_other_ids(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(
        "@book{fir, ids = {old, older}, author = {Fir, A.}, year = 2003}"
    )
    text = "---\nbibliography: refs.bib\n---\n\n[@older; @nix]\n"
    rendered = refcite.render(text, style="apa", file=tmp_path / "a.md")
    assert "(Fir, 2003; **nix?**)" in rendered.text
    assert [one.key for one in rendered.problems if one.code == "undefined-key"] == ["nix"]


def test_emphasis_and_links_are_not_nested() -> None:
    fir = refcite.Record(id="fir", type="book", title="Decks", issued=2003)
    text = "---\nlink-citations: true\n---\n\n*As @fir says* and [as @fir says](http://x.org).\n"
    rendered = refcite.render(text, [fir], style="apa").text
    assert (
        "*As _Decks_ ([2003](#ref-fir)) says* and [as *Decks* (2003) says](http://x.org)"
        in rendered
    )


def test_an_author_in_the_text_is_not_repeated_in_a_note() -> None:
    styled = refcite.render("One @ash. Two @ash.^[Three @ash.]", WORKS, style=NOTES).text
    assert styled.startswith("One Ann Ash.[^1] Two Ash.[^2]^[Three Ash, *Oars*.]")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "+------+---+\n| @ash | b |\n+:====:+===+\n| c    | d |\n+------+---+\n",
            "+------------+---+\n| Ash (2001) | b |\n+:==========:+===+\n"
            "| c          | d |\n+------------+---+\n",
        ),
        (
            "  Right   Left\n-------   ----\n [@ash]   b\n     12   c\n",
            "       Right   Left\n------------   ----\n (Ash, 2001)   b\n     12        c\n",
        ),
        ("| a | b |\n|--|--|\n| @ash | c |\n", "| a | b |\n|--|--|\n| Ash (2001) | c |\n"),
    ],
)
def test_columns_of_tables_become_as_wide_as_their_citations(table: str, expected: str) -> None:
    rendered = refcite.render(f"{table}\nText.\n", WORKS, style="apa").text
    assert rendered.startswith(f"{expected}\nText.\n")


def test_many_cites_in_one_citation_are_one_citation() -> None:
    text = f"[{'; '.join(['@ash', '@nix'] * 5_000)}]"
    rendered = refcite.render(text, WORKS)
    assert len(rendered.citations) == 1
    assert len(rendered.problems) == 5_000


@pytest.mark.parametrize(
    ("syntax", "text", "expected"),
    [
        (
            "markdown",
            "---\nnocite: '@ash'\n---\n\n[-@ash; @{ash}] `@ash` @asher",
            "---\nnocite: '@oak'\n---\n\n[-@oak; @oak] `@ash` @asher",
        ),
        (
            "latex",
            "\\citep[3]{ash, birch} \\footcites{ash}[4]{birch} %\\cite{ash}\n\\verb|\\cite{ash}|",
            "\\citep[3]{oak, ash} \\footcites{oak}[4]{ash} %\\cite{ash}\n\\verb|\\cite{ash}|",
        ),
        (
            "notebook",
            '{"cells": [{"cell_type": "code", "source": "@ash"},\n'
            ' {"source": ["\\"x\\" @ash\\n", "[@birch]"], "cell_type": "markdown"}]}',
            '{"cells": [{"cell_type": "code", "source": "@ash"},\n'
            ' {"source": ["\\"x\\" @oak\\n", "[@ash]"], "cell_type": "markdown"}]}',
        ),
    ],
)
def test_keys_are_renamed_in_citations_only(syntax: str, text: str, expected: str) -> None:
    assert rename_keys(text, {"ash": "oak", "birch": "ash"}, syntax) == expected


def test_a_key_without_a_form_is_an_error() -> None:
    for syntax in ("markdown", "latex"):
        with pytest.raises(refcite.RefciteError, match="no form"):
            find_syntax(syntax).spelled("a key")


def test_the_commands_know_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("refs.bib").write_text("@book{ash, title={Oars}}\n@book{birch, title={Masts}}\n")
    Path("paper.md").write_text("[@ash] [@nix]\n")
    Path("part.tex").write_text("\\parencite{ash}\n")
    run = CliRunner().invoke
    done = run(app, ["render", "paper.md", "-b", "refs.bib", "--style", "ieee", "-o", "out.md"])
    assert done.exit_code == 1
    assert "paper.md:1: error: no reference has the key 'nix'" in done.stderr
    assert Path("out.md").read_text().startswith("\\[1\\] **nix?**\n")
    done = run(app, ["check", "refs.bib", "--documents", "*.md", "--documents", "part.tex"])
    assert done.exit_code == 1
    assert "no document cites 'birch'" in done.stderr
    done = run(
        app, ["convert", "refs.bib", "--cited-in", "part.tex", "paper.md", "-o", "cited.bib"]
    )
    assert Path("cited.bib").read_text() == "@book{ash, title={Oars}}\n"


def test_a_parent_of_a_cited_entry_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    entries = (
        "@incollection{ash, crossref={oak}, title={Oars}}\n"
        "@book{oak, title={Trees}, related={elm}}\n@book{elm, title={Bark}}\n"
    )
    Path("refs.bib").write_text(f"{entries}@book{{fir, title={{Wood}}}}\n")
    Path("paper.md").write_text("[@ash]\n")
    done = CliRunner().invoke(app, ["check", "refs.bib", "--documents", "paper.md"])
    assert [line for line in done.stderr.splitlines() if "no document cites" in line] == [
        "refs.bib:4: warning: no document cites 'fir' [unused-key]"
    ]
    CliRunner().invoke(app, ["convert", "refs.bib", "--cited-in", "paper.md", "-o", "cited.bib"])
    assert Path("cited.bib").read_text() == entries
