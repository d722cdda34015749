"""Seasons as `cs:date` prints them."""

from __future__ import annotations

import pytest

from refcite.dates import Date, Point
from tests.csl.small import book, cluster, engine_for, style_xml

SPRING = Point(2001, season=1)
AUTUMN = Point(2001, season=3)


@pytest.mark.parametrize(
    ("form", "date", "wanted"),
    [
        ("long", Date(SPRING), "Spring 2001"),
        ("numeric", Date(SPRING), "2001"),
        ("long", Date(SPRING, AUTUMN), "Spring–Autumn 2001"),
        ("numeric", Date(SPRING, AUTUMN), "2001"),
        ("numeric", Date(SPRING, Point(2002, season=1)), "2001–2002"),
    ],
)
def test_a_season_takes_the_place_of_a_month_and_has_no_number(
    form: str, date: Date, wanted: str
) -> None:
    layout = (
        f'<date variable="issued"><date-part name="month" form="{form}" suffix=" "/>'
        '<date-part name="year"/></date>'
    )
    engine = engine_for(style_xml(layout), book("a").replace(issued=date))
    assert engine.cite(cluster("a")) == wanted
