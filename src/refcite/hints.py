"""Names that users try first, each with the corresponding name in refcite.

The tables contain the names that other libraries and formats use. They are read only if a name
does not exist, to complete the message of the error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from refcite.problems import RecordTypeError, did_you_mean, near_matches

__all__ = [
    "OTHER_NAMES",
    "attribute_hint",
    "library_hint",
    "record_hint",
    "top_hint",
    "type_hint",
    "unknown_attribute",
]

OTHER_NAMES: Final = {
    **dict.fromkeys(("year", "date", "month", "published"), "issued"),
    **dict.fromkeys(("journal", "booktitle", "book_title", "publication"), "container_title"),
    **dict.fromkeys(("address", "place", "location", "city"), "publisher_place"),
    **dict.fromkeys(("school", "institution"), "publisher"),
    **dict.fromkeys(("tags", "tag", "keywords", "subjects"), "keyword"),
    **dict.fromkeys(("key", "citekey", "cite_key", "citation_id"), "id"),
    **dict.fromkeys(("entry_type", "entrytype", "kind"), "type"),
    **dict.fromkeys(("link", "urls", "website"), "url"),
    **dict.fromkeys(("notes", "comment", "comments"), "note"),
    "authors": "author",
    "creator": "author",
    "creators": "author",
    "editors": "editor",
    "translators": "translator",
    "pages": "page",
    "series": "collection_title",
    "summary": "abstract",
    "urldate": "accessed",
    "access_date": "accessed",
}
"""The names of other formats for attributes of a record."""

_TYPES: Final = {
    **dict.fromkeys(("journalarticle", "journal", "magazine"), "article-journal"),
    **dict.fromkeys(("newspaper", "newspaperarticle"), "article-newspaper"),
    **dict.fromkeys(("inproceedings", "conference", "conferencepaper"), "paper-conference"),
    **dict.fromkeys(("incollection", "inbook", "booksection", "bookchapter"), "chapter"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "dissertation"), "thesis"),
    **dict.fromkeys(("techreport", "whitepaper"), "report"),
    **dict.fromkeys(("online", "website", "web", "blog"), "webpage"),
    **dict.fromkeys(("film", "movie", "video"), "motion_picture"),
    **dict.fromkeys(("misc", "other", "unpublished"), "document"),
    "preprint": "article",
    "case": "legal_case",
    "statute": "legislation",
    "law": "legislation",
}
"""The names of other formats for item types, without hyphens and spaces."""
_FORMATS: Final = {
    "to_biblatex": "biblatex",
    "to_csl_json": "csl-json",
    "to_csv": "csv",
    "to_json": "csl-json",
    "to_ris": "ris",
    "to_yaml": "csl-yaml",
}
"""The methods of other libraries that write a format other than BibTeX."""
_WRITTEN: Final = frozenset(
    {"dump", "dumps", "save", "write", "export", "serialize", "tostring", "to_string", "to_file"}
)
_RECORD: Final = {
    **dict.fromkeys(("to_dict", "as_dict", "asdict", "dict", "json"), "use record.to_csl()"),
    **dict.fromkeys(("from_dict", "from_json"), "use Record.from_csl(item)"),
    **dict.fromkeys(("keys", "values", "items", "fields"), "use record.variables()"),
    **dict.fromkeys(("copy", "update", "set", "evolve", "_replace"), "use record.replace(…)"),
    **dict.fromkeys(("cite", "format", "render", "bibliography"), "use record.cite_as('apa')"),
    "get": "read the attribute itself, as in record.title, or use record.variables().get('title')",
}
_LIBRARY: Final = {
    **dict.fromkeys(("add", "insert", "push"), "use library.append(record)"),
    **dict.fromkeys(("update", "merge", "concat"), "use library.extend(records) or +"),
    **dict.fromkeys(("keys", "key", "id", "get_ids"), "use library.ids"),
    **dict.fromkeys(
        ("values", "records", "entries", "references"),
        "use the library itself, as in list(library)",
    ),
    "items": "use {record.id: record for record in library}",
    **dict.fromkeys(("sort", "sort_by", "order_by"), "use library.sorted('issued')"),
    **dict.fromkeys(("pop", "delete", "discard"), "use library.remove('id')"),
    **dict.fromkeys(
        ("find", "search", "query", "select"),
        "use library.where('type=book and year>=2010')",
    ),
    **dict.fromkeys(("errors", "warnings", "issues"), "use library.problems"),
    **dict.fromkeys(("to_dict", "as_dict", "to_list", "to_csl"), "use library.to_dicts()"),
    **dict.fromkeys(
        ("to_dataframe", "to_pandas", "to_df", "dataframe"),
        "use pandas.DataFrame(library.to_dicts())",
    ),
    **dict.fromkeys(
        ("cite", "format", "render", "bibliography"), "use refcite.bibliography(library)"
    ),
    **dict.fromkeys(("load", "read", "open", "from_file", "from_path"), "use refcite.load('…')"),
    **dict.fromkeys(("loads", "parse", "from_string"), "use refcite.loads(text)"),
    "from_dicts": "use refcite.loads(items)",
}
_TOP: Final = {
    **dict.fromkeys(
        ("read", "open", "read_file", "load_file", "parse_file"), "use refcite.load('refs.bib')"
    ),
    **dict.fromkeys(
        ("parse", "parse_string", "reads", "from_string"),
        "use refcite.loads(text), or refcite.load('refs.bib')",
    ),
    **dict.fromkeys(
        ("cite", "format", "render", "cite_as"),
        "use refcite.bibliography(records), or record.cite_as('apa')",
    ),
    **dict.fromkeys(("write", "save", "export"), "use refcite.dump(records, 'refs.bib')"),
    **dict.fromkeys(("writes", "to_string"), "use refcite.dumps(records, 'bibtex')"),
    **dict.fromkeys(("fetch", "resolve", "get", "doi"), "use refcite.lookup('10.…/…')"),
    **dict.fromkeys(("styles", "list_styles"), "use refcite.csl.style_ids()"),
    "search": "use refcite.csl.search_styles('…')",
    **dict.fromkeys(("Author", "Person", "Creator"), "use refcite.Name"),
    **dict.fromkeys(("Entry", "Reference", "Item", "Work"), "use refcite.Record"),
    **dict.fromkeys(("Citation", "Cites"), "use refcite.Cite"),
    **dict.fromkeys(("Collection", "Database", "BibDatabase"), "use refcite.Library"),
}


def attribute_hint(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` for an unknown attribute of a record, or an empty text.

    Args:
        name: The name.
        known: The attributes that exist.

    Example:
        >>> attribute_hint("Journal", ["title", "container_title"])
        "; did you mean 'container_title'?"
        >>> attribute_hint("titel", ["title", "container_title"])
        "; did you mean 'title'?"
    """
    meant = OTHER_NAMES.get(name.casefold())
    return did_you_mean([meant]) if meant else near_matches(name, known)


def type_hint(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` for an unknown item type, or an empty text.

    Args:
        name: The type.
        known: The types that exist.

    Example:
        >>> type_hint("journal-article", ["article", "article-journal"])
        "; did you mean 'article-journal'?"
        >>> type_hint("bok", ["article", "book"])
        "; did you mean 'book'?"
    """
    meant = _TYPES.get("".join(filter(str.isalnum, name)).casefold())
    return did_you_mean([meant]) if meant else near_matches(name, known)


def unknown_attribute(unknown: Sequence[str], known: Iterable[str]) -> RecordTypeError:
    """Return the error that a record has no such attributes, with a hint for each.

    Args:
        unknown: The names of the attributes, one or more.
        known: The attributes that exist.

    Example:
        >>> str(unknown_attribute(["journal"], ["title", "container_title"]))
        "Record has no attribute 'journal'; did you mean 'container_title'?"
        >>> str(unknown_attribute(["journal", "x", "pages"], ["container_title", "page"]))
        "Record has no attribute 'journal' (use 'container_title'), 'x' or 'pages' (use 'page')"
    """
    known = tuple(known)
    if len(unknown) == 1:
        return RecordTypeError(
            f"Record has no attribute {unknown[0]!r}{attribute_hint(unknown[0], known)}"
        )
    named = []
    for name in unknown:
        meant = OTHER_NAMES.get(name.casefold()) or _nearest(name, known)
        named.append(f"{name!r} (use {meant!r})" if meant else repr(name))
    return RecordTypeError(f"Record has no attribute {', '.join(named[:-1])} or {named[-1]}")


def _nearest(name: str, known: Sequence[str]) -> str | None:
    from difflib import get_close_matches  # needed only for a message

    found = get_close_matches(name.casefold(), known, n=1, cutoff=0.6)
    return found[0] if found else None


def record_hint(name: str, known: Iterable[str]) -> str:
    """Return the replacement for an attribute or method that `Record` does not have.

    Example:
        >>> record_hint("to_dict", []), record_hint("to_ris", [])
        ('; use record.to_csl()', "; use refcite.dumps(record, 'ris')")
    """
    if name in _RECORD:
        return f"; {_RECORD[name]}"
    if name in _WRITTEN or name.startswith("to_"):
        return f"; use refcite.dumps(record, {_FORMATS.get(name, 'bibtex')!r})"
    return attribute_hint(name, known)


def library_hint(name: str, known: Iterable[str]) -> str:
    """Return the replacement for an attribute or method that `Library` does not have.

    Example:
        >>> library_hint("add", []), library_hint("save", [])
        ('; use library.append(record)', "; use refcite.dump(library, 'refs.bib')")
    """
    if name in _LIBRARY:
        return f"; {_LIBRARY[name]}"
    if name in ("dumps", "to_string", "tostring") or (name.startswith("to_") and name != "to_file"):
        return f"; use refcite.dumps(library, {_FORMATS.get(name, 'bibtex')!r})"
    if name in _WRITTEN:
        return "; use refcite.dump(library, 'refs.bib')"
    return near_matches(name, known)


def top_hint(name: str) -> str:
    """Return the replacement for a name that the module `refcite` does not have, if there is one.

    Example:
        >>> top_hint("read")
        "; use refcite.load('refs.bib')"
    """
    return f"; {_TOP[name]}" if name in _TOP else ""
