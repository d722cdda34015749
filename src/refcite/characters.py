r"""Characters that no encoding can carry, digits, and texts of types derived from `str`.

UTF-16 writes a character beyond U+FFFF as two units, a surrogate pair. Half of a pair is not a
character, and UTF-8 cannot express it. JSON can (`"\ud83d"`), and so can texts of Python, such as
the name of a file whose bytes are not UTF-8.
"""

from __future__ import annotations

from typing import Final

__all__ = ["HALF_PAIR", "first_surrogate", "number_in", "plain_text", "without_surrogates"]

_LONGEST_NUMBER: Final = 18
HALF_PAIR: Final = "half of a surrogate pair, which is not a character; it is read as U+FFFD"
"""How the messages of readers describe it."""


def number_in(text: str) -> int | None:
    """Return the number of at most 18 decimal digits that a text is, or None.

    `str.isdigit` is also true of digits that `int` rejects, such as `²`, and `int` rejects texts of
    more than 4,300 digits. Decimal digits of all scripts are read.

    Example:
        >>> number_in("1999"), number_in("١٩٩٩"), number_in("²"), number_in("9" * 5000)
        (1999, 1999, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def first_surrogate(text: str) -> int | None:
    r"""Return the index of the first half of a surrogate pair, or None.

    Example:
        >>> first_surrogate("Zo\ud83d"), first_surrogate("Zoë 😀")
        (2, None)
    """
    if text.isascii():
        return None
    try:
        text.encode()  # several times as fast as a regular expression
    except UnicodeEncodeError as error:
        return error.start
    return None


def without_surrogates(text: str) -> str:
    r"""Return a text that UTF-8 can express.

    Two halves that belong together become their character; any other half becomes U+FFFD.

    Args:
        text: The text; it is returned unchanged if it has no halves.

    Example:
        >>> without_surrogates("\ud83d\ude00 \ude00") == "😀 \ufffd"
        True
    """
    if first_surrogate(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def plain_text(text: str) -> str:
    """Return a text whose type is `str` itself, with the same characters.

    Libraries return texts of derived types: lxml for XPath, Beautiful Soup for nodes, NumPy for
    elements of arrays, `enum.StrEnum` for its members.

    Args:
        text: The text; it is returned unchanged if its type is `str`.

    Example:
        >>> class Markup(str): ...
        >>> type(plain_text(Markup("One"))) is str
        True
    """
    # `str(text)` would call a method of the derived type, which may return another text.
    return text if type(text) is str else str.__str__(text)
