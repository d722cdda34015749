"""A generated BibTeX file, like a library that was collected over years: the same for each run."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from typing import Final

__all__ = ["bibtex", "works"]

_WORDS: Final = (
    *("the", "of", "energy", "quantum", "structure", "protein", 'na{\\"i}ve', "{DNA}", "theory"),
    *('M{\\"u}ller', "model", "analysis", "caf{\\'e}", "data", "learning", "network", "{\\'E}tude"),
    *("effects", "on", "in", "for", "with", "and", "high", "low", "field", "spin", "phase"),
    *("growth", "rights", "children", "refugees", "courts", "evidence", "policy", "--", "review"),
)
_NAMES: Final = (
    'M{\\"u}ller, J{\\"o}rg',
    "van der Berg, Jan",
    "Garc{\\'\\i}a, Jos{\\'e}",
    "Smith, Ann B.",
    "{\\O}yvind {\\AA}s",
    "Knuth, Donald E.",
    "{World Health Organization}",
    "Dvo{\\v r}{\\'a}k, Anton{\\'\\i}n",
    "Marie Curie",
    "Erd{\\H o}s, P{\\'a}l",
)


def bibtex(entries: int) -> str:
    """Return a file of so many entries: proceedings, papers that refer to them, and articles.

    Four entries of ten have LaTeX in their names, nearly all in their titles and abstracts;
    three of ten take fields over `crossref`.
    """
    return "\n".join(works(entries))


def works(count: int) -> Iterator[str]:
    """Yield so many entries, the same each time."""
    chance = random.Random(1)
    return (_entry(index, chance) for index in range(count))


def _entry(index: int, chance: random.Random) -> str:
    if index % 10 == 0:
        return _proceedings(index, chance)
    return _paper(index, chance) if index % 10 < 4 else _article(index, chance)


def _proceedings(index: int, chance: random.Random) -> str:
    return f"""@proceedings{{p{index},
  title     = {{Proceedings of {_text(chance, 4)} {index}}},
  editor    = {{{_names(chance)}}},
  year      = {1990 + index % 30},
  publisher = {{ACM}},
  address   = {{New York}}
}}
"""


def _paper(index: int, chance: random.Random) -> str:
    return f"""@inproceedings{{i{index},
  author   = {{{_names(chance)}}},
  title    = {{{_text(chance, 9)} {index}}},
  pages    = {{{index}--{index + 9}}},
  abstract = {{{_text(chance, 90)}}},
  crossref = {{p{index - index % 10}}}
}}
"""


def _article(index: int, chance: random.Random) -> str:
    return f"""@article{{a{index},
  author   = {{{_names(chance)}}},
  title    = {{{_text(chance, 10)} {index}}},
  journal  = {{Journal of {_text(chance, 2)}}},
  volume   = {{{index % 50}}},
  number   = {{{index % 12}}},
  pages    = {{{index}--{index + 9}}},
  year     = {{{1990 + index % 30}}},
  month    = jan,
  doi      = {{10.1000/x{index}}},
  url      = {{http://example.org/a_b?x={index}}},
  abstract = {{{_text(chance, 100)}}},
  keywords = {{law, data, review}}
}}
"""


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words))


def _names(chance: random.Random) -> str:
    return " and ".join(chance.choice(_NAMES) for _ in range(chance.randint(1, 4)))


if __name__ == "__main__":
    sys.stdout.write(bibtex(int(sys.argv[1])))
