"""Cases in the form that the style `oscola-international` requires."""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.legal.names import COUNTRY, SYMBOL, name_of_body, without_stops
from refcite.dates import Date, Point
from refcite.record import Record

__all__ = ["prepared_case"]

_HEAD: Final = re.compile(r"\A(?:CASE OF|AFFAIRE|Case of|Affaire) ")
_VERSUS: Final = re.compile(r" (?:v|vs|c|and others|et autres)\b")
# A word of capitals, which is neither an initial nor `UK`.
_CAPITALS: Final = re.compile(r"(?<![^\W_])(?!UK\b|USA\b|II\b|III\b)[^\W\d_]{2,}(?![.\w])")
_DASHES: Final = str.maketrans({"–": "-", "‑": "-", "‐": "-"})
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
            r"^(?:European )?Court of Justice(?: of the European (?:Union|Communit(?:y|ies)))?"
            r"(?: \([^()]*\))?$"
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
_SELECTION: Final = re.compile(r"\d{4}[-–][IVX]+")
_SEVERAL: Final = re.compile(r",|;|&|\band\b|\bto\b")
_ECLI: Final = re.compile(r"\bEU:[CTF]:\d{4}:\d+")
_PART_OF_REPORTS: Final = re.compile(r"(?P<part>II?)[- ]*0*(?P<page>[1-9]\d*)")
_TRIBUNALS: Final = {
    "international court of justice": "ICJ",
    "permanent court of international justice": "PCIJ",
    "international criminal court": "ICC",
    "international criminal tribunal for the former yugoslavia": "ICTY",
    "international criminal tribunal for rwanda": "ICTR",
    "special court for sierra leone": "SCSL",
    "special tribunal for lebanon": "STL",
    "extraordinary chambers in the courts of cambodia": "ECCC",
    "international tribunal for the law of the sea": "ITLOS",
    "permanent court of arbitration": "PCA",
}
_TRIBUNALS_SHORT: Final = frozenset((*_TRIBUNALS.values(), "MICT", "IRMCT"))
_REPORTS: Final = {
    "all england law reports": "All ER",
    "appeal cases": "AC",
    "european court reports": "ECR",
    "european human rights reports": "EHRR",
    "i.c.j. reports": "ICJ Rep",
    "icj reports": "ICJ Rep",
    "immigration appeal reports": "Imm AR",
    "international law reports": "ILR",
    "law reports: appeal cases": "AC",
    "queen's bench": "QB",
    "reports of cases before the court of justice": "ECR",
    "weekly law reports": "WLR",
}
_REPORTS_BY_YEAR: Final = frozenset(
    [
        "AC",
        "All ER",
        "BCLC",
        "CMLR",
        "Ch",
        "Fam",
        "ICR",
        "INLR",
        "IR",
        "IRLR",
        "Imm AR",
        "KB",
        "Lloyd's Rep",
        "NZLR",
        "QB",
        "SCR",
        "WLR",
    ]
)
"""Law reports whose volumes begin with 1 in each year: `[2008] 1 AC 884`."""
_AMERICAN_REPORTS: Final = re.compile(
    r"US|S Ct|L Ed(?: ?2d)?|F ?[23]d|F ?4th|F Supp(?: ?[23]d)?|I ?(?:&|and) ?N(?: Dec)?"
    r"|(?:A|P|NE|NW|SE|SW|So) ?[23]d"
)
_AMERICAN_SUPREME_COURT: Final = re.compile(
    r"(?:US|U\.S\.|United States) Supreme Court|Supreme Court of the United States|USSC|SCOTUS"
)
_SMALL_WORDS: Final = frozenset(("AND", "ET", "OF", "THE", "DE", "LA", "DES", "DU"))
_PHASES: Final = frozenset(("advisory opinion", "merits", "preliminary objections"))
_DECISIONS: Final = frozenset(
    ("judgment", "judgement", "decision", "order", "case", "case law", "ruling")
)
_DIVISION: Final = re.compile(r"(?P<court>[A-Z]{3,}) \((?P<division>[A-Za-z]+)\)")
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
_UNION_NUMBER_AFTER_TITLE: Final = re.compile(
    r"(?P<title>.*[^\s,]),? \(?(?P<number>[CTF][-–‑]\d{1,4}/\d\d\b[^()]*)\)?"
)
_WORD_AT_END: Final = re.compile(r",? \(?(?:Joined )?Cases?\Z")
_NEUTRAL_IN_TITLE: Final = re.compile(
    r"(?P<title>.*\S) \[(?P<year>\d{4})\] (?P<court>[A-Z][A-Za-z]*(?: [A-Z][a-z]+)?)"
    r" (?P<number>\S.*)"
)
_NEUTRAL: Final = re.compile(
    r"(?:CG )?\[?(?P<year>\d{4})\]? (?P<court>[A-Z]{3,}[A-Za-z]*(?: (?:Civ|Crim|Fam|Admin))?)"
    r" (?P<number>\d+(?: \([A-Za-z]+\))?)"
)
_NEUTRAL_COURT: Final = re.compile(r"[A-Z]{2}[A-Za-z]*(?: [A-Z][a-z]+| \([A-Za-z]+\))*")
_NUMBER_WORDS: Final = re.compile(
    r"(?P<words>\D{0,60}?\bNos?\b\.?) ?(?P<number>\S.*)", re.IGNORECASE
)
_COMMUNICATION: Final = re.compile(
    r"(?:Communications?|Comm)\b\.?(?: nos?\b)?\.? ?(?P<number>\d.*)", re.IGNORECASE
)
_VIEWS: Final = re.compile(r".*/D/(?P<number>\d+/\d{4}(?:[-,&\d/]*\d)?)")


def prepared_case(record: Record) -> Record:
    """Return a case with the variables that the style requires.

    Args:
        record: An item for a style.

    Example:
        >>> found = prepared_case(Record(
        ...     type="legal_case", title="Commission v Council", number="Case C-176/03"))
        >>> found.genre, found.number
        ('Case', 'C-176/03')
    """
    record = _number_from_title(record)
    court = record.authority or ""
    if record.container_title is None:
        report = record.collection_title or record.extra.get("reporter")
        if isinstance(report, str):
            record = record.replace(container_title=report)
    if record.genre and record.number and record.genre.casefold() not in _DECISIONS | _PHASES:
        return record  # the genre is the words before the number
    title = _name_of_case(record.title or "")
    if record.genre and record.genre.casefold() in _PHASES and record.genre not in title:
        title = f"{title} ({record.genre})"
    record = _with_report(record.replace(title=title or None, genre=None))
    country = COUNTRY.fullmatch(court)
    if country is not None:
        court = country["body"]
    american = _american(record)
    if american is not None:
        return american
    record = record.replace(jurisdiction=None)
    named = court or record.publisher or ""
    if _HUMAN_RIGHTS_COURT.search(named):
        return _application(record, "ECtHR")
    if _HUMAN_RIGHTS_COMMISSION.search(named):
        return _application(record, "Commission Decision")
    union = _union_court(record, named)
    if union is not None:
        return _union_case(record, union)
    views = _communication(record, named)
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
    short = _TRIBUNALS.get(court.casefold(), court)
    if short in _TRIBUNALS_SHORT:
        shown = None if number or record.container_title else short
        return record.replace(authority=shown)
    division = _DIVISION.fullmatch(court)
    if division is not None and number.isdecimal():
        number = f"{number} ({division['division']})"
        return record.replace(authority=division["court"], number=number)
    if country is not None:
        court = _court_of(country["body"], country["country"])
        record = record.replace(authority=court)
    if court and number and not _NEUTRAL_COURT.fullmatch(court):
        words = _NUMBER_WORDS.fullmatch(number)
        if words is None:
            return record.replace(genre="No", number=number)
        return record.replace(genre=words["words"].replace(".", ""), number=words["number"])
    return record


def _name_of_case(title: str) -> str:
    """Return the name of a case as OSCOLA prints it.

    Example:
        >>> _name_of_case("CASE OF F.G. v. SWEDEN"), _name_of_case("Roe v. Moss")
        ('FG v Sweden', 'Roe v Moss')
    """
    name = _HEAD.sub("", title)
    if not any(letter.islower() for letter in _VERSUS.sub("", name)):
        name = _CAPITALS.sub(lambda found: _in_lower_case(found[0]), name)
    return without_stops(name)


def _in_lower_case(word: str) -> str:
    return word.lower() if word in _SMALL_WORDS else word.capitalize()


def _with_report(record: Record) -> Record:
    """Abbreviate the name of a law report, and set the year that identifies its volume."""
    report = record.container_title
    if report is None:
        return record
    report = _REPORTS.get(report.casefold(), without_stops(report).replace(".", ""))
    if report in {"US Reports", "United States Reports"}:
        report = "US"
    year = record.collection_number
    if year is None and record.volume and record.issued:
        year = _year_of(record.issued)
        if report not in _REPORTS_BY_YEAR:
            # No series has so many volumes in a year.
            is_running = record.volume.isdecimal() and len(record.volume) > 1
            year = f"({year})" if year and is_running else None
    return record.replace(container_title=report, collection_number=year)


def _american(record: Record) -> Record | None:
    """Return a case of the United States with the variables for its form, None for any other."""
    report = record.container_title
    if report is None or _AMERICAN_REPORTS.fullmatch(report) is None:
        return None
    supreme = _AMERICAN_SUPREME_COURT.fullmatch(record.authority or "")
    return record.replace(
        jurisdiction="US",
        authority=None if supreme else record.authority,
        number=None,
        collection_number=None,
    )


def _year_of(date: Date) -> str | None:
    return str(date.start.year) if isinstance(date.start, Point) else None


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
        changes = {"title": found["title"]}
        if not record.number or _ECLI.search(record.number):
            changes |= {
                "number": found["number"],
                "call_number": record.number or record.call_number,
            }
        return record.replace(**changes)
    found = _UNION_NUMBER_AFTER_TITLE.fullmatch(title)
    if found is not None:
        name = _WORD_AT_END.sub("", found["title"])
        return record.replace(title=name, number=record.number or found["number"])
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
        return record.replace(authority=None if record.container_title else court)
    selection = _SELECTION.fullmatch(record.volume or "")
    if record.container_title == "ECHR" and selection is not None:
        # The court's own reports are cited by year and part: ECHR 1998-VIII 3124.
        report = f"ECHR {record.volume}"
        record = record.replace(container_title=report, volume=None, issued=None)
    words = "App nos" if _SEVERAL.search(number) else "App no"
    if number.count("/") > 1 and not _SEVERAL.search(number):
        words = "Case no"  # the court's own numbers until 1998: 1/1989/161/217
    return record.replace(authority=court, genre=words, number=number)


def _union_court(record: Record, court: str) -> str | None:
    for pattern, short in _UNION_COURTS:
        if pattern.search(court):
            return short
    number = (record.number or "").translate(_DASHES)
    found = _UNION_NUMBER.fullmatch(number) or _OLD_UNION_NUMBER.fullmatch(number)
    if found is None or (court and record.authority and not found["word"]):
        return None
    certain = found["word"] or not number[0].isdecimal() or record.container_title == "ECR"
    return "CJEU" if certain else None


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
        # There is no number to print before the name.
        if ecli is None:
            return record.replace(authority=court)
        return record.replace(authority=None, number=ecli)
    number = found["number"]
    if _ECLI.search(number):
        number = _ECLI.sub("", number.replace("ECLI:", "")).strip(" ,;()")
    changes["number"] = number
    changes["genre"] = "Joined Cases" if _SEVERAL.search(number) else "Case"
    if record.references and _ECLI.search(record.references):
        changes["references"] = None
    part = _PART_OF_REPORTS.match((record.page or "").translate(_DASHES))
    if part is not None:
        changes["page"] = f"{part['part']}-{part['page']}"
        changes["volume"] = None
    elif record.volume in {"I", "II"} and record.page:
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
            genre="Communication No", number=named["number"], authority=name_of_body(court) or None
        )
    symbol = SYMBOL.fullmatch(number)
    if symbol is None:
        return None
    views = _VIEWS.fullmatch(symbol["symbol"])
    changes: dict[str, object] = {
        "authority": name_of_body(court) or None,
        "call_number": f"UN Doc {symbol['symbol']}{symbol['rest']}",
        "number": views["number"] if views else None,
        "genre": "Communication No" if views else None,
    }
    return record.replace(**changes)


def _court_of(body: str, country: str) -> str:
    return body if country.casefold() in body.casefold() else f"{body}, {country}"
