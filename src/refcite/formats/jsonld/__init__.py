"""JSON-LD with schema.org's terms: its nodes, their keys and types, and the works among them.

`schema-org` reads files in this format, `html` reads it in web pages.
"""

from refcite.formats.jsonld.graph import Graph, Node, Nodes, Work, types_of, values_of
from refcite.formats.jsonld.terms import CSL, Terms, is_schema_org
from refcite.formats.jsonld.types import OWN_TYPES, TYPES, chosen_type

__all__ = [
    "CSL", "OWN_TYPES", "TYPES", "Graph", "Node", "Nodes", "Terms", "Work", "chosen_type",
    "is_schema_org", "types_of", "values_of",
]  # fmt: skip
