"""What the editor can do, from the capabilities that it sends."""

from __future__ import annotations

from typing import Any

from attrs import frozen

__all__ = ["Client", "client_of"]


@frozen(kw_only=True)
class Client:
    """What the editor can do.

    Attributes:
        inserts_snippets: Whether completions may have places to fill in.
        replaces: Whether it lets the user choose between inserting and replacing.
        watches_files: Whether it reports changes of files on request.
        links_codes: Whether codes of diagnostics may be links.
    """

    inserts_snippets: bool = False
    replaces: bool = False
    watches_files: bool = False
    links_codes: bool = False


def client_of(capabilities: object) -> Client:
    """Return what the editor can do.

    Args:
        capabilities: The protocol's `ClientCapabilities`.
    """

    def has(*names: str) -> bool:
        value: Any = capabilities
        for name in names:
            value = getattr(value, name, None)
        return bool(value)

    item = ("text_document", "completion", "completion_item")
    return Client(
        inserts_snippets=has(*item, "snippet_support"),
        replaces=has(*item, "insert_replace_support"),
        watches_files=has("workspace", "did_change_watched_files", "dynamic_registration"),
        links_codes=has("text_document", "publish_diagnostics", "code_description_support"),
    )
