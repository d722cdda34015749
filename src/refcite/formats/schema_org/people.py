"""Who a name in a text is: a person, who has parts, or an organisation, which is never split."""

from __future__ import annotations

import re
from typing import Final

from refcite.names import Name

__all__ = ["is_organisation", "name_of_text", "person"]

# Words that stand in the names of bodies and not in those of persons.
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
_SIGNS: Final = re.compile(r"[\d/&@|:+<>{}=\"“”]|'s\b|’s\b|s['’]\s|\.(?:com|org|net|tv)\b")
_SUFFIX: Final = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV)$")
_DEGREES: Final = re.compile(
    r"(?:,\s*(?:Ph\.?\s?D\.?|M\.?D\.?|M\.?A\.?|M\.?Sc\.?|B\.?A\.?|J\.?D\.?|Esq\.?|MPH|MBA|RN|CFA))+$"
)
_TITLE: Final = re.compile(r"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Dame)\.?\s+)+(?=\S)")
_PARTICLES_TEXT: Final = (
    "af al bin da dal de dei del della den der des di do dos du el ibn la le ten ter van vom von y"
    " zu zum zur"
)
_PARTICLES: Final = frozenset(_PARTICLES_TEXT.split())
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MOST_WORDS: Final = 6
_LONGEST: Final = 300


def is_organisation(text: str) -> bool:
    """Tell whether a name's words are those of an organisation.

    Example:
        >>> is_organisation("RFE/RL's Tajik Service"), is_organisation("Ministry of Justice")
        (True, True)
        >>> is_organisation("Jane Doe"), is_organisation("AFP"), is_organisation("Ana de la Cruz")
        (False, True, False)
    """
    if len(text) > _LONGEST or _SIGNS.search(text) or _LEGAL.search(text):
        return True
    words = text.replace(",", " ").split()
    if len(words) > _MOST_WORDS or any(word.casefold().strip(".") in _WORDS for word in words):
        return True
    if len(words) <= 1:
        return len(text) > 1 and text.isupper()
    joints = {"of", "for", "and", "the", "on", "für", "und", "et", "pour", "para", "against"}
    if words[0] == "The" or joints.intersection(words[1:]):
        return True
    # `Human rights watchers`: words in lower case that are no particles.
    return any(word[0].islower() and word.casefold() not in _PARTICLES for word in words[1:-1])


def person(text: str) -> Name:
    """Return the parts of a person's name.

    Example:
        >>> person("Ludwig van Beethoven")
        Name(family='Beethoven', given='Ludwig', non_dropping_particle='van')
        >>> person("Doe, Jane"), person("Dr. Martin Luther King Jr.").suffix
        (Name(family='Doe', given='Jane'), 'Jr.')
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return Name(literal=text)
    text = _TITLE.sub("", _DEGREES.sub("", text))
    if "{" in text or "}" in text or "=" in text or not text:
        return Name(literal=text)
    if " " not in text:
        return Name(literal=text) if _CJK.search(text) else Name(family=text)
    found = _SUFFIX.search(text)
    suffix = found[1] if found else None
    name = Name.parse(text[: found.start()] if found else text)
    return name.replace(suffix=suffix) if suffix and name.literal is None else name


def name_of_text(text: str) -> Name:
    """Return a person's name in its parts, or an organisation's as it is.

    Example:
        >>> name_of_text("Jane Doe"), name_of_text("Freedom House Staff")
        (Name(family='Doe', given='Jane'), Name(literal='Freedom House Staff'))
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return Name(literal=text)
    bare = _TITLE.sub("", _DEGREES.sub("", text))
    return Name(literal=text) if is_organisation(bare) else person(text)
