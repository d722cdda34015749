"""Numbers recognised by their form, for formats with one field for several kinds of them."""

from __future__ import annotations

import re
from typing import Final

from refcite.identifiers import fault_in_doi, fault_in_isbn, normal_doi

__all__ = [
    "bare_isbns",
    "bare_issns",
    "bare_pages",
    "count_of_pages",
    "is_isbn",
    "is_issn",
    "is_range",
    "read_doi",
    "split_range",
]

_ISSN: Final = re.compile(r"(?:ISSN:?\s*)?\d{4}-?\d{3}[\dXx](?!\w)", re.IGNORECASE)
_ISBN: Final = re.compile(
    r"(?:ISBN(?:-1[03])?:?\s*)?((?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx])(?!\w)"
)
_ISBN_SHAPE: Final = re.compile(r"(?<![\w-])(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx](?![\w-])")
_ISSN_SHAPE: Final = re.compile(r"(?<![\w-])\d{4}-\d{3}[\dXx](?![\w-])")
_BEFORE_PAGES: Final = re.compile(r"\A(?:pp?\.\s*|pp?\s+|pages?\s+)(?=[\divxlcA-Z])")
_COUNT: Final = re.compile(r"(\d{1,6})\s*(?:pp?|pages?|s|S|Seiten)\b\.?")
_RANGE: Final = re.compile(r"\w\s*[-–—]+\s*\w")
_PAGE: Final = re.compile(r"\d|\A[ivxlcdm]+\Z", re.IGNORECASE)
_SIMPLE_RANGE: Final = re.compile(r"([^\s,;–—-]+)-([^\s,;–—-]+)")


def read_doi(text: str) -> str | None:
    """Return the DOI of a text, without the text before it; None for other texts.

    Example:
        >>> read_doi("https://doi.org/10.1000/abc"), read_doi("Article")
        ('10.1000/abc', None)
    """
    doi = normal_doi(text)
    return doi if fault_in_doi(doi) is None else None


def is_issn(text: str) -> bool:
    """Return whether a text starts with an ISSN."""
    return _ISSN.match(text) is not None


def is_isbn(text: str) -> bool:
    """Return whether a text starts with an ISBN of 10 or 13 figures, by their check digit."""
    found = _ISBN.match(text)
    return found is not None and fault_in_isbn(found[1]) is None


def bare_isbns(text: str) -> str:
    """Return the ISBNs of a text without their qualifiers; without a number, return the text.

    Example:
        >>> bare_isbns("0-306-40615-2 (hbk. : alk. paper)"), bare_isbns("ISBN 9780306406157 $12")
        ('0-306-40615-2', '9780306406157')
        >>> bare_isbns("0306406152 (v. 1) 9780306406157 (set)"), bare_isbns("12-34")
        ('0306406152, 9780306406157', '12-34')
    """
    return ", ".join(_ISBN_SHAPE.findall(text)) or text


def bare_issns(text: str) -> str:
    """Return the ISSNs of a text without their qualifiers; without a number, return the text.

    Example:
        >>> bare_issns("0028-0836 (Print)"), bare_issns("ISSN 00280836")
        ('0028-0836', 'ISSN 00280836')
    """
    return ", ".join(_ISSN_SHAPE.findall(text)) or text


def bare_pages(text: str) -> str:
    """Return pages without the word before them.

    Example:
        >>> bare_pages("pp. 5-9"), bare_pages("p. xii"), bare_pages("S5-S9")
        ('5-9', 'xii', 'S5-S9')
    """
    return _BEFORE_PAGES.sub("", text, count=1)


def count_of_pages(text: str) -> str:
    """Return a number of pages without the word after it.

    Example:
        >>> count_of_pages("173 p."), count_of_pages("xii, 352")
        ('173', 'xii, 352')
    """
    found = _COUNT.fullmatch(text)
    return found[1] if found else text


def is_range(text: str) -> bool:
    """Return whether a text names a range of pages."""
    return _RANGE.search(text) is not None


def split_range(text: str) -> tuple[str, str | None]:
    """Return the first and the last page, if a text contains only these.

    Pages have figures or are Roman numerals; `A-12` is the number of one page or article.

    Example:
        >>> split_range("100-110"), split_range("A1-3, 5"), split_range("A-12")
        (('100', '110'), ('A1-3, 5', None), ('A-12', None))
    """
    found = _SIMPLE_RANGE.fullmatch(text)
    if found is None or not (_PAGE.search(found[1]) and _PAGE.search(found[2])):
        return text, None
    return found[1], found[2]
