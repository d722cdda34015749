"""The settings of `refcite check`: those of the command line, and those of the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from refcite.cli.configuration import ConfigurationError, Kinds, configuration_of
from refcite.collection.checks import DIALECTS, Checks, Dialect, FindNotices, Selection
from refcite.problems import Severity, near_matches

__all__ = ["CommandLine", "Settings", "settings_of"]

_KINDS: Final[Kinds] = {
    "select": list,
    "extend-select": list,
    "ignore": list,
    "severity": str,
    "fail-on": str,
    "dialect": str,
    "retractions": list,
    "unsafe-fixes": bool,
}
_LOCAL: Final = ("select", "extend-select", "ignore", "severity", "dialect")


@frozen(kw_only=True)
class CommandLine:
    """The options of the command line; None or empty if an option is not set.

    Attributes:
        select: The codes that are reported, instead of those of the configuration.
        extend_select: More codes.
        ignore: Codes that are not reported, in addition to those of the configuration.
        severity: The lowest severity that is reported.
        fail_on: The lowest severity with which the exit status is 1.
        dialect: The data model of BibTeX files.
        retractions: Lists of retracted works.
        find_notices: A call that finds notices of retraction.
        unsafe_fixes: Whether repairs are made that are not safe.
        is_configured: Whether files with the configuration are read.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: str | None = None
    fail_on: str | None = None
    dialect: str | None = None
    retractions: tuple[str, ...] = ()
    find_notices: FindNotices | None = None
    unsafe_fixes: bool = False
    is_configured: bool = True


@frozen
class Settings:
    """The settings for one file.

    Attributes:
        checks: Those of the check.
        fail_on: The lowest severity with which the exit status is 1.
        unsafe_fixes: Whether repairs are made that are not safe.
    """

    checks: Checks
    fail_on: Selection
    unsafe_fixes: bool


def settings_of(file: str, given: CommandLine) -> Settings:
    """Return the settings for a file.

    Args:
        file: The path of the file, or `-`.
        given: The options of the command line. They precede those of the configuration.

    Raises:
        ConfigurationError: A key or a value of the configuration is not known.
        SelectionError: A code or a severity is not known.
    """
    path = Path.cwd() / ("-" if file == "-" else file)
    tables: list[Mapping[str, Any]] = []
    source = None
    if given.is_configured:
        found = configuration_of(path.parent, "check", _KINDS, _LOCAL)
        tables, source = found.of(path), found.path

    def last(key: str, default: Any = None) -> Any:
        return next((table[key] for table in reversed(tables) if key in table), default)

    def all_of(key: str) -> list[str]:
        return [name for table in tables for name in table.get(key, ())]

    folder = source.parent if source is not None else Path.cwd()
    select = given.select or last("select")
    selection = Selection.of(
        select or None,
        [*all_of("extend-select"), *given.extend_select],
        [*all_of("ignore"), *given.ignore],
        given.severity or last("severity", Severity.INFO),
    )
    checks = Checks(
        selection=selection,
        dialect=_dialect(given.dialect or last("dialect", "auto"), source),
        retractions=(*(folder / name for name in all_of("retractions")), *given.retractions),
        find_notices=given.find_notices,
    )
    fail_on = Selection.of(severity=given.fail_on or last("fail-on", Severity.ERROR))
    return Settings(checks, fail_on, given.unsafe_fixes or bool(last("unsafe-fixes")))


def _dialect(name: str, source: Path | None) -> Dialect:
    if name not in DIALECTS:
        near = near_matches(name, DIALECTS) or f"; use {', '.join(DIALECTS)}"
        raise ConfigurationError(f"{source}: {name!r} is not a dialect{near}")
    return name
