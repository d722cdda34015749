"""The kinds of works: which are never one work, even if their titles are equal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from refcite.formats.preprints import preprint_server
from refcite.record import Record

__all__ = ["GENERIC", "Notice", "bare_title", "is_generic", "kind_of", "relation_of_kinds"]

_KINDS: Final[dict[str, str]] = {
    "article": "article",
    "article-journal": "article",
    "review": "article",
    "review-book": "review",
    "article-magazine": "news",
    "article-newspaper": "news",
    "post": "news",
    "post-weblog": "news",
    "broadcast": "recording",
    "book": "book",
    "classic": "book",
    "collection": "book",
    "periodical": "periodical",
    "chapter": "chapter",
    "entry": "chapter",
    "entry-dictionary": "chapter",
    "entry-encyclopedia": "chapter",
    "paper-conference": "conference",
    "speech": "conference",
    "thesis": "thesis",
    "report": "report",
    "pamphlet": "report",
    "standard": "standard",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "bill": "law",
    "hearing": "law",
    "legal_case": "law",
    "legislation": "law",
    "regulation": "law",
    "treaty": "law",
    "figure": "image",
    "graphic": "image",
    "map": "map",
    "motion_picture": "recording",
    "song": "recording",
    "musical_score": "score",
    "interview": "interview",
    "manuscript": "manuscript",
    "personal_communication": "letter",
    "webpage": "web",
}
"""The kinds that are distinguished; `document` and other types are compatible with all of them."""
_LIKE: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("article", "news"), ("article", "review"), ("web", "report"), ("web", "news"),
        ("report", "book"),
        ("web", "law"), ("law", "report"), ("web", "dataset"), ("web", "software"),
        ("dataset", "software"), ("web", "recording"), ("book", "periodical"), ("report", "law"),
        ("web", "book"), ("web", "image"), ("image", "map"), ("web", "map"),
        ("manuscript", "report"),
        ("web", "standard"), ("report", "standard"), ("manuscript", "letter"), ("book", "score"),
        ("manuscript", "preprint"), ("report", "preprint"), ("web", "preprint"),
        ("conference", "chapter"), ("periodical", "article"), ("web", "article"),
        ("manuscript", "article"), ("book", "law"),
    )
)  # fmt: skip
"""Kinds that databases and programs exchange for one work."""
_RELATIONS: Final[dict[frozenset[str], str]] = {
    frozenset(("preprint", "article")): "preprint and article",
    frozenset(("preprint", "conference")): "preprint and conference paper",
    frozenset(("conference", "article")): "conference paper and journal article",
    frozenset(("book", "chapter")): "book and chapter",
    frozenset(("book", "review")): "book and its review",
    frozenset(("book", "article")): "book and article",
    frozenset(("thesis", "article")): "thesis and article",
    frozenset(("thesis", "book")): "thesis and book",
    frozenset(("report", "article")): "report and article",
    frozenset(("dataset", "article")): "data set and article",
    frozenset(("software", "article")): "software and article",
    frozenset(("chapter", "article")): "chapter and article",
}
_PREPRINT_DOIS: Final = (
    "10.1101/", "10.48550/", "10.2139/ssrn", "10.20944/preprints", "10.21203/rs", "10.31234/",
    "10.31219/", "10.31235/", "10.26434/", "10.36227/techrxiv", "10.7287/peerj", "10.22541/",
    "10.1002/essoar", "10.31223/", "10.31222/", "10.35542/", "10.32942/", "10.12688/gates",
    "10.64898/", "10.31730/", "10.33774/", "10.1590/scielopreprints", "10.14293/s2199",
)  # fmt: skip
# Cold Spring Harbor Laboratory uses its prefix for its journals too.
_JOURNAL_DOI: Final = re.compile(r"10\.1101/(?:gad|gr|lm|rna|cshperspect|pdb|sqb|mcs)\b")


def kind_of(record: Record, doi: str) -> str:
    """Return the kind of the work of a record, empty if its type is compatible with all kinds.

    Example:
        >>> kind_of(Record(type="article-journal", container_title="bioRxiv"), "")
        'preprint'
        >>> kind_of(Record(type="document"), "")
        ''
    """
    if doi.startswith(_PREPRINT_DOIS) and not _JOURNAL_DOI.match(doi):
        return "preprint"
    for text in (record.container_title, record.publisher, record.archive, record.genre):
        if text and preprint_server(text):
            return "preprint"
    genre = record.genre
    if genre and "preprint" in genre.casefold():
        return "preprint"
    kind = _KINDS.get(record.type, "")
    if record.type == "article" and not (record.volume or record.page):
        # CSL's type of preprints; reports and articles are also read as it.
        return "preprint" if not record.container_title else "article"
    if kind == "report" and genre and "working paper" in genre.casefold():
        return "preprint"
    return kind


def relation_of_kinds(one: str, other: str) -> str | None:
    """Return the relation of two works of different kinds; None if they may be one work.

    Example:
        >>> relation_of_kinds("preprint", "article"), relation_of_kinds("web", "report")
        ('preprint and article', None)
    """
    if one == other or not one or not other:
        return None
    pair = frozenset((one, other))
    if pair in _LIKE:
        return None
    return _RELATIONS.get(pair) or f"{_called(one)} and {_called(other)}"


def _called(kind: str) -> str:
    return {
        "conference": "conference paper",
        "dataset": "data set",
        "law": "legal text",
        "news": "news article",
        "web": "web page",
    }.get(kind, kind)


# Notices: works about another work, whose titles contain its title

Notice = str
"""The kind of a work about another one, such as `erratum`; empty for other works."""

_SEPARATOR: Final = r"\s*(?:[:.\-–—,]|\bto\b|\bon\b|\bfor\b|\bof\b|\bin\b)"
_STARTS: Final = re.compile(
    r"""\W*(?:
      (?P<erratum>(?:publish(?:ed|er)['’s]{0,2}\s+|author['’s]{0,2}\s+|editorial\s+)?
        (?:errat(?:um|a)|corrigend(?:um|a)|corrections?(?:\s+notice)?|berichtigung|addend(?:um|a))
        (?=\s*(?:[:.\-–—,(\[]|\bto\b|\bfor\b|\bin\b|\bof\b)|\s*$))
      |(?P<retraction>(?:notice\s+of\s+)?(?:partial\s+)?(?:retraction|withdrawal)(?:\s+n(?:ote|otice))?
        (?=\s*(?:[:.\-–—,(\[]|\bto\b|\bof\b|\bfor\b)|\s*$)|expression\s+of\s+concern\b)
      |(?P<comment>(?:a\s+|invited\s+|editorial\s+)?comment(?:ary|s)?(?=\s*(?:[:.\-–—]|\bto\b|\bon\b|\bre\b))
        |letter\s+(?:to\s+the\s+editor\s*)?(?=\s*(?:[:.\-–—]|\bto\b|\bon\b|\bre\b|\bregarding\b))
        |re(?=\s*:)|discussion(?=\s*(?:[:]|\bof\b|\bon\b))|editorial(?=\s*:)
        |(?:a\s+)?critique\s+of\b|in\s+response\s+to\b|regarding(?=\s*:))
      |(?P<reply>(?:author(?:s|'s|’s|s'|s’)?\s+|the\s+authors?\s+)?(?:reply|response|rejoinder|replies)
        (?=\s*(?:[:.\-–—]|\bto\b|\bby\b|\bfrom\b)|\s*$))
      |(?P<review>(?:book\s+)?review\s+(?:of|on)\s*:?\s+(?=["'“‘«»]|the\s+book\b)|book\s+reviews?\s*[:.\-–—])
      |(?P<summary>(?:plain\s+language\s+)?summary\s+of\s*:|faculty\s+opinions\s+recommendation\s+of
        |f1000prime\s+recommendation\s+of|synopsis\s*:)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ENDS: Final = re.compile(
    r"""(?:
      (?P<erratum>\(\s*vol(?:ume)?\.?\s*\d+[^()]*\)
        |[\[(:.\-–—]\s*(?:published\s+|author\s+)?(?:errat(?:um|a)|corrigend(?:um|a)|correction)\s*[\])]?)
      |(?P<retraction>[\[(:.\-–—]\s*(?:retraction|retracted(?:\s+article)?)\b[^\])]{0,80}[\])]?)
      |(?P<reply>[\[(:.\-–—]\s*(?:(?:the\s+)?author(?:s|'s|’s|s'|s’)?\s+)?(?:reply|response|rejoinder)\s*[\])]?)
      |(?P<comment>[\[(:.\-–—]\s*(?:(?:invited\s+)?comment(?:ary|s)?|discussion|letter)\s*[\])]?)
    )\W*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_RETRACTED: Final = re.compile(
    r"\W*(?:retracted(?:\s+article)?|withdrawn)\s*[:.\]\-–—]\s*|\s*[\[(]retracted(?:\s+article)?"
    r"[^\])]{0,80}[\])]\s*\Z",
    re.IGNORECASE,
)
"""The mark of a retracted article, which is the same work as before."""
_LONGEST_END: Final = 120
_MARKS: Final = (
    "errat", "corrig", "correct", "addend", "berichtig", "retract", "withdraw", "concern",
    "comment", "letter", "re:", "discuss", "editorial", "critique", "response", "regarding",
    "reply", "replies", "rejoinder", "review", "summary", "recommendation", "synopsis", "(vol",
)  # fmt: skip
_MOST_STARTS: Final = 3


def bare_title(text: str) -> tuple[str, Notice]:
    """Return a title without the mark of a notice, and the kind of the notice.

    Example:
        >>> bare_title("Erratum: Author Correction: Lamps of old houses")
        ('Lamps of old houses', 'erratum')
        >>> bare_title("Lamps of old houses (vol 12, pg 34, 2010)")
        ('Lamps of old houses', 'erratum')
        >>> bare_title("Lamps of old houses: reply"), bare_title("RETRACTED: Lamps")
        (('Lamps of old houses', 'reply'), ('Lamps', ''))
    """
    low = text.casefold()
    if not any(mark in low for mark in _MARKS):
        return (_RETRACTED.sub("", text), "") if "withdrawn" in low else (text, "")
    notice = ""
    bare = _RETRACTED.sub("", text) if "retracted" in low or "withdrawn" in low else text
    for _ in range(_MOST_STARTS):
        found = _STARTS.match(bare)
        if found is None:
            break
        notice = notice or found.lastgroup or ""
        rest = _AFTER_START.sub("", bare[found.end() :], count=1)
        if not rest:
            return bare, notice
        bare = rest
    end = _ENDS.search(bare, max(0, len(bare) - _LONGEST_END))
    if end is not None and end.start() > 8:
        notice = notice or end.lastgroup or ""
        bare = bare[: end.start()].strip(" .:-–—,")
    return bare, notice


_AFTER_START: Final = re.compile(r"\A\W*(?:(?:to|on|for|of|in|by|from)\b\W*)?")

_GENERIC_TEXT: Final = (
    "abstract abstracts abstractsfrom acknowledgements acknowledgments addendum afterword"
    " announcement announcements annualreport answer appendix authorindex authorreply"
    " authorsreply authorsresponse backmatter bibliography bookreview bookreviews bookreviewed"
    " briefcommunication calendar casereport clinicalquiz comment commentary comments"
    " conclusion conclusions conferenceabstracts contents contributors copyright corrections"
    " correction correspondence corrigendum cover discussion editorial editorialboard"
    " editorialcomment editorialcommentary editorialnote editornote editornotes editorsnote"
    " editorsnotes einleitung einfuhrung epilogue errata erratum expressionofconcern foreword"
    " forum frommtheeditor frontcover frontmatter generalintroduction glossary guesteditorial"
    " highlights illustrations inbrief index inmemoriam inresponse inthisissue introduction"
    " invitedcommentary issueinformation keynote letter letters lettertotheeditor"
    " letterstotheeditor literature literaturereview listofcontributors masthead message"
    " methods minutes miscellany news newsandnotes newsandviews newsbriefs newsinbrief note"
    " notes notesoncontributors obituary opinion overview panel perspective perspectives"
    " poster posterabstracts preface presidentialaddress proceedings program programme"
    " prologue publications publishersnote quiz readersletters recentpublications references"
    " rejoinder reply replyby report reports response responsetothe results retraction review"
    " reviewarticle reviews selectedabstracts speakers specialissue summary symposium"
    " tableofcontents theauthorreplies theauthorsreply theauthorsrespond theeditor titlepage"
    " unknown untitled viewpoint vorwort welcome whatsnew workshop zusammenfassung"
)
GENERIC: Final = frozenset(_GENERIC_TEXT.split())
"""Titles, as letters only, that many works have."""
_SHORT: Final = 2


def is_generic(joined: str, content: Sequence[str]) -> bool:
    """Return whether a title is one that many works have.

    Args:
        joined: The letters and figures of the title.
        content: Its words without articles.

    Example:
        >>> is_generic("bookreview", ["book", "review"]), is_generic("1984", ["1984"])
        (True, True)
        >>> is_generic("lampsofoldhouses", ["lamp", "old", "house"])
        False
    """
    return joined in GENERIC or (len(content) < _SHORT and len(joined) < 12)
