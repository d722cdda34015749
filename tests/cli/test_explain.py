"""`refcite explain`, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from lxml import html

from refcite.cli.app import app
from refcite.csl import Processor
from tests.browser import SIZES, chromium, page_in
from tests.cli.terminal import on_a_terminal, without_styles
from tests.cli.test_cli import run

REFS = """
@book{kafka, author = {Franz Kafka}, title = {The Castle}, publisher = {Wolff}, date = {1926},
  location = {Munich}}
@article{bees, author = {Jane Doe}, title = {Bees}, journaltitle = {Apiary}, date = {2001}}
"""
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info/>
<macro name="name">
<names variable="author"/>
</macro>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout suffix=".">
<group delimiter=", ">
<text macro="name"/>
<text variable="title" font-style="italic"/>
<text variable="volume"/>
<choose><if type="article-journal">
<text variable="publisher"/>
</if></choose>
</group>
</layout></bibliography>
</style>"""
TEXT = """\
kafka (bibliography of {style})
  Franz Kafka, The Castle.

  "Franz Kafka"  author     line 4    <names variable="author">  in name
  ", "           delimiter  line 8    <group delimiter=", ">
  "The Castle"   title      line 10   <text variable="title" font-style="italic">
  "."            affix      line 7    <layout suffix=".">

  In the record, but not printed
  publisher               line 12    <if>: type="article-journal" is false
  issued, publisher-place: this style does not print them here

  Used by the style, but not in the record (line)
  volume (11)

Line numbers refer to {style}.
"""


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(REFS, encoding="utf-8")
    return path


@pytest.fixture
def style(tmp_path: Path) -> Path:
    path = tmp_path / "small.csl"
    path.write_text(STYLE, encoding="utf-8")
    return path


def test_each_piece_is_named_with_its_line(refs: Path, style: Path) -> None:
    done = run("explain", refs, "kafka", "--style", style)
    assert (done.stdout, done.returncode) == (TEXT.format(style=style), 0)


def test_json_has_every_piece(refs: Path) -> None:
    explained = json.loads(run("explain", refs, "-o", "json", "-s", "ieee").stdout)
    assert [one["id"] for one in explained] == ["kafka", "bees"]
    for one in explained:
        assert "".join(span["text"] for span in one["spans"]) == one["text"]
        assert all(one["elements"][span["path"][-1]]["line"] for span in one["spans"])
    assert explained[0]["text"] == "[1] F. Kafka, The Castle. Munich: Wolff, 1926."


def test_a_citation_can_be_explained(refs: Path) -> None:
    done = run("explain", refs, "kafka", "--citation", "-o", "json")
    assert json.loads(done.stdout)[0]["text"] == "(Kafka, 1926)"


HOSTILE = """<script>alert(1)</script> & "quoted' </title><img src=x onerror=alert(2)>"""


def test_the_page_holds_text_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "refs.json"
    item = {"id": f'k"{HOSTILE}', "type": "book", "title": HOSTILE, "publisher": HOSTILE}
    path.write_text(json.dumps([item]), encoding="utf-8")
    page: Any = html.fromstring(run("explain", path, "-o", "html").stdout)
    assert not page.xpath("//script | //img | //link | //iframe | //@src | //@href | //@onerror")
    assert page.xpath("string(//h2)") == item["id"]
    pieces = page.xpath("//*[@tabindex and contains(@class, 'piece')]")
    tips = {tip.get("id") for tip in page.xpath("//*[@role='tooltip']")}
    assert pieces
    assert {piece.get("aria-describedby") for piece in pieces} == tips
    assert "alert(1)" in "".join(piece.text for piece in pieces)


def test_a_key_that_is_not_there_is_said_and_the_others_are_explained(refs: Path) -> None:
    done = run("explain", refs, "kafke", "bees", "beez", "-o", "json")
    assert done.returncode == 1
    assert [one["id"] for one in json.loads(done.stdout)] == ["bees"]
    assert done.stderr.splitlines() == [
        f"Error: there is no record {key!r} in the library; did you mean {near!r}?"
        for key, near in (("kafke", "kafka"), ("beez", "bees"))
    ]


SHAPED = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info/>
<citation><layout><text variable="title"/></layout></citation>
<bibliography et-al-min="2" et-al-use-first="1" initialize-with="." name-delimiter="/"><layout>
<text variable="title" display="block"/>
<names variable="author"/>
<choose><if match="none" variable="title volume">
<text variable="publisher"/>
</if></choose>
</layout></bibliography>
</style>"""


@pytest.fixture
def shaped(tmp_path: Path) -> list[Path | str]:
    path = tmp_path / "shaped.csl"
    path.write_text(SHAPED, encoding="utf-8")
    hives = tmp_path / "hives.bib"
    hives.write_text(
        "@book{hives, author = {Doe, Jane and Roe, Rex and Poe, Ed}, title = {Hives}, "
        "publisher = {Hive}}",
        encoding="utf-8",
    )
    return ["explain", hives, "--style", path]


def test_what_shaped_a_piece_from_elsewhere_is_said(shaped: list[Path | str]) -> None:
    said = run(*shaped).stdout
    # The line break before the block does not stand in front of the entry.
    assert said.splitlines()[1:3] == ["  HivesJ. Doe et al.", ""]
    assert '<names variable="author">; initialize-with="." of <bibliography> line 4' in said
    assert 'line 4     <bibliography>: 2 names are omitted, because of et-al-min="2"' in said
    assert 'line 7     <if>: none may be true: variable="title" is true\n' in said


def test_json_says_what_shaped_a_piece(shaped: list[Path | str]) -> None:
    (explained,) = json.loads(run(*shaped, "-o", "json").stdout)
    (name,) = [span for span in explained["spans"] if span.get("variable") == "author"]
    (setting,) = name["settings"]
    assert (setting["name"], setting["value"]) == ("initialize-with", ".")
    assert explained["elements"][setting["where"]] == {
        "element": "bibliography",
        "line": 4,
        "attributes": {"initialize-with": "."},
    }
    by_reason = {one["reason"]: one for one in explained["skipped"]}
    assert by_reason["et-al"]["left_out"] == 2
    assert by_reason["condition"]["match"] == "none"
    assert explained["unprinted"] == ["publisher"]


def test_the_page_says_it_too(shaped: list[Path | str]) -> None:
    page: Any = html.fromstring(run(*shaped, "-o", "html").stdout)
    texts = [piece.text for piece in page.xpath("//*[contains(@class, 'piece')]")]
    assert "".join(texts) == "HivesJ. Doe et al."
    assert "2 names are omitted" in page.xpath("string(//dd)")
    assert page.xpath("//*[@role='tooltip']/i/text()") == [
        'initialize-with="." of <bibliography> line 4'
    ]


def test_a_published_style_is_printed_with_the_lines_that_are_named(refs: Path) -> None:
    last = run("explain", refs, "kafka", "-s", "ieee").stdout.splitlines()[-1]
    assert last == "Line numbers refer to the output of `refcite styles --xml ieee`."
    lines = run("styles", "--xml", "ieee").stdout.splitlines()
    (explained,) = json.loads(run("explain", refs, "kafka", "-s", "ieee", "-o", "json").stdout)
    for span in explained["spans"]:
        where = explained["elements"][span["path"][-1]]
        assert f"<{where['element']}" in lines[where["line"] - 1]


def test_a_narrow_terminal_cuts_nothing_but_the_text(refs: Path) -> None:
    shown = without_styles(on_a_terminal("explain", refs, "kafka", "-s", "apa", columns=70))
    rows = shown.splitlines()
    table = rows[3 : rows.index("", 3)]
    assert all(len(line) <= 70 for line in table)
    assert any(line.startswith('  "The Castle"  title    ') for line in table)
    asked = rows.index("  Used by the style, but not in the record (line)")
    assert all(len(line) <= 70 for line in rows[asked : rows.index("", asked)])


def test_a_bar_stands_while_entries_are_explained(
    refs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_bars: list[str] = []
    explained_under: list[list[str]] = []
    explanations = Processor.explanations

    class Bar:
        def __init__(self, label: str) -> None:
            self._label = label

        def __enter__(self) -> None:
            open_bars.append(self._label)

        def __exit__(self, *_: object) -> None:
            open_bars.remove(self._label)

    def explain(*given: Any, **options: Any) -> Any:
        explained_under.append(list(open_bars))
        return explanations(*given, **options)

    monkeypatch.setattr("refcite.cli.commands.citations.Progress", Bar)
    monkeypatch.setattr(Processor, "explanations", explain)
    CliRunner().invoke(app, ["explain", str(refs)], catch_exceptions=False)
    assert explained_under == [["explaining"]]


@pytest.mark.parametrize(("typed", "wanted"), [("", ["kafka", "bees"]), ("k", ["kafka"])])
def test_the_shell_completes_keys(refs: Path, typed: str, wanted: list[str]) -> None:
    completer = ShellComplete(app, {}, "refcite", "_REFCITE_COMPLETE")
    found = completer.get_completions(["explain", str(refs)], typed)
    assert [item.value for item in found] == wanted


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_keyboard_reaches_every_piece_that_says_something(
    refs: Path, size: str, dark: bool
) -> None:
    text = run("explain", refs, "kafka", "-o", "html").stdout
    with chromium() as browser, page_in(browser, size, dark=dark) as page:
        page.set_content(text)
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
        entry = page.locator(".entry").bounding_box()
        assert entry is not None
        for piece in page.locator(".piece[tabindex='0']").all():
            page.keyboard.press("Tab")
            assert piece.evaluate("one => one === document.activeElement")
            assert (piece.get_attribute("aria-label") or "").endswith(
                piece.evaluate("one => one.firstChild.data")
            )
            tip = piece.locator(".tip")
            assert tip.is_visible()
            box = tip.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= SIZES[size][0]
            # It stands in the room that the entry has for it.
            assert entry["y"] < box["y"]
            assert box["y"] + box["height"] <= entry["y"] + entry["height"] + 1
        assert page.locator(".tip:visible").count() == 1
        page.keyboard.press("Tab")
        assert page.locator(".tip:visible").count() == 0


@pytest.mark.parametrize("size", SIZES)
def test_a_tip_covers_nothing(refs: Path, size: str) -> None:
    text = run("explain", refs, "kafka", "-o", "html").stdout
    with chromium() as browser, page_in(browser, size, dark=False) as page:
        page.set_content(text)
        for piece in page.locator(".piece").all():
            piece.click()
            tip = piece.locator(".tip")
            assert tip.is_visible()
            assert tip.evaluate(
                """tip => {
                  const box = tip.getBoundingClientRect();
                  return [...document.querySelectorAll(".piece, summary, h2, li")].every(one =>
                    [...one.getClientRects()].every(it =>
                      it.bottom <= box.top || it.top >= box.bottom));
                }"""
            )
        page.get_by_text("All pieces", exact=True).click()
        assert page.locator("table").is_visible()


def test_a_style_without_a_bibliography_tells_works_apart_too(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@book{a, author = {Doe, Jane}, title = {Ants}, date = {2001}}\n"
        "@book{b, author = {Doe, Jane}, title = {Bees}, date = {2001}}\n",
        encoding="utf-8",
    )
    style = "review-of-international-studies"
    assert "2001a" in run("explain", path, "a", "-s", style).stdout.splitlines()[1]
