"""The texts in the metadata of a document, in which pandoc has citations too, such as the title.

They are values of YAML: what is put into one must not end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from refcite.documents.markdown.blocks import Region
from refcite.formats import yamltext
from refcite.problems import FormatError

__all__ = ["FLOW", "PLAIN", "TEXTS", "matter_regions", "needs_quoting", "quoted"]

TEXTS: Final = frozenset(
    {"abstract", "caption", "description", "subtitle", "summary", "thanks", "title"}
)
"""The keys of texts. In other values, `@name` without a reference may be a name in a network."""
_OTHERS: Final = frozenset(
    {
        "bibliography",
        "citation-abbreviations",
        "citation-style",
        "csl",
        "execute",
        "format",
        "header-includes",
        "jupyter",
        "knitr",
        "nocite",
        "output",
        "params",
        "references",
    }
)
"""The keys of settings and of code."""
PLAIN: Final = "plain"
"""The quoting of a value without quotation marks."""
FLOW: Final = "flow"
"""The same in a list in brackets, or in a mapping in braces."""
_BLANK: Final = re.compile(r"\n[ \t]*(?=\n)")
_NOT_PLAIN: Final = re.compile(r":(?:\s|\Z)|\s#")
_NOT_IN_FLOW: Final = re.compile(r":(?:\s|\Z)|\s#|[\[\]{},]")


def matter_regions(text: str, blocks: Iterable[tuple[int, str]]) -> list[tuple[str, Region]]:
    r"""Return the texts of metadata with their keys, in the order in which pandoc reads them.

    Args:
        text: The text of the document.
        blocks: The YAML blocks, with the places where they start.

    Example:
        >>> text = "---\ntitle: 'On @a'\nabstract: |\n  As [@b].\n\n  Or @c.\n---\n"
        >>> found = matter_regions(text, [(4, text[4:-4])])
        >>> [(key, text[one.start : one.end], one.quoting) for key, one in found]
        [('abstract', 'As [@b].', '|'), ('abstract', 'Or @c.', '|'), ('title', 'On @a', "'")]
    """
    found: list[tuple[str, Region]] = []
    for place, body in blocks:
        if "@" not in body and "^" not in body:
            continue
        try:
            scalars = list(yamltext.scalars(body))
        except FormatError:
            return []  # reported where the metadata are read
        for one in scalars:
            if one.key not in _OTHERS:
                style = one.style or (FLOW if one.in_flow else PLAIN)
                regions = _regions(text, place + one.start, place + one.end, style)
                found += ((one.key, region) for region in regions)
    found.sort(key=lambda one: (one[0], one[1].start))
    return found


def _regions(text: str, start: int, end: int, style: str) -> Iterator[Region]:
    if style in (PLAIN, FLOW):
        yield Region(start, end, quoting=style)
    elif style in ("'", '"'):
        yield Region(start + 1, end - 1, quoting=style)
    else:
        start = text.find("\n", start, end) + 1
        if not start:
            return
        for blank in [*_BLANK.finditer(text, start, end), None]:
            stop = end if blank is None else blank.start()
            inner = text[start:stop]
            begin = start + len(inner) - len(inner.lstrip())
            if begin < stop:
                yield Region(begin, start + len(inner.rstrip()), quoting=style)
            if blank is not None:
                start = blank.end()


def needs_quoting(text: str, quoting: str | None) -> bool:
    """Return whether a text can be only in a value with quotation marks.

    Args:
        text: The text.
        quoting: The quoting of the value.

    Example:
        >>> needs_quoting("(Roe, 2001)", PLAIN), needs_quoting("Ropes: A Study", PLAIN)
        (False, True)
        >>> needs_quoting("(Roe, 2001)", FLOW), needs_quoting("Ropes: A Study", "'")
        (True, False)
    """
    if quoting == PLAIN:
        return _NOT_PLAIN.search(text) is not None
    return quoting == FLOW and _NOT_IN_FLOW.search(text) is not None


def quoted(text: str, quoting: str | None) -> str:
    r"""Return a text as it is written in a value.

    Args:
        text: The text.
        quoting: The quoting of the value, None outside of metadata.

    Example:
        >>> quoted("Roe's \"Ropes\"", "'"), quoted("Roe's \"Ropes\"", '"')
        ('Roe\'\'s "Ropes"', 'Roe\'s \\"Ropes\\"')
    """
    if quoting == "'":
        return text.replace("'", "''")
    if quoting == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text
