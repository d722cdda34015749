"""A value for each CSL variable, as plain as the formats' own examples are."""

from __future__ import annotations

from typing import Any, Final

from refcite import Date, Name
from refcite.vocabulary import DATE_VARIABLES, NAME_VARIABLES, VARIABLES

PERSONS: Final = (Name(family="Kafka", given="Franz"), Name(family="Muir", given="Willa"))

_SPECIAL: Final[dict[str, str]] = {
    "call-number": "PT2621.A26",
    "chapter-number": "4",
    "citation-number": "7",
    "collection-number": "12",
    "DOI": "10.1000/182",
    "edition": "2",
    "first-reference-note-number": "3",
    "ISBN": "978-0-8052-1106-4",
    "ISSN": "0028-0836",
    "issue": "2",
    "keyword": "exile, law",
    "language": "en",
    "license": "CC-BY-4.0",
    "locator": "21",
    "number": "A/HRC/12/3",
    "number-of-pages": "328",
    "number-of-volumes": "3",
    "page": "12-15",
    "page-first": "12",
    "part-number": "1",
    "PMCID": "PMC2377243",
    "PMID": "12345678",
    "printing-number": "5",
    "publisher": "Freedom House",
    "section": "9",
    "supplement-number": "6",
    "URL": "https://example.org/works/5975a46610.html",
    "version": "1.4.2",
    "volume": "171",
    "year-suffix": "b",
}


def sample(variable: str) -> Any:
    """Return a value for a variable; names, dates and texts differ from variable to variable."""
    place = VARIABLES.index(variable)
    if variable in NAME_VARIABLES:
        return tuple(
            name.replace(given=f"{name.given} {chr(65 + place % 26)}.") for name in PERSONS
        )
    if variable in DATE_VARIABLES:
        return Date.of(2001 + DATE_VARIABLES.index(variable), 1 + place % 12, 1 + place % 28)
    return _SPECIAL.get(variable) or f"The {variable.lower().replace('-', ' ')}"
