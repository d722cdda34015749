"""Steps that change single values of an entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from refcite.formats.bibtex.latex_read import letters_read, read_latex
from refcite.formats.bibtex.latex_write import write_latex
from refcite.formats.bibtex.mapping import VERBATIM_FIELDS
from refcite.formats.bibtex.people import split_list
from refcite.formats.bibtex.tidying.entries import Entry, Field, Form
from refcite.formats.bibtex.tidying.options import Tidying
from refcite.formats.bibtex.tidying.titles import (
    TITLES,
    in_sentence_case,
    in_title_case,
    protected_capitals,
)
from refcite.identifiers import fault_in_isbn, isbn_13, normal_doi

__all__ = ["VALUE_STEPS"]

_VERBATIM: Final = VERBATIM_FIELDS | {
    *(
        "url",
        "doi",
        "urlraw",
        "crossref",
        "xref",
        "xdata",
        "related",
        "entryset",
        "ids",
        "keywords",
    ),
    *("keyword", "groups", "bdsk-url-1", "bdsk-url-2", "bdsk-file-1", "biburl", "bibsource"),
    *("timestamp", "owner", "isbn", "issn", "pmid", "pmcid", "options", "execute", "adsurl"),
    *("sortkey", "sortname", "sorttitle", "sortyear", "presort", "date", "urldate", "langid"),
}
"""Fields whose text is not typeset, or in which every sign counts."""
_NO_SPACES: Final = VERBATIM_FIELDS | {"url", "doi", "crossref", "xdata"}
"""Fields in which a space is an error that needs a person."""
_LONG: Final = frozenset({"abstract", "annote", "annotation", "note", "review", "notes", "comment"})
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n")
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_MONTHS: Final[Mapping[str, str]] = {
    word: name[:3]
    for name in (
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december"),
    )
    for word in (name, name[:3], f"{name[:3]}.", *(("sept", "sept.") if name[0:3] == "sep" else ()))
}
_ADDRESS_OF_DOI: Final = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_ISBN_LABEL: Final = re.compile(r"\s*ISBN(?:-1[03])?:?\s*", re.IGNORECASE)
_ISSN: Final = re.compile(r"(?:ISSN:?\s*)?(\d{4})[-–— ]?(\d{3}[\dXx])", re.IGNORECASE | re.ASCII)
_DASH: Final = re.compile(
    r"(?<![-\w])([A-Za-z]{0,3}\d+)\s*(?:-|–|\\textendash(?:\s*\{\})?)\s*([A-Za-z]{0,3}\d+)(?![-\w])"
)
_MANY: Final = re.compile(r"^[\sA-Za-z0-9,;–-]+$")
# What an escape must not touch: formulas, commands with the groups after them, and escapes.
_KEPT: Final = re.compile(
    r"\$(?:[^$\\]|\\.)*\$|\\[A-Za-z]+\*?(?:\s*\[[^\]]*\])?(?:\{(?:[^{}]|\{[^{}]*\})*\})*|\\."
)
_SPECIAL: Final = re.compile(r"&(?![A-Za-z]+;)|[%#_]")
_ADDRESS: Final = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_NAMES: Final = frozenset(
    ["author", "editor", "translator", "bookauthor", "editora", "editorb", "editorc", "annotator"]
)
_JOURNALS: Final = ("journal", "journaltitle", "fjournal")
_MACROS: Final = tuple(dict.fromkeys(_MONTHS.values()))


def _texts(entry: Entry) -> list[Field]:
    """Return the fields whose values LaTeX typesets."""
    return [one for one in entry.fields if one.is_literal and one.key not in _VERBATIM]


def _whitespace(entry: Entry, options: Tidying) -> None:
    for one in entry.fields:
        text = one.text
        if not one.is_literal or one.key in _NO_SPACES:
            continue
        if not ("\n" in text or "  " in text or "\t" in text or text != text.strip()):
            continue
        if one.key in _LONG and _PARAGRAPH.search(text):
            continue  # its paragraphs would be lost
        tidied = _SPACES.sub(" ", text).strip()
        if tidied[-1:] == "\\":
            tidied += " "  # a space after a backslash is a command
        if tidied != text:
            one.change(tidied)


def _empty(entry: Entry, options: Tidying) -> None:
    if entry.get("crossref", "xdata") is not None:
        return  # an empty field prevents inheritance
    empty = [one for one in entry.fields if one.is_literal and not one.text.strip()]
    if len(empty) < len(entry.fields):
        for one in empty:
            entry.remove(one)


def _months(entry: Entry, options: Tidying) -> None:
    one = entry.get("month")
    if one is None or not one.is_literal:
        return
    text = one.text.strip().lower()
    name = _MONTHS.get(text)
    if name is None and text.isdecimal() and text.isascii() and 0 < int(text) < 13:
        name = _MACROS[int(text) - 1]
    if name is not None:
        one.change(name, Form.MACRO)


def _doi(entry: Entry, options: Tidying) -> None:
    one = entry.get("doi")
    if one is None or not one.is_literal:
        return
    text = one.text.strip().strip("{}")
    doi = normal_doi(text)
    if doi.startswith("10.") and doi != one.text and not {"{", "}", "\\", "%"} & {*doi}:
        one.change(doi)


def _url_of_doi(entry: Entry, options: Tidying) -> None:
    url, doi = entry.get("url"), entry.get("doi")
    if url is None or not url.is_literal or _ADDRESS_OF_DOI.match(url.text.strip()) is None:
        return
    found = normal_doi(url.text.strip())
    if not found.startswith("10.") or {"{", "}", "\\", "%", "?", "#"} & {*found}:
        return
    if doi is None:
        url.rename("doi")
        url.change(found)
    elif doi.is_literal and normal_doi(doi.text.strip()).lower() == found.lower():
        entry.remove(url)


def _isbn(entry: Entry, options: Tidying) -> None:
    one = entry.get("isbn")
    if one is None or not one.is_literal:
        return
    text = _ISBN_LABEL.sub("", one.text, count=1).replace("–", "-").strip()
    if "isbn-13" in options.steps and fault_in_isbn(text) is None:
        bare = text.replace("-", "").replace(" ", "")
        if len(bare) == 10:
            text = isbn_13(text)
    if text != one.text and text and fault_in_isbn(text) is None:
        one.change(text)


def _issn(entry: Entry, options: Tidying) -> None:
    one = entry.get("issn")
    found = _ISSN.fullmatch(one.text.strip()) if one is not None and one.is_literal else None
    if one is not None and found is not None:
        text = f"{found[1]}-{found[2].upper()}"
        if text != one.text:
            one.change(text)


def _pages(entry: Entry, options: Tidying) -> None:
    one = entry.get("pages")
    if one is None or not one.is_literal or "--" in one.text:
        return
    # Only lists of ranges: `A-1` or `2-15 to 2-18` may be numbers with hyphens.
    if "\\" not in one.text and (_MANY.match(one.text) is None or one.text.count("-") > 1):
        parts = re.split(r"[,;]", one.text)
        if any(part.count("-") + part.count("–") > 1 for part in parts):
            return
    text = _DASH.sub(r"\1--\2", one.text)
    if text != one.text:
        one.change(text)


def _escape(entry: Entry, options: Tidying) -> None:
    for one in _texts(entry):
        text = one.text
        if not ("&" in text or "%" in text or "#" in text or "_" in text):
            continue
        if text.count("$") % 2 or "&#" in text or "://" in text or "@" in text:
            continue  # broken mathematics; entities and addresses, in which the signs count
        tidied = _outside(_KEPT, text, lambda part: _SPECIAL.sub(r"\\\g<0>", part))
        if tidied != text:
            one.change(tidied)


def _outside(kept: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    parts: list[str] = []
    done = 0
    for found in kept.finditer(text):
        parts += (change(text[done : found.start()]), found[0])
        done = found.end()
    return "".join((*parts, change(text[done:])))


def _duplicates(entry: Entry, options: Tidying) -> None:
    if len({one.key for one in entry.fields}) == len(entry.fields):
        return
    seen: dict[str, str] = {}
    for one in list(entry.fields):
        value = one.written()
        if one.key not in seen:
            seen[one.key] = value
        elif seen[one.key] == value:
            entry.remove(one)


def _omit(entry: Entry, options: Tidying) -> None:
    for one in [one for one in entry.fields if one.key in options.omit]:
        if len(entry.fields) > 1:
            entry.remove(one)


def _double_braces(entry: Entry, options: Tidying) -> None:
    for one in _texts(entry):
        text = one.text
        if one.form is Form.BRACES and text[:1] == "{" and text[-1:] == "}":
            depth = 0
            for place, sign in enumerate(text):
                depth += (sign == "{") - (sign == "}")
                if not depth:
                    if place == len(text) - 1 and len(text) > 2 and text[1] != "\\":
                        one.change(text[1:-1])
                    break


def _protect(entry: Entry, options: Tidying) -> None:
    for one in _texts(entry):
        if one.key in TITLES:
            tidied = protected_capitals(one.text)
            if tidied is not None:
                one.change(tidied)


def _title_case(entry: Entry, options: Tidying) -> None:
    change = in_sentence_case if options.title_case == "sentence" else in_title_case
    for one in _texts(entry):
        if one.key in TITLES:
            tidied = change(one.text)
            if tidied != one.text:
                one.change(tidied)


def _journals(entry: Entry, options: Tidying) -> None:
    one = entry.get(*_JOURNALS)
    if options.journal is None or one is None or not one.is_literal:
        return
    plain = read_latex(one.text)
    if "<" in plain or "$" in plain:
        return
    name = options.journal(plain)
    if name is not None and name != plain:
        one.change(write_latex(name))


def _encoding(entry: Entry, options: Tidying) -> None:
    for one in _texts(entry):
        text = one.text
        if options.encoding == "unicode":
            tidied = letters_read(text, tie="~") if "\\" in text else text
        elif text.isascii():
            continue
        else:
            tidied = _outside(
                _KEPT,
                text,
                lambda part: _NOT_ASCII.sub(lambda found: _as_command(found[0]), part),
            )
        if tidied != text:
            one.change(tidied)


def _as_command(text: str) -> str:
    written = write_latex(text, ascii=True)
    # Kept if LaTeX has nothing that reads as the same text.
    return written if written.isascii() and read_latex(written) == read_latex(text) else text


def _dates(entry: Entry, options: Tidying) -> None:
    date, year = entry.get("date"), entry.get("year")
    if options.dates == "bibtex":
        found = _DAY.fullmatch(date.text.strip()) if date is not None and date.is_literal else None
        if date is None or found is None or year is not None or entry.get("month") is not None:
            return
        date.rename("year")
        date.change(found[1], Form.BRACES)
        if found[2] is not None and 0 < int(found[2]) < 13:
            entry.add("month", _MACROS[int(found[2]) - 1], Form.MACRO)
        if found[3] is not None:
            entry.add("day", str(int(found[3])))
    elif date is None and year is not None and year.is_literal:
        text = year.text.strip()
        month, day = entry.get("month"), entry.get("day")
        if not (len(text) == 4 and text.isdecimal() and text.isascii()):
            return
        number = _number_of(month)
        if (month is not None and not number) or (day is not None and not day.text.isdecimal()):
            return
        if number:
            text += f"-{number:02}"
            if day is not None and day.is_literal:
                text += f"-{int(day.text):02}"
        for one in (month, day if number else None):
            if one is not None:
                entry.remove(one)
        year.rename("date")
        year.change(text, Form.BRACES)


def _number_of(month: Field | None) -> int:
    if month is None or month.form is Form.JOINED:
        return 0
    text = month.text.strip().lower()
    if text.isdecimal() and text.isascii():
        return int(text) if 0 < int(text) < 13 else 0
    name = _MONTHS.get(text)
    return _MACROS.index(name) + 1 if name else 0


def _max_authors(entry: Entry, options: Tidying) -> None:
    for one in entry.fields:
        if one.key not in _NAMES or not one.is_literal:
            continue
        names = split_list(one.text)
        others = names[-1].lower() == "others"
        if len(names) - others > options.max_authors > 0:
            one.change(" and ".join([*names[: options.max_authors], "others"]))


VALUE_STEPS: Final[Mapping[str, Callable[[Entry, Tidying], None]]] = {
    "whitespace": _whitespace,
    "empty-fields": _empty,
    "months": _months,
    "doi": _doi,
    "url-of-doi": _url_of_doi,
    "isbn": _isbn,
    "isbn-13": _isbn,
    "issn": _issn,
    "pages": _pages,
    "duplicate-fields": _duplicates,
    "omit": _omit,
    "double-braces": _double_braces,
    "title-case": _title_case,
    "protect-capitals": _protect,
    "journals": _journals,
    "dates": _dates,
    "max-authors": _max_authors,
    "encoding": _encoding,
    "escape": _escape,
}
"""The steps that change values, with the functions that make them."""
