"""Seasons and ranges as `cs:date` prints them."""

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
        ("long", Date(Point(2001), season_name="Michaelmas"), "Michaelmas 2001"),
        ("numeric", Date(Point(2001), season_name="Michaelmas"), "Michaelmas 2001"),
        ("long", Date(Point(2001), Point(2002), season_name="Hilary"), "Hilary 2001–2002"),
        ("long", Date(Point(2001), season_name="St. John's\n# "), "St. John’s # 2001"),
    ],
)
def test_a_season_takes_the_place_of_a_month(form: str, date: Date, wanted: str) -> None:
    layout = (
        f'<date variable="issued"><date-part name="month" form="{form}" suffix=" "/>'
        '<date-part name="year"/></date>'
    )
    engine = engine_for(style_xml(layout), book("a").replace(issued=date))
    assert engine.cite(cluster("a")) == wanted


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2001-21/2001-23", "Spring–Autumn."),
        ("2001-21/2002", "Spring."),
        ("2001/2002-03", "March."),
        ("2001/..", ""),
        ("../2001", ""),
    ],
)
def test_the_delimiter_of_a_range_is_between_two_texts(date: str, wanted: str) -> None:
    layout = '<date variable="issued"><date-part name="month" suffix="."/></date>'
    engine = engine_for(style_xml(layout), book("a").replace(issued=Date.parse(date)))
    assert engine.cite(cluster("a")) == wanted


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("1998/2001", "1998–2001"),
        ("2001/2001-06", "2001–June 2001"),
        ("2001-05/2001-05-09", "May–9 May 2001"),
        ("2001-05-07/2001-06", "7 May–June 2001"),
    ],
)
def test_a_range_names_what_its_ends_differ_in(date: str, wanted: str) -> None:
    layout = (
        '<date variable="issued" delimiter=" "><date-part name="day"/>'
        '<date-part name="month"/><date-part name="year"/></date>'
    )
    engine = engine_for(style_xml(layout), book("a").replace(issued=Date.parse(date)))
    assert engine.cite(cluster("a")) == wanted
