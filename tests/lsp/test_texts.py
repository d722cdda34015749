"""Open texts change by parts as the whole text would, in each unit of positions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from refcite.lsp.texts import Encoding, Place, Text, from_units, to_units

SIGNS = st.text(alphabet="ab\n\ré\u2028\U0001f600", max_size=12)
ENCODINGS: list[Encoding] = ["utf-8", "utf-16", "utf-32"]


def lengths(lines: list[str]) -> list[int]:
    """Return the lengths of lines without their line ends."""
    return [len(line.rstrip("\r\n")) for line in lines]


@given(SIGNS, st.lists(st.tuples(SIGNS, *[st.integers(0, 20)] * 4), max_size=3))
def test_a_change_is_that_of_the_whole_text(
    before: str, changes: list[tuple[str, int, int, int, int]]
) -> None:
    text = Text(before)
    for new, *numbers in changes:
        lines = text.lines
        ends = lengths(lines)
        places = sorted(
            Place(line, column % (ends[line] + 1))
            for line, column in (
                (numbers[0] % len(lines), numbers[1]),
                (numbers[2] % len(lines), numbers[3]),
            )
        )
        whole = str(text)
        start, end = (sum(map(len, lines[: place.line])) + place.column for place in places)
        text.change(new, *places)
        assert str(text) == whole[:start] + new + whole[end:]
        assert text.lines == Text(str(text)).lines


@given(SIGNS, st.sampled_from(ENCODINGS))
def test_a_place_is_found_again_in_each_unit(line: str, encoding: Encoding) -> None:
    text = Text(line)
    for offset in range(len(text.plain) + 1):
        place = text.place_of(offset)
        if place.column <= lengths(text.lines)[place.line]:
            assert text.offset_of(place) == offset
            assert text.place(*text.units(place, encoding), encoding) == place


def test_positions_count_the_units_of_their_encoding() -> None:
    line = "a\U0001f600é"
    assert [to_units(line, 3, one) for one in ENCODINGS] == [7, 4, 3]
    assert [from_units(line, units, "utf-16") for units in range(6)] == [0, 1, 2, 2, 3, 3]
    assert [from_units(line, units, "utf-8") for units in (0, 1, 3, 5, 7, 9)] == [0, 1, 1, 2, 3, 3]


def test_a_position_behind_the_text_is_at_its_end() -> None:
    text = Text("one\r\ntwo")
    assert text.place(7, 0, "utf-16") == Place(1, 3)
    assert text.place(0, 99, "utf-16") == Place(0, 3)
    text.change("!", Place(5, 5), Place(9, 9))
    assert str(text) == "one\r\ntwo!"
