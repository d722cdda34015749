"""Names of persons and organisations: their parts, and how all formats read and write them.

A `Name` has the parts of CSL (specification, "Names"): family and given names, dropping and
non-dropping particles, a suffix; or one literal, for an organisation, which is never split.
`grammar` contains the rules for particles and suffixes. `lists` reads lists of names that have no
delimiters.
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
