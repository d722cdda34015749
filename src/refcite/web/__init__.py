"""Looking references up: by DOI, arXiv identifier, PMID, PMCID, ISBN, or the address of a page.

Nothing here touches the network, nor imports what would, until `lookup` is called.
"""

from __future__ import annotations

from refcite.web.failures import WebExtraError
from refcite.web.resolve import lookup
from refcite.web.settings import Settings, SettingsError

__all__ = ["Settings", "SettingsError", "WebExtraError", "lookup"]
