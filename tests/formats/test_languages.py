"""The names that babel and polyglossia have for languages."""

from __future__ import annotations

import pytest

from refcite.formats.languages import read_language, write_language

locales = pytest.importorskip("babel", reason="Babel is not installed, the library of locale data")

# Where TeX's name is not the English one, or has a region.
OWN_NAMES = {
    "american": "en-US",
    "british": "en-GB",
    "australian": "en-AU",
    "canadian": "en-CA",
    "newzealand": "en-NZ",
    "austrian": "de-AT",
    "swissgerman": "de-CH",
    "acadian": "fr-CA",
    "mexican": "es-MX",
    "brazilian": "pt-BR",
    "norsk": "nb",
    "nynorsk": "nn",
    "scottish": "gd",
}
OTHER_SPELLINGS = {
    "usenglish": "american",
    "ukenglish": "british",
    "ngerman": "german",
    "germanb": "german",
    "naustrian": "austrian",
    "nswissgerman": "swissgerman",
    "francais": "french",
    "frenchb": "french",
    "canadien": "acadian",
    "portuges": "portuguese",
    "brazil": "brazilian",
    "magyar": "hungarian",
    "farsi": "persian",
    "slovenian": "slovene",
}
LANGUAGES = (
    "en de fr es it pt nl af sq ar hy eu be br bg ca zh hr cs da eo et fi gl ka el he hi hu is id"
    " ga ja ko la lv lt no fa pl ro ru sa sr sk sl sv th tr uk vi cy"
)


def test_a_language_has_its_english_name() -> None:
    english = locales.Locale("en")
    for tag in LANGUAGES.split():
        name = english.languages[tag].lower()
        assert read_language(name) == tag
        assert read_language(write_language(tag)) == tag


def test_names_of_babel_alone_are_known() -> None:
    for name, tag in OWN_NAMES.items():
        assert read_language(name) == tag
        assert write_language(tag) == name
    for other, name in OTHER_SPELLINGS.items():
        assert read_language(other) == read_language(name)
        assert write_language(read_language(other)) == name
