"""Pandoc's document tree, as its filters read and write it: JSON.

The rules for notes and punctuation are those of pandoc's own processor (`--citeproc`), so that the
tree is equal to what that makes.

Source: the documentation of the package `pandoc-types`, and pandoc's manual, "Citations".
"""

from __future__ import annotations

from refcite.documents.pandoc.document import filtered

__all__ = ["filtered"]
