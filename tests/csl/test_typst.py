"""What the Typst backend writes is compiled, where the package `typst` is installed."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest

from refcite.csl.backends import BibliographyLayout, find_backend
from refcite.csl.style.attributes import Format

typst = pytest.importorskip("typst", reason="the package typst is not installed")

BACKEND = find_backend("typst")
PLAIN = """
#let plain(it) = {
  if type(it) == str { it }
  else if it.has("text") { plain(it.text) }
  else if it.has("children") { it.children.map(plain).join() }
  else if it.has("body") { plain(it.body) }
  else if it.has("child") { plain(it.child) }
  else if it == [ ] { " " }
  else if it.func() == linebreak { "\\n" }
  else { "<" + repr(it.func()) + ">" }
}
"""
HOSTILE = (
    string.punctuation,
    "".join(f"{sign}a" for sign in string.punctuation),
    " ".join(string.punctuation),
    "".join(sign * 3 for sign in string.punctuation),
    *("= Heading", "- item", "+ item", "/ term: x", "1. item", "12) x", "1.", "a\n2. b"),
    *("// comment", "/* c */", "https://example.org/a_b#c", "#let x = 1", "$x$", "<label>", "@ref"),
    *(
        "`raw`",
        "```\nraw```",
        "a -- b --- c ... d -? e",
        "“q” ‘s’ 'so' \"so\"",
        "\\u{1F600}",
        "a\\",
    ),
    *("{code}", "[x](y)", ".x(y)[z]", "; x", "a\u00a0b\u202fc", "中文 Ω"),
)
STYLED = (
    Format(),
    Format(font_style="italic", font_weight="bold"),
    Format(font_style="oblique", text_decoration="underline"),
    Format(font_style="normal", font_variant="small-caps"),
    Format(font_weight="light", vertical_align="sup"),
    Format(font_weight="normal", vertical_align="sub"),
)


def literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def test_every_value_is_printed_as_it_is(tmp_path: Path) -> None:
    lines = [PLAIN]
    for text in HOSTILE:
        for form in STYLED:
            written = BACKEND.span(form, BACKEND.escape(text)) + BACKEND.escape(".(x)[y]")
            linked = BACKEND.link('https://example.org/"\\?a=1&b#c', written)
            for content in (written, linked):
                wanted = literal(f"{text}.(x)[y]")
                finished = BACKEND.finish(content)
                lines.append(f"#metadata((plain([{finished}]), {wanted})) <value>")
    source = tmp_path / "values.typ"
    source.write_text("\n".join(lines), encoding="utf-8")
    found = [one["value"] for one in json.loads(typst.query(str(source), "<value>"))]
    assert len(found) == len(HOSTILE) * len(STYLED) * 2
    # The space after a line break is not seen.
    assert [text for text, wanted in found if text.replace("\n ", "\n") != wanted] == []


@pytest.mark.parametrize(
    "layout",
    [BibliographyLayout(hanging_indent=True), BibliographyLayout(second_field_align="flush")],
)
def test_a_bibliography_is_compiled(tmp_path: Path, layout: BibliographyLayout) -> None:
    entries = [
        BACKEND.block("left-margin", BACKEND.escape("1. "))
        + BACKEND.block("right-inline", BACKEND.escape(text))
        + BACKEND.block("block", BACKEND.escape(text))
        + BACKEND.block("indent", BACKEND.escape(text))
        for text in HOSTILE
    ]
    source = tmp_path / "bibliography.typ"
    finished = [BACKEND.entry(BACKEND.finish(entry), "a") for entry in entries]
    source.write_text(BACKEND.bibliography(finished, layout), encoding="utf-8")
    assert typst.compile(str(source)).startswith(b"%PDF")
