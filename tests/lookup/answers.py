"""Answers in the shape that the services document, about works that do not exist."""

from __future__ import annotations

from typing import Any

DOI = "10.5555/lamp.1"

CONTENT_NEGOTIATION: dict[str, Any] = {
    "indexed": {"date-parts": [[2024, 1, 2]], "timestamp": 1704153600000},
    "reference-count": 2,
    "publisher": "Lantern Society",
    "issue": "4",
    "license": [
        {"URL": "https://lantern.example/tdm", "content-version": "tdm"},
        {"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor"},
    ],
    "content-domain": {"domain": [], "crossmark-restriction": False},
    "published-print": {"date-parts": [[2021, 5]]},
    "DOI": "10.5555/LAMP.1",
    "type": "journal-article",
    "created": {"date-parts": [[2021, 4, 1]]},
    "page": "12-34",
    "source": "Crossref",
    "title": "Growth of <em>E. coli</em>\n   &amp; friends",
    "subtitle": ["A study"],
    "prefix": "10.5555",
    "volume": "7",
    "author": [
        {"given": "Ada", "family": "Ferran", "sequence": "first", "affiliation": []},
        {"name": "Lantern Working Group", "sequence": "additional"},
        {"given": "Jo", "family": "van Dijk", "suffix": "Jr.", "ORCID": "https://orcid.example/0"},
    ],
    "member": "99",
    "reference": [{"key": "r1", "doi-asserted-by": "publisher", "DOI": "10.5555/other"}],
    "container-title": "Journal of Lamps",
    "short-container-title": ["J. Lamps"],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>",
    "language": "en",
    "deposited": {"date-parts": [[2021, 4, 1]]},
    "score": 1,
    "issued": {"date-parts": [[2021, 4, 1]]},
    "URL": "http://dx.doi.org/10.5555/lamp.1",
    "ISSN": ["0378-5955", "1234-5679"],
    "subject": ["Lamps", "Bacteria"],
    "update-to": [],
    "updated-by": [{"type": "retraction", "label": "Retraction", "DOI": "10.5555/notice"}],
}

CROSSREF: dict[str, Any] = {
    "status": "ok",
    "message-type": "work",
    "message-version": "1.0.0",
    "message": {
        "DOI": "10.5555/chapter",
        "type": "book-chapter",
        "title": ["How Lamps Burn"],
        "subtitle": [],
        "container-title": ["Lecture Notes in Light", "Handbook of Lamps"],
        "author": [{"given": "Ada", "family": "Ferran"}],
        "editor": [{"given": "Bo", "family": "Quist"}],
        "issued": {"date-parts": [[2019]]},
        "publisher": "Lantern Press",
        "publisher-location": "Oslo",
        "ISBN": ["http://id.crossref.org/isbn/9780306406157"],
        "page": "1-9",
        "event": {
            "name": "Lamp Days",
            "location": "Oslo",
            "start": {"date-parts": [[2019, 5, 1]]},
            "end": {"date-parts": [[2019, 5, 3]]},
        },
    },
}

PREPRINT: dict[str, Any] = {
    "DOI": "10.5555/pre",
    "type": "posted-content",
    "subtype": "preprint",
    "title": ["Lamps first"],
    "publisher": "Large Laboratory",
    "institution": [{"name": "lampRxiv"}],
    "issued": {"date-parts": [[2022, 2]]},
    "author": [{"given": "Ada", "family": "Ferran"}],
}

DATACITE: dict[str, Any] = {
    "data": {
        "id": "10.5555/data",
        "type": "dois",
        "attributes": {
            "doi": "10.5555/data",
            "creators": [
                {
                    "name": "Ferran, Ada",
                    "nameType": "Personal",
                    "givenName": "Ada",
                    "familyName": "Ferran",
                },
                {"name": "Freedom House", "nameType": "Organizational"},
                {"name": "Quist, Bo", "nameType": "Personal"},
                {"name": "Nobody Told"},
            ],
            "titles": [
                {"title": "Lamps, counted", "lang": "en"},
                {"title": "1990 to 2000", "titleType": "Subtitle"},
            ],
            "publisher": {"name": "Lamp Repository"},
            "container": {"type": "DataRepository", "title": "Community of lamps"},
            "publicationYear": 2020,
            "subjects": [{"subject": "Lamps"}, {"subject": "Light"}],
            "contributors": [
                {"name": "Edi, Tor", "nameType": "Personal", "contributorType": "Editor"},
                {"name": "Host", "contributorType": "HostingInstitution"},
            ],
            "dates": [
                {"date": "2020-04-23", "dateType": "Issued"},
                {"date": "2020", "dateType": "Created"},
            ],
            "language": "en",
            "types": {
                "citeproc": "dataset",
                "resourceTypeGeneral": "Dataset",
                "resourceType": "Table",
            },
            "version": "2.1",
            "rightsList": [{"rights": "CC BY 4.0", "rightsUri": "https://lantern.example/by"}],
            "descriptions": [
                {"description": "How it was made", "descriptionType": "Methods"},
                {"description": "Lamps<br>and light", "descriptionType": "Abstract"},
            ],
            "url": "https://lantern.example/data",
            "state": "findable",
        },
    }
}

ARXIV = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: id_list=2101.12345v2</title>
  <entry>
    <id>http://arxiv.org/abs/2101.12345v2</id>
    <updated>2021-03-05T10:00:00Z</updated>
    <published>2021-01-29T10:00:00Z</published>
    <title>Lamps in
  the limit</title>
    <summary>  We count
lamps &amp; lights.
</summary>
    <author><name>Ada Ferran</name></author>
    <author><name>Ludwig van Lampen</name></author>
    <author><name>LAMP Collaboration</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.5555/lamp.9</arxiv:doi>
    <arxiv:journal_ref xmlns:arxiv="http://arxiv.org/schemas/atom">J. Lamps 9</arxiv:journal_ref>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="math.CO" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
</feed>
"""

ARXIV_NONE = '<feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title></feed>'

ARXIV_ERROR = """<feed xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title>
<summary>incorrect id format</summary></entry></feed>"""

PUBMED: dict[str, Any] = {
    "source": "PubMed",
    "accessed": {"date-parts": [[2024, 1, 1]]},
    "id": "pmid:31209238",
    "title": "Lamps in medicine",
    "author": [{"family": "Ferran", "given": "Ada M"}],
    "container-title-short": "J Lamps",
    "container-title": "Journal of lamps",
    "publisher-place": "Norway",
    "ISSN": "0378-5955",
    "issued": {"date-parts": [[2019, 6, 18]]},
    "page": "100-7",
    "volume": "3",
    "issue": "2",
    "PMID": "31209238",
    "PMCID": "PMC6613236",
    "DOI": "10.5555/med",
    "type": "article-journal",
}

OPEN_LIBRARY: dict[str, Any] = {
    "ISBN:9780306406157": {
        "url": "https://openlibrary.example/books/OL1M/Lamps",
        "key": "/books/OL1M",
        "title": "Lamps",
        "subtitle": "a history",
        "authors": [
            {"url": "https://openlibrary.example/authors/OL1A", "name": "Ada Ferran"},
            {"name": "World Lamp Organization"},
        ],
        "number_of_pages": 312,
        "identifiers": {"isbn_13": ["9780306406157"], "openlibrary": ["OL1M"]},
        "publishers": [{"name": "Lantern Press"}],
        "publish_places": [{"name": "Oslo"}],
        "publish_date": "March 2004",
        "subjects": [{"name": "Lamps", "url": "https://openlibrary.example/subjects/lamps"}],
    }
}

GOOGLE_BOOKS: dict[str, Any] = {
    "kind": "books#volumes",
    "totalItems": 2,
    "items": [
        {"volumeInfo": {"title": "Another", "industryIdentifiers": []}},
        {
            "volumeInfo": {
                "title": "Lamps",
                "subtitle": "A history",
                "authors": ["Ada Ferran"],
                "publisher": "Lantern Press",
                "publishedDate": "2004-03",
                "description": "About lamps.",
                "industryIdentifiers": [{"type": "ISBN_10", "identifier": "0306406152"}],
                "pageCount": 312,
                "categories": ["History"],
                "language": "en",
            }
        },
    ],
}

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lamps at night</title>
<meta name="citation_title" content="Lamps at night">
<meta name="citation_author" content="Ferran, Ada">
<meta name="citation_publication_date" content="2018/03/04">
</head><body><p>Lamps.</p></body></html>"""
