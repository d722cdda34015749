"""The plugin for MkDocs, in sites that MkDocs builds."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("mkdocs")

from markdown.extensions.footnotes import FootnoteExtension
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from refcite.mkdocs import RefcitePlugin
from tests.docs.blocks import blocks_of

HOW_TO = Path(__file__).parent.parent / "docs" / "how-to" / "mkdocs.md"
REFS = """\
@book{ash, author={Ash, Ann}, title={Oars}, publisher={Quay}, year={2001}}
@book{birch, author={Birch, Bo}, title={Masts \\& More}, publisher={Quay}, year={2002}}
"""


class Sites:
    """Builds a site in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plugin = RefcitePlugin()
        (folder / "docs").mkdir()
        (folder / "refs.bib").write_text(REFS, encoding="utf-8")

    def write(self, **pages: str) -> None:
        for name, text in pages.items():
            (self.folder / "docs" / f"{name}.md").write_text(text, encoding="utf-8")

    def build(self, *, strict: bool = False, extensions: Any = (), **options: Any) -> None:
        (self.folder / "mkdocs.yml").write_text("site_name: Rowing\n", encoding="utf-8")
        config = load_config(
            config_file=str(self.folder / "mkdocs.yml"),
            plugins=[],
            strict=strict,
            markdown_extensions=list(extensions),
            use_directory_urls=True,
        )
        errors, warnings = self.plugin.load_config(
            {"bib_file": "refs.bib", "style": "apa", **options}, config_file_path=""
        )
        assert not errors
        assert not warnings
        config.plugins["refcite"] = self.plugin
        config.plugins._current_plugin = None
        build(config)

    def build_as_written(self) -> None:
        """Build the site that mkdocs.yml describes, also if the plugin is not installed."""
        file = self.folder / "mkdocs.yml"
        options = yaml.safe_load(file.read_text(encoding="utf-8"))
        named = next(one["refcite"] for one in options["plugins"] if isinstance(one, dict))
        config = load_config(config_file=str(file), plugins=[], strict=True)
        assert self.plugin.load_config(named) == ([], [])
        config.plugins["refcite"] = self.plugin
        build(config)

    def article(self, name: str = "index.html") -> str:
        text = (self.folder / "site" / name).read_text(encoding="utf-8")
        return text.partition('role="main">')[2].partition("<footer>")[0]


@pytest.fixture
def sites(tmp_path: Path) -> Sites:
    return Sites(tmp_path)


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING and "refcite" in record.name + record.getMessage()
    ]


def test_a_page_has_its_citations_and_its_bibliography(sites: Sites) -> None:
    sites.write(index="# Home\n\nOars [see @ash, p. 3], `[@ash]`.\n")
    sites.build()
    article = sites.article()
    assert (
        '<p>Oars (see <a href="#ref-ash">Ash, 2001, p. 3</a>), <code>[@ash]</code>.</p>' in article
    )
    assert '<div class="csl-entry" id="ref-ash">Ash, A. (2001). <i>Oars</i>. Quay.</div>' in article
    assert "Birch" not in article
    head = (sites.folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "assets/stylesheets/refcite.css" in head
    assert (sites.folder / "site" / "assets" / "stylesheets" / "refcite.css").is_file()


def test_a_heading_with_a_citation_is_in_the_contents_and_the_title(sites: Sites) -> None:
    sites.write(index="# Oars of @ash\n\n## More of @birch\n\nText.\n")
    sites.build(extensions=["toc"])
    html = (sites.folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "<title>Oars of Ash (2001) - Rowing</title>" in html or "Oars of Ash (2001)" in html
    assert 'id="more-of"' in html
    assert 'href="#more-of"' in html
    assert not re.search("[\U00100000-\U0010ffff]", html)


@pytest.mark.skipif(
    "USE_DEFINITION_ORDER" not in FootnoteExtension().config,
    reason="this release of Python-Markdown numbers in the order of definitions",
)
def test_notes_are_numbered_in_the_order_of_the_text(sites: Sites) -> None:
    sites.write(index="One [@ash]. Two.[^own] Three [@ash].\n\n[^own]: Mine.\n")
    sites.build(style="chicago-notes-bibliography", bib_by_default=False)
    text = re.sub("<[^<>]*>", "", sites.article())
    assert "One.1 Two.2 Three.3" in text
    notes = [line for line in text.splitlines() if "\u21a9" in line or "&#8617;" in line]
    assert [note.partition(".&#160;")[0] for note in notes] == [
        "Ann Ash, Oars (Quay, 2001)",
        "Mine",
        "Ash, Oars",
    ]


def test_one_bibliography_for_the_site(sites: Sites) -> None:
    sites.write(
        index="# Home\n\n[@birch]\n", works="# Works\n\n\\full_bibliography\n", b="# B\n\n[@ash]\n"
    )
    sites.build(style="ieee", bibliography="site")
    assert '<a href="works/#ref-birch">[1]</a>' in sites.article()
    assert '<a href="../works/#ref-ash">[2]</a>' in sites.article("b/index.html")
    assert "csl-entry" not in sites.article()
    assert re.findall(r"\[\d\]", sites.article("works/index.html")) == ["[1]", "[2]"]


def test_problems_are_warnings_with_their_lines(
    sites: Sites, caplog: pytest.LogCaptureFixture
) -> None:
    sites.write(index="---\ntitle: Home\nbibliography: x.bib\n---\n\n# Home\n\nOars [@asch].\n")
    with pytest.raises(Abort):
        sites.build(strict=True)
    assert [one.partition(": ")[2] for one in warnings_in(caplog)] == [
        "docs/index.md:8: no reference has the key 'asch'; did you mean 'ash'? [undefined-key]",
        "docs/index.md: 'bibliography' in the metadata of a page has no effect; set it for the"
        " plugin in mkdocs.yml",
    ]
    assert "<b>asch?</b>" in sites.article()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"bib_file": "none.bib"}, "none.bib: "),
        ({"bib_file": "https://example.org/refs.bib"}, "not downloaded"),
        ({"bib_dir": "nowhere"}, "no file *.bib"),
        ({"bib_file": None}, "there is no bibliography file"),
        ({"csl_file_encoding": "utf-8"}, "csl_file_encoding has no effect"),
        ({"csl_file": "ieee"}, "csl_file has no effect"),
    ],
)
def test_options_without_effect_and_missing_files_are_reported(
    sites: Sites, caplog: pytest.LogCaptureFixture, options: dict[str, Any], told: str
) -> None:
    sites.write(index="# Home\n")
    sites.build(**options)
    assert any(told in one for one in warnings_in(caplog))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"style": "no-such-style"}, "no-such-style"),
        ({"locale": "xx-YY"}, "xx-YY"),
        ({"footnote_format": "ref"}, "footnote_format"),
    ],
)
def test_what_cannot_be_used_ends_the_build(
    sites: Sites, options: dict[str, Any], told: str
) -> None:
    sites.write(index="# Home\n")
    with pytest.raises(ConfigurationError, match=told):
        sites.build(**options)


def test_a_folder_of_files_and_a_style_of_the_site(sites: Sites) -> None:
    (sites.folder / "refs").mkdir()
    (sites.folder / "refs.bib").rename(sites.folder / "refs" / "a.bib")
    (sites.folder / "own.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info>'
        "<title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>"
        '<citation><layout><text variable="title" quotes="true"/></layout></citation></style>',
        encoding="utf-8",
    )
    sites.write(index="# Home\n\nSee [@ash].\n")
    sites.build(bib_file=None, bib_dir="refs", style=None, csl_file="own.csl")
    assert "See “Oars”." in re.sub("<[^<>]*>", "", sites.article())


def test_a_changed_bibliography_is_read_in_the_next_build(sites: Sites) -> None:
    sites.write(index="# Home\n\n[@cole]\n")
    sites.build()
    assert "cole?" in sites.article()
    with (sites.folder / "refs.bib").open("a", encoding="utf-8") as file:
        file.write("@book{cole, author={Cole, Cleo}, title={Sails}, year={2003}}\n")
    sites.build()
    assert "Cole, 2003" in sites.article()


def test_what_serve_watches(sites: Sites) -> None:
    sites.write(index="# Home\n")
    sites.build()
    watched: list[str] = []

    class Server:
        def watch(self, path: str) -> None:
            watched.append(Path(path).name)

    sites.plugin.on_serve(Server(), config=None, builder=None)
    assert watched == ["refs.bib"]


def test_the_how_to_builds_as_it_is_written(sites: Sites) -> None:
    built: list[str] = []
    for block in blocks_of(HOW_TO.read_text(encoding="utf-8")):
        if block.caption is not None:
            (sites.folder / block.caption).write_text(block.body, encoding="utf-8")
        elif "mkdocs build" in block.body:
            sites.build_as_written()
            built.append(re.sub("<[^<>]*>", "", sites.article()))
    assert "Rope is old (see Abel, 2001, p. 3), and Brandt &#38; Cole (2004) describe" in built[0]
    assert "Tar came later [1, Ch. 2], [2]." in built[1]
    assert "Rope is old,1 and" in built[2]


def test_admonitions_are_read_only_if_the_site_has_them(sites: Sites) -> None:
    sites.write(index="# Home\n\n!!! note\n\n    On [@ash].\n")
    sites.build()
    assert "On [@ash]." in sites.article()
    sites.build(extensions=["admonition"])
    assert "On (" in sites.article()
