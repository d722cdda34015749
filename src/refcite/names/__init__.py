"""Names of persons and organisations: their parts, and how all formats read and write them.

A `Name` has the parts that CSL knows (specification, "Names"): family and given names, dropping
and non-dropping particles, a suffix; or one literal, for an organisation, which is never split.
`grammar` has the one policy on what is a particle and a suffix, `lists` how lists of names are told
where nothing delimits them.
"""

from __future__ import annotations

from refcite.names.lists import (
    NameList,
    family_first,
    is_et_al,
    is_initials,
    is_single_letters,
    read_list,
    write_one,
)
from refcite.names.name import Name, Parts
from refcite.names.shapes import is_organisation

__all__ = [
    "Name",
    "NameList",
    "Parts",
    "family_first",
    "is_et_al",
    "is_initials",
    "is_organisation",
    "is_single_letters",
    "read_list",
    "write_one",
]
