"""The failures of look-ups: each becomes the problem of one identifier."""

from __future__ import annotations

from refcite.extras import install_command
from refcite.problems import Problem, RefciteError, Severity

__all__ = [
    "ForbiddenAddressError",
    "NoResponseError",
    "NotFoundError",
    "NotInCacheError",
    "SourceError",
    "TemporaryError",
    "UnusableResponseError",
    "WebExtraError",
]


class WebExtraError(RefciteError):
    """The packages for look-ups are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "a look-up needs httpx, tenacity and platformdirs;"
            f" install them with: {install_command('web')}"
        )


class SourceError(RefciteError):
    """A source returned no record.

    Attributes:
        code: The code of its problem.
        hint: What to do about it.
    """

    code = "no-answer"
    hint: str | None = None

    def as_problem(self, file: str) -> Problem:
        """Return the problem of the identifier `file`."""
        return Problem(
            severity=Severity.ERROR, code=self.code, message=str(self), hint=self.hint, file=file
        )


class NoResponseError(SourceError):
    """The source cannot be reached, or returns an error."""

    hint = "check the network connection, and try again later"


class TemporaryError(NoResponseError):
    """A temporary failure: the next attempt may succeed.

    Attributes:
        after: Seconds to wait, if the source specifies them.
    """

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class NotFoundError(SourceError):
    """The source has no such work.

    Attributes:
        host: The host that returned this result.
    """

    code = "not-found"
    hint = "check the identifier"

    def __init__(self, message: str, host: str = "") -> None:
        super().__init__(message)
        self.host = host


class UnusableResponseError(SourceError):
    """The source returns a response that does not agree with its documentation."""

    code = "unusable-answer"


class ForbiddenAddressError(SourceError):
    """A URL to which no request is sent: in a private network, or with a scheme other than http."""

    code = "refused-address"


class NotInCacheError(SourceError):
    """The cache contains no response, and the option offline does not allow a request."""

    code = "not-in-cache"
    hint = "look it up without the option offline"
