"""The work of a MARC record: its fields, read by the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from refcite.dates import Date
from refcite.formats.draft import Draft, Field
from refcite.formats.iso639 import tag_of_code
from refcite.formats.marc.dates import coded_dates, year_in
from refcite.formats.marc.fields import MarcField, MarcRecord, clean, without_end
from refcite.formats.marc.hosts import host_fields
from refcite.formats.marc.people import names_in, roles_of
from refcite.formats.marc.table import MUSIC, SPEC
from refcite.formats.marc.types import OWN, leader_of, type_of
from refcite.formats.mods import HOSTED
from refcite.problems import Severity

__all__ = ["GENRE", "draft_of", "heading_words"]

GENRE: Final = f"{OWN}-genre"
"""The source ($2) of a genre (655) that is CSL's variable."""
_HEADING_NAMES: Final = {
    "600": "abcq",
    "610": "abcd",
    "611": "acde",
    "630": "anp",
    "654": "abc",
    "655": "abc",
    "662": "abcdfgh",
}
"""The subfields of a subject heading that are one keyword; of other headings, `a`."""
_SUBDIVISIONS: Final = "vxyz"
_SEPARATORS: Final = {":": ": ", ";": "; ", "=": " = "}
_INNER_MARK: Final = re.compile(r" ([:;]) ")
_UNKNOWN: Final = re.compile(
    r"\[?\s*(?:s\.\s?[ln]\.|sine (?:loco|nomine)|place of publication not identified"
    r"|(?:publisher|distributor|date of publication) not identified)\s*\]?",
    re.IGNORECASE,
)
_NOT_THE_WORK: Final = re.compile(
    r"table of contents|contents|inhaltsverzeichnis|inhaltstext|klappentext|cover|rezension|review"
    r"|publisher description|contributor biograph|sample text|sommaire|table des mati|picture"
    r"|related|finding aid",
    re.IGNORECASE,
)
"""Words on links to something else than the work."""
_UNITS: Final = r"p|pp|pages?|s|seiten|bl|blätter|leaves|l|f|feuilles|pág|págs|páginas"
_PAGES: Final = re.compile(rf"([0-9]{{1,6}})\s?(?:{_UNITS})\b", re.IGNORECASE)
_VOLUMES: Final = re.compile(
    r"([0-9]{1,4})\s?(?:v|vols?|volumes?|bde?|bände|t|tomes)\b", re.IGNORECASE
)
_ONLY_NUMBER: Final = re.compile(r"[0-9]{1,6}\s?\w{1,8}\.?|[0-9]{1,6}")
_THESIS: Final = re.compile(
    r"(?:thesis|dissertation|diss\.?|thèse|tesis|hochschulschrift)?\s*"
    r"(?:\(([^()]{1,60})\))?[\s:]*(?:--|-|–|—|,)\s*([^,]{2,120}(?:, [^\d,]{2,60})?),\s*"
    r"\[?(?:c|©)?([0-9]{4})\]?\.?",
    re.IGNORECASE,
)
_BASIC_KINDS: Final = {"pmid": "024/pmid", "pmcid": "024/pmcid", "doi": "024/doi"}
_LANGUAGE: Final = re.compile(r"[a-z]{3}")
_NO_LANGUAGE: Final = frozenset(("und", "zxx", "mul"))
_GUESS: Final = "a name in field 700 or 710 has no role, and the record has no main author"


class _Reader:
    """Reads one record into a draft.

    Args:
        record: The record.
        day_first: How to read `01/02/2017`.
    """

    def __init__(self, record: MarcRecord, day_first: bool | None) -> None:
        csl_type = type_of(record)
        self.type = csl_type if csl_type in SPEC.carried_types() else "document"
        self.draft = Draft(SPEC, self.type, day_first=day_first, line=record.line)
        self.draft.values["type"] = self.type
        self.record = record
        self.found: list[Field] = []
        self.has_author = any(True for _ in record.tagged("100", "110"))
        self.is_part = self.type in HOSTED
        self.seen: set[str] = set()

    def read(self) -> Draft:
        draft = self.draft
        self._controls()
        for field in self.record.fields:
            draft.line = field.line
            reader = _READERS.get(field.tag)
            if reader is None:
                self._plain(field)
            else:
                reader(self, field)
        draft.read(self.found)
        self._coded()
        values = draft.values
        if self.type == "song" and "author" not in values and "composer" not in values:
            # The performers of a recording are its main creators.
            performers = values.pop("performer", None)
            if performers:
                values["author"] = performers
        return draft

    def add(self, own: str, value: object, field: MarcField) -> None:
        self.found.append((own, value, field.line))  # type: ignore[arg-type]

    def keep(self, field: MarcField) -> None:
        """Keep a whole field."""
        if field.subfields:
            self.draft.keep(field.tag, field.shown())

    def rest(self, field: MarcField, used: str) -> None:
        """Keep the subfields that are not read, each under tag and code."""
        for code, text in field.subfields:
            if code not in used:
                self.draft.keep(f"{field.tag}${code}", text)

    def _controls(self) -> None:
        record, draft = self.record, self.draft
        for tag, text in record.controls:
            if tag == "001":
                self.found.append((tag, clean(text), record.line or 1))
            elif tag != "008" or not text.startswith("|"):
                draft.keep(tag, text)
        if record.leader and record.leader != leader_of(self.type):
            draft.extra["leader"] = record.leader

    def _coded(self) -> None:
        """Use the data of 008 for what no other field states."""
        fixed = self.record.control("008")
        if not fixed:
            return
        values = self.draft.values
        if "issued" not in values or "original_date" not in values:
            issued, original = coded_dates(fixed)
            for attribute, date in (("issued", issued), ("original_date", original)):
                if date is not None:
                    values.setdefault(attribute, date)
        code = fixed[35:38].lower()
        if "language" not in values and _LANGUAGE.fullmatch(code) and code not in _NO_LANGUAGE:
            values["language"] = tag_of_code(code) or code

    def _plain(self, field: MarcField) -> None:
        """Read the subfields that have a row, and keep the others."""
        used = ""
        for code, text in field.subfields:
            own = f"{field.tag}${code}"
            if code not in used and own in _KEYS:
                used += code
                self.add(own, without_end(text), field)
        if used:
            # Only the first subfield of each code is read.
            taken = set()
            for code, text in field.subfields:
                if code in used and code not in taken:
                    taken.add(code)
                else:
                    self.draft.keep(f"{field.tag}${code}", text)
        else:
            self.keep(field)

    # Titles

    def title(self, field: MarcField) -> None:
        if "245" in self.seen:
            self.keep(field)
            return
        self.seen.add("245")
        title, mark = "", ""
        single: set[str] = set()
        for code, raw in field.subfields:
            text = clean(raw)
            if code in "ab" or (code == "k" and not title):
                bare = _bare_title(text)
                if bare:
                    title = f"{title}{_SEPARATORS.get(mark, ': ')}{bare}" if title else bare
            elif code in "nph" and code not in single:
                single.add(code)
                bare = without_end(text).strip("[]") if code == "h" else without_end(text)
                self.add(f"245${code}", bare, field)
            else:
                self.draft.keep(f"245${code}", raw)
            mark = text[-1:]
        self.add("245", title, field)

    def uniform(self, field: MarcField) -> None:
        """Read a uniform title; it is that of the original if a language of translation follows."""
        if field.tag == "240" and not field.first("l"):
            self.keep(field)
            return
        self.add(f"{field.tag}$a", without_end(field.first("a")).strip("[]"), field)
        if any(code != "a" for code, _ in field.subfields):
            self.keep(field)

    # Names

    def name(self, field: MarcField) -> None:
        is_added = field.tag[0] == "7"
        variables, has_role = roles_of(field)
        is_other_work = any(code in "tik" for code, _ in field.subfields)
        if is_added and (is_other_work or (has_role and not variables)):
            self.keep(field)
            return
        if not variables:
            variables = [self._role(field) if is_added else "author"]
        names = names_in(field, self.draft)
        if not names:
            self.keep(field)
        for variable in variables:
            self.add(f"name/{variable}", names, field)

    def _role(self, field: MarcField) -> str:
        if self.has_author or self.is_part or field.tag == "720":
            return "author"
        role = "contributor" if self.type in MUSIC else "editor"
        message = f"{_GUESS}; it is read as {role}"
        if not any(one.code == "guessed-role" for one in self.draft.problems):
            hint = "check the names, and move them to the variable of their role"
            self.draft.report("guessed-role", message, Severity.INFO, hint)
        return role

    def meeting(self, field: MarcField) -> None:
        if "711" in self.seen or field.first("t"):
            self.keep(field)
            return
        self.seen.add("711")
        used = "acd"
        title = clean(field.first("a"))
        place = without_end(field.first("c")).strip("() ")
        date = without_end(field.first("d")).strip("() ")
        self.add("711$a", without_end(title.rstrip(" (")), field)
        self.add("711$c", place, field)
        self.add("711$d", date, field)
        for code, text in field.subfields:
            if code not in used:
                self.draft.keep(f"711${code}", text)

    # Publication

    def imprint(self, field: MarcField) -> None:
        kind = field.indicators[1] if field.tag == "264" else "1"
        if kind == "4":
            date = _date_of(field.first("c"))
            if date is not None and not self._has_imprint():
                self.add("264$c", str(date), field)
            self.keep(field)
            return
        if kind in "23" and self._has_imprint():
            self.keep(field)
            return
        for code, raw in field.subfields:
            text = _unbracketed(without_end(raw))
            if code in "ab":
                if text and not _UNKNOWN.fullmatch(text):
                    self.add(f"264${code}", text, field)
            elif code == "c" and "264$c" not in self.seen:
                self.seen.add("264$c")
                self._issued(raw, field)
            else:
                self.draft.keep(f"264${code}", raw)

    def _has_imprint(self) -> bool:
        return any(
            one.first("abc") and (one.tag == "260" or one.indicators[1] in "01 ")
            for one in self.record.tagged("260", "264")
        )

    def _issued(self, raw: str, field: MarcField) -> None:
        text = _unbracketed(without_end(raw))
        if not text or _UNKNOWN.fullmatch(text):
            return
        date = _date_of(raw)
        if date is not None:
            self.add("264$c", str(date), field)
            return
        coded = coded_dates(self.record.control("008"))[0]
        date = coded or year_in(text)
        if date is None:
            self.add("264$c", text, field)
        else:
            self.add("264$c", str(date), field)
            self.draft.keep("264$c", raw)

    def series(self, field: MarcField) -> None:
        """Read a series entry that is traced, if there is no series statement."""
        if "490" in self.seen or any(True for _ in self.record.tagged("490")):
            self.keep(field)
            return
        self.seen.add("490")
        for code in "av":
            text = without_end(field.first(code))
            if text:
                self.add(f"490${code}", text, field)
        self.keep(field)

    def extent(self, field: MarcField) -> None:
        if "300" in self.seen:
            self.keep(field)
            return
        self.seen.add("300")
        for code, raw in field.subfields:
            if code == "c" and "300$c" not in self.seen:
                self.seen.add("300$c")
                self.add("300$c", without_end(raw), field)
                continue
            if code == "a":
                text = without_end(raw)
                pages = list(_PAGES.finditer(text))
                volumes = None if pages else _VOLUMES.match(text)
                number = max(pages, key=lambda one: int(one[1]))[1] if pages else None
                if number:
                    self.add("300/pages", number, field)
                elif volumes:
                    self.add("300/volumes", volumes[1], field)
                elif text.isdecimal():
                    self.add("300/pages", text, field)
                if _ONLY_NUMBER.fullmatch(text) and (number or volumes or text.isdecimal()):
                    continue
            self.draft.keep(f"300${code}", raw)

    def thesis(self, field: MarcField) -> None:
        used = ""
        for code in "bcd":
            text = without_end(field.first(code))
            if text:
                used += code
                self.add(f"502${code}", _unbracketed(text), field)
        text = clean(field.first("a"))
        if text and not used:
            found = _THESIS.fullmatch(text)
            for code, part in zip("bcd", found.groups() if found else (), strict=False):
                if part:
                    self.add(f"502${code}", part.strip(), field)
        self.rest(field, used)

    # Numbers and identifiers

    def identifier(self, field: MarcField) -> None:
        text = clean(field.first("a"))
        own = _BASIC_KINDS.get(clean(field.first("2")).lower())
        if field.indicators[0] == "7" and own and text and own not in self.seen:
            self.seen.add(own)
            self.add(own, text, field)
            self.rest(field, "a2")
        else:
            self.keep(field)

    def number(self, field: MarcField) -> None:
        """Read an ISBN or an ISSN; a cancelled one is kept."""
        own = f"{field.tag}$a"
        text = clean(field.first("a"))
        if text and own not in self.seen:
            self.seen.add(own)
            self.add(own, text, field)
            self.rest(field, "a")
        else:
            self.keep(field)

    def languages(self, field: MarcField) -> None:
        text = clean(field.first("a"))
        if not text or "041" in self.seen:
            self.keep(field)
            return
        self.seen.add("041")
        is_marc = not field.first("2")
        if is_marc and len(text) > 3 and len(text) % 3 == 0 and text.isalpha():
            # Before 2001 all codes were in one subfield.
            self.add("041$a", text[:3], field)
            self.keep(field)
            return
        self.add("041$a", text, field)
        if len(field.subfields) > 1 + (not is_marc):
            self.keep(field)

    # Subjects, notes and links

    def subject(self, field: MarcField) -> None:
        if field.tag == "655" and field.first("2") in (OWN, GENRE):
            if field.first("2") == GENRE:
                self.add("655/genre", clean(field.first("a")), field)
            return
        words = heading_words(field)
        if words:
            self.add("653", words, field)
        if field.tag != "653" or len(field.subfields) > 1:
            self.keep(field)

    def abstract(self, field: MarcField) -> None:
        text = _lines(field.first("a"))
        if not text or field.indicators[0] == "4":
            self.keep(field)
            return
        more = _lines(field.first("b"))
        self.add("520$a", f"{text} {more}" if more else text, field)
        self.rest(field, "ab")

    def note(self, field: MarcField) -> None:
        text = _lines(field.first("a"))
        if text:
            self.add("500$a", text, field)
        self.rest(field, "a")

    def call_number(self, field: MarcField) -> None:
        """Read a shelf mark or the number of a classification."""
        if field.tag == "852":
            text = " ".join(clean(one) for one in field.all("khijlm"))
            if text and "852" not in self.seen:
                self.seen.add("852")
                self.add("852", text, field)
                if [code for code, _ in field.subfields] == ["h"]:
                    return
            self.keep(field)
            return
        text = " ".join(clean(one) for one in field.all("ab"))
        own = f"{field.tag}$a"
        if text and own not in self.seen:
            self.seen.add(own)
            self.add(own, text, field)
            self.rest(field, "ab")
        else:
            self.keep(field)

    def link(self, field: MarcField) -> None:
        text = clean(field.first("u"))
        said = " ".join(field.all("3yz"))
        is_other = field.indicators[1] == "2" or _NOT_THE_WORK.search(said) is not None
        if not text or is_other or "856" in self.seen:
            self.keep(field)
            return
        self.seen.add("856")
        self.add("856$u", text, field)
        self.rest(field, "u")

    # Other works

    def host(self, field: MarcField) -> None:
        if "773" in self.seen:
            self.keep(field)
            return
        self.seen.add("773")
        read: dict[str, bool] = {}
        known: set[str] = set()
        for own, text, is_all in host_fields(field):
            if own not in known:
                known.add(own)
                self.add(own, text, field)
            code = own[4]
            read[code] = read.get(code, True) and is_all
        for code, text in field.subfields:
            if not read.get(code):
                self.draft.keep(f"773${code}", text)

    def other_work(self, field: MarcField) -> None:
        label = clean(field.first("i")).casefold()
        is_review = label.startswith(("review of", "rezension von", "rezensiertes werk"))
        is_read = field.tag == "765" or is_review
        if not is_read or field.tag in self.seen or not field.first("t"):
            self.keep(field)
            return
        self.seen.add(field.tag)
        self.add(f"{field.tag}$t", without_end(field.first("t")), field)
        self.rest(field, "ti")


_KEYS: Final = frozenset(row.own for row in SPEC.fields)
_SUBJECTS: Final = (
    "600", "610", "611", "630", "648", "650", "651", "653", "654", "655", "656", "657", "658",
    "662", "689",
)  # fmt: skip
_READERS: Final[dict[str, Callable[[_Reader, MarcField], None]]] = {
    "245": _Reader.title,
    **dict.fromkeys(("130", "240"), _Reader.uniform),
    **dict.fromkeys(("100", "110", "700", "710", "720"), _Reader.name),
    **dict.fromkeys(("111", "711"), _Reader.meeting),
    **dict.fromkeys(("260", "264"), _Reader.imprint),
    **dict.fromkeys(("440", "830"), _Reader.series),
    "300": _Reader.extent,
    "502": _Reader.thesis,
    "024": _Reader.identifier,
    **dict.fromkeys(("020", "022"), _Reader.number),
    "041": _Reader.languages,
    **dict.fromkeys(_SUBJECTS, _Reader.subject),
    "520": _Reader.abstract,
    "500": _Reader.note,
    **dict.fromkeys(
        ("050", "060", "070", "080", "082", "084", "090", "099", "852"), _Reader.call_number
    ),
    "856": _Reader.link,
    "773": _Reader.host,
    **dict.fromkeys(("765", "787"), _Reader.other_work),
}


def draft_of(record: MarcRecord, day_first: bool | None = None) -> Draft:
    """Return the data of a record.

    Args:
        record: A bibliographic record of MARC 21.
        day_first: How to read `01/02/2017`.

    Example:
        >>> parts = [("a", "Owls :"), ("b", "a history /"), ("c", "A. Roe.")]
        >>> title = MarcField("245", "10", parts)
        >>> draft = draft_of(MarcRecord("00000nam a2200000   4500", fields=[title]))
        >>> draft.values["title"], draft.extra
        ('Owls: a history', {'245$c': 'A. Roe.'})
    """
    return _Reader(record, day_first).read()


def heading_words(field: MarcField) -> tuple[str, ...]:
    """Return the keywords of a subject heading: the heading, a title in it, and subdivisions.

    Example:
        >>> heading_words(MarcField("650", " 0", [("a", "Owls"), ("z", "Peru"), ("v", "Maps.")]))
        ('Owls', 'Maps', 'Peru')
        >>> heading_words(MarcField("610", "10", [("a", "Peru."), ("b", "Congreso.")]))
        ('Peru. Congreso',)
    """
    return tuple(dict.fromkeys(filter(None, _heading(field))))


def _heading(field: MarcField) -> Iterator[str]:
    tag = field.tag
    if tag == "653":
        yield from (without_end(text) for text in field.all("a"))
        return
    parts = [without_end(text) for text in field.all(_HEADING_NAMES.get(tag, "a"))]
    yield (". " if tag in ("610", "630") else " ").join(filter(None, parts))
    if tag in ("600", "610", "611"):
        yield from (without_end(text) for text in field.all("t"))
    for code in _SUBDIVISIONS:
        # Of two subdivisions of one kind, such as Norway and Oslo, the second is a part.
        yield " ".join(map(without_end, field.all(code)))


def _bare_title(text: str) -> str:
    bare = without_end(text)
    bare = bare.removeprefix("= ")
    return _INNER_MARK.sub(r"\1 ", bare) if " : " in bare or " ; " in bare else bare


def _unbracketed(text: str) -> str:
    """Return a text without brackets around what the cataloguer has supplied."""
    if text.startswith("[") and text.endswith("]") and text.count("[") == 1:
        return text[1:-1].strip()
    return text


def _date_of(raw: str) -> Date | None:
    """Return the date of a transcribed text, if it contains only a date."""
    whole = clean(raw)
    text = whole.rstrip(" .,;:")
    if not text:
        return None
    for one in dict.fromkeys((whole, _unbracketed(text), text)):
        date = Date.parse(one)
        if date.literal is None:
            return date
    return None


def _lines(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))
