"""References of prose in XML: text with elements in it that state the meaning of its parts."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final

from refcite.formats.xmlread import XmlElement, local_name

__all__ = ["has_et_al", "text_between", "whole_text"]

_CONNECTING: Final = """
    a accessed al and article at available by chap chapter chapters cited dans date der dir doi e
    ed edited editeur editor editors edn eds edt et eds faqs from hg hrsg http https i in internet
    is isbn issn issue j n nbr no nos nr number numéro o of on online others p pages page pg pmcid
    pmid pp publisher published retrieved s see seiten sous und us v vol vols volume volumes y
    last th nd rd st bd band heft tome t édition edition url www dx org com the
"""
_WORDS: Final = frozenset(_CONNECTING.split())
"""Words that connect the parts of a reference, or name the part after them."""
_WORD: Final = re.compile(r"\w+")
_ET_AL: Final = re.compile(r"\bet\s+al(?:\b|ii)|\band\s+others\b|\bu\.\s?a\.", re.IGNORECASE)


def whole_text(element: XmlElement) -> str:
    r"""Return all the text of a reference in one line.

    Example:
        >>> from lxml import etree
        >>> whole_text(etree.fromstring("<b><a>Roe</a>.\n <t>Lamps</t>, p. <p>5</p></b>"))
        'Roe. Lamps, p. 5'
    """
    return " ".join("".join(map(str, element.itertext())).split())


def text_between(element: XmlElement, wrappers: Container[str] = ()) -> str:
    """Return the text outside the elements of a reference, if it is more than connecting words.

    Args:
        element: The reference.
        wrappers: Names of elements whose own text is between the parts too.

    Returns:
        The text in one line; empty if it has only punctuation and words such as "pp." and "In".

    Example:
        >>> from lxml import etree
        >>> text_between(etree.fromstring("<b><t>Lamps</t>, pp. <p>5</p>. Oslo: Lux Press.</b>"))
        ', pp. . Oslo: Lux Press.'
        >>> text_between(etree.fromstring("<b>In <t>Lamps</t>, pp. <p>5</p>.</b>"))
        ''
    """
    text = " ".join("".join(_between(element, wrappers)).split())
    if all(word.casefold() in _WORDS for word in _WORD.findall(text)):
        return ""
    return text


def _between(element: XmlElement, wrappers: Container[str]) -> Iterator[str]:
    yield str(element.text or "")
    for inner in element:
        yield " "
        if local_name(inner) in wrappers:
            yield from _between(inner, wrappers)
        yield str(inner.tail or "")


def has_et_al(text: str) -> bool:
    """Return whether a text between the parts of a reference contains "et al.".

    Example:
        >>> has_et_al(", et al. "), has_et_al(" and ")
        (True, False)
    """
    return _ET_AL.search(text) is not None
