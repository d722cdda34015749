"""The form of a name without delimiters: that of an organisation, or of a person.

These are guesses from the words only, which the caller reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from refcite.names.grammar import is_lower, split_family

__all__ = ["has_words_of_organisation", "is_firm", "is_organisation", "is_person_with_particle"]

# Words in the names of organisations that are not in names of persons.
_WORDS_TEXT: Final = """
    academy administration agence agencia agency agenzia alliance amnesty archive archives army
    assembly associates association authority bank blog board broadcasting bundesamt bureau
    cabinet center centre centro chamber channel church club coalition collaboration collective
    college comisión comité commission commissioner committee community company comunicación
    congress consortium convention corporation correspondent correspondents council country court
    daily department desk digital direction directorate division documentation editor editorial
    editors embassy enterprise europe federation films forum foundation fund gazette geographic
    government group herald high hochschule human immigration inc institut institute
    institution instituto international investigations journal kommission laboratory league
    library limited llc ltd magazine media ministerio ministerium ministry ministère mission monitor
    movement museum nations national network networks news newspaper newsroom observatory office
    organisation organization organisations organizations panel parliament partners partnership
    party platform police post press productions programme program project publications publishers
    publishing radio redacción redaction redaktion refugee registry reporter reporters reports
    republic research review rights rédaction secretariat section senate service services society
    solutions staff state states station studio studios systems task team technologies
    television theatre times today tribunal tribune trust tv union united unit universidad
    universität university université unhcr verband verein verlag voice watch wire works world
    writer writers
"""
_WORDS: Final = frozenset(_WORDS_TEXT.split())
_LEGAL: Final = re.compile(r"\b(?:gmbh|inc|llc|ltd|plc|corp|s\.?a|e\.v|co)\.?$", re.IGNORECASE)
_FIRM: Final = re.compile(
    r"(?:\b(?:gmbh|llc|llp|ltd|plc)|(?:&|\band) (?:co|sons|associates|partners))\.?$", re.IGNORECASE
)
_SIGNS: Final = re.compile(r"[\d/&@|:+<>{}=\"“”]|'s\b|’s\b|s['’]\s|\.(?:com|org|net|tv)\b")
_PARTICLES_TEXT: Final = (
    "af al bin da dal de dei del della den der des di do dos du el ibn la le ten ter van vom von y"
    " zu zum zur"
)
_PARTICLES: Final = frozenset(_PARTICLES_TEXT.split())
_JOINTS_TEXT: Final = "of for and the on für und et pour para against"
_JOINTS: Final = frozenset(_JOINTS_TEXT.split())
_MOST_WORDS: Final = 6
_LONGEST: Final = 300
_LONGEST_END: Final = 20
_BEFORE_FAMILY: Final = frozenset(["van", "von", "vom", "zu", "zum", "zur", "ter", "ten"])
"""Particles that begin a particle in names of persons, and are rare in those of organisations."""
_BEGINS_TEXT: Final = "de del della der da das do dos du di la le"
_BEGINS: Final = _BEFORE_FAMILY.union(_BEGINS_TEXT.split())


def is_organisation(text: str) -> bool:
    """Return whether the words of a name are those of an organisation.

    Example:
        >>> is_organisation("RFE/RL's Tajik Service"), is_organisation("Ministry of Justice")
        (True, True)
        >>> is_organisation("Jane Doe"), is_organisation("AFP"), is_organisation("Ana de la Cruz")
        (False, True, False)
    """
    if len(text) > _LONGEST or _SIGNS.search(text) or _LEGAL.search(text):
        return True
    words = _without_und(text).replace(",", " ").split()
    if len(words) > _MOST_WORDS or _has_word(words):
        return True
    if len(words) <= 1:
        return len(text) > 1 and text.isupper()
    if words[0] == "The" or _JOINTS.intersection(words[1:]):
        return True
    # `Human rights watchers`: words in lower case that are not particles.
    return any(word[0].islower() and word.casefold() not in _PARTICLES for word in words[1:-1])


def _without_und(text: str) -> str:
    """Remove the conjunction from the particle `von und zu`."""
    return text.replace("von und zu ", "von zu ")


def _has_word(words: Iterable[str]) -> bool:
    return any(word.casefold().strip(".") in _WORDS for word in words)


def has_words_of_organisation(text: str) -> bool:
    """Return whether one of several words occurs only in names of organisations.

    Example:
        >>> has_words_of_organisation("Ministry of Justice"), has_words_of_organisation("Church")
        (True, False)
    """
    words = _without_und(text[:_LONGEST]).split()
    return len(words) > 1 and (_has_word(words) or not _JOINTS.isdisjoint(words[1:]))


def is_firm(text: str) -> bool:
    """Return whether a text has an ending that only names of firms have.

    Example:
        >>> is_firm("Roe, Poe & Doe LLP"), is_firm("Smith, Jones and Co."), is_firm("Jones, Co")
        (True, True, False)
    """
    return _FIRM.search(text[-_LONGEST_END:]) is not None


def is_person_with_particle(text: str) -> bool:
    """Return whether several words are a person's, because of a particle among them.

    Example:
        >>> is_person_with_particle("Ludwig van Beethoven"), is_person_with_particle("van der Berg")
        (True, True)
        >>> is_person_with_particle("Banco de España"), is_person_with_particle("Museum van Loon")
        (False, False)
    """
    words = text.split()
    start = next((place for place, word in enumerate(words) if is_lower(word)), 0)
    particles, family, _ = split_family(words[start:])
    if not particles or len(family) > 2 or start > 3 or is_organisation(text):
        return False
    known = _BEFORE_FAMILY if start else _BEGINS
    return particles[0] in known and not any(map(is_lower, (*words[:start], *family)))
