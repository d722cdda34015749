"""Macros and the expressions that use them."""

from __future__ import annotations

from typing import Final

from refcite.formats.bibtex.blocks import Value
from refcite.formats.dateparts import MONTHS

__all__ = ["STANDARD_MACROS", "evaluate"]

STANDARD_MACROS: Final[dict[str, str]] = {
    **{name[:3].lower(): name for name in MONTHS},
    "acmcs": "ACM Computing Surveys",
    "acta": "Acta Informatica",
    "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development",
    "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering",
    "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters",
    "jacm": "Journal of the ACM",
    "jcss": "Journal of Computer and System Sciences",
    "scp": "Science of Computer Programming",
    "sicomp": "SIAM Journal on Computing",
    "tcs": "Theoretical Computer Science",
    "tocs": "ACM Transactions on Computer Systems",
    "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics",
    "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems",
}
"""The macros that BibTeX's standard styles define (`plain.bst`)."""


def evaluate(value: Value, macros: dict[str, str], undefined: list[str]) -> str:
    """Return an expression's text; a macro that is not defined is replaced by its name.

    Example:
        >>> evaluate(((True, "jan"), (False, "~1")), STANDARD_MACROS, [])
        'January~1'
    """
    if isinstance(value, str):
        return value
    parts: list[str] = []
    for is_macro, text in value:
        if is_macro:
            known = macros.get(text) or macros.get(text.lower())
            if known is None:
                undefined.append(text)
                known = text
            parts.append(known)
        else:
            parts.append(text)
    return "".join(parts)
