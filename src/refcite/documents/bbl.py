r"""The bibliography of a LaTeX document (`.bbl`), in a CSL style: what BibTeX writes.

The labels of `\bibitem` decide what `\cite` prints. In a style with authors and years they are
those that natbib reads: `[Roe and Doe(2019a)Roe, Doe and Foe]`. In a style with numbers, and in one
for notes, LaTeX counts the entries itself. The labels are printed by the style, from the same
document as the entries, so that they have the same year suffixes and names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import Final, Literal

from attrs import frozen
from lxml import etree

from refcite.csl import Bibliography, Cite, Cluster, Processor
from refcite.csl.style.style_source import find_style
from refcite.documents.auxiliary import AuxFile, AuxValue, find_bibliography, read_aux
from refcite.formats import loads
from refcite.formats.bibtex import with_math_signs
from refcite.formats.files import decode, read_source
from refcite.library import Library
from refcite.problems import InputError, Problem, RefciteError, Severity, near_matches
from refcite.record import Record

__all__ = ["Bbl", "bbl"]

_CSL: Final = "{http://purl.org/net/xbiblio/csl}"
_COUNTED: Final = frozenset({"citation-number", "citation-label"})
"""The variables that LaTeX prints before an entry itself."""
_ET_AL: Final = (
    "et-al-min",
    "et-al-use-first",
    "et-al-use-last",
    "et-al-subsequent-min",
    "et-al-subsequent-use-first",
)
_NO_LINKS: Final = r"\providecommand{\href}[2]{#2}"
_PLAIN_LATEX: Final = r"""\makeatletter
% Without natbib, \cite prints the author and the year, and the entries have no labels.
\@ifundefined{NAT@parse}{%
  \let\refcite@lbibitem\@lbibitem
  \def\@lbibitem[#1(#2)#3]#4{\refcite@lbibitem[{#1, #2}]{#4}}%
  \def\@biblabel#1{}%
}{}
\makeatother"""

_Kind = Literal["author-date", "label", "numeric"]


@frozen(kw_only=True)
class Bbl:
    """The bibliography of a LaTeX document.

    Attributes:
        text: The contents of the `.bbl` file.
        keys: The keys of the entries, in their order.
        problems: The problems of the document, of its bibliography files and of the style.
        has_sources: Whether a bibliography file was read; otherwise the text is not useful.
    """

    text: str
    keys: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    has_sources: bool = True


def bbl(
    aux: str | PathLike[str],
    *,
    style: str | PathLike[str] | None = None,
    locale: str | None = None,
    links: bool = True,
) -> Bbl:
    r"""Return the bibliography of a LaTeX document, from its auxiliary file.

    Args:
        aux: The file that LaTeX has written, such as `main.aux`.
        style: A CSL style's id or path; by default that of `\bibliographystyle{csl:apa}`.
        locale: The locale, by default that of the style.
        links: Whether DOIs and URLs are links, in documents with the package hyperref.

    Raises:
        InputError: The file cannot be read.
        RefciteError: The document uses biblatex, or names no bibliography file or no CSL style.
        StyleError: There is no such style, or it is not valid.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     _ = Path(folder, "refs.bib").write_text("@book{k, author={F. Kafka}, year=1926}")
        ...     aux = Path(folder, "main.aux")
        ...     _ = aux.write_text("\\citation{k}\n\\bibstyle{csl:apa}\n\\bibdata{refs}\n")
        ...     print(bbl(aux).text.splitlines()[-4])
        \bibitem[Kafka(1926)Kafka]{k}
    """
    found = read_aux(aux)
    chosen = style or found.csl_style()
    if chosen is None:
        raise RefciteError(
            rf"{aux}: the document names no style; write \bibliographystyle{{csl:apa}}, with the id"
            " of a CSL style, or add --style"
        )
    writer = _Writer(chosen, locale, links)
    folder = Path(aux).parent
    library, has_sources = _library(found, folder)
    problems = [*found.problems, *library.problems]
    keys = _known(found, library, problems)
    text, printed, of_style = writer.write([library[key] for key in keys])
    return Bbl(text=text, keys=printed, problems=(*problems, *of_style), has_sources=has_sources)


# The works


def _library(found: AuxFile, folder: Path) -> tuple[Library, bool]:
    """Return the works in the bibliography files, and whether there is a file.

    BibTeX reads its files as one: an abbreviation (`@string`) or a parent (`crossref`) may be in
    another file.
    """
    library = Library()
    texts: list[tuple[str, str]] = []
    has_sources = False
    for one in found.bibliographies:
        path = find_bibliography(one.value, folder)
        if path is None:
            library.problems.append(_no_file(one))
            continue
        has_sources = True
        try:
            source = read_source(path)
            if path.suffix == ".bib":
                text, problems = decode(source)
                texts.append((str(path), text))
                library.problems += [problem.replace(file=str(path)) for problem in problems]
            else:
                library.extend(loads(source, file=str(path)))
        except InputError as error:
            library.problems.append(_unreadable(path, error))
    if texts:
        library.extend(_joined(texts))
    return library, has_sources


def _joined(texts: Sequence[tuple[str, str]]) -> Library:
    """Return the works in the texts of several BibTeX files, with problems of the right file."""
    if len(texts) == 1:
        ((file, text),) = texts
        return loads(text, "bibtex", file=file)
    starts: list[tuple[int, str]] = []
    lines = 0
    for file, text in texts:
        starts.append((lines, file))
        lines += text.count("\n") + 1
    library = loads("\n".join(text for _, text in texts), "bibtex")
    library.problems[:] = [_in_its_file(problem, starts) for problem in library.problems]
    return library


def _in_its_file(problem: Problem, starts: Sequence[tuple[int, str]]) -> Problem:
    line = problem.line
    if line is None:
        return problem
    before, file = [start for start in starts if start[0] < line][-1]
    return problem.replace(file=file, line=line - before)


def _no_file(name: AuxValue) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="missing-bibliography",
        message=f"the bibliography file {name.value!r} is not found",
        file=name.file,
        line=name.line,
        hint="add its folder to the environment variable BIBINPUTS, or correct its name",
    )


def _unreadable(path: Path, error: InputError) -> Problem:
    return Problem(
        severity=Severity.ERROR,
        code="unreadable-input",
        message=str(error).removeprefix(f"{path}: "),
        file=str(path),
    )


def _known(found: AuxFile, library: Library, problems: list[Problem]) -> list[str]:
    """Return the keys to list, those that are cited first, and report those without an entry."""
    keys: list[str] = []
    for cited in found.keys:
        if library.get(cited.value) is not None:
            keys.append(cited.value)
        else:
            problems.append(_undefined(cited, library))
    if found.cites_all:
        keys += library.ids
    return list(dict.fromkeys(keys))


def _undefined(cited: AuxValue, library: Library) -> Problem:
    near = near_matches(cited.value, library.ids).removeprefix("; ")
    return Problem(
        severity=Severity.WARNING,
        code="undefined-key",
        message=f"there is no entry {cited.value!r} in the bibliography files",
        file=cited.file,
        line=cited.line,
        key=cited.value,
        hint=near or "add the entry, or correct the key in the document",
    )


# Writing


class _Writer:
    """Writes bibliographies of one style.

    Args:
        style: The style.
        locale: The locale, None for that of the style.
        links: Whether DOIs and URLs are links.
    """

    def __init__(self, style: str | PathLike[str], locale: str | None, links: bool) -> None:
        source = find_style(style)
        Processor(style, locale=locale)  # an invalid style is reported under its own name
        self._locale = locale or source.default_locale
        self._links = links
        root = etree.fromstring(source.xml, etree.XMLParser(resolve_entities=False))
        self._kind = _kind_of(root)
        self._counts_down = _counts_down(root)
        if self._kind != "numeric":
            for layout in root.iterfind(f"{_CSL}citation/{_CSL}layout"):
                etree.strip_attributes(
                    layout, "prefix", "suffix", "vertical-align", "font-style", "font-weight"
                )
        _remove_counts(root)
        self._xml = etree.tostring(root, encoding="unicode")
        etree.strip_attributes(root, *_ET_AL)
        self._xml_with_all_names = etree.tostring(root, encoding="unicode")

    def write(self, works: Sequence[Record]) -> tuple[str, tuple[str, ...], tuple[Problem, ...]]:
        """Return the text, the keys of the entries in order, and the problems."""
        processor = self._processor(self._xml)
        labels: dict[str, str] = {}
        if self._kind == "author-date":
            labels = self._names_and_years(processor, works)
        elif self._kind == "label":
            for work in works:
                processor.cite(work)
            texts = map(str, processor.citations)
            labels = {work.id: _in_braces(one) for work, one in zip(works, texts, strict=True)}
        processor.nocite(works)
        if processor.has_bibliography:
            found = processor.bibliography()
        else:
            found = processor.first_citations(works)
        if self._counts_down:
            labels = {entry.id: str(len(found) - place) for place, entry in enumerate(found)}
        return self._text(found, labels), found.ids, found.problems

    def _processor(self, xml: str) -> Processor:
        return Processor(xml, locale=self._locale, output="latex", links=self._links)

    def _names_and_years(self, processor: Processor, works: Sequence[Record]) -> dict[str, str]:
        names, years = _cited(processor, works)
        full = names
        if any(_has_several_names(work) for work in works):
            full = _cited(self._processor(self._xml_with_all_names), works)[0]
        labels = {}
        for work, name, year, every in zip(works, names, years, full, strict=True):
            # A work without a name is cited by its title, which is in both.
            rest = year.removeprefix(name).lstrip(" ,") if name else year
            if "\\" in rest or "{" in rest:
                # natbib looks at the first characters of a year, which must not be commands. A
                # style with authors and titles prints the title here.
                name, every, rest = f"{name}, {rest}", f"{every}, {rest}", ""
            short, long = _protected(name), _protected(every)
            labels[work.id] = f"{short}({_protected(rest)}){long}"
        return labels

    def _text(self, found: Bibliography, labels: dict[str, str]) -> str:
        if not found:
            return "% No entries are cited.\n"
        widest = str(len(found))
        if self._kind == "label":
            widest = max(labels.values(), key=len)
        lines = [f"\\begin{{thebibliography}}{{{widest}}}"]
        if self._links:
            lines.append(_NO_LINKS)
        if self._kind == "author-date":
            lines.append(_PLAIN_LATEX)
        for entry in found:
            label = labels.get(entry.id)
            shown = "" if label is None else f"[{with_math_signs(label)}]"
            lines += ["", f"\\bibitem{shown}{{{entry.id}}}", with_math_signs(entry.text.strip())]
        return "\n".join([*lines, "", "\\end{thebibliography}", ""])


def _cited(processor: Processor, works: Sequence[Record]) -> tuple[list[str], list[str]]:
    """Return the names and the years of works, as citations print them."""
    for work in works:
        processor.cite(Cluster(cites=(Cite(work, mode="author-only"),)))
        processor.cite(Cluster(cites=(Cite(work, mode="suppress-author"),)))
    texts = [str(one).strip() for one in processor.citations]
    return texts[::2], texts[1::2]


def _has_several_names(work: Record) -> bool:
    return any(len(names) > 1 for names in (work.author, work.editor))


def _protected(text: str) -> str:
    """Return a text in braces if natbib would find the end of a part in it."""
    return f"{{{text}}}" if any(sign in text for sign in "()[]") else text


def _in_braces(text: str) -> str:
    return f"{{{text}}}" if "[" in text or "]" in text else text


# Styles


def _kind_of(root: etree._Element) -> _Kind:
    """Return what the citations of a style consist of."""
    if root.get("class") == "note":
        return "numeric"
    printed = _variables_in(root, root.find(f"{_CSL}citation/{_CSL}layout"), set())
    if "citation-number" in printed:
        return "numeric"
    return "label" if "citation-label" in printed else "author-date"


def _variables_in(root: etree._Element, element: etree._Element | None, seen: set[str]) -> set[str]:
    """Return the variables that an element prints, also by macros."""
    found: set[str] = set()
    for one in () if element is None else element.iter(f"{_CSL}*"):
        if one.tag in (f"{_CSL}text", f"{_CSL}number", f"{_CSL}date", f"{_CSL}names"):
            found.update(one.get("variable", "").split())
            if any(one.get(kind) for kind in ("value", "term")):
                found.add("")
        macro = one.get("macro")
        if macro is not None and macro not in seen:
            seen.add(macro)
            for defined in root.iterfind(f"{_CSL}macro"):
                if defined.get("name") == macro:
                    found |= _variables_in(root, defined, seen)
    return found


def _remove_counts(root: etree._Element) -> None:
    """Remove the number or the label of an entry, which LaTeX prints itself."""
    for area in root.iterfind(f"{_CSL}bibliography"):
        for layout in area.iterfind(f"{_CSL}layout"):
            counts = [
                one
                for one in layout.iter(f"{_CSL}text", f"{_CSL}number")
                if _prints_only_counts(root, one)
            ]
            for one in counts:
                parent = one.getparent()
                if parent is not None:
                    parent.remove(one)
            if counts:
                etree.strip_attributes(area, "second-field-align")


def _prints_only_counts(root: etree._Element, element: etree._Element) -> bool:
    printed = _variables_in(root, element, set())
    return bool(printed & _COUNTED) and printed <= _COUNTED | {""}


def _counts_down(root: etree._Element) -> bool:
    keys: Iterable[etree._Element] = root.iterfind(f"{_CSL}bibliography/{_CSL}sort/{_CSL}key")
    return any(
        key.get("sort") == "descending" and "citation-number" in _sorts_by(root, key)
        for key in keys
    )


def _sorts_by(root: etree._Element, key: etree._Element) -> set[str]:
    return {key.get("variable", "")} | _variables_in(root, key, set())
