"""Look up references by DOI, arXiv identifier, PMID, PMCID, ISBN, or the URL of a page.

The package uses the network, and imports modules for it, only if `lookup` is called.
"""

from __future__ import annotations

from refcite.web.failures import WebExtraError
from refcite.web.resolve import lookup
from refcite.web.settings import Settings, SettingsError

__all__ = ["Settings", "SettingsError", "WebExtraError", "lookup"]
