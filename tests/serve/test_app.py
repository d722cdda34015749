"""The application without a browser: what it answers, what it refuses, what every answer says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from refcite.csl.backends.html import BACKEND
from refcite.formats import formats
from refcite.serve import answers
from refcite.serve.app import make_app
from refcite.serve.guard import POLICY
from refcite.serve.markup import tree_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HERE = "http://127.0.0.1:8383"
LIMIT = 100_000
REFS = (EXAMPLES / "refs.bib").read_bytes()


def ask(
    method: str,
    path: str,
    body: bytes | AsyncIterator[bytes] | None = None,
    headers: dict[str, str] | None = None,
    raises: bool = True,
) -> httpx.Response:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app=make_app(LIMIT), raise_app_exceptions=raises)
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


def test_a_bibliography_is_in_the_style_and_language_that_are_asked() -> None:
    french = post("/bibliography", REFS, style="apa", locale="fr-FR")
    assert "(2e éd.)" in plain(french["entries"][1]["text"])
    assert french["layout"]["hanging_indent"]
    numbered = post("/bibliography", REFS, style="ieee")
    assert ["div.csl-left-margin", "[1]"] in numbered["entries"][0]["text"]


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


@pytest.mark.parametrize("to", answers.OUTPUTS)
def test_every_form_of_a_bibliography_can_be_had(to: str) -> None:
    said = post("/export", REFS, to=f"bibliography-{to}", style="oscola")
    assert "Hathaway JC and Foster M" in said["text"]


def test_what_a_format_cannot_carry_is_told() -> None:
    text = '[{"id": "a", "type": "book", "title": "One", "scale": "1:10"}]'
    assert post("/export", text, to="nbib")["problems"][0]["code"] == "not-carried"
    assert post("/export", text, to="ris")["problems"] == []


def test_styles_are_searched() -> None:
    said = ask("GET", "/styles?q=chicago+notes").json()
    assert said["styles"][0]["id"] == "chicago-notes"
    assert ask("GET", "/styles").json()["count"] > 10_000
    assert ask("GET", "/styles?q=no+such+style").json() == {"count": 0, "styles": []}


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
    monkeypatch.setattr(answers, "MOST_ENTRIES", 3)
    monkeypatch.setattr(answers, "MOST_RECORDS", 2)
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


def test_a_fault_is_told_without_its_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_asked: object) -> dict[str, Any]:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(answers, "records", fail)
    answer = ask("POST", "/records", b"@book{a}", raises=False)
    assert answer.status_code == 500
    assert "secret" not in answer.text
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
    "file", sorted(path.name for path in Path(answers.__file__).with_name("page").glob("*.js"))
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
