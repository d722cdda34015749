"""Make a record's attributes from an entry's tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from refcite.dates import Date
from refcite.formats.iso639 import tag_of_code
from refcite.formats.namelists import NamesOfTexts, names_of
from refcite.formats.nbib.lines import Field
from refcite.formats.nbib.table import (
    JOURNAL_ARTICLE,
    KNOWN_TAGS,
    TYPE_OF,
    Kind,
    Tag,
    publication_type,
    tags_of,
)
from refcite.formats.nbib.values import read_date, read_name, read_short_name, read_title
from refcite.identifiers import normal_doi
from refcite.names import Name, is_et_al
from refcite.problems import Problem, Severity
from refcite.vocabulary import attribute_of

__all__ = ["ID_SOURCE", "OF_AUTHORS", "Draft"]

ID_SOURCE: Final = "refcite: "
"""What stands before the record's own id in the tag `OID`, where that is not its PMID."""

OF_AUTHORS: Final = ("AUID", "AD")
"""Tags that belong to the author before them."""

_LABELLED: Final = re.compile(r"(.*\S)\s*\[(\w+)\]", re.DOTALL)
_RECEIVED: Final = re.compile(r"(\d{4}/\d\d/\d\d)(?: 00:00)? \[received\]|(.*) \[received\]")
_ISSN: Final = re.compile(r"\s*(\d{4}-?\d{3}[\dXx])\s*(?:\((\w+)\))?\s*")
_BEFORE_JOURNAL_ARTICLE: Final = ("article", "article-newspaper")
_PERSONS: Final = {"author": ("FAU", "AU", "CN"), "editor": ("FED", "ED", "")}


class Draft:
    """The attributes of a record, before it is made.

    Args:
        fields: The tags.
        day_first: How to read `01/02/2017`.

    Attributes:
        values: The attributes.
        extra: What no attribute holds.
        problems: What is doubtful, with its line.
        is_type_guessed: Whether nothing tells the type.
    """

    def __init__(self, fields: Sequence[Field], day_first: bool | None = None) -> None:
        self.values: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.is_type_guessed = False
        self._day_first = day_first
        self._fields = [field for field in fields if field[1]]
        self._by_tag: dict[str, list[Field]] = {}
        for field in self._fields:
            self._by_tag.setdefault(field[0], []).append(field)
        self._read_type()
        self._read_people()
        for tag, found in self._by_tag.items():
            self._read_tag(tag, found)
        self._read_id()

    def _texts(self, tag: str) -> list[str]:
        return [text for _, text, _ in self._by_tag.get(tag, ())]

    # Keeping what has no place

    def _keep(self, tag: str, texts: Sequence[str]) -> None:
        """Keep values under their tag: one as text, several as a list."""
        if texts:
            self.extra[tag] = texts[0] if len(texts) == 1 else list(texts)

    def _report(self, code: str, message: str, line: int) -> None:
        self.problems.append(
            Problem(severity=Severity.INFO, code=code, message=message, line=line, column=1)
        )

    # The type

    def _read_type(self) -> None:
        named = self._texts("PT")
        csl_type = self._type_of(named)
        self.values["type"] = csl_type
        self._tags = tags_of(csl_type)
        own = publication_type(csl_type)
        if own in named:
            named.remove(own)
        self._keep("PT", named)

    def _type_of(self, named: Sequence[str]) -> str:
        known = [TYPE_OF[name] for name in named if name in TYPE_OF]
        if JOURNAL_ARTICLE in named:
            before = [csl_type for csl_type in known if csl_type in _BEFORE_JOURNAL_ARTICLE]
            return before[0] if before else "article-journal"
        if known:
            return known[0]
        if "BTI" in self._by_tag:
            return "chapter" if "TI" in self._by_tag else "book"
        if not self._by_tag.keys().isdisjoint(("JT", "TA", "JID")):
            return "article-journal"
        self.is_type_guessed = True
        return "document"

    # Names

    def _read_people(self) -> None:
        for attribute, (full, short, group) in _PERSONS.items():
            one = full if full in self._by_tag else short
            names: list[Name] = []
            et_al = False
            beside: dict[str, list[list[str]]] = {tag: [] for tag in OF_AUTHORS}
            for tag, text, _ in self._fields:
                if tag == one and names and is_et_al(text):
                    et_al = True
                elif tag in (one, group):
                    found = _people(tag, text)
                    names += found.names
                    et_al |= found.et_al
                    self.problems += found.problems
                    for texts in beside.values():
                        # An address before all authors is the first author's.
                        texts += [[] for _ in range(len(texts), len(names))]
                elif attribute == "author" and tag in beside:
                    _add_last(beside[tag], text)
            if names:
                NamesOfTexts(tuple(names), et_al).put(self.values, attribute)
            if attribute == "author":
                self.extra.update((tag, texts) for tag, texts in beside.items() if any(texts))

    # All else

    def _read_tag(self, tag: str, found: Sequence[Field]) -> None:
        meaning = self._tags.get(tag)
        if tag in OF_AUTHORS or tag in ("PT", "SO"):
            return
        if meaning is None:
            if tag not in KNOWN_TAGS:
                message = f"the tag {tag} is none of MEDLINE's; it is kept"
                self._report("unknown-tag", message, found[0][2])
            self._keep(tag, [text for _, text, _ in found])
            return
        reader = _READERS.get(meaning.kind, Draft._read_text)
        reader(self, meaning, found)

    def _read_names(self, meaning: Tag, found: Sequence[Field]) -> None:
        """Stand for what was read with all names."""

    def _read_text(self, meaning: Tag, found: Sequence[Field]) -> None:
        (tag, text, _), *others = found
        self.values[attribute_of(meaning.variable)] = _read_value(meaning.kind, text)
        for _, other, line in others:
            self._report(
                "second-value", f"{tag} stands again, with {other[:40]!r}; it is kept", line
            )
        self._keep(tag, [text for _, text, _ in others])

    def _read_lines(self, meaning: Tag, found: Sequence[Field]) -> None:
        texts = [text for _, text, _ in found]
        if meaning.kind is Kind.NOTE:
            self.values["note"] = "\n".join(texts)
            return
        # An asterisk says that the work is chiefly about it.
        words = [text.removeprefix("*") for text in texts]
        separator = "; " if any("," in word for word in words) else ", "
        self.values["keyword"] = separator.join(words)

    def _read_languages(self, meaning: Tag, found: Sequence[Field]) -> None:
        first, *others = (text for _, text, _ in found)
        self.values["language"] = tag_of_code(first) or first
        self._keep("LA", others)

    def _read_date(self, meaning: Tag, found: Sequence[Field]) -> None:
        (tag, text, line), *others = found
        self.values[attribute_of(meaning.variable)] = self._date(text, line)
        self._keep(tag, [text for _, text, _ in others])

    def _date(self, text: str, line: int) -> Date:
        doubts: list[Problem] = []
        date = read_date(text, doubts, day_first=self._day_first)
        self.problems += [problem.replace(line=line, column=1) for problem in doubts]
        return date

    def _read_history(self, meaning: Tag, found: Sequence[Field]) -> None:
        rest: list[str] = []
        for _, text, line in found:
            received = _RECEIVED.fullmatch(text)
            if received and "submitted" not in self.values:
                self.values["submitted"] = self._date(received[1] or received[2], line)
            else:
                rest.append(text)
        self._keep(meaning.name, rest)

    def _read_dois(self, meaning: Tag, found: Sequence[Field]) -> None:
        rest: list[str] = []
        for _, text, _ in found:
            labelled = _LABELLED.fullmatch(text)
            doi = normal_doi(labelled[1]) if labelled and labelled[2].lower() == "doi" else None
            if doi is not None and self.values.setdefault("doi", doi) == doi:
                continue
            rest.append(text)
        self._keep(meaning.name, rest)

    def _read_issns(self, meaning: Tag, found: Sequence[Field]) -> None:
        """Choose an ISSN; those that say what they are of stay in `extra` with it."""
        texts = [text for _, text, _ in found]
        chosen = chosen_issn(texts)
        if chosen is not None:
            self.values["issn"] = chosen
            if chosen in texts:
                texts.remove(chosen)
        self._keep("IS", texts)

    def _read_id(self) -> None:
        """Take the id that this package has written, else the PMID."""
        own = self.extra.pop("OID", [])
        texts = own if isinstance(own, list) else [own]
        ids = [text for text in texts if text.startswith(ID_SOURCE)]
        if ids:
            self.values["id"] = ids[0].removeprefix(ID_SOURCE)
        elif "pmid" in self.values:
            self.values["id"] = self.values["pmid"]
        self._keep("OID", [text for text in texts if text not in ids[:1]])


_EACH: Final = "give each name a line FAU"


def chosen_issn(texts: Sequence[str]) -> str | None:
    """Return the ISSN that stands for all: the first without a label, else that is no linking one.

    Example:
        >>> chosen_issn(["1234-5679 (Linking)", "0028-0836 (Electronic)"])
        '0028-0836'
    """
    found = [match for match in map(_ISSN.fullmatch, texts) if match]
    found.sort(key=lambda match: (match[2] is not None) + ((match[2] or "").lower() == "linking"))
    return found[0][1] if found else texts[0] if texts else None


def _people(tag: str, text: str) -> NamesOfTexts:
    if tag == "CN":
        return NamesOfTexts((Name(literal=text),))
    if tag not in ("AU", "ED"):
        return names_of([text], _EACH, read_name)
    # Initials behind a family name are MEDLINE's own form here, and no guess.
    found = names_of([text], _EACH, read_short_name)
    return found if len(found.names) > 1 else NamesOfTexts((read_short_name(text),))


def _add_last(lists: list[list[str]], text: str) -> None:
    if not lists:
        lists.append([])
    lists[-1].append(text)


def _read_value(kind: Kind, text: str) -> str:
    return read_title(text) if kind is Kind.TITLE else text


_READERS: Final = {
    Kind.NAMES: Draft._read_names,
    Kind.NOTE: Draft._read_lines,
    Kind.KEYWORD: Draft._read_lines,
    Kind.LANGUAGE: Draft._read_languages,
    Kind.DATE: Draft._read_date,
    Kind.DAY: Draft._read_date,
    Kind.RECEIVED: Draft._read_history,
    Kind.DOI: Draft._read_dois,
    Kind.ISSN: Draft._read_issns,
}
