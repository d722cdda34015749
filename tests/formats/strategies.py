"""Records such as people have, and such as nobody should: markup, signs and gaps in any value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from refcite.dates import Date
from refcite.formats.crosswalk import Spec
from refcite.names import Name, read_list
from refcite.names.shapes import has_words_of_organisation
from refcite.record import Record
from refcite.vocabulary import (
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    STRING_VARIABLES,
    TITLE_VARIABLES,
    ItemType,
    attribute_of,
)

WORDS = st.sampled_from(
    [
        *"{}\\$%&#_^~`'\"<>@=,-–—“”é毛\xa0\n\t ",
        "and",
        "others",
        "--",
        "''",
        "``",
        "\\emph{x}",
        "<i>",
        "</i>",
        "<b>",
        "</b>",
        "</span>",
        '<span class="nocase">',
        "DNA",
        "von",
        "Müller",
        "\\foo{bar}",
        "$x$",
        "$\\frac{a}{b}$",
        "?`",
        "  ",
        "1",
        "Jr",
        "://",
        "10.1/x",
        "é",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
)
PARTS = st.none() | TEXTS
NAMES = st.builds(
    Name,
    family=PARTS,
    given=PARTS,
    suffix=PARTS,
    dropping_particle=PARTS,
    non_dropping_particle=PARTS,
    comma_suffix=st.booleans(),
) | st.builds(Name, literal=TEXTS)
DATES = st.sampled_from(
    [
        "2017",
        "2017-01",
        "2017-01-18",
        "1998/2001",
        "1984~",
        "199X",
        "../2001",
        "2001-21",
        "-0043",
        "1950?",
        "12004",
        "0850",
    ]
).map(Date.parse) | TEXTS.map(lambda text: Date(literal=text))


def _variables() -> dict[str, st.SearchStrategy[Any]]:
    of_kind: list[tuple[tuple[str, ...], st.SearchStrategy[Any]]] = [
        (NAME_VARIABLES, st.lists(NAMES, min_size=1, max_size=3).map(tuple)),
        (DATE_VARIABLES, DATES),
        (TITLE_VARIABLES + NUMBER_VARIABLES + STRING_VARIABLES, TEXTS | st.just("")),
    ]
    kinds = {attribute_of(name): kind for names, kind in of_kind for name in names}
    # White space around a DOI is not part of it, and no reader of CSL-JSON keeps it.
    kinds["doi"] = TEXTS.map(str.strip)
    return kinds


VARIABLES = _variables()
EXTRAS = st.dictionaries(
    st.sampled_from(
        [
            "custom",
            "subtitle",
            "titleaddon",
            "type",
            "organization",
            "title",
            "year",
            "date",
            "options",
        ]
    )
    | TEXTS,
    TEXTS | st.just("") | st.integers() | st.lists(st.integers(), max_size=2),
    max_size=3,
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Return a record with some variables, each of its kind, and with anything in `extra`."""
    chosen = draw(st.lists(st.sampled_from(sorted(VARIABLES)), max_size=6, unique=True))
    values = {name: draw(VARIABLES[name]) for name in chosen}
    lists = sorted(name for name, value in values.items() if isinstance(value, tuple))
    return Record(
        id=draw(TEXTS),
        type=draw(st.sampled_from(ITEM_TYPES)),
        extra=draw(EXTRAS),
        et_al=draw(st.sets(st.sampled_from(lists))) if lists else (),
        **values,
    )


# Persons, as people write them

_WORDS = "Roe Poe La Ortega y van der de la d'Or al-Said O'Neil 't José É. 毛 Jean-Paul von zu ben"
_FAMILIES = st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=3).map(" ".join)
_GIVEN_WORDS = "Ann J. R. Jean-Paul van de la von Émile Mary d'"
_GIVEN = st.lists(
    st.sampled_from(
        ["Ann", "J.", "R.", "Jean-Paul", "van", "de", "la", "von", "Émile", "Mary", "d'"]
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
_SUFFIXES = st.sampled_from(["", "", "Jr.", "III", "2nd", "MD"])


def _is_one_name(name: Name) -> bool:
    return bool(name.family and name.given) and read_list(name.inverted()).names == (name,)


PERSONS = st.builds(
    lambda *parts: Name.parse(", ".join(filter(None, parts))), _FAMILIES, _SUFFIXES, _GIVEN
).filter(_is_one_name) | st.sampled_from(
    [
        Name(literal="World Health Organization"),
        Name(literal="Ministry of Justice, Sweden"),
        Name(literal="UNESCO"),
        Name(literal="Ann Roe and Bob Poe"),
        Name(literal="Ludwig van Beethoven"),
    ]
)


# What formats with a table carry: texts of one line, that begin and end with a letter

PLAIN = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(
    lambda text: f"a{' '.join(''.join(filter(str.isprintable, text)).split())}z"
)
WHEN = ("2019", "2019-03", "2019-03-15", "2019-22", "1998/2001", "1950~")


def carried_records(
    table: Spec,
    texts: set[str],
    *,
    dates: tuple[str, ...] = ("issued",),
    when: tuple[str, ...] = WHEN,
    words: st.SearchStrategy[str] = PLAIN,
    literal: str = "",
) -> st.SearchStrategy[Record]:
    """Return records of every type that a format's table carries.

    Args:
        table: The table.
        texts: The attributes to fill with text, where the table carries them.
        dates: The attributes to fill with a date, likewise.
        when: The dates.
        words: The texts.
        literal: What stands before names that are not split.
    """
    parts = words.map(lambda text: f"A{' '.join(re.sub('[,;&<、，；]', ' ', text).split())}")
    # Some formats do not distinguish a person from `University, Department of Lamps`.
    persons = st.builds(Name, family=parts, given=parts).filter(
        lambda name: not has_words_of_organisation(f"{name.family} {name.given}")
    )
    names = persons | st.builds(Name, literal=parts.map(lambda text: f"{literal}{text}"))
    date = st.sampled_from(when).map(Date.parse)

    def of_type(csl_type: ItemType) -> st.SearchStrategy[Record]:
        carried = {attribute_of(variable) for variable in table.carried(csl_type)}
        values: dict[str, st.SearchStrategy[Any]] = {
            **dict.fromkeys(sorted(texts & carried), parts),
            **{name: date for name in dates if name in carried},
        }
        if "author" in carried:
            values["author"] = st.lists(names, max_size=3).map(tuple)
        return st.builds(Record, id=words, type=st.just(csl_type), **values)

    return st.sampled_from(table.carried_types()).flatmap(of_type)


_PROTECTED = re.compile(r'<span class="nocase">([^<>]*)</span>')


def unprotected(records: Iterable[Record]) -> list[Record]:
    """Return records without the protection of capitals in titles, which BibTeX's writers add."""
    return [
        record.replace(title=_PROTECTED.sub(r"\1", record.title)) if record.title else record
        for record in records
    ]
