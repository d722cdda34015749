"""Names in the parameters of citation templates, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from refcite.formats.namelists import NamesOfTexts
from refcite.formats.namelists import names_of as of_texts
from refcite.formats.wikipedia.text import escaped, markup
from refcite.names import Name, is_et_al
from refcite.names.grammar import is_suffix
from refcite.names.lists import without_et_al
from refcite.richtext import plain

__all__ = ["names_of", "vancouver", "written_names"]

_AS_WRITTEN: Final = re.compile(r"\(\((.*)\)\)", re.DOTALL)
_VANCOUVER: Final = re.compile(r"(.+)\s(\w{1,3})", re.DOTALL)
_COMMA_OR_BRACKET: Final = re.compile(r"[,()]")


def names_of(parts: Mapping[int, Mapping[str, str]]) -> NamesOfTexts:
    """Return the names that parameters state, each with `last` and `first`, or as a whole.

    Example:
        >>> found = names_of({1: {"last": "van Gogh", "first": "Vincent"}, 2: {"": "[[UNESCO]]"}})
        >>> [str(name) for name in found.names]
        ['van Gogh, Vincent', '{UNESCO}']
    """
    found = [_names(parts[place]) for place in sorted(parts)]
    return NamesOfTexts(
        tuple(name for one in found for name in one.names),
        any(one.et_al for one in found),
        tuple(problem for one in found for problem in one.problems),
    )


def _names(part: Mapping[str, str]) -> NamesOfTexts:
    last, first, whole = (plain(markup(part.get(key, ""))) for key in ("last", "first", ""))
    if not last and whole and first:
        last, whole = whole, ""
    if last and not _AS_WRITTEN.fullmatch(last) and is_et_al(f"{last}, {first}" if first else last):
        return NamesOfTexts(et_al=True)
    if last:
        return NamesOfTexts((_person(last, first),))
    if first:
        return NamesOfTexts((Name(given=first),))
    return _in_whole(whole) if whole else NamesOfTexts()


def _in_whole(text: str) -> NamesOfTexts:
    """Return the names of a parameter for one; a list is recognised by its form."""
    if _AS_WRITTEN.fullmatch(text):
        return NamesOfTexts((_whole(text),))
    if is_et_al(text):
        return NamesOfTexts(et_al=True)
    return of_texts([text], _EACH, _whole)


_EACH: Final = "use a separate parameter for each name, or write ((…)) around one name"


def _person(last: str, first: str) -> Name:
    written = _AS_WRITTEN.fullmatch(last)
    if written:
        return (
            Name(literal=written[1].strip()) if not first else Name(family=written[1], given=first)
        )
    return Name.of_parts(last, first)


def _whole(text: str) -> Name:
    written = _AS_WRITTEN.fullmatch(text)
    if written:
        return Name(literal=written[1].strip())
    if text.count(",") == 1 and len(text.split()) <= 5:
        return Name.parse(text)
    return Name(literal=text)


def vancouver(text: str) -> NamesOfTexts:
    """Return the names of `vauthors`: family name and initials, with commas between them.

    A list that has another form is recognised by it, and reported.

    Example:
        >>> found = vancouver("Roe A, Le Mar BC, ((Harbour Office)), et al.")
        >>> [str(name) for name in found.names], found.et_al
        (['Roe, A', 'Le Mar, BC', '{Harbour Office}'], True)
        >>> [str(name) for name in vancouver("Ann Roe, Bob Poe").names]
        ['Roe, Ann', 'Poe, Bob']
    """
    names = tuple(_vancouver(text))
    if "((" not in text and not all(name.given and name.given.isupper() for name in names):
        found = of_texts([text], _EACH, _whole)
        if found.problems and all(name.literal is None for name in found.names):
            return found
    return NamesOfTexts(names, without_et_al(text)[1])


def _vancouver(text: str) -> Iterator[Name]:
    for part in map(str.strip, _between_commas(text)):
        if not part or part.lower().rstrip(".") == "et al":
            continue
        written = _AS_WRITTEN.fullmatch(part)
        found = _VANCOUVER.fullmatch(part)
        if written:
            yield Name(literal=written[1].strip())
        elif found:
            yield Name(family=found[1], given=found[2])
        else:
            yield Name(literal=part)


def _between_commas(text: str) -> list[str]:
    """Return the names in a list; commas before two closing brackets are parts of a name."""
    signs = list(_COMMA_OR_BRACKET.finditer(text))
    places = [len(text)]
    is_inside = False
    for found in reversed(signs):  # one pass, so that the time stays linear
        place = found.start()
        if found[0] == ",":
            if not is_inside:
                places.append(place)
        else:
            is_inside = text.startswith("))", place)
    starts = [0, *(place + 1 for place in reversed(places[1:]))]
    return [text[start:end] for start, end in zip(starts, reversed(places), strict=True)]


def written_names(role: str, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """Yield the parameters that state names.

    Example:
        >>> list(written_names("editor", [Name(family="Roe", given="Ann"), Name(literal="Office")]))
        [('editor-last1', 'Roe'), ('editor-first1', 'Ann'), ('editor2', 'Office')]
    """
    prefix = "" if role == "author" else f"{role}-"
    for place, name in enumerate(names, 1):
        number = str(place) if len(names) > 1 else ""
        if name.literal is not None:
            is_safe = _in_whole(name.literal) == NamesOfTexts((name,))
            yield f"{role}{number}", escaped(name.literal if is_safe else f"(({name.literal}))")
            continue
        parts = name.parts()
        mark = "" if is_suffix(parts.suffix.split()) else ","
        first = f"{parts.given}{mark} {parts.suffix}".strip() if parts.suffix else parts.given
        yield f"{prefix}last{number}", escaped(parts.family)
        yield f"{prefix}first{number}", escaped(first)
