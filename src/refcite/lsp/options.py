"""The options of the server: those of the editor, and the table `lsp` of the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from refcite.cli.configuration import Kinds, configuration_of
from refcite.problems import near_matches

__all__ = ["Options", "configured", "given_options"]

_KINDS: Final[Kinds] = {"bibliography": list, "style": str, "locale": str}
_OF_EDITOR: Final = {**_KINDS, "check": bool, "problemsUrl": str}


@frozen(kw_only=True)
class Options:
    """The options.

    Attributes:
        bibliography: The bibliography files of documents that name none.
        style: The style of documents that name none, as an id or a path.
        locale: The language of documents that name none.
        check: Whether libraries are checked.
        problems_url: The address of the page that describes the codes; empty for no links.
    """

    bibliography: tuple[Path, ...] = ()
    style: str | None = None
    locale: str | None = None
    check: bool = True
    problems_url: str = ""


def given_options(found: object, folder: Path | None) -> tuple[Options, list[str]]:
    """Return the options that an editor sends, and messages about those that are not used.

    Args:
        found: The value of `initializationOptions`, or of the settings.
        folder: The folder from which relative paths are resolved.

    Example:
        >>> given_options({"style": "apa", "stile": "mla"}, None)[1]
        ["there is no option 'stile'; did you mean 'style'?"]
    """
    messages: list[str] = []
    values: dict[str, Any] = {}
    if not isinstance(found, Mapping):
        wrong = [] if found is None else ["the options are not an object; they are not used"]
        return Options(), wrong
    for name, value in found.items():
        kind = _OF_EDITOR.get(name)
        if kind is None:
            near = near_matches(name, _OF_EDITOR) or f"; use one of {', '.join(_OF_EDITOR)}"
            messages.append(f"there is no option {name!r}{near}")
        elif value is None:
            continue
        elif kind is list and isinstance(value, str):
            values[name] = [value]
        elif not isinstance(value, kind) or (
            isinstance(value, list) and not all(isinstance(one, str) for one in value)
        ):
            wanted = {str: "a text", list: "a list of texts", bool: "true or false"}[kind]
            messages.append(f"the option {name!r} is not {wanted}; it is not used")
        else:
            values[name] = value
    base = folder or Path()
    return (
        Options(
            bibliography=tuple(base / one for one in values.get("bibliography", ())),
            style=_style(values.get("style"), base),
            locale=values.get("locale"),
            check=values.get("check", True),
            problems_url=values.get("problemsUrl", ""),
        ),
        messages,
    )


def configured(folder: Path, given: Options) -> Options:
    """Return the options for the documents of a folder: the editor's precede the configuration's.

    Raises:
        ConfigurationError: The configuration cannot be read, or a key or a value is not known.
    """
    found = configuration_of(folder, "lsp", _KINDS, ())
    if found.path is None:
        return given
    base, table = found.path.parent, found.table
    return evolve(
        given,
        bibliography=given.bibliography
        or tuple(base / name for name in table.get("bibliography", ())),
        style=given.style or _style(table.get("style"), base),
        locale=given.locale or table.get("locale"),
    )


def _style(name: str | None, folder: Path) -> str | None:
    """Return a style's id, or its path if there is such a file."""
    if name is None:
        return None
    path = folder / name
    return str(path) if name.endswith(".csl") and path.is_file() else name
