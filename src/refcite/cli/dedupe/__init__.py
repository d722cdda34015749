"""`refcite dedupe`: find, show and merge the records that describe the same work."""

from refcite.cli.dedupe.command import Wanted, dedupe_files, undo

__all__ = ["Wanted", "dedupe_files", "undo"]
