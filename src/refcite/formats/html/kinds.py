"""The type of the work that a page is, or describes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from refcite.formats.html.metadata import Metadata
from refcite.formats.html.page import Page
from refcite.formats.html.ranks import RANKS
from refcite.formats.html.text import letters

__all__ = ["HOSTED", "is_preprint_server", "kind_of"]

HOSTED: Final = frozenset(
    ("article-magazine", "article-newspaper", "broadcast", "motion_picture", "post", "post-weblog",
     "webpage")
)  # fmt: skip
"""Types of works that are published on a site, whose name is then that of their container."""

_SERVERS_TEXT: Final = """
    africarxiv agrixiv arxiv authorea biorxiv chemrxiv eartharxiv edarxiv engrxiv eprintiacr essoar
    halshs indiarxiv lawarxiv marxiv medrxiv mindrxiv nutrixiv osf osfpreprints paleorxiv preprints
    preprintsorg psyarxiv repec researchsquare scielopreprints socarxiv sportrxiv ssrn
    ssrnelectronicjournal techrxiv
"""
_PREPRINT_SERVERS: Final = frozenset(_SERVERS_TEXT.split())
_NEWS_NAMES: Final = re.compile(
    r"\b(?:news|times|post|guardian|herald|tribune|gazette|daily|zeitung|nachrichten|tageblatt"
    r"|anzeiger|telegraph|independent|observer|bbc|cnn|reuters|associated press|afp|al jazeera"
    r"|radio|le monde|figaro|libération|el país|el mundo|corriere|repubblica|deutsche welle|dw"
    r"|npr|politico|bloomberg|newsweek|chronicle|examiner|inquirer|press|standard|mirror|express"
    r"|courier|sentinel|dispatch|bulletin|новости|известия)\b",
    re.IGNORECASE,
)
_BLOG_TOOL: Final = re.compile(
    r"\b(?:blogger|wordpress|ghost|medium|substack|hexo|jekyll|tumblr)", re.IGNORECASE
)
_BLOG_PLACE: Final = re.compile(r"(?:^|[./-])blogs?(?:[./-]|$)|\.(?:blogspot|wordpress|substack)\.")
_CODE_HOSTS: Final = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})
_VIDEO_HOSTS: Final = frozenset({"youtube.com", "youtu.be", "vimeo.com", "dailymotion.com"})


def is_preprint_server(name: str) -> bool:
    """Return whether a name is that of a preprint server.

    Example:
        >>> is_preprint_server("bioRxiv"), is_preprint_server("Nature")
        (True, False)
    """
    return letters(name) in _PREPRINT_SERVERS


def kind_of(sources: Sequence[Metadata], page: Page, site_name: str, address: str) -> str:
    """Return the CSL type of a page's work.

    Args:
        sources: The metadata of the sources.
        page: The page.
        site_name: The name of the site.
        address: The page's URL, if it is known.
    """
    sure = {one.source: one.csl_type for one in sources if one.is_sure and one.csl_type is not None}
    if not sure:
        return _by_looks(sources, page, site_name, address)
    return _preprint_or(sure[min(sure, key=RANKS[""].index)], sources)


def _preprint_or(csl_type: str, sources: Sequence[Metadata]) -> str:
    if csl_type not in {"article-journal", "article", "webpage"}:
        return csl_type
    for one in sources:
        for variable in ("container-title", "publisher"):
            if is_preprint_server(str(one.values.get(variable, ""))):
                return "article"
    return csl_type


def _by_looks(sources: Sequence[Metadata], page: Page, site_name: str, address: str) -> str:
    """Return the type of a page that is only marked as an article, or not at all."""
    parts = urlsplit(address.lower())
    host, path = (parts.hostname or "").removeprefix("www."), parts.path
    if host in _CODE_HOSTS and len([part for part in path.split("/") if part]) >= 2:
        return "software"
    if host in _VIDEO_HOSTS and re.search(r"/watch|/\d+|/video/|/shorts/", path):
        return "motion_picture"
    is_article = page.first("og:type").lower() == "article" or bool(
        page.first("article:published_time", "news_keywords")
    )
    has_date = any("issued" in one.values for one in sources)
    if not (is_article or has_date):
        return "webpage"
    if _BLOG_PLACE.search(f"{host}{path}"):
        return "post-weblog"
    if page.first("news_keywords") or (is_article and _NEWS_NAMES.search(site_name)):
        return "article-newspaper"
    if is_article and _BLOG_TOOL.search(page.first("generator")):
        return "post-weblog"
    return "webpage"
