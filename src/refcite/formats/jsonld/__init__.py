"""JSON-LD with schema.org's words: its nodes, what their keys and types mean, which are works.

`schema-org` reads files of it, `html` what web pages say so.
"""

from refcite.formats.jsonld.graph import Graph, Node, Nodes, Work, types_of, values_of
from refcite.formats.jsonld.terms import CSL, Terms, is_schema_org
from refcite.formats.jsonld.types import OWN_TYPES, TYPES, chosen_type

__all__ = [
    "CSL", "OWN_TYPES", "TYPES", "Graph", "Node", "Nodes", "Terms", "Work", "chosen_type",
    "is_schema_org", "types_of", "values_of",
]  # fmt: skip
