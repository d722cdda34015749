"""How commands end where something goes wrong: with one line, and the right exit status."""

from __future__ import annotations

import errno
from typing import Any

import click

from refcite.problems import (
    FormatError,
    RefciteError,
    UnknownLocaleError,
    UnknownStyleError,
)

__all__ = ["Errors"]


class _WrongUseError(click.ClickException):
    """What was asked for is not there: a style, a language, a format, or what it needs."""

    exit_code = 2


class Errors(click.Group):
    """A group whose commands end a `RefciteError` with one line and the right exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it raises on purpose becomes its one line."""
        try:
            return super().invoke(ctx)
        except (UnknownStyleError, UnknownLocaleError, FormatError) as error:
            raise _WrongUseError(str(error)) from None
        except RefciteError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # click ends quietly where nobody reads on
            raise click.ClickException(f"cannot write: {error.strerror or error}") from None
