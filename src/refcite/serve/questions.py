"""A question of the page, and the reply to it: what goes to a worker, and what comes back."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen

from refcite.problems import InputError, RefciteError, UnknownFormatError
from refcite.serve import answers
from refcite.serve.asked import Asked

__all__ = ["FIRST_STYLE", "QUESTIONS", "Question", "Reply", "as_json", "refusal", "reply_to"]

FIRST_STYLE: Final = "apa"
"""The style of the page before one is chosen."""
_CODES: Final = ((UnknownFormatError, "unknown-format"), (InputError, "unreadable-input"))


@frozen
class Question:
    """What the page asks of a text.

    Attributes:
        name: One of `QUESTIONS`.
        query: What was said of the text, and what is wanted of it.
        data: The text, in any of the usual encodings.
    """

    name: str
    query: Mapping[str, str]
    data: bytes


@frozen
class Reply:
    """What is sent back.

    Attributes:
        status: HTTP's status code.
        body: JSON.
    """

    status: int
    body: bytes


def reply_to(question: Question) -> Reply:
    """Return the reply; what goes wrong is a reply too.

    Example:
        >>> reply_to(Question("export", {"to": "none"}, b"@book{a}")).status
        422
    """
    query = question.query
    asked = Asked(
        data=question.data,
        format=query.get("format") or None,
        name=query.get("name") or None,
        url=query.get("url") or None,
        accessed=query.get("accessed") or None,
    )
    try:
        return Reply(200, as_json(QUESTIONS[question.name](asked, query)))
    except RefciteError as error:
        code = next((code for kind, code in _CODES if isinstance(error, kind)), "refused")
        return refusal(422, code, str(error))
    except MemoryError:
        return refusal(
            422,
            "too-much-memory",
            "the request needs more memory than the page may use; use the command line,"
            " which has no limit",
        )
    except Exception:
        traceback.print_exc(file=sys.stderr)
        return refusal(
            500,
            "failed",
            "refcite failed because of an internal error; see the terminal for details",
        )


def refusal(status: int, code: str, message: str) -> Reply:
    """Return a reply that says why there is no other.

    Args:
        status: HTTP's status code.
        code: A name in kebab-case.
        message: One sentence for a person.
    """
    return Reply(status, as_json({"error": {"code": code, "message": message}}))


def as_json(value: object) -> bytes:
    """Return JSON; half a character of UTF-16, which UTF-8 cannot hold, is a question mark."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace")


def _bibliography(asked: Asked, query: Mapping[str, str]) -> dict[str, Any]:
    return answers.bibliography(asked, *_style_and_locale(query))


def _export(asked: Asked, query: Mapping[str, str]) -> dict[str, Any]:
    to = query.get("to", "")
    output = to.removeprefix("bibliography-")
    if output != to and output in answers.OUTPUTS:
        return answers.export_bibliography(asked, output, *_style_and_locale(query))
    return answers.export(asked, to)


def _style_and_locale(query: Mapping[str, str]) -> tuple[str, str | None]:
    return query.get("style") or FIRST_STYLE, query.get("locale") or None


_Answer = Callable[[Asked, Mapping[str, str]], dict[str, Any]]

QUESTIONS: Final[Mapping[str, _Answer]] = {
    "text": lambda asked, _: answers.decoded(asked),
    "records": lambda asked, _: answers.records(asked),
    "bibliography": _bibliography,
    "export": _export,
}
"""What can be asked, and who answers it."""
