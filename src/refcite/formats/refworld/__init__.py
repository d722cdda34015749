"""Refworld: metadata pages and "cite as" strings of UNHCR's law and policy database.

Data goes one way: HTML → lines → what a source says (`Document`) → record. `page` reads the block
of metadata, `results` lists of results, `heads` what has neither, `citeas` a bare string from
the right: first its `tail`, then the last date, then what is `left` of it.
"""

from refcite.formats.refworld.names import is_person
from refcite.formats.refworld.read import read
from refcite.formats.refworld.table import mapping
from refcite.formats.refworld.write import write

__all__ = ["is_person", "mapping", "read", "write"]
