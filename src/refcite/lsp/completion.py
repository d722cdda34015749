"""Completion: keys by author, year and title, and types and fields of entries in BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen
from lsprotocol import types as lsp

from refcite.collection.checks.models import model_of
from refcite.formats.bibtex import mapping
from refcite.lsp.client import Client
from refcite.lsp.cursor import Wanted, wanted_at
from refcite.lsp.documents import Document
from refcite.lsp.formatting import Entries
from refcite.lsp.hover import described
from refcite.lsp.index import Match
from refcite.lsp.ranges import range_of
from refcite.lsp.texts import Place
from refcite.lsp.workspace import Workspace, matches, work_of

__all__ = ["TRIGGERS", "complete", "resolve"]

TRIGGERS: Final = ("@", "{", ",", "`", " ")
"""The signs after which editors request completions."""

_MOST: Final = 100
"""The largest number of keys in one answer."""
_LONGEST: Final = 80
"""The number of characters of a title in a list."""
_BIBLATEX: Final = re.compile(r"\b(?:date|journaltitle|location|langid)\s*=", re.IGNORECASE)
_NAME: Final = re.compile(r"[a-z]+")
_READ: Final = 20_000
"""The characters of a library from which its dialect is recognised."""


async def complete(workspace: Workspace, client: Client, document: Document, place: Place) -> Any:
    """Return what can be written at a place, None if refcite knows nothing of it."""
    wanted = wanted_at(document, place)
    if wanted is None:
        return None
    edits = _Edits.of(workspace, client, document, wanted)
    if wanted.kind == "type":
        return lsp.CompletionList(False, list(_types(document, edits)))
    if wanted.kind == "field":
        return lsp.CompletionList(False, list(_fields(document, edits)))
    sources = await workspace.sources(document)
    libraries = await workspace.latest(sources)
    found, is_complete = matches(wanted.query, libraries, _MOST)
    if not found and " " in wanted.query.strip():
        # Words that are part of no work may belong to the text before it.
        found, is_complete = matches(wanted.query.split()[-1], libraries, _MOST)
    is_current = all(workspace.libraries.is_current(path) for path in sources.paths)
    items = [_item(match, number, edits) for number, match in enumerate(found)]
    return lsp.CompletionList(not is_complete or not is_current, items)


async def resolve(workspace: Workspace, entries: Entries, item: Any) -> Any:
    """Return a completion with the formatted entry."""
    data = item.data if isinstance(item.data, dict) else {}
    document = workspace.documents.get(str(data.get("uri", "")))
    if document is None:
        return item
    sources = await workspace.sources(document)
    known = work_of(str(data.get("key", "")), await workspace.latest(sources))
    if known is not None:
        work, loaded = known
        text = await described(entries, work.record, loaded.path, sources.style, sources.language)
        item.documentation = lsp.MarkupContent(lsp.MarkupKind.Markdown, text)
    return item


@frozen
class _Edits:
    """Makes the changes of the text that completions are."""

    client: Client
    document: Document
    wanted: Wanted
    inserted: Any
    replaced: Any

    @classmethod
    def of(cls, workspace: Workspace, client: Client, document: Document, wanted: Wanted) -> _Edits:
        """Return what makes the changes, with the ranges that all completions have."""
        text, encoding = document.text, workspace.documents.encoding
        inserted = range_of(text, wanted.start, wanted.cursor, encoding)
        replaced = range_of(text, wanted.start, wanted.end, encoding)
        return cls(client, document, wanted, inserted, replaced)

    def edit(self, text: str) -> Any:
        """Return the change that writes a text at the cursor."""
        if self.client.replaces:
            return lsp.InsertReplaceEdit(text, self.inserted, self.replaced)
        return lsp.TextEdit(self.replaced, text)

    @property
    def rest(self) -> str:
        """The rest of the line."""
        line = self.document.text.lines[self.wanted.end.line]
        return line[self.wanted.end.column :].strip()


def _item(match: Match, number: int, edits: _Edits) -> Any:
    work = match.work
    title = work.title if len(work.title) <= _LONGEST else f"{work.title[: _LONGEST - 1]}…"
    return lsp.CompletionItem(
        label=work.key,
        label_details=lsp.CompletionItemLabelDetails(
            detail=f" {work.label}" if work.label else None, description=title or None
        ),
        kind=lsp.CompletionItemKind.Reference,
        detail=". ".join(filter(None, (work.label, title))) or None,
        filter_text=" ".join(filter(None, (work.key, work.people, work.year, title))),
        sort_text=f"{number:05}",
        text_edit=edits.edit(work.key + edits.wanted.closing),
        data={"uri": edits.document.uri, "key": work.key},
    )


# BibTeX


def _dialect(document: Document) -> str:
    start = "".join(document.text.lines[:2_000])[:_READ]
    return "biblatex" if _BIBLATEX.search(start) is not None else "bibtex"


def _types(document: Document, edits: _Edits) -> Iterator[Any]:
    dialect = _dialect(document)
    names = dict.fromkeys(row.own.lstrip("@") for row in mapping(dialect).types)  # type: ignore[arg-type]  # one of both
    for name in names:
        if _NAME.fullmatch(name) is None:
            continue
        model = model_of(dialect, name)
        required = [need[0] for need in model[0]] if model is not None else []
        snippet = None
        if edits.client.inserts_snippets and not edits.rest:
            lines = [f"  {field} = {{${place}}}" for place, field in enumerate(required, 2)]
            body = ",\n".join(lines)
            snippet = (
                f"{name}{{${{1:key}},\n{body}\n}}" if lines else f"{name}{{${{1:key}},\n  $0\n}}"
            )
        yield lsp.CompletionItem(
            label=name,
            kind=lsp.CompletionItemKind.Class,
            detail=f"requires {', '.join('/'.join(need) for need in model[0])}"
            if model is not None and model[0]
            else None,
            sort_text=f"{'0' if model is not None else '1'}{name}",
            filter_text=name,
            text_edit=edits.edit(snippet or name),
            insert_text_format=lsp.InsertTextFormat.Snippet if snippet else None,
        )


def _fields(document: Document, edits: _Edits) -> Iterator[Any]:
    part = edits.wanted.part
    if part is None:
        return
    dialect = _dialect(document)
    model = model_of(dialect, part.type) or ((), ())
    ranks: dict[str, tuple[str, str]] = {}
    for rank, (needs, word) in enumerate(zip(model, ("required", "recommended"), strict=True)):
        for need in needs:
            for field in need:
                ranks.setdefault(field, (str(rank), word))
    for row in mapping(dialect).fields:  # type: ignore[arg-type]  # one of both
        for name in row.own.split(", "):
            if _NAME.fullmatch(name) is not None:
                ranks.setdefault(name, ("2", row.variable))
    ranks.setdefault("crossref", ("2", "inherits the fields of another entry"))
    has_value = edits.rest.startswith("=")
    for name, (order, detail) in ranks.items():
        if name in part.fields:
            continue
        is_snippet = edits.client.inserts_snippets and not has_value
        text = name if has_value else f"{name} = {{$1}}," if is_snippet else f"{name} = "
        yield lsp.CompletionItem(
            label=name,
            kind=lsp.CompletionItemKind.Field,
            detail=detail,
            sort_text=f"{order}{name}",
            filter_text=name,
            text_edit=edits.edit(text),
            insert_text_format=lsp.InsertTextFormat.Snippet if is_snippet else None,
        )
