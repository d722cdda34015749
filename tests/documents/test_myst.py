"""Documents in MyST Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import refcite
from refcite.cli.app import app
from refcite.documents import find_syntax, rename_keys
from refcite.documents.syntaxes import syntax_of_document
from refcite.library import Library
from refcite.problems import FormatError, Problem

WORKS = [
    refcite.Record(
        id="ash", type="book", title="Oars", author="Ann Ash", issued=2001, doi="10.1000/182"
    ),
    refcite.Record(id="birch", type="book", title="Masts", author="Bo Birch", issued=2002),
    refcite.Record(id="cole", type="book", title="Sails", author="Cleo Cole", issued=2003),
]
NOTES = "chicago-notes-bibliography"


def rendered(text: str, style: str = "apa", **options: object) -> refcite.Rendered:
    return refcite.render(text, WORKS, style=style, syntax="myst", **options)  # type: ignore[arg-type]


def body(text: str, style: str = "apa") -> str:
    """Return a rendered document without its bibliography."""
    metadata = "---\nsuppress-bibliography: true\n---\n"
    return rendered(f"{metadata}{text}", style).text.removeprefix(metadata)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{cite:p}`ash`", "(Ash, 2001)"),
        ("{cite:t}`ash` rows", "Ash (2001) rows"),
        ("{cite}`ash` rows", "Ash (2001) rows"),
        ("{cite:p}`ash; birch`", "(Ash, 2001; Birch, 2002)"),
        ("{cite:p}`ash,birch`", "(Ash, 2001; Birch, 2002)"),
        ("{cite:t}`ash, birch`", "Ash (2001) and Birch (2002)"),
        ("{cite:t}`ash; birch; cole`.", "Ash (2001), Birch (2002) and Cole (2003)."),
        ("{cite:p}`{see}ash{fig. 1}`", "(see Ash, 2001, Figure 1)"),
        ("{cite:p}`{see}ash{p. 3, 4}; cole{too}`", "(see Ash, 2001, pp. 3, 4; Cole, 2003, too)"),
        ("{cite:year}`ash` {cite:yearpar}`ash`", "2001 (2001)"),
        ("{cite:author}`ash` {cite:authorpar}`ash`", "Ash (Ash)"),
        ("{cite:alp}`ash; birch`", "Ash, 2001; Birch, 2002"),
        ("``{cite:p}`ash` `` {math}`[@ash]`", "``{cite:p}`ash` `` {math}`[@ash]`"),
        ("[see @ash, p. 3; -@birch] @cole [p. 2]", "(see Ash, 2001, p. 3; 2002) Cole (2003, p. 2)"),
        ("[](doi:10.1000/182), <https://doi.org/10.1000/182>", "Ash (2001), Ash (2001)"),
        ("@10.1000/182 {cite:p}`10.1000/182`", "Ash (2001) (Ash, 2001)"),
        ("{cite:p}`ash`\n% {cite:p}`birch`", "(Ash, 2001)\n% {cite:p}`birch`"),
        ("```{note} @ash\n:x: @y\n\nX\n```", "```{note} Ash (2001)\n:x: @y\n\nX\n```"),
        ("::::{a}\n:::{b} T\n@ash\n:::\n::::", "::::{a}\n:::{b} T\nAsh (2001)\n:::\n::::"),
    ],
)  # fmt: skip
def test_a_citation_is_replaced_at_its_place(text: str, expected: str) -> None:
    assert body(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```{code-cell} python\n{cite:p}`ash`\n```",
        "```{code-block} md\n:caption: c\n\n[@ash]\n```",
        ":::{math}\n[@ash]\n:::",
        "$$\n[@ash]\n$$",
        ":::{figure} @ash.png\n:name: x-@ash\nCaption.\n:::",
        "````{note}\n```\n[@ash]\n```\n````",
        "```{code} md\n[@ash] in a block that is not closed",
        "![a](https://doi.org/10.1000/182)",
        "+++ {\"a\": \"@ash\"}",
    ],
)  # fmt: skip
def test_what_is_no_citation_is_left_as_it_is(text: str) -> None:
    found = rendered(text)
    assert found.text == text
    assert found.problems == ()


def test_the_bibliography_is_put_at_its_directive() -> None:
    text = "See {cite:p}`ash`.\n\n```{bibliography}\n:filter: docname in docnames\n```\n\nEnd.\n"
    found = rendered(text)
    assert found.text == (
        "See (Ash, 2001).\n\nAsh, A. (2001). *Oars*. https\\://doi.org/10.1000/182\n\nEnd.\n"
    )
    assert found.problems == ()
    linked = rendered("---\nlink-citations: true\n---\n[@birch]\n").text
    assert linked.endswith(
        "[Birch, 2002](#ref-birch))\n\n(ref-birch)=\nBirch, B. (2002). *Masts*.\n"
    )
    all_works = rendered(text.replace(":filter: docname in docnames", ":all:"))
    assert all_works.bibliography is not None
    assert all_works.bibliography.ids == ("ash", "birch", "cole")


def test_raised_numbers_and_notes_are_written_in_myst() -> None:
    assert body("Oars {cite:p}`ash,birch`.", "nature") == "Oars{sup}`1,2`."
    titled = body("```{note} On [@ash]\nOn [@ash]\n```", "nature")
    assert titled == "```{note} On<sup>1</sup>\nOn{sup}`1`\n```"
    lines = rendered("Oars {cite:p}`ash`. {cite:t}`birch` too.[^1]\n\n[^1]: Note.\n", NOTES).text
    assert lines.startswith("Oars.[^2] Bo Birch[^3] too.[^1]\n\n[^1]: Note.\n")
    assert "\n[^3]: *Masts* (2002).\n" in lines


def test_the_metadata_and_directives_name_files(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{one, title={One}, year={2001}}", encoding="utf-8")
    (tmp_path / "b.bib").write_text("@book{two, title={Two}, year={2002}}", encoding="utf-8")
    text = (
        "---\nbibliography: [a.bib, 'https://example.org/c.bib']\n---\n\n[@one; @two]\n\n"
        "```{bibliography} b.bib\n```\n"
    )
    found = refcite.render(text, syntax="myst", style="apa", file=tmp_path / "paper.md")
    assert "(*One*, 2001; *Two*, 2002)" in found.text
    assert [(one.code, "https://example.org/c.bib" in one.message) for one in found.problems] == [
        ("missing-bibliography", True)
    ]


def test_what_has_no_effect_is_reported_with_its_line() -> None:
    lists = ":::{bibliography}\n:style: unsrt\n:::\n\n:::{bibliography}\n:::\n"
    text = f"{{cite:p}}` ` {{citep}}`ash`\n\n{lists}"
    assert [(one.line, one.code) for one in rendered(text).problems] == [
        (1, "unused-role"),
        (1, "unused-role"),
        (3, "unused-directive-option"),
        (7, "unused-directive-option"),
    ]


# DOIs


def test_a_doi_is_looked_up_only_on_request() -> None:
    text = (
        "See [](doi:10.5555/oak), {cite:p}`10.5555/oak` and [Oak](https://doi.org/10.5555/ELM).\n"
    )
    alone = rendered(text)
    assert alone.text == text
    assert [(one.line, one.key, one.code) for one in alone.problems] == [
        (1, "10.5555/oak", "doi-not-looked-up"),
        (1, "10.5555/ELM", "doi-not-looked-up"),
    ]
    asked: list[str] = []

    def lookup(dois: Sequence[str]) -> Library:
        asked.extend(dois)
        return Library(
            refcite.Record(id=f"x{n}", type="book", title=f"T{n}", issued=2000 + n, doi=doi.lower())
            for n, doi in enumerate(dois)
        )

    found = rendered(text, lookup=lookup)
    assert asked == ["10.5555/oak", "10.5555/ELM"]
    assert found.problems == ()
    assert found.text.startswith(
        "See *T0* (2000), (*T0*, 2000) and [Oak](https://doi.org/10.5555/ELM).\n"
    )
    assert found.bibliography is not None
    assert found.bibliography.ids == ("x0", "x1")


def test_a_doi_that_is_not_found_is_an_error_and_left() -> None:
    told = Problem(
        severity=refcite.Severity.ERROR, code="not-found", message="no", file="10.5555/o"
    )

    def lookup(dois: Sequence[str]) -> Library:
        library = Library()
        library.problems.append(told)
        return library

    found = rendered("[](doi:10.5555/o)", lookup=lookup)
    assert found.text == "[](doi:10.5555/o)"
    assert [one.code for one in found.problems] == ["undefined-key", "not-found"]


# Detection


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "See {cite:p}`a`.", "myst"),
        ("a.md", "```{bibliography}\n```", "myst"),
        ("a.md", "---\njupytext:\n  text_representation:\n    format_name: myst\n---\n", "myst"),
        ("a.md", "---\nkernelspec:\n  name: python3\n---\n", "myst"),
        ("a.md", "---\njupytext:\n  format_name: markdown\nkernelspec:\n---\n", "markdown"),
        ("a.md", "See @a and {note}`b`.", "markdown"),
        ("a.md", "Write `` {cite:p}`a` ``:\n\n```\n{cite:p}`a`\n```\n", "markdown"),
        ("a.qmd", "See {cite:p}`a`.", "markdown"),
        ("a.tex", "See {cite:p}`a`.", "latex"),
    ],
)
def test_a_document_in_myst_is_recognised(
    tmp_path: Path, name: str, text: str, expected: str
) -> None:
    problems: list[Problem] = []
    assert syntax_of_document(str(tmp_path / name), text, problems).name == expected
    assert [one.code for one in problems] == ["guessed-syntax"] * (expected == "myst")


def test_the_commands_know_myst(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("myst.yml").write_text("project:\n  title: T\n", encoding="utf-8")
    refcite.dump(WORKS, "refs.bib")
    Path("docs").mkdir()
    Path("docs/a.md").write_text(
        "{cite:t}`ash`\n\n```{code-cell}\n{cite:p}`cole`\n```\n", encoding="utf-8"
    )
    Path("docs/b.md").write_text("[](https://doi.org/10.1000/182), @asch\n", encoding="utf-8")
    run = CliRunner().invoke
    done = run(app, ["render", "docs/a.md", "--style", "apa"])
    assert done.stdout.startswith("Ash (2001)\n")
    assert "[guessed-syntax]" in done.stderr
    assert "[guessed-bibliography]" in done.stderr
    assert done.exit_code == 0
    assert "-> --lookup" not in done.stderr
    checked = run(app, ["check", "refs.bib", "--documents", "docs/*.md", "--select", "documents"])
    assert [line.rpartition(" [")[2] for line in checked.stderr.splitlines()] == [
        "guessed-syntax]",
        "undefined-key]",
        "unused-key]",
        "unused-key]",
    ]
    kept = run(app, ["convert", "refs.bib", "--cited-in", "docs/b.md", "--to", "csl-json"])
    assert '"id": "ash"' in kept.stdout
    assert '"id": "birch"' not in kept.stdout
    warned = run(app, ["render", "docs/a.md", "--syntax", "markdown", "--lookup"])
    assert "[unused-option]" in warned.stderr


def test_the_command_looks_works_up_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oak = refcite.Record(id="x", type="book", title="Oak", issued=2009, doi="10.5555/oak")
    monkeypatch.setattr("refcite.web.lookup", lambda dois: Library([oak] if dois else []))
    file = tmp_path / "a.md"
    file.write_text("{cite:t}`10.5555/OAK`\n", encoding="utf-8")
    given = ["render", str(file), "--syntax", "myst", "--style", "apa"]
    assert CliRunner().invoke(app, given).stdout == "{cite:t}`10.5555/OAK`\n"
    looked_up = CliRunner().invoke(app, [*given, "--lookup"])
    assert looked_up.stdout.startswith("*Oak* (2009)\n")
    assert looked_up.stderr == ""


def test_keys_are_renamed_in_roles() -> None:
    text = "{cite:p}`{see}ash{p. 3}; birch` @ash ```{code}\nash\n```"
    assert rename_keys(text, {"ash": "oak"}, "myst") == (
        "{cite:p}`{see}oak{p. 3}; birch` @oak ```{code}\nash\n```"
    )
    with pytest.raises(FormatError):
        rename_keys(text, {"ash": "a b"}, "myst")


_PIECES = st.sampled_from(
    ["{cite:p}`", "ash", "`", "```{note}\n", ":::\n", "{", "}", "[", "](doi:10.1000/182)", "@",
     "\n", "\n\n", ";", ":::{bibliography}\n", "---\n", ":x: y\n", "$", "    ", "- ", "[^1]"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_is_read_and_the_places_of_keys_are_right(text: str) -> None:
    found = find_syntax("myst").cited_keys(text)
    for one in found.keys:
        assert one.key in text[one.start : one.end]
    assert isinstance(rendered(text).text, str)
