"""Refworld: metadata pages and "cite as" strings of UNHCR's law and policy database.

Data goes one way: HTML → lines → the parts of a source (`Document`) → record. `page` reads the
block of metadata, `results` lists of results, `heads` pages that have neither. `strings` reads a
text that contains strings: `notes` divides it at the numbers of footnotes (`marks`) and after each
citation, and `sentences` finds the start of a citation. `citeas` reads one string from the right:
first its `availability`, then the last date, then its `description`.
"""

from refcite.formats.refworld.names import is_person
from refcite.formats.refworld.read import read
from refcite.formats.refworld.table import mapping
from refcite.formats.refworld.write import write

__all__ = ["is_person", "mapping", "read", "write"]
