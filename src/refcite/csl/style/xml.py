"""Reading the XML of styles and locales, with the locations of errors.

Entities, DTDs and the network are off: a style cannot make the program read a file or an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from refcite.problems import StyleError, near_matches

__all__ = ["CSL", "Source", "XmlElement"]

CSL: Final = "{http://purl.org/net/xbiblio/csl}"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DEEPEST: Final = 60
_NEVER_LENIENT: Final = frozenset(("class", "name"))
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

XmlElement = etree._Element


class Source:
    """The XML of one style or locale, with its name in errors.

    Args:
        xml: The text, or its bytes.
        name: Its name in errors: an id or a path.

    Attributes:
        is_lenient: Whether unknown attributes are ignored and unknown values are accepted, as in
            CSL-M.

    Raises:
        StyleError: It is not well-formed XML, or not CSL.
    """

    def __init__(self, xml: str | bytes, name: str) -> None:
        self.name = name
        self.is_lenient = False
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
            reason = _FILE_AND_LINE.sub("", str(error))
            raise StyleError(f"{name}: not well-formed XML: {reason}") from None
        if self.root.getroottree().docinfo.internalDTD is not None:
            raise StyleError(f"{name}: a style must not have a document type declaration")
        self._refuse_depth()

    def _refuse_depth(self) -> None:
        depth = 0
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise self.error(element, f"elements are nested deeper than {_DEEPEST}")

    def error(self, element: XmlElement, message: str) -> StyleError:
        """Return an error about an element, with the style, the line and the element."""
        tag = local_name(element)
        return StyleError(f"{self.name}, line {element.sourceline}, <{tag}>: {message}")

    def children(self, element: XmlElement, allowed: frozenset[str]) -> Iterator[XmlElement]:
        """Yield the CSL children of an element.

        Raises:
            StyleError: A child is not allowed there.
        """
        texts = [element.text] if allowed.isdisjoint(_BESIDE_TEXT) else []
        for child in element:
            texts.append(child.tail)
            if not isinstance(child.tag, str):
                raise self.error(element, f"contains an entity, &{child.name};")
            tag = local_name(child)
            if not child.tag.startswith(CSL):
                raise self.error(child, "is not in the CSL namespace")
            if tag not in allowed:
                near = near_matches(tag, allowed)
                raise self.error(child, f"is not allowed in <{local_name(element)}>{near}")
            yield child
        stray = next((text.strip() for text in texts if text and not text.isspace()), None)
        if stray is not None:
            raise self.error(element, f"contains the text {stray[:40]!r}; nothing prints it")

    def refuse_content(self, element: XmlElement) -> None:
        """Reject an element that has content if CSL allows none.

        Raises:
            StyleError: A child or text is in it.
        """
        for _ in self.children(element, _NOTHING):
            pass

    def attributes(self, element: XmlElement, allowed: frozenset[str]) -> dict[str, str]:
        """Return an element's attributes, without those of other namespaces.

        Raises:
            StyleError: An attribute is not allowed there, or there are too many.
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
                if self.is_lenient:
                    continue
                near = near_matches(key, allowed)
                raise self.error(element, f"has the unknown attribute {key!r}{near}")
            else:
                found[key] = text
        return found

    def choice(
        self, element: XmlElement, attribute: str, value: str, allowed: tuple[str, ...]
    ) -> str:
        """Return a value that must be one of the allowed values.

        Raises:
            StyleError: It is another value.
        """
        if value not in allowed and (attribute in _NEVER_LENIENT or not self.is_lenient):
            near = near_matches(value, allowed)
            raise self.error(
                element, f"{attribute}={value!r} is not one of {', '.join(allowed)}{near}"
            )
        return value

    def flag(self, element: XmlElement, attribute: str, value: str | None) -> bool | None:
        """Return an attribute that is `true` or `false`, None if it is not set."""
        if value is None:
            return None
        return self.choice(element, attribute, value, ("true", "false")) == "true"

    def count(self, element: XmlElement, attribute: str, value: str | None) -> int | None:
        """Return an attribute that is a whole number, None if it is not set."""
        if value is None:
            return None
        value = value.strip()
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise self.error(element, f"{attribute}={value!r} is not a whole number")
        return int(value)


def _decoded(value: str) -> str:
    """Return an attribute's text with references that were escaped twice, such as `&amp;#8211;`."""
    return _REFERENCE.sub(_character, value) if "&" in value else value


def _character(reference: re.Match[str]) -> str:
    named, hexadecimal, decimal = reference.groups()
    if named:
        return _NAMED[named]
    character = chr(min(int(hexadecimal, 16) if hexadecimal else int(decimal), 0x10FFFF))
    return character if character.isprintable() or character in _SPACES else reference[0]


def local_name(element: XmlElement) -> str:
    """Return an element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "?"
