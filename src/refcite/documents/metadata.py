"""The settings that a document makes for its citations, under the keys of pandoc's metadata.

Source: pandoc's manual, "Citation rendering" and "Specifying bibliographic data".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import frozen

from refcite.problems import Problem, Severity

__all__ = ["DEFAULT_STYLE", "Settings", "settings_of"]

DEFAULT_STYLE: Final = "chicago-author-date"
"""The style of documents that name none, as in pandoc."""
_TRUE: Final = frozenset({"true", "yes", "on"})
_FALSE: Final = frozenset({"false", "no", "off"})


@frozen(kw_only=True)
class Settings:
    """The settings of a document.

    Attributes:
        bibliography: The bibliography files, as paths that can be opened.
        style: A style's id or path; None if the document names none.
        language: The language of the document, such as `de-AT`.
        nocite: Text with cites of works that are listed and not cited. `@*` is all works.
        references: References that the document itself contains, as items of CSL-JSON.
        link_citations: Whether citations are links to their entries.
        link_bibliography: Whether addresses in entries are links.
        section_title: The heading above the bibliography, None for no heading.
        suppress_bibliography: Whether the bibliography is omitted.
        notes_after_punctuation: Whether notes are moved behind punctuation; None for what is usual
            in the style: in a style for notes they are moved.
        abbreviations: Path of a list of abbreviations.
    """

    bibliography: tuple[Path, ...] = ()
    style: str | None = None
    language: str | None = None
    nocite: str = ""
    references: tuple[Mapping[str, Any], ...] = ()
    link_citations: bool = False
    link_bibliography: bool = True
    section_title: str | None = None
    suppress_bibliography: bool = False
    notes_after_punctuation: bool | None = None
    abbreviations: Path | None = None


def settings_of(
    found: Mapping[str, Any], folder: Path | None = None, problems: list[Problem] | None = None
) -> Settings:
    """Return the settings in the metadata of a document.

    Args:
        found: The metadata: texts, booleans, lists and mappings.
        folder: The folder of the document, from which relative paths are resolved.
        problems: List to which problems are added.

    Example:
        >>> made = settings_of({"bibliography": "refs.bib", "csl": "apa", "link-citations": "true"},
        ...                    Path("book"))
        >>> made.bibliography[0].as_posix(), made.style, made.link_citations
        ('book/refs.bib', 'apa', True)
    """
    told = [] if problems is None else problems
    reader = _Reader(found, folder or Path(), told)
    nocite = found.get("nocite")
    references = found.get("references")
    return Settings(
        bibliography=tuple(map(reader.path, reader.texts("bibliography"))),
        style=reader.style("csl") or reader.style("citation-style"),
        language=reader.text("lang"),
        nocite="\n".join(map(str, nocite)) if isinstance(nocite, list) else str(nocite or ""),
        references=tuple(one for one in _listed(references) if isinstance(one, Mapping)),
        link_citations=reader.truth("link-citations") or False,
        link_bibliography=reader.truth("link-bibliography") is not False,
        section_title=reader.text("reference-section-title"),
        suppress_bibliography=reader.truth("suppress-bibliography") or False,
        notes_after_punctuation=reader.truth("notes-after-punctuation"),
        abbreviations=next(map(reader.path, reader.texts("citation-abbreviations")), None),
    )


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value is None or value == "" else [value]


@frozen
class _Reader:
    """Reads values of metadata by their keys."""

    found: Mapping[str, Any]
    folder: Path
    problems: list[Problem]

    def texts(self, key: str) -> Iterator[str]:
        for value in _listed(self.found.get(key)):
            if isinstance(value, str):
                if value.strip():
                    yield value.strip()
            elif isinstance(value, int | float) and not isinstance(value, bool):
                yield str(value)
            else:
                self._report(key, "a text, or a list of texts")

    def text(self, key: str) -> str | None:
        return next(self.texts(key), None)

    def truth(self, key: str) -> bool | None:
        value = self.found.get(key)
        if value is None or isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        if word in _TRUE:
            return True
        if word not in _FALSE:
            self._report(key, "true or false")
        return False

    def path(self, text: str) -> Path:
        return self.folder / text

    def style(self, key: str) -> str | None:
        """Return a style's id, or its path relative to the document."""
        text = self.text(key)
        if text is None or urlsplit(text).scheme in ("http", "https"):
            return text
        path = self.path(text)
        with_extension = path.with_name(f"{path.name}.csl")
        return next((str(one) for one in (path, with_extension) if one.is_file()), text)

    def _report(self, key: str, wanted: str) -> None:
        from refcite.formats.yamltext import line_of_key

        self.problems.append(
            Problem(
                severity=Severity.WARNING,
                code="bad-metadata",
                message=f"the value of {key!r} is not {wanted}; it is not used",
                line=line_of_key(self.found, key, 0) or None,
            )
        )
