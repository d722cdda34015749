"""The application: the page with its files, and what it asks."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any, Final

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route

from refcite.csl.catalogue import locale_names
from refcite.formats import formats
from refcite.problems import RefciteError
from refcite.serve import answers, styles
from refcite.serve.answers import Asked
from refcite.serve.body import MEGABYTE, TooLargeError, read_body
from refcite.serve.guard import Guard
from refcite.serve.said import Json, refusal
from refcite.serve.work import AbandonedError, Workshop

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp

__all__ = ["make_app"]

_FIRST_STYLE: Final = "apa"
_TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_LONGEST_QUERY: Final = 200
_CLOSED: Final = 499
_Answer = Callable[["Request", Asked], dict[str, Any]]


def make_app(limit: int = 10 * MEGABYTE) -> ASGIApp:
    """Return the application.

    Args:
        limit: The largest text that is taken, in bytes.
    """
    workshop = Workshop()

    def asking(answer: _Answer) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            asked = Asked(
                data=await read_body(request, limit),
                format=request.query_params.get("format") or None,
                name=request.query_params.get("name") or None,
            )
            work = functools.partial(answer, request, asked)
            return Json(await workshop.run(request, work))

        return endpoint

    page = _page(limit)

    async def show(_request: Request) -> Response:
        return Response(page, media_type="text/html")

    app = Starlette(
        routes=[
            Route("/", show),
            Route("/page/{name}", _file),
            Route("/styles", _find_styles),
            Route("/text", asking(lambda _, asked: answers.decoded(asked)), methods=["POST"]),
            Route("/records", asking(lambda _, asked: answers.records(asked)), methods=["POST"]),
            Route("/bibliography", asking(_bibliography), methods=["POST"]),
            Route("/export", asking(_export), methods=["POST"]),
        ],
        exception_handlers={
            TooLargeError: _too_large,
            RefciteError: _refused,
            AbandonedError: _gone,
            ClientDisconnect: _gone,
            HTTPException: _http,
            Exception: _failed,
        },
        lifespan=_lifespan,
    )
    return Guard(app)


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    async with anyio.create_task_group() as tasks:
        # The first search need not wait for the titles of ten thousand styles.
        tasks.start_soon(anyio.to_thread.run_sync, styles.find, "")
        yield


# What is asked


async def _find_styles(request: Request) -> Response:
    query = request.query_params.get("q", "")[:_LONGEST_QUERY]
    count, found = await anyio.to_thread.run_sync(styles.find, query)
    return Json({"count": count, "styles": [{"id": id_, "title": title} for id_, title in found]})


def _bibliography(request: Request, asked: Asked) -> dict[str, Any]:
    return answers.bibliography(asked, *_style_and_locale(request))


def _export(request: Request, asked: Asked) -> dict[str, Any]:
    to = request.query_params.get("to", "")
    output = to.removeprefix("bibliography-")
    if output != to and output in answers.OUTPUTS:
        return answers.export_bibliography(asked, output, *_style_and_locale(request))
    return answers.export(asked, to)


def _style_and_locale(request: Request) -> tuple[str, str | None]:
    query = request.query_params
    return query.get("style") or _FIRST_STYLE, query.get("locale") or None


# Where there is no answer


async def _too_large(_request: Request, error: Exception) -> Response:
    refused = refusal(413, "too-large", str(error))
    # What is still being sent is not read.
    refused.headers["connection"] = "close"
    return refused


async def _refused(_request: Request, error: Exception) -> Response:
    code = {"UnknownFormatError": "unknown-format", "InputError": "unreadable-input"}
    return refusal(422, code.get(type(error).__name__, "refused"), str(error))


async def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=_CLOSED)


async def _http(_request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 400)
    return refusal(status, f"http-{status}", str(getattr(error, "detail", error)))


async def _failed(_request: Request, _error: Exception) -> Response:
    return refusal(500, "failed", "this is a fault of refcite; the terminal says where it arose")


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
        style=escape(_FIRST_STYLE),
        style_title=escape(styles.title_of(_FIRST_STYLE)),
    )


def _options(choices: Any) -> str:
    return "\n".join(
        f'<option value="{escape(value)}">{escape(title)}</option>' for value, title in choices
    )
