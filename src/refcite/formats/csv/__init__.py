"""Tables of references with a header: comma-, semicolon- or tab-separated, or a spreadsheet."""

from __future__ import annotations

from refcite.formats.csv.headers import mapping
from refcite.formats.csv.read import read
from refcite.formats.csv.sheets import sheet_text
from refcite.formats.csv.write import write

__all__ = ["mapping", "read", "sheet_text", "write"]
