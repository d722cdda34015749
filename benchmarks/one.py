"""One measurement: `python -m benchmarks.one ENGINE STYLE WORKS` makes one bibliography.

`benchmarks.bibliography` measures the process. The engine `cold` prints the seconds that a first
entry takes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TYPST_STYLES = {"chicago-notes-bibliography": "chicago-notes"}
"""The names that Typst has for styles, where they differ from CSL's ids."""


def main() -> None:
    engine, style, path = sys.argv[1:]
    if engine == "cold":
        print(json.dumps(_cold(style, path)))
    elif engine == "typst":
        _typst(style, Path(path))
    else:
        _refcite(engine, style, Path(path))


def _refcite(engine: str, style: str, path: Path) -> None:
    import refcite

    library = refcite.loads(path.read_text(encoding="utf-8"), "csl-json")
    bibliography = refcite.bibliography(
        library,
        style=style,
        output="html",
        engine="refcite" if engine == "refcite" else "citeproc-py",
        repeat_publisher=True,
    )
    size = str(bibliography).count('class="csl-entry"')
    if size != len(library):
        raise SystemExit(f"{size} entries for {len(library)} works")


def _typst(style: str, path: Path) -> None:
    """Make the bibliography of the BibLaTeX file beside the works, as HTML."""
    import typst

    name = TYPST_STYLES.get(style, style)
    source = path.with_name(f"{path.stem}-{style}.typ")
    source.write_text(
        f'#bibliography("{path.stem}.bib", style: "{name}", full: true)\n', encoding="utf-8"
    )
    typst.compile(str(source), format="html")


def _cold(style: str, path: str) -> dict[str, float]:
    """Time a fresh interpreter from `import refcite` to one entry, without its own start."""
    works = json.loads(Path(path).read_text(encoding="utf-8"))[:1]
    script = (
        "import time; start = time.perf_counter()\n"
        "import refcite\n"
        f"library = refcite.loads({json.dumps(works)!r}, 'csl-json')\n"
        f"print(refcite.bibliography(library, style={style!r})[0].text)\n"
        "print(time.perf_counter() - start)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return {"seconds": float(done.stdout.splitlines()[-1]), "megabytes": 0.0}


if __name__ == "__main__":
    main()
