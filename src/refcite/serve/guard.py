"""The check of requests and the headers of responses, so that no other site can use the page.

Another web page can make the browser send requests to 127.0.0.1, with a host name that resolves to
it (DNS rebinding) or with a form. The first is detected by its `Host`, the second by its `Origin`.
Both are rejected before anything is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders

from refcite.serve.responses import refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["POLICY", "Guard"]

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        # No script may create elements from text.
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""The Content-Security-Policy."""

_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
_NAMES: Final = ("127.0.0.1", "localhost")
_HTTP: Final = 80


class Guard:
    """Rejects requests from other pages, and sets the headers of every response.

    Args:
        app: The guarded application.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request and send the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refused = _refused(scope)
        await (refused or self._app)(scope, receive, send_guarded)


def _refused(scope: Scope) -> ASGIApp | None:
    headers = Headers(scope=scope)
    hosts = headers.getlist("host")
    if len(hosts) != 1 or hosts[0].lower() not in _own_hosts(scope):
        return refusal(
            421,
            "wrong-host",
            "this host name is not allowed; open the page at 127.0.0.1 or localhost",
        )
    if scope["method"] in {"GET", "HEAD"}:
        return None
    if headers.getlist("origin") != [f"http://{hosts[0].lower()}"]:
        return refusal(
            403,
            "wrong-origin",
            "the request does not come from the page of refcite serve; use that page",
        )
    return None


def _own_hosts(scope: Scope) -> set[str]:
    port = (scope.get("server") or ("", _HTTP))[1] or _HTTP
    hosts = {f"{name}:{port}" for name in _NAMES}
    return hosts | set(_NAMES) if port == _HTTP else hosts
