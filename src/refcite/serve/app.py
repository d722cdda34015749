"""The application: the page with its files, and its requests."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any, Final

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from refcite.csl.style.locale_files import locale_names
from refcite.formats import formats
from refcite.serve import results, styles
from refcite.serve.body import MEGABYTE, TooLargeError, read_body
from refcite.serve.guard import Guard
from refcite.serve.opened_files import OpenedFile
from refcite.serve.page_requests import FIRST_STYLE, REQUESTS, PageRequest, Reply, as_json
from refcite.serve.responses import Json, refusal, response
from refcite.serve.worker_pool import AbandonedError, WorkerPool

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["RequestRunner", "make_app"]

_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_LONGEST_QUERY: Final = 200
_CLOSED: Final = 499

RequestRunner = Callable[[Request, PageRequest], Awaitable[Reply]]
"""A function that handles a request of the page."""


def make_app(
    limit: int = 10 * MEGABYTE,
    seconds: float = 60,
    *,
    run: RequestRunner | None = None,
    opened: Sequence[OpenedFile] = (),
) -> ASGIApp:
    """Return the application.

    Args:
        limit: Maximum size of a text, in bytes.
        seconds: Maximum time for one request.
        run: Handles requests; by default, a pool of processes.
        opened: The files that the page shows first.
    """
    pool = WorkerPool(limit, seconds)
    run_request = run or pool.run

    def asking(name: str) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            data = await read_body(request, limit)
            page_request = PageRequest(name, dict(request.query_params), data)
            return response(await run_request(request, page_request))

        return endpoint

    page = _page(limit, has_files=bool(opened))

    async def show(_request: Request) -> Response:
        return Response(page, media_type="text/html")

    first_files = as_json([one.shown() for one in opened])

    async def show_files(_request: Request) -> Response:
        return Json(first_files)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            # Load the titles of ten thousand styles before the first search.
            tasks.start_soon(anyio.to_thread.run_sync, styles.find, "")
            if run is None:
                tasks.start_soon(pool.start)
            yield
        await pool.end()

    app = Starlette(
        routes=[
            Route("/", show),
            Route("/page/{name}", _file),
            Route("/files", show_files),
            Route("/styles", _find_styles),
            *(Route(f"/{name}", asking(name), methods=["POST"]) for name in REQUESTS),
        ],
        exception_handlers={
            TooLargeError: _too_large,
            AbandonedError: _gone,
            ClientDisconnect: _gone,
            HTTPException: _http,
            Exception: _failed,
        },
        lifespan=lifespan,
    )
    return Guard(app)


# Requests


async def _find_styles(request: Request) -> Response:
    query = request.query_params.get("q", "")[:_LONGEST_QUERY]
    count, found = await anyio.to_thread.run_sync(styles.find, query)
    return Json({"count": count, "styles": [{"id": id_, "title": title} for id_, title in found]})


# Errors


async def _too_large(_request: Request, error: Exception) -> Response:
    refused = refusal(413, "too-large", str(error))
    # The rest of the body is not read.
    refused.headers["connection"] = "close"
    return refused


async def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=_CLOSED)


async def _http(_request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 400)
    return refusal(status, f"http-{status}", str(getattr(error, "detail", error)))


async def _failed(_request: Request, _error: Exception) -> Response:
    return refusal(
        500, "failed", "refcite failed because of an internal error; see the terminal for details"
    )


# The page and its files


@functools.cache
def _files() -> dict[str, bytes]:
    folder = files("refcite.serve") / "page"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    type_ = next((type_ for ending, type_ in _TYPES.items() if name.endswith(ending)), None)
    if type_ is None or name not in _files():
        raise HTTPException(404, "there is no such file")
    return Response(_files()[name], media_type=type_)


def _page(limit: int, *, has_files: bool) -> str:
    template = Template(_files()["index.html"].decode())
    return template.substitute(
        limit=str(limit),
        files=" data-files" if has_files else "",
        limit_mb=f"{limit / MEGABYTE:g}",
        formats=_options((one.name, one.title) for one in formats() if one.reads),
        targets=_options((one.name, one.title) for one in formats() if one.writes),
        outputs=_options((f"bibliography-{id_}", name) for id_, name in results.OUTPUTS.items()),
        locales=_options((tag, f"{name} · {tag}") for tag, name in locale_names().items()),
        style=escape(FIRST_STYLE),
        style_title=escape(styles.title_of(FIRST_STYLE)),
    )


def _options(choices: Any) -> str:
    return "\n".join(
        f'<option value="{escape(value)}">{escape(title)}</option>' for value, title in choices
    )
