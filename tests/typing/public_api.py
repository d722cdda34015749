"""What the public API promises to type checkers. mypy reads this file; nothing runs it.

A line with an ignore must be an error: mypy reports an ignore that is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, assert_type

import refcite
from refcite import Date, Library, Name, Problem, Record, Severity
from refcite.csl import Bibliography, Cite, Cluster, Entry, Processor
from refcite.formats import Format, stream
from refcite.formats.mapping import MappingTable


def reading_and_writing() -> None:
    library = refcite.load("refs.bib")
    assert_type(library, Library)
    assert_type(refcite.load(Path("refs.bib"), "bibtex", strict=True, day_first=True), Library)
    assert_type(refcite.loads(b"@book{a}"), Library)
    assert_type(refcite.dumps(library, "ris"), str)
    assert_type(refcite.convert("@book{a}", to="ris", source="bibtex"), str)
    assert_type(stream("refs.jsonl"), Iterator[Record | Problem])
    lost: list[Problem] = []
    refcite.dumps([Record()], "ris", problems=lost)
    refcite.dump(iter(library), Path("refs.json"))
    refcite.load(3)  # type: ignore[arg-type]
    refcite.dumps("a text", "ris")  # type: ignore[arg-type]


def libraries(library: Library) -> None:
    assert_type(library["a"], Record)
    assert_type(library[0], Record)
    assert_type(library[1:], Library)
    assert_type(library.get("a"), Record | None)
    assert_type(library.ids, tuple[str, ...])
    assert_type(library.problems, list[Problem])
    assert_type(library.problems[0].severity, Severity)
    assert_type([record.title for record in library], list[str | None])
    library[1.5]  # type: ignore[call-overload]


def records() -> None:
    record = Record(
        id="a",
        type="book",
        author=(Name(family="Kafka", given="Franz"), Name(literal="UNHCR")),
        issued=Date.parse("1926"),
        extra={"field": 1},
    )
    assert_type(record.author, tuple[Name, ...])
    assert_type(record.issued, Date | None)
    assert_type(record.volume, str | None)
    assert_type(record.replace(title="The Castle"), Record)
    assert_type(record.cite_as(), str)
    assert_type(record.variables()["title"], object)  # type: ignore[assert-type]  # it is Any
    Record(type="novel")  # type: ignore[arg-type]
    Record(title=1926)  # type: ignore[arg-type]
    Record(author=[Name(literal="UNHCR")])  # type: ignore[arg-type]
    Record(titel="The Castle")  # type: ignore[call-arg]
    record.title = "The Trial"  # type: ignore[misc]
    assert_type(Name.parse("Franz Kafka"), Name)
    assert_type(Date.of(1926, 5), Date)
    assert_type(Date.parse("1926").year, int | None)


def citing(library: Library, record: Record) -> None:
    assert_type(refcite.bibliography(library, style="apa"), Bibliography)
    assert_type(refcite.bibliography([record], output="html")[0], Entry)
    refcite.bibliography([record], output="pdf")  # type: ignore[arg-type]
    refcite.bibliography([record], engine="citeproc")  # type: ignore[arg-type]
    processor = Processor(Path("house.csl"), library=library, output="markdown")
    assert_type(processor.cite(record), str)
    assert_type(processor.cite(["a", record, Cite(record="a", locator="3")], note=1), str)
    assert_type(processor.cite(Cluster(cites=(Cite(record="a"),))), str)
    assert_type(processor.insert(0, "a"), Mapping[int, str])
    assert_type(processor.citations, tuple[str, ...])
    assert_type(processor.output, Literal["text", "html", "markdown", "rst", "latex", "typst"])
    processor.cite(3)  # type: ignore[arg-type]


def formats_of_other_packages() -> None:
    added = Format(name="titles", title="Titles", module="refcite_titles", extensions=(".titles",))
    assert_type(added.read("text"), Library)
    assert_type(added.mapping(), MappingTable | None)


def errors() -> None:
    try:
        refcite.load("refs.bib", strict=True)
    except refcite.RefciteError as error:
        assert_type(error, refcite.RefciteError)
