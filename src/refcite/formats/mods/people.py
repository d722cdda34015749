"""Names of MODS, with their roles.

Source of the roles: MARC Code List for Relators. A CSL variable that no relator means is written as
a role of CSL's own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from refcite.formats.mods.types import AUTHORITY
from refcite.formats.namelists import NamesOfTexts, names_of, read_names
from refcite.formats.people import without_years
from refcite.formats.xmlread import XmlElement, children, local_name, text_of
from refcite.formats.xmlwrite import Element
from refcite.names import Name
from refcite.names.grammar import is_degree, is_suffix
from refcite.vocabulary import NAME_VARIABLES

__all__ = [
    "CONFERENCE",
    "RELATORS",
    "divided_terms",
    "name_of",
    "names_in",
    "others_of",
    "titles_of",
    "variable_of_role",
    "variables_of",
    "written_et_al",
    "written_name",
    "years_of",
]

CONFERENCE: Final = "conference"
_NO_PERSONS: Final = ("corporate", "conference", "family")
_TERMS: Final = "termsOfAddress"
_READ_PARTS: Final = ("family", "given", _TERMS, "")
_GENERATIONS_TEXT: Final = (
    "junior senior jun sen jr sr jnr snr esq esquire fils père filho júnior neto sobrinho"
    " the younger elder"
)
_GENERATIONS: Final = frozenset(_GENERATIONS_TEXT.split())
_NUMERAL: Final = re.compile(r"[IVX]{1,6}\.?")
_LETTERS: Final = re.compile(r"(?:[A-Z][a-z]{0,2}\. ?){2,5}[A-Z]?|[A-Z]{2,6}")
"""The letters of a degree, an order or an honour: `S.J.`, `Ed.D.`, `OBE`."""
_ADDRESSES_TEXT: Final = "mr mrs ms mme mlle dr prof rev revd hon sir dame st fr hr pr"
_ADDRESSES: Final = frozenset(_ADDRESSES_TEXT.split())


RELATORS: Final[dict[str, tuple[str, ...]]] = {
    "author": (
        "aut", "author", "art", "artist", "ctg", "cartographer", "cre", "creator", "dis",
        "dissertant", "inv", "inventor", "ive", "interviewee", "lyr", "lyricist", "pht",
        "photographer", "prg", "programmer", "scl", "sculptor", "spk", "speaker",
    ),
    "compiler": ("com", "compiler"),
    "composer": ("cmp", "composer"),
    "contributor": (
        "ctb", "contributor", "ths", "thesis advisor", "dgs", "degree supervisor",
    ),
    "curator": ("cur", "curator"),
    "director": ("drt", "director", "fmd", "film director"),
    "editor": ("edt", "editor", "edc", "editor of compilation", "edm"),
    "host": ("hst", "host"),
    "illustrator": ("ill", "illustrator"),
    "interviewer": ("ivr", "interviewer"),
    "narrator": ("nrt", "narrator"),
    "organizer": ("orm", "organizer", "organizer of meeting"),
    "performer": ("prf", "performer", "act", "actor", "sng", "singer"),
    "producer": ("pro", "producer", "fmp", "film producer"),
    "recipient": ("rcp", "addressee", "recipient"),
    "script-writer": ("aus", "screenwriter", "sce", "scenarist"),
    "translator": ("trl", "translator"),
}  # fmt: skip
"""The relators of each variable: first code and term of the one that is written."""

_VARIABLES: Final[dict[str, str]] = {
    **{name: name for name in NAME_VARIABLES},
    **{term: variable for variable, terms in RELATORS.items() for term in terms},
    "mod": "chair",
    "moderator": "chair",
}


def variable_of_role(term: str) -> str | None:
    """Return the variable of a relator's code or term, or of CSL's own name of a role.

    Example:
        >>> variable_of_role("trl"), variable_of_role("Film director."), variable_of_role("bkd")
        ('translator', 'director', None)
    """
    text = " ".join(term.strip().rstrip(".").casefold().split())
    return _VARIABLES.get(text) or _VARIABLES.get(text.replace(" ", "-"))


def years_of(element: XmlElement) -> str:
    """Return the years in the text of a person's name, if no separate element has them."""
    if element.get("type") in _NO_PERSONS:
        return ""
    parts = [text_of(part) for part in children(element, "namePart") if part.get("type") != "date"]
    return next((years for part in parts if (years := without_years(part)[1])), "")


def name_of(element: XmlElement) -> Name | None:
    """Return the name in an element, or None.

    Example:
        >>> from lxml import etree
        >>> name_of(etree.fromstring('<name type="personal"><namePart>Doe, Jane</namePart></name>'))
        Name(family='Doe', given='Jane')
        >>> name_of(etree.fromstring('<name type="corporate"><namePart>United States</namePart>'
        ...                          '<namePart>Congress</namePart></name>')).literal
        'United States. Congress'
    """
    parts: dict[str, list[str]] = {}
    is_person = element.get("type") not in _NO_PERSONS
    for part in children(element, "namePart"):
        if text := " ".join(text_of(part).split()):
            if is_person:
                text = without_years(text)[0]
            parts.setdefault(str(part.get("type", "")), []).append(text)
    family, given = " ".join(parts.get("family", ())), " ".join(parts.get("given", ()))
    if family or given:
        return Name.of_parts(family, given, divided_terms(parts.get(_TERMS, ()))[0])
    whole = parts.get("") or [text_of(one) for one in children(element, "displayForm")][:1]
    if not whole or not any(whole):
        return None
    if not is_person:
        return Name(literal=". ".join(part.rstrip(".") for part in whole[:-1]) + ". " + whole[-1]
                    if len(whole) > 1 else whole[0])  # fmt: skip
    text = without_years(" ".join(whole))[0]
    name = _personal(text) if element.get("type") == "personal" else _untyped(text)
    suffix = divided_terms(parts.get(_TERMS, ()))[0]
    return name.replace(suffix=suffix) if suffix and name.literal is None else name


def titles_of(element: XmlElement, name: Name) -> list[str]:
    """Return the terms of address that are not part of a name: all that are not a suffix.

    Example:
        >>> from lxml import etree
        >>> doe = etree.fromstring('<name type="personal"><namePart>Doe, Jane</namePart>'
        ...                        '<namePart type="termsOfAddress">Dame, PhD</namePart></name>')
        >>> name = name_of(doe)
        >>> name.suffix, titles_of(doe, name)
        ('PhD', ['Dame'])
    """
    terms = [
        " ".join(text_of(part).split())
        for part in children(element, "namePart")
        if part.get("type") == _TERMS
    ]
    if not terms or name.literal is not None:
        return [term for term in terms if term]
    return divided_terms(terms)[1]


def divided_terms(terms: Sequence[str]) -> tuple[str, list[str]]:
    """Return the suffix in terms of address, and the others.

    Example:
        >>> divided_terms(["Dame, PhD"])
        ('PhD', ['Dame'])
    """
    suffixes: list[str] = []
    titles: list[str] = []
    for term in (term.strip() for text in terms for term in text.split(",")):
        if term:
            (suffixes if _is_suffix(term) else titles).append(term)
    return ", ".join(suffixes), titles


def _is_suffix(term: str) -> bool:
    words = term.split()
    if is_suffix(words) or is_degree(words) or _NUMERAL.fullmatch(term):
        return True
    folded = [word.rstrip(".").casefold() for word in words]
    if _GENERATIONS.issuperset(folded):
        return True
    letters = re.split(r"[. ]+", term.casefold())
    return _LETTERS.fullmatch(term) is not None and _ADDRESSES.isdisjoint(letters)


def _personal(text: str) -> Name:
    return _untyped(text) if "," in text else Name.parse(text)


def _untyped(text: str) -> Name:
    return Name.of_inverted(text.rstrip(","))


def names_in(element: XmlElement) -> NamesOfTexts:
    """Return the names in an element: one, or a list in one part.

    Example:
        >>> from lxml import etree
        >>> found = names_in(etree.fromstring("<name><namePart>Roe A, Poe B</namePart></name>"))
        >>> [str(name) for name in found.names], [problem.code for problem in found.problems]
        (['Roe, A', 'Poe, B'], ['guessed-names'])
    """
    name = name_of(element)
    if name is None:
        return NamesOfTexts()
    parts = children(element, "namePart")
    texts = [(part.get("type", ""), " ".join(text_of(part).split())) for part in parts]
    said = [text for kind, text in texts if text and kind in ("", "family", "given")]
    is_typed = any(kind in ("family", "given") for kind, text in texts if text)
    if len(said) == 1 and not is_typed and element.get("type") not in _NO_PERSONS:
        text = without_years(said[0])[0]
        is_straight = element.get("type") == "personal"
        read = _personal if is_straight else _untyped
        found = read_names(text, read, "", is_straight)
        if not found.is_sure and found.names and not text.endswith(","):
            return names_of([text], _EACH, read, is_straight=is_straight)
    return NamesOfTexts((name,))


_EACH: Final = "use a separate element <name> for each name"


def variables_of(element: XmlElement) -> list[str | None]:
    """Return the variable of each role; None for a role that CSL has not.

    A name without a role is an author's.

    Example:
        >>> from lxml import etree
        >>> roles = "<role><roleTerm>{}</roleTerm></role>"
        >>> variables_of(etree.fromstring(f"<name>{roles.format('Film director')}</name>"))
        ['director']
        >>> variables_of(etree.fromstring(f"<name>{roles.format('bkd')}</name>"))
        [None]
    """
    roles = [terms for role in children(element, "role") if any(terms := _terms_of(role))]
    if not roles:
        return ["author"]
    return [next(filter(None, map(variable_of_role, terms)), None) for terms in roles]


def _terms_of(role: XmlElement) -> list[str]:
    return [text_of(term) for term in children(role, "roleTerm")]


def others_of(element: XmlElement) -> Iterator[XmlElement]:
    """Yield the contents of a name's element except the name and the roles that are read."""
    is_typed = any(part.get("type") in ("family", "given") for part in children(element))
    for inner in children(element):
        tag = local_name(inner)
        if tag == "namePart":
            kind = str(inner.get("type", ""))
            is_read = kind in _READ_PARTS and not (is_typed and not kind)
        elif tag == "role":
            terms = _terms_of(inner)
            is_read = any(map(variable_of_role, terms)) or not any(terms)
        else:
            is_read = tag == "displayForm"
        if not is_read:
            yield inner


def written_name(name: Name, variable: str) -> Element:
    """Return the element of a name in a role.

    Args:
        name: The name.
        variable: The role, as the CSL variable of a work's own names.

    Example:
        >>> print(written_name(Name(family="Doe", given="Jane"), "author").xml())
        <name type="personal">
          <namePart type="family">Doe</namePart>
          <namePart type="given">Jane</namePart>
          <role>
            <roleTerm type="code" authority="marcrelator">aut</roleTerm>
            <roleTerm type="text" authority="marcrelator">author</roleTerm>
          </role>
        </name>
    """
    if name.literal is not None:
        parts = [Element("namePart", text=name.literal)]
    else:
        said = name.parts()
        texts = {"family": said.family, "given": said.given, _TERMS: said.suffix}
        parts = [Element("namePart", {"type": kind}, text) for kind, text in texts.items() if text]
    kind = "corporate" if name.literal is not None else "personal"
    return Element("name", {"type": kind}, children=[*parts, _role(variable)])


def written_et_al(variable: str) -> Element:
    """Return the element that states that a role has more names (MODS 3.6).

    Args:
        variable: The role, as the CSL variable of a work's own names.

    Example:
        >>> written_et_al("author").xml().splitlines()[1].strip()
        '<etal/>'
    """
    return Element("name", children=[Element("etal"), _role(variable)])


def _role(variable: str) -> Element:
    code, text, *_ = RELATORS.get(variable, ("", variable))
    authority = "marcrelator" if code else AUTHORITY
    said = {"code": code, "text": text}
    return Element(
        "role",
        children=[
            Element("roleTerm", {"type": form, "authority": authority}, term)
            for form, term in said.items()
            if term
        ],
    )
