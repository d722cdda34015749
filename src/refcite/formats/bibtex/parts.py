"""Values that biblatex keeps in parts: joined when read, and separated again when written.

A title has a `subtitle` and a `titleaddon`, a note an `addendum`, a journal's number an `issue`
("Spring"), a volume a `maintitle`, an issue of a periodical an `issuetitle` (biblatex manual,
§ 2.2.2). The parts are kept in the record's `extra`, so that they can be separated exactly.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Final

from refcite.formats.bibtex.draft import EntryDraft
from refcite.formats.bibtex.latex_read import read_latex
from refcite.formats.bibtex.mapping import BOOKS, TITLE_PARTS, titled

__all__ = ["join_titles", "read_parts", "separate", "volume_titles"]

_JOINED: Final = (
    *(titled(prefix) for prefix in ("", "book", "journal", "main", "issue")),
    ("journal", *titled("journal")[1:]),
    ("note", "", "addendum"),
)


def join_titles(title: str, subtitle: str = "", addon: str = "") -> str:
    """Join the parts of a title in their printed form.

    Example:
        >>> join_titles("Main", "Sub", "Add"), join_titles("Why?", "Because")
        ('Main: Sub. Add', 'Why? Because')
        >>> join_titles("", "", "Add")
        'Add'
    """
    if subtitle:
        title += (" " if title[-1:] in "?!.:" else ": ") + subtitle
    if addon:
        sign = "" if not title else " " if title[-1] in "?!.:" else ". "
        title += sign + addon
    return title


# Reading


def read_parts(draft: EntryDraft) -> None:
    """Join the titles that were read with their parts, which are also kept in `extra`."""
    type_, fields, values, extra = draft.type, draft.fields, draft.values, draft.extra
    parts = {
        name: read_latex(fields[name], protect=True)
        for name in TITLE_PARTS
        if fields.get(name, "").strip()
    }
    whole_issue = type_ == "periodical" and "issuetitle" in parts and bool(values.get("title"))
    moved = {"maintitle", "issuetitle"} if whole_issue else {"maintitle"}
    if type_ == "article-newspaper" and "journalsubtitle" in parts:
        del parts["journalsubtitle"]  # Better BibTeX uses this name for the section of a newspaper
    for name in fields:
        if name in parts and name not in moved:
            extra[name] = parts[name]

    def joined(title: str, prefix: str) -> str:
        return join_titles(
            title, parts.get(f"{prefix}subtitle", ""), parts.get(f"{prefix}titleaddon", "")
        )

    if values.get("title"):
        values["title"] = joined(values["title"], "")
    if values.get("container_title"):
        prefix = "journal" if fields.keys() & {"journal", "journaltitle"} else "book"
        values["container_title"] = joined(values["container_title"], prefix)
    if "maintitle" in parts:
        _put_under(type_, joined(parts["maintitle"], "main"), values, extra)
    if whole_issue:
        values.setdefault("container_title", values["title"])
        values["title"] = joined(parts["issuetitle"], "issue")


def _put_under(type_: str, main: str, values: dict[str, Any], extra: dict[str, Any]) -> None:
    """Put a volume's title under that of the whole work."""
    whole = "title" if type_ in BOOKS else "container_title"
    if whole in values:
        values["volume_title"] = values[whole]
        if whole == "title" and "title_short" in values:
            extra["shorttitle"] = values.pop("title_short")  # the volume's short title
    values[whole] = main


# Writing


def volume_titles(type_: str, values: dict[str, Any]) -> None:
    """Put the titles of a volume or an issue into biblatex's fields."""
    whole = "title" if type_ in BOOKS else "container_title"
    if values.get("volume_title") and values.get(whole):
        values["maintitle"] = values[whole]
        values[whole] = values.pop("volume_title")
    elif type_ == "periodical" and values.get("title") and values.get("container_title"):
        values["issuetitle"] = values["title"]
        values["title"] = values.pop("container_title")


def separate(fields: MutableMapping[str, str]) -> None:
    """Remove the parts from the fields to which they are joined.

    Example:
        >>> fields = {"title": "Why? Because", "subtitle": "Because"}
        >>> separate(fields)
        >>> fields
        {'title': 'Why?', 'subtitle': 'Because'}
    """
    issue = fields.get("issue")
    if issue and "number" in fields:
        fields["number"] = fields["number"].removesuffix(f", {issue}")
    for name, sub, addon in _JOINED:
        whole = fields.get(name)
        subtitle, addition = fields.get(sub, ""), fields.get(addon, "")
        if not whole or not (subtitle or addition):
            continue
        if name == "note" and addition == whole:
            del fields[name]
            continue
        base = whole
        for part, sign in ((addition, "."), (subtitle, ":")):
            if part:
                base = base.removesuffix(part).rstrip(" ").removesuffix(sign)
        for end in ("", ".", ":"):
            if join_titles(base + end, subtitle, addition) == whole:
                fields[name] = base + end
                break
