"""The kind of a name in a text: a person with parts, or an organisation, which is never split."""

from __future__ import annotations

import re
from typing import Final

from refcite.names import Name, is_organisation

__all__ = ["name_of_text", "person", "without_years"]

_DEGREES: Final = re.compile(
    r"(?:,\s*(?:Ph\.?\s?D\.?|M\.?D\.?|M\.?A\.?|M\.?Sc\.?|B\.?A\.?|J\.?D\.?|Esq\.?|MPH|MBA|RN|CFA))+$"
)
_TITLE: Final = re.compile(r"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Dame)\.?\s+)+(?=\S)")
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST: Final = 300


def person(text: str) -> Name:
    """Return the parts of a person's name.

    Example:
        >>> person("Ludwig van Beethoven")
        Name(family='Beethoven', given='Ludwig', non_dropping_particle='van')
        >>> person("Doe, Jane"), person("Dr. Martin Luther King Jr.").suffix
        (Name(family='Doe', given='Jane'), 'Jr.')
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return Name(literal=text)
    text = _TITLE.sub("", _DEGREES.sub("", text))
    if "{" in text or "}" in text or "=" in text or not text:
        return Name(literal=text)
    if " " not in text:
        return Name(literal=text) if _CJK.search(text) else Name(family=text)
    return Name.parse(text)


def name_of_text(text: str) -> Name:
    """Return a person's name in its parts, or an organisation's unchanged.

    Example:
        >>> name_of_text("Jane Doe"), name_of_text("Freedom House Staff")
        (Name(family='Doe', given='Jane'), Name(literal='Freedom House Staff'))
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST or is_organisation(_TITLE.sub("", _DEGREES.sub("", text))):
        return Name(literal=text)
    return person(text)


_YEAR: Final = r"(?:\d{3,4}\??(?:\s+or\s+\d{1,4}\??)?|\d{1,2}(?:st|nd|rd|th)\s+cent(?:ury\b|\b))"
_YEARS: Final = re.compile(
    r",\s*\(?((?:(?:b|d|ca|c|fl|born|died|active|flourished|approximately|circa|after|before)\b\.?\s*)"
    rf"{{0,2}}{_YEAR}"
    r"(?:\s*[-–]\s*(?:(?:ca|c|approximately|circa|after|before)\b\.?\s*)?"
    rf"(?:{_YEAR}|\d{{2}})?)?(?:\s*B\.?C\.?)?)\)?[.,]?\Z"
)
"""The years of a person's life, in the form of catalogues after the name."""
_LONGEST_YEARS: Final = 60
_ENDS_OF_YEARS: Final = frozenset("0123456789-–?Cty")


def without_years(text: str) -> tuple[str, str]:
    """Return a person's name without the years after it, and the years.

    Example:
        >>> without_years("Roe, Ann, 1848-1914"), without_years("Roe, Ann, b. 1848.")
        (('Roe, Ann', '1848-1914'), ('Roe, Ann', 'b. 1848'))
        >>> without_years("Roe, Ann, 19th cent."), without_years("Roe, Ann, 1848 or 1849-1914")
        (('Roe, Ann', '19th cent'), ('Roe, Ann', '1848 or 1849-1914'))
        >>> without_years("Agent 007")
        ('Agent 007', '')
    """
    if text.rstrip(".,)")[-1:] not in _ENDS_OF_YEARS:
        return text, ""
    start = max(len(text) - _LONGEST_YEARS, 0)
    found = _YEARS.search(text, start)
    return (text[: found.start()], found[1]) if found and found.start() else (text, "")
