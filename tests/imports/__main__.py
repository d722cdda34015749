"""Compare with the import tests of Zotero: `python -m tests.imports [--report] [FORMAT…]`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from tests.imports.compare import Result, compared, deviations, faults, folder

_PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "conversion.md"
_START: Final = "<!-- imports: written by `make imports ARGS=--report` -->"
_END: Final = "<!-- end of imports -->"
_SHOWN: Final = 160


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare with the import tests of Zotero.")
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    parser.add_argument("--report", action="store_true", help=f"write the figures to {_PAGE.name}")
    given = parser.parse_args()
    base = folder()
    if base is None:
        print("skipped: the import tests were not found; set REFCITE_IMPORTS or REFCITE_SHARED")
        return 0
    results = compared(base)
    judged = deviations()
    for name, result in results.items():
        for one in result.differences if not given.formats or name in given.formats else ():
            print(f"{one.place}{' (judged)' if one.place in judged else ''}")
            print(f"    found    {one.found[:_SHOWN]!r}\n    expected {one.expected[:_SHOWN]!r}")
    print(table(results, judged))
    if given.report:
        _write(table(results, judged))
    found = faults(base, results)
    for fault in found:
        print(fault)
    return int(bool(found))


def table(results: dict[str, Result], judged: dict[str, str]) -> str:
    """Return the figures as a table of Markdown."""
    lines = [
        "| format | files | items found | values equal | | judged differences |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    read = {name: one for name, one in results.items() if one.files > one.unread}
    for name, one in read.items():
        lines.append(_row(f"`{name}`", one, judged))
    whole = Result()
    for one in read.values():
        whole.files += one.files
        whole.items += one.items
        whole.items_expected += one.items_expected
        whole.equal += one.equal
        whole.values += one.values
        whole.differences += one.differences
    lines.append(_row("all", whole, judged))
    unread = sorted(name for name, one in results.items() if one.unread)
    if unread:
        lines += ["", f"Not read: {', '.join(unread)}."]
    return "\n".join(lines)


def _row(name: str, one: Result, judged: dict[str, str]) -> str:
    share = f"{100 * one.equal / one.values:.1f} %" if one.values else ""
    count = sum(difference.place in judged for difference in one.differences)
    return (
        f"| {name} | {one.files} | {one.items} of {one.items_expected} |"
        f" {one.equal} of {one.values} | {share} | {count} of {len(one.differences)} |"
    )


def _write(text: str) -> None:
    page = _PAGE.read_text(encoding="utf-8")
    before, start, rest = page.partition(_START)
    _, end, after = rest.partition(_END)
    if not start or not end:
        raise SystemExit(f"{_PAGE} has no place for the figures")
    _PAGE.write_text(f"{before}{start}\n{text}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
