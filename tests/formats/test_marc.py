"""Files of MARC: the same records as in XML, in their own encodings, and broken ones."""

from __future__ import annotations

import io
import sys

import pytest

from refcite import Problem, Record, loads
from refcite.formats import guess_format, marcxml, stream
from refcite.formats.marc import decoding, read, read_stream
from refcite.problems import InputError
from tests.formats import marc_records
from tests.formats.marc_records import ARTICLE, BOOK, THESIS, iso2709

FILE = b"".join(map(iso2709, (BOOK, ARTICLE, THESIS)))
IDS = ("owl1", "owl2", "owl3")
ACCENT = (
    "=LDR 00000nam a2200000   4500\n=001 a\n=245 10 $aEl B\N{LATIN SMALL LETTER U WITH ACUTE}ho"
)
MARC_8 = iso2709(ACCENT.replace("ú", "QQ"), "ascii").replace(b"QQ", b"\xe2u")


def test_a_file_has_the_records_of_the_same_xml() -> None:
    wanted = marcxml.read("".join(map(marc_records.marcxml, (BOOK, ARTICLE, THESIS))))
    library = loads(FILE)
    assert library.ids == IDS
    for found, record in zip(library, wanted, strict=True):
        assert found.variables() == record.variables()
        assert found.extra.keys() - {"leader"} == record.extra.keys() - {"leader"}


def test_text_and_bytes_are_known_and_read_alike() -> None:
    text = FILE.decode()
    assert guess_format(text).name == guess_format(file="export.mrc").name == "marc"
    assert list(loads(text)) == list(loads(FILE)) == list(read(text))


@pytest.mark.parametrize("size", [1, 7, 300, 100_000])
def test_pieces_of_any_size_are_read_as_the_whole(size: int) -> None:
    text = FILE.decode()
    pieces = (text[start : start + size] for start in range(0, len(text), size))
    assert [one for one in read_stream(pieces) if isinstance(one, Record)] == list(read(text))


def test_files_are_streamed_in_their_encoding() -> None:
    found = list(stream(io.BytesIO(iso2709(BOOK) * 3)))
    titles = [one.extra["880"] for one in found if isinstance(one, Record)]
    assert titles == ["14‡6245-01‡aСовы"] * 3


def test_a_stream_reports_records_in_another_encoding() -> None:
    data = FILE + iso2709(ACCENT, "latin-1").replace(b"nam  22", b"nam a22")
    codes = [one.code for one in stream(io.BytesIO(data)) if isinstance(one, Problem)]
    assert codes == ["not-utf-8"]


def test_marc_8_is_converted() -> None:
    pytest.importorskip("pymarc", reason="MARC-8 needs the extra marc")
    library = loads(MARC_8 + FILE)
    assert library[0].title == "El Búho"
    assert library.ids == ("a", *IDS)


def test_without_pymarc_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    decoding._converter.cache_clear()
    monkeypatch.setitem(sys.modules, "pymarc", None)
    monkeypatch.setitem(sys.modules, "pymarc.marc8", None)
    with pytest.raises(InputError, match="pymarc"):
        loads(MARC_8)
    decoding._converter.cache_clear()


def test_the_bytes_decide_if_the_leader_states_another_encoding() -> None:
    unlabelled = iso2709(ACCENT).replace(b"nam a22", b"nam  22")
    assert loads(unlabelled)[0].title == "El Búho"
    library = loads(iso2709(ACCENT, "latin-1").replace(b"nam  22", b"nam a22"))
    assert library[0].title == "El Búho"
    assert [problem.code for problem in library.problems] == ["not-utf-8"]


def _problems(data: bytes) -> list[Problem]:
    return [one for one in loads(data, "marc").problems if one.code == "broken-record"]


def test_wrong_lengths_and_bases_cost_nothing() -> None:
    wrong = iso2709(ARTICLE)
    wrong = b"99999" + wrong[5:12] + b"00001" + wrong[17:]
    library = loads(wrong + iso2709(BOOK))
    assert library.ids == ("owl2", "owl1")
    assert library[0].container_title == "Fugletidende"


def test_a_missing_end_of_a_record_costs_no_record() -> None:
    library = loads(iso2709(BOOK)[:-1] + iso2709(THESIS))
    assert library.ids == ("owl1", "owl3")


def test_a_directory_that_does_not_fit_costs_one_record_only() -> None:
    broken = iso2709(ARTICLE)
    broken = broken[:24] + b"garbage" + broken[31:]
    library = loads(iso2709(BOOK) + broken + iso2709(THESIS))
    assert library.ids[0] == "owl1"
    assert library.ids[-1] == "owl3"
    assert _problems(iso2709(BOOK) + broken)


def test_fields_without_an_entry_are_reported() -> None:
    book = iso2709(BOOK)
    short = book[:24] + book[36:]  # without the entry of 001
    (problem,) = _problems(short)
    assert "1 of them" in problem.message
    assert loads(short)[0].title == "The owls of the north: a history"


@pytest.mark.parametrize("unit", [b"\x1d", b"\x1e", b"\x1f", b"00000nam a2200000   4500", b"0"])
def test_hostile_bytes_are_read_in_linear_time(unit: bytes) -> None:
    loads(iso2709(BOOK) + unit * 50_000, "marc")


def test_a_text_without_records_is_reported() -> None:
    assert [problem.code for problem in read("").problems] == ["no-entries"]
    assert read("no record\x1d").has_errors
