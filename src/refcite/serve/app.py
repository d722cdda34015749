"""The application: the page with its files, and what it asks."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Awaitable, Callable
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
from refcite.serve import answers, styles
from refcite.serve.body import MEGABYTE, TooLargeError, read_body
from refcite.serve.guard import Guard
from refcite.serve.questions import FIRST_STYLE, QUESTIONS, Question, Reply
from refcite.serve.responses import Json, refusal, response
from refcite.serve.work import AbandonedError, Workshop

if TYPE_CHECKING:
    from starlette.types import ASGIApp

__all__ = ["Answerer", "make_app"]

_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_LONGEST_QUERY: Final = 200
_CLOSED: Final = 499

Answerer = Callable[[Request, Question], Awaitable[Reply]]
"""Who answers a question."""


def make_app(
    limit: int = 10 * MEGABYTE, seconds: float = 60, *, answer: Answerer | None = None
) -> ASGIApp:
    """Return the application.

    Args:
        limit: The largest text that is taken, in bytes.
        seconds: How long it may work at one question.
        answer: Who answers questions; by default, processes of their own.
    """
    workshop = Workshop(limit, seconds)
    answered = answer or workshop.answer

    def asking(name: str) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            data = await read_body(request, limit)
            question = Question(name, dict(request.query_params), data)
            return response(await answered(request, question))

        return endpoint

    page = _page(limit)

    async def show(_request: Request) -> Response:
        return Response(page, media_type="text/html")

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            # The first search need not wait for the titles of ten thousand styles.
            tasks.start_soon(anyio.to_thread.run_sync, styles.find, "")
            if answer is None:
                tasks.start_soon(workshop.start)
            yield
        await workshop.end()

    app = Starlette(
        routes=[
            Route("/", show),
            Route("/page/{name}", _file),
            Route("/styles", _find_styles),
            *(Route(f"/{name}", asking(name), methods=["POST"]) for name in QUESTIONS),
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


# What is asked


async def _find_styles(request: Request) -> Response:
    query = request.query_params.get("q", "")[:_LONGEST_QUERY]
    count, found = await anyio.to_thread.run_sync(styles.find, query)
    return Json({"count": count, "styles": [{"id": id_, "title": title} for id_, title in found]})


# Where there is no answer


async def _too_large(_request: Request, error: Exception) -> Response:
    refused = refusal(413, "too-large", str(error))
    # What is still being sent is not read.
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


def _page(limit: int) -> str:
    template = Template(_files()["index.html"].decode())
    return template.substitute(
        limit=str(limit),
        limit_mb=f"{limit / MEGABYTE:g}",
        formats=_options((one.name, one.title) for one in formats() if one.reads),
        targets=_options((one.name, one.title) for one in formats() if one.writes),
        outputs=_options(
            (f"bibliography-{id_}", name) for id_, (name, _) in answers.OUTPUTS.items()
        ),
        locales=_options((tag, f"{name} · {tag}") for tag, name in locale_names().items()),
        style=escape(FIRST_STYLE),
        style_title=escape(styles.title_of(FIRST_STYLE)),
    )


def _options(choices: Any) -> str:
    return "\n".join(
        f'<option value="{escape(value)}">{escape(title)}</option>' for value, title in choices
    )
