"""OpenDocument texts: what reference managers and LibreOffice left in them is read."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

import refcite
from refcite.problems import InputError
from tests.formats.documents import (
    CASTLE,
    LAMPS,
    citation,
    flat_open_document,
    open_document,
    packed,
    reference_mark,
)

MARK = f"ZOTERO_ITEM CSL_CITATION {citation(CASTLE)} RNDaBcD"
OF_LAMPS = f"ZOTERO_ITEM CSL_CITATION {citation(LAMPS)} RNDeFgH"


def test_reference_marks_are_read_with_those_in_notes() -> None:
    inner = f"<text:p>{reference_mark(OF_LAMPS)}</text:p>"
    note = f"<text:note><text:note-body>{inner}</text:note-body></text:note>"
    library = refcite.loads(
        open_document(
            f"<text:h/><text:p>{note}{reference_mark(MARK)}</text:p>"
            f"<text:p>{reference_mark(MARK)}</text:p>"
        )
    )
    assert library.ids == ("ferran2021lamps", "kafka1926castle")
    assert [record.origin and record.origin.line for record in library] == [2, 2]
    assert not library.problems


def test_bookmarks_have_their_code_in_the_properties_of_the_document() -> None:
    code = f"ITEM CSL_CITATION {citation(CASTLE)}"
    meta = "".join(
        f'<meta:user-defined meta:name="ZOTERO_BREF_q_{n}">{escape(piece)}</meta:user-defined>'
        for n, piece in ((2, code[50:]), (1, code[:50]))
    )
    body = '<text:p><text:bookmark-start text:name="ZOTERO_BREF_q"/></text:p>'
    assert refcite.loads(open_document(body, meta))[0].title == "The Castle"


def test_fields_of_word_that_libreoffice_has_converted() -> None:
    value = quoteattr(f" ADDIN {MARK}")
    mark = f"<field:fieldmark-start><field:param field:value={value}/></field:fieldmark-start>"
    body = f"<text:p>{mark}</text:p>"
    assert refcite.loads(open_document(body))[0].title == "The Castle"


def test_deleted_text_is_not_read() -> None:
    deleted = (
        f"<text:tracked-changes><text:p>{reference_mark(OF_LAMPS)}</text:p></text:tracked-changes>"
    )
    library = refcite.loads(open_document(f"{deleted}<text:p>{reference_mark(MARK)}</text:p>"))
    assert [record.title for record in library] == ["The Castle"]


def test_the_bibliography_of_libreoffice() -> None:
    mark = (
        '<text:bibliography-mark text:identifier="Fer21" text:bibliography-type="article"'
        ' text:author="Ferran, Ada; Quist, Ann" text:title="Lamps" text:journal="J. of Light"'
        ' text:year="2021" text:month="4" text:number="2" text:pages="5-9" text:custom1="red"/>'
    )
    thesis = (
        '<text:bibliography-mark text:identifier="Roe" text:bibliography-type="phdthesis"'
        ' text:author="Roe, Carl" text:school="Ebb" text:year="1999"/>'
    )
    library = refcite.loads(open_document(f"<text:p>{mark}{thesis}{mark}</text:p>"))
    article = library["Fer21"]
    assert [str(name) for name in article.author] == ["Ferran, Ada", "Quist, Ann"]
    assert (article.container_title, article.issue, article.page) == ("J. of Light", "2", "5-9")
    assert (str(article.issued), article.extra) == ("2021-04", {"custom1": "red"})
    assert (library["Roe"].publisher, library["Roe"].genre) == ("Ebb", "PhD thesis")
    assert len(library) == 2


def test_an_encrypted_document_is_refused_with_what_to_do() -> None:
    data = packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": b"\x07\x99",
            "META-INF/manifest.xml": "<manifest:encryption-data/>",
        }
    )
    with pytest.raises(InputError, match="encrypted; open it"):
        refcite.loads(data)


def test_a_document_that_is_one_xml_file(tmp_path: Path) -> None:
    mark = reference_mark(f"ZOTERO_ITEM CSL_CITATION {citation(CASTLE)} RNDa1")
    other = reference_mark(f"ZOTERO_ITEM CSL_CITATION {citation(LAMPS)} RNDb2")
    path = tmp_path / "thesis.fodt"
    path.write_text(
        flat_open_document(f"<text:p>{mark}</text:p>", pages=f"<text:p>{other}</text:p>")
    )
    library = refcite.load(path)
    assert [one.title for one in library] == ["The Castle", "Lamps"]
    assert not library.problems


def test_citations_without_their_works_are_counted() -> None:
    marks = "".join(
        reference_mark(name) for name in ("JABREF_Roe_2021 CID_1 du6", "JR_cite_1_Doe20", "Mine")
    )
    library = refcite.loads(open_document(f"<text:p>{marks}{{Roe, 2021 #42}}</text:p>"))
    assert [one.message for one in library.problems if one.code == "not-read"] == [
        "2 citations of JabRef are not read",
        "1 citation of EndNote is not read",
    ]


def test_a_link_of_a_document_for_another_word_processor_is_a_citation() -> None:
    code = escape(f"ITEM CSL_CITATION {citation(CASTLE)}")
    library = refcite.loads(open_document(f"<text:p><text:a>{code}</text:a></text:p>"))
    assert [one.title for one in library] == ["The Castle"]


def test_several_authors_of_an_entry_of_libreoffice_have_semicolons_between_them() -> None:
    entry = (
        '<text:bibliography-mark text:bibliography-type="book" text:identifier="a"'
        ' text:author="Roe, Ann; Doe, Bo" text:doi="https://doi.org/10.1000/1"/>'
    )
    (record,) = library = refcite.loads(open_document(f"<text:p>{entry}</text:p>"))
    assert [str(name) for name in record.author] == ["Roe, Ann", "Doe, Bo"]
    assert (record.doi, library.problems) == ("10.1000/1", [])
