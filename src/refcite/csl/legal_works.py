"""Legal works in the form that the style `oscola-international` requires.

CSL can test whether a variable is set, but not what its text is. Thus the style selects between the
forms `[2014] UKUT 442 (IAC)`, `App no 47940/99 (ECtHR, 20 July 2004)` and `Case C-176/03` by the
variables that are set (docs/how-to/brief.md). Databases and users put all these numbers into the
same variables, and only their text shows which they are. This module distributes them. A record
whose variables are already as the style requires them is not changed.

Sources: OSCOLA, 4th edition (2012), and its section "Citing International Law Sources" (2006).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from refcite.csl.render.page_ranges import format_pages
from refcite.csl.style.style_source import StyleSource
from refcite.dates import Date
from refcite.names import Name
from refcite.record import Record

__all__ = ["legal_work", "requires_legal_works"]

_STYLE: Final = b"https://refcite.org/styles/oscola-international<"

_INITIAL: Final = re.compile(r"\b([A-Z])\. ?(?=[A-Z]\.)")
_LAST_INITIAL: Final = re.compile(r"\b([A-Z])\.(?=\W|$)")
_NUMBER_SIGN: Final = re.compile(r"\bN[°º] ?|\bNo\. ?")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
_DASHES: Final = str.maketrans({"–": "-", "‑": "-", "‐": "-"})

# Courts
_HUMAN_RIGHTS_COURT: Final = re.compile(
    r"European Court of Human Rights|\bECtHR\b|^ECHR$|Cour europ[ée]enne des droits de l.homme",
    re.IGNORECASE,
)
_HUMAN_RIGHTS_COMMISSION: Final = re.compile(
    r"European Commission (?:of|on) Human Rights|^EComHR$", re.IGNORECASE
)
_UNION_COURTS: Final = (
    (re.compile(r"\bCivil Service Tribunal\b|^CST$", re.IGNORECASE), "CST"),
    (re.compile(r"\bCourt of First Instance\b|^CFI$", re.IGNORECASE), "CFI"),
    (re.compile(r"^(?:EU )?General Court\b|^EGC$|^GC$", re.IGNORECASE), "GC"),
    (
        re.compile(
            r"^(?:European )?Court of Justice(?: of the European (?:Union|Communit(?:y|ies)))?$"
            r"|^CJEU$|^ECJ$|^EuGH$|^EUECJ$|Cour de justice de l.Union",
            re.IGNORECASE,
        ),
        "CJEU",
    ),
)
_UNION_NUMBER: Final = re.compile(
    r"(?P<word>Joined Cases|Cases?)?\s*(?P<number>[CTF]-\d{1,4}/\d\d\b.*)", re.IGNORECASE
)
_OLD_UNION_NUMBER: Final = re.compile(
    r"(?P<word>Joined Cases|Cases?)?\s*(?P<number>\d{1,3}/\d\d\b.*)", re.IGNORECASE
)
_SEVERAL: Final = re.compile(r",|;|&|\band\b|\bto\b")
_ECLI: Final = re.compile(r"\bEU:[CTF]:\d{4}:\d+")
_COUNTRY: Final = re.compile(r"(?P<country>[^:]{3,40}): (?P<body>.+)")
_TRIBUNALS: Final = frozenset(
    ("ICTY", "ICTR", "ICC", "IRMCT", "MICT", "SCSL", "STL", "ECCC", "ICJ", "PCIJ", "ITLOS", "PCA")
)

# Numbers of cases
_APPLICATION: Final = re.compile(
    r"\A(?:App(?:l|lication)?s?\b\.? ?)?(?:(?:nos?|numbers?)\b\.? ?)?", re.IGNORECASE
)
_IN_TITLE: Final = re.compile(
    r",? ?\(?(?:Appl(?:ication)?s?\.?|Communications?) nos?\b\.? ?[\d/, and]*\d\)?",
    re.IGNORECASE,
)
_CASE_IN_TITLE: Final = re.compile(
    r"(?P<number>(?:Joined )?Cases? [CTF]?[-–‑]?\d{1,4}/\d\d\b"
    r"(?:(?:, | and | & |, and )[CTF]?[-–‑]?\d{1,4}/\d\d\b){0,20}),? (?P<title>\S.*)"
)
_NEUTRAL_IN_TITLE: Final = re.compile(
    r"(?P<title>.*\S) \[(?P<year>\d{4})\] (?P<court>[A-Z][A-Za-z]*(?: [A-Z][a-z]+)?)"
    r" (?P<number>\S.*)"
)
_NEUTRAL: Final = re.compile(
    r"(?:CG )?\[?(?P<year>\d{4})\]? (?P<court>[A-Z]{3,}[A-Za-z]*(?: (?:Civ|Crim|Fam|Admin))?)"
    r" (?P<number>\d+(?: \([A-Za-z]+\))?)"
)
_NEUTRAL_COURT: Final = re.compile(r"[A-Z]{2,}[A-Za-z]*(?: [A-Z][a-z]+| \([A-Za-z]+\))*")
_NUMBER_WORDS: Final = re.compile(
    r"(?P<words>\D{0,60}?\bNos?\b\.?) ?(?P<number>\S.*)", re.IGNORECASE
)
_COMMUNICATION: Final = re.compile(
    r"(?:Communications?|Comm)\b\.?(?: nos?\b)?\.? ?(?P<number>\d.*)", re.IGNORECASE
)
_VIEWS: Final = re.compile(r".*/D/(?P<number>\d+/\d{4}(?:[-,&\d/]*\d)?)")

# Treaty series
_SERIES: Final = (
    (re.compile(r"U\.? ?N\.? ?T\.? ?S\b\.?|United Nations,? Treaty Series", re.IGNORECASE), "UNTS"),
    (
        re.compile(r"L\.? ?N\.? ?T\.? ?S\b\.?|League of Nations,? Treaty Series", re.IGNORECASE),
        "LNTS",
    ),
    (re.compile(r"C\.?E\.?T\.?S\b\.?|Council of Europe Treaty Series", re.IGNORECASE), "CETS"),
    (re.compile(r"E\.?T\.?S\b\.?|European Treaty Series", re.IGNORECASE), "ETS"),
    (re.compile(r"I\.?L\.?M\b\.?|International Legal Materials", re.IGNORECASE), "ILM"),
    (re.compile(r"O\.?J\b\.?|Official Journal.*", re.IGNORECASE), "OJ"),
)
_SERIES_VOLUME: Final = re.compile(
    r"(?P<series>United Nations|League of Nations),? Treaty Series,? vol(?:ume)?\.?"
    r" ?(?P<volume>\d+)(?:,? pp?\.? ?(?P<page>\d+).*)?",
    re.IGNORECASE,
)
_SERIES_SHORT: Final = re.compile(
    r"(?P<volume>\d+) (?P<series>[UL]\.?N\.?T\.?S|I\.?L\.?M)\b\.? (?P<page>\d+).*", re.IGNORECASE
)
_SERIES_NUMBER: Final = re.compile(
    r"(?P<series>C?E\.?T\.?S|Council of Europe Treaty Series|European Treaty Series)\b\.?,?"
    r" ?(?:Nos?\.? ?)?(?P<number>\d+)",
    re.IGNORECASE,
)
_FORCE: Final = re.compile(
    r"(?:date of )?(?:entry into force|entered into force|in force)\b(?: on)?:? ?(?P<rest>[^\n]*)",
    re.IGNORECASE,
)

# Official Journal
_OFFICIAL_JOURNAL: Final = re.compile(
    r"O\.?J\.? ?(?P<series>[LC])\.? ?(?P<volume>\d+)(?:(?:/|, ?p\.? ?)(?P<page>\d+))?(?P<rest>.*)"
)
_OFFICIAL_DOCUMENT: Final = re.compile(
    r"(?P<year>\d{4})/(?P<series>[LC]) (?P<volume>\d+)/(?P<page>\d+)"
)
_SERIES_OF_JOURNAL: Final = re.compile(r"O\.?J\.? ?(?P<series>[LC])", re.IGNORECASE)

# Documents of the United Nations
_SYMBOL: Final = re.compile(
    r"(?:UN Docs?\.? |U\.N\. Docs?\.? )?"
    r"(?P<symbol>(?:A|S|E|T|ST|HCR|HRI|EC|CAT|CCPR|CEDAW|CED|CERD|CMW|CRC|CRPD|DP|HSP|SPT|TD|UNEP"
    r"|UNHCR)/[A-Z0-9][\w./()*-]*(?: ?(?:Rev|Add|Corr)\. ?\d+)?)(?P<rest>.*)"
)
_OF_RESOLUTION: Final = re.compile(
    r"(?P<organ>S|A|E|A/HRC|E/CN\.4)/RES/(?P<number>[\dA-Z/.-]+(?: ?\([IVXLC]+\))?)"
)
_ORGANS: Final = {
    "S": "UNSC",
    "A": "UNGA",
    "E": "ECOSOC",
    "A/HRC": "UNHRC",
    "E/CN.4": "UNCHR",
}
_NAMED_RESOLUTION: Final = re.compile(
    r"(?:UN ?)?(?P<organ>Security Council|General Assembly|Human Rights Council|SC|GA|HRC)"
    r" Res(?:olution|\.)? ?(?P<number>\d[\dA-Z/.]*(?: ?\([IVXLC]+\))?)(?: ?\(\d{4}\))?(?P<rest>.*)",
    re.IGNORECASE,
)
_ORGANS_NAMED: Final = {
    "security council": "UNSC",
    "sc": "UNSC",
    "general assembly": "UNGA",
    "ga": "UNGA",
    "human rights council": "UNHRC",
    "hrc": "UNHRC",
}
_SESSION_NUMBER: Final = re.compile(r"\d+ ?[A-Z]? ?\([IVXLC]+\)")
_SPACE_BEFORE_SESSION: Final = re.compile(r"(?<=[A-Z]) (?=\()")
_ONLY_RESOLUTION: Final = re.compile(
    r"(?:UN )?(?:(?:Security Council|General Assembly|UNSC|UNGA|SC|GA) )?Res(?:olution|\.)? [^\[]*"
    r"(?:\[.*\])?",
    re.IGNORECASE,
)

# Bodies
_ABBREVIATED: Final = re.compile(r"(?P<name>.*\S) \((?P<short>[A-Z][A-Za-z-]{1,11})\)")
_BODIES: Final = {
    "general assembly": "UNGA",
    "security council": "UNSC",
    "human rights council": "UNHRC",
    "commission on human rights": "UNCHR",
    "economic and social council": "ECOSOC",
}
_UN_BODY: Final = re.compile(r"(?:UN|U\.N\.|United Nations) (?P<body>.+)")
_SHORT_NAMES: Final = frozenset(
    ("UNHCR", "UNICEF", "UNDP", "UNESCO", "UNAMA", "OHCHR", "UNRWA", "UNODC", "UNFPA", "WHO", "ILO")
)
_PAPER: Final = re.compile(
    r"(?:C|Cd|Cmd|Cmnd|Cm|CP|HC|HL|SP Paper|(?:Scot )?Law Com)\b\.?(?: No\b\.?)?(?: \d.*)?",
    re.IGNORECASE,
)
_HOME: Final = frozenset(
    (
        "gb",
        "uk",
        "united kingdom",
        "england",
        "england and wales",
        "scotland",
        "eu",
        "european union",
    )
)
_CHAPTER: Final = re.compile(r"(?:\d{4} )?c(?:h|hapter)?\.? ?\d+")


def requires_legal_works(style: StyleSource) -> bool:
    """Return whether a style is `oscola-international`, or a copy with its id.

    Example:
        >>> from refcite.csl.style.style_source import find_style
        >>> requires_legal_works(find_style("oscola-international"))
        True
        >>> requires_legal_works(find_style("oscola"))
        False
    """
    return _STYLE in style.xml


def legal_work(record: Record) -> Record:
    """Return an item with the variables that `oscola-international` requires.

    Args:
        record: An item for a style.

    Example:
        >>> case = legal_work(Record(type="legal_case", title="Balogh v. Hungary",
        ...     number="Application no. 47940/99", authority="European Court of Human Rights"))
        >>> case.genre, case.number, case.authority
        ('App no', '47940/99', 'ECtHR')
        >>> law = legal_work(Record(type="legislation", number="S/RES/1373 (2001)"))
        >>> law.authority, law.genre, law.number, law.call_number
        ('UNSC', 'Res', '1373', 'UN Doc S/RES/1373')
    """
    prepare = _PREPARED.get(record.type)
    return record if prepare is None else prepare(record)


# Cases


def _case(record: Record) -> Record:
    record = _number_from_title(record)
    court = record.authority or ""
    if record.title:
        record = record.replace(title=_without_stops(record.title))
    if record.genre and record.number and not _is_kind_of_decision(record.genre):
        return record
    record = record.replace(genre=None)
    country = _COUNTRY.fullmatch(court)
    if country is not None:
        court = country["body"]
    if _HUMAN_RIGHTS_COURT.search(court):
        grand = "[GC]" in court or "Grand Chamber" in court
        return _application(record, "ECtHR [GC]" if grand else "ECtHR")
    if _HUMAN_RIGHTS_COMMISSION.search(court):
        return _application(record, "Commission Decision")
    union = _union_court(record, court)
    if union is not None:
        return _union_case(record, union)
    views = _communication(record, court)
    if views is not None:
        return views
    number = (record.number or "").strip()
    neutral = _NEUTRAL.fullmatch(number)
    if neutral is not None:
        return record.replace(
            authority=neutral["court"],
            number=neutral["number"],
            issued=record.issued or Date.parse(neutral["year"]),
        )
    if country is not None:
        court = _court_of(country["body"], country["country"])
        record = record.replace(authority=court)
    if court in _TRIBUNALS and (number or record.container_title):
        return record.replace(authority=None)
    if court and number and not _NEUTRAL_COURT.fullmatch(court):
        words = _NUMBER_WORDS.fullmatch(number)
        if words is None:
            return record.replace(genre="No", number=number)
        return record.replace(genre=words["words"].replace(".", ""), number=words["number"])
    return record


def _is_kind_of_decision(genre: str) -> bool:
    """Return whether a genre is the kind of a decision, and no words for its number."""
    return genre.casefold() in {"judgment", "judgement", "decision", "order", "case law", "ruling"}


def _number_from_title(record: Record) -> Record:
    title = record.title or ""
    found = _IN_TITLE.search(title)
    if found is not None:
        changes: dict[str, object] = {
            "title": (title[: found.start()] + title[found.end() :]).strip()
        }
        if not record.number:
            changes["number"] = found[0].strip(" ,()")
        return record.replace(**changes)
    found = _CASE_IN_TITLE.fullmatch(title)
    if found is not None:
        return record.replace(title=found["title"], number=record.number or found["number"])
    found = _NEUTRAL_IN_TITLE.fullmatch(title)
    if found is not None and not record.number and not record.container_title:
        return record.replace(
            title=found["title"],
            authority=found["court"],
            number=found["number"],
            issued=record.issued or Date.parse(found["year"]),
        )
    return record


def _application(record: Record, court: str) -> Record:
    number = _APPLICATION.sub("", record.number or "", count=1)
    if not number:
        return record.replace(authority=court)
    words = "App nos" if _SEVERAL.search(number) else "App no"
    if number.count("/") > 1 and not _SEVERAL.search(number):
        words = "Case no"  # the court's own numbers until 1998: 1/1989/161/217
    return record.replace(authority=court, genre=words, number=number)


def _union_court(record: Record, court: str) -> str | None:
    for pattern, short in _UNION_COURTS:
        if pattern.search(court):
            return short
    number = (record.number or "").translate(_DASHES)
    return "CJEU" if not court and _UNION_NUMBER.fullmatch(number) else None


def _union_case(record: Record, court: str) -> Record:
    number = (record.number or "").translate(_DASHES).strip()
    found = _UNION_NUMBER.fullmatch(number) or _OLD_UNION_NUMBER.fullmatch(number)
    changes: dict[str, object] = {"authority": None, "division": court}
    ecli = _ecli_of(record)
    if ecli is not None:
        changes["call_number"] = ecli
        if _ECLI.search(record.container_title or ""):
            changes["container_title"] = None
    if found is None:
        # No number that the style can print before the name.
        return record.replace(authority=court, genre=None)
    number = found["number"]
    if _ECLI.search(number):
        number = _ECLI.sub("", number.replace("ECLI:", "")).strip(" ,;()")
    changes["number"] = number
    changes["genre"] = "Joined Cases" if _SEVERAL.search(number) else "Case"
    container = record.container_title or ""
    if "court reports" in container.casefold():
        changes["container_title"] = "ECR"
    if record.volume in {"I", "II"} and record.page:
        changes["volume"] = None
        if not record.page.startswith("I"):
            changes["page"] = f"{record.volume}-{record.page}"
    return record.replace(**changes)


def _ecli_of(record: Record) -> str | None:
    texts = [
        record.call_number,
        record.number,
        record.container_title,
        record.references,
        record.archive_location,
        record.note,
        record.url,
        *(value for value in record.extra.values() if isinstance(value, str)),
    ]
    for text in texts:
        found = _ECLI.search(text.replace("%3A", ":")) if text else None
        if found is not None:
            return found[0]
    return None


def _communication(record: Record, court: str) -> Record | None:
    """Return a decision of a committee about a communication, None for any other."""
    number = record.number or ""
    named = _COMMUNICATION.fullmatch(number)
    if named is not None:
        return record.replace(
            genre="Communication No", number=named["number"], authority=_body(court) or None
        )
    symbol = _SYMBOL.fullmatch(number)
    if symbol is None:
        return None
    views = _VIEWS.fullmatch(symbol["symbol"])
    changes: dict[str, object] = {
        "authority": _body(court) or None,
        "call_number": f"UN Doc {symbol['symbol']}{symbol['rest']}",
        "number": views["number"] if views else None,
        "genre": "Communication No" if views else None,
    }
    return record.replace(**changes)


def _court_of(body: str, country: str) -> str:
    return body if country.casefold() in body.casefold() else f"{body}, {country}"


# Treaties


def _treaty(record: Record) -> Record:
    changes: dict[str, object] = {}
    if record.genre and not record.genre.startswith("Res"):
        changes["genre"] = None
    journal = _journal_of(record)
    if journal:
        return record.replace(type="legislation", **{**changes, **journal})
    number = (record.number or "").strip()
    if record.container_title:
        changes["container_title"] = _series(record.container_title)
        if record.volume is None and number.isdecimal() and record.page:
            changes |= {"volume": number, "number": None}
    else:
        changes |= _series_of_number(number)
    history = record.references
    if history is None:
        given = record.extra.get("reference")
        history = given if isinstance(given, str) and _FORCE.match(given) else None
    force = _FORCE.fullmatch(history) if history else None
    if force is not None and not (record.original_date or record.available_date):
        changes["references"] = f"entered into force {force['rest']}".strip()
    return record.replace(**changes) if changes else record


def _series(container: str) -> str:
    for pattern, short in _SERIES:
        if pattern.fullmatch(container):
            return short
    return container


def _series_of_number(number: str) -> dict[str, object]:
    found = _SERIES_VOLUME.fullmatch(number) or _SERIES_SHORT.fullmatch(number)
    if found is not None:
        series = found["series"].replace(".", "").upper()
        series = {"UNITED NATIONS": "UNTS", "LEAGUE OF NATIONS": "LNTS"}.get(series, series)
        return {
            "container_title": series,
            "volume": found["volume"],
            "page": found["page"],
            "number": None,
        }
    found = _SERIES_NUMBER.fullmatch(number)
    if found is not None:
        return {"container_title": _series(found["series"]), "number": found["number"]}
    symbol = _SYMBOL.fullmatch(number)
    if symbol is not None:
        return {"number": f"UN Doc {symbol['symbol']}{symbol['rest']}"}
    return {}


# Legislation and resolutions


def _legislation(record: Record) -> Record:
    resolution = _resolution(record)
    if resolution is not None:
        return resolution
    journal = _journal_of(record)
    if journal:
        return record.replace(genre=None, **journal)
    if record.type == "bill":
        return record
    symbol = _SYMBOL.fullmatch(record.number or "")
    if record.genre == "Resolution" or symbol is not None:
        return _adopted_text(record)
    changes: dict[str, object] = {"genre": None}
    title = record.title or ""
    jurisdiction = record.jurisdiction or ""
    if jurisdiction and title.casefold().startswith(f"{jurisdiction.casefold()}: "):
        title = changes["title"] = title[len(jurisdiction) + 2 :]
    if jurisdiction.casefold().partition(":")[0] in _HOME:
        changes["jurisdiction"] = None
    if _YEAR.search(title):
        changes["issued"] = None
    number = record.number or ""
    if _CHAPTER.fullmatch(number) or (number and number in title):
        changes["number"] = None
    return record.replace(**changes)


def _resolution(record: Record) -> Record | None:
    """Return a resolution of an organ of the United Nations, None for any other text."""
    number = (record.number or "").strip()
    title = record.title or ""
    if record.genre == "Res" and record.number:
        return record
    symbol = _SYMBOL.fullmatch(number)
    found = _OF_RESOLUTION.match(symbol["symbol"]) if symbol else None
    if symbol is not None and found is not None:
        organ = _ORGANS[found["organ"]]
        printed = found["number"].strip()
        if _SESSION_NUMBER.fullmatch(f"{printed}{symbol['rest']}"):
            printed = f"{printed}{symbol['rest']}"
        document = f"UN Doc {found[0]}"
        return _as_resolution(record, organ, printed, document, title)
    if _SESSION_NUMBER.fullmatch(number) and _is_assembly(record):
        return _as_resolution(record, "UNGA", number, None, title)
    named = _NAMED_RESOLUTION.fullmatch(number) or _NAMED_RESOLUTION.fullmatch(title)
    if named is not None:
        organ = _ORGANS_NAMED[named["organ"].casefold()]
        rest = named["rest"].strip(" ,:") if named.string == title else title
        call_number = record.call_number
        if symbol is not None:
            call_number = f"UN Doc {symbol['symbol']}"
        return _as_resolution(record, organ, named["number"], call_number, rest)
    return None


def _is_assembly(record: Record) -> bool:
    bodies = [record.authority, record.publisher, *(_whole(name) for name in record.author)]
    return any(
        body and re.search(r"General Assembly|\bUNGA\b|United Nations", body) for body in bodies
    )


def _as_resolution(
    record: Record, organ: str, number: str, document: str | None, title: str
) -> Record:
    shown = "" if _ONLY_RESOLUTION.fullmatch(title) or title.startswith("[") else title
    universal = "universal declaration of human rights" in title.casefold()
    return record.replace(
        type="treaty" if universal else "legislation",
        title=shown or None,
        authority=organ,
        genre="Res",
        number=_SPACE_BEFORE_SESSION.sub("", number),
        call_number=None if universal else document,
        container_title=None,
        volume=None,
        page=None,
    )


def _adopted_text(record: Record) -> Record:
    """Return a resolution or conclusion of another body, which is printed like its reports."""
    body = record.authority or record.publisher
    author = record.author or ((Name(literal=body),) if body else ())
    title = (record.title or "").partition(" -Adopted by")[0]
    number = record.number
    if number and title and (words := re.findall(r"\d+", number)) and words[0] in title:
        number = None
    return _document(
        record.replace(
            type="report",
            author=author,
            title=title or None,
            number=number,
            genre=None,
            publisher=None,
        )
    )


def _journal_of(record: Record) -> dict[str, object]:
    """Return the variables of the Official Journal; they are empty for any other text."""
    number = record.number or ""
    found = _OFFICIAL_DOCUMENT.fullmatch(number)
    if found is not None:
        return _journal(found["series"], found["volume"], found["page"])
    container = record.container_title or ""
    if not container:
        found = _OFFICIAL_JOURNAL.match(number)
        if found is None:
            return {}
        return _journal(found["series"], found["volume"], found["page"])
    found = _OFFICIAL_JOURNAL.fullmatch(container)
    if found is not None:
        return _journal(found["series"], found["volume"], found["page"] or record.page)
    series = _SERIES_OF_JOURNAL.fullmatch(container)
    if series is None and _series(container) != "OJ":
        return {}
    volume = (record.volume or "").replace(" ", "")
    if series is not None and not volume.startswith(("L", "C")):
        volume = f"{series['series'].upper()}{volume}"
    return {"container_title": "OJ", "volume": volume or None, "number": None}


def _journal(series: str, volume: str, page: str | None) -> dict[str, object]:
    return {
        "container_title": "OJ",
        "volume": f"{series}{volume}",
        "page": page,
        "number": None,
        "jurisdiction": None,
    }


def _debate(record: Record) -> Record:
    """Write `cols` before several columns; the style cannot test whether there are several."""
    page = record.page
    if page is None or not re.search(r"\d *(?:[-–,&]|and) *\d", page):
        return record
    return record.replace(page=f"cols {format_pages(page, 'minimal-two', '–')}")


# Reports and other documents


def _report(record: Record) -> Record:
    resolution = _resolution(record)
    if resolution is not None:
        return resolution
    return _document(record)


def _document(record: Record) -> Record:
    changes: dict[str, object] = {}
    number = (record.number or "").strip()
    symbol = _SYMBOL.fullmatch(number)
    if symbol is not None:
        changes |= {
            "type": "report",
            "collection_title": "UN Doc",
            "number": f"{symbol['symbol']}{symbol['rest']}",
            # The symbol is enough to find the document.
            "url": None,
            "doi": None,
        }
    elif number and (_PAPER.fullmatch(number) or _PAPER.fullmatch(record.genre or "")):
        # A paper of a parliament or a law commission is cited like a book, without its publisher.
        changes |= {"type": "book", "publisher": None, "number": number.replace(".", "")}
        if record.genre and not _PAPER.fullmatch(record.genre):
            changes["genre"] = None
    elif number:
        changes["number"] = _NUMBER_SIGN.sub("No ", number)
    if record.title:
        changes["title"] = _NUMBER_SIGN.sub("No ", record.title)
    author = tuple(map(_printed, record.author))
    if author != record.author:
        changes["author"] = author
    if record.publisher and "publisher" not in changes:
        changes["publisher"] = _body(record.publisher)
    return record.replace(**changes) if changes else record


def _printed(name: Name) -> Name:
    whole = _whole(name)
    if not whole:
        return name
    body = _body(whole)
    return name if body == whole else Name(literal=body)


def _whole(name: Name) -> str:
    return name.literal or ("" if name.given else name.family or "")


def _body(name: str) -> str:
    """Return the name of a body as OSCOLA prints it."""
    country = _COUNTRY.fullmatch(name)
    if country is not None and country["country"].casefold() in country["body"].casefold():
        name = country["body"]
    short = _ABBREVIATED.fullmatch(name)
    if short is not None:
        if short["short"] in _SHORT_NAMES:
            return short["short"]
        name = short["name"]
    un = _UN_BODY.fullmatch(name)
    if un is not None:
        return _BODIES.get(un["body"].casefold(), name)
    return _without_stops(name)


def _without_stops(text: str) -> str:
    """Return a text without the full stops of initials and of `v.`."""
    text = _LAST_INITIAL.sub(r"\1", _INITIAL.sub(r"\1", text))
    return text.replace(" v. ", " v ").replace(" c. ", " c ").replace(" vs. ", " v ")


_PREPARED: Final[Mapping[str, Callable[[Record], Record]]] = {
    "legal_case": _case,
    "treaty": _treaty,
    "legislation": _legislation,
    "regulation": _legislation,
    "bill": _legislation,
    "hearing": _debate,
    "report": _report,
    "document": _report,
    "article": _report,
    "webpage": _report,
    "standard": _report,
}
