"""BibTeX in pieces: the records, problems and texts are those of the whole file."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import refcite
from refcite import Library, Problem, Record, stream
from refcite.formats.bibtex import read, read_stream, write, write_stream
from refcite.formats.bibtex.split import split_pieces

SOUND = (
    "@book{a, title = {A}}\n",
    "@book{a,\n  title = {A},\n}\n\n",
    "@article(c, title = {In parentheses})\n",
    '@misc{n, note = m # {x} # "y", author = "Roe, Ann and others"}\n',
    "@string{m = {Macro &amp; more}}\n",
    "@string{m = m # m}\n",
    '@preamble{"\\newcommand{\\x}{X}"}\n',
    "@comment{ @book{hidden, title = {H}} }\n",
    "text with an address, me@example.org\n",
    "@book{, title = {No key}}\n",
    "@book{item-2, title = {A key that may be made}}\n",
    '@book{o, refcite = {{"id": "a"}}, title = {Another id}}\n',
)
REFERRING = (
    "@inbook{ch, title = {C}, crossref = {p}}\n",
    '@inbook{ci, title = {C}, crossref = "P", xdata = {x}}\n',
    "@book{p, title = {P &amp; Q}, publisher = {House}, crossref = {g}}\n",
    "@book{g, editor = {Gil, G.}, crossref = {p}, month = foo}\n",
    "@xdata{x, location = {L}, publisher = {A and B}, author = {Ann Roe and Bo Poe}}\n",
    "@book{i, author = {xdata=x-author-2 and Lee, D.}, note = {xdata=i-title}}\n",
    "@set{s, entryset = {a, t}}\n",
    "@set{t, entryset = {s}}\n",
    "@book{r, related = {zz, a}, xref = {A}, ids = {alias}}\n",
    "@inbook{k, crossref = {Alias}}\n",
    "@inbook{q, crossref = m}\n",
)
BROKEN = (
    "@book{x, title = {never closed\n",
    "@book{y title={a} year=2001}\n",
    "@book{w, title = {W}, }\n, extra = {1}\n}\n",
    "@book{v, title = {a\n@book{inside, title = {x}}\n}, year = 1}\n",
    "@book[z, title = {T}]\n",
    "@book{e, title = {a\\{b}}\n",
    "@comment{ open\n",
    "@inbook{u, crossref = {p}, title = {open\n",
    " @book{indented, title = {I}}\n",
    *("@", "@book", "{", "}\n", '"', "\n", ", year = {2}", "%\n"),
)

TEXTS = st.lists(st.sampled_from((*SOUND, *REFERRING, *BROKEN)), max_size=25).map("".join)


def pieces(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def kept(record: Record) -> tuple[object, ...]:
    assert record.origin is not None
    entry = record.origin.verbatim["entry"]
    return record.origin.line, entry.raw, entry.before, entry.index, entry.macros, entry.parents


@given(TEXTS, st.sampled_from((1, 7, 60, 500)), st.sampled_from((40, 1 << 16)))
def test_the_blocks_are_those_of_the_whole(text: str, size: int, longest: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[split_pieces.__module__], "_LONGEST_REGION", longest)
        blocks, faults = sys.modules[split_pieces.__module__].split(text)
        chunks = list(split_pieces(pieces(text, size)))
    found = [(one.start + chunk.start, one.key) for chunk in chunks for one in chunk.blocks]
    assert found == [(one.start, one.key) for one in blocks]
    errors = [(one.offset + chunk.start, one.code) for chunk in chunks for one in chunk.faults]
    assert errors == [(one.offset, one.code) for one in faults]


@given(TEXTS, st.sampled_from((3, 60, 500)), st.booleans(), st.sampled_from(("\n", "\r\n")))
def test_records_and_problems_are_those_of_the_whole(
    text: str, size: int, is_read_once: bool, line_end: str
) -> None:
    text = text.replace("\n", line_end)
    library = read(text)
    blocks = pieces(text, size)
    found = list(read_stream(iter(blocks) if is_read_once else blocks))
    records = [one for one in found if isinstance(one, Record)]
    assert records == list(library)
    assert list(map(kept, records)) == list(map(kept, library))
    assert [one for one in found if isinstance(one, Problem)] == library.problems


@given(TEXTS, st.sampled_from(({}, {"dialect": "biblatex"}, {"key_pattern": "{title}{year}"})))
def test_the_written_text_is_that_of_the_whole(text: str, options: dict[str, str]) -> None:
    library = read(text)
    found = read_stream(pieces(text, 60))
    records = (one for one in found if isinstance(one, Record))
    if library:  # a file of containers only has no records with which they could be written
        assert "".join(write_stream(records, **options)) == write(library, **options)  # type: ignore[arg-type]


@given(TEXTS, st.sets(st.integers(0, 24)))
def test_an_entry_is_rewritten_if_it_or_a_parent_has_changed(text: str, changed: set[int]) -> None:
    def edited(records: Iterator[Record]) -> Iterator[Record]:
        for number, record in enumerate(records):
            yield record.replace(volume="99") if number in changed else record

    library = read(text)
    if not library or len(set(library.ids)) < len(library):
        return
    whole = write(Library(edited(iter(library)), containers=library.containers))
    records = (one for one in read_stream(pieces(text, 60)) if isinstance(one, Record))
    assert "".join(write_stream(edited(records))) == whole


def test_new_keys_stay_unique_and_a_later_entry_gives_way() -> None:
    new = [Record(id="a b", type="book"), Record(id="a-b", type="book"), Record(type="book")]
    assert "".join(write_stream(iter(new))) == write(new)
    (old,) = read("@book{a-b, title = {Old}}")
    text = "".join(write_stream(iter([new[0], old])))
    assert [(one.id, one.title) for one in read(text)] == [("a b", None), ("a-b", "Old")]


def test_a_pattern_gives_the_same_keys_and_references() -> None:
    records = [
        Record(id=f"r{n}", type="book", title=f"T {n % 3}", extra={"crossref": f"r{9 - n}, x"})
        for n in range(9)
    ]
    text = "".join(write_stream(iter(records), key_pattern="{title:2}"))
    assert text == write(records, key_pattern="{title:2}")


def test_the_first_record_comes_before_the_file_is_read() -> None:
    taken = 0

    def blocks() -> Iterator[str]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield f"@book{{k{number}, title = {{T}}}}\n"

    record = next(read_stream(blocks()))
    assert isinstance(record, Record)
    assert (record.id, taken < 10) == ("k0", True)


class Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False


def test_a_pipe_is_read_as_a_file() -> None:
    text = "".join((*REFERRING, *SOUND)) * 3
    library = refcite.loads(text, "bibtex", file="a.bib")
    source = Pipe(text.encode())
    source.name = "a.bib"
    found = list(stream(source, "bibtex"))
    assert [one for one in found if isinstance(one, Record)] == list(library)
    assert [one for one in found if isinstance(one, Problem)] == library.problems


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs a system that tells a child's memory")
@pytest.mark.parametrize("target", ["jsonl", "bib"])
def test_memory_does_not_grow_with_the_number_of_entries(target: str, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / ("in.bib" if target == "jsonl" else "in.jsonl")
        records = (
            Record(id=f"k{n}", type="chapter", title="T", note="x" * 700, container_title="B")
            if n % 9
            else Record(id=f"k{n}", type="book", title="B", note="x" * 700)
            for n in range(count)
        )
        refcite.dump(records, path)
        command = [sys.executable, "-m", "refcite", "convert", str(path)]
        command += ["-o", str(tmp_path / f"out.{target}")]
        pid = os.posix_spawn(sys.executable, command, os.environ)
        return os.wait4(pid, 0)[2].ru_maxrss

    few, many = peak(6_000), peak(18_000)
    assert many < 1.2 * few
