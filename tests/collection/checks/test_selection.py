"""The selection of codes, and comments that silence problems."""

from __future__ import annotations

from pathlib import Path

import pytest

from refcite import check, loads
from refcite.collection.checks import Selection, SelectionError


@pytest.mark.parametrize(
    ("select", "extend", "ignore", "code", "expected"),
    [
        (None, (), (), "doi-in-url", True),
        (["titles"], (), (), "doi-in-url", False),
        (["titles"], (), (), "capital-title", True),
        (["missing"], (), (), "missing-comma", True),
        (None, (), ("missing",), "missing-comma", False),
        (["missing-comma"], (), ("missing",), "missing-comma", True),
        (None, ("missing-comma",), ("missing-comma",), "missing-comma", False),
        (["all"], (), ("titles",), "capital-title", False),
    ],
)
def test_the_more_specific_selector_decides(
    select: list[str] | None,
    extend: tuple[str, ...],
    ignore: tuple[str, ...],
    code: str,
    expected: bool,
) -> None:
    assert Selection.of(select, extend, ignore).has(code) is expected


def test_optional_rules_must_be_selected() -> None:
    assert not Selection.of().has("repeated-doi", is_default=False)
    assert Selection.of(extend=["all"]).has("repeated-doi", is_default=False)


def test_unknown_names_are_errors_with_the_nearest() -> None:
    with pytest.raises(SelectionError, match="did you mean 'doi-in-url'"):
        Selection.of(["doi-in-ulr"])
    with pytest.raises(SelectionError, match="did you mean 'warning'"):
        Selection.of(severity="warnings")


SILENCED = """@misc{a, title = {A}, url = {https://doi.org/10.1000/1}}

% refcite: ignore doi-in-url
@misc{b, title = {B}, url = {https://doi.org/10.1000/2}}
"""


def test_a_comment_silences_the_next_entry_only() -> None:
    assert [one.key for one in check(loads(SILENCED, "bibtex"))] == ["a"]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("% refcite: ignore key-case", "silences 'key-case', which the entry does not have"),
        ("% refcite: ignore doi-in-ur", "'doi-in-ur', which is not a code, did you mean"),
        ("% refcite: ignore", "silences no problem"),
    ],
)
def test_comments_that_silence_nothing_are_reported(comment: str, message: str) -> None:
    (problem,) = check(loads(f"\n{comment}\n@misc{{a, title = {{A}}}}", "bibtex"))
    assert (problem.code, problem.line) == ("unused-ignore", 2)
    assert message in problem.message


def test_a_comment_about_a_code_that_is_not_reported_is_not_unused() -> None:
    library = loads("% refcite: ignore key-case\n@misc{a, title = {A}}", "bibtex")
    assert check(library, ignore=["key-case"]) == []


def test_comments_of_other_formats_are_found_in_files(tmp_path: Path) -> None:
    entry = "- id: {}\n  type: document\n  URL: https://doi.org/10.1000/1\n"
    path = tmp_path / "refs.yaml"
    path.write_text(
        f"{entry.format('a')}# refcite: ignore doi-in-url\n{entry.format('b')}", encoding="utf-8"
    )
    found = check(path, ignore=["duplicate-work"])
    assert [(one.code, one.key) for one in found] == [("doi-in-url", "a")]
