"""How tests wait: for something to happen, never for a time that should suffice.

The one limit is so generous that only what hangs meets it. It says nothing of speed, which
`benchmarks/` measures.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

__all__ = ["HANG", "HANG_MS", "until"]

HANG: Final = 600.0
"""Seconds after which a test is taken to hang, however busy the machine is."""
HANG_MS: Final = HANG * 1000


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait until something has happened that only asking tells.

    Args:
        happened: Tells whether it has.
        what: What is waited for, for the message if it never comes.
    """
    ends = time.monotonic() + HANG
    while not happened():
        assert time.monotonic() < ends, f"this never came: {what}"
        time.sleep(0.02)
