r"""Read real web pages and compare with what people found on them: dates, titles, authors, time.

Run it as `python -m benchmarks.pages [FOLDER] [--wrong date|title|author]`. The folder has pages
and a `gold.json` that names for each its address, date, title and authors, as far as they are
known. By default it is `corpora/pages` in the shared data.

htmldate is read beside it, for dates and time, where it is installed (`pip install htmldate`).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import refcite
from refcite.formats.html import read
from refcite.names import Name
from refcite.record import Record

ROOT: Final = Path(__file__).resolve().parent.parent
SHARED: Final = Path(os.environ.get("REFCITE_SHARED", ROOT.parent / "shared"))
PAGES: Final = SHARED / "corpora" / "pages"
FIELDS: Final = ("date", "title", "author")
_BETWEEN: Final = re.compile(r"\s*;\s*|\s+(?:and|und)\s+")
_CHARSET: Final = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)

_RUNS: Final = 6

Gold = dict[str, dict[str, str]]
Texts = dict[str, str]
Seen = tuple[str, str, str]
"""A page, what it has, and what was read."""


def letters(text: str) -> str:
    """Return the letters and figures of a text, in lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, plain))


def page_text(path: Path) -> str:
    """Return the text of a page, in the encoding that it names."""
    data = path.read_bytes()
    named = _CHARSET.search(data[:4096])
    for encoding in ("utf-8-sig", named[1].decode() if named else "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def shown(name: Name) -> str:
    """Return a name with the given name first."""
    if name.literal is not None:
        return name.literal
    parts = name.parts()
    return " ".join(filter(None, (parts.given, parts.family, parts.suffix)))


def values(record: Record | None) -> dict[str, str]:
    """Return what is compared of a record."""
    if record is None:
        return dict.fromkeys(FIELDS, "")
    date = record.issued
    return {
        "date": "" if date is None or date.literal is not None else str(date),
        "title": record.title or "",
        "author": "; ".join(map(shown, record.author)),
    }


def verdict(field: str, gold: str, found: str) -> str:
    """Return whether a value is `right`, `wrong` or `none`.

    Example:
        >>> verdict("date", "2020-01-31", "2020-01"), verdict("date", "2020-01-31", "2019")
        ('none', 'wrong')
        >>> verdict("author", "Ann Roe und Bob Poe", "Bob Poe; Ann Roe")
        'right'
    """
    if not found:
        return "none"
    if field == "date":
        if found == gold:
            return "right"
        return "none" if gold.startswith(f"{found}-") else "wrong"
    if field == "title":
        return "right" if letters(found) == letters(gold) else "wrong"
    people = [frozenset(map(letters, _BETWEEN.split(text))) for text in (gold, found)]
    return "right" if people[0] == people[1] else "wrong"


def judged(gold: Gold, texts: Texts) -> Iterator[tuple[str, str, Seen]]:
    """Yield a field, the verdict, and what was seen, for each value of the gold."""
    for name, known in gold.items():
        library = read(texts[name], url=known.get("url"), accessed=None)
        found = values(library[0] if library else None)
        for field in FIELDS:
            if known.get(field):
                yield (
                    field,
                    verdict(field, known[field], found[field]),
                    (name, known[field], found[field]),
                )


def seconds(readers: Sequence[Callable[[str, str], Any]], gold: Gold, texts: Texts) -> list[float]:
    """Return the processor time that all pages take each reader.

    All readers read a page before the next page is read, so that a busy machine slows all of them
    down. The least time of several runs is used, page by page.
    """
    best = [dict.fromkeys(gold, float("inf")) for _ in readers]
    for run in range(_RUNS):
        gc.collect()
        for name, known in gold.items():
            for place in range(len(readers)):
                # The reader that is first finds less in the processor's caches.
                one = (place + run) % len(readers)
                start = time.process_time()
                readers[one](texts[name], known.get("url", ""))
                best[one][name] = min(best[one][name], time.process_time() - start)
    return [sum(times.values()) for times in best]


def _of_refcite(text: str, url: str) -> str:
    library = read(text, url=url or None, accessed=None)
    return values(library[0] if library else None)["date"]


def _of_htmldate(text: str, url: str) -> str:
    from htmldate import find_date  # type: ignore[import-not-found,unused-ignore]  # a peer

    return find_date(text, url=url or None, original_date=True) or ""


def _row(field: str, counts: Counter[str]) -> str:
    total = sum(counts.values())
    shares = " | ".join(f"{counts[one]} ({counts[one] / total:.1%})" for one in KINDS)
    return f"| {field} | {total} | {shares} |"


KINDS: Final = ("right", "none", "wrong")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=PAGES)
    parser.add_argument("--wrong", choices=FIELDS, help="print the pages where this is not right")
    parser.add_argument("--no-time", action="store_true", help="measure no time")
    asked = parser.parse_args()
    path = asked.folder / "gold.json"
    if not path.exists():
        print(f"{path} is not there; name a folder, or set REFCITE_SHARED. Nothing was measured.")
        return
    gold: Gold = json.loads(path.read_text("utf-8"))
    gold = {
        name: {key: value for key, value in known.items() if isinstance(value, str)}
        for name, known in gold.items()
        if (asked.folder / name).exists()
    }
    texts = {name: page_text(asked.folder / name) for name in gold}
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for field, kind, (name, wanted, found) in judged(gold, texts):
        counts[field][kind] += 1
        if field == asked.wrong and kind != "right":
            print(f"{kind:5} {name}\n      gold  {wanted}\n      found {found}")
    print(f"refcite {refcite.__version__}, {len(gold)} pages\n")
    print("| | known | right | none | wrong |")
    print("|---|---:|---:|---:|---:|")
    for field in FIELDS:
        if counts[field]:
            print(_row(field, counts[field]), flush=True)
    has_peer = find_spec("htmldate") is not None
    if has_peer:
        known = {name: one["date"] for name, one in gold.items() if one.get("date")}
        dates = {name: _of_htmldate(texts[name], gold[name].get("url", "")) for name in known}
        peer = Counter(verdict("date", known[name], dates[name]) for name in known)
        print(_row("date, by htmldate alone", peer))
    if asked.no_time:
        return
    own, *beside = seconds([_of_refcite, *([_of_htmldate] if has_peer else [])], gold, texts)
    print(f"\nrefcite takes {own / len(gold) * 1000:.1f} ms a page", end="")
    if beside:
        ratio = own / beside[0]
        print(f", htmldate alone {beside[0] / len(gold) * 1000:.1f} ms; that is {ratio:.2f} times.")
    else:
        print("; htmldate is not installed.")


if __name__ == "__main__":
    main()
