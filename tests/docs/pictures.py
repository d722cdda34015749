"""Makes the pictures of the documentation: `make pictures` writes them into docs/_static/pictures.

They show what a person sees, in the light: `refcite check` on a terminal, as SVG; and as PNG the
page of `refcite serve`, that of `refcite explain`, and cells of examples/tour.ipynb.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import nbformat
import pytest
from PIL import Image
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

from tests.browser import chromium
from tests.cli.terminal import on_a_terminal
from tests.docs.blocks import ROOT, blocks_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES: Final = ROOT / "docs" / "_static" / "pictures"
LARGEST: Final = 100_000
"""How many bytes a picture may have."""
COLUMNS: Final = 78
_REFS: Final = ROOT / "examples" / "refs.bib"
_CELLS: Final = """\
body { margin: 0; padding: 16px 20px; background: #fff; color: #1c1c1c;
  font: 15px/1.5 system-ui, sans-serif; }
.cell { display: grid; grid-template-columns: 64px 1fr; margin-bottom: 10px; }
.mark { color: #2f5db8; font: 13px/20px monospace; padding-top: 9px; }
.code { border: 1px solid #d8d8d8; background: #f7f7f7; padding: 8px 10px;
  font: 13px/20px monospace; white-space: pre-wrap; }
.shown { grid-column: 2; padding: 8px 10px 0; overflow-wrap: anywhere; }
.shown pre { margin: 0; font: 13px/20px monospace; white-space: pre-wrap; }
"""


def draft() -> str:
    """Return the file with two faults that the tutorial checks."""
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    return next(block.body for block in blocks_of(page) if block.caption == "draft.bib")


def check_on_a_terminal() -> str:
    """Return what a terminal is sent when the tutorial's draft is checked."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, "draft.bib")
        file.write_text(draft(), encoding="utf-8")
        env = {"PYTHONPATH": str(ROOT / "src")}
        shown = on_a_terminal(
            "check", "draft.bib", columns=COLUMNS, status=1, env=env, cwd=file.parent
        )
    return f"$ refcite check draft.bib\n{shown}"


def as_svg(shown: str) -> str:
    """Return what a terminal shows as SVG that asks for nothing from elsewhere."""
    terminal = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    terminal.print(Text.from_ansi(shown.rstrip("\n")))
    terminal.print()  # the last line would be cut at its foot
    form = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    form = form.replace("Fira Code", "ui-monospace, Menlo, Consolas")
    drawn = terminal.export_svg(
        title="refcite check", theme=DEFAULT_TERMINAL_THEME, code_format=form, unique_id="check"
    )
    drawn = drawn.replace("rgba(255,255,255,0.35)", "#c8c8c8")
    return re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE)


# In the browser


@contextmanager
def _window(browser: Browser, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    yield context.new_page()
    context.close()


def _save(name: str, screenshot: bytes) -> None:
    # Few colours make a small file; the rarest are those at the edges of letters.
    image = Image.open(BytesIO(screenshot)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    image.save(PICTURES / f"{name}.png", optimize=True)


def _serve(browser: Browser) -> None:
    works = _REFS.read_text(encoding="utf-8").partition("\n\n")[2].partition("@techreport")[0]
    command = [sys.executable, "-m", "refcite", "serve", "--no-open", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment())
    try:
        assert server.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert found
        with _window(browser, 1080, 860) as page:
            page.goto(found[0])
            page.fill("#text", f"{draft()}\n{works}")
            page.press("#text", "Control+Enter")
            page.locator(".entry").first.wait_for()
            page.wait_for_selector("#bibliography[aria-busy=false]")
            page.evaluate("document.activeElement.blur(); text.scrollTop = 0")
            _save("serve", page.screenshot())
    finally:
        server.terminate()
        server.communicate()


def _explain(browser: Browser) -> None:
    command = ["explain", str(_REFS), "zetter2014", "--style", "apa", "--output", "html"]
    done = subprocess.run(
        [sys.executable, "-m", "refcite", *command],
        capture_output=True,
        check=True,
        env=_environment(),
    )
    with _window(browser, 860, 600) as page:
        page.set_content(done.stdout.decode())
        page.locator(".piece", has_text="Refugee Protection").first.hover()
        _save("explain", page.screenshot(clip={"x": 0, "y": 30, "width": 860, "height": 500}))


def _notebook(browser: Browser) -> None:
    with _window(browser, 860, 700) as page:
        page.set_content(_notebook_page())
        _save("notebook", page.locator("body").screenshot())


def _notebook_page(first: int = 0, cells: int = 3) -> str:
    """Return cells of the notebook that show something, as a notebook shows them."""
    notebook = nbformat.read(ROOT / "examples" / "tour.ipynb", as_version=4)  # type: ignore[no-untyped-call]  # it has none
    shown = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    colours = HtmlFormatter(nowrap=True)
    parts = [f"<!doctype html><style>{_CELLS}{colours.get_style_defs('.code')}</style>"]
    for cell in shown[first : first + cells]:
        code = highlight(cell.source, PythonLexer(), colours).rstrip("\n")
        parts.append(
            f'<div class="cell"><div class="mark">[{cell.execution_count or " "}]:</div>'
            f'<div class="code">{code}</div>'
            f'<div class="shown">{"".join(map(_output, cell.outputs))}</div></div>'
        )
    return "\n".join(parts)


def _output(output: Any) -> str:
    data = output.get("data", {})
    if "text/html" in data:
        return str(data["text/html"])
    return f"<pre>{escape(output.get('text') or data.get('text/plain', ''))}</pre>"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def main() -> None:
    """Make all of them."""
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "check.svg").write_text(as_svg(check_on_a_terminal()), encoding="utf-8")
    try:
        with chromium() as browser:
            for make in (_serve, _explain, _notebook):
                make(browser)
    except pytest.skip.Exception as reason:
        sys.exit(str(reason))
    for file in sorted(PICTURES.iterdir()):
        size = file.stat().st_size
        print(f"{file.relative_to(ROOT)}: {size // 1000} kB")
        if size > LARGEST:
            sys.exit(f"{file.name} is too large: {size} bytes, where {LARGEST} are allowed")


if __name__ == "__main__":
    main()
