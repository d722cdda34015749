"""The name of a person or an organisation, read from text and from parts, and written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any, Final, NamedTuple

from attrs import evolve, fields, frozen

from refcite.characters import plain_text
from refcite.names.grammar import (
    APOSTROPHES,
    NameWords,
    after_comma,
    ends_in_suffix,
    is_lower,
    is_taken_apart,
    joined,
    split_family,
    split_given,
    split_inverted,
    split_straight,
)
from refcite.names.shapes import is_organisation, is_person_with_particle
from refcite.problems import RecordTypeError

__all__ = ["Name", "Parts"]

_PERSON: Final = ("family", "given", "dropping_particle", "non_dropping_particle", "suffix")
_TEXT_TYPES: Final = frozenset({str, type(None)})


class Parts(NamedTuple):
    """A person's name in the three parts that most formats have; an empty one is not written.

    `Name.of_parts(*parts)` reads them.

    Attributes:
        family: The family name after its non-dropping particle.
        given: The given name before its dropping particle.
        suffix: The suffix.

    Example:
        >>> from refcite.names import Parts
        >>> Parts("van der Berg", "Jan")
        Parts(family='van der Berg', given='Jan', suffix='')
    """

    family: str = ""
    given: str = ""
    suffix: str = ""


@frozen(kw_only=True, repr=False)
class Name:
    """A person, in parts, or an organisation, as one literal.

    An empty part is the same as a missing part.

    Attributes:
        family: Family name without particles: `Beethoven`.
        given: Given names or initials: `Ludwig`.
        dropping_particle: Particle that is omitted together with the given name: the `von` of
            *Alexander von Humboldt*, who is cited as *Humboldt*.
        non_dropping_particle: Particle that stays with the family name: the `van` of
            *Vincent van Gogh*, who is *van Gogh*.
        suffix: `Jr.`, `III`.
        literal: The whole name of an organisation, or of a person whose name must not be divided.
            The other parts are then not set.
        comma_suffix: Whether a comma is before the suffix in display order (`King, Jr.`).
        static_ordering: Whether family comes before given in every position (`Mao Zedong`).

    Raises:
        RecordTypeError: A part is not text, or a literal is combined with other parts.

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
            self._convert_texts()
            parts = tuple(getattr(self, part) for part in _PERSON)
        if self.literal is not None and any(part is not None for part in parts):
            raise RecordTypeError(
                f"Name.literal ({self.literal!r}) cannot be combined with family or given"
            )
        if "" in parts:
            for part in _PERSON:
                object.__setattr__(self, part, getattr(self, part) or None)

    def _convert_texts(self) -> None:
        for attribute in fields(Name)[:6]:
            value = getattr(self, attribute.name)
            if isinstance(value, str):
                object.__setattr__(self, attribute.name, plain_text(value))
            elif value is not None:
                raise RecordTypeError(
                    f"Name.{attribute.name} must be text or None,"
                    f" not {type(value).__name__} ({value!r})"
                )

    def replace(self, **changes: Any) -> Name:
        """Return a copy in which the named parts have other values.

        Args:
            **changes: Parts with their new values.

        Raises:
            RecordTypeError: A part is not text, or a literal is combined with other parts.
            TypeError: A part does not exist.

        Example:
            >>> from refcite import Name
            >>> Name(family="Smith").replace(given="Ann").given
            'Ann'
        """
        return evolve(self, **changes)

    @classmethod
    def parse(cls, text: str) -> Name:
        """Read one name in the forms of bibliographies.

        The forms are BibTeX's (`First von Last`, `von Last, First`, `von Last, Jr, First`), with
        a suffix after the given name as well, and biblatex's (`family=…, given=…, prefix=…`).
        Braces keep words together; a name in braces is an organisation.
        `refcite.names` defines particles and suffixes.

        Args:
            text: One name. It is never rejected: a text without a recognised family name is the
                family name. Several names are read as one; `refcite.names.read_list` divides them.

        Raises:
            RecordTypeError: The value is not text.

        Example:
            >>> from refcite import Name
            >>> Name.parse("Ludwig van Beethoven").non_dropping_particle
            'van'
            >>> Name.parse("Beethoven, Ludwig van").dropping_particle
            'van'
            >>> Name.parse("King, Jr., Martin Luther") == Name.parse("King, Martin Luther, Jr.")
            True
            >>> Name.parse("{Barnes and Noble}").literal
            'Barnes and Noble'
            >>> from refcite.names import read_list
            >>> [str(name) for name in read_list("Lee, A. and Wu, B.").names]
            ['Lee, A.', 'Wu, B.']
        """
        if not isinstance(text, str):
            raise RecordTypeError(f"Name.parse needs text, not {type(text).__name__} ({text!r})")
        text = text.strip()
        pairs = _pairs(text)
        if pairs:
            return cls._from_pairs(pairs)
        if _is_braced(text):
            return cls(literal=text[1:-1])
        return cls.of_words([_words(part) for part in _split(text, ",")], _plain)

    @classmethod
    def of_words(
        cls,
        parts: Sequence[Sequence[str]],
        decode: Callable[[str], str | None],
        lower: Callable[[str], bool] = is_lower,
        *,
        suffix_last: bool = False,
    ) -> Name:
        """Return the name whose words a format has delimited.

        Args:
            parts: The words between each two commas.
            decode: Converts words to text, with a space between each two: the escapes of a format
                are decoded after splitting.
            lower: Returns whether a word has the form of a particle.
            suffix_last: Whether the third of three parts is a suffix if none has the form of a
                suffix; otherwise the second is.

        Example:
            >>> from refcite import Name
            >>> Name.of_words([["von", "{Berg"], ["Jan"]], lambda text: text.strip("{"))
            Name(family='Berg', given='Jan', non_dropping_particle='von')
        """
        end = len(parts)
        while end > 1 and not parts[end - 1]:
            end -= 1
        if end == 1:
            return cls._of(split_straight(parts[0], lower), decode)
        return cls._of(split_inverted(parts[:end], lower, suffix_last=suffix_last), decode)

    @classmethod
    def _of(cls, words: NameWords, decode: Callable[[str], str | None]) -> Name:
        particle = decode(" ".join(words.non_dropping)) if words.non_dropping else None
        return cls(
            family=decode(" ".join(words.family)),
            given=decode(" ".join(words.given)) if words.given else None,
            non_dropping_particle=_spaced(particle) if words.is_spaced else particle,
            dropping_particle=decode(" ".join(words.dropping)) if words.dropping else None,
            suffix=decode(", ".join(map(" ".join, words.suffix))) if words.suffix else None,
        )

    @classmethod
    def of_parts(
        cls, family: str, given: str = "", suffix: str = "", *, particle: str | None = None
    ) -> Name:
        """Return the name of a person from separate parts, which may contain particles.

        Args:
            family: The family name. Leading words in lower case are a non-dropping particle.
            given: The given name. Known particles after it are a dropping particle. A suffix after
                it, or after a comma in it, is recognised if `suffix` is empty. A name without a
                family name is not divided.
            suffix: The suffix.
            particle: The non-dropping particle, if the format has a field for it. The family
                name is then not divided.

        Example:
            >>> from refcite import Name
            >>> Name.of_parts("van der Berg", "Jan")
            Name(family='Berg', given='Jan', non_dropping_particle='van der')
            >>> Name.of_parts("La Fontaine", "Jean de").dropping_particle
            'de'
            >>> Name.of_parts("d'Alembert", particle="").family
            "d'Alembert"
        """
        if not family or not is_taken_apart(family, given):
            return cls(family=family, given=given, suffix=suffix, non_dropping_particle=particle)
        comma = False
        if not suffix and "," in given:
            given, suffix, comma = after_comma(given)
        names, dropping, behind = split_given(given.split(), has_suffix=bool(suffix))
        if particle is None:
            before, last, spaced = split_family(family.split())
            particle, family = " ".join(before), " ".join(last)
            particle = _spaced(particle) if spaced else particle
        return cls(
            family=family,
            given=" ".join(names),
            non_dropping_particle=particle,
            dropping_particle=" ".join(dropping),
            suffix=suffix or " ".join(behind),
            comma_suffix=comma,
        )

    def parts(self) -> Parts:
        """Return the parts that `of_parts` reads as the same name.

        For a name from `parse` or `of_parts`, `of_parts` returns an equal name, unless braces or
        keys kept words together that `of_parts` divides (`{van Gogh}, Vincent`). For any other
        name, text and order are the same, and the particles follow the rules of `grammar`. A
        literal is a family name.

        Example:
            >>> from refcite import Name
            >>> Name.parse("Jan van der Berg").parts()
            Parts(family='van der Berg', given='Jan', suffix='')
        """
        if self.literal is not None:
            return Parts(self.literal)
        given, dropping = self.given, self.dropping_particle
        return Parts(
            joined(self.non_dropping_particle, self.family),
            f"{given} {dropping}" if given and dropping else given or dropping or "",
            self.suffix or "",
        )

    @classmethod
    def of_inverted(cls, text: str) -> Name:
        """Read a name in the form of reference managers: `Last, First, Suffix`.

        Several words without a comma are an organisation, unless a particle shows a person
        (`van der Berg`, `Ludwig van Beethoven`). A comma at the end marks an organisation, as in
        EndNote.

        Args:
            text: One name.

        Example:
            >>> from refcite import Name
            >>> Name.of_inverted("King, Martin Luther, Jr.").suffix
            'Jr.'
            >>> for text in ("World Health Organization", "UNESCO,", "Plato"):
            ...     print(Name.of_inverted(text))
            {World Health Organization}
            {UNESCO}
            Plato
        """
        family, *others = (part.strip() for part in text.split(","))
        if not others:
            if " " not in family:
                return cls(family=family)
            # `bell hooks`, `e. e. cummings`: persons who write their names in lower case.
            is_lower = family.islower() and (
                not is_organisation(family) or _LOWER_INITIALS.match(family) is not None
            )
            is_person = is_lower or is_person_with_particle(family)
            return cls.parse(family) if is_person else cls(literal=family)
        if not family or not any(others) or (not others[-1] and is_organisation(text)):
            return cls(literal=text.strip().rstrip(",").strip() or text)
        if len(others) == 1:
            if " " not in family:
                return cls.of_parts(family, others[0])
            if not (ends_in_suffix(family) or ends_in_suffix(others[0])):
                return cls.of_parts(family, others[0])
            # `King Jr., Martin`, `Martin King, Jr.`
            return cls.of_words([family.split(), others[0].split()], _as_it_is)
        return cls.of_words(
            [part.split() for part in (family, *others)], _as_it_is, suffix_last=True
        )

    def inverted(self) -> str:
        """Return the name in the form of `of_inverted`; if that cannot read it back, without marks.

        Example:
            >>> from refcite import Name
            >>> Name(family="King", given="Martin Luther", suffix="Jr.").inverted()
            'King, Martin Luther, Jr.'
            >>> Name(literal="UNESCO").inverted(), Name(literal="World Bank").inverted()
            ('UNESCO,', 'World Bank')
        """
        if self.literal is not None:
            texts = (self.literal, f"{self.literal},")
            return next((text for text in texts if Name.of_inverted(text) == self), self.literal)
        parts = self.parts()
        if parts.suffix:
            return f"{parts.family}, {parts.given}, {parts.suffix}"
        return f"{parts.family}, {parts.given}" if parts.given else parts.family

    @classmethod
    def _from_pairs(cls, pairs: dict[str, str]) -> Name:
        # biblatex: a prefix that is not used in sorting is a dropping particle.
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
        """Return the name in the form that `parse` reads: `von Last, Jr, First`, or in braces."""
        for text in (self._sorted_form(), f"{{{self.literal}}}"):
            if _is_balanced(text) and Name.parse(text) == self:
                return text
        return self._extended_form()

    def _sorted_form(self) -> str:
        parts = self.parts()
        return ", ".join(filter(None, (parts.family, parts.suffix, parts.given)))

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


def _naming_parse(init: Callable[..., None]) -> Callable[..., None]:
    """Return the `__init__` of attrs with an error for a name that is passed as one text.

    It contains the code of `init` and does not call it: readers create many names, and another call
    for each would take time.
    """

    @wraps(init)
    def __init__(  # noqa: N807 - replaces it
        self: Name,
        *positional: object,
        family: str | None = None,
        given: str | None = None,
        dropping_particle: str | None = None,
        non_dropping_particle: str | None = None,
        suffix: str | None = None,
        literal: str | None = None,
        comma_suffix: bool = False,
        static_ordering: bool = False,
    ) -> None:
        if positional:
            text = positional[0] if isinstance(positional[0], str) else "Ann Lee"
            raise RecordTypeError(
                f"the parts of a Name must be named, as in Name(family='Lee'); use"
                f" Name.parse({text!r:.60}) to read a text"
            )
        _SET(self, "family", family)
        _SET(self, "given", given)
        _SET(self, "dropping_particle", dropping_particle)
        _SET(self, "non_dropping_particle", non_dropping_particle)
        _SET(self, "suffix", suffix)
        _SET(self, "literal", literal)
        _SET(self, "comma_suffix", comma_suffix)
        _SET(self, "static_ordering", static_ordering)
        self.__attrs_post_init__()

    return __init__


_SET: Final = object.__setattr__
Name.__init__ = _naming_parse(Name.__init__)  # type: ignore[method-assign]  # replaced on purpose


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
_LOWER_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.\s?){1,4}[^\W\d_]+\Z")
_PAIR: Final = re.compile(rf"({'|'.join(_KEYS)})\s*=\s*(.*)", re.DOTALL)
_SIMPLE: Final = re.compile(r"[^\s,{}\"=]+(?: [^\s,{}\"=]+)*")


_HIDES: Final = re.compile(r"[{}\"\\]")
"""The characters that may protect a separator."""


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _is_braced(text: str) -> bool:
    """Return whether one pair of braces spans the whole text."""
    return text[:1] == "{" and text[-1:] == "}" and _is_balanced(text[1:-1])


def _split(text: str, separator: str) -> Iterator[str]:
    """Split at a separator that is outside braces and quoted strings."""
    if _HIDES.search(text) is None:
        yield from text.split(separator)
        return
    depth = start = 0
    quoted = escaped = False
    before = ""  # the last character that is not a space
    braces_count = _is_balanced(text)
    for index, character in enumerate(text):
        if escaped:
            escaped = False
        elif quoted:
            quoted, escaped = character != '"', character == "\\"
        elif character == '"' and before == "=":
            quoted = True
        elif braces_count and character in "{}":
            depth += 1 if character == "{" else -1
        elif character == separator and depth == 0:
            yield text[start:index]
            start = index + 1
        if not character.isspace():
            before = character
    yield text[start:]


def _pairs(text: str) -> dict[str, str]:
    """Read biblatex's `key=value` form; other texts return nothing."""
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
    """Remove the braces that kept words together."""
    if _is_balanced(text):
        text = text.replace("{", "").replace("}", "")
    return " ".join(text.split()) or None


def _words(text: str) -> list[str]:
    """Split at white space that is outside braces."""
    if "{" not in text or not _is_balanced(text):
        return text.split()
    return [word for word in _split(" ".join(text.split()), " ") if word]


def _spaced(particle: str | None) -> str | None:
    """Keep the space after an apostrophe, which is intended: `de' Medici`."""
    return f"{particle} " if particle and particle[-1] in APOSTROPHES else particle


def _as_it_is(text: str) -> str | None:
    return text or None
