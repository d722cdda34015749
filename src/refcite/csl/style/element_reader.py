"""Rendering elements: from XML to `refcite.csl.style.elements`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

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
from refcite.csl.style.xml import CSL, Source, XmlElement, local_name
from refcite.problems import near_matches
from refcite.vocabulary import VARIABLES

__all__ = ["ElementReader", "line_of"]


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

    Attributes:
        is_csl_m: Whether the style is one of CSL-M.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        root = source.root
        self.is_csl_m = root.tag == f"{CSL}style" and csl_m.is_csl_m(root)
        self._readers: dict[str, Callable[[XmlElement], Element]] = {
            "choose": self._choose,
            "date": self._date,
            "group": self._group,
            "label": self._label,
            "names": self._names,
            "number": self._number,
            "text": self._text,
        }
        source.is_lenient = self.is_csl_m
        self._rendering = schema.RENDERING
        if self.is_csl_m:
            self._readers["alternative"] = self._alternative
            self._readers["alternative-text"] = self._alternative_text
            self._rendering |= {"alternative", "alternative-text"}

    def rendering(self, element: XmlElement) -> tuple[Element, ...]:
        """Return the rendering elements within an element."""
        return tuple(
            self._readers[local_name(child)](child)
            for child in self.source.children(element, self._rendering)
        )

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
        for name in schema.FONT & given.keys():
            self.source.choice(element, name, given[name], schema.FORMATTING[name])
        case, display = given.get("text-case"), given.get("display")
        if self.is_csl_m:
            case = case if case in schema.CASES else None
            display = display if display in schema.DISPLAYS else None
        if case is not None:
            self.source.choice(element, "text-case", case, schema.CASES)
        if display is not None:
            self.source.choice(element, "display", display, schema.DISPLAYS)
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

    def _text(self, element: XmlElement) -> Text:
        given = self._leaf(element, schema.TEXT_ATTRIBUTES)
        contents = [name for name in ("variable", "macro", "term", "value") if name in given]
        if self.is_csl_m and contents:
            for name in contents[1:]:
                del given[name]
        elif len(contents) != 1:
            raise self.source.error(element, "needs one of variable, macro, term and value")
        if "term" in given:
            self.source.choice(element, "form", given.get("form", "long"), schema.TERM_FORMS)
        if "variable" in given:
            self._variable(element, given)
        label_form = given.get("label-form")
        return Text(
            line=line_of(element),
            look=self.look(element, given),
            variable=given.get("variable"),
            macro=given.get("macro"),
            term=given.get("term"),
            value=given.get("value"),
            form=given.get("form", "long"),
            plural=self.source.flag(element, "plural", given.get("plural")) is True,
            label_form=label_form,
            default_locale=given.get("default-locale") == "true",
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
            label_form=given.get("label-form"),
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
        if variable in known or variable in _KNOWN_IN_CSL_M.get(tag, ()):
            if self.is_csl_m or variable in known:
                return
        elif self.is_csl_m and tag in ("label", "number", "text") and variable not in VARIABLES:
            # Published styles print many variables of their own. They are read from `extra`.
            return
        elif self.is_csl_m and tag in ("label", "number"):
            # What is a number there may be a text in CSL 1.0.2.
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
            form=self._term_form(element, given.get("form", "long")),
            inner_form=given.get("form", "short"),
            plural=plural,  # type: ignore[arg-type]  # checked above
        )

    def _term_form(self, element: XmlElement, form: str) -> str:
        if self.is_csl_m and form == csl_m.STATIC:
            return form
        return self.source.choice(element, "form", form, schema.TERM_FORMS)

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
            raise self.source.error(element, "does not begin with <if>")
        for child, tag in zip(children[1:], tags, strict=False):
            if tag == "else" or local_name(child) == "if":
                raise self.source.error(child, f"must not follow <{tag}>")
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
            raise self.source.error(element, "has no condition")
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
        return tuple(
            self._readers[local_name(child)](child)
            for child in self.source.children(element, self._rendering | {"conditions"})
            if child is not conditions
        )

    def _tests(self, element: XmlElement, allowed: frozenset[str]) -> tuple[str, tuple[Test, ...]]:
        """Return the `match` and the tests of an element."""
        if self.is_csl_m and allowed:
            allowed |= csl_m.CONDITION_KINDS
        given = self.source.attributes(element, allowed)
        matches = ("all", "any", "none", "nand") if self.is_csl_m else ("all", "any", "none")
        match = self.source.choice(element, "match", given.pop("match", "all"), matches)
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
                        child, "term", et_al.get("term", "et-al"), ("et-al", "and others")
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
        given = self.attributes(element, schema.NAME_ATTRIBUTES)
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
            parts=tuple(
                self._institution_part(child)
                for child in self.source.children(element, frozenset(("institution-part",)))
            ),
        )

    def _institution_part(self, element: XmlElement) -> InstitutionPart:
        given = self._leaf(element, schema.FONT | schema.AFFIXES)
        name = self.source.choice(element, "name", given.get("name", ""), ("long", "short"))
        return InstitutionPart(
            line=line_of(element),
            look=self.look(element, given),
            name=name,  # type: ignore[arg-type]  # checked above
            if_short=given.get("if-short") == "true",
        )

    # Dates

    def _date(self, element: XmlElement) -> DateElement:
        given = self.attributes(element, schema.DATE_ATTRIBUTES)
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
