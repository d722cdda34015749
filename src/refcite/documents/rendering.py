"""`refcite.render`: the citations of a document, formatted at their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Final, cast

from attrs import evolve, frozen

from refcite.collector import collector_paused
from refcite.csl import Bibliography, Cite, Cluster, Processor
from refcite.csl.document.cited import Citation
from refcite.csl.processor import Output
from refcite.csl.style.finder import StyleFolders
from refcite.csl.style.locale import Locale, load_locale
from refcite.documents.answers import Answers, CitesByIdentifier, ReadDocument
from refcite.documents.clusters import CitedKey, DocumentCitation
from refcite.documents.locators import locator_terms
from refcite.documents.metadata import DEFAULT_STYLE, Settings, settings_of
from refcite.documents.syntaxes import Syntax, find_syntax
from refcite.documents.values import is_yaml, with_markup
from refcite.formats import load, loads
from refcite.formats.yamltext import line_of_key
from refcite.library import Library
from refcite.problems import (
    FormatError,
    InputError,
    Problem,
    RefciteError,
    Severity,
    UnknownFormatError,
    UnknownLocaleError,
    near_matches,
)
from refcite.record import Record

__all__ = ["Rendered", "UndefinedKeys", "answer", "processor_for", "read_file", "render"]

_ALL: Final = "*"
_MOST_HINTS: Final = 50


@frozen(kw_only=True)
class Rendered:
    """A document with formatted citations.

    Attributes:
        text: The document.
        bibliography: Its bibliography, None if it has none or the style defines none.
        problems: The problems of the document and of its bibliography files, with their lines.
        citations: The text of each citation, in the order in which they are numbered. In a style
            for notes, it is the text of the note.

    Example:
        >>> import refcite
        >>> castle = refcite.Record(id="k", type="book", title="The Castle", author="Franz Kafka")
        >>> rendered = refcite.render("A letter [@k, p. 3].", [castle], style="apa")
        >>> rendered.citations, rendered.bibliography.ids
        (('(Kafka, n.d., p. 3)',), ('k',))
    """

    text: str
    bibliography: Bibliography | None
    problems: tuple[Problem, ...]
    citations: tuple[str, ...]

    def __str__(self) -> str:
        return self.text


def render(
    text: str,
    library: Record | Iterable[Record] | None = None,
    *,
    style: str | PathLike[str] | None = None,
    syntax: str = "markdown",
    locale: str | None = None,
    bibliography: Sequence[str | PathLike[str]] = (),
    file: str | PathLike[str] | None = None,
    styles: StyleFolders | None = None,
    lookup: Callable[[Sequence[str]], Library] | None = None,
) -> Rendered:
    """Format the citations of a document, and leave all other text as it is.

    The metadata of the document decide first, the arguments if it has no such value.

    Args:
        text: The document.
        library: The records that it may cite, or one record.
        style: A style, as for `Processor`; by default Chicago's author-date style.
        syntax: The syntax of the document, such as `markdown`.
        locale: The language of the document, such as `de`; by default that of the style.
        bibliography: Bibliography files, used if the document names none.
        file: Path of the document, for the paths in its metadata and for problems.
        styles: Folders of your own styles, as for `Processor`.
        lookup: Looks up works by their DOIs, as `refcite.lookup` does, in syntaxes that cite by
            DOI. By default, nothing is looked up, and DOIs without a reference are reported.

    Returns:
        The document, with its bibliography and the problems found.

    Raises:
        UnknownFormatError: There is no such syntax.
        FormatError: The syntax cannot be rendered, or a package for it is not installed.
        UnknownStyleError: The argument `style` is no style.
        UnknownLocaleError: The argument `locale` is no language.

    Example:
        >>> import refcite
        >>> castle = refcite.Record(id="k", type="book", title="The Castle", author="Franz Kafka",
        ...                         issued=1926)
        >>> print(refcite.render("As @k [p. 3] shows.", castle, style="apa").text.splitlines()[0])
        As Kafka (1926, p. 3) shows.
    """
    found = find_syntax(syntax)
    if not found.can_render:
        raise FormatError(f"documents of the syntax {found.name!r} cannot be rendered")
    document: ReadDocument = found.load().read(text)
    path = Path(file) if file is not None else None
    problems: list[Problem] = []
    settings = settings_of(document.metadata, path.parent if path else None, problems)
    problems[:0] = document.problems
    met: list[Problem] = []  # with the files in which they are
    if not settings.bibliography:
        files = tuple(map(Path, bibliography))
        if not files and library is None and path is not None:
            files = _files_of_project(found, path, met)
        settings = evolve(settings, bibliography=files)
    works, told = _works(document, settings, library)
    met += _at_their_lines(told, settings, document.metadata, path)
    if isinstance(document, CitesByIdentifier):
        met += _identified(document, works, lookup, problems)
    processor = processor_for(
        settings,
        works,
        output=cast("Output", document.output),
        problems=problems,
        style=style,
        locale=locale,
        styles=styles,
    )
    terms = locator_terms(processor.locale, processor.style_locales)
    with collector_paused():
        citations = document.citations(terms, works)
        answers, about_keys = answer(
            processor, citations, document.nocite(settings), works, settings
        )
        written = document.write(answers)
    problems += about_keys
    problems = [_with_line(one, document.metadata) for one in problems]
    if path is not None:
        problems = [one.replace(file=str(path)) for one in problems]
    return Rendered(
        text=written,
        bibliography=answers.bibliography,
        problems=(*problems, *met),
        citations=tuple(map(str, answers.texts)),
    )


_KEYS_OF_PROBLEMS: Final = {
    "unknown-style": ("csl", "citation-style"),
    "unknown-language": ("lang",),
}


def _with_line(problem: Problem, metadata: Mapping[str, Any]) -> Problem:
    """Return a problem with the line of the setting that it is about."""
    if problem.line is None:
        for key in _KEYS_OF_PROBLEMS.get(problem.code, ()):
            if (line := line_of_key(metadata, key, 0)) > 0:
                return problem.replace(line=line)
    return problem


def _at_their_lines(
    problems: Iterable[Problem],
    settings: Settings,
    metadata: Mapping[str, Any],
    path: Path | None,
) -> Iterator[Problem]:
    """Yield problems; those of files that cannot be read are where the document names them."""
    line = line_of_key(metadata, "bibliography", 0)
    named = {str(one) for one in settings.bibliography}
    for problem in problems:
        is_unread = problem.code in ("unreadable-input", "unknown-format") and not problem.line
        if line and path is not None and is_unread and problem.file in named:
            message = f"{problem.file}: {problem.message}"
            yield problem.replace(file=str(path), line=line, message=message)
        else:
            yield problem


# References


def _works(
    document: ReadDocument, settings: Settings, library: Record | Iterable[Record] | None
) -> tuple[dict[str, Record], list[Problem]]:
    """Return the works by id: those of the document, of the caller, and of files, in this order."""
    problems: list[Problem] = []
    found: dict[str, Record] = {}

    def add(records: Iterable[Record]) -> None:
        for record in records:
            found.setdefault(record.id, record)

    inline = document.references()
    if inline:
        own = loads(inline, "csl-yaml")
        add(with_markup(own))
        problems += (one for one in own.problems if one.code != "not-read")
    if library is not None:
        add([library] if isinstance(library, Record) else library)
    for path in settings.bibliography:
        read = read_file(path, problems)
        add(with_markup(read) if is_yaml(path) else read)
        problems += read.problems
    return found, problems


def _files_of_project(syntax: Syntax, file: Path, problems: list[Problem]) -> tuple[Path, ...]:
    """Return the bibliography files of the project that a document belongs to."""
    module = syntax.load()
    if not hasattr(module, "project_metadata"):
        return ()
    settings = settings_of(module.project_metadata(file, problems), None, problems)
    return settings.bibliography


def _identified(
    document: CitesByIdentifier,
    works: dict[str, Record],
    lookup: Callable[[Sequence[str]], Library] | None,
    problems: list[Problem],
) -> list[Problem]:
    """Add the works of DOIs that no reference has, and return the problems of looking them up.

    Args:
        document: The document.
        works: The works, to which those that are looked up are added.
        lookup: Looks up DOIs; None to report them.
        problems: List to which the problems of the document are added.
    """
    missing = document.identify(works)
    if not missing:
        return []
    if lookup is None:
        problems += map(_not_looked_up, missing)
        return []
    found = lookup([one.key for one in missing])
    for record in found:
        id_ = record.id if record.id not in works else f"doi:{record.doi}"
        works.setdefault(id_, record if id_ == record.id else record.replace(id=id_))
    problems += map(_not_found, document.identify(works))
    return list(found.problems)


def _not_looked_up(key: CitedKey) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="doi-not-looked-up",
        message=f"no reference has the DOI {key.key}, which was not looked up; it is left as it is",
        line=key.line,
        key=key.key,
        hint="`--lookup` looks it up",
    )


def _not_found(key: CitedKey) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="undefined-key",
        message=f"no work was found for the DOI {key.key}; it is left as it is",
        line=key.line,
        key=key.key,
    )


def read_file(path: Path, problems: list[Problem]) -> Library:
    """Return the references of a file, none if it cannot be read.

    Args:
        path: The file.
        problems: List to which the reason is added if it cannot be read.
    """
    try:
        return load(path)
    except (InputError, UnknownFormatError, FormatError) as error:
        code = "unknown-format" if isinstance(error, UnknownFormatError) else "unreadable-input"
        message = str(error).removeprefix(f"{path}: ")
        problems.append(
            Problem(severity=Severity.ERROR, code=code, message=message, file=str(path))
        )
        return Library()


# Styles


def processor_for(
    settings: Settings,
    works: Mapping[str, Record],
    *,
    output: Output,
    problems: list[Problem],
    style: str | PathLike[str] | None = None,
    locale: str | None = None,
    styles: StyleFolders | None = None,
    link_of: Callable[[str], str] | None = None,
    narrates_uncited: bool = False,
) -> Processor:
    """Return the processor for a document.

    Args:
        settings: The settings of the document.
        works: The works by their ids.
        output: The output format.
        problems: List to which the problems of the settings are added.
        style: The style if the document names none.
        locale: The language if the document names none.
        styles: Folders of your own styles.
        link_of: The addresses of entries, if they are not those of Markdown.
        narrates_uncited: Whether the author is in the running text also if citations print none.

    Raises:
        UnknownStyleError: The argument `style` is no style.
        UnknownLocaleError: The argument `locale` is no language.
    """
    chosen: str | PathLike[str] = settings.style or style or DEFAULT_STYLE
    language = settings.language or locale

    def make(chosen: str | PathLike[str], language: str | None) -> Processor:
        return Processor(
            chosen,
            locale=language,
            output=output,
            library=Library(works.values()),
            links=settings.link_bibliography,
            links_titles=True,
            abbreviations=() if settings.abbreviations is None else (settings.abbreviations,),
            link_of=link_of or (_address if settings.link_citations else None),
            narrates_uncited=narrates_uncited,
            sorts_affixed=False,
            notes_restart=False,
            writes_whole=False,
            derive_short_titles=False,
            keep_ampersand=True,
            manual_wording=False,
            repeat_publisher=True,
            styles=styles,
        )

    # Each of them is replaced once, if it is the document's.
    own_style, own_language = settings.style is not None, settings.language is not None
    while True:
        try:
            return make(chosen, language)
        except UnknownLocaleError as error:
            if not own_language:
                raise
            problems.append(
                Problem(severity=Severity.ERROR, code="unknown-language", message=str(error))
            )
            own_language, language = False, locale
        except RefciteError as error:
            if not own_style:
                raise
            problems.append(
                Problem(severity=Severity.ERROR, code="unknown-style", message=str(error))
            )
            own_style, chosen = False, style or DEFAULT_STYLE


def _address(key: str) -> str:
    return f"#ref-{key}"


# Citations


def answer(
    processor: Processor,
    citations: Sequence[DocumentCitation],
    nocite: Iterable[CitedKey],
    works: Mapping[str, Record],
    settings: Settings,
) -> tuple[Answers, list[Problem]]:
    """Return the texts of the citations, and problems with the lines of the document.

    Args:
        processor: The processor, which has the works as its library.
        citations: The citations, in the order in which they are numbered.
        nocite: The keys that are listed and not cited.
        works: The works by their ids.
        settings: The settings of the document.
    """
    problems: list[Problem] = []
    undefined = UndefinedKeys(works)
    others: Mapping[str, str] | None = None  # sought only if a key is missing
    placed: dict[int, Citation] = {}
    cited: list[int] = []
    for index, one in enumerate(citations):
        missing = [key for key in one.keys if key.key not in works]
        if missing and others is None:
            others = _other_ids(works)
        if missing and others:
            missing = [key for key in missing if key.key not in others]
            one = _with_ids(one, others)
        cites = one.cluster.cites
        problems += map(undefined.problem, missing)
        if len(missing) == len(cites):
            placed[index] = processor.unknown(cites)
            continue
        cluster = one.cluster
        if missing:
            names = {key.key for key in missing}
            cluster = _without(cluster, names)
        processor.cite(cluster)
        cited.append(index)
    listed: list[Record] = []
    for key in nocite:
        if key.key == _ALL:
            listed += works.values()
        elif key.key in works:
            listed.append(works[key.key])
        else:
            problems.append(undefined.problem(key))
    if listed:
        processor.nocite(listed)
    bibliography = None
    if not settings.suppress_bibliography and processor.has_bibliography:
        made = processor.bibliography()
        bibliography = made or None
        problems += made.problems
    placed.update(zip(cited, processor.citations, strict=True))
    locale = load_locale(processor.locale)
    answers = Answers(
        citations=citations,
        texts=[placed[index] for index in range(len(citations))],
        bibliography=bibliography,
        settings=settings,
        is_note_style=processor.is_note_style,
        punctuation_in_quote=locale.punctuation_in_quote,
        conjunction=_conjunction(locale),
    )
    return answers, problems


def _conjunction(locale: Locale) -> str:
    term = locale.find_term("and", "long")
    return (term.single if term is not None else None) or "and"


def _other_ids(works: Mapping[str, Record]) -> dict[str, str]:
    """Return the other ids of works, in pandoc's `other-ids` and biblatex's `ids`, with the ids."""
    found: dict[str, str] = {}
    for id_, record in works.items():
        listed = record.extra.get("other-ids") or record.extra.get("ids") or ()
        names = re.split(r"[\s,]+", listed) if isinstance(listed, str) else listed
        if isinstance(names, list | tuple):
            for name in names:
                if isinstance(name, str) and name and name not in works:
                    found.setdefault(name, id_)
    return found


def _with_ids(citation: DocumentCitation, others: Mapping[str, str]) -> DocumentCitation:
    """Return a citation in which other ids of works are replaced by their ids."""
    cluster = citation.cluster
    cites = tuple(
        evolve(cite, record=others[cite.id]) if cite.id in others else cite
        for cite in cluster.cites
    )
    return evolve(citation, cluster=evolve(cluster, cites=cites))


def _without(cluster: Cluster, names: set[str]) -> Cluster:
    """Return a cluster in which the unknown keys are text next to the other cites."""
    kept: list[Cite] = []
    around: list[list[str]] = [[]]  # the unknown keys before the first cite, and after each
    for cite in cluster.cites:
        if cite.id in names:
            around[-1].append(f"{cite.prefix}<b>{cite.id}?</b>{cite.suffix}")
        else:
            kept.append(cite)
            around.append([])
    cites = [
        evolve(cite, suffix="; ".join([cite.suffix, *after])) if after else cite
        for cite, after in zip(kept, around[1:], strict=True)
    ]
    if around[0]:
        cites[0] = evolve(cites[0], prefix="; ".join([*around[0], cites[0].prefix]))
    return evolve(cluster, cites=tuple(cites))


class UndefinedKeys:
    """Reports the keys that no reference has.

    Similar keys are searched once for each key, and only for the first of many: it takes long.

    Args:
        works: The keys of the references.

    Example:
        >>> from refcite.documents.clusters import CitedKey
        >>> print(UndefinedKeys(["smith2001"]).problem(CitedKey("smith2010", 0, 9, 4)).message)
        no reference has the key 'smith2010'; did you mean 'smith2001'?
    """

    def __init__(self, works: Iterable[str]) -> None:
        self._works = works
        self._near: dict[str, str] = {}

    def problem(self, key: CitedKey) -> Problem:
        """Return the problem of a key."""
        near = self._near.get(key.key)
        if near is None:
            near = near_matches(key.key, self._works) if len(self._near) < _MOST_HINTS else ""
            self._near[key.key] = near
        return Problem(
            severity=Severity.ERROR,
            code="undefined-key",
            message=f"no reference has the key {key.key!r}{near}",
            line=key.line,
            key=key.key,
        )
