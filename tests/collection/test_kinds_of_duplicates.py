"""The kinds of works that are never one, and the differences within one work, in many forms.

Each kind has records of other works or of one work in the forms in which databases, catalogues and
authors write them.
"""

from __future__ import annotations

from typing import Any, Final

import pytest

from refcite import Certainty, Record
from refcite.collection.duplicates import compare_works

SURE: Final = (Certainty.CERTAIN, Certainty.LIKELY)
ARTICLE: Final = Record(
    type="article-journal",
    title="Tidal energy and the nesting of coastal terns: a field study",
    author=["Brandvold, Ingrid", "Nakamura, Kenji", "Osei, Kwame", "Łukasik, Piotr"],
    issued="2016-05",
    container_title="Journal of Coastal Ecology",
    volume=33,
    issue=2,
    page="112-125",
    doi="10.5555/jce.2016.0112",
)
BOOK: Final = Record(
    type="book",
    title="Foundations of tidal engineering",
    author=["Brandvold, Ingrid", "Nakamura, Kenji"],
    issued=2008,
    publisher="Harbour Press",
    publisher_place="Bergen",
)
PAPER: Final = Record(
    type="paper-conference",
    title="Counting terns from the air with small drones",
    author=["Osei, Kwame", "Brandvold, Ingrid"],
    issued=2015,
    container_title="Proceedings of the 9th Conference on Coastal Survey",
    page="77-84",
)


def certainty(one: Record, changes: dict[str, Any]) -> Certainty | None:
    """Return the certainty of a record and its changed form, which is the same in both orders."""
    other = one.replace(**changes)
    found = compare_works(one, other).certainty
    assert compare_works(other, one).certainty is found
    return found


def _no_place(**changes: Any) -> dict[str, Any]:
    return {"doi": None, "volume": None, "issue": None, "page": None, **changes}


OTHER_WORKS: Final[dict[str, tuple[Record, list[dict[str, Any]]]]] = {
    "preprint and article": (
        ARTICLE,
        [
            _no_place(type="article", container_title="bioRxiv", doi="10.1101/2015.12.01.033112"),
            _no_place(type="article", container_title=None, publisher="arXiv",
                      doi="10.48550/arxiv.1512.01234"),
            _no_place(container_title="SSRN Electronic Journal", doi="10.2139/ssrn.2700001"),
            _no_place(container_title="arXiv preprint arXiv:1512.01234", issued=2015),
            _no_place(type="manuscript", genre="Preprint", container_title=None, issued=2015),
            _no_place(type="article", container_title=None, url="https://arxiv.org/abs/1512.01234",
                      number="arXiv:1512.01234"),
            _no_place(type="report", genre="Working paper", container_title=None),
        ],
    ),
    "conference paper and journal article": (
        ARTICLE,
        [
            _no_place(type="paper-conference", container_title="Coastal Ecology 2015, Bergen",
                      page="1-6"),
            _no_place(type="paper-conference", container_title="Proc. Int. Symp. Tidal Power",
                      issued=2015),
            _no_place(type="speech", container_title=None, event_title="Coastal Days 2016"),
            # Its abstract in a supplement of the same journal.
            {"volume": 32, "issue": None, "page": "S14", "doi": None},
            {"volume": 33, "issue": "Suppl 1", "page": "S114", "doi": None, "issued": 2016},
        ],
    ),
    "editions of a book": (
        BOOK,
        [
            {"edition": "2", "issued": 2014},
            {"edition": "2nd ed.", "issued": 2014},
            {"edition": "Third edition", "issued": 2019},
            {"edition": "Zweite, überarbeitete Auflage", "issued": 2012},
            {"title": f"{BOOK.title} (2nd edition)", "issued": 2014},
            {"title": f"{BOOK.title}, 2nd ed.", "issued": 2014},
            {"title": f"{BOOK.title}. Second Edition", "issued": 2014},
            {"issued": 1998},
        ],
    ),
    "volumes of a book": (
        BOOK,
        [
            {"title": f"{BOOK.title}. Volume 2"},
            {"title": f"{BOOK.title}, vol. II"},
            {"title": f"{BOOK.title} 2"},
            {"title": f"{BOOK.title}: Band 2"},
            {"title": f"{BOOK.title}. Tome III"},
            {"title": f"{BOOK.title}. Heft 4"},
            {"title": f"{BOOK.title}, Fasc. 2"},
            {"title": f"{BOOK.title}. Часть 2"},
            {"title": f"{BOOK.title}, 2. díl"},
            {"title": f"{BOOK.title}: Pars altera, 2"},
            {"volume": 2},
            {"volume_title": "Turbines", "volume": "2", "issued": 2010},
        ],
    ),
    "parts of a series": (
        ARTICLE,
        [
            {"title": f"{ARTICLE.title}. Part II", "page": "126-139", "doi": None},
            {"title": f"{ARTICLE.title} - 2", "page": "126-139", "doi": None},
            {"title": f"{ARTICLE.title}. II. Chicks", "page": "126-139", "doi": None},
            {"title": f"{ARTICLE.title} (part 2)", "page": "126-139", "doi": None},
            {"title": f"{ARTICLE.title}: 2017 update", "volume": 34, "issued": 2017, "doi": None},
        ],
    ),
    "erratum and article": (
        ARTICLE,
        [
            {"title": title.format(ARTICLE.title), "page": "301", "doi": None}
            for title in (
                "Erratum: {}", "Erratum to: {}", "Erratum for '{}'", "Correction: {}",
                "Correction to: {}", "Author Correction: {}", "Publisher's Correction: {}",
                "Corrigendum to “{}” [J. Coast. Ecol. 33 (2016) 112–125]",
                "{} (vol 33, pg 112, 2016)",
                "{} [Erratum]", "{} (Corrigendum)", "Retraction: {}", "Retraction notice to “{}”",
                "Expression of concern: {}", "Addendum: {}", "Corrections to {}",
            )
        ],
    ),
    "comment and article": (
        ARTICLE,
        [
            {"title": title.format(ARTICLE.title), "page": "301-302", "doi": None, "author": author}
            for author in (ARTICLE.author, ["Vogel, Uta"])
            for title in (
                "Comment on “{}”", "Comments on: {}", "Re: {}", "Reply to “{}”", "Response to: {}",
                "{}: reply", "{}: authors' response", "Commentary: {}", "Letter to the editor: {}",
                "Discussion of “{}”", "In response to {}",
            )
        ],
    ),
    "book and chapter": (
        BOOK,
        [
            {"type": "chapter", "container_title": BOOK.title, "page": "1-20"},
            {"type": "chapter", "container_title": BOOK.title, "title": "Introduction",
             "page": "1-9"},
            {"type": "entry-encyclopedia", "container_title": "Encyclopedia of the sea"},
            {"type": "chapter", "container_title": "Handbook of energy", "page": "33-60"},
        ],
    ),
    "book and its review": (
        BOOK,
        [
            {"type": "review-book", "author": "Vogel, Uta", "container_title": "Sea Reviews"},
            {"type": "article-journal", "author": "Vogel, Uta", "container_title": "Sea Reviews",
             "volume": 4, "page": "18-19", "issued": 2009},
            {"type": "article-journal", "title": f"Book review: {BOOK.title}", "volume": 4,
             "container_title": "Sea Reviews", "author": "Vogel, Uta"},
            {"type": "article-journal", "title": f"Review of “{BOOK.title}”", "volume": 4,
             "container_title": "Sea Reviews", "page": "18"},
            {"type": "article-journal", "container_title": "Sea Reviews", "page": "18-19",
             "title": f"{BOOK.title}, by Ingrid Brandvold and Kenji Nakamura"},
        ],
    ),
    "thesis and its publication": (
        BOOK,
        [
            {"type": "thesis", "publisher": "University of Bergen", "issued": 2006},
            {"type": "article-journal", "container_title": "Tides", "volume": 3, "page": "1-20"},
        ],
    ),
    "reports of a series": (
        BOOK.replace(type="report", number="TR-12", author="{Harbour Institute}"),
        [
            {"number": "TR-13"},
            {"title": f"{BOOK.title} 2009", "number": None},
            {"issued": 2009, "number": None},
        ],
    ),
    "books of a series": (
        BOOK.replace(collection_title="Tidal Studies", collection_number="1,6"),
        [
            {"collection_number": "1,7"},
            {"collection_number": "II.6"},
            {"isbn": "978-82-321-0001-4", "collection_number": "Vol. 8"},
        ],
    ),
    "papers of two conferences": (
        PAPER,
        [
            {"container_title": "Proceedings of the 10th Conference on Coastal Survey",
             "issued": 2017, "page": "12-19"},
            {"title": "Counting terns from the ground with small drones", "page": "85-92"},
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHER_WORKS)
def test_works_that_are_never_one(kind: str) -> None:
    record, variants = OTHER_WORKS[kind]
    found = {str(changes): certainty(record, changes) for changes in variants}
    assert {changes: value for changes, value in found.items() if value in SURE} == {}


ONE_WORK: Final[dict[str, tuple[Record, list[dict[str, Any]]]]] = {
    "initials": (
        ARTICLE,
        [
            {"author": ["Brandvold, I.", "Nakamura, K.", "Osei, K.", "Łukasik, P."]},
            {"author": ["Brandvold, I", "Nakamura, K", "Osei, K", "Łukasik, P"]},
            {"author": ["Brandvold, Ingrid M.", "Nakamura, Kenji T.", "Osei, K.", "Łukasik, P."]},
            {"author": ["{Brandvold I}", "{Nakamura K}", "{Osei K}", "{Łukasik P}"]},
        ],
    ),
    "order of names": (
        ARTICLE,
        [
            {"author": ["Ingrid, Brandvold", "Kenji, Nakamura", "Kwame, Osei", "Piotr, Łukasik"]},
            {"author": ["Ingrid Brandvold", "Kenji Nakamura", "Kwame Osei", "Piotr Łukasik"]},
            {"author": [ARTICLE.author[place] for place in (0, 2, 1, 3)]},
        ],
    ),
    "diacritics and transliteration": (
        ARTICLE.replace(author=["Müller, Jürgen", "Чайковский, Пётр", "Øverås, Åse"]),
        [
            {"author": ["Mueller, J.", "Tchaikovsky, P.", "Overas, A."]},
            {"author": ["Muller, Jurgen", "Chaikovskii, Petr", "Øverås, Åse"]},
            {"author": ["Müller, J", "Chaykovskiy, P", "Oeveraas, A"]},
            {"author": ["Mu\u0308ller, Ju\u0308rgen", "Čajkovskij, Petr", "Øverås, Åse"]},
        ],
    ),
    "abbreviated journal": (
        ARTICLE,
        [
            {"container_title": title, "page": None, "doi": None}
            for title in ("J. Coast. Ecol.", "J Coast Ecol", "Journal of Coastal Ecology (Online)",
                          "J COASTAL ECOL", "The Journal of Coastal Ecology")
        ],
    ),
    "pages": (
        ARTICLE,
        [
            {"page": page}
            for page in ("112-25", "112–125", "112--125", "pp. 112-125", "112", "112-125, 130",
                         "p. 112", "112 - 5")
        ],
    ),
    "missing fields": (
        ARTICLE,
        [{}, {"volume": None}, {"issue": None}, {"page": None}, {"volume": None, "issue": None},
         _no_place(), {"author": ()}, {"issued": None}],
    ),
    "titles": (
        ARTICLE,
        [
            {"title": title}
            for title in (
                "Tidal energy and the nesting of coastal terns",
                "Tidal energy and the nesting of coastal terns.",
                "TIDAL ENERGY AND THE NESTING OF COASTAL TERNS: A FIELD STUDY",
                "Tidal energy and the nesting of coastal terns - a field study",
                "Tidal energy and the nesting of coastal terns [Internet]",
                "[Tidal energy and the nesting of coastal terns: a field study]",
                "Gezeitenkraft und das Brüten der Küstenvögel [Tidal energy and the nesting of"
                " coastal terns: a field study]",
                "Tidal energy &amp; the nesting of coastal terns: a field study",
                "<i>Tidal</i> energy and the nesting of coastal terns: a field study",
                "Tidal&nbsp;energy and the nesting of coastal&#32;terns: a field study",
                "Tidal energy and the nesting of costal terns: a field study",
                "RETRACTED: Tidal energy and the nesting of coastal terns: a field study",
            )
        ],
    ),
    "truncated list of authors": (
        ARTICLE,
        [
            {"author": ARTICLE.author[:3], "et_al": ["author"]},
            {"author": ARTICLE.author[:1], "et_al": ["author"]},
            {"author": [*ARTICLE.author[:2], "{et al.}"]},
            {"author": [*ARTICLE.author[:2], "{others}"]},
        ],
    ),
    "years online and in print": (
        ARTICLE,
        [
            {"issued": "2015-12-20"},
            {"issued": 2017},
            {"issued": "2015-12-20", "volume": None, "issue": None, "page": None},
        ],
    ),
    "a book": (
        BOOK,
        [
            {"publisher": "Harbour Pr."},
            {"publisher": None, "publisher_place": None},
            {"isbn": "978-82-321-0000-7"},
            {"edition": "1st"},
            {"author": ["Brandvold, I.", "Nakamura, K."]},
            {"title": "Foundations of Tidal Engineering [electronic resource]"},
        ],
    ),
    "a book of a series": (
        BOOK.replace(collection_title="Tidal Studies", collection_number="31"),
        [{"collection_number": "Bd. 31"}, {"collection_number": "N.F. 031"},
         {"collection_number": None}],
    ),
    "a conference paper": (
        PAPER,
        [
            {"container_title": "Proc. 9th Conf. Coastal Survey"},
            {"page": None},
            {"type": "chapter"},
            {"container_title": "Conference on Coastal Survey", "page": "77–84"},
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("has_doi", [True, False], ids=["doi", "no-doi"])
@pytest.mark.parametrize("kind", ONE_WORK)
def test_differences_within_one_work(kind: str, has_doi: bool) -> None:
    record, variants = ONE_WORK[kind]
    found = {}
    for changes in variants:
        if not has_doi:
            changes = {"doi": None, **changes}
        found[str(changes)] = certainty(record, changes)
    assert {changes: value for changes, value in found.items() if value not in SURE} == {}


def test_books_with_different_isbns_are_only_possibly_one_work() -> None:
    book = BOOK.replace(isbn="978-82-321-0000-7")
    assert certainty(book, {"isbn": "978-82-321-0001-4"}) is Certainty.POSSIBLE
    assert certainty(book, {"isbn": "9788232100007"}) is Certainty.CERTAIN
    assert certainty(book, {"isbn": "8232100001"}) in (Certainty.POSSIBLE, Certainty.CERTAIN)
    registered = book.replace(doi="10.5555/tidal")
    assert certainty(registered, {"isbn": "978-82-321-0001-4"}) is Certainty.CERTAIN
