"""Answers in JSON."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import Response

__all__ = ["Json", "refusal"]


class Json(Response):
    """A value as JSON; half a character of UTF-16, which UTF-8 cannot hold, is a question mark."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return the value's bytes."""
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return text.encode(errors="replace")


def refusal(status: int, code: str, message: str) -> Json:
    """Return an answer that says why there is no other.

    Args:
        status: HTTP's status code.
        code: A name in kebab-case.
        message: One sentence for a person.
    """
    return Json({"error": {"code": code, "message": message}}, status_code=status)
