r"""Lists of names, split before LaTeX is interpreted, and written to be read as the same names.

A list is split at `and`, a name at its commas and spaces, if they are not within braces; only then
are the parts read as LaTeX (`{\'E}mile`, `{Barnes and Noble}`). `refcite.names` defines particles
and suffixes; `family=…, given=…` is biblatex's (manual, § 3.4). `and others` means that the list
contains more names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from refcite.formats.bibtex.blocks import closing_brace
from refcite.formats.bibtex.latex_read import in_text_mode, letters_read, read_latex
from refcite.formats.bibtex.latex_write import write_latex
from refcite.formats.common_problems import guessed_names
from refcite.formats.namelists import NamesOfTexts
from refcite.names import Name, NameList, is_et_al, read_list
from refcite.names.givennames import GIVEN_NAMES
from refcite.names.grammar import TAILS, ends_in_suffix, is_taken_apart
from refcite.names.lists import is_settled, may_be_several
from refcite.names.shapes import has_words_of_organisation
from refcite.problems import Problem, Severity

__all__ = ["read_names", "split_list", "write_names"]

_AND_BETWEEN: Final = "write 'Roe, Ann and Poe, Bob', and braces around an organisation"
_AND: Final = re.compile(r"(?<!\s)\s+and(?=\s|$)", re.IGNORECASE)
_BALANCED: Final = re.compile(
    r"[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}[^{}]*+)*+"
)
_AND_OR_BRACE: Final = re.compile(r"[{}]|(?<=\s)and(?=\s|$)", re.IGNORECASE)
_COMMA_OR_BRACE: Final = re.compile(r"[{}]|(?<!\\),")
# A space after a command belongs to the command: \o re, \'e.
_SPACES_OR_BRACE: Final = re.compile(r"[{}]|\\[A-Za-z]++\s++(?=\S)|\\[\s~]|[\s~]+")
_PAIR: Final = re.compile(r"\"?([a-z][a-z-]*)\s*=\s*(.*)", re.DOTALL | re.IGNORECASE)
_PAIR_NAMES: Final = frozenset(
    [
        "family",
        "given",
        "prefix",
        "suffix",
        "dropping-particle",
        "useprefix",
        "literal",
        "comma-suffix",
        "static-ordering",
    ]
)
_STARTS_ET_AL: Final = frozenset("oOeEuUyYaA等ほ他(&[.…0123456789")
# Without any of these, LaTeX reads a text as it is.
_HARD: Final = re.compile(r"[\\{}~$\"`=\n\t\r]|--|''|  ")
_STRAIGHT: Final = re.compile(
    r"(?!(?:others|and|et|u|und)\b)[^\W\d_][^\s,;&；、，()\[\]…等他]*+"
    r"(?: (?!(?:others|otros|andere|autres|alii|al|and|et|u|und)\b"
    r"|(?-i:y|e|i|en|og|och|ed|ja|ve|és|oraz|и|та)(?:\s|\Z))"
    r"[^\W\d_][^\s,;&；、，()\[\]…等他]*+){1,3}",
    re.IGNORECASE,
)
"""Two to four words, none of which may join names or continue a list."""
_NOT_ONE: Final = re.compile(r";|\s\\?&\s")
_GROUP: Final = re.compile(r"\{[^{}]*\}")
_KEEPS_TOGETHER: Final = re.compile(r"\{[^{}]*[\s,;&~]|[$\"]")
_SPACES: Final = re.compile(r"[\s~]+")
_COMMAND_LETTER: Final = re.compile(r"\\(?:(aa|ae|oe|o|l|ss|i|j)|(?:AA|AE|OE|O|L))(?![A-Za-z])")


@lru_cache(maxsize=16384)
def read_names(text: str) -> NamesOfTexts:
    r"""Read a list of names.

    Example:
        >>> found = read_names(r"{\'E}mile Zola and {Barnes and Noble} and others")
        >>> for name in found.names:
        ...     print(name)
        Zola, Émile
        {Barnes and Noble}
        >>> found.et_al
        True
    """
    if "\\ifmmode" in text:
        text = in_text_mode(text)
    names: list[Name] = []
    wrong: list[str] = []
    guesses: list[Problem] = []
    et_al = has_command = False
    parts = split_list(text)
    for place, part in enumerate(parts):
        if (settled := _settled_name(part)) is not None:
            names.append(settled)
        elif not part:
            if text.strip():
                wrong.append("an 'and' is not between two names")
        elif part[0] in _STARTS_ET_AL and is_et_al(part):
            et_al = bool(names) and not any(parts[place + 1 :])
            if not et_al:
                wrong.append(f"{part!r} is not after names; it is read as a name")
                names.append(Name(literal=part))
            elif part != "others":
                guesses.append(_typed_et_al(f"{part!r} is not a name; it is read as 'and others'"))
        else:
            found, faults = _read_part(part)
            names += found.names
            wrong += faults
            has_command = has_command or ("\\" in part and any(map(_has_command, found.names)))
            if found.is_guess or found.leftovers:
                guesses += guessed_names(part, found, _AND_BETWEEN)
            if found.et_al:
                et_al = place == len(parts) - 1
                guesses.append(
                    _typed_et_al(f"{_short(part)!r} does not end with a name; write 'and others'")
                )
            if "{" in part or guesses:
                continue
            if "," in part:
                wrong += _capital_in_particle(part)
            elif _may_be_organisation(part):
                wrong.append(
                    f"{_short(part)!r} may be an organisation, and BibTeX reads it as a person; put"
                    " braces around the name of an organisation"
                )
    if not (wrong or guesses or has_command):
        return NamesOfTexts(tuple(names), et_al)
    doubts = [*map(_bad_name, wrong), *guesses]
    if has_command and (unknown := _unknown_in(text)):
        doubts.append(unknown)
    return NamesOfTexts(tuple(names), et_al, tuple(doubts))


@lru_cache(maxsize=16384)
def _settled_name(text: str) -> Name | None:
    """Return the name in a text that is certainly one name: a family name, and a given name.

    Accented letters and ties in it are read first; they do not change where it is divided.
    """
    if "\\" in text or "~" in text:
        text = letters_read(text, tie=" ")
    if "," in text:
        is_one = is_settled(text)
    else:
        is_one = _is_straight(text) and not _may_be_organisation(text)
    return _plain_name(text) if is_one and not _HARD.search(text) else None


def _is_straight(text: str) -> bool:
    """Return whether a text is certainly a name with the given name first."""
    if _STRAIGHT.fullmatch(text) is None:
        return False
    last = text[text.rfind(" ") + 1 :]
    return not last.isupper() and last not in TAILS  # `Roe JA`, `Berg J van der`


def _has_command(name: Name) -> bool:
    parts = (name.family, name.given, name.literal, name.non_dropping_particle, name.suffix)
    return any(part is not None and "\\" in part for part in parts)


def _unknown_in(text: str) -> Problem | None:
    """Return the problem about unknown commands in names, if there are any."""
    found: list[str] = []
    read_latex(text, unknown=found)
    if not found:
        return None
    listed = ", ".join(f"\\{command}" for command in dict.fromkeys(found))
    message = f"{listed} in a name is unknown; it was kept unchanged"
    return Problem(severity=Severity.WARNING, code="unknown-command", message=message)


def _capital_in_particle(text: str) -> list[str]:
    """Return the message about a family name whose first words BibTeX reads as particles."""
    words = text.partition(",")[0].split()
    last = max((place for place, word in enumerate(words[:-1]) if word[0].islower()), default=0)
    capitals = [word for word in words[:last] if word[0].isupper()]
    if not capitals:
        return []
    particle = _short(" ".join(words[: last + 1]))
    return [
        f"BibTeX reads {particle!r} in {_short(text)!r} as a particle; put braces around the"
        " family name"
    ]


def _may_be_organisation(text: str) -> bool:
    """Return whether a name without a comma is probably an organisation's: `Home Office`."""
    return (
        " " in text
        and has_words_of_organisation(text)
        and text.partition(" ")[0].partition("-")[0].lower() not in GIVEN_NAMES
    )


def _bad_name(message: str) -> Problem:
    return Problem(severity=Severity.WARNING, code="bad-name", message=message)


def _typed_et_al(message: str) -> Problem:
    return Problem(severity=Severity.WARNING, code="typed-et-al", message=message)


def split_list(text: str) -> list[str]:
    """Split a list at each `and` outside braces."""
    text = text.strip()
    if text.isascii() and text.isprintable() and "  " not in text:
        # The only white space is single spaces, as in most lists, so that no pattern is needed.
        parts = text.split(" and ")
        around = f" {text.lower()} "
        is_split = around.count(" and ") == len(parts) - 1 and " and and " not in around
    else:
        is_split = False
    if not is_split:
        parts = [part.strip() for part in _AND.split(f" {text}")]
    if "{" not in text or all(map(_BALANCED.fullmatch, parts)):
        return parts  # no `and` is between braces
    return [part.strip() for part in _split_outside(f" {text}", _AND_OR_BRACE)]


@lru_cache(maxsize=8192)
def _read_part(text: str) -> tuple[NameList, tuple[str, ...]]:
    """Read the text between two `and`, with what is wrong with it.

    It is one name, unless it has the shape of several.
    """
    wrong: list[str] = []
    found = _one_or_several(text, wrong)
    return found, tuple(wrong)


def _one_or_several(text: str, wrong: list[str]) -> NameList:
    if "\n" in text or "\t" in text:
        text = " ".join(text.split())
    if "{" in text and (beside := _body_and_others(text, wrong)) is not None:
        return beside
    if not _HARD.search(text):
        return read_list(text, read=_plain_name, is_straight=True)
    if _NOT_ONE.search(text) and _NOT_ONE.search(_GROUP.sub("", text)):
        wrong.append(f"{_short(text)!r} may be several names, which 'and' separates")
    elif may_be_several(text) and "=" not in text and not _KEEPS_TOGETHER.search(text):
        # Braces and commands are parts of words only, so that the text may be decoded first.
        found = read_list(read_latex(text), read=Name.parse, is_straight=True)
        if len(found.names) > 1 or found.leftovers:
            return found
    return NameList((_read_name(text, wrong),))


def _body_and_others(text: str, wrong: list[str]) -> NameList | None:
    """Return the names in a text with an organisation in braces, before or after another name.

    `{Barnes y Noble Books} y Ana Roe`: the words for "and" of other languages join two names only
    if the braces contain several words, since they also join two family names of one person.
    """
    end = closing_brace(text, 0) if text[0] == "{" else 0
    if end > 1:
        joint = _JOINT.match(text, end)
        body, other = text[:end], text[joint.end() :] if joint else ""
    else:
        joint = _JOINT_BEFORE.search(text[-_LONGEST_BODY:])
        start = max(len(text) - _LONGEST_BODY, 0) + joint.start() if joint else 0
        other, body = text[:start].strip(), joint[1] if joint else ""
    if not joint or " " not in body or " " not in other or "{" in other or "," in other:
        return None
    names = [_read_name(body, wrong), _read_name(other, wrong)]
    return NameList(tuple(names if end > 1 else reversed(names)), is_guess=True)


_WORDS_AND: Final = "y|e|und|et|en|og|och|i"
_LONGEST_BODY: Final = 300
_JOINT: Final = re.compile(rf"\s+(?:{_WORDS_AND})\s+(?=\S)")
_JOINT_BEFORE: Final = re.compile(rf"(?<!\s)\s+(?:{_WORDS_AND})\s+(\{{[^{{}}]+\}})\Z")


def _read_name(text: str, wrong: list[str]) -> Name:
    if text[0] == "{" and closing_brace(text, 0) == len(text):
        return Name(literal=read_latex(text[1:-1]))
    if _PAIR.match(text):
        pairs = _pairs(text, wrong)
        if pairs:
            return _from_pairs(pairs)
    parts = [_split_words(part) for part in _split_outside(text, _COMMA_OR_BRACE)]
    return _of_words(parts, wrong, text)


def _plain_name(text: str) -> Name:
    """Read one name in a text without LaTeX."""
    if text.count(",") == 1:
        family, _, given = text.partition(",")
        family, given = family.strip(), given.strip()
        # `King Jr., Martin` and `Martin King, Jr.` have a suffix.
        is_plain = " " not in family or not (ends_in_suffix(family) or ends_in_suffix(given))
        if family and given and is_plain and not is_taken_apart(family, given):
            return Name(family=family, given=given)
    return Name.of_words([part.split() for part in text.split(",")], _unchanged, _is_lower)


def _unchanged(text: str) -> str | None:
    return text or None


def _of_words(parts: list[list[str]], wrong: list[str], text: str) -> Name:
    while len(parts) > 1 and not parts[-1]:
        parts.pop()  # a comma at the end
    if len(parts) > 3:
        wrong.append(f"the name {_short(text)!r} has too many commas")
    return Name.of_words(parts, _text, _is_lower)


def _text(text: str) -> str | None:
    return read_latex(text) or None


# Splitting outside braces


def _split_outside(text: str, marks: re.Pattern[str]) -> list[str]:
    """Split at the marks outside braces; the pattern finds braces and commands as well."""
    parts: list[str] = []
    depth = start = 0
    for mark in marks.finditer(text):
        sign = mark[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
        elif depth == 0 and sign[0] != "\\":
            parts.append(text[start : mark.start()])
            start = mark.end()
    parts.append(text[start:])
    return parts


def _split_words(text: str) -> list[str]:
    if "{" not in text and "\\" not in text:
        return _SPACES.sub(" ", text).split()
    return [word for word in _split_outside(text, _SPACES_OR_BRACE) if word]


def _is_lower(word: str) -> bool:
    r"""Return whether BibTeX reads the word as a particle.

    The first letter outside braces determines it, or a special character (`{\\'e}`, `\\o`).
    """
    if word[0].isalpha():
        return word[0].islower()
    depth = 0
    index = 0
    while index < len(word):
        character = word[index]
        if character == "{":
            if depth == 0 and word[index + 1 : index + 2] == "\\":
                return _special_is_lower(word[index + 1 :])
            depth += 1
        elif character == "}":
            depth -= 1
        elif depth == 0 and character == "\\":
            return _special_is_lower(word[index:])
        elif depth == 0 and character.isalpha():
            return character.islower()
        index += 1
    return False


def _special_is_lower(text: str) -> bool:
    letter = _COMMAND_LETTER.match(text)
    if letter:
        return bool(letter[1])
    rest = re.sub(r"^\\(?:[A-Za-z]+|.)", "", text, count=1, flags=re.DOTALL)
    first = next((character for character in rest if character.isalpha()), "")
    return first.islower()


# biblatex's form


def _pairs(text: str, wrong: list[str]) -> dict[str, str]:
    found = [_PAIR.fullmatch(part.strip()) for part in _split_outside(text, _COMMA_OR_BRACE)]
    pairs = {pair[1].lower(): _unquoted(pair[2]) for pair in found if pair}
    if not all(found) or _PAIR_NAMES.isdisjoint(pairs):
        return {}
    wrong += [
        f"the {name!r} in {_short(text)!r} is not a part of a name"
        for name in pairs
        if name not in _PAIR_NAMES
    ]
    return pairs


def _unquoted(value: str) -> str:
    value = value.strip()
    if value[-1:] == '"':
        value = value[:-1].removeprefix('"').strip()
    if value[:1] == "{" and closing_brace(value, 0) == len(value):
        value = value[1:-1]
    return value


def _from_pairs(pairs: dict[str, str]) -> Name:
    parts = {key: read_latex(value) for key, value in pairs.items() if key in _PAIR_NAMES}
    dropping = pairs.get("useprefix", "true").lower() == "false"
    prefix = parts.get("prefix")
    comma_suffix = pairs.get("comma-suffix") == "true"
    static_ordering = pairs.get("static-ordering") == "true"
    if "literal" in parts:
        return Name(
            literal=parts["literal"], comma_suffix=comma_suffix, static_ordering=static_ordering
        )
    return Name(
        family=parts.get("family"),
        given=parts.get("given"),
        suffix=parts.get("suffix"),
        dropping_particle=parts.get("dropping-particle", prefix if dropping else None),
        non_dropping_particle=None if dropping else prefix,
        comma_suffix=comma_suffix,
        static_ordering=static_ordering,
    )


# Writing


def write_names(
    names: tuple[Name, ...],
    *,
    et_al: bool = False,
    ascii: bool = False,  # noqa: A002 - as in json.dumps
    with_pairs: bool = True,
) -> str:
    """Return names as a list that BibTeX reads as the same names.

    Args:
        names: The names.
        et_al: Whether the list contains more names.
        ascii: Write letters beyond ASCII as LaTeX.
        with_pairs: Whether a name that no other form can hold may be written as biblatex's
            `family=…, given=…`. Without it, the form is used that contains most of the name.

    Example:
        >>> write_names((Name(family="Gogh", given="Vincent", non_dropping_particle="van"),
        ...              Name(literal="Barnes and Noble")), et_al=True)
        'van Gogh, Vincent and {Barnes and Noble} and others'
    """
    written = [_write_name(name, ascii, with_pairs) for name in names]
    return " and ".join([*written, "others"] if et_al else written)


@lru_cache(maxsize=16384)
def _write_name(name: Name, ascii: bool, with_pairs: bool) -> str:  # noqa: A002 - as in json.dumps
    for written in (_sorted_form(name, ascii), _braced_form(name, ascii)):
        if written and not is_et_al(written) and _reads_as(written, name):
            return written
    if with_pairs:
        return _pair_form(name, ascii)
    return _sorted_form(name, ascii) if name.literal is not None else _all_braced(name, ascii)


def _all_braced(name: Name, ascii: bool) -> str:  # noqa: A002 - as in json.dumps
    """Return the braced form of a name whose parts may be missing or be one word."""
    last = name.replace(
        non_dropping_particle=None,
        dropping_particle=None,
        family=" ".join(
            filter(None, (name.dropping_particle, name.non_dropping_particle, name.family))
        )
        or None,
    )
    written = _braced_form(last, ascii)
    if not written:
        return "{{}}"
    return written if last.family else f"{{}}, {written}"


def _reads_as(written: str, name: Name) -> bool:
    return read_names(written) == NamesOfTexts((name,))


def _sorted_form(name: Name, ascii: bool) -> str:  # noqa: A002 - as in json.dumps
    if name.literal is not None:
        return f"{{{write_latex(name.literal, ascii=ascii)}}}"
    parts = name.parts()
    written = (parts.family, parts.suffix, parts.given)
    return ", ".join([write_latex(part, ascii=ascii) for part in written if part])


def _braced_form(name: Name, ascii: bool) -> str:  # noqa: A002 - as in json.dumps
    """Brace the parts, so that no word in them is read as a particle or a separator."""
    family, suffix, given = (
        f"{{{write_latex(part, ascii=ascii)}}}" if part else ""
        for part in (name.family, name.suffix, name.given)
    )
    particle, dropping = (
        write_latex(part, ascii=ascii) if part else None
        for part in (name.non_dropping_particle, name.dropping_particle)
    )
    last = f"{particle} {family}" if particle else family
    first = f"{given} {dropping}" if given and dropping else given
    return ", ".join(filter(None, (last, suffix, first)))


def _pair_form(name: Name, ascii: bool) -> str:  # noqa: A002 - as in json.dumps
    dropping = name.dropping_particle if name.non_dropping_particle is None else None
    parts = {
        "family": name.family,
        "given": name.given,
        "prefix": dropping if dropping is not None else name.non_dropping_particle,
        "dropping-particle": None if dropping is not None else name.dropping_particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    written = [
        f"{key}={{{write_latex(part, ascii=ascii)}}}"
        for key, part in parts.items()
        if part is not None
    ]
    flags = {
        "useprefix=false": dropping is not None,
        "comma-suffix=true": name.comma_suffix,
        "static-ordering=true": name.static_ordering,
    }
    written += [flag for flag, holds in flags.items() if holds]
    return ", ".join(written) or "family={}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
