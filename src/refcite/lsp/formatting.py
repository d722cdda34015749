"""Entries formatted in the style of a document; each style is compiled once."""

from __future__ import annotations

from attrs import define

from refcite.csl import Processor
from refcite.documents.metadata import Settings
from refcite.documents.rendering import processor_for
from refcite.lsp.background import Worker
from refcite.problems import Problem
from refcite.record import Record

__all__ = ["Entries"]

_MOST_WORKS = 2_000
"""After so many works, a processor is made again, since it keeps them all."""
_MOST_STYLES = 8


@define
class _Style:
    processor: Processor
    problems: tuple[Problem, ...]
    works: int = 0


class Entries:
    """Formats single entries as Markdown.

    Processors are only used in one thread.
    """

    def __init__(self) -> None:
        self._worker = Worker("refcite-entries")
        self._styles: dict[tuple[str | None, str | None], _Style] = {}

    async def entry(self, record: Record, style: str | None, language: str | None) -> str:
        """Return the entry of a work; its citation in a style without a bibliography.

        Args:
            record: The work.
            style: The style, None for the default.
            language: The language, None for that of the style.
        """
        return await self._worker.do(lambda: self._entry(record, style, language))

    async def problems(self, style: str | None, language: str | None) -> tuple[Problem, ...]:
        """Return why a style or a language cannot be used; nothing if they can."""
        return await self._worker.do(lambda: self._style(style, language).problems)

    def forget(self) -> None:
        """Read the styles again when they are needed next: their files may have changed."""
        self._styles = {}

    def _style(self, style: str | None, language: str | None) -> _Style:
        key = style, language
        found = self._styles.get(key)
        if found is None or found.works >= _MOST_WORKS:
            if len(self._styles) >= _MOST_STYLES:
                self._styles.pop(next(iter(self._styles)))
            problems: list[Problem] = []
            settings = Settings(style=style, language=language)
            made = processor_for(settings, {}, output="markdown", problems=problems)
            found = self._styles[key] = _Style(made, tuple(problems))
        return found

    def _entry(self, record: Record, style: str | None, language: str | None) -> str:
        found = self._style(style, language)
        found.works += 1
        processor = found.processor
        citation = processor.cite(record)
        try:
            if processor.has_bibliography:
                entries = processor.bibliography()
                if entries:
                    return entries[0].text
            return str(citation)
        finally:
            # Nothing is left that would number or distinguish the next work.
            processor.remove(0)
