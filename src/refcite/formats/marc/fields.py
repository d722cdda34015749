"""The fields of a MARC record, and the text in which a field is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, field

__all__ = ["CONTROL", "MarcField", "MarcRecord", "clean", "kept_field", "without_end"]

CONTROL: Final = re.compile(r"00[0-9A-Z]")
"""Tags of control fields, which have neither indicators nor subfields."""
_MARK: Final = "‡"
_SUBFIELD: Final = re.compile(r"‡([a-z0-9])((?:[^‡]|‡‡)*)")
_NO_SORTING: Final = re.compile("[\x88\x89\x98\x9c]")
"""The controls around an article that is not sorted."""
_ENDS: Final = " /:;=,"
_STOPPED: Final = re.compile(r"(?:\w{4,}|[)\]\"'”’0-9])\.\Z")
"""The end of a text whose full stop is not that of an abbreviation or an initial."""
_SUFFIXES: Final = re.compile(r"\b(?:Esqr?|Univ|Dept|Corp|Hrsg|Verl|Aufl|Bros|Assoc|Govt)\.\Z")


@define
class MarcField:
    """A field with indicators and subfields.

    Attributes:
        tag: Its tag of three characters.
        indicators: Both indicators; a blank one is a space.
        subfields: The code and the text of each subfield.
        line: The line where it starts.

    Example:
        >>> title = MarcField("245", "10", [("a", "Owls :"), ("b", "a history /")])
        >>> title.first("b"), title.shown()
        ('a history /', '10‡aOwls :‡ba history /')
    """

    tag: str
    indicators: str = "  "
    subfields: list[tuple[str, str]] = field(factory=list)
    line: int | None = None

    def all(self, codes: str) -> Iterator[str]:
        """Yield the texts of the subfields with one of these codes, in order."""
        return (text for code, text in self.subfields if code in codes)

    def first(self, codes: str) -> str:
        """Return the first text of a subfield with one of these codes, or an empty text."""
        return next(self.all(codes), "")

    def shown(self) -> str:
        """Return the field as one text: indicators, with # for a blank, and `‡` before each code.

        The sign `‡` in a subfield is doubled.
        """
        return self.indicators.replace(" ", "#") + "".join(
            f"{_MARK}{code}{text.replace(_MARK, _MARK * 2)}" for code, text in self.subfields
        )


@define
class MarcRecord:
    """A record.

    Attributes:
        leader: The leader of 24 characters; empty if the record has none.
        controls: The tag and the text of each control field.
        fields: The other fields.
        line: The line where it starts.
    """

    leader: str = ""
    controls: list[tuple[str, str]] = field(factory=list)
    fields: list[MarcField] = field(factory=list)
    line: int | None = None

    def control(self, tag: str) -> str:
        """Return the text of the first control field of a tag, or an empty text."""
        return next((text for own, text in self.controls if own == tag), "")

    def coded(self, place: int) -> str:
        """Return the code at a place of the leader; empty if the leader is not a whole one."""
        return self.leader[place : place + 1] if len(self.leader) in (23, 24) else ""

    def tagged(self, *tags: str) -> Iterator[MarcField]:
        """Yield the fields of some tags, in the order of the record."""
        return (one for one in self.fields if one.tag in tags)


def kept_field(tag: str, text: str) -> MarcField | None:
    """Return the field of a text in which it was kept; None for any other text.

    Example:
        >>> kept_field("583", "1#‡aRepaired‡c2001").subfields
        [('a', 'Repaired'), ('c', '2001')]
        >>> kept_field("583", "Repaired")
    """
    if len(text) < 4 or text[2] != _MARK or not text[:2].isascii():
        return None
    subfields = [
        (code, value.replace(_MARK * 2, _MARK)) for code, value in _SUBFIELD.findall(text, 2)
    ]
    return MarcField(tag, text[:2].replace("#", " "), subfields)


def clean(text: str) -> str:
    """Return a text as one line, without the controls around an article that is not sorted."""
    if not text.isascii():
        text = _NO_SORTING.sub("", text)
    return " ".join(text.split())


def without_end(text: str) -> str:
    """Return a text without the punctuation of catalogues at its end (ISBD).

    The full stop of an abbreviation or an initial is kept.

    Example:
        >>> without_end("Geneva :"), without_end("Washington, D.C. :"), without_end("Notes.")
        ('Geneva', 'Washington, D.C.', 'Notes')
        >>> without_end("Roe, Ann B."), without_end("And so on ...")
        ('Roe, Ann B.', 'And so on ...')
    """
    bare = clean(text).rstrip(_ENDS)
    if _STOPPED.search(bare[-12:]) and not _SUFFIXES.search(bare[-8:]):
        bare = bare[:-1]
    return bare


def texts(fields: Iterable[MarcField], codes: str) -> Iterator[str]:
    """Yield the texts of some subfields of several fields."""
    for one in fields:
        yield from one.all(codes)
