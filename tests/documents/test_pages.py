"""The citations in the pages of a site, without the program that builds it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

import refcite
from refcite import Record
from refcite.cli.app import app
from refcite.documents.pages import Site, SiteSettings

WORKS = [
    Record(id="ash", type="book", title="Oars", author="Ann Ash", issued=2001),
    Record(id="birch", type="book", title="Masts & More", author="Bo Birch", issued=2002),
    Record(id="ash2", type="book", title="Rowing", author="Ann Ash", issued=2001),
]
NOTES = "chicago-notes-bibliography"


def site_with(**settings: object) -> Site:
    site = Site(SiteSettings(**{"style": "apa", "lists_by_default": False, **settings}))  # type: ignore[arg-type]
    site.use(WORKS)
    return site


def page(text: str, **settings: object) -> str:
    """Return a page with its citations, without tags."""
    site = site_with(**settings)
    html = site.html_of(site.read_page("page.md", text).text, "page.md")
    return unescape(re.sub(r"<(?!http)/?\w[^<>]*>", "", html))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oars [@ash].", "Oars (Ash, 2001)."),
        ("@ash [p. 3] rows.", "Ash (2001, p. 3) rows."),
        ("See [see @ash, pp. 3-5; -@birch].", "See (see Ash, 2001, pp. 3–5; 2002)."),
        ("(@ash) rows", "(Ash (2001)) rows"),
        (
            '!!! note "On @ash"\n\n    See [@ash].',
            '!!! note "On Ash (2001)"\n\n    See (Ash, 2001).',
        ),
        ('=== "A"\n\n    - x\n\n        [@ash]', '=== "A"\n\n    - x\n\n        (Ash, 2001)'),
        ("It costs $5 [@ash], or 6$.", "It costs $5 (Ash, 2001), or 6$."),
        ("See [`x` @ash, `y`].", "See (x Ash, 2001, y)."),
        ("[@nix]", "(nix?)"),
    ],
)
def test_a_citation_is_printed_at_its_place(text: str, expected: str) -> None:
    assert page(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Code `[@ash]`, mail me@ash.org, @somebody.",
        "```\n[@ash]\n```",
        "!!! note\n\n    Text.\n\n        code [@ash]",
        '??? tip "T"\n\n    ``` py\n    [@ash]\n    ```',
        "    [@ash]",
        "<!-- [@ash] -->",
        "::: module.of.ash\n    options: x",
        "Say `\\bibliography`.",
    ],
)
def test_what_is_no_citation_is_left_as_it_is(text: str) -> None:
    assert page(text) == text


def test_formulas_are_left_where_the_site_has_them() -> None:
    assert page("$x_{@ash}$ and @ash", has_math=True) == "$x_{@ash}$ and Ash (2001)"


def test_names_without_a_reference_are_reported_and_left() -> None:
    read = site_with().read_page("p.md", "One.\n\nThanks, @somebody and [@nobody].")
    assert [(one.line, one.key, one.code) for one in read.problems] == [
        (3, "somebody", "undefined-key"),
        (3, "nobody", "undefined-key"),
    ]
    silent = site_with(cites_in_text=False).read_page("p.md", "Thanks, @somebody, @ash.")
    assert silent.problems == ()
    assert silent.text == "Thanks, @somebody, @ash."


@pytest.mark.parametrize("command", ["\\bibliography", "::: {#refs}\n:::"])
def test_the_list_of_a_page_is_put_at_its_command(command: str) -> None:
    site = site_with(lists_by_default=True)
    text = site.read_page("p.md", f"Oars [@ash].\n\n## Works\n{command}\nEnd.\n").text
    marked = re.sub("[\U00100000-\U0010ffff]{3}", "X", text)
    assert marked == "Oars X.\n\n## Works\n\nX\n\nEnd.\n"
    html = site.html_of(f"<p>{text.splitlines()[4]}</p>", "p.md")
    assert html.startswith('<div class="csl-bib-body')
    assert html.count('id="ref-ash"') == 1
    assert "Birch" not in html


def test_the_whole_bibliography_has_the_works_that_are_not_cited() -> None:
    text = page("Oars [@ash].\n\n\\full_bibliography\n", style="ieee")
    assert [line for line in text.splitlines() if line] == [
        "Oars [1].",
        "[1]A. Ash, Oars. 2001.",
        "[2]B. Birch, Masts & More. 2002.",
        "[3]A. Ash, Rowing. 2001.",
    ]


def test_citations_within_links_and_tags_are_text() -> None:
    site = site_with(lists_by_default=True)
    text = site.read_page("p.md", "[see [@ash]](x.html) ![Of [@birch]](x.png)").text
    sign, other = re.findall("[\U00100000-\U0010ffff]{3}", text)[:2]
    html = site.html_of(f'<a href="x">see {sign}</a> <img alt="Of {other}">', "p.md")
    assert html == '<a href="x">see (Ash, 2001)</a> <img alt="Of (Birch, 2002)">'


def test_a_style_for_notes_makes_footnotes_next_to_those_of_the_page() -> None:
    text = page("Oars [@ash]. Masts.[^ash] Both [@ash].\n\n[^ash]: See [@birch].\n", style=NOTES)
    assert text.splitlines() == [
        "Oars.[^ash-2] Masts.[^ash] Both.[^ash-3]",
        "",
        "[^ash]: See (Bo Birch, Masts & More (2002)).",
        "",
        "[^ash-2]: Ann Ash, Oars (2001).",
        "",
        "[^ash-3]: Ash, Oars.",
    ]


def test_notes_can_be_in_the_text_and_entries_in_notes() -> None:
    assert page("Oars [@ash].", style=NOTES, cites_inline=True) == "Oars (Ann Ash, Oars (2001))."
    text = page("@ash rows [@ash; see @birch, p. 3].\n\n\\bibliography", cites_inline=False)
    assert text.splitlines() == [
        "Ash[^ash] rows.[^ash][^birch]",
        "",
        "///Footnotes Go Here///",
        "",
        "[^ash]: Ash, A. (2001). Oars.",
        "",
        "[^birch]: See Birch, B. (2002). Masts & More, p.\xa03.",
    ]


def test_the_labels_of_footnotes_have_a_pattern() -> None:
    text = page("[@ash] [@birch]", style=NOTES, footnote_label="ref{number}")
    assert text.splitlines()[0] == "[^ref1][^ref2]"


def test_each_page_is_a_document_or_all_pages_are_one() -> None:
    texts = {"a.md": "One [@ash].", "b.md": "Two [@ash2], [@birch].\n\n\\full_bibliography"}
    alone, together = site_with(style="ieee"), site_with(style="ieee", is_one_document=True)
    for site in (alone, together):
        read = {name: site.read_page(name, text).text for name, text in texts.items()}
        assert site.complete(["b.md", "a.md"], lambda to, at: f"../{to}") == []
        shown = {name: site.html_of(text, name) for name, text in read.items()}
        target = '<a href="../b.md#ref-ash">[3]</a>' if site is together else "[1]"
        assert shown["a.md"] == f"One {target}."
        assert shown["b.md"].startswith('Two <a href="#ref-ash2">[1]</a>')


def test_year_suffixes_are_those_of_the_document() -> None:
    texts = {"a.md": "One [@ash].", "b.md": "Two [@ash2]."}
    for is_one, expected in ((False, ["2001)", "2001)"]), (True, ["2001a)", "2001b)"])):
        site = site_with(is_one_document=is_one)
        read = {name: site.read_page(name, text).text for name, text in texts.items()}
        problems = site.complete(texts, lambda to, at: to)
        assert [one.code for one in problems] == ["bibliography-not-printed"] * is_one
        shown = [site.html_of(read[name], name) for name in texts]
        assert [one.split()[-1].rstrip(".") for one in shown] == expected


def test_a_sign_that_is_copied_to_another_page_is_known_there() -> None:
    site = site_with()
    text = site.read_page("post.md", "# On [@ash]").text
    site.read_page("index.md", "Nothing.")
    assert site.html_of(text, "index.md") == "# On (Ash, 2001)"
    assert site.text_of(text) == "# On (Ash, 2001)"


def test_files_are_read_again_only_if_they_have_changed(tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    file.write_text("@book{a, title={Oars}, year={2001}}", encoding="utf-8")
    site = Site(SiteSettings(files=(file, tmp_path / "none.bib"), style="apa"))
    first = site.load()
    assert [one.code for one in first if one.file == str(tmp_path / "none.bib")] == [
        "unreadable-input"
    ]
    assert site.read_page("p.md", "[@b]").problems[0].code == "undefined-key"
    assert site.load() == first
    file.write_text("@book{b, title={Oars and masts}, year={2001}}", encoding="utf-8")
    site.load()
    site.start()
    assert site.read_page("p.md", "[@b]").problems == ()


def test_the_keys_of_a_page_are_checked_as_its_site_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    Path("mkdocs.yml").write_text("site_name: Rowing\n", encoding="utf-8")
    refcite.dump(WORKS, "refs.bib")
    metadata = '---\nnocite: "@ash2"\nauthor: "@me"\n---\n\n'
    body = "!!! note\n\n    [@ash], [@nix]\n\n        [@no]\n"
    Path("docs/a.md").write_text(metadata + body, encoding="utf-8")
    given = ["check", "refs.bib", "--select", "documents", "--documents", "docs/a.md"]
    told = CliRunner().invoke(app, given).stderr.splitlines()
    assert [line.partition(": ")[0] + line.rpartition(" [")[2] for line in told] == [
        "docs/a.mdguessed-syntax]",
        "docs/a.md:8undefined-key]",
        "refs.bib:7unused-key]",
    ]
