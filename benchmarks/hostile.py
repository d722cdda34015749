r"""Time texts that are made to be slow, at several lengths: how fast does the time grow?

Run it as `python -m benchmarks.hostile [guess | FORMAT ... | pumped [FORMAT ...]]`. In the first
table, the longer text is four times as long. If a reader looks at each character a fixed number of
times, it takes about four times as long; if it looks back at the text before each character,
sixteen times. The best of three runs counts. Times are those of the processor, so other programs do
not count.

The table `pumped` repeats short pieces behind the starts of all formats, at lengths that double,
and times both the detection of the format and its reader. It prints the slowest piece of each
start. A series ends early if a length takes longer than a second, so that exponential growth shows
too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Final

import refcite
from refcite.formats import guess_format

SMALL: Final = 10_000
TIMES: Final = 4
MANY: Final = TIMES**1.5
"""From this ratio on a case is marked; halfway between linear and quadratic."""
SHORT: Final = 0.02
"""What takes less time than this, in seconds, is not measured well enough to be marked."""

Case = Callable[[int], str]

CASES: Final[dict[str, dict[str, Case]]] = {
    "bibtex": {
        "braces in braces": lambda n: "@book{k, title = " + "{" * n + "}" * n + "}",
        "braces never closed": lambda n: "@book{k, title = " + "{" * n,
        "quotation marks": lambda n: '@book{k, title = "' + '" "' * n,
        "commands in commands": lambda n: "@book{k, title = {" + r"\emph{" * n + "}" * n + "}}",
        "accents on accents": lambda n: "@book{k, title = {" + r"\'{" * n + "}" * n + "}}",
        "fonts": lambda n: "@book{k, title = {" + r"\em " * n + "}}",
        "dollar signs": lambda n: "@book{k, title = {" + r"$x\(" * n + "}}",
        "spaces": lambda n: "@book{k, title = {" + " " * n + "\n" * n + "}}",
        "hyphens": lambda n: "@book{k, pages = {" + "-" * n + "}, title = {" + "'" * n + "}}",
        "one long value": lambda n: "@book{k, title = {" + "x" * 20 * n + "}}",
        "names without end": lambda n: "@book{k, author = {" + "a and " * n + "}}",
        "words in a name": lambda n: "@book{k, author = {" + r"{\a} a " * n + "}}",
        "spaces in a name": lambda n: "@book{k, author = {a" + " " * n + "x}}",
        "commas in a name": lambda n: "@book{k, author = {" + "a, " * n + "}}",
        "conjunctions in a name": lambda n: "@book{k, author = {A B" + " y A" * n + "}}",
        "names joined by y": lambda n: "@book{k, author = {A B" + " y A B" * n + "}}",
        "fields without end": lambda n: "@book{k," + "a={," * n,
        "one field, often": lambda n: "@book{k, " + "a={x}," * n + "}",
        "equals signs": lambda n: "@book{k, " + "a=" * n,
        "at signs": lambda n: "@" * n,
        "starts of entries": lambda n: "@a{" * (n // 4),
        "starts on lines": lambda n: "@a{b,\n" * (n // 4),
        "unclosed values": lambda n: "@a{b, c = {\n" * (n // 4),
        "starts in one line": lambda n: "@book{a," * (n // 4),
        "fields in one line": lambda n: "@book{a,x={b} y={c}" * (n // 4),
        "ends of entries": lambda n: "}@book{a,x\n" * (n // 4),
        "a long type": lambda n: "@booka" + "$" * n + ",@preamble{",
        "comments": lambda n: "@comment{" * (n // 4),
        "comments on lines": lambda n: "@comment{\n" * (n // 4),
        "a chain of parents": lambda n: "".join(
            f"@book{{k{i}, crossref = {{k{i + 1}}}}}\n" for i in range(n // 4)
        ),
        "a ring of sets": lambda n: "".join(
            f"@set{{k{i}, entryset = {{k{i + 1}, k{i - 1}}}}}\n" for i in range(n // 4)
        ),
        "undefined macros": lambda n: "".join(f"@book{{k{i}, a = b{i}}}\n" for i in range(n // 4)),
    },
    "ris": {
        "no tag": lambda n: "x\n" * n,
        "one value of many lines": lambda n: "TY  - JOUR\nAB  - a\n" + "b\n" * n,
        "one tag, often": lambda n: "TY  - JOUR\n" + "AU  - A, B\n" * n,
        "starts": lambda n: "TY  - JOUR\n" * n,
        "starts that are none": lambda n: "TY - x\n" * n,
        "names in a name": lambda n: "TY  - JOUR\nAU  - " + "a; " * n,
        "pages": lambda n: "TY  - JOUR\nSP  - " + "1-" * n,
        "spaces before a tag": lambda n: "TY  - JOUR\nAB  - a" + " " * n + "x  - y\n",
    },
    "csl-json": {
        "brackets": lambda n: "[" * n,
        "objects in objects": lambda n: '{"a":' * n,
        "broken objects": lambda n: '{"id": "a"' * n,
        "broken lines": lambda n: '{"id": "a"\n' * n,
        "backslashes": lambda n: '[{"id": "' + "\\" * n,
        "one long text": lambda n: '[{"id": "a", "title": "' + "x" * 20 * n + '"}]',
        "a long number": lambda n: '[{"id": "a", "volume": ' + "9" * n + "}]",
        "other text before": lambda n: "[ {" * n + '{"id": "a"}',
    },
    "csl-yaml": {
        "broken items": lambda n: "- id: [\n" * (n // 10),
        "lists in lists": lambda n: "[" * (n // 10),
        "one long text": lambda n: "- id: a\n  title: " + "x" * 20 * n,
        "blanks in a key": lambda n: "references:\n- id: a\nke" + " " * 20 * n + "y: [\n",
    },
    "html": {
        "names in a byline": lambda n: "<title>T</title><p class=byline>By Ann, " + "Bob, " * n,
        "bylines": lambda n: "<title>T</title><h1>T</h1>" + "<p>by</p>" * (n // 4),
        "dates": lambda n: "<title>T</title><h1>T</h1><p>" + "5. Mai 19 " * n,
        "marked dates": lambda n: "<title>T</title>" + "<b class=date>5.5.19 x</b>" * (n // 4),
        "owners": lambda n: "<title>T</title>" + "<p>© 2012 " * (n // 4),
        "items in items": lambda n: "<div itemscope itemprop=a>" * (n // 4),
        "headings": lambda n: "<title>A heading</title>" + "<h2>A head</h2>" * (n // 4),
    },
    "refworld": {
        "commas": lambda n: "Publisher word, 2004, " * n,
        "brackets": lambda n: "Cite as " + "[accessed (http://" * n,
        "labels": lambda n: "Publisher X\n" * n,
        "strings": lambda n: "See, http://www.refworld.org, 2004\n" * (n // 4),
        "elements": lambda n: "<div>" * n,
        "hosts in an address": lambda n: (
            "A, B, 5 May 2004, available at: https://" + "www.unhcr.org/" * (n // 4)
        ),
        "tables": lambda n: "<table><tr><td>a</td><td>" * (n // 4),
    },
}

CASES["wikipedia"] = {
    "commas in a list": lambda n: "{{cite book |title=T |vauthors=" + "," * n + "}}",
}
CASES["mods"] = {
    "halves of pairs": lambda n: "<mods><note>" + "&#xD83D;" * n + "</note></mods>",
}
CASES["identifiers"] = {
    "spaces in a DOI": lambda n: "TY  - JOUR\nDO  - 10.1000/a" + " " * n + "x\nER  - \n",
    "spaces in a kind": lambda n: "TY  - JOUR\nM3  - a" + " " * n + "x\nER  - \n",
    "spaces in an ISBN": lambda n: "TY  - BOOK\nSN  - 978" + " " * n + "x\nER  - \n",
    "signs in a PMID": lambda n: (
        '{"@context": "https://schema.org", "@type": "ScholarlyArticle", "identifier":'
        f' {{"propertyID": "PMID", "value": "a{"." * n}x"}}}}'
    ),
}
"""Not a format: identifiers in the fields of several."""
CASES["nbib"] = {
    "spaces after an ISSN": lambda n: "PMID- 1\nIS  - 1111-1111" + " " * n + "x\n",
    "letters and full stops": lambda n: "PMID- 1\nTI  - " + "A." * n + "\n",
}
LAW: Final[dict[str, Case]] = {
    "initials": lambda n: "A. A" + ".A" * n,
    "capitals": lambda n: "A" * n + ".",
    "figures": lambda n: "1" * n + " x",
    "spaces": lambda n: "No. 1" + " " * n + "x",
    "brackets": lambda n: "(" * n,
    "slashes": lambda n: "A/1" + "/1" * n + " x",
}
CASES["law"] = LAW
"""Not a format: fields of legal works, which are printed in a style for them."""
CASES["addresses"] = {
    "quoted addresses": lambda n: '"https://a.b/c' * (n // 4),
    "addresses between angles": lambda n: "<https://a.b/c" * (n // 4),
    "signs after an address": lambda n: "https://a.b/" + '<">' * n,
    "brackets after an address": lambda n: "https://a.b/" + ">)]" * n,
}
"""Not a format: titles with addresses, which are printed in Markdown."""
CASES["documents"] = {
    "cites in a citation": lambda n: "[" + "@a; " * (n // 4) + "@a]",
    "brackets never closed": lambda n: "[@a " * (n // 4),
    "brackets in brackets": lambda n: "[" * n + "@a" + "]" * n,
    "links without end": lambda n: "[@a](" * (n // 5),
    "notes never closed": lambda n: "^[" * (n // 2) + "@a",
    "code of many lengths": lambda n: "@a " + " ".join("`" * (i % 99 + 1) for i in range(n // 50)),
    "formulas never closed": lambda n: "@a $x " * (n // 6),
    "comments never closed": lambda n: "@a <!-- \n\n" * (n // 10),
    "fences never closed": lambda n: "\n\n".join("`" * (i % 99 + 3) for i in range(n // 50)),
    "environments never closed": lambda n: "".join(f"\\begin{{x{i}}}\n\n" for i in range(n // 15)),
    "metadata never closed": lambda n: "---\na: b\n\n" * (n // 10),
    "braces in keys": lambda n: "@{a{" * (n // 4),
    "numbers in a locator": lambda n: "[@a, pp. " + "1.2." * (n // 4) + "]",
    "brackets in a locator": lambda n: "[@a, pp. " + "(i" * (n // 2) + "]",
    "emphasis never closed": lambda n: "[@a " + "*x _y " * (n // 6) + "]",
    "keys without a reference": lambda n: " ".join(f"@k{i}" for i in range(n // 6)),
}
"""Not a format: documents in Markdown, whose citations are formatted."""
CITED: Final = refcite.Record(id="a", type="book", title="T", author="Ann Roe")
CASES["dates"] = {
    "months that are phrases": lambda n: "<title>T</title><h1>T</h1><p>" + "5 tháng 5 " * n,
    "days in Thai": lambda n: "<title>T</title><h1>T</h1><p>" + "5 พ.ศ. " * n,
    "years in Mongolian": lambda n: "<title>T</title><h1>T</h1><p>" + "2019 оны " * n,
}
"""Not a format: dates on pages of HTML."""

NESTED: Final[dict[str, Case]] = {
    "tags in tags": lambda n: "<i>" * n + "x" + "</i>" * n,
    "tags and text": lambda n: "<i>a" * n + "</i>" * n,
    "opening quotation marks": lambda n: "“" * n + "' " * n,
    "spaces and a hyphen": lambda n: " " * n + "-",
    "spaces after a sign": lambda n: "." + " " * n + "x",
    "spaces between numbers": lambda n: "1" + " " * n + "2",
    "spaces after an abbreviation": lambda n: "p. 1" + " " * n + "x.",
}
"""Titles, which are formatted in each output format."""


def _printed(text: str, output: Any) -> None:
    record = refcite.Record(id="a", type="book", title=text, volume=text)
    str(refcite.bibliography([record], output=output.removesuffix(" output")))


def _printed_law(text: str) -> None:
    for type_ in ("legal_case", "legislation", "treaty", "report"):
        record = refcite.Record(
            id="a", type=type_, title=text, authority=text, number=text, container_title=text
        )
        str(refcite.bibliography([record], style="oscola-international"))


GUESSED: Final = ("\n", " \n", "# a\n", "---\n", '{"', "<!--", "{{ ", "- ")
OUTPUTS: Final = ("text", "html output", "markdown", "rst", "latex", "typst", "rtf", "docx")
CASES.update(dict.fromkeys(OUTPUTS, NESTED))
CASES["guess"] = {repr(piece): lambda n, piece=piece: piece * n for piece in GUESSED}
"""Not a format: here the time counts that it takes to find out which one a text has."""


STARTS: Final = {
    "bibtex": ("", "@book{a, ", "@book{a, title = {"),
    "ris": ("", "TY  - ", "TY  - JOUR\nDO  - 10.1/", "TY  - JOUR\nAU  - "),
    "nbib": ("PMID- 1\nAU  - ",),
    "refer": ("%A x\n", "%0 Book\n%T "),
    "endnote-xml": ("<xml><records>", "<ref-type "),
    "mods": ("<mods>", "<mods "),
    "oai-dc": (
        "<OAI-PMH><record>",
        '<dc xmlns="http://purl.org/dc/elements/1.1/"><source>',
        '<dc xmlns="http://purl.org/dc/elements/1.1/"><identifier>',
    ),
    "jats": (
        "<ref-list><ref><mixed-citation>",
        "<ref-list><ref><element-citation><name>",
        "<article article-type='x'><front><article-meta><abstract>",
    ),
    "tei": ("<listBibl><bibl>", "<listBibl><biblStruct><monogr><author>", "<listBibl "),
    "crossref": ('{"DOI": "10.1/a", "title": ["', '{"DOI": "1", "abstract": "<p>', '{"items": ['),
    "crossref-xml": ("<doi_records><journal>", "<doi_batch><dissertation><titles><title>"),
    "datacite": (
        '{"doi": "10.1/a", "titles": [{"title": "',
        '<resource xmlns="http://datacite.org/',
    ),
    "openalex": ('{"id": "https://openalex.org/W1", "title": "', '{"results": ['),
    "marc": ("00000nam a2200000   4500", "00048nam a2200037   4500245000900000\x1e"),
    "marcxml": (
        "<record><leader>",
        '<record><datafield tag="773" ind1="0" ind2=" "><subfield code="g">',
    ),
    "zotero-rdf": ('<rdf:RDF xmlns:z="http://www.zotero.org/namespaces/export#"><bib:Book>',),
    "word-xml": ("<?xml ",),
    "csl-json": ("[", "{", '[{"id": "'),
    "csl-yaml": ("---\n", "references:\n", "- id: "),
    "hayagriva": ("a:\n ", "# "),
    "cff": ("cff-version: 1.2.0\n", "cff-version"),
    "csv": ("id,title\n", "sep=;\n", 'id,"'),
    "coins": ("<span ", '<span class="Z3988" title="'),
    "wikipedia": ("{{cite ", "{{cite web |title="),
    "schema-org": ('{"@type": "Book", "name": "',),
    "html": ("<!--", "<html><title", "<html>refworld<link ", "<html><p>"),
    "refworld": ("", "Cite as ", "Publisher ", "1. ", "See, https://", "A, B, 5 May 2004, "),
}
"""The starts behind which pieces are repeated, for each format."""

PIECES: Final = (
    *(" ", "\n", " \n", "\t", "*", "**", "-", "- ", "|", "| ", "a", "a ", "A ", "1", "1 ", "1-"),
    *("1. ", "a,", "A, ", "a; ", "(", "()", "[", "[]", "{", "{{ ", '"', "'", "<", "<a ", "<!--"),
    *("/", "\\", "&", "@a{", "%A x\n", "TY  - ", "# a\n", "---\n", "a: ", "x\n", "https://x "),
    *("10.1/", "[accessed 1", "5 May 2004, ", "and ", "of the ", "v. ", "Cite as ", "Publisher "),
    *("Freedom House, ", "No. 1, ", "¹", "[1] ", "Ibid. ", "fn. 1: ", "See "),
)
LONGEST: Final = 40_000
SLOW: Final = 1.0
"""From this time on, in seconds, a series of lengths ends."""


def growth(start: str, piece: str, format_: str) -> list[float]:
    """Return the times of texts whose lengths double, up to the longest or the first slow one."""
    times: list[float] = []
    # Exponential growth shows in a few dozen pieces, where a long text would never end.
    size = 32
    while size < LONGEST:
        text = start + piece * max(1, size // len(piece))
        begin = time.process_time()
        _take(text, format_)
        times.append(time.process_time() - begin)
        if times[-1] > SLOW:
            break
        size *= 2
    return times


def is_steep(times: list[float]) -> bool:
    """Tell whether the last times grow much faster than the lengths, or the series ended early."""
    if times[-1] > SLOW:
        return True
    return len(times) > 2 and times[-1] > SHORT and times[-1] / times[-3] > MANY


def pump(chosen: Iterable[str]) -> None:
    """Print for each start the piece that takes longest, and every piece with steep growth."""
    print("| format | step | start | piece | n | 2n | 4n | growth |")
    print("|---|---|---|---|---:|---:|---:|---:|")
    for format_ in chosen:
        for start in STARTS[format_]:
            for step in ("guess", format_):
                _print_growth(start, step, format_)


def _print_growth(start: str, step: str, format_: str) -> None:
    series = {piece: growth(start, piece, step) for piece in PIECES}
    # A second run tells steep growth from an interruption by another program.
    steep = [
        piece
        for piece, times in series.items()
        if is_steep(times) and is_steep(growth(start, piece, step))
    ]
    slowest = max(series, key=lambda piece: series[piece][-1])
    for piece in dict.fromkeys([*steep, slowest]):
        times = ([0.0, 0.0] + series[piece])[-3:]
        ratio = times[2] / times[0] if times[0] else float("inf")
        mark = " (!)" if piece in steep else ""
        name = "detection" if step == "guess" else "reader"
        print(
            f"| {format_} | {name} | `{start!r}` | `{piece!r}` |"
            + "".join(f" {one * 1000:.1f} ms |" for one in times)
            + f" {ratio:.1f}{mark} |",
            flush=True,
        )


def _take(text: str, format_: str) -> None:
    if format_ in OUTPUTS:
        _printed(text, format_)
    elif format_ == "addresses":
        _printed(text, "markdown")
    elif format_ == "law":
        _printed_law(text)
    elif format_ == "dates":
        refcite.loads(text, "html")
    elif format_ == "identifiers":
        refcite.loads(text, guess_format(text).name)
    elif format_ == "documents":
        refcite.render(text, CITED)
    elif format_ == "guess":
        with suppress(refcite.RefciteError):
            guess_format(text)
    else:
        refcite.loads(text, format_)


def seconds(case: Case, size: int, format_: str) -> float:
    """Return the least time that reading takes in three runs, of texts that no memory knows."""
    best = float("inf")
    for run in range(3):
        text = case(size + run)
        start = time.process_time()
        _take(text, format_)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    match sys.argv[1:]:
        case []:
            _print_cases(CASES)
            pump(STARTS)
        case ["pumped", *chosen]:
            pump(chosen or STARTS)
        case chosen:
            _print_cases(chosen)


def _print_cases(chosen: Iterable[str]) -> None:
    print("| format | text | length | time | four times the length | ratio |")
    print("|---|---|---:|---:|---:|---:|")
    for format_ in chosen:
        for name, case in CASES[format_].items():
            few, many = seconds(case, SMALL, format_), seconds(case, TIMES * SMALL, format_)
            ratio = many / few
            mark = " (!)" if ratio > MANY and many > SHORT else ""
            print(
                f"| {format_} | {name} | {len(case(SMALL)):,} | {few * 1000:.1f} ms"
                f" | {many * 1000:.1f} ms | {ratio:.1f}{mark} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
