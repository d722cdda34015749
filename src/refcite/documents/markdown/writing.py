"""Results of citations, written into the text of a document in Markdown.

In a style for notes, a citation outside notes becomes a note, and the punctuation after it is put
before the sign of the note. The rules are those of pandoc (manual, "notes-after-punctuation").
"""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator, Mapping
from typing import Final

from refcite.csl import Bibliography
from refcite.csl.document.cited import Citation
from refcite.documents.answers import Answers
from refcite.documents.clusters import DocumentCitation
from refcite.documents.markdown.blocks import Region
from refcite.documents.markdown.matter import needs_quoting, quoted
from refcite.documents.markdown.tables import Edit, aligned
from refcite.documents.markdown.texts import Kept, is_in_emphasis

__all__ = ["Edit", "Writer", "pandoc_markdown", "without_final_period"]

_TAGS: Final = re.compile(r"<(sup|sub)>((?:(?!</?\1>).)*+)</\1>", re.DOTALL)
_SIGNS: Final = {"sup": "^", "sub": "~"}
_OTHER_TAGS: Final = re.compile(r"<u>((?:(?!</?u>).)*+)</u>", re.DOTALL)
_SPACE_BEFORE: Final = re.compile(r"[ \t]*\n?[ \t]*")
_AFTER_SPACE: Final = re.compile(
    r"(?:[.,;:!?)/%#»«…¿¡·†‡]|-(?!-)|\\[*_\"'\[\]()#&%@\\.,;:!?-]|&(?!#?\w+;)|['’](?=\w))++"
)
"""The punctuation that is moved before a note if there is a space before the citation."""
_WITHOUT_SPACE: Final = re.compile(r"[.,;:!?]++")
"""The punctuation that is moved if there is none."""
_CLOSING_QUOTES: Final = "\"'"
"""Curly marks are not moved: for pandoc they are letters."""
_FINAL_PERIOD: Final = re.compile(
    r"\.([*_\"'\u201d\u2019\u00bb]*(?:\]\([^()\s]*\)[*_\"'\u201d\u2019\u00bb]*)?)\Z"
)
_ENDS_IN_PUNCTUATION: Final = re.compile(r"[.,;:!?][*_\"'\u201d\u2019\u00bb)]*\Z")
_ENDS_IN_PERIOD: Final = re.compile(r"\.[*_\"'\u201d\u2019\u00bb]*\Z")
_MARKER: Final = re.compile(r"\A(\(?\w+)\\([.)])")
"""What the backend escapes at the start of a text, so that it does not start a list."""
_FIRST_WORD: Final = re.compile(r"[^\w<&\\]*+(\w)")
_LINK: Final = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]\(#ref-[^()\s]*\)")
_EMPHASIS: Final = re.compile(r"(?<![\\*\w])\*(?!\*)((?:[^*_\\]|\\.)++)\*(?![*\w])")
_NEAR: Final = 1_000
_SENTENCE: Final = re.compile(r"[ \t]*\n?[ \t]*([^\W\d_])")


class Writer:
    """Writes the results of a document into its text.

    Args:
        text: The text.
        regions: The region of each citation, by its start.
        leaders: The starts of citations that are the first text of a note.
        kept: The pieces of source in the texts of cites.
        labels: The labels of notes that the document has.
        answers: The results.
        is_pandoc: Whether pandoc's signs are written in place of HTML's tags.
        in_links: The starts of citations in the texts of links.
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
        is_pandoc: bool = True,
        in_links: Container[int] = frozenset(),
    ) -> None:
        self._in_links = in_links
        self._text = text
        self._converted = pandoc_markdown if is_pandoc else str
        self._regions = regions
        self._leaders = leaders
        self._kept = kept
        self._labels = labels
        self._answers = answers
        self._moves_notes = answers.settings.notes_after_punctuation is not False
        self._moves_raised = answers.settings.notes_after_punctuation is True
        self._notes: list[str] = []
        self._last_label = 0
        self._moved_end = -1  # where the last sign without punctuation after it ends

    def write(self, refs: int | None) -> str:
        """Return the whole text.

        Args:
            refs: The place of the bibliography, None for the end of the text.
        """
        answers = self._answers
        edits = self._citation_edits()
        title = answers.settings.section_title
        entries = "" if answers.bibliography is None else self._entries(answers.bibliography)
        if refs is not None and entries:
            edits.append(Edit(refs, refs, f"{entries}\n"))
            edits.sort(key=lambda edit: (edit.start, edit.end))
        return "".join(self._pieces(edits)) + self._end(refs is None, entries, title)

    def _citation_edits(self) -> list[Edit]:
        answers = self._answers
        edits: list[Edit] = []
        in_matter: dict[Region, list[Edit]] = {}
        for citation, answer in zip(answers.citations, answers.texts, strict=True):
            made = self._edits(citation, answer)
            region = self._regions.get(citation.start)
            if region is None or region.quoting is None:
                edits += made
            else:
                in_matter.setdefault(region, []).extend(made)
        for region, made in in_matter.items():
            edits += self._in_value(region, made)
        edits.sort(key=lambda edit: (edit.start, edit.end))
        return aligned(self._text, edits)

    def _in_value(self, region: Region, edits: list[Edit]) -> Iterator[Edit]:
        """Yield the edits in a value of metadata, which remains one value of YAML."""
        quoting = region.quoting
        if any(needs_quoting(edit.text, quoting) for edit in edits):
            # The value needs quotation marks now, and so those in it must be doubled.
            quoting = "'"
            yield Edit(region.start, region.start, quoting)
            yield Edit(region.end, region.end, quoting)
            place = self._text.find(quoting, region.start, region.end)
            while place >= 0:
                if not any(edit.start <= place < edit.end for edit in edits):
                    yield Edit(place, place + 1, quoting * 2)
                place = self._text.find(quoting, place + 1, region.end)
        yield from (Edit(one.start, one.end, quoted(one.text, quoting)) for one in edits)

    def _pieces(self, edits: list[Edit]) -> Iterator[str]:
        place = 0
        for edit in edits:
            if edit.start < place:
                continue  # another citation has taken this punctuation
            yield self._text[place : edit.start]
            yield edit.text
            place = edit.end
        yield self._text[place:]

    def _end(self, is_at_end: bool, entries: str, title: str | None) -> str:
        """Return what is added at the end of the text: the bibliography and the notes."""
        blocks: list[str] = []
        bibliography = self._answers.bibliography
        if is_at_end and entries and bibliography is not None:
            if title:
                blocks.append(f"# {title} {{#bibliography .unnumbered}}")
            blocks.append(f"{_opening(bibliography)}\n\n{entries}\n</div>")
        blocks += self._notes
        if not blocks:
            return ""
        text = self._text
        gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        return gap + "\n\n".join(blocks) + "\n"

    def _entries(self, bibliography: Bibliography) -> str:
        return "\n".join(
            f'<div id="ref-{html.escape(entry.id)}" class="csl-entry">\n\n'
            f"{self._converted(entry.text)}\n\n</div>\n"
            for entry in bibliography
        )

    # Citations

    def _edits(self, citation: DocumentCitation, answer: Citation) -> list[Edit]:
        in_text = self._shown_in_text(answer.in_text, citation.start)
        in_note = self._shown(answer.in_note)
        if not self._answers.is_note_style:
            return self._in_text(citation, in_text)
        if citation.in_note:
            return [self._inside_note(citation, in_text, in_note)]
        if not in_note:
            return self._in_text(citation, in_text)
        note = self._note(in_note)
        if in_text:
            return self._after_author(citation, in_text, note)
        return self._moved(citation, note, self._moves_notes)

    def _shown(self, text: str) -> str:
        return self._kept.restored(self._converted(text)) if text else ""

    def _shown_in_text(self, text: str, start: int) -> str:
        """Return a text for a place; within a line, nothing looks like the marker of a list."""
        shown = self._shown(text)
        if start in self._in_links:
            shown = _LINK.sub(r"\1", shown)
        region = self._regions.get(start)
        if region is not None and "*" in shown and is_in_emphasis(self._text, region.start, start):
            shown = _EMPHASIS.sub(r"_\1_", shown)
        if region is None or start == region.start or self._text[start - 1 : start] == "\n":
            return shown
        return _MARKER.sub(r"\1\2", shown)

    def _note(self, text: str) -> str:
        """Add a note; return the reference to it."""
        self._last_label += 1
        while str(self._last_label) in self._labels:
            self._last_label += 1
        self._notes.append(f"[^{self._last_label}]: {self._capitalised(text)}")
        return f"[^{self._last_label}]"

    # The form of a text, which decides where it is put

    def _is_raised(self, text: str) -> bool:
        return text.startswith(("^", "[^", "<sup>")) and not text.startswith("[^\\")

    def _ends_in_period(self, text: str) -> bool:
        return _ENDS_IN_PERIOD.search(text) is not None

    def _ends_in_punctuation(self, text: str) -> bool:
        return _ENDS_IN_PUNCTUATION.search(text) is not None

    def _without_final_period(self, text: str) -> str:
        return without_final_period(text)

    def _capitalised(self, text: str) -> str:
        return _capitalised(text)

    # Places

    def _in_text(self, citation: DocumentCitation, text: str) -> list[Edit]:
        if self._is_raised(text):
            return self._moved(citation, text, self._moves_raised)
        end = citation.end
        if self._ends_in_period(text) and self._is_lone_period(end):
            end += 1
        if text.startswith("(") and self._text[citation.start - 1 : citation.start] == "]":
            text = f"\\{text}"  # it is no link
        return [Edit(citation.start, end, text)]

    def _is_lone_period(self, place: int) -> bool:
        following = self._text[place : place + 2]
        return following[:1] == "." and not following[1:].strip()

    def _after_author(self, citation: DocumentCitation, author: str, note: str) -> list[Edit]:
        """Return a note after an author in the text, with the punctuation between them."""
        end = citation.end
        if not self._moves_notes:
            return [Edit(citation.start, end, author + note)]
        found = _WITHOUT_SPACE.match(self._text, end, self._region_end(citation))
        if found is None:
            return [Edit(citation.start, end, author + note)]
        punctuation = "" if self._ends_in_punctuation(author) else found[0]
        return [Edit(citation.start, found.end(), author + punctuation + note)]

    def _moved(self, citation: DocumentCitation, sign: str, moves: bool) -> list[Edit]:
        """Return a note, or a raised number, without the space before it, after punctuation."""
        text, start, end = self._text, citation.start, citation.end
        region = self._regions.get(start)
        before = start
        while before > (region.start if region else 0) and text[before - 1] in " \t\n":
            before -= 1
        if before < start and text[before - 1 : before] == "\\":
            before += 1  # a space that is protected remains
        has_space = before < start
        if not self._may_join(before, start, region) or (has_space and before == self._moved_end):
            return [Edit(start, end, sign)]
        self._moved_end = end if has_space else -1
        if not moves:
            return [Edit(before, end, sign)]
        pattern = _AFTER_SPACE if has_space else _WITHOUT_SPACE
        found = pattern.match(text, end, self._region_end(citation))
        punctuation = found[0] if found is not None else ""
        end += len(punctuation)
        if punctuation:
            self._moved_end = -1
        quote = before
        while quote > 0 and text[quote - 1] in _CLOSING_QUOTES:
            quote -= 1
        goes_inside = (
            has_space
            and quote < before
            and punctuation[:1] in (".", ",")
            and bool(punctuation)
            and self._answers.punctuation_in_quote
        )
        if not goes_inside:
            return [Edit(before, end, punctuation + sign)]
        inside = "" if text[quote - 1] in ".,!?" else punctuation[0]
        return [Edit(quote, end, inside + text[quote:before] + punctuation[1:] + sign)]

    def _may_join(self, before: int, start: int, region: Region | None) -> bool:
        """Return whether the space before a citation can be removed."""
        if region is not None and before <= region.start:
            return False  # it is the first text of a block
        return self._text.count("\n", before, start) <= 1

    def _region_end(self, citation: DocumentCitation) -> int:
        region = self._regions.get(citation.start)
        return len(self._text) if region is None else region.end

    def _inside_note(self, citation: DocumentCitation, in_text: str, in_note: str) -> Edit:
        """Return a citation in a note of the document, which does not become a note."""
        text, start, end = self._text, citation.start, citation.end
        if in_text and _bare(in_text) == _bare(in_note):
            return Edit(start, end, in_text)  # the note would print only the author again
        narrates = citation.cluster.cites[0].mode == "composite"
        if in_note and (in_text or narrates):
            following = _SENTENCE.match(text, end)
            rest = text[end : end + _NEAR].split("\n\n", 1)[0].strip() if following is None else "x"
            is_inline = (region := self._regions.get(start)) is not None and region.note is None
            ends = not rest or (is_inline and rest[0] == "]")
            ends = following[1].isupper() if following is not None else ends
            written = in_note if ends else self._without_final_period(in_note)
            return Edit(start, end, f"{in_text}, {written}" if in_text else written)
        if not in_note:
            return Edit(start, end, in_text)
        if start in self._leaders:
            if self._ends_in_period(in_note) and self._is_note_period(end):
                end += 1
            return Edit(start, end, in_note)
        before = text[start - 1 : start]
        space = "" if not before or before.isspace() or before in "([{^" else " "
        return Edit(start, end, f"{space}({self._without_final_period(in_note)})")

    def _is_note_period(self, place: int) -> bool:
        following = self._text[place : place + 2]
        return following[:1] == "." and (not following[1:].strip() or following[1:] == "]")


def without_final_period(text: str) -> str:
    """Return a text without the period at its end, which may be before closing signs.

    Example:
        >>> without_final_period("Kafka, *Castle*."), without_final_period("“Castle.”")
        ('Kafka, *Castle*', '“Castle”')
    """
    return _FINAL_PERIOD.sub(r"\1", text)


def _bare(text: str) -> str:
    """Return a text without links, and without the period at its end."""
    return _LINK.sub(r"\1", text).rstrip(".")


def _capitalised(text: str) -> str:
    """Return the text of a note: without a comma at its start, and with a capital."""
    if text[:2] in (", ", "; ", ": "):
        text = text[2:]
    first = _FIRST_WORD.match(text)
    if first is None or not first[1].islower():
        return text
    return text[: first.start(1)] + first[1].upper() + text[first.end(1) :]


def pandoc_markdown(text: str) -> str:
    r"""Return Markdown in which HTML's tags are the signs of pandoc, which all formats support.

    Example:
        >>> pandoc_markdown("Water<sup>1, 2</sup>, H<sub>2</sub>O")
        'Water^1,\\ 2^, H~2~O'
    """
    if "<" not in text:
        return text
    text = _OTHER_TAGS.sub(r"[\1]{.underline}", text)
    return _TAGS.sub(lambda found: _raised(_SIGNS[found[1]], found[2]), text)


def _raised(sign: str, text: str) -> str:
    inner = re.sub(r"(?<!\\)[ ]", r"\\ ", text).replace(f"\\{sign}", sign)
    return f"{sign}{inner}{sign}"


# Bibliographies


def _opening(bibliography: Bibliography) -> str:
    layout = bibliography.layout
    hanging = " hanging-indent" if layout.hanging_indent else ""
    spacing = "" if layout.entry_spacing == 1 else f' entry-spacing="{layout.entry_spacing}"'
    return f'<div id="refs" class="references csl-bib-body{hanging}"{spacing}>'
