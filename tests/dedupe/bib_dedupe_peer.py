"""bib-dedupe (https://pypi.org/project/bib-dedupe/) on the same records, if it is installed.

It is installed in an environment of its own, since it requires other versions of packages than
those of the lock files. `REFCITE_BIB_DEDUPE` names its Python.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any, Final

from refcite import Library, Record

__all__ = ["groups_of", "is_installed"]

_PYTHON: Final = os.environ.get("REFCITE_BIB_DEDUPE", "build/bib-dedupe/bin/python")


def is_installed() -> bool:
    return Path(_PYTHON).exists() and not _run(["-c", "import bib_dedupe"]).returncode


def groups_of(library: Library) -> tuple[list[tuple[int, ...]], float]:
    """Return the groups that bib-dedupe finds, as positions, and the CPU time in seconds."""
    rows = [_row(place, one) for place, one in enumerate(library)]
    done = _run([str(Path(__file__).with_name("bib_dedupe_program.py"))], json.dumps(rows))
    done.check_returncode()
    found = json.loads(done.stdout)
    return [tuple(group) for group in found["groups"]], found["seconds"]


def _run(arguments: list[str], text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [_PYTHON, *arguments], input=text, capture_output=True, text=True, check=False
    )


def _row(place: int, record: Record) -> dict[str, Any]:
    names = [
        one.literal or ", ".join(filter(None, [one.family, one.given])) for one in record.author
    ]
    year = record.issued.year if record.issued else None
    return {
        "ID": str(place),
        "ENTRYTYPE": "article" if record.type == "article-journal" else "misc",
        "author": " and ".join(names),
        "title": record.title or "",
        "year": str(year or ""),
        "journal": record.container_title or record.container_title_short or "",
        "volume": record.volume or "",
        "number": record.issue or "",
        "pages": record.page or "",
        "doi": record.doi or "",
        "abstract": record.abstract or "",
        "isbn": record.isbn or record.issn or "",
    }
