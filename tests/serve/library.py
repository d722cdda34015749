"""Libraries that the tests make: a large one, and one that means harm in every field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from refcite.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    STRING_VARIABLES,
    TITLE_VARIABLES,
)

__all__ = ["HARM", "harmful", "large"]

_WORDS: Final = [
    "asylum",
    "border",
    "camp",
    "court",
    "detention",
    "exile",
    "family",
    "guard",
    "haven",
    "island",
]

HARM: Final = (
    "<script>window.harmed = 1</script>",
    '<img src=x onerror="window.harmed = 1">',
    '"><svg onload="window.harmed=1">',
    "javascript:window.harmed=1",
    "</textarea></bdi></li><style>body { display: none }</style>",
    "<i style='position:fixed;inset:0;background:red'>over all</i>",
    '<span class="nocase" onclick="window.harmed=1">case</span>',
    "\u202egnp.evil \u2066\u2067\u202d turned",
    "עברית abc العربية 123",
    "nul\x01 bell\x07 escape\x1b[31m \x7f \x85 \u2028 \u2029",
    "Z" + "\u0300\u0301\u0302\u0316\u0317" * 40,
    "https://example.org/" + "a" * 600,
    "${7*7} {{7*7}} $limit %s %(x)s",
    "&lt;b&gt; &#60;script&#62; &amp;",
)
"""What somebody may write into a field who means harm, or has met it."""


def large(count: int) -> str:
    """Return a library in BibTeX."""
    return "\n".join(_entries(count))


def _entries(count: int) -> Iterator[str]:
    for number in range(count):
        one, two = _WORDS[number % 10], _WORDS[number // 10 % 10]
        yield (
            f"@article{{{one}{number},\n"
            f"  author  = {{{two.title()}, Ann{number % 7} and {one.title()}son, Bert}},\n"
            f"  title   = {{The {one} and the {two}: a study in {number} parts}},\n"
            f"  journal = {{Journal of {two.title()} Studies}},\n"
            f"  year    = {1950 + number % 70},\n"
            f"  volume  = {number % 40 + 1},\n"
            f"  pages   = {{{number + 1}--{number + 12}}},\n"
            f"  doi     = {{10.1000/{one}.{number}}},\n"
            "}\n"
        )


def harmful() -> str:
    """Return CSL-JSON with each harm in every variable, in ids, types and fields of no variable."""
    return json.dumps([_item(number, harm) for number, harm in enumerate(HARM)])


def _item(number: int, harm: str) -> dict[str, object]:
    item: dict[str, object] = {"id": f"{number} {harm}", "type": harm if number % 4 else "book"}
    for variable in (*TITLE_VARIABLES, *NUMBER_VARIABLES, *STRING_VARIABLES):
        item[variable] = harm
    for variable in NAME_VARIABLES:
        item[variable] = [{"family": harm, "given": harm}, {"literal": harm}]
    for variable in DATE_VARIABLES:
        item[variable] = {"literal": harm}
    item[f"custom {harm}"] = harm
    return item
