"""What is at the cursor depends only on the text, not on the changes that made it."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from refcite.lsp.cursor import key_at, wanted_at
from refcite.lsp.documents import Document, kind_of
from refcite.lsp.texts import Place, Text

PIECES = st.lists(
    st.sampled_from(
        [
            "```",
            "~~~",
            "<!--",
            "-->",
            "---",
            "@key",
            "[",
            "]",
            "`",
            "\\cite{",
            "}",
            "%",
            "\n",
            "\n\n",
            "    ",
            "- ",
            "> ",
            "{cite}`",
            "@book{a,",
            "crossref = {",
            "title",
            " ",
            "\\begin{verbatim}",
            "\\end{verbatim}",
            "ü",
            "😀",
            ",",
            "=",
        ]
    ),
    max_size=12,
).map("".join)
NAMES = st.sampled_from(["a.md", "a.tex", "a.bib"])


def document(name: str, text: str) -> Document:
    """Return an open document."""
    path = Path("/work") / name
    return Document(path.as_uri(), path, kind_of(path), Text(text))


@given(NAMES, PIECES, PIECES, st.integers(0, 12), st.integers(0, 12), st.integers(0, 30))
def test_a_changed_text_is_read_as_a_new_one(
    name: str, before: str, new: str, start: int, end: int, cursor: int
) -> None:
    changed = document(name, before)
    text = changed.text

    def place(offset: int) -> Place:
        return text.place_of(min(offset, len(text.plain)))

    wanted_at(changed, place(cursor))
    text.change(new, *sorted((place(start), place(end))))
    fresh = document(name, str(text))
    assert wanted_at(changed, place(cursor)) == wanted_at(fresh, place(cursor))
    found = key_at(changed, place(cursor))
    assert found == key_at(fresh, place(cursor))
    if found is not None and found.start.line == found.end.line:
        line = text.lines[found.start.line]
        assert found.key in line[found.start.column : found.end.column]
