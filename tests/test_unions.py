"""One library from several files: equal records once, other works under ids of their own."""

from __future__ import annotations

from pathlib import Path

import refcite
from refcite import Library, dumps, load, loads
from refcite.formats.several import combined


def _joined(*texts: str, **options: bool) -> Library:
    files = [loads(text, file=f"{number}.bib") for number, text in enumerate(texts)]
    return combined(files, **options)


def _codes(library: Library) -> list[tuple[str, str | None, int | None]]:
    return [(one.code, one.file, one.line) for one in library.problems]


def test_equal_records_are_read_once_and_counted() -> None:
    both = _joined("@book{a, title={A}}", "\n@book{a, title={A}}\n@book{b, title={B}}")
    assert both.ids == ("a", "b")
    assert _codes(both) == [("equal-records", "1.bib", 2)]


def test_another_work_gets_another_id() -> None:
    both = _joined(
        "@book{roe2019, title={A}}\n@book{roe2019a, title={C}}\n@book{x, title={X}}",
        "@book{roe2019, title={B}}\n@book{x, title={Y}}\n@book{x-2, title={Z}}",
    )
    assert both.ids == ("roe2019", "roe2019a", "x", "roe2019b", "x-3", "x-2")
    assert _codes(both) == [("renamed-id", "1.bib", 1), ("renamed-id", "1.bib", 2)]
    assert "also used in 0.bib (line 1); the new id is 'roe2019b'" in both.problems[0].message


def test_the_same_id_with_the_same_work_in_three_files() -> None:
    third = "@book{a, title={B}}\n@inbook{c, title={C}, crossref={a}}"
    all_ = _joined("@book{a, title={A}}", "@book{a, title={B}}", third)
    assert all_.ids == ("a", "a-2", "c")
    # The parent of the third file is the equal record of the second.
    assert all_["c"].extra["crossref"] == "a-2"
    again = loads(dumps(all_, "bibtex"))
    assert [one.container_title for one in again] == [None, None, "B"]


def test_references_follow_a_new_id() -> None:
    both = _joined(
        "@proceedings{p, title={One}}",
        "@inproceedings{c, title={C}, crossref={p}}\n@proceedings{p, title={Two}}",
    )
    assert both.ids == ("p", "c", "p-2")
    again = loads(dumps(both, "bibtex"))
    assert again == both
    assert again["c"].container_title == "Two"


def test_containers_of_two_files_are_not_confused() -> None:
    one = "@xdata{x, publisher={One}}\n@book{a, title={A}, xdata={x}}"
    two = (
        "@xdata{x, publisher={Two}}\n@book{b, title={B}, xdata={x}}\n"
        "@book{c, title={C}, publisher={xdata=x-publisher}}"
    )
    both = _joined(one, two)
    again = loads(dumps(both, "bibtex"))
    assert [record.publisher for record in again] == ["One", "Two", "Two"]
    assert again.problems == []


def test_an_entry_inherits_from_another_file() -> None:
    child = "% mine\n@inproceedings{c,\n  title = {C}, crossref = {p} }\n% the end\n"
    parent = "@string{t = {Talks}}\n@proceedings{p, title = t, year = 2019}\n"
    both = _joined(child, parent)
    assert both["c"].container_title == "Talks"
    assert both.problems == []
    assert dumps(both, "bibtex").startswith("% mine\n@inproceedings{c,\n  title = {C}, crossref")
    assert loads(dumps(both, "bibtex")) == both
    alone = _joined(child, "@book{b, title={B}}")
    assert [one.code for one in alone.problems] == ["missing-parent"]


def test_macros_of_two_files_keep_their_values() -> None:
    one = "@string{j = {One}}\n@article{a, title={A}, journal = j}\n@article{b, journal=j}\n"
    two = "@string{j = {Two}}\n@article{c, journal = j}\n@article{d, title={D}}\n"
    both = _joined(one, two)
    assert dumps(both, "bibtex") == one + "\n" + two
    for order in ("id", "-id"):
        mixed = both.sorted(order)
        assert loads(dumps(mixed, "bibtex")) == mixed
    undefined = _joined(one, "@article{c, journal = j}")
    assert loads(dumps(undefined, "bibtex")) == undefined


def test_ids_that_were_generated_are_no_ids_of_their_own() -> None:
    ris = "TY  - BOOK\nAU  - Roe, Ann\nPY  - 2019\nTI  - {}\nER  - \n"
    one = loads(ris.format("Lamps"), file="a.ris")
    two = loads(ris.format("Lamps and more") + ris.format("Lamps"), file="b.ris")
    both = combined([one, two])
    assert [record.title for record in both] == ["Lamps", "Lamps and more"]
    assert len(set(both.ids)) == 2
    named = one[0].replace(id="mine", origin=None)
    assert combined([one, Library([named])]).ids == ("mine",)


def test_records_with_ids_of_their_own_are_all_kept() -> None:
    both = _joined("@book{a, title={A}}", "@book{b, title={A}}")
    assert both.ids == ("a", "b")
    twice = _joined("@book{a, title={A}}\n@book{a, title={A}}", "@book{b, title={B}}")
    assert twice.ids == ("a", "a", "b")


def test_several_paths_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{a, title={A}}", encoding="utf-8")
    (tmp_path / "b.json").write_text('[{"id": "a", "type": "book", "title": "B"}]', "utf-8")
    library = load([tmp_path / "a.bib", str(tmp_path / "b.json")])
    assert library.ids == ("a", "a-2")
    assert library.problems[0].file == str(tmp_path / "b.json")
    assert refcite.load([]).ids == ()
    assert load([tmp_path / "a.bib"]) == load(tmp_path / "a.bib")


def test_preambles_of_omitted_entries_are_kept() -> None:
    text = '@preamble{"\\newcommand{\\x}{}"}\n\n@book{a, title={A}}\n\n@book{b, title={B}}\n'
    written = dumps(loads(text).where("id=b"), "bibtex")
    assert written.startswith("@preamble")
    assert written.endswith("\n@book{b, title={B}}\n")
