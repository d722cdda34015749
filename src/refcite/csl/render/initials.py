"""Given names as initials (specification, "initialize", "initialize-with")."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from refcite.csl.text.scripts import is_romanesque

__all__ = ["initials", "spaced_initials"]

_TITLES: Final = frozenset(("Lord", "Lady"))
_SPACES: Final = re.compile(r"[ \t\n\r\f\v]+")
_HYPHENS: Final = re.compile(r"(?:(?<!\s)\s+)?-\s*")
_END: Final = " \t\n\r\f\v\ufeff\u00a0"
# A full stop before a letter ends one initial: "J.R." is "J. R.".
_TIGHT_STOP: Final = re.compile(r"\.(?=[^ .])")
_TAG: Final = re.compile(r"<[^<>]+>")
_END_TAG: Final = re.compile(r"</[^<>]+>")


@lru_cache(maxsize=4096)
def initials(given: str, mark: str, hyphens: bool = True) -> str:
    """Return a given name as initials.

    Args:
        given: The given names.
        mark: The text after each initial (`initialize-with`).
        hyphens: Whether hyphens stay between the initials (`initialize-with-hyphen`).

    Example:
        >>> initials("Jean-Luc Marie", ". "), initials("Jean-Luc", ".", hyphens=False)
        ('J.-L. M.', 'J.L.')
        >>> initials("J.R.R.", "."), initials("Ph. Guo-ping", ".")
        ('J.R.R.', 'Ph.G.')
    """
    if not given or given in _TITLES or not is_romanesque(_TAG.sub("", given)):
        return given
    pieces = _pieces_of(given, hyphens)
    done: list[str] = []
    for index in range(0, len(pieces), 2):
        piece = pieces[index]
        joint = pieces[index - 1] if index else ""
        start = "-" if "-" in joint else ""
        initial = _initial_of(piece)
        if initial is not None:
            ends = "".join(_END_TAG.findall(piece))
            done.append(f"{start}{initial}{_before_tags(mark, ends)}")
        elif piece:
            after = pieces[index + 1] if index + 1 < len(pieces) else ""
            done.append(f"{start or ' '}{piece}{'' if '-' in after else after}")
    return _tidy("".join(done))


@lru_cache(maxsize=4096)
def spaced_initials(given: str, mark: str, hyphens: bool = True) -> str:
    """Return a given name with its names in full, and the mark after each initial.

    Example:
        >>> spaced_initials("James T Kirk", "."), spaced_initials("J.R. Ronald", ". ")
        ('James T. Kirk', 'J. R. Ronald')
    """
    if not given or given in _TITLES or not is_romanesque(_TAG.sub("", given)):
        return given
    pieces = _pieces_of(given, hyphens)
    short = [_is_abbreviation(piece) for piece in pieces]
    done: list[str] = []
    for index in range(0, len(pieces), 2):
        piece = pieces[index]
        if not short[index]:
            done.append(piece)
            if index + 1 < len(pieces):
                done.append(pieces[index + 1])
            continue
        done.append(piece.rstrip(".") if len(piece) > 1 else piece)
        done.append(mark)
        if index + 1 < len(pieces):
            if "-" in pieces[index + 1]:
                done.append("-")
            elif not short[index + 2]:
                done.append(" ")
    return _tidy("".join(done))


def _pieces_of(given: str, hyphens: bool) -> list[str]:
    """Return the names and the text between them, alternately."""
    if not hyphens:
        given = given.replace("-", " ")
    given = _SPACES.sub(" ", _HYPHENS.sub("-", given)).strip()
    given = _TIGHT_STOP.sub(". ", given).replace(". -", ".-")
    # A part in lower case after a hyphen belongs to the same name.
    return re.split(r"( +|-(?![a-z]))", given)


def _before_tags(mark: str, tags: str) -> str:
    """Return a mark with the tags that end an initial inserted before its space."""
    bare = mark.rstrip(_END)
    return f"{bare}{tags}{mark[len(bare) :]}" if tags else mark


def _initial_of(piece: str) -> str | None:
    tags = _TAG.match(piece)
    start, piece = (tags[0], piece[tags.end() :]) if tags else ("", piece)
    if not piece or not piece[0].isalpha() or piece[0] != piece[0].upper():
        return None
    piece = _TAG.sub("", piece)
    word = piece.rstrip(".")
    letters = re.match(r"[^\W\d_]+", word)
    run = letters[0] if letters else word[:1]
    if piece.endswith(".") and run == word and len(word) > 1:
        return start + word
    if not is_romanesque(piece):
        return None
    capitals = 1
    while capitals < len(run) and run[capitals] == run[capitals].upper():
        capitals += 1
    digraph = run[1:capitals].lower() if capitals < len(run) else ""
    return start + run[0] + digraph


def _is_abbreviation(piece: str) -> bool:
    plain = _TAG.sub("", piece)
    return (len(plain) > 1 and plain.endswith(".")) or (
        len(plain) == 1 and plain.isalpha() and plain == plain.upper()
    )


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", _HYPHENS.sub("-", text.rstrip(_END))).lstrip(" ")
