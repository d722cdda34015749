"""Word documents (DOCX), written with python-docx.

python-docx is imported when the first document is written.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from refcite.csl.backends.base import Page
from refcite.csl.backends.docx import HYPERLINK, STYLE
from refcite.csl.backends.rtf import column_width
from refcite.extras import install_command
from refcite.problems import RefciteError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from lxml import etree

__all__ = ["word_file"]

_ADDRESS: Final = re.compile(' HYPERLINK "([^"]*)" ')
_FONT: Final = "Times New Roman"
_INCHES_OF_PAPER: Final = {"a4": (8.27, 11.69), "letter": (8.5, 11)}
_LINE: Final = 12
"""The height of a line in points."""


def word_file(body: str, page: Page) -> bytes:
    """Return a Word document.

    Args:
        body: The paragraphs, as the backend `docx` writes them.
        page: The title, the language and the layout.

    Raises:
        RefciteError: python-docx is not installed.
    """
    try:
        import docx
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls
    except ModuleNotFoundError as error:
        if error.name != "docx":
            raise
        raise RefciteError(
            "Word documents need the package python-docx;"
            f" install it with: {install_command('docx')}"
        ) from None
    document = docx.Document()
    _drop_old_styles(document)
    _set_properties(document, page)
    _set_styles(document, page)
    if page.title:
        document.add_heading(" ".join(page.title.split()), level=1)
    end = document.element.body.sectPr  # the page's size, which is last
    links = _Links(document)
    for paragraph in parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"):
        links.convert(paragraph)
        end.addprevious(paragraph)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _drop_old_styles(document: Document) -> None:
    """Remove the copy of the styles for Word 2007, which would differ from the styles."""
    for name, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(name)


def _set_properties(document: Document, page: Page) -> None:
    from docx.shared import Inches

    properties = document.core_properties
    # Those of python-docx's template name its own author and date.
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = page.title or ""
    properties.language = page.language
    width, height = _INCHES_OF_PAPER[page.paper]
    section = document.sections[0]
    section.page_width, section.page_height = Inches(width), Inches(height)
    section.left_margin = section.right_margin = Inches(1)


def _set_styles(document: Document, page: Page) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), page.language)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            # A font of the theme would take precedence.
            fonts.attrib.pop(qn(f"w:{script}Theme"), None)
            fonts.set(qn(f"w:{script}"), _FONT)
        fonts.attrib.pop(qn("w:cstheme"), None)
        style.font.color.rgb = RGBColor(0, 0, 0)
    styles["Normal"].font.size = Pt(_LINE)
    for name, size, before, after in (("Heading 1", 16, 0, 12), ("Heading 2", 14, 12, 6)):
        heading = styles[name]
        heading.font.size, heading.paragraph_format.space_before = Pt(size), Pt(before)
        heading.paragraph_format.space_after = Pt(after)
    link = styles.add_style(HYPERLINK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline = True
    link.font.color.rgb = RGBColor(5, 99, 193)
    entry = styles.add_style(STYLE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    entry.base_style = styles["Normal"]
    _set_layout(entry, page)


def _set_layout(style: ParagraphStyle, page: Page) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt, Twips

    layout, format_ = page.layout, style.paragraph_format
    width = column_width(layout)
    left = 0 if layout.second_field_align == "margin" else width
    if width:
        format_.left_indent, format_.first_line_indent = Twips(left), Twips(-width)
        format_.tab_stops.add_tab_stop(Twips(left))
    elif layout.hanging_indent:
        format_.left_indent, format_.first_line_indent = Pt(36), Pt(-36)
    format_.line_spacing = float(layout.line_spacing)
    format_.space_before = Pt(0)
    format_.space_after = Pt(_LINE * layout.line_spacing * layout.entry_spacing)
    if page.direction == "rtl":
        properties = style.element.get_or_add_pPr()
        properties.insert_element_before(
            OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
        )


class _Links:
    """Converts the fields of links to hyperlinks, whose addresses are in another part of the file.

    Args:
        document: The document.
    """

    def __init__(self, document: Document) -> None:
        self._relations = document.part.rels
        self._names: dict[str, str] = {}

    def convert(self, paragraph: etree._Element) -> None:
        """Convert the fields of a paragraph."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for field in list(paragraph.iterchildren(qn("w:fldSimple"))):
            found = _ADDRESS.fullmatch(field.get(qn("w:instr"), ""))
            if found is not None:
                link = OxmlElement("w:hyperlink", attrs={qn("r:id"): self._name_of(found[1])})
                link.extend(list(field))
                field.addprevious(link)
                paragraph.remove(field)

    def _name_of(self, address: str) -> str:
        """Return the name of the relation to an address."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        name = self._names.get(address)
        if name is None:
            # python-docx's own function searches all relations for each new one.
            name = self._names[address] = f"link{len(self._names) + 1}"
            self._relations.add_relationship(
                RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True
            )
        return name
