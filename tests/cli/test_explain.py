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

  "Franz Kafka"  author     line 4   <names variable="author">  in name
  ", "           delimiter  line 8   <group delimiter=", ">
  "The Castle"   title      line 10  <text variable="title" font-style="italic">
  "."            affix      line 7   <layout suffix=".">

  In the record, and not printed
  publisher               line 12    <if>: type="article-journal" is false
  issued, publisher-place: this style has no place for them here

  Asked for, and not in the record (line)
  volume (11)
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
        assert all(span["path"][-1]["line"] for span in one["spans"])
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
    pieces = page.xpath("//*[@tabindex='0' and contains(@class, 'piece')]")
    tips = {tip.get("id") for tip in page.xpath("//*[@role='tooltip']")}
    assert pieces
    assert {piece.get("aria-describedby") for piece in pieces} == tips
    assert "alert(1)" in "".join(piece.text for piece in pieces)


def test_a_key_that_is_not_there_is_said(refs: Path) -> None:
    done = run("explain", refs, "kafke")
    assert done.returncode == 1
    assert "there is no record 'kafke'" in done.stderr
    assert "'kafka'" in done.stderr


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

    monkeypatch.setattr("refcite.cli.app.Progress", Bar)
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
def test_the_keyboard_reaches_every_piece(refs: Path, size: str, dark: bool) -> None:
    text = run("explain", refs, "kafka", "-o", "html").stdout
    with chromium() as browser, page_in(browser, size, dark=dark) as page:
        page.set_content(text)
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
        for piece in page.locator(".piece").all():
            page.keyboard.press("Tab")
            assert piece.evaluate("one => one === document.activeElement")
            tip = piece.locator(".tip")
            assert tip.is_visible()
            box = tip.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= SIZES[size][0]
        assert page.locator(".tip:visible").count() == 1
