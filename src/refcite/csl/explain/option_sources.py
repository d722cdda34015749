"""Where in a style the options, terms and dates in force were set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from refcite.csl.explain.element_tags import where_of, written
from refcite.csl.explain.explanation import Setting, Where
from refcite.csl.style.elements import DateElement, NameOptions, Names, Style
from refcite.csl.style.locale import Locale
from refcite.csl.style.schema import INHERITED_NAME_OPTIONS, OWN_NAME_OPTIONS

__all__ = ["NameOrigins", "Origins"]

_OWN: Final = {attribute: name for name, attribute in OWN_NAME_OPTIONS.items()}
_OF_NAMES: Final = {"names_delimiter": "delimiter"}
_INHERITED: Final = {attribute: name for name, attribute in INHERITED_NAME_OPTIONS.items()}
_DEFAULTS: Final = {"delimiter": ", "}


@frozen
class _Level:
    """An element that may set name options.

    Attributes:
        options: Those that it sets.
        names: How it writes them.
        where: The element; of an area or a style, without its attributes.
        is_whole: Whether `where` has its attributes.
    """

    options: NameOptions
    names: Mapping[str, str]
    where: Where
    is_whole: bool = True


class NameOrigins:
    """Says which element set each of the name options of one `cs:names`.

    Args:
        levels: The elements around, the innermost first.
    """

    def __init__(self, levels: tuple[_Level, ...]) -> None:
        self._levels = levels

    def settings(self, *options: str) -> tuple[Setting, ...]:
        """Return where options are set, those that are; named as in `NameOptions`."""
        found = map(self._setting, options)
        return tuple(one for one in found if one is not None)

    def _setting(self, option: str) -> Setting | None:
        for level in self._levels:
            value = getattr(level.options, option)
            if value is None:
                continue
            name, text, where = level.names[option], written(value), level.where
            if not level.is_whole:
                where = Where(element=where.element, line=where.line, attributes={name: text})
            return Setting(name=name, value=text, where=where)
        default = _DEFAULTS.get(option)
        return None if default is None else Setting(name=option, value=default)


class Origins:
    """Says where one area of a style got what is in force from.

    Args:
        style: The style.
        locale: The locale in force.
        in_citation: Whether the area is `cs:citation`.
    """

    def __init__(self, style: Style, locale: Locale, *, in_citation: bool) -> None:
        self._style = style
        self._locale = locale
        area = style.citation if in_citation or not style.bibliography else style.bibliography
        tag = "citation" if area is style.citation else "bibliography"
        self._outer = (
            _Level(area.names, _INHERITED, Where(element=tag, line=area.line), is_whole=False),
            _Level(
                style.names, _INHERITED, Where(element="style", line=style.line), is_whole=False
            ),
        )
        self._own = {id(one) for data in style.locales for one in (*data.terms, *data.dates)}

    def of_names(self, element: Names, owner: Names) -> NameOrigins:
        """Return where the name options of a `cs:names` are set.

        Args:
            element: The element, with what it takes from names around it.
            owner: The element whose attributes it has: itself, or the names around a substitute.
        """
        levels = [_Level(owner.options, _OF_NAMES, where_of(owner)), *self._outer]
        if element.name is not None:
            levels.insert(0, _Level(element.name.options, _OWN, where_of(element.name)))
        return NameOrigins(tuple(levels))

    def term(self, name: str, form: str) -> tuple[Setting, ...]:
        """Return where a term is defined, where the style does it."""
        found = self._locale.find_term(name, form)
        if found is None or id(found) not in self._own:
            return ()
        attributes = {"name": found.name} | ({"form": found.form} if found.form != "long" else {})
        where = Where(element="term", line=found.line, attributes=attributes)
        return (Setting(name="term", value=found.name, where=where),)

    def date(self, form: str) -> DateElement | None:
        """Return the date format of a form, where the style defines it."""
        found = self._locale.date(form)
        return found if id(found) in self._own else None

    def disambiguation(self, option: str, works: tuple[str, ...] = ()) -> Setting:
        """Return what says that an option of disambiguation is on.

        Args:
            option: `add-names`, `add-givenname` or `add-year-suffix`.
            works: The works that it tells apart.
        """
        citation, name = self._style.citation, f"disambiguate-{option}"
        attributes = {name: "true"}
        if option == "add-givenname":
            attributes["givenname-disambiguation-rule"] = citation.givenname_rule
        where = Where(element="citation", line=citation.line, attributes=attributes)
        return Setting(name=name, value="true", where=where, works=works)
