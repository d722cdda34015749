"""Records of ERIC, the database of the Institute of Education Sciences, in MEDLINE's format.

Its publication types are its own. Except in articles, `JT` has the publisher; `SO` sums a
thesis up as its degree and the university.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from refcite.formats.draft import Field

__all__ = ["eric_number", "fields_of_eric", "is_of_eric", "type_of_eric", "values_of_thesis"]

_ARTICLE: Final = "article-journal"
_THESIS: Final = "thesis"
_TYPES: Final = (
    ("Journal Articles", _ARTICLE),
    ("Dissertations/Theses", _THESIS),
    ("Books", "book"),
    ("Collected Works - Serial", "periodical"),
    ("Collected Works", "book"),
    ("Speeches/Meeting Papers", "paper-conference"),
    ("Legal/Legislative/Regulatory", "legislation"),
    ("Computer Programs", "software"),
    ("Reports", "report"),
)
"""How ERIC's publication types begin, the strongest first; most works have several."""
_NUMBER: Final = re.compile(r"E[JD]\d+")
_OF_THESIS: Final = re.compile(r"([^,]+), (.*\S)")
_LABEL: Final = re.compile(r"E?ISSN-|ISBN-")
_NUMBERS: Final = ("ISSN", "EISSN", "ISBN")


def is_of_eric(fields: Sequence[Field]) -> bool:
    """Return whether a record is one of ERIC's.

    Example:
        >>> is_of_eric([("OWN", "ERIC", 1)]), is_of_eric([("OWN", "NLM", 1)])
        (True, False)
    """
    return any(tag == "OWN" and text == "ERIC" for tag, text, _ in fields)


def type_of_eric(fields: Sequence[Field]) -> str:
    """Return the CSL type that the types of a record show, otherwise an article or a report.

    Example:
        >>> type_of_eric([("PT", "Reports - Research", 1), ("PT", "Journal Articles", 2)])
        'article-journal'
        >>> type_of_eric([("OID", "ED1", 1)]), type_of_eric([("OID", "EJ1", 1)])
        ('report', 'article-journal')
    """
    named = [text for tag, text, _ in fields if tag == "PT"]
    for start, csl_type in _TYPES:
        if any(text.startswith(start) for text in named):
            return csl_type
    is_document = any(tag == "OID" and text.startswith("ED") for tag, text, _ in fields)
    return "report" if is_document else _ARTICLE


def fields_of_eric(
    fields: Sequence[Field], csl_type: str, *, has_seller: bool = False
) -> list[Field]:
    """Return the fields of a record under the tags by which MEDLINE's are found.

    Args:
        fields: Its fields.
        csl_type: Its type.
        has_seller: Whether `JT` has been read as the seller of a thesis.

    Example:
        >>> fields = [("JT", "Oslo Press", 1), ("OID", "ED1", 2), ("ISBN", "ISBN-978", 3)]
        >>> fields_of_eric(fields, "book")
        [('PB', 'Oslo Press', 1), ('OID', 'ED1', 2), ('ISBN', '978', 3)]
    """
    found: list[Field] = []
    is_article = csl_type in (_ARTICLE, "periodical")
    for tag, text, line in fields:
        if tag == "JT" and not is_article:
            if not has_seller:
                found.append(("PB", text, line))
        elif tag in _NUMBERS:
            found.append((tag, _LABEL.sub("", text, count=1), line))
        else:
            found.append((tag, text, line))
    return found


def eric_number(fields: Sequence[Field]) -> str | None:
    """Return ERIC's number of a record, such as `EJ123456`."""
    return next((text for tag, text, _ in fields if tag == "OID" and _NUMBER.fullmatch(text)), None)


def values_of_thesis(fields: Sequence[Field]) -> dict[str, str]:
    """Return degree and university from the summary of a thesis, otherwise its vendor.

    Example:
        >>> values_of_thesis([("JT", "Lamp LLC", 1), ("SO", "Ph.D. Dissertation, Oslo", 2)])
        {'genre': 'Ph.D. Dissertation', 'publisher': 'Oslo', 'source': 'Lamp LLC'}
    """
    summary = next((text for tag, text, _ in fields if tag == "SO"), "")
    found = _OF_THESIS.fullmatch(summary)
    if found is None:
        return {}
    values = {"genre": found[1], "publisher": found[2]}
    seller = next((text for tag, text, _ in fields if tag == "JT"), "")
    return {**values, "source": seller} if seller else values
