"""From keys to entries and back: hover, definition, references, symbols, renaming."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lsp.editor import Editor, ResponseError

FRONT = "---\nbibliography: refs.bib\n---\n\n"


def places(found: list[dict[str, Any]]) -> list[tuple[str, int, int, int]]:
    """Return the name of the file, the line and the columns of locations."""
    return sorted(
        (
            one["uri"].rpartition("/")[2],
            one["range"]["start"]["line"],
            one["range"]["start"]["character"],
            one["range"]["end"]["character"],
        )
        for one in found
    )


def test_hover_shows_the_entry_in_the_style_of_the_document(editor: Editor) -> None:
    editor.open("a.md", FRONT + "😀 See @kafka1926.\n")
    found = editor.at("hover", "a.md", (4, 9))
    assert "Kafka, Franz. 1926. *The Castle*. Kurt Wolff." in found["contents"]["value"]
    assert found["range"]["start"] == {"line": 4, "character": 8}
    editor.open("b.md", FRONT.replace("refs.bib", "refs.bib\ncsl: apa") + "See @kafka1926.\n")
    found = editor.at("hover", "b.md", (5, 9))
    assert "Kafka, F. (1926). *The Castle*." in found["contents"]["value"]
    assert editor.at("hover", "b.md", (5, 0)) is None


def test_hover_in_latex_and_in_the_library(editor: Editor) -> None:
    editor.open("a.tex", "\\bibliography{refs}\n\nSee \\citet[3]{woolf1925, goedel1931}.\n")
    assert "Kurt" in editor.at("hover", "a.tex", (2, 30))["contents"]["value"]
    editor.open("refs.bib")
    text = editor.at("hover", "refs.bib", (20, 16))["contents"]["value"]
    assert "`reader1925` in refs.bib" in text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_definition_of_a_key_is_its_place_in_the_library(editor: Editor, newline: str) -> None:
    text = "% 😀\n@book{ one ,\n title={1}}\n @book\n {two, title={2}}\n".replace("\n", newline)
    (editor.folder / "odd.bib").write_bytes(text.encode())
    editor.open("c.md", "---\nbibliography: odd.bib\n---\n\n[@one; @two]\n")
    assert places([editor.at("definition", "c.md", (4, 3))]) == [("odd.bib", 1, 7, 10)]
    assert places([editor.at("definition", "c.md", (4, 8))]) == [("odd.bib", 4, 2, 5)]


def test_a_definition_follows_the_open_text(own_editor: Editor) -> None:
    editor = own_editor
    editor.open("a.md", FRONT + "@kafka1926\n")
    editor.open("refs.bib")
    editor.change("refs.bib", "% one\n% two\n", (0, 0))
    assert places([editor.at("definition", "a.md", (4, 3))]) == [("refs.bib", 2, 6, 15)]


def test_a_definition_in_csl_json(editor: Editor) -> None:
    (editor.folder / "refs.json").write_text(
        '[\n {"type": "book", "title": "One",\n  "id": "one"}\n]', encoding="utf-8"
    )
    editor.open("d.md", "---\nbibliography: refs.json\n---\n\n@one\n")
    assert places([editor.at("definition", "d.md", (4, 2))]) == [("refs.json", 2, 9, 12)]


def test_references_are_those_of_documents_with_this_library(own_editor: Editor) -> None:
    editor, folder = own_editor, own_editor.folder
    (folder / "other.bib").write_text("@book{kafka1926, title = {Other}}", encoding="utf-8")
    (folder / "closed.md").write_text(FRONT + "- [@kafka1926]\n", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "b.tex").write_text(
        "\\addbibresource{../refs.bib}\n\\cite{a,kafka1926}", encoding="utf-8"
    )
    (folder / "not.md").write_text(
        "---\nbibliography: other.bib\n---\n\n@kafka1926\n", encoding="utf-8"
    )
    editor.open("a.md", FRONT + "@kafka1926 and `@kafka1926`\n")
    found = editor.at("references", "a.md", (4, 4), context={"includeDeclaration": True})
    assert places(found) == [
        ("a.md", 4, 1, 10),
        ("b.tex", 1, 8, 17),
        ("closed.md", 4, 4, 13),
        ("refs.bib", 0, 6, 15),
    ]
    editor.open("refs.bib")
    found = editor.at("references", "refs.bib", (23, 15), context={"includeDeclaration": False})
    assert places(found) == [("refs.bib", 20, 14, 24)]  # in `crossref`


def test_highlights_are_those_of_the_document(editor: Editor) -> None:
    editor.open("e.md", FRONT + "@kafka1926\n\n[-@kafka1926; @goedel1931]\n")
    found = editor.at("documentHighlight", "e.md", (4, 1))
    assert [one["range"]["start"] for one in found] == [
        {"line": 4, "character": 1},
        {"line": 6, "character": 3},
    ]


def test_a_key_is_renamed_in_the_library_and_in_documents(own_editor: Editor) -> None:
    editor, folder = own_editor, own_editor.folder
    tex = "\\bibliography{refs}\n\\cite{reader1925}\n"
    (folder / "b.tex").write_text(tex, encoding="utf-8")
    text = editor.open("a.md", FRONT + "@reader1925 and @{reader1925}\n")
    prepared = editor.at("prepareRename", "a.md", (4, 3))
    assert prepared["placeholder"] == "reader1925"
    edit = editor.at("rename", "a.md", (4, 3), newName="common:1925")
    library = (folder / "refs.bib").read_text(encoding="utf-8")
    assert editor.applied(library, "refs.bib", edit) == library.replace("reader1925", "common:1925")
    assert editor.applied(tex, "b.tex", edit) == tex.replace("reader1925", "common:1925")
    assert editor.applied(text, "a.md", edit) == FRONT + "@common:1925 and @common:1925\n"


@pytest.mark.parametrize("new", ["two words", "kafka1926", "a,b", ""])
def test_a_key_is_not_renamed_to_one_that_is_used_or_cannot_be_written(
    editor: Editor, new: str
) -> None:
    editor.open("f.md", FRONT + "@goedel1931\n")
    with pytest.raises(ResponseError, match=r"used already|no form"):
        editor.at("rename", "f.md", (4, 3), newName=new)


def test_the_entries_of_a_library_are_its_symbols(editor: Editor) -> None:
    editor.open("refs.bib")
    document = {"textDocument": {"uri": editor.uri("refs.bib")}}
    found = editor.request("textDocument/documentSymbol", document)
    assert [one["name"] for one in found] == ["kafka1926", "goedel1931", "woolf1925", "reader1925"]
    assert found[0]["detail"] == "Kafka 1926. The Castle"
    assert found[0]["range"]["end"] == {"line": 6, "character": 1}
    assert found[1]["selectionRange"]["start"] == {"line": 8, "character": 9}
    found = editor.request("workspace/symbol", {"query": "castle"})
    assert [one["location"]["uri"] for one in found] == [editor.uri("refs.bib")]
