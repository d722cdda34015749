"""The requests of the page, which workers handle, and the replies to them."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen

from refcite.problems import InputError, RefciteError, UnknownFormatError
from refcite.serve import results
from refcite.serve.duplicates import duplicate_groups
from refcite.serve.sent_texts import SentText, SentTexts

__all__ = [
    "FIRST_STYLE",
    "PAGE_REQUESTS",
    "REQUESTS",
    "PageRequest",
    "Reply",
    "as_json",
    "refusal",
    "reply_to",
]

FIRST_STYLE: Final = "apa"
"""The initial style of the page."""
_CODES: Final = ((UnknownFormatError, "unknown-format"), (InputError, "unreadable-input"))


@frozen
class PageRequest:
    """A request of the page about a text.

    Attributes:
        name: One of `REQUESTS`.
        query: The options for the text and for the result.
        data: The text, in any of the usual encodings.
    """

    name: str
    query: Mapping[str, str]
    data: bytes


@frozen
class Reply:
    """The reply to a request.

    Attributes:
        status: HTTP's status code.
        body: JSON.
    """

    status: int
    body: bytes


def reply_to(page_request: PageRequest) -> Reply:
    """Return the reply; an error is a reply too.

    Example:
        >>> reply_to(PageRequest("export", {"to": "none"}, b"@book{a}")).status
        422
    """
    query = page_request.query
    try:
        if page_request.name == "text":
            return Reply(200, as_json(results.decoded(_text_of(page_request))))
        is_several = query.get("several")
        sent = SentTexts.of(page_request.data) if is_several else _text_of(page_request)
        return Reply(200, as_json(PAGE_REQUESTS[page_request.name](sent, query)))
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


def _text_of(page_request: PageRequest) -> SentText:
    query = page_request.query
    return SentText(
        data=page_request.data,
        format=query.get("format") or None,
        name=query.get("name") or None,
        url=query.get("url") or None,
        accessed=query.get("accessed") or None,
    )


def refusal(status: int, code: str, message: str) -> Reply:
    """Return a reply about an error.

    Args:
        status: HTTP's status code.
        code: A name in kebab-case.
        message: One sentence for the user.
    """
    return Reply(status, as_json({"error": {"code": code, "message": message}}))


def as_json(value: object) -> bytes:
    """Return JSON; a lone surrogate, which UTF-8 cannot represent, becomes a question mark."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace")


def _bibliography(sent: SentText | SentTexts, query: Mapping[str, str]) -> dict[str, Any]:
    return results.bibliography(sent, *_form_of(query))


def _export(sent: SentText | SentTexts, query: Mapping[str, str]) -> dict[str, Any]:
    to = query.get("to", "")
    output = to.removeprefix("bibliography-")
    if output != to and output in results.OUTPUTS:
        return results.export_bibliography(sent, output, *_form_of(query))
    return results.export(sent, to, query.get("merge") or None)


def _form_of(query: Mapping[str, str]) -> tuple[str, str | None, str | None]:
    """Return the style, the locale and the property by which the bibliography has sections."""
    style = query.get("style") or FIRST_STYLE
    return style, query.get("locale") or None, query.get("group_by") or None


_Handler = Callable[[SentText | SentTexts, Mapping[str, str]], dict[str, Any]]

PAGE_REQUESTS: Final[Mapping[str, _Handler]] = {
    "records": lambda sent, _: results.records(sent),
    "duplicates": lambda sent, _: duplicate_groups(sent),
    "bibliography": _bibliography,
    "export": _export,
}
"""The requests about one text or several, with their handlers."""
REQUESTS: Final = ("text", *PAGE_REQUESTS)
"""The names of all requests; `text` returns the text of one file."""
