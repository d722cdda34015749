"""Two records side by side: which fields agree, and whether they describe the same work."""

from __future__ import annotations

from typing import Any, Final

from refcite.collection.duplicates.evidence import evidence_of
from refcite.collection.duplicates.judgement import Verdict, judge
from refcite.collection.duplicates.numbering import NumberRelation
from refcite.collection.duplicates.people import PeopleRelation
from refcite.collection.duplicates.prepared import Prepared, prepare
from refcite.collection.duplicates.reasons import reason_of
from refcite.collection.duplicates.titles import TitleRelation
from refcite.collection.duplicates.values import Agreement, Comparison, FieldComparison
from refcite.record import Record
from refcite.vocabulary import VARIABLE_OF

__all__ = ["compare_works"]

_NUMBERS: Final = {
    NumberRelation.DIFFERENT: Agreement.DIFFERENT,
    NumberRelation.MISSING: Agreement.SIMILAR,
    NumberRelation.SAME: Agreement.SAME,
}
_PEOPLE: Final = {
    PeopleRelation.DIFFERENT: (Agreement.DIFFERENT, ""),
    PeopleRelation.MISSING: (Agreement.MISSING, ""),
    PeopleRelation.FEW: (Agreement.DIFFERENT, "few names agree"),
    PeopleRelation.FIRST: (Agreement.SIMILAR, "the first names agree"),
    PeopleRelation.ALL: (Agreement.SAME, "written in another form"),
}
_TITLES: Final = {
    TitleRelation.DIFFERENT: (Agreement.DIFFERENT, ""),
    TitleRelation.MISSING: (Agreement.MISSING, ""),
    TitleRelation.SIMILAR: (Agreement.DIFFERENT, "most words agree"),
    TitleRelation.SHORTENED: (Agreement.SIMILAR, "one is shortened"),
    TitleRelation.NEAR: (Agreement.SIMILAR, "the spelling differs"),
    TitleRelation.SAME: (Agreement.SAME, "written in another form"),
}
_OTHER_FORM: Final = "written in another form"
_YEAR_OF_PRINT: Final = 1


def compare_works(before: Record, after: Record, *, preprints: bool = False) -> Comparison:
    """Return whether two records describe the same work, and which of their fields agree.

    Args:
        before: The first record.
        after: The second record.
        preprints: Whether a preprint and the article that was published later are the same work.

    Returns:
        The certainty with the reason, and each field that one of the records has, in CSL's order.

    Example:
        >>> from refcite import Record
        >>> from refcite.collection.duplicates import compare_works
        >>> one = Record(type="article-journal", title="Lamps of old houses", author="Ann Roe",
        ...              issued=2019, container_title="Journal of Light")
        >>> found = compare_works(one, one.replace(container_title="J Light", page="12-5"))
        >>> found.certainty.value, found.reason
        ('likely', 'titles, years, authors and journals agree')
        >>> [(field.field, field.agreement.value) for field in found.fields][-2:]
        [('title', 'same'), ('page', 'missing')]
    """
    one, other = prepare(before), prepare(after)
    verdict = judge(one, other, preprints=preprints)
    if verdict is None:
        verdict = Verdict(None, None, evidence_of(one, other))
    return Comparison(
        verdict.certainty,
        reason_of(one, other, verdict),
        verdict.relation,
        _fields(one, other, verdict),
    )


def _fields(one: Prepared, other: Prepared, verdict: Verdict) -> tuple[FieldComparison, ...]:
    before, after = one.record.variables(), other.record.variables()
    types = one.record.type, other.record.type
    compared = [
        FieldComparison(
            "type", Agreement.SAME if types[0] == types[1] else Agreement.DIFFERENT, *types
        )
    ]
    for attribute in {**before, **after}:
        old, new = before.get(attribute), after.get(attribute)
        if old is None or new is None:
            agreement, reason = Agreement.MISSING, ""
        elif old == new:
            agreement, reason = Agreement.SAME, ""
        else:
            agreement, reason = _compared(attribute, old, new, verdict)
        compared.append(FieldComparison(VARIABLE_OF[attribute], agreement, old, new, reason))
    return tuple(compared)


def _compared(attribute: str, old: Any, new: Any, verdict: Verdict) -> tuple[Agreement, str]:
    """Return how two values of a field relate to each other that are not equal as they are."""
    found = verdict.evidence
    if attribute == "title":
        return _TITLES[found.titles]
    if attribute == "author":
        return _PEOPLE[found.people]
    if attribute == "issued":
        if found.years == 0:
            return Agreement.SIMILAR, "the years agree"
        if found.years == _YEAR_OF_PRINT:
            return Agreement.SIMILAR, "one year apart, as the years online and in print"
        return Agreement.DIFFERENT, ""
    number = {
        "container_title": found.container,
        "container_title_short": found.container,
        "volume": found.volumes,
        "issue": found.issues,
        "page": found.pages,
        "doi": found.dois,
        "pmid": found.pmids,
        "isbn": found.isbns,
    }.get(attribute)
    if number is not None:
        agreement = _NUMBERS[number]
        reasons = {Agreement.SAME: _OTHER_FORM, Agreement.SIMILAR: "not comparable"}
        return agreement, reasons.get(agreement, "")
    if isinstance(old, str) and isinstance(new, str) and _letters(old) == _letters(new):
        return Agreement.SAME, _OTHER_FORM
    return Agreement.DIFFERENT, ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
