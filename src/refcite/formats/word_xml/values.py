"""Languages, numbers and kinds of theses in the form of Word's sources."""

from __future__ import annotations

import re
from typing import Final

from refcite.characters import number_in
from refcite.formats.codecs import labelled
from refcite.formats.numbers import is_isbn, is_issn, read_doi
from refcite.identifiers import normal_doi

__all__ = [
    "NUMBERS",
    "THESIS",
    "means_thesis",
    "read_language",
    "read_thesis",
    "split_numbers",
    "write_thesis",
]

# Languages

_LOCALES: Final = {
    0: "",
    1025: "ar-SA", 1026: "bg-BG", 1027: "ca-ES", 1028: "zh-TW", 1029: "cs-CZ", 1030: "da-DK",
    1031: "de-DE", 1032: "el-GR", 1033: "en-US", 1034: "es-ES", 1035: "fi-FI", 1036: "fr-FR",
    1037: "he-IL", 1038: "hu-HU", 1039: "is-IS", 1040: "it-IT", 1041: "ja-JP", 1042: "ko-KR",
    1043: "nl-NL", 1044: "nb-NO", 1045: "pl-PL", 1046: "pt-BR", 1048: "ro-RO", 1049: "ru-RU",
    1050: "hr-HR", 1051: "sk-SK", 1052: "sq-AL", 1053: "sv-SE", 1054: "th-TH", 1055: "tr-TR",
    1056: "ur-PK", 1057: "id-ID", 1058: "uk-UA", 1059: "be-BY", 1060: "sl-SI", 1061: "et-EE",
    1062: "lv-LV", 1063: "lt-LT", 1065: "fa-IR", 1066: "vi-VN", 1067: "hy-AM", 1069: "eu-ES",
    1071: "mk-MK", 1078: "af-ZA", 1079: "ka-GE", 1081: "hi-IN", 1086: "ms-MY", 1087: "kk-KZ",
    1089: "sw-KE", 1106: "cy-GB", 1110: "gl-ES", 2052: "zh-CN", 2055: "de-CH", 2057: "en-GB",
    2058: "es-MX", 2060: "fr-BE", 2064: "it-CH", 2067: "nl-BE", 2068: "nn-NO", 2070: "pt-PT",
    3076: "zh-HK", 3079: "de-AT", 3081: "en-AU", 3082: "es-ES", 3084: "fr-CA", 4100: "zh-SG",
    4105: "en-CA", 4108: "fr-CH", 5129: "en-NZ", 6153: "en-IE", 7177: "en-ZA", 16393: "en-IN",
}  # fmt: skip
"""Locale identifiers of Windows (MS-LCID)."""


def read_language(text: str) -> str | None:
    """Return the tag of a locale's number or name: an empty text for 0, None for an unknown locale.

    Example:
        >>> read_language("1031"), read_language("en-GB"), read_language("0")
        ('de-DE', 'en-GB', '')
    """
    number = number_in(text)
    return text if number is None else _LOCALES.get(number)


# Theses

THESIS: Final = "Thesis"
"""Texts that only mark a report as a thesis."""
_IS_THESIS: Final = re.compile(
    r"\b(?:thesis|theses|th[eè]se|dissertation|dissertatie|proefschrift|ph\.?\s?d|doctora|"
    r"doktor|m[eé]moire|diplomarbeit|masterarbeit|bachelorarbeit|habilitation|tesi|tesis|tese)",
    re.IGNORECASE,
)


def means_thesis(text: str) -> bool:
    """Return whether the type of a report is that of a thesis.

    Example:
        >>> means_thesis("PhD thesis"), means_thesis("Working Paper")
        (True, False)
    """
    return _IS_THESIS.search(text) is not None


def read_thesis(text: str) -> str:
    """Return the genre of a thesis; an empty text if its type states only that it is a thesis.

    Example:
        >>> read_thesis("Thesis"), read_thesis("Thesis: Licence")
        ('', 'Licence')
    """
    return "" if text == THESIS else text.removeprefix(f"{THESIS}: ")


def write_thesis(genre: str) -> str:
    """Return a genre in the form that marks a report as a thesis.

    Example:
        >>> write_thesis("Licence"), write_thesis("PhD thesis")
        ('Thesis: Licence', 'PhD thesis')
    """
    is_known = means_thesis(genre) and read_thesis(genre) == genre
    return genre if is_known else f"{THESIS}: {genre}"


# Numbers

NUMBERS: Final = {
    "ISBN": labelled("ISBN", is_isbn),
    "ISSN": labelled("ISSN", is_issn),
    "DOI": labelled("DOI", read_doi, clean=normal_doi),
    "PMID": labelled("PMID", lambda text: False),
    "PMCID": labelled("PMCID", lambda text: False),
}
"""What `StandardNumber` may hold, in the order in which it is written."""
_SEPARATOR: Final = re.compile(
    rf"(?:(?<!\s)\s+)?[;,]\s+(?=(?:{'|'.join(NUMBERS)})\b)", re.IGNORECASE
)


def split_numbers(text: str) -> list[str]:
    """Return the numbers in a text, each of which but the first has its name before it.

    Example:
        >>> split_numbers("978-0-8052-1106-4; DOI 10.1000/182")
        ['978-0-8052-1106-4', 'DOI 10.1000/182']
    """
    return _SEPARATOR.split(text)
