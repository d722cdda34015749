"""Bad input: a clear error and exit status; no crash, no hang, no network."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_cli import run
from tests.share import long_but

LONG_LINE = 50_000_000
DEEP = 100_000

BAD = {
    "empty.bib": (b"", "empty-input"),
    "blank.json": (b" \n\n", "empty-input"),
    "rubbish.bib": (bytes(range(256)) * 64, "unreadable-input"),
    "rubbish.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "unreadable-input"),
    "prose.txt": (b"Once upon a time there was no reference.", "unknown-format"),
    "deep.json": (b"[" * DEEP + b"]" * DEEP, "too-deep"),
    "deep-objects.json": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "too-deep"),
    "deep-braces.bib": (
        b"@book{a, title = " + b"{" * DEEP + b"x" + b"}" * DEEP + b"}\n@book{b, title = {Good}}",
        None,
    ),
    "open-braces.bib": (b"@book{a, title = " + b"{" * DEEP, ""),
    "long-line.bib": (b"@book{a, title = {" + b"x" * LONG_LINE + b"}}", None),
    "long-line.json": (b'[{"id": "a", "title": "' + b"x" * LONG_LINE + b'"}]', None),
    "long-line.txt": (b"Publisher " + b"x, " * (LONG_LINE // 3), ""),
    "long-number.json": (b'[{"id": "a", "volume": ' + b"9" * 100_000 + b"}]", None),
    "entities.html": (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b"<html><body>Publisher &b; refworld</body></html>",
        None,
    ),
}
ENTITY_STYLES = {
    "bomb": '<!DOCTYPE style [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    "file": '<!DOCTYPE style [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "network": '<!DOCTYPE style SYSTEM "http://192.0.2.1/style.dtd">',
}


@pytest.mark.parametrize("name", long_but(lambda name: name != "long-line.txt", BAD))
def test_bad_input_ends_with_a_clear_error(name: str, tmp_path: Path) -> None:
    data, code = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    # `run` ends what hangs; how the time grows with the text, benchmarks/hostile.py measures.
    done = run("convert", path, "-t", "csl-json")
    assert done.returncode in {0, 1}
    if code is not None:
        assert done.returncode == 1
        assert f"{path}" in done.stderr
        assert f"[{code}]" in done.stderr or not code
    assert len(done.stderr) < 2_000


@pytest.mark.parametrize("doctype", ENTITY_STYLES.values(), ids=ENTITY_STYLES)
def test_a_style_reads_no_file_and_no_network(doctype: str, tmp_path: Path) -> None:
    style = tmp_path / "style.csl"
    style.write_text(
        f'{doctype}<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        '<citation><layout><text value="&a;"/></layout></citation></style>',
        encoding="utf-8",
    )
    done = run("cite", "-", "--style", style, stdin='[{"id": "a", "title": "T"}]')
    assert done.returncode == 1
    assert "style.csl: " in done.stderr
    assert done.stdout == ""


def test_good_entries_are_kept_when_others_are_not(tmp_path: Path) -> None:
    path = tmp_path / "mixed.bib"
    path.write_text(
        "@book{one, title = {One}, year = 2001}\n"
        "@book{two, title = {Unclosed, year = 2002}\n\n"
        "@book{three, title = {Three}, year = 2003}\n",
        encoding="utf-8",
    )
    done = run("convert", path, "-t", "csl-json")
    assert '"id": "one"' in done.stdout
    assert '"id": "three"' in done.stdout
    assert "mixed.bib:2:" in done.stderr
    assert done.returncode == 1
