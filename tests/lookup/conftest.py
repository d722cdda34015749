"""The server that the tests of this folder ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lookup.server import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running
