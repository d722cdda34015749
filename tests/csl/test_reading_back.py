"""What a backend writes is read as the same text, by a program that reads its format."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from refcite import Record, bibliography
from refcite.csl import Output
from refcite.csl.backends import find_backend
from refcite.csl.backends.base import printable
from refcite.csl.style.attributes import Format
from tests.csl.reading import READERS, read_typst

SIGNS = (
    *"()[]{}<>.,:;!?'\"`*_~^$#@&|\\/=%+- \n\t",
    *(
        "a",
        "Z",
        "é",
        "中",
        "12",
        "“q”",
        "\u00a0",
        "\u2028",
        "\x00",
        "\x1b",
        "\x7f",
        "\ufdd0",
        "\r",
        "\r\n",
    ),
    *("--", "---", "...", "::", "~~~", "    ", "\n\n", ">>> ", ".. note::", "[x]: y", "[^1]"),
    *("- ", "+ ", "> ", "| ", ": ", "1. ", "1) ", "(1) ", "a. ", "A.  ", "iv. ", "# ", "/ x: "),
    *("===\n", "---\n", "|---|---|\n", "&lt;", "&#60;", "<b>", "</b>", "<!-- ", "<a href=x>"),
    *("@doe", ":smile:", ":x: ", "x_", "|x|", "a@b.org", "//", "/*", "#let x", "<label>"),
    *("www.example.org", "ftp://example.org/x", "javascript:alert(1)", "data:x", "mailto:a@b.org"),
    *("https://example.org/a_b*c*", "http://example.org/(a)~b", "https://example.org/é?a=1&b=2#c"),
)
TEXTS = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join)
FORMATS = st.sampled_from(
    [
        Format(font_style="italic"),
        Format(font_weight="bold"),
        Format(vertical_align="sup"),
        Format(font_variant="small-caps"),
        Format(vertical_align="baseline"),
    ]
)


def wanted(text: str) -> str:
    return " ".join(printable(text).split())


@pytest.mark.parametrize("name", READERS)
@given(st.lists(st.tuples(TEXTS, st.none() | FORMATS), min_size=1, max_size=4))
@settings(deadline=None)
@example([("<https://example.org/a_b>, (see www.example.org/x--y...)", None)])
@example([("Stop! ", None), ("a\n2. b\n\n| c\n- d", Format(font_style="italic")), ("b", None)])
@example([("a", Format(font_style="italic")), ("b", Format(font_weight="bold"))])
def test_text_is_read_as_it_is(name: str, parts: list[tuple[str, Format | None]]) -> None:
    backend = find_backend(name)
    written = "".join(
        backend.escape(text) if look is None else backend.span(look, backend.escape(text))
        for text, look in parts
    )
    reading = READERS[name](backend.finish(written))
    assert reading.text == wanted("".join(text for text, _ in parts))
    assert reading.others == ()
    assert [link for link in reading.links if not link.startswith(("https://", "http://"))] == []


@pytest.mark.parametrize("name", READERS)
@given(TEXTS, TEXTS, TEXTS, FORMATS, FORMATS)
@settings(deadline=None)
@example("a", "b", "c", Format(font_weight="bold"), Format(font_style="italic"))
@example("", "b", "", Format(font_style="italic"), Format(font_style="italic"))
def test_text_in_nested_formats_is_read_as_it_is(
    name: str, before: str, text: str, after: str, outer: Format, inner: Format
) -> None:
    backend = find_backend(name)
    nested = backend.span(inner, backend.escape(text))
    written = backend.span(outer, backend.escape(before) + nested + backend.escape(after))
    reading = READERS[name](backend.finish("(" + written + "x"))
    assert reading.text == wanted(f"({before}{text}{after}x")
    assert reading.others == ()


@given(st.lists(TEXTS, min_size=30, max_size=30))
@settings(deadline=None, max_examples=5)
def test_text_is_read_as_it_is_by_typst(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    typst = find_backend("typst")
    written = [typst.finish(typst.escape(text)) for text in texts]
    readings = read_typst(written, tmp_path_factory.mktemp("typst"))
    assert [reading.text for reading in readings] == [wanted(text) for text in texts]


@pytest.mark.parametrize("name", ["html", "markdown", "rst", "rtf", "docx"])
@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a_b*c*d~e?x=1&y=2#z",
        "https://example.org/a_(b)",
        "https://example.org/a)b",
        "https://example.org/a|b'c^d$e$",
        "https://example.org/?a&copy;=1",
        "https://example.org/?a=1&amp",
        "https://example.org/[a]{b}",
        "https://example.org/x_",
    ],
)
@pytest.mark.parametrize("is_shown", [True, False])
def test_a_link_leads_to_its_address(name: str, url: str, is_shown: bool) -> None:
    backend = find_backend(name)
    text = url if is_shown else "a]b <i>"
    link = backend.link(url, backend.escape(text))
    reading = READERS[name](backend.finish(backend.escape("See!") + link + backend.escape("{.x}")))
    assert reading.text == f"See!{text}{{.x}}"
    # Programs encode some signs of an address, which stays the same.
    percent = {"%5B": "[", "%5D": "]", "%7B": "{", "%7C": "|", "%7D": "}", "%5E": "^", "%27": "'"}
    (found,) = reading.links
    for code, sign in percent.items():
        found = found.replace(code, sign)
    assert found == url


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at https://example.org/a_b.", "at <https://example.org/a_b>."),
        ("(https://example.org/(a))", "(<https://example.org/(a)>)"),
        (
            "https://example.org/?a&lt;b=1",
            r"[https\://example.org/?a\&lt;b=1](https://example.org/?a&amp;lt;b=1)",
        ),
        ("“https://example.org/x”", "“<https://example.org/x>”"),
        ("ftp://example.org", r"ftp\://example.org"),
        ('"https://example.org/x"y', r"\"<https://example.org/x>\"y"),
        ("<https://example.org/x>y", r"\<<https://example.org/x>\>y"),
    ],
)
def test_an_address_in_a_text_is_an_autolink_in_markdown(text: str, shown: str) -> None:
    markdown = find_backend("markdown")
    assert markdown.finish(markdown.escape(text)) == shown


@pytest.mark.parametrize("name", ["html", "markdown", "rst", "rtf", "docx"])
@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a<b>c", "https://example.org/a%3Cb%3Ec"),
        ("https://example.org/<i>x</i>", "https://example.org/%3Ci%3Ex%3C/i%3E"),
        ('https://example.org/?q="x"', "https://example.org/?q=%22x%22"),
        ("https://example.org/b>a", "https://example.org/b%3Ea"),
    ],
)
def test_a_url_with_signs_of_no_url_is_whole(name: Output, url: str, address: str) -> None:
    work = Record(type="webpage", title="A", url=url)
    linked = bibliography([work], style="vancouver", output=name, links=True)
    reading = READERS[name](linked[0].text)
    assert url in reading.text
    assert [link.replace('"', "%22") for link in reading.links] == [address]
    unlinked = READERS[name](bibliography([work], style="vancouver", output=name)[0].text)
    assert url in unlinked.text
    assert [*unlinked.links] == ([address] if name == "markdown" else [])


def test_no_output_has_characters_that_its_programs_reject() -> None:
    text = "".join(map(chr, range(0x20))) + "\r\n" + "\x7f\x85\u2028\ud800\udfff\ufdd0\uffff"
    for name in ("text", *READERS, "typst"):
        backend = find_backend(name)
        url = "https://example.org/" + text
        written = backend.finish(backend.escape(text) + backend.link(url, "x"))
        assert [char for char in written if char < " " and char not in "\t\r\n"] == []
        assert not set(written) & set("\x7f\x85\u2028\ufdd0\uffff")
        written.encode()
