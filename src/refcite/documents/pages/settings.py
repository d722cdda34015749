"""The settings of a site."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

__all__ = ["SiteSettings"]


@frozen(kw_only=True)
class SiteSettings:
    r"""The settings of a site for its citations.

    Attributes:
        files: The bibliography files.
        style: A style's id or path.
        locale: The language, such as `de`; None for that of the style.
        is_one_document: Whether all pages together are one document, with one numbering; otherwise
            each page is a document.
        cites_inline: Whether citations are in the text; if False, each work is a footnote with its
            entry. None for what the style specifies: citations in the text, or notes.
        cites_in_text: Whether `@key` without brackets is a citation.
        lists_by_default: Whether a page without a command has a bibliography at its end.
        list_command: The line that is replaced with the bibliography of the page.
        full_command: The line that is replaced with the whole bibliography.
        footnote_label: The labels of footnotes, with `{key}` or `{number}`.
        link_citations: Whether citations are links to their entries.
        has_math: Whether `$…$` is a formula.
        containers: The signs that start blocks with indented contents: `!!!` (admonitions), `???`
            (foldable blocks) and `===` (tabs).

    Example:
        >>> SiteSettings(files=(Path("refs.bib"),)).list_command
        '\\bibliography'
    """

    files: tuple[Path, ...] = ()
    style: str = "chicago-author-date"
    locale: str | None = None
    is_one_document: bool = False
    cites_inline: bool | None = None
    cites_in_text: bool = True
    lists_by_default: bool = True
    list_command: str = "\\bibliography"
    full_command: str = "\\full_bibliography"
    footnote_label: str = "{key}"
    link_citations: bool = True
    has_math: bool = False
    containers: frozenset[str] = frozenset({"!!!", "???", "==="})
