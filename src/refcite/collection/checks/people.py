"""Names that were typed in capitals, and "et al." that was typed as a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from refcite.collection.checks.entries import Entry
from refcite.collection.checks.rules import EachRule, Found
from refcite.names import Name
from refcite.names.lists import is_et_al_name, is_initials
from refcite.problems import Severity

__all__ = ["RULES"]

_SHOWN: Final = 3
_SHORTEST: Final = 3
_LONG: Final = 5
_ROLES: Final = ("author", "editor", "translator")


def _capital_name(entry: Entry) -> Iterator[Found]:
    record = entry.record
    for role in _ROLES:
        names: tuple[Name, ...] = getattr(record, role)
        if not names:
            continue
        capital = [name for name in names if _is_in_capitals(name)]
        if len(names) == 1 and entry.dialect is None and any(map(_may_be_organisation, names)):
            continue
        found = [name.family or "" for name in capital]
        if found:
            shown = ", ".join(map(repr, found[:_SHOWN]))
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            verb = "is" if len(found) == 1 else "are"
            yield Found(
                f"the {role} {shown}{more} {verb} in capitals",
                "write only the first letter of each part in upper case",
                role,
                tuple(found),
            )


def _is_in_capitals(name: Name) -> bool:
    family = name.family or ""
    return (
        name.given is not None
        and family.isupper()
        and sum(map(str.isalpha, family)) >= _SHORTEST
        and family.strip("IVX ") != ""
        and any(vowel in family for vowel in "AEIOUYÄÖÜÅÉÈÁÓÍØÆ")
        and "." not in family
    )


def _may_be_organisation(name: Name) -> bool:
    """Return whether a name may end with an abbreviation, as `Redazione ANSA` does."""
    given = name.given or ""
    return len(name.family or "") < _LONG and not (given.isupper() or is_initials(given))


def _typed_et_al(entry: Entry) -> Iterator[Found]:
    if entry.dialect is not None:
        return  # the reader reports it with its column
    for role in _ROLES:
        names: tuple[Name, ...] = getattr(entry.record, role)
        for name in names:
            if is_et_al_name(name) and name.literal != "others":
                yield Found(
                    f"the {role} {str(name)!r} is not a name",
                    "write all names, or mark the list as not complete as the format does",
                    role,
                    (str(name),),
                )


RULES: Final = (
    EachRule(code="capital-name", severity=Severity.WARNING, find=_capital_name),
    EachRule(code="typed-et-al", severity=Severity.WARNING, find=_typed_et_al),
)
"""The rules about names."""
