"""One hard feature a file: what is right for each entry of `corpora/probes/f*.bib`."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from refcite.formats.bibtex import read
from refcite.library import Library
from refcite.names import Name
from tests.shared import shared_path

RIGHT: dict[str, dict[str, dict[str, Any]]] = {
    # A parent's booktitle is there for its children; else its title is theirs.
    "f01_crossref": {
        "c": {"title": "Child", "container_title": "Proc BT", "publisher": "Pub", "issued": "1999"},
        "p": {"title": "Proc Title", "publisher": "Pub"},
    },
    "f02_crossref_biblatex": {
        "c": {
            "title": "Child",
            "container_title": "Parent: Sub",
            "editor": (Name(family="Itor", given="Ed"),),
            "issued": "1999-05",
            "publisher_place": "Paris",
        },
    },
    "f03_xdata": {
        "b": {"publisher": "XPub", "publisher_place": "XCity", "collection_title": "XSer"},
    },
    "f04_concat": {"k": {"container_title": "Alpha Beta Gamma Delta", "issued": "2001-01-10"}},
    "f05_month": {
        **{key: {"issued": "2001-03"} for key in ("k1", "k2", "k3")},
        "k4": {"issued": "2001-03-15"},
        "k5": {"issued": "2001-03/2001-04"},
    },
    "f06_dates": {
        key: {"issued": edtf}
        for key, edtf in {
            "d1": "1988-03-01/1990-04-02",
            "d2": "1988/",
            "d3": "1988~",
            "d4": "1988?",
            "d5": "2001-21",
            "d6": "199X",
            "d7": "-0043-03",
            "d8": "2004-04-05",
            "d9": "1950~",
            "d10": "in press",
            "d11": "1988/1990",
            "d12": "/1990",
            "d13": "0850",
        }.items()
    },
    "f07_names": {
        key: {"author": names}
        for key, names in {
            "n1": (Name(family="Berg", given="Jan", non_dropping_particle="van der"),),
            "n2": (Name(family="Berg", given="Jan", non_dropping_particle="van der"),),
            "n3": (Name(family="King", given="Martin Luther", suffix="Jr."),),
            "n4": (
                Name(
                    family="Vallée Poussin",
                    given="Jean Charles Gabriel",
                    non_dropping_particle="de la",
                ),
            ),
            "n5": (
                Name(family="Zola", given="Émile"),
                Name(family="Beethoven", given="Ludwig", non_dropping_particle="van"),
            ),
            "n6": (Name(literal="Barnes and Noble"), Name(literal="NASA")),
            "n7": (
                Name(
                    family="Simpson",
                    given="Homer J",
                    non_dropping_particle="von",
                    suffix="III",
                ),
            ),
            "n8": (
                Name(family="Sartre", given="Jean-Paul"),
                Name(family="Ormesson", given="Jean", non_dropping_particle="d'"),
                Name(family="van den Berg", given="Jan"),
            ),
            "n10": (
                Name(family="Aristotle"),
                Name(family="毛泽东"),
                Name(literal="World Health Organization"),
            ),
            "n11": (Name(family="Knuth", given="Donald E."),),
        }.items()
    },
    "f08_latex": {
        key: {"title": title}
        for key, title in {
            "l1": "Ö, ö, ö, í, ß, Æ, ø, å, č, ç, ő, Ł, ĵ, ą, İ, ğ, í",
            "l2": "a–b a—b “quote” ‘s’ a\u00a0b & % _ # $ … – TeX LaTeX x",
            "l3": "The α-decay of H<sub>2</sub>O and x<sup>2</sup> with β",
            "l4": "An <i>Escherichia coli</i> <i>in vitro</i> <b>bold</b> "
            '<span style="font-variant:small-caps;">caps</span> <sup>2+</sup> <sub>2</sub> '
            "“quoted” “q” http://a_b.c/~x",
            "l5": "ﬁ ligature ﬀ already unicode é",
            "l6": r"link text (http://x.org) \unknowncmd{arg} \unknown x "
            "<i>italic</i> <i>emph</i> T Wort",
        }.items()
    },
    "f09_case": {
        "t1": {
            "title": 'The <span class="nocase">DNA</span> of <span class="nocase">Escherichia coli'
            '</span> and <i>Homo Sapiens</i> in <span class="nocase">T</span>he TeX World: A Study'
        },
        "t2": {"title": '<span class="nocase">All Protected Title Of Book</span>'},
        "t3": {"title": "Über die Theorie Des Todes", "language": "de"},
        "t4": {"title": "Using mRNA and iPhone with the NaCl Étude: a New Look"},
    },
    "f10_ids": {
        "i1": {
            "doi": "10.1002/(SICI)1097-4571(1999)50:3<200::AID-ASI>3.0.CO;2-#",
            "url": "http://ex.org/a_b%20c?x=1&y=2~z",
            "accessed": "2020-01-02",
        },
        "i2": {"doi": "10.1000/a_b", "url": "http://ex.org/a_b%20c&d"},
        "i3": {"url": "http://x.org/a_b"},
        "i4": {"pmid": "777", "pmcid": "PMC1", "issn": "1234-5678"},
    },
    "f11_pages": {
        **{
            key: {"page": page}
            for key, page in {
                "p1": "1-10",
                "p2": "1-10, 15-20",
                "p3": "A1–A5",
                "p4": "12+",
                "p5": "e12345",
                "p6": "1-1–1-23",
            }.items()
        },
        "p7": {
            "page": "10-20",
            "number_of_pages": "300",
            "number_of_volumes": "3",
            "chapter_number": "4",
            "collection_number": "5",
            "collection_title": "Ser",
            "edition": "2",
        },
    },
    "f12_langid": {
        "g1": {"language": "en-GB"},
        **{key: {"language": "de"} for key in ("g2", "g3", "g4")},
    },
    # BibTeX has no % comments: what follows one is an entry.
    "f13_comments": {
        "pct": {"title": "percent line is not a comment in bibtex"},
        "k1": {"title": "Real one"},
        "k2": {"title": "Real two"},
    },
    "f14_dups": {"k": {"title": "First"}, "K": {"title": "Third"}, "f": {"title": "One"}},
    "f15_malformed": {
        "ok1": {"title": "OK one"},
        "bad1": {"title": "Unclosed brace", "container_title": "J", "issued": "2001"},
        "bad2": {"title": "missing comma", "author": (Name(family="S", given="A"),)},
        "bad3": {"title": "Unclosed quote", "issued": "2001"},
        "item-8": {"title": "No key"},
        "bad4": {"container_title": "undefmac"},
        "ok6": {"title": "EOF cut", "issued": "2001"},
    },
    "f16_paren": {
        "k1": {"title": 'Paren (nested) <span class="nocase">brace)</span> entry'},
        "K2": {"title": 'He said "hi"'},
        "k:3/a+b'c": {"title": "key chars"},
        "clé é": {"title": "unicode key"},
    },
    "f17_subtitle": {
        "s1": {
            "title": "MT",
            "volume_title": "Main: Sub. Add",
            "volume": "2",
            "part_number": "3",
            "title_short": None,
            "note": "N. Ad",
            "original_date": "1950",
            "publisher": "P1 and P2",
            "publisher_place": "L1; L2",
        },
        "s2": {"type": "thesis", "genre": "PhD thesis", "publisher": "U"},
        "s3": {"type": "thesis", "genre": "Master’s thesis", "publisher": "U"},
        "s4": {"type": "report", "number": "TR-1", "publisher": "I"},
        "s5": {"type": "webpage", "url": "http://x.org", "accessed": "2020-05-06"},
        "s6": {"type": "document", "publisher": "HP"},
        "s7": {"type": "software", "version": "1.2"},
        "s8": {"type": "dataset", "publisher": "Zenodo"},
        "s9": {"type": "patent", "number": "US1", "genre": "U.S. patent"},
        "s11": {"type": "document"},
    },
}

# How many entries each file has, and what is reported, with the line.
REPORTED: dict[str, tuple[int, list[tuple[str, int | None]]]] = {
    "f01_crossref": (2, [("single-hyphen", 1)]),
    "f02_crossref_biblatex": (2, []),
    "f03_xdata": (1, []),
    "f04_concat": (1, []),
    "f05_month": (5, []),
    "f06_dates": (13, [("time-of-day", 8)]),
    "f07_names": (12, [("bad-name", 11), ("guessed-names", 12)]),
    "f08_latex": (6, [("unknown-command", 6)]),
    "f09_case": (4, []),
    "f10_ids": (4, [("doi-address", 2), ("bad-issn", 4)]),
    "f11_pages": (7, []),
    "f12_langid": (4, []),
    "f13_comments": (3, []),
    "f14_dups": (4, [("duplicate-field", 4), ("duplicate-id", 2)]),
    "f15_malformed": (
        11,
        [
            ("unclosed-value", 2),
            ("missing-comma", 5),
            ("unclosed-value", 7),
            ("missing-key", 10),
            ("undefined-macro", 11),
            ("unclosed-entry", 13),
        ],
    ),
    "f16_paren": (4, []),
    "f17_subtitle": (10, [("unknown-entry-type", 11)]),
}


@cache
def library(name: str) -> Library:
    return read(shared_path("corpora", "probes", f"{name}.bib").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("file", "key"), [(file, key) for file, entries in RIGHT.items() for key in entries]
)
def test_an_entry_says_what_is_right(file: str, key: str) -> None:
    record = library(file)[key]
    right = RIGHT[file][key]
    found = {attribute: getattr(record, attribute) for attribute in right}
    dates = {"issued", "accessed", "original_date"}
    assert {
        attribute: str(value) if attribute in dates else value for attribute, value in found.items()
    } == right


@pytest.mark.parametrize("file", REPORTED)
def test_what_is_doubtful_is_reported_and_no_entry_is_lost(file: str) -> None:
    entries, problems = REPORTED[file]
    read_ = library(file)
    assert len(read_) == entries
    assert [(problem.code, problem.line) for problem in read_.problems] == problems
