"""Results of citations, written into the text of a document in MyST Markdown."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import Final

from refcite.csl import Bibliography
from refcite.csl.document.cited import Citation
from refcite.documents.answers import Answers
from refcite.documents.clusters import DocumentCitation
from refcite.documents.markdown.blocks import Region
from refcite.documents.markdown.texts import Kept
from refcite.documents.markdown.writing import Edit, Writer
from refcite.documents.myst.inlines import RoleCitation

__all__ = ["MystWriter", "myst_markdown"]

_TAGS: Final = re.compile(r"<(sup|sub)>([^<>`{}\[\]*_\\]*)</\1>")
_BRACKETS: Final = re.compile(r"\A(?:\((.*)\)|\\\[(.*)\\\])\Z", re.DOTALL)
_DOI_LINK: Final = re.compile(r"\[([^\[\]]*)\]\(https?://(?:dx\.)?doi\.org/[^()\s]*\)")
_DOI_ADDRESS: Final = re.compile(r"<?(https?)://((?:dx\.)?doi\.org/[^\s<>]*)>?")
_ESCAPED_END: Final = re.compile(r"\\\)\Z")
"""What the backend escapes in a year alone at the start of a line, which could start a list."""
_BARE: Final = frozenset({"cite:alp", "cite:alps", "cite:year", "cite:label"})
"""Roles whose citation has no brackets around it."""
_IN_BRACKETS: Final = frozenset({"cite:authorpar", "cite:authorpars"})
_CAPITALISED: Final = frozenset({"cite:ct", "cite:cts", "cite:cauthor", "cite:cauthors"})


def myst_markdown(text: str) -> str:
    r"""Return Markdown for MyST.

    Raised and lowered text is in roles, which all outputs support. Addresses of DOIs are text: a
    link to a DOI is a citation for mystmd, which would print it as "Ash (2001)".

    Example:
        >>> myst_markdown("Water<sup>1,2</sup>, H<sub>2</sub>O")
        'Water{sup}`1,2`, H{sub}`2`O'
        >>> myst_markdown("*Oars*. <https://doi.org/10.1000/182>")
        '*Oars*. https\\://doi.org/10.1000/182'
    """
    if "<su" in text:
        text = _TAGS.sub(r"{\1}`\2`", text)
    return _without_doi_links(text)


def _without_doi_links(text: str) -> str:
    if "doi.org/" not in text:
        return text
    text = _DOI_LINK.sub(r"\1", text)
    return _DOI_ADDRESS.sub(r"\1\\://\2", text)


class MystWriter(Writer):
    """Writes the results of a document into its text; the arguments are those of `Writer`.

    Args:
        roles: The citations that are roles, by their starts.
        arguments: The starts of regions that are arguments of directives, which cannot have
            backticks, and so no roles.
    """

    def __init__(
        self,
        text: str,
        regions: Mapping[int, Region],
        leaders: Container[int],
        kept: Kept,
        labels: Container[str],
        answers: Answers,
        *,
        roles: Mapping[int, RoleCitation],
        arguments: Container[int],
    ) -> None:
        super().__init__(text, regions, leaders, kept, labels, answers, is_pandoc=False)
        self._converted = myst_markdown
        self._roles = roles
        self._arguments = arguments

    def written(self, directives: Sequence[tuple[int, int]]) -> str:
        """Return the whole text.

        Args:
            directives: The places of the bibliography; all but the first are removed. Without one,
                the bibliography is at the end.
        """
        answers = self._answers
        entries = "" if answers.bibliography is None else self._entries(answers.bibliography)
        edits = self._citation_edits()
        edits += (Edit(role.start, role.end, "") for role in self._roles.values() if _lists(role))
        edits += (
            Edit(start, end, "" if number else entries.rstrip("\n"))
            for number, (start, end) in enumerate(directives)
        )
        edits.sort(key=lambda edit: (edit.start, edit.end))
        title = answers.settings.section_title
        return "".join(self._pieces(edits)) + self._end(not directives, entries, title)

    def _end(self, is_at_end: bool, entries: str, title: str | None) -> str:
        blocks: list[str] = []
        if is_at_end and entries:
            blocks += [*([f"# {title}"] if title else []), entries.rstrip("\n")]
        blocks += self._notes
        if not blocks:
            return ""
        text = self._text
        gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        return gap + "\n\n".join(blocks) + "\n"

    def _entries(self, bibliography: Bibliography) -> str:
        """Return the entries as paragraphs, each after a target if citations are links.

        Targets without links would be of no use, and mystmd reports equal ones in a project.
        """
        links = self._answers.settings.link_citations
        return "".join(
            (f"(ref-{entry.id})=\n" if links else "") + f"{self._converted(entry.text)}\n\n"
            for entry in bibliography
        )

    def _edits(self, citation: DocumentCitation, answer: Citation) -> list[Edit]:
        role = self._roles.get(citation.start)
        edits = super()._edits(citation, answer)
        if role is None or not edits:
            return edits
        first = edits[0]
        joined = self._join(role) + first.text
        return [Edit(first.start, first.end, joined), *edits[1:]]

    def _join(self, role: RoleCitation) -> str:
        """Return what separates a work from the one before it in the same role."""
        if role.position == "last":
            return f" {self._answers.conjunction} "
        return ", " if role.position == "middle" else ""

    def _is_raised(self, text: str) -> bool:
        return text.startswith("{sup}") or super()._is_raised(text)

    def _shown_in_text(self, text: str, start: int) -> str:
        region = self._regions.get(start)
        is_argument = region is not None and region.start in self._arguments
        self._converted = _without_doi_links if is_argument else myst_markdown
        shown = super()._shown_in_text(text, start)
        self._converted = myst_markdown
        role = self._roles.get(start)
        if role is None or not shown:
            return shown
        if role.role in _BARE:
            found = _BRACKETS.match(_ESCAPED_END.sub(")", shown))
            return shown if found is None else found[1] or found[2] or ""
        if role.role in _IN_BRACKETS and _BRACKETS.match(shown) is None:
            return f"({shown})"
        return self._capitalised(shown) if role.role in _CAPITALISED else shown


def _lists(role: RoleCitation) -> bool:
    return role.role == "cite:empty"
