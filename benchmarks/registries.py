"""Time the lines of registries (Crossref, DataCite, OpenAlex) to the lines of CSL-JSON.

Run it as `python -m benchmarks.registries [RECORDS]`. The time is CPU time, and the ratio is that
to `json.loads` and `json.dumps` of the same lines, measured by turns. The records are generated;
their parts have the sizes and the kinds of real ones.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from refcite.formats import get_format
from refcite.record import Record

ROUNDS = 5
RECORDS = 2_000
_WORDS = """
    analysis model effect study control method data system response evidence growth structure
    population theory network learning treatment risk policy cell protein energy surface climate
    and of in the with for from under on an
"""
_FAMILIES = "Rivera Okafor Lindqvist Haddad Moreau Tanaka Novak Byrne Costa Weiss Iyer Kowalski"
_GIVEN = "Ana B. Chen Dmitri Esi Farid Greta H. J. Ines Jun Kofi Lena"
WORDS, FAMILIES, GIVEN = _WORDS.split(), _FAMILIES.split(), _GIVEN.split()


def crossref(count: int) -> Iterator[str]:
    """Yield lines of Crossref's public data file."""
    chance = random.Random(1)
    for number in range(count):
        yield json.dumps(_of_crossref(chance, number), ensure_ascii=False)


def _of_crossref(chance: random.Random, number: int) -> dict[str, Any]:
    doi = f"10.5555/{chance.choice('abcdef')}.{number}"
    year = chance.randrange(1980, 2025)
    date = {"date-parts": [[year, chance.randrange(1, 13)]]}
    stamp = {"date-parts": [[2024, 3, 4]], "date-time": "2024-03-04T10:20:30Z", "timestamp": 1}
    work: dict[str, Any] = {
        "indexed": stamp,
        "reference-count": 30,
        "publisher": "Synthetic University Press",
        "issue": str(chance.randrange(1, 12)),
        "license": [
            {"start": stamp, "content-version": "tdm", "delay-in-days": 0, "URL": "https://x.test/tdm"},
            {"start": stamp, "content-version": "vor", "delay-in-days": 0, "URL": "https://x.test/by"},
        ],
        "funder": [{"DOI": "10.13039/1", "name": "Fund", "award": ["7"]}],
        "content-domain": {"domain": ["x.test"], "crossmark-restriction": True},
        "short-container-title": ["J. Synth. Stud."],
        "published-print": date,
        "DOI": doi,
        "type": "journal-article",
        "created": stamp,
        "page": f"{number % 900}-{number % 900 + 11}",
        "source": "Crossref",
        "is-referenced-by-count": chance.randrange(100),
        "title": [_words(chance, 11) + chance.choice(["", " of <i>E. coli</i>", " &amp; more"])],
        "prefix": "10.5555",
        "volume": str(chance.randrange(1, 90)),
        "author": [
            {"given": given, "family": family, "sequence": "first" if not place else "additional",
             "affiliation": [{"name": "Department of Synthesis, University of Examples"}]
             if chance.random() < 0.3 else []}
            for place, (given, family) in enumerate(_people(chance))
        ],
        "member": "99",
        "container-title": ["Journal of Synthetic Studies"],
        "link": [{"URL": f"https://x.test/{number}.pdf", "content-type": "application/pdf",
                  "content-version": "vor", "intended-application": "text-mining"}],
        "deposited": stamp,
        "score": 1,
        "resource": {"primary": {"URL": f"https://x.test/article/{number}"}},
        "subtitle": [],
        "issued": date,
        "references-count": 30,
        "journal-issue": {"issue": "4", "published-print": date},
        "alternative-id": [str(number)],
        "URL": f"http://dx.doi.org/{doi}",
        "relation": {},
        "ISSN": ["0378-5955", "1234-5679"],
        "issn-type": [{"value": "0378-5955", "type": "print"}],
        "subject": ["Synthesis", "General Studies"],
        "published": date,
    }  # fmt: skip
    if chance.random() < 0.5:
        work["abstract"] = (
            f"<jats:title>Abstract</jats:title><jats:p>{_words(chance, 180)}.</jats:p>"
        )
    if chance.random() < 0.6:
        work["reference"] = [
            {"key": f"r{place}", "doi-asserted-by": "publisher", "DOI": f"10.5555/r.{place}",
             "author": chance.choice(FAMILIES), "year": "2001", "volume": "4", "first-page": "17",
             "journal-title": "J Synth Stud"}
            for place in range(chance.randrange(5, 60))
        ]  # fmt: skip
    return work


def datacite(count: int) -> Iterator[str]:
    """Yield lines of DataCite's metadata."""
    chance = random.Random(2)
    for number in range(count):
        yield json.dumps(_of_datacite(chance, number), ensure_ascii=False)


def _of_datacite(chance: random.Random, number: int) -> dict[str, Any]:
    year = chance.randrange(2005, 2025)
    attributes = {
        "doi": f"10.5555/d.{number}",
        "prefix": "10.5555",
        "suffix": f"d.{number}",
        "identifiers": [],
        "alternateIdentifiers": [],
        "creators": [
            {"name": f"{family}, {given}", "nameType": "Personal", "givenName": given,
             "familyName": family, "affiliation": ["University of Examples"] * (place % 2),
             "nameIdentifiers": [{"schemeUri": "https://orcid.org", "nameIdentifier":
                                  "https://orcid.org/0000-0002-1825-0097",
                                  "nameIdentifierScheme": "ORCID"}] * (place % 2)}
            for place, (given, family) in enumerate(_people(chance))
        ],
        "titles": [{"title": _words(chance, 12)}],
        "publisher": "Example Repository",
        "container": {},
        "publicationYear": year,
        "subjects": [{"subject": word} for word in chance.sample(WORDS, 4)],
        "contributors": [],
        "dates": [{"date": f"{year}-03-04", "dateType": "Issued"},
                  {"date": f"{year}-02-01", "dateType": "Created"}],
        "language": "en",
        "types": {"ris": "DATA", "bibtex": "misc", "citeproc": "dataset", "schemaOrg": "Dataset",
                  "resourceType": "Table", "resourceTypeGeneral": "Dataset"},
        "relatedIdentifiers": [
            {"relationType": "IsSupplementTo", "relatedIdentifier": f"10.5555/p.{number}",
             "relatedIdentifierType": "DOI"}] * chance.randrange(4),
        "relatedItems": [],
        "sizes": ["12 MB"],
        "formats": ["text/csv"],
        "version": "1.0",
        "rightsList": [{"rights": "Creative Commons Attribution 4.0", "rightsUri":
                        "https://creativecommons.org/licenses/by/4.0/legalcode",
                        "schemeUri": "https://spdx.org/licenses/", "rightsIdentifier": "cc-by-4.0",
                        "rightsIdentifierScheme": "SPDX"}],
        "descriptions": [{"description": _words(chance, 150), "descriptionType": "Abstract"}],
        "geoLocations": [],
        "fundingReferences": [],
        "url": f"https://repository.test/{number}",
        "contentUrl": None,
        "metadataVersion": 2,
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "source": "api",
        "isActive": True,
        "state": "findable",
        "viewCount": 0,
        "created": "2024-03-04T10:20:30Z",
        "updated": "2024-03-04T10:20:30Z",
    }  # fmt: skip
    links = {"client": {"data": {"id": "x.test", "type": "clients"}}}
    return {"id": f"10.5555/d.{number}", "type": "dois", "attributes": attributes,
            "relationships": links}  # fmt: skip


def openalex(count: int) -> Iterator[str]:
    """Yield lines of OpenAlex's snapshot."""
    chance = random.Random(3)
    for number in range(count):
        yield json.dumps(_of_openalex(chance, number), ensure_ascii=False)


def _of_openalex(chance: random.Random, number: int) -> dict[str, Any]:
    doi = f"https://doi.org/10.5555/o.{number}"
    source = {"id": f"https://openalex.org/S{number % 50}", "display_name": "Synthetic Letters",
              "issn_l": "0378-5955", "issn": ["0378-5955", "1234-5679"], "is_oa": False,
              "is_in_doaj": False, "host_organization": "https://openalex.org/P1",
              "host_organization_name": "Synthetic Press", "type": "journal"}  # fmt: skip
    location = {"is_oa": True, "landing_page_url": doi, "pdf_url": None, "source": source,
                "license": "cc-by", "version": "publishedVersion"}  # fmt: skip
    topic = {"id": "https://openalex.org/T1", "display_name": "Synthesis", "score": 0.9,
             "subfield": {"id": "https://openalex.org/subfields/1", "display_name": "Studies"},
             "field": {"id": "https://openalex.org/fields/1", "display_name": "Lamps"}}  # fmt: skip
    abstract: dict[str, list[int]] = {}
    for place, word in enumerate(_words(chance, 160).split()):
        abstract.setdefault(f"{word}{place // 3}", []).append(place)
    year = chance.randrange(1990, 2025)
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": doi,
        "title": _words(chance, 11),
        "display_name": _words(chance, 11),
        "publication_year": year,
        "publication_date": f"{year}-0{chance.randrange(1, 10)}-11",
        "ids": {"openalex": f"https://openalex.org/W{number}", "doi": doi, "mag": str(number)},
        "language": "en",
        "primary_location": location,
        "type": "article",
        "type_crossref": "journal-article",
        "indexed_in": ["crossref"],
        "open_access": {"is_oa": True, "oa_status": "gold", "oa_url": doi},
        "authorships": [
            {"author_position": "middle",
             "author": {"id": f"https://openalex.org/A{place}", "display_name": f"{given} {family}",
                        "orcid": None},
             "institutions": [{"id": "https://openalex.org/I1", "display_name": "Univ. of Examples",
                               "ror": "https://ror.org/0", "country_code": "NO", "type": "edu",
                               "lineage": ["https://openalex.org/I1"]}],
             "countries": ["NO"], "is_corresponding": False, "raw_author_name": f"{given} {family}",
             "raw_affiliation_strings": ["Univ. of Examples, Oslo, Norway"]}
            for place, (given, family) in enumerate(_people(chance))
        ],
        "biblio": {"volume": "7", "issue": "2", "first_page": "11", "last_page": "19"},
        "is_retracted": False,
        "is_paratext": False,
        "cited_by_count": chance.randrange(90),
        "primary_topic": topic,
        "topics": [topic] * 3,
        "keywords": [{"id": "https://openalex.org/keywords/x", "display_name": word, "score": 0.5}
                     for word in chance.sample(WORDS, 4)],
        "concepts": [{"id": f"https://openalex.org/C{place}", "wikidata": "https://x.test/Q1",
                      "display_name": "Concept", "level": 1, "score": 0.4} for place in range(12)],
        "mesh": [],
        "locations_count": 2,
        "locations": [location] * 2,
        "best_oa_location": location,
        "grants": [],
        "referenced_works": [f"https://openalex.org/W{place}" for place in range(25)],
        "related_works": [f"https://openalex.org/W{place}" for place in range(10)],
        "abstract_inverted_index": abstract if chance.random() < 0.6 else None,
        "counts_by_year": [{"year": 2020 + place, "cited_by_count": place} for place in range(5)],
        "updated_date": "2024-03-04T10:20:30.123456",
        "created_date": "2016-06-24",
    }  # fmt: skip


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count)).capitalize()


def _people(chance: random.Random) -> list[tuple[str, str]]:
    count = min(1 + int(chance.expovariate(0.25)), 40)
    return [(chance.choice(GIVEN), chance.choice(FAMILIES)) for _ in range(count)]


def convert(format_: str, text: str) -> int:
    """Convert lines to lines of CSL-JSON, and return their length."""
    found = get_format(format_).read_stream(text[place : place + 65_536] for place in
                                             range(0, len(text), 65_536))  # fmt: skip
    records = (one for one in found if isinstance(one, Record))
    return sum(map(len, get_format("csl-jsonl").write_stream(records)))


def parse(text: str) -> int:
    """Parse lines and write them again."""
    return sum(len(json.dumps(json.loads(line))) for line in text.split("\n"))


def _seconds(function: Callable[..., int], *arguments: str) -> float:
    start = time.process_time()
    function(*arguments)
    return time.process_time() - start


def main() -> None:
    count = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else RECORDS
    for format_, lines in (("crossref", crossref), ("datacite", datacite), ("openalex", openalex)):
        text = "\n".join(lines(count))
        ours, base = [], []
        for _ in range(ROUNDS):
            ours.append(_seconds(convert, format_, text))
            base.append(_seconds(parse, text))
        print(
            f"{format_:<9} {count:>9,} records {len(text) / count:>6,.0f} characters each"
            f" {count / min(ours):>7,.0f} records/s {min(ours) / min(base):>5.2f} times json"
        )


if __name__ == "__main__":
    main()
