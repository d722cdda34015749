"""What a format is to the registry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from inspect import Parameter, signature
from typing import Any, Final

from attrs import field, frozen

from refcite.library import Library
from refcite.problems import FormatError, near_matches
from refcite.record import Record

__all__ = ["ENTRY_POINT_GROUP", "Format"]

ENTRY_POINT_GROUP: Final = "refcite.formats"


@frozen(kw_only=True)
class Format:
    """A bibliographic format: how it is recognised and which module reads and writes it.

    The module is imported when it is first needed. It has a function `read(text, **options)`
    that returns a `Library`, or `write(records, **options)` that returns text, or both.

    Attributes:
        name: What users call it, such as `csl-json`.
        title: What it is, in a few words.
        module: The module with `read` and `write`.
        extensions: File endings, with the dot, in lower case.
        pattern: A regular expression found near the start of a text in this format, in multi-line
            mode; empty where only the name or ending tells.
        reads: Whether the module has `read`.
        writes: Whether the module has `write`.
        write_options: Options that `write` gets where the caller does not say otherwise.
    """

    name: str
    title: str
    module: str
    extensions: tuple[str, ...] = ()
    pattern: str = ""
    reads: bool = True
    writes: bool = True
    write_options: Mapping[str, Any] = field(factory=dict, hash=False)

    def read(self, text: str, **options: Any) -> Library:
        """Read a text; what is wrong with it stands in the library's problems.

        Options that are None are as good as not given.

        Raises:
            FormatError: The format is only written, or its reader does not know an option.
        """
        if not self.reads:
            raise FormatError(f"the format {self.name!r} can be written, but not read")
        library: Library = self._call("read", text, options)
        return library

    def write(self, records: Iterable[Record], **options: Any) -> str:
        """Return the records as a text in this format.

        Options that are None are as good as not given.

        Raises:
            FormatError: The format is only read, or its writer does not know an option.
        """
        if not self.writes:
            raise FormatError(f"the format {self.name!r} can be read, but not written")
        text: str = self._call("write", records, {**self.write_options, **options})
        return text

    def _call(self, name: str, subject: object, options: Mapping[str, Any]) -> Any:
        function = getattr(import_module(self.module), name)
        given = {option: value for option, value in options.items() if value is not None}
        parameters = signature(function).parameters if given else {}
        if not any(parameter.kind is Parameter.VAR_KEYWORD for parameter in parameters.values()):
            for option in given:
                if option not in parameters:
                    near = near_matches(option, parameters)
                    raise FormatError(
                        f"the format {self.name!r} has no option {option!r} to {name}{near}"
                    )
        return function(subject, **given)
