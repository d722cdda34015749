"""Abbreviation lists: short forms of journals and institutions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from refcite.csl import Processor
from refcite.problems import RefciteError
from refcite.record import Record
from tests.csl.small import style_xml

LIST = {
    "info": {"name": "Example"},
    "default": {"container-title": {"Journal of Harbours": "J. Harb."}},
    "us": {"container-title": {"Journal of Harbours": "J. Hbr."}},
}


def _printed(folder: Path, *lists: Any, form: str = "short", **variables: str) -> str:
    paths = []
    for number, content in enumerate(lists):
        paths.append(folder / f"{number}.json")
        paths[-1].write_text(json.dumps(content), encoding="utf-8")
    style = style_xml(f'<text variable="container-title" form="{form}"/>')
    record = Record(container_title="Journal of harbours").replace(**variables)
    return Processor(style, abbreviations=paths).cite(record)


def test_a_short_form_is_that_of_the_first_list_that_has_one(tmp_path: Path) -> None:
    other = {"default": {"container-title": {"Journal of Harbours": "Harbours"}}}
    assert _printed(tmp_path, LIST, other) == "J. Harb."
    assert _printed(tmp_path, {"default": {}}, other) == "Harbours"


def test_a_list_takes_precedence_over_the_record(tmp_path: Path) -> None:
    assert _printed(tmp_path, LIST, container_title_short="JH") == "J. Harb."
    assert _printed(tmp_path, {}, container_title_short="JH") == "JH"


def test_short_forms_of_the_jurisdiction_come_first(tmp_path: Path) -> None:
    assert _printed(tmp_path, LIST, jurisdiction="us:ny") == "J. Hbr."


def test_the_long_form_is_not_abbreviated(tmp_path: Path) -> None:
    assert _printed(tmp_path, LIST, form="long") == "Journal of harbours"


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefciteError, match=r"0\.json: is not an abbreviation list"):
        _printed(tmp_path, ["J. Harb."])
