"""One measurement: `python -m benchmarks.one ENGINE STYLE WORKS` prints seconds and megabytes."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    engine, style, path = sys.argv[1:]
    measure = {"citeproc-js": _citeproc_js, "cold": _cold}.get(engine)
    if measure is not None:
        print(json.dumps(measure(style, path)))
        return
    from refcite.formats import csl_json
    from refcite.record import Record

    records: list[Record] = list(csl_json.read(Path(path).read_text(encoding="utf-8")))
    import refcite

    start = time.perf_counter()
    bibliography = refcite.bibliography(
        records,
        style=style,
        output="html",
        engine="refcite" if engine == "refcite" else "citeproc-py",
        repeat_publisher=True,
    )
    size = str(bibliography).count('class="csl-entry"')
    seconds = time.perf_counter() - start
    if size != len(records):
        raise SystemExit(f"{size} entries for {len(records)} works")
    print(json.dumps({"seconds": seconds, "megabytes": _peak(resource.RUSAGE_SELF)}))


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def _citeproc_js(style: str, path: str) -> dict[str, float]:
    from importlib.resources import files

    from refcite.csl.style.style_source import find_style

    source = json.dumps(
        {
            "style": find_style(style).xml.decode(),
            "locales": str(files("citeproc") / "data" / "locales"),
            "works": path,
        }
    )
    done = subprocess.run(
        ["node", str(HERE / "citeproc_js.js")],
        input=source,
        capture_output=True,
        text=True,
        check=True,
    )
    return {**json.loads(done.stdout), "megabytes": _peak(resource.RUSAGE_CHILDREN)}


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
