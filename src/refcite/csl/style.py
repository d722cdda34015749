"""CSL styles: from XML to the typed tree of `refcite.csl.elements`.

Only this module and `refcite.csl.locale` meet XML. Whatever is wrong with a style is found here,
before anything is rendered, and said with the style, the line and the element.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from attrs import frozen

from refcite.csl.elements import (
    PLAIN,
    Area,
    Bibliography,
    Branch,
    Choose,
    Citation,
    DateElement,
    DatePart,
    Element,
    EtAl,
    Group,
    Key,
    Label,
    Layout,
    LocaleData,
    Look,
    Macro,
    NameElement,
    NameOptions,
    NamePart,
    Names,
    Number,
    Style,
    TermData,
    Test,
    Text,
)
from refcite.csl.output import NORMAL, Format
from refcite.csl.style_checks import check_macros
from refcite.csl.xml import CSL, Source, XmlElement, local_name

__all__ = ["Dependent", "read_dependent", "read_locale", "read_style"]

_FORMATTING: Final = {
    "font-style": ("normal", "italic", "oblique"),
    "font-variant": ("normal", "small-caps"),
    "font-weight": ("normal", "bold", "light"),
    "text-decoration": ("none", "underline"),
    "vertical-align": ("baseline", "sup", "sub"),
}
_CASES: Final = (
    "lowercase",
    "uppercase",
    "capitalize-first",
    "capitalize-all",
    "sentence",
    "title",
)
_DISPLAYS: Final = ("block", "left-margin", "right-inline", "indent")
_NAME_OPTIONS: Final = {
    "and": "and_",
    "delimiter-precedes-et-al": "delimiter_precedes_et_al",
    "delimiter-precedes-last": "delimiter_precedes_last",
    "et-al-min": "et_al_min",
    "et-al-use-first": "et_al_use_first",
    "et-al-use-last": "et_al_use_last",
    "et-al-subsequent-min": "et_al_subsequent_min",
    "et-al-subsequent-use-first": "et_al_subsequent_use_first",
    "initialize": "initialize",
    "initialize-with": "initialize_with",
    "name-as-sort-order": "name_as_sort_order",
    "sort-separator": "sort_separator",
}
_INHERITED_NAME_OPTIONS: Final = {
    **_NAME_OPTIONS,
    "name-form": "form",
    "name-delimiter": "delimiter",
    "names-delimiter": "names_delimiter",
}
_OWN_NAME_OPTIONS: Final = {**_NAME_OPTIONS, "form": "form", "delimiter": "delimiter"}
_PRECEDES: Final = ("contextual", "after-inverted-name", "always", "never")
_NAME_CHOICES: Final = {
    "and": ("text", "symbol"),
    "delimiter-precedes-et-al": _PRECEDES,
    "delimiter-precedes-last": _PRECEDES,
    "name-as-sort-order": ("first", "all"),
    "name-form": ("long", "short", "count"),
    "form": ("long", "short", "count"),
}
_TERM_FORMS: Final = ("long", "short", "verb", "verb-short", "symbol")

_AFFIXES: Final = frozenset(("prefix", "suffix"))
_FONT: Final = frozenset(_FORMATTING)
_RENDERING: Final = frozenset(("choose", "date", "group", "label", "names", "number", "text"))


@frozen(kw_only=True)
class Dependent:
    """A dependent style: the id of its parent, and the locale that it prefers."""

    id: str
    title: str
    parent: str
    default_locale: str | None


def read_dependent(source: Source) -> Dependent | None:
    """Return what a dependent style says, or None where the style is independent.

    Raises:
        StyleError: The style is dependent and names no parent.
    """
    root = source.root
    if root.tag != f"{CSL}style":
        raise source.error(root, "is not a CSL style (the root must be <style> of CSL 1.0)")
    if root.find(f"{CSL}citation") is not None or root.find(f"{CSL}macro") is not None:
        return None
    links = root.iterfind(f"{CSL}info/{CSL}link")
    parents = [link.get("href") for link in links if link.get("rel") == "independent-parent"]
    if not parents or not parents[0]:
        raise source.error(root, "has no <citation> and names no independent-parent")
    return Dependent(
        id=_info(root, "id"),
        title=_info(root, "title"),
        parent=parents[0],
        default_locale=root.get("default-locale"),
    )


def read_style(source: Source) -> Style:
    """Read an independent style.

    Args:
        source: The style's XML.

    Raises:
        StyleError: The style is broken: an element or attribute that CSL 1.0.2 does not know, a
            macro that is missing or calls itself, a dependent style.
    """
    if read_dependent(source) is not None:
        raise source.error(source.root, "is a dependent style; its parent is needed")
    style = _StyleReader(source).style()
    check_macros(style, source.name)
    return style


def read_locale(source: Source) -> LocaleData:
    """Read a locale file.

    Raises:
        StyleError: The file is broken.
    """
    if source.root.tag != f"{CSL}locale":
        raise source.error(source.root, "is not a CSL locale")
    return _StyleReader(source).locale(source.root)


def _info(root: XmlElement, name: str) -> str:
    return (root.findtext(f"{CSL}info/{CSL}{name}") or "").strip()


@cache
def _format(
    style: str | None, variant: str | None, weight: str | None, deco: str | None, align: str | None
) -> Format:
    return Format(style, variant, weight, deco, align)


class _StyleReader:
    """Builds typed elements from the XML of one source."""

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

    # The style

    def style(self) -> Style:
        source, root = self.source, self.source.root
        given = source.attributes(root, _STYLE_ATTRIBUTES)
        class_ = source.choice(root, "class", given.get("class", ""), ("in-text", "note"))
        macros: dict[str, Macro] = {}
        locales: list[LocaleData] = []
        areas: dict[str, XmlElement] = {}
        for child in source.children(root, _STYLE_CHILDREN):
            tag = local_name(child)
            if tag == "macro":
                macro = self._macro(child)
                macros[macro.name] = macro
            elif tag == "locale":
                locales.append(self.locale(child))
            else:
                areas[tag] = child
        if "citation" not in areas:
            raise source.error(root, "has no <citation>")
        bibliography = areas.get("bibliography")
        hyphen = source.flag(root, "initialize-with-hyphen", given.get("initialize-with-hyphen"))
        return Style(
            id=_info(root, "id"),
            title=_info(root, "title"),
            class_=class_,
            citation=self._citation(areas["citation"]),
            bibliography=None if bibliography is None else self._bibliography(bibliography),
            macros=macros,
            locales=tuple(locales),
            default_locale=given.get("default-locale"),
            names=self._name_options(root, given, _INHERITED_NAME_OPTIONS),
            demote_non_dropping_particle=source.choice(
                root,
                "demote-non-dropping-particle",
                given.get("demote-non-dropping-particle", "display-and-sort"),
                ("never", "sort-only", "display-and-sort"),
            ),
            initialize_with_hyphen=hyphen is not False,
            page_range_format=given.get("page-range-format"),
        )

    def _macro(self, element: XmlElement) -> Macro:
        name = self.source.attributes(element, frozenset(("name",))).get("name")
        if not name:
            raise self.source.error(element, "has no name")
        return Macro(name=name, children=self._rendering(element), line=_line(element))

    def _area(self, element: XmlElement, given: dict[str, str]) -> dict[str, Any]:
        layout: Layout | None = None
        sort: tuple[Key, ...] = ()
        for child in self.source.children(element, frozenset(("layout", "sort"))):
            if local_name(child) == "layout":
                layout = self._layout(child)
            else:
                sort = tuple(map(self._key, self.source.children(child, frozenset(("key",)))))
        if layout is None:
            raise self.source.error(element, "has no <layout>")
        names = self._name_options(element, given, _INHERITED_NAME_OPTIONS)
        return {"layout": layout, "sort": sort, "names": names}

    def _citation(self, element: XmlElement) -> Citation:
        source = self.source
        given = source.attributes(element, _CITATION_ATTRIBUTES)

        def flag(name: str) -> bool:
            return source.flag(element, name, given.get(name)) is True

        distance = source.count(element, "near-note-distance", given.get("near-note-distance"))
        collapse = given.get("collapse")
        if collapse is not None:
            source.choice(element, "collapse", collapse, _COLLAPSES)
        rule = given.get("givenname-disambiguation-rule", "by-cite")
        return Citation(
            **self._area(element, given),
            add_givenname=flag("disambiguate-add-givenname"),
            givenname_rule=source.choice(element, "givenname-disambiguation-rule", rule, _RULES),
            add_names=flag("disambiguate-add-names"),
            add_year_suffix=flag("disambiguate-add-year-suffix"),
            cite_group_delimiter=given.get("cite-group-delimiter"),
            collapse=collapse,
            year_suffix_delimiter=given.get("year-suffix-delimiter"),
            after_collapse_delimiter=given.get("after-collapse-delimiter"),
            near_note_distance=5 if distance is None else distance,
        )

    def _bibliography(self, element: XmlElement) -> Bibliography:
        source = self.source
        given = source.attributes(element, _BIBLIOGRAPHY_ATTRIBUTES)
        align = given.get("second-field-align")
        if align is not None and align != "false":
            source.choice(element, "second-field-align", align, ("flush", "margin"))
        line = source.count(element, "line-spacing", given.get("line-spacing"))
        entry = source.count(element, "entry-spacing", given.get("entry-spacing"))
        rule = given.get("subsequent-author-substitute-rule", "complete-all")
        return Bibliography(
            **self._area(element, given),
            hanging_indent=source.flag(element, "hanging-indent", given.get("hanging-indent"))
            is True,
            second_field_align=None if align == "false" else align,
            line_spacing=1 if line is None else line,
            entry_spacing=1 if entry is None else entry,
            subsequent_author_substitute=given.get("subsequent-author-substitute"),
            subsequent_author_substitute_rule=source.choice(
                element, "subsequent-author-substitute-rule", rule, _SUBSTITUTE_RULES
            ),
        )

    def _key(self, element: XmlElement) -> Key:
        given = self.source.attributes(element, _KEY_ATTRIBUTES)
        if ("variable" in given) == ("macro" in given):
            raise self.source.error(element, "needs a variable or a macro")
        order = self.source.choice(
            element, "sort", given.get("sort", "ascending"), ("ascending", "descending")
        )
        return Key(
            variable=given.get("variable"),
            macro=given.get("macro"),
            descending=order == "descending",
            names_min=self.source.count(element, "names-min", given.get("names-min")),
            names_use_first=self.source.count(
                element, "names-use-first", given.get("names-use-first")
            ),
            names_use_last=self.source.flag(element, "names-use-last", given.get("names-use-last")),
            line=_line(element),
        )

    def _layout(self, element: XmlElement) -> Layout:
        given = self.source.attributes(element, _FONT | _AFFIXES | {"delimiter"})
        return Layout(
            line=_line(element),
            look=self._look(element, given),
            delimiter=given.get("delimiter", ""),
            children=self._rendering(element),
        )

    # Rendering elements

    def _rendering(self, element: XmlElement) -> tuple[Element, ...]:
        return tuple(
            self._readers[local_name(child)](child)
            for child in self.source.children(element, _RENDERING)
        )

    def _look(self, element: XmlElement, given: dict[str, str]) -> Look:
        for name in _FONT & given.keys():
            self.source.choice(element, name, given[name], _FORMATTING[name])
        case, display = given.get("text-case"), given.get("display")
        if case is not None:
            self.source.choice(element, "text-case", case, _CASES)
        if display is not None:
            self.source.choice(element, "display", display, _DISPLAYS)
        fonts = [given.get(name) for name in _FORMATTING]
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
        given = self.source.attributes(element, _TEXT_ATTRIBUTES)
        if sum(name in given for name in ("variable", "macro", "term", "value")) != 1:
            raise self.source.error(element, "needs one of variable, macro, term and value")
        if "term" in given:
            self.source.choice(element, "form", given.get("form", "long"), _TERM_FORMS)
        return Text(
            line=_line(element),
            look=self._look(element, given),
            variable=given.get("variable"),
            macro=given.get("macro"),
            term=given.get("term"),
            value=given.get("value"),
            form=given.get("form", "long"),
            plural=self.source.flag(element, "plural", given.get("plural")) is True,
        )

    def _number(self, element: XmlElement) -> Number:
        given = self.source.attributes(element, _NUMBER_ATTRIBUTES)
        forms = ("numeric", "ordinal", "long-ordinal", "roman")
        form = self.source.choice(element, "form", given.get("form", "numeric"), forms)
        return Number(
            line=_line(element),
            look=self._look(element, given),
            variable=self._variable(element, given),
            form=form,  # type: ignore[arg-type]  # checked above
        )

    def _variable(self, element: XmlElement, given: dict[str, str]) -> str:
        variable = given.get("variable", "").strip()
        if not variable:
            raise self.source.error(element, "needs a variable")
        return variable

    def _label(self, element: XmlElement) -> Label:
        given = self.source.attributes(element, _LABEL_ATTRIBUTES)
        self._variable(element, given)
        return self._label_of(element, given)

    def _label_of(self, element: XmlElement, given: dict[str, str]) -> Label:
        plurals = ("contextual", "always", "never")
        plural = self.source.choice(element, "plural", given.get("plural", "contextual"), plurals)
        return Label(
            line=_line(element),
            look=self._look(element, given),
            variable=given.get("variable", ""),
            form=self.source.choice(element, "form", given.get("form", "long"), _TERM_FORMS),
            plural=plural,  # type: ignore[arg-type]  # checked above
        )

    def _group(self, element: XmlElement) -> Group:
        given = self.source.attributes(element, _GROUP_ATTRIBUTES)
        return Group(
            line=_line(element),
            look=self._look(element, given),
            delimiter=given.get("delimiter", ""),
            children=self._rendering(element),
        )

    def _choose(self, element: XmlElement) -> Choose:
        allowed = frozenset(("if", "else-if", "else"))
        branches = tuple(map(self._branch, self.source.children(element, allowed)))
        return Choose(line=_line(element), branches=branches)

    def _branch(self, element: XmlElement) -> Branch:
        is_else = local_name(element) == "else"
        given = self.source.attributes(element, frozenset() if is_else else _TEST_ATTRIBUTES)
        match = self.source.choice(
            element, "match", given.pop("match", "all"), ("all", "any", "none")
        )
        tests = tuple(
            Test(kind=kind, value=value)
            for kind, values in given.items()
            for value in ((values,) if kind in _ALTERNATIVES else values.split())
        )
        if not tests and not is_else:
            raise self.source.error(element, "has no condition")
        return Branch(
            tests=tests,
            match=match,  # type: ignore[arg-type]  # checked above
            children=self._rendering(element),
        )

    # Names

    def _name_options(
        self, element: XmlElement, given: dict[str, str], table: dict[str, str]
    ) -> NameOptions:
        values: dict[str, Any] = {}
        for name in table.keys() & given.keys():
            value = given[name]
            if name in _NAME_CHOICES:
                self.source.choice(element, name, value, _NAME_CHOICES[name])
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
        given = source.attributes(element, _NAMES_ATTRIBUTES)
        parts: dict[str, Any] = {}
        substitute: tuple[Element, ...] = ()
        for child in source.children(element, frozenset(("name", "et-al", "label", "substitute"))):
            tag = local_name(child)
            if tag == "name":
                parts["name"] = self._name(child)
            elif tag == "et-al":
                et_al = source.attributes(child, _FONT | {"term"})
                parts["et_al"] = EtAl(
                    line=_line(child),
                    look=self._look(child, et_al),
                    term=source.choice(
                        child, "term", et_al.get("term", "et-al"), ("et-al", "and others")
                    ),
                )
            elif tag == "label":
                attributes = source.attributes(child, _LABEL_ATTRIBUTES)
                parts["label"] = self._label_of(child, attributes)
                parts["label_first"] = (
                    element.find(f"{CSL}name") is not None and "name" not in parts
                )
            else:
                substitute = self._rendering(child)
        return Names(
            line=_line(element),
            look=self._look(element, given),
            variables=tuple(self._variable(element, given).split()),
            options=NameOptions(names_delimiter=given.get("delimiter")),
            substitute=substitute,
            bare=not parts and not substitute and not len(element),
            **parts,
        )

    def _name(self, element: XmlElement) -> NameElement:
        given = self.source.attributes(element, _NAME_ATTRIBUTES)
        children = self.source.children(element, frozenset(("name-part",)))
        return NameElement(
            line=_line(element),
            look=self._look(element, given),
            options=self._name_options(element, given, _OWN_NAME_OPTIONS),
            parts=tuple(map(self._name_part, children)),
        )

    def _name_part(self, element: XmlElement) -> NamePart:
        given = self.source.attributes(element, _FONT | _AFFIXES | {"name", "text-case"})
        name = self.source.choice(element, "name", given.get("name", ""), ("given", "family"))
        look = self._look(element, given)
        return NamePart(line=_line(element), look=look, name=name)  # type: ignore[arg-type]  # checked above

    # Dates and locales

    def _date(self, element: XmlElement) -> DateElement:
        given = self.source.attributes(element, _DATE_ATTRIBUTES)
        self._variable(element, given)
        return self._date_of(element, given)

    def _date_of(self, element: XmlElement, given: dict[str, str]) -> DateElement:
        form = given.get("form")
        if form is not None:
            self.source.choice(element, "form", form, ("numeric", "text"))
        shown = given.get("date-parts", "year-month-day")
        parts = self.source.children(element, frozenset(("date-part",)))
        return DateElement(
            line=_line(element),
            look=self._look(element, given),
            variable=given.get("variable", ""),
            form=form,  # type: ignore[arg-type]  # checked above
            shown=self.source.choice(element, "date-parts", shown, _SHOWN),
            delimiter=given.get("delimiter", ""),
            parts=tuple(map(self._date_part, parts)),
        )

    def _date_part(self, element: XmlElement) -> DatePart:
        given = self.source.attributes(element, _DATE_PART_ATTRIBUTES)
        name = self.source.choice(element, "name", given.get("name", ""), ("year", "month", "day"))
        return DatePart(
            line=_line(element),
            look=self._look(element, given),
            name=name,  # type: ignore[arg-type]  # checked above
            form=given.get("form"),
            range_delimiter=given.get("range-delimiter"),
        )

    def locale(self, element: XmlElement) -> LocaleData:
        """Read one `cs:locale`, of a style or of a file."""
        given = self.source.attributes(element, frozenset(("version",)))
        terms: list[TermData] = []
        dates: list[DateElement] = []
        options: dict[str, bool | None] = {}
        allowed = frozenset(("info", "terms", "date", "style-options"))
        for child in self.source.children(element, allowed):
            tag = local_name(child)
            if tag == "terms":
                terms.extend(map(self._term, self.source.children(child, frozenset(("term",)))))
            elif tag == "date":
                dates.append(self._date_of(child, self.source.attributes(child, _DATE_ATTRIBUTES)))
            elif tag == "style-options":
                said = self.source.attributes(child, _LOCALE_OPTIONS)
                for name in _LOCALE_OPTIONS & said.keys():
                    options[name.replace("-", "_")] = self.source.flag(child, name, said[name])
        return LocaleData(
            language=given.get("lang"), terms=tuple(terms), dates=tuple(dates), **options
        )

    def _term(self, element: XmlElement) -> TermData:
        given = self.source.attributes(element, _TERM_ATTRIBUTES)
        name = given.get("name")
        if not name:
            raise self.source.error(element, "has no name")
        texts = {
            local_name(child): child.text or ""
            for child in self.source.children(element, frozenset(("single", "multiple")))
        }
        text = (element.text or "") if not texts else ""
        if "\n" in text and not text.strip():
            text = ""
        return TermData(
            name=name.replace("sub verbo", "sub-verbo"),
            form=given.get("form", "long"),
            single=texts.get("single", text),
            multiple=texts.get("multiple", text),
            gender=given.get("gender"),
            gender_form=given.get("gender-form"),
            match=given.get("match"),
        )


def _line(element: XmlElement) -> int:
    return element.sourceline or 0


_COLLAPSES: Final = ("citation-number", "year", "year-suffix", "year-suffix-ranged")
_RULES: Final = (
    "all-names",
    "all-names-with-initials",
    "primary-name",
    "primary-name-with-initials",
    "by-cite",
)
_SUBSTITUTE_RULES: Final = ("complete-all", "complete-each", "partial-each", "partial-first")
# An item has one type and a locator one label: several values are alternatives in any match.
_ALTERNATIVES: Final = frozenset(("type", "locator"))
_SHOWN: Final = ("year-month-day", "year-month", "year")
_LOCALE_OPTIONS: Final = frozenset(("punctuation-in-quote", "limit-day-ordinals-to-day-1"))
_STYLE_CHILDREN: Final = frozenset(("info", "locale", "macro", "citation", "bibliography"))
_STYLE_ATTRIBUTES: Final = frozenset(
    (
        "class",
        "version",
        "default-locale",
        "demote-non-dropping-particle",
        "initialize-with-hyphen",
        "page-range-format",
        *_INHERITED_NAME_OPTIONS,
    )
)
_CITATION_ATTRIBUTES: Final = frozenset(
    (
        "disambiguate-add-givenname",
        "givenname-disambiguation-rule",
        "disambiguate-add-names",
        "disambiguate-add-year-suffix",
        "cite-group-delimiter",
        "collapse",
        "year-suffix-delimiter",
        "after-collapse-delimiter",
        "near-note-distance",
        *_INHERITED_NAME_OPTIONS,
    )
)
_BIBLIOGRAPHY_ATTRIBUTES: Final = frozenset(
    (
        "hanging-indent",
        "second-field-align",
        "line-spacing",
        "entry-spacing",
        "subsequent-author-substitute",
        "subsequent-author-substitute-rule",
        *_INHERITED_NAME_OPTIONS,
    )
)
_KEY_ATTRIBUTES: Final = frozenset(
    ("variable", "macro", "sort", "names-min", "names-use-first", "names-use-last")
)
_TEXT_ATTRIBUTES: Final = (
    _FONT
    | _AFFIXES
    | {"variable", "macro", "term", "value", "form", "plural", "display"}
    | {"quotes", "strip-periods", "text-case"}
)
_NUMBER_ATTRIBUTES: Final = _FONT | _AFFIXES | {"variable", "form", "display", "text-case"}
_LABEL_ATTRIBUTES: Final = (
    _FONT | _AFFIXES | {"variable", "form", "plural", "strip-periods", "text-case"}
)
_GROUP_ATTRIBUTES: Final = _FONT | _AFFIXES | {"delimiter", "display"}
_TEST_ATTRIBUTES: Final = frozenset(
    (
        "disambiguate",
        "is-numeric",
        "is-uncertain-date",
        "locator",
        "position",
        "type",
        "variable",
        "match",
    )
)
_NAMES_ATTRIBUTES: Final = _FONT | _AFFIXES | {"variable", "delimiter", "display"}
_NAME_ATTRIBUTES: Final = _FONT | _AFFIXES | frozenset(_OWN_NAME_OPTIONS)
_DATE_ATTRIBUTES: Final = (
    _FONT | _AFFIXES | {"variable", "form", "date-parts", "delimiter", "display", "text-case"}
)
_DATE_PART_ATTRIBUTES: Final = (
    _FONT | _AFFIXES | {"name", "form", "range-delimiter", "strip-periods", "text-case"}
)
_TERM_ATTRIBUTES: Final = frozenset(("name", "form", "gender", "gender-form", "match"))
