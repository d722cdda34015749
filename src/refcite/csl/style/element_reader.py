"""Rendering elements: from XML to `refcite.csl.style.elements`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from refcite.csl.style import schema
from refcite.csl.style.attributes import NORMAL, PLAIN, Format, Look
from refcite.csl.style.elements import (
    Branch,
    Choose,
    DateElement,
    DatePart,
    Element,
    EtAl,
    Group,
    Label,
    NameElement,
    NameOptions,
    NamePart,
    Names,
    Number,
    Test,
    Text,
)
from refcite.csl.style.xml import CSL, Source, XmlElement, local_name
from refcite.problems import near_matches
from refcite.vocabulary import VARIABLES

__all__ = ["ElementReader", "line_of"]


_KINDS: Final = {
    "date": "date",
    "label": "number",
    "names": "name",
    "number": "number",
    "text": "text",
}


def line_of(element: XmlElement) -> int:
    """Return the line of an element, 0 if it is not known."""
    line: Any = element.sourceline
    return int(line or 0)


@cache
def _format(
    style: str | None, variant: str | None, weight: str | None, deco: str | None, align: str | None
) -> Format:
    return Format(style, variant, weight, deco, align)


class ElementReader:
    """Builds rendering elements from the XML of one source.

    Args:
        source: The XML.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self._readers: dict[str, Callable[[XmlElement], Element]] = {
            "choose": self._choose,
            "date": self._date,
            "group": self._group,
            "label": self._label,
            "names": self._names,
            "number": self._number,
            "text": self._text,
        }

    def rendering(self, element: XmlElement) -> tuple[Element, ...]:
        """Return the rendering elements within an element."""
        return tuple(
            self._readers[local_name(child)](child)
            for child in self.source.children(element, schema.RENDERING)
        )

    def _leaf(self, element: XmlElement, allowed: frozenset[str]) -> dict[str, str]:
        """Return the attributes of an element without content."""
        self.source.refuse_content(element)
        return self.source.attributes(element, allowed)

    def look(self, element: XmlElement, given: dict[str, str]) -> Look:
        """Return the look that an element's attributes define."""
        for name in schema.FONT & given.keys():
            self.source.choice(element, name, given[name], schema.FORMATTING[name])
        case, display = given.get("text-case"), given.get("display")
        if case is not None:
            self.source.choice(element, "text-case", case, schema.CASES)
        if display is not None:
            self.source.choice(element, "display", display, schema.DISPLAYS)
        fonts = [given.get(name) for name in schema.FORMATTING]
        look = Look(
            prefix=given.get("prefix", ""),
            suffix=given.get("suffix", ""),
            format=_format(*fonts) if any(fonts) else NORMAL,
            display=display,  # type: ignore[arg-type]  # checked above
            quotes=self.source.flag(element, "quotes", given.get("quotes")) is True,
            strip_periods=self.source.flag(element, "strip-periods", given.get("strip-periods"))
            is True,
            text_case=case,  # type: ignore[arg-type]  # checked above
        )
        return PLAIN if look == PLAIN else look

    def _text(self, element: XmlElement) -> Text:
        given = self._leaf(element, schema.TEXT_ATTRIBUTES)
        if sum(name in given for name in ("variable", "macro", "term", "value")) != 1:
            raise self.source.error(element, "needs one of variable, macro, term and value")
        if "term" in given:
            self.source.choice(element, "form", given.get("form", "long"), schema.TERM_FORMS)
        if "variable" in given:
            self._variable(element, given)
        return Text(
            line=line_of(element),
            look=self.look(element, given),
            variable=given.get("variable"),
            macro=given.get("macro"),
            term=given.get("term"),
            value=given.get("value"),
            form=given.get("form", "long"),
            plural=self.source.flag(element, "plural", given.get("plural")) is True,
        )

    def _number(self, element: XmlElement) -> Number:
        given = self._leaf(element, schema.NUMBER_ATTRIBUTES)
        forms = ("numeric", "ordinal", "long-ordinal", "roman")
        form = self.source.choice(element, "form", given.get("form", "numeric"), forms)
        return Number(
            line=line_of(element),
            look=self.look(element, given),
            variable=self._variable(element, given),
            form=form,  # type: ignore[arg-type]  # checked above
        )

    def _variable(self, element: XmlElement, given: dict[str, str]) -> str:
        """Return the variable of an element, which must be of a kind that the element prints."""
        variable = given.get("variable", "").strip()
        if not variable:
            raise self.source.error(element, "needs a variable")
        self._check_variable(element, variable)
        return variable

    def _check_variable(self, element: XmlElement, variable: str) -> None:
        tag = local_name(element)
        known = schema.ELEMENT_VARIABLES[tag]
        if variable in known:
            return
        if variable in VARIABLES:
            raise self.source.error(element, f"{variable!r} is not a {_KINDS[tag]} variable")
        near = near_matches(variable, known)
        raise self.source.error(element, f"CSL has no variable {variable!r}{near}")

    def _label(self, element: XmlElement) -> Label:
        given = self._leaf(element, schema.LABEL_ATTRIBUTES)
        self._variable(element, given)
        return self._label_of(element, given)

    def _label_of(self, element: XmlElement, given: dict[str, str]) -> Label:
        plurals = ("contextual", "always", "never")
        plural = self.source.choice(element, "plural", given.get("plural", "contextual"), plurals)
        return Label(
            line=line_of(element),
            look=self.look(element, given),
            variable=given.get("variable", ""),
            form=self.source.choice(element, "form", given.get("form", "long"), schema.TERM_FORMS),
            plural=plural,  # type: ignore[arg-type]  # checked above
        )

    def _group(self, element: XmlElement) -> Group:
        given = self.source.attributes(element, schema.GROUP_ATTRIBUTES)
        return Group(
            line=line_of(element),
            look=self.look(element, given),
            delimiter=given.get("delimiter", ""),
            children=self.rendering(element),
        )

    def _choose(self, element: XmlElement) -> Choose:
        allowed = frozenset(("if", "else-if", "else"))
        children = tuple(self.source.children(element, allowed))
        tags = [local_name(child) for child in children]
        if tags[:1] != ["if"]:
            raise self.source.error(element, "does not begin with <if>")
        for child, tag in zip(children[1:], tags, strict=False):
            if tag == "else" or local_name(child) == "if":
                raise self.source.error(child, f"must not follow <{tag}>")
        branches = tuple(map(self._branch, children))
        return Choose(line=line_of(element), branches=branches)

    def _branch(self, element: XmlElement) -> Branch:
        is_else = local_name(element) == "else"
        given = self.source.attributes(element, frozenset() if is_else else schema.TEST_ATTRIBUTES)
        match = self.source.choice(
            element, "match", given.pop("match", "all"), ("all", "any", "none")
        )
        for kind, values in given.items():
            self._check_condition(element, kind, values)
        tests = tuple(
            Test(kind=kind, value=value)
            for kind, values in given.items()
            for value in ((values,) if kind in schema.ALTERNATIVES else values.split())
        )
        if not tests and not is_else:
            raise self.source.error(element, "has no condition")
        return Branch(
            tests=tests,
            match=match,  # type: ignore[arg-type]  # checked above
            children=self.rendering(element),
            line=line_of(element),
        )

    def _check_condition(self, element: XmlElement, kind: str, values: str) -> None:
        known = schema.CONDITION_VALUES[kind]
        for value in values.replace("sub verbo", "sub-verbo").split():
            if value not in known:
                near = near_matches(value, known)
                raise self.source.error(element, f"{kind}={value!r} is never true{near}")

    # Names

    def name_options(
        self, element: XmlElement, given: dict[str, str], table: dict[str, str]
    ) -> NameOptions:
        """Return the name options among an element's attributes, named according to `table`."""
        values: dict[str, Any] = {}
        for name in table.keys() & given.keys():
            value = given[name]
            if name in schema.NAME_CHOICES:
                self.source.choice(element, name, value, schema.NAME_CHOICES[name])
            attribute = table[name]
            if attribute in ("et_al_use_last", "initialize"):
                values[attribute] = self.source.flag(element, name, value)
            elif attribute.startswith("et_al"):
                values[attribute] = self.source.count(element, name, value)
            else:
                values[attribute] = value
        return NameOptions(**values)

    def _names(self, element: XmlElement) -> Names:
        source = self.source
        given = source.attributes(element, schema.NAMES_ATTRIBUTES)
        parts: dict[str, Any] = {}
        substitute: tuple[Element, ...] = ()
        for child in source.children(element, frozenset(("name", "et-al", "label", "substitute"))):
            tag = local_name(child)
            if tag == "name":
                parts["name"] = self._name(child)
            elif tag == "et-al":
                et_al = self._leaf(child, schema.FONT | {"term"})
                parts["et_al"] = EtAl(
                    line=line_of(child),
                    look=self.look(child, et_al),
                    term=source.choice(
                        child, "term", et_al.get("term", "et-al"), ("et-al", "and others")
                    ),
                )
            elif tag == "label":
                attributes = self._leaf(child, schema.LABEL_ATTRIBUTES)
                parts["label"] = self._label_of(child, attributes)
                parts["label_first"] = (
                    element.find(f"{CSL}name") is not None and "name" not in parts
                )
            else:
                substitute = self.rendering(child)
        return Names(
            line=line_of(element),
            look=self.look(element, given),
            variables=self._names_of(element, given),
            options=NameOptions(names_delimiter=given.get("delimiter")),
            substitute=substitute,
            bare=not parts and not substitute and not len(element),
            **parts,
        )

    def _names_of(self, element: XmlElement, given: dict[str, str]) -> tuple[str, ...]:
        variables = tuple(given.get("variable", "").split())
        if not variables:
            raise self.source.error(element, "needs a variable")
        for variable in variables:
            self._check_variable(element, variable)
        return variables

    def _name(self, element: XmlElement) -> NameElement:
        given = self.source.attributes(element, schema.NAME_ATTRIBUTES)
        children = self.source.children(element, frozenset(("name-part",)))
        return NameElement(
            line=line_of(element),
            look=self.look(element, given),
            options=self.name_options(element, given, schema.OWN_NAME_OPTIONS),
            parts=tuple(map(self._name_part, children)),
        )

    def _name_part(self, element: XmlElement) -> NamePart:
        given = self._leaf(element, schema.FONT | schema.AFFIXES | {"name", "text-case"})
        name = self.source.choice(element, "name", given.get("name", ""), ("given", "family"))
        look = self.look(element, given)
        return NamePart(line=line_of(element), look=look, name=name)  # type: ignore[arg-type]  # checked above

    # Dates

    def _date(self, element: XmlElement) -> DateElement:
        given = self.source.attributes(element, schema.DATE_ATTRIBUTES)
        self._variable(element, given)
        return self.date_of(element, given)

    def date_of(self, element: XmlElement, given: dict[str, str]) -> DateElement:
        """Return a `cs:date`, of a style or of a locale."""
        form = given.get("form")
        if form is not None:
            self.source.choice(element, "form", form, ("numeric", "text"))
        shown = given.get("date-parts", "year-month-day")
        parts = self.source.children(element, frozenset(("date-part",)))
        return DateElement(
            line=line_of(element),
            look=self.look(element, given),
            variable=given.get("variable", ""),
            form=form,  # type: ignore[arg-type]  # checked above
            shown=self.source.choice(element, "date-parts", shown, schema.SHOWN),
            delimiter=given.get("delimiter", ""),
            parts=tuple(map(self._date_part, parts)),
        )

    def _date_part(self, element: XmlElement) -> DatePart:
        given = self._leaf(element, schema.DATE_PART_ATTRIBUTES)
        name = self.source.choice(element, "name", given.get("name", ""), ("year", "month", "day"))
        form = given.get("form")
        if form is not None:
            self.source.choice(element, "form", form, schema.DATE_PART_FORMS[name])
        return DatePart(
            line=line_of(element),
            look=self.look(element, given),
            name=name,  # type: ignore[arg-type]  # checked above
            form=form,
            range_delimiter=given.get("range-delimiter"),
        )
