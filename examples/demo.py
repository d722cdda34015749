"""Reads a page of Refworld and prints its citation in several styles and formats."""

from __future__ import annotations

from pathlib import Path

import refcite

PAGE = Path(__file__).parent / "refworld-page.txt"


def main() -> None:
    """Read the page and print its record in several forms."""
    library = refcite.load(PAGE)
    (record,) = library
    shown = {
        "Cite as (Refworld)": record.cite_as(),
        "APA": refcite.bibliography(library, style="apa"),
        "Chicago, author-date": refcite.bibliography(library, style="chicago-author-date"),
        "Chicago, notes": refcite.bibliography(library, style="chicago-notes-bibliography"),
        "BibTeX": refcite.dumps(library, "bibtex").strip(),
        "CSL-JSON": refcite.dumps(library, "csl-json", indent=2).strip(),
    }
    for title, text in shown.items():
        print(f"{title}\n{'-' * len(title)}\n{text}\n")


if __name__ == "__main__":
    main()
