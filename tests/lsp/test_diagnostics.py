"""Problems become diagnostics at their places, and repairs code actions."""

from __future__ import annotations

from typing import Any

import pytest

from refcite import check, loads
from tests.lsp.conftest import LIBRARY
from tests.lsp.editor import Editor

FRONT = "---\nbibliography: refs.bib\n---\n\n"


def spans(found: list[dict[str, Any]]) -> list[tuple[str, int, int, int]]:
    """Return the code, the line and the columns of diagnostics."""
    return [
        (
            one["code"],
            one["range"]["start"]["line"],
            one["range"]["start"]["character"],
            one["range"]["end"]["character"],
        )
        for one in found
    ]


def test_an_undefined_key_has_near_matches_that_replace_it(editor: Editor) -> None:
    text = editor.open("a.md", FRONT + "😀 [@kafka1962; @kafka1926; -@{goedel1930}] @fig-map\n")
    found = editor.diagnostics("a.md")
    assert spans(found) == [("undefined-key", 4, 5, 14), ("undefined-key", 4, 30, 42)]
    assert found[0]["message"] == (
        "no reference has the key 'kafka1962'; did you mean 'kafka1926'?"
    )
    assert found[0]["severity"] == 1
    (action,) = editor.actions("a.md", found[:1])
    assert action["title"] == "Replace by 'kafka1926'"
    changed = editor.applied(text, "a.md", action["edit"])
    assert changed == text.replace("kafka1962", "kafka1926")
    editor.change("a.md", changed)
    assert len(editor.diagnostics("a.md")) == 1


def test_keys_of_latex(editor: Editor) -> None:
    editor.open("a.tex", "\\bibliography{refs}\n\\cite{kafka1926,\n none}% \\cite{never}\n")
    assert spans(editor.diagnostics("a.tex")) == [("undefined-key", 2, 1, 5)]


def test_without_a_named_library_those_of_the_workspace_are_a_guess(editor: Editor) -> None:
    editor.open("b.md", "@kafka1926 @kafkb1926\n")
    (found,) = editor.diagnostics("b.md")
    assert found["severity"] == 2
    assert found["message"].startswith("no library of the workspace has the key 'kafkb1926'")


def test_a_missing_library_is_reported_where_it_is_named(own_editor: Editor) -> None:
    editor = own_editor
    front = "---\ntitle: missing.bib\nbibliography:\n  - refs.bib\n  - missing.bib\n---\n\n"
    editor.open("a.md", front + "@kafka1926 @nobody\n")
    found = editor.diagnostics("a.md")
    assert spans(found) == [("unreadable-input", 4, 4, 15)]  # and no key is said to be undefined
    (editor.folder / "missing.bib").write_text("@book{nobody, title = {N}}", encoding="utf-8")
    editor.file_changed("missing.bib", 1)
    assert editor.diagnostics("a.md", lambda found: not found) == []
    editor.open("b.tex", "\\cite{a}\n\\addbibresource{gone.bib}\n")
    assert spans(editor.diagnostics("b.tex")) == [("unreadable-input", 1, 16, 24)]


@pytest.mark.parametrize(
    ("front", "code", "line"),
    [
        ("---\nbibliography: refs.bib\ncsl: no-such-style\n---\n", "unknown-style", 2),
        ("---\nbibliography: refs.bib\nlang: xx-nowhere\n---\n", "unknown-language", 2),
        ("---\nbibliography: refs.bib\ntitle: [\n---\n", "invalid-yaml", 3),
    ],
)
def test_problems_of_the_metadata(editor: Editor, front: str, code: str, line: int) -> None:
    editor.open(f"{code}.md", f"{front}\n@kafka1926\n")
    (found,) = editor.diagnostics(f"{code}.md")
    assert (found["code"], found["range"]["start"]["line"]) == (code, line)


BROKEN = """\
% 😀
@misc{a,
  author = {Roe, Ann},
  title = {One} year = 2001,
  howpublished = {Print},
}

@misc{b,
  author = {Poe, Bo},
  title = {😀 Two},
  url = {https://doi.org/10.1000/2},
  year = 2002
}
"""


def test_the_checks_of_a_library_with_their_repairs(own_editor: Editor) -> None:
    editor = own_editor
    text = editor.open("b.bib", BROKEN)
    found = editor.diagnostics("b.bib")
    expected = {(one.code, (one.line or 1) - 1) for one in check(loads(BROKEN, file="b.bib"))}
    assert {(one["code"], one["range"]["start"]["line"]) for one in found} == expected
    (doi,) = (one for one in found if one["code"] == "doi-in-url")
    assert doi["range"]["start"] == {"line": 10, "character": 2}
    titles = {one["title"]: one for one in editor.actions("b.bib", [doi])}
    move = titles["Move the DOI from 'url' to 'doi'"]
    assert move["isPreferred"]
    assert move["kind"] == "quickfix"
    assert move["diagnostics"] == [doi]
    repaired = text.replace("url = {https://doi.org/10.1000/2}", "doi = {10.1000/2}")
    assert editor.applied(text, "b.bib", move["edit"]) == repaired
    ignored = editor.applied(text, "b.bib", titles["Ignore doi-in-url in this entry"]["edit"])
    assert ignored == text.replace("@misc{b", "% refcite: ignore doi-in-url\n@misc{b")
    editor.change("b.bib", ignored)
    assert "doi-in-url" not in str(editor.diagnostics("b.bib"))


def test_syntax_is_repaired_and_all_safe_repairs_are_one_action(own_editor: Editor) -> None:
    editor = own_editor
    text = editor.open("b.bib", BROKEN.replace("\n", "\r\n"))
    found = editor.diagnostics("b.bib")
    (comma,) = (one for one in found if one["code"] == "missing-comma")
    titles = {one["title"]: one for one in editor.actions("b.bib", [comma])}
    fixed = editor.applied(text, "b.bib", titles["Add a missing comma"]["edit"])
    assert fixed == text.replace("{One} year", "{One}, year")
    (action,) = editor.actions("b.bib", [], ["source.fixAll"])
    assert action["kind"] == "source.fixAll.refcite"
    everything = editor.applied(text, "b.bib", action["edit"])
    repaired = text.replace("{One} year", "{One}, year")
    assert everything == repaired.replace("url = {https://doi.org/10.1000/2}", "doi = {10.1000/2}")
    (lazy,) = (one for one in editor.actions("b.bib", [comma]) if one["kind"] == action["kind"])
    assert "edit" not in lazy
    assert editor.request("codeAction/resolve", lazy)["edit"] == action["edit"]


def test_the_configuration_holds_as_for_the_command_line(own_editor: Editor) -> None:
    editor = own_editor
    configuration = editor.folder / "refcite.toml"
    configuration.write_text('[check]\nselect = ["doi-in-url"]\n', encoding="utf-8")
    editor.open("b.bib", BROKEN)
    assert [one["code"] for one in editor.diagnostics("b.bib")] == ["doi-in-url"]
    configuration.write_text('[check]\nignor = ["all"]\n', encoding="utf-8")
    editor.file_changed("refcite.toml")
    (found,) = editor.diagnostics("b.bib", lambda found: "ignor" in str(found))
    assert "did you mean 'ignore'" in found["message"]


def test_options_of_the_editor_and_of_the_configuration(own_editor: Editor) -> None:
    editor, folder = own_editor, own_editor.folder
    (folder / "docs").mkdir()
    (folder / "lib").mkdir()
    (folder / "lib" / "x.bib").write_text("@book{x, title = {X}}", encoding="utf-8")
    (folder / "refcite.toml").write_text(
        '[lsp]\nbibliography = ["lib/x.bib"]\nstyle = "apa"\n', encoding="utf-8"
    )
    editor.open("docs/a.md", "@x @kafka1926\n")
    (found,) = editor.diagnostics("docs/a.md")
    assert found["message"].startswith("no reference has the key 'kafka1926'")
    settings = {"refcite": {"bibliography": ["refs.bib"], "problemsUrl": "http://site/p", "x": 1}}
    editor.notify("workspace/didChangeConfiguration", {"settings": settings})
    assert "there is no option 'x'" in editor.told("option")
    (found,) = editor.diagnostics("docs/a.md", lambda found: "'x'" in str(found))
    assert found["codeDescription"] == {"href": "http://site/p#undefined-key"}


def test_projects_name_libraries(own_editor: Editor) -> None:
    editor, folder = own_editor, own_editor.folder
    (folder / "book").mkdir()
    (folder / "other.bib").write_text("@book{x, title = {X}}", encoding="utf-8")
    (folder / "_quarto.yml").write_text("bibliography: other.bib\ncsl: apa\n", encoding="utf-8")
    editor.open("book/a.qmd", "@x @kafka1926\n")
    assert spans(editor.diagnostics("book/a.qmd")) == [("undefined-key", 0, 4, 13)]
    (folder / "main.tex").write_text("\\bibliography{refs}\n", encoding="utf-8")
    editor.open("part.tex", "% !TeX root = main.tex\n\\cite{x,kafka1926}\n")
    assert spans(editor.diagnostics("part.tex")) == [("undefined-key", 1, 6, 7)]
    (folder / "old.aux").write_text("\\citation{a}\n\\bibdata{other}\n", encoding="utf-8")
    editor.open("old.tex", "\\cite{x,kafka1926}\n")
    assert spans(editor.diagnostics("old.tex")) == [("undefined-key", 0, 8, 17)]


def test_a_valid_library_and_an_unknown_file_have_no_diagnostics(editor: Editor) -> None:
    editor.open("refs.bib", LIBRARY)
    assert not [one for one in editor.diagnostics("refs.bib") if one["severity"] == 1]
    editor.open("empty.bib", "")
    editor.diagnostics("empty.bib")


def test_roles_of_myst_are_citations(own_editor: Editor) -> None:
    editor, folder = own_editor, own_editor.folder
    editor.open("a.md", FRONT + "See {cite:p}`kafka1926, nobody`.\n")
    assert spans(editor.diagnostics("a.md")) == [("undefined-key", 4, 24, 30)]
    (folder / "site").mkdir()
    (folder / "site" / "myst.yml").write_text("project:\n  bibliography: x.bib\n", encoding="utf-8")
    (folder / "site" / "x.bib").write_text("@book{x, title = {X}}", encoding="utf-8")
    editor.open("site/a.md", "[@x] and [](doi:10.1000/1) and {cite:t}`kafka1926`\n")
    assert spans(editor.diagnostics("site/a.md")) == [("undefined-key", 0, 40, 49)]
