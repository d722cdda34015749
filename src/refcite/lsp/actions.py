"""Repairs as code actions: of single problems, and all safe ones of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from attrs import frozen
from lsprotocol import types as lsp

from refcite.collection.checks import Finding, edits_of, fix_text
from refcite.formats import get_format
from refcite.formats.bibtex import Edit, entry_offsets, repairs
from refcite.lsp.background import Worker
from refcite.lsp.diagnostics import SOURCE, UNDEFINED, CheckedText, Diagnoser, near_keys, span_of
from refcite.lsp.documents import Document
from refcite.lsp.ranges import range_of
from refcite.lsp.texts import Place, Text
from refcite.lsp.workspace import Workspace
from refcite.problems import RefciteError

__all__ = ["FIX_ALL", "Actions"]

FIX_ALL: Final = "source.fixAll.refcite"
_VERBS: Final = {
    "added": "Add",
    "closed": "Close",
    "doubled": "Double",
    "moved": "Move",
    "put": "Put",
    "removed": "Remove",
    "wrote": "Write",
}
"""The verbs of the messages of repairs, as a command has them."""
_COMPARED: Final = 2_000
"""The number of changed lines up to which single changes are sent."""


@frozen
class Actions:
    """Offers repairs.

    Args:
        workspace: The workspace.
        diagnoser: Checks the libraries.
        worker: Does what takes long.
    """

    workspace: Workspace
    diagnoser: Diagnoser
    worker: Worker

    async def offered(
        self, document: Document, start: Place, end: Place, context: Any, *, resolves: bool
    ) -> list[Any]:
        """Return the code actions for a part of a text.

        Args:
            document: The document.
            start: Where the part starts.
            end: Where it ends.
            context: The protocol's context: diagnostics, and the kinds that are requested.
            resolves: Whether the editor requests the changes of an action when it is chosen.
        """
        only = context.only
        found: list[Any] = []
        given = [one for one in context.diagnostics if one.source == SOURCE]
        if _is_wanted(only, "quickfix"):
            if document.is_text:
                found += [
                    one
                    for diagnostic in given
                    if diagnostic.code == UNDEFINED
                    for one in await self._replacements(document, diagnostic)
                ]
            elif document.kind == "bibtex":
                found += await self._repairs(document, start, end, given)
        if document.kind == "bibtex" and _is_wanted(only, FIX_ALL):
            found += await self._all(document, is_lazy=resolves and not only)
        return found

    async def resolve(self, action: Any) -> Any:
        """Return the action that repairs a whole file with its changes."""
        data = action.data if isinstance(action.data, dict) else {}
        document = self.workspace.documents.get(str(data.get("uri", "")))
        if document is not None:
            action.edit = await self._fixed(document)
        return action

    # Undefined keys

    async def _replacements(self, document: Document, diagnostic: Any) -> list[Any]:
        place = self.workspace.documents.place
        start = place(document, diagnostic.range.start.line, diagnostic.range.start.character)
        end = place(document, diagnostic.range.end.line, diagnostic.range.end.character)
        if start.line != end.line or document.syntax is None:
            return []
        key = document.text.lines[start.line][start.column : end.column].strip("{}")
        sources = await self.workspace.sources(document)
        found: list[Any] = []
        for near in near_keys(key, await self.workspace.latest(sources)):
            try:
                text = document.syntax.spelled(near)
            except RefciteError:
                continue
            edit = lsp.TextEdit(diagnostic.range, text)
            found.append(
                lsp.CodeAction(
                    title=f"Replace by '{near}'",
                    kind=lsp.CodeActionKind.QuickFix,
                    diagnostics=[diagnostic],
                    is_preferred=not found,
                    edit=lsp.WorkspaceEdit(changes={document.uri: [edit]}),
                )
            )
        return found

    # Problems of libraries

    async def _repairs(
        self, document: Document, start: Place, end: Place, given: Sequence[Any]
    ) -> list[Any]:
        checked = await self.diagnoser.checked(document)
        if checked is None or document.text.changes != checked.changes:
            return []
        text = document.text
        findings = [
            one
            for one in checked.checked.findings
            if (span := span_of(text, one.problem))[0].line <= end.line
            and start.line <= span[1].line
        ]
        made = await self.worker.do(
            lambda: [
                *_of_findings(text, checked, findings),
                *_of_syntax(text, checked, start.line, end.line),
            ]
        )
        found = [self._action(document, one, given) for one in made]
        return [*found, *self._ignoring(document, checked, start, end, given)]

    def _action(self, document: Document, made: _Made, given: Sequence[Any]) -> Any:
        warning = "" if made.is_safe else " (may change the meaning)"
        return lsp.CodeAction(
            title=f"{made.title}{warning}",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[
                one for one in given if one.code == made.code and one.range.start.line == made.line
            ]
            or None,
            is_preferred=made.is_safe,
            edit=self._workspace_edit(document, made.edits),
        )

    def _workspace_edit(self, document: Document, edits: Sequence[Edit]) -> Any:
        text, encoding = document.text, self.workspace.documents.encoding
        changes = [
            lsp.TextEdit(
                range_of(text, text.place_of(one.start), text.place_of(one.end), encoding),
                one.text.replace("\n", text.newline),
            )
            for one in edits
        ]
        return lsp.WorkspaceEdit(changes={document.uri: changes})

    def _ignoring(
        self,
        document: Document,
        checked: CheckedText,
        start: Place,
        end: Place,
        given: Sequence[Any],
    ) -> Iterator[Any]:
        """Yield the actions that write a comment before an entry, which ignores a code."""
        library, text = checked.loaded.library, document.text
        for diagnostic in given:
            line = diagnostic.range.start.line
            if not start.line <= line <= end.line:
                continue
            first = max(
                (
                    record.origin.line - 1
                    for record in library
                    if record.origin is not None
                    and record.origin.line is not None
                    and record.origin.line - 1 <= line
                ),
                default=None,
            )
            if first is None or not isinstance(diagnostic.code, str):
                continue
            at = text.offset_of(Place(first, 0))
            comment = Edit(at, at, f"% refcite: ignore {diagnostic.code}\n")
            yield lsp.CodeAction(
                title=f"Ignore {diagnostic.code} in this entry",
                kind=lsp.CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                edit=self._workspace_edit(document, [comment]),
            )

    # All repairs of a file

    async def _all(self, document: Document, *, is_lazy: bool) -> list[Any]:
        title = "Repair all problems with safe repairs"
        if is_lazy:
            checked = await self.diagnoser.checked(document)
            if checked is None or not any(
                one.fix is not None and one.fix.is_safe for one in checked.checked.findings
            ):
                return []
            return [lsp.CodeAction(title=title, kind=FIX_ALL, data={"uri": document.uri})]
        edit = await self._fixed(document)
        return [] if edit is None else [lsp.CodeAction(title=title, kind=FIX_ALL, edit=edit)]

    async def _fixed(self, document: Document) -> Any:
        """Return the changes that make all safe repairs, None if there are none."""
        checked = await self.diagnoser.checked(document)
        if checked is None:
            return None
        before, checks = document.text.plain, checked.settings.checks
        bibtex = get_format("bibtex")
        edits = await self.worker.do(
            lambda: _differences(before, fix_text(before, bibtex, checks).text)
        )
        if not edits or document.text.plain != before:
            return None
        return self._workspace_edit(document, edits)


@frozen(kw_only=True)
class _Made:
    """A repair with its changes, as offsets in the text."""

    title: str
    code: str
    line: int
    edits: Sequence[Edit]
    is_safe: bool = True


def _is_wanted(only: Sequence[str] | None, kind: str) -> bool:
    """Return whether a kind is among the requested ones, or below one of them."""
    return not only or any(kind == one or kind.startswith(f"{one}.") for one in only)


def _of_findings(text: Text, checked: CheckedText, findings: Sequence[Finding]) -> Iterator[_Made]:
    chosen = [one for one in findings if one.fix is not None]
    offsets = entry_offsets(text.plain, checked.loaded.library) if chosen else None
    if offsets is None:
        return
    bibtex = get_format("bibtex")
    for finding in chosen:
        edits, origin = edits_of(finding, bibtex), finding.entry.record.origin
        if edits is None or origin is None or finding.fix is None:
            continue
        start = offsets[origin.verbatim["entry"].index]
        yield _Made(
            title=_imperative(finding.fix.message),
            code=finding.problem.code,
            line=(finding.problem.line or 1) - 1,
            edits=[Edit(one.start + start, one.end + start, one.text) for one in edits],
            is_safe=finding.fix.is_safe,
        )


def _of_syntax(text: Text, checked: CheckedText, first: int, last: int) -> Iterator[_Made]:
    selection = checked.settings.checks.selection
    if not any(
        first <= (one.line or 1) - 1 <= last and selection.has(one.code)
        for one in checked.checked.problems
    ):
        return
    start, end = text.offset_of(Place(first, 0)), text.offset_of(text.end_of(last))
    for repair in repairs(text.plain, start, end):
        if selection.has(repair.code):
            yield _Made(
                title=_imperative(repair.message),
                code=repair.code,
                line=text.place_of(repair.start).line,
                edits=[repair],
            )


def _imperative(message: str) -> str:
    """Return what a repair does, from what it has done."""
    verb, _, rest = message.partition(" ")
    return f"{_VERBS.get(verb, f'Repair: {verb}')} {rest}"


def _differences(before: str, after: str) -> list[Edit]:
    """Return the changes from one text to another, in whole lines."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    shortest = min(len(old), len(new))
    first = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    last = next(
        (n for n in range(shortest - first) if old[-1 - n] != new[-1 - n]), shortest - first
    )
    old_part, new_part = old[first : len(old) - last], new[first : len(new) - last]
    if not old_part and not new_part:
        return []
    start = sum(map(len, old[:first]))
    if max(len(old_part), len(new_part)) > _COMPARED:
        return [Edit(start, start + sum(map(len, old_part)), "".join(new_part))]
    offsets = [start]
    for line in old_part:
        offsets.append(offsets[-1] + len(line))
    matcher = SequenceMatcher(None, old_part, new_part, autojunk=False)
    return [
        Edit(offsets[i], offsets[j], "".join(new_part[m:n]))
        for tag, i, j, m, n in matcher.get_opcodes()
        if tag != "equal"
    ]
