"""Small styles and works for tests, readable where they are used."""

from __future__ import annotations

from refcite.csl.backends import find_backend
from refcite.csl.document.cites import Cite, Cluster
from refcite.csl.document.engine import Engine
from refcite.csl.document.renderer import Renderer
from refcite.csl.style.style_reader import read_style
from refcite.csl.style.xml import Source
from refcite.dates import Date
from refcite.names import Name
from refcite.record import Record

__all__ = ["book", "cluster", "engine_for", "style_xml"]

AUTHOR_YEAR = """
<names variable="author"><name form="short" and="text"/></names>
<date variable="issued"><date-part name="year"/></date>
"""


def style_xml(
    layout: str,
    *,
    class_: str = "in-text",
    citation: str = "",
    sort: str = "",
    rest: str = "",
    head: str = "",
) -> str:
    """Return a style whose citations have a layout."""
    return f"""<style xmlns="http://purl.org/net/xbiblio/csl" class="{class_}" version="1.0">
<info/>
{head}
<citation {citation}>{sort}<layout delimiter="; ">{layout}</layout></citation>
{rest}
</style>"""


def engine_for(
    xml: str,
    *records: Record,
    backend: str = "text",
    links: bool = False,
    typographic: bool = True,
    locale: str | None = None,
) -> Engine:
    """Return an engine with some registered records."""
    style = read_style(Source(xml, "test.csl"))
    renderer = Renderer(
        style, locale=locale, backend=find_backend(backend), links=links, typographic=typographic
    )
    engine = Engine(renderer)
    for record in records:
        engine.register(record.id, record)
    return engine


def book(key: str, *authors: str, year: int | None = 2000, **more: str) -> Record:
    """Return a book; authors are written `Family, Given`."""
    issued = None if year is None else Date.of(year)
    names = tuple(map(Name.parse, authors))
    return Record(id=key, type="book", author=names, issued=issued).replace(**more)


def cluster(*keys: str, note: int | None = None, locator: str | None = None) -> Cluster:
    """Return a cluster that cites works."""
    return Cluster(cites=tuple(Cite(record=key, locator=locator) for key in keys), note=note)
