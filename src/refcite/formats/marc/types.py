"""The type of the work of a MARC record, by leader and 008, and how it is written.

Source: MARC 21 Format for Bibliographic Data (https://www.loc.gov/marc/bibliographic/), Leader/06,
Leader/07 and 008.
"""

from __future__ import annotations

from typing import Final

from refcite.formats.marc.fields import MarcRecord
from refcite.formats.mods import HOSTED

__all__ = ["KINDS", "OWN", "fault_of", "leader_of", "type_of"]

OWN: Final = "csl"
"""The source ($2) of a genre (655) that is an item type of CSL."""

KINDS: Final = {
    "a": "language material",
    "c": "notated music",
    "d": "manuscript notated music",
    "e": "cartographic material",
    "f": "manuscript cartographic material",
    "g": "projected medium",
    "i": "nonmusical sound recording",
    "j": "musical sound recording",
    "k": "two-dimensional graphic",
    "m": "computer file",
    "o": "kit",
    "p": "mixed materials",
    "r": "three-dimensional object",
    "t": "manuscript language material",
}
"""The codes of Leader/06 for a bibliographic record."""
_TYPES: Final = {
    "a": "book",
    "b": "manuscript",  # archival control, a code that is no longer used
    "c": "musical_score",
    "d": "musical_score",
    "e": "map",
    "f": "map",
    "g": "motion_picture",
    "i": "song",
    "j": "song",
    "k": "graphic",
    "m": "software",
    "o": "document",
    "p": "collection",
    "r": "graphic",
    "t": "manuscript",
}
_OTHERS: Final = {
    "q": "a community information record",
    "u": "a holdings record",
    "v": "a holdings record",
    "w": "a classification record",
    "x": "a holdings record",
    "y": "a holdings record",
    "z": "an authority record",
}
_FILES: Final = {"a": "dataset", "d": "document", "e": "dataset", "j": "webpage", "m": "webpage"}
"""008/26 of computer files: numeric data, documents, bibliographic data, online services."""
_PROGRAMS: Final = frozenset("bcfghi")
"""Programs, fonts, games, sounds, and what is interactive or represents something."""
_INTEGRATING: Final = {"d": "dataset", "l": "book"}
"""008/21 of integrating resources: databases and loose-leafs; others are web sites."""
_COMPONENTS: Final = frozenset("ab")


def fault_of(record: MarcRecord) -> str:
    """Return what a record is, if it is not a bibliographic record of MARC 21; otherwise ''.

    Example:
        >>> fault_of(MarcRecord("00000nz  a2200000n  4500"))
        'an authority record'
    """
    kind = _OTHERS.get(record.coded(6), "")
    if kind:
        return kind
    tags = {one.tag for one in record.fields}
    if "245" not in tags and "200" in tags:
        return "in UNIMARC (its title is in field 200), not in MARC 21"
    return ""


def type_of(record: MarcRecord) -> str:
    """Return the CSL type of the work of a record.

    Example:
        >>> type_of(MarcRecord("00000nem a2200000   4500"))
        'map'
        >>> type_of(MarcRecord("00000nas a2200000   4500"))
        'periodical'
    """
    for one in record.tagged("655"):
        if one.first("2") == OWN:
            return one.first("a")
    kind, level = record.coded(6), record.coded(7)
    fixed = record.control("008")
    if any(True for _ in record.tagged("502")):
        return "thesis"
    hosts = list(record.tagged("773"))
    if kind in ("a", "") or kind not in _TYPES:
        if level in _COMPONENTS or (hosts and level not in ("m", "s", "i", "c")):
            is_serial = level == "b" or any(
                host.first("x") or (host.first("gq") and not host.first("z")) for host in hosts
            )
            return "article-journal" if is_serial or not hosts else "chapter"
        if level == "s":
            return "periodical"
        if level == "i":
            return _INTEGRATING.get(fixed[21:22], "webpage")
        contents = fixed[24:28]
        if level in ("m", "") and "m" in contents:
            return "thesis"
        if level == "m" and "t" in contents:
            return "report"
        if level == "m" and "j" in contents:
            return "patent"
        return "book"
    if kind == "g":
        return "graphic" if fixed[33:34] in ("s", "t") else "motion_picture"
    if kind == "m":
        code = fixed[26:27]
        # Libraries call electronic books computer files, without coding their kind.
        is_book = code not in _PROGRAMS and any(one.first("a") for one in record.tagged("020"))
        return "book" if is_book and code not in _FILES else _FILES.get(code, "software")
    return _TYPES[kind]


_KIND_OF: Final = {
    "broadcast": "g",
    "dataset": "m",
    "figure": "k",
    "graphic": "k",
    "manuscript": "t",
    "map": "e",
    "motion_picture": "g",
    "musical_score": "c",
    "personal_communication": "t",
    "software": "m",
    "song": "j",
}
_LEVEL_OF: Final = {
    "collection": "c",
    "periodical": "s",
    "post": "i",
    "post-weblog": "i",
    "webpage": "i",
    **dict.fromkeys(HOSTED, "b"),
    "article": "m",
    "chapter": "a",
    "entry": "a",
    "entry-dictionary": "a",
    "entry-encyclopedia": "a",
    "paper-conference": "a",
}


def leader_of(csl_type: str) -> str:
    """Return the leader for a work of a type; MARCXML has no lengths.

    Example:
        >>> leader_of("map"), leader_of("article-journal")
        ('00000nem a2200000   4500', '00000nab a2200000   4500')
    """
    return f"00000n{_KIND_OF.get(csl_type, 'a')}{_LEVEL_OF.get(csl_type, 'm')} a2200000   4500"
