"""What is printed reads back as it was, for any record of the classic shape."""

from __future__ import annotations

import datetime

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from refcite import Date, Record
from refcite.formats.refworld import read
from refcite.formats.refworld.kinds import CSL_TYPES
from refcite.formats.refworld.publishers import known_publishers

PUBLISHERS = sorted(
    name for name in known_publishers().codes.values() if "National Legislative" not in name
)
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéèçßøžあب", min_size=1, max_size=9)
WORDS = LETTERS.map(str.capitalize) | LETTERS
BRACKETED = WORDS.map(lambda word: f"[{word}]") | WORDS.map(lambda word: f"({word})")
QUOTED = WORDS.map(lambda word: f'"{word}"') | WORDS.map(lambda word: f"{word}'s")
COMMAS = WORDS.map(lambda word: f"{word},")
TITLES = st.builds(
    lambda words, last: " ".join([*words, last]),
    st.lists(WORDS | BRACKETED | QUOTED | COMMAS, max_size=12),
    WORDS | BRACKETED,
)
DATES: st.SearchStrategy[Date] = st.one_of(
    st.dates(min_value=datetime.date(1000, 1, 1)).map(
        lambda day: Date.of(day.year, day.month, day.day)
    ),
    st.builds(Date.of, st.integers(1900, 2030), st.integers(1, 12)),
    st.builds(Date.of, st.integers(1900, 2030)),
)
SYMBOLS = st.none() | st.from_regex(
    r"[A-Z]{3}\d{4,6}(\.[A-Z]{1,2})?|[A-Z]{1,4}(/[A-Z0-9]{1,5}){1,3}|\d{1,3} [A-Z] \([IVX]{1,3}\)",
    fullmatch=True,
)
DOCIDS = st.from_regex(r"[0-9a-f]{9,10}", fullmatch=True)


@st.composite
def records(draw: st.DrawFn) -> Record:
    return Record(
        type="report",
        publisher=draw(st.sampled_from(PUBLISHERS)),
        title=draw(TITLES),
        issued=draw(DATES),
        number=draw(SYMBOLS),
        url=draw(st.none() | DOCIDS.map("https://www.refworld.org/docid/{}.html".format)),
        accessed=Date.of(2023, 6, 6),
    )


@settings(max_examples=150, deadline=None)
@given(records())
def test_what_is_printed_reads_back(record: Record) -> None:
    # A title may begin with a name that could be a second publisher's; that is another test.
    assume(known_publishers().find((record.title or "").split(",")[0]) is None)
    text = record.cite_as()
    library = read(text)
    (found,) = library
    for attribute in ("publisher", "title", "issued", "number", "url", "accessed"):
        assert getattr(found, attribute) == getattr(record, attribute)
    assert not [problem for problem in library.problems if problem.code != "guessed-type"]
    # Courts and parliaments lead otherwise than publishers do; all else is printed as it was.
    if found.type in {"report", "article-newspaper", "treaty"}:
        assert found.cite_as() == text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300) | st.lists(TITLES | st.just("Cite as"), max_size=5).map("\n".join))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    library = read(text)
    assert len(library) > 0 or library.has_errors
    assert {record.type for record in library} <= {type_ for type_, _ in CSL_TYPES.values()}


ENDS = st.lists(
    st.sampled_from(
        [
            "available at:",
            "https://www.refworld.org/docid/3ae6b3712c.html",
            "http://example.org/a_b/",
            "www.refworld.org",
            "[French]",
            "(in Arabic)",
            "[accessed 6 June 2023]",
            "[accessed",
            "accessed 6 June 2023",
            "6 June 2023]",
            "para. 5",
            "and",
            "5 May 2004",
            "X/1/2",
            ",",
            ";",
            "]",
            "(",
        ]
    ),
    max_size=9,
)


@settings(max_examples=300, deadline=None)
@given(ENDS, st.sampled_from([" ", "\n", ", "]))
def test_an_address_is_only_ever_an_address(end: list[str], joint: str) -> None:
    for record in read(f"Freedom House, A Title, 5 May 2001, {joint.join(end)}"):
        assert "://" not in f"{record.number} {record.title} {record.publisher}"
        assert record.url is None or not set(' []<>"').intersection(record.url)
