"""Languages, numbers and kinds of theses as Word's sources hold them."""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.numbers import is_isbn, is_issn
from refcite.identifiers import fault_in_doi, normal_doi

__all__ = [
    "join_numbers",
    "kind_of_thesis",
    "read_language",
    "split_numbers",
    "tells_thesis",
    "thesis_type",
]

# Languages

_LOCALES: Final = {
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
    """Return the tag of a locale's number or name; None for a number that is unknown.

    Example:
        >>> read_language("1031"), read_language("en-GB"), read_language("0")
        ('de-DE', 'en-GB', None)
    """
    return _LOCALES.get(int(text)) if text.isascii() and text.isdigit() else text


# Theses

_THESIS: Final = "Thesis"
_IS_THESIS: Final = re.compile(
    r"\b(?:thesis|theses|th[eè]se|dissertation|dissertatie|proefschrift|ph\.?\s?d|doctora|"
    r"doktor|m[eé]moire|diplomarbeit|masterarbeit|bachelorarbeit|habilitation|tesi|tesis|tese)",
    re.IGNORECASE,
)


def tells_thesis(text: str) -> bool:
    """Tell whether the type of a report is that of a thesis.

    Example:
        >>> tells_thesis("PhD thesis"), tells_thesis("Working Paper")
        (True, False)
    """
    return _IS_THESIS.search(text) is not None


def kind_of_thesis(text: str) -> str | None:
    """Return the genre of a thesis; None where its type says no more than that it is one.

    Example:
        >>> kind_of_thesis("Thesis"), kind_of_thesis("Thesis: Licence")
        (None, 'Licence')
    """
    return None if text == _THESIS else text.removeprefix(f"{_THESIS}: ")


def thesis_type(genre: str | None) -> str:
    """Return what tells that a report is a thesis.

    Example:
        >>> thesis_type(None), thesis_type("Licence"), thesis_type("PhD thesis")
        ('Thesis', 'Thesis: Licence', 'PhD thesis')
    """
    if not genre:
        return _THESIS
    is_told = tells_thesis(genre) and kind_of_thesis(genre) == genre
    return genre if is_told else f"{_THESIS}: {genre}"


# Numbers

_SEPARATOR: Final = re.compile(r"\s*[;,]\s+(?=(?:ISBN|ISSN|DOI|PMID|PMCID)\b)", re.IGNORECASE)
_LABEL: Final = re.compile(r"(ISBN|ISSN|DOI|PMID|PMCID)\b(?:-1[03])?\s*:?\s*", re.IGNORECASE)


def split_numbers(text: str) -> tuple[dict[str, str], str]:
    """Return the numbers in a text by their names, and what is none of them.

    Example:
        >>> split_numbers("ISBN 978-0-8052-1106-4; DOI 10.1000/182")
        ({'ISBN': '978-0-8052-1106-4', 'DOI': '10.1000/182'}, '')
        >>> split_numbers("0028-0836"), split_numbers("ISO 690")
        (({'ISSN': '0028-0836'}, ''), ({}, 'ISO 690'))
    """
    found: dict[str, str] = {}
    rest: list[str] = []
    for part in _SEPARATOR.split(text):
        label = _LABEL.match(part)
        name = label[1].upper() if label else _name_by_form(part)
        value = part[label.end() :] if label else part
        if name and value and name not in found:
            found[name] = normal_doi(value) if name == "DOI" else value
        else:
            rest.append(part)
    return found, "; ".join(rest)


def _name_by_form(text: str) -> str | None:
    if fault_in_doi(normal_doi(text)) is None:
        return "DOI"
    return "ISBN" if is_isbn(text) else "ISSN" if is_issn(text) else None


def join_numbers(numbers: dict[str, str], rest: str) -> str:
    """Return numbers with their names as one text.

    Example:
        >>> join_numbers({"DOI": "10.1000/182"}, "ISO 690")
        'ISO 690; DOI 10.1000/182'
    """
    return "; ".join(filter(None, (rest, *(f"{name} {text}" for name, text in numbers.items()))))
