"""The names of languages in babel and polyglossia, and their BCP 47 tags.

A tag has a region only if the name contains one (`british`); none is invented.
"""

from __future__ import annotations

from typing import Final

__all__ = ["read_language", "write_language"]

_NAMES: Final = {
    "en": "english",
    "en-US": "american usenglish",
    "en-GB": "british ukenglish",
    "en-AU": "australian",
    "en-CA": "canadian",
    "en-NZ": "newzealand",
    "de": "german ngerman germanb",
    "de-AT": "austrian naustrian",
    "de-CH": "swissgerman nswissgerman",
    "fr": "french francais frenchb",
    "fr-CA": "acadian canadien",
    "es": "spanish",
    "es-MX": "mexican",
    "it": "italian",
    "pt": "portuguese portuges",
    "pt-BR": "brazilian brazil",
    "nl": "dutch",
    "af": "afrikaans",
    "sq": "albanian",
    "ar": "arabic",
    "hy": "armenian",
    "eu": "basque",
    "be": "belarusian",
    "br": "breton",
    "bg": "bulgarian",
    "ca": "catalan",
    "zh": "chinese",
    "hr": "croatian",
    "cs": "czech",
    "da": "danish",
    "eo": "esperanto",
    "et": "estonian",
    "fi": "finnish",
    "gl": "galician",
    "ka": "georgian",
    "el": "greek",
    "he": "hebrew",
    "hi": "hindi",
    "hu": "hungarian magyar",
    "is": "icelandic",
    "id": "indonesian",
    "ga": "irish",
    "ja": "japanese",
    "ko": "korean",
    "la": "latin",
    "lv": "latvian",
    "lt": "lithuanian",
    "no": "norwegian",
    "nb": "norsk",
    "nn": "nynorsk",
    "fa": "persian farsi",
    "pl": "polish",
    "ro": "romanian",
    "ru": "russian",
    "sa": "sanskrit",
    "gd": "scottish",
    "sr": "serbian",
    "sk": "slovak",
    "sl": "slovene slovenian",
    "sv": "swedish",
    "th": "thai",
    "tr": "turkish",
    "uk": "ukrainian",
    "vi": "vietnamese",
    "cy": "welsh",
}
"""Tags with babel's names for the language; the first name is written."""

_TAGS: Final = {name: tag for tag, names in _NAMES.items() for name in names.split()}
_WRITTEN: Final = {tag: names.split()[0] for tag, names in _NAMES.items()}


def read_language(text: str) -> str:
    """Return the BCP 47 tag of a language that babel supports; other text unchanged.

    Example:
        >>> read_language("british"), read_language("German"), read_language("pt-BR")
        ('en-GB', 'de', 'pt-BR')
    """
    return _TAGS.get(text.strip().lower(), text)


def write_language(tag: str) -> str:
    """Return babel's name for a tag, if there is one.

    Example:
        >>> write_language("en-GB"), write_language("en-IE")
        ('british', 'en-IE')
    """
    return _WRITTEN.get(tag, tag)
