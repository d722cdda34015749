"""The list of styles, and the search in their ids and titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from html import unescape
from io import FileIO
from typing import Final, NamedTuple

from attrs import field, frozen

from refcite.collector import collector_paused
from refcite.csl.style.finder import Finder, StyleFolders, shipped_files

__all__ = ["comparable", "search_styles", "style_ids"]

_HEAD_LENGTH: Final = 4096
_TITLE: Final = re.compile(r"<title(?:\s[^<>]*)?>([^<]*)</title>")
_SHORT_TITLE: Final = re.compile(r"<title-short(?:\s[^<>]*)?>([^<]*)</title-short>")
_TO_PARENT: Final = "independent-parent"
_TARGET: Final = re.compile(r"href\s*=\s*[\"']([^\"']*)[\"']")
# The first part of a title is the name of the style; the parts after it describe a variant, or the
# style on which it is based ("Elsevier - NLM/Vancouver").
_END_OF_NAME: Final = re.compile(r"\s[-–—]\s|[(:,]")
_WORD: Final = re.compile(r"[^\W_]+")
_INITIAL: Final = re.compile(r"\b([A-Z])[a-z]+\b")
_SHORTEST_ABBREVIATION: Final = 3
_NUMBER: Final = re.compile(r"(\d+)(?:st|nd|rd|th|e|ed)?")
_LETTERS_AND_DIGITS: Final = re.compile(r"\d+(?:st|nd|rd|th)?|\D+")

_USUAL: Final = (
    "refworld",
    "refworld-2023",
    "apa",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "modern-language-association",
    "harvard-cite-them-right",
    "oscola",
    "oscola-international",
    "bluebook-law-review",
    "ieee",
    "nlm-citation-sequence",
    "american-medical-association",
    "nature",
    "china-national-standard-gb-t-7714-2015-numeric",
)
"""The most common styles, in the order in which they are listed before equally good matches."""


def style_ids(*, styles: StyleFolders | None = None) -> tuple[str, ...]:
    """Return the ids of all styles: your own, refcite's own, then the others alphabetically.

    Args:
        styles: Folders of your own styles; those of `REFCITE_STYLES` follow.

    Raises:
        StyleError: A folder does not exist.

    Example:
        >>> from refcite.csl import style_ids
        >>> style_ids()[1:3], "chicago-author-date" in style_ids()
        (('refworld', 'refworld-2023'), True)
    """
    return Finder.of(styles).ids()


def search_styles(
    words: str | Iterable[str] = (), *, styles: StyleFolders | None = None
) -> tuple[tuple[str, str], ...]:
    """Return id and title of the styles that match all words, the one that is probably meant first.

    Words are searched in the id, the title, the short title and the former ids of a style. A word
    matches parts of words; a number matches only the same number, so "APA 7" finds the 7th edition
    and not the 17th.

    Styles with an id or title equal to the words are first. Then follow those whose name begins
    with them, those with all of them as whole words in the name, and in the rest of the title
    (which often names the style from which another is derived), and those with parts of words.
    Among equal matches the order is: your own styles, the most common styles, independent styles,
    styles with more dependent styles, shorter titles, which are rarely variants. Without words, all
    styles are returned.

    Args:
        words: The words, or parts of words, in upper or lower case: one text, or several.
        styles: Folders of your own styles; those of `REFCITE_STYLES` follow.

    Raises:
        StyleError: A folder does not exist.

    Example:
        >>> from refcite.csl import search_styles
        >>> search_styles("ieee")[0]
        ('ieee', 'IEEE Reference Guide version 11.29.2023')
        >>> search_styles("MLA 9")[0][0], search_styles("Vancouver")[0][0]
        ('modern-language-association', 'nlm-citation-sequence')
        >>> [id for id, title in search_styles("MLA notes without")]
        ['modern-language-association-notes-no-url']
    """
    whole = " ".join([words] if isinstance(words, str) else words).casefold()
    known = _known_styles(Finder.of(styles))
    wanted = _WORD.findall(whole)
    if not wanted:
        # Signs without a word are in no title.
        listed = [] if whole.strip() else sorted(known, key=lambda style: style.head.place)
        return tuple((style.head.id, style.head.title) for style in listed)
    found = _ranked(known, wanted)
    parts = [part for word in wanted for part in _LETTERS_AND_DIGITS.findall(word)]
    if parts != wanted and not (found and found[0].is_called(wanted)):  # "apa7"
        found = [*dict.fromkeys((*_ranked(known, parts), *found))]
    return tuple((style.id, style.title) for style in found)


def _ranked(known: Iterable[_Known], wanted: list[str]) -> list[_Style]:
    words = [comparable(word) for word in wanted]
    likely = (one.head for one in known if all(word in one.text for word in words))
    found = [style for head in likely if (style := _Style(*head)).matches(words)]
    found.sort(key=lambda style: style.rank(words))
    return found


_PUBLISHERS: Final = {
    "ama": "american medical association",
    "apa": "american psychological association",
    "asa": "american sociological association",
    "ieee": "institute of electrical and electronics engineers",
    "mla": "modern language association",
}
"""The names that abbreviations at the start of titles represent."""
_ABBREVIATIONS: Final = tuple(_PUBLISHERS)


class _Head(NamedTuple):
    """The contents of a style's head; the attributes are those of `_Style`."""

    id: str
    title: str
    short: str = ""
    parent: str | None = None
    former: tuple[str, ...] = ()
    is_own: bool = False
    dependents: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """Sorts the user's own styles and common styles first."""
        usual = _USUAL.index(self.id) if self.id in _USUAL else len(_USUAL)
        return (0 if self.is_own else 1), usual


class _Known(NamedTuple):
    """A style that a search considers.

    Attributes:
        head: Its head.
        text: A text that contains all words that `_Style.text` contains. It is made faster than
            that one, which is made only for the styles that this text does not exclude.
    """

    head: _Head
    text: str

    @classmethod
    def of(cls, head: _Head) -> _Known:
        """Return a style."""
        text = " ".join((head.id, head.title, head.short, *head.former)).casefold()
        if head.parent is None:
            text += " " + _initials(head.title)
        start = head.title.casefold()
        if start.startswith(_ABBREVIATIONS):
            text += " " + next(name for key, name in _PUBLISHERS.items() if start.startswith(key))
        return cls(head, text)


@frozen
class _Style:
    """The searchable text of a style.

    Attributes:
        id: Its id.
        title: Its title.
        short: Its short title.
        parent: The id of its parent, None if it is independent.
        former: Ids that it had before.
        is_own: Whether it is in one of the user's folders.
        dependents: The number of styles that depend on it.
    """

    id: str
    title: str
    short: str = ""
    parent: str | None = None
    former: tuple[str, ...] = ()
    is_own: bool = False
    dependents: int = 0
    ids: tuple[str, ...] = field(init=False)
    names: tuple[str, ...] = field(init=False)
    text: str = field(init=False)

    @ids.default
    def _(self) -> tuple[str, ...]:
        return tuple(comparable(text) for text in (self.id, self.title, *self.former))

    @names.default
    def _(self) -> tuple[str, ...]:
        name = comparable(_END_OF_NAME.split(self.title, maxsplit=1)[0])
        abbreviated = name.partition(" ")[0]
        names = [self.ids[0], name, comparable(_END_OF_NAME.split(self.short, maxsplit=1)[0])]
        initials = _initials(self.title)
        if self.parent is None and len(initials) >= _SHORTEST_ABBREVIATION:
            names.append(initials)
        if abbreviated in _PUBLISHERS:
            names.append(name.replace(abbreviated, _PUBLISHERS[abbreviated], 1))
        return tuple(filter(None, names))

    @text.default
    def _(self) -> str:
        # Delimited, so that a number can be found as a whole word.
        words = " ".join((*self.ids, *self.names, comparable(self.short)))
        return f" {words} "

    def is_called(self, words: list[str]) -> bool:
        """Return whether words are an id or the title."""
        return " ".join(words) in self.ids

    def matches(self, words: list[str]) -> bool:
        """Return whether all words are in the text: numbers as a whole, other words in part."""
        text = self.text
        return all(f" {word} " in text if word.isdigit() else word in text for word in words)

    def rank(self, words: list[str]) -> tuple[object, ...]:
        """Return a sort key that puts better matches first."""
        whole = " ".join(words)
        if whole in self.ids:
            fits = 0
        elif any(f"{name} ".startswith(f"{whole} ") for name in self.names):
            fits = 1
        elif any(set(words) <= set(name.split()) for name in self.names):
            fits = 2
        elif set(words) <= set(self.text.split()):
            fits = 3
        else:
            fits = 4
        # Orders of magnitude: a few more dependent styles mean nothing.
        popularity = self.dependents.bit_length()
        place = _Head(self.id, self.title, is_own=self.is_own).place
        return fits, place, self.parent is not None, -popularity, len(self.title), len(self.id)


def _initials(title: str) -> str:
    """Return the initials of the words in the name of a style, in lower case."""
    return "".join(_INITIAL.findall(_END_OF_NAME.split(title, maxsplit=1)[0])).casefold()


def comparable(text: str) -> str:
    """Return the words of a text in lower case, with ordinals as numbers."""
    words = _WORD.findall(text.casefold())
    return " ".join([found[1] if (found := _NUMBER.fullmatch(word)) else word for word in words])


def _known_styles(finder: Finder) -> list[_Known]:
    found: dict[str, _Known] = {}
    for style_id, path in finder.own_paths().items():
        status = path.stat()
        title, short, parent = _read_head(str(path), status.st_mtime_ns, status.st_size)
        found[style_id] = _Known.of(_Head(style_id, title, short, parent, is_own=True))
    # The user's styles are first, and take precedence over published ones of the same id.
    return list({**found, **_shipped_styles(), **found}.values())


@cache
@collector_paused()
def _shipped_styles() -> dict[str, _Known]:
    heads = {style_id: _head_of(path) for style_id, path in shipped_files().items()}
    dependents = Counter([parent for _, _, parent in heads.values()])
    former: dict[str, tuple[str, ...]] = {}
    for old, new in Finder().former_ids():
        former[new] = (*former.get(new, ()), old)
    return {
        style_id: _Known.of(
            _Head(
                style_id,
                *head,
                former.get(style_id, ()),
                is_own=False,
                dependents=dependents[style_id],
            )
        )
        for style_id, head in heads.items()
    }


@lru_cache(maxsize=20_000)
def _read_head(path: str, changed: int, size: int) -> tuple[str, str, str | None]:
    """Return what `_head_of` returns; a file is read again when it has changed."""
    return _head_of(path)


def _head_of(path: str) -> tuple[str, str, str | None]:
    """Return the title, the short title and the parent of a style; a broken one has no title."""
    try:
        with FileIO(path) as file:
            head = file.read(_HEAD_LENGTH).decode(errors="replace")
    except OSError:
        return "", "", None
    title = _TITLE.search(head)
    # Few styles have a short title, and a pattern is slower than this test.
    short = _SHORT_TITLE.search(head) if "<title-short" in head else None
    return (
        " ".join(unescape(title[1]).split()) if title else "",
        unescape(short[1]) if short else "",
        _parent_in(head),
    )


def _parent_in(head: str) -> str | None:
    """Return the id of the parent in the head of a dependent style."""
    place = head.find(_TO_PARENT)
    while place >= 0:
        # There is one link among several, and most styles are dependent: no pattern is as fast.
        link = head[head.rfind("<", 0, place) : head.find(">", place)]
        if link.startswith("<link"):
            target = _TARGET.search(link)
            return (target[1].rstrip("/").rpartition("/")[2] or None) if target else None
        place = head.find(_TO_PARENT, place + 1)
    return None
