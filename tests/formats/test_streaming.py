"""Files larger than memory: read in any pieces alike, written as they come."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import refcite
from refcite.formats import dump, get_format, jsontext, stream
from refcite.formats.csl_json import read, read_stream, write, write_stream
from refcite.formats.progress import listening
from refcite.problems import FormatError, InputError, Problem
from refcite.record import Record

ITEM = {"id": "a", "type": "book", "title": 'One "two"\\ [x] {y}', "custom": {"n": [1, {"z": "é"}]}}
ITEMS = [{**ITEM, "id": f"a{number}", "note": "x" * number} for number in range(40)]
LINES = "".join(json.dumps(item) + "\n" for item in ITEMS)
ARRAY = json.dumps(ITEMS)
PRETTY = json.dumps({"items": ITEMS}, indent=2)
BROKEN = ARRAY.replace('"type": "book"', '"type" "book"', 3).replace("}, {", "} {", 1)
BROKEN_LINES = LINES.replace('"type": "book"', '"type": "bo', 2) + "{\n"


def pieces(whole: str, size: int) -> Iterator[str]:
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader hold so little that these short texts do not fit."""
    monkeypatch.setattr(jsontext, "_AHEAD", 64)
    monkeypatch.setattr(jsontext, "_AHEAD_OF_FAULT", 600)
    monkeypatch.setattr(jsontext, "_KEPT", 16)


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000, 100_000])
@pytest.mark.parametrize(
    "whole",
    [LINES, ARRAY, PRETTY, BROKEN, BROKEN_LINES, "", "[]", "[1, 2]", json.dumps(ITEM), " \n" * 500],
    ids=["lines", "array", "pretty", "broken", "broken-lines", *"01234"],
)
def test_pieces_of_any_size_are_read_as_the_whole(whole: str, size: int) -> None:
    library = read(whole)
    found = list(read_stream(pieces(whole, size)))
    assert [one for one in found if isinstance(one, Record)] == list(library)
    said = [(problem.code, problem.line) for problem in library.problems]
    assert [(one.code, one.line) for one in found if isinstance(one, Problem)] == said


@given(st.text('[]{}",:\\ \n\tab1', max_size=60), st.integers(1, 9))
def test_any_text_in_pieces_raises_nothing(whole: str, size: int) -> None:
    for _ in read_stream(pieces(whole, size)):
        pass


def test_only_what_is_being_read_is_held() -> None:
    longest = 0

    def blocks() -> Iterator[str]:
        for number in range(3000):
            yield json.dumps({"id": str(number), "type": "book", "title": "x" * 1000}) + "\n"

    reader = jsontext.Reader(blocks(), [])
    for _ in reader.entries():
        longest = max(longest, len(reader._text))
    assert longest < 300_000


def test_problems_come_with_their_records() -> None:
    found = read_stream(['{"type": "book"}\n', '{"id": "b", "type": "x"}\n'])
    said = [one.id if isinstance(one, Record) else one.code for one in found]
    assert said == ["missing-id", "item-1", "unknown-type", "b"]


@pytest.mark.parametrize("name", ["csl-json", "csl-jsonl", "ris", "csl-yaml", "bibtex"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_stream_is_what_a_file_loads_as(name: str, encoding: str, tmp_path: Path) -> None:
    records = [Record(id=f"a{n}", type="book", title=f"Zoë {n}") for n in range(200)]
    path = tmp_path / "file"
    path.write_bytes(refcite.dumps(records, name).encode(encoding))
    library = refcite.load(path, name)
    found = list(stream(path, name))
    assert [one for one in found if isinstance(one, Record)] == records == list(library)
    problems = [one for one in found if isinstance(one, Problem)]
    assert [str(one.replace(column=None)) for one in problems] == [
        str(one.replace(column=None)) for one in library.problems
    ]


def test_an_encoding_is_seen_wherever_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps({"id": "a", "type": "book", "title": "x" * 500}).encode() + b"\n"
    path.write_bytes(line * 5000 + b'{"id": "b", "type": "book", "title": "Zo\xeb"}\n')
    *_, last = stream(path)
    first = next(iter(stream(path)))
    assert isinstance(first, Problem)
    assert (first.code, first.line) == ("not-utf-8", 5001)
    assert isinstance(last, Record)
    assert last.title == "Zoë"


def test_a_pipe_is_read_to_its_end() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    found = list(stream(Pipe(LINES.encode())))
    assert [one.id for one in found if isinstance(one, Record)] == [item["id"] for item in ITEMS]


def test_half_of_a_surrogate_pair_in_an_open_file_of_text_costs_that_character_alone() -> None:
    line = '{"id": "a", "type": "book", "title": "One \udcff", "volume": "2"}\n'
    problem, record = stream(io.StringIO(line))
    assert isinstance(problem, Problem)
    assert (problem.severity, problem.line) == ("warning", 1)
    assert isinstance(record, Record)
    assert (record.id, record.volume) == ("a", "2")
    assert "\udcff" not in str(record.title)


def test_what_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="NUL"):
        list(stream(io.BytesIO(b"\0\0\0\1" * 9), "ris"))
    with pytest.raises(InputError, match="cannot be read"):
        list(stream(tmp_path / "nothing.ris"))


def test_a_format_that_is_not_read_in_pieces_says_so() -> None:
    assert get_format("ris").reads_streams
    assert not get_format("nbib").reads_streams
    with pytest.raises(FormatError, match="cannot be read in pieces"):
        get_format("nbib").read_stream([])
    with pytest.raises(FormatError, match="no option 'day'"):
        get_format("ris").read_stream([], day=True)


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_json_is_written_in_pieces_as_in_one(lines: bool, indent: int | None, count: int) -> None:
    records = [Record(id=str(number), type="book", title="a\nb") for number in range(count)]
    whole = write(records, lines=lines, indent=indent)
    assert "".join(write_stream(iter(records), lines=lines, indent=indent)) == whole
    if not lines:
        assert json.loads(whole) == json.loads(write(records))
        if indent is not None:
            assert whole == json.dumps(json.loads(whole), indent=indent) + "\n"


def test_a_file_stays_as_it_was_until_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("before", encoding="utf-8")

    def records() -> Iterator[Record]:
        yield Record(id="a")
        raise InputError("no more")

    with pytest.raises(InputError):
        dump(records(), path)
    assert path.read_text(encoding="utf-8") == "before"
    dump(iter([Record(id="a", type="book")]), path)
    assert path.read_text(encoding="utf-8") == '{"id": "a", "type": "book"}\n'
    assert list(tmp_path.iterdir()) == [path]


def test_progress_does_not_decrease_where_a_file_is_read_again() -> None:
    entries = [
        f"@inproceedings{{a{n}, crossref = {{b{n % 9}}}, note = {{{'x' * 200}}}}}\n"
        for n in range(9000)
    ]
    parents = [f"@proceedings{{b{n}, title = {{B}}}}\n" for n in range(9)]
    shares: list[float] = []
    with listening(shares.append):
        for _ in stream(io.BytesIO("".join(entries + parents).encode()), "bibtex"):
            pass
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.9
    assert shares[-1] == 1


class _Counted(io.BytesIO):
    """A file that counts the bytes that are read."""

    count = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.count += len(data)
        return data


def test_a_file_is_read_once_before_its_first_record() -> None:
    file = _Counted(
        "".join(f"TY  - BOOK\nTI  - É{n * 7919 % 90001}\nER  - \n" for n in range(200_000)).encode()
    )
    next(stream(file, "ris"))
    assert file.count < 1.6 * len(file.getvalue())
