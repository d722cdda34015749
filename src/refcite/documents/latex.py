r"""LaTeX: the keys in citation commands, of natbib, biblatex and LaTeX itself.

Citations in LaTeX are formatted by LaTeX; this module only finds their keys, for `refcite check`,
`refcite convert --cited-in` and the renaming of keys.
"""

from __future__ import annotations

import re
from typing import Final

from refcite.documents.clusters import CitedKey, CitedKeys, line_at, line_starts
from refcite.problems import FormatError

__all__ = ["cited_keys", "spelled"]

_COMMAND: Final = re.compile(
    r"\\(?:(?P<verb>verb\*?)(?P<sign>[^A-Za-z\s*])|(?P<name>[A-Za-z]+)\*?|.)|(?P<comment>%[^\n]*)"
    r"|(?P<brace>\{)",
    re.DOTALL,
)
_CITES: Final = re.compile(
    r"(?:[Nn]o|[Pp]aren|[Tt]ext|[Ff]oot|[Ff]ootfull|[Ff]ull|[Ss]mart|[Aa]uto|[Ss]uper|[Ii]n|"
    r"[Pp]|(?:ft|[AaFfPpSsTt])?[Vv]ol|[FfPp]?[Nn]ote|[Nn]otebib|[Hh]ybrid|short|[Ff]n|Url|url)?"
    r"[Cc]ite(?:s|[tp]s?|[tp]?alias|alt|alp|author|authors|year|yearpar|yearNP|title|titles|date|"
    r"url|num|text|fullauthor|name|field|list|key|nameyear|A|NP|ANP|pt|fullauthors?|texts?)?"
)
"""The commands of natbib, biblatex and apacite that cite; all end in `cite` and a known word."""
_SPACE: Final = r"(?:[ \t]|\n(?![ \t]*\n))*+"
_OPTIONS: Final = (
    rf"(?:{_SPACE}\((?:[^()\n]){{0,500}}\)){{0,2}}"
    rf"(?:{_SPACE}\[(?:[^\[\]{{}}]|\{{[^{{}}]{{0,500}}\}}){{0,500}}\])*"
)
_ARGUMENTS: Final = re.compile(rf"{_OPTIONS}{_SPACE}\{{([^{{}}]*)\}}")
_VOLUME_ARGUMENTS: Final = re.compile(
    rf"{_OPTIONS}{_SPACE}\{{[^{{}}]*\}}{_OPTIONS}{_SPACE}\{{([^{{}}]*)\}}"
)
"""The arguments of commands with a volume: `\\volcite[prenote]{volume}[pages]{key}`."""
_KEY: Final = re.compile(r"[^\s,%][^,%\n]*?(?=\s*(?:[,%\n]|\Z))")
_VERBATIM: Final = re.compile(r"\{(verbatim\*?|lstlisting|Verbatim|minted|comment)\}")
_BIBLIOGRAPHY: Final = frozenset({"bibliography", "addbibresource", "nobibliography"})
_WRITABLE: Final = re.compile(r"[^\s,{}%#\\~]+")


def cited_keys(text: str) -> CitedKeys:
    r"""Return the keys that a document uses.

    Example:
        >>> found = cited_keys(r"As \citet[p.~3]{a} and \parencites{b}{c} % \cite{d}" "\n")
        >>> [one.key for one in found.keys]
        ['a', 'b', 'c']
    """
    lines = line_starts(text)
    keys: list[CitedKey] = []
    bibliographies: list[str] = []
    cites_all = False
    missing: set[str] = set()
    place = 0
    while (found := _COMMAND.search(text, place)) is not None:
        place = found.end()
        name = found["name"]
        if found["verb"]:
            place = _after(text, found["sign"], place, missing)
        if not name:
            continue
        if name == "begin" and (block := _VERBATIM.match(text, place)) is not None:
            place = _after(text, f"\\end{{{block[1]}}}", block.end(), missing)
        elif name in _BIBLIOGRAPHY:
            arguments = _ARGUMENTS.match(text, place)
            if arguments is not None:
                bibliographies += _files(arguments[1], name)
                place = arguments.end()
        elif _CITES.fullmatch(name) is not None:
            is_citation = name.lower() != "nocite"
            pattern = _VOLUME_ARGUMENTS if "vol" in name.lower() else _ARGUMENTS
            # Commands for several works have a group for each.
            has_several = name.endswith("s") and not name.endswith("alias")
            arguments = pattern.match(text, place)
            while arguments is not None:
                for key in _KEY.finditer(text, *arguments.span(1)):
                    if key[0] == "*":
                        cites_all |= not is_citation
                        continue
                    line = line_at(lines, key.start())
                    keys.append(CitedKey(key[0], key.start(), key.end(), line, is_citation))
                place = arguments.end()
                arguments = pattern.match(text, place) if has_several else None
    return CitedKeys(keys=tuple(keys), cites_all=cites_all, bibliographies=tuple(bibliographies))


def _files(argument: str, command: str) -> list[str]:
    names = [name.strip() for name in argument.split(",") if name.strip()]
    if command == "addbibresource":
        return names
    return [name if name.endswith(".bib") else f"{name}.bib" for name in names]


def _after(text: str, closing: str, place: int, missing: set[str]) -> int:
    """Return the place after a closing text, or the same place if the rest does not have it."""
    found = -1 if closing in missing else text.find(closing, place)
    if found < 0:
        missing.add(closing)
        return place
    return found + len(closing)


def spelled(key: str) -> str:
    """Return a key as it is written in a citation command.

    Raises:
        FormatError: LaTeX has no form for the key.

    Example:
        >>> spelled("smith:2001")
        'smith:2001'
    """
    if _WRITABLE.fullmatch(key) is None:
        raise FormatError(f"LaTeX has no form for the key {key!r}: it has a space or a sign of TeX")
    return key
