"""`refcite cite --watch`: entries are printed again when their file changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from refcite.cli.app import app


def _entry(title: str) -> str:
    return f"@book{{k, author = {{Kafka, Franz}}, title = {{{title}}}, date = {{1926}}}}"


def _watched(
    monkeypatch: pytest.MonkeyPatch,
    path: Path,
    edits: list[Callable[[], object]],
    *options: str | Path,
) -> Result:
    """Watch a file, make an edit at each look, and end it after the last."""
    left: Iterator[Callable[[], object]] = iter(edits)

    def wait(_seconds: float) -> None:
        edit = next(left, None)
        if edit is None:
            raise KeyboardInterrupt
        edit()

    monkeypatch.setattr("refcite.cli.watch.time.sleep", wait)
    arguments = ["cite", str(path), "--style", "apa", "--watch", *map(str, options)]
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_entries_are_printed_again_when_the_file_changes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(_entry("The Castle"), encoding="utf-8")
    done = _watched(
        monkeypatch,
        path,
        [
            lambda: None,
            lambda: path.write_text(_entry("The Trial, again"), encoding="utf-8"),
        ],
    )
    assert done.stdout.splitlines() == [
        "Kafka, F. (1926). The Castle.",
        "Kafka, F. (1926). The Trial, again.",
    ]
    assert done.exit_code == 0


def test_a_file_that_is_gone_for_a_while_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(_entry("The Castle"), encoding="utf-8")
    done = _watched(
        monkeypatch,
        path,
        [path.unlink, lambda: path.write_text(_entry("The Trial"), encoding="utf-8")],
    )
    assert "refs.bib" in done.stderr
    assert done.stdout.splitlines()[-1] == "Kafka, F. (1926). The Trial."
    assert done.exit_code == 0


def test_standard_input_cannot_be_watched() -> None:
    done = CliRunner().invoke(app, ["cite", "-", "--watch"], input=_entry("The Castle"))
    assert done.exit_code == 2
    assert "--watch" in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--style", "appa"], "there is no style 'appa'"),
        (["--style", "https://www.zotero.org/styles/appa"], "there is no style"),
        (["--locale", "xx-YY"], "there is no CSL locale 'xx-YY'"),
        (["--locale", "xx-YY", "--style", "later.csl"], "there is no CSL locale 'xx-YY'"),
        (["--from", "bibtext"], "there is no format 'bibtext'"),
    ],
)
def test_what_stays_wrong_is_not_watched(
    options: list[str], message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(_entry("The Castle"), encoding="utf-8")
    done = _watched(monkeypatch, path, [], *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Watching" not in done.stderr


STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info/>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout suffix="{}"><text variable="title"/></layout></bibliography></style>"""


@pytest.mark.parametrize("name", ["later.csl", "later"])
def test_a_style_may_come_break_and_be_mended(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, style = tmp_path / "refs.bib", tmp_path / name
    path.write_text(_entry("The Castle"), encoding="utf-8")
    done = _watched(
        monkeypatch,
        path,
        [
            lambda: style.write_text(STYLE.format("!"), encoding="utf-8"),
            lambda: style.write_text("<style", encoding="utf-8"),
            style.unlink,
            lambda: style.write_text(STYLE.format("?!"), encoding="utf-8"),
        ],
        "--style",
        style,
    )
    assert done.stdout.splitlines() == ["The Castle!", "The Castle?!"]
    assert done.stderr.count("Error: ") == 3
    assert done.exit_code == 0


def test_entries_are_printed_again_when_the_sections_change(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path, sections = tmp_path / "refs.bib", tmp_path / "sections.toml"
    path.write_text(_entry("The Castle"), encoding="utf-8")
    sections.write_text('[[section]]\nheading = "Novels"\n', encoding="utf-8")
    edits = [
        lambda: sections.write_text('[[section]]\nheadline = "Books"\n', encoding="utf-8"),
        lambda: sections.write_text('[[section]]\nheading = "Books of old"\n', encoding="utf-8"),
    ]
    done = _watched(monkeypatch, path, [*edits], "--sections", sections)
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith("Kafka")]
    assert lines == ["Novels", "Books of old"]
    assert "line 2: section 1: unknown key 'headline'" in done.stderr
