"""The command that installs an extra of this refcite, from its own source.

A package index may have no refcite, or another program of that name. So no command in a message
requests it from an index only by its name.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from importlib import metadata

__all__ = ["install_command"]

_NAME: Final = "refcite"
_OF_EXTRA: Final = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")


def install_command(extra: str) -> str:
    """Return the command that installs the packages of an extra.

    It installs refcite with the extra from the source of this installation: a folder, a file or a
    version control system. If the source is unknown or missing, the command names the packages.

    Args:
        extra: The name of an extra, such as `web`.

    Returns:
        A command for a POSIX shell.

    Source:
        https://packaging.python.org/en/latest/specifications/direct-url/

    Example:
        >>> install_command("web").partition(" -m pip install ")[1]
        ' -m pip install '
    """
    # Imported only now: most runs show no such command.
    from importlib import metadata

    try:
        installed = metadata.distribution(_NAME)
    except metadata.PackageNotFoundError:
        wanted = _of_source(extra)
    else:
        wanted = _of_origin(installed, extra) or _packages(installed, extra)
    return f"{_python()} -m pip install {shlex.join(wanted)}"


def _python() -> str:
    """Return the name of this Python if the shell finds it by name, otherwise its path."""
    found = shutil.which("python")
    is_first = found is not None and Path(found) == Path(sys.executable)
    return "python" if is_first else shlex.quote(sys.executable or "python")


def _of_source(extra: str) -> list[str]:
    """Return the arguments of pip if refcite is run from its source without installation."""
    return ["-e", f"{Path(__file__).resolve().parents[2]}[{extra}]"]


def _of_origin(installed: metadata.Distribution, extra: str) -> list[str] | None:
    try:
        origin = json.loads(installed.read_text("direct_url.json") or "{}")
        address = origin["url"]
        parts = urlsplit(address)
    except (ValueError, KeyError, TypeError):
        return None
    if "vcs_info" in origin:
        address = _of_version_control(address, origin["vcs_info"])
    elif parts.scheme == "file":
        from urllib.request import url2pathname

        path = Path(url2pathname(parts.path))
        if not path.exists():
            return None
        if "dir_info" in origin:
            is_editable = origin["dir_info"].get("editable", False)
            return [*(["-e"] if is_editable else []), f"{path}[{extra}]"]
    inside = origin.get("subdirectory")
    return [f"{_NAME}[{extra}] @ {address}" + (f"#subdirectory={inside}" if inside else "")]


def _of_version_control(address: str, info: dict[str, Any]) -> str:
    return f"{info['vcs']}+{address}@{info['commit_id']}"


def _packages(installed: metadata.Distribution, extra: str) -> list[str]:
    """Return the requirements of an extra according to the metadata."""
    found = []
    for one in installed.requires or ():
        requirement, _, marker = one.partition(";")
        if extra in _OF_EXTRA.findall(marker):
            found.append(requirement.strip())
    return found
