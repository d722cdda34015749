"""Schema.org's types of works with CSL's item types: one table for both directions.

Source: the vocabulary of schema.org, `CreativeWork` and its subtypes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from refcite.formats.crosswalk import TypeRow

__all__ = ["AUXILIARY", "NOT_WORKS", "OWN_TYPES", "TYPES", "chosen_type", "is_work"]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# The first type of a row is written for the CSL type.
_ROWS: Final = {
    "article-journal": "ScholarlyArticle MedicalScholarlyArticle",
    "article-newspaper": """NewsArticle ReportageNewsArticle AnalysisNewsArticle
        AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle ReviewNewsArticle
        LiveBlogPosting""",
    "post-weblog": "BlogPosting",
    "post": "SocialMediaPosting DiscussionForumPosting Comment",
    "book": "Book Audiobook",
    "chapter": "Chapter",
    "thesis": "Thesis",
    "report": "Report",
    "dataset": "Dataset DataFeed StatisticalVariable",
    "software": """SoftwareSourceCode SoftwareApplication MobileApplication WebApplication VideoGame
        RuntimePlatform""",
    "webpage": """WebPage Article TechArticle APIReference AdvertiserContentArticle
        SatiricalArticle AboutPage CheckoutPage CollectionPage ContactPage FAQPage ItemPage
        MedicalWebPage ProfilePage QAPage RealEstateListing SearchResultsPage WebContent WebSite
        Blog""",
    "motion_picture": "Movie VideoObject MovieClip VideoGameClip VideoObjectSnapshot",
    "broadcast": """TVEpisode Episode RadioEpisode PodcastEpisode TVSeries RadioSeries PodcastSeries
        TVSeason RadioSeason PodcastSeason Clip TVClip RadioClip""",
    "song": "MusicRecording AudioObject MusicAlbum MusicRelease AudioObjectSnapshot",
    "musical_score": "SheetMusic MusicComposition",
    "graphic": """VisualArtwork Photograph Painting Drawing Poster Sculpture ImageObject CoverArt
        ComicCoverArt ImageGallery ImageObjectSnapshot""",
    "map": "Map Atlas",
    "legislation": "Legislation LegislationObject",
    "periodical": """Periodical Newspaper ComicSeries BookSeries CreativeWorkSeries
        PublicationIssue ComicIssue PublicationVolume""",
    "manuscript": "Manuscript",
    "speech": "PresentationDigitalDocument",
    "review": "Review CriticReview UserReview EmployerReview MediaReview ClaimReview",
    "performance": "Play",
    "collection": "Collection ArchiveComponent DataCatalog",
    "personal_communication": "Message EmailMessage",
    "document": """CreativeWork DigitalDocument TextDigitalDocument SpreadsheetDigitalDocument
        NoteDigitalDocument MediaObject TextObject DataDownload""",
}

OWN_TYPES: Final[dict[str, str]] = {
    own: csl_type for csl_type, names in _ROWS.items() for own in _words(names)
}
"""Each type of schema.org with the CSL type as which it is read."""

_SECOND: Final = {
    "Article": "article-magazine",
    "CreativeWork": """classic entry entry-dictionary entry-encyclopedia event hearing interview
        legal_case pamphlet patent standard""",
    "ImageObject": "figure",
    "Legislation": "bill regulation treaty",
    "Review": "review-book",
    "ScholarlyArticle": "article paper-conference",
}

TYPES: Final = (
    *(
        TypeRow(own, csl_type, writes=place == 0)
        for csl_type, names in _ROWS.items()
        for place, own in enumerate(_words(names))
    ),
    *(
        TypeRow(own, csl_type, label=f"{own}, csl:type")
        for own, names in _SECOND.items()
        for csl_type in _words(names)
    ),
)
"""CSL's types that have one in schema.org, then those that need a term for the CSL type."""

AUXILIARY: Final = frozenset(
    _words(
        """AboutPage Blog CollectionPage ContactPage DataCatalog FAQPage ImageObject ItemPage
        PodcastSeries Periodical ProfilePage PublicationIssue PublicationVolume QAPage RadioSeries
        SearchResultsPage TVSeries TVSeason VideoObject AudioObject MediaObject DataDownload
        Newspaper WebContent WebPage WebSite BookSeries CreativeWorkSeries MusicAlbum Comment"""
    )
)
"""Types that are not separate records if another work refers to them."""

NOT_WORKS: Final = frozenset(
    _words(
        """Action Airline Answer Brand BreadcrumbList CollegeOrUniversity ContactPoint Corporation
        Country DefinedTerm DefinedTermSet EducationalOccupationalCredential
        EducationalOrganization EntryPoint Event FundingScheme GovernmentOrganization Grant
        HowToStep Intangible
        Language LibrarySystem ListItem LocalBusiness MedicalOrganization MonetaryGrant
        NewsMediaOrganization NGO Offer OfferCatalog Organization OnlineBusiness PerformingGroup
        MusicGroup Person Place PostalAddress Product Project
        PropertyValue PublicationEvent Question QuantitativeValue Rating AggregateRating ReadAction
        ResearchOrganization ResearchProject SearchAction Service SiteNavigationElement
        SpeakableSpecification SportsOrganization Thing VideoGallery ViewAction WPFooter WPHeader
        WPSideBar WebPageElement WatchAction WorkersUnion"""
    )
)
"""Types that are not works."""

# Of several types, the most specific: `["Article", "NewsArticle"]` is a news article.
_GENERAL: Final = _words(
    "MediaObject CreativeWork WebContent WebSite WebPage ItemPage Article Blog"
)


def is_work(names: Iterable[str]) -> bool:
    """Return whether one of a node's types may be that of a work.

    Example:
        >>> is_work(["NewsArticle"]), is_work(["Recipe"]), is_work(["Person"]), is_work([])
        (True, True, False, False)
    """
    names = list(names)
    if any(name in OWN_TYPES for name in names):
        return True
    return bool(names) and not any(name in NOT_WORKS for name in names)


def chosen_type(names: Iterable[str]) -> str | None:
    """Return the most specific type of a work; None if there is none.

    Example:
        >>> chosen_type(["Article", "NewsArticle"]), chosen_type(["Recipe"]), chosen_type([])
        ('NewsArticle', 'Recipe', None)
    """
    best, rank = None, -2
    for name in names:
        if name not in OWN_TYPES:
            found = -1
        elif name in _GENERAL:
            found = _GENERAL.index(name)
        else:
            found = len(_GENERAL)
        if found > rank:
            best, rank = name, found
    return best
