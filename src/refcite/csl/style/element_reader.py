"""Rendering elements: from XML to `refcite.csl.style.elements`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final, TypeVar

from refcite.csl.style import csl_m, schema
from refcite.csl.style.attributes import NORMAL, PLAIN, Format, Look
from refcite.csl.style.elements import (
    Alternative,
    AlternativeText,
    Branch,
    Choose,
    DateElement,
    DatePart,
    Element,
    EtAl,
    Group,
    Institution,
    InstitutionPart,
    Label,
    NameElement,
    NameOptions,
    NamePart,
    Names,
    Number,
    Test,
    TestGroup,
    Text,
)
from refcite.csl.style.xml import CSL, Source, XmlElement, line_of, local_name
from refcite.problems import near_matches
from refcite.vocabulary import VARIABLES

__all__ = ["ElementReader"]


_E = TypeVar("_E")
_KNOWN_IN_CSL_M: Final = {
    "date": csl_m.DATE_VARIABLES,
    "names": csl_m.NAME_VARIABLES,
}
_KINDS: Final = {
    "date": "date",
    "label": "number",
    "names": "name",
    "number": "number",
    "text": "text",
}


def _present(elements: Iterable[_E | None]) -> tuple[_E, ...]:
    return tuple(element for element in elements if element is not None)


@cache
def _format(
    style: str | None, variant: str | None, weight: str | None, deco: str | None, align: str | None
) -> Format:
    return Format(style, variant, weight, deco, align)


class ElementReader:
    """Builds rendering elements from the XML of one source.

    Args:
        source: The XML.

    Attributes:
        is_csl_m: Whether the style is one of CSL-M.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        root = source.root
        self.is_csl_m = root.tag == f"{CSL}style" and csl_m.is_csl_m(root)
        self._readers: dict[str, Callable[[XmlElement], Element | None]] = {
            "choose": self._choose,
            "date": self._date,
            "group": self._group,
            "label": self._label,
            "names": self._names,
            "number": self._number,
            "text": self._text,
        }
        self._rendering = schema.RENDERING
        if self.is_csl_m:
            self._readers["alternative"] = self._alternative
            self._readers["alternative-text"] = self._alternative_text
            self._rendering |= {"alternative", "alternative-text"}

    def rendering(self, element: XmlElement) -> tuple[Element, ...]:
        """Return the rendering elements within an element."""
        return self._read(self.source.children(element, self._rendering))

    def _read(self, elements: Iterable[XmlElement]) -> tuple[Element, ...]:
        """Return the elements that can print something."""
        found = (self._readers[local_name(element)](element) for element in elements)
        return tuple(element for element in found if element is not None)

    def _leaf(self, element: XmlElement, allowed: frozenset[str]) -> dict[str, str]:
        """Return the attributes of an element without content."""
        self.source.refuse_content(element)
        return self.attributes(element, allowed)

    def attributes(self, element: XmlElement, allowed: frozenset[str]) -> dict[str, str]:
        """Return an element's attributes: those of CSL 1.0.2, and of CSL-M if the style is one."""
        if self.is_csl_m:
            tag = local_name(element)
            allowed |= csl_m.ATTRIBUTES.get("if" if tag == "else-if" else tag, frozenset())
        return self.source.attributes(element, allowed)

    def look(self, element: XmlElement, given: dict[str, str]) -> Look:
        """Return the look that an element's attributes define."""
        for name, value in given.items():
            if name in schema.FORMATTING:
                self.source.choice(element, name, value, schema.FORMATTING[name], None)
        case, display = given.get("text-case"), given.get("display")
        if case is not None:
            case = self.source.choice(element, "text-case", case, schema.CASES, None)
        if display is not None:
            display = self.source.choice(element, "display", display, schema.DISPLAYS, None)
        fonts = [
            given.get(name) if given.get(name) in values else None
            for name, values in schema.FORMATTING.items()
        ]
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

    def _incomplete(self, element: XmlElement, needed: str) -> None:
        """Report an element without what it prints."""
        self.source.warn(
            element,
            f"needs {needed}",
            "add it, or remove the element; it prints nothing",
            code="incomplete-element",
        )

    def _text(self, element: XmlElement) -> Text | None:
        given = self._leaf(element, schema.TEXT_ATTRIBUTES)
        contents = [name for name in ("variable", "macro", "term", "value") if name in given]
        if not contents:
            self._incomplete(element, "one of variable, macro, term and value")
            return None
        for name in contents[1:]:
            del given[name]
            message = f"has {contents[0]} and {name}; remove one; only {contents[0]} is printed"
            self.source.warn(element, message, "", code="conflicting-attributes")
        form = given.get("form", "long")
        if "term" in given:
            form = self.source.choice(element, "form", form, schema.TERM_FORMS, "long")
        if "variable" in given and self._variable(element, given) is None:
            return None
        label_form = given.get("label-form")
        return Text(
            line=line_of(element),
            look=self.look(element, given),
            variable=given.get("variable"),
            macro=given.get("macro"),
            term=given.get("term"),
            value=given.get("value"),
            form=form,
            plural=self.source.flag(element, "plural", given.get("plural")) is True,
            label_form=label_form,
            default_locale=given.get("default-locale") == "true",
        )

    def _number(self, element: XmlElement) -> Number | None:
        given = self._leaf(element, schema.NUMBER_ATTRIBUTES)
        forms = ("numeric", "ordinal", "long-ordinal", "roman")
        form = self.source.choice(element, "form", given.get("form", "numeric"), forms, "numeric")
        variable = self._variable(element, given)
        gender = given.get("gender")
        if gender is not None:
            gender = self.source.choice(element, "gender", gender, schema.GENDERS, None)
        if variable is None:
            return None
        return Number(
            line=line_of(element),
            look=self.look(element, given),
            variable=variable,
            form=form,  # type: ignore[arg-type]  # checked above
            label_form=given.get("label-form"),
            gender=gender,
        )

    def _variable(self, element: XmlElement, given: dict[str, str]) -> str | None:
        """Return the variable of an element; one of another kind is reported."""
        variable = given.get("variable", "").strip()
        if not variable:
            self._incomplete(element, "a variable")
            return None
        return self._known_variable(element, variable)

    def _known_variable(self, element: XmlElement, variable: str) -> str:
        """Return a variable; an unknown one is reported, and has no value."""
        tag = local_name(element)
        known = schema.ELEMENT_VARIABLES[tag]
        if variable in known or variable in _KNOWN_IN_CSL_M.get(tag, ()):
            if self.is_csl_m or variable in known:
                return variable
        elif self.is_csl_m and tag in ("label", "number", "text") and variable not in VARIABLES:
            # Published styles print many variables of their own. They are read from `extra`.
            return variable
        elif self.is_csl_m and tag in ("label", "number"):
            # What is a number there may be a text in CSL 1.0.2.
            return variable
        if variable in VARIABLES:
            message = f"{variable!r} is not a {_KINDS[tag]} variable"
            hint = "use the element for variables of its kind"
            printed = variable if tag in ("label", "number", "text") else f"{variable}?"
        else:
            message = f"CSL has no variable {variable!r}{near_matches(variable, known)}"
            hint = "use a variable of CSL, or remove the element; it prints nothing"
            printed = variable
        self.source.warn(element, message, hint, code="unknown-variable")
        return printed

    def _label(self, element: XmlElement) -> Label | None:
        given = self._leaf(element, schema.LABEL_ATTRIBUTES)
        if self._variable(element, given) is None:
            return None
        return self._label_of(element, given)

    def _label_of(self, element: XmlElement, given: dict[str, str]) -> Label:
        plurals = ("contextual", "always", "never")
        plural = given.get("plural", "contextual")
        plural = self.source.choice(element, "plural", plural, plurals, "contextual")
        return Label(
            line=line_of(element),
            look=self.look(element, given),
            variable=given.get("variable", ""),
            form=self._term_form(element, given.get("form", "long")),
            inner_form=self._term_form(element, given["form"]) if "form" in given else "short",
            plural=plural,  # type: ignore[arg-type]  # checked above
        )

    def _term_form(self, element: XmlElement, form: str) -> str:
        if self.is_csl_m and form == csl_m.STATIC:
            return form
        return self.source.choice(element, "form", form, schema.TERM_FORMS, "long")

    def _alternative(self, element: XmlElement) -> Alternative:
        given = self.source.attributes(element, schema.AFFIXES | {"delimiter"})
        return Alternative(
            line=line_of(element),
            look=self.look(element, given),
            delimiter=given.get("delimiter", ""),
            children=self.rendering(element),
        )

    def _alternative_text(self, element: XmlElement) -> AlternativeText:
        given = self._leaf(element, schema.AFFIXES)
        return AlternativeText(line=line_of(element), look=self.look(element, given))

    def _group(self, element: XmlElement) -> Group:
        given = self.attributes(element, schema.GROUP_ATTRIBUTES)
        return Group(
            line=line_of(element),
            look=self.look(element, given),
            delimiter=given.get("delimiter", ""),
            reject=given.get("reject"),
            require=given.get("require"),
            children=self.rendering(element),
        )

    def _choose(self, element: XmlElement) -> Choose:
        allowed = frozenset(("if", "else-if", "else"))
        children = tuple(self.source.children(element, allowed))
        tags = [local_name(child) for child in children]
        if tags[:1] != ["if"]:
            self.source.fail(element, "does not begin with <if>")
        for child, tag in zip(children[1:], tags, strict=False):
            if tag == "else" or local_name(child) == "if":
                self.source.fail(child, f"must not follow <{tag}>")
        branches = tuple(map(self._branch, children))
        return Choose(line=line_of(element), branches=branches)

    def _branch(self, element: XmlElement) -> Branch:
        is_else = local_name(element) == "else"
        conditions = element.find(f"{CSL}conditions") if self.is_csl_m else None
        tests: tuple[Test | TestGroup, ...]
        match, tests = self._tests(element, frozenset() if is_else else schema.TEST_ATTRIBUTES)
        if conditions is not None:
            match = conditions.get("match", "all")
            children = self.source.children(conditions, frozenset(("condition",)))
            groups = [self._tests(child, schema.TEST_ATTRIBUTES) for child in children]
            tests = tuple(TestGroup(match=inner, tests=several) for inner, several in groups)
        if not tests and not is_else and not self.is_csl_m:
            self.source.fail(element, "has no condition")
        return Branch(
            tests=tests,
            match=match,
            children=self._printed(element, conditions),
            line=line_of(element),
        )

    def _printed(self, element: XmlElement, conditions: XmlElement | None) -> tuple[Element, ...]:
        """Return the rendering elements of a branch, which follow its `cs:conditions`."""
        if conditions is None:
            return self.rendering(element)
        children = self.source.children(element, self._rendering | {"conditions"})
        return self._read(child for child in children if child is not conditions)

    def _tests(self, element: XmlElement, allowed: frozenset[str]) -> tuple[str, tuple[Test, ...]]:
        """Return the `match` and the tests of an element."""
        if self.is_csl_m and allowed:
            allowed |= csl_m.CONDITION_KINDS
        given = self.source.attributes(element, allowed)
        matches = ("all", "any", "none", "nand") if self.is_csl_m else ("all", "any", "none")
        match = self.source.choice(element, "match", given.pop("match", "all"), matches, "all")
        for kind, values in given.items():
            if not self.is_csl_m:
                self._check_condition(element, kind, values)
        return match, tuple(
            Test(kind=kind, value=value)
            for kind, values in given.items()
            for value in ((values,) if kind in schema.ALTERNATIVES else values.split())
        )

    def _check_condition(self, element: XmlElement, kind: str, values: str) -> None:
        known = schema.CONDITION_VALUES[kind]
        for value in values.replace("sub verbo", "sub-verbo").split():
            if value not in known:
                message = f"{kind}={value!r} is never true{near_matches(value, known)}"
                hint = "use a value that CSL defines, or remove this one"
                self.source.warn(element, message, hint, code="unknown-value")

    # Names

    def name_options(
        self, element: XmlElement, given: dict[str, str], table: dict[str, str]
    ) -> NameOptions:
        """Return the name options among an element's attributes, named according to `table`."""
        values: dict[str, Any] = {}
        for name, value in given.items():
            if name not in table:
                continue
            choices = schema.NAME_CHOICES.get(name)
            if choices and self.source.choice(element, name, value, choices, None) is None:
                continue
            attribute = table[name]
            if attribute in ("et_al_use_last", "initialize"):
                values[attribute] = self.source.flag(element, name, value)
            elif attribute.startswith("et_al"):
                values[attribute] = self.source.count(element, name, value)
            else:
                values[attribute] = value
        return NameOptions(**values)

    def _names(self, element: XmlElement) -> Names | None:
        source = self.source
        given = self.attributes(element, schema.NAMES_ATTRIBUTES)
        parts: dict[str, Any] = {}
        substitute: tuple[Element, ...] = ()
        allowed = frozenset(("name", "et-al", "label", "substitute"))
        if self.is_csl_m:
            allowed |= {"institution"}
        for child in source.children(element, allowed):
            tag = local_name(child)
            if tag == "name":
                parts["name"] = self._name(child)
            elif tag == "et-al":
                et_al = self._leaf(child, schema.FONT | {"term"})
                parts["et_al"] = EtAl(
                    line=line_of(child),
                    look=self.look(child, et_al),
                    term=source.choice(
                        child, "term", et_al.get("term", "et-al"), ("et-al", "and others"), "et-al"
                    ),
                )
            elif tag == "label":
                attributes = self._leaf(child, schema.LABEL_ATTRIBUTES)
                parts["label"] = self._label_of(child, attributes)
                parts["label_first"] = (
                    element.find(f"{CSL}name") is not None and "name" not in parts
                )
            elif tag == "institution":
                parts["institution"] = self._institution(child)
            else:
                substitute = self.rendering(child)
        variables = self._names_of(element, given)
        if not variables:
            return None
        return Names(
            line=line_of(element),
            look=self.look(element, given),
            variables=variables,
            options=NameOptions(names_delimiter=given.get("delimiter")),
            substitute=substitute,
            bare=not parts and not substitute and not len(element),
            **parts,
        )

    def _names_of(self, element: XmlElement, given: dict[str, str]) -> tuple[str, ...]:
        variables = tuple(given.get("variable", "").split())
        if not variables:
            self._incomplete(element, "a variable")
        return tuple(self._known_variable(element, variable) for variable in variables)

    def _name(self, element: XmlElement) -> NameElement:
        given = self.attributes(element, schema.NAME_ATTRIBUTES)
        children = self.source.children(element, frozenset(("name-part",)))
        return NameElement(
            line=line_of(element),
            look=self.look(element, given),
            options=self.name_options(element, given, schema.OWN_NAME_OPTIONS),
            parts=_present(map(self._name_part, children)),
            suppress_min=self.source.count(element, "suppress-min", given.get("suppress-min")),
            suppress_max=self.source.count(element, "suppress-max", given.get("suppress-max")),
        )

    def _part_name(
        self, element: XmlElement, given: dict[str, str], allowed: tuple[str, ...]
    ) -> str | None:
        """Return the name of a part; None, with a report, if there is no such part."""
        if "name" not in given:
            self._incomplete(element, "a name")
            return None
        return self.source.choice(element, "name", given["name"], allowed, None)

    def _name_part(self, element: XmlElement) -> NamePart | None:
        given = self._leaf(element, schema.FONT | schema.AFFIXES | {"name", "text-case"})
        name = self._part_name(element, given, ("given", "family"))
        if name is None:
            return None
        look = self.look(element, given)
        return NamePart(line=line_of(element), look=look, name=name)  # type: ignore[arg-type]  # checked above

    def _institution(self, element: XmlElement) -> Institution:
        given = self.attributes(element, schema.FONT | schema.AFFIXES)

        def count(name: str) -> int | None:
            return self.source.count(element, name, given.get(name))

        shown = given.get("institution-parts") or given.get("form") or "long"
        return Institution(
            line=line_of(element),
            look=self.look(element, given),
            and_=given.get("and"),
            delimiter=given.get("delimiter"),
            separator=given.get("part-separator"),
            shown=shown,
            use_first=count("use-first"),
            use_last=count("use-last"),
            substitute_use_first=count("substitute-use-first"),
            stop_last=count("stop-last") or 0,
            reverse_order=given.get("reverse-order") == "true",
            parts=_present(
                self._institution_part(child)
                for child in self.source.children(element, frozenset(("institution-part",)))
            ),
        )

    def _institution_part(self, element: XmlElement) -> InstitutionPart | None:
        given = self._leaf(element, schema.FONT | schema.AFFIXES)
        name = self._part_name(element, given, ("long", "short"))
        if name is None:
            return None
        return InstitutionPart(
            line=line_of(element),
            look=self.look(element, given),
            name=name,  # type: ignore[arg-type]  # checked above
            if_short=given.get("if-short") == "true",
        )

    # Dates

    def _date(self, element: XmlElement) -> DateElement | None:
        given = self.attributes(element, schema.DATE_ATTRIBUTES)
        variable = self._variable(element, given)
        if variable is None:
            return None
        return self.date_of(element, given | {"variable": variable})

    def date_of(self, element: XmlElement, given: dict[str, str]) -> DateElement:
        """Return a `cs:date`, of a style or of a locale."""
        form = given.get("form")
        if form is not None:
            form = self.source.choice(element, "form", form, ("numeric", "text"), None)
        shown = given.get("date-parts", "year-month-day")
        parts = self.source.children(element, frozenset(("date-part",)))
        return DateElement(
            line=line_of(element),
            look=self.look(element, given),
            variable=given.get("variable", ""),
            form=form,  # type: ignore[arg-type]  # checked above
            shown=self.source.choice(element, "date-parts", shown, schema.SHOWN, "year-month-day"),
            delimiter=given.get("delimiter", ""),
            parts=_present(map(self._date_part, parts)),
        )

    def _date_part(self, element: XmlElement) -> DatePart | None:
        given = self._leaf(element, schema.DATE_PART_ATTRIBUTES)
        name = self._part_name(element, given, ("year", "month", "day"))
        if name is None:
            return None
        form = given.get("form")
        if form is not None:
            form = self.source.choice(element, "form", form, schema.DATE_PART_FORMS[name], None)
        return DatePart(
            line=line_of(element),
            look=self.look(element, given),
            name=name,  # type: ignore[arg-type]  # checked above
            form=form,
            range_delimiter=given.get("range-delimiter"),
        )
