"""Tidy the text of a BibTeX file with steps that need its records, or lists from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import field, frozen

from refcite.collection.tidying.journals import JournalNames
from refcite.collector import collector_paused
from refcite.fields import Sorting, listed
from refcite.formats.bibtex import STEPS, Renewed, Tidying, read, tidy_text
from refcite.keys import with_keys
from refcite.library import Library
from refcite.problems import Problem, RecordTypeError, Severity, near_matches
from refcite.record import Record

__all__ = ["Tidied", "TidySettings", "steps_of", "tidy", "tidy_with"]

_NAMES: Final = tuple(step.name for step in STEPS)
_DEFAULT: Final = frozenset(step.name for step in STEPS if step.is_default)
_CHOICES: Final = {
    "delimiters": ("keep", "braces", "quotes"),
    "title_case": ("sentence", "title"),
    "encoding": ("unicode", "latex"),
    "dates": ("biblatex", "bibtex"),
    "journals": ("abbreviate", "expand"),
}
_INHERITS: Final = "crossref"


@frozen(kw_only=True)
class TidySettings:
    """What `tidy` does.

    Attributes:
        select: The names of the steps that are made, instead of the default ones; empty for these.
        extend_select: More steps.
        ignore: Steps that are not made.
        indent: The text before each field: spaces or a tab.
        align: Whether the equals signs of an entry are in one column.
        delimiters: `keep`, `braces` or `quotes`.
        bare_numbers: Whether numbers are written without delimiters.
        trailing_comma: Whether the last field of an entry has a comma after it.
        wrap: The largest length of a line, in characters; None if values are not wrapped.
        omit: Names of fields that are removed.
        sort_fields: Names of fields in their order; `default` for the usual order.
        sort: The order of the entries, as in `year,author` or `-year`; `key` is the key.
        keys: A pattern of keys, such as `{author:lower}{year}` (`refcite.keys`).
        key_map: New keys under the old ones, instead of a pattern.
        title_case: `sentence` or `title`.
        encoding: `unicode` or `latex`.
        dates: `biblatex` or `bibtex`.
        journals: `abbreviate` or `expand`.
        journal_list: Full names of journals with their abbreviations.
        max_authors: The largest number of names in a list.

    Example:
        >>> from refcite.collection.tidying import TidySettings
        >>> TidySettings(omit=["abstract"]).omit
        ('abstract',)
    """

    select: tuple[str, ...] = field(default=(), converter=tuple)
    extend_select: tuple[str, ...] = field(default=(), converter=tuple)
    ignore: tuple[str, ...] = field(default=(), converter=tuple)
    indent: str = "  "
    align: bool = False
    delimiters: str = "keep"
    bare_numbers: bool = False
    trailing_comma: bool = True
    wrap: int | None = None
    omit: tuple[str, ...] = field(default=(), converter=tuple)
    sort_fields: tuple[str, ...] = field(default=(), converter=tuple)
    sort: str | None = None
    keys: str | None = None
    key_map: Mapping[str, str] | None = None
    title_case: str | None = None
    encoding: str | None = None
    dates: str | None = None
    journals: str | None = None
    journal_list: tuple[tuple[str, str], ...] = field(default=(), converter=tuple)
    max_authors: int | None = None


@frozen(kw_only=True)
class Tidied:
    """A tidied library.

    Attributes:
        text: The text.
        counts: The number of changed entries under the name of each step that changed any.
        key_map: The new keys under the old ones, where they differ.
        problems: What was changed by guess (severity `info`), and what was not changed (`warning`).

    Example:
        >>> from refcite import tidy
        >>> done = tidy("@book{a, title = {A}, month = {May}}", select=["months"])
        >>> done.text, done.counts
        ('@book{a, title = {A}, month = may}', {'months': 1})
    """

    text: str
    counts: Mapping[str, int]
    key_map: Mapping[str, str]
    problems: tuple[Problem, ...]


def steps_of(settings: TidySettings) -> frozenset[str]:
    """Return the names of the steps that settings select.

    Args:
        settings: The settings.

    Raises:
        RecordTypeError: There is no step of a name, or a setting has another value than its
            accepted ones.
        FormatError: The pattern of the keys is wrong.

    Example:
        >>> from refcite.collection.tidying import TidySettings, steps_of
        >>> sorted(steps_of(TidySettings(select=["doi", "pages"], omit=["abstract"])))
        ['doi', 'omit', 'pages']
    """
    for name in (*settings.select, *settings.extend_select, *settings.ignore):
        if name not in _NAMES:
            near = near_matches(name, _NAMES) or f"; the steps are {', '.join(_NAMES)}"
            raise RecordTypeError(f"there is no step {name!r}{near}")
    for name, accepted in _CHOICES.items():
        value = getattr(settings, name)
        if value is not None and value not in accepted:
            raise RecordTypeError(
                f"{name} must be {' or '.join(map(repr, accepted))}, not {value!r}"
            )
    given = {
        "omit": settings.omit,
        "sort-fields": settings.sort_fields,
        "sort": settings.sort,
        "keys": settings.keys or settings.key_map is not None,
        "title-case": settings.title_case,
        "encoding": settings.encoding,
        "dates": settings.dates,
        "journals": settings.journals,
        "max-authors": settings.max_authors,
    }
    chosen = {*(settings.select or _DEFAULT), *settings.extend_select}
    for name in sorted(chosen):
        if name in given and not given[name]:
            needs = next(step.needs for step in STEPS if step.name == name)
            if name != "sort-fields":
                raise RecordTypeError(f"the step {name!r} needs a value: {needs}")
    if settings.keys:
        with_keys((), settings.keys)  # reads the pattern
    chosen |= {name for name, value in given.items() if value}
    return frozenset(chosen - {*settings.ignore})


def tidy(text: str, **settings: Any) -> Tidied:
    r"""Tidy a library in BibTeX.

    By default, the layout is made uniform, and what has one correct form is written in it: months,
    DOIs, ISSNs, pages, special signs. A record that is read from the text remains the same but for
    what a step states. Broken entries, comments, `@string` and `@preamble` are not changed.

    Args:
        text: The contents of a `.bib` file.
        **settings: The attributes of `refcite.collection.tidying.TidySettings`.

    Raises:
        RecordTypeError: A step or a setting is not known.
        FormatError: The pattern of the keys is wrong.
        RefciteError: Journals are abbreviated, and the extra `journals` is not installed.

    Source:
        The steps do what bibtex-tidy and the clean-up of JabRef do.

    Example:
        >>> from refcite import tidy
        >>> text = "@Article{x, Author={Roe, Ann}, YEAR=2019, pages={1-9}, title={Lamps},}"
        >>> done = tidy(text, keys="{author:lower}{year}")
        >>> print(done.text)
        @article{roe2019,
          author = {Roe, Ann},
          year = 2019,
          pages = {1--9},
          title = {Lamps},
        }
        >>> done.key_map
        {'x': 'roe2019'}
    """
    return tidy_with(text, TidySettings(**settings))


def tidy_with(text: str, settings: TidySettings) -> Tidied:
    """Tidy a library in BibTeX as `tidy` does, with settings that are made once for many texts.

    Args:
        text: The contents of a `.bib` file, with line ends of any kind.
        settings: What is done.

    Raises:
        RecordTypeError: As for `tidy`.

    Example:
        >>> from refcite.collection.tidying import TidySettings, tidy_with
        >>> tidy_with("@book{a, isbn = {ISBN 0-306-40615-2}}", TidySettings(select=["isbn"])).text
        '@book{a, isbn = {0-306-40615-2}}'
    """
    steps = steps_of(settings)
    mark, bare = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    newline = "\r\n" if "\r\n" in bare else "\r" if "\r" in bare else "\n"
    plain = bare.replace("\r\n", "\n").replace("\r", "\n")
    journal = (
        JournalNames(settings.journal_list, settings.journals)
        if settings.journals is not None and "journals" in steps
        else None
    )
    options = Tidying(
        steps=steps,
        indent=settings.indent,
        align=settings.align,
        delimiters=settings.delimiters,
        bare_numbers=settings.bare_numbers,
        trailing_comma=settings.trailing_comma,
        wrap=settings.wrap,
        omit=frozenset(name.lower() for name in settings.omit),
        field_order=_order_of_fields(settings.sort_fields),
        title_case=settings.title_case or "sentence",
        encoding=settings.encoding or "unicode",
        dates=settings.dates or "biblatex",
        max_authors=settings.max_authors or 0,
        journal=journal,
    )
    renewed, key_map = _renewed(plain, settings, steps)
    with collector_paused():  # entries in pieces are many objects
        done = tidy_text(plain, options, renewed)
    problems = [*done.problems]
    if settings.journals == "expand" and journal is not None:
        problems += _unexpanded(plain, journal)
    result = done.text
    if newline != "\n":
        result = result.replace("\n", newline)
    return Tidied(
        text=mark + result,
        counts={name: done.counts[name] for name in _NAMES if done.counts.get(name)},
        key_map=key_map,
        problems=tuple(problems),
    )


def _order_of_fields(names: Sequence[str]) -> tuple[str, ...]:
    return () if tuple(names) == ("default",) else tuple(name.lower() for name in names)


def _unexpanded(text: str, journal: JournalNames) -> Iterable[Problem]:
    names: dict[str, Record] = {}
    for record in read(text):
        name = record.container_title
        if name and "." in name and record.type.startswith("article"):
            names.setdefault(name, record)
    for name, record in names.items():
        if journal(name) is None:
            yield Problem(
                severity=Severity.WARNING,
                code="unknown-journal",
                message=f"no list has the full name of the journal {name!r}; it was not changed",
                hint="add it to a list, and name the list with --journal-list",
                line=record.origin.line if record.origin is not None else None,
                key=record.id or None,
            )


# Keys, and the order of the entries


def _renewed(
    text: str, settings: TidySettings, steps: frozenset[str]
) -> tuple[Renewed | None, dict[str, str]]:
    """Return new keys and the new order of the entries, and the keys that differ."""
    has_keys, is_sorted = "keys" in steps, "sort" in steps and settings.sort is not None
    if not has_keys and not is_sorted:
        return None, {}
    library = read(text)
    keys: dict[int, str] = {}
    names: dict[str, str] = {}
    if has_keys and settings.key_map is not None and settings.keys is None:
        keys, names = _mapped(library, settings.key_map)
    elif has_keys and settings.keys is not None:
        taken = [record.id for record in library.containers]
        made = with_keys(library, settings.keys, taken)
        for old, new in zip(library, made, strict=True):
            keys[_index(old)] = new.id
            if old.id:
                names.setdefault(old.id, new.id)
    order = _order(library, settings.sort) if is_sorted and settings.sort is not None else None
    names = {old: new for old, new in names.items() if old != new}
    return Renewed(keys, names, order), names


def _mapped(library: Library, key_map: Mapping[str, str]) -> tuple[dict[int, str], dict[str, str]]:
    """Return the keys of a map that the entries of a library have.

    Raises:
        RecordTypeError: Two entries would have the same key.
    """
    keys: dict[int, str] = {}
    names: dict[str, str] = {}
    owners: dict[str, str] = {}
    for record in (*library, *library.containers):
        new = key_map.get(record.id, record.id)
        owner = owners.setdefault(new.lower(), record.id)
        if owner != record.id and (new != record.id or key_map.get(owner, owner) != owner):
            raise RecordTypeError(
                f"the map gives the key {new!r} to {owner!r} and {record.id!r}; keys must differ"
            )
        if new != record.id:
            keys[_index(record)] = new
            names.setdefault(record.id, new)
    return keys, names


def _order(library: Library, sort: str) -> list[int]:
    """Return the positions of the entries of a file in their new order.

    An entry to which `crossref` refers follows all others, as BibTeX requires. Entries that are not
    works precede the works, as biber requires of `@xdata`.
    """
    names = [
        ("-" if name.startswith("-") else "") + _field_of(name.lstrip("-")) for name in listed(sort)
    ]
    parents = {
        record.extra[_INHERITS]
        for record in library
        if isinstance(record.extra.get(_INHERITS), str)
    }
    ordered = Sorting(",".join(names)).of(library)
    ordered.sort(key=lambda record: record.id in parents)
    return [*map(_index, library.containers), *map(_index, ordered)]


def _field_of(name: str) -> str:
    return "id" if name.strip() in ("key", "citekey") else name


def _index(record: Record) -> int:
    """Return the position of the entry of a record in its file."""
    return int(record.origin.verbatim["entry"].index) if record.origin is not None else -1
