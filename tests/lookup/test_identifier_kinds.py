"""What people paste is recognised, and what is none of it is said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.identifier_kinds import Identifier, identify
from refcite.problems import UnknownIdentifierError

SICI = "10.1002/(SICI)1097-4679(199707)53:5<461::AID-JCLP7>3.0.CO;2-X"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.1038/171737a0", "10.1038/171737a0"),
        (" doi: 10.1038/171737a0 ", "10.1038/171737a0"),
        ("DOI 10.1038/171737a0", "10.1038/171737a0"),
        ("doi:10.1038/171737a0.", "10.1038/171737a0"),
        ("https://doi.org/10.1038/171737a0,", "10.1038/171737a0"),
        ("(https://doi.org/10.1038/171737a0).", "10.1038/171737a0"),
        ("http://dx.doi.org/10.1002%2F%28SICI%291", "10.1002/(SICI)1"),
        ("https://doi.org/10.1038/171737a0?utm_source=mail#top", "10.1038/171737a0"),
        ("doi.org/10.1038/171737a0", "10.1038/171737a0"),
        ("info:doi/10.1038/171737a0", "10.1038/171737a0"),
        ("“10.1000/a(b)”", "10.1000/a(b)"),
        ("10.1000/a(b));", "10.1000/a(b)"),
        ("<https://doi.org/10.1000/xyz>", "10.1000/xyz"),
        ("10.1000/\u200bxyz\u00a0", "10.1000/xyz"),
        ("10.1000.10/123", "10.1000.10/123"),
        (SICI, SICI),
        ("10.48550/arXiv.2101.12345", "10.48550/arXiv.2101.12345"),
        ("10/c9wr8n", "10/c9wr8n"),
        ("doi:10/C9WR8N", "10/c9wr8n"),
        ("https://doi.org/c9wr8n", "10/c9wr8n"),
        ("https://shortdoi.org/c9wr8n.", "10/c9wr8n"),
    ],
)
def test_a_doi(text: str, value: str) -> None:
    assert identify(text) == Identifier("doi", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2101.12345", "2101.12345"),
        ("0704.0001", "0704.0001"),
        ("arXiv:2101.12345v2", "2101.12345v2"),
        ("arxiv: 2101.12345V3", "2101.12345v3"),
        ("arXiv:2101.12345 [cs.CL]", "2101.12345"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("arXiv:math.GT/0309136v1", "math/0309136v1"),
        ("https://arxiv.org/abs/2101.12345", "2101.12345"),
        ("http://www.arxiv.org/pdf/2101.12345v2.pdf", "2101.12345v2"),
        ("https://export.arxiv.org/abs/cond-mat/0102536?context=cs", "cond-mat/0102536"),
        ("arxiv.org/html/2101.12345v1", "2101.12345v1"),
    ],
)
def test_arxiv(text: str, value: str) -> None:
    assert identify(text) == Identifier("arxiv", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PMID: 31209238", "31209238"),
        ("pmid31209238", "31209238"),
        ("31209238", "31209238"),
        ("https://pubmed.ncbi.nlm.nih.gov/31209238/?from=x", "31209238"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/31209238", "31209238"),
        ("https://europepmc.org/article/MED/31209238", "31209238"),
        ("PMC6613236", "PMC6613236"),
        ("PMCID: PMC6613236.", "PMC6613236"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC6613236/", "PMC6613236"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC6613236/pdf/a.pdf", "PMC6613236"),
        ("https://europepmc.org/article/PMC/PMC6613236", "PMC6613236"),
    ],
)
def test_pubmed_and_pubmed_central(text: str, value: str) -> None:
    kind = "pmcid" if value.startswith("PMC") else "pmid"
    assert identify(text) == Identifier(kind, value)  # type: ignore[arg-type]  # a str of two


@pytest.mark.parametrize(
    "text",
    [
        "978-0-306-40615-7",
        "9780306406157",
        "ISBN 978 0 306 40615 7",
        "ISBN-13: 978–0–306–40615–7.",
        "0-306-40615-2",
        "isbn:0306406152",
    ],
)
def test_an_isbn(text: str) -> None:
    assert identify(text) == Identifier("isbn", "9780306406157")


def test_an_isbn_may_end_with_x() -> None:
    assert identify("0-8044-2957-x").value == "9780804429573"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://www.example.org/a/b.html?c=1", "https://www.example.org/a/b.html?c=1"),
        ("http://example.org", "http://example.org"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("<https://example.org/a_(b)>,", "https://example.org/a_(b)"),
        ("https://arxiv.org/list/cs/new", "https://arxiv.org/list/cs/new"),
        ("https://doi.org/", "https://doi.org/"),
    ],
)
def test_an_address(text: str, value: str) -> None:
    assert identify(text) == Identifier("url", value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an empty text is not an identifier"),
        ("...", "an empty text is not an identifier"),
        ("Knuth 1968", "is not a DOI, arXiv identifier, PMID, PMCID, ISBN or URL"),
        ("978-0-306-40615-8", "the check digit of the ISBN '978-0-306-40615-8' should be 7"),
        ("0306406151", "should be 2"),
        ("ISBN 12-34", "has neither 10 nor 13 digits"),
        ("10.1000", "'10.1000' is not a DOI"),
        ("doi:10.1/x", "'10.1/x' is not a DOI"),
        ("arXiv:2113.12345", "is not an arXiv identifier"),
        ("2113.12345", "is not a DOI"),
        ("abc/9901001", "is not a DOI"),
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("https://", "is not a valid URL"),
        ("http://[::1/", "is not a valid URL"),
        ("https://user:secret@example.org/", "password is not looked up"),
        ("2017", "is not a DOI"),
        ("x" * 5000, "5,000 characters"),
    ],
)
def test_what_is_none_is_said(text: str, message: str) -> None:
    with pytest.raises(UnknownIdentifierError, match=re.escape(message)) as raised:
        identify(text)
    assert "secret" not in str(raised.value)


@given(st.text(max_size=80) | st.from_regex(r"[\w(<\[.:/-]{0,60}[)>\].,]{0,9}", fullmatch=True))
def test_any_text_is_an_identifier_or_said_to_be_none(text: str) -> None:
    try:
        found = identify(text)
    except UnknownIdentifierError:
        return
    assert found.value
    assert identify(str(found)) == found
