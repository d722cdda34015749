"""Lists of names without clear delimiters, and the mark that a list contains more names.

A format defines the separators of names: `and`, a line, a semicolon. The text that is between two
such marks is one name, unless it has the shape of several. These shapes are common:

- `Smith J, Jones B A`: family names with initials.
- `Smith, J., Jones, B.`: family name and initials, or a known given name, alternately.
- `Roe, Ann & Poe, Bob`: names with a comma, a sign or `and`, `und`, `et` between them.
- `Ana Roe y Eva Poe`: names with the word for "and" of another language, which is also a particle
  (`en`) or joins two family names (`Ortega y Gasset`) if one word is on either side of it.
- `Ann Roe, Bob Poe`: names with the given name first, which must be a known one.
- `Roe, Ann, and Bob Poe`: the first of them inverted.
- `Roe A.B.`: one family name with its initials.

A text that has one of these shapes is read in this way, as a guess. A text that has separators of a
list, but none of the shapes, is kept as one name. Each text is scanned once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from attrs import frozen

from refcite.names.givennames import is_given_name
from refcite.names.grammar import (
    FAMILY_JOINTS,
    PARTICLES,
    TAILS,
    ends_person,
    is_degree,
    is_lower,
    is_suffix,
)
from refcite.names.name import Name
from refcite.names.shapes import has_words_of_organisation, is_firm, is_organisation

__all__ = [
    "NameList",
    "family_first",
    "is_et_al",
    "is_et_al_name",
    "is_initials",
    "is_settled",
    "is_single_letters",
    "may_be_several",
    "may_go_on",
    "read_list",
    "without_et_al",
    "write_one",
]

_ET_AL: Final = re.compile(
    r"(?:(?:and |& )?(?:\d{1,4} )?others|et\.? alii|et\.? al|u\. ?a|und andere|et autres|y otros)"
    r"(?:[.,)\]]* [(\[]?eds?)?"
    r"|al\.?, ?et|等|ほか|他",  # `al., et` is "et al." that a program inverted
    re.IGNORECASE,
)
_AROUND: Final = " \t\r\n\xa0~,;.…[]()"
_ENDS_LIST: Final = re.compile(
    r"(?<![\s,;&…\[(])(?:[\s,;&…\[(]|\.\.\.|\band)+"
    r"(?:et\.?\s+al(?:ii)?|(?:and|&)\s+(?:\d{1,4}\s+)?others|u\.\s?a|und\s+andere|et\s+autres|y\s+otros)"
    r"[\s,;.\])]*\Z|(?<=\w)等\Z",
    re.IGNORECASE,
)
_DOTS: Final = frozenset(["...", "…", ". . .", "[...]", "[…]"])
_LAST_WORDS_TEXT: Final = "al alii others andere autres otros et ed eds 等 ほか 他"
_LAST_WORDS: Final = tuple(_LAST_WORDS_TEXT.split())
_LAST_LETTERS: Final = frozenset(
    letter for word in ("a", *_LAST_WORDS) for letter in (word[-1], word[-1].upper())
)
_LONGEST_WORD: Final = max(map(len, _LAST_WORDS))
_LONGEST: Final = 40
_LONGEST_NAME: Final = 120
_MOST_WORDS: Final = 5
"""The maximum number of words of a family name."""
_MANY: Final = 3
"""The number of commas from which on a text is not one name."""


def is_et_al(text: str) -> bool:
    """Return whether a text in the position of a name states that the list contains more names.

    `others` is BibTeX's word, `et al.` that of most languages, `u. a.` German, 等 Chinese.
    `al., et` is the form of programs that read "et al." as a person.

    Example:
        >>> [is_et_al(text) for text in ("et al.", "others", "et al.,", "u. a.", "Al Roe")]
        [True, True, True, True, False]
        >>> [is_et_al(text) for text in ("al., et", "and 12 others", "[et al.]", "…", "Roe, Al.")]
        [True, True, True, True, False]
    """
    if len(text) > _LONGEST or not may_go_on(text):
        return False
    if text.strip(" ,;") in _DOTS:
        return True
    return _ET_AL.fullmatch(" ".join(text.replace("~", " ").strip(_AROUND).split())) is not None


def is_et_al_name(name: Name) -> bool:
    """Return whether a name is "et al.", which a reader or a program read as a name.

    Example:
        >>> is_et_al_name(Name(family="al.", given="et")), is_et_al_name(Name(literal="others"))
        (True, True)
        >>> is_et_al_name(Name(family="Al", given="Ann"))
        False
    """
    if name.literal is not None:
        return is_et_al(name.literal)
    given, particle, family = name.given, name.non_dropping_particle, name.family or ""
    if len(family) > _LONGEST or len(given or "") > _LONGEST or len(particle or "") > _LONGEST:
        return False
    # As a whole it has been read straight (`and others` has a particle) or turned round.
    if given is None:
        return is_et_al(f"{particle} {family}" if particle else family)
    return particle is None and is_et_al(f"{family}, {given}" if family else given)


def without_et_al(text: str) -> tuple[str, bool]:
    """Return a name, or a list of names, without the "et al." after it, and whether it had one.

    Example:
        >>> without_et_al("Roe, Ann, et al."), without_et_al("Roe A and others")
        (('Roe, Ann', True), ('Roe A', True))
        >>> without_et_al("Roe, Al.")
        ('Roe, Al.', False)
    """
    if not may_go_on(text):
        return text, False
    # The end of a list is short, so that a long text is not searched.
    tail = text[-_LONGEST:]
    found = _ENDS_LIST.search(tail)
    if found is None or not text[: len(text) - len(tail) + found.start()].strip(_AROUND):
        return text, False
    return text[: len(text) - len(tail) + found.start()].rstrip(), True


def may_go_on(text: str) -> bool:
    """Return, by a fast test, whether a text may end with "et al." or a similar mark.

    Most names do not, and the searches would take longer than reading the name.
    """
    end = text.rstrip(_AROUND)[-_LONGEST_WORD:]
    if end[-1:] not in _LAST_LETTERS and end[-1:].isalnum():
        return False
    end = end.casefold()
    is_initial = end[-1:] == "a" and not end[-2:-1].isalnum()  # as in "u. a."
    return not end[-1:].isalnum() or is_initial or end.endswith(_LAST_WORDS)


@frozen
class NameList:
    """The result of reading a text that contains one or more names.

    Attributes:
        names: The names; none if the text is only "et al.".
        et_al: Whether the text states that there are more names.
        is_guess: Whether only the shape of the text shows that these are the names.
        leftovers: Texts that may be several names, but were kept as one.

    Example:
        >>> from refcite.names import read_list
        >>> found = read_list("Roe A, Poe B, et al.")
        >>> len(found.names), found.et_al, found.is_guess
        (2, True, True)
    """

    names: tuple[Name, ...]
    et_al: bool = False
    is_guess: bool = False
    leftovers: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether the text contains only the names."""
        return not (self.et_al or self.is_guess or self.leftovers)


_SETTLED: Final = re.compile(
    r"(?!others\b|et\b|u\b|al\.?,)[^\W\d_][^\s,;&；、，]*, ?[^\s,;&；、，]+"
    r"(?: (?!(?:and|et|u|und|of|for|für)\b|(?-i:y|e|i|en|og|och|ed|ja|ve|és|oraz|и|та)\s|[.…\[])"
    r"[^\s,;&；、，]+){0,3}",
    re.IGNORECASE,
)


def may_be_several(text: str) -> bool:
    """Return, at little cost, whether a text has a sign of several names: `and`, or commas."""
    commas = text.count(",")
    return _MAY_JOIN.search(text) is not None or (commas > 0 and _is_suspect(text, commas))


def is_settled(text: str) -> bool:
    """Return, by a fast test, whether a text is a family name of one word and a given name.

    Most texts are. Others are read by `read_list`, which may also find that they are certain.

    Example:
        >>> is_settled("Smith, J. R."), is_settled("Smith, J., Jones, B."), is_settled("Plato")
        (True, False, False)
    """
    return _SETTLED.fullmatch(text) is not None


def read_list(
    text: str,
    *,
    delimiters: str = "",
    read: Callable[[str], Name] = Name.of_inverted,
    is_straight: bool = False,
) -> NameList:
    """Read a text that should be one name, but may be several.

    Args:
        text: The text.
        delimiters: Signs that separate names in the format, of which a text may contain several.
            Other signs are used only as a part of a shape.
        read: Reads one name.
        is_straight: Whether several words without a comma are a person's name in the format, as
            they are in BibTeX. Otherwise they are an organisation's, and a person is a guess.

    Example:
        >>> from refcite.names import read_list
        >>> for text in ("Smith J, Jones B, Lee C", "Smith, J., Jones, B., et al.", "Smith, J. R."):
        ...     found = read_list(text)
        ...     print(*found.names, found.et_al, found.is_guess, sep=" | ")
        Smith, J | Jones, B | Lee, C | False | True
        Smith, J. | Jones, B. | True | True
        Smith, J. R. | False | False
        >>> read_list("Roe, Poe, Doe, Loe").leftovers
        ('Roe, Poe, Doe, Loe',)
    """
    if _SETTLED.fullmatch(text) is not None:
        return NameList((read(text),))
    if is_et_al(text):
        return NameList((), et_al=True)
    text, et_al = without_et_al(text.strip())
    separator = next((sign for sign in ";；" if sign in text), None)
    if separator is None:
        found = _piece(text, read, is_straight)
        return NameList(found.names, et_al, found.is_guess, found.leftovers)
    texts = [one.strip() for one in text.split(separator) if one and not one.isspace()]
    is_guess = separator not in delimiters and len(texts) > 1
    if is_guess and not all(map(_is_name, texts)):
        name = read(text) if text.count(",") < _MANY else Name(literal=text)
        return NameList((name,), et_al, leftovers=(text,))
    if is_guess and not any("," in one for one in texts):
        read = Name.parse
    pieces = [_piece(one, read, is_straight or is_guess) for one in texts]
    return NameList(
        tuple(name for piece in pieces for name in piece.names),
        et_al,
        is_guess or any(piece.is_guess for piece in pieces),
        tuple(one for piece in pieces for one in piece.leftovers),
    )


def write_one(name: Name) -> str:
    """Return a name in the inverted form, which `read_list` reads as one name if it can.

    Example:
        >>> write_one(Name(literal="Ann Roe and Bob Poe"))
        'Ann Roe and Bob Poe,'
        >>> write_one(Name(family="Roe", given="Ann"))
        'Roe, Ann'
    """
    text = name.inverted()
    if name.literal is None or read_list(text).names == (name,):
        return text
    return text if text[-1:] == "," else f"{text},"


_SINGLE_LETTERS: Final = re.compile(r"[^\W\d_]\.?(?:[ -][^\W\d_]\.?){0,4}")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]{1,3}\.-?){1,8}|[^\W\d_](?:\.-?[^\W\d_]{1,3}){1,7}\.?")
"""Initials with full stops, one of which may have several letters: `Yu.A.`."""


def is_initials(text: str) -> bool:
    """Return whether a text is only initials.

    Example:
        >>> is_initials("A.-B."), is_initials("AB"), is_initials("Yu.A."), is_initials("Roe")
        (True, True, True, False)
    """
    return _is_initials(text) or all(map(_is_dotted, text.split() or ("",)))


def is_single_letters(text: str) -> bool:
    """Return whether a text is only initials with a space after each, such as `H B`.

    Example:
        >>> is_single_letters("H B"), is_single_letters("H. B."), is_single_letters("XU LI")
        (True, True, False)
    """
    return len(text) <= _LONGEST and _SINGLE_LETTERS.fullmatch(text) is not None


def _is_dotted(word: str) -> bool:
    if len(word) > _LONGEST or not word[:1].isupper() or is_suffix((word,)):
        return False
    return _DOTTED.fullmatch(word) is not None


def family_first(text: str) -> Name | None:
    """Read a name with the family name first, then initials, without a comma.

    A suffix may be on either side of the initials.

    Args:
        text: One name.

    Returns:
        The name; None if there are no initials after a family name.

    Example:
        >>> [str(family_first(text)) for text in ("Quist A.", "van der Berg JC", "Roe Yu.A.")]
        ['Quist, A.', 'van der Berg, J C', 'Roe, Yu.A.']
        >>> str(family_first("Roe AB Jr"))
        'Roe, Jr, A B'
        >>> family_first("Harbour Office")
    """
    words = text.split()
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1:]) else ""
    end = len(words)
    while end > 1 and is_initials(words[end - 1]):
        end -= 1
    given = words[end:]
    if not given or end > _MOST_WORDS or len(text) > _LONGEST_NAME:
        return None
    if not suffix and end > 1 and is_suffix(words[end - 1 : end]):
        end -= 1
        suffix = words[end]
    if len(given) == 1 and given[0].isalpha():
        given = list(given[0])
    return Name.of_parts(" ".join(words[:end]), " ".join(given), suffix)


# One piece between two delimiters

_CONJUNCTION: Final = re.compile(r",? (?:and|et|&|(?<!von )und(?! zu )) | ?[、，] ?", re.IGNORECASE)
"""Text between names; `von und zu` is a particle."""
_MAY_JOIN: Final = re.compile(
    r"&|、|，|(?<=\s)(?:and|et|(?<!von )und(?! zu )|(?-i:y|e|i|en|og|och|ed|ja|ve|és|oraz|и|та))"
    r"(?=\s)",
    re.IGNORECASE,
)
_WEAK: Final = re.compile(r",? (y|e|i|en|og|och|ed|ja|ve|és|oraz|и|та) ")
"""Words for "and" that other words of names have the form of; they are in lower case."""
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?-?){1,4}")
_EAST_ASIAN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,6}")
_OF_BODIES_TEXT: Final = "AG BV EU GB KG NV SA SPA UK UN US USA"
_OF_BODIES: Final = frozenset(_OF_BODIES_TEXT.split())
_BEFORE: Final = PARTICLES | {"st", "ste", "saint", "mac"}
"""Words that begin a family name of several words, in lower case."""
_DEGREES_TEXT: Final = "md phd dphil ma msc ba bsc mba mph jd llm rn cfa esq dr prof"
_DEGREES: Final = frozenset(_DEGREES_TEXT.split())


def _piece(text: str, read: Callable[[str], Name], is_straight: bool) -> NameList:
    """Read a text without delimiters of the format."""
    commas = text.count(",")
    if (commas == 1 and text[-1] == ",") or ",," in text:
        return NameList((read(text),))  # all of it is one name
    is_joined = _MAY_JOIN.search(text) is not None
    if not is_joined and not _is_suspect(text, commas):
        name = read(text)
        is_guess = not (is_straight or commas or name.literal is not None) and " " in text
        return NameList((name,), is_guess=is_guess)
    line = " ".join(text.split())
    strong = _CONJUNCTION.split(line)
    texts = [one for group in strong for one in _split_weak(group)] if is_joined else strong
    groups = [[part.strip() for part in group.split(",")] for group in texts]
    groups = [[part for part in group if part] for group in groups]
    parts = [part for group in groups for part in group]
    if (commas or len(groups) > 1) and _is_one_body(line, groups, parts):
        return NameList((Name(literal=line),), is_guess=bool(commas))
    for shape in _SHAPES:
        names = shape(groups, parts)
        if names:
            return NameList(tuple(names), is_guess=True)
    if len(parts) > 1 and len(groups) == len(parts) and all(map(_straight, parts)):
        is_known = is_straight or any(map(_starts_given, parts))
        if _are_persons(line, parts, is_known):
            return NameList(tuple(map(Name.parse, parts)), is_guess=True)
        if is_known or not _is_english(line):
            is_one = len(strong) == 1
            return NameList((read(text) if is_one else Name(literal=line),), leftovers=(line,))
    if _is_unsettled(groups, parts):
        is_one = len(strong) == 1 and commas < _MANY
        return NameList((read(text) if is_one else Name(literal=line),), leftovers=(line,))
    if len(groups) == 1 and _is_body(parts):
        return NameList((Name(literal=line),), is_guess=True)
    if not (is_joined or commas or is_straight) and _is_person_alone(text):
        return NameList((Name.parse(text),), is_guess=True)
    is_guess = not (is_straight or commas) and " " in text and is_single_letters(text)
    return NameList((read(text),), is_guess=is_guess)


def _is_suspect(text: str, commas: int) -> bool:
    """Return, by a fast test, whether a text without `and` may be something other than one name."""
    if commas > 1:
        return True
    if commas == 1:
        left, _, right = text.partition(",")
        left = left.strip()
        right = right.strip()
        if has_words_of_organisation(right):
            return True  # `Kenya, Ministry of Health`
        first, space, _ = left.partition(" ")
        if not space:
            return False
        return (
            is_given_name(first)
            or (first[1:2] == "." and first[0].isalpha())  # `A. Quist, B. Roe`
            or right.rpartition(" ")[2].isupper()
            or has_words_of_organisation(left)
        )
    last = text[text.rfind(" ") + 1 :]
    if len(last) == len(text) or len(last) > 8:
        return False
    return last.isupper() or last in TAILS  # `Roe A`, `Roe JA Jr`, `Berg J van der`


def _split_weak(text: str) -> list[str]:
    """Split a text at the conjunctions between names of two words or with a comma.

    Example:
        >>> _split_weak("Juan Roe y Ana Poe"), _split_weak("José Ortega y Gasset")
        (['Juan Roe', 'Ana Poe'], ['José Ortega y Gasset'])
        >>> _split_weak("Ortega y Gasset, José y Roe, Ana")
        ['Ortega y Gasset, José', 'Roe, Ana']
    """
    pieces = _WEAK.split(text)
    is_inverted = text.count(",") == 1 and "," in pieces[-1] and not _starts_given(text)
    found = [pieces[:1]]
    for place in range(1, len(pieces), 2):
        joint, piece = pieces[place : place + 2]
        is_word = len(found[-1]) == 1 and " " not in found[-1][0]
        if is_inverted or is_word or " " not in piece:
            found[-1] += joint, piece
        else:
            found.append([piece])
    return list(map(" ".join, found))


def _are_persons(line: str, parts: Sequence[str], is_known: bool) -> bool:
    """Return whether a conjunction joins persons, and not the family names of one.

    Args:
        line: The text.
        parts: The names, each with its given name first.
        is_known: Whether something else shows that they are persons.
    """
    if not is_known or _is_english(line):
        return False  # `Simon Schuster and Harper Collins`
    if FAMILY_JOINTS.isdisjoint(found[1] for found in _WEAK.finditer(line)):
        return True
    return all(_starts_given(part) or len(part.split()) == 2 for part in parts[1:])


def _is_english(line: str) -> bool:
    """Return whether the conjunction is one that is more frequent in names of organisations."""
    return "&" in line or " and " in line.lower()


def _is_person_alone(text: str) -> bool:
    """Return whether the form of a text without a comma is a person's: `ANN ROE`, `Ann Roe Jr`."""
    return _is_in_capitals(text) or (ends_person(text[text.rfind(" ") + 1 :]) and _straight(text))


def _is_in_capitals(text: str) -> bool:
    """Return whether a text is the name of a person in capitals, such as `ANN ROE`."""
    words = text.replace(".", "").split()
    is_name = 2 <= len(words) <= 3 and _OF_BODIES.isdisjoint(words)
    return is_name and text.isupper() and not (is_single_letters(text) or is_organisation(text))


def _is_initials(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= 4
        and not is_suffix(words[-1:])
        and all(len(word) <= 8 and word.isupper() and _INITIALS.fullmatch(word) for word in words)
    )


def _is_given(text: str) -> bool:
    """Return whether a text is a given name: initials, or words of which the first is known."""
    first = text.partition(" ")[0].partition("-")[0]
    return _is_initials(text) or (is_given_name(first) and len(text.split()) <= 3)


def _is_family(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 4 and len(text) <= _LONGEST_NAME and not _is_initials(words[-1])


def _straight(text: str) -> bool:
    """Return whether a text has the form of a person's name with the given name first."""
    words = text.split()
    if is_suffix(words[-1:]):
        words.pop()
    return (
        2 <= len(words) <= 5
        and len(text) <= _LONGEST_NAME
        and all(word in PARTICLES or (word[0].isalpha() and not is_lower(word)) for word in words)
        and words[0] not in PARTICLES
        and not _is_initials(words[-1])
        and not is_organisation(text)
    )


def _is_name(text: str) -> bool:
    """Return whether a text between two semicolons is a name."""
    return (
        "," in text
        or _with_initials(text) is not None
        or _straight(text)
        or _EAST_ASIAN.fullmatch(text) is not None
    )


def _with_initials(text: str) -> Name | None:
    """Read `Roe A.B.`, `van Roe AB Jr` and `Berg J van der`."""
    words = text.split()
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1:]) else ""
    stop = len(words)
    while stop and words[stop - 1] in PARTICLES:
        stop -= 1
    end = stop
    while end and _is_initials(words[end - 1]):
        end -= 1
    if not 0 < end < stop or end > 4 or len(text) > _LONGEST_NAME:
        return None
    given = words[end:stop]
    if len(given) == 1 and given[0].isalpha():
        given = list(given[0])
    given += words[stop:]
    return Name.of_parts(" ".join(words[:end]), " ".join(given), suffix)


def _all_with_initials(groups: Sequence[Sequence[str]], parts: Sequence[str]) -> list[Name]:
    names = [_with_initials(part) for part in parts]
    found = [name for name in names if name is not None]
    if len(found) < len(names):
        return []
    if len(found) == 1:
        # A single one may be an organisation's: `Oxfam International GB`.
        words = parts[0].split()
        is_person = len(words) > 2 and not is_organisation(" ".join(words[:-1]))
        if is_person and words[-1] in TAILS:
            # `Roe JA Jr`, `Berg J van der`; but `Team A II`
            is_number = words[-1].isupper() and len(words[-2]) == 1
            return [] if is_number or words[-2] in _OF_BODIES else found
        if is_person and words[0].casefold().strip(".") in _BEFORE and len(words[-1]) == 1:
            return found  # `Van den Berg J`, `St John A`
        is_plain = len([word for word in words if not is_lower(word)]) <= 2 or "." in words[-1]
        # `Quist C D`: a letter for each given name.
        is_plain = is_plain or (len(words) > 2 and all(len(word) == 1 for word in words[-2:]))
        if len(words) == 2 and len(words[1]) == 1 and is_given_name(words[0]):
            is_plain = False  # Malcolm X
        if words[-1].replace(".", "") in _OF_BODIES:
            is_plain = False  # Siemens A.G.
        if not is_plain or words[0].isupper() or is_organisation(parts[0]):
            return []
    return found


def _by_turns(groups: Sequence[Sequence[str]], parts: Sequence[str]) -> list[Name]:
    """Read family names and given names alternately, with suffixes after them."""
    found: list[Name] = []
    place = 0
    while place < len(parts) - 1:
        family, given = parts[place : place + 2]
        if not (_is_family(family) and _is_given(given)):
            return []
        place += 2
        suffix = ""
        if place < len(parts) and is_suffix(parts[place].split()):
            suffix = parts[place]
            place += 1
        found.append(Name.of_parts(family, given, suffix))
    return found if place == len(parts) and len(found) > 1 else []


def _joined_inverted(groups: Sequence[Sequence[str]], parts: Sequence[str]) -> list[Name]:
    """Read `Roe, Ann & Poe, Bob`."""
    if len(groups) < 2 or not all(len(group) == 2 for group in groups):
        return []
    if not all(_is_family(family) and len(given.split()) <= 4 for family, given in groups):
        return []
    if any(is_organisation(family) for family, _ in groups):
        return []
    return [Name.of_parts(family, given) for family, given in groups]


def _all_straight(groups: Sequence[Sequence[str]], parts: Sequence[str]) -> list[Name]:
    if len(parts) > 2 and any(is_suffix(part.split()) for part in parts):
        parts = _with_suffixes(parts)
    if len(parts) < 2 or not all(map(_straight, parts)):
        return []
    known = sum(map(_starts_given, parts))
    # Two parts of two words each may be family name and given names.
    if known == len(parts) or (known and len(parts) > 2):
        return [Name.parse(part) for part in parts]
    return []


def _with_suffixes(parts: Sequence[str]) -> list[str]:
    """Return names with the suffixes after them: `Ann Roe, Jr., Bob Poe` is two names."""
    found: list[str] = []
    for part in parts:
        if found and is_suffix(part.split()):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def _all_east_asian(groups: Sequence[Sequence[str]], parts: Sequence[str]) -> list[Name]:
    if len(parts) < 2 or not all(map(_EAST_ASIAN.fullmatch, parts)):
        return []
    return list(map(Name.of_inverted, parts))


def _starts_given(text: str) -> bool:
    first = text.partition(" ")[0]
    return is_given_name(first.partition("-")[0]) or _is_initials(first)


def _with_degree(groups: Sequence[Sequence[str]], parts: Sequence[str]) -> list[Name]:
    """Read `Ann Roe, MD`, if the given name shows that the degree is not initials."""
    if len(groups) != 1 or len(parts) != 2:
        return []
    words = parts[1].split()
    if not is_degree(words) or is_suffix(words):
        return []
    first = parts[0].partition(" ")[0]
    if not is_given_name(first) or not _straight(parts[0]):
        return []
    return [Name.parse(parts[0]).replace(suffix=parts[1])]


def _first_turned(groups: Sequence[Sequence[str]], parts: Sequence[str]) -> list[Name]:
    """Read `Roe, Ann, Bob Poe, and Cat Doe`."""
    if len(parts) < 3 or len(groups) != 2 or len(groups[1]) != 1:
        return []
    family, given, *others = parts
    if _starts_given(family) and _straight(family) and _straight(given):
        return []  # `Ann Roe, Bob Poe and Zoe Doe`
    if not (_is_family(family) and _is_given(given) and all(map(_straight, others))):
        return []
    return [Name.of_parts(family, given), *map(Name.parse, others)]


_SHAPES: Final = (
    _all_with_initials,
    _first_turned,
    _with_degree,
    _by_turns,
    _joined_inverted,
    _all_straight,
    _all_east_asian,
)


def _is_unsettled(groups: Sequence[Sequence[str]], parts: Sequence[str]) -> bool:
    """Return whether a text without a known shape has signs of several names."""
    if len(groups) > 1:
        return any(map(_is_person, groups))
    if len(parts) < 2:
        return _is_couple(parts)
    if len(parts) == 2:
        return _straight(parts[0]) and _straight(parts[1]) and _starts_given(parts[0])
    return _is_many(parts) and not _is_body(parts)


def _is_couple(parts: Sequence[str]) -> bool:
    """Return whether two given names may share a family name: `Juan y María Roe`."""
    words = parts[0].split() if parts else []
    known = len(words) > 3 and is_given_name(words[0]) and is_given_name(words[2])
    return known and _WEAK.fullmatch(f" {words[1]} ") is not None


def _is_many(parts: Sequence[str]) -> bool:
    """Return whether there are more parts than family name, given name and suffixes."""
    return sum(not _is_suffix_of_any_kind(part) for part in parts[1:]) > 1


def _is_body(parts: Sequence[str]) -> bool:
    """Return whether the parts between commas form the name of an organisation."""
    if len(parts) == 2:
        return has_words_of_organisation(parts[0])
    return _is_many(parts) and is_organisation(", ".join(parts))


def _is_one_body(line: str, groups: Sequence[Sequence[str]], parts: Sequence[str]) -> bool:
    """Return whether commas and `and` are within the name of one organisation.

    `Department of Health, Education, and Welfare` is one, and so is `Kenya, Ministry of Health`.
    """
    if is_firm(line):
        return not any(map(_is_given, parts))
    if not parts or any(map(_is_given, parts)) or any(map(_starts_given, parts)):
        return False
    if len(parts) == 2 and len(groups) == 1:
        return has_words_of_organisation(parts[0]) or has_words_of_organisation(parts[1])
    # Its subjects follow: `Health`, `Education`; other bodies would have such words too.
    return (
        has_words_of_organisation(parts[0])
        and not any(map(has_words_of_organisation, parts[1:]))
        and len(groups[0]) > 1
    )


def _is_person(group: Sequence[str]) -> bool:
    if len(group) == 2:
        return _is_family(group[0]) and _is_given(group[1])
    return len(group) > 2 or any(_straight(part) and _starts_given(part) for part in group)


def _is_suffix_of_any_kind(text: str) -> bool:
    return is_suffix(text.split()) or text.replace(".", "").replace(" ", "").lower() in _DEGREES
