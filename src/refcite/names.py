"""Names of persons and organisations.

A `Name` has the parts that CSL knows (specification, "Names"): family and given names, dropping
and non-dropping particles, a suffix; or one literal, for an organisation, which is never split.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import evolve, fields, frozen

from refcite.problems import RecordTypeError

__all__ = ["Name"]

_TEXT_TYPES: Final = frozenset({str, type(None)})


@frozen(kw_only=True, repr=False)
class Name:
    """A person, in parts, or an organisation, as one literal.

    Attributes:
        family: Family name, without particles: `Beethoven`.
        given: Given names or initials: `Ludwig`.
        dropping_particle: Particle that goes when the given name goes: the `von` of
            *Alexander von Humboldt*, who is *Humboldt*.
        non_dropping_particle: Particle that stays with the family name: the `van` of
            *Vincent van Gogh*, who is *van Gogh*.
        suffix: `Jr.`, `III`.
        literal: The whole name of an organisation, or of a person whose name is not to be split.
            It stands alone.
        comma_suffix: Whether a comma stands before the suffix in display order (`King, Jr.`).
        static_ordering: Whether family comes before given in every position (`Mao Zedong`).

    Raises:
        RecordTypeError: A part is not text, or a literal stands beside other parts.

    Example:
        >>> from refcite import Name
        >>> str(Name(family="Gogh", given="Vincent", non_dropping_particle="van"))
        'van Gogh, Vincent'
        >>> str(Name(literal="Barnes and Noble"))
        '{Barnes and Noble}'
    """

    family: str | None = None
    given: str | None = None
    dropping_particle: str | None = None
    non_dropping_particle: str | None = None
    suffix: str | None = None
    literal: str | None = None
    comma_suffix: bool = False
    static_ordering: bool = False

    def __attrs_post_init__(self) -> None:
        parts = (
            self.family,
            self.given,
            self.dropping_particle,
            self.non_dropping_particle,
            self.suffix,
        )
        if not {*map(type, parts), type(self.literal)} <= _TEXT_TYPES:
            self._refuse_wrong()
        if self.literal is not None and any(part is not None for part in parts):
            raise RecordTypeError(
                f"Name.literal ({self.literal!r}) must stand alone, without family or given"
            )

    def _refuse_wrong(self) -> None:
        for attribute in fields(Name)[:6]:
            value = getattr(self, attribute.name)
            if not isinstance(value, str | None):
                raise RecordTypeError(
                    f"Name.{attribute.name} must be text or None,"
                    f" not {type(value).__name__} ({value!r})"
                )

    def replace(self, **changes: Any) -> Name:
        """Return a copy in which the named parts have other values.

        Args:
            **changes: Parts with their new values.

        Raises:
            RecordTypeError: A part is not text, or a literal stands beside other parts.
            TypeError: There is no such part.

        Example:
            >>> from refcite import Name
            >>> Name(family="Smith").replace(given="Ann").given
            'Ann'
        """
        return evolve(self, **changes)

    @classmethod
    def parse(cls, text: str) -> Name:
        """Read one name as bibliographies write it.

        The forms are BibTeX's (`First von Last`, `von Last, First`, `von Last, Jr, First`) and
        biblatex's (`family=…, given=…, prefix=…`). Braces keep words together; a name that is
        braced as a whole is an organisation's. Words in lower case before the family name are
        a non-dropping particle.

        Args:
            text: One name. It is never refused: what has no family name is all family name.

        Example:
            >>> from refcite import Name
            >>> Name.parse("Ludwig van Beethoven").non_dropping_particle
            'van'
            >>> Name.parse("King, Jr., Martin Luther").suffix
            'Jr.'
            >>> Name.parse("{Barnes and Noble}").literal
            'Barnes and Noble'
        """
        text = text.strip()
        pairs = _pairs(text)
        if pairs:
            return cls._from_pairs(pairs)
        if _is_braced(text):
            return cls(literal=text[1:-1])
        before, *after = (part.strip() for part in _split(text, ","))
        if not any(after):
            return _first_von_last(_words(before))
        particle, family = _von_last(_words(before))
        suffix = ", ".join(after[:-1])
        return cls(
            family=family,
            given=_plain(after[-1]),
            non_dropping_particle=particle,
            suffix=_plain(suffix),
        )

    @classmethod
    def _from_pairs(cls, pairs: dict[str, str]) -> Name:
        # biblatex: a prefix that is not used in sorting is one that can be dropped.
        dropped = pairs.get("useprefix", "true").lower() == "false"
        prefix = pairs.get("prefix")
        return cls(
            family=pairs.get("family"),
            given=pairs.get("given"),
            dropping_particle=pairs.get("dropping-particle", prefix if dropped else None),
            non_dropping_particle=None if dropped else prefix,
            suffix=pairs.get("suffix"),
            literal=pairs.get("literal"),
            comma_suffix=pairs.get("comma-suffix") == "true",
            static_ordering=pairs.get("static-ordering") == "true",
        )

    def __repr__(self) -> str:
        """Show the parts that are set."""
        given = ((part.name, getattr(self, part.name), part.default) for part in fields(Name))
        shown = ", ".join(f"{name}={value!r}" for name, value, default in given if value != default)
        return f"Name({shown})"

    def __str__(self) -> str:
        """Return the name as `parse` reads it back: `von Last, Jr, First`, or braced."""
        for text in (self._sorted_form(), f"{{{self.literal}}}"):
            if _is_balanced(text) and Name.parse(text) == self:
                return text
        return self._extended_form()

    def _sorted_form(self) -> str:
        last = " ".join(filter(None, (self.non_dropping_particle, self.family)))
        return ", ".join(filter(None, (last, self.suffix, self.given)))

    def _extended_form(self) -> str:
        parts = {
            "family": self.family,
            "given": self.given,
            "dropping-particle": self.dropping_particle,
            "prefix": self.non_dropping_particle,
            "suffix": self.suffix,
            "literal": self.literal,
            "comma-suffix": "true" if self.comma_suffix else None,
            "static-ordering": "true" if self.static_ordering else None,
        }
        written = [f"{key}={_quoted(part)}" for key, part in parts.items() if part is not None]
        return ", ".join(written) or "family="


_KEYS: Final = (
    "comma-suffix",
    "dropping-particle",
    "family",
    "given",
    "literal",
    "prefix",
    "static-ordering",
    "suffix",
    "useprefix",
)
_PAIR: Final = re.compile(rf"({'|'.join(_KEYS)})\s*=\s*(.*)", re.DOTALL)
_SIMPLE: Final = re.compile(r"[^\s,{}\"=]+(?: [^\s,{}\"=]+)*")


_HIDES: Final = re.compile(r"[{}\"\\]")
"""What may hide a separator."""


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _is_braced(text: str) -> bool:
    """Tell whether one pair of braces spans the whole text."""
    return text[:1] == "{" and text[-1:] == "}" and _is_balanced(text[1:-1])


def _split(text: str, separator: str) -> Iterator[str]:
    """Split at a separator that stands outside braces and quoted strings."""
    if _HIDES.search(text) is None:
        yield from text.split(separator)
        return
    depth = start = 0
    quoted = escaped = False
    braces_count = _is_balanced(text)
    for index, character in enumerate(text):
        if escaped:
            escaped = False
        elif quoted:
            quoted, escaped = character != '"', character == "\\"
        elif character == '"' and text[:index].rstrip()[-1:] == "=":
            quoted = True
        elif braces_count and character in "{}":
            depth += 1 if character == "{" else -1
        elif character == separator and depth == 0:
            yield text[start:index]
            start = index + 1
    yield text[start:]


def _pairs(text: str) -> dict[str, str]:
    """Read biblatex's `key=value` form; anything else gives nothing."""
    if not _PAIR.match(text):
        return {}
    found = [_PAIR.fullmatch(part.strip()) for part in _split(text, ",")]
    return {pair[1]: _unquoted(pair[2]) for pair in found if pair} if all(found) else {}


def _quoted(value: str) -> str:
    return value if _SIMPLE.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _unquoted(value: str) -> str:
    if value[:1] == '"':
        try:
            return str(json.loads(value, strict=False))
        except ValueError:
            return value
    return value[1:-1] if _is_braced(value) else value


def _plain(text: str) -> str | None:
    """Take away the braces that kept words together."""
    if _is_balanced(text):
        text = text.replace("{", "").replace("}", "")
    return " ".join(text.split()) or None


def _words(text: str) -> list[str]:
    """Split at white space that stands outside braces."""
    if "{" not in text or not _is_balanced(text):
        return text.split()
    return [word for word in _split(" ".join(text.split()), " ") if word]


def _is_lower(word: str) -> bool:
    """Tell whether a word is a particle: its first letter outside braces is in lower case."""
    depth = 0
    for character in word:
        depth += (character == "{") - (character == "}")
        if depth == 0 and character.isalpha():
            return character.islower()
    return False


def _first_von_last(words: list[str]) -> Name:
    # The last word is always family name, even in lower case (BibTeX's rule).
    start = next((i for i, word in enumerate(words[:-1]) if _is_lower(word)), len(words) - 1)
    start = max(start, 0)
    particle, family = _von_last(words[start:])
    return Name(
        family=family, given=_plain(" ".join(words[:start])), non_dropping_particle=particle
    )


def _von_last(words: list[str]) -> tuple[str | None, str | None]:
    end = max((i for i, word in enumerate(words[:-1]) if _is_lower(word)), default=-1) + 1
    return _plain(" ".join(words[:end])), _plain(" ".join(words[end:]))
