"""A browser and `refcite serve`, started once, as a user starts it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser import chromium
from tests.serve.browsing import started

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    with started() as (server, found):
        yield found
        server.terminate()
        assert server.stderr is not None
        assert server.stderr.read() == "", "the server has something to say"
