"""Dublin Core in XML, alone and in the responses of OAI-PMH."""

from __future__ import annotations

from refcite.formats.oai_dc.read import read, read_stream
from refcite.formats.oai_dc.table import mapping

__all__ = ["mapping", "read", "read_stream"]
