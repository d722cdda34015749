"""The filter: a tree whose citations are filled in, with a bibliography."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

from attrs import evolve

from refcite.csl import Bibliography, Cite, CiteMode, Cluster, Processor
from refcite.csl.backends.pandoc import Inline
from refcite.csl.processor import Output
from refcite.csl.style.locale import load_locale
from refcite.documents.clusters import CitedKey, DocumentCitation
from refcite.documents.locators import LocatorTerms, locator_terms, split_locator
from refcite.documents.metadata import Settings, settings_of
from refcite.documents.pandoc.notes import Placer, Text
from refcite.documents.pandoc.tree import Kept, Node, plain_value
from refcite.documents.rendering import answer, processor_for
from refcite.documents.values import is_yaml, with_markup
from refcite.formats import load, loads
from refcite.formats.csl_yaml import plain_item
from refcite.problems import InputError, Problem, Severity, StyleError
from refcite.record import Record

__all__ = ["filtered"]

_OLDEST: Final = (1, 22)
"""The version of the tree since pandoc 2.10, which has the same citations and formats."""
_MODES: Final[dict[str, CiteMode]] = {
    "NormalCitation": "normal",
    "SuppressAuthor": "suppress-author",
    "AuthorInText": "composite",
}
_SPACE: Final = {"t": "Space"}
_STYLES_OF_ZOTERO: Final = "www.zotero.org"


def filtered(text: str | bytes, folder: Path | None = None) -> tuple[str, list[Problem]]:
    """Return a document with formatted citations and a bibliography, as `pandoc --citeproc` does.

    Args:
        text: The document, in pandoc's JSON.
        folder: The folder from which paths in the metadata are resolved, by default the current
            one.

    Returns:
        The document, and the problems found; keys that are not defined are among them.

    Raises:
        InputError: The text is not a document of pandoc, or of a version before 2.10; or a
            bibliography file cannot be read.
        RefciteError: The style or the list of abbreviations cannot be used.

    Example:
        >>> import json
        >>> cite = {"citationId": "k", "citationPrefix": [], "citationSuffix": [],
        ...         "citationMode": {"t": "NormalCitation"}, "citationNoteNum": 1,
        ...         "citationHash": 0}
        >>> tree = {"pandoc-api-version": [1, 23], "meta": {},
        ...         "blocks": [{"t": "Para", "c": [{"t": "Cite", "c": [[cite], []]}]}]}
        >>> made, problems = filtered(json.dumps(tree))
        >>> json.loads(made)["blocks"][0]["c"][0]["c"][1][1]
        {'t': 'Strong', 'c': [{'t': 'Str', 'c': 'k?'}]}
        >>> problems[0].code
        'undefined-key'
    """
    tree = _read(text)
    try:
        problems = _Filter(tree, text, folder or Path()).fill()
        return json.dumps(tree, ensure_ascii=False, separators=(",", ":")), problems
    except RecursionError:
        raise InputError("the document is nested too deeply") from None
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise InputError(
            f"the input is not a document of pandoc: {type(error).__name__} {error};"
            " use `pandoc --filter refcite-pandoc`"
        ) from None


def _read(text: str | bytes) -> dict[str, Node]:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"the input is not JSON: {error}; use `pandoc --filter refcite-pandoc`, which sends its"
            " document"
        ) from None
    version = tree.get("pandoc-api-version") if isinstance(tree, dict) else None
    if not isinstance(version, list) or not {"meta", "blocks"} <= set(tree):
        raise InputError(
            "the input is JSON, but no document of pandoc; use `pandoc --filter refcite-pandoc`"
        )
    if tuple(version) < _OLDEST:
        shown = ".".join(map(str, version))
        raise InputError(
            f"the version {shown} of pandoc's documents is too old; use pandoc 2.10 or later"
        )
    return cast("dict[str, Node]", tree)


class _Filter:
    """Fills in the citations of a tree.

    Args:
        tree: The tree, which is changed.
        text: Its JSON.
        folder: The folder for paths.
    """

    def __init__(self, tree: dict[str, Node], text: str | bytes, folder: Path) -> None:
        self._tree = tree
        self._meta: dict[str, Node] = tree["meta"]
        self._kept = Kept(text if isinstance(text, str) else text.decode(errors="replace"))
        self._folder = folder
        self._problems: list[Problem] = []

    def fill(self) -> list[Problem]:
        """Fill in the citations and the bibliography; return the problems."""
        settings = self._settings()
        works = self._works(settings)
        processor = self._processor(settings, works)
        found = list(self._cites())
        terms = locator_terms(processor.locale, processor.style_locales)
        citations = [self._citation(node, place, terms) for place, node in enumerate(found)]
        answers, problems = answer(processor, citations, self._nocite(works), works, settings)
        self._problems += (
            problem.replace(severity=Severity.WARNING)
            if problem.code == "undefined-key"
            else problem
            for problem in problems
        )
        texts = {}
        for node, citation, text in zip(found, citations, answers.texts, strict=True):
            texts[id(node)] = Text(
                self._inlines(text.in_text),
                self._inlines(text.in_note),
                narrates=citation.cluster.cites[0].mode == "composite",
            )
        moves = settings.notes_after_punctuation
        placer = Placer(
            texts,
            makes_notes=processor.is_note_style,
            moves_notes=processor.is_note_style if moves is None else moves,
            punctuation_in_quote=load_locale(processor.locale).punctuation_in_quote,
        )
        for key, value in self._meta.items():
            if key not in ("nocite", "references"):
                placer.place(value)
        placer.place(self._tree["blocks"])
        if answers.bibliography:
            self._list(answers.bibliography)
        return self._problems

    def _inlines(self, text: str) -> list[Inline]:
        return self._kept.restored(json.loads(text)) if text else []

    # Settings

    def _settings(self) -> Settings:
        meta = {
            key: plain_value(value)
            for key, value in self._meta.items()
            if key not in ("references", "nocite", "reference-section-title")
        }
        if "lang" not in meta and isinstance(meta.get("locale"), str):
            meta["lang"] = meta["locale"]
        settings = settings_of(meta, self._folder, self._problems)
        style = settings.style
        if style is not None:
            settings = evolve(settings, style=self._found_style(style))
        return settings

    def _found_style(self, style: str) -> str:
        """Return a style, which may be in the folder of the user's styles for pandoc.

        Raises:
            StyleError: It is on the network.
        """
        address = urlsplit(style)
        if address.scheme in ("http", "https"):
            if address.netloc == _STYLES_OF_ZOTERO:
                return style  # the URL that identifies a style
            raise StyleError(
                f"{style}: refcite does not load styles from the network; download the file, and"
                " set `csl` to its path"
            )
        if not Path(style).is_file():
            name = style if style.endswith(".csl") else f"{style}.csl"
            for folder in _data_folders():
                for place in (folder / "csl" / name, folder / "csl" / "dependent" / name):
                    if place.is_file():
                        return str(place)
        if style.endswith(".csl") and not Path(style).is_file():
            # Pandoc's users name the files of the published styles.
            stem = Path(style).stem
            raise StyleError(
                f"{style}: the style is not found; correct its path, or write {stem!r} if it is the"
                " id of a published style"
            )
        return style

    def _processor(self, settings: Settings, works: Mapping[str, Record]) -> Processor:
        if settings.suppress_bibliography:
            settings = evolve(settings, link_citations=False)
        problems: list[Problem] = []
        output = cast("Output", "pandoc")
        processor = processor_for(settings, works, output=output, problems=problems)
        for problem in problems:
            if problem.code != "unknown-language":
                raise StyleError(problem.message)
            self._problems.append(problem.replace(severity=Severity.WARNING))
        return processor

    # References

    def _works(self, settings: Settings) -> dict[str, Record]:
        """Return the works by id; those in the metadata take precedence over those in files."""
        found: dict[str, Record] = {}
        for path in settings.bibliography:
            address = urlsplit(path.as_posix())
            if address.scheme in ("http", "https"):
                raise InputError(
                    f"{path}: refcite loads no bibliography from the network; download the file,"
                    " and set `bibliography` to its path"
                )
            library = load(path)
            self._problems += (one for one in library.problems if one.severity is not Severity.INFO)
            records = with_markup(library) if is_yaml(path) else library
            found.update((record.id, record) for record in records)
        listed = self._meta.get("references")
        if listed is not None:
            values = _as_list(self._kept.value(listed))
            items = [plain_item(value) for value in values if isinstance(value, dict)]
            library = loads(items, "csl-json")
            self._problems += (
                one.replace(file="references")
                for one in library.problems
                if one.severity is not Severity.INFO
            )
            found.update((record.id, record) for record in library)
        return found

    def _nocite(self, works: Mapping[str, Record]) -> list[CitedKey]:
        """Return the keys of works to list, in the order of the works."""
        keys = {cite["citationId"] for node in _found(self._meta.get("nocite")) for cite in node}
        if "*" in keys:
            return [_key("*")]
        places = {key: place for place, key in enumerate(works)}
        return [_key(key) for key in sorted(keys, key=lambda key: places.get(key, len(places)))]

    # Citations

    def _cites(self) -> Iterator[Inline]:
        """Yield the citations in the order in which they are numbered."""
        for key in sorted(self._meta):
            if key not in ("nocite", "references"):
                yield from _nodes(self._meta[key])
        yield from _nodes(self._tree["blocks"])

    def _citation(self, node: Inline, place: int, terms: LocatorTerms) -> DocumentCitation:
        cites = [cite for cite in node["c"][0] if cite["citationId"] != "*"]
        return DocumentCitation(
            cluster=Cluster(
                cites=tuple(
                    self._cite(cite, terms, is_first=not index) for index, cite in enumerate(cites)
                ),
                note=(cites[0]["citationNoteNum"] if cites else 0) or None,
            ),
            start=place,
            end=place,
            keys=tuple(_key(cite["citationId"]) for cite in cites),
        )

    def _cite(self, cite: Node, terms: LocatorTerms, *, is_first: bool) -> Cite:
        mode = _MODES[cite["citationMode"]["t"]]
        if mode == "composite" and not is_first:
            mode = "normal"
        key = cite["citationId"]
        if not cite["citationPrefix"] and not cite["citationSuffix"]:
            return Cite(key, mode=mode)
        prefix = self._kept.with_breaks(self._kept.markup(cite["citationPrefix"]))
        located = split_locator(self._kept.markup(cite["citationSuffix"]), terms)
        return Cite(
            key,
            mode=mode,
            prefix=f"{prefix} " if prefix else "",
            locator=located.locator and located.locator.replace("\n", " "),
            label="page" if located.label is None else located.label,
            suffix=self._kept.with_breaks(located.suffix),
        )

    # Bibliography

    def _list(self, bibliography: Bibliography) -> None:
        """Put the bibliography into the division `refs`, or at the end of the document."""
        layout = bibliography.layout
        entry_spacing, line_spacing = layout.entry_spacing, layout.line_spacing
        classes = ["references", "csl-bib-body"]
        classes += ["hanging-indent"] if layout.hanging_indent else []
        attributes = [] if entry_spacing == 1 else [["entry-spacing", str(entry_spacing)]]
        attributes += [["line-spacing", str(line_spacing)]] if line_spacing > 1 else []
        entries = [self._entry(entry.id, entry.text) for entry in bibliography]
        blocks: list[Node] = self._tree["blocks"]
        if _insert(blocks, classes, attributes, entries):
            return
        title = self._meta.get("reference-section-title")
        heading = _heading(title) if title is not None else []
        if heading:
            blocks.append({"t": "Header", "c": [1, ["bibliography", ["unnumbered"], []], heading]})
        elif blocks and blocks[-1]["t"] == "Header":
            named = blocks[-1]["c"][1][1]
            named[:] = ["unnumbered", *(one for one in named if one != "unnumbered")]
        blocks.append({"t": "Div", "c": [["refs", classes, attributes], entries]})

    def _entry(self, id: str, text: str) -> Node:  # noqa: A002 - CSL's name
        inlines = self._inlines(text)
        if inlines[-1:] == [_SPACE]:
            inlines.pop()
            if inlines and _has_class(inlines[-1], "csl-right-inline"):
                inlines[-1]["c"][1].append(_SPACE)
        if len(inlines) > 1 and _has_class(inlines[0], "csl-left-margin"):
            margin = inlines[0]["c"][1]
            if _has_class(inlines[1], "csl-right-inline") and margin[-1:] != [{"t": "Space"}]:
                margin.append({"t": "Space"})
        paragraph = {"t": "Para", "c": inlines}
        return {"t": "Div", "c": [[f"ref-{id}", ["csl-entry"], []], [paragraph]]}


def _key(key: str) -> CitedKey:
    return CitedKey(key, 0, 0, 0)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _nodes(node: Node) -> Iterator[Inline]:
    """Yield the elements `Cite` in an element or list, in order."""
    if isinstance(node, list):
        for one in node:
            if isinstance(one, list | dict):
                yield from _nodes(one)
    elif node.get("t") == "Cite":
        yield node
    else:
        for one in node.values():
            if isinstance(one, list | dict):
                yield from _nodes(one)


def _found(node: Node) -> Iterator[list[Node]]:
    for cite in () if node is None else _nodes(node):
        yield cite["c"][0]


def _has_class(node: Inline, name: str) -> bool:
    return node["t"] == "Span" and name in node["c"][0][1]


def _insert(
    blocks: Sequence[Node],
    classes: Sequence[str],
    attributes: Sequence[list[str]],
    entries: Sequence[Node],
) -> bool:
    """Put entries into the division `refs`; return whether there is one."""
    for block in blocks:
        if not isinstance(block, dict) or block["t"] != "Div":
            continue
        (id_, own_classes, own_attributes), inner = block["c"]
        if id_ == "refs" or id_.endswith("__refs"):
            own_classes += (one for one in classes if one not in own_classes)
            own_attributes += (one for one in attributes if one not in own_attributes)
            inner += entries
            return True
        if _insert(inner, classes, attributes, entries):
            return True
    return False


def _heading(title: Node) -> list[Inline]:
    inlines: list[Inline] = []
    if title["t"] == "MetaInlines":
        inlines = title["c"]
    elif title["t"] == "MetaString":
        inlines = [{"t": "Str", "c": title["c"]}]
    elif title["t"] == "MetaBlocks" and title["c"] and title["c"][0]["t"] in ("Para", "Plain"):
        inlines = title["c"][0]["c"]
    return inlines


def _data_folders() -> Iterator[Path]:
    """Yield the folders of the user's data for pandoc."""
    home = Path.home()
    yield Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "pandoc"
    yield home / ".pandoc"
    roaming = os.environ.get("APPDATA")
    if roaming:
        yield Path(roaming) / "pandoc"
