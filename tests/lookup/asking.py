"""One DOI that is looked up in many ways."""

from __future__ import annotations

from typing import Any

import refcite
from refcite.library import Library
from refcite.problems import Problem
from refcite.web import Settings
from tests.lookup import answers
from tests.lookup.server import CSL, Server, answer

DOI = answers.DOI
PATH = f"/doi/{DOI}"
WORK = {"type": "book", "title": "Lamps", "DOI": DOI}
GOOD = answer(WORK, CSL)
PLAIN = Settings(cache=None, retries=0)
"""Settings that name no mirror."""


def look_up(server: Server, text: str = DOI, **settings: Any) -> Library:
    return refcite.lookup(text, settings=server.settings(**settings))


def only_problem(library: Library) -> Problem:
    assert len(library) == 0
    (problem,) = library.problems
    assert str(problem).startswith(f"{problem.file}: error: ")
    return problem
