"""The prefixes and suffixes that writers add to cites, with the necessary spaces."""

from __future__ import annotations

import re
from typing import Final

from refcite.csl.text.field_markup import append_raw, append_text
from refcite.csl.text.scripts import is_romanesque
from refcite.csl.text.stream import Stream

__all__ = ["append_prefix", "append_suffix"]

_TAG: Final = re.compile(r"<[^<>]+>")
_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")
"""Spaces at which a line can end: others remain."""
_END: Final = "\"'\u201d\u2019\u00bb\u202f\u00a0 "


def append_prefix(prefix: str, stream: Stream, typographic: bool = True) -> bool:
    """Append a cite's prefix, with a space if it ends with a word or sign.

    Returns:
        Whether the cite continues with the sentence: False if the prefix ends one.

    Example:
        >>> stream = []
        >>> append_prefix("see", stream), stream
        (True, ['see '])
    """
    bare = _TAG.sub("", prefix).rstrip(_END)
    last = bare[-1:]
    needs_space = last in tuple(".;:&!?)],0123456789") or (last != "" and is_romanesque(last))
    text = _SPACES.sub(" ", f"{prefix} " if needs_space else prefix)
    (append_text if typographic else append_raw)(text, stream)
    ends_sentence = last in tuple(":.;!?") and " " in text.strip()
    return not ends_sentence


def append_suffix(suffix: str, stream: Stream, typographic: bool = True) -> None:
    """Append a cite's suffix, after a space if it starts with a word or bracket."""
    start = _TAG.sub("", suffix)[:1]
    if start and (start in "[(" or is_romanesque(start)):
        suffix = f" {suffix}"
    (append_text if typographic else append_raw)(suffix, stream)
