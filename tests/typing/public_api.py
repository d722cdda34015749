"""What the public API promises to type checkers. mypy reads this file; nothing runs it.

A line with an ignore must be an error: mypy reports an ignore that is not needed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, assert_type

import refcite
from refcite import Date, Library, Name, Problem, Record, Severity, notebook
from refcite.codes import CODES, Code
from refcite.comparison import Change, Difference, changes, compare
from refcite.csl import (
    Bibliography,
    Citable,
    Citation,
    Cite,
    CiteMode,
    EngineName,
    Entry,
    ExplainedSpan,
    Explanation,
    GroupBy,
    Outcome,
    Output,
    Processor,
    SectionCondition,
    Sections,
    Setting,
    Skipped,
    Where,
    check_style,
    cite_as,
    load_sections,
    search_styles,
    style_ids,
    style_xml,
)
from refcite.formats import (
    Format,
    append,
    bibtex,
    csl_json,
    csv,
    formats,
    get_format,
    guess_format,
    html,
    losses,
    refer,
    stream,
)
from refcite.formats.crosswalk import Spec
from refcite.formats.options import Reader, Writer
from refcite.identifier_kinds import Identifier, Kind, identify
from refcite.jobs import FileResult, FileResults
from refcite.names import NameList, read_list
from refcite.vocabulary import ItemType
from refcite.web import Settings, SettingsError, WebExtraError


def readers_and_writers() -> None:
    readers: tuple[Reader, ...] = (bibtex.read, csl_json.read, csv.read, html.read, refer.read)
    writers: tuple[Writer, ...] = (bibtex.write, csl_json.write, csv.write, refer.write)
    assert_type(readers[0]("@book{a}"), Library)
    assert_type(writers[0]([Record()]), str)


def reading_and_writing() -> None:
    library = refcite.load("refs.bib")
    assert_type(library, Library)
    assert_type(refcite.load(Path("refs.bib"), "bibtex", strict=True, day_first=True), Library)
    assert_type(refcite.loads(b"@book{a}"), Library)
    assert_type(refcite.dumps(library, "ris"), str)
    assert_type(refcite.convert("@book{a}", to="ris", format="bibtex"), str)
    assert_type(stream("refs.jsonl"), Iterator[Record | Problem])
    assert_type(refcite.map_files(["a.ris", Path("b.ris.gz")], "out", to="ris"), FileResults)
    assert_type(next(refcite.map_files(["a.ris"], Path("out"), to="parquet")), FileResult)
    _ = refcite.to_frame(library).num_rows  # pyarrow has no types
    assert_type(refcite.write_parquet(library, "refs.parquet"), int)
    assert_type(refcite.stream(Path("refs.jsonl"), day_first=True), Iterator[Record | Problem])
    lost: list[Problem] = []
    refcite.dumps([Record()], "ris", problems=lost)
    refcite.dumps(Record(), "ris")
    refcite.dump(Record(), "refs.ris", problems=lost)
    refcite.convert("@book{a}", to="csl-json", problems=lost, day_first=True, indent=2)
    refcite.dump(iter(library), Path("refs.json"))
    assert_type(refcite.loads([{"id": "a"}], "csl-json"), Library)
    assert_type(refcite.loads({"id": "a"}), Library)
    assert_type(refcite.formats.get_format("ris").read_objects([]), Library)
    refcite.convert("@book{a}", to="ris", source="bibtex")  # type: ignore[call-arg]
    refcite.convert("@book{a}", to="ris", indent="two")  # type: ignore[arg-type]
    refcite.load(3)  # type: ignore[arg-type]
    assert_type(refcite.convert(library, to="ris"), str)
    with Path("a.bib").open() as file:
        assert_type(refcite.convert(file, to="ris"), str)
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
    assert_type(library + library, Library)
    more = [Record()]
    assert_type(library + more, Library)
    library += more
    library.extend(library)
    library["a"] = library[0]
    library[0] = library["a"]
    del library["a"]
    library.remove("a")
    library.remove(library[0])
    assert_type(library.filter(lambda record: record.issued), Library)
    assert_type(library.sorted("title", reverse=True), Library)
    assert_type(library.sorted(lambda record: record.id), Library)
    assert_type(library.to_dicts(), list[dict[str, Any]])
    library["a"] = "One"  # type: ignore[assignment]
    library.append("One")  # type: ignore[arg-type]
    assert_type(library.index("a"), int)
    library.add(library[0])  # type: ignore[attr-defined]
    library + 3  # type: ignore[operator]


def records() -> None:
    record = Record(
        id="a",
        type="book",
        author=(Name(family="Kafka", given="Franz"), Name(literal="UNHCR")),
        issued=Date.parse("1926"),
        extra={"field": 1},
    )
    assert_type(record.type, ItemType)
    assert_type(record.extra, Mapping[str, Any])
    assert_type(record.author, tuple[Name, ...])
    assert_type(record.issued, Date | None)
    assert_type(record.volume, str | None)
    assert_type(record.et_al, frozenset[str])
    assert_type(record.replace(et_al=["author"]), Record)
    assert_type(read_list("Roe A, Poe B"), NameList)
    assert_type(record.replace(title="The Castle"), Record)
    assert_type(record.cite_as(), str)
    assert_type(Record.from_csl({"id": "a"}, problems=[]), Record)
    assert_type(record.to_csl(), dict[str, Any])
    assert_type(record.variables()["title"], object)  # type: ignore[assert-type]  # it is Any
    Record(type="novel")  # type: ignore[arg-type]
    Record(title=1926)  # type: ignore[arg-type]
    Record(author=[Name(literal="UNHCR")], editor="Jane Doe", translator=["Jane Doe"])
    Record(author=iter(["Jane Doe"]), editor=None)
    Record(issued="2014-03", accessed=2014, submitted=datetime.date(2014, 3, 18))
    Record(volume=3, page="3–4")
    Record(author=3)  # type: ignore[arg-type]
    Record(issued=20.14)  # type: ignore[arg-type]
    Record(volume=3.5)  # type: ignore[arg-type]
    Record(titel="The Castle")  # type: ignore[call-arg]
    record.title = "The Trial"  # type: ignore[misc]
    record.year  # type: ignore[attr-defined]  # noqa: B018
    Name("Ann Lee")  # type: ignore[call-arg]
    assert_type(Name.parse("Franz Kafka"), Name)
    assert_type(Name.of_parts("Kafka", "Franz", particle=None), Name)
    assert_type(Name.of_inverted("Kafka, Franz").inverted(), str)
    assert_type(Name.parse("Franz Kafka").parts().family, str)
    assert_type(Date.of(1926, 5), Date)
    assert_type(Date.parse("1926").year, int | None)
    assert_type(Date.from_date(datetime.date(1926, 5, 1)).to_date(), datetime.date)
    assert_type(Date.of(1926).first_day, datetime.date | None)
    assert_type(sorted([Date.of(1926), Date.of(1925)]), list[Date])
    assert_type(Date.of(1926) < Date.of(1927), bool)


def citing(library: Library, record: Record, citable: Citable, mode: CiteMode) -> None:
    assert_type(refcite.bibliography(library, style="apa"), Bibliography)
    assert_type(refcite.bibliography([record], output="html")[0], Entry)
    assert_type(refcite.bibliography(record), Bibliography)
    cases = ("Cases", lambda one: one.type == "legal_case")
    divided = refcite.bibliography(
        library, sections=[cases], highlight=["Roe, Ann", *record.author]
    )
    assert_type(divided.sections, tuple[tuple[str, tuple[Entry, ...]], ...])
    assert_type(divided[0].section, str | None)
    group_by: GroupBy = "type"
    either: Sections = group_by if library else [cases]
    refcite.bibliography(library, sections=either, highlight="Roe, Ann")
    assert_type(load_sections("sections.toml"), list[tuple[str, SectionCondition]])
    refcite.bibliography(library, sections="year")  # type: ignore[arg-type]
    assert_type(refcite.Processor("apa").cite(refcite.Cite(record=record)), Citation)
    assert_type(refcite.csl.Processor("apa"), Processor)
    refcite.bibliography([record], output="pdf")  # type: ignore[arg-type]
    refcite.bibliography([record], engine="citeproc")  # type: ignore[arg-type]
    processor = Processor(Path("house.csl"), library=library, output="markdown")
    assert_type(processor.cite(record), Citation)
    assert_type(processor.cite(["a", record, Cite(record="a", locator="3")], note=1), Citation)
    assert_type(processor.cite(refcite.Cluster(cites=(Cite(record="a"),))), Citation)
    assert_type(processor.cite(citable), Citation)
    assert_type(Cite(record=record, mode=mode).mode, CiteMode)
    assert_type(processor.insert(0, "a"), Mapping[int, Citation])
    assert_type(processor.replace(0, record, note=2), Mapping[int, Citation])
    assert_type(processor.move(0, to=1), Mapping[int, Citation])
    assert_type(processor.remove(0), Mapping[int, Citation])
    processor.nocite(["a", record])
    processor.nocite(record)
    Cite(record, locator="3")
    Cite(record, "3")  # type: ignore[call-arg]
    assert_type(
        processor.output,
        Literal["text", "html", "markdown", "rst", "latex", "typst", "rtf", "docx"],
    )
    assert_type(processor.citations, tuple[Citation, ...])
    assert_type(processor.citations[0].in_text + processor.citations[0].in_note, str)
    assert_type(processor.output, Output)
    processor.cite(3)  # type: ignore[arg-type]
    notebook.use("apa", locale="fr-FR", most=10)
    notebook.use(most="all")  # type: ignore[arg-type]


def explaining(processor: Processor, record: Record) -> None:
    explanation = processor.explain(record, citation=True)
    assert_type(explanation, Explanation)
    assert_type(processor.explanations(["a", record]), tuple[Explanation, ...])
    assert_type(explanation.spans, tuple[ExplainedSpan, ...])
    assert_type(explanation.spans[0].where, Where)
    assert_type(explanation.unprinted, dict[str, tuple[Skipped, ...]])
    assert_type(explanation.cut, dict[str, tuple[Skipped, ...]])
    assert_type(explanation.spans[0].settings, tuple[Setting, ...])
    assert_type(explanation.skipped[0].where, Where | None)
    assert_type(explanation.skipped[0].tests, tuple[Outcome, ...])
    assert_type([span.text for span in explanation], list[str])
    processor.explain(3)  # type: ignore[arg-type]


def styles(record: Record, engine: EngineName) -> None:
    assert_type(style_ids(), tuple[str, ...])
    assert_type(search_styles("apa"), tuple[tuple[str, str], ...])
    search_styles(["apa", "annotated"], styles=Path("my-styles"))
    assert_type(check_style(Path("apa.csl"), styles=["one", Path("two")]), tuple[Problem, ...])
    assert_type(style_xml("apa"), str)
    assert_type(cite_as(record, "refworld-2023"), str)
    Processor("apa", engine=engine)
    style_xml(Path("apa.csl"))  # type: ignore[arg-type]


def known_formats(records: list[Record]) -> None:
    assert_type(formats(), tuple[Format, ...])
    assert_type(get_format("bibtex"), Format)
    assert_type(guess_format(file=Path("refs.bib")), Format)
    assert_type(append("@book{a}", records, get_format("bibtex")), tuple[str, list[Problem]])
    assert_type(losses(records, "a text", get_format("ris")), Iterator[Problem])
    append("@book{a}", records, "bibtex")  # type: ignore[arg-type]


def comparing(library: Library, record: Record) -> None:
    assert_type(compare(library, [record]), Iterator[Difference])
    assert_type(changes(record, record), tuple[Change, ...])
    assert_type(
        [found.kind for found in compare(library, [])],
        list[Literal["removed", "added", "changed"]],
    )
    compare("refs.bib", library)  # type: ignore[arg-type]


def libraries_as_wholes(library: Library) -> None:
    groups = refcite.duplicates(library, certainty=refcite.Certainty.LIKELY)
    assert_type(groups, tuple[refcite.DuplicateGroup, ...])
    assert_type(groups[0].certainty, refcite.Certainty)
    assert_type(refcite.merge(library, keep="newest").record, Record)
    assert_type(refcite.merge_groups(library, groups).library, Library)
    assert_type(library.where("year>=2010 and type=book").sorted("year"), Library)
    assert_type(refcite.check(Path("refs.bib"), ignore=["titles"]), list[Problem])
    refcite.check(library, dialect="latex")  # type: ignore[arg-type]
    tidied = refcite.tidy("@book{a, title = {A}}", sort="year", omit=["file"])
    assert_type(tidied, refcite.Tidied)
    assert_type(tidied.text, str)


def documents(library: Library) -> None:
    rendered = refcite.render("See [@roe].", library, style="apa")
    assert_type(rendered, refcite.Rendered)
    assert_type(rendered.text, str)
    refcite.render(library, "See [@roe].")  # type: ignore[arg-type]


def looking_up() -> None:
    settings = Settings(mailto="me@example.org", cache=None, retries=0)
    assert_type(settings.replace(offline=True), Settings)
    assert_type(Settings.from_environment({"REFCITE_CACHE": "off"}), Settings)
    assert_type(refcite.lookup("10.1000/1", settings=settings), Library)
    assert_type(refcite.lookup(["10.1000/1"], mailto="me@example.org", offline=True), Library)
    found = identify("10.1000/1")
    assert_type(found, Identifier)
    assert_type(found.kind, Kind)
    assert_type(CODES["not-found"], Code)
    refcite.lookup(7)  # type: ignore[arg-type]
    Settings(retry=1)  # type: ignore[call-arg]


def formats_of_other_packages() -> None:
    added = Format(name="titles", title="Titles", module="refcite_titles", extensions=(".titles",))
    assert_type(added.read("text"), Library)
    assert_type(added.mapping(), Spec | None)


def errors() -> None:
    try:
        refcite.load("refs.bib", strict=True)
    except refcite.RefciteError as error:
        assert_type(error, refcite.RefciteError)
    try:
        refcite.lookup("10.1000/1")
    except (SettingsError, WebExtraError) as refused:
        either: refcite.RefciteError = refused
        assert_type(str(either), str)
    warned: type[UserWarning] = refcite.RefciteWarning
    assert_type(warned.__name__, str)
