"""The fields of Ovid's databases next to CSL's variables.

Sources: Ovid's database guides, with the fields of Medline, Embase, PsycInfo, ERIC, BIOSIS, Books
and Journals@Ovid. A code may have different meanings in them: `ED` is an editor, or the day of
entry.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import Final

from attrs import evolve

from refcite.dates import Date
from refcite.formats.codecs import DATE, DOI, NAMES, join_keywords, read_people, with_edition_number
from refcite.formats.crosswalk import TEXT, Codec, Row, Spec, TypeRow, all_but
from refcite.formats.draft import Draft
from refcite.formats.languages import read_language
from refcite.formats.nbib import PUBLICATION_TYPES, read_pages, read_short_name
from refcite.formats.numbers import bare_isbns, bare_issns
from refcite.keywords import split_keywords
from refcite.names import Name

__all__ = ["SPEC", "mapping", "read_names"]

_ROLE: Final = re.compile(r"\[[^\[\]]*\]")
_PLACE_NUMBER: Final = re.compile(r"[0-9*,]{1,9}")
_DEGREES_TEXT: Final = (
    "MD PhD MPH MSc MS MA BA BSc BS RN MBA DO DDS DMD PharmD EdD PsyD DrPH JD FACS FRCP FRCS FRCPC"
    " MBBS MBChB ScD DSc MSN BSN MHS MHA MEd DVM MRCP FAAP FACC FACP DPhil MSW MSPH MPhil MHSc"
    " BMBS MDiv CNM NP DNP MMSc BM BCh MBBCh FAAN FCCP MPA RPh DPM ND LPN PT DPT OTR"
)
_DEGREES: Final = frozenset(_DEGREES_TEXT.split())
_INITIALS: Final = re.compile(
    r"(\S.*?)\s+((?:[A-Z]\.[- ]?){1,5}|[A-Z]{1,4})(\s+(?:Jr|Sr|2nd|3rd)\.?)?"
)
_FULL_NAMES: Final = re.compile(r"[^,;]{2,60}, [^,;]{1,60}\.\s(?:Ste?\. )?[^.,;]{2,40}, [^;]+")
_FULL_NAME_START: Final = re.compile(r"(?<!\bSt)(?<!\bSte)\.\s+(?=(?:Ste?\. )?[^.,;]{2,40}, )")
_STOPPED: Final = re.compile(r"(?:[^.,;]{2,40} [A-Z]{1,4}\. ){1,200}[^.,;]{2,40} [A-Z]{1,4}\.?")
_NUMBERS: Final = re.compile(r"[0-9 .,/-]+")
_ADDRESS: Final = re.compile(r"[0-9]")
_COUNTRY_FIRST: Final = re.compile(r"([A-Z][A-Za-z ]{1,30}) : (?=\S)")

_BOOKS: Final = ("book",)
_IN_BOOKS: Final = ("chapter", "entry-encyclopedia")


def read_names(text: str, draft: Draft) -> tuple[Name, ...]:
    """Read names that may have a role, degrees, and the number of an institution after them.

    Args:
        text: One name, or several with semicolons between.
        draft: Collects problems.

    Example:
        >>> draft = Draft(SPEC, "book")
        >>> [str(name) for name in read_names("Roe, Ann MD, MPH 1; Poe B.C. [Editor]", draft)]
        ['Roe, Ann', 'Poe, B.C.']
    """
    text = " ".join(_ROLE.sub(" ", text).split())
    if ";" not in text and _STOPPED.fullmatch(text):
        texts = text.rstrip(".").split(". ")
    elif _FULL_NAMES.fullmatch(text):
        texts = _full_names(text)
    else:
        texts = text.split(";")
    names: list[Name] = []
    for one in texts:
        one = _without_degrees(one)
        if not one or _NUMBERS.fullmatch(one):
            continue
        short = _INITIALS.fullmatch(one) if "," not in one else None
        if short and "." in short[2]:
            names.append(Name.of_parts(short[1], short[2].strip(), (short[3] or "").strip()))
        elif short:
            names.append(read_short_name(one))
        else:
            names += read_people(one, draft)
    return tuple(names)


def _full_names(text: str) -> list[str]:
    """Return the names of a text with full stops between them, `Roe, Ann. St. Poe, Bob.`."""
    names: list[str] = []
    for part in _FULL_NAME_START.split(text.rstrip(".")):
        if names and part.partition(",")[0] in _DEGREES:
            names[-1] += f". {part}"
        else:
            names.append(part)
    return names


def _without_degrees(text: str) -> str:
    """Return a name without the number of an institution and the degrees after it."""
    words = text.split()
    while len(words) > 1 and _PLACE_NUMBER.fullmatch(words[-1]):
        words.pop()
    if any(word.endswith(",") for word in words[:-1]):  # after the family name
        while len(words) > 2 and words[-1].strip(",.").replace(".", "") in _DEGREES:
            words.pop()
    return " ".join(words).rstrip(",")


def _read_editor(text: str, draft: Draft) -> tuple[Name, ...] | None:
    # In Medline the code is that of a day, in figures.
    return None if _NUMBERS.fullmatch(text) else read_names(text, draft)


def _read_language(text: str, draft: Draft) -> str:
    return read_language(text.strip(" ."))


def _read_issn(text: str, draft: Draft) -> str | None:
    found = bare_issns(text)
    return found if found != text or len(text) in (8, 9) else None


def _read_place(text: str, draft: Draft) -> str | None:
    return None if len(text) > 60 or _ADDRESS.search(text) else text.rstrip(".")


def _read_publisher(text: str, draft: Draft) -> str:
    """Read the name of a publisher, which its address or its country may follow."""
    if draft.attribute in draft.values:
        return text  # a second value, which is kept as it is
    country = _COUNTRY_FIRST.match(text)
    if country:
        draft.keep(draft.own, text)
        draft.put("publisher-place", country[1])
        text = text[country.end() :]
    name = text.partition(" (")[0].partition(";")[0]
    before, comma, address = name.partition(", ")
    if comma and (_ADDRESS.search(address) or address.count(",") > 1):
        name = before
    if name != text.rstrip(" ."):
        draft.keep(draft.own, text)
    return name.rstrip(" .")


def _read_event(text: str, draft: Draft) -> str:
    return text.removeprefix("Conference: ").rstrip(".")


def _read_date(text: str, draft: Draft) -> Date | None:
    date = Date.parse(text.rstrip("."), day_first=draft.day_first, problems=[])
    return date if date.literal is None else None


def _read_keywords(text: str, draft: Draft) -> list[str]:
    text = text.rstrip(".")
    words = split_keywords(text) if ";" in text else [text]
    return [" ".join(word.removeprefix("*").split()) for word in words]


def _join_keywords(values: list[list[str]]) -> str:
    if len(values) == 1 and len(values[0]) == 1:
        return join_keywords(split_keywords(values[0][0]))
    return join_keywords(list(chain.from_iterable(values)))


_PEOPLE: Final = evolve(NAMES, read=read_names, note="without role, degree and number")
_EDITORS: Final = evolve(_PEOPLE, read=_read_editor)
_LANGUAGE: Final = Codec(_read_language, note="its name in English")
_ISSN: Final = Codec(_read_issn)
_ISBN: Final = Codec(lambda text, draft: bare_isbns(text).replace("-", ""))
_PLACE: Final = Codec(_read_place)
_PUBLISHER: Final = Codec(_read_publisher, note="without its address")
_UNIVERSITY: Final = Codec(lambda text, draft: text.rpartition(": ")[2] if ": " in text else None)
_DATE: Final = evolve(DATE, read=_read_date)
_PAGES: Final = Codec(lambda text, draft: read_pages(text.rstrip(".")), note="written out")
_KEYWORDS: Final = Codec(_read_keywords, join=_join_keywords, note="with semicolons between")
_STOPLESS: Final = Codec(lambda text, draft: text.rstrip("."), note="without the full stop")

TYPES: Final = {
    "patent": "patent",
    "dissertation abstract": "thesis",
    "dissertation": "thesis",
    "thesis": "thesis",
    "dissertations/theses": "thesis",
    "book chapter": "chapter",
    "chapter": "chapter",
    "chapter in book": "chapter",
    "encyclopedia": "entry-encyclopedia",
    "encyclopedia entry": "entry-encyclopedia",
    "conference abstract": "paper-conference",
    "conference paper": "paper-conference",
    "conference review": "paper-conference",
    "conference proceedings": "paper-conference",
    "speeches/meeting papers": "paper-conference",
    "meeting": "paper-conference",
    "meeting abstract": "paper-conference",
    "meeting paper": "paper-conference",
    "book": "book",
    "books": "book",
    "edited book": "book",
    "authored book": "book",
    "text/reference": "book",
    "drug reference": "book",
    "preprint": "article",
    "reports": "report",
    "report": "report",
    "journal": "article-journal",
    "journal article": "article-journal",
    "journal articles": "article-journal",
    "peer reviewed journal": "article-journal",
    "article": "article-journal",
    "review": "article-journal",
    "research articles": "article-journal",
}
"""Types of publications and documents in lower case, the most specific first."""

SPEC: Final = Spec(
    types=(
        *(TypeRow(own, csl, writes=False) for own, csl in TYPES.items()),
        *(evolve(row, writes=False) for row in PUBLICATION_TYPES if row.own.lower() not in TYPES),
    ),
    fields=tuple(
        evolve(row, writes=False)
        for row in (
            Row("UI", "PMID", TEXT, note="of Medline"),
            Row("PM", "PMID", TEXT),
            Row("FA", "author", _PEOPLE),
            Row("AU", "author", _PEOPLE),
            Row("CN", "author", _PEOPLE, note="an organisation"),
            Row("CH", "author", _PEOPLE, _IN_BOOKS),
            Row("ED", "editor", _EDITORS),
            Row("BE", "editor", _EDITORS),
            Row("TI", "title", TEXT, note="without the label in brackets after it"),
            Row("BT", "title", _STOPLESS, _BOOKS),
            Row("OT", "original-title", _STOPLESS),
            Row("BT", "container-title", _STOPLESS, all_but(*_BOOKS)),
            Row("JN", "container-title", _STOPLESS, all_but(*_BOOKS)),
            Row("JT", "container-title", _STOPLESS, all_but(*_BOOKS)),
            Row("SO", "container-title", TEXT, all_but(*_BOOKS), note="the journal or book in it"),
            Row("NJ", "container-title", _STOPLESS, all_but(*_BOOKS)),
            Row("TA", "container-title-short", TEXT, all_but(*_BOOKS)),
            Row("SE", "collection-title", _STOPLESS),
            Row("CF", "event-title", Codec(_read_event)),
            Row("SO event", "event-title", TEXT, label="SO", note="the conference in it"),
            Row("SO event place", "event-place", TEXT, label="SO", note="its place in it"),
            Row("VI", "volume", _STOPLESS),
            Row("VO", "volume", _STOPLESS),
            Row("IP", "issue", _STOPLESS),
            Row("PG", "page", _PAGES, all_but(*_BOOKS)),
            Row("PG", "number-of-pages", TEXT, _BOOKS),
            Row("SO number", "number", TEXT, label="SO", note="the article number in it"),
            Row("PN", "number", TEXT, ("patent",)),
            Row("DG", "issued", _DATE),
            Row("SO date", "issued", _DATE, label="SO", note="the date in it"),
            Row("DP", "issued", _DATE),
            Row("YR", "issued", _DATE),
            Row("EP", "available-date", _DATE),
            Row("DO", "DOI", DOI),
            Row("DI", "DOI", DOI),
            Row("IS", "ISSN", _ISSN, all_but("patent")),
            Row("ES", "ISSN", _ISSN),
            Row("IL", "ISSN", _ISSN),
            Row("IB", "ISBN", _ISBN),
            Row("ET", "edition", with_edition_number(TEXT)),
            Row("IN", "publisher", _UNIVERSITY, ("thesis",), note="the university after a colon"),
            Row("PB", "publisher", _PUBLISHER),
            Row("PU", "publisher", _PUBLISHER),
            Row("PI", "publisher", _PUBLISHER, (*_BOOKS, *_IN_BOOKS), note="of BIOSIS"),
            Row("LC", "publisher-place", _PLACE),
            Row("LG", "language", _LANGUAGE),
            Row("KW", "keyword", _KEYWORDS),
            Row("ID", "keyword", _KEYWORDS),
            Row("AB", "abstract", TEXT),
            Row("DB", "source", TEXT),
            Row("XL", "URL", TEXT, ("webpage",)),
            Row("UR", "URL", TEXT),
            Row("PT", "genre", TEXT, note="of letters, editorials and comments"),
        )
    ),
    is_open=True,
    quiet=frozenset(("IS", "ES", "IL", "YR", "DP", "JN", "NJ", "JT", "DI", "DO", "SO", "AU", "PB")),
)  # fmt: skip


def mapping() -> Spec:
    """Return the codes and types next to CSL's variables and types.

    Example:
        >>> [row.own for row in mapping().fields if row.variable == "editor"]
        ['ED', 'BE']
    """
    return SPEC
