"""The pages of a site, written in Python-Markdown, as MkDocs builds them.

Nothing here knows MkDocs. A page is read after the host has read its source, and is given back with
a sign at the place of each citation. When the host has converted the page to HTML, the signs are
replaced with the citations: the texts are never read as Markdown, and one numbering for all pages
is possible, since all pages are read before the first is completed.
"""

from __future__ import annotations

from refcite.documents.pages.settings import SiteSettings
from refcite.documents.pages.site import Site
from refcite.documents.pages.style_sheet import STYLE_SHEET

__all__ = ["STYLE_SHEET", "Site", "SiteSettings"]
