"""Labels that are written inside locators and numbers, such as `ch. 3 para. 5-6`.

Each label has the numbers up to the next one. The first label is that of the whole: it replaces the
label next to it, and is printed where the style prints a label. The others are printed in their
place, in the style's language. Unknown abbreviations, units in words and signs remain text.

CSL 1.0.2 has no such labels. The abbreviations are those that citeproc-js reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from attrs import frozen

__all__ = [
    "Labelled",
    "format_labelled",
    "labelled",
    "leading_label",
    "numbers_of",
    "read_locator",
    "wrapped",
]

_LABELS: Final = {
    "amend.": "amendment",
    "app.": "appendix",
    "art.": "article-locator",
    "bk.": "book",
    "ch.": "chapter",
    "cl.": "clause",
    "cmt.": "comment",
    "col.": "column",
    "dec.": "decision",
    "dept.": "department",
    "ex.": "example",
    "fig.": "figure",
    "fld.": "field",
    "fol.": "folio",
    "hypo.": "hypothetical",
    "illus.": "illustration",
    "intro.": "introduction",
    "l.": "line",
    "n.": "note",
    "no.": "issue",
    "op.": "opus",
    "p.": "page",
    "para.": "paragraph",
    "pmbl.": "preamble",
    "pp.": "page",
    "princ.": "principle",
    "pt.": "part",
    "pub.": "publication",
    "r.": "rule",
    "sched.": "schedule",
    "sec.": "section",
    "subch.": "subchapter",
    "subdiv.": "subdivision",
    "subpara.": "subparagraph",
    "subsec.": "subsection",
    "supp.": "supplement",
    "sv.": "sub-verbo",
    "tbl.": "table",
    "tit.": "title-locator",
    "vol.": "volume",
    "vrs.": "verse",
}
# Units in words, and in abbreviations without a period, as English law has them: "para 44", "s 3".
_WORDS: Final = (
    "acts?|annex(?:es)?|app(?:endix|endices|x)?|art(?:icle)?s?|books?|bks?|canons?|ch(?:apter|ap)?s?"
    "|clauses?|cls?|col(?:umn)?s?|equations?|eqs?|fig(?:ure)?s?|fol(?:io)?s?|foot-?notes?|fns?"
    "|lines?|notes?|numbers?|nos?|nn|para(?:graph)?s?|part|parts|pts?|recitals?|regs?|rules?"
    "|scenes?|sch(?:ed(?:ule)?)?s?|sec(?:tion|t)?s?|ss|sub-?(?:section|paragraph|chapter)s?"
    "|tables?|tbls?|verses?|vol(?:ume)?s?"
)
_LETTERS: Final = "[nlrsv]"
_UNIT: Final = f"(?:{_WORDS}|pages?|pp?|{_LETTERS})"
_ONE: Final = "|".join(re.escape(label) for label in sorted(_LABELS, key=len, reverse=True))
_LEADING: Final = re.compile(rf"\s*({_ONE})\s+(?=\S)")
# A label after a number, with what joins it: "5, n. 12", "10 para. 1", "5-p. 7".
# An abbreviation that is not known stays as it is, but the numbers before it end there.
# White space is tried from its first character only, so that the time stays linear.
_INNER: Final = re.compile(
    rf"((?:[,;&]|\band\b|(?<!\s))\s+|[-\u2013])"
    rf"(?:({_ONE})\s+(?=\S)|([a-z]{{1,8}}\.|\b(?:{_UNIT})\b|[§¶]{{1,2}})\s+(?=[0-9]))"
)
# What follows a unit in words, so that "part of" and "note that" are none.
_COUNTED: Final = r"\s+(?=[(\[]?(?:[0-9]|[ivxlcdm]+\b|[A-Z]\b))"
_PAGES: Final = re.compile(rf"\s*(?:[Pp]ages?|pp?|[Pp]gs?)\.?{_COUNTED}")
_OTHER_UNIT: Final = re.compile(
    rf"\s*(?:(?i:{_WORDS})\.?{_COUNTED}|(?:{_LETTERS}){_COUNTED}|[§¶]|s\.\s?v\.\s|sub verbo\s)"
)
_NUMBER: Final = re.compile(r"\s*(?:[^\W\d_]{0,3}[0-9]|[ivxlcdm]+\b|[A-Za-z]\b)")


@frozen
class Labelled:
    """Numbers with the label before them.

    Attributes:
        numbers: The numbers, and text that is between them.
        label: The label's term; empty for the first numbers, whose label is printed elsewhere.
        typed: The label as it was typed.
        joint: What is between these and the numbers before.
    """

    numbers: str
    label: str = ""
    typed: str = ""
    joint: str = ""


def leading_label(text: str) -> tuple[str, str] | None:
    """Return the label that a text begins with, and the text after it; None if there is none.

    Example:
        >>> leading_label("ch. 3 para. 5")
        ('chapter', '3 para. 5')
        >>> leading_label("chapitre 3") is None
        True
    """
    # Every label has a period.
    found = _LEADING.match(text) if "." in text else None
    return None if found is None else (_LABELS[found[1]], text[found.end() :])


def read_locator(text: str, label: str) -> tuple[str, str]:
    """Return the label of a locator and its numbers.

    A unit in words, or a sign, is printed as it was typed. It then has no label: without one, it
    would get that of pages, which is the default of a cite ("p. chapter 3").

    Args:
        text: The locator.
        label: The label of the cite.

    Example:
        >>> read_locator("ch. 3 para. 5", "page"), read_locator("pages 3-5", "page")
        (('chapter', '3 para. 5'), ('page', '3-5'))
        >>> read_locator("chapter 3", "page"), read_locator("§ 3", "page")
        (('', 'chapter 3'), ('', '§ 3'))
        >>> read_locator("A3", "page"), read_locator("note on sources", "page")
        (('page', 'A3'), ('page', 'note on sources'))
    """
    if text.isdecimal():
        return label, text
    leading = leading_label(text)
    if leading is not None:
        return leading
    if label != "page":
        return label, text
    pages = _PAGES.match(text)
    if pages is not None:
        return label, text[pages.end() :]
    return ("" if _OTHER_UNIT.match(text) else label), text


def labelled(text: str, label: str) -> list[Labelled]:
    """Return the numbers of a text, divided at the labels in it; a label is not repeated.

    Args:
        text: The text without its first label.
        label: The first label.

    Example:
        >>> [(part.label, part.numbers) for part in labelled("10 para. 1-6, n. 3", "page")]
        [('', '10'), ('paragraph', '1-6'), ('note', '3')]
        >>> labelled("5-p. 7", "page")
        [Labelled(numbers='5-7', label='', typed='', joint='')]
        >>> len(labelled("see p. 7", "page"))
        1
    """
    if text.isdecimal():
        return [Labelled(text)]
    parts: list[Labelled] = []
    begun = current = typed = joint = ""
    last = 0
    for found in _INNER.finditer(text):
        if not parts and not begun and not _NUMBER.match(text):
            break
        # The name of a term that was typed as a word is not replaced: a space ends it.
        term = _LABELS[found[2]] if found[2] else f"{found[3]} "
        begun += text[last : found.start()]
        last = found.end()
        if term == (current or label):
            begun += found[1]
            continue
        parts.append(Labelled(begun, current, typed, joint))
        begun, current, typed, joint = "", term, found[2] or found[3], found[1]
    parts.append(Labelled(begun + text[last:], current, typed, joint))
    return parts


def numbers_of(text: str) -> list[str]:
    """Return the numbers of a text without their labels.

    Example:
        >>> numbers_of("ch. 3 para. 5-6")
        ['3', '5-6']
    """
    label, numbers = leading_label(text) or ("", text)
    return [part.numbers for part in labelled(numbers, label)]


def format_labelled(
    parts: Sequence[Labelled],
    first: Callable[[str], str],
    others: Callable[[str], str],
    term_of: Callable[[str, str], str],
) -> str:
    """Return numbers with their labels as a style prints them.

    Args:
        parts: The numbers, divided at their labels.
        first: Formats the numbers of the first label, which is printed elsewhere.
        others: Formats the numbers of another label.
        term_of: Returns the term of a label for its numbers.
    """
    written = [first(parts[0].numbers)]
    for part in parts[1:]:
        term = term_of(part.label, part.numbers) or part.typed
        numbers = others(part.numbers)
        joined = wrapped(numbers, term) if "%s" in term else f"{term} {numbers}"
        written.append(part.joint + joined)
    return "".join(written)


_WORD: Final = re.compile(r"[^\s,;&\u2013-]+")


def wrapped(numbers: str, term: str) -> str:
    """Return numbers, each within a term.

    Example:
        >>> wrapped("1-6", "[%s]")
        '[1]-[6]'
    """
    before, _, after = term.partition("%s")
    return _WORD.sub(lambda found: f"{before}{found[0]}{after}", numbers)
