"""Names of schema.org's properties of works for which CSL has no variable."""

from __future__ import annotations

from typing import Final

__all__ = ["PROPERTIES"]

_TEXT: Final = """
    about abridged accessMode accessModeSufficient accessibilityAPI accessibilityControl
    accessibilityFeature accessibilityHazard accessibilitySummary accountablePerson
    acquireLicensePage additionalType aggregateRating alternativeHeadline applicationCategory
    applicationSubCategory applicationSuite archivedAt articleBody articleSection assesses
    associatedMedia audience audio award awards backstory bitrate bookFormat breadcrumb caption
    character citation colleague comment commentCount conditionsOfAccess contentLocation
    contentRating contentReferenceTime contentSize contentUrl copyrightHolder copyrightNotice
    copyrightYear correction countryOfOrigin creditText dateCreated dateModified dateline
    discussionUrl disambiguatingDescription distribution downloadUrl duration editEIDR
    educationalAlignment educationalLevel educationalUse embedUrl encoding encodings
    exampleOfWork expires featureList fileFormat fileSize funder funding hasPart
    hasDigitalDocumentPermission
    image includedInDataCatalog inSupportOf installUrl interactionCount interactionStatistic
    interactivityType interpretedAsClaim isAccessibleForFree isBasedOn isBasedOnUrl isFamilyFriendly
    keywords lastReviewed learningResourceType legislationApplies legislationChanges
    legislationConsolidates legislationDate legislationDateVersion legislationLegalForce
    legislationResponsible legislationTransposes legislationType locationCreated mainContentOfPage
    mainEntity mainEntityOfPage maintainer mapType material materialExtent measurementMethod
    measurementTechnique memoryRequirements mentions offers operatingSystem page pattern permissions
    permissionType position potentialAction primaryImageOfPage printColumn printEdition printPage
    printSection processorRequirements productionCompany programmingLanguage provider publication
    publisherImprint publishingPrinciples recordedAt relatedLink releaseNotes releasedEvent
    requirements review reviewAspect reviewBody reviewCount reviewRating reviewedBy reviews
    runtimePlatform sameAs schemaVersion screenshot sdDatePublished sdLicense sdPublisher
    significantLink size softwareAddOn softwareHelp softwareRequirements softwareVersion
    sourceOrganization spatial spatialCoverage speakable specialty sponsor storageRequirements
    subjectOf supportingData targetProduct teaches temporal temporalCoverage text thumbnail
    thumbnailUrl timeRequired trailer transcript typicalAgeRange uploadDate usageInfo
    variableMeasured video videoFrameSize videoQuality width height wordCount workExample
    workTranslation
"""

PROPERTIES: Final = frozenset(_TEXT.split())
"""Properties of `CreativeWork` and its subtypes."""
