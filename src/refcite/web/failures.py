"""Why a look-up failed: each failure becomes the problem of one identifier."""

from __future__ import annotations

from refcite.extras import install_command
from refcite.problems import Problem, RefciteError, Severity

__all__ = [
    "NoAnswerError",
    "NotFoundError",
    "NotInCacheError",
    "PassingError",
    "RefusedAddressError",
    "SourceError",
    "UnusableAnswerError",
    "WebExtraError",
]


class WebExtraError(RefciteError):
    """What looking up needs is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "looking up needs httpx, tenacity and platformdirs;"
            f" install them with: {install_command('web')}"
        )


class SourceError(RefciteError):
    """A source gave no record.

    Attributes:
        code: The code of the problem that is made of it.
        hint: What to do about it.
    """

    code = "no-answer"
    hint: str | None = None

    def as_problem(self, file: str) -> Problem:
        """Return the problem of the identifier `file`."""
        return Problem(
            severity=Severity.ERROR, code=self.code, message=str(self), hint=self.hint, file=file
        )


class NoAnswerError(SourceError):
    """The source cannot be reached, or answers that it cannot answer."""

    hint = "see whether the network is there, and try again later"


class PassingError(NoAnswerError):
    """A failure that may be gone at the next attempt.

    Attributes:
        after: Seconds for which the source asks to be left alone, where it says so.
    """

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class NotFoundError(SourceError):
    """The source knows no such work.

    Attributes:
        host: Which host said so.
    """

    code = "not-found"
    hint = "see whether the identifier is right"

    def __init__(self, message: str, host: str = "") -> None:
        super().__init__(message)
        self.host = host


class UnusableAnswerError(SourceError):
    """The source answers, but not with what its documentation says."""

    code = "unusable-answer"


class RefusedAddressError(SourceError):
    """An address that is not asked: of a private network, or of another scheme than http."""

    code = "refused-address"


class NotInCacheError(SourceError):
    """The network may not be asked, and the cache has no answer."""

    code = "not-in-cache"
    hint = "look it up without the offline option"
