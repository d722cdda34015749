"""The names of a MARC record, with their roles.

Source of the roles: MARC Code List for Relators, as in MODS.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.draft import Draft
from refcite.formats.marc.fields import MarcField, clean, without_end
from refcite.formats.mods import RELATORS, divided_terms, variable_of_role
from refcite.formats.namelists import names_of
from refcite.formats.people import without_years
from refcite.names import Name

__all__ = ["name_field", "names_in", "roles_of"]

_SEVERAL: Final = re.compile(r";|\s(?:&|and|und|et|y)\s")
_STOP: Final = re.compile(r"[^\W\d_]{3,}\.\Z")
_NO_STOP: Final = frozenset(("esq.", "mrs."))
_READ: Final = frozenset("ae4")
_WORDS: Final = {
    "hrsg": "editor",
    "hg": "editor",
    "herausgeber": "editor",
    "herausgeberin": "editor",
    "herausgeber/in": "editor",
    "éditeur scientifique": "editor",
    "ed": "editor",
    "eds": "editor",
    "joint author": "author",
    "auth": "author",
    "verf": "author",
    "verfasser": "author",
    "verfasserin": "author",
    "verfasser/in": "author",
    "auteur": "author",
    "autor": "author",
    "co-author": "author",
    "joint editor": "editor",
    "comp": "compiler",
    "tr": "translator",
    "trans": "translator",
    "übers": "translator",
    "übersetzer": "translator",
    "übersetzerin": "translator",
    "übersetzer/in": "translator",
    "traducteur": "translator",
    "traductor": "translator",
    "ill": "illustrator",
    "illustrateur": "illustrator",
}
"""Words for roles in records that were not catalogued with MARC's terms."""
_NO_CREATORS_TEXT: Final = """
    pbl publisher pub pup prt printer pop pfr mfr manufacturer dst distributor dtm bsl bookseller
    fmo own owner spn sponsor fnd funder isb dgg his dte dedicatee dnr donor asn prv cph auc ato
    ins sgn brd broadcaster ltg bkd bkp bnd bdd lso med pma sht len dpt rps
"""
_NO_CREATORS: Final = frozenset(
    (
        *_NO_CREATORS_TEXT.split(),
        "former owner", "current owner", "sponsoring body", "issuing body", "host institution",
        "degree granting institution", "degree grantor", "film distributor", "associated name",
        "production company", "copyright holder", "honouree", "honoree", "binder", "book designer",
        "production place", "publication place",
    )
)  # fmt: skip
"""Roles in which a name made the copy, paid or owns it, and not the work."""


def roles_of(field: MarcField) -> tuple[list[str], bool]:
    """Return the variables of the roles in a name field, and whether it has any role.

    A role that CSL has no variable for, such as the writer of a preface, is that of a contributor.

    Example:
        >>> roles_of(MarcField("700", "1 ", [("a", "Roe, Ann"), ("e", "editor,"), ("4", "trl")]))
        (['translator', 'editor'], True)
        >>> roles_of(MarcField("700", "1 ", [("a", "Roe, Ann"), ("e", "former owner.")]))
        ([], True)
        >>> roles_of(MarcField("700", "1 ", [("a", "Roe, Ann")]))
        ([], False)
    """
    codes = [clean(text).rstrip("/").rpartition("/")[2] for text in field.all("4")]
    words = [clean(text).strip(" .,;[]()").casefold() for text in field.all("e")]
    if field.tag.endswith("11"):
        words = [clean(text).strip(" .,;").casefold() for text in field.all("j")]
    terms = [term for term in (*codes, *words) if term]
    known = [variable_of_role(term) or _WORDS.get(term) for term in terms]
    found = list(dict.fromkeys(variable for variable in known if variable))
    if terms and not found and not any(term in _NO_CREATORS for term in terms):
        found = ["contributor"]
    return found, bool(terms)


def names_in(field: MarcField, draft: Draft) -> tuple[Name, ...]:
    """Return the names in a field; other data of a name are kept under the name.

    Args:
        field: A field of a name: 100, 110, 700, 710 or 720.
        draft: The draft, which collects what is kept.
    """
    text = clean(field.first("a"))
    if not text:
        return ()
    is_free = field.tag == "720"
    is_body = field.tag[1:] == "10" or field.indicators[0] == ("2" if is_free else "3")
    used = set("ae4")
    if is_body:
        parts = [without_end(one) for one in field.all("ab")]
        used.add("b")
        names: tuple[Name, ...] = (Name(literal=". ".join(filter(None, parts))),)
    else:
        names = _persons(text, field, draft, used)
    for name in names[:1]:
        for code, value in field.subfields:
            if code not in used:
                held = draft.extra.setdefault(f"name/${code}", {})
                held.setdefault(str(name), []).append(value)
    return names


def _persons(text: str, field: MarcField, draft: Draft, used: set[str]) -> tuple[Name, ...]:
    text, years = without_years(_bare(text))
    if years:
        draft.extra.setdefault("name/$d", {}).setdefault(_bare(text), []).append(years)
    if field.indicators[0] == "0" and "," not in text:
        used.add("b")
        numeral = without_end(field.first("b"))
        return (Name.of_parts(" ".join(filter(None, (text, numeral))), "", ""),)
    if _SEVERAL.search(text) and ("," not in text or ";" in text):
        remedy = "write each name in a separate field"
        return draft.names(names_of([text], remedy, _person, is_straight="," not in text))
    name = _person(text)
    suffix, titles = divided_terms([clean(one) for one in field.all("c")])
    if suffix and not titles and name.literal is None:
        used.add("c")
        name = name.replace(suffix=suffix)
    return (name,)


def _person(text: str) -> Name:
    return Name.of_inverted(text) if "," in text else Name.parse(text)


def _bare(text: str) -> str:
    bare = text.rstrip(" ,;:/")
    last = bare.rpartition(" ")[2].casefold()
    return bare[:-1] if _STOP.search(bare[-12:]) and last not in _NO_STOP else bare


def name_field(name: Name, variable: str, tag: str) -> MarcField:
    """Return the field of a name in a role.

    Args:
        name: The name.
        variable: The role.
        tag: `1` for the main entry, `7` for an added one.

    Example:
        >>> name_field(Name(family="Doe", given="Jane", suffix="Jr."), "editor", "7").shown()
        '1#‡aDoe, Jane‡cJr.‡eeditor‡4edt'
        >>> name_field(Name(literal="UNHCR"), "author", "1").shown()
        '2#‡aUNHCR‡eauthor‡4aut'
    """
    code, term, *_ = RELATORS.get(variable, ("", variable))
    role = [("e", term), *([("4", code)] if code else [])]
    if name.literal is not None:
        return MarcField(f"{tag}10", "2 ", [("a", name.literal), *role])
    said = name.parts()
    text = ", ".join(filter(None, (said.family, said.given)))
    suffix = [("c", said.suffix)] if said.suffix else []
    kind = "1 " if said.given else "0 "
    return MarcField(f"{tag}00", kind, [("a", text), *suffix, *role])
