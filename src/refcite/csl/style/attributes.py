"""The attributes of rendering elements that determine the form of their output.

Source: CSL 1.0.2, "Formatting", "Affixes", "Display", "Quotes", "Strip-periods" and "Text-case".
"""

from __future__ import annotations

from typing import Final, Literal

from attrs import frozen

__all__ = ["NORMAL", "PLAIN", "Display", "Format", "Look", "TextCase"]

Display = Literal["block", "left-margin", "right-inline", "indent"]
"""CSL's `display` attribute (specification, "Display")."""

TextCase = Literal[
    "lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title"
]
"""CSL's `text-case` attribute (specification, "Text-case")."""


@frozen
class Format:
    """The formatting attributes of one element (specification, "Formatting").

    An attribute is None if the element does not set it. After the flip-flop pass a value that
    restores the outer text's default is set explicitly: `font_style="normal"` inside italics.

    Attributes:
        font_style: `italic`, `oblique` or `normal`.
        font_variant: `small-caps` or `normal`.
        font_weight: `bold`, `light` or `normal`.
        text_decoration: `underline` or `none`.
        vertical_align: `sup`, `sub` or `baseline`.
    """

    font_style: str | None = None
    font_variant: str | None = None
    font_weight: str | None = None
    text_decoration: str | None = None
    vertical_align: str | None = None


NORMAL: Final = Format()
"""No formatting."""


@frozen(kw_only=True, cache_hash=True)
class Look:
    """The affixes, formatting and similar attributes of an element."""

    prefix: str = ""
    suffix: str = ""
    format: Format = NORMAL
    display: Display | None = None
    quotes: bool = False
    strip_periods: bool = False
    text_case: TextCase | None = None


PLAIN: Final = Look()
