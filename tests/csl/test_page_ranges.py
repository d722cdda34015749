"""Page ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.csl.render.page_ranges import PageRangeFormat, format_locator, format_pages

# The table of appendix V of the specification, and one row a format beyond it.
RANGES: list[tuple[PageRangeFormat | None, str, str]] = [
    ("chicago", "3-10", "3–10"),
    ("chicago", "71-72", "71–72"),
    ("chicago", "100-104", "100–104"),
    ("chicago", "1100-1113", "1100–1113"),
    ("chicago", "101-108", "101–8"),
    ("chicago", "1002-1006", "1002–6"),
    ("chicago", "321-325", "321–25"),
    ("chicago", "415-532", "415–532"),
    ("chicago", "11564-11568", "11564–68"),
    ("chicago", "13792-13803", "13792–803"),
    ("chicago", "1496-1504", "1496–1504"),
    ("chicago", "2787-2816", "2787–2816"),
    ("chicago-16", "1496-1504", "1496–504"),
    ("chicago-16", "498-532", "498–532"),
    ("chicago-16", "100-104", "100–104"),
    ("chicago-16", "1100-1113", "1100–1113"),
    ("chicago-16", "1101-1113", "1101–13"),
    ("expanded", "42-5", "42–45"),
    ("expanded", "321-28", "321–328"),
    ("expanded", "S213-S235", "S213–S235"),
    ("minimal", "42-45", "42–5"),
    ("minimal", "2787-2816", "2787–816"),
    ("minimal", "n564-n568", "n564–8"),
    ("minimal-two", "101-108", "101–08"),
    ("minimal-two", "3-9", "3–9"),
    (None, "110-5", "110–5"),
]


@pytest.mark.parametrize(("format_", "text", "wanted"), RANGES)
def test_a_range(format_: PageRangeFormat | None, text: str, wanted: str) -> None:
    assert format_pages(text, format_, "–") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("101--108, 200 – 10; 5", "101–108, 200–210; 5"),
        ("xxv-xxviii", "xxv–xxviii"),
        ("12a-14b", "12a–14b"),
        ("N110 - P5", "N110-P5"),
        ("e1000123", "e1000123"),
        ("MS-Add. 3970", "MS-Add. 3970"),
        ("1-2-3", "1-2-3"),
        (r"12\-34", "12-34"),
        ("20-18", "20–18"),
        ("142-5&235", "142–145 und 235"),
        ("123\u2014125, 130\u2012131", "123–125, 130–131"),
        ("MS A\u2014B", "MS A\u2014B"),
    ],
)
def test_what_else_stands_in_a_page_field(text: str, wanted: str) -> None:
    assert format_pages(text, "expanded", "–", "und") == wanted


def test_locators_are_not_shortened() -> None:
    assert format_locator("101 - 108", "minimal", "–") == "101–108"


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["minimal", "chicago-16"]))
def test_a_shortened_range_can_be_expanded(
    begin: int, length: int, format_: PageRangeFormat
) -> None:
    short = format_pages(f"{begin}-{begin + length}", format_, "-")
    assert format_pages(short, "expanded", "-") == f"{begin}-{begin + length}"
