"""Languages that no program recognises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.rules import EachRule, Found
from refcite.formats.iso639 import is_tag, tag_of_code
from refcite.formats.languages import read_language
from refcite.problems import Severity

__all__ = ["RULES"]

_CODE: Final = re.compile(r"[a-z]{3}(?:[-_][A-Za-z0-9]{1,8})*")
"""A code of ISO 639-3, with or without subtags (RFC 5646, § 2.1)."""


def _unknown_language(entry: Entry) -> Iterator[Found]:
    language = entry.record.language
    if not language or _is_known(language):
        return
    field = next((name for name in ("langid", "language") if name in entry.fields), "language")
    yield Found(
        f"the language {language!r} is not known",
        "write its BCP 47 tag, such as en-GB, or its English name",
        field,
        (language,),
    )


@lru_cache(maxsize=1024)
def _is_known(text: str) -> bool:
    return all(map(_is_one_language, _separated(text)))


def _separated(text: str) -> list[str]:
    for sign in (";", "/", " and ", " & ", "|"):
        text = text.replace(sign, ",")
    return [part for piece in text.split(",") if (part := piece.strip())]


def _is_one_language(text: str) -> bool:
    return (
        is_tag(text.replace("_", "-"))
        or _CODE.fullmatch(text) is not None
        or tag_of_code(text) is not None
        or read_language(text) != text
        or text.lower() in _OTHER
    )


_OTHER_TEXT: Final = "sh mul und zxx multilingual english-us naustrian ngerman multiple languages"
_OTHER: Final = frozenset(_OTHER_TEXT.split())
"""Codes and names that are not those of one language, and babel's names for spellings."""

RULES: Final = (
    EachRule(code="unknown-language", severity=Severity.WARNING, find=_unknown_language),
)
"""The rules about languages."""
