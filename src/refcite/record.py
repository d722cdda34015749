"""The record: one work, as typed and immutable values.

`Record` has an attribute for every variable of CSL 1.0.2, with its CSL name in snake_case, and
`extra` for the fields of a source that have no variable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from itertools import chain
from operator import attrgetter
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self, cast

from attrs import evolve, field, fields, frozen, make_class

from refcite import hooks
from refcite.characters import plain_text
from refcite.dates import Date
from refcite.handwritten import (
    DateLike,
    NamesLike,
    NumberLike,
    to_date,
    to_names,
    to_number,
)
from refcite.hints import record_hint, type_hint, unknown_attribute
from refcite.names import Name
from refcite.problems import (
    Problem,
    RecordTypeError,
    UnknownAttributeError,
    described,
    near_matches,
)
from refcite.vocabulary import (
    DATE_VARIABLES,
    ITEM_TYPES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    STRING_VARIABLES,
    TITLE_VARIABLES,
    ItemType,
    attribute_of,
)

__all__ = ["Extra", "Origin", "Record"]


class Extra(dict[str, Any]):
    """A dictionary that cannot be changed, with the fields of a source that have no variable.

    `Record.extra` always has this type. `Record.replace(extra=…)` accepts any mapping and replaces
    the whole dictionary.

    Raises:
        TypeError: A call would change the dictionary.

    Example:
        >>> from refcite import Record
        >>> record = Record(id="a", extra={"shelf": "B 12"})
        >>> moved = record.replace(extra={**record.extra, "shelf": "C 3"})
        >>> record.extra["shelf"], moved.extra["shelf"]
        ('B 12', 'C 3')
    """

    def _reject(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("a record cannot be changed; create another with record.replace(extra=…)")

    __setitem__ = __delitem__ = __ior__ = _reject
    clear = pop = popitem = setdefault = update = _reject

    def __reduce__(self) -> tuple[type[Extra], tuple[dict[str, Any]]]:
        return Extra, (dict(self),)


_NO_EXTRA: Final = Extra()
_STR_TYPE: Final = frozenset({str})
_PLAIN_KINDS: Final = frozenset({str, int, float, bool, list, tuple, dict, type(None)})
"""The kinds of values of readers, which are kept as they are."""


def _to_extra(value: Mapping[str, Any]) -> Extra:
    if type(value) is Extra:
        return value
    if not isinstance(value, Mapping):
        raise RecordTypeError(f"Record.extra must be a mapping, not {described(value)}")
    if not value:
        return _NO_EXTRA
    if not ({*map(type, value)} <= _STR_TYPE and {*map(type, value.values())} <= _PLAIN_KINDS):
        value = {
            _to_key(key): plain_text(one) if isinstance(one, str) else one
            for key, one in value.items()
        }
    return Extra(value)


def _to_key(key: object) -> str:
    if not isinstance(key, str):
        raise RecordTypeError(f"a key of Record.extra must be text, not {described(key)}")
    return plain_text(key)


_NO_LISTS: Final[frozenset[str]] = frozenset()


def _to_et_al(value: Iterable[str]) -> frozenset[str]:
    if value is _NO_LISTS:
        return _NO_LISTS
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise RecordTypeError(
            f"Record.et_al must hold names of attributes, as in {{'author'}},"
            f" not {described(value)}"
        )
    names = frozenset(plain_text(name) if isinstance(name, str) else name for name in value)
    for name in names:
        if name not in _NAMES:
            near = near_matches(str(name), _NAMES)
            raise RecordTypeError(
                f"Record.et_al must hold attributes with names, not {name!r}{near}"
            )
    return names


@frozen(kw_only=True)
class Origin:
    r"""The original form of a record, so that its format can write unchanged parts unchanged.

    Attributes:
        format: Name of the format that read the record, such as `csl-json`.
        verbatim: The original values under the keys of the format, if they would be written
            differently from the attributes of the record.
        line: Line of the input where the entry starts, counted from 1, if it is known.
        file: Name of the input, as the caller passed it.

    Example:
        >>> from refcite import loads
        >>> origin = loads("% mine\n@book{a, title = {One}}", "bibtex")["a"].origin
        >>> origin.format, origin.line
        ('bibtex', 2)
    """

    format: str
    verbatim: Mapping[str, Any] = _NO_EXTRA
    line: int | None = None
    file: str | None = None


if TYPE_CHECKING:
    # For type checkers: the values that the parameters accept.
    def _names(value: NamesLike) -> tuple[Name, ...]: ...
    def _date(value: DateLike) -> Date | None: ...
    def _number(value: NumberLike) -> str | None: ...
else:
    # Readers pass the final values. A converter for each attribute would be called for all of them;
    # `_check` looks at all values at once, and converts if one is of another type.
    _names = _date = _number = None


@frozen(kw_only=True, repr=False)
class Record(hooks.Shown):
    """One work that can be cited.

    Attributes are the variables of CSL 1.0.2 (appendix IV of the specification) in snake_case:
    names are tuples of `Name`, dates are `Date`, all others are text, numbers too, since they may
    be `12–15` or `2nd`. Text of a type derived from `str` is
    stored as `str`. Text may carry the markup of CSL-JSON (`<i>`, `<b>`, `<sup>`, `<sub>`,
    `<span class="nocase">`).

    Attributes for names accept an iterable of names, or one name; a text is read by `Name.parse`.
    Attributes for dates accept text, which `Date.parse` reads, a year, or a `datetime.date`. The
    number variables of CSL also accept whole numbers. A text that may be several names or an
    organisation, and a text that may be two dates or none, raise an error; its message states what
    to write.

    Attributes:
        id: The name of the work for citations. A `Library` sets an id if it is empty.
        type: One of CSL's item types, such as `article-journal` (appendix III).
        et_al: The attributes whose list of names is not complete: the source adds "and others" to
            it. It accepts any iterable of names of attributes. Attributes without a name are
            omitted.
        extra: The fields of the source that have no variable, under their names in the source. A
            type that CSL does not define is here as `type`.
        origin: The form of the record in its source; it is never compared.

    Raises:
        RecordTypeError: A value has the wrong type, or an attribute does not exist; the message
            names it.
        RecordValueError: A text may be more than the name of one person.
        InvalidDateError: A date does not exist, is ambiguous, or cannot be read.

    Example:
        >>> from refcite import Name, Record
        >>> record = Record(id="k", type="book", title="The Castle", author="Franz Kafka",
        ...                 editor=[Name(literal="Kurt Wolff Verlag")], issued="November 1926")
        >>> record.author, record.issued
        ((Name(family='Kafka', given='Franz'),), Date.parse('1926-11'))
        >>> record.replace(publisher="Kurt Wolff").publisher
        'Kurt Wolff'
        >>> record.replace(et_al=["author"]).et_al
        frozenset({'author'})
        >>> Record(type="book", title=1926)
        Traceback (most recent call last):
          ...
        refcite.problems.RecordTypeError: Record.title must be text or None, not int (1926)
    """

    id: str = ""
    type: ItemType = "document"

    # Names
    author: tuple[Name, ...] = field(default=(), converter=_names)
    chair: tuple[Name, ...] = field(default=(), converter=_names)
    collection_editor: tuple[Name, ...] = field(default=(), converter=_names)
    compiler: tuple[Name, ...] = field(default=(), converter=_names)
    composer: tuple[Name, ...] = field(default=(), converter=_names)
    container_author: tuple[Name, ...] = field(default=(), converter=_names)
    contributor: tuple[Name, ...] = field(default=(), converter=_names)
    curator: tuple[Name, ...] = field(default=(), converter=_names)
    director: tuple[Name, ...] = field(default=(), converter=_names)
    editor: tuple[Name, ...] = field(default=(), converter=_names)
    editor_translator: tuple[Name, ...] = field(default=(), converter=_names)
    editorial_director: tuple[Name, ...] = field(default=(), converter=_names)
    executive_producer: tuple[Name, ...] = field(default=(), converter=_names)
    guest: tuple[Name, ...] = field(default=(), converter=_names)
    host: tuple[Name, ...] = field(default=(), converter=_names)
    illustrator: tuple[Name, ...] = field(default=(), converter=_names)
    interviewer: tuple[Name, ...] = field(default=(), converter=_names)
    narrator: tuple[Name, ...] = field(default=(), converter=_names)
    organizer: tuple[Name, ...] = field(default=(), converter=_names)
    original_author: tuple[Name, ...] = field(default=(), converter=_names)
    performer: tuple[Name, ...] = field(default=(), converter=_names)
    producer: tuple[Name, ...] = field(default=(), converter=_names)
    recipient: tuple[Name, ...] = field(default=(), converter=_names)
    reviewed_author: tuple[Name, ...] = field(default=(), converter=_names)
    script_writer: tuple[Name, ...] = field(default=(), converter=_names)
    series_creator: tuple[Name, ...] = field(default=(), converter=_names)
    translator: tuple[Name, ...] = field(default=(), converter=_names)
    # Dates
    accessed: Date | None = field(default=None, converter=_date)
    available_date: Date | None = field(default=None, converter=_date)
    event_date: Date | None = field(default=None, converter=_date)
    issued: Date | None = field(default=None, converter=_date)
    original_date: Date | None = field(default=None, converter=_date)
    submitted: Date | None = field(default=None, converter=_date)
    # Titles
    collection_title: str | None = None
    container_title: str | None = None
    container_title_short: str | None = None
    original_title: str | None = None
    part_title: str | None = None
    reviewed_title: str | None = None
    title: str | None = None
    title_short: str | None = None
    volume_title: str | None = None
    # Numbers
    chapter_number: str | None = field(default=None, converter=_number)
    citation_number: str | None = field(default=None, converter=_number)
    collection_number: str | None = field(default=None, converter=_number)
    edition: str | None = field(default=None, converter=_number)
    first_reference_note_number: str | None = field(default=None, converter=_number)
    issue: str | None = field(default=None, converter=_number)
    locator: str | None = field(default=None, converter=_number)
    number: str | None = field(default=None, converter=_number)
    number_of_pages: str | None = field(default=None, converter=_number)
    number_of_volumes: str | None = field(default=None, converter=_number)
    page: str | None = field(default=None, converter=_number)
    page_first: str | None = field(default=None, converter=_number)
    part_number: str | None = field(default=None, converter=_number)
    printing_number: str | None = field(default=None, converter=_number)
    section: str | None = field(default=None, converter=_number)
    supplement_number: str | None = field(default=None, converter=_number)
    version: str | None = field(default=None, converter=_number)
    volume: str | None = field(default=None, converter=_number)
    # Strings
    abstract: str | None = None
    annote: str | None = None
    archive: str | None = None
    archive_collection: str | None = None
    archive_location: str | None = None
    archive_place: str | None = None
    authority: str | None = None
    call_number: str | None = None
    citation_key: str | None = None
    citation_label: str | None = None
    dimensions: str | None = None
    division: str | None = None
    doi: str | None = None
    event: str | None = None
    event_place: str | None = None
    event_title: str | None = None
    genre: str | None = None
    isbn: str | None = None
    issn: str | None = None
    jurisdiction: str | None = None
    keyword: str | None = None
    language: str | None = None
    license: str | None = None
    medium: str | None = None
    note: str | None = None
    original_publisher: str | None = None
    original_publisher_place: str | None = None
    pmcid: str | None = None
    pmid: str | None = None
    publisher: str | None = None
    publisher_place: str | None = None
    references: str | None = None
    reviewed_genre: str | None = None
    scale: str | None = None
    source: str | None = None
    status: str | None = None
    url: str | None = None
    year_suffix: str | None = None

    et_al: frozenset[str] = field(default=_NO_LISTS, converter=_to_et_al)
    extra: Mapping[str, Any] = field(default=_NO_EXTRA, converter=_to_extra, hash=False)
    origin: Origin | None = field(default=None, eq=False, repr=False)

    def _check(self) -> None:
        """Reject or convert values of wrong types."""
        # Whole groups are compared at once: a hundred validators would take longer than reading
        # the entry. Values are checked one by one only after a failure.
        if not {*map(type, _TEXTS_OF(self))} <= _TEXT_TYPES:
            self._convert(_NUMBERS, to_number)
            self._convert(_TEXTS, _to_text)
        if not {*map(type, _DATES_OF(self))} <= _DATE_TYPES:
            self._convert(_DATES, to_date)
        names = _NAMES_OF(self)
        if {*map(type, names)} != _TUPLE_TYPE or (
            not {*map(type, chain.from_iterable(names))} <= _NAME_TYPE
        ):
            self._convert(_NAMES, to_names)
        if type(self.id) is not str:
            if not isinstance(self.id, str):
                raise RecordTypeError(f"Record.id must be text, not {described(self.id)}")
            object.__setattr__(self, "id", plain_text(self.id))
        if type(self.type) is not str and isinstance(self.type, str):
            object.__setattr__(self, "type", plain_text(self.type))
        if self.type not in _TYPES:
            near = type_hint(str(self.type), ITEM_TYPES)
            raise RecordTypeError(f"Record.type must be a CSL item type, not {self.type!r}{near}")
        if self.et_al and not all(getattr(self, name) for name in self.et_al):
            there = frozenset(name for name in self.et_al if getattr(self, name))
            object.__setattr__(self, "et_al", there or _NO_LISTS)

    def _convert(self, attributes: Iterable[str], convert: Callable[[Any, str], object]) -> None:
        for attribute in attributes:
            value = convert(getattr(self, attribute), f"Record.{attribute}")
            object.__setattr__(self, attribute, value)

    def replace(self, **changes: Any) -> Self:
        """Return a copy in which the named attributes have other values.

        Args:
            **changes: Attributes with their new values.

        Raises:
            RecordTypeError: There is no such attribute, or its value is of the wrong type.

        Example:
            >>> from refcite import Record
            >>> Record(id="a", title="One").replace(title="Two").title
            'Two'
        """
        if type(self) is Record:
            # attrs.evolve is much slower, because it looks up the parameter of each attribute.
            values = dict(zip(_ATTRIBUTES, _VALUES_OF(self), strict=True))
            values.update(changes)
            if len(values) == len(_ATTRIBUTES):
                changed = _created(values)
                changed._check()
                return cast("Self", changed)
        return evolve(self, **changes)

    @classmethod
    def from_csl(cls, item: Mapping[str, Any], *, problems: list[Problem] | None = None) -> Record:
        """Return the record of a CSL-JSON item, such as `json.loads` returns.

        Values that are None or NaN are ignored. Keys that CSL-JSON does not define are kept in
        `extra`.

        Args:
            item: The item; no reference to it is kept.
            problems: A list to which problems are added; by default they are a `RefciteWarning`.

        Raises:
            RecordTypeError: The item is not a mapping.
            RecordValueError: It is nested too deeply.

        Example:
            >>> from refcite import Record
            >>> item = {"type": "book", "author": [{"family": "Doe"}], "issued": "2014-03"}
            >>> Record.from_csl(item)
            Record(id='', type='book', author=(Name(family='Doe'),), issued=Date.parse('2014-03'))
        """
        record: Record = hooks.resolve("from_csl")(item, problems)
        return record

    def to_csl(self) -> dict[str, Any]:
        """Return the record as a new item of CSL-JSON.

        Values that were read from CSL-JSON and have not changed keep their original form.

        Example:
            >>> from refcite import Record
            >>> Record(id="a", type="book", author="Jane Doe", issued=2014).to_csl()
            {'id': 'a', 'type': 'book', 'issued': {'date-parts': [[2014]]},
             'author': [{'family': 'Doe', 'given': 'Jane'}]}
        """
        item: dict[str, Any] = hooks.resolve("to_csl")(self)
        return item

    def variables(self) -> dict[str, Any]:
        """Return the variables that are set; `id`, `type`, `et_al` and `extra` are not variables.

        Example:
            >>> from refcite import Record
            >>> Record(id="a", title="One", volume="3").variables()
            {'title': 'One', 'volume': '3'}
        """
        return {
            attribute: value
            for attribute, value in zip(_VARIABLES, _VARIABLES_OF(self), strict=True)
            if value is not None and value != ()
        }

    def __repr__(self) -> str:
        """Show the attributes that are set, in the form of a call."""
        shown: dict[str, object] = {"id": self.id, "type": self.type, **self.variables()}
        if self.et_al:
            shown["et_al"] = sorted(self.et_al)
        if self.extra:
            shown["extra"] = dict(self.extra)
        return f"Record({', '.join(f'{key}={value!r}' for key, value in shown.items())})"

    if not TYPE_CHECKING:  # type checkers report unknown attributes

        def __getattr__(self, name: str) -> NoReturn:
            """Raise the error that there is no such attribute; Python calls it only then."""
            if name.startswith("_"):
                raise AttributeError(f"'Record' object has no attribute {name!r}")
            raise UnknownAttributeError("Record", name, _hint, self)

    def cite_as(
        self,
        style: str | PathLike[str] = "refworld",
        *,
        styles: str | PathLike[str] | Iterable[str | PathLike[str]] | None = None,
    ) -> str:
        """Return the "cite as" string of Refworld, or the entry in another CSL style, as text.

        Args:
            style: The id, path or XML of a style. `refworld` is the form that Refworld printed
                until 2023; `refworld-2023` is the form since its redesign.
            styles: A folder of your own styles and locales, or several, as for `csl.Processor`.

        Raises:
            StyleError: The style does not exist or is not valid.

        Example:
            >>> import refcite
            >>> record = refcite.Record(
            ...     type="report", title="Freedom in the World 2018 - Kazakhstan",
            ...     publisher="Freedom House", issued=refcite.Date.parse("1 August 2018"))
            >>> record.cite_as()
            'Freedom House, Freedom in the World 2018 - Kazakhstan, 1 August 2018'
        """
        cite_as: str = hooks.resolve("cite_as")(self, style, styles=styles)
        return cite_as


def _to_text(value: object, attribute: str) -> str | None:
    if value is None or isinstance(value, str):
        return value if value is None else plain_text(value)
    raise RecordTypeError(f"{attribute} must be text or None, not {described(value)}")


def _hint(name: str) -> str:
    return record_hint(
        name, (*_ATTRIBUTES, "replace", "variables", "to_csl", "from_csl", "cite_as")
    )


def record_of(values: Mapping[str, Any]) -> Record:
    """Return the record of a reader's values: like a call of `Record`, but faster.

    Args:
        values: Values by the names of attributes, all of which must exist.

    Example:
        >>> record_of({"type": "book", "title": "One"})
        Record(id='', type='book', title='One')
    """
    record = _created(values)
    for name, value in values.items():
        kind = _TYPE_OF.get(name)
        if type(value) is not kind:
            if kind is not None:
                break
        elif kind is tuple and not {*map(type, values[name])} <= _NAME_TYPE:
            break
    else:
        if record.type in _TYPES and not record.et_al:
            return record
    record._check()  # of all attributes, most of which a record does not have
    return record


def _created(values: Mapping[str, Any]) -> Record:
    """Return a record with these values, which have not been checked."""
    record = _OPEN(**values)
    record.__class__ = Record
    return cast("Record", record)


_OPEN: Final[Callable[..., object]] = make_class(
    "Record",
    {one.name: field(default=one.default, converter=one.converter) for one in fields(Record)},
    bases=(hooks.Shown,),
    slots=True,
    kw_only=True,
    eq=False,
    repr=False,
)
"""A class with the slots of `Record` that is not frozen: to set the hundred attributes of a frozen
object takes four times as long, since each is a call."""


def _naming_the_unknown(init: Callable[..., None]) -> Callable[..., None]:
    """Name the unknown attribute, and similar ones, in the error of an attrs class."""

    @wraps(init)
    def __init__(self: Record, *positional: object, **values: Any) -> None:  # noqa: N807 - its name
        try:
            init(self, *positional, **values)
        except TypeError:
            if positional:
                raise RecordTypeError(
                    "the attributes of a Record must be named, as in Record(title='One')"
                ) from None
            unknown = [name for name in values if name not in _KNOWN]
            if not unknown:
                raise
            raise unknown_attribute(unknown, _ATTRIBUTES) from None
        self._check()

    return __init__


Record.__init__ = _naming_the_unknown(Record.__init__)  # type: ignore[method-assign]  # on purpose
# For classes that attrs derives from `Record`; its own `__init__` would call it in `record_of` too.
Record.__attrs_post_init__ = Record._check  # type: ignore[attr-defined]  # on purpose

_NAMES: Final = tuple(map(attribute_of, NAME_VARIABLES))
_DATES: Final = tuple(map(attribute_of, DATE_VARIABLES))
_NUMBERS: Final = tuple(map(attribute_of, NUMBER_VARIABLES))
_TEXTS: Final = tuple(map(attribute_of, TITLE_VARIABLES + NUMBER_VARIABLES + STRING_VARIABLES))
_VARIABLES: Final = _NAMES + _DATES + _TEXTS
_ATTRIBUTES: Final = ("id", "type", *_VARIABLES, "et_al", "extra", "origin")

_KNOWN: Final = frozenset(_ATTRIBUTES)

_VALUES_OF: Final = attrgetter(*_ATTRIBUTES)
_TYPE_OF: Final[Mapping[str, type]] = {
    **dict.fromkeys(("id", *_TEXTS), str),
    **dict.fromkeys(_DATES, Date),
    **dict.fromkeys(_NAMES, tuple),
}
_NAMES_OF: Final = attrgetter(*_NAMES)
_DATES_OF: Final = attrgetter(*_DATES)
_TEXTS_OF: Final = attrgetter(*_TEXTS)
_VARIABLES_OF: Final = attrgetter(*_VARIABLES)

_TYPES: Final = frozenset(ITEM_TYPES)
_TEXT_TYPES: Final = frozenset({str, type(None)})
_DATE_TYPES: Final = frozenset({Date, type(None)})
_TUPLE_TYPE: Final = {tuple}
_NAME_TYPE: Final = frozenset({Name})
