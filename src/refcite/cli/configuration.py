"""The configuration of commands: `[tool.refcite]` in pyproject.toml, or refcite.toml.

The nearest file is used, from the folder of the checked file upwards. `refcite.toml` precedes
`pyproject.toml` in the same folder, and a `pyproject.toml` without `[tool.refcite]` is skipped.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from refcite.problems import RefciteError, near_matches

__all__ = [
    "Configuration",
    "ConfigurationError",
    "Kinds",
    "configuration_of",
    "forget_configurations",
]

Kinds = Mapping[str, type]
"""The keys of a table, with the types of their values. Lists contain texts."""

_FILES: Final = ("refcite.toml", "pyproject.toml")
_WORDS: Final = {
    str: "a text",
    list: "a list of texts",
    bool: "true or false",
    int: "a number",
}
_SECTIONS: Final = frozenset({"check", "lsp", "tidy"})
"""The tables of commands."""
PER_FILE: Final = "per-file"
"""The table with the settings of the files that match a pattern."""


class ConfigurationError(RefciteError, ValueError):
    """A file with the configuration cannot be read; the message names the key concerned."""


@frozen
class Configuration:
    """The settings of one command in one file.

    Attributes:
        path: The file with the configuration; None if there is none.
        table: The settings.
        per_file: The settings of files, under patterns of their paths.
    """

    path: Path | None
    table: Mapping[str, Any]
    per_file: Mapping[str, Mapping[str, Any]]

    def of(self, file: Path) -> list[Mapping[str, Any]]:
        """Return the settings of a file: the general ones, and those of each matching pattern.

        Args:
            file: The file. A pattern without a slash is compared with its name, another one with
                its path from the folder of the configuration.
        """
        found = [self.table]
        if self.path is None:
            return found
        folder = self.path.parent
        full = file.absolute()
        relative = full.relative_to(folder) if full.is_relative_to(folder) else full
        for pattern, table in self.per_file.items():
            target = relative.as_posix() if "/" in pattern else file.name
            if fnmatchcase(target, pattern):
                found.append(table)
        return found


def configuration_of(
    folder: Path, section: str, kinds: Kinds, local: Iterable[str]
) -> Configuration:
    r"""Return the configuration of a command for the files of a folder.

    Args:
        folder: The folder of a file.
        section: The name of the command.
        kinds: The keys of its table, with the types of their values.
        local: The keys that can be set for a pattern of files.

    Raises:
        ConfigurationError: A file cannot be read, a key is not known, or a value has another type.

    Example:
        >>> Path("refcite.toml").write_text('[check]\nignore = ["bad-doi"]\n')
        29
        >>> configuration_of(Path.cwd(), "check", {"ignore": list}, []).table
        {'ignore': ['bad-doi']}
    """
    path, tables = _nearest(folder.absolute())
    if path is None:
        return Configuration(None, {}, {})
    start = "tool.refcite." if path.name == "pyproject.toml" else ""
    for name in tables:
        near = near_matches(name, [section])
        if name not in _SECTIONS and near:
            raise ConfigurationError(f"{path}: there is no table [{start}{name}]{near}")
    table = dict(tables.get(section, {}))
    per_file = table.pop(PER_FILE, {})
    name = f"[{start}{section}]"
    _check(path, name, table, {**kinds}, extra=PER_FILE)
    chosen = {key: kinds[key] for key in local}
    if not isinstance(per_file, dict):
        raise ConfigurationError(f"{path}: {PER_FILE!r} in {name} is not a table")
    for pattern, settings in per_file.items():
        _check(path, f'[{start}{section}.{PER_FILE}."{pattern}"]', settings, chosen)
    return Configuration(path, table, per_file)


def forget_configurations() -> None:
    """Read the files again when a configuration is needed next: they may have changed."""
    _nearest.cache_clear()


def _check(path: Path, name: str, table: object, kinds: Kinds, extra: str = "") -> None:
    if not isinstance(table, dict):
        raise ConfigurationError(f"{path}: {name} is not a table")
    for key, value in table.items():
        if key not in kinds:
            known = sorted((*kinds, extra) if extra else kinds)
            near = near_matches(key, known) or f"; use {', '.join(known)}"
            raise ConfigurationError(f"{path}: {name} has no key {key!r}{near}")
        kind = kinds[key]
        if (
            not isinstance(value, kind)
            or isinstance(value, bool) is not (kind is bool)
            or (isinstance(value, list) and not all(isinstance(one, str) for one in value))
        ):
            raise ConfigurationError(f"{path}: {key!r} in {name} is not {_WORDS[kind]}")


@lru_cache(maxsize=256)
def _nearest(folder: Path) -> tuple[Path | None, Mapping[str, Any]]:
    for parent in (folder, *folder.parents):
        for name in _FILES:
            path = parent / name
            if not path.is_file():
                continue
            tables = _read(path)
            if name == "pyproject.toml":
                tables = tables.get("tool", {}).get("refcite")
            if tables is not None:
                return path, tables
    return None, {}


def _read(path: Path) -> Any:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: the configuration cannot be read: {error}") from error
