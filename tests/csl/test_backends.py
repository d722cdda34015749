"""Output formats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.csl.backends import BACKENDS, BibliographyLayout, find_backend
from refcite.csl.style.attributes import Format
from refcite.problems import RefciteError

ITALIC = Format(font_style="italic")
SUB = Format(vertical_align="sub")


def entry(name: str) -> str:
    """An entry with markup inside markup, a link and signs that formats would misread."""
    backend = find_backend(name)
    water = backend.span(
        ITALIC, backend.escape("On H") + backend.span(SUB, "2") + backend.escape("O*")
    )
    url = "https://example.org/a_b?x=1&y=2"
    link = backend.link(url, backend.escape(url))
    text = backend.escape("1. Smith & Sons_") + ". " + water + backend.escape("s. ") + link
    return backend.entry(backend.finish(text), "a")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("text", "1. Smith & Sons_. On H2O*s. https://example.org/a_b?x=1&y=2"),
        (
            "html",
            '  <div class="csl-entry">1. Smith &#38; Sons_. <i>On H<sub>2</sub>O*</i>s.'
            ' <a href="https://example.org/a_b?x=1&#38;y=2">'
            "https://example.org/a_b?x=1&#38;y=2</a></div>\n",
        ),
        (
            "markdown",
            r"1\. Smith & Sons\_. <em>On H<sub>2</sub>O\*</em>s."
            r" <https://example.org/a_b?x=1&y=2>",
        ),
        (
            "rst",
            r"\1. Smith & Sons\_. *On H*\ :sub:`2`\ *O\**\ s."
            r" `https://example.org/a\_b?x=1&y=2 <https://example.org/a\_b?x=1&y=2>`__",
        ),
        (
            "latex",
            r"\item 1. Smith \& Sons\_. \textit{On H\textsubscript{2}O*}s."
            r" \href{https://example.org/a\_b?x=1\&y=2}{https://example.org/a\_b?x=1\&y=2}",
        ),
        (
            "typst",
            r"1\. Smith & Sons\_. #emph[On H#sub[2];O\*];s."
            r' #link("https://example.org/a_b?x=1&y=2")[https:\/\/example.org\/a\_b?x\=1&y\=2];',
        ),
    ],
)
def test_an_entry(name: str, wanted: str) -> None:
    assert entry(name) == wanted


def test_html_is_what_citeproc_js_prints() -> None:
    html = find_backend("html")
    inner = html.block("left-margin", "[1]") + html.block("right-inline", "Smith")
    body = html.bibliography([html.entry(inner, "a")], BibliographyLayout())
    assert body == (
        '<div class="csl-bib-body">\n'
        '  <div class="csl-entry">\n'
        '    <div class="csl-left-margin">[1]</div><div class="csl-right-inline">Smith</div>\n'
        "  </div>\n"
        "</div>"
    )
    assert (
        html.span(Format(font_style="italic", vertical_align="sup"), "2") == "<sup><i>2</i></sup>"
    )
    assert html.escape("2ᵉ éd.") == "2<sup>e</sup> éd."
    assert html.escape("a  b") == "a\u00a0 b"


def test_stars_stand_only_where_markdown_reads_them() -> None:
    markdown = find_backend("markdown")
    star = markdown.span(ITALIC, "“Why?”")
    assert markdown.finish(f"a {star}, b") == "a *“Why?”*, b"
    assert markdown.finish(f"a{star}b") == "a<em>“Why?”</em>b"
    assert markdown.finish(markdown.span(ITALIC, " a ")) == " *a* "


@pytest.mark.parametrize(
    ("name", "text"),
    [("markdown", "# 1"), ("markdown", "- a"), ("rst", "A. Smith"), ("rst", ".. note::")],
)
def test_an_entry_never_begins_a_list_or_heading(name: str, text: str) -> None:
    backend = find_backend(name)
    assert backend.finish(backend.escape(text)).startswith("\\")


def test_a_list_without_items_which_tex_refuses_is_never_written() -> None:
    latex = find_backend("latex")
    assert latex.bibliography([], BibliographyLayout(hanging_indent=True)) == ""
    assert "\\begin{list}" in latex.bibliography([latex.entry("One", "a")], BibliographyLayout())


@given(st.sampled_from(sorted(BACKENDS)), st.text())
def test_no_text_can_forge_markup(name: str, text: str) -> None:
    backend = find_backend(name)
    plain = backend.finish(backend.escape(text))
    for sign in {"html": "<>", "markdown": "*`[", "rst": "*`|", "latex": "%$#", "typst": "#$@"}.get(
        name, ""
    ):
        allowed = text.count(sign) if name in ("markdown", "rst", "typst", "latex") else 0
        tags = plain.replace("<sup>", "").replace("</sup>", "") if name == "html" else plain
        assert tags.count(sign) == allowed
        if name in ("markdown", "rst", "typst", "latex"):
            assert tags.count(f"\\{sign}") == allowed


def test_an_unknown_output_is_named_with_those_that_are_near() -> None:
    with pytest.raises(RefciteError, match="did you mean 'latex'"):
        find_backend("latx")


def test_markup_may_begin_a_paragraph_of_restructured_text() -> None:
    rst = find_backend("rst")
    assert rst.finish(rst.span(ITALIC, rst.escape("x"))) == "*x*"
    assert rst.finish(rst.span(SUB, rst.escape("x"))) == ":sub:`x`"
    assert rst.finish(rst.escape("* x")) == r"\* x"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a---b,,c", "a-{}-{}-b,{},c"),
        ("5' ?`", r"5\textquotesingle{} ?\textasciigrave{}"),
        ("\u2009x\u2032\n[y]", r"\thinspace{}x\ensuremath{'}\newline {[}y{]}"),
    ],
)
def test_tex_joins_no_signs_of_a_value(text: str, wanted: str) -> None:
    assert find_backend("latex").escape(text) == wanted


FORMATS = [
    (
        Format(font_style="italic"),
        ["<i>x</i>", "*x*", "*x*", "\\textit{x}", "#emph[x];"],
    ),
    (
        Format(font_style="oblique"),
        [
            "<em>x</em>",
            '<span style="font-style:oblique;">x</span>',
            "*x*",
            "\\textsl{x}",
            '#text(style: "oblique")[x];',
        ],
    ),
    (
        Format(font_style="normal"),
        [
            '<span style="font-style:normal;">x</span>',
            '<span style="font-style:normal;">x</span>',
            "x",
            "\\textup{x}",
            '#text(style: "normal")[x];',
        ],
    ),
    (
        Format(font_variant="small-caps"),
        [
            '<span style="font-variant:small-caps;">x</span>',
            '<span style="font-variant:small-caps;">x</span>',
            "x",
            "\\textsc{x}",
            "#smallcaps[x];",
        ],
    ),
    (
        Format(font_variant="normal"),
        [
            '<span style="font-variant:normal;">x</span>',
            '<span style="font-variant:normal;">x</span>',
            "x",
            "\\textup{x}",
            "x",
        ],
    ),
    (
        Format(font_weight="bold"),
        ["<b>x</b>", "**x**", "**x**", "\\textbf{x}", "#strong[x];"],
    ),
    (
        Format(font_weight="light"),
        [
            '<span style="font-weight:lighter;">x</span>',
            '<span style="font-weight:lighter;">x</span>',
            "x",
            "\\textmd{x}",
            '#text(weight: "light")[x];',
        ],
    ),
    (
        Format(font_weight="normal"),
        [
            '<span style="font-weight:normal;">x</span>',
            '<span style="font-weight:normal;">x</span>',
            "x",
            "\\textmd{x}",
            '#text(weight: "regular")[x];',
        ],
    ),
    (
        Format(text_decoration="underline"),
        [
            '<span style="text-decoration:underline;">x</span>',
            "<u>x</u>",
            "x",
            "\\underline{x}",
            "#underline[x];",
        ],
    ),
    (
        Format(text_decoration="none"),
        ['<span style="text-decoration:none;">x</span>', "x", "x", "x", "x"],
    ),
    (
        Format(vertical_align="sup"),
        ["<sup>x</sup>", "<sup>x</sup>", ":sup:`x`", "\\textsuperscript{x}", "#super[x];"],
    ),
    (
        Format(vertical_align="sub"),
        ["<sub>x</sub>", "<sub>x</sub>", ":sub:`x`", "\\textsubscript{x}", "#sub[x];"],
    ),
    (
        Format(vertical_align="baseline"),
        ['<span style="baseline">x</span>', "x", "x", "x", "x"],
    ),
]


@pytest.mark.parametrize(("format_", "wanted"), FORMATS, ids=lambda value: "")
def test_each_kind_of_formatting_has_its_markup(format_: Format, wanted: list[str]) -> None:
    made = []
    for name in ("html", "markdown", "rst", "latex", "typst"):
        backend = find_backend(name)
        inner = backend.span(format_, backend.escape("x"))
        made.append(backend.finish(backend.escape("a ") + inner + backend.escape(" b"))[2:-2])
    assert made == wanted


@pytest.mark.parametrize(
    ("format_", "wanted"),
    [
        (Format(font_weight="bold"), "a<strong>(x)</strong>b"),
        (Format(font_style="italic"), "a<em>(x)</em>b"),
    ],
    ids=["bold", "italic"],
)
def test_where_stars_would_stay_stars_markdown_has_tags(format_: Format, wanted: str) -> None:
    backend = find_backend("markdown")
    inner = backend.span(format_, backend.escape("(x)"))
    assert backend.finish(backend.escape("a") + inner + backend.escape("b")) == wanted
