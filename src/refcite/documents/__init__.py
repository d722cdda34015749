"""Documents: texts with citations at known places, in several syntaxes."""

from __future__ import annotations

__all__: list[str] = []
