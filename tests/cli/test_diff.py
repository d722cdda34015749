"""`refcite diff`, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import run

OLD = """
@book{kafka, author = {Franz Kafka}, title = {The Castle}, publisher = {Wolff}, date = {1926}}
@article{watson, title = {Nucleic Acids}, doi = {10.1038/171737a0}, date = {1953}}
@book{gone, title = {Gone}}
"""
NEW = """
@article{crick, title = {Nucleic Acids}, doi = {10.1038/171737A0}, date = {1953-04}}
@book{kafka, author = {Franz Kafka}, title = {The Castle}, date = {1926}, pagetotal = {328}}
@book{new, title = {New}}
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.bib", tmp_path / "new.bib"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def test_each_field_that_differs_is_shown(files: tuple[Path, Path]) -> None:
    done = run("diff", *files)
    assert done.stdout == (
        "~ kafka\n"
        "    - publisher: Wolff\n"
        "    + number-of-pages: 328\n"
        "~ watson → crick\n"
        "    - issued: 1953\n"
        "    + issued: 1953-04\n"
        "    - DOI: 10.1038/171737a0\n"
        "    + DOI: 10.1038/171737A0\n"
        "- gone\n"
        "    - title: Gone\n"
        "+ new\n"
        "    + title: New\n"
    )
    assert done.returncode == 1


def test_the_same_library_in_two_formats_has_no_differences(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    converted = tmp_path / "old.json"
    assert run("convert", files[0], "-o", converted).returncode == 0
    done = run("diff", files[0], converted)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_differences_are_printed_as_json(files: tuple[Path, Path]) -> None:
    found = json.loads(run("diff", *files, "-o", "json").stdout)
    assert [(one["kind"], one["id"]) for one in found] == [
        ("changed", "kafka"),
        ("changed", "watson"),
        ("removed", "gone"),
        ("added", "new"),
    ]
    assert found[0]["changes"]["publisher"] == {"before": "Wolff", "after": None}


def test_a_file_that_cannot_be_read_is_told_apart_from_a_difference(tmp_path: Path) -> None:
    done = run("diff", tmp_path / "none.bib", "-", stdin=OLD)
    assert (done.returncode, done.stdout) == (2, "")
    assert "none.bib" in done.stderr


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize("text", ["[{", "\0\1", ""], ids=["broken", "binary", "of no format"])
def test_nothing_counts_as_removed_by_a_file_that_was_not_read(
    files: tuple[Path, Path], tmp_path: Path, text: str, output: str
) -> None:
    path = tmp_path / "broken.thing"
    path.write_text(text, encoding="utf-8")
    done = run("diff", files[0], path, "-o", output)
    assert (done.returncode, done.stdout) == (2, "")
    assert "broken.thing" in done.stderr


def test_what_could_be_read_of_a_broken_file_is_compared(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "broken.bib"
    path.write_text(f"{OLD}@book{{a, title = {{A}}, date = 1\n", encoding="utf-8")
    done = run("diff", files[0], path)
    assert done.returncode == 2  # the end of the entry is missing
    assert done.stdout.startswith("+ a\n")
    path.write_text(f"{OLD}@book{{a, title = {{A}} date = 1}}\n", encoding="utf-8")
    assert run("diff", files[0], path).returncode == 1  # only a comma is missing


def test_standard_input_is_one_of_the_two(tmp_path: Path) -> None:
    done = run("diff", "-", "-", stdin=OLD)
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input" in done.stderr


def test_entries_of_one_id_belong_together_that_say_the_same(tmp_path: Path) -> None:
    entries = [f'{{"id": "b", "type": "book", "title": "T{n}", "x": [{n}]}}' for n in range(4)]
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text("\n".join(entries), encoding="utf-8")
    new.write_text("\n".join(reversed(entries)), encoding="utf-8")
    assert run("diff", old, new).returncode == 0
    changed = entries[2].replace("T2", "T9")
    new.write_text("\n".join([changed, entries[3], entries[0]]), encoding="utf-8")
    assert run("diff", old, new).stdout == (
        "~ b\n    - title: T1\n    + title: T9\n    - x: 1\n    + x: 2\n"
        "- b\n    - title: T2\n    - x: 2\n"
    )


def test_of_works_with_one_doi_those_of_the_same_content_belong_together(tmp_path: Path) -> None:
    def entry(key: str, number: int) -> str:
        return f'{{"id": "{key}", "type": "book", "title": "T", "DOI": "10.1/x", "x": [{number}]}}'

    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text("\n".join([entry("a", 1), entry("b", 2)]), encoding="utf-8")
    new.write_text("\n".join([entry("d", 2), entry("c", 1)]), encoding="utf-8")
    assert run("diff", old, new).stdout == "~ a → c\n~ b → d\n"


def test_markup_is_shown_only_where_it_is_what_differs(tmp_path: Path) -> None:
    old, new = tmp_path / "old.bib", tmp_path / "new.bib"
    old.write_text("@book{a, title = {On {DNA}}}\n@book{b, title = {On {RNA}}}", encoding="utf-8")
    new.write_text("@book{a, title = {Of {DNA}}}\n@book{b, title = {On RNA}}", encoding="utf-8")
    assert run("diff", old, new).stdout.splitlines() == [
        "~ a",
        "    - title: On DNA",
        "    + title: Of DNA",
        "~ b",
        '    - title: On <span class="nocase">RNA</span>',
        "    + title: On RNA",
    ]


def test_ids_by_place_do_not_pair_two_works(tmp_path: Path) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    one, two = '{"type": "book", "title": "One"}\n', '{"type": "book", "title": "Two"}\n'
    old.write_text(one + two, encoding="utf-8")
    new.write_text(two, encoding="utf-8")
    assert run("diff", old, new).stdout == "- item-1\n    - title: One\n"
