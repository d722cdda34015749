"""The services that the documentation asks, on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.lookup import answers
from tests.lookup.server import CSL, answer, serving

DNA = {
    "DOI": "10.1038/171737a0",
    "type": "journal-article",
    "title": "Molecular Structure of Nucleic Acids: A Structure for Deoxyribose Nucleic Acid",
    "author": [
        {"given": "J. D.", "family": "Watson", "sequence": "first"},
        {"given": "F. H. C.", "family": "Crick", "sequence": "additional"},
    ],
    "container-title": "Nature",
    "volume": "171",
    "issue": "4356",
    "page": "737-738",
    "publisher": "Springer Science and Business Media LLC",
    "issued": {"date-parts": [[1953, 4]]},
    "ISSN": ["0028-0836", "1476-4687"],
    "language": "en",
    "URL": "https://doi.org/10.1038/171737a0",
}
REFUGEE_STATUS = {
    "ISBN:9781107688421": {
        "title": "The Law of Refugee Status",
        "authors": [{"name": "James C. Hathaway"}, {"name": "Michelle Foster"}],
        "publishers": [{"name": "Cambridge University Press"}],
        "publish_date": "2014",
        "identifiers": {"isbn_13": ["9781107688421"]},
    }
}


@contextmanager
def answering(scratch: Path) -> Iterator[dict[str, str]]:
    """Answer for the works that the documentation names; give the environment to ask under.

    Args:
        scratch: A folder for the cache.
    """
    with serving() as server:
        server.on("/doi/10.1038/171737a0", answer(DNA, CSL))
        server.on("/openlibrary/api/books", answer(REFUGEE_STATUS))
        server.on("/arxiv/query", answer(answers.ARXIV, "application/atom+xml"))
        yield server.environment(scratch / "cache")
