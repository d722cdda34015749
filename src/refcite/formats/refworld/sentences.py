"""The start of a citation in a text: after a signal, at a known publisher, after a sentence."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from refcite.formats.refworld.publishers import Publishers
from refcite.formats.refworld.symbols import is_date

__all__ = [
    "begins_with_publisher",
    "citation_start",
    "is_locator",
    "is_page",
    "is_repetition",
    "without_signal",
]

_SIGNAL: Final = re.compile(
    r"(?:(?:(?:but|and|also) )?"
    r"(?:see|cf|compare|contra|accord|consult|voir|v[ée]ase|siehe|vgl)\b\.?"
    r"(?:,? (?:also|e\. ?g\.|further|generally|especially|in particular|for example|for instance"
    r"|inter alia|among others|aussi|notamment|tambi[ée]n|auch))*"
    r"|e\. ?g\.|also|(?:as )?(?:citing|quoting|(?:quoted|cited|reproduced|reported) (?:in|by|from)"
    r"|referring to)|(?:source|in|from|per)s?:)[,:]* +(?=(?-i:[^\W\d_a-zà-öø-ÿ])|[\d\"“‘«(*_<])",
    re.IGNORECASE,
)
_SIGNAL_BEFORE: Final = re.compile(
    r"(?:^|[\s(\[])(?:(?:see|cf\.?|compare|voir|v[ée]ase|siehe|vgl\.?)(?: also| aussi| tambi[ée]n)?"
    r"|e\. ?g\.|citing|quoting|(?:quoted|cited|reproduced) (?:in|by|from))[,:]? $",
    re.IGNORECASE,
)
# The end of a sentence or of another citation. A full stop after a short word may be that of an
# abbreviation, as in `A. v. UNHCR`.
_BORDER: Final = re.compile(
    r"(?:(?:[^\W_]{3}|\d|[)\]\"”’»])\.[\"”’»)\]]*|[;?!][\"”»)]*|[\[(]|\] ?,?) ?$"
)
# Text such as "the first, …", "the second is …", which counts the documents of a sentence.
_ORDINAL: Final = re.compile(
    r"(?:(?:and|while|whereas) )?(?:the )?"
    r"(?:first|second|third|fourth|fifth|sixth|last|latter|former|other|next)"
    r"(?: (?:of (?:these|them|which|the (?:two|three))|one|report|source|document|study|is|was"
    r"|being|comes|came|by|from|a|of)\b)*,? (?=(?-i:[^\W\d_a-zà-öø-ÿ]))",
    re.IGNORECASE,
)
_CONNECTION: Final = re.compile(
    r"(?:\b(?:as|according to|both|while|whereas|and|but|by|per|in|also|then|when|where|like)"
    r"|[^\W\d_]{3}(?:,|:))$",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(r", [\"“”‘„«(\[*_]*(?:[^\W_a-zà-öø-ÿ]|\[)")
_NAME_BEGINS: Final = re.compile(r"(?:(?<=[\s(\[\"“‘«/*_])|^)(?=[^\W_a-zà-öø-ÿ])")
_UPPER_BEHIND_COMMA: Final = re.compile(r", [\"“‘«]?(?:[^\W\d_a-zà-öø-ÿ])")
_SENTENCE_END: Final = re.compile(r"(?<=[^\W\d_]{3})\.[\"”’»)\]]* +(?=[^\W\d_a-zà-öø-ÿ])")
# Words before the name of a case: "the Court held in …", "the judgment in …", "as confirmed by …".
_SAYING_TEXT: Final = """
    held found ruled decided noted observed stated affirmed reaffirmed confirmed reiterated recalled
    explained concluded considered established clarified emphasised emphasized stressed recognised
    recognized accepted rejected laid set applied followed upheld is was are were
"""
_SAYING: Final = frozenset(_SAYING_TEXT.split())
_DECISIONS: Final = frozenset(("case", "judgment", "judgement", "decision", "ruling"))
_BEFORE_CASE: Final = frozenset(
    ("in", "of", "by", "with", "from", "to", "is", "was", "are", "were")
)
_VERSUS: Final = re.compile(r" (?:v|c|vs)\.? (?=[^\W_a-zà-öø-ÿ])")
_WORD: Final = re.compile(r"[^\s,]+")
_LONGEST_CASE: Final = 400
_EMPHASIS: Final = '*_"“'
_OPENING: Final = f" {_EMPHASIS}([<"
_LONGEST_NAME: Final = 160
_MOST_WORDS: Final = 18
_MOST_COMMAS: Final = 60
_MOST_SENTENCES: Final = 20
# In characters; a longer text is not a citation with a sentence before it.
_LONGEST: Final = 12_000
_FEWEST_WORDS: Final = 4
_URL: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
_LOCATOR: Final = re.compile(
    r"(?:at |see )?(?:p|pp|pages?|paras?|paragraphs?|pars?|¶+|§+|ch|chapters?|secs?|sections?|arts?"
    r"|articles?|annex|fn|notes?|tab|vol|s\.|seiten?|p[áa]gs?|p[áa]rrs?)\.? ?\(?(?:\d|[ivxlc]+\b)"
    r"(?:[\d\s,.():–—-]|\b(?:ff?|and|to|et|y|[ivxlc]+|pp?|paras?|nn?|fn)\b){0,40}|at \d[\d\s,–-]*",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(
    r"(?:at )?(?:pp?|pages?|paras?|paragraphs?|¶+|§+|p[áa]gs?)\b\.?|at \d|[¶§]", re.IGNORECASE
)
_REPETITION: Final = re.compile(
    r"\bibid(?:em)?\b|\bop\. ?cit\b|\bloc\. ?cit\b|\b(?:supra|infra)\b"
    r"|\b(?:above|below|earlier),? (?:at )?(?:n|nn|notes?|fn|footnotes?|paras?)\.? ?\d"
    r"|\(?\b(?:see )?(?:above|supra)? ?(?:nn?|notes?|fn|footnotes?)\.? \d+ (?:above|supra)\b"
    r"|\((?:above |supra )?(?:n|fn|note)\.? ?\d+\)|\b(?:pr[ée]cit[ée]e?|ebenda|ebd\.|a\. ?a\. ?O\.)"
    r"|\bcited (?:above|earlier)\b",
    re.IGNORECASE,
)
_SAME: Final = re.compile(
    r"(?:id(?:em)?\b(?=$|[.,;:]| at\b| p)|above\b|see (?:above|below)\b|[ée]od\.)", re.IGNORECASE
)


def without_signal(text: str) -> str:
    """Return a text without `See`, `See also`, `citing` and similar words before it.

    Example:
        >>> without_signal("See, e.g., Freedom House"), without_signal("Seeking asylum")
        ('Freedom House', 'Seeking asylum')
    """
    found = _SIGNAL.match(text)
    return text[found.end() :] if found else text


def begins_with_publisher(text: str, publishers: Publishers) -> bool:
    """Return whether a text begins with the name of a known publisher and a comma.

    Example:
        >>> from refcite.formats.refworld.publishers import known_publishers
        >>> [begins_with_publisher(text, known_publishers())
        ...  for text in ("Freedom House, Title", "Freedom House is right")]
        [True, False]
    """
    parts = text[: 2 * _LONGEST_NAME].split(", ")[: publishers.most_commas + 2]
    return any(publishers.find(", ".join(parts[:end])) for end in range(1, len(parts)))


def is_repetition(text: str) -> bool:
    """Return whether a note refers to an earlier one: *ibid.*, *supra* note 3.

    Example:
        >>> [is_repetition(text) for text in ("Ibid., p. 3", "Roe (n 4)", "Id. at 5", "Idlib")]
        [True, True, True, False]
    """
    return _SAME.match(text) is not None or _REPETITION.search(text) is not None


def is_locator(text: str) -> bool:
    """Return whether a text is only a place in a document, such as a page.

    Example:
        >>> [is_locator(text) for text in ("p. 12", "paras 3-5", "at 7", "A/1/2")]
        [True, True, True, False]
    """
    return len(text) <= _LONGEST_NAME and _LOCATOR.fullmatch(text.strip(" .,;")) is not None


def is_page(text: str) -> bool:
    """Return whether a text is a page or a paragraph of a document, as citers add it.

    Example:
        >>> [is_page(text) for text in ("p. 12", "paras 3-5", "annex IX", "vol. 1")]
        [True, True, False, False]
    """
    return is_locator(text) and _PAGE.match(text) is not None


def citation_start(text: str, publishers: Publishers) -> int:
    """Return the index at which the last citation of a text begins; 0 without text before it.

    Args:
        text: A text with one citation at its end, which may have a URL.
        publishers: The known publishers.

    Example:
        >>> from refcite.formats.refworld.publishers import known_publishers
        >>> text = "The second is Amnesty International, Chad: No Way Out, 1 June 2019"
        >>> text[citation_start(text, known_publishers()):]
        'Amnesty International, Chad: No Way Out, 1 June 2019'
    """
    if len(text) > _LONGEST:
        return 0
    region = text[: _end_of_head(text)]
    names = _names_in(region, publishers)
    strong = [at for at in names if _is_border(region[:at])]
    if strong:
        return strong[-1] if region[: strong[-1]].strip(_OPENING) else 0
    for at in names:
        if _is_prose(_sentence_before(region[:at])):
            return at
    return _behind_sentences(region)


def _end_of_head(text: str) -> int:
    urls = [found.start() for found in _URL.finditer(text)]
    return urls[-1] if urls else len(text)


def _names_in(text: str, publishers: Publishers) -> list[int]:
    """Return the starts of known publishers with a title after them."""
    commas = [found.start() for found in re.finditer(", ", text)][-_MOST_COMMAS:]
    starts: list[int] = []
    for comma in commas:
        if not _NEXT.match(text, comma):
            continue
        at = _name_before(text, comma, publishers)
        if at is None or (starts and at <= starts[-1]):
            continue
        # In the form since 2023, the publisher is before the date.
        if not is_date(text[comma + 2 :].split(", ", 1)[0].strip(" .;")):
            starts.append(at)
    return starts


def _name_before(text: str, end: int, publishers: Publishers) -> int | None:
    """Return the start of the longest known name that ends at an index."""
    floor = max(0, end - _LONGEST_NAME)
    if not publishers.may_end(text[floor:end]):
        return None
    begins = [found.start() for found in _NAME_BEGINS.finditer(text[:end], floor)]
    return next(
        (at for at in begins[-_MOST_WORDS:] if publishers.find(text[at:end].strip("*_"))), None
    )


def _is_border(before: str) -> bool:
    """Return whether a citation may begin after a text with any contents."""
    before = before[-120:]
    return (
        not before.strip(_OPENING)
        or _SIGNAL_BEFORE.search(before) is not None
        or _BORDER.search(before.rstrip(_EMPHASIS)) is not None
    )


def _sentence_before(text: str) -> str:
    """Return the last sentence of a text, which continues with a citation."""
    ends = list(_SENTENCE_END.finditer(text))
    return text[ends[-1].end() :] if ends else text


def _is_prose(text: str) -> bool:
    """Return whether a text is running prose and not the beginning of a title or of names."""
    text = text[-400:].rstrip()
    if " v. " in text or _UPPER_BEHIND_COMMA.search(text):
        return False
    if _ORDINAL.match(f"{text} A"):
        return True
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    low = sum(word[0].islower() for word in words)
    if len(words) < 2:
        return bool(words) and (low == 1 or _CONNECTION.search(text) is not None)
    return 2 * low >= len(words) or (low + 2 > len(words) and bool(_CONNECTION.search(text)))


def _behind_sentences(text: str) -> int:
    """Return the index at which a citation of an unknown publisher begins."""
    start = 0
    for found in reversed(list(_SENTENCE_END.finditer(text))[-_MOST_SENTENCES:]):
        before = text[: found.start()].rpartition(". ")[2]
        is_going_on = before[:1].islower() or len(before.split()) >= _FEWEST_WORDS
        if is_going_on and _is_prose(before) and "," in text[found.end() :]:
            start = found.end()
            break
    ordinal = _ORDINAL.match(text, start)
    return ordinal.end() if ordinal else _start_of_case(text, start)


def _start_of_case(text: str, start: int) -> int:
    """Return the index of the name of a case that a sentence leads to, or the start."""
    versus = _VERSUS.search(text, start, start + _LONGEST_CASE)
    if versus is None:
        return start
    words = list(_WORD.finditer(text, start, versus.start() + 1))
    said = [word[0] for word in words]
    if said[:1] == ["In"]:
        saying = 0 if said[1:2] != ["re"] else None
    elif said and said[0][0].islower():
        saying = 0
    else:
        introducing = _SAYING | _DECISIONS if said[:1] == ["The"] else _SAYING
        saying = next((at for at, word in enumerate(said) if word in introducing), None)
    if saying is None or _UPPER_BEHIND_COMMA.search(text, start, words[saying].end()):
        return start
    for word, following in pairwise(words[saying:]):
        if word[0].lower() in _BEFORE_CASE and following[0].lstrip(_OPENING)[:1].isupper():
            return following.start()
    return start
