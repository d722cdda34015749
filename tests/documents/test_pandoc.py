"""The filter for pandoc, on trees that are written here and on documents that pandoc reads."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from refcite.documents.pandoc import filtered
from refcite.problems import InputError, StyleError
from tests.waiting import HANG

ROOT = Path(__file__).parent.parent.parent
SPACE: dict[str, Any] = {"t": "Space"}


def words(text: str) -> list[Any]:
    found: list[Any] = []
    for word in text.split():
        found += [SPACE] if found else []
        found.append({"t": "Str", "c": word})
    return found


def cite(*keys: str, mode: str = "NormalCitation", suffix: str = "", note: int = 1) -> Any:
    cites = [
        {
            "citationId": key,
            "citationPrefix": [],
            "citationSuffix": words(suffix),
            "citationMode": {"t": mode},
            "citationNoteNum": note,
            "citationHash": 0,
        }
        for key in keys
    ]
    return {"t": "Cite", "c": [cites, words("[@…]")]}


def meta(value: Any) -> Any:
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {key: meta(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [meta(inner) for inner in value]}
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    return {"t": "MetaInlines", "c": words(value)}


REFERENCES = meta(
    [
        {
            "id": "roe",
            "type": "book",
            "author": [{"family": "Roe", "given": "Ann"}],
            "title": "Gold",
            "issued": {"year": "2019"},
        },
        {
            "id": "kafka",
            "type": "book",
            "author": {"family": "Kafka", "given": "Franz"},
            "title": "The Castle",
            "issued": "1926",
            "URL": "https://example.org/castle",
        },
    ]
)


def run(*inlines: Any, **settings: Any) -> dict[str, Any]:
    """Return the tree of a document of one paragraph."""
    values = {key.replace("_", "-"): meta(value) for key, value in settings.items()}
    tree = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {"references": REFERENCES, **values},
        "blocks": [{"t": "Para", "c": list(inlines)}],
    }
    text, problems = filtered(json.dumps(tree))
    assert [str(problem) for problem in problems] == []
    found: dict[str, Any] = json.loads(text)
    return found


def shown(inlines: list[Any]) -> str:
    """Return inlines as text, notes between braces."""
    parts: list[str] = []
    for one in inlines:
        kind, content = one["t"], one.get("c")
        if kind == "Str":
            parts.append(content)
        elif kind == "Space":
            parts.append(" ")
        elif kind == "Math":
            parts.append(content[1])
        elif kind == "Note":
            parts.append("{" + "".join(shown(block["c"]) for block in content) + "}")
        else:
            parts.append(shown(content if isinstance(content[0], dict) else content[1]))
    return "".join(parts)


def paragraph(tree: dict[str, Any]) -> str:
    return shown(tree["blocks"][0]["c"])


def test_citations_are_kept_with_their_text() -> None:
    tree = run(*words("As"), SPACE, cite("roe", suffix=", p. 3 and more"), csl="apa")
    kind, (cites, text) = tree["blocks"][0]["c"][2].values()
    assert (kind, cites[0]["citationId"]) == ("Cite", "roe")
    assert shown(text) == "(Roe, 2019, p. 3 and more)"


def test_the_bibliography_has_the_classes_of_pandoc() -> None:
    tree = run(cite("roe"), cite("kafka"), csl="apa")
    attributes, entries = tree["blocks"][1]["c"]
    classes = ["references", "csl-bib-body", "hanging-indent"]
    assert attributes == ["refs", classes, [["entry-spacing", "0"], ["line-spacing", "2"]]]
    assert [entry["c"][0] for entry in entries] == [
        ["ref-kafka", ["csl-entry"], []],
        ["ref-roe", ["csl-entry"], []],
    ]
    link = entries[0]["c"][1][0]["c"][-1]
    assert (link["t"], link["c"][2]) == ("Link", ["https://example.org/castle", ""])


def test_numbers_of_entries_are_in_the_margin() -> None:
    tree = run(cite("roe"), csl="ieee")
    margin, text = tree["blocks"][1]["c"][1][0]["c"][1][0]["c"]
    assert margin["c"] == [["", ["csl-left-margin"], []], [{"t": "Str", "c": "[1]"}, SPACE]]
    assert text["c"][0] == ["", ["csl-right-inline"], []]


def spans(node: Any) -> list[str]:
    """Return the texts of the spans without attributes."""
    found: list[str] = []
    if isinstance(node, dict):
        if node.get("t") == "Span" and node["c"][0] == ["", [], []]:
            found.append("/".join(one.get("c", " ") for one in node["c"][1]))
        for value in node.values():
            found += spans(value)
    elif isinstance(node, list):
        for value in node:
            found += spans(value)
    return found


def test_quotations_of_the_style_are_spans_and_those_of_the_writer_remain() -> None:
    article = [
        {"id": "a", "type": "article-journal", "title": "Sails", "container-title": "Rigging"}
    ]
    quoted = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("so")]}
    one = cite("a")
    one["c"][0][0]["citationPrefix"] = [*words("called"), SPACE, quoted]
    tree = run(one, csl="chicago-notes-bibliography", references=article)
    assert spans(tree) == ["“/Sails/,/”", "“/Sails/./”"]
    note = tree["blocks"][0]["c"][0]["c"][1][0]["c"][0]["c"]
    assert quoted in note


def test_the_title_is_a_link_if_no_identifier_is_printed() -> None:
    work = {"id": "a", "type": "article-journal", "title": "Sails", "doi": "10.5555/a"}
    works = [{**work, "container-title": "Rigging", "volume": "3", "page": "1-9"}]
    tree = run(cite("a"), csl="nature", references=works)
    [link] = [one for one in tree["blocks"][1]["c"][1] if "10.5555/a" in json.dumps(one)]
    assert '{"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "Sails"}]' in json.dumps(link)
    tree = run(cite("a"), csl="nature", references=works, link_bibliography=False)
    assert '"Link"' not in json.dumps(tree["blocks"])


def test_breaks_in_affixes_remain_and_numbers_lose_their_emphasis() -> None:
    one = cite("roe")
    strong = {"t": "Strong", "c": words("12")}
    one["c"][0][0]["citationSuffix"] = [
        {"t": "Str", "c": ","},
        SPACE,
        {"t": "Str", "c": "p.\u00a0"},
        strong,
        {"t": "Str", "c": ","},
        SPACE,
        {"t": "Str", "c": "and"},
        {"t": "SoftBreak"},
        {"t": "Str", "c": "fol.\u00a03"},
    ]
    tree = run(one, csl="apa")
    inlines = tree["blocks"][0]["c"][0]["c"][1]
    assert {"t": "SoftBreak"} in inlines
    assert not any(inline["t"] == "Strong" for inline in inlines)
    assert shown([SPACE if inline["t"] == "SoftBreak" else inline for inline in inlines]) == (
        "(Roe, 2019, p. 12, and fol.\u00a03)"
    )


def test_the_numbers_of_notes_in_tables_begin_no_chapter() -> None:
    later, earlier = cite("roe", note=3), cite("roe", note=2)
    tree = run(later, SPACE, earlier, csl="chicago-notes-bibliography")
    assert paragraph(tree) == "{Ann Roe, Gold (2019).}{Roe, Gold.}"


def test_notes_follow_the_punctuation() -> None:
    inlines = (*words("As shown"), SPACE, cite("roe"), *words(", and here"), SPACE, cite("roe"))
    tree = run(*inlines, csl="chicago-notes-bibliography")
    assert paragraph(tree) == "As shown,{Ann Roe, Gold (2019).} and here{Roe, Gold.}"
    tree = run(*inlines, csl="chicago-notes-bibliography", notes_after_punctuation=False)
    assert paragraph(tree) == "As shown{Ann Roe, Gold (2019).}, and here{Roe, Gold.}"


def test_punctuation_moves_into_a_quotation_before_a_note() -> None:
    quoted = {"t": "Quoted", "c": [{"t": "DoubleQuote"}, words("gold")]}
    tree = run(quoted, SPACE, cite("roe"), *words(". Next"), csl="chicago-notes-bibliography")
    assert shown(tree["blocks"][0]["c"][0]["c"][1]) == "gold."
    tree = run(quoted, SPACE, cite("roe"), *words("."), csl="chicago-notes-bibliography", lang="de")
    assert shown(tree["blocks"][0]["c"][0]["c"][1]) == "gold"


def test_a_note_contains_no_notes() -> None:
    inner = [*words("First"), SPACE, cite("roe"), *words(". Then"), SPACE,
             cite("kafka", mode="AuthorInText"), *words(" is.")]  # fmt: skip
    note = {"t": "Note", "c": [{"t": "Para", "c": inner}]}
    first = {"t": "Note", "c": [{"t": "Para", "c": [cite("roe", note=2), *words(" too")]}]}
    tree = run(*words("Text"), note, first, csl="chicago-notes-bibliography")
    assert paragraph(tree) == (
        "Text{First (Ann Roe, Gold (2019)). Then"
        " Franz Kafka, The Castle (1926), https://example.org/castleis.}{Roe, Gold.too}"
    )


def test_the_division_refs_receives_the_bibliography() -> None:
    tree = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {"references": REFERENCES, "nocite": {"t": "MetaInlines", "c": [cite("*")]}},
        "blocks": [{"t": "Div", "c": [["refs", ["own"], []], []]}, {"t": "Para", "c": []}],
    }
    blocks = json.loads(filtered(json.dumps(tree))[0])["blocks"]
    assert blocks[0]["c"][0][1][:2] == ["own", "references"]
    assert len(blocks[0]["c"][1]) == 2


def test_the_bibliography_has_a_title_or_is_omitted() -> None:
    tree = run(cite("roe"), reference_section_title="My sources")
    assert shown(tree["blocks"][1]["c"][2]) == "My sources"
    assert len(run(cite("roe"), suppress_bibliography=True)["blocks"]) == 1


def test_citations_link_to_their_entries() -> None:
    tree = run(cite("roe"), link_citations=True, csl="ieee")
    (link,) = tree["blocks"][0]["c"][0]["c"][1]
    assert (link["t"], link["c"][2][0]) == ("Link", "#ref-roe")


def test_formulas_and_links_around_a_key_are_kept() -> None:
    formula = {"t": "Math", "c": [{"t": "InlineMath"}, "x^2"]}
    cited = cite("roe")
    cited["c"][0][0]["citationSuffix"] = [*words(", see"), SPACE, formula, {"t": "Str", "c": "<i>"}]
    text = run(cited, csl="apa")["blocks"][0]["c"][0]["c"][1]
    assert formula in text
    assert shown(text).endswith("<i>)")


def test_undefined_keys_are_warnings_with_similar_keys() -> None:
    tree = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {"references": REFERENCES},
        "blocks": [{"t": "Para", "c": [cite("kafak"), cite("roe", "none{}")]}],
    }
    text, problems = filtered(json.dumps(tree))
    assert paragraph(json.loads(text)) == "(kafak?)(Roe 2019; none{}?)"
    assert [str(one) for one in problems] == [
        "warning: no reference has the key 'kafak'; did you mean 'kafka'? [undefined-key]",
        "warning: no reference has the key 'none{}' [undefined-key]",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("[1]", "no document of pandoc"),
        ('{"pandoc-api-version": [1, 20], "meta": {}, "blocks": []}', "pandoc 2.10"),
        (
            '{"pandoc-api-version": [1, 23], "meta": {}, "blocks": [{"t": "Cite"}]}',
            "not a document",
        ),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_other_input_is_explained(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        filtered(text)


def test_styles_and_files_are_not_loaded_from_the_network(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match="download the file"):
        run(cite("roe"), csl="https://example.org/my.csl")
    with pytest.raises(InputError, match="download the file"):
        run(cite("roe"), bibliography="https://example.org/refs.bib")
    with pytest.raises(InputError, match="cannot be read"):
        run(cite("roe"), bibliography=str(tmp_path / "none.bib"))
    with pytest.raises(StyleError, match="'apa'"):
        run(cite("roe"), csl="elsewhere/apa.csl")


def test_the_command_reports_errors_on_one_line() -> None:
    command = [sys.executable, "-m", "refcite.pandoc", "html"]
    done = subprocess.run(command, input=b"{", capture_output=True, timeout=HANG, check=False)
    assert (done.stdout, done.returncode) == (b"", 1)
    assert done.stderr.startswith(b"refcite-pandoc: error: the input is not JSON")
    assert done.stderr.count(b"\n") == 1


# Documents that pandoc reads

PAPER = """\
---
lang: en-US
references:
- id: roe
  type: book
  author: [{family: Roe, given: Ann}]
  title: The *Castle* of H~2~O
  publisher: Press
  issued: {year: 2019}
- id: doe
  type: article-journal
  author: [{family: Doe, given: John}, {family: van der Berg, given: Piet}]
  title: Ideas
  container-title: Journal
  volume: 3
  page: 33-55
  issued: 2018-03
---

See [see @doe, pp. 33-35 and *passim*; also -@roe]. @roe [chap. 3] shows. He "said" [@doe], and
[@none] as @doe.^[First [@roe, p. 3]. Then @doe [p. 40] is it. Only [@roe].] More.^[[@doe] and x.]

> Quoted[@roe; @doe]? *Emph* [@roe, {ii, A}] - z.

- item [@doe, §5]

# Sources
"""


@cache
def program() -> str:
    found = shutil.which("pandoc")
    spec = find_spec("pypandoc")
    folders = [ROOT / "build" / "peers" / "pypandoc"]
    folders += [Path(spec.origin).parent] if spec and spec.origin else []
    for folder in folders:
        if found is None and (folder / "files" / "pandoc").is_file():
            found = str(folder / "files" / "pandoc")
    if found is None:
        pytest.skip("pandoc is not installed")
    return found


def pandoc(*options: str, text: str, folder: Path) -> str:
    done = subprocess.run(
        [program(), "--from", "markdown", "--to", "plain", "--wrap=none", *options],
        input=text,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        timeout=HANG,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "style",
    [
        "chicago-author-date",
        "chicago-notes-bibliography",
        "ieee",
        "apa",
        "nature",
        "elsevier-harvard",
    ],
)
def test_the_filter_prints_the_same_as_pandoc(tmp_path: Path, style: str) -> None:
    from refcite.csl import style_xml

    (tmp_path / "style.csl").write_text(style_xml(style), encoding="utf-8")
    command = tmp_path / "refcite-pandoc"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m refcite.pandoc "$@"\n', "utf-8")
    command.chmod(0o755)
    if os.name == "nt":
        pytest.skip("the command is a script of a shell")
    own = pandoc("--csl", "style.csl", "--filter", str(command), text=PAPER, folder=tmp_path)
    peer = pandoc("--csl", "style.csl", "--citeproc", text=PAPER, folder=tmp_path)
    assert own == peer
