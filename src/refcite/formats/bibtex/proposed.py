"""Split the blocks that can be read in several ways, as bibtexparser proposes.

Each proposal is checked: bibtexparser merges a field with the next one if a comma is missing, reads
a backslash before a brace as an escape (BibTeX does not), and omits entries whose type is not
followed by a brace on the same line. Blocks that fail the check are split again by
`refcite.formats.bibtex.recover`.
"""

from __future__ import annotations

import logging
import re
from typing import Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block as Proposal,
)
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ExplicitComment,
    ImplicitComment,
    Preamble,
    String,
)

from refcite.formats.bibtex.blocks import (
    BLOCK_START,
    CONTINUATION,
    FIELD_NAME,
    Block,
    Fault,
    Kind,
    Value,
    expression,
)
from refcite.formats.bibtex.recover import Recoverer

__all__ = ["split_proposed"]

# bibtexparser warns of each broken block through logging; here a problem describes it better.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

# Text that starts like a block, and lines that start like one without a brace.
_ANY_START: Final = re.compile(
    rf"@(?={BLOCK_START.pattern[1:]})|^[ \t]*@(?=[ \t]*\w)", re.MULTILINE
)


def split_proposed(
    recoverer: Recoverer, done: int, stop: int, blocks: list[Block], faults: list[Fault]
) -> int:
    """Split the text between two offsets as bibtexparser proposes.

    Args:
        recoverer: Splits the blocks that fail the check.
        done: The offset of the end of the block before.
        stop: The offset of the next entry that can be read in only one way.
        blocks: The list to which the blocks are added.
        faults: The list to which the errors in them are added.

    Returns:
        The offset of the end of the last block.
    """
    text = recoverer.text
    cursor = done
    proposals = parse_string(text[done:stop], parse_stack=[]).blocks
    proposals.reverse()
    while proposals:
        proposal = proposals.pop()  # released, since all are twice the file's size
        if type(proposal) is ImplicitComment:
            continue
        raw = proposal.raw or ""
        start = text.find(raw, cursor)
        proposed = _inner(proposal)
        cursor = start + (len(raw) if proposed is not None else 1)
        if start < done:
            continue
        if text.find("@", done, start) >= 0:
            done = _resplit_between(recoverer, done, start, blocks, faults)
            if start < done:
                continue
        end = start + len(raw)
        good = proposed is not None and not CONTINUATION.match(text, end)
        block = _checked(proposed, start, end) if good else None
        if block is None:
            block = recoverer.block(start, faults)
        blocks.append(block)
        done = block.end
    if text.find("@", done, stop) >= 0:
        done = _resplit_between(recoverer, done, stop, blocks, faults)
    return done


def _inner(proposal: Proposal) -> Proposal | None:
    """Return the block itself if only its key or a field occurs twice; None if it failed."""
    if isinstance(proposal, DuplicateBlockKeyBlock):
        return _inner(proposal.ignore_error_block) if proposal.ignore_error_block else None
    if isinstance(proposal, DuplicateFieldKeyBlock):
        return proposal.ignore_error_block
    if isinstance(proposal, Entry | String | Preamble | ExplicitComment):
        return proposal
    return None


def _resplit_between(
    recoverer: Recoverer, start: int, end: int, blocks: list[Block], faults: list[Fault]
) -> int:
    """Split the text that bibtexparser found between the blocks; return the end."""
    text = recoverer.text
    while found := _ANY_START.search(text, start, end):
        place = found.end() - 1
        if text[place - 1 : place].isalnum():  # an e-mail address
            start = found.end()
            continue
        block = recoverer.block(place, faults)
        blocks.append(block)
        start = block.end
    return start


def _checked(proposal: Proposal | None, start: int, end: int) -> Block | None:
    """Return the block that is proposed, or None if BibTeX would read it differently."""
    if isinstance(proposal, Entry):
        fields = _checked_fields(proposal)
        key = proposal.key
        if fields is None or not key or "\n" in key:
            return None
        return Block(Kind.ENTRY, proposal.entry_type, key, fields, start, end)
    if isinstance(proposal, String):
        value = expression(proposal.value)
        if value is None or not FIELD_NAME.fullmatch(proposal.key):
            return None
        return Block(Kind.STRING, "string", proposal.key, [(proposal.key, value)], start, end)
    if isinstance(proposal, Preamble):
        value = expression(proposal.value.strip())
        if value is None:
            return None
        return Block(Kind.PREAMBLE, "preamble", "", [("", value)], start, end)
    return Block(Kind.COMMENT, "comment", "", [], start, end)


def _checked_fields(entry: Entry) -> list[tuple[str, Value]] | None:
    fields: list[tuple[str, Value]] = []
    for one in entry.fields:
        name, value = one.key, one.value
        if not FIELD_NAME.fullmatch(name):
            return None
        read = expression(value)
        if read is None:
            return None
        fields.append((name, read))
    return fields
