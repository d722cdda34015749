"""Treaties, resolutions, legislation and debates for `oscola-international`."""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.legal.documents import prepared_document
from refcite.csl.legal.names import SYMBOL, name_of_body, whole_name
from refcite.csl.render.page_ranges import format_pages
from refcite.names import Name
from refcite.record import Record

__all__ = ["prepared_debate", "prepared_legislation", "prepared_treaty", "resolution_of"]

_YEAR: Final = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
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
_BOTH_DATES: Final = re.compile(r"(?:adopted|concluded|opened|signed)\b", re.IGNORECASE)
_FORCE: Final = re.compile(
    r"(?:date of )?(?:entry into force|entered into force|in force)\b(?: on)?:? ?(?P<rest>[^\n]*)",
    re.IGNORECASE,
)
_OFFICIAL_JOURNAL: Final = re.compile(
    r"O\.?J\.? ?(?P<series>[LC])\.? ?(?P<volume>\d+)(?:(?:/|, ?p\.? ?)(?P<page>\d+))?(?P<rest>.*)"
)
_OFFICIAL_DOCUMENT: Final = re.compile(
    r"(?P<year>\d{4})/(?P<series>[LC]) (?P<volume>\d+)/(?P<page>\d+)"
)
_SERIES_OF_JOURNAL: Final = re.compile(r"O\.?J\.? ?(?P<series>[LC])", re.IGNORECASE)
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
_NUMBERED_RESOLUTION: Final = re.compile(
    r"Res(?:olution|\.)? (?P<number>\d[\d/]*)(?: ?\(\d{4}\))?", re.IGNORECASE
)
_NUMBER_OF_RESOLUTION: Final = re.compile(r"\d+(?:/\d+)?(?: \(\d{4}\))?")
_ONLY_RESOLUTION: Final = re.compile(
    r"(?:UN )?(?:(?:Security Council|General Assembly|UNSC|UNGA|SC|GA) )?Res(?:olution|\.)? ?"
    r"\d[\w/.]*(?: ?\([^()]*\))?(?:[ /]*adopted by .*)?(?: ?\[.*\])?",
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
_CHAMBERS: Final = {"house of commons": "HC Deb", "house of lords": "HL Deb"}


def prepared_treaty(record: Record) -> Record:
    """Return a treaty with the variables that the style requires.

    Args:
        record: An item for a style.

    Example:
        >>> found = prepared_treaty(Record(
        ...     type="treaty", number="United Nations, Treaty Series, vol. 189, p. 137"))
        >>> found.volume, found.container_title, found.page
        ('189', 'UNTS', '137')
    """
    changes: dict[str, object] = {}
    if record.genre and not record.genre.startswith("Res"):
        changes["genre"] = None
    journal = _journal_of(record)
    if journal:
        return record.replace(type="legislation", **{**changes, **journal})
    changes |= _treaty_dates(record)
    number = (record.number or "").strip()
    series = record.container_title or record.collection_title
    if series:
        changes["container_title"] = _series(series)
        if record.volume is None and record.collection_number:
            changes["volume"] = record.collection_number
        if record.volume is None and number.isdecimal() and record.page:
            changes |= {"volume": number, "number": None}
    else:
        changes |= _series_of_number(number)
    return record.replace(**changes) if changes else record


def _treaty_dates(record: Record) -> dict[str, object]:
    """Return the dates of a treaty: the earlier one, and in `issued` that of the entry into force.

    The history of the treaty (`references`, or the field "Reference" of Refworld) may contain both.
    """
    issued = record.issued
    for attribute in ("available_date", "original_date", "event_date"):
        date = getattr(record, attribute)
        if date is not None and issued is not None and issued < date:
            return {"available_date": None, "original_date": issued, "issued": date}
    history = record.references
    if history is not None and _BOTH_DATES.match(history):
        return {"available_date": None, "original_date": None, "event_date": None, "issued": None}
    for given in (history, record.extra.get("reference"), record.note):
        force = _FORCE.fullmatch(given) if isinstance(given, str) else None
        if force is not None:
            one = not (record.available_date or record.original_date or record.event_date)
            return {"references": f"entered into force {force['rest']}".strip() if one else None}
    return {}


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
    symbol = SYMBOL.fullmatch(number)
    if symbol is not None:
        return {"number": f"UN Doc {symbol['symbol']}{symbol['rest']}"}
    return {}


def prepared_legislation(record: Record) -> Record:
    """Return an act or a resolution with the variables that the style requires.

    Args:
        record: An item for a style.

    Example:
        >>> found = prepared_legislation(Record(
        ...     type="legislation", container_title="OJ L", volume="337", page="9-26"))
        >>> found.container_title, found.volume
        ('OJ', 'L337')
    """
    resolution = resolution_of(record)
    if resolution is not None:
        return resolution
    journal = _journal_of(record)
    if journal:
        return record.replace(genre=None, **journal)
    if record.type == "bill":
        title = record.title or ""
        if (record.container_title or "").endswith("Bill"):
            title = title.removesuffix(" Bill")
        return record.replace(title=title or None)
    symbol = SYMBOL.fullmatch(record.number or "")
    if record.genre == "Resolution" or symbol is not None:
        return _adopted_text(record)
    changes: dict[str, object] = {"genre": None}
    title = record.title or ""
    jurisdiction = record.jurisdiction or ""
    if jurisdiction and title.casefold().startswith(f"{jurisdiction.casefold()}: "):
        title = changes["title"] = title[len(jurisdiction) + 2 :]
    if jurisdiction.casefold().partition(":")[0] in _HOME:
        changes["jurisdiction"] = None
    if record.title_short and record.title_short == title:
        changes["title_short"] = None
    if _YEAR.search(title):
        changes["issued"] = None
    number = record.number or ""
    if _CHAPTER.fullmatch(number) or (number and number in title):
        changes["number"] = None
    return record.replace(**changes)


def resolution_of(record: Record) -> Record | None:
    """Return a resolution of an organ of the United Nations, None for any other text."""
    number = (record.number or "").strip()
    title = record.title or ""
    if record.genre == "Res" and record.number:
        return record
    symbol = SYMBOL.fullmatch(number)
    found = _OF_RESOLUTION.match(symbol["symbol"]) if symbol else None
    if symbol is not None and found is not None:
        organ = _ORGANS[found["organ"]]
        printed = found["number"].strip()
        if _SESSION_NUMBER.fullmatch(f"{printed}{symbol['rest']}"):
            printed = f"{printed}{symbol['rest']}"
        elif found[0] == "A/RES/217(III)":
            printed = "217 A(III)"
        return _as_resolution(record, organ, printed, f"UN Doc {found[0]}", title)
    if _SESSION_NUMBER.fullmatch(number) and _is_assembly(record):
        return _as_resolution(record, "UNGA", number, None, title)
    named = _NAMED_RESOLUTION.fullmatch(number) or _NAMED_RESOLUTION.fullmatch(title)
    if named is not None:
        organ = _ORGANS_NAMED[named["organ"].casefold()]
        rest = named["rest"].strip(" ,:") if named.string == title else title
        document = None if symbol is None else f"UN Doc {symbol['symbol']}"
        return _as_resolution(record, organ, named["number"], document, rest)
    plain = _NUMBERED_RESOLUTION.fullmatch(title)
    of_number = _NUMBER_OF_RESOLUTION.fullmatch(number)
    if plain is None and (of_number is None or record.type == "report"):
        return None
    organ_named = _organ_of(record)
    if organ_named is None:
        return None
    printed = plain["number"] if plain is not None else number.partition(" ")[0]
    return _as_resolution(record, organ_named, printed, None, title)


def _organ_of(record: Record) -> str | None:
    """Return the organ of the United Nations that is the author, None for any other."""
    bodies = [record.authority, record.publisher, *map(whole_name, record.author)]
    names = [name_of_body(body) for body in bodies if body]
    return next((name for name in names if name in _ORGANS.values()), None)


def _is_assembly(record: Record) -> bool:
    bodies = [record.authority, record.publisher, *(whole_name(name) for name in record.author)]
    return any(
        body and re.search(r"General Assembly|\bUNGA\b|United Nations", body) for body in bodies
    )


def _as_resolution(
    record: Record, organ: str, number: str, document: str | None, title: str
) -> Record:
    number = _SPACE_BEFORE_SESSION.sub("", number)
    if document is None:
        document = _document_of(record, organ, number)
    shown = "" if _ONLY_RESOLUTION.fullmatch(title) or title.startswith("[") else title
    universal = "universal declaration of human rights" in title.casefold()
    return record.replace(
        type="treaty" if universal else "legislation",
        title=shown or None,
        authority=organ,
        genre="Res",
        number=number,
        call_number=None if universal else document,
        container_title=None,
        volume=None,
        page=None,
    )


def _document_of(record: Record, organ: str, number: str) -> str | None:
    """Return the symbol of a resolution, which follows from its number if no field has it."""
    for given in (record.call_number, record.references, record.note):
        symbol = SYMBOL.fullmatch(given) if given else None
        if symbol is not None:
            return f"UN Doc {symbol['symbol']}"
    if organ == "UNSC" and number.isdecimal():
        return f"UN Doc S/RES/{number}"
    if organ == "UNGA" and re.fullmatch(r"\d+/\d+", number):
        return f"UN Doc A/RES/{number}"
    return None


def _adopted_text(record: Record) -> Record:
    """Return a resolution or conclusion of another body, which is printed like its reports."""
    body = record.authority or record.publisher
    author = record.author or ((Name(literal=body),) if body else ())
    title = (record.title or "").partition(" -Adopted by")[0]
    number = record.number
    if number and title and (words := re.findall(r"\d+", number)) and words[0] in title:
        number = None
    return prepared_document(
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
    container = record.container_title or record.collection_title or ""
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
    volume = (record.volume or record.issue or record.collection_number or "").replace(" ", "")
    if series is not None and not volume.startswith(("L", "C")):
        volume = f"{series['series'].upper()}{volume}"
    return {"container_title": "OJ", "volume": volume or None, "number": None}


def _journal(series: str, volume: str, page: str | None) -> dict[str, object]:
    return {
        "container_title": "OJ",
        "volume": f"{series}{volume}",
        "page": page.lstrip("0") if page else None,
        "number": None,
        "jurisdiction": None,
    }


def prepared_debate(record: Record) -> Record:
    """Return a debate of a parliament with the variables that the style requires.

    Args:
        record: An item for a style.

    Example:
        >>> print(prepared_debate(Record(type="hearing", title="HC Deb", page="973-976")).page)
        cols 973–76
    """
    chamber = _CHAMBERS.get((record.authority or "").casefold())
    if chamber and not record.container_title and record.title not in _CHAMBERS.values():
        record = record.replace(container_title=chamber)
    page = record.page
    if page is None or not re.search(r"\d *(?:[-–,&]|and) *\d", page):
        return record
    return record.replace(page=f"cols {format_pages(page, 'minimal-two', '–')}")
