"""The meaning of keys and types of JSON-LD: names of schema.org, in any context.

The parts of JSON-LD 1.1 that bibliographic data use are read: contexts by URL and inline, `@vocab`,
prefixes, aliases of terms and keywords, `@graph`, `@value`, `@list` and `@set`, language maps. No
context is ever fetched.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.jsonld.types import OWN_TYPES

__all__ = ["CSL", "Terms", "is_schema_org"]

CSL: Final = "http://purl.org/net/xbiblio/csl#"
"""The namespace of the terms for values that schema.org cannot hold."""

_SCHEMA: Final = re.compile(r"https?://(?:www\.)?schema\.org(?:/|#|$)", re.IGNORECASE)
# Contexts by URL whose terms are those of schema.org.
_SCHEMA_CONTEXT: Final = re.compile(
    r"https?://(?:www\.)?schema\.org(?:/.*)?|//schema\.org/?|schema\.org/?"
    r"|.*\bcodemeta\b.*|https?://w3id\.org/ro/crate/.*",
    re.IGNORECASE,
)
_KEYWORDS: Final = {"id": "@id", "type": "@type"}
_DEEPEST_CONTEXT: Final = 8


def is_schema_org(iri: str) -> bool:
    """Return whether a URL is one of schema.org's vocabulary.

    Example:
        >>> is_schema_org("http://schema.org/Article"), is_schema_org("http://example.org/")
        (True, False)
    """
    return _SCHEMA.match(iri) is not None


class Terms:
    """The meaning of the keys of a document.

    Args:
        context: The value of `@context`. None means schema.org's context, as in web pages.

    Example:
        >>> terms = Terms({"s": "https://schema.org/", "called": "s:name"})
        >>> terms.key("s:author"), terms.key("called"), terms.key("@type")
        ('author', 'name', '@type')
        >>> Terms("https://schema.org").type_name("http://schema.org/Book")
        'Book'
    """

    def __init__(self, context: object = None) -> None:
        self._defined: dict[str, str] = {}
        self._prefixes: dict[str, str] = {"schema": "https://schema.org/", "csl": CSL}
        self._is_default = context is None
        self._keys: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self._add(context, 0)
        if not self._is_default and any(map(is_schema_org, self._prefixes_given)):
            # Only a prefix for schema.org: words without it are not terms, but meant as terms.
            self._is_default = True

    @property
    def is_schema_org(self) -> bool:
        """Whether the context contains terms of schema.org."""
        return self._is_default or any(map(is_schema_org, self._defined.values()))

    @property
    def _prefixes_given(self) -> list[str]:
        return [iri for prefix, iri in self._prefixes.items() if prefix not in {"schema", "csl"}]

    def _add(self, context: object, depth: int) -> None:
        if depth > _DEEPEST_CONTEXT:
            return
        if isinstance(context, str):
            self._is_default |= _SCHEMA_CONTEXT.fullmatch(context.strip()) is not None
        elif isinstance(context, list):
            for one in context:
                self._add(one, depth + 1)
        elif isinstance(context, dict):
            for key, value in context.items():
                self._define(key, value)

    def _define(self, key: str, value: object) -> None:
        iri = value.get("@id") if isinstance(value, dict) else value
        if not isinstance(iri, str):
            return
        if key == "@vocab":
            self._is_default |= is_schema_org(iri)
        elif key.startswith("@"):
            return
        elif iri.endswith(("/", "#")):
            self._prefixes[key] = iri
            if key == "schema":
                self._is_default |= is_schema_org(iri)
        else:
            self._defined[key] = iri

    def key(self, key: str) -> str:
        """Return schema.org's name of a key, a keyword, or the full URL of another term."""
        found = self._keys.get(key)
        if found is None:
            found = self._keys[key] = self._resolved(key)
        return found

    def _resolved(self, key: str) -> str:
        if key.startswith("@"):
            return key
        meant = self._defined.get(key, key)
        if meant.startswith("@"):
            return meant
        if meant == key and key in _KEYWORDS:
            return _KEYWORDS[key]
        return self._shortened(meant)

    def _shortened(self, meant: str) -> str:
        prefix, colon, rest = meant.partition(":")
        if colon and not rest.startswith("//") and prefix in self._prefixes:
            meant = self._prefixes[prefix] + rest
        found = _SCHEMA.match(meant)
        if found:
            return meant[found.end() :].lstrip("/#")
        if meant.startswith(CSL):
            return f"csl:{meant[len(CSL) :]}"
        return meant

    def type_name(self, name: str) -> str:
        """Return schema.org's name of a type, or the full URL of another."""
        found = self._types.get(name)
        if found is None:
            whole = self._shortened(self._defined.get(name, name).strip())
            found = whole if whole in OWN_TYPES else _BY_FOLDED.get(whole.casefold(), whole)
            self._types[name] = found
        return found


_BY_FOLDED: Final = {name.casefold(): name for name in OWN_TYPES}
