"""The application without a browser: what it answers, what it refuses, what every answer says."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from refcite.csl.backends.html import BACKEND
from refcite.formats import formats, get_format
from refcite.serve import results
from refcite.serve.app import make_app
from refcite.serve.guard import POLICY
from refcite.serve.markup import tree_of
from refcite.serve.page_requests import PageRequest, Reply, reply_to
from tests.serve.library import HARM

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HERE = "http://127.0.0.1:8383"
LIMIT = 100_000
REFS = (EXAMPLES / "refs.bib").read_bytes()


async def answer_here(_request: Request, question: PageRequest) -> Reply:
    """Answer in this process: what workers do is tested in test_work.py."""
    return reply_to(question)


def ask(
    method: str,
    path: str,
    body: bytes | AsyncIterator[bytes] | None = None,
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app=make_app(LIMIT, run=answer_here))
        own = {"origin": HERE} if method == "POST" else {}
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            return await client.request(
                method, path, content=body, headers={**own, **(headers or {})}
            )

    return asyncio.run(asked())


def post(path: str, text: str | bytes, **query: str) -> dict[str, Any]:
    body = text.encode() if isinstance(text, str) else text
    answer = ask("POST", str(httpx.URL(path, params=query)), body)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


def plain(trees: list[Any]) -> str:
    """Return the text of trees, without the names of their elements."""
    return "".join(one if isinstance(one, str) else plain(one[1:]) for one in trees)


# What it answers


def test_records_come_with_their_problems_and_lines() -> None:
    said = post("/records", "@book{a,\n  title = {One}\n  year = 2001,\n}\n@book{b, title={Two}")
    assert said["format"]["name"] == "bibtex"
    assert [one["id"] for one in said["records"]] == ["a", "b"]
    assert said["records"][0]["fields"] == [["issued", ["2001"]], ["title", ["One"]]]
    assert [(one["code"], one["line"]) for one in said["problems"]] == [
        ("missing-comma", 3),
        ("unclosed-entry", 5),
    ]
    assert said["problem_counts"]["error"] == 2


@pytest.mark.parametrize("name", ["refworld-page.txt", "refworld-page.html"])
def test_a_page_gives_its_record(name: str) -> None:
    said = post("/records", (EXAMPLES / name).read_bytes())
    assert said["format"]["name"] == "refworld"
    assert [one["id"] for one in said["records"]] == ["refworld-5975a46610"]


def test_a_files_name_tells_its_format_where_the_text_does_not() -> None:
    text = "heading,remark\nOne,Two\n"
    assert post("/records", text)["problems"][0]["code"] == "unknown-format"
    assert post("/records", text, name="refs.csv")["format"]["name"] == "csv"


@pytest.mark.parametrize(
    ("text", "name", "format_", "told", "count"),
    [
        ("@book{a, title = {One}}", "a.bib", "bibtex", "look", 1),
        ("@book{a, title = {One}}", "a.ris", "bibtex", "look", 1),
        ("heading,remark\nOne,Two\n", "a.csv", "csv", "name", 0),
        ("hello", "a.ris", "ris", "name", 0),
    ],
)
def test_a_name_counts_for_less_than_entries(
    text: str, name: str, format_: str, told: str, count: int
) -> None:
    said = post("/records", text, name=name)
    assert (said["format"]["name"], said["detected_by"], said["count"]) == (format_, told, count)


def test_a_format_is_called_by_its_short_title() -> None:
    assert post("/records", "TY  - BOOK\nTI  - One\nER  - \n")["format"]["title"] == "RIS"
    assert post("/text", "TY  - BOOK\n")["format"]["follows"]
    assert post("/text", "nothing that is known")["format"] is None


def test_problems_stand_in_the_order_of_their_lines() -> None:
    said = post(
        "/records",
        "@book{a,\n title={One}\n year=2}\n@book{a, title={Two}}\n@book{c, title={unclosed",
    )
    lines = [one["line"] for one in said["problems"]]
    known = [line for line in lines if line]
    assert len(known) >= 3
    assert lines == sorted(known) + [None] * (len(lines) - len(known))


def test_names_are_shown_without_braces() -> None:
    text = json.dumps(
        [
            {
                "id": "a",
                "type": "report",
                "author": [
                    {"literal": "United Nations High Commissioner for Refugees"},
                    {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"},
                    {"family": "Gaulle", "non-dropping-particle": "de", "suffix": "Jr."},
                    {"family": "Doe and Sons", "given": "Ann"},
                ],
            }
        ]
    )
    names = [
        "United Nations High Commissioner for Refugees",
        "Beethoven, Ludwig van",
        "de Gaulle, Jr.",
        "Doe and Sons, Ann",
    ]
    (said,) = post("/records", text)["records"]
    assert said["fields"] == [["author", names]]
    assert said["names"] == "; ".join(names)


def test_what_cannot_be_recognised_is_answered_in_the_words_of_the_page() -> None:
    (said,) = post("/records", "Doe, Jane. One. 2001.")["problems"]
    told = f"{said['message']} {said['hint']}"
    for word in ("“Format”", "CSL-JSON", "RIS, ", "formatted references", "bare DOIs"):
        assert word in told
    assert "csl-json" not in told


# What a person says of a web page

HTML = "<!doctype html><html lang=en><title>Border reopened</title><p>Yesterday."
CITE_AS = "Freedom House, Freedom in the World 2018 - Chad, 1 August 2018"


@pytest.mark.parametrize("text", [HTML, CITE_AS], ids=["html", "cite-as"])
def test_the_address_and_the_day_of_a_page_can_be_said(text: str) -> None:
    said = post("/records", text, url="https://example.org/1", accessed="2020-01-31")
    fields = dict(said["records"][0]["fields"])
    assert said["format"]["is_page"]
    assert (fields["URL"], fields["accessed"]) == (["https://example.org/1"], ["2020-01-31"])
    assert said["problems"] == []
    without = post("/records", text)
    assert {"URL", "accessed"}.isdisjoint(dict(without["records"][0]["fields"]))
    assert [one["code"] for one in without["problems"]] == ["no-address"]


def test_what_a_page_says_itself_stands() -> None:
    page = (EXAMPLES / "refworld-page.txt").read_bytes()
    said = post("/records", page, url="https://example.org/1", accessed="2020-01-31")
    fields = dict(said["records"][0]["fields"])
    assert fields["URL"] == ["https://www.refworld.org/docid/5975a46610.html"]
    assert fields["accessed"] == ["2023-06-06"]


def test_one_address_is_not_that_of_several_documents() -> None:
    said = post("/records", f"{CITE_AS}\n{CITE_AS.replace('Chad', 'Mali')}", url="https://a.org/")
    assert said["count"] == 2
    assert [one["code"] for one in said["problems"]] == ["no-address"] * 2


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("text", [HTML, CITE_AS], ids=["html", "cite-as"])
def test_harm_in_what_is_said_of_a_page_is_a_problem(text: str, harm: str) -> None:
    said = post("/records", text, url=harm, accessed=harm)
    assert said["count"] == 1
    fields = dict(said["records"][0]["fields"])
    assert fields.get("URL", ["https:"])[0].startswith("https:")
    assert "accessed" not in fields
    assert {"unread-date"} <= {one["code"] for one in said["problems"]}


def test_what_is_said_of_a_page_is_nothing_to_other_formats() -> None:
    said = post("/records", "@book{a, title = {One}}", url="x", accessed="x")
    assert said["problems"] == []


# The bibliography and the other forms


def test_a_bibliography_is_in_the_style_and_language_that_are_asked() -> None:
    french = post("/bibliography", REFS, style="apa", locale="fr-FR")
    assert "(2e éd.)" in plain(french["entries"][1]["text"])
    assert french["layout"]["hanging_indent"]
    numbered = post("/bibliography", REFS, style="ieee")
    assert ["div.csl-left-margin", "[1]"] in numbered["entries"][0]["text"]


@pytest.mark.parametrize("style", ["apa", "chicago-notes"])
def test_a_bibliography_has_sections_if_they_are_asked_for(style: str) -> None:
    text = "@book{a, title={One}, year=2001}\n@techreport{b, title={Two}, institution={UN}}"
    whole = post("/bibliography", text, style=style)
    assert [entry["section"] for entry in whole["entries"]] == [None, None]
    grouped = post("/bibliography", text, style=style, group_by="type")
    assert [entry["section"] for entry in grouped["entries"]] == ["Books", "Reports"]
    done = post("/export", text, style=style, group_by="type", to="bibliography-markdown")
    assert "## Reports\n" in done["text"]


def test_a_style_without_bibliography_cites_each_work() -> None:
    said = post("/bibliography", REFS, style="chicago-notes")
    assert said["entries"][0]["id"] == "hathaway2014"


def test_a_style_without_a_bibliography_tells_works_apart() -> None:
    text = "".join(
        f"@book{{{title}, author={{Doe, Jane}}, title={{{title}}}, year=2001, publisher={{P}}}}\n"
        for title in ("Alpha", "Beta")
    )
    said = post("/bibliography", text, style="review-of-international-studies")
    assert "2001a" in str(said["entries"][0]["text"])
    assert "2001b" in str(said["entries"][1]["text"])


@pytest.mark.parametrize("to", [one.name for one in formats() if one.writes])
def test_every_format_that_writes_can_be_had(to: str) -> None:
    said = post("/export", REFS, to=to)
    assert "Refugee" in said["text"]
    assert said["name"].startswith("references.")


@pytest.mark.parametrize("to", [one.name for one in formats() if one.writes and one.reads])
def test_a_download_comes_back_under_its_own_name(to: str) -> None:
    said = post("/export", REFS, to=to)
    back = post("/records", said["text"], name=said["name"])
    assert get_format(back["format"]["name"]).module == get_format(to).module
    expected = get_format(to).read(said["text"])
    assert [one["id"] for one in back["records"]] == [one.id for one in expected] != []


@pytest.mark.parametrize("to", [to for to in results.OUTPUTS if to != "docx"])
def test_every_form_of_a_bibliography_can_be_had(to: str) -> None:
    said = post("/export", REFS, to=f"bibliography-{to}", style="oscola")
    assert "Hathaway JC and Foster M" in said["text"]


def test_a_bibliography_can_be_had_as_a_word_document() -> None:
    docx = pytest.importorskip("docx", reason="the package python-docx is not installed")
    said = post("/export", REFS, to="bibliography-docx", style="oscola")
    document = docx.Document(BytesIO(b64decode(said["base64"])))
    assert "Hathaway JC and Foster M" in "\n".join(one.text for one in document.paragraphs)
    assert said["name"] == "bibliography.docx"


def test_a_style_without_a_bibliography_shows_citations_and_a_note() -> None:
    shown = post("/bibliography", REFS, style="review-of-international-studies")
    assert "James C. Hathaway and Michelle Foster" in plain(shown["entries"][0]["text"])
    assert [one["code"] for one in shown["problems"]] == ["no-bibliography"]


def test_a_bibliography_is_a_part_of_a_page_or_a_whole_page() -> None:
    part, page = (
        post("/export", REFS, to=f"bibliography-{to}", style="oscola")
        for to in ("html", "html-page")
    )
    assert part["text"].startswith('<div class="csl-bib-body">')
    assert page["text"].startswith("<!DOCTYPE html>")
    assert part["text"].strip() in page["text"]
    assert part["name"] == page["name"] == "bibliography.html"


def test_what_a_format_cannot_carry_is_told() -> None:
    text = '[{"id": "a", "type": "book", "title": "One", "scale": "1:10"}]'
    assert post("/export", text, to="nbib")["problems"][0]["code"] == "not-carried"
    assert post("/export", text, to="ris")["problems"] == []


def test_a_loss_names_its_entries_once() -> None:
    items = [{"id": id_, "type": "book", "title": "One", "scale": "1:10"} for id_ in "abcd"]
    (said,) = post("/export", json.dumps(items), to="nbib")["problems"]
    assert said["message"].endswith("(a, b, c and 1 more)")
    assert said["key"] is None


def test_styles_are_searched() -> None:
    said = ask("GET", "/styles?q=chicago+notes").json()
    assert said["styles"][0]["id"] == "chicago-notes"
    assert ask("GET", "/styles").json()["count"] > 10_000
    assert ask("GET", "/styles?q=no+such+style").json() == {"count": 0, "styles": []}
    assert ask("GET", "/styles?q=???").json() == {"count": 0, "styles": []}
    with_dots = ask("GET", "/styles?q=%E2%80%9Cjournal,+refugee.+studies%E2%80%9D").json()
    assert with_dots["styles"][0]["id"] == "journal-of-refugee-studies"


def test_text_in_other_encodings_is_decoded() -> None:
    said = post("/text", "Müller".encode("cp1252"))
    assert said["text"] == "Müller"
    assert [one["code"] for one in said["problems"]] == ["not-utf-8"]
    assert post("/text", "Müller".encode("utf-16"))["text"] == "Müller"


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/records", b"nothing that is known", "unknown-format"),
        ("/records?format=none", b"x", "unknown-format"),
        ("/records", bytes(100), "unreadable-input"),
    ],
)
def test_what_cannot_be_read_is_a_problem(path: str, body: bytes, code: str) -> None:
    said = ask("POST", path, body).json()
    assert (said["count"], [one["code"] for one in said["problems"]]) == (0, [code])


# What it refuses


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/bibliography", b"nothing that is known", 422, "unknown-format"),
        ("/export?to=ris&format=none", b"x", 422, "unknown-format"),
        ("/text", bytes(100), 422, "unreadable-input"),
        ("/bibliography?style=none", b"@book{a}", 422, "refused"),
        ("/bibliography?locale=tlh", b"@book{a}", 422, "refused"),
        ("/bibliography?group_by=shape", b"@book{a}", 422, "refused"),
        ("/export?to=html", b"@book{a}", 422, "refused"),
        ("/export", b"@book{a}", 422, "unknown-format"),
        ("/none", b"", 404, "http-404"),
        ("/", b"", 405, "http-405"),
    ],
)
def test_what_cannot_be_done_is_said(path: str, body: bytes, status: int, code: str) -> None:
    answer = ask("POST", path, body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("style", ["/etc/passwd", "../apa", str(EXAMPLES / "refs.bib"), "<style/>"])
def test_a_style_is_never_a_file_or_xml(style: str) -> None:
    path = str(httpx.URL("/bibliography", params={"style": style}))
    answer = ask("POST", path, b"@book{a}")
    assert answer.status_code == 422
    assert "there is no style" in answer.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/records", "/bibliography", "/export?to=ris", "/text"])
def test_what_is_over_the_limit_is_refused(path: str) -> None:
    answer = ask("POST", path, b"x" * (LIMIT + 1))
    assert answer.status_code == 413
    assert "larger than 0.1 MB" in answer.json()["error"]["message"]


def test_the_limit_holds_while_a_text_comes_in_pieces() -> None:
    taken = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(1000):
            taken += 1000
            yield b"x" * 1000

    answer = ask("POST", "/records", pieces())
    assert "content-length" not in answer.request.headers
    assert answer.status_code == 413


def test_more_records_than_a_page_shows_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MOST_ENTRIES", 3)
    monkeypatch.setattr(results, "MOST_RECORDS", 2)
    said = post("/records", REFS)
    assert (said["count"], len(said["records"])) == (4, 2)
    answer = ask("POST", "/bibliography", REFS)
    assert answer.status_code == 422
    assert "up to 3 records" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost:8384", ""]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_name_for_this_machine_is_refused(method: str, host: str) -> None:
    answer = ask(method, "/records" if method == "POST" else "/", b"x", {"host": host})
    assert answer.status_code == 421


def test_localhost_is_a_name_for_this_machine() -> None:
    assert ask("GET", "/", headers={"host": "localhost:8383"}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:8383", "https://127.0.0.1:8383"],
)
def test_another_sites_question_is_refused(origin: str) -> None:
    answer = ask("POST", "/records", b"@book{a}", {"origin": origin})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "wrong-origin")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_need_the_origin_too(method: str) -> None:
    assert ask(method, "/records", b"").status_code == 403


def test_a_fault_is_told_without_its_inside(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_asked: object) -> dict[str, Any]:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(results, "records", fail)
    answer = ask("POST", "/records", b"@book{a}")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "ZeroDivisionError: secret" in capsys.readouterr().err
    assert answer.headers["content-security-policy"] == POLICY


# What every answer says


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/page/page.js", {}),
        ("GET", "/styles", {}),
        ("GET", "/none", {}),
        ("GET", "/page/..%2Fapp.py", {}),
        ("GET", "/", {"host": "evil.example"}),
        ("POST", "/records", {}),
        ("POST", "/records", {"origin": "null"}),
    ],
)
def test_headers_guard_every_answer(method: str, path: str, headers: dict[str, str]) -> None:
    said = ask(method, path, headers=headers).headers
    assert said["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    for directive in ("default-src 'none'", "form-action 'none'", "frame-ancestors 'none'"):
        assert directive in POLICY
    assert said["x-content-type-options"] == "nosniff"
    assert said["referrer-policy"] == "no-referrer"
    assert said["cross-origin-opener-policy"] == "same-origin"
    assert said["cache-control"] == "no-store"
    assert "set-cookie" not in said
    assert "access-control-allow-origin" not in said


def test_the_page_loads_only_what_is_served() -> None:
    page = ask("GET", "/").text
    assert "://" not in page
    assert " style=" not in page
    assert "<script>" not in page
    assert ask("GET", "/page/index.html").status_code == 404


@pytest.mark.parametrize(
    "file", sorted(path.name for path in Path(results.__file__).with_name("page").glob("*.js"))
)
def test_scripts_make_no_elements_of_text(file: str) -> None:
    script = ask("GET", f"/page/{file}").text
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert way not in script


def test_half_a_character_is_sent_as_a_question_mark() -> None:
    said = post("/records", json.dumps([{"id": "a", "type": "book", "title": "\ud800"}]))
    assert "?" in said["records"][0]["title"] or "\ufffd" in said["records"][0]["title"]


# Formatted text


def test_every_element_of_the_html_backend_is_known() -> None:
    from refcite.csl.backends import html

    for tags in html._TAGS.values():
        for start, end in tags.values():
            (tree,) = tree_of(f"{start}x{end}")
            assert isinstance(tree, list)
            assert tree[1:] == ["x"]
    for start, end in html._BLOCKS.values():
        trees = [tree for tree in tree_of(f"{start}x{end}") if isinstance(tree, list)]
        assert [tree[1:] for tree in trees] == [["x"]]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<i",
        "</i></i>x",
        '<a href="javascript:alert(1)">x</a>',
        "a & b",
    ],
)
def test_what_is_text_stays_text(text: str) -> None:
    assert plain(tree_of(BACKEND.escape(text))) == text


def test_only_known_elements_are_made_of_html() -> None:
    assert tree_of('<img src=x onerror="a()">') == ['<img src=x onerror="a()">']
    assert tree_of('<a href="javascript:a()">x</a>')[0] == '<a href="javascript:a()">'
    assert len(json.dumps(tree_of("<i>" * 5000 + "x" + "</i>" * 5000))) < 500
