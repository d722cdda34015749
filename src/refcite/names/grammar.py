"""The rules for particles and suffixes in names, which apply to all formats.

Sources: CSL 1.0.2, "Names" and "Non-dropping particles"; citeproc-js and Zotero for data with
particles in `family` and `given`; Markey, *Tame the BeaST*, section 11, for BibTeX's three forms;
the biblatex manual, "Name lists", for the parts by name.

- A family name's leading words in lower case are its non-dropping particle. The text before it
  without a space is also one: `d'`, `al-`. The last word always belongs to the family name. A word
  in upper case ends the particle: `La Fontaine`, `Ortega y Gasset` have none. (In BibTeX, all words
  up to the last one in lower case are particles, and thus `Ortega y`.)
- The known particles (`van`, `de la`) that end a given name are a dropping particle. Other words in
  lower case remain in the given name.
- In `First von Last`, the first word in lower case starts the family name.
- In `First von Last`, a conjunction that joins two family names (`Ortega y Gasset`, `Gaudí i
  Cornet`, `Costa e Silva`) is no particle.
- A suffix is known by its shape (`Jr.`, `III`, `2nd`, `Ph.D.`), after the last comma as after the
  given name or, in a text, after the family name. Degrees that may be initials (`MD`) are one after
  a given name and a comma. A suffix of another shape is one only by its place: the second of three
  in BibTeX, the third where family name, given name and suffix follow each other.
- Where only a suffix is after the comma, two or more words before it are a whole name.

Each format separates its names itself; these functions receive words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from attrs import evolve, frozen

__all__ = [
    "APOSTROPHES",
    "FAMILY_JOINTS",
    "PARTICLES",
    "TAILS",
    "NameWords",
    "after_comma",
    "are_whole",
    "ends_in_suffix",
    "ends_person",
    "is_degree",
    "is_lower",
    "is_suffix",
    "is_taken_apart",
    "joined",
    "split_family",
    "split_given",
    "split_inverted",
    "split_straight",
]

APOSTROPHES: Final = "'’ʼʻ"

_PARTICLES_TEXT: Final = """
    van von vom de der den dem des du da das do dos di del della dello dela dei degli de' d' d’
    la le les lo li l' l’ el il al auf zu zum zur und ten ter te op het 't ’t in uit onder aan
    af av bij ibn bin bint vander vanden ver
"""
PARTICLES: Final = frozenset(_PARTICLES_TEXT.split())
"""The particles that may be after a given name."""

_JUNIOR_TEXT: Final = "Jr Jr. jr jr. Jnr Jnr. Sr Sr. sr sr. Snr Snr. Esq Esq. 2nd 3rd 4th 5th 2d 3d"
_JUNIOR: Final = frozenset(_JUNIOR_TEXT.split())
_DEGREES_TEXT: Final = "PhD PhD. Ph.D. Ph.D DPhil D.Phil. MPhil M.Phil. MSc M.Sc. BSc B.Sc."
_DEGREES: Final = frozenset(_DEGREES_TEXT.split())
_DEGREES_OR_INITIALS_TEXT: Final = (
    "MD M.D. MA M.A. BA B.A. JD J.D. LLM LL.M. LLB LL.B. MBA MPH RN CFA MPA M.P.A. DDS D.D.S."
)
_DEGREES_OR_INITIALS: Final = frozenset(_DEGREES_OR_INITIALS_TEXT.split())
_SUFFIXES: Final = _JUNIOR | _DEGREES | {"II", "III", "IV", "VI", "VII", "VIII"}
_ENDS_PERSON: Final = frozenset(
    word for word in _JUNIOR | _DEGREES if word.isalpha() or "." in word
)
_ALONE: Final = _JUNIOR | _DEGREES
"""The suffixes that are no initials, and so no given name."""
FAMILY_JOINTS: Final = frozenset("yie")
"""The conjunctions that join two family names of one person: Spanish, Catalan, Portuguese."""
TAILS: Final = PARTICLES | _SUFFIXES
"""The words that can be after a given name, but are not a part of it."""
_JOINED: Final = re.compile(
    r"(?:(?:d|l|t|de|dell|dall|all|degl|dagl|nell|sull)['’ʼʻ]"
    r"|['’]?s-|(?:al|el|ad|an|ar|as|at|az|adh|ash|ath|ul|ud|ur)[-‐‑])(?=.)"
)
"""Text that is written together with the family name."""


def is_lower(word: str) -> bool:
    """Return whether a word's first letter outside braces is in lower case."""
    depth = 0
    for character in word:
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif depth == 0 and character.isalpha():
            return character.islower()
    return False


def is_suffix(words: Sequence[str]) -> bool:
    """Return whether words have the form of a suffix.

    Example:
        >>> is_suffix(["Jr."]), is_suffix(["III"]), is_suffix(["MD"])
        (True, True, False)
    """
    return bool(words) and _SUFFIXES.issuperset(words)


def is_degree(words: Sequence[str]) -> bool:
    """Return whether words are an academic degree, be it one that may be initials in other places.

    Example:
        >>> is_degree(["Ph.", "D."]), is_degree(["MD"]), is_degree(["Ann"])
        (True, True, False)
    """
    if len(words) == 1:
        return words[0] in _DEGREES or words[0] in _DEGREES_OR_INITIALS
    return "".join(words) in _DEGREES


def ends_in_suffix(text: str) -> bool:
    """Return, at little cost, whether the last word of a text is a suffix by its shape."""
    return text[text.rfind(" ") + 1 :] in _SUFFIXES


def ends_person(word: str) -> bool:
    """Return whether a word ends the names of persons and of no organisation: `Jr.`, `PhD`.

    Example:
        >>> ends_person("Jr."), ends_person("PhD"), ends_person("II")
        (True, True, False)
    """
    return word in _ENDS_PERSON


def is_taken_apart(family: str, given: str) -> bool:
    """Return, by a fast test, whether the parts of a name may contain particles or a suffix."""
    first = family[:1]
    if not first.isupper() and (first.islower() or not first.isalpha()):
        return True
    return given[given.rfind(" ") + 1 :] in TAILS or "," in given


@frozen
class NameWords:
    """A name's words, part by part.

    Attributes:
        family: The words of the family name.
        given: The words of the given name.
        non_dropping: The words of the particle that belongs to the family name.
        dropping: The words of the particle that belongs to the given name.
        suffix: The words of the suffix, one list for each part between commas.
        is_spaced: Whether there is a space after a particle that ends in an apostrophe.
    """

    family: Sequence[str]
    given: Sequence[str] = ()
    non_dropping: Sequence[str] = ()
    dropping: Sequence[str] = ()
    suffix: Sequence[Sequence[str]] = ()
    is_spaced: bool = False


IsLower = Callable[[str], bool]


def split_family(
    words: Sequence[str], lower: IsLower = is_lower
) -> tuple[Sequence[str], Sequence[str], bool]:
    """Return a family name's particle, the rest, and whether the two were two words.

    Example:
        >>> split_family("van der Berg".split())
        (['van', 'der'], ['Berg'], True)
        >>> split_family("de l'Isle Adam".split()), split_family(["al-Hakim"])
        ((['de', "l'"], ['Isle', 'Adam'], False), (['al-'], ['Hakim'], False))
    """
    last = len(words) - 1
    for place, word in enumerate(words):
        found = _JOINED.match(word)
        if found and (place == last or not lower(word[found.end() :])):
            return [*words[:place], found[0]], [word[found.end() :], *words[place + 1 :]], False
        if place == last or not lower(word):
            return words[:place], words[place:], True
    return (), words, True


def split_given(
    words: Sequence[str], *, has_suffix: bool = False
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Return a given name, the particles after it, and the suffix after them.

    Args:
        words: The words.
        has_suffix: Whether the suffix is already found, so that none is searched.

    Example:
        >>> split_given("Jean de la".split()), split_given("Mary ann".split())
        ((['Jean'], ['de', 'la'], []), (['Mary', 'ann'], [], []))
        >>> split_given("John D 3rd".split())
        (['John', 'D'], [], ['3rd'])
    """
    end = stop = len(words)
    if not has_suffix and stop and words[-1] in (_SUFFIXES if stop > 1 else _ALONE):
        end = stop = stop - 1
    while end > 1 and words[end - 1] in PARTICLES:
        end -= 1
    return words[:end], words[end:stop], words[stop:]


def split_straight(words: Sequence[str], lower: IsLower = is_lower) -> NameWords:
    """Divide `First von Last Suffix` into its parts.

    Example:
        >>> name = split_straight("Martin Luther King Jr.".split())
        >>> name.family, name.given, name.suffix
        (['King'], ['Martin', 'Luther'], [['Jr.']])
        >>> split_straight("José Ortega y Gasset".split()).family
        ['Ortega', 'y', 'Gasset']
    """
    suffix: Sequence[str] = ()
    if len(words) > 2 and words[-1] in _SUFFIXES:
        suffix, words = words[-1:], words[:-1]
    start = max(len(words) - 1, 0)
    for place in range(start):
        if lower(words[place]):
            is_joint = place and words[place] in FAMILY_JOINTS
            start = place - 1 if is_joint else place
            break
    particle, family, spaced = split_family(words[start:], lower)
    given, dropping, behind = split_given(words[:start], has_suffix=bool(suffix))
    suffix = suffix or behind
    return NameWords(family, given, particle, dropping, [suffix] if suffix else (), spaced)


_SHORT: Final = re.compile(r"(?:[^\W\d_]\.?-?){1,3}")


def are_whole(parts: Sequence[Sequence[str]], lower: IsLower = is_lower) -> bool:
    """Return whether a whole name is before a comma, after which there is only a suffix.

    Example:
        >>> are_whole([["Martin", "Luther", "King"], ["Jr."]])
        True
        >>> are_whole([["King"], ["Jr."]]), are_whole([["van", "Berg"], ["Jr."]])
        (False, False)
    """
    if len(parts) != 2 or len(parts[0]) < 2 or not parts[1]:
        return False
    return is_suffix(parts[1]) and not lower(parts[0][0])


def _split_whole(words: Sequence[str], lower: IsLower) -> NameWords:
    """Divide `Martin Luther King`, or `King ML`, which a suffix follows."""
    last = words[-1]
    if not (last.isupper() and _SHORT.fullmatch(last)):
        return split_straight(words, lower)
    particle, family, spaced = split_family(words[:-1], lower)
    return NameWords(family, words[-1:], particle, is_spaced=spaced)


def split_inverted(
    parts: Sequence[Sequence[str]], lower: IsLower = is_lower, *, suffix_last: bool = False
) -> NameWords:
    """Divide the words between the commas of a name: `von Last, First`, with a suffix or several.

    Args:
        parts: The words of each part, of which there are two at least.
        lower: Returns whether a word is a particle.
        suffix_last: Whether a suffix that has no recognised form is after the given name, and not
            before it.

    Example:
        >>> for text in ("King, Jr., Martin", "King, Martin, Jr.", "King, Martin Jr."):
        ...     print(split_inverted([part.split() for part in text.split(", ")]).suffix)
        [['Jr.']]
        [['Jr.']]
        [['Jr.']]
        >>> for text in ("King Jr., Martin", "Martin King, Jr.", "King, Martin, MD"):
        ...     print(split_inverted([part.split() for part in text.split(", ")]).suffix)
        [['Jr.']]
        [['Jr.']]
        [['MD']]
    """
    if are_whole(parts, lower):
        return evolve(_split_whole(parts[0], lower), suffix=[parts[1]])
    particle, family, spaced = split_family(parts[0], lower)
    rest = [part for part in parts[1:] if part]
    suffix: list[Sequence[str]] = []
    while len(rest) > 1 and (
        is_suffix(rest[-1])
        or (is_degree(rest[-1]) and not (is_suffix(rest[0]) or is_degree(rest[0])))
    ):
        suffix.insert(0, rest.pop())
    if len(rest) > 1:
        is_first = not suffix_last or is_suffix(rest[0])
        before = rest[:-1] if is_first else rest[1:]
        suffix, rest = [*before, *suffix], rest[-1:] if is_first else rest[:1]
    given: Sequence[str] = rest[0] if rest else ()
    if not suffix and suffix_last and rest and len(parts) > 2 and not parts[1]:
        # The part of the given name exists, but is empty.
        suffix, given = [given], ()
    if not family:
        return NameWords((), given, suffix=suffix)
    given, dropping, behind = split_given(given, has_suffix=bool(suffix))
    suffix = [behind] if behind else suffix
    if given and not suffix and len(family) > 1 and is_suffix(family[-1:]):
        family, suffix = family[:-1], [family[-1:]]
    return NameWords(family, given, particle, dropping, suffix, spaced)


def after_comma(given: str) -> tuple[str, str, bool]:
    """Return a given name, the text after a comma in it, and whether the comma is printed.

    citeproc-js reads this text as a suffix; with `,!` it prints a comma before it.

    Example:
        >>> after_comma("Martin Luther,! Jr.")
        ('Martin Luther', 'Jr.', True)
    """
    given, _, rest = given.partition(",")
    suffix = rest.lstrip("!")
    return given.strip(), suffix.strip(), suffix != rest


def joined(particle: str | None, family: str | None) -> str:
    """Return a family name with the particle before it.

    Example:
        >>> joined("van der", "Berg"), joined("d'", "Alembert"), joined("de' ", "Medici")
        ('van der Berg', "d'Alembert", "de' Medici")
    """
    if not particle:
        return family or ""
    if not family:
        return particle
    return f"{particle}{family}" if particle[-1] in "'’ʼʻ-‐‑ " else f"{particle} {family}"
