"""DOI, ISBN and ISSN: one spelling of a DOI, and the check of the check digits.

Sources: the DOI Handbook, § 3; shortDOI of the DOI Foundation; ISO 2108 (ISBN), ISO 3297 (ISSN).
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

__all__ = [
    "fault_in_doi",
    "fault_in_isbn",
    "fault_in_issn",
    "is_short_doi",
    "isbn_13",
    "normal_doi",
]

_ADDRESS: Final = re.compile(
    r"\s*(?:https?://)?(?:(?:(?:www|dx)\.)?doi\.org(?:\.[\w-]+)*|(?:dx-)?doi-org(?:\.[\w-]+)+"
    r"|doi\.acm\.org|doi\.ieeecomputersociety\.org)/\s*",
    re.IGNORECASE,
)
"""The URL of the resolver, also through a library's proxy, and those of two publishers."""
_LABEL: Final = re.compile(r"\s*(?:info:doi/|(?:urn:)?doi\b\s*[:=]?\s*)", re.IGNORECASE)
_MOST_LABELS: Final = 4
_START: Final = re.compile(r"10(?:[./]|%2[EF])", re.IGNORECASE)
_DOI: Final = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_SHORT: Final = re.compile(r"10/(?=\d*[a-z])[a-z\d]{3,9}", re.IGNORECASE | re.ASCII)
_SHORT_CODE: Final = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{3,9}", re.IGNORECASE | re.ASCII)
"""What is behind the address of a short DOI that leaves out its `10/`."""
# No pattern that is searched for begins with white space: in a long row of spaces, each space would
# be tried as the start, and the time would grow with the square of the length.
_ISBN_LABEL: Final = re.compile(r"ISBN(?:-1[03])?:?\s*", re.IGNORECASE)
_ISBN: Final = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]", re.ASCII)
_ISSN: Final = re.compile(r"(\d{4})-?(\d{3}[\dXx])", re.ASCII)
_BETWEEN: Final = re.compile(r"[,;/]|(?<=\s)and(?=\s)|\([^()]*\)")


def normal_doi(text: str) -> str:
    """Return a DOI without the URL of a resolver or a label before it; the rest is unchanged.

    Upper and lower case are kept, although a DOI does not distinguish them. A short DOI is also a
    DOI: if its URL omits the `10/`, it is added. A text that is not a DOI is returned unchanged.

    Example:
        >>> normal_doi("https://doi.org/10.1000/xyz"), normal_doi("doi: 10.1000/xyz")
        ('10.1000/xyz', '10.1000/xyz')
        >>> normal_doi("http://dx.doi.org/10.1002%2F%28SICI%291")
        '10.1002/(SICI)1'
        >>> normal_doi("https://doi.org/c9wr8n"), normal_doi("https://doi.org/help")
        ('10/c9wr8n', 'https://doi.org/help')
        >>> normal_doi("10.1000/xyz [doi]")
        '10.1000/xyz'
        >>> normal_doi("see doi:10.1000/x")
        'see doi:10.1000/x'
    """
    if text.endswith("[doi]"):  # the form of PubMed
        text = text[:-5].rstrip()
    if text.startswith("10."):
        return text
    rest, is_address = text, False
    for _ in range(_MOST_LABELS):  # "doi:https://doi.org/10.1000/xyz"
        found = _ADDRESS.match(rest)
        is_address = is_address or found is not None
        found = found or _LABEL.match(rest)
        if found is None:
            break
        rest = rest[found.end() :]
    if rest == text:
        return text
    if _START.match(rest):
        return unquote(rest) if is_address else rest
    return f"10/{rest}" if is_address and _SHORT_CODE.fullmatch(rest) else text


def is_short_doi(text: str) -> bool:
    """Return whether a DOI is a short one, which represents another DOI.

    Example:
        >>> is_short_doi("10/c9wr8n"), is_short_doi("10.1000/xyz")
        (True, False)
    """
    return _SHORT.fullmatch(text) is not None


def fault_in_doi(text: str) -> str | None:
    """Return the error of a DOI; None if there is none. A short DOI is valid.

    Example:
        >>> fault_in_doi("10.1000/xyz")
        >>> fault_in_doi("10/c9wr8n")
        >>> fault_in_doi("1000/xyz")
        "'1000/xyz' is not a DOI, which starts with 10. and has a slash"
    """
    bare = text.strip()
    if _DOI.fullmatch(bare) or _SHORT.fullmatch(bare):
        return None
    return f"{_shown(text)} is not a DOI, which starts with 10. and has a slash"


def fault_in_isbn(text: str) -> str | None:
    """Return the error of an ISBN, or of one of several; None if there is none.

    Example:
        >>> fault_in_isbn("978-0-306-40615-7, 0-306-40615-2 (hbk)")
        >>> fault_in_isbn("978-0-306-40615-8")
        "the check digit of the ISBN '978-0-306-40615-8' should be 7"
        >>> fault_in_isbn("12-34")
        "the ISBN '12-34' has neither 10 nor 13 digits"
    """
    for part in _parts(_ISBN_LABEL.sub("", text)):
        if not _ISBN.fullmatch(part):
            return f"the ISBN {_shown(part)} has neither 10 nor 13 digits"
        digits = part.replace("-", "").replace(" ", "").upper()
        right = _isbn_13(digits) if len(digits) == 13 else _weighed_11(digits)
        if digits[-1] != right:
            return f"the check digit of the ISBN {_shown(part)} should be {right}"
    return None


def fault_in_issn(text: str) -> str | None:
    """Return the error of an ISSN, or of one of several; None if there is none.

    Example:
        >>> fault_in_issn("0378-5955")
        >>> fault_in_issn("0378-5954")
        "the check digit of the ISSN '0378-5954' should be 5"
    """
    for part in _parts(text):
        found = _ISSN.fullmatch(part)
        if not found:
            return f"the ISSN {_shown(part)} is not of the form 1234-5679"
        digits = (found[1] + found[2]).upper()
        right = _weighed_11(digits)
        if digits[-1] != right:
            return f"the check digit of the ISSN {_shown(part)} should be {right}"
    return None


def isbn_13(text: str) -> str:
    """Return an ISBN as 13 digits.

    Args:
        text: An ISBN of 10 or 13 digits, with hyphens or without; its check digit is not checked.

    Example:
        >>> isbn_13("0-306-40615-2")
        '9780306406157'
    """
    digits = text.replace("-", "").replace(" ", "").upper()
    if len(digits) == 13:
        return digits
    return f"978{digits[:9]}{_isbn_13(f'978{digits[:9]}')}"


def _parts(text: str) -> list[str]:
    return [part for piece in _BETWEEN.split(text[:1000]) if (part := piece.strip())]


def _weighed_11(digits: str) -> str:
    """Return the last digit, which makes the weighted sum of the digits a multiple of 11."""
    weighed = (
        weight * int(digit)
        for weight, digit in zip(range(len(digits), 1, -1), digits, strict=False)
    )
    return "0123456789X"[-sum(weighed) % 11]


def _isbn_13(digits: str) -> str:
    weighed = (int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits[:12]))
    return str(-sum(weighed) % 10)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
