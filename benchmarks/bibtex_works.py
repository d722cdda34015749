"""Generated BibTeX files, like libraries that were collected over years: the same for each run.

There are two kinds. `plain` has accents, braces and dashes. `mathematics` adds what files of
physics, biology and mathematics contain: formulas, ties, fonts, signs and quotation marks of LaTeX
in titles and abstracts, macros, notes with a URL, and 10,000 different names.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from itertools import product
from typing import Final

__all__ = ["KINDS", "bibtex", "works"]

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

_MORE_WORDS: Final = (
    *("the", "of", "in", "on", "and", "for", "with", "from", "by", "a", "energy", "structure"),
    *("model", "analysis", "data", "field", "spin", "phase", "growth", "rate", "decay", "light"),
    *("scattering", "lattice", "boundary", "surface", "cell", "protein", "gene", "species", "soil"),
    *("measurement", "estimate", "bound", "limit", "equation", "operator", "kernel", "group"),
    *("temperature", "pressure", "water", "forest", "climate", "season", "river", "population"),
)
_MARKED: Final = (
    # Formulas, most of them with simple contents.
    *("$\\alpha$", "$\\beta$-decay", "$N$", "$p = 0.05$", "$\\mathrm{CO}_2$", "H$_2$O", "$x^2$"),
    *("$10^{-3}$", "$^{13}$C", "$\\Lambda_b^0$", "$\\gamma$~rays", "$n \\to \\infty$", "$SU(2)$"),
    *("$\\sqrt{s} = 13$~TeV", "$L^p$", "$\\mathbb{R}^n$", "$\\mu$m", "$\\Delta S = 2$"),
    # Ties, fonts, signs, dashes and quotation marks.
    *("Fig.~2", "about 300~K", "Part~I", "van~der~Waals", "no.~7", "\\emph{in vivo}"),
    *("\\emph{Homo sapiens}", "\\textit{ab initio}", "{\\em E. coli}", "\\textbf{not}", "5\\,\\%"),
    *("Smith \\& Sons", "1990--2000", "yes --- or no", "``free''", "`open'", "x\\_i", "\\LaTeX{}"),
    # Braces that protect capitals, and accents.
    *("{DNA}", "{Bayesian}", "{Green's} functions", "the {X}-ray", 'Schr{\\"o}dinger', 'na\\"ive'),
    *("caf{\\'e}", "\\v{C}erenkov", "Poincar\\'{e}", '{\\AA}ngstr{\\"o}m', "Erd\\H{o}s", "{\\O}re"),
)
_FAMILIES: Final = tuple(
    start + end
    for start, end in product(
        (
            *("Ander", "Ber", "Cal", "D{\\'i}a", "Eck", "Fisch", 'G{\\"o}t', "Hal", "Iva", "Jan"),
            *('K{\\"u}h', "Lin", "Mar", "Nak", "Oli", "P{\\'e}r", "Ros", 'Sch{\\"a}', "Tan"),
            *("Uch", "Van", "Wal", "Yam", "{\\v Z}i", "{\\O}st"),
        ),
        (
            *("son", "ger", "man", "ler", "nov", "ova", "ski", "mura", "berg", "dal"),
            *("ini", "ez", "ard", "stein", "feld", "ton", "ley", "wood", "sen", "ev"),
        ),
    )
)
_GIVEN: Final = (
    *(
        "Ana",
        "B. C.",
        "Dmitri",
        "{\\'E}lise",
        "Farid",
        "Grace H.",
        "In\\^es",
        "Jun",
        "K.~L.",
        "Lea",
    ),
    *("Mar\\'{\\i}a", "Noor", "Olga V.", "Paul", "Q.", "Ren{\\'e}e", "S. Tom", "Uwe", "Wei", "Zoe"),
)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_BODIES: Final = ("{ATLAS Collaboration}", "{World Health Organization}", "{Bureau of Soils}")
_STRINGS: Final = '@string{prx = "Physical Review of Examples"}\n@string{jex = {J. Exam. Math.}}\n'


def bibtex(entries: int, kind: str = "plain") -> str:
    """Return a file of so many entries: proceedings, papers that refer to them, and articles.

    Four entries of ten have LaTeX in their names, nearly all in their titles and abstracts;
    three of ten take fields over `crossref`.

    Args:
        entries: The number of entries.
        kind: One of `KINDS`.
    """
    return (_STRINGS if kind == "mathematics" else "") + "\n".join(works(entries, kind))


def works(count: int, kind: str = "plain") -> Iterator[str]:
    """Yield so many entries of a kind, the same each time."""
    chance = random.Random(1)
    return (KINDS[kind](index, chance) for index in range(count))


# The plain kind


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


# The kind with mathematics


def _marked_entry(index: int, chance: random.Random) -> str:
    place = index % 10
    if place == 0:
        return _marked_proceedings(index, chance)
    if place < 4:
        return _marked_paper(index, chance)
    return _marked_note(index, chance) if place == 4 else _marked_article(index, chance)


def _marked_proceedings(index: int, chance: random.Random) -> str:
    return f"""@proceedings{{p{index},
  title     = {{Proceedings of the {index}th Meeting on {_marked(chance, 4, 1)}}},
  editor    = {{{_people(chance)}}},
  year      = {1990 + index % 30},
  series    = {{Lecture Notes in Examples}},
  volume    = {{{index % 900}}},
  publisher = {{Sample \\& Sons}},
  address   = {{Z{{\\"u}}rich}}
}}
"""


def _marked_paper(index: int, chance: random.Random) -> str:
    return f"""@inproceedings{{i{index},
  author   = {{{_people(chance)}}},
  title    = {{{_marked(chance, 9, 2)}}},
  pages    = {{{index}--{index + 9}}},
  abstract = {{{_marked(chance, 90, 4)}}},
  crossref = {{p{index - index % 10}}}
}}
"""


def _marked_note(index: int, chance: random.Random) -> str:
    return f"""@techreport{{t{index},
  author      = {{{_people(chance)}}},
  title       = {{{{{_marked(chance, 7, 1)}}}}},
  institution = {{{chance.choice(_BODIES)}}},
  number      = {{TR-{index}}},
  year        = {{{1990 + index % 30}}},
  month       = {chance.choice(_MONTHS)},
  note        = {{Available at \\url{{http://example.org/~reports/{index}}}}}
}}
"""


def _marked_article(index: int, chance: random.Random) -> str:
    return f"""@article{{a{index},
  author   = {{{_people(chance)}}},
  title    = {{{_marked(chance, 10, 2)}}},
  journal  = {chance.choice(("prx", "jex", "{Journal of Fields {B}}", '"Acta Exemplaria"'))},
  volume   = {{{index % 50}}},
  number   = {{{index % 12}}},
  pages    = {{{index}--{index + 9}}},
  year     = {{{1990 + index % 30}}},
  month    = {chance.choice(_MONTHS)},
  doi      = {{10.1000/x{index}}},
  url      = {{http://example.org/~a_b?x={index}}},
  abstract = {{{_marked(chance, 100, 4)}}},
  keywords = {{lattice, {chance.choice(_MARKED)}, decay}}
}}
"""


def _persons() -> list[str]:
    """Return 10,000 names: most with the family name first, some with a particle."""
    chance = random.Random(2)
    names: list[str] = []
    for family, given in product(_FAMILIES, _GIVEN):
        way = chance.random()
        if way < 0.05:
            names.append(f"van der {family}, {given}")
        else:
            names.append(f"{given} {family}" if way < 0.2 else f"{family}, {given}")
    return names


_PERSONS: Final = _persons()


def _marked(chance: random.Random, words: int, marks: int) -> str:
    """Return a text of so many words, among which so many pieces have LaTeX."""
    chosen = [*chance.choices(_MORE_WORDS, k=words), *chance.choices(_MARKED, k=marks)]
    chance.shuffle(chosen)
    return " ".join(chosen)


def _people(chance: random.Random) -> str:
    people = chance.choices(_PERSONS, k=chance.randint(1, 5))
    if chance.random() < 0.03:
        people[0] = chance.choice(_BODIES)
    if chance.random() < 0.05:
        people.append("others")
    return " and ".join(people)


KINDS: Final[dict[str, Callable[[int, random.Random], str]]] = {
    "plain": _entry,
    "mathematics": _marked_entry,
}
"""The kinds of files, each with the function that returns an entry."""


if __name__ == "__main__":
    sys.stdout.write(bibtex(int(sys.argv[1]), *sys.argv[2:3]))
