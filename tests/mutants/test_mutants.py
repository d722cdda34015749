"""What `make mutants` changes, and the list of changes that make no difference."""

from __future__ import annotations

import pytest

from tests.mutants.equivalent import Named, equivalents, named
from tests.mutants.reach import ROOT
from tests.mutants.sites import mutants_of

SOURCE = '''"""A docstring with 1 number."""
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    x: int = 1
__all__ = ["é"]
def f(é: "int" = 1) -> "str":
    """Return 2."""
    if not é and é in [3]:
        raise ValueError("words of a message")
    return g(é - 4, key="é")
'''


def test_only_what_a_test_could_notice_is_changed() -> None:
    lines = SOURCE.splitlines()
    found = {(one.line, one.changed(SOURCE)[1]) for one in mutants_of("f.py", SOURCE)}
    assert found == {
        (6, 'def f(é: "int" = 2) -> "str":'),
        (8, "if False:"),
        (8, "if é and é in [3]:"),
        (8, "if not é or é in [3]:"),
        (8, "if not é and é not in [3]:"),
        (8, "if not é and é in [4]:"),
        (9, "pass"),
        (10, "return None"),
        (10, 'return g(é + 4, key="é")'),
        (10, 'return g(é - 5, key="é")'),
        (10, "return g(é - 4, )"),
        (10, 'return g(é - 4, key="")'),
    }
    for one in mutants_of("f.py", SOURCE):
        changed = one.of(SOURCE).splitlines()
        assert changed[: one.line - 1] + changed[one.line :] == (
            lines[: one.line - 1] + lines[one.line :]
        )


@pytest.mark.parametrize("listed", equivalents(), ids=lambda listed: listed[2])
def test_a_listed_change_is_possible_and_has_a_reason(listed: Named) -> None:
    source = (ROOT / listed[0]).read_text(encoding="utf-8")
    assert listed in {named(one, source) for one in mutants_of(listed[0], source)}
    assert equivalents()[listed].strip()
