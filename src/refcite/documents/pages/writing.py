"""The signs that are put at the places of citations in the text of a page.

A sign is three characters of a private area of Unicode: a mark, the number of the page and that of
the slot. Converters of Markdown leave them as they are, and they are in no anchor of a heading. The
text of a slot is not known when the page is written, but its form is: whether it is raised, or ends
in a period. That decides where the sign is put.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from typing import Final

from attrs import evolve, frozen

from refcite.csl.document.cited import Citation
from refcite.documents.answers import Answers
from refcite.documents.clusters import DocumentCitation
from refcite.documents.markdown.writing import Edit, Writer
from refcite.documents.pages.markup import is_raised, plain
from refcite.documents.pages.reading import PageDocument

__all__ = ["FOOTNOTES", "MARK", "SIGN", "PageWriter", "Slot", "Slots", "number_of"]

MARK: Final = "\U0010fc00"
_FIRST: Final = 0x100000
_MOST: Final = 0xF000
SIGN: Final = re.compile(f"{MARK}([\U00100000-\U0010efff])([\U00100000-\U0010efff])")
"""A sign, with the numbers of its page and its slot."""
_ENDS_IN_PERIOD: Final = re.compile(r"\.[\"'\u201d\u2019\u00bb]*\Z")
_ENDS_IN_PUNCTUATION: Final = re.compile(r"[.,;:!?][\"'\u201d\u2019\u00bb)]*\Z")
_NOT_IN_LABEL: Final = re.compile(r"[\s\[\]^\\`*_<>\"]+")
FOOTNOTES: Final = "///Footnotes Go Here///"
"""The line at which Python-Markdown puts the footnotes of a page."""


@frozen
class Slot:
    """What is put at the place of a sign.

    Attributes:
        kind: `text` or `note`, the parts of a citation; `entry`, an entry with the affixes of a
            cite; `list`, the bibliography of the page; `full`, the whole bibliography.
        index: The number of the citation in the page.
        cite: The number of the cite in the citation, for an entry.
        is_capitalised: Whether its first letter is a capital.
        ends_without_period: Whether the period at its end is omitted.
    """

    kind: str
    index: int = 0
    cite: int = 0
    is_capitalised: bool = False
    ends_without_period: bool = False


class Slots:
    """The slots of one page.

    Args:
        page: The number of the page.
    """

    def __init__(self, page: int) -> None:
        self._page = chr(_FIRST + page % _MOST)
        self.slots: list[Slot] = []

    def sign(self, slot: Slot) -> str:
        """Return a new sign for a slot."""
        if len(self.slots) >= _MOST:
            return ""
        self.slots.append(slot)
        return f"{MARK}{self._page}{chr(_FIRST + len(self.slots) - 1)}"

    def of(self, sign: str) -> Slot:
        """Return the slot of a sign."""
        return self.slots[ord(sign[-1]) - _FIRST]


def number_of(character: str) -> int:
    """Return the number that a character of a sign means."""
    return ord(character) - _FIRST


class PageWriter(Writer):
    """Writes signs into the text of a page.

    Args:
        page: The page.
        answers: The results, which need not be final.
        slots: The slots of the page.
        label: The labels of footnotes, with `{key}` or `{number}`.
        known: The keys of references.
        works_in_notes: Returns the cites of a citation whose works are footnotes: the number of
            each, its key, and whether it has affixes. None if notes are those of the style.
    """

    def __init__(
        self,
        page: PageDocument,
        answers: Answers,
        slots: Slots,
        label: str,
        known: Container[str],
        works_in_notes: Callable[[int], Iterable[tuple[int, str, bool]]] | None,
    ) -> None:
        self._texts = tuple(answers.texts)
        self._slots = slots
        self._label = label
        self._known = known
        self._works_in_notes = works_in_notes
        self._labelled: dict[str, str] = {}
        self._used_labels = {label.casefold() for label in page.note_labels}
        signs = [self._signs_of(index, one) for index, one in enumerate(answers.texts)]
        super().__init__(
            page.text,
            page.regions,
            page.leaders,
            page.kept,
            page.note_labels,
            evolve(answers, texts=signs),
            is_pandoc=False,
        )

    def _signs_of(self, index: int, answer: Citation) -> Citation:
        in_text = self._slots.sign(Slot("text", index)) if answer.in_text else ""
        in_note = self._slots.sign(Slot("note", index)) if answer.in_note else ""
        return Citation(in_text + in_note, in_text=in_text, in_note=in_note)

    def page_text(self, lists: Iterable[Edit], at_end: str) -> str:
        """Return the text of the page.

        Args:
            lists: The changes for the bibliographies.
            at_end: The bibliography at the end of the page.
        """
        edits = sorted([*self._citation_edits(), *lists], key=lambda edit: (edit.start, edit.end))
        text = "".join(self._pieces(edits))
        blocks = [*([at_end] if at_end else []), *self._notes]
        if not blocks:
            return text
        return text.rstrip("\n") + "\n\n" + "\n\n".join(blocks) + "\n"

    @property
    def has_notes(self) -> bool:
        """Whether there are footnotes that the page did not have."""
        return bool(self._notes)

    # Works as footnotes

    def _edits(self, citation: DocumentCitation, answer: Citation) -> list[Edit]:
        if self._works_in_notes is None or citation.in_note:
            return super()._edits(citation, answer)
        index = self._slots.of(str(answer)).index if answer else -1
        marks = "".join(
            f"[^{self._work_label(index, cite, key, has_affixes)}]"
            for cite, key, has_affixes in (self._works_in_notes(index) if answer else ())
        )
        if not marks:
            return self._in_text(citation, answer.in_text or answer.in_note)
        if citation.cluster.cites[0].mode == "author-only":
            return self._after_author(citation, answer.in_text or answer.in_note, marks)
        return self._moved(citation, marks, self._moves_notes)

    def _work_label(self, index: int, cite: int, key: str, has_affixes: bool) -> str:
        """Return the label of a work's footnote, which is written once for all cites alike."""
        if not has_affixes and key in self._labelled:
            return self._labelled[key]
        label = self._new_label(key)
        sign = self._slots.sign(Slot("entry", index, cite))
        self._notes.append(f"[^{label}]: {sign}")
        if not has_affixes:
            self._labelled[key] = label
        return label

    def _note(self, text: str) -> str:
        citation = self._answers.citations[self._slots.of(text).index]
        label = self._new_label(citation.keys[0].key if citation.keys else "")
        self._notes.append(f"[^{label}]: {self._capitalised(text)}")
        return f"[^{label}]"

    def _new_label(self, key: str) -> str:
        self._last_label += 1
        label = self._label.replace("{key}", key).replace("{number}", str(self._last_label))
        label = _NOT_IN_LABEL.sub("-", label) or str(self._last_label)
        chosen, count = label, 1
        while chosen.casefold() in self._used_labels:
            count += 1
            chosen = f"{label}-{count}"
        self._used_labels.add(chosen.casefold())
        return chosen

    # The form of a text

    def _shown_in_text(self, text: str, start: int) -> str:
        return text

    def _shown(self, text: str) -> str:
        return text

    def _form(self, sign: str) -> str:
        slot = self._slots.of(sign)
        answer = self._texts[slot.index]
        return answer.in_note if slot.kind == "note" else answer.in_text

    def _is_raised(self, text: str) -> bool:
        return is_raised(self._form(text)) if text else False

    def _ends_in_period(self, text: str) -> bool:
        return bool(text) and _ENDS_IN_PERIOD.search(plain(self._form(text))) is not None

    def _ends_in_punctuation(self, text: str) -> bool:
        return bool(text) and _ENDS_IN_PUNCTUATION.search(plain(self._form(text))) is not None

    def _without_final_period(self, text: str) -> str:
        slot = self._slots.of(text)
        return self._slots.sign(evolve(slot, ends_without_period=True))

    def _capitalised(self, text: str) -> str:
        slot = self._slots.of(text)
        keys = self._answers.citations[slot.index].keys
        if not any(key.key in self._known for key in keys):
            return text  # keys are printed as they are
        return self._slots.sign(evolve(slot, is_capitalised=True))
