"""Languages as babel and polyglossia name them, and their BCP 47 tags.

A tag gets a region only where the name says one (`british`); none is invented.
"""

from __future__ import annotations

from typing import Final

__all__ = ["read_language", "write_language"]

_TAGS: Final = {
    "english": "en",
    "american": "en-US",
    "usenglish": "en-US",
    "british": "en-GB",
    "ukenglish": "en-GB",
    "australian": "en-AU",
    "canadian": "en-CA",
    "newzealand": "en-NZ",
    "german": "de",
    "ngerman": "de",
    "germanb": "de",
    "austrian": "de-AT",
    "naustrian": "de-AT",
    "swissgerman": "de-CH",
    "nswissgerman": "de-CH",
    "french": "fr",
    "francais": "fr",
    "frenchb": "fr",
    "acadian": "fr-CA",
    "canadien": "fr-CA",
    "spanish": "es",
    "mexican": "es-MX",
    "italian": "it",
    "portuguese": "pt",
    "portuges": "pt",
    "brazilian": "pt-BR",
    "brazil": "pt-BR",
    "dutch": "nl",
    "afrikaans": "af",
    "albanian": "sq",
    "arabic": "ar",
    "armenian": "hy",
    "basque": "eu",
    "belarusian": "be",
    "breton": "br",
    "bulgarian": "bg",
    "catalan": "ca",
    "chinese": "zh",
    "croatian": "hr",
    "czech": "cs",
    "danish": "da",
    "esperanto": "eo",
    "estonian": "et",
    "finnish": "fi",
    "galician": "gl",
    "georgian": "ka",
    "greek": "el",
    "hebrew": "he",
    "hindi": "hi",
    "hungarian": "hu",
    "magyar": "hu",
    "icelandic": "is",
    "indonesian": "id",
    "irish": "ga",
    "japanese": "ja",
    "korean": "ko",
    "latin": "la",
    "latvian": "lv",
    "lithuanian": "lt",
    "norwegian": "no",
    "norsk": "nb",
    "nynorsk": "nn",
    "persian": "fa",
    "farsi": "fa",
    "polish": "pl",
    "romanian": "ro",
    "russian": "ru",
    "sanskrit": "sa",
    "scottish": "gd",
    "serbian": "sr",
    "slovak": "sk",
    "slovene": "sl",
    "slovenian": "sl",
    "swedish": "sv",
    "thai": "th",
    "turkish": "tr",
    "ukrainian": "uk",
    "vietnamese": "vi",
    "welsh": "cy",
}
_NAMES: Final[dict[str, str]] = {}
for _name, _tag in _TAGS.items():
    _NAMES.setdefault(_tag, _name)


def read_language(text: str) -> str:
    """Return the BCP 47 tag of a language that babel knows; other text as it is.

    Example:
        >>> read_language("british"), read_language("German"), read_language("pt-BR")
        ('en-GB', 'de', 'pt-BR')
    """
    return _TAGS.get(text.strip().lower(), text)


def write_language(tag: str) -> str:
    """Return babel's name for a tag, where there is one.

    Example:
        >>> write_language("en-GB"), write_language("en-IE")
        ('british', 'en-IE')
    """
    return _NAMES.get(tag, tag)
