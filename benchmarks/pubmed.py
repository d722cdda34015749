"""Time PubMed's XML, compared with lxml's parsing of the same text.

Run it as `python -m benchmarks.pubmed [RECORDS] [--write FILE]`. The CPU time of both is measured
by turns, the best of several rounds, and the peak of the memory while a file is streamed. `--write`
only writes a file of records, which are the same each time.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from lxml import etree

from refcite import stream
from refcite.formats import get_format

FAMILIES = ("Alvarez", "Brontë", "van der Berg", "Curie", "Dvořák", "Eco", "Fanon", "Gödel")
GIVEN = ("Ana", "B C", "Dmitri", "Élise", "Farid", "Grace H", "Ines", "Jun")
WORDS = (
    *("artery", "biopsy", "cell", "dose", "enzyme", "fever", "gene", "heart"),
    *("immune", "joint", "kidney", "liver"),
)
ROUNDS = 12
TIMES = 3
"""Parsings that are timed together, so that both times are about equal on a busy machine."""


def record(number: int, chance: random.Random) -> str:
    """Return a record of the elements that those of the baseline have on average."""

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))

    year, start = chance.randint(1990, 2024), chance.randint(1, 900)
    authors = "".join(
        f'<Author ValidYN="Y"><LastName>{chance.choice(FAMILIES)}</LastName>'
        f"<ForeName>{chance.choice(GIVEN)}</ForeName><Initials>A</Initials>"
        f"<AffiliationInfo><Affiliation>{words(8, 16)}.</Affiliation></AffiliationInfo></Author>"
        for _ in range(chance.randint(2, 8))
    )
    headings = "".join(
        f'<MeshHeading><DescriptorName UI="D{place:06}" MajorTopicYN="N">{words(1, 2)}'
        f'</DescriptorName><QualifierName UI="Q1" MajorTopicYN="Y">{words(1, 1)}</QualifierName>'
        "</MeshHeading>"
        for place in range(chance.randint(6, 14))
    )
    references = "".join(
        f"<Reference><Citation>{words(12, 20)}.</Citation><ArticleIdList>"
        f'<ArticleId IdType="pubmed">{chance.randint(1, 10**7)}</ArticleId></ArticleIdList>'
        "</Reference>"
        for _ in range(chance.choice((0, 0, 10, 30)))
    )
    abstract = "".join(
        f'<AbstractText Label="{label}">{words(30, 60)}.</AbstractText>'
        for label in ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
    )
    day = f"<Year>{year}</Year><Month>{chance.randint(1, 12):02}</Month><Day>07</Day>"
    history = "".join(
        f'<PubMedPubDate PubStatus="{status}">{day}<Hour>6</Hour><Minute>0</Minute></PubMedPubDate>'
        for status in ("received", "accepted", "entrez", "pubmed", "medline")
    )
    return f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">{number}</PMID><DateCompleted>{day}</DateCompleted>
<DateRevised>{day}</DateRevised>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">0028-0836</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>{chance.randint(1, 99)}</Volume><Issue>3</Issue>
<PubDate><Year>{year}</Year><Month>Jan</Month></PubDate></JournalIssue>
<Title>Journal of {words(1, 3)}</Title><ISOAbbreviation>J {words(1, 2)}</ISOAbbreviation></Journal>
<ArticleTitle>{words(6, 14).capitalize()} in <i>E. coli</i>.</ArticleTitle>
<Pagination><StartPage>{start}</StartPage><EndPage>{start + 9}</EndPage>
<MedlinePgn>{start}-{start + 9}</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/x.{number}</ELocationID>
<Abstract>{abstract}</Abstract><AuthorList CompleteYN="Y">{authors}</AuthorList>
<Language>eng</Language><PublicationTypeList>
<PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>
<MedlineJournalInfo><Country>England</Country><MedlineTA>J {words(1, 2)}</MedlineTA>
<NlmUniqueID>0410462</NlmUniqueID><ISSNLinking>0028-0836</ISSNLinking></MedlineJournalInfo>
<CitationSubset>IM</CitationSubset><MeshHeadingList>{headings}</MeshHeadingList></MedlineCitation>
<PubmedData><History>{history}</History><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">{number}</ArticleId>
<ArticleId IdType="doi">10.1000/x.{number}</ArticleId></ArticleIdList>
<ReferenceList>{references}</ReferenceList></PubmedData></PubmedArticle>
"""


def pieces(count: int, seed: int = 1) -> Iterator[str]:
    """Yield a file of so many records in pieces, the same each time."""
    chance = random.Random(seed)
    yield '<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n'
    for number in range(1, count + 1):
        root = etree.fromstring(record(number, chance), etree.XMLParser(remove_blank_text=True))
        etree.indent(root)  # as in the files of the baseline
        yield etree.tostring(root, encoding="unicode") + "\n"
    yield "</PubmedArticleSet>\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time PubMed's XML against lxml's parsing.")
    parser.add_argument("records", nargs="?", type=int, default=500)
    parser.add_argument("--write", type=Path, metavar="FILE", help="only write a file")
    given = parser.parse_args()
    if given.write:
        with given.write.open("w", encoding="utf-8") as file:
            file.writelines(pieces(given.records))
        return
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "pubmed.xml")
        with path.open("w", encoding="utf-8") as file:
            file.writelines(pieces(given.records))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        count = sum(1 for _ in stream(path))
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _time(path.read_text(encoding="utf-8"), count)
    print(f"streaming adds {(after - before) / 1024:.0f} MB to the peak of memory")


def _time(text: str, count: int) -> None:
    data = text.encode()
    reader = get_format("pubmed-xml")
    parsing = reading = float("inf")
    for _ in range(ROUNDS):
        parsing = min(parsing, _spent(partial(_parse, data)) / TIMES)
        reading = min(reading, _spent(lambda: reader.read(text)))
    size = len(data) / 1e6
    print(f"{count} records, {size:.1f} MB")
    for name, seconds in (("lxml", parsing), ("refcite", reading)):
        print(f"{name:<8} {seconds:.2f} s  {size / seconds:6.1f} MB/s")
    print(f"refcite takes {reading / parsing:.2f} times lxml's parsing")


def _parse(data: bytes) -> None:
    for _ in range(TIMES):
        etree.fromstring(data)


def _spent(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    main()
