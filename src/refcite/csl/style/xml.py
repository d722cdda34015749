"""Reading the XML of styles and locales, with the locations of problems.

Entities, DTDs and the network are off: a style cannot make the program read a file or an address.

The severity of a problem depends on its effect. If the rest of the style can still be printed, the
problem is a warning, and the attribute, value or element is ignored: an unknown attribute, an
unknown value (the default applies, and a condition is false), an element or text in a place where
CSL allows none, a second element of a kind that occurs once, an element without its required
attribute, a variable or term that CSL does not define (it prints nothing). If the meaning of the
style is not certain, or an essential part is missing, the problem is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeVar

from lxml import etree

from refcite.problems import Problem, Severity, StyleError, near_matches

__all__ = ["CSL", "Source", "XmlElement", "line_of", "local_name"]

CSL: Final = "{http://purl.org/net/xbiblio/csl}"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DEEPEST: Final = 60
_MOST_ATTRIBUTES: Final = 100
_NOTHING: Final[frozenset[str]] = frozenset()
# The forms of a term may be given as elements or as the term's own text.
_BESIDE_TEXT: Final = frozenset(("single", "multiple"))

# lxml repeats the line, with a file that does not exist.
_FILE_AND_LINE: Final = re.compile(r" \(<string>, line \d+\)\Z")

# Some published styles have references that were escaped once too often.
_REFERENCE: Final = re.compile(r"&(?:(lt|gt)|#(?:[xX]([0-9A-Fa-f]{1,6})|([0-9]{1,7})));")
_NAMED: Final = {"lt": "<", "gt": ">"}
_SPACES: Final = "\t\n\u00a0\u2002\u2003\u2009\u202f"

_PAGE_START: Final = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+)?html\b", re.IGNORECASE)
_PAGE: Final = "a web page (HTML), and not a style; download the file of the style itself"

XmlElement = etree._Element
_D = TypeVar("_D")


class Source:
    """The XML of one style or locale, with its name in errors.

    Args:
        xml: The text, or its bytes.
        name: Its name in errors: an id or a path.
        collects: Collect errors in `problems` too, as far as reading can continue after them,
            instead of raising the first one.

    Attributes:
        problems: The problems met so far.

    Raises:
        StyleError: It is not well-formed XML, or not CSL.
    """

    def __init__(self, xml: str | bytes, name: str, *, collects: bool = False) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._collects = collects
        data = xml.encode(errors="replace") if isinstance(xml, str) else xml
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding="utf-8" if isinstance(xml, str) else None,
        )
        try:
            self.root = etree.fromstring(data.strip(), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if _is_page(data):
                raise StyleError(f"{name}: {_PAGE}") from None
            reason = _FILE_AND_LINE.sub("", str(error))
            line = getattr(error, "lineno", None)
            raise StyleError(f"{name}: not well-formed XML: {reason}", line=line) from None
        if local_name(self.root).lower() == "html":
            raise StyleError(f"{name}: {_PAGE}")
        if self.root.getroottree().docinfo.internalDTD is not None:
            raise StyleError(f"{name}: a style must not have a document type declaration")
        self._refuse_depth()

    def _refuse_depth(self) -> None:
        depth = 0
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise self.error(element, f"elements are nested deeper than {_DEEPEST}")

    def root_error(self, name: str) -> StyleError:
        """Return the error about a root that is not the element of this name in CSL's namespace."""
        found = etree.QName(self.root)
        if found.localname == name:
            namespace = f"the namespace {found.namespace!r}" if found.namespace else "no namespace"
            message = f'is in {namespace}; write xmlns="{CSL[1:-1]}"'
            return self.error(self.root, message)
        return self.error(self.root, f"is not a CSL {name} (the root must be <{name}> of CSL 1.0)")

    def error(self, element: XmlElement, message: str) -> StyleError:
        """Return an error about an element, with the style, the line and the element."""
        return self.error_at(line_of(element), local_name(element), message)

    def error_at(self, line: int, tag: str, message: str) -> StyleError:
        """Return an error about the element of this name on a line."""
        return StyleError(f"{self.name}, line {line}, <{tag}>: {message}", line=line)

    def fail(self, element: XmlElement, message: str) -> None:
        """Raise an error about an element, or add it to the problems.

        Raises:
            StyleError: Errors are not collected.
        """
        self.fail_at(line_of(element), local_name(element), message)

    def fail_at(self, line: int, tag: str, message: str) -> None:
        """Raise an error about the element of this name on a line, or add it to the problems.

        Raises:
            StyleError: Errors are not collected.
        """
        if not self._collects:
            raise self.error_at(line, tag, message)
        self._add(line, tag, message, severity=Severity.ERROR, code="broken-style")

    def warn(self, element: XmlElement, message: str, hint: str, *, code: str) -> None:
        """Add a problem after which the rest of the style can be printed.

        Args:
            element: The element.
            code: The code of the problem.
            message: The problem; a question after a semicolon takes precedence over the hint.
            hint: What to do.
        """
        self.warn_at(line_of(element), local_name(element), message, hint, code=code)

    def warn_at(self, line: int, tag: str, message: str, hint: str, *, code: str) -> None:
        """Add a problem of the element of this name on a line; see `warn`."""
        self._add(line, tag, message, hint, severity=Severity.WARNING, code=code)

    def _add(
        self, line: int, tag: str, message: str, hint: str = "", *, severity: Severity, code: str
    ) -> None:
        message, _, better = message.partition("; ")
        self.problems.append(
            Problem(
                severity=severity,
                code=code,
                message=f"<{tag}>: {message}",
                line=line or None,
                hint=better or hint or None,
                file=self.name,
            )
        )

    def children(self, element: XmlElement, allowed: frozenset[str]) -> Iterator[XmlElement]:
        """Yield the CSL children of an element; others are reported and ignored."""
        texts = [element.text] if allowed.isdisjoint(_BESIDE_TEXT) else []
        for child in element:
            texts.append(child.tail)
            if not isinstance(child.tag, str):
                raise self.error(element, f"contains an entity, &{child.name};")
            tag = local_name(child)
            if not child.tag.startswith(CSL):
                message, hint = "is not in the CSL namespace", "remove it"
            elif tag not in allowed:
                near = near_matches(tag, allowed)
                message = f"is not allowed in <{local_name(element)}>{near}"
                hint = "remove it, or move it to an element that allows it"
            else:
                yield child
                continue
            self.warn(child, message, f"{hint}; it prints nothing", code="unknown-element")
        stray = next((text.strip() for text in texts if text and not text.isspace()), None)
        if stray is not None:
            self.warn(
                element,
                f"contains the text {stray[:40]!r}",
                'remove it; CSL prints text with <text value="…"/>',
                code="stray-text",
            )

    def refuse_content(self, element: XmlElement) -> None:
        """Report the content of an element if CSL allows none."""
        for _ in self.children(element, _NOTHING):
            pass

    def attributes(self, element: XmlElement, allowed: frozenset[str]) -> dict[str, str]:
        """Return an element's attributes, without those of other namespaces and unknown ones.

        Raises:
            StyleError: There are too many.
        """
        found: dict[str, str] = {}
        if len(element.attrib) > _MOST_ATTRIBUTES:
            # lxml needs a minute to read a hundred thousand of them.
            raise self.error(element, f"has more than {_MOST_ATTRIBUTES} attributes")
        for name, value in element.attrib.items():
            key, text = str(name), _decoded(str(value))
            if key == _LANGUAGE:
                found["lang"] = text
            elif key.startswith("{"):
                continue
            elif key not in allowed:
                near = near_matches(key, allowed)
                message = f"has the unknown attribute {key!r}{near}"
                self.warn(element, message, "remove it; it has no effect", code="unknown-attribute")
            else:
                found[key] = text
        return found

    def choice(
        self,
        element: XmlElement,
        attribute: str,
        value: str,
        allowed: tuple[str, ...],
        default: _D,
    ) -> str | _D:
        """Return a value that must be one of the allowed values, otherwise report it.

        Args:
            element: The element.
            attribute: The name of the attribute.
            value: Its value.
            allowed: The allowed values.
            default: Is returned for any other value.
        """
        if value in allowed:
            return value
        near = near_matches(value, allowed)
        self._unknown_value(
            element, f"{attribute}={value!r} is not one of {', '.join(allowed)}{near}"
        )
        return default

    def flag(self, element: XmlElement, attribute: str, value: str | None) -> bool | None:
        """Return an attribute that is `true` or `false`, None if it is not set."""
        if value is None:
            return None
        found = self.choice(element, attribute, value, ("true", "false"), None)
        return None if found is None else found == "true"

    def count(self, element: XmlElement, attribute: str, value: str | None) -> int | None:
        """Return an attribute that is a whole number, None if it is not set."""
        if value is None:
            return None
        value = value.strip()
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            self._unknown_value(element, f"{attribute}={value!r} is not a whole number")
            return None
        return int(value)

    def _unknown_value(self, element: XmlElement, message: str) -> None:
        hint = "use an allowed value, or remove the attribute; its default applies"
        self.warn(element, message, hint, code="unknown-value")


def _is_page(data: bytes) -> bool:
    """Whether a text starts like a web page, as saved in place of the file that it shows."""
    return _PAGE_START.match(data, 0, 2000) is not None


def _decoded(value: str) -> str:
    """Return an attribute's text with references that were escaped twice, such as `&amp;#8211;`."""
    return _REFERENCE.sub(_character, value) if "&" in value else value


def _character(reference: re.Match[str]) -> str:
    named, hexadecimal, decimal = reference.groups()
    if named:
        return _NAMED[named]
    character = chr(min(int(hexadecimal, 16) if hexadecimal else int(decimal), 0x10FFFF))
    return character if character.isprintable() or character in _SPACES else reference[0]


def line_of(element: XmlElement) -> int:
    """Return the line of an element, 0 if it is not known."""
    line: Any = element.sourceline
    return int(line or 0)


def local_name(element: XmlElement) -> str:
    """Return an element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "?"
