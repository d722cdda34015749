"""Records of one work as databases write it, and of works that are only similar to it.

Each function changes a record with a random generator, so a test names its seed. `SAME` are forms
of one work, `OTHERS` are other works, each under a name for the message of a failing test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from refcite import Date, Name, Record

Variation = Callable[[Random, Record], Record]

_FAMILIES_TEXT: Final = (
    "Müller Nguyễn O'Brien Łukasz García Østergaard Smith Chaikovskii Wang Dupré Öztürk"
    " Ferreira Kowalski Haddad Yamada Brontë Škvorecký Bjørk Papadopoulos Ivanov Rossi Jansen"
    " Silva Okafor"
)
_FAMILIES: Final = _FAMILIES_TEXT.split()
_GIVEN_TEXT: Final = "Ann Marie Jo Karl Dmitri Eva Tom Ruth Ivan Nadia Paul Zoë José Mei Ibrahim"
_GIVEN: Final = _GIVEN_TEXT.split()
_SUBJECTS_TEXT: Final = (
    "lamps bridges rivers glaciers antibodies orchards tariffs migraine enzymes harbours"
    " violins pensions reefs vaccines courts refugees sediments sensors markets kidneys wolves"
    " dialects tumours batteries seedlings hormones museums algorithms parasites wetlands"
    " schools ceramics"
)
_SUBJECTS: Final = _SUBJECTS_TEXT.split()
_PLACES_TEXT: Final = (
    "Ghana Norway Peru Kraków Hokkaido Wales Bavaria Quebec Kerala Tuscany Iowa Fiji Lapland"
)
_PLACES: Final = _PLACES_TEXT.split()
_METHODS: Final = (
    "a randomised controlled trial",
    "a cohort study",
    "a systematic review",
    "evidence from field surveys",
    "a comparative history",
    "results of ten years of monitoring",
    "an experimental approach",
)
_EFFECTS: Final = (
    "The effect of {a} on {b} in {p}",
    "Early detection of {a} with {b} in {p}",
    "Why {a} change {b} near rural {p}",
    "Modelling the growth of {a} and {b} across {p}",
    "Long-term exposure of {a} to {b} in urban {p}",
    "How {a} shaped {b} in nineteenth-century {p}",
)
_JOURNALS: Final = {
    "Journal of Applied Physics": "J Appl Phys",
    "Proceedings of the National Academy of Sciences of the United States of America": (
        "Proc Natl Acad Sci U S A"
    ),
    "The American Journal of Tropical Medicine and Hygiene": "Am J Trop Med Hyg",
    "International Review of Economics": "Int. Rev. Econ.",
    "European Journal of Social History": "Eur J Soc Hist",
    "Environmental Science & Technology": "Environ Sci Technol",
    "Zeitschrift für Naturforschung": "Z. Naturforsch.",
    "Acta Paediatrica (Oslo, Norway : 1992)": "Acta Paediatr",
}


def works(count: int, seed: int) -> Iterator[Record]:
    """Yield articles of which no two are the same work; titles share many words."""
    random = Random(seed)
    for number in range(count):
        a, b = random.sample(_SUBJECTS, 2)
        title = random.choice(_EFFECTS).format(a=a, b=b, p=random.choice(_PLACES))
        first = random.randrange(1, 1800)
        year = random.randrange(1985, 2024)
        yield Record(
            id=f"w{number}",
            type="article-journal",
            title=f"{title}: {random.choice(_METHODS)}" if random.random() < 0.7 else title,
            author=[
                Name(family=family, given=random.choice(_GIVEN))
                for family in random.sample(_FAMILIES, random.randrange(1, 7))
            ],
            issued=Date.of(year),
            container_title=random.choice(list(_JOURNALS)),
            volume=year - 1970,
            issue=random.randrange(1, 13),
            page=f"{first}-{first + random.randrange(2, 19)}",
            doi=f"10.{1000 + number % 90}/{number:06d}.{year}",
        )


# The same work


def initials(random: Random, record: Record) -> Record:
    return record.replace(
        author=[one.replace(given=f"{one.given[0]}.") for one in record.author if one.given]
    )


def turned_names(random: Random, record: Record) -> Record:
    return record.replace(
        author=[Name(family=one.given, given=one.family) for one in record.author]
    )


def other_order(random: Random, record: Record) -> Record:
    names = list(record.author)
    return record.replace(author=[*names[1:], names[0]]) if len(names) > 2 else record


def without_diacritics(random: Random, record: Record) -> Record:
    table = str.maketrans("üễŁłíØøéÖöčýëŠé", "ueLliOoeOocyeSe")
    return record.replace(
        author=[
            Name(family=(one.family or "").translate(table), given=(one.given or "")[0])
            for one in record.author
        ]
    )


def transliterated(random: Random, record: Record) -> Record:
    pairs = {"Müller": "Mueller", "Chaikovskii": "Tchaikovsky", "Ivanov": "Иванов", "Ö": "Oe"}
    names = []
    for one in record.author:
        family = one.family or ""
        for before, after in pairs.items():
            family = family.replace(before, after)
        names.append(Name(family=family, given=one.given))
    return record.replace(author=names)


def short_list(random: Random, record: Record) -> Record:
    names = record.author[:3]
    return record.replace(author=names, et_al=["author"] if len(record.author) > 3 else [])


def abbreviated(random: Random, record: Record) -> Record:
    title = record.container_title or ""
    return record.replace(container_title=_JOURNALS.get(title, title))


def shortened_pages(random: Random, record: Record) -> Record:
    first, _, last = (record.page or "").partition("-")
    same = 0
    while len(first) == len(last) and first[same : same + 1] == last[same : same + 1] != "":
        same += 1
    return record.replace(page=f"{first}-{last[same:] or last}")


def translated(random: Random, record: Record) -> Record:
    return record.replace(title=f"[{record.title}].")


def with_original(random: Random, record: Record) -> Record:
    return record.replace(title=f"Über das Übrige und das Allgemeine [{record.title}]")


def on_the_internet(random: Random, record: Record) -> Record:
    return record.replace(title=f"{record.title} [Internet]")


def without_subtitle(random: Random, record: Record) -> Record:
    return record.replace(title=(record.title or "").partition(":")[0])


def with_references(random: Random, record: Record) -> Record:
    title = (record.title or "").replace("the", "t&#104;e").replace("o", "&#x6f;", 1)
    return record.replace(title=f"<i>{title}</i>")


def in_capitals(random: Random, record: Record) -> Record:
    return record.replace(title=f"{(record.title or '').upper()}.")


def american(random: Random, record: Record) -> Record:
    title = record.title or ""
    for british, own in (("randomised", "randomized"), ("tumours", "tumors"), ("elling", "eling")):
        title = title.replace(british, own)
    return record.replace(title=title)


def misspelt(random: Random, record: Record) -> Record:
    title = record.title or ""
    place = random.choice([found.start() for found in re.finditer(r"[a-z](?=[a-z]{3})", title)])
    return record.replace(title=title[:place] + title[place + 1 :])


def printed_later(random: Random, record: Record) -> Record:
    year = record.issued.year if record.issued else None
    return record.replace(issued=Date.of((year or 2000) - 1))


def before_print(random: Random, record: Record) -> Record:
    return printed_later(random, record).replace(volume=None, issue=None, page=None)


SAME: Final[dict[str, Variation]] = {
    one.__name__: one
    for one in (
        initials, turned_names, other_order, without_diacritics, transliterated, short_list,
        abbreviated, shortened_pages, translated, with_original, on_the_internet, without_subtitle,
        with_references, in_capitals, american, misspelt, printed_later, before_print,
    )
}  # fmt: skip


def without_identifier(random: Random, record: Record) -> Record:
    return record.replace(doi=None)


# Other works


def preprint(random: Random, record: Record) -> Record:
    year = record.issued.year if record.issued else 2000
    return record.replace(
        issued=Date.of((year or 2000) - random.randrange(2)), container_title="bioRxiv",
        volume=None, issue=None, page=None, doi=f"10.1101/2020.{random.randrange(10**6)}",
    )  # fmt: skip


def conference_paper(random: Random, record: Record) -> Record:
    return record.replace(
        type="paper-conference", container_title="Proceedings of the 12th World Congress",
        volume=None, issue=None, page="17-21", doi=None,
    )  # fmt: skip


def abstract(random: Random, record: Record) -> Record:
    """Return the abstract at a conference, in a supplement of the same journal."""
    return record.replace(volume=int(record.volume or 1) - 1, issue=None, page="S77", doi=None)


def second_part(random: Random, record: Record) -> Record:
    return _later(record, title=f"{record.title}. Part II")


def erratum(random: Random, record: Record) -> Record:
    mark = random.choice(["Erratum: {}", "Correction to: {}", "{} (vol 3, pg 12, 2001)",
                          "Corrigendum to “{}”", "{}: Erratum"])  # fmt: skip
    return _later(record, title=mark.format(record.title))


def comment(random: Random, record: Record) -> Record:
    mark = random.choice(
        ["Comment on “{}”", "Re: {}", "Reply to: {}", "{}: author's reply", "Response to {}",
         "Letter to the editor: {}", "Commentary: {}"]
    )  # fmt: skip
    return _later(record, title=mark.format(record.title))


def later_comment(random: Random, record: Record) -> Record:
    """Return a letter of other authors under the title of the article."""
    return _later(record).replace(author=[Name(family="Zzyzx", given="Quentin")])


def next_year(random: Random, record: Record) -> Record:
    """Return the same column of the next year."""
    year = record.issued.year if record.issued else 2000
    return record.replace(
        issued=Date.of((year or 2000) + 1), volume=int(record.volume or 1) + 1, doi=None, page="9-9"
    )


def opposite(random: Random, record: Record) -> Record:
    title = (
        (record.title or "").replace(record.title.split()[-1], "Lesotho") if record.title else ""
    )
    return _later(record, title=title)


def _later(record: Record, title: str | None = None) -> Record:
    """Return a work in the same volume, some pages later."""
    first = int((record.page or "1").partition("-")[0]) + 211
    return record.replace(title=title or record.title, page=f"{first}-{first + 3}", doi=None)


OTHERS: Final[dict[str, Variation]] = {
    one.__name__: one
    for one in (
        preprint, conference_paper, abstract, second_part, erratum, comment, later_comment,
        next_year, opposite,
    )
}  # fmt: skip
