"""Works for the benchmarks, made up but of the shapes that libraries hold.

The same count always gives the same works. Authors, years and titles recur as they do in a real
library, so that names, year suffixes and sorting have work to do; the number of authors grows with
the number of works, as it does there.
"""

from __future__ import annotations

import random
from typing import Any

__all__ = ["csl_json"]

_STEMS = (
    "Al Ber Car Dob Er Fal Gor Hal Ir Jen Kar Lun Mor Nor Ol Per Quin Ros Sal Tor Ur Ves Wil Yor"
    " Zan"
)
_ENDS = (
    "a berg dal elli feld gren ham insky jee kov land mann nen ova quist ridge sen ton uz vic wood"
)
_GIVEN = (
    "Ana Boris Carla David Elena Farid Grace Hiro Ines Jamal Karin Liu Maria Nils Olga Pedro Qi"
    " Rosa Samuel Tariq Ulla Viktor Wanda Xenia Yusuf Zoë"
)
_WORDS = (
    "access analysis approach asylum border case change climate community conflict country court"
    " culture data development economy education evidence family field gender growth health history"
    " human law language learning market measure method migration model movement network origin"
    " policy population practice protection reading region report research review right river rule"
    " safety school science security society source state structure study survey system theory"
    " trade treatment value violence water work world"
)
_LINKS = "and in of for from the under without between"
_PLACES = "Berlin Cairo Geneva Lagos Lima London Nairobi Oslo Paris Tokyo Vienna"
_TYPES = (
    ["article-journal"] * 9
    + ["book"] * 4
    + ["chapter"] * 3
    + ["report"] * 3
    + ["webpage", "thesis", "paper-conference", "article-newspaper"]
)


def csl_json(count: int) -> list[dict[str, Any]]:
    """Return so many works as CSL-JSON."""
    chance = random.Random(count)
    authors = [_name(chance) for _ in range(max(count // 2, 10))]
    return [_work(number, authors, chance) for number in range(count)]


def _name(chance: random.Random) -> dict[str, str]:
    family = chance.choice(_STEMS.split()) + chance.choice(_ENDS.split())
    given = chance.choice(_GIVEN.split())
    if chance.random() < 0.5:
        given += f" {chance.choice('ABCDEFGHJKLMNPRSTW')}."
    name = {"family": family, "given": given}
    if chance.random() < 0.05:
        name["non-dropping-particle"] = chance.choice(["van", "de", "von der"])
    if chance.random() < 0.02:
        name["suffix"] = chance.choice(["Jr.", "III"])
    return name


def _names(authors: list[dict[str, str]], most: int, chance: random.Random) -> list[dict[str, str]]:
    # The square favours some authors: one writes much, many write once.
    count = min(1 + int(chance.expovariate(0.7)), most)
    return [authors[int(chance.random() ** 2 * len(authors))] for _ in range(count)]


def _title(chance: random.Random, least: int, most: int) -> str:
    words = [chance.choice(_WORDS.split()) for _ in range(chance.randint(least, most))]
    for place in range(2, len(words), 3):
        words.insert(place, chance.choice(_LINKS.split()))
    title = " ".join(words).capitalize()
    if chance.random() < 0.3:
        title += ": " + " ".join(chance.choice(_WORDS.split()) for _ in range(3)).capitalize()
    if chance.random() < 0.05:
        title = title.replace(" ", " <i>", 1) + "</i>"
    if chance.random() < 0.05:
        title = f'The "{words[0]}" of {title}'
    return title


def _date(chance: random.Random) -> dict[str, Any]:
    parts = [chance.randint(1960, 2024)]
    if chance.random() < 0.5:
        parts.append(chance.randint(1, 12))
        if chance.random() < 0.6:
            parts.append(chance.randint(1, 28))
    return {"date-parts": [parts]}


def _work(number: int, authors: list[dict[str, str]], chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(_TYPES)
    first = chance.randint(1, 900)
    work: dict[str, Any] = {
        "id": f"work-{number}",
        "type": kind,
        "title": _title(chance, 3, 9),
        "author": _names(authors, 12, chance),
        "issued": _date(chance),
        "language": "en-US",
    }
    if kind in ("article-journal", "paper-conference", "article-newspaper", "chapter"):
        work["container-title"] = _title(chance, 2, 4)
        work["page"] = f"{first}-{first + chance.randint(1, 60)}"
    if kind == "article-journal":
        work["volume"] = str(chance.randint(1, 90))
        work["issue"] = str(chance.randint(1, 12))
        work["DOI"] = f"10.1000/{number}.{first}"
    if kind in ("book", "chapter", "report", "thesis"):
        work["publisher"] = f"{chance.choice(_STEMS.split())}ton Press"
        work["publisher-place"] = chance.choice(_PLACES.split())
    if kind == "chapter":
        work["editor"] = _names(authors, 3, chance)
    if kind == "book" and chance.random() < 0.3:
        work["edition"] = str(chance.randint(2, 6))
    if kind in ("webpage", "report", "article-newspaper"):
        work["URL"] = f"https://example.org/{kind}/{number}"
        work["accessed"] = _date(chance)
    return work
