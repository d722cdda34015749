"""The style sheet for the bibliographies of a site."""

from __future__ import annotations

from typing import Final

__all__ = ["STYLE_SHEET"]

STYLE_SHEET: Final = """\
.csl-entry {
  display: flow-root;
  margin-block: 0 calc(0.75em * var(--csl-entry-spacing, 1));
  overflow-wrap: anywhere;
  scroll-margin-top: 5rem;
}
.csl-hanging-indent .csl-entry {
  padding-inline-start: 2em;
  text-indent: -2em;
}
.csl-hanging-indent .csl-entry * {
  text-indent: 0;
}
.csl-left-margin {
  float: left;
  float: inline-start;
  min-width: var(--csl-margin, 4ch);
  padding-inline-end: 0.5em;
}
.csl-right-inline {
  display: flow-root;
}
.csl-indent {
  padding-inline-start: 2em;
}
.csl-entry:target {
  outline: 2px solid currentcolor;
  outline-offset: 3px;
}
"""
"""The second `float` is for scripts that are written from right to left."""
