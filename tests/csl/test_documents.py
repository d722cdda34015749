"""Whole documents: pages of HTML, files for TeX, Typst and word processors."""

from __future__ import annotations

import io
import pickle
import shutil
import subprocess
from pathlib import Path
from typing import Any

import lxml.html
import pytest

import refcite
from refcite import Record, RefciteError
from refcite.csl import Bibliography, Output, Processor
from refcite.csl.backends import BACKENDS, EXTENSIONS, find_backend, output_of
from tests.csl.rtf_reading import Run, read_rtf
from tests.waiting import HANG

TITLE = "Œuvres & “Notes” {1}"
WORKS = [
    Record(
        id="bees",
        type="article-journal",
        title="Bees <i>Apis</i> 🐝 H<sub>2</sub>O \\ {x}",
        author="Ólöf Doe",
        issued=2001,
        container_title="Apiary",
        volume="3",
        doi="10.1000/182",
    ),
    Record(
        id="castle",
        type="book",
        title="Das Schloß 中文",
        author="Franz Kafka",
        issued=1926,
        publisher="Kurt Wolff",
        publisher_place="München",
    ),
]
MARKED = """
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
  <info><title>x</title><id>x</id><updated>2000-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography entry-spacing="2" line-spacing="3"><layout>
    <text variable="title" font-weight="bold" font-variant="small-caps"/>
    <text value="u" prefix=" " text-decoration="underline"/>
    <text value="up" vertical-align="sup"/>
    <text variable="publisher" display="indent"/>
  </layout></bibliography>
</style>
"""


def made(style: str, output: Output = "text", **options: Any) -> Bibliography:
    return refcite.bibliography(WORKS, style=style, output=output, links=True, **options)


def saved(bibliography: Bibliography, output: str | None = None, **options: Any) -> bytes:
    file = io.BytesIO()
    bibliography.save(file, output, **options)
    return file.getvalue()


def parsed(text: str) -> Any:
    return lxml.html.document_fromstring(text.encode())


def opened_in_word(bibliography: Bibliography, **options: Any) -> Any:
    docx = pytest.importorskip("docx", reason="the package python-docx is not installed")
    return docx.Document(io.BytesIO(saved(bibliography, "docx", **options)))


# HTML


@pytest.mark.parametrize(("locale", "direction"), [("de-AT", "ltr"), ("fa-IR", "rtl")])
def test_a_page_of_html_has_all_that_a_browser_needs(locale: str, direction: str) -> None:
    text = made("apa", "html", locale=locale).document(title=TITLE)
    assert text.startswith("<!DOCTYPE html>\n")
    page = parsed(text)
    assert (page.get("lang"), page.get("dir")) == (locale, direction)
    assert page.find("head/meta[@charset]").get("charset") == "utf-8"
    assert "width=device-width" in page.find("head/meta[@name='viewport']").get("content")
    assert page.findtext("head/title") == page.findtext("body/main/h1") == TITLE
    assert len(page.find_class("csl-entry")) == 2
    assert "text-indent: -2em" in page.findtext("head/style")  # APA's hanging indent
    assert [one.tag for one in page.iter("link", "script", "img")] == []


def test_a_page_without_a_title_is_named_in_its_head_alone() -> None:
    page = parsed(made("apa", "html", locale="fr-FR").document())
    title = page.find("head/title")
    assert (title.text, title.get("lang")) == ("Bibliography", "en")
    assert page.find("body/main/h1") is None


def test_a_part_of_a_page_is_in_the_page_as_it_is() -> None:
    part = made("ieee", "html")
    assert str(part) in part.document()
    assert "min-width: 3ch" in part.document()  # the column of "[1]"


# RTF


def of_rtf(bibliography: Bibliography) -> list[Run]:
    return read_rtf(saved(bibliography, "rtf").decode("ascii"))


def test_an_rtf_file_has_its_text_formats_and_links() -> None:
    runs = of_rtf(made("apa"))
    assert "".join(run.text for run in runs) == (
        "Doe, Ó. (2001). Bees Apis 🐝 H2O \\ {x}. Apiary, 3. https://doi.org/10.1000/182\n"
        "Kafka, F. (1926). Das Schloß 中文. Kurt Wolff.\n"
    )
    assert {run.text: run.formats for run in runs if run.formats} == {
        "Apis": {"i"},
        "2": {"sub"},
        "Apiary": {"i"},
        "3": {"i"},
        "https://doi.org/10.1000/182": {"ul"},
        "Das Schloß 中文": {"i"},
    }
    assert {run.link for run in runs} == {None, "https://doi.org/10.1000/182"}


def test_an_rtf_file_has_the_layout_of_the_style() -> None:
    hanging = of_rtf(made("apa"))[0].paragraph
    assert (hanging["li"], hanging["fi"], hanging["sl"], hanging["sa"]) == (720, -720, 480, 0)
    first, *_ = of_rtf(made("ieee"))
    assert first.text.startswith("[1]\tÓ. Doe")
    numbered = first.paragraph
    # The text begins at the tab, and so do its other lines.
    assert numbered["li"] == -numbered["fi"] == numbered["tx"] > 0
    spaced = of_rtf(made(MARKED))
    assert (spaced[0].paragraph["sl"], spaced[0].paragraph["sa"]) == (720, 1440)
    formats = {run.text: run.formats for run in spaced}
    assert formats["Das Schloß 中文"] == {"b", "scaps"}
    assert [*formats["u"], *formats["up"]] == ["ul", "super"]
    assert "\n\tKurt Wolff" in "".join(run.text for run in spaced)


def test_rtf_is_always_whole() -> None:
    rtf = made("apa", "rtf", locale="de-AT")
    assert str(rtf) == rtf.document() == saved(rtf).decode()
    assert "\\deflang3079" in str(rtf)  # Windows's number of German in Austria
    titled = read_rtf(rtf.document(title=TITLE))
    assert "".join(run.text for run in titled).startswith(f"{TITLE}\nDoe, Ó.")


# DOCX


def test_a_word_document_has_its_text_formats_and_links() -> None:
    document = opened_in_word(made("apa"))
    first, second = document.paragraphs
    assert second.text == "Kafka, F. (1926). Das Schloß 中文. Kurt Wolff."
    assert [run.text for run in second.runs if run.italic] == ["Das Schloß 中文"]
    assert first.text.startswith("Doe, Ó. (2001). Bees Apis 🐝 H2O \\ {x}. Apiary, 3. https:")
    assert [run.text for run in first.runs if run.font.subscript] == ["2"]
    (link,) = first.hyperlinks
    assert (link.text, link.url) == ("https://doi.org/10.1000/182",) * 2
    assert link.runs[0].style.name == "Hyperlink"


def test_a_word_document_has_the_layout_of_the_style() -> None:
    format_ = opened_in_word(made("apa")).paragraphs[0].style.paragraph_format
    assert (format_.left_indent.pt, format_.first_line_indent.pt) == (36, -36)
    assert (format_.line_spacing, format_.space_after.pt) == (2, 0)
    numbered = opened_in_word(made("ieee"))
    assert numbered.paragraphs[0].text.startswith("[1]\tÓ. Doe")
    format_ = numbered.paragraphs[0].style.paragraph_format
    assert format_.left_indent == -format_.first_line_indent == format_.tab_stops[0].position
    spaced = opened_in_word(made(MARKED))
    assert spaced.paragraphs[0].style.paragraph_format.space_after.pt == 72
    title, _, underlined, raised, below = spaced.paragraphs[1].runs
    assert (title.bold, title.font.small_caps) == (True, True)
    assert (underlined.underline, raised.font.superscript) == (True, True)
    assert below.text == "\n\tKurt Wolff"


def test_a_word_document_has_a_title_a_language_and_no_author() -> None:
    document = opened_in_word(made("apa", locale="de-AT"), title=TITLE)
    assert document.paragraphs[0].text == document.core_properties.title == TITLE
    assert document.paragraphs[0].style.name == "Heading 1"
    assert document.core_properties.language == "de-AT"
    assert document.core_properties.author == document.core_properties.comments == ""
    assert 'w:val="de-AT"' in document.styles.element.xml


@pytest.mark.parametrize(
    "url", ["https://", "https://[x/", "https://example.org:99999/", f"https://x.org/{'a' * 3000}"]
)
def test_an_address_that_word_would_reject_is_text(url: str) -> None:
    for output in ("rtf", "docx"):
        backend = find_backend(output)
        assert backend.finish(backend.link(url, "x")) == backend.finish(backend.escape("x"))


def test_a_word_document_is_valid(tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="the package python-docx is not installed")
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    path = tmp_path / "refs.docx"
    made("ieee").save(path, title=TITLE)
    assert audit.OpenXmlValidator().validate(path).errors == []


def test_a_word_document_is_no_text() -> None:
    runs = made("apa", "docx")
    assert runs[1].text.startswith('<w:r><w:t xml:space="preserve">Kafka, F.')
    with pytest.raises(RefciteError, match=r"write it to a file with save\('refs.docx'\)"):
        runs.document()


def test_a_citation_in_the_formats_of_word_processors() -> None:
    cited = {output: Processor("apa", output=output).cite(WORKS[1]) for output in ("rtf", "docx")}
    assert cited == {
        "rtf": "(Kafka, 1926)",
        "docx": '<w:r><w:t xml:space="preserve">(Kafka, 1926)</w:t></w:r>',
    }


def test_a_word_document_without_python_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(RefciteError, match=r"need the package python-docx; install it with: .*pip"):
        saved(made("apa"), "docx")


def test_sections_have_headings_in_word_processors() -> None:
    sections = made("apa", sections="type")
    headings = [
        one.text for one in opened_in_word(sections).paragraphs if one.style.name == "Heading 2"
    ]
    assert headings == ["Books", "Journal articles"]
    levels = {run.text.strip(): run.paragraph.get("outlinelevel") for run in of_rtf(sections)}
    assert {heading: levels[heading] for heading in headings} == dict.fromkeys(headings, 1)


# Files


def test_each_format_is_found_by_its_extension(tmp_path: Path) -> None:
    assert list(EXTENSIONS) == list(BACKENDS)
    bibliography = made("apa")
    for output, extension in EXTENSIONS.items():
        assert output_of(f"refs{extension.upper()}") == output
        if output == "docx":
            continue
        path = tmp_path / f"refs{extension}"
        bibliography.save(path)
        wanted = str(made("apa", output))  # type: ignore[arg-type]  # one of the formats
        assert path.read_text(encoding="utf-8").rstrip("\n") == wanted.rstrip("\n")


def test_what_cannot_be_saved(tmp_path: Path) -> None:
    bibliography = made("apa")
    with pytest.raises(RefciteError, match=r"refs\.pdf: its file extension .* set output="):
        bibliography.save(tmp_path / "refs.pdf")
    with pytest.raises(RefciteError, match="there is no output format 'word'"):
        bibliography.save(tmp_path / "refs.docx", "word")
    with pytest.raises(RefciteError, match="the target must be a path or an open file, not 3"):
        bibliography.save(3)  # type: ignore[arg-type]  # that is the point
    with pytest.raises(RefciteError, match="cannot be written"):
        bibliography.save(tmp_path / "missing" / "refs.txt")
    pickled = pickle.loads(pickle.dumps(bibliography))
    with pytest.raises(RefciteError, match="is only available as text"):
        pickled.save(tmp_path / "refs.html")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", BACKENDS)
def test_a_document_without_entries(output: Output) -> None:
    empty = refcite.bibliography([], style="ieee", output=output)
    if output == "docx":
        assert [one.text for one in opened_in_word(empty, title=TITLE).paragraphs] == [TITLE]
    else:
        assert "uvres" in empty.document(title=TITLE)


@pytest.mark.parametrize("output", BACKENDS)
def test_a_style_without_a_bibliography_prints_citations_in_each_format(output: Output) -> None:
    printed = made("review-of-international-studies", output)
    assert [problem.code for problem in printed.problems] == ["no-bibliography"]
    assert printed.ids == ("bees", "castle")
    if output == "docx":
        texts = [one.text for one in opened_in_word(printed).paragraphs]
        assert texts[1] == "Franz Kafka, Das Schloß 中文 (München: Kurt Wolff, 1926)."
    else:
        assert "Kurt Wolff, 1926" in printed.document()


# Other programs


@pytest.mark.parametrize("style", ["apa", "ieee", "review-of-international-studies"])
def test_typst_compiles_a_document(tmp_path: Path, style: str) -> None:
    typst = pytest.importorskip("typst", reason="the package typst is not installed")
    path = tmp_path / "refs.typ"
    for locale in ("de-AT", "sr-Latn-RS", "zh-CN"):
        made(style, locale=locale).save(path, standalone=True, title=TITLE)
        assert typst.compile(str(path)).startswith(b"%PDF")


@pytest.mark.long
@pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
def test_latex_compiles_a_document(tmp_path: Path, program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    works = [work.replace(title="Zoë’s <i>Ærø</i> #1 {x} ~ \\ “q”") for work in WORKS]
    for style in ("apa", "ieee"):
        bibliography = refcite.bibliography(works, style=style, links=True)
        bibliography.save(tmp_path / "refs.tex", standalone=True, title=TITLE)
        done = subprocess.run(
            [program, "-interaction=nonstopmode", "-halt-on-error", "refs.tex"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            timeout=HANG,
        )
        if b"luaotfload" in done.stdout and done.returncode:
            pytest.skip("the fonts of lualatex are not installed")
        assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]


@pytest.mark.long
@pytest.mark.parametrize("style", ["apa", "ieee", "review-of-international-studies"])
@pytest.mark.parametrize("extension", [".rtf", ".docx"])
def test_libreoffice_opens_a_document(tmp_path: Path, extension: str, style: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    if extension == ".docx":
        pytest.importorskip("docx", reason="the package python-docx is not installed")
    made(style).save(tmp_path / f"refs{extension}", title=TITLE)
    # Another LibreOffice may run with the user's profile.
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for target in ("txt:Text (encoded):UTF8", "html"):
        subprocess.run(
            [office, profile, "--headless", "--convert-to", target, f"refs{extension}"],
            cwd=tmp_path,
            capture_output=True,
            check=True,
            timeout=HANG,
        )
    lines = (tmp_path / "refs.txt").read_text(encoding="utf-8-sig").splitlines()
    wanted = str(made(style)).splitlines()
    assert lines[0] == TITLE
    assert [line.replace("\t", " ") for line in lines[1:]] == wanted
    page = lxml.html.parse(tmp_path / "refs.html").getroot()
    italic = {one.text_content() for one in page.iter("i")}
    assert "Apis" in italic
    assert style == "review-of-international-studies" or "https://doi.org/10.1000/182" in {
        link.get("href") for link in page.iter("a")
    }
