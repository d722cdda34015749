"""The citation processor: CSL styles, citations, bibliographies."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from refcite.csl.bibliographies import Bibliography as Bibliography
    from refcite.csl.bibliographies import Entry as Entry
    from refcite.csl.document.cited import Citation as Citation
    from refcite.csl.document.cites import Cite as Cite
    from refcite.csl.document.cites import CiteMode as CiteMode
    from refcite.csl.document.cites import Cluster as Cluster
    from refcite.csl.explain.explanation import ExplainedSpan as ExplainedSpan
    from refcite.csl.explain.explanation import Explanation as Explanation
    from refcite.csl.explain.explanation import Outcome as Outcome
    from refcite.csl.explain.explanation import Setting as Setting
    from refcite.csl.explain.explanation import Skipped as Skipped
    from refcite.csl.explain.explanation import Where as Where
    from refcite.csl.functions import bibliography as bibliography
    from refcite.csl.functions import cite_as as cite_as
    from refcite.csl.processor import Citable as Citable
    from refcite.csl.processor import EngineName as EngineName
    from refcite.csl.processor import Output as Output
    from refcite.csl.processor import Processor as Processor
    from refcite.csl.section_files import load_sections as load_sections
    from refcite.csl.sections import GroupBy as GroupBy
    from refcite.csl.sections import SectionCondition as SectionCondition
    from refcite.csl.sections import Sections as Sections
    from refcite.csl.style.style_search import search_styles as search_styles
    from refcite.csl.style.style_search import style_ids as style_ids
    from refcite.csl.style.style_source import style_xml as style_xml
    from refcite.csl.style.style_validation import check_style as check_style

_PUBLIC: Final = {
    "Bibliography": "refcite.csl.bibliographies",
    "Citable": "refcite.csl.processor",
    "Citation": "refcite.csl.document.cited",
    "Cite": "refcite.csl.document.cites",
    "CiteMode": "refcite.csl.document.cites",
    "Cluster": "refcite.csl.document.cites",
    "EngineName": "refcite.csl.processor",
    "Entry": "refcite.csl.bibliographies",
    "ExplainedSpan": "refcite.csl.explain.explanation",
    "Explanation": "refcite.csl.explain.explanation",
    "GroupBy": "refcite.csl.sections",
    "Outcome": "refcite.csl.explain.explanation",
    "Output": "refcite.csl.processor",
    "Processor": "refcite.csl.processor",
    "SectionCondition": "refcite.csl.sections",
    "Sections": "refcite.csl.sections",
    "Setting": "refcite.csl.explain.explanation",
    "Skipped": "refcite.csl.explain.explanation",
    "Where": "refcite.csl.explain.explanation",
    "bibliography": "refcite.csl.functions",
    "check_style": "refcite.csl.style.style_validation",
    "cite_as": "refcite.csl.functions",
    "load_sections": "refcite.csl.section_files",
    "search_styles": "refcite.csl.style.style_search",
    "style_ids": "refcite.csl.style.style_search",
    "style_xml": "refcite.csl.style.style_source",
}
"""The public names with their modules. A module is imported when a name is first used: a search for
styles does not need the processor."""

__all__ = [
    "Bibliography",
    "Citable",
    "Citation",
    "Cite",
    "CiteMode",
    "Cluster",
    "EngineName",
    "Entry",
    "ExplainedSpan",
    "Explanation",
    "GroupBy",
    "Outcome",
    "Output",
    "Processor",
    "SectionCondition",
    "Sections",
    "Setting",
    "Skipped",
    "Where",
    "bibliography",
    "check_style",
    "cite_as",
    "load_sections",
    "search_styles",
    "style_ids",
    "style_xml",
]


def __getattr__(name: str) -> object:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'refcite.csl' has no attribute {name!r}")
    value = getattr(import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
