"""The plugin `refcite` for MkDocs, which formats the citations in the pages of a site.

It needs MkDocs 1.6 or later, which imports this module. Everything about citations is in
`refcite.documents.pages`.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from refcite.documents.pages import STYLE_SHEET, Site, SiteSettings
from refcite.problems import Problem, RefciteError, Severity

__all__ = ["RefciteConfig", "RefcitePlugin"]

_LOG: Final = get_plugin_logger("refcite")
_STYLE_SHEET: Final = "assets/stylesheets/refcite.css"
_FOOTNOTES: Final = {
    "footnotes": (),
    "markdown.extensions.footnotes": (),
    "extra": ("footnotes",),
    "markdown.extensions.extra": ("footnotes",),
    "pymdownx.extra": ("markdown.extensions.footnotes",),
}
"""The extensions that read footnotes, with the keys under which their options are."""
_CONTAINERS: Final = {"!!!": "admonition", "???": "details", "===": "tabbed"}
"""The signs that start blocks with indented contents, with the extensions that read them."""
_UNUSED_METADATA: Final = ("bibliography", "csl", "citation-style", "references")


class RefciteConfig(Config):  # type: ignore[misc,unused-ignore]  # not typed in all releases
    """The options of the plugin; docs/how-to/mkdocs.md describes them."""

    bib_file = config_options.Optional(
        config_options.Type((str, list))  # one file or several
    )
    bib_dir = config_options.Optional(config_options.Type(str))
    style = config_options.Optional(config_options.Type(str))
    csl_file = config_options.Optional(config_options.Type(str))
    csl_file_encoding = config_options.Optional(config_options.Type(str))
    locale = config_options.Optional(config_options.Type(str))
    bibliography = config_options.Choice(("page", "site"), default="page")
    bib_by_default = config_options.Optional(config_options.Type(bool))
    bib_command = config_options.Type(str, default="\\bibliography")
    full_bib_command = config_options.Type(str, default="\\full_bibliography")
    cite_inline = config_options.Optional(config_options.Type(bool))
    enable_inline_citations = config_options.Type(bool, default=True)
    footnote_format = config_options.Type(str, default="{key}")
    link_citations = config_options.Type(bool, default=True)


class RefcitePlugin(BasePlugin[RefciteConfig]):  # type: ignore[misc,unused-ignore]  # the same
    """Formats the citations of a site, and its bibliographies.

    Problems are warnings with the file and the line, so `mkdocs build --strict` fails.
    """

    def __init__(self) -> None:
        self._site: Site | None = None
        self._settings: SiteSettings | None = None
        self._folder = Path()
        self._nav: Navigation | None = None
        self._sources: list[Path] = []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep the plugin, with the style and the references, between the builds of `serve`."""
        if dirty and self.config.bibliography == "site":
            _LOG.warning(
                "with --dirty only changed pages are read, so the numbers of `bibliography: site`"
                " are not those of the whole site"
            )

    # Configuration

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the options, the style and the bibliography files.

        Raises:
            ConfigurationError: The style or the language is not known, or no label of a footnote
                can be made.
        """
        self._folder = Path(config.config_file_path or "mkdocs.yml").parent
        settings = self._settings_in(config)
        try:
            if self._site is None or settings != self._settings:
                self._site = Site(settings)
            problems = self._site.load()
        except RefciteError as error:
            raise ConfigurationError(f"refcite: {error}") from None
        self._settings = settings
        self._site.start()
        for problem in problems:
            _report(problem, self._shown_path(problem.file), problem.line)
        if self._site.has_notes:
            _enable_footnotes(config)
        if _STYLE_SHEET not in config.extra_css:
            config.extra_css.append(_STYLE_SHEET)
        return config

    def _settings_in(self, config: MkDocsConfig) -> SiteSettings:
        own = self.config
        if "{key}" not in own.footnote_format and "{number}" not in own.footnote_format:
            raise ConfigurationError(
                f"refcite: the footnote_format {own.footnote_format!r} has neither {{key}} nor"
                " {number}, so all footnotes would have the same label"
            )
        is_site = own.bibliography == "site"
        by_default = own.bib_by_default
        extensions = [str(one).lower() for one in config.markdown_extensions]
        return SiteSettings(
            files=tuple(self._files()),
            style=self._style(),
            locale=own.locale,
            is_one_document=is_site,
            cites_inline=own.cite_inline,
            cites_in_text=own.enable_inline_citations,
            lists_by_default=not is_site if by_default is None else by_default,
            list_command=own.bib_command,
            full_command=own.full_bib_command,
            footnote_label=own.footnote_format,
            link_citations=own.link_citations,
            has_math=any("math" in one or "katex" in one for one in extensions),
            containers=frozenset(
                sign
                for sign, name in _CONTAINERS.items()
                if any(one.rpartition(".")[2] == name for one in extensions)
            ),
        )

    def _files(self) -> Iterator[Path]:
        own = self.config
        named = [own.bib_file] if isinstance(own.bib_file, str) else own.bib_file or []
        self._sources = []
        count = 0
        for name in map(str, named):
            if urlsplit(name).scheme in ("http", "https"):
                _LOG.warning(
                    "bib_file: %s is an address, which is not downloaded; save the file next to"
                    " mkdocs.yml and name it",
                    name,
                )
                continue
            count += 1
            yield self._folder / name
        if own.bib_dir is not None:
            folder = self._folder / own.bib_dir
            self._sources.append(folder)
            found = sorted(folder.rglob("*.bib"))
            if not found:
                _LOG.warning("bib_dir: the folder %s has no file *.bib", own.bib_dir)
            count += len(found)
            yield from found
        elif not count:
            _LOG.warning("there is no bibliography file; set `bib_file` or `bib_dir`")

    def _style(self) -> str:
        own = self.config
        if own.csl_file_encoding is not None:
            _LOG.warning(
                "csl_file_encoding has no effect, because a CSL file names its encoding itself;"
                " remove it"
            )
        if own.style is not None and own.csl_file is not None:
            _LOG.warning("csl_file has no effect, because `style` is set; remove one of them")
        chosen: str = own.style or own.csl_file or SiteSettings().style
        path = self._folder / chosen
        return str(path) if path.is_file() else chosen

    # Pages

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Watch the bibliography files and the style."""
        if self._settings is not None:
            watched = [*self._settings.files, *self._sources, Path(self._settings.style)]
            for path in watched:
                if path.exists():
                    server.watch(str(path))
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the style sheet."""
        if files.get_file_from_path(_STYLE_SHEET) is None:
            files.append(File.generated(config, _STYLE_SHEET, content=STYLE_SHEET))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note the order of the pages."""
        self._nav = nav
        return nav

    # After plugins that insert text, such as macros.
    @event_priority(-75)  # type: ignore[untyped-decorator,unused-ignore]  # ships no types
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Put signs at the places of the citations of a page."""
        if self._site is None:
            return markdown
        source = _source_of(page, markdown)
        name = self._shown_path(page.file.abs_src_path) or page.file.src_uri
        read = self._site.read_page(
            page.file.src_uri,
            markdown,
            nocite=_text_of(page.meta.get("nocite")),
            is_listed=False if page.meta.get("suppress-bibliography") is True else None,
        )
        for problem in read.problems:
            _report(problem, name, _line_in(source, markdown, problem.line))
        for key in _UNUSED_METADATA:
            if key in page.meta:
                _LOG.warning(
                    "%s: %r in the metadata of a page has no effect; set it for the plugin in"
                    " mkdocs.yml",
                    name,
                    key,
                )
        return read.text

    # Before plugins that use the contents of pages.
    @event_priority(75)  # type: ignore[untyped-decorator,unused-ignore]  # the same
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the citations at their places, if each page is a document."""
        if self._site is None or self._site.settings.is_one_document:
            return html
        _complete(self._site, page)
        return self._site.html_of(html, page.file.src_uri)

    @event_priority(75)  # type: ignore[untyped-decorator,unused-ignore]  # the same
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Put the citations at their places, if the site is one document."""
        site = self._site
        if site is None:
            return env
        pages = {file.src_uri: file.page for file in files.documentation_pages() if file.page}

        def address(to: str, at: str) -> str:
            if to not in pages or at not in pages:
                return ""
            found: str = get_relative_url(pages[to].url, pages[at].url)
            return found

        order = [page.file.src_uri for page in self._nav.pages] if self._nav is not None else []
        for problem in site.complete(order, address):
            _report(problem, None, None)
        if site.settings.is_one_document:
            for name, page in pages.items():
                if page.content is not None:
                    page.content = site.html_of(page.content, name)
                    _complete(site, page)
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Replace signs that a theme or another plugin has copied, such as those in excerpts."""
        return output if self._site is None else self._site.html_of(output, page.file.src_uri)

    def _shown_path(self, path: str | None) -> str | None:
        """Return a path as it is shown: relative to the folder of mkdocs.yml, if it is in it."""
        if path is None:
            return None
        try:
            shown = Path(path).resolve().relative_to(self._folder.resolve())
        except (OSError, ValueError):
            return path
        return posixpath.join(*shown.parts)


def _enable_footnotes(config: MkDocsConfig) -> None:
    """Enable the extension for footnotes, and number them in the order of the text.

    The footnotes of citations are defined at the end of a page, after its own. Python-Markdown
    numbers in the order of the definitions by default; releases before 3.9 always do.
    """
    from markdown.extensions.footnotes import FootnoteExtension

    name = next((one for one in _FOOTNOTES if one in config.markdown_extensions), None)
    if name is None:
        name = "footnotes"
        config.markdown_extensions.append(name)
    if "USE_DEFINITION_ORDER" in FootnoteExtension().config:
        options = config.mdx_configs.setdefault(name, {})
        for key in _FOOTNOTES[name]:
            options = options.setdefault(key, {})
        options.setdefault("USE_DEFINITION_ORDER", False)


def _complete(site: Site, page: Page) -> None:
    """Complete the title, the table of contents and the list of anchors of a page."""
    for item in _all_items(page.toc):
        item.title = site.text_of(item.title)
    title = page.title
    if isinstance(title, str) and site.text_of(title) != title:
        page.title = site.text_of(title)
    if page.present_anchor_ids is not None:
        page.present_anchor_ids = page.present_anchor_ids | site.anchors_of(page.file.src_uri)


def _all_items(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _all_items(item.children)


def _text_of(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None or isinstance(value, Mapping) else str(value)


def _source_of(page: Page, markdown: str) -> str:
    """Return the text of the file of a page; the Markdown if another plugin has made the page."""
    try:
        source: str = page.file.content_string
    except (OSError, TypeError, ValueError):
        return markdown
    return source.replace("\r\n", "\n")


def _line_in(source: str, markdown: str, line: int | None) -> int | None:
    """Return the line of a file at which a line of its Markdown is.

    The metadata are not a part of the Markdown, and other plugins may have changed it.

    Args:
        source: The text of the file.
        markdown: The Markdown.
        line: A line of it.
    """
    if line is None:
        return None
    if source.endswith(markdown):
        return line + source[: len(source) - len(markdown)].count("\n")
    wanted = markdown.split("\n")[line - 1].strip()
    found = [number for number, one in enumerate(source.split("\n"), 1) if one.strip() == wanted]
    return found[0] if len(found) == 1 else None


def _report(problem: Problem, file: str | None, line: int | None) -> None:
    """Report a problem in the log of MkDocs, which counts warnings for `--strict`."""
    place = "" if file is None else f"{file}:{line}: " if line else f"{file}: "
    hint = f"; {problem.hint}" if problem.hint else ""
    level = logging.DEBUG if problem.severity is Severity.INFO else logging.WARNING
    _LOG.log(level, "%s%s%s [%s]", place, problem.message, hint, problem.code)
