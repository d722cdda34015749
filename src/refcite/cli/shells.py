"""The scripts and protocols of completion in bash, zsh and fish.

A completion may come from a file of another person, for example the id of an entry. So it is
inserted into the command line as one word that the shell reads literally; completions with
unprintable characters are omitted.
"""

from __future__ import annotations

import os
from typing import Any, Final

import click
from attrs import frozen
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

from refcite.cli.terminal import printable

__all__ = ["SHELLS", "script"]

_BASH: Final = """\
%(complete_func)s() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            plain,*) COMPREPLY+=("${line#plain,}") ;;
            dir,*) compopt -o dirnames ;;
            file,*) compopt -o default ;;
        esac
    done < <(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_BREAKS="$COMP_WORDBREAKS" \\
        %(complete_var)s=bash_complete "${1/#\\~/$HOME}")
    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace
    fi
    return 0
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_ZSH: Final = """\
#compdef %(prog_name)s

%(complete_func)s() {
    local -a alone described parts response
    local type key descr
    (( ! $+commands[%(prog_name)s] )) && return 1

    response=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) \\
        %(complete_var)s=zsh_complete %(prog_name)s)}")
    [[ $PREFIX == --*=* ]] && compset -P 1 '*='

    for type key descr in ${response}; do
        case $type in
            plain)
                if [[ $key == *= ]]; then
                    parts+=("$key")
                elif [[ $descr == _ ]]; then
                    alone+=("$key")
                else
                    described+=("$key:$descr")
                fi ;;
            dir) _path_files -/ ;;
            file) _path_files -f ;;
        esac
    done

    (( $#described )) && _describe -V unsorted described -U -i "$IPREFIX"
    (( $#alone )) && compadd -U -i "$IPREFIX" -V unsorted -a alone
    (( $#parts )) && compadd -U -i "$IPREFIX" -S '' -V unsorted -a parts
    (( compstate[nmatches] ))
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""
_FISH: Final = """\
function %(complete_func)s
    set -l before (string match -r -- '^--[^=]*=' (commandline -ct))
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \\
        COMP_CWORD=(commandline -ct) %(prog_name)s)

    for completion in $response
        set -l found (string split -m 1 "," -- $completion)
        switch $found[1]
            case plain
                printf '%%s\\n' "$before$found[2]"
            case dir
                for path in (__fish_complete_directories "$found[2]")
                    printf '%%s\\n' "$before$path"
                end
            case file
                for path in (__fish_complete_path "$found[2]")
                    printf '%%s\\n' "$before$path"
                end
        end
    end
end

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


class _Literal(ShellComplete):
    """Completion with safe texts: values and descriptions have one line and are printable."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        """Return the completions of a word; see `click.shell_completion.ShellComplete`."""
        found = super().get_completions(args, incomplete)
        for item in found:
            item.help = printable(item.help).strip() if item.help else None
        return [item for item in found if item.value.isprintable()]


@add_completion_class
class Bash(_Literal, BashComplete):
    """Completion in bash.

    bash also splits words at other characters, such as colons, and replaces only the last part,
    without quoting. So the whole line is parsed here.
    """

    source_template = _BASH
    _typed: _Typed

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the complete words without the command, and the incomplete word."""
        self._typed = _parsed(os.environ.get("COMP_LINE", ""), os.environ.get("COMP_BREAKS", ""))
        return list(self._typed.words[1:]), self._typed.word

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        """Return the completions of a word."""
        found = super().get_completions(args, incomplete)
        return [item for item in found if item.type != "plain" or self._typed.begins(item.value)]

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return the text for the shell: the text to insert after the part that is kept."""
        is_plain = item.type == "plain"
        return f"{item.type},{self._typed.rest_of(item.value) if is_plain else ''}"


@add_completion_class
class Zsh(_Literal, ZshComplete):
    """Completion in zsh."""

    source_template = _ZSH

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return the text for the shell: the kind, the value and its description, one line each."""
        value = item.value
        if item.help and not value.endswith("="):
            # A value with a description is split at the first colon without a backslash.
            value = value.replace("\\", "\\\\").replace(":", "\\:")
        return f"{item.type}\n{value}\n{item.help or '_'}"


@add_completion_class
class Fish(_Literal, FishComplete):
    """Completion in fish."""

    source_template = _FISH


SHELLS: Final[dict[str, type[ShellComplete]]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}
"""The shells, by name."""


def script(shell: str, command: click.Command) -> str:
    """Return the script with which a shell completes a command."""
    return SHELLS[shell](command, {}, "refcite", "_REFCITE_COMPLETE").source()


# The text typed in bash


@frozen
class _Typed:
    """A line up to the cursor, as parsed by bash.

    Attributes:
        words: The words that are complete.
        word: The word at the cursor, without quotation marks; it may be empty.
        kept: The number of its characters that bash does not replace.
        quote: The quotation mark that is open at the cursor, or nothing.
    """

    words: tuple[str, ...]
    word: str
    kept: int
    quote: str

    def begins(self, value: str) -> bool:
        """Return whether a value starts with the kept part."""
        return self._whole(value).startswith(self.word[: self.kept])

    def rest_of(self, value: str) -> str:
        """Return the rest of a value after the kept part, quoted."""
        rest = self._whole(value)[self.kept :]
        if self.quote == "'":
            return rest.replace("'", "'\\''") + "'"
        if self.quote == '"':
            # In double quotation marks `!` refers to the history, even after a backslash.
            marked = "".join(f"\\{char}" if char in '"\\$`' else char for char in rest)
            return marked.replace("!", "\"'!'\"") + '"'
        return "".join(char if char.isalnum() or char in _SAFE else f"\\{char}" for char in rest)

    def _whole(self, value: str) -> str:
        """Return the whole word for a value, including a preceding `--option=`."""
        if self.word.startswith("-") and "=" in self.word:
            return f"{self.word[: self.word.index('=') + 1]}{value}"
        return value


_SAFE: Final = frozenset("_@%+=:,./-")
_BLANKS: Final = frozenset(" \t\n")


def _parsed(line: str, breaks: str) -> _Typed:
    """Split a line into words as bash does (Bash Reference Manual, § 3.1.2).

    Args:
        line: A command up to the cursor.
        breaks: The other characters at which bash splits words: its COMP_WORDBREAKS.
    """
    words: list[str] = []
    word, is_begun, quote = "", False, ""
    broken = opened = 0
    left = iter(line)
    for char in left:
        if quote and char == quote:
            quote = ""
        elif char == "\\" and quote != "'":
            escaped = next(left, "")
            word += escaped if not quote or escaped in '"\\$`' else f"\\{escaped}"
            is_begun = True
        elif quote:
            word += char
        elif char in "'\"":
            quote, opened, is_begun = char, len(word), True
        elif char in _BLANKS:
            if is_begun:
                words.append(word)
            word, is_begun, broken = "", False, 0
        else:
            word += char
            is_begun = True
            if char in breaks:
                broken = len(word)
    return _Typed(tuple(words), word, opened if quote else broken, quote)
