"""Works of registries in their own forms, about works that do not exist."""

# ruff: noqa: E501 - the lines of XML

from __future__ import annotations

from typing import Any

ARTICLE: dict[str, Any] = {
    "indexed": {"date-parts": [[2024, 3, 4]], "timestamp": 1},
    "reference-count": 1,
    "reference": [{"key": "r1", "DOI": "10.5555/cited"}],
    "publisher": "Lantern Society",
    "DOI": "10.5555/lamp.1",
    "type": "journal-article",
    "title": [
        "Growth of <i>E. coli</i> in H<sub>2</sub>O &amp;amp; on"
        ' <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:msup><mml:mi>x</mml:mi>'
        "<mml:mn>2</mml:mn></mml:msup></mml:math>"
    ],
    "subtitle": ["A study"],
    "original-title": ["Wachstum"],
    "author": [
        {
            "given": "Ada",
            "family": "Ferran",
            "sequence": "first",
            "ORCID": "https://orcid.org/0000-0002-1825-0097",
            "affiliation": [{"name": "University of Lamps"}],
        },
        {"given": "Jo", "family": "van Dijk", "suffix": "Jr.", "affiliation": []},
        {"name": "Lantern Group", "sequence": "additional"},
    ],
    "container-title": ["Journal of Lamps"],
    "short-container-title": ["J. Lamps"],
    "volume": "7",
    "issue": "4",
    "page": "12-34",
    "article-number": "e12",
    "issued": {"date-parts": [[2021, 4, 1]]},
    "published-online": {"date-parts": [[2021, 4, 1]]},
    "published-print": {"date-parts": [[2021, 5]]},
    "published": {"date-parts": [[2021, 4, 1]]},
    "URL": "https://doi.org/10.5555/lamp.1",
    "resource": {"primary": {"URL": "https://lantern.example/1"}},
    "ISSN": ["0378-5955", "1234-5679"],
    "abstract": (
        '<jats:title>Abstract</jats:title><jats:sec id="s1"><jats:title>Aim</jats:title>'
        "<jats:p>One <jats:italic>two</jats:italic>, p &lt; 0.05.</jats:p></jats:sec>"
        "<jats:p>Three.</jats:p>"
    ),
    "subject": ["Lamps", "Bacteria"],
    "language": "en",
    "license": [
        {"URL": "https://lantern.example/tdm", "content-version": "tdm"},
        {"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor"},
    ],
    "funder": [{"name": "Lamp Fund", "award": ["7"]}],
    "link": [{"URL": "https://lantern.example/1.pdf", "content-type": "application/pdf"}],
    "score": 1.5,
}

KINDS_OF_CROSSREF: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {
            "type": "book-chapter",
            "container-title": ["Lecture Notes in Light", "Handbook of Lamps"],
            "ISBN": ["http://id.crossref.org/isbn/9780306406157"],
            "event": {
                "name": "Lamp Days",
                "location": "Oslo",
                "start": {"date-parts": [[2019, 5, 1]]},
                "end": {"date-parts": [[2019, 5, 3]]},
            },
        },
        {
            "type": "chapter",
            "collection_title": "Lecture Notes in Light",
            "container_title": "Handbook of Lamps",
            "isbn": "9780306406157",
            "event_title": "Lamp Days",
            "event_place": "Oslo",
        },
    ),
    (
        {"type": "monograph", "container-title": ["Lamp Studies"], "edition-number": "2"},
        {"type": "book", "collection_title": "Lamp Studies", "edition": "2"},
    ),
    (
        {
            "type": "dissertation",
            "publisher": "Repository",
            "institution": [{"name": "University of Lamps", "place": ["Oslo"]}],
            "degree": ["PhD"],
            "approved": {"date-parts": [[2018, 7]]},
        },
        {
            "type": "thesis",
            "publisher": "University of Lamps",
            "publisher_place": "Oslo",
            "genre": "PhD",
        },
    ),
    (
        {
            "type": "posted-content",
            "subtype": "preprint",
            "publisher": "Large Laboratory",
            "group-title": "Optics",
            "institution": [{"name": "lampRxiv"}],
            "posted": {"date-parts": [[2022, 2, 3]]},
        },
        {"type": "article", "genre": "Preprint", "publisher": "lampRxiv"},
    ),
    (
        {"type": "report", "publisher": "Lamp Office", "report-number": "TR-7"},
        {"type": "report", "publisher": "Lamp Office", "number": "TR-7"},
    ),
    (
        {"type": "standard", "standards-body": {"name": "Lamp Standards", "acronym": "LS"}},
        {"type": "standard", "authority": "Lamp Standards"},
    ),
    (
        {"type": "peer-review", "review": {"type": "referee-report", "stage": "pre-publication"}},
        {"type": "review", "genre": "Referee report"},
    ),
    (
        {"type": "dataset", "container-title": ["Lamp Database"]},
        {"type": "dataset", "container_title": "Lamp Database"},
    ),
    ({"type": "reference-entry", "container-title": ["Lamp Lexicon"]}, {"type": "entry"}),
    (
        {"type": "journal-article", "container-title": ["SSRN Electronic Journal"]},
        {"type": "article", "publisher": "SSRN"},
    ),
]
"""Works of Crossref, each with the values of its record."""

DATASET: dict[str, Any] = {
    "id": "https://doi.org/10.5555/data",
    "doi": "10.5555/data",
    "url": "https://lantern.example/data",
    "types": {
        "ris": "DATA",
        "citeproc": "dataset",
        "resourceType": "Table",
        "resourceTypeGeneral": "Dataset",
    },
    "creators": [
        {
            "name": "Ferran, Ada",
            "nameType": "Personal",
            "givenName": "Ada",
            "familyName": "Ferran",
            "affiliation": [{"name": "University of Lamps"}],
            "nameIdentifiers": [
                {
                    "nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                    "nameIdentifierScheme": "ORCID",
                }
            ],
        },
        {"name": "Lamp House", "nameType": "Organizational"},
        {"name": "(:unkn)"},
    ],
    "titles": [
        {"title": "Lamps, counted", "lang": "en"},
        {"title": "1990 to 2000", "titleType": "Subtitle"},
        {"title": "Lampen", "titleType": "TranslatedTitle", "lang": "de"},
    ],
    "publisher": {"name": "Lamp Repository"},
    "container": {"type": "DataRepository", "title": "Community of lamps"},
    "subjects": [{"subject": "Lamps"}, {"subject": "Light", "subjectScheme": "LCSH"}],
    "contributors": [
        {"name": "Edi, Tor", "nameType": "Personal", "contributorType": "Editor"},
        {"name": "Quist, Bo", "nameType": "Personal", "contributorType": "DataCollector"},
        {"name": "Host", "contributorType": "HostingInstitution"},
    ],
    "dates": [
        {"date": "2020-04-23", "dateType": "Issued"},
        {"date": "2019/2020", "dateType": "Collected"},
        {"date": "2020-04-24", "dateType": "Available"},
    ],
    "publicationYear": 2020,
    "language": "en",
    "identifiers": [{"identifier": "7", "identifierType": "local"}],
    "sizes": ["12 pages"],
    "formats": ["text/csv"],
    "version": "2.1",
    "rightsList": [{"rights": "CC BY 4.0", "rightsUri": "https://lantern.example/by"}],
    "descriptions": [
        {"description": "How", "descriptionType": "Methods"},
        {"description": "Lamps<br>and light", "descriptionType": "Abstract"},
    ],
    "geoLocations": [{"geoLocationPlace": "Oslo"}],
    "relatedIdentifiers": [
        {
            "relationType": "IsSupplementTo",
            "relatedIdentifier": "10.5555/p",
            "relatedIdentifierType": "DOI",
        }
    ],
    "schemaVersion": "http://datacite.org/schema/kernel-4",
    "state": "findable",
}

IN_JOURNAL: dict[str, Any] = {
    "doi": "10.5555/zl",
    "types": {"resourceTypeGeneral": "Text", "resourceType": "Article"},
    "creators": [{"name": "Ferran, Ada"}],
    "titles": [{"title": "Lamps apart"}],
    "publisher": "(:unav)",
    "publicationYear": "2018",
    "relatedItems": [
        {
            "relatedItemType": "Journal",
            "relationType": "IsPublishedIn",
            "titles": [{"title": "Journal of Lamps"}],
            "volume": "3",
            "issue": "2",
            "firstPage": "5",
            "lastPage": "9",
            "relatedItemIdentifier": {
                "relatedItemIdentifier": "0378-5955",
                "relatedItemIdentifierType": "ISSN",
            },
        }
    ],
}

DATASET_XML = """<?xml version="1.0" encoding="UTF-8"?>
<resource xmlns="http://datacite.org/schema/kernel-4">
  <identifier identifierType="DOI">10.5555/data</identifier>
  <creators>
    <creator>
      <creatorName nameType="Personal">Ferran, Ada</creatorName>
      <givenName>Ada</givenName>
      <familyName>Ferran</familyName>
      <nameIdentifier nameIdentifierScheme="ORCID">https://orcid.org/0000-0002-1825-0097</nameIdentifier>
    </creator>
    <creator><creatorName nameType="Organizational">Lamp House</creatorName></creator>
  </creators>
  <titles>
    <title xml:lang="en">Lamps, counted</title>
    <title titleType="Subtitle">1990 to 2000</title>
  </titles>
  <publisher>Lamp Repository</publisher>
  <publicationYear>2020</publicationYear>
  <resourceType resourceTypeGeneral="Dataset">Table</resourceType>
  <subjects><subject>Lamps</subject><subject>Light</subject></subjects>
  <contributors>
    <contributor contributorType="Editor"><contributorName>Edi, Tor</contributorName></contributor>
  </contributors>
  <dates><date dateType="Issued">2020-04-23</date></dates>
  <language>en</language>
  <alternateIdentifiers>
    <alternateIdentifier alternateIdentifierType="local">7</alternateIdentifier>
  </alternateIdentifiers>
  <sizes><size>12 pages</size></sizes>
  <version>2.1</version>
  <rightsList><rights rightsURI="https://lantern.example/by">CC BY 4.0</rights></rightsList>
  <descriptions>
    <description descriptionType="Abstract">Lamps<br/>and light</description>
  </descriptions>
  <geoLocations><geoLocation><geoLocationPlace>Oslo</geoLocationPlace></geoLocation></geoLocations>
</resource>
"""

WORK: dict[str, Any] = {
    "id": "https://openalex.org/W70001",
    "doi": "https://doi.org/10.5555/lamp.2",
    "title": "Lamps at <i>night</i>",
    "display_name": "Lamps at <i>night</i>",
    "publication_year": 2021,
    "publication_date": "2021-04-01",
    "ids": {
        "openalex": "https://openalex.org/W70001",
        "doi": "https://doi.org/10.5555/lamp.2",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/31209238",
        "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/6613236",
    },
    "language": "en",
    "type": "article",
    "type_crossref": "journal-article",
    "primary_location": {
        "landing_page_url": "https://doi.org/10.5555/lamp.2",
        "license": "cc-by",
        "version": "publishedVersion",
        "source": {
            "display_name": "Journal of Lamps",
            "issn_l": "0378-5955",
            "issn": ["0378-5955", "1234-5679"],
            "host_organization_name": "Lantern Society",
            "type": "journal",
        },
    },
    "authorships": [
        {
            "author": {
                "display_name": "Ada Ferran",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
            },
            "raw_author_name": "A. Ferran",
            "raw_affiliation_strings": ["University of Lamps"],
        },
        {"author": {"display_name": None}, "raw_author_name": "Ludwig van Lampen"},
        {"author": {"display_name": "World Lamp Organization"}},
    ],
    "biblio": {"volume": "3", "issue": "2", "first_page": "7", "last_page": "7"},
    "keywords": [{"display_name": "Lamp", "score": 0.9}, {"keyword": "night"}],
    "abstract_inverted_index": {"Lamps": [0, 2], "beat": [1]},
    "is_retracted": True,
    "referenced_works": ["https://openalex.org/W1"],
    "grants": [{"funder_display_name": "Lamp Fund"}],
}

KINDS_OF_OPENALEX: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (
        {
            "type": "preprint",
            "primary_location": {
                "source": {
                    "display_name": "arXiv (Cornell University)",
                    "host_organization_name": "Cornell University",
                    "type": "repository",
                }
            },
        },
        {"type": "article", "genre": "Preprint", "publisher": "arXiv", "container_title": None},
    ),
    (
        {
            "type": "dissertation",
            "authorships": [
                {
                    "author": {"display_name": "Ada Ferran"},
                    "institutions": [{"display_name": "University of Lamps"}],
                }
            ],
        },
        {"type": "thesis", "publisher": "University of Lamps"},
    ),
    (
        {
            "type": "book-chapter",
            "primary_location": {
                "source": {"display_name": "Lamp eBooks", "type": "ebook platform"}
            },
        },
        {"type": "chapter", "container_title": None},
    ),
    (
        {
            "type": "article",
            "type_crossref": "proceedings-article",
            "primary_location": {"source": {"display_name": "Lamp Days", "type": "conference"}},
        },
        {"type": "paper-conference", "container_title": "Lamp Days"},
    ),
    ({"type": "review"}, {"type": "article-journal", "genre": "Review"}),
    (
        {
            "type": "journal-article",
            "host_venue": {"display_name": "J. Lamps", "issn_l": "0378-5955"},
        },
        {"type": "article-journal", "container_title": "J. Lamps", "issn": "0378-5955"},
    ),
]

UNIXREF = """<?xml version="1.0" encoding="UTF-8"?>
<doi_records>
<doi_record owner="10.5555"><crossref><journal>
  <journal_metadata language="en"><full_title>Journal of Lamps</full_title>
    <abbrev_title>J. Lamps</abbrev_title><issn media_type="print">0378-5955</issn>
    <issn media_type="electronic">1234-5679</issn></journal_metadata>
  <journal_issue><publication_date media_type="print"><month>05</month><year>2021</year>
    </publication_date><journal_volume><volume>7</volume></journal_volume><issue>4</issue>
  </journal_issue>
  <journal_article publication_type="full_text">
    <titles><title>Growth of <i>E. coli</i> &amp; friends</title><subtitle>A study</subtitle></titles>
    <contributors>
      <person_name sequence="first" contributor_role="author"><given_name>Ada</given_name>
        <surname>Ferran</surname><ORCID>https://orcid.org/0000-0002-1825-0097</ORCID></person_name>
      <organization contributor_role="author">Lantern Group</organization>
    </contributors>
    <jats:abstract xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1"><jats:p>One &lt; two.</jats:p>
      <jats:p>Three.</jats:p></jats:abstract>
    <publication_date media_type="online"><month>04</month><day>01</day><year>2021</year>
    </publication_date>
    <publication_date media_type="print"><month>05</month><year>2021</year></publication_date>
    <pages><first_page>12</first_page><last_page>34</last_page></pages>
    <publisher_item><item_number item_number_type="article-number">e12</item_number></publisher_item>
    <program xmlns="http://www.crossref.org/AccessIndicators.xsd">
      <license_ref applies_to="vor">https://creativecommons.org/licenses/by/4.0/</license_ref></program>
    <doi_data><doi>10.5555/lamp.1</doi><resource>https://lantern.example/1</resource></doi_data>
    <citation_list><citation key="r1"><doi>10.5555/cited</doi></citation></citation_list>
  </journal_article>
</journal></crossref></doi_record>
<doi_record owner="10.5555"><crossref><book book_type="edited_book">
  <book_series_metadata language="en">
    <series_metadata><titles><title>Lecture Notes in Light</title></titles><issn>1234-5679</issn>
    </series_metadata>
    <contributors><person_name sequence="first" contributor_role="editor"><given_name>Bo</given_name>
      <surname>Quist</surname></person_name></contributors>
    <titles><title>Handbook of Lamps</title></titles><volume>12</volume>
    <edition_number>2</edition_number>
    <publication_date media_type="print"><year>2019</year></publication_date>
    <isbn media_type="print">978-0-306-40615-7</isbn>
    <publisher><publisher_name>Lantern Press</publisher_name><publisher_place>Oslo</publisher_place>
    </publisher><doi_data><doi>10.5555/book</doi><resource>https://lantern.example/b</resource></doi_data>
  </book_series_metadata>
  <content_item component_type="chapter"><contributors><person_name sequence="first"
    contributor_role="author"><given_name>Ada</given_name><surname>Ferran</surname></person_name>
    </contributors><titles><title>How Lamps Burn</title></titles>
    <pages><first_page>1</first_page><last_page>9</last_page></pages>
    <doi_data><doi>10.5555/chapter</doi><resource>https://lantern.example/c</resource></doi_data>
  </content_item>
</book></crossref></doi_record>
</doi_records>
"""
