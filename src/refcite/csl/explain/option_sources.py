"""The elements of a style that set the options, terms and dates in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from refcite.csl.explain.element_tags import where_of, written
from refcite.csl.explain.explanation import Setting, Where
from refcite.csl.render.name_list import NameListPrinter
from refcite.csl.render.scope import AreaScope
from refcite.csl.style.elements import Citation, DateElement, NameOptions
from refcite.csl.style.schema import INHERITED_NAME_OPTIONS, OWN_NAME_OPTIONS

__all__ = ["NameOrigins", "Origins", "disambiguation_of"]

_OWN: Final = {attribute: name for name, attribute in OWN_NAME_OPTIONS.items()}
_OF_NAMES: Final = {"names_delimiter": "delimiter"}
_INHERITED: Final = {attribute: name for name, attribute in INHERITED_NAME_OPTIONS.items()}
# The names of name options at the levels of `NameListPrinter`.
_NAMES: Final = (_OWN, _OF_NAMES, _INHERITED, _INHERITED)
_DEFAULTS: Final = {"delimiter": ", "}


@frozen
class _Level:
    """An element that may set name options.

    Attributes:
        options: The options that it sets.
        names: Their names in this element.
        where: The element; an area or a style has no attributes here.
        is_whole: Whether `where` has its attributes.
    """

    options: NameOptions
    names: Mapping[str, str]
    where: Where
    is_whole: bool = True


class NameOrigins:
    """Finds the element that sets each of the name options of one `cs:names`.

    Args:
        levels: The elements around, the innermost first.
    """

    def __init__(self, levels: tuple[_Level, ...]) -> None:
        self._levels = levels

    def settings(self, *options: str) -> tuple[Setting, ...]:
        """Return the settings of the options that are set, named as in `NameOptions`."""
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
    """Finds the elements that set the options in force in one area of a style.

    Args:
        area: The area.
    """

    def __init__(self, area: AreaScope) -> None:
        self._locale = area.locale
        self._citation = area.style.citation
        tag = "citation" if area.part is self._citation else "bibliography"
        self._outer = (
            Where(element=tag, line=area.part.line),
            Where(element="style", line=area.style.line),
        )
        self._own = {id(one) for data in area.style.locales for one in (*data.terms, *data.dates)}

    def of_names(self, style: NameListPrinter) -> NameOrigins:
        """Return the settings of the name options of a `cs:names`."""
        name, owner = style.element.name, where_of(style.owner)
        wheres = (owner if name is None else where_of(name), owner, *self._outer)
        return NameOrigins(
            tuple(
                _Level(options, names, where, is_whole=where not in self._outer)
                for options, names, where in zip(style.levels, _NAMES, wheres, strict=True)
            )
        )

    def term(self, name: str, form: str) -> tuple[Setting, ...]:
        """Return the setting of a term, if the style defines it."""
        found = self._locale.find_term(name, form)
        if found is None or id(found) not in self._own:
            return ()
        attributes = {"name": found.name} | ({"form": found.form} if found.form != "long" else {})
        where = Where(element="term", line=found.line, attributes=attributes)
        return (Setting(name="term", value=found.name, where=where),)

    def date(self, form: str) -> DateElement | None:
        """Return the setting of a date format, if the style defines it."""
        found = self._locale.date(form)
        return found if id(found) in self._own else None

    def disambiguation(self, option: str) -> Setting:
        """Return the setting of an option of disambiguation; see `disambiguation_of`."""
        return disambiguation_of(self._citation, option)


def disambiguation_of(citation: Citation, option: str, works: tuple[str, ...] = ()) -> Setting:
    """Return the setting of an option of disambiguation.

    Args:
        citation: The style's `cs:citation`.
        option: `add-names`, `add-givenname` or `add-year-suffix`.
        works: The works that it distinguishes.
    """
    name = f"disambiguate-{option}"
    attributes = {name: "true"}
    if option == "add-givenname":
        attributes["givenname-disambiguation-rule"] = citation.givenname_rule
    where = Where(element="citation", line=citation.line, attributes=attributes)
    return Setting(name=name, value="true", where=where, works=works)
