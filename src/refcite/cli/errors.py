"""The end of a command after an error: a message of one line, and the exit status."""

from __future__ import annotations

import errno
from typing import Any

import click

from refcite.cli.terminal import printable
from refcite.problems import (
    ConditionError,
    FormatError,
    RefciteError,
    UnknownLocaleError,
    UnknownStyleError,
)

__all__ = ["Errors"]


class _WrongUseError(click.ClickException):
    """The requested style, locale or format, or a package that it needs, is missing."""

    exit_code = 2


class Errors(click.Group):
    """A group whose commands print a `RefciteError` as one line and set the exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, and print its expected exceptions as one line."""
        try:
            return super().invoke(ctx)
        except ConditionError as error:
            # The message has lines of its own, without control characters.
            raise _WrongUseError(str(error)) from None
        except (UnknownStyleError, UnknownLocaleError, FormatError) as error:
            raise _WrongUseError(printable(str(error))) from None
        except RefciteError as error:
            raise click.ClickException(printable(str(error))) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # click ends without a message if the reading program has ended
            raise click.ClickException(
                f"the output cannot be written: {error.strerror or error}"
            ) from None
