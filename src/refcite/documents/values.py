"""The values of references in YAML, which are Markdown in pandoc's documents.

Source: pandoc's manual, "Specifying bibliographic data" ("Fields will be interpreted as Markdown").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from attrs import evolve

from refcite.names import Name
from refcite.record import Record
from refcite.vocabulary import ATTRIBUTES, DATE_VARIABLES, NAME_VARIABLES

__all__ = ["is_yaml", "with_markup"]

_SIGN: Final = re.compile(r"[\\*_^~]|--|\.\.\.")
_ESCAPED: Final = re.compile(r"\\([^A-Za-z0-9\s])")
_ADDRESSES: Final = frozenset({"DOI", "ISBN", "ISSN", "PMCID", "PMID", "URL", "type", "language"})
_NAMES: Final = tuple(ATTRIBUTES[variable] for variable in NAME_VARIABLES)
_TEXTS: Final = tuple(
    attribute
    for variable, attribute in ATTRIBUTES.items()
    if variable not in _ADDRESSES | set(NAME_VARIABLES) | set(DATE_VARIABLES)
)


def is_yaml(path: Path) -> bool:
    """Return whether the values of a bibliography file are Markdown.

    Example:
        >>> is_yaml(Path("refs.yaml")), is_yaml(Path("refs.json"))
        (True, False)
    """
    return path.suffix.lower() in (".yaml", ".yml")


def with_markup(records: Iterable[Record]) -> Iterator[Record]:
    r"""Yield records in whose texts the signs of Markdown are the markup of CSL.

    Example:
        >>> [record] = with_markup([Record(id="k", title=r"On *Ropes* \#1, 1931--2004")])
        >>> record.title
        'On <i>Ropes</i> #1, 1931–2004'
    """
    for record in records:
        changes: dict[str, Any] = {}
        for attribute in _TEXTS:
            text = getattr(record, attribute, None)
            if isinstance(text, str) and _SIGN.search(text) is not None:
                changes[attribute] = _markup(text)
        for attribute in _NAMES:
            names = getattr(record, attribute, ())
            if any("\\" in str(name) for name in names):
                changes[attribute] = tuple(map(_unescaped, names))
        if "\\" in record.id:
            changes["id"] = _ESCAPED.sub(r"\1", record.id)
        yield evolve(record, **changes) if changes else record


def _markup(text: str) -> str:
    from refcite.documents.markdown.texts import Unkept, csl_text

    return csl_text(text, Unkept())


def _unescaped(name: Name) -> Name:
    parts = ((part, getattr(name, part)) for part in ("family", "given", "literal", "suffix"))
    changes: dict[str, Any] = {
        part: _ESCAPED.sub(r"\1", text) for part, text in parts if text and "\\" in text
    }
    return evolve(name, **changes) if changes else name
