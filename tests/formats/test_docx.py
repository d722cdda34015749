"""Word documents: what reference managers and Word left in them is read, in reading order."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import refcite
from refcite import Record
from refcite.formats import stream, zipparts
from refcite.problems import InputError
from tests.formats.documents import (
    BIBLIOGRAPHY,
    CASTLE,
    LAMPS,
    RELATION,
    W,
    citation,
    field,
    flat_word,
    notes,
    packed,
    properties,
    word,
    zotero,
)

THIRD = {"id": 19, "type": "report", "title": "Third"}
FOURTH = {"id": 20, "type": "report", "title": "Fourth"}


def titles(data: bytes) -> list[str | None]:
    library = refcite.loads(data)
    assert not library.has_errors, library.problems
    return [record.title for record in library]


def record_of_endnote(number: int, title: str) -> str:
    return (
        f"<Cite><Author>Roe</Author><Year>2021</Year><RecNum>{number}</RecNum><record>"
        f'<rec-number>{number}</rec-number><foreign-keys><key app="EN" db-id="d">{number}</key>'
        '</foreign-keys><ref-type name="Book">6</ref-type><contributors><authors><author>Roe, Ann'
        f"</author></authors></contributors><titles><title>{title}</title></titles>"
        "<dates><year>2021</year></dates></record></Cite>"
    )


def test_works_are_in_the_order_in_which_a_reader_meets_their_citations(tmp_path: Path) -> None:
    data = word(
        f"<w:p>{field(zotero(CASTLE))}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
        f"<w:p><w:r><w:endnoteReference w:id='1'/></w:r>{field(zotero(FOURTH, CASTLE))}</w:p>",
        footnotes=notes("footnote", field(zotero(LAMPS))),
        endnotes=notes("endnote", field(zotero(THIRD))),
    )
    library = refcite.loads(data)
    assert [one.title for one in library] == ["The Castle", "Lamps", "Third", "Fourth"]
    assert library.ids[:2] == ("kafka1926castle", "ferran2021lamps")
    assert [one.origin and one.origin.line for one in library] == [1, 1, 2, 2]
    assert library[0].extra == {"uri": "http://zotero.org/users/1/items/17"}
    path = tmp_path / "thesis.docx"
    path.write_bytes(data)
    assert list(refcite.load(path)) == list(library)
    assert [one for one in stream(path) if isinstance(one, Record)] == list(library)


def test_a_citation_key_of_zotero_is_the_id() -> None:
    data = word(f"<w:p>{field(zotero({**CASTLE, 'citation-key': 'kafkaCastle'}))}</w:p>")
    assert refcite.loads(data).ids == ("kafkaCastle",)


def test_a_work_with_other_data_at_its_second_citation_is_reported() -> None:
    other = {**CASTLE, "title": "Castle", "id": 17}
    data = word(f"<w:p>{field(zotero(CASTLE))}</w:p><w:p>{field(zotero(other))}</w:p>")
    library = refcite.loads(data)
    assert [one.title for one in library] == ["The Castle"]
    assert [(one.code, one.line) for one in library.problems] == [("differing-work", 2)]
    assert "(title)" in library.problems[0].message


def test_a_work_whose_data_are_in_another_citation_is_not_missing() -> None:
    uri = "http://zotero.org/users/1/items/17"
    bare = json.dumps({"citationItems": [{"uris": ["http://zotero.org/groups/2/items/X", uri]}]})
    merged = json.dumps({"citationItems": [{"uris": ["http://z/items/NEW", uri],
                                            "itemData": CASTLE}]})  # fmt: skip
    codes = [f" ADDIN ZOTERO_ITEM {bare}", zotero(CASTLE), f"ADDIN CSL_CITATION {merged}"]
    assert titles(word("".join(f"<w:p>{field(one)}</w:p>" for one in codes))) == ["The Castle"]


def test_the_ids_of_mendeley_name_other_works_in_each_citation() -> None:
    first, second = ({**one, "id": "ITEM-1"} for one in (CASTLE, LAMPS))
    codes = [f"ADDIN CSL_CITATION {citation(one, uri='')}" for one in (first, second, first)]
    assert titles(word("".join(f"<w:p>{field(code)}</w:p>" for code in codes))) == [
        "The Castle",
        "Lamps",
    ]


def test_content_controls_of_mendeley_cite() -> None:
    coded = base64.b64encode(citation(CASTLE, uri="").encode()).decode()
    named = {**json.loads(citation(LAMPS, uri="")), "citationTag": "MENDELEY_CITATION_7"}
    listed = json.dumps([named])
    data = word(
        "".join(
            f'<w:p><w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent/></w:sdt></w:p>'
            for tag in (f"MENDELEY_CITATION_v3_{coded}", "MENDELEY_CITATION_7", "a form")
        ),
        webextension1="<we:webextension xmlns:we='x'><we:properties><we:property"
        f" name='MENDELEY_CITATIONS' value='{listed}'/></we:properties></we:webextension>",
    )
    assert titles(data) == ["The Castle", "Lamps"]


def test_bookmarks_have_their_code_in_the_properties_of_the_document() -> None:
    data = word(
        '<w:p><w:bookmarkStart w:name="ZOTERO_BREF_a1b2"/><w:bookmarkStart w:name="_Toc1"/></w:p>',
        custom=properties("ZOTERO_BREF_a1b2", f"ZOTERO_ITEM CSL_CITATION {citation(CASTLE)}"),
    )
    assert titles(data) == ["The Castle"]


def test_endnote_has_its_records_in_the_code_or_in_the_data_of_a_field() -> None:
    one, two = (
        f"<EndNote>{record_of_endnote(n, title)}</EndNote>"
        for n, title in ((1, "In the code"), (2, "In the data"))
    )
    inner = field(" ADDIN EN.CITE.DATA ", "", two)
    data = word(
        f"<w:p>{field(f' ADDIN EN.CITE {one}')}{field(' ADDIN EN.CITE ', inner, two)}"
        f"{field(f' ADDIN EN.CITE {one}')}</w:p>"
    )
    library = refcite.loads(data)
    assert [record.title for record in library] == ["In the code", "In the data"]
    assert library.ids[0] == "roe2021code"
    assert not library.problems


def test_sources_of_word_that_are_cited_come_first() -> None:
    source = (
        "<b:Source><b:Tag>{0}</b:Tag><b:SourceType>Book</b:SourceType><b:Title>{0}</b:Title>"
        "</b:Source>"
    )
    cited = field(r" CITATION Two \l 1033 \m Gone")
    data = word(
        f"<w:p>{cited}</w:p>",
        item1=f'<b:Sources xmlns:b="{BIBLIOGRAPHY}">{source.format("One")}{source.format("Two")}'
        "</b:Sources>",
    )
    library = refcite.loads(data)
    assert library.ids == ("Two", "One")
    assert [(one.code, one.line) for one in library.problems] == [("unread-citation", 1)]


def test_broken_data_of_one_citation_cost_only_this_citation() -> None:
    broken = ' ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [{"itemData": '
    bare = ' ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [{"uris": ["http://z/items/K"]}]}'
    data = word(
        f"<w:p>{field(broken)}</w:p><w:p>{field(zotero(CASTLE))}</w:p><w:p>{field(bare)}</w:p>"
        f"<w:p>{field(' ADDIN CitaviPlaceholder{e30=}')}</w:p>"
    )
    library = refcite.loads(data)
    assert [one.title for one in library] == ["The Castle"]
    assert [(one.code, one.line) for one in library.problems] == [
        ("unread-citation", 1),
        ("unread-citation", 3),
        ("not-read", None),
    ]
    assert "Citavi" in library.problems[2].message


def test_deleted_text_and_the_second_form_of_a_drawing_are_not_read() -> None:
    deleted = field(zotero(CASTLE)).replace("instrText", "delInstrText")
    data = word(
        f"<w:p><w:del>{deleted}</w:del><Choice>{field(zotero(LAMPS))}</Choice>"
        f"<Fallback>{field(zotero(THIRD))}</Fallback></w:p>"
    )
    assert titles(data) == ["Lamps"]


def test_a_document_without_citations_is_an_error() -> None:
    library = refcite.loads(word("<w:p><w:r><w:t>Kafka (1926)</w:t></w:r></w:p>"))
    assert [one.code for one in library.problems] == ["no-entries"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + "WordDocument".encode("utf-16-le")
         + b"\0" * 400, r"before 2007 \(\.doc\); open it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(640, b"\0")
         + "EncryptedPackage".encode("utf-16-le") + b"\0" * 400, "encrypted; open it"),
        (packed({"Index/Document.iwa": b"\0"}), "Apple's Pages"),
        (word("")[:-60], "damaged archive"),
    ],
    ids=["doc", "encrypted", "pages", "cut off"],
)  # fmt: skip
def test_other_files_are_refused_with_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        refcite.loads(data, file="thesis.docx")


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipparts, "LARGEST", 100_000)
    with pytest.raises(InputError, match="100,000 bytes unpacked"):
        refcite.loads(word(f"<w:p>{' ' * 200_000}</w:p>"))


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    code = ' ADDIN CSL_CITATION {"citationItems": [{"itemData": {"type": "book", "title": "&x;"}}]}'
    document = (
        f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="w"><w:body>'
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{code}</w:instrText>'
        '<w:fldChar w:fldCharType="end"/></w:r></w:p></w:body></w:document>'
    )
    library = refcite.loads(packed({"word/document.xml": document}))
    assert "secret" not in repr(list(library)) + repr(library.problems)


def test_text_that_is_no_document_is_an_error() -> None:
    library = refcite.loads("Kafka (1926)", "docx")
    assert [one.code for one in library.problems] == ["no-entries"]


def test_page_headers_are_read_after_the_text() -> None:
    data = word(
        f"<w:p>{field(zotero(CASTLE))}</w:p>",
        header1=f'<w:hdr xmlns:w="{W}"><w:p>{field(zotero(LAMPS))}</w:p></w:hdr>',
        links=f'<Relationships xmlns="r"><Relationship Type="{RELATION}/header"'
        ' Target="header1.xml"/></Relationships>',
    )
    assert titles(data) == ["The Castle", "Lamps"]


def test_a_document_that_is_one_xml_file() -> None:
    text = flat_word(f"<w:p>{field(zotero(CASTLE))}</w:p>")
    for given in (text, text.encode()):
        library = refcite.loads(given)
        assert [one.title for one in library] == ["The Castle"]
        assert library[0].origin is not None
        assert (library[0].origin.format, library[0].origin.line) == ("docx", 1)
    assert refcite.loads(text.replace("w:document", "w:presentation")).has_errors


def test_a_document_for_another_word_processor_has_links() -> None:
    code = escape(f"ITEM CSL_CITATION {citation(CASTLE)}")
    assert titles(word(f"<w:p><w:hyperlink><w:r><w:t>{code}</w:t></w:r></w:hyperlink></w:p>")) == [
        "The Castle"
    ]


def test_sources_of_word_2004_and_placeholders() -> None:
    code = r" CITATION Roe21 \m Placeholder1 "
    names = 'xmlns:b="http://schemas.microsoft.com/office/word/2004/10/bibliography"'
    data = word(
        f"<w:p>{field(code)}</w:p>",
        item1=f"<b:Sources {names}><b:Source><b:Tag>Roe21</b:Tag><b:SourceType>Book</b:SourceType>"
        "<b:Title>One</b:Title></b:Source><b:Source><b:Tag>Placeholder1</b:Tag></b:Source>"
        "</b:Sources>",
    )
    library = refcite.loads(data)
    assert [(one.id, one.title) for one in library] == [("Roe21", "One")]
    assert [one.message for one in library.problems if one.code == "unread-citation"] == [
        "the source 'Placeholder1' is a placeholder without data"
    ]


def test_citations_without_their_works_are_counted() -> None:
    link = '<Relationship Type="{}/hyperlink" Target="{}" TargetMode="External"/>'
    addresses = ("https://www.zotero.org/google-docs/?a1", "https://paperpile.com/c/b/c")
    data = word(
        f"<w:p>{field(zotero(CASTLE))}<w:r><w:t>See {{Roe, 2021 #4</w:t></w:r><w:r><w:t>2; Doe,"
        " 2020 #7}, and {this}.</w:t></w:r></w:p>",
        links='<Relationships xmlns="r">'
        + "".join(link.format(RELATION, one) for one in addresses)
        + "</Relationships>",
    )
    library = refcite.loads(data)
    assert [(one.code, one.message) for one in library.problems] == [
        ("not-read", "1 citation of EndNote is not read"),
        ("not-read", "1 citation of Zotero in Google Docs is not read"),
        ("not-read", "1 citation of Paperpile is not read"),
    ]
