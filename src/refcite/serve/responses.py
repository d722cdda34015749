"""Replies as responses of HTTP."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from refcite.serve import page_requests
from refcite.serve.page_requests import Reply, as_json

__all__ = ["Json", "refusal", "response"]


class Json(Response):
    """A value as JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return the value's bytes."""
        return content if isinstance(content, bytes) else as_json(content)


def response(reply: Reply) -> Json:
    """Return a reply as a response."""
    return Json(reply.body, status_code=reply.status)


def refusal(status: int, code: str, message: str) -> Json:
    """Return a response about an error.

    Args:
        status: HTTP's status code.
        code: A name in kebab-case.
        message: One sentence for the user.
    """
    return response(page_requests.refusal(status, code, message))
