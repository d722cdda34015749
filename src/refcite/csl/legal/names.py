"""Names of bodies, and the symbols of documents, as OSCOLA prints them."""

from __future__ import annotations

import re
from typing import Final

from refcite.names import Name

__all__ = ["COUNTRY", "NUMBER_SIGN", "SYMBOL", "name_of_body", "whole_name", "without_stops"]

# Only from the first of several initials on, so that a long row of them is read once.
_INITIALS: Final = re.compile(
    r"(?<!\w)(?<!(?<!\w)[A-Z]\.)(?<!(?<!\w)[A-Z]\. )((?:[A-Z]\. ?)*[A-Z])\.(?=\W|$)"
)
NUMBER_SIGN: Final = re.compile(r"\bN[°º] ?|\b[Nn]o\. ?(?=\d)")
COUNTRY: Final = re.compile(r"(?P<country>[^:]{3,40}): (?P<body>.+)")
_ABBREVIATED: Final = re.compile(r"(?P<name>.*\S) \((?P<short>[A-Z][A-Za-z-]{1,11})\)")
_BODIES: Final = {
    "general assembly": "UNGA",
    "security council": "UNSC",
    "human rights council": "UNHRC",
    "commission on human rights": "UNCHR",
    "economic and social council": "ECOSOC",
}
_BODIES_SHORT: Final = {
    "children's fund": "UNICEF",
    "development programme": "UNDP",
    "high commissioner for human rights": "OHCHR",
    "high commissioner for refugees": "UNHCR",
}
"""Bodies that are abbreviated if the record abbreviates the United Nations, too."""
_UN_BODY: Final = re.compile(r"(?P<un>UN|U\.N\.|United Nations) (?P<body>.+)")
_SHORT_NAMES: Final = frozenset(
    ("UNHCR", "UNICEF", "UNDP", "UNESCO", "UNAMA", "OHCHR", "UNRWA", "UNODC", "UNFPA", "WHO", "ILO")
)


def whole_name(name: Name) -> str:
    """Return the name of a body, `""` for a person."""
    return name.literal or ("" if name.given else name.family or "")


def name_of_body(name: str) -> str:
    """Return the name of a body as OSCOLA prints it."""
    country = COUNTRY.fullmatch(name)
    if country is not None and country["country"].casefold() in country["body"].casefold():
        name = country["body"]
    short = _ABBREVIATED.fullmatch(name)
    if short is not None:
        if short["short"] in _SHORT_NAMES:
            return short["short"]
        name = short["name"]
    un = _UN_BODY.fullmatch(name)
    if un is not None:
        body = un["body"].casefold().replace("’", "'")
        if un["un"] == "UN":
            name = _BODIES_SHORT.get(body, name)
        return _BODIES.get(body, name)
    return without_stops(name)


def without_stops(text: str) -> str:
    """Return a text without the full stops of initials and of `v.`.

    Example:
        >>> without_stops("K. S. Y. v. U.S. Department of State")
        'KSY v US Department of State'
    """
    text = _INITIALS.sub(lambda found: re.sub(r"[. ]", "", found[1]), text)
    return text.replace(" v. ", " v ").replace(" c. ", " c ").replace(" vs. ", " v ")


SYMBOL: Final = re.compile(
    r"(?:UN Docs?\.? |U\.N\. Docs?\.? )?"
    r"(?P<symbol>(?:A|S|E|T|ST|HCR|HRI|EC|CAT|CCPR|CEDAW|CED|CERD|CMW|CRC|CRPD|DP|HSP|SPT|TD|UNEP"
    r"|UNHCR)/[A-Z0-9][\w./()*-]*(?: ?(?:Rev|Add|Corr)\. ?\d+)?)(?P<rest>.*)"
)
