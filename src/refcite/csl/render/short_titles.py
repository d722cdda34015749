"""Short titles for works whose record has none.

Sources: Chicago 18, sections 13.33-13.35, and MLA 9, section 6.10: the main title, without an
initial article. APA 7, section 8.14, shortens titles too, but keeps the article, with which the
entry begins.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.render.context import Context
from refcite.csl.render.variables import ReadText, text_reader

__all__ = ["derived_short_title", "with_derived_title"]

_FULL: Final = frozenset(
    {"bill", "hearing", "legal_case", "legislation", "patent", "regulation", "treaty"}
)
"""Types whose titles are names, which are not shortened at signs."""

_KEEPS_ARTICLES: Final = re.compile("apa(?:-.*)?")
# The end of a main title; U+FF1A is the full-width colon. Marks, quotations and brackets are
# skipped.
_TOKEN: Final = re.compile(r"<[^<>]*>|[“”«»„\"]|[()\[\]]|(?<!\s)\s?:(?=\s)|：")
_BRACKETS: Final = {"(": 1, "[": 1, ")": -1, "]": -1}
_CLOSED_BY: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", "”": "”", '"': '"'}
_SPACES: Final = r"[\s\u00a0]+"


def _pattern(words: str, elided: str = "") -> re.Pattern[str]:
    """Return a pattern for an article with the space after it, or an elided one without space."""
    forms = "|".join(rf"{word}{_SPACES}" for word in words.split())
    if elided:
        forms += "|" + "|".join(f"{word}['’]" for word in elided.split())
    return re.compile(f"(?:{forms})(?=\\S)", re.IGNORECASE)


_ARTICLES: Final = {
    "ca": _pattern("el la els les en na un una", "l"),
    "da": _pattern("den det de en et"),
    "de": _pattern("der die das den dem des ein eine einer einem einen"),
    "en": _pattern("the a an"),
    "es": _pattern("el la los las lo un una unos unas"),
    "fr": _pattern("le la les un une", "l"),
    "hu": _pattern("a az egy"),
    "it": _pattern("il lo la i gli le un uno una", "l un"),
    "nb": _pattern("den det de en ei et"),
    "nl": _pattern("de het een 't"),
    "nn": _pattern("den det dei ein ei eit"),
    "no": _pattern("den det de en ei et"),
    "pt": _pattern("o a os as um uma uns umas"),
    "ro": _pattern("un o"),
    "sv": _pattern("den det de en ett"),
}
"""Articles at the start of a title, by language."""


def derived_short_title(
    title: str, language: str | None = None, *, keep_article: bool = False
) -> str:
    """Return the main title without an initial article.

    The main title ends at the first colon before a space that is outside of markup, quotation
    marks and brackets.

    Args:
        title: The title.
        language: Its language, a tag; English if it is unknown.
        keep_article: Keep the article.

    Example:
        >>> derived_short_title("The Quiet Hive: A History of Bees")
        'Quiet Hive'
        >>> derived_short_title("L’Étranger", "fr"), derived_short_title("La La Land")
        ('Étranger', 'La La Land')
        >>> derived_short_title("3:10 to Yuma"), derived_short_title("Skulls (Aves: Anas): A View")
        ('3:10 to Yuma', 'Skulls (Aves: Anas)')
    """
    main = _main_title(title)
    if keep_article:
        return main
    articles = _ARTICLES.get((language or "en").lower().partition("-")[0])
    found = articles.match(main) if articles is not None else None
    if found is None:
        return main
    rest = main[found.end() :]
    first = rest.partition(" ")[0]
    return rest[:1].upper() + rest[1:] if first == first.lower() else rest


def _main_title(title: str) -> str:
    marks, brackets, closing = 0, 0, ""
    for token in _TOKEN.finditer(title):
        text = token[0]
        if text.startswith("<"):
            marks += -1 if text.startswith("</") else 1
        elif text in _CLOSED_BY:
            if not closing:
                closing = _CLOSED_BY[text]
            elif text in closing:
                closing = ""
        elif text in _BRACKETS:
            brackets = max(brackets + _BRACKETS[text], 0)
        elif marks <= 0 and brackets == 0 and not closing and token.start():
            return title[: token.start()].rstrip()
    return title.strip()


def with_derived_title(read: ReadText, style: str) -> ReadText:
    """Return what reads the short title of a work: its own, or one derived from its title.

    Args:
        read: Reads the short title, or the title if there is none.
        style: The id of the style.
    """
    keep = _KEEPS_ARTICLES.fullmatch(style.rpartition("/")[2]) is not None
    read_own = text_reader("title-short")

    def read_short(ctx: Context) -> str | None:
        text = read(ctx)
        if not text or read_own(ctx) or ctx.item.type in _FULL:
            return text
        return derived_short_title(text, ctx.item.language or None, keep_article=keep)

    return read_short
