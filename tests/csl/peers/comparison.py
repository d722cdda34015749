"""What the three processors print for the same items, side by side."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from tests.csl.deviations import disagreements
from tests.csl.peers.engines import ENGINES, Printed, print_with
from tests.csl.peers.signs import orphaned_signs

__all__ = ["STYLES", "Comparison", "Difference", "compare", "listed_deviations", "peers_figures"]

STYLES: Final = (
    # author and date
    *("apa", "chicago-author-date", "chicago-author-date-de", "chicago-author-date-fr"),
    *("harvard-cite-them-right", "elsevier-harvard", "springer-basic-author-date", "sage-harvard"),
    *("american-sociological-association", "american-political-science-association"),
    *("modern-language-association", "taylor-and-francis-chicago-author-date", "cse-name-year"),
    *("iso690-author-date-en", "iso690-author-date-fr", "iso690-author-date-es", "din-1505-2"),
    *("unified-style-sheet-for-linguistics", "copernicus-publications", "cell"),
    *("deutsche-gesellschaft-fur-psychologie", "associacao-brasileira-de-normas-tecnicas"),
    *("gost-r-7-0-5-2008", "mhra-author-date"),
    # numbers
    *("ieee", "nature", "science", "nlm-citation-sequence", "american-medical-association"),
    *("american-chemical-society", "american-physics-society", "elsevier-vancouver", "plos"),
    *("springer-vancouver-brackets", "springer-lecture-notes-in-computer-science"),
    *("association-for-computing-machinery", "royal-society-of-chemistry", "bmj", "the-lancet"),
    *("the-new-england-journal-of-medicine", "angewandte-chemie", "pnas", "iso690-numeric-cs"),
    *("china-national-standard-gb-t-7714-2015-numeric", "gost-r-7-0-5-2008-numeric"),
    # notes
    *("chicago-notes-bibliography", "chicago-shortened-notes-bibliography", "oscola"),
    *("bluebook-law-review", "mcgill-en", "australian-guide-to-legal-citation", "mhra-notes"),
    *("juristische-schulung", "theologie-und-philosophie", "iso690-note-fr", "infoclio-de"),
    *("polish-legal", "society-of-biblical-literature-fullnote-bibliography"),
    # labels
    *("american-mathematical-society-label", "din-1505-2-alphanumeric"),
)
"""Popular styles of all four kinds, in twelve default locales."""

_LIST: Final = Path(__file__).with_name("deviations.toml")


@frozen
class Difference:
    """A text on which citeproc-js and pandoc agree, and that refcite prints differently.

    Attributes:
        place: The style, and the text in it: `apa entry ancient`.
        agreed: What both print.
        got: What refcite prints.
        is_orphaned: Whether the text of both has an orphaned sign, and that of refcite has none.
    """

    place: str
    agreed: str
    got: str
    is_orphaned: bool


@frozen
class Comparison:
    """The outcome of a comparison.

    Attributes:
        places: The texts on which citeproc-js and pandoc agree.
        differences: Those that refcite prints differently.
        printed: How many texts each engine printed.
        signs: For each engine, the places of texts with orphaned signs, with these signs.
        omitted: The styles that an engine did not print: `pandoc: apa`.
    """

    places: tuple[str, ...]
    differences: tuple[Difference, ...]
    printed: dict[str, int]
    signs: dict[str, dict[str, list[str]]]
    omitted: tuple[str, ...]

    @property
    def disagreements(self) -> list[str]:
        """Where the comparison and the list of deviations disagree."""
        failed = (difference.place for difference in self.differences)
        return disagreements(listed_deviations(), failed, self.places)

    @property
    def figures(self) -> list[str]:
        """The figures, one a line."""
        orphaned = sum(difference.is_orphaned for difference in self.differences)
        counts = ", ".join(f"{engine} {len(found)}" for engine, found in self.signs.items())
        return [
            f"peers: {len(self.places)} strings on which citeproc-js and pandoc agree,"
            f" {len(self.differences)} differ; in {orphaned} of these both print an orphaned sign",
            f"orphaned signs: {counts}, of {max(self.printed.values())} strings",
        ]


def listed_deviations() -> dict[str, str]:
    """Return the listed places with the reason why they differ."""
    groups = tomllib.loads(_LIST.read_text(encoding="utf-8")).get("peers", ())
    return {place: group["reason"] for group in groups for place in group["strings"]}


def compare(items: Sequence[Mapping[str, Any]], styles: Sequence[str] = STYLES) -> Comparison:
    """Print items with the three engines, and compare the texts.

    Args:
        items: CSL-JSON.
        styles: Ids of published styles.
    """
    printed = {engine: print_with(engine, items, styles) for engine in ENGINES}
    by_id = {str(item["id"]): item for item in items}
    places: list[str] = []
    differences: list[Difference] = []
    for style in styles:
        ours, *peers = (printed[engine].get(style, {}) for engine in ENGINES)
        for place, text in ours.items():
            agreed = {peer.get(place) for peer in peers}
            if len(agreed) == 1 and (wanted := agreed.pop()) is not None:
                places.append(f"{style} {place}")
                if wanted != text:
                    item = by_id[place.partition(" ")[2]]
                    repaired = orphaned_signs(wanted, item) and not orphaned_signs(text, item)
                    differences.append(Difference(places[-1], wanted, text, bool(repaired)))
    return Comparison(
        tuple(places),
        tuple(differences),
        {engine: sum(map(len, found.values())) for engine, found in printed.items()},
        {engine: _signs(found, by_id) for engine, found in printed.items()},
        tuple(
            f"{engine}: {style}"
            for engine in ENGINES
            for style in styles
            if style not in printed[engine]
        ),
    )


def _signs(
    printed: Mapping[str, Printed], by_id: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for style, texts in printed.items():
        for place, text in texts.items():
            if signs := orphaned_signs(text, by_id[place.partition(" ")[2]]):
                found[f"{style} {place}"] = signs
    return found


def peers_figures(comparison: Comparison) -> Iterable[str]:
    """Yield the lines of the table for `docs/conformance.md`."""
    same = len(comparison.places) - len(comparison.differences)
    shares = {
        engine: f"{len(comparison.signs[engine]):,} of {comparison.printed[engine]:,}"
        for engine in ENGINES
    }
    yield "| comparison | " + " | ".join(ENGINES) + " |"
    yield "|---|" + "---:|" * len(ENGINES)
    agreed = f"{len(comparison.places):,}"
    yield (
        "| strings on which citeproc-js and pandoc agree |"
        f" {same:,} of {agreed} ({same / len(comparison.places):.1%}) | {agreed} | {agreed} |"
    )
    yield "| strings with orphaned or doubled signs | " + " | ".join(shares.values()) + " |"
