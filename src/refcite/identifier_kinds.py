"""Identifiers of works in a pasted text: their kind and their plain form.

Sources: the DOI Handbook, § 3; arXiv's "Understanding the arXiv identifier"; the addresses of
PubMed and PubMed Central; ISO 2108 (ISBN).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from attrs import frozen

from refcite.characters import first_surrogate
from refcite.identifiers import fault_in_doi, fault_in_isbn, is_short_doi, isbn_13, normal_doi
from refcite.problems import UnknownIdentifierError

__all__ = ["Identifier", "Kind", "identify"]

Kind = Literal["doi", "arxiv", "pmid", "pmcid", "isbn", "url"]
"""The kinds of identifiers that are recognised; `url` is the location of a page."""


@frozen
class Identifier:
    """An identifier of a work.

    Attributes:
        kind: `doi`, `arxiv`, `pmid`, `pmcid`, `isbn` or `url`.
        value: The identifier without labels, addresses and hyphens: `10.1000/xyz`,
            `2101.12345v2`, `31209238`, `PMC6613236`, `9780306406157`, `https://example.org/`.

    Example:
        >>> from refcite.identifier_kinds import identify
        >>> found = identify("arXiv:2101.12345v2")
        >>> found.kind, found.value, str(found)
        ('arxiv', '2101.12345v2', 'arXiv:2101.12345v2')
    """

    kind: Kind
    value: str

    @property
    def key(self) -> tuple[str, str]:
        """A value that is equal for two identifiers of the same work.

        Versions of arXiv are one work, which also has a DOI. URLs may differ in `http` or `https`,
        in the case of the host, in a slash at the end and in the part after `#`.
        """
        if self.kind == "url":
            parts = urlsplit(self.value)
            query = f"?{parts.query}" if parts.query else ""
            return "url", f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"
        value = self.value.casefold()
        if self.kind == "doi" and value.startswith(_ARXIV_DOI):
            return "arxiv", _VERSION.sub("", value.removeprefix(_ARXIV_DOI))
        return self.kind, _VERSION.sub("", value) if self.kind == "arxiv" else value

    def __str__(self) -> str:
        label = _LABELS.get(self.kind)
        return f"{label}{self.value}" if label else self.value


_LABELS: Final[dict[Kind, str]] = {"arxiv": "arXiv:", "pmid": "PMID ", "isbn": "ISBN "}

_ARXIV_DOI: Final = "10.48550/arxiv."
_VERSION: Final = re.compile(r"v\d+$")
_LONGEST: Final = 4096
_DASHES: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d", "-")
)
_CLOSING: Final = {")": "(", "]": "[", "}": "{", ">": "<", "»": "«", "”": "“", "’": "‘"}
_TRAILING: Final = ".,;:!?'\"…"
_IN_QUOTES: Final = "\"'“”‘’«»"

_LOOKS_LIKE_DOI: Final = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/")
_DOI_LABEL: Final = re.compile(
    r"(?:(?:dx\.)?doi\.org/|info:doi/|(?:urn:)?doi\s*(?:[:=]\s*)?)(?=10\.)", re.IGNORECASE
)
_SHORT_DOI_SITE: Final = re.compile(r"(?:https?://)?(?:www\.)?shortdoi\.org/", re.IGNORECASE)
_DOI_HOSTS: Final = frozenset(
    {"doi.org", "dx.doi.org", "www.doi.org", "doi.acm.org", "doi.ieeecomputersociety.org"}
)
_ARXIV_NEW: Final = re.compile(
    r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}(?:v[1-9]\d?)?", re.IGNORECASE | re.ASCII
)
_ARCHIVES: Final = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas"
    "|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin"
    "|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_ARXIV_OLD: Final = re.compile(
    rf"(?:{_ARCHIVES})(?:\.[a-z]{{2}})?/\d{{2}}(?:0[1-9]|1[0-2])\d{{3}}(?:v[1-9]\d?)?",
    re.IGNORECASE | re.ASCII,
)
_ARXIV_LABEL: Final = re.compile(r"arxiv\s*:\s*", re.IGNORECASE)
_ARXIV_PATH: Final = re.compile(r"/(?:abs|pdf|html|format|ps|src|e-print)/(.+?)(?:\.pdf)?/?")
_PMID: Final = re.compile(r"(?:pmid|pubmed)\s*[:=]?\s*(\d{1,8})", re.IGNORECASE | re.ASCII)
_BARE_PMID: Final = re.compile(r"[1-9]\d{4,7}", re.ASCII)
_PMCID: Final = re.compile(
    r"(?:pmcid\s*[:=]?\s*)?PMC\s*(\d{1,9})(?:\.\d+)?", re.IGNORECASE | re.ASCII
)
_PUBMED_PATH: Final = re.compile(
    r"(?:/(?:m/)?pubmed|/article/MED)?/(\d{1,8})/?", re.IGNORECASE | re.ASCII
)
_PMC_PATH: Final = re.compile(
    r"(?:/m)?(?:/pmc)?/articles?/(?:pmc/)?(?:PMC)?(\d{1,9})(?:\.\d+)?(?:/.*)?",
    re.IGNORECASE | re.ASCII,
)
_NO_SCHEME: Final = re.compile(r"www\.|(?:(?:dx\.)?doi|arxiv)\.org/", re.IGNORECASE)
_ISBN_LABEL: Final = re.compile(r"ISBN(?:-?1[03])?\s*[:=]?\s*", re.IGNORECASE)
_ISBN_SHAPE: Final = re.compile(r"(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx]", re.ASCII)


def identify(text: str) -> Identifier:
    """Return the identifier in a pasted text.

    Labels, resolvers' addresses, quotes and brackets around it and punctuation after it are
    removed. Check digits are checked. A bare number of five to eight digits is a PMID. A short DOI
    (`10/c9wr8n`) is a DOI; doi.org resolves it.

    Args:
        text: A DOI, an arXiv identifier, a PMID, a PMCID, an ISBN or a URL.

    Raises:
        UnknownIdentifierError: The text is not a valid identifier; the message states why.

    Example:
        >>> from refcite.identifier_kinds import identify
        >>> identify("https://doi.org/10.1038/171737a0.")
        Identifier(kind='doi', value='10.1038/171737a0')
        >>> print(identify("0-306-40615-2"), identify("PMC6613236"), identify("pmid:31209238"))
        ISBN 9780306406157 PMC6613236 PMID 31209238
        >>> identify("Knuth 1968")
        Traceback (most recent call last):
          ...
        refcite.problems.UnknownIdentifierError: 'Knuth 1968' is not a DOI, arXiv identifier, ...
    """
    if len(text) > _LONGEST:
        raise UnknownIdentifierError(
            f"a text of {len(text):,} characters is too long for an identifier"
        )
    if first_surrogate(text) is not None:
        shown = text.encode("ascii", "backslashreplace").decode()
        raise UnknownIdentifierError(f"{_shown(shown)} contains half of a surrogate pair")
    plain = _bare(text)
    if not plain:
        raise UnknownIdentifierError("an empty text is not an identifier")
    for read in _READERS:
        found = read(plain)
        if found is not None:
            return found
    raise UnknownIdentifierError(
        f"{_shown(plain)} is not a DOI, arXiv identifier, PMID, PMCID, ISBN or URL"
    )


def _bare(text: str) -> str:
    """Remove the text around an identifier that does not belong to it."""
    visible = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    bare = " ".join(visible.split())
    while bare:
        last = bare[-1]
        is_unopened = last in _CLOSING and bare.count(last) > bare.count(_CLOSING[last])
        is_around = last in _CLOSING and bare[0] == _CLOSING[last]
        if is_around or (last in _IN_QUOTES and bare[0] in _IN_QUOTES and len(bare) > 1):
            bare = bare[1:-1].strip()
        elif last in _TRAILING or is_unopened:
            bare = bare[:-1].rstrip()
        else:
            return bare
    return bare


def _doi(text: str) -> Identifier | None:
    short = normal_doi(text)
    if is_short_doi(short):
        return Identifier("doi", short.lower())
    if _DOI_LABEL.match(text):
        text = unquote(_DOI_LABEL.sub("", text, count=1)) if "doi.org/" in text.lower() else text
        text = _DOI_LABEL.sub("", text, count=1)
    elif not text.startswith("10."):
        return None
    if "/" not in text and re.fullmatch(r"10\.\d+", text) is None:
        return None
    return _checked_doi(text)


def _short_doi(text: str) -> Identifier | None:
    """Read a short DOI (https://shortdoi.org), which doi.org resolves as any other DOI."""
    doi = normal_doi(_SHORT_DOI_SITE.sub("https://doi.org/", text, count=1))
    is_short = doi.startswith("10/") and fault_in_doi(doi) is None
    return Identifier("doi", doi.lower()) if is_short else None


def _checked_doi(text: str) -> Identifier:
    doi = normal_doi(text.replace(" ", ""))
    fault = fault_in_doi(doi)
    if fault:
        raise UnknownIdentifierError(fault)
    return Identifier("doi", doi)


def _arxiv(text: str) -> Identifier | None:
    label = _ARXIV_LABEL.match(text)
    rest = text[label.end() :].split(" ")[0] if label else text
    if _ARXIV_NEW.fullmatch(rest) or _ARXIV_OLD.fullmatch(rest):
        return Identifier("arxiv", _plain_arxiv(rest))
    if label:
        raise UnknownIdentifierError(
            f"{_shown(text)} is not an arXiv identifier, such as 2101.12345 or hep-th/9901001"
        )
    return None


def _plain_arxiv(text: str) -> str:
    """Return an arXiv identifier with a lower-case `v`, without the class of an old archive."""
    archive, slash, number = text.lower().rpartition("/")
    return archive.partition(".")[0] + slash + number


def _pubmed(text: str) -> Identifier | None:
    pmcid = _PMCID.fullmatch(text)
    if pmcid:
        return Identifier("pmcid", f"PMC{pmcid[1]}")
    pmid = _PMID.fullmatch(text)
    if pmid:
        return Identifier("pmid", pmid[1].lstrip("0") or "0")
    return Identifier("pmid", text) if _BARE_PMID.fullmatch(text) else None


def _isbn(text: str) -> Identifier | None:
    dashed = text.translate(_DASHES)
    label = _ISBN_LABEL.match(dashed)
    rest = dashed[label.end() :] if label else dashed
    if not label and not _ISBN_SHAPE.fullmatch(rest):
        return None
    fault = fault_in_isbn(rest) if _ISBN_SHAPE.fullmatch(rest) else _no_isbn(rest)
    if fault:
        raise UnknownIdentifierError(fault)
    return Identifier("isbn", isbn_13(rest))


def _no_isbn(text: str) -> str:
    return f"the ISBN {_shown(text)} has neither 10 nor 13 digits"


def _address(text: str) -> Identifier | None:
    if _NO_SCHEME.match(text):
        text = f"https://{text}"
    scheme, colon, rest = text.partition(":")
    if not colon or not rest.startswith("//"):
        return None
    if scheme.lower() not in {"http", "https"}:
        raise UnknownIdentifierError(
            f"{_shown(text)} starts with {scheme}:; only http and https are looked up"
        )
    return _address_of_web(text)


def _address_of_web(text: str) -> Identifier:
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").removeprefix("www.").lower()
        _ = parts.port  # raises an error for an invalid port
    except ValueError:
        host = ""
    if not host or " " in text:
        raise UnknownIdentifierError(f"{_shown(text)} is not a valid URL")
    if parts.username or parts.password:
        raise UnknownIdentifierError("a URL with a user name or password is not looked up")
    path = unquote(parts.path)
    if host in _DOI_HOSTS and _LOOKS_LIKE_DOI.match(path[1:]):
        return _checked_doi(path[1:])
    return _in_known_site(host, path) or Identifier("url", text)


def _in_known_site(host: str, path: str) -> Identifier | None:
    if host == "arxiv.org" or host.endswith(".arxiv.org"):
        found = _ARXIV_PATH.fullmatch(path)
        rest = found[1] if found else ""
        if _ARXIV_NEW.fullmatch(rest) or _ARXIV_OLD.fullmatch(rest):
            return Identifier("arxiv", _plain_arxiv(rest))
    elif host.endswith("ncbi.nlm.nih.gov") or host == "europepmc.org":
        article = _PMC_PATH.fullmatch(path)
        if article:
            return Identifier("pmcid", f"PMC{article[1]}")
        abstract = _PUBMED_PATH.fullmatch(path)
        if abstract:
            return Identifier("pmid", abstract[1])
    return None


_READERS: Final[tuple[Callable[[str], Identifier | None], ...]] = (
    _doi,
    _short_doi,
    _address,
    _arxiv,
    _isbn,
    _pubmed,
)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
