"""Keys are completed where they would be read as keys, by key, author, year and title."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.editor import Editor

FRONT = "---\nbibliography: refs.bib\n---\n\n"


def marked(text: str) -> tuple[str, tuple[int, int]]:
    """Return a text without its cursor `|`, and the place of the cursor."""
    before, _, after = text.partition("¦")
    line = before.count("\n")
    column = len(before) - (before.rfind("\n") + 1)
    return before + after, (line, len(before[len(before) - column :].encode("utf-16-le")) // 2)


def keys(editor: Editor, name: str, text: str) -> list[str]:
    """Return the keys that are completed at the cursor of a text."""
    document, place = marked(text)
    editor.open(name, document)
    return editor.keys(name, place)


ALL = ["goedel1931", "kafka1926", "reader1925", "woolf1925"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As @¦ says", ALL),
        ("[@¦", ALL),
        ("[see @kafka1926; -@mod¦]", ["woolf1925"]),
        ("As @castle¦ says", ["kafka1926"]),
        ("As @Godel¦ says", ["goedel1931"]),
        ("As @1925¦", ["reader1925", "woolf1925"]),
        ("😀 [@{kaf¦}]", ["kafka1926"]),
        ("- item\n\n  more [@kaf¦", ["kafka1926"]),
        ("> quoted @kaf¦", ["kafka1926"]),
        ("A note.^[See @kaf¦]", ["kafka1926"]),
        ("[^1]: See @kaf¦", ["kafka1926"]),
        ("See {cite:p}`kaf¦`", ["kafka1926"]),
        ("See {cite:t}`kafka1926, mod¦", ["woolf1925"]),
        ("me@exam¦ple.org", []),
        ("`@kaf¦`", []),
        ("```r\nx <- df@kaf¦\n```", []),
        ("```\n@kaf¦\n", []),
        ("~~~\n\nas\n\n@kaf¦\n~~~", []),
        ("<!-- @kaf\n\n@kaf¦ -->", []),
        ("one\n\n    @kaf¦", []),
        ("no key¦", []),
    ],
)
def test_markdown(editor: Editor, text: str, found: list[str]) -> None:
    assert keys(editor, "a.md", FRONT + text + "\n\nMore `code` and text.\n") == found


def test_markdown_metadata(editor: Editor) -> None:
    text = "---\nbibliography: refs.bib\nnocite: |\n  @kafka1926, @mod¦\n---\n"
    assert keys(editor, "a.qmd", text) == ["woolf1925"]
    assert keys(editor, "b.qmd", "---\nauthor: me@mod¦\n---\n") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"\cite{¦}", ALL),
        (r"\citep[see][p.~3]{kafka1926,mod¦", ["woolf1925"]),
        (r"\parencites(see)()[3]{kafka1926}[4]{mod¦}", ["woolf1925"]),
        (r"\textcite*{virginia modern¦}", ["woolf1925"]),
        ("\\autocite{\n  kafka1926,\n  mod¦\n}", ["woolf1925"]),
        (r"\nocite{mod¦}", ["woolf1925"]),
        (r"\volcite{2}{mod¦}", ["woolf1925"]),
        (r"\volcite{mod¦}", []),
        (r"\citetalias{mod¦}", ["woolf1925"]),
        (r"\emph{mod¦}", []),
        (r"\cite{kafka1926} mod¦", []),
        (r"% \cite{mod¦}", []),
        (r"\verb|\cite{mod¦|", []),
        ("\\begin{verbatim}\n\n\\cite{mod¦}\n\n\\end{verbatim}", []),
    ],
)
def test_latex(editor: Editor, text: str, found: list[str]) -> None:
    text = f"\\documentclass{{article}}\n\\addbibresource{{refs.bib}}\n\n{text}\n"
    assert keys(editor, "a.tex", text) == found


def test_a_key_in_bibtex_is_that_of_another_entry(editor: Editor) -> None:
    entry = "@inbook{a,\n  title = {A},\n  crossref = {read¦}\n}\n"
    assert keys(editor, "own.bib", f"{entry}@book{{reader1,\n  title = {{R}}\n}}\n") == ["reader1"]


def test_types_and_fields_of_entries(editor: Editor) -> None:
    assert "inproceedings" in keys(editor, "a.bib", "@inpro¦")
    text = "@article{a,\n  title = {An {@} @¦ example},\n  jou¦\n}\n"
    first = text.replace("jou¦", "jou").replace("@¦", "@")
    editor.open("b.bib", first)
    assert editor.keys("b.bib", (1, 18)) == []
    fields = editor.completions("b.bib", (2, 5))
    names = [one["label"] for one in fields]
    assert "journal" in names
    assert "title" not in names  # the entry has it
    (journal,) = (one for one in fields if one["label"] == "journal")
    assert journal["detail"] == "required"
    assert journal["textEdit"]["newText"] == "journal = {$1},"


def test_a_completion_shows_the_work_and_replaces_the_word(editor: Editor) -> None:
    text = FRONT + "See 😀 [@kafwrong]\n"
    editor.open("a.md", text)
    (item,) = editor.completions("a.md", (4, 12))
    assert item["labelDetails"] == {"detail": " Kafka 1926", "description": "The Castle"}
    assert "The Castle" in item["filterText"]
    edit = item["textEdit"]
    assert edit["newText"] == "kafka1926"
    assert edit["insert"]["start"] == {"line": 4, "character": 9}
    assert edit["insert"]["end"] == {"line": 4, "character": 12}
    assert edit["replace"]["end"] == {"line": 4, "character": 17}
    resolved = editor.request("completionItem/resolve", item)
    assert "*The Castle*" in resolved["documentation"]["value"]


def test_a_long_list_is_incomplete_and_narrowed_by_typing(editor: Editor) -> None:
    entries = (f"@book{{key{n:04},\n  title = {{Word{n:04}}}\n}}\n" for n in range(300))
    (editor.folder / "many.bib").write_text("".join(entries), encoding="utf-8")
    editor.open("a.md", "---\nbibliography: many.bib\n---\n\n@\n")
    found = editor.at("completion", "a.md", (4, 1))
    assert found["isIncomplete"]
    assert len(found["items"]) == 100
    editor.change("a.md", "word0277", (4, 1))
    found = editor.at("completion", "a.md", (4, 9))
    assert [one["label"] for one in found["items"]] == ["key0277"]
    assert not found["isIncomplete"]


def test_keys_follow_the_library(own_editor: Editor) -> None:
    editor, folder = own_editor, own_editor.folder
    editor.open("a.md", FRONT + "@ne @newer\n")
    assert editor.keys("a.md", (4, 3)) == []
    editor.open("refs.bib")
    editor.change("refs.bib", "@book{new2020,\n  title = {New}\n}\n\n", (0, 0))
    editor.diagnostics("refs.bib")  # it has been read again
    assert editor.keys("a.md", (4, 3)) == ["new2020"]
    editor.notify("textDocument/didClose", {"textDocument": {"uri": editor.uri("refs.bib")}})
    (folder / "refs.bib").write_text("@book{newer2021, title = {N}}", encoding="utf-8")
    editor.file_changed("refs.bib")
    editor.diagnostics("a.md", lambda found: "newer2021" in str(found))
    assert editor.keys("a.md", (4, 3)) == ["newer2021"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_have_the_agreed_units(folder: Path, encoding: str) -> None:
    pytest.importorskip("pygls")
    with Editor(folder, encodings=(encoding, "utf-16")) as editor:
        assert editor.server["capabilities"]["positionEncoding"] == encoding
        line = "😀é @kaf"
        width = {"utf-8": 11, "utf-16": 8, "utf-32": 7}[encoding]
        editor.open("a.md", FRONT + line + "\n")
        (item,) = editor.completions("a.md", (4, width))
        assert item["textEdit"]["insert"]["start"]["character"] == width - 3
        editor.change("a.md", "X", (4, width - 4), (4, width - 3))
        assert editor.completions("a.md", (4, width)) == []
