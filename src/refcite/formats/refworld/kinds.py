"""The conversion of Refworld's kinds of documents to CSL types."""

from __future__ import annotations

import re
from typing import Final

from refcite.formats.refworld.document import Document
from refcite.formats.refworld.symbols import kind_of_symbol
from refcite.formats.refworld.urls import Address
from refcite.vocabulary import ItemType

__all__ = ["CSL_TYPES", "kind_of"]

CSL_TYPES: Final[dict[str, tuple[ItemType, str | None]]] = {
    "news": ("article-newspaper", None),
    "report": ("report", None),
    "guidelines": ("report", "Guidelines"),
    "response": ("report", "Response to Information Request"),
    "legislation": ("legislation", None),
    "case": ("legal_case", None),
    "treaty": ("treaty", None),
    # CSL 1.0.2, appendix III, of `legislation`: "a law or resolution enacted by a governing body".
    "resolution": ("legislation", "Resolution"),
}
"""Each kind of document with its CSL type and its `genre`."""

# The words of "Document type" and the type codes of URLs, old and new.
_NAMED: Final = (
    (r"general (?:comment|recommendation)", "report"),
    (r"case ?law|jurisprudence|decisions?/case|judgment", "case"),
    (r"legislation compilation|comments? on national legislation|legal commentar", "report"),
    (r"legislation|legislat|decree|national law|constitution|regulation", "legislation"),
    (r"treat(?:y|ies)|agreement|bilateral|multilateral|convention|constinstr", "treaty"),
    (r"resolution|declaration|recommendation|exconc|conclusion", "resolution"),
    (r"query ?response|responses? to information", "response"),
    (r"country ?news|media ?rep|news", "news"),
    (r"guideline|themguide|handbook", "guidelines"),
    (
        r"rep(?:ort)?s?$|report|survey|profile|guidance|lpprs|research|position|countrypos|analysis",
        "report",
    ),
)
_NAMED_PATTERNS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in _NAMED
)

_REPORT: Final = re.compile(
    r"\b(?:report|survey|guidelines|handbook|commentary|comments|note|position|study|manual"
    r"|statement|opinion|questions (?:and|&) answers|guide|toolkit|fact ?sheet"
    r"|observations|overview|review|background|briefing|implementation|interpretation|analysis"
    r"|conclusions and recommendations|general (?:comment|recommendation)s?"
    r"|concluding observations)\b",
    re.IGNORECASE,
)
_SERIES: Final = re.compile(
    r"\b(?:annual|barometer|index|report|survey|predators|attacks on the press|round-?up|in \d{4}"
    r"|impunity)\b|\d{4} - \w",
    re.IGNORECASE,
)
_CASE: Final = re.compile(
    r"\b(?:v|vs|c)\. (?=[\"“(\w])|\b(?:In re|Matter of|Affaire|Appeal Nos?\.|Case of) ",
    re.IGNORECASE,
)
# Titles about a treaty have small words before it: `Statement on the 1951 Convention`.
_TREATY: Final = re.compile(
    r"^(?:(?:(?:Council|Organi[sz]ation|League|Commonwealth|Community) of(?: the)? "
    r"|(?!(?:about|against|concerning|for|from|in|of|on|regarding|to|under|with)\b)"
    r"\W*(?:\w[\w'’-]*|\(.{1,40}?\)),? )){0,7}?"
    r"(?:Agreement|Charter|Concordat|Convention|Covenant|Pact|Protocol|Treaty|Memorandum of"
    r" Understanding|Exchange of (?:Letters|Notes)|Statute of the International|Rome Statute)\b"
)
# An assembly adopts a convention by a resolution, whose symbol then represents the text. Titles
# about a convention have small words before it.
_TREATY_ITSELF: Final = re.compile(
    r"^(?!Draft|Model)(?:[^\W\d_a-z][\w'’-]* |\([^()]{1,40}\) ){0,7}?"
    r"(?:Agreement|Convention|Covenant|Protocol|Treaty)\b(?!.*\bresolution\b)"
)
_RESOLUTION: Final = re.compile(
    r"\bresolution\b|^(?:\w+ ){0,3}(?:Declaration|Recommendation|Conclusion)s?\b|"
    r"\badopted by the (?:General Assembly|Security Council|Executive Committee)",
    re.IGNORECASE,
)
_ACT: Final = re.compile(r"\b(?:Directive|Regulation|Framework Decision|Council Decision)\b")
_LAW: Final = re.compile(
    r"\b(?:Act|Code|Constitution|Decree(?:-Law)?|Law|Loi|Ley|Ordinance|Ordonnance|Proclamation"
    r"|Statute|Regulations?|D[ée]cret|Gesetz)\b"
)
_GUIDELINES: Final = re.compile(
    r"\b(?:guidelines?|handbook|procedural standards|guiding principles|guidance note)\b",
    re.IGNORECASE,
)
_ADOPTING: Final = frozenset({"intergovernmental", "treaty-body"})
_TITLE_KINDS: Final = frozenset({"treaty", "resolution", "legislation"})


def kind_of(
    document: Document, publisher_kind: str | None = None, address: Address | None = None
) -> tuple[str, bool]:
    """Return the kind of a document (a key of `CSL_TYPES`), and whether it is certain.

    Args:
        document: The data about it.
        publisher_kind: The kind of its publisher (a table name of `publishers.toml`).
        address: The data in its URL.

    Example:
        >>> kind_of(Document(title="Military Service", symbol="IRQ105461.E"))
        ('response', True)
        >>> kind_of(Document(title="K. S. Y. v. The Netherlands"), "treaty-body")
        ('case', True)
        >>> kind_of(Document(title="Of this and that"))
        ('report', False)
    """
    of_symbol = kind_of_symbol(document.symbol) if document.symbol else None
    kind = (
        _of_name(document.named)
        or _of_address(address, document.title)
        or ("legislation" if document.country is not None else None)
        or _of_publisher(publisher_kind, document, of_symbol)
        or (None if of_symbol == "other" else of_symbol)
    )
    if kind is None:
        return ("report", False) if document.has_author else _of_title(document.title)
    if kind == "report" and _GUIDELINES.search(document.title):
        kind = "guidelines"
    return kind, True


def _of_name(named: str | None) -> str | None:
    if not named:
        return None
    return next((kind for pattern, kind in _NAMED_PATTERNS if pattern.search(named)), None)


def _of_address(address: Address | None, title: str) -> str | None:
    if address is None:
        return None
    if address.is_law:
        return "legislation"
    kind = _of_name(address.type)
    # The site lists resolutions with binding texts, and both under the type of the collection.
    is_resolution = _RESOLUTION.search(title) is not None and not _TREATY.match(title)
    return "resolution" if kind == "treaty" and is_resolution else kind


def _of_publisher(kind: str | None, document: Document, of_symbol: str | None) -> str | None:
    title = document.title
    if kind == "alerts":
        return "report" if _SERIES.search(title) else "news"
    if kind == "treaty-body" and _CASE.search(title):
        return "case"
    if kind in _ADOPTING:
        return "report" if document.has_author else _adopted(title, of_symbol)
    if kind in {"government", "ngo", "other"}:
        # The symbol identifies a government's response to an information request.
        if of_symbol == "treaty" or (kind == "government" and of_symbol in {"response", "case"}):
            return of_symbol
        return "report"
    return {"news": "news", "court": "case", "legislature": "legislation"}.get(kind or "")


def _adopted(title: str, of_symbol: str | None) -> str:
    """Distinguish the treaties, resolutions and acts of an organisation from its reports."""
    if of_symbol == "case" and _CASE.search(title):
        return "case"
    if of_symbol in {"treaty", "guidelines"}:
        return of_symbol
    if _REPORT.search(title) and of_symbol not in _TITLE_KINDS:
        return "report"
    if _ACT.search(title):
        return "legislation"
    if (_TREATY_ITSELF if of_symbol == "resolution" else _TREATY).match(title):
        return "treaty"
    if of_symbol == "resolution" or _RESOLUTION.search(title):
        return "resolution"
    return "report"


def _of_title(title: str) -> tuple[str, bool]:
    """Guess only from the title."""
    if _CASE.search(title):
        return "case", False
    if _REPORT.search(title):
        return ("guidelines" if _GUIDELINES.search(title) else "report"), False
    if _TREATY.match(title):
        return "treaty", False
    return ("legislation" if _LAW.search(title) else "report"), False
