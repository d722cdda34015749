"""The manifest of a folder: a line for each file that was written, with sizes and checksums."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from refcite.characters import first_surrogate
from refcite.formats.output import write_file
from refcite.jobs.conversion import Conversion, FileResult
from refcite.problems import OutputError

__all__ = ["MANIFEST", "Manifest"]

MANIFEST: Final = "refcite-manifest.jsonl"
"""The name of the file in the folder."""
_RESULT: Final = (
    "input_size",
    "input_sha256",
    "output_size",
    "output_sha256",
    "records",
    "problems",
    "errors",
    "seconds",
)


class Manifest:
    """The manifest of a folder. A line is added after each file, so a killed run loses none.

    A line that is incomplete, because the process was killed while writing it, is ignored. If a
    file has several lines, the last is used.

    Args:
        folder: The folder, which exists.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / MANIFEST
        self._folder = folder
        self._lines: dict[str, dict[str, Any]] = {}
        self._ends_in_line = True
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._error("read", error) from error
        self._ends_in_line = not data or data.endswith(b"\n")
        for line in data.splitlines():
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                continue  # incomplete, or not of refcite
            if _is_valid(found):
                self._lines[found["output"]] = found

    def of(self, output: str) -> dict[str, Any]:
        """Return the line about an output; empty if there is none."""
        return self._lines.get(self._key(output), {})

    def add(self, conversion: Conversion, result: FileResult) -> None:
        """Add the line about a file that was written."""
        key = self._key(conversion.output)
        line: dict[str, Any] = {"output": key, "input": result.input}
        line |= {name: getattr(result, name) for name in _RESULT}
        line |= {"codes": dict(result.codes), "settings": conversion.settings}
        self._lines[key] = line
        start = "" if self._ends_in_line else "\n"
        self._ends_in_line = True
        # One call, so that lines of two runs at the same time are not mixed.
        try:
            with self._path.open("ab", buffering=0) as file:
                file.write(f"{start}{_text(line)}".encode())
        except OSError as error:
            raise self._error("written", error) from error

    def sort(self) -> None:
        """Write all lines again, in the order of the outputs' names."""
        lines = [_text(line) for _, line in sorted(self._lines.items())]
        if lines:
            write_file(self._path, lines)

    def _error(self, what: str, error: OSError) -> OutputError:
        return OutputError(f"{self._path}: cannot be {what}: {error.strerror or error}")

    def _key(self, output: str) -> str:
        return Path(output).relative_to(self._folder).as_posix()


def _is_valid(line: Any) -> bool:
    """Return whether a value of JSON is a line of a manifest."""
    return (
        isinstance(line, dict)
        and isinstance(line.get("output"), str)
        and isinstance(line.get("codes"), dict)
        and all(isinstance(line.get(name), int) for name in ("records", "problems", "errors"))
        and isinstance(line.get("seconds"), int | float)
    )


def _text(line: dict[str, Any]) -> str:
    text = json.dumps(line, ensure_ascii=False)
    if first_surrogate(text) is not None:  # of a file name with bytes that are not UTF-8
        text = json.dumps(line)
    return text + "\n"
