"""The wording of the styles' manuals for values that CSL leaves as they are.

CSL prints a genre or a publisher as the record has it. The manuals prescribe words for both, which
a style cannot express: "PhD thesis", the text for an entry of type `@phdthesis`, is "Doctoral
dissertation" in APA and "PhD diss." in Chicago.

Sources: APA 7, sections 9.27, 10.5, 10.6, 10.9, 11.4 and 11.8; Chicago 18, section 14.113; MLA 9,
sections 5.61-5.67 and appendix 2; NLM, *Citing Medicine*, chapters 1 and 5; *The Bluebook*, rule
10.4 (courts that the reporter identifies).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from attrs import field, frozen

from refcite.csl.style.elements import Style
from refcite.record import Record

__all__ = ["ManualWording", "manual_wording"]

_Reword = Callable[[str], str]
_DOCTORAL: Final = "doctoral"
_MASTERS: Final = "master's"
_BACHELORS: Final = "bachelor's"

# Genres that only specify the degree, as readers set them for the type of an entry, in small
# letters and without signs.
_DEGREES: Final = {
    **dict.fromkeys(("doctoral", "doctorate", "phd", "phdthesis"), _DOCTORAL),
    **dict.fromkeys(
        ("masters", "masterthesis", "mastersthesis", "mathesis", "mscthesis"), _MASTERS
    ),
    **dict.fromkeys(("bachelors", "bachelorthesis", "bachelorsthesis", "bathesis"), _BACHELORS),
}
_OFFICES: Final = {
    "U.S. patent": "U.S. Patent and Trademark Office",
    "European patent": "European Patent Office",
    "German patent": "German Patent and Trade Mark Office",
    "British patent": "UK Intellectual Property Office",
    "French patent": "Institut national de la propriété industrielle",
}
_PUBLISHED: Final = ("url", "doi", "archive", "number")
# "e0209899", "104743": no page has five digits.
_ARTICLE: Final = re.compile(r"[A-Za-z]{1,3}[0-9]{3,}|[0-9]{5,}")
_US_REPORTER: Final = re.compile(r"\bU\. ?S\.(?! ?[A-Z])|\bS\. ?Ct\.|\bL\. ?Ed\.")
_NOT_LETTERS: Final = re.compile(r"[^a-z]+")


def _same(text: str) -> str:
    return text


@frozen(kw_only=True, eq=False)
class ManualWording:
    """The words of one manual.

    Attributes:
        theses: The words for a thesis, by the degree.
        unpublished: The words for a thesis that is in no archive and has no URL.
        media: The words for a work without genre and medium, by its type.
        patents: Whether a patent is a name, such as "U.S. Patent", and has an office.
        articles: Whether an article number is labelled, which styles do for the number only.
        events: Whether the date of a talk is that of its event.
        courts: Whether the Supreme Court of the United States is omitted next to its reporters.
        genre: Changes any other genre.
        publisher: Changes a publisher.
    """

    theses: Mapping[str, str] = field(factory=dict)
    unpublished: Mapping[str, str] = field(factory=dict)
    media: Mapping[str, str] = field(factory=dict)
    patents: bool = False
    articles: bool = False
    events: bool = False
    courts: bool = False
    genre: _Reword = _same
    publisher: _Reword = _same

    def changes(self, record: Record) -> dict[str, object]:
        """Return the changed values of a record, by attribute.

        Example:
            >>> from refcite import Record
            >>> thesis = Record(type="thesis", genre="PhD thesis", url="https://ex.org/1")
            >>> words = ManualWording(theses={"doctoral": "Doctoral dissertation"})
            >>> words.changes(thesis)
            {'genre': 'Doctoral dissertation'}
            >>> words.changes(thesis.replace(genre="DPhil thesis"))
            {}
        """
        changes: dict[str, object] = {}
        genre, publisher = record.genre, record.publisher
        if genre:
            worded = self._genre(record, genre)
            if worded != genre:
                changes["genre"] = worded
        elif record.type in self.media and not record.medium:
            changes["medium"] = self.media[record.type]
        if publisher:
            short = self.publisher(publisher)
            if short != publisher:
                changes["publisher"] = short
        elif self.patents and genre in _OFFICES:
            changes["publisher"] = _OFFICES[genre]
        self._change_by_type(record, changes)
        return changes

    def _change_by_type(self, record: Record, changes: dict[str, object]) -> None:
        type_ = record.type
        if type_ == "article-journal":
            page = record.page
            if self.articles and page and not record.number and _ARTICLE.fullmatch(page):
                changes["number"], changes["page"] = page, None
        elif type_ == "speech":
            held, issued = record.event_date, record.issued
            if self.events and held is not None and (issued is None or issued.year == held.year):
                changes["issued"], changes["event_date"] = held, None
        elif type_ == "legal_case" and self.courts and record.authority:
            reporter = f"{record.container_title or ''} {record.number or ''}"
            if _US_REPORTER.search(reporter) and "supreme court" in record.authority.lower():
                changes["authority"] = None

    def _genre(self, record: Record, genre: str) -> str:
        if record.type == "thesis":
            degree = _DEGREES.get(_NOT_LETTERS.sub("", genre.lower()))
            if degree is not None:
                published = any(getattr(record, name) for name in _PUBLISHED)
                words = self.theses if published or not self.unpublished else self.unpublished
                return words.get(degree, genre)
        if self.patents and genre in _OFFICES:
            return genre.replace("patent", "Patent")
        return self.genre(genre)


def _in_small_letters(genre: str) -> str:
    """Return a genre of one word in small letters, unless it is an abbreviation.

    Example:
        >>> _in_small_letters("Letter"), _in_small_letters("European patent")
        ('letter', 'European patent')
    """
    return genre.lower() if genre[1:].isalpha() and genre[1:].islower() else genre


_BUSINESS: Final = re.compile(
    r",? (?:Co|Company|Corp|Corporation|Inc|Incorporated|Limited|Ltd)\.?$"
)


def _mla_publisher(publisher: str) -> str:
    """Return a publisher without article and business words, with `U` and `P` for universities.

    Example:
        >>> _mla_publisher("Oxford University Press"), _mla_publisher("University of Chicago Press")
        ('Oxford UP', 'U of Chicago P')
        >>> _mla_publisher("The Free Press"), _mla_publisher("Hive, Inc.")
        ('Free Press', 'Hive')
    """
    words = _BUSINESS.sub("", publisher.removeprefix("The ")).replace("University Press", "UP")
    parts = words.split(" ")
    if "University" not in parts:
        return words
    short = {"University": "U", "Press": "P"}
    return " ".join([short.get(part, part) for part in parts])


_APA: Final = ManualWording(
    theses={
        _DOCTORAL: "Doctoral dissertation",
        _MASTERS: "Master’s thesis",
        _BACHELORS: "Bachelor’s thesis",
    },
    unpublished={
        _DOCTORAL: "Unpublished doctoral dissertation",
        _MASTERS: "Unpublished master’s thesis",
        _BACHELORS: "Unpublished bachelor’s thesis",
    },
    media={"dataset": "Data set"},
    patents=True,
    articles=True,
    events=True,
    courts=True,
)
_CHICAGO: Final = ManualWording(
    theses={
        _DOCTORAL: "PhD diss.",
        _MASTERS: "master’s thesis",
        _BACHELORS: "bachelor’s thesis",
    },
    events=True,
    courts=True,
)
_BLUEBOOK: Final = ManualWording(courts=True)
_MLA: Final = ManualWording(
    theses={
        _DOCTORAL: "PhD dissertation",
        _MASTERS: "master’s thesis",
        _BACHELORS: "bachelor’s thesis",
    },
    publisher=_mla_publisher,
)
_NLM: Final = ManualWording(
    theses={
        _DOCTORAL: "dissertation",
        _MASTERS: "master’s thesis",
        _BACHELORS: "bachelor’s thesis",
    },
    genre=_in_small_letters,
)

# The families of styles, by the first words of their ids.
_FAMILIES: Final = (
    ("apa", _APA),
    ("bluebook", _BLUEBOOK),
    ("chicago", _CHICAGO),
    ("turabian", _CHICAGO),
    ("modern-language-association", _MLA),
    ("mla", _MLA),
    ("nlm", _NLM),
    ("vancouver", _NLM),
)
# The addresses of the manuals, as the published styles of each family name their documentation.
_MANUALS: Final = {
    "apastyle.apa.org/style-grammar-guidelines/references": _APA,
    "legalbluebook.com": _BLUEBOOK,
    "chicagomanualofstyle.org": _CHICAGO,
    "style.mla.org": _MLA,
    "nlm.nih.gov/citingmedicine": _NLM,
}
_SCHEME: Final = re.compile(r"https?://(?:www\.)?")


def manual_wording(style: Style, locale: str) -> ManualWording | None:
    """Return the words of a style's manual, None if there are none for its family or language.

    A style belongs to a family by its id (or the address that it names as its own), or by the
    manual that it names as its documentation. Thus a copy with another id has the same words. A
    `cs:link` with `rel="template"` does not count: many journals have styles of their own that
    were made from the style of a manual.

    Args:
        style: The style.
        locale: The locale in force; all words are English.

    Example:
        >>> from attrs import evolve
        >>> from refcite.csl.style.elements import Citation, Layout
        >>> style = Style(id="http://www.zotero.org/styles/apa-cv", title="", class_="in-text",
        ...               citation=Citation(layout=Layout()), bibliography=None, macros={})
        >>> manual_wording(style, "en-GB").theses["doctoral"]
        'Doctoral dissertation'
        >>> print(manual_wording(style, "fr-FR"))
        None
        >>> copy = evolve(style, id="mine", documentation=("https://style.mla.org/",))
        >>> manual_wording(copy, "en-US").theses["doctoral"]
        'PhD dissertation'
    """
    if not locale.lower().startswith("en"):
        return None
    for address in (style.id, *style.addresses):
        name = address.rstrip("/").rpartition("/")[2]
        for family, words in _FAMILIES:
            if name == family or name.startswith(f"{family}-"):
                return words
    for address in style.documentation:
        found = _MANUALS.get(_SCHEME.sub("", address, count=1).rstrip("/"))
        if found is not None:
            return found
    return None
