"""Explanations of small bibliographies, for tests."""

from __future__ import annotations

from refcite.csl import Explanation, Processor
from refcite.record import Record
from tests.csl.small import style_xml

__all__ = ["explained_entries", "pieces_of"]


def explained_entries(
    layout: str, *works: Record, options: str = "", head: str = ""
) -> list[Explanation]:
    """Return the explanations of works in a bibliography of one layout."""
    xml = style_xml(
        '<text variable="title"/>',
        head=head,
        rest=f"<bibliography {options}><layout>{layout}</layout></bibliography>",
    )
    return list(Processor(xml).explanations(works))


def pieces_of(explanation: Explanation) -> list[tuple[str, str]]:
    """Return each piece's text, and its variable or what else it is."""
    return [(span.text, span.variable or span.kind) for span in explanation.spans]
