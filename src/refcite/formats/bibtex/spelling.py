"""Spellings that are read correctly, but that BibTeX's styles print badly."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

__all__ = ["SPELLINGS", "Spelling"]


@frozen
class Spelling:
    """A way of writing a field's value that has a better one.

    Attributes:
        code: The code of the `Problem`.
        field: The field, in lower case.
        pattern: A regular expression for the start of the value; its group is the wrong text.
        better: The correct text.
        found: The message about the spelling.
        repaired: The message about the repair.
    """

    code: str
    field: str
    pattern: re.Pattern[str]
    better: str
    found: str
    repaired: str


SPELLINGS: Final = (
    Spelling(
        code="doi-address",
        field="doi",
        pattern=re.compile(r"\s*(https?://(?:dx\.)?doi\.org/|doi:\s*)(?=10\.)", re.IGNORECASE),
        better="",
        found="the DOI has a URL or a label before it, which is not read",
        repaired="removed the URL before a DOI",
    ),
    Spelling(
        code="single-hyphen",
        field="pages",
        pattern=re.compile(r"\s*\d+(-)\d+\s*(?![^}\"])"),
        better="--",
        found="the range of pages has one hyphen; BibTeX writes two",
        repaired="doubled the hyphen in a range of pages",
    ),
)
