"""Files that are written: whole or not at all, and as the user has set them up."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest

from refcite import Record, dump, load
from refcite.formats import locks, output
from refcite.formats.output import changing, check_target, is_stream, write_file
from refcite.problems import OutputError
from tests.waiting import HANG

LONG = ("n" * 251 + ".bib", "ä" * 125 + ".bib", "文" * 83 + ".bib")
WORKS = [Record(id=f"work{number}", type="book", title="x" * 1_000) for number in range(100)]


def script(text: str, path: Path) -> subprocess.Popen[bytes]:
    """Start Python on a script, which gets a path, and wait until it prints a line."""
    started = subprocess.Popen(
        [sys.executable, "-c", text, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert started.stdout is not None
    assert started.stdout.readline()
    return started


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_permissions_and_owner_stay(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("old", encoding="utf-8")
    path.chmod(mode)
    owner = (1234, 4321) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
    os.chown(path, *owner)
    write_file(path, "new")
    status = path.stat()
    assert (path.read_text(encoding="utf-8"), stat.S_IMODE(status.st_mode)) == ("new", mode)
    assert (status.st_uid, status.st_gid) == owner


@pytest.mark.parametrize("old", ["old", None])
def test_a_symbolic_link_still_points_to_the_file(old: str | None, tmp_path: Path) -> None:
    target, link = tmp_path / "folder" / "refs.bib", tmp_path / "link.bib"
    target.parent.mkdir()
    if old is not None:
        target.write_text(old, encoding="utf-8")
    link.symlink_to("folder/refs.bib")
    write_file(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert list(target.parent.iterdir()) == [target]


def test_every_hard_link_has_the_new_text(tmp_path: Path) -> None:
    path, other = tmp_path / "refs.bib", tmp_path / "other.bib"
    path.write_text("a longer text than the new one", encoding="utf-8")
    other.hardlink_to(path)
    write_file(path, "new")
    assert other.read_text(encoding="utf-8") == "new"
    assert path.samefile(other)
    assert sorted(tmp_path.iterdir()) == [other, path]


@pytest.mark.parametrize("refused", ["_new_part", "replace"])
def test_a_file_that_cannot_be_replaced_is_overwritten(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its folder is not writable, or has the sticky bit, or the file is a mount point.
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    path = tmp_path / "refs.bib"
    path.write_text("a longer text than the new one", encoding="utf-8")
    number = path.stat().st_ino
    monkeypatch.setattr(output if refused == "_new_part" else Path, refused, refuse)
    write_file(path, "new")
    assert (path.read_text(encoding="utf-8"), path.stat().st_ino) == ("new", number)
    assert list(tmp_path.iterdir()) == [path]
    if refused == "_new_part":
        with pytest.raises(OutputError, match=r"new\.bib: cannot be written: Permission denied"):
            write_file(tmp_path / "new.bib", "new")


def test_a_text_that_could_be_overwritten_only_in_part_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "refs.bib"
    path.write_text("old", encoding="utf-8")
    (tmp_path / "other.bib").hardlink_to(path)
    monkeypatch.setattr("shutil.copyfileobj", fail)
    with pytest.raises(OutputError, match=r"refs\.bib: is incomplete: No space left") as raised:
        write_file(path, "new")
    monkeypatch.undo()
    kept = Path(str(raised.value).rpartition("the complete text is in ")[2])
    write_file(path, "newer")
    assert kept.read_text(encoding="utf-8") == "new"


def make_read_only(folder: Path) -> Path:
    path = folder / "refs.bib"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o444)
    return path


def make_loop(folder: Path) -> Path:
    (folder / "one.bib").symlink_to("two.bib")
    (folder / "two.bib").symlink_to("one.bib")
    return folder / "one.bib"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (make_read_only, "cannot be written: the file is read-only; make it writable first"),
        (make_loop, "cannot be written: Too many levels of symbolic links"),
        (lambda folder: folder, "cannot be written: Is a directory"),
        (lambda folder: folder / "none" / "refs.bib", "cannot be written: No such file"),
        (lambda folder: make_read_only(folder) / "refs.bib", "cannot be written: Not a directory"),
        (lambda folder: folder / ("n" * 256), "cannot be written: File name too long"),
        (lambda folder: folder / "a\0b", "cannot be written: embedded null byte"),
    ],
)
def test_what_cannot_be_written_is_reported_early_and_unchanged(
    make: Callable[[Path], Path], message: str, tmp_path: Path
) -> None:
    def files() -> list[tuple[Path, int, int]]:
        found = [(path, path.lstat()) for path in sorted(tmp_path.iterdir())]
        return [(path, status.st_ino, status.st_mtime_ns) for path, status in found]

    path = make(tmp_path)
    before = files()
    for write in (check_target, lambda path: write_file(path, "new")):
        with pytest.raises(OutputError) as raised:
            write(path)
        assert str(raised.value).startswith(f"{path}: {message}")
    assert files() == before


@pytest.mark.parametrize("name", LONG)
def test_a_name_of_255_bytes_is_no_problem(name: str, tmp_path: Path) -> None:
    for text in ("old", "new"):
        write_file(tmp_path / name, text)
    assert (tmp_path / name).read_text(encoding="utf-8") == "new"


def test_errors_of_the_records_are_not_those_of_the_file(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        yield "begun"
        raise ValueError("no more records")

    path = tmp_path / "refs.bib"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="no more records"):
        write_file(path, pieces())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_threads_may_write_the_same_and_other_files(tmp_path: Path) -> None:
    together, failed = Barrier(8), []

    def write(number: int) -> None:
        together.wait(HANG)
        try:
            for _ in range(10):
                dump(WORKS[number:], tmp_path / "same.json")
                dump(WORKS[number:], tmp_path / f"{number}.json")
        except OutputError as error:
            failed.append(error)

    threads = [Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANG)
    assert not failed
    assert list(load(tmp_path / "same.json")) in [WORKS[number:] for number in range(8)]
    assert all(list(load(tmp_path / f"{number}.json")) == WORKS[number:] for number in range(8))
    assert len(list(tmp_path.iterdir())) == 9


KILLED = """
import sys
from pathlib import Path
from refcite.formats.output import write_file

def pieces():
    yield "x" * 1_000_000
    print("begun", flush=True)
    sys.stdin.read()

write_file(Path(sys.argv[1]), pieces())
"""


def test_the_temporary_file_of_a_killed_process_is_removed_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("old", encoding="utf-8")
    with script(KILLED, path) as killed, script(KILLED, path) as running:
        parts = [tmp_path / f".refs.bib.refcite{number}.part" for number in range(2)]
        assert sorted(tmp_path.iterdir()) == [*parts, path]
        killed.kill()
        killed.wait(HANG)
        write_file(path, "new")
        assert sorted(tmp_path.iterdir()) == [parts[1], path]  # which is in use
        running.kill()
        running.wait(HANG)
    assert path.read_text(encoding="utf-8") == "new"
    write_file(path, "newer")
    assert list(tmp_path.iterdir()) == [path]


CHANGES = """
import sys
from pathlib import Path
from refcite.formats.output import changing

print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    with changing(Path(sys.argv[1])) as change:
        change.write((change.data or b"").decode() + "one more\\n")
"""


@pytest.mark.parametrize("kind", ["missing", "file", "hard link", "symbolic link"])
def test_no_change_of_several_processes_is_lost(kind: str, tmp_path: Path) -> None:
    path, other = tmp_path / "refs.bib", tmp_path / "other.bib"
    if kind == "symbolic link":
        path.symlink_to(other.name)
    elif kind != "missing":
        path.touch()
        if kind == "hard link":
            other.hardlink_to(path)
    with script(CHANGES, path) as one, script(CHANGES, path) as two:
        for process in (one, two):
            assert process.stdin is not None
            process.stdin.write(b"\n")
            process.stdin.flush()
        assert [process.wait(HANG) for process in (one, two)] == [0, 0]
    assert path.read_text(encoding="utf-8") == "one more\n" * 40
    assert {found.name for found in tmp_path.iterdir()} <= {path.name, other.name}


def test_a_change_by_a_program_without_the_lock_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("old", encoding="utf-8")
    with changing(path) as change:
        path.write_text("edited", encoding="utf-8")
        with pytest.raises(OutputError, match=r"refs\.bib: was changed by another program"):
            change.write("new")
    assert path.read_text(encoding="utf-8") == "edited"
    assert list(tmp_path.iterdir()) == [path]


def test_a_lock_that_is_not_released_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_LONGEST", 0.0)
    path = tmp_path / "refs.bib"
    path.touch()
    with (
        changing(path),
        pytest.raises(OutputError, match=r"refs\.bib: is locked by another program"),
        changing(path),
    ):
        pass
    with changing(path) as change:
        change.write("new")


def test_a_pipe_and_a_device_are_written_and_not_replaced(tmp_path: Path) -> None:
    write_file(Path("/dev/null"), "text")
    assert is_stream(Path("/dev/null"))
    pipe = tmp_path / "refs.bib"
    os.mkfifo(pipe)
    received: list[str] = []
    reader = Thread(target=lambda: received.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write_file(pipe, ["one ", "two"])
    reader.join(HANG)
    assert received == ["one two"]
    assert pipe.is_fifo()
    with pytest.raises(OutputError, match="is a pipe or a device"), changing(pipe):
        pass


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="the system has no such names")
def test_a_descriptor_is_written_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    with path.open("w", encoding="utf-8") as file:
        file.write("before\n")
        file.flush()
        write_file(Path(f"/dev/fd/{file.fileno()}"), "text\n")
        file.write("after\n")
    assert path.read_text(encoding="utf-8") == "before\ntext\nafter\n"
    with pytest.raises(OutputError, match="cannot be written: Bad file descriptor"):
        write_file(Path("/dev/fd/987"), "text")
