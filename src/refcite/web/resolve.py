"""`lookup`: from identifiers to a library."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

from attrs import define, field

from refcite.formats.progress import Listener, current_listener, listening
from refcite.identifier_kinds import Identifier, identify
from refcite.identifiers import is_short_doi
from refcite.library import Library
from refcite.problems import Problem, RefciteError, Severity, UnknownIdentifierError
from refcite.record import Record
from refcite.web.failures import NotFoundError, NotInCacheError, SourceError, WebExtraError
from refcite.web.settings import Settings

if TYPE_CHECKING:
    from refcite.web.fetch import Fetcher
    from refcite.web.sources import Source
    from refcite.web.sources.values import Found

__all__ = ["KEY_PATTERN", "lookup"]

KEY_PATTERN: Final = "{author:lower}{year}{title:lower}"
"""The pattern of the ids of records that were looked up."""

_VERSION: Final = re.compile(r"v[0-9]+$")
_Result = TypeVar("_Result")


def lookup(
    ids: str | Iterable[str],
    *,
    mailto: str | None = None,
    offline: bool | None = None,
    key_pattern: str = KEY_PATTERN,
    settings: Settings | None = None,
) -> Library:
    """Look up works by their identifiers. Only this function of refcite uses the network.

    Args:
        ids: A DOI, an arXiv identifier, a PMID, a PMCID, an ISBN or the URL of a page, in any
            usual form; or several.
        mailto: Your e-mail address, for the User-Agent; as in `Settings`.
        offline: Whether to use only the cache; as in `Settings`.
        key_pattern: The pattern of the records' ids, as for BibTeX's `key_pattern`.
        settings: The other settings: time limits, retries, the cache, mirrors. By default, those in
            the environment variables (`Settings.from_environment`).

    After each identifier, a function set by `refcite.formats.progress.listening` is called with the
    share of identifiers that are done.

    Returns:
        The records, in the order of the identifiers. Each identifier without a record is a problem
        of severity "error", whose `file` is the identifier. It does not affect the others.

    Raises:
        WebExtraError: The extra `refcite[web]` is not installed.
        SettingsError: A setting is not valid.
        FormatError: The key pattern cannot be read.

    Example:
        >>> from refcite import lookup
        >>> library = lookup(["978-0-306-40615-8", "ftp://example.org/"])
        >>> for problem in library.problems:
        ...     print(problem.message)
        the check digit of the ISBN '978-0-306-40615-8' should be 7
        'ftp://example.org/' starts with ftp:; only http and https are looked up
    """
    from refcite.keys import with_keys

    with_keys([], key_pattern)  # report a wrong pattern before the first request
    chosen = settings or Settings.from_environment()
    changes = {"mailto": mailto, "offline": offline}
    chosen = chosen.replace(**{key: value for key, value in changes.items() if value is not None})
    requested = [_LookUp(text) for text in ([ids] if isinstance(ids, str) else ids)]
    _recognise(requested)
    known = [one for one in requested if one.identifier]
    if known:
        report_progress = _counting(current_listener(), len(requested) - len(known), len(requested))
        with listening(None):  # the readers of the responses report progress too
            _run(_look_up(known, chosen, report_progress))
    found = [one for one in requested if one.record is not None]
    records = with_keys([one.record for one in found if one.record], key_pattern)
    for one, record in zip(found, records, strict=True):
        one.problems = [problem.replace(key=record.id) for problem in one.problems]
    return Library(records, [problem for one in requested for problem in one.problems])


@define(eq=False)
class _LookUp:
    """An identifier in the form of the call, with its result."""

    text: str
    identifier: Identifier | None = None
    record: Record | None = None
    problems: list[Problem] = field(factory=list)

    def report(self, problem: Problem) -> None:
        self.problems.append(problem.replace(file=self.text.strip() or "(empty)"))


def _recognise(requested: Iterable[_LookUp]) -> None:
    first: dict[tuple[str, str], str] = {}
    for one in requested:
        try:
            identifier = identify(one.text)
        except UnknownIdentifierError as error:
            one.report(
                Problem(severity=Severity.ERROR, code="unknown-identifier", message=str(error))
            )
            continue
        if identifier.key not in first:
            first[identifier.key] = one.text
            one.identifier = identifier
            continue
        one.report(
            Problem(
                severity=Severity.INFO,
                code="repeated-identifier",
                message=f"the identifier is the same as {first[identifier.key]!r} and is"
                " looked up once",
            )
        )


def _run(coroutine: Coroutine[Any, Any, _Result]) -> _Result:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    # In a notebook or a server, a loop is already running, which waits for this call.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def _counting(listener: Listener | None, done: int, count: int) -> Callable[[], None]:
    """Return the function to call when one more identifier is done."""
    numbers = itertools.count(done + 1)

    def report_progress() -> None:
        if listener is not None:
            listener(next(numbers) / count)

    return report_progress


async def _look_up(
    requested: list[_LookUp], settings: Settings, report_progress: Callable[[], None]
) -> None:
    try:
        from refcite.web.fetch import Fetcher
        from refcite.web.sources import SOURCES
    except ImportError as error:
        raise WebExtraError from error
    async with Fetcher(settings) as fetcher:

        async def response(one: _LookUp) -> None:
            await _answer(one, fetcher, settings, SOURCES)
            report_progress()

        await asyncio.gather(*map(response, requested))


async def _answer(
    requested: _LookUp, fetcher: Fetcher, settings: Settings, sources: dict[Any, tuple[Source, ...]]
) -> None:
    """Query the sources of an identifier, one after the other, until one returns a record."""
    identifier = requested.identifier
    assert identifier is not None  # noqa: S101 - the others are not looked up
    failures: list[SourceError] = []
    for source in _sources_of(identifier, sources):
        try:
            found = await _query(source, identifier, fetcher, settings)
        except SourceError as error:
            failures.append(error)
            if source.is_registry and _is_unregistered(error, source, identifier, settings):
                break
            continue
        except RefciteError as error:
            requested.report(
                Problem(severity=Severity.ERROR, code="unusable-answer", message=str(error))
            )
            return
        for failure in failures:
            requested.report(_other_source(failure, source))
        requested.record = _completed(found.record, identifier)
        other = _other_identifier(requested.record, identifier)
        if other is not None:
            requested.report(_of_other_work(other, identifier, source))
        for problem in found.problems:
            requested.report(problem)
        return
    requested.report(_combined(failures).as_problem(requested.text))


def _sources_of(
    identifier: Identifier, sources: dict[Any, tuple[Source, ...]]
) -> tuple[Source, ...]:
    """Return the sources of an identifier; only the registry resolves a short DOI."""
    known = sources[identifier.kind]
    if identifier.kind == "doi" and is_short_doi(identifier.value):
        return tuple(source for source in known if source.is_registry)
    return known


async def _query(
    source: Source, identifier: Identifier, fetcher: Fetcher, settings: Settings
) -> Found:
    try:
        response = await fetcher.get(source.request(identifier, settings))
        found = await asyncio.to_thread(source.read, response, identifier)
    except SourceError as error:
        is_named = isinstance(error, NotInCacheError) or str(error).startswith(source.name)
        if not is_named:
            error.args = (f"{source.name}: {error}",)
        raise
    await fetcher.keep(response)
    return found


def _is_unregistered(
    error: SourceError, source: Source, identifier: Identifier, settings: Settings
) -> bool:
    """Return whether the registry itself, not the target of a redirect, has no such work."""
    if not isinstance(error, NotFoundError):
        return False
    return error.host == urlsplit(source.request(identifier, settings).url).hostname


def _other_source(failure: SourceError, source: Source) -> Problem:
    return Problem(
        severity=Severity.INFO,
        code="other-source",
        message=f"{failure}; the record is from {source.name}",
    )


def _other_identifier(record: Record, identifier: Identifier) -> str | None:
    """Return the identifier of a record if it is another one than was looked up."""
    if identifier.kind == "doi":
        # A short DOI is answered with the DOI that it represents.
        given = "" if is_short_doi(identifier.value) else record.doi
    elif identifier.kind == "arxiv":
        version = f"v{record.version}" if record.version and "v" in identifier.value else ""
        number = (record.number or "").removeprefix("arXiv:")
        asked = _VERSION.search(identifier.value)
        if version and asked and asked[0] != version:
            return f"arXiv:{number}{version}"
        given = number and f"arXiv:{number}"
    elif identifier.kind == "url":
        given = ""
    else:
        given = getattr(record, identifier.kind)
    if not given:
        return None
    keys = {_key_of(part.strip(), identifier.kind) for part in _parts(given, identifier.kind)}
    return None if identifier.key in keys else given


def _parts(text: str, kind: str) -> list[str]:
    return re.split(r"[,;]", text) if kind == "isbn" else [text]


def _key_of(text: str, kind: str) -> tuple[str, str]:
    try:
        return identify(f"PMID {text}" if kind == "pmid" and text.isdecimal() else text).key
    except UnknownIdentifierError:
        return kind, text.casefold()


def _of_other_work(other: str, identifier: Identifier, source: Source) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        code="other-identifier",
        message=f"{identifier} was looked up, but the record from {source.name} is of {other}",
        hint="check that the record is of the work that you look for",
    )


def _combined(failures: list[SourceError]) -> SourceError:
    """Return one failure with the results of all sources: `not-found` only if all agree."""
    worst = next((one for one in failures if not isinstance(one, NotFoundError)), failures[0])
    worst.args = ("; ".join(dict.fromkeys(map(str, failures))),)
    return worst


def _completed(record: Record, identifier: Identifier) -> Record:
    """Return a record with the identifier by which it was found."""
    if identifier.kind in {"url", "arxiv"} or getattr(record, identifier.kind):
        return record
    return record.replace(**{identifier.kind: identifier.value})
