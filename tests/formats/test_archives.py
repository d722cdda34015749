"""Compressed files: read like their text, in pieces, as far as they are whole; written alike."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import refcite
from refcite.cli.app import app
from refcite.compression import zstd_module
from refcite.formats.archives import unpacked
from refcite.formats.output import changing, write_file
from refcite.problems import InputError, OutputError, Problem, RefciteError, UnknownFormatError
from refcite.record import Record

RIS = "".join(
    f"TY  - BOOK\nID  - lamp{number}\nTI  - Lámpara {number * 7919 % 9001}\nER  - \n\n"
    for number in range(9000)
).encode()
ENTRY = RIS[: RIS.index(b"TY", 2)]


def zipped(data: bytes, name: str = "export/refs.ris", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        archive.writestr("export/", "")
        archive.writestr(name, data)
        archive.writestr(f"__MACOSX/{name}", "attributes")
    return held.getvalue()


def stored(data: bytes) -> bytes:
    return zipped(data, method=zipfile.ZIP_STORED)


def in_frames(data: bytes) -> bytes:
    """Return Zstandard in two frames, after one without data."""
    try:
        zstd = zstd_module()
    except RefciteError as error:
        pytest.skip(str(error))
    middle = len(data) // 2
    skipped = b"\x50\x2a\x4d\x18\x03\0\0\0abc"
    options = {zstd.CompressionParameter.checksum_flag: 1}
    parts = (zstd.compress(part, options=options) for part in (data[:middle], data[middle:]))
    return skipped + b"".join(parts)


def in_members(data: bytes) -> bytes:
    """Return gzip in two members, the second with a name, then padding."""
    middle = len(data) // 2
    held = io.BytesIO(gzip.compress(data[:middle]))
    held.seek(0, io.SEEK_END)
    with gzip.GzipFile("refs.ris", "wb", fileobj=held) as file:
        file.write(data[middle:])
    return held.getvalue() + bytes(700)


PACKED = pytest.mark.parametrize("pack", [gzip.compress, in_members, in_frames, zipped, stored])


def read_both(path: Path) -> tuple[list[Record], list[Problem]]:
    """Return the records and problems of a file, which are the same as a whole and in pieces."""
    library = refcite.load(path)
    found = list(refcite.stream(path))
    records = [one for one in found if isinstance(one, Record)]
    problems = [one for one in found if isinstance(one, Problem)]
    assert records == list(library)
    kept = [one for one in library.problems if one.code != "duplicate-id"]  # not found in pieces
    assert {(one.code, one.line) for one in problems} == {(one.code, one.line) for one in kept}
    return records, problems


@PACKED
@pytest.mark.parametrize("name", ["refs.ris.gz", "refs"])
def test_a_compressed_file_is_read_as_its_text(
    tmp_path: Path, pack: Callable[[bytes], bytes], name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(pack(RIS))
    records, problems = read_both(path)
    assert records == list(refcite.loads(RIS))
    assert problems == []
    origin = records[0].origin
    assert origin is not None
    assert origin.file == str(path)


@PACKED
def test_of_a_file_that_is_cut_off_the_start_is_read(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "refs"
    packed = pack(RIS).rstrip(b"\0")
    for length in (len(packed) * 2 // 5, len(packed) * 3 // 5):
        path.write_bytes(packed[:length])
        records, problems = read_both(path)
        assert list(refcite.loads(RIS))[: len(records) - 1] == records[:-1]
        assert len(records) > 300
        (damage,) = [one for one in problems if one.code == "damaged-archive"]
        assert f"byte {length}" in damage.message
        assert damage.line is not None
        assert abs(damage.line - 5 * len(records)) < 9
        assert {one.code for one in problems} <= {"damaged-archive", "missing-er"} | {
            "text-outside-entry"  # the start of a tag
        }


def test_a_wrong_checksum_is_reported_after_all_entries(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris.gz"
    packed = bytearray(gzip.compress(RIS))
    packed[-6] ^= 1
    path.write_bytes(packed)
    records, problems = read_both(path)
    assert len(records) == 9000
    assert [one.code for one in problems] == ["damaged-archive"]


def test_data_after_the_archive_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris.gz"
    packed = gzip.compress(RIS)
    path.write_bytes(packed + b"\0\0<html>")
    records, problems = read_both(path)
    assert len(records) == 9000
    assert [one.code for one in problems] == ["damaged-archive"]
    assert f"from byte {len(packed) + 2} on" in problems[0].message


def test_the_format_is_that_of_the_name_in_the_archive() -> None:
    table = b"label,pages\nOne,20\n"
    with pytest.raises(UnknownFormatError):
        refcite.loads(zipped(table, "works"))
    for library in (
        refcite.loads(zipped(table, "works.csv")),
        refcite.loads(zipped(gzip.compress(table), "works.csv.gz")),
        refcite.loads(gzip.compress(table), file="works.csv.gz"),
    ):
        assert list(library) == list(refcite.loads(table, "csv"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PAR1\x15\x04", "a Parquet file"),
        (b"BZh91AY&SY", "compressed with bzip2"),
        (b"\xfd7zXZ\0\0", "compressed with xz"),
        (gzip.compress(bytes(257) + b"ustar\x0000", mtime=0), "a tar archive"),
        (zipped(zipped(zipped(zipped(RIS)))), "in each other"),
    ],
)
def test_an_archive_that_is_not_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        refcite.loads(data)


def test_an_archive_of_several_files_is_rejected_with_their_names(tmp_path: Path) -> None:
    path = tmp_path / "refs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.ris", RIS)
        archive.writestr("b.ris", RIS)
    with pytest.raises(InputError, match=r"2 files \(a\.ris, b\.ris\).*unpack it"):
        refcite.load(path)


@pytest.mark.parametrize("name", ["word/refs.ris", "xl/refs.ris", "mimetypes.ris"])
def test_a_folder_named_as_in_a_document_is_a_folder(name: str) -> None:
    assert len(refcite.loads(zipped(ENTRY, name))) == 1


def test_the_memory_for_a_text_is_bounded_however_much_it_was_compressed() -> None:
    packed = gzip.compress(bytes(1 << 26), 1)
    tracemalloc.start()
    try:
        file = unpacked(io.BytesIO(packed))
        while file.read(1 << 16):
            pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1 << 23


def test_a_decompression_bomb_is_not_read_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refcite.formats.archives._LARGEST", 1 << 22)
    with pytest.raises(InputError, match="decompression bomb"):
        refcite.loads(gzip.compress(b"@book{a, title = {One}}" + b" " * (1 << 24)))


# Writing


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_name_with_the_extension_is_written_compressed(tmp_path: Path, ending: str) -> None:
    if ending == ".zst":
        pytest.importorskip("backports.zstd")
    library = refcite.loads(RIS)
    path, again = tmp_path / f"refs.bib{ending}", tmp_path / f"again.bib{ending}"
    refcite.dump(library, path)
    refcite.dump(library, again)
    assert path.read_bytes() == again.read_bytes()
    assert len(path.read_bytes()) < len(RIS) / 3
    assert list(refcite.load(path)) == list(library)


def test_gzip_contains_no_time_and_other_programs_read_it(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris.gz"
    write_file(path, ["TY  - ", "BOOK\n"])
    assert path.read_bytes()[4:8] == bytes(4)
    assert gzip.open(path, "rt", encoding="utf-8").read() == "TY  - BOOK\n"  # noqa: SIM115


def test_an_error_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris.gz"
    refcite.dump(refcite.loads(ENTRY), path)

    def records() -> object:
        yield from refcite.loads(RIS)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refcite.dump(records(), path)  # type: ignore[arg-type]
    assert refcite.load(path).ids == ("lamp0",)
    assert [one.name for one in tmp_path.iterdir()] == ["refs.ris.gz"]


def test_a_zip_archive_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"use \.gz"):
        refcite.dump(refcite.loads(ENTRY), tmp_path / "refs.ris.zip")


def test_a_changed_file_remains_compressed(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris"  # without the extension
    path.write_bytes(gzip.compress(ENTRY))
    with changing(path) as change:
        change.write("TY  - SONG\nER  - \n")
    assert gzip.decompress(path.read_bytes()) == b"TY  - SONG\nER  - \n"


def test_a_zip_archive_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(zipped(b"@book{a, title = {One}}"))
    with changing(path) as change, pytest.raises(OutputError, match="unpack the file first"):
        change.write("@book{b}")


def test_commands_read_and_repair_compressed_files(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib.gz"
    path.write_bytes(gzip.compress(b"@book{a,\n  title = {One}\n  year = 2001\n}\n"))
    done = CliRunner().invoke(app, ["check", "--fix", str(path)])
    assert done.exit_code == 0
    assert gzip.decompress(path.read_bytes()) == b"@book{a,\n  title = {One},\n  year = 2001\n}\n"
    out = tmp_path / "refs.html.gz"
    done = CliRunner().invoke(
        app, ["cite", "-s", "apa", "--output-file", str(out), "-"], path.read_bytes()
    )
    assert b"<i>One</i>" in gzip.decompress(out.read_bytes())
    out = tmp_path / "refs.ris.gz"
    CliRunner().invoke(app, ["convert", str(path), "-o", str(out)])
    assert gzip.decompress(out.read_bytes()).startswith(b"TY  - BOOK")
