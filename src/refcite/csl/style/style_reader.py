"""CSL styles: from XML to the typed tree of `refcite.csl.style.elements`.

This module reads the elements around the rendering elements: `cs:style`, its areas, macros, sort
keys and locales. It finds all errors of a style before anything is rendered, and reports them with
the style, the line and the element.
"""

from __future__ import annotations

import re
from typing import Any, Final

from attrs import evolve, frozen

from refcite.csl.style import csl_m, schema
from refcite.csl.style.element_reader import ElementReader
from refcite.csl.style.elements import (
    Bibliography,
    Citation,
    DateElement,
    Key,
    Layout,
    LocaleData,
    Macro,
    Style,
    TermData,
)
from refcite.csl.style.style_checks import check_macros, check_terms
from refcite.csl.style.xml import CSL, Source, XmlElement, line_of, local_name
from refcite.problems import near_matches
from refcite.vocabulary import VARIABLES

__all__ = ["Dependent", "read_dependent", "read_locale", "read_style"]

_CLASSES: Final = ("in-text", "note")
_VERSION: Final = re.compile(r"1\.\d")


@frozen(kw_only=True)
class Dependent:
    """A dependent style: the id of its parent, and its default locale."""

    id: str
    title: str
    parent: str
    default_locale: str | None


def read_dependent(source: Source) -> Dependent | None:
    """Return the data of a dependent style, or None if the style is independent.

    Raises:
        StyleError: The style is dependent, but names no parent.
    """
    root = source.root
    if root.tag != f"{CSL}style":
        raise source.root_error("style")
    if root.find(f"{CSL}citation") is not None or root.find(f"{CSL}macro") is not None:
        return None
    links = root.iterfind(f"{CSL}info/{CSL}link")
    parents = [link.get("href") for link in links if link.get("rel") == "independent-parent"]
    if not parents or not parents[0]:
        raise source.error(root, "has neither a <citation> nor a link to an independent-parent")
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
        StyleError: The style cannot be printed: an essential element or a macro is missing, a macro
            calls itself, it is a dependent style.
    """
    if read_dependent(source) is not None:
        raise source.error(source.root, "is a dependent style; use its parent")
    style = _StyleReader(source).style()
    check_macros(style, source)
    check_terms(style, source)
    return evolve(style, problems=tuple(source.problems))


def read_locale(source: Source) -> LocaleData:
    """Read a locale file.

    Raises:
        StyleError: The file is broken.
    """
    if source.root.tag != f"{CSL}locale":
        raise source.root_error("locale")
    return evolve(_StyleReader(source).locale(source.root), problems=tuple(source.problems))


def _info(root: XmlElement, name: str) -> str:
    return (root.findtext(f"{CSL}info/{CSL}{name}") or "").strip()


def _links(root: XmlElement, relation: str) -> tuple[str, ...]:
    """Return the addresses of the links of one kind that describe a style."""
    links = root.iterfind(f"{CSL}info/{CSL}link")
    return tuple(link.get("href", "").strip() for link in links if link.get("rel") == relation)


class _StyleReader:
    """Builds styles and locales."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._elements = ElementReader(source)
        self._term_forms: tuple[str, ...] = schema.TERM_FORMS
        if self._elements.is_csl_m:
            self._term_forms += (csl_m.STATIC,)

    def style(self) -> Style:
        source, root = self.source, self.source.root
        elements = self._elements
        given = elements.attributes(root, schema.STYLE_ATTRIBUTES)
        if not _VERSION.match(given.get("version", "1.0")):
            source.fail(root, f"version={given['version']!r} is not a version 1.x of CSL")
        class_ = given.get("class", "")
        if not class_:
            source.fail(root, 'has no class; add class="in-text" or class="note"')
        elif class_ not in _CLASSES:
            near = near_matches(class_, _CLASSES)
            source.fail(root, f"class={class_!r} is not one of {', '.join(_CLASSES)}{near}")
        macros: dict[str, Macro] = {}
        locales: list[LocaleData] = []
        areas: dict[str, XmlElement] = {}
        allowed = schema.STYLE_CHILDREN | ({"intext"} if elements.is_csl_m else set())
        for child in source.children(root, allowed):
            tag = local_name(child)
            if tag == "macro":
                macro = self._macro(child)
                if macro is None:
                    continue
                if macro.name in macros:
                    first = macros[macro.name].line
                    message = f"the macro {macro.name!r} is already defined on line {first}"
                    self._repeated(child, message)
                    continue
                macros[macro.name] = macro
            elif tag == "locale":
                locales.append(self.locale(child))
            elif tag == "intext":
                continue
            elif tag in areas:
                self._repeated(child, "occurs twice in the style")
            else:
                areas[tag] = child
        if "citation" not in areas:
            raise source.error(root, "has no <citation>")
        if elements.is_csl_m:
            # Macros that a style calls without defining them are those of a jurisdiction's module.
            for call in root.iter(f"{CSL}text"):
                name = call.get("macro")
                if name is not None and name not in macros:
                    macros[name] = Macro(name=name, children=())
        bibliography = areas.get("bibliography")
        ranges = given.get("page-range-format")
        if ranges is not None:
            ranges = source.choice(
                root, "page-range-format", ranges, schema.PAGE_RANGE_FORMATS, None
            )
        hyphen = source.flag(root, "initialize-with-hyphen", given.get("initialize-with-hyphen"))
        return Style(
            id=_info(root, "id"),
            title=_info(root, "title"),
            class_=class_,  # type: ignore[arg-type]  # checked above
            citation=self._citation(areas["citation"]),
            bibliography=None if bibliography is None else self._bibliography(bibliography),
            macros=macros,
            locales=tuple(locales),
            default_locale=given.get("default-locale"),
            names=self._elements.name_options(root, given, schema.INHERITED_NAME_OPTIONS),
            line=line_of(root),
            demote_non_dropping_particle=source.choice(
                root,
                "demote-non-dropping-particle",
                given.get("demote-non-dropping-particle", "display-and-sort"),
                ("never", "sort-only", "display-and-sort"),
                "display-and-sort",
            ),
            initialize_with_hyphen=hyphen is not False,
            page_range_format=ranges,
            is_csl_m=elements.is_csl_m,
            default_locale_sort=given.get("default-locale-sort"),
            year_range_format=self._year_range_format(root, given),
            track_containers=tuple(given.get("track-containers", "").split()),
            addresses=_links(root, "self"),
            documentation=_links(root, "documentation"),
        )

    def _year_range_format(self, root: XmlElement, given: dict[str, str]) -> str | None:
        found = given.get("year-range-format")
        if found is not None:
            return self.source.choice(
                root, "year-range-format", found, csl_m.YEAR_RANGE_FORMATS, None
            )
        return None

    def _repeated(self, element: XmlElement, message: str) -> None:
        hint = "remove one of them; only the first is used"
        self.source.warn(element, message, hint, code="repeated-element")

    def _nameless(self, element: XmlElement) -> None:
        hint = "add it, or remove the element; it has no effect"
        self.source.warn(element, "needs a name", hint, code="incomplete-element")

    def _macro(self, element: XmlElement) -> Macro | None:
        name = self.source.attributes(element, frozenset(("name",))).get("name")
        if not name:
            self._nameless(element)
            return None
        return Macro(name=name, children=self._elements.rendering(element), line=line_of(element))

    def _area(self, element: XmlElement, given: dict[str, str]) -> dict[str, Any]:
        layout: Layout | None = None
        localized: list[Layout] = []
        sort: tuple[Key, ...] = ()
        met: set[str] = set()
        for child in self.source.children(element, frozenset(("layout", "sort"))):
            tag = local_name(child)
            if tag == "layout" and child.get("locale") and self._elements.is_csl_m:
                localized.append(self._layout(child))
                continue
            if tag in met:
                self._repeated(child, f"occurs twice in <{local_name(element)}>")
                continue
            met.add(tag)
            if tag == "layout":
                layout = self._layout(child)
            else:
                keys = map(self._key, self.source.children(child, frozenset(("key",))))
                sort = tuple(key for key in keys if key is not None)
        if layout is None and localized:
            layout = localized.pop()
        if layout is None:
            self.source.fail(element, "has no <layout>")
            layout = Layout()
        names = self._elements.name_options(element, given, schema.INHERITED_NAME_OPTIONS)
        return {
            "layout": layout,
            "localized": tuple(localized),
            "sort": sort,
            "names": names,
            "line": line_of(element),
        }

    def _citation(self, element: XmlElement) -> Citation:
        source = self.source
        given = source.attributes(element, schema.CITATION_ATTRIBUTES)

        def flag(name: str) -> bool:
            return source.flag(element, name, given.get(name)) is True

        distance = source.count(element, "near-note-distance", given.get("near-note-distance"))
        collapse = given.get("collapse")
        if collapse is not None:
            collapse = source.choice(element, "collapse", collapse, schema.COLLAPSES, None)
        rule = given.get("givenname-disambiguation-rule", "by-cite")
        return Citation(
            **self._area(element, given),
            add_givenname=flag("disambiguate-add-givenname"),
            givenname_rule=source.choice(
                element, "givenname-disambiguation-rule", rule, schema.RULES, "by-cite"
            ),
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
        given = self._elements.attributes(element, schema.BIBLIOGRAPHY_ATTRIBUTES)
        align = given.get("second-field-align")
        if align is not None and align != "false":
            align = source.choice(element, "second-field-align", align, ("flush", "margin"), None)
        line = source.count(element, "line-spacing", given.get("line-spacing"))
        entry = source.count(element, "entry-spacing", given.get("entry-spacing"))
        rule = given.get("subsequent-author-substitute-rule", "complete-all")
        return Bibliography(
            **self._area(element, given),
            hanging_indent=source.flag(element, "hanging-indent", given.get("hanging-indent"))
            is True,
            second_field_align=None if align == "false" else align,  # type: ignore[arg-type]  # checked above
            line_spacing=1 if line is None else line,
            entry_spacing=1 if entry is None else entry,
            subsequent_author_substitute=given.get("subsequent-author-substitute"),
            subsequent_author_substitute_rule=source.choice(
                element,
                "subsequent-author-substitute-rule",
                rule,
                schema.SUBSTITUTE_RULES,
                "complete-all",
            ),
            exclude_types=tuple(given.get("exclude-types", "").split()),
            exclude_with_fields=tuple(given.get("exclude-with-fields", "").split()),
            consolidate_containers=tuple(given.get("consolidate-containers", "").split()),
        )

    def _key(self, element: XmlElement) -> Key | None:
        given = self.source.attributes(element, schema.KEY_ATTRIBUTES)
        self.source.refuse_content(element)
        if ("variable" in given) == ("macro" in given):
            message = "needs either a variable or a macro"
            hint = "correct it, or remove the element; nothing is sorted by it"
            self.source.warn(element, message, hint, code="incomplete-element")
            return None
        variable = given.get("variable")
        if variable is not None and variable not in VARIABLES and not self._elements.is_csl_m:
            message = f"CSL has no variable {variable!r}{near_matches(variable, VARIABLES)}"
            hint = "use a variable of CSL; nothing is sorted by it"
            self.source.warn(element, message, hint, code="unknown-variable")
        order = self.source.choice(
            element, "sort", given.get("sort", "ascending"), ("ascending", "descending"), None
        )
        return Key(
            variable=variable,
            macro=given.get("macro"),
            descending=order == "descending",
            names_min=self.source.count(element, "names-min", given.get("names-min")),
            names_use_first=self.source.count(
                element, "names-use-first", given.get("names-use-first")
            ),
            names_use_last=self.source.flag(element, "names-use-last", given.get("names-use-last")),
            line=line_of(element),
        )

    def _layout(self, element: XmlElement) -> Layout:
        given = self._elements.attributes(element, schema.FONT | schema.AFFIXES | {"delimiter"})
        return Layout(
            line=line_of(element),
            look=self._elements.look(element, given),
            delimiter=given.get("delimiter", ""),
            locale=tuple(given.get("locale", "").split()),
            children=self._elements.rendering(element),
        )

    def locale(self, element: XmlElement) -> LocaleData:
        """Read one `cs:locale`, of a style or of a file."""
        given = self.source.attributes(element, frozenset(("version",)))
        terms: list[TermData] = []
        dates: list[DateElement] = []
        options: dict[str, Any] = {}
        allowed = frozenset(("info", "terms", "date", "style-options"))
        if self._elements.is_csl_m:
            allowed |= {"court-class"}
        for child in self.source.children(element, allowed):
            tag = local_name(child)
            if tag == "terms":
                read = map(self._term, self.source.children(child, frozenset(("term",))))
                terms.extend(term for term in read if term is not None)
            elif tag == "date":
                dates.append(
                    self._elements.date_of(
                        child, self.source.attributes(child, schema.DATE_ATTRIBUTES)
                    )
                )
            elif tag == "style-options":
                said = self._elements.attributes(child, schema.LOCALE_OPTIONS)
                for name in schema.LOCALE_OPTIONS & said.keys():
                    options[name.replace("-", "_")] = self.source.flag(child, name, said[name])
        return LocaleData(
            language=given.get("lang"), terms=tuple(terms), dates=tuple(dates), **options
        )

    def _term(self, element: XmlElement) -> TermData | None:
        given = self.source.attributes(element, schema.TERM_ATTRIBUTES)
        name = given.get("name")
        if not name:
            self._nameless(element)
            return None
        for attribute, values in (
            ("form", self._term_forms),
            ("gender", schema.GENDERS),
            ("gender-form", schema.GENDERS),
            ("match", schema.MATCHES),
        ):
            if attribute not in given:
                continue
            if self.source.choice(element, attribute, given[attribute], values, None) is None:
                if attribute == "form":
                    return None  # the term is defined in this form only
                del given[attribute]
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
            line=line_of(element),
        )
