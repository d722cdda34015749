"""The tables that databases and programs export: their columns, their types, how they write names.

A table is recognised by its header row. Headers common to many databases are in `headers`; for the
tables of one database, the headers here take precedence.

Sources: the exports themselves and the help pages of the databases, as of 2024; for the tagged
columns of Web of Science, "Web of Science Core Collection Field Tags".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from attrs import Factory, field, frozen

from refcite.formats.csv.people import Form
from refcite.formats.typenames import type_named

__all__ = ["DATABASES", "Database", "database_of", "normal"]

_SPACES: Final = re.compile(r"[\s_-]+")
_LETTERS: Final = re.compile(r"[\W\d_]+")
_TYPES: Final = re.compile(r"(?:(?<!\s)\s+)?[;|,]\s*")
_PROCEEDINGS: Final = re.compile(
    r"\b(?:proceedings|conference|symposium|workshop|congress)\b", re.IGNORECASE
)


def normal(header: str) -> str:
    """Return a header in the form for the look-up: without capitals, and with hyphens for spaces.

    Example:
        >>> normal("Publication  Year"), normal("pmc_id")
        ('publication-year', 'pmc-id')
    """
    return _SPACES.sub("-", header.strip().casefold())


@frozen
class Database:
    """The description of the tables of a database, or of a program.

    Attributes:
        name: The name for users.
        signs: Headers that identify its tables: no other database has all headers of a group.
        columns: The meanings of its columns, by header, if no general name shows it. An empty text
            states that a column has no variable, though its name would show one.
        people: How it writes names; None if a guess has to do.
        weak_signs: Headers that identify its tables, but not the form of their names.
        is_of_works: Whether its types are those of works in journals, in which a letter is
            one to the editor.
        types: The types that only this database uses, in its spelling.
        default: The type of a work in a container, if no column shows it.
    """

    name: str
    signs: tuple[str, ...]
    columns: Mapping[str, str] = field(factory=dict, hash=False)
    people: Form | None = None
    weak_signs: tuple[str, ...] = ()
    is_of_works: bool = True
    types: Mapping[str, str] = field(factory=dict, hash=False)
    default: str = ""
    _by_header: Mapping[str, str] = field(
        init=False,
        repr=False,
        eq=False,
        default=Factory(
            lambda self: {normal(header): name for header, name in self.columns.items()},
            takes_self=True,
        ),
    )

    def column(self, key: str) -> str | None:
        """Return the meaning of a column by its normal header; None if it has no special one."""
        return self._by_header.get(key)

    def type_of(self, text: str) -> str | None:
        """Return the CSL type of the database's type; None if it is unknown.

        Example:
            >>> scopus = next(one for one in DATABASES if one.name == "Scopus")
            >>> scopus.type_of("Letter"), scopus.type_of("Conference Paper")
            ('article-journal', 'paper-conference')
        """
        if text in self.types:
            return self.types[text]
        if not self.is_of_works:
            return type_named(text)
        whole = _type_of(text)
        if whole is not None:
            return whole
        found = [one for one in map(_type_of, _TYPES.split(text)) if one is not None]
        # `Article; Book Chapter`: a type other than an article is more specific.
        return next((one for one in found if one not in _PLAIN), found[0] if found else None)

    def type_in(self, container: str) -> str:
        """Return the type of a work in a container, if no column shows it.

        Example:
            >>> scholar = next(one for one in DATABASES if one.name == "Google Scholar")
            >>> scholar.type_in("Annals of Tides"), scholar.type_in("Proceedings of Tides")
            ('article-journal', 'paper-conference')
        """
        is_paper = self.default == "article-journal" and _PROCEEDINGS.search(container)
        return "paper-conference" if is_paper else self.default


_PLAIN: Final = frozenset({"article-journal", "article", "document"})
_OF_WORKS_TEXT: Final = {
    "article-journal": """
        article review editorial letter note shortsurvey survey erratum correction corrigendum
        addendum retraction retracted retractednote editorialmaterial earlyaccess reprint newsitem
        biographicalitem businessarticle datapaper datapapers meetingsummary discussion comment
        caseseries casereport clinicaltrial
        clinicalstudy controlledclinicaltrial randomizedcontrolledtrial randomisedcontrolledtrial
        trialregistryrecord systematicreview metaanalysis multicenterstudy comparativestudy
        publishederratum retractedpublication retractionofpublication expressionofconcern
        journalreview journalarticlereview journalnote journalletter journaleditorial
        journalerratum journalshortsurvey journalarticleinpress abstractofpublishedarticle
        cochranereview cochraneprotocol protocol practiceguideline guideline peerreviewedjournal
        academicjournal periodical trial ieeejournals ieeeearlyaccessarticles
    """,
    "article": "postedcontent preprintarticle preprints",
    "paper-conference": """
        proceedingspaper proceedingsarticle conferenceproceedingsarticle conferenceproceeding
        proceeding conferenceabstract conferencereview meetingabstract meeting
        journalconferenceabstract journalconferencepaper journalconferencereview
        conferenceproceedings conferencecontribution meetingpaper ieeeconferences
    """,
    "chapter": "bookpart booksectionchapter referencechapter chapterinbook bookserieschapter",
    "article-magazine": "ieeemagazines",
    "standard": "ieeestandards",
    "webpage": "internetsite",
    "book": "bookwhole wholebook bookseries referencebook referencework bookset editedcollection",
    "entry-encyclopedia": "referenceentry",
    "review": "peerreview",
    "review-book": "bookreview",
    "report": "reportcomponent reportseries abstractreport",
    "dataset": "dataset datastudy",
    "patent": "patents",
}
_OF_WORKS: Final = {
    name: csl_type for csl_type, text in _OF_WORKS_TEXT.items() for name in text.split()
}


def _type_of(text: str) -> str | None:
    return _OF_WORKS.get(_LETTERS.sub("", text).casefold()) or type_named(text)


def _columns(**variables: str) -> dict[str, str]:
    """Return columns from the headers of each variable, with `;` between headers.

    `_` in a variable's name represents a hyphen.
    """
    return {
        header.strip(): variable.replace("_", "-")
        for variable, headers in variables.items()
        for header in headers.split(";")
    }


_RIS_TYPES: Final = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "RPRT": "report",
    "GOVDOC": "report",
    "THES": "thesis",
    "ELEC": "webpage",
    "BLOG": "post-weblog",
    "DATA": "dataset",
    "COMP": "software",
    "UNPB": "manuscript",
    "PAT": "patent",
    "CASE": "legal_case",
    "STAT": "legislation",
    "GEN": "document",
}
"""The codes of RIS that are in tables whose columns have its tags as names."""

_NOTHING: Final = ""
_NUMBERED_TEXT: Final = (
    "article-journal book pamphlet paper-conference chapter chapter paper-conference"
    " article-journal report thesis document thesis book report manuscript"
    " personal_communication webpage"
)
_NUMBERED: Final = {str(number): name for number, name in enumerate(_NUMBERED_TEXT.split())}
"""The types of LibreOffice's bibliography, whose columns JabRef writes, by number."""

DATABASES: Final = (
    Database(
        "Web of Science",
        signs=(
            "ut (unique wos id)",
            "article title; source title; document type",
            "researcher ids",
        ),
        columns={
            **_columns(
                title="article title",
                container_title="source title",
                collection_title="book series title",
                event_title="conference title",
                editor="book editors",
                publisher_place="publisher city",
                keyword="author keywords",
                number="article number",
                number_of_pages="number of pages",
                type="document type",
                medium_type="publication type",
                author_2="author full names; group authors; book authors",
                ISSN_2="eissn",
                container_title_short="journal iso abbreviation",
                container_title_short_2="journal abbreviation",
                keyword_2="keywords plus",
                issued="publication date",
                issued_2="publication year",
            ),
            "doi link": _NOTHING,
        },
        people=Form("comma"),
    ),
    Database(
        "Web of Science, tagged columns",
        signs=("pt; au; ti", "au; ti; so", "pt; ti; so"),
        columns=_columns(
            medium_type="pt",
            author="au",
            author_2="af; ca; ba",
            editor="be; ed",
            title="ti",
            container_title="so",
            collection_title="se",
            language="la",
            type="dt",
            event_title="ct",
            event_date="cy",
            event_place="cl",
            keyword="de",
            keyword_2="id",
            abstract="ab",
            publisher="pu",
            publisher_place="pi",
            ISSN="sn",
            ISSN_2="ei",
            ISBN="bn",
            container_title_short="ji",
            container_title_short_2="j9",
            issued="pd",
            issued_2="py",
            volume="vl",
            issue="is",
            page_start="bp",
            page_end="ep",
            number="ar",
            DOI="di",
            number_of_pages="pg",
            PMID="pm",
        ),
        people=Form("comma"),
        default="article-journal",
    ),
    Database(
        "RIS, tags as columns",
        signs=("ty; ti", "ty; t1", "ti; au; jo", "ti; au; t2", "t1; a1", "t1; au"),
        columns=_columns(
            type="ty",
            author="au",
            author_2="a1",
            editor="ed",
            title="ti",
            title_2="t1",
            title_short="st",
            container_title="t2",
            container_title_2="jf; jo; bt",
            container_title_short="j2; ja",
            collection_title="t3",
            issued="da",
            issued_2="py; y1; yr",
            accessed="y2",
            volume="vl",
            issue="is",
            page_start="sp",
            page_end="ep",
            number_of_volumes="nv",
            edition="et",
            publisher="pb",
            publisher_place="cy",
            serial="sn",
            DOI="do",
            URL="ur",
            abstract="ab",
            abstract_2="n2",
            keyword="kw",
            note="n1",
            genre="m3",
            language="la",
            source="db",
            source_2="dp",
        ),
        is_of_works=False,
        types=_RIS_TYPES,
        default="article-journal",
    ),
    Database(
        "Scopus",
        signs=("author(s) id", "eid; source title", "eid; authors", "art. no.; source title"),
        weak_signs=("authors; source title; year",),
        columns={
            **_columns(
                number="art. no.",
                author_2="author full names",
                container_title_short="abbreviated source title",
                language="language of original document",
                source="source",
                editor="editors",
                keyword="author keywords",
                keyword_2="index keywords",
            ),
            "references": "",  # the works that it cites
        },
        people=Form("initials", (";", ","), aside=r"\s*\(\d{5,}\)|\[No author name available\]"),
        default="article-journal",
    ),
    Database(
        "PubMed",
        signs=("pmid; journal/book", "pmid; first author; citation"),
        columns=_columns(
            container_title="journal/book",
            issued_2="publication year",
            citation="citation",
        ),
        people=Form("initials", (",;",), ends_in_stop=True),  # groups have semicolons
        default="article-journal",
    ),
    Database(
        "Rayyan",
        signs=(
            "key; title; authors; journal; issn; abstract",
            "key; title; authors; issn; pages; url; abstract",
            "rayyan id",
        ),
        columns=_columns(
            PMID="pubmed_id",
            PMCID="pmc_id",
            publisher_place="location",
        ),
        people=Form("comma", ("and", ";"), is_mixed=True),
        default="article-journal",
    ),
    Database(
        "Lens",
        signs=("lens id", "author/s"),
        columns=_columns(
            author="author/s",
            container_title="source title",
            issued="date published",
            issued_2="publication year",
            type="publication type",
            issue="issue number",
            ISSN="issns; issn",
            ISBN="isbns; isbn",
            URL="external url",
            URL_2="source urls",
        ),
        people=Form("straight", (";",)),
    ),
    Database(
        "OpenAlex",
        signs=(
            "authorships.author.display_name",
            "authorships.raw_author_name",
            "authorships",
            "primary_location.source.display_name",
            "id; display_name; publication_year",
            "id; author_names; publication_year",
        ),
        columns=_columns(
            author="authorships.author.display_name; author_names; authors",
            author_2="authorships.raw_author_name",
            title="title",
            title_2="display_name",
            issued="publication_date",
            issued_2="publication_year",
            type="type",
            type_2="type_crossref",
            container_title=(
                "primary_location.source.display_name; primary_location_display_name"
                "; host_venue.display_name; host_venue_display_name; primary_source_display_name"
                "; source_display_name; journal"
            ),
            ISSN=(
                "primary_location.source.issn_l; primary_location_issn_l; host_venue.issn_l"
                "; primary_location_issns"
                "; primary_location.source.issn; host_venue_issn_l"
            ),
            publisher=(
                "primary_location.source.host_organization_name; host_venue.publisher"
                "; primary_location_host_organization; host_venue_publisher"
                "; primary_location.source.publisher"
            ),
            URL=(
                "primary_location.landing_page_url; primary_location_landing_page_url"
                "; host_venue.url; host_venue_url"
            ),
            volume="biblio.volume; biblio_volume",
            issue="biblio.issue; biblio_issue",
            page_start="biblio.first_page; biblio_first_page",
            page_end="biblio.last_page; biblio_last_page",
            DOI_2="ids.doi; ids_doi",
            PMID="ids.pmid; ids_pmid; pmid",
            PMCID="ids.pmcid; ids_pmcid; pmcid",
            keyword="keywords.display_name; keywords_display_name",
            abstract="abstract",
        ),
        people=Form("straight", ("|", ";")),
    ),
    Database(
        "RefWorks",
        signs=("authors, primary", "title primary", "pub date free from; title primary"),
        columns=_columns(
            author="authors, primary",
            editor="authors, secondary",
            title="title primary",
            container_title="periodical full",
            container_title_2="title secondary",
            container_title_short="periodical abbrev",
            collection_title="title, tertiary; title tertiary",
            issued_2="pub year",
            month_day="pub date free from; pub date free form; pub month & day",
            page_start="start page",
            page_end="other pages",
            serial="issn/isbn",
            URL_2="links",
            source="database",
            source_2="data source",
            accessed="retrieved date",
            title_short="shortened title",
            original_title="original foreign title",
        ),
        people=Form("comma", (";",)),
    ),
    Database(
        "Embase",
        signs=(
            "author names; source title",
            "embase accession id",
            "embase link",
            "author names; pui",
        ),
        columns={
            **_columns(
                author="author names",
                container_title="source title",
                issued="date of publication",
                issued_2="publication year",
                type="publication type",
                publisher="book publisher",
                language="article language; language of article",
                PMID="medline pmid",
                URL="full text link",
                original_title="original title",
                whole="source",
                keyword="author keywords",
                event_place="conference location",
            ),
            "copyright": _NOTHING,
        },
        people=Form("initials", (";", ",")),
        default="article-journal",
    ),
    Database(
        "Cochrane",
        signs=(
            "cochrane id",
            "cochrane review id",
            "author(s); cochrane review group code",
            "crg; author(s)",
            "central id",
            "cochrane group",
        ),
        columns=_columns(
            author="author(s); authors; author",
            container_title="source; journal; source title",
            type="publication type; type",
            issued_2="year; publication year",
        ),
        people=Form("comma", (";", "|", "and")),
        default="article-journal",
    ),
    Database(
        "Covidence",
        signs=("covidence #", "covidence number", "published year; published month"),
        columns=_columns(issued_2="published year", month="published month"),
        people=Form("comma", (";",)),
        default="article-journal",
    ),
    Database(
        "Dimensions",
        signs=("publication id; pubyear", "dimensions url", "authors (raw affiliation)"),
        columns=_columns(
            container_title="source title",
            container_title_2="anthology title",
            issued="publication date",
            issued_2="pubyear",
            page="pagination",
            type="publication type",
            URL="source linkout",
            URL_2="dimensions url",
        ),
        people=Form("comma", (";",)),
    ),
    Database(
        "Zotero",
        signs=("item type; publication title; key", "item type; library catalog"),
        # Zotero gives both to CSL as the container, as its items have only one of them.
        columns=_columns(container_title="reporter", container_title_2="code"),
        is_of_works=False,
    ),
    Database(
        "JabRef",
        signs=(
            "identifier; bibliographytype",
            "identifier; type; booktitle",
            "identifier; booktitle; reporttype",
            "bibtexkey; entrytype",
            "citationkey; entrytype",
            "bibliographytype; booktitle",
            "author; booktitle; howpublished",
            "author; booktitle; journal; number",
        ),
        columns=_columns(
            id="identifier; bibtexkey; citationkey; bibtex key; citation key",
            type="bibliographytype; entrytype; entry type",
            genre="reporttype; reptype; report_type; report type",
            publisher_2="institution; institutn; organization; organizat; organizations; school",
            publisher_place="address",
            issue_2="number",
            collection_title="series",
            note="note",
            note_2="annote; annotation",
        ),
        people=Form("straight", ("and", ";")),
        is_of_works=False,
        types=_NUMBERED,
    ),
    Database(
        "Google Scholar",
        signs=("authors; title; publication; volume; number; pages; year; publisher",),
        columns=_columns(container_title="publication", issue="number"),
        people=Form("comma", (";",)),
        default="article-journal",
    ),
    Database(
        "Publish or Perish",
        signs=("gsrank", "articleurl; citesurl"),
        columns=_columns(
            container_title="source", URL="articleurl", page_start="startpage", page_end="endpage"
        ),
        people=Form("straight", (";", ",")),
        default="article-journal",
    ),
    Database(
        "EPPI-Reviewer",
        signs=(
            "itemid",
            "item id; authors",
            "parent title; short title",
            "eppi id",
            "id; parent title",
        ),
        columns=_columns(
            id="itemid; item id; eppi id",
            container_title="parent title; parenttitle; journal; parent_title",
            editor="parent authors; parentauthors",
            type="item type; type; type name; typename; publication type",
            publisher_place="city",
        ),
        people=Form("family", (";",)),
        default="article-journal",
    ),
    Database(
        "IEEE Xplore",
        signs=("document title; authors; ieee terms", "document title; document identifier"),
        columns=_columns(
            title="document title",
            container_title="publication title",
            issued_2="publication year",
            type="document identifier",
            URL="pdf link",
            license="license",
            ISBN="isbns",
            page_start="start page",
            page_end="end page",
        ),
        people=Form("straight", (";",)),
    ),
    Database(
        "ProQuest",
        signs=("storeid", "storeid; pubtitle"),
        columns=_columns(
            author="authors",
            container_title="pubtitle",
            issued="pubdate; alphadate",
            issued_2="year",
            type="documenttype",
            type_2="sourcetype; objecttype",
            page="pages",
            page_start="startpage",
            URL="documenturl",
            publisher_place="placeofpublication",
            language="language; languageofpublication",
            source="database",
            keyword="identifierkeywords",
            DOI="digitalobjectidentifier",
        ),
        people=Form("comma", (";",)),
    ),
)  # fmt: skip


@cache
def _signs() -> tuple[tuple[frozenset[str], Database, bool], ...]:
    return tuple(
        (frozenset(map(normal, group.split(";"))), database, is_weak)
        for is_weak in (False, True)
        for database in DATABASES
        for group in (database.weak_signs if is_weak else database.signs)
    )


def database_of(headers: Sequence[str]) -> tuple[Database | None, Form | None]:
    """Return the database whose table has these headers, and the form of its names.

    A table that refcite writes begins with `id` and `type`, and is no database's.

    Example:
        >>> found, people = database_of(["PMID", "Title", "Authors", "Journal/Book"])
        >>> found.name, people.order
        ('PubMed', 'initials')
        >>> database_of(["Title", "Authors"])
        (None, None)
    """
    if list(headers[:2]) == ["id", "type"]:
        return None, None
    known = frozenset(map(normal, headers))
    for sign, database, is_weak in _signs():
        if sign <= known:
            return database, None if is_weak else database.people
    return None, None
