"""What users of Python write before they have read anything, and what comes of it.

Each expression is one that somebody might guess. `refcite` is all that is imported for it, so that
a module of the package is found without an import of its own.
"""

from __future__ import annotations

import copy
import datetime
import inspect
import io
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest

import refcite
from refcite import Date, Library, Name, Problem, Record, RefciteError, RefciteWarning
from refcite.formats import formats, get_format
from refcite.problems import UnknownAttributeError

DOE = Name(family="Doe", given="Jane")
BIB = "@book{one, title = {One}, author = {Doe, Jane}, year = 2014}\n"
ITEM = {"id": "one", "type": "book", "title": "One", "author": [{"family": "Doe"}]}
ONE = Record(id="one", type="book", title="One", author=[DOE], issued=2014)
TWO = Record(id="two", type="map", title="Two", scale="1:10", issued=2013)

KNOWN: dict[str, Any] = {
    **{known.__name__: known for known in (Date, Library, Name, Record)},
    "refcite": refcite,
    "datetime": datetime,
    "io": io,
    "DOE": DOE,
    "BIB": BIB,
    "ITEM": ITEM,
    "ONE": ONE,
    "TWO": TWO,
    "LIBRARY": Library([ONE, TWO]),
}


def _guess(expression: str) -> Any:
    return eval(expression, dict(KNOWN))


@pytest.mark.parametrize(
    "expression",
    [
        # Names at the top
        "refcite.csl.Processor is refcite.Processor",
        "refcite.csl.Cite is refcite.Cite",
        "refcite.csl.Cluster is refcite.Cluster",
        "refcite.formats.stream is refcite.stream",
        "refcite.formats.get_format('ris').name == 'ris'",
        "'csl' in dir(refcite) and 'stream' in dir(refcite)",
        "refcite.Processor('apa', library=[ONE]).cite(refcite.Cite(record='one')) == '(Doe, 2014)'",
        # Records
        "Record(author=[DOE]).author == (DOE,)",
        "Record(author=DOE).author == (DOE,)",
        "Record(author={DOE}).author == (DOE,)",
        "Record(author=(name for name in [DOE])).author == (DOE,)",
        "Record(author='Jane Doe').author == (DOE,)",
        "Record(author=['Jane Doe', DOE]).author == (DOE, DOE)",
        "Record(issued='2014-03').issued == Date.of(2014, 3)",
        "Record(issued=2014).issued == Date.of(2014)",
        "Record(issued=datetime.date(2014, 3, 18)).issued == Date.of(2014, 3, 18)",
        "Record(volume=3).volume == '3'",
        "ONE.replace(issued='2015').issued.year == 2015",
        # CSL-JSON that is parsed already
        "Record.from_csl(ITEM).title == 'One'",
        "Record.from_csl(ITEM).to_csl() == ITEM",
        "Record.from_csl(ONE.to_csl()) == ONE",
        "refcite.loads([ITEM], 'csl-json')['one'].title == 'One'",
        "refcite.loads([ITEM]).ids == ('one',)",
        "refcite.loads(ITEM).ids == ('one',)",
        "refcite.loads({'items': [ITEM]}, 'csl-json').ids == ('one',)",
        "refcite.loads(item for item in [ITEM]).ids == ('one',)",
        "refcite.loads([]).ids == ()",
        "refcite.convert([ITEM], to='bibtex').startswith('@book{one,')",
        # Records that are converted
        "refcite.convert(LIBRARY, to='ris') == refcite.dumps(LIBRARY, 'ris')",
        "refcite.convert([ONE], to='ris') == refcite.dumps(ONE, 'ris')",
        "refcite.convert(ONE, to='ris') == refcite.dumps(ONE, 'ris')",
        "refcite.convert((one for one in LIBRARY), to='ris') == refcite.dumps(LIBRARY, 'ris')",
        "refcite.convert(ONE, to='csl-json', indent=2) == refcite.dumps(ONE, 'csl-json', indent=2)",
        "refcite.convert(io.StringIO(BIB), to='csl-jsonl') == refcite.convert(BIB, to='csl-jsonl')",
        "refcite.convert(io.BytesIO(BIB.encode()), to='ris') == refcite.convert(BIB, to='ris')",
        # One record
        "len(refcite.bibliography(ONE)) == 1",
        "Library(ONE) == Library([ONE])",
        "Library(ONE) + TWO == LIBRARY",
        "refcite.Processor('apa', library=ONE).cite('one') == '(Doe, 2014)'",
        "refcite.Processor('apa').nocite(ONE) is None",
        "refcite.Processor('apa', library=LIBRARY).nocite('one') is None",
        "refcite.Cite(ONE, locator='12') == refcite.Cite(record=ONE, locator='12')",
        "refcite.dumps(ONE, 'bibtex') == refcite.dumps([ONE], 'bibtex')",
        # Dates
        "Date.of(2013) < Date.of(2014)",
        "Date.of(2014) < Date.of(2014, 1) < Date.of(2014, 1, 1) < Date.parse('n.d.')",
        "max(ONE.issued, TWO.issued) == Date.of(2014)",
        "Date.from_date(datetime.date(2014, 3, 18)) == Date.of(2014, 3, 18)",
        "Date.of(2014, 3, 18).to_date() == datetime.date(2014, 3, 18)",
        # Libraries
        "(Library([ONE]) + Library([TWO])).ids == ('one', 'two')",
        "(LIBRARY + [TWO.replace(id='one')]).problems[0].code == 'duplicate-id'",
        "sum([Library([ONE]), Library([TWO])], Library()).ids == ('one', 'two')",
        "LIBRARY.filter(lambda record: record.issued > Date.of(2013)).ids == ('one',)",
        "LIBRARY.sorted(lambda record: record.issued).ids == ('two', 'one')",
        "LIBRARY.sorted('title', reverse=True).ids == ('two', 'one')",
        "LIBRARY.to_dicts() == [ONE.to_csl(), TWO.to_csl()]",
        "refcite.loads(LIBRARY.to_dicts()) == LIBRARY",
        "LIBRARY.index('two') == LIBRARY.index(TWO) == 1",
        # Styles
        "refcite.bibliography(ONE, 'apa') == refcite.bibliography(ONE, style='apa')",
        "refcite.bibliography(ONE, style='APA') == refcite.bibliography(ONE, style='apa')",
        "refcite.csl.style_xml('IEEE') == refcite.csl.style_xml('ieee')",
        "refcite.csl.search_styles('American Psychological Association')[0][0] == 'apa'",
        "refcite.csl.search_styles('modern language association')[0][0].startswith('modern')",
        "refcite.csl.search_styles('ieee')[0][0] == 'ieee'",
        "refcite.csl.search_styles('chicago notes')[0][0] == 'chicago-notes'",
        "refcite.csl.search_styles(['ieee'])[0][0] == 'ieee'",
        # Formats and options
        "refcite.dumps(ONE, 'bib') == refcite.dumps(ONE, '.bib') == refcite.dumps(ONE, 'bibtex')",
        "refcite.dumps(ONE, 'ENW') == refcite.dumps(ONE, 'refer')",
        "refcite.loads(BIB, format='bibtex').ids == ('one',)",
        "refcite.convert(BIB, format='bibtex', to='csl-json').count('Doe') == 1",
        "refcite.convert(BIB, to='csl-json', indent=2).count('\\n    \"id\"') == 1",
        "'2014-02-01' in refcite.convert('@book{a, title=A, date={01/02/2014}}', to='csl-yaml',"
        " day_first=True)",
    ],
)
def test_a_guess_is_right(expression: str) -> None:
    assert _guess(expression)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("Record(titel='One')", "no attribute 'titel'; did you mean 'title'?"),
        ("Record(journal='One')", "no attribute 'journal'; did you mean 'container_title'?"),
        ("Record(author='Jane Doe and Bob Poe')", "write ['Doe, Jane', 'Poe, Bob']"),
        ("Record(issued='soon')", "write it as '2014-03-18', '2014-03' or '2014'"),
        ("Record.from_csl('One')", "needs a mapping such as {'type': 'book', 'title': 'One'}"),
        ("Library('refs.bib')", "records are needed, not str ('refs.bib'); use refcite.load"),
        ("Library([ITEM])", "use Record.from_csl to convert a dictionary"),
        ("refcite.loads([ITEM], 'bibtex')", "is read from text; objects are read as 'csl-json'"),
        ("refcite.loads([{'@type': 'Book'}])", "have the form of JSON-LD"),
        ("refcite.loads(7)", "text, or objects of CSL-JSON, are read, not int (7)"),
        (
            "refcite.convert(BIB, to='ris', indnt=2)",
            "neither the reader of 'bibtex' nor the writer",
        ),
        ("refcite.convert(BIB, to='csl-json', indnt=2)", "did you mean 'indent'?"),
        ("LIBRARY.sorted('yaer')", "records are not sorted by 'yaer'"),
        # Values that are no records, and sources that are no text
        ("refcite.loads([ONE])", "use Library(records) to collect them, or dumps(records, 'ris')"),
        ("refcite.loads(LIBRARY)", "these are records already"),
        ("refcite.loads(io.StringIO(BIB))", "not an open file; use refcite.load"),
        ("refcite.loads('refs.bib')", "is the name of a file; use refcite.load"),
        ("refcite.convert([ONE, ITEM], to='ris')", "use Record.from_csl to convert a dictionary"),
        ("refcite.convert(ONE, to='ris', format='bibtex')", "records are not read as 'bibtex'"),
        ("refcite.convert(ONE, to='ris', day_first=True)", "no option 'day_first' to write"),
        ("refcite.dumps('a', 'ris')", "records are needed, not str ('a'); use refcite.load"),
        ("refcite.dumps([ITEM], 'ris')", "use Record.from_csl to convert a dictionary"),
        ("refcite.dumps(ITEM, 'csl-json')", "use Record.from_csl to convert a dictionary"),
        ("refcite.dumps(None, 'ris')", "records are needed, not NoneType (None)"),
        ("refcite.dumps(ONE, None)", "specified by its name, such as 'bibtex', not by NoneType"),
        ("refcite.dump('x.ris', ONE)", "pass the records first, as in dump(records, 'refs.bib')"),
        ("refcite.dump('x.ris', LIBRARY)", "pass the records first"),
        ("refcite.dump(ONE, io.BytesIO(), 'ris')", "a binary file; open it for text"),
        ("refcite.load({1})", "use refcite.load([a, b]) to read several"),
        ("refcite.load('https://example.org/a.bib')", "download it, or use refcite.lookup"),
        ("list(refcite.stream('https://example.org/a.bib'))", "or use refcite.lookup"),
        ("refcite.load(BIB)", "use refcite.loads to read text"),
        ("refcite.load(None)", "a path or an open file is read, not NoneType (None)"),
        ("refcite.bibliography([ITEM])", "use Record.from_csl"),
        ("refcite.bibliography(ITEM)", "use Record.from_csl"),
        ("refcite.bibliography('refs.bib')", "not str ('refs.bib'); use refcite.load"),
        ("refcite.bibliography(ONE, style=None)", "its id, path or XML, not by NoneType (None)"),
        ("refcite.Processor('apa').cite(7)", "records are needed, not int (7)"),
        ("refcite.Processor('apa').cite(ITEM)", "use Record.from_csl"),
        # Libraries
        ("LIBRARY.index('tow')", "no record has the id 'tow'; did you mean 'two'?"),
        ("LIBRARY.index(Record(id='x'))", "record 'x' is not in the library"),
        ("LIBRARY[ONE]", "by its id, or by its position, not by Record"),
        ("LIBRARY[None]", "not by NoneType (None)"),
        # Attributes
        ("Record(type='journalArticle')", "did you mean 'article-journal'?"),
        ("Record(type='inproceedings')", "did you mean 'paper-conference'?"),
        ("Record(tags='x')", "did you mean 'keyword'?"),
        (
            "Record(title='One', year=2014, pages='1', address='Rome')",
            "'year' (use 'issued'), 'pages' (use 'page') or 'address' (use 'publisher_place')",
        ),
        ("ONE.DOI", "Record has no attribute 'DOI'; did you mean 'doi'?"),
        ("ONE.year", "did you mean 'issued'?"),
        ("ONE.journal", "did you mean 'container_title'?"),
        ("ONE.authors", "did you mean 'author'?"),
        ("ONE.pages", "did you mean 'page'?"),
        ("ONE.to_dict()", "use record.to_csl()"),
        ("ONE.from_dict(ITEM)", "use Record.from_csl(item)"),
        ("ONE.get('title')", "read the attribute itself, as in record.title"),
        ("ONE.to_bibtex()", "use refcite.dumps(record, 'bibtex')"),
        ("LIBRARY.add(ONE)", "use library.append(record)"),
        ("LIBRARY.keys()", "use library.ids"),
        ("LIBRARY.sort()", "use library.sorted('issued')"),
        ("LIBRARY.sorted(['author', 'issued'])", "as in sorted('issued'), or by a function"),
        ("LIBRARY.filter('book')", "as in filter(lambda record: …), not by str ('book')"),
        ("LIBRARY.to_csl()", "use library.to_dicts()"),
        ("LIBRARY.to_ris()", "use refcite.dumps(library, 'ris')"),
        ("refcite.loads(BIB, to='bibtex')", "is the argument format="),
        ("refcite.loads(BIB, acessed='2020-01-02')", "did you mean 'accessed'?"),
        ("LIBRARY.to_dataframe()", "use pandas.DataFrame(library.to_dicts())"),
        ("LIBRARY.save('refs.bib')", "use refcite.dump(library, 'refs.bib')"),
        ("LIBRARY.lenght", "Library has no attribute 'lenght'"),
        # Names and dates
        ("Name('Ann Lee')", "use Name.parse('Ann Lee')"),
        ("Name.parse(7)", "Name.parse needs text, not int (7)"),
        ("Date(2020)", "use Date.of for a year"),
        ("Date('2020-03')", "use Date.parse for text"),
        ("Date(datetime.date(2020, 3, 1))", "use Date.from_date for a datetime.date"),
        # Names of formats and styles
        ("refcite.dumps(ONE, 'json')", "did you mean 'csl-json' or 'crossref' or"),
        ("refcite.dumps(ONE, 'yaml')", "did you mean 'csl-yaml' or"),
        ("refcite.dumps(ONE, 'endnote')", "did you mean 'endnote-xml' or 'refer'?"),
        ("refcite.bibliography(ONE, style='Chicago')", "did you mean 'chicago-author-date' or"),
        ("refcite.bibliography(ONE, style='harvard')", "did you mean 'harvard-cite-them-right' or"),
        ("refcite.bibliography(ONE, style='vancuver')", "did you mean 'vancouver-nlm' or"),
    ],
)
def test_a_wrong_guess_is_told_what_to_write(expression: str, said: str) -> None:
    with pytest.raises(RefciteError) as raised:
        _guess(expression)
    assert said in str(raised.value)


@pytest.mark.parametrize("name", ["read", "open", "read_file", "load_file", "parse_file"])
def test_a_verb_for_reading_a_file_leads_to_load(name: str) -> None:
    with pytest.raises(AttributeError, match=r"use refcite\.load\('refs\.bib'\)"):
        getattr(refcite, name)


def test_a_name_that_stands_elsewhere_is_found() -> None:
    for name, said in (
        ("search_styles", "it is refcite.csl.search_styles"),
        ("get_format", "it is refcite.formats.get_format"),
        ("Librari", "did you mean 'Library'"),
        ("read", r"use refcite\.load\("),
        ("parse", r"use refcite\.loads\("),
        ("cite", r"use refcite\.bibliography\("),
    ):
        with pytest.raises(AttributeError, match=said):
            getattr(refcite, name)


def test_a_position_that_is_not_there_is_an_index_error() -> None:
    with pytest.raises(IndexError, match="there is no record 7; the library has 2 records"):
        KNOWN["LIBRARY"][7]


def test_attributes_that_are_missing_are_missing_for_every_protocol() -> None:
    library: Library = KNOWN["LIBRARY"]
    for one in (ONE, library):
        assert not hasattr(one, "to_dict")
        assert not hasattr(one, "_repr_png_")
        assert getattr(one, "keys", None) is None
        assert copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(UnknownAttributeError) as raised:
        ONE.year  # type: ignore[attr-defined]  # noqa: B018 - the mistake that is tested
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


def test_every_part_of_a_name_is_kept() -> None:
    parts = {"family": "Gogh", "given": "Vincent", "dropping_particle": "de", "suffix": "Jr."}
    parts["non_dropping_particle"] = "van"
    name = Name(**parts, comma_suffix=True, static_ordering=True)
    assert attrs.asdict(name) == {
        **parts,
        "literal": None,
        "comma_suffix": True,
        "static_ordering": True,
    }
    assert set(inspect.signature(Name).parameters) == set(attrs.asdict(name))


def test_packages_list_their_public_names() -> None:
    for package in (refcite.csl, refcite.formats):
        assert dir(package) == sorted(package.__all__)


@pytest.mark.parametrize("name", [known.name for known in formats() if known.writes])
def test_records_without_an_id_are_written_as_those_of_a_library(name: str) -> None:
    records = [ONE.replace(id=id_, scale=None) for id_ in ("", "item-3", "", "one", "")]
    of_library = refcite.dumps(Library(records), name, problems=[])
    assert refcite.dumps(records, name, problems=[]) == of_library
    assert refcite.convert(iter(records), to=name, problems=[]) == of_library
    file = io.StringIO()
    refcite.dump(iter(records), file, name, problems=[])
    assert file.getvalue() == of_library


def test_importing_refcite_imports_little() -> None:
    asked = "import refcite, sys; print(sorted(name for name in sys.modules if 'refcite' in name))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "['refcite', 'refcite.hooks']"


# What is lost


def test_what_is_lost_is_a_warning_or_goes_to_the_caller_s_list(tmp_path: Path) -> None:
    path = tmp_path / "two.nbib"
    lost: list[Problem] = []
    text = refcite.dumps(TWO, "nbib", problems=lost)
    refcite.dump(TWO, path, problems=lost)
    assert refcite.convert(refcite.dumps(TWO, "csl-json"), to="nbib", problems=lost) == text
    scales = [problem for problem in lost if "cannot hold scale" in problem.message]
    assert [(problem.code, problem.key) for problem in scales] == [("not-carried", "two")] * 3
    with pytest.warns(RefciteWarning, match=r"cannot hold scale \(two\).*list as problems=") as met:
        assert refcite.dumps(TWO, "nbib") == text
    with pytest.warns(RefciteWarning, match=r"cannot hold scale \(two\)") as dumped:
        refcite.dump(TWO, path)
    with pytest.warns(RefciteWarning, match="cannot hold scale") as converted:
        refcite.convert([TWO.to_csl()], to="nbib")
    # The warning names the line that called.
    assert {str(one.filename) for one in (*met, *dumped, *converted)} == {__file__}
    assert path.read_text(encoding="utf-8") == text


def test_an_entry_that_was_not_read_is_lost_too() -> None:
    broken = '[{"id": "one", "type": "book"}, {"id": }]'
    with pytest.warns(RefciteWarning, match="not valid JSON"):
        refcite.convert(broken, to="csl-jsonl")
    met: list[Problem] = []
    refcite.convert(broken, to="csl-jsonl", problems=met)
    assert [problem.severity for problem in met] == ["error"]


def test_what_is_whole_warns_of_nothing() -> None:
    for name in ("bibtex", "ris", "csl-json", "csl-yaml"):
        refcite.dumps(ONE, name)


def test_a_doubt_about_an_item_is_a_warning_or_goes_to_the_caller_s_list() -> None:
    item = {**ITEM, "issued": {"raw": "01/02/2014"}}
    with pytest.warns(RefciteWarning, match="has two readings") as warned:
        Record.from_csl(item)
    assert warned[0].filename == __file__
    met: list[Problem] = []
    Record.from_csl(item, problems=met)
    assert [problem.code for problem in met] == ["ambiguous-date"]


# Objects


def test_what_data_frames_put_into_dictionaries_is_read() -> None:
    class Whole:
        def __index__(self) -> int:
            return 3

    nan = float("nan")
    item = {
        "id": 7,
        "type": "book",
        "title": "One",
        "volume": Whole(),
        "issue": nan,
        "note": None,
        "author": ({"family": "Doe", "given": None, "suffix": nan},),
        "issued": {"date-parts": [[2014, 3, None]], "circa": None},
        "accessed": datetime.datetime(2014, 3, 18, 12),
    }
    (record,) = refcite.loads([item])
    assert record == Record(
        id="7",
        type="book",
        title="One",
        volume="3",
        author=[Name(family="Doe")],
        issued="2014-03",
        accessed=datetime.date(2014, 3, 18),
    )
    assert "issue" not in record.to_csl()


def test_objects_and_records_share_nothing() -> None:
    item = json.loads('{"id": "one", "type": "book", "custom": {"shelf": ["B"]}, "volume": 3}')
    record = Record.from_csl(item)
    given = record.to_csl()
    assert given == item
    item["custom"]["shelf"].append("C")
    given["custom"]["shelf"].append("D")
    assert record.to_csl()["custom"] == {"shelf": ["B"]}


def test_objects_that_are_no_items_are_reported() -> None:
    deep: dict[str, Any] = {}
    deep["custom"] = deep
    wrong: list[Any] = [7, deep, {**ITEM, "id": "two", 3: "x"}]
    library = refcite.loads([ITEM, *wrong])
    assert library.ids == ("one", "two")
    assert [(problem.code, problem.message) for problem in library.problems] == [
        ("entry-not-object", "entry 2 must be an object, not 7"),
        ("too-deep", "entry 3 is nested too deeply"),
        ("wrong-kind", "a key must be a text, not 3"),
    ]
    with pytest.raises(refcite.problems.RecordValueError, match="nested too deeply"):
        Record.from_csl(deep)


# Files


def test_problems_name_their_file_in_a_library_made_of_several(tmp_path: Path) -> None:
    for name, text in (("one.bib", BIB), ("two.bib", f"% again\n{BIB}@book{{, title={{No}}}}\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    one, two = (refcite.load(tmp_path / name) for name in ("one.bib", "two.bib"))
    both = one + two
    assert {problem.file for problem in both.problems} == {str(tmp_path / "two.bib")}
    (again,) = [problem for problem in both.problems if problem.code == "duplicate-id"]
    assert (again.file, again.line) == (str(tmp_path / "two.bib"), 2)
    assert again.message == f"the id 'one' is also used in {tmp_path / 'one.bib'} (line 1)"
    streamed = [
        found for found in refcite.stream(tmp_path / "one.bib") if isinstance(found, Record)
    ]
    assert [record.origin and record.origin.file for record in streamed] == [
        str(tmp_path / "one.bib")
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("refs", b"no references", "in none of the known formats"),
        ("refs.json", b"\xff\xfe\x00", "declares UTF-16"),
    ],
)
def test_errors_name_their_file(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for read in (refcite.load, lambda path: list(refcite.stream(path))):
        with pytest.raises(RefciteError) as raised:
            read(path)
        assert str(raised.value).startswith(f"{path}: ")
        assert said in str(raised.value)
    with pytest.raises(RefciteError, match=r"^elsewhere: "):
        refcite.loads(data, file="elsewhere")


def test_an_open_file_of_text_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "refs.jsonl"
    refcite.dump(Library([ONE, TWO]), path)
    with path.open(encoding="utf-8") as file:
        assert list(refcite.stream(file)) == [ONE, TWO]


def test_an_option_of_reader_and_writer_is_the_writer_s() -> None:
    table = "id,type,title\none,book,One\n"
    assert refcite.convert(table, format="csv", to="csv", delimiter=";").startswith("id;type;title")
    assert refcite.convert(
        table.replace(",", ";"), format="csv", to="csl-jsonl", delimiter=";"
    ) == get_format("csl-jsonl").write([Record(id="one", type="book", title="One")])
