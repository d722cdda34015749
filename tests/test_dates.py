"""Dates: what is read, what is refused, and that nothing is lost or made up."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite.dates import Bound, Date, Point
from refcite.problems import InvalidDateError, Problem, RecordTypeError

READ = """
2017                                  2017
 2017                                 2017
January 2017                          2017-01
18 January 2017                       2017-01-18
January 18, 2017                      2017-01-18
18 JAN. 2017                          2017-01-18
the 3rd of May, 2001                  2001-05-03
1st June 2003                         2003-06-01
2017 Jan 18                           2017-01-18
18-Jan-2017                           2017-01-18
12 May 476                            0476-05-12

18. Januar 2017                       2017-01-18
den 1. März 2017                      2017-03-01
MÄRZ 2017                             2017-03
Jänner 2017                           2017-01
1er janvier 2017                      2017-01-01
29 févr. 2016                         2016-02-29
août 1914                             1914-08
mar. 5 juin 2023                      2023-06-05
18 de enero de 2017                   2017-01-18
septiembre de 2001                    2001-09
1° gennaio 2017                       2017-01-01
giugno 1946                           1946-06
1º de janeiro de 2017                 2017-01-01
25 de março de 1999                   1999-03-25
2e mei 2017                           2017-05-02
5 mrt. 2017                           2017-03-05

Monday, 05 June 2023, 10:55 GMT       2023-06-05
June 5, 2023 at 10:55 am EST          2023-06-05
5 juin 2023 à 10h55                   2023-06-05
5. Juni 2023, 10:55 Uhr               2023-06-05
2023-06-05T10:55:00Z                  2023-06-05
2023-06-05 10:55:00.5+02:00           2023-06-05
20230605T105500Z                      2023-06-05
25/12/2017 10:55                      2017-12-25
Mon Jun  5 10:55:00 2023              2023-06-05
10:55, 5 June 2023                    2023-06-05
Mon, 05 Jun 2023 10:55:00 +0200 (CEST)  2023-06-05

2017-01                               2017-01
2017-01-18                            2017-01-18
2017/01/18                            2017-01-18
2017.01.18                            2017-01-18
2017-1-8                              2017-01-08
20170118                              2017-01-18
5/2017                                2017-05
2017/01                               2017-01
25/12/2017                            2017-12-25
12/25/2017                            2017-12-25
02/02/2017                            2017-02-02
05.06.2023                            2023-06-05
5. 6. 2023                            2023-06-05

1984~                                 1984~
1984?                                 1984?
1984%                                 1984%
1984?~                                1984%
199X                                  199X
19XX                                  19XX
-001X                                 -001X
2004-XX                               2004-XX
1985-04-XX                            1985-04-XX
1985-XX-XX                            1985-XX-XX
2001-21                               2001-21
2001-24                               2001-24
1998/2001                             1998/2001
2004-06/2006-08-01~                   2004-06/2006-08-01~
../2001                               ../2001
/2001                                 /2001
2001/..                               2001/..
2001/                                 2001/
2004-01-01/open                       2004-01-01/..
Y170000002                            Y170000002
Y-12345                               Y-12345
0000                                  0000
-0043-03-15                           -0043-03-15

Spring 2017                           2017-21
2017 Autumn                           2017-23
printemps 2001                        2001-21
été 2001                              2001-22
Frühling 2001                         2001-21
otoño de 2001                         2001-23
inverno 2001                          2001-24
najaar 2001                           2001-23

c. 1950                               1950~
ca. 1950                              1950~
circa 1950                            1950~
um 1450                               1450~
[ca. 1950]                            1950~
1950 (?)                              1950?
[1950?]                               1950?
[1950]                                1950
[197-]                                197X
[18--?]                               18XX?
the 1950s                             195X
©1998                                 1998
c1998                                 1998
44 BC                                 -0043
44 B.C.E.                             -0043
c. 300 BC                             -0299~
15 March 44 BC                        -0043-03-15
44 v. Chr.                            -0043
44 av. J.-C.                          -0043
10001 BC                              Y-10000
AD 79                                 0079
79 CE                                 0079

1998-2001                             1998/2001
1998–2001                             1998/2001
1998--2001                            1998/2001
1998-99                               1998/1999
1998–9                                1998/1999
2016/17                               2016/2017
1999/00                               1999/2000
c. 1950–1960                          1950~/1960
January–March 2017                    2017-01/2017-03
Jan./Feb. 2017                        2017-01/2017-02
2017 Jan-Feb                          2017-01/2017-02
Dec. 2016/Jan. 2017                   2016-12/2017-01
12-15 May 2010                        2010-05-12/2010-05-15
12.–15. Mai 2010                      2010-05-12/2010-05-15
12 to 15 May 2010                     2010-05-12/2010-05-15
du 12 au 15 mai 2010                  2010-05-12/2010-05-15
May 12-15, 2010                       2010-05-12/2010-05-15
28 May - 3 June 2010                  2010-05-28/2010-06-03
May 28 - June 3, 2010                 2010-05-28/2010-06-03
2001-05 – 2001-08                     2001-05/2001-08
Fall/Winter 2010                      2010-23/2010-24
Winter 1999/2000                      1999-24/2000
2017-                                 2017/..
1998–present                          1998/..
300–200 BC                            -0299/-0199
44 BC – AD 14                         -0043/0014
27 BC – 14                            -0026/0014
AD 14–37                              0014/0037
"""


@pytest.mark.parametrize(
    ("text", "edtf"),
    [re.split(r"  +(?=\S+$)", line, maxsplit=1) for line in READ.splitlines() if line],
)
def test_reads(text: str, edtf: str) -> None:
    problems: list[Problem] = []
    date = Date.parse(text, problems=problems)
    assert date.literal is None
    assert str(date) == edtf
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        *("n.d.", "n. d.", "[n.d.]", "n.d.-a", "s.d.", "o. J.", "s. f."),
        *("forthcoming", "In Press", "à paraître", "im Erscheinen", "to appear"),
        *('"2017"', '""'),
    ],
)
def test_what_is_meant_as_text_stays_text_without_a_problem(text: str) -> None:
    problems: list[Problem] = []
    assert Date.parse(text, problems=problems).literal == text.strip('"')
    assert problems == []


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("2001-13", "invalid-date", "month must be 1 to 12, not 13"),
        ("2001-20", "invalid-date", "month must be 1 to 12, not 20"),
        ("31 February 2017", "invalid-date", "day must be 1 to 28 in 2017-02, not 31"),
        ("29 février 2015", "invalid-date", "day must be 1 to 28"),
        ("1900-02-29", "invalid-date", "day must be 1 to 28"),
        ("13/13/2017", "invalid-date", "month must be 1 to 12, not 13"),
        ("00/02/2017", "invalid-date", "day must be 1 to 28"),
        ("01.01.0000", "invalid-date", "no year 0"),
        ("0 BC", "invalid-date", "no year 0"),
        ("-0000", "invalid-date", "-0000"),
        ("2001–1998", "invalid-date", "must not be before"),
        ("Dec-Jan 2017", "invalid-date", "must not be before"),
        ("01/02/2017", "ambiguous-date", "1 February 2017 or 2 January 2017"),
        ("1-2-2017", "ambiguous-date", "1 February 2017 or 2 January 2017"),
        ("2001–05", "ambiguous-date", "May 2001 or 2001 to 2005"),
        ("2011/12", "ambiguous-date", "December 2011 or 2011 to 2012"),
        ("01/02/17", "unread-date", "'01/02/17'"),
        ("79", "unread-date", "'79'"),
        ("May", "unread-date", "'May'"),
        ("12 May", "unread-date", "'12 May'"),
        ("Monday 10:55", "unread-date", "10:55"),
        ("10:55 5 June", "unread-date", "10:55"),
        ("2017a", "unread-date", "'2017a'"),
        ("2017-018", "unread-date", "'2017-018'"),
        ("2017 (2018)", "unread-date", "'2017 (2018)'"),
        ("between 1906 and 1912", "unread-date", "1906"),
        ("201²", "unread-date", "201²"),
        ("Y" + "9" * 19, "unread-date", "Y999"),
        ("9" * 5000, "unread-date", "999…"),
        ("", "unread-date", "''"),
    ],
)
def test_what_cannot_be_read_is_kept_and_reported(text: str, code: str, says: str) -> None:
    problems: list[Problem] = []
    assert Date.parse(text, problems=problems).literal == text
    assert [problem.code for problem in problems] == [code]
    assert says in problems[0].message
    assert problems[0].hint


@pytest.mark.parametrize("text", ['2001 "Michaelmas"', '1999~/2000 "Hilary "and" Trinity"'])
def test_the_name_of_a_season_stands_in_quotes(text: str) -> None:
    date = Date.parse(text)
    assert (date.season_name, date.season) == (text[text.index('"') + 1 : -1], None)
    assert str(date) == text


@pytest.mark.parametrize(
    "text", ['2001-05 "Michaelmas"', '2001-21 "Hilary"', '/2001 "x"', '79 "x"']
)
def test_a_season_name_beside_anything_else_is_text(text: str) -> None:
    assert Date.parse(text).literal == text


@pytest.mark.parametrize(("day_first", "edtf"), [(True, "2017-02-01"), (False, "2017-01-02")])
@pytest.mark.parametrize("text", ["01/02/2017", "1-2-2017"])
def test_day_first_settles_the_order(text: str, day_first: bool, edtf: str) -> None:
    assert str(Date.parse(text, day_first=day_first)) == edtf


@pytest.mark.parametrize(
    ("later", "earlier"), [("2020", "201X"), ("202X", "2019"), ("-0189", "-019X"), ("21XX", "20XX")]
)
def test_a_year_of_unknown_figures_is_after_what_ends_before_it(later: str, earlier: str) -> None:
    one, other = Date.parse(later).start, Date.parse(earlier).start
    assert isinstance(one, Point)
    assert isinstance(other, Point)
    assert one.is_after(other)
    assert not other.is_after(one)


@pytest.mark.parametrize(("one", "other"), [("2013", "201X"), ("201X", "2015"), ("201X", "20XX")])
def test_a_year_that_may_be_the_other_is_not_after_it(one: str, other: str) -> None:
    first, second = Date.parse(one).start, Date.parse(other).start
    assert isinstance(first, Point)
    assert isinstance(second, Point)
    assert not first.is_after(second)
    assert not second.is_after(first)


@pytest.mark.parametrize("year", [10_000, -10_000])
def test_a_year_of_five_figures_has_no_month(year: int) -> None:
    assert Point(year).year == year
    with pytest.raises(InvalidDateError, match="cannot be combined with a year of five digits"):
        Point(year, 1)
    assert Point(9_999 if year > 0 else -9_999, 1).month == 1


@pytest.mark.parametrize("day_first", [None, True, False])
@pytest.mark.parametrize("text", ["01/25/2017", "25/01/2017"])
def test_a_day_that_is_no_month_leaves_one_reading(text: str, day_first: bool | None) -> None:
    assert str(Date.parse(text, day_first=day_first)) == "2017-01-25"


def test_day_first_moves_nothing_that_has_one_reading() -> None:
    assert str(Date.parse("25/12/2017", day_first=False)) == "2017-12-25"
    assert str(Date.parse("12/25/2017", day_first=True)) == "2017-12-25"
    assert str(Date.parse("05.06.2023", day_first=False)) == "2023-06-05"


@pytest.mark.parametrize("text", ["x", " ", "1", "1 ", "?", "-", "1-", '"', "é", "1:1 ", "a.c. "])
def test_a_million_characters_are_text_at_once(text: str) -> None:
    text *= 1_000_000 // len(text)
    literal = Date.parse(text).literal
    assert literal == (text[1:-1] if text[0] == '"' else text)


@pytest.mark.parametrize(
    ("make", "error", "names"),
    [
        (lambda: Point(2017, 13), InvalidDateError, "Point.month"),
        (lambda: Point(2017, 0), InvalidDateError, "Point.month"),
        (lambda: Point(2017, day=3), InvalidDateError, "Point.day"),
        (lambda: Point(2017, 2, 31), InvalidDateError, "Point.day"),
        (lambda: Point(2017, 1, 0), InvalidDateError, "Point.day"),
        (lambda: Point(2017, season=5), InvalidDateError, "Point.season"),
        (lambda: Point(2017, 1, season=1), InvalidDateError, "Point.season"),
        (lambda: Point(12345, 1), InvalidDateError, "Point.month"),
        (lambda: Point(12345, season=1), InvalidDateError, "Point.season"),
        (lambda: Point(10**18), InvalidDateError, "Point.year"),
        (lambda: Point(1995, unspecified_digits=1), InvalidDateError, "Point.year"),
        (lambda: Point(1900, unspecified_digits=3), InvalidDateError, "unspecified_digits"),
        (lambda: Point(1990, 1, unspecified_digits=1), InvalidDateError, "unspecified_digits"),
        (lambda: Point(1990, 1, unspecified_month=True), InvalidDateError, "unspecified_month"),
        (lambda: Point(1990, unspecified_day=True), InvalidDateError, "unspecified_day"),
        (lambda: Point("2017"), RecordTypeError, "Point.year"),  # type: ignore[arg-type]
        (lambda: Point(True), RecordTypeError, "Point.year"),
        (lambda: Point(2017, 1.0), RecordTypeError, "Point.month"),  # type: ignore[arg-type]
        (lambda: Point(2017, approximate=1), RecordTypeError, "approximate"),  # type: ignore[arg-type]
        (lambda: Date(), InvalidDateError, "Date.start"),
        (lambda: Date(end=Point(2017)), InvalidDateError, "Date.start"),
        (lambda: Date(Bound.OPEN), InvalidDateError, "Date.end"),
        (lambda: Date(Bound.OPEN, Bound.UNKNOWN), InvalidDateError, "Date.end"),
        (lambda: Date(Point(2017), literal="2017"), InvalidDateError, "Date.literal"),
        (lambda: Date("2017"), RecordTypeError, "Date.start"),  # type: ignore[arg-type]
        (lambda: Date(Point(2017, 1), season_name="x"), InvalidDateError, "season_name"),
        (lambda: Date(Point(2017), season_name=""), InvalidDateError, "season_name"),
        (lambda: Date(literal="x", season_name="x"), InvalidDateError, "season_name"),
        (lambda: Date(Point(2017), season_name=1), RecordTypeError, "season_name"),  # type: ignore[arg-type]
        (lambda: Date(literal=2017), RecordTypeError, "Date.literal"),  # type: ignore[arg-type]
        (lambda: Date.parse(2017), RecordTypeError, "Date.parse"),  # type: ignore[arg-type]
        (lambda: Date.between(Date.parse("1/"), Point(2)), InvalidDateError, "start"),
    ],
)
def test_what_no_calendar_has_cannot_be_built(
    make: Any, error: type[Exception], names: str
) -> None:
    with pytest.raises(error, match=names):
        make()


def test_attributes_are_those_of_the_start() -> None:
    date = Date.between(Date.of(2017, 1, 18), Date(Point(2018, approximate=True)))
    assert (date.year, date.month, date.day, date.season) == (2017, 1, 18, None)
    assert date.is_range
    assert date.approximate
    assert Date.of(2001, season=1).season == 1
    assert Date(Bound.OPEN, Point(2001)).year is None
    assert not Date(literal="n.d.").approximate


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("12 MAJA 2010", "2010-05-12"),
        ("5 października 2010", "2010-10-05"),
        ("3. únor 2010", "2010-02-03"),
        ("Ιανουάριος 2010", "2010-01"),
        ("ИЮНЯ 2010", "2010-06"),
        ("12 березня 2010", "2010-03-12"),
        ("5 ŞUBAT 2010", "2010-02-05"),
        ("Gorffennaf 2010", "2010-07"),
        ("2010 m. spalio 5", "2010 m. spalio 5"),
        ("2010. szeptember 5.", "2010-09-05"),
        ("يناير 2010", "2010-01"),
        ("5 ינואר 2010", "2010-01-05"),
        ("2010年5月8日", "2010-05-08"),
        ("8 พฤษภาคม 2553", "2010-05-08"),
        ("๘ ธ.ค. ๒๐๑๐", "2010-12-08"),
        ("8 मई 2010", "2010-05-08"),
        ("८ सितंबर, २०१०", "2010-09-08"),
        ("ថ្ងៃទី៨ ខែឧសភា ឆ្នាំ២០១០", "2010-05-08"),
        ("ngày 8 tháng 12 năm 2010", "2010-12-08"),
        ("8 Tháng Mười Hai, 2010", "2010-12-08"),
        ("2010 оны 11 сарын 8", "2010-11-08"),
        ("Арван хоёрдугаар сар 8, 2010", "2010-12-08"),
        ("2010년 5월", "2010-05"),
    ],
)
def test_months_in_the_languages_of_the_locales(text: str, edtf: str) -> None:
    assert str(Date.parse(text)) == edtf


def test_the_month_that_is_another_one_in_croatian() -> None:
    problems: list[Problem] = []
    assert str(Date.parse("11 LISTOPADA 1918", problems=problems)) == "1918-11-11"
    assert [(problem.code, problem.severity) for problem in problems] == [
        ("ambiguous-date", "info")
    ]
    assert Date.parse("5 srp 2010", problems=problems).literal == "5 srp 2010"
    assert "5 August 2010 or 5 July 2010" in problems[-1].message


def test_a_reversed_range_is_read_as_it_stands_and_reported() -> None:
    problems: list[Problem] = []
    date = Date.parse("2001/1998", problems=problems)
    assert (date.is_reversed, str(date)) == (True, "2001/1998")
    assert [problem.code for problem in problems] == ["reversed-range"]
    assert not Date.parse("1998/1998-05").is_reversed


def test_today() -> None:
    before = datetime.date.today()
    assert str(Date.today()) in {before.isoformat(), datetime.date.today().isoformat()}


# Properties

_days = st.dates().map(lambda day: {"year": day.year, "month": day.month, "day": day.day})
_years = st.one_of(st.integers(1000, 2100), st.integers(-9999, 9999))
_parts = st.one_of(
    _days,
    st.fixed_dictionaries({"year": st.one_of(_years, st.integers(1 - 10**18, 10**18 - 1))}),
    st.fixed_dictionaries({"year": _years, "month": st.integers(1, 12)}),
    st.fixed_dictionaries(
        {"year": _years, "month": st.integers(1, 12), "unspecified_day": st.just(True)}
    ),
    st.fixed_dictionaries(
        {"year": _years, "unspecified_month": st.just(True), "unspecified_day": st.booleans()}
    ),
    st.fixed_dictionaries({"year": _years, "season": st.integers(1, 4)}),
    st.builds(
        lambda year, digits: {"year": year * 10**digits, "unspecified_digits": digits},
        st.integers(-99, 99),
        st.integers(1, 2),
    ),
)
points = st.builds(
    lambda parts, approximate, uncertain: Point(
        **parts, approximate=approximate, uncertain=uncertain
    ),
    _parts,
    st.booleans(),
    st.booleans(),
)
_bounds = st.sampled_from(Bound)
years = points.filter(lambda point: point.month is None and point.season is None)
_names = st.text(min_size=1) | st.sampled_from(["Michaelmas", 'the "Long" Vacation', '" "', "1"])
_texts = st.one_of(
    st.text(),
    st.text('"0123456789-/.~?%XxY \n'),
    points.map(str),
    points.map(lambda point: f' "{point}"'),
    st.sampled_from([line[:38].strip() for line in READ.splitlines()]),
)


dates = st.one_of(
    points.map(Date),
    st.builds(Date, points, points),
    st.builds(Date, points, _bounds),
    st.builds(Date, _bounds, points),
    st.builds(Date, literal=_texts),
    st.builds(Date, years, st.none() | points, season_name=_names),
)


@given(dates)
def test_every_date_is_read_back_from_its_text(date: Date) -> None:
    assert Date.parse(str(date)) == date


@given(_texts, st.sampled_from([None, True, False]))
def test_a_literal_is_the_text_as_given(text: str, day_first: bool | None) -> None:
    literal = Date.parse(text, day_first=day_first).literal
    assert literal is None or literal == text or f'"{literal}"' == text


_figures = st.integers(0, 99999).map(str)
_written = st.lists(
    st.one_of(
        _figures,
        st.integers(1, 31).map(str),
        st.sampled_from(["-", "–", "/", ".", ",", ":", "'", "?", "~", "XX", "'s", "[", "]", "T"]),
        st.sampled_from(["BC", "AD", "c.", "am", "st", "th", "of", "de", "to", "n.d.", "present"]),
        st.sampled_from(["January", "März", "mai", "sept.", "Spring", "été", "Monday", "mar"]),
        st.sampled_from(["10:55", "10:55:00 GMT", "2017", "2017-01"]),
    ),
    min_size=1,
    max_size=7,
)


@given(_written, st.sampled_from(["", " "]), st.sampled_from([None, True, False]))
def test_nothing_is_made_up(pieces: list[str], joint: str, day_first: bool | None) -> None:
    text = joint.join(pieces)
    date = Date.parse(text, day_first=day_first)
    for side in (date.start, date.end):
        if not isinstance(side, Point):
            continue
        year = side.year if side.year > 0 else 1 - side.year
        written = str(year).removesuffix("0" * side.unspecified_digits)
        shortened = [written[-2:], written[-1:]] if side is date.end else []  # 1998–99
        stated = [written, str(year - 1) if side.year <= 0 else written, *shortened]
        assert any(digits in text for digits in stated)
        assert side.day is None or str(side.day) in text
        assert side.month is None or str(side.month) in text or any(map(str.isalpha, text))
        assert not side.approximate or re.search(r"[~%]|c\.", text)
        assert not side.uncertain or re.search(r"[?%]", text)
