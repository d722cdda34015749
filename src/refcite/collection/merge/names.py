"""The better of several lists of names, and the fuller forms of the names in it."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, normalize

from attrs import frozen

from refcite.names import Name

__all__ = ["NameList", "better_names"]


@frozen
class NameList:
    """The names of one record for a variable.

    Attributes:
        names: The names.
        is_cut: Whether the source marks the list as incomplete ("et al.").
    """

    names: tuple[Name, ...]
    is_cut: bool


def better_names(lists: Sequence[NameList]) -> tuple[int, NameList]:
    """Return the position of the best list, and the list with the fuller forms of its names.

    A complete list is better than a cut one, a longer one than a shorter one, and one with full
    given names than one with initials. A list without "et al." that has no more names than one
    with it is also cut. Names of the best list get the fuller form that another list contains for
    the same person.

    Args:
        lists: The lists, of which the first is used if several are equally good.

    Example:
        >>> from refcite import Name
        >>> cut = NameList((Name(family="Roe", given="Ann"),), True)
        >>> short = (Name(family="Roe", given="A."), Name(family="Poe", given="B."))
        >>> place, found = better_names([cut, NameList(short, False)])
        >>> place, found.is_cut, [str(name) for name in found.names]
        (1, False, ['Roe, Ann', 'Poe, B.'])
    """
    longest_cut = max((len(one.names) for one in lists if one.is_cut), default=0)

    def is_cut(one: NameList) -> bool:
        return one.is_cut or len(one.names) <= longest_cut

    def rank(place: int) -> tuple[object, ...]:
        one = lists[place]
        return (
            not is_cut(one),
            len(one.names),
            sum(name.literal is None for name in one.names),
            sum(_fullness(name)[0] for name in one.names),
            -place,
        )

    best = max(range(len(lists)), key=rank)
    chosen = lists[best]
    others: dict[str, list[Name]] = {}
    for place, one in enumerate(lists):
        for name in one.names if place != best else ():
            others.setdefault(_folded(name.family or ""), []).append(name)
    names = tuple(
        _fuller(name, others.get(_folded(name.family or ""), ())) for name in chosen.names
    )
    return best, NameList(names, is_cut(chosen))


def _fuller(name: Name, others: Sequence[Name]) -> Name:
    """Return the fullest form of a name, if it is clear that the others are the same person."""
    if not name.family:
        return name
    same = [other for other in others if _can_be(name, other)]
    fullest = max((name, *same), key=_fullness)
    # Of "Roe, Ann" and "Roe, Alan", neither is the full form of "Roe, A."
    if all(_can_be(fullest, other) for other in same):
        return fullest
    return name


def _can_be(name: Name, other: Name) -> bool:
    """Return whether two names with the same family name agree in all other parts they have."""
    if name.literal is not None or other.literal is not None:
        return False
    if _folded(name.suffix or "") != _folded(other.suffix or "") and name.suffix and other.suffix:
        return False
    if (name.non_dropping_particle or "") != (other.non_dropping_particle or ""):
        return False
    words, others = _given(name), _given(other)
    return all(
        one.startswith(two) or two.startswith(one) for one, two in zip(words, others, strict=False)
    )


def _fullness(name: Name) -> tuple[int, ...]:
    """Return a value that is greater for a fuller form of the same name."""
    words = _given(name)
    family = name.family or ""
    return (
        sum(len(word) > 1 for word in words),
        len(words),
        int(not family.isupper()),
        sum(not letter.isascii() for letter in f"{family}{name.given or ''}"),
        sum(len(word) for word in words),
        int(bool(name.suffix)),
    )


def _given(name: Name) -> list[str]:
    """Return the words of a given name; initials without a space, as in `JR`, are divided."""
    words = (name.given or "").replace(".", " ").replace("-", " ").split()
    divided: list[str] = []
    for word in words:
        is_initials = word.isupper() and 1 < len(word) <= 3
        divided += [_folded(part) for part in (word if is_initials else [word])]
    return divided


def _folded(text: str) -> str:
    """Return a text without case, accents and punctuation."""
    if text.isascii() and text.isalpha():
        return text.lower()
    decomposed = normalize("NFKD", text.casefold())
    return "".join(one for one in decomposed if one.isalnum() and not combining(one))
