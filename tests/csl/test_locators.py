"""Locators as people type them: `12`, `ch. 3 § 2`, `para 44`."""

from __future__ import annotations

import pytest

from refcite.csl import Cite, Cluster
from refcite.problems import RecordTypeError
from tests.csl.small import book, engine_for, style_xml


@pytest.mark.parametrize(
    ("locator", "printed"),
    [
        ("chapter 3", "chapter 3"),
        ("Arts. 7 and 14", "Arts. 7 and 14"),
        ("para 44", "para 44"),
        ("s 3(1)(a)", "s 3(1)(a)"),
        ("§§ 3-5", "§§ 3–5"),
        ("s.v. lamp", "s.v. lamp"),
        ("pages 12-15", "pp. 12–15"),
        ("p 12 fn 3", "p. 12 fn 3"),
        ("ch. 3 § 2", "chap. 3 § 2"),
        ("fig. 3 and table 2", "fig. 3 and table 2"),
        ("note on sources", "p. note on sources"),
        ("S12", "p. S12"),
        (12, "p. 12"),
    ],
)
def test_a_unit_in_words_is_printed_as_typed_without_the_label_of_pages(
    locator: str | int, printed: str
) -> None:
    labelled = (
        '<choose><if is-numeric="locator"><label variable="locator" form="short" suffix=" "/></if>'
        '<else><label variable="locator" form="short" suffix=" " plural="never"/></else></choose>'
        '<text variable="locator"/>'
    )
    engine = engine_for(style_xml(labelled), book("a", "Doe"))
    assert engine.cite(Cluster(cites=(Cite("a", locator=locator),))) == printed


def test_a_locator_is_a_text_or_a_number() -> None:
    with pytest.raises(RecordTypeError, match=r"Cite\.locator has to be a text such as '12-15'"):
        Cite("a", locator=["12"])  # type: ignore[arg-type]  # as a caller without types may


def test_the_number_of_a_note_is_an_int() -> None:
    engine = engine_for(style_xml('<text variable="title"/>'), book("a", "Doe"))
    with pytest.raises(RecordTypeError, match="the number of a note has to be an int"):
        engine.cite(Cluster(cites=(Cite("a"),), note="1"))  # type: ignore[arg-type]  # as above
