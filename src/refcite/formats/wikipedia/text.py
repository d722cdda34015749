"""Wikitext in a value as CSL's rich text, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

from refcite.formats.wikipedia.scan import templates
from refcite.richtext import END, Open, Token, tokens

__all__ = ["bare", "escaped", "escaped_url", "markup", "without_comments"]


_NOWIKI: Final = re.compile(
    r"<nowiki\s{0,9}>([^<]{0,10000})</nowiki\s{0,9}>|<nowiki\s{0,9}/>", re.IGNORECASE
)
_LINK: Final = re.compile(r"\[\[(?:[^\[\]|]*+\|)*([^\[\]|]*+)\]\]")
_EXTERNAL: Final = re.compile(r"\[(?:https?:|ftp:)?//[^\s\[\]]++ ?([^\[\]]*+)\]")
_REF: Final = re.compile(r"<ref\b[^<>]{0,500}(?:/>|>[^<]{0,5000}</ref\s{0,9}>)", re.IGNORECASE)
_BREAK: Final = re.compile(r"<br\s{0,9}/?\s{0,9}>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?([a-zA-Z]{1,20})(?:\s[^<>]{0,500})?/?>")
_QUOTES: Final = re.compile(r"'{2,}")
_KEPT: Final = frozenset({"i", "b", "sup", "sub"})
_SIGNS: Final = {
    **{sign: sign for sign in ("=", "'", "'s", "'\"", "\"'")},
    **dict.fromkeys(("ndash", "en dash"), "–"),
    **dict.fromkeys(("mdash", "em dash"), "—"),
    **dict.fromkeys(("snd", "spnd", "spaced ndash"), " – "),
    **dict.fromkeys(("nbsp", "space"), " "),
    **dict.fromkeys(("-", "shy"), ""),
    "!": "|",
    "zwj": "\u200d",
    "zwnj": "\u200c",
}
"""Templates that represent a sign."""
_SHOWN: Final = frozenset(
    {
        *("nowrap", "small", "smaller", "big", "no italic", "noitalic", "nobold", "nobr"),
        *("vanchor", "tooltip"),
    }
)
"""Templates that show their first part."""
_LAST: Final = frozenset({"lang", "transl", "transliteration", "ill", "interlanguage link"})
"""Templates whose text is in the last or the first of several parts."""
_ITALIC: Final = frozenset({"em", "italic", "italics", "i"})
_HIDDEN: Final = "\ue000"
_MOST_NESTED: Final = 8


def without_comments(text: str) -> str:
    """Return wikitext without its comments.

    Example:
        >>> without_comments("1999<!-- or 2000? -->")
        '1999'
    """
    if "<!--" not in text:
        return text
    kept: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0:
        kept.append(text[place:start])
        end = text.find("-->", start + 4)
        place = end + 3 if end >= 0 else len(text)
    return "".join([*kept, text[place:]])


def bare(text: str) -> str:
    """Return a value without comments, entities and the marks of text that is not markup.

    Example:
        >>> bare(" 10.1000/1<nowiki>''</nowiki>2 &amp; 3 ")
        "10.1000/1''2 & 3"
    """
    text = without_comments(text)
    if "<" in text:
        text = _NOWIKI.sub(lambda found: found[1] or "", text)
    text = text.replace("{{!}}", "|").replace("{{=}}", "=")
    return unescape(text).strip() if "&" in text else text.strip()


def markup(text: str) -> str:
    """Return a value as text with the markup of CSL.

    Example:
        >>> markup("The ''Origin'' of [[Species|kinds]] &ndash; {{nowrap|part 2}}<ref>x</ref>")
        'The <i>Origin</i> of kinds – part 2'
    """
    text = without_comments(text)
    hidden: list[str] = []
    if "<" in text:
        text = _NOWIKI.sub(lambda found: _hide(unescape(found[1] or ""), hidden), text)
    if "{{" in text:
        text = _expanded(text, hidden)
    if "[" in text:
        for _ in range(_MOST_NESTED):
            shorter = _EXTERNAL.sub(r"\1", _LINK.sub(r"\1", text))
            if shorter == text:
                break
            text = shorter
    if "<" in text:
        text = _TAG.sub(_tag, _BREAK.sub(" ", _REF.sub("", text)))
    if "''" in text:
        text = _with_quotes(text)
    if "&" in text:
        text = unescape(text)
    text = " ".join(text.split())
    for place, part in enumerate(hidden):
        text = text.replace(f"{_HIDDEN}{place}{_HIDDEN}", part, 1)
    return text.strip()


def _hide(text: str, hidden: list[str]) -> str:
    hidden.append(text)
    return f"{_HIDDEN}{len(hidden) - 1}{_HIDDEN}"


def _tag(found: re.Match[str]) -> str:
    name = found[1].lower()
    if name not in _KEPT:
        return ""
    return f"</{name}>" if found[0][1] == "/" else f"<{name}>"


def _expanded(text: str, hidden: list[str]) -> str:
    """Replace templates by their text; an unknown template is not changed."""
    for _ in range(_MOST_NESTED):
        found = [one for one in templates(text) if one.is_closed]
        # The innermost first, so that an outer one has plain text in its parts.
        inner = [
            one
            for one, following in zip(found, [*found[1:], None], strict=False)
            if following is None or following.start >= one.end
        ]
        if not inner:
            return text
        pieces: list[str] = []
        place = 0
        for one in inner:
            shown = _shown(one.name(text), one.parts(text))
            if shown is None:
                shown = _hide(text[one.start : one.end], hidden)
            pieces += [text[place : one.start], shown]
            place = one.end
        text = "".join([*pieces, text[place:]])
    return text


def _shown(name: str, parts: Iterable[str]) -> str | None:
    name = name.strip().replace("_", " ").casefold()
    if name in _SIGNS:
        return _SIGNS[name]
    plain = [part for part in parts if "=" not in part.split("<", 1)[0]] or [
        part.partition("=")[2] for part in parts if part.startswith("1=")
    ]
    if not plain:
        return None
    if name in _SHOWN:
        return plain[0]
    if name in _ITALIC:
        return f"''{plain[0]}''"
    if name == "lang" or (name in _LAST and name.startswith("transl")):
        return plain[-1]
    return plain[0] if name in _LAST else None


def _with_quotes(text: str) -> str:
    """Turn apostrophes into italics and bold; those that are not closed are text."""
    made: list[str] = []
    stack: list[str] = []
    place = 0
    for found in _QUOTES.finditer(text):
        made.append(text[place : found.start()])
        place = found.end()
        count = len(found[0])
        extra = 1 if count == 4 else max(0, count - 5)
        made.append("'" * extra)
        for kind in {2: ("i",), 3: ("b",), 5: ("i", "b")}[count - extra]:
            if kind in stack:
                made.extend(f"</{open_}>" for open_ in _closed(stack, kind))
            else:
                stack.append(kind)
                made.append(f"<{kind}>")
    made.append(text[place:])
    made.extend(f"</{kind}>" for kind in reversed(stack))
    return "".join(made)


def _closed(stack: list[str], kind: str) -> list[str]:
    closed = []
    while stack:
        closed.append(stack.pop())
        if closed[-1] == kind:
            break
    return closed


_ESCAPED: Final = re.compile(r"&(?=#?\w{1,32};)|[{}\[\]|<>]|''+|~~~+|(?<!_)__++(?=[A-Z])")


def escaped(text: str) -> str:
    """Return rich text as wikitext that states just that.

    Example:
        >>> escaped("<i>E. coli</i> | {{x}} & 5 < 6")
        "''E. coli'' {{!}} &#123;&#123;x&#125;&#125; & 5 &lt; 6"
    """
    parts = tokens(" ".join(text.split()))
    kinds = [part.kind for part in parts if isinstance(part, Open)]
    marks = _QUOTED if set(kinds) <= {"i", "nocase", "nodecor"} and not _nested(parts) else _TAGS
    made: list[str] = []
    ends: list[str] = []
    for part in parts:
        if isinstance(part, Open):
            start, end = marks.get(part.kind, ("", ""))
            made.append(start)
            ends.append(end)
        elif isinstance(part, str):
            made.append(_escaped_text(part, beside_marks=len(parts) > 1))
        else:
            made.append(ends.pop())
    return "".join(made)


_TAGS: Final = {kind: (f"<{kind}>", f"</{kind}>") for kind in ("i", "b", "sup", "sub")}
_QUOTED: Final = {"i": ("''", "''")}


def _nested(parts: Iterable[Token]) -> bool:
    """Return whether a span is in another, or right after it."""
    previous: Token = ""
    for part in parts:
        if not isinstance(part, str) and not isinstance(previous, str) and part is not END:
            return True
        previous = part
    return False


def _escaped_text(text: str, beside_marks: bool) -> str:
    text = _ESCAPED.sub(_entity, text)
    if beside_marks and text[:1] == "'":
        text = f"&#39;{text[1:]}"
    if beside_marks and text[-1:] == "'":
        text = f"{text[:-1]}&#39;"
    return text


def _entity(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == "|":
        return "{{!}}"
    if sign == "&":
        return "&amp;"
    if sign in "<>":
        return "&lt;" if sign == "<" else "&gt;"
    return "".join(f"&#{ord(character)};" for character in sign)


_UNSAFE: Final = re.compile(r"[\s|<>\[\]{}\"]|''")


def escaped_url(url: str) -> str:
    """Return a URL without markup.

    Example:
        >>> escaped_url("https://example.org/a|b c")
        'https://example.org/a%7Cb%20c'
    """
    return _UNSAFE.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode(errors="replace")), url
    )
