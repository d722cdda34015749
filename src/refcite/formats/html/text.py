"""Texts of pages: white space, entities, tags; texts that are not values."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from refcite.formats.htmltext import entities_read

__all__ = ["is_placeholder", "letters", "tidy"]

_LONGEST: Final = 20_000
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_SCRIPT: Final = re.compile(
    r"<(script|style)\b[^<>]{0,300}>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_EMPHASIS: Final = re.compile(r"<(/?)(?:em|i)(?:\s[^<>]{0,300})?>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?(?!(?:i|sup|sub)>)[A-Za-z][^<>]{0,2000}>")
_PLACEHOLDER: Final = re.compile(
    r"(?:undefined|null|none|nan|n/?a|untitled(?: document)?|no title|title|author|tbd|todo|lorem"
    r"|\[object object\]|[-–—.…_?*]+|index(?:\.html?)?|home(?: ?page)?"
    r"|false|true)",
    re.IGNORECASE,
)
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_TEMPLATE: Final = re.compile(
    r"\{\{[^{}]{0,100}\}\}|\$\{[^{}]{0,100}\}|<%[^%]{0,100}%>|%%\w{1,100}%%|\[%[^%]{0,100}%\]"
)


# The same texts are in several of the sources of a page.
@lru_cache(maxsize=256)
def tidy(text: str) -> str:
    r"""Return a text on one line, without entities and tags; CSL's own markup is kept.

    Example:
        >>> tidy("  Life of <em>E. coli</em> &amp;\n others<script>alert(1)</script> ")
        'Life of <i>E. coli</i> & others'
    """
    text = text[:_LONGEST]
    # Pages sometimes escape twice: `&amp;#8217;`.
    text = entities_read(entities_read(text))
    if "<" in text:
        text = _TAG.sub(" ", _EMPHASIS.sub(r"<\1i>", _SCRIPT.sub(" ", text)))
    text = " ".join((text if text.isascii() else text.translate(_INVISIBLE)).split())
    if text.isprintable():
        return text
    return "".join(character for character in text if character.isprintable())


def is_placeholder(text: str) -> bool:
    """Return whether a text is only a placeholder for a value.

    Example:
        >>> is_placeholder("undefined"), is_placeholder("{{ title }}"), is_placeholder("None left")
        (True, True, False)
    """
    return not text or bool(_PLACEHOLDER.fullmatch(text) or _TEMPLATE.search(text))


@lru_cache(maxsize=2048)
def letters(text: str) -> str:
    """Return the letters and figures of a text, for comparing it with others.

    Example:
        >>> letters("The Café’s “Menu”")
        'thecafesmenu'
    """
    if text.isascii():
        return _NO_LETTERS.sub("", text.lower())
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKD", text.casefold()))
