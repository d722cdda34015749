"""What each code of a problem means, why it matters and what to do about it.

The table is the one place where codes are explained: `refcite check --explain CODE` prints from it,
and docs/problems.md is made from it.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

__all__ = ["CODES", "Code", "as_markdown"]


@frozen
class Code:
    """One code of `refcite.Problem`.

    Attributes:
        name: The code, in kebab-case.
        means: What was met.
        matters: What comes of it.
        do: What to do about it.
        is_fixed: Whether `refcite check --fix` repairs it where the repair is safe.
    """

    name: str
    means: str
    matters: str
    do: str
    is_fixed: bool = False

    def __str__(self) -> str:
        fixed = " `refcite check --fix` does so where it is safe." if self.is_fixed else ""
        return f"{self.name}\n\n{self.means} {self.matters}\n\nWhat to do: {self.do}{fixed}"


_GROUPS: Final[dict[str, tuple[Code, ...]]] = {
    "Files": (
        Code(
            "empty-input",
            "The input holds nothing but white space.",
            "There is nothing to read.",
            "See whether it is the right file.",
        ),
        Code(
            "no-entries",
            "The text was read to its end, and no entry was found.",
            "Nothing will be cited or converted.",
            "See whether it is the right file, and name its format with `--from`.",
        ),
        Code(
            "not-utf-8",
            "A byte is not UTF-8; the text was read as Windows-1252.",
            "Letters beyond ASCII may be wrong.",
            "Save the file as UTF-8.",
        ),
        Code(
            "unknown-format",
            "Neither the file's ending nor its content tells its format.",
            "It was not read.",
            "Name the format with `--from`.",
        ),
        Code(
            "unreadable-input",
            "The file is missing, may not be read, or is not text.",
            "It was not read.",
            "The message says why.",
        ),
        Code(
            "cut-off",
            "A cite-as string ends before its end.",
            "What is missing could not be read.",
            "Give the whole string.",
        ),
        Code(
            "no-date",
            "A cite-as string has no date.",
            "Where title and symbol end is a guess.",
            "Write the date between commas behind the title, as in `18 January 2017`.",
        ),
        Code(
            "not-recognised",
            "A page or a line has none of the shapes that Refworld has used.",
            "It was not read.",
            "Copy the whole page, or its cite-as string.",
        ),
        Code(
            "not-read",
            "A part of the file beside the references was passed over.",
            "It will not be written back.",
            "Nothing, if you do not need it.",
        ),
    ),
    "Ids and types": (
        Code(
            "duplicate-id",
            "Two entries have one id.",
            "A citation finds the first only.",
            "Give one of them another id, or remove it if it is the same work.",
        ),
        Code(
            "missing-id",
            "An entry has no id.",
            "It got one that depends on its place in the file.",
            "Give it one.",
        ),
        Code(
            "missing-key",
            "A BibTeX entry has no key.",
            "BibTeX refuses it, and it cannot be cited.",
            "Write a key and a comma behind the opening brace.",
        ),
        Code(
            "unknown-type",
            "The type is none of CSL's, or is missing.",
            "The entry is read as a document, and printed as such.",
            "Use one of the types of CSL 1.0.2, appendix III.",
        ),
        Code(
            "unknown-entry-type",
            "The type after `@` is none of BibTeX's or biblatex's.",
            "The entry is read as a document; the type is kept and written back.",
            "Correct the type, or say the CSL type in `entrysubtype`.",
        ),
    ),
    "Names, dates and identifiers": (
        Code(
            "bad-name",
            "A name has too many commas, is several names, or has a part without a place.",
            "Names may have been taken for one another's parts.",
            "Separate names with `and`; put braces around what belongs together.",
        ),
        Code(
            "invalid-name",
            "A name is no object with parts, or its parts are no texts.",
            "What cannot be read is kept as it was and not cited.",
            "Write `family` and `given`, or `literal`.",
        ),
        Code(
            "ambiguous-date",
            "A date such as 01/02/2017 has two readings.",
            "It is kept as text and not sorted by.",
            "Say `--day-first` or `--month-first`, or write 2017-02-01.",
        ),
        Code(
            "unread-date",
            "A date could not be read.",
            "It is kept as text and not sorted by.",
            "Write it as EDTF: 2017-02-01, 2017-02, 1998/2001, 1950~.",
        ),
        Code(
            "invalid-date",
            "No calendar has this date, such as 31 February.",
            "It is kept as text.",
            "Look it up and correct it.",
        ),
        Code(
            "reversed-range",
            "A range of dates ends before it starts.",
            "It is kept as it is.",
            "Look it up and correct it.",
        ),
        Code(
            "time-of-day",
            "A date has a time of day.",
            "CSL has no place for it: the day was read. The whole is kept beside it.",
            "Nothing, if the day is enough.",
        ),
        Code(
            "bad-doi",
            "The text is no DOI, which starts with `10.` and has a slash.",
            "A link made of it leads nowhere.",
            "Look it up; put an address into `url`.",
        ),
        Code(
            "bad-isbn",
            "The ISBN has a wrong number of digits or a wrong check digit.",
            "A digit is mistyped: catalogues will not find it, or find another book.",
            "Compare it with the book. Some books were printed with a wrong one; then leave it.",
        ),
        Code(
            "bad-issn",
            "The ISSN has another form than 1234-5679, or a wrong check digit.",
            "A digit is mistyped: catalogues will not find it.",
            "Compare it with the journal.",
        ),
        Code(
            "doi-address",
            "A DOI stands with the address of its resolver.",
            "Some styles print the address twice.",
            "Keep what starts with `10.`.",
            is_fixed=True,
        ),
        Code(
            "single-hyphen",
            "A range of pages in BibTeX has one hyphen.",
            "BibTeX's own styles print a hyphen and no dash.",
            "Write two hyphens.",
            is_fixed=True,
        ),
    ),
    "BibTeX": (
        Code(
            "missing-comma",
            "There is no comma between two fields, or after the key.",
            "BibTeX skips the rest of the entry; other programs merge the two fields.",
            "Put the comma there.",
            is_fixed=True,
        ),
        Code(
            "unclosed-entry",
            "Another entry starts, or the file ends, before the entry is closed.",
            "BibTeX loses this entry or the next.",
            "Close it.",
            is_fixed=True,
        ),
        Code(
            "extra-brace",
            "A brace closes the entry, and fields of it follow.",
            "BibTeX ignores those fields.",
            "Remove the brace.",
            is_fixed=True,
        ),
        Code(
            "unclosed-value",
            "A brace or quotation mark that opens a value is never closed.",
            "The value was taken to end where the next field starts, which may be wrong.",
            "Close it where the value ends; only a person can tell where.",
        ),
        Code(
            "escaped-brace",
            r"The braces of a value pair only if `\{` and `\}` are not counted.",
            "BibTeX counts them, and reads another value.",
            r"Write `\textbraceleft` or `\textbraceright`.",
        ),
        Code(
            "missing-value",
            "A field has no value behind its `=`.",
            "The field is empty.",
            "Give it a value, or remove it.",
        ),
        Code(
            "unexpected-text",
            "Something stands where a field should be.",
            "It was passed over.",
            "A field is written `name = {value}`.",
        ),
        Code(
            "comment-in-entry",
            "A line inside an entry starts with `%`.",
            "BibTeX knows no comments there and stops; the line was passed over.",
            "Move it out of the entry.",
        ),
        Code(
            "entry-in-value",
            "A line inside a value looks like the start of an entry.",
            "It was read as text. If it is an entry, the one before it is not closed.",
            "Close the one before, or indent the line.",
        ),
        Code(
            "duplicate-field",
            "A field stands more than once in an entry.",
            "The first was read, as BibTeX does.",
            "Remove the others.",
        ),
        Code(
            "undefined-macro",
            "A word without braces or quotation marks is no macro that is defined.",
            "Its name was read as text; BibTeX prints nothing.",
            "Define it with `@string`, or put braces around it.",
        ),
        Code(
            "macro-too-long",
            "A macro made of macros grows past 100,000 characters.",
            "It was not defined.",
            "Macros that double each other grow without end; write the text itself.",
        ),
        Code(
            "unknown-command",
            "A LaTeX command has no meaning in plain text.",
            "It stays in the text as it is, and will be printed so.",
            "Write what it stands for.",
        ),
        Code(
            "missing-parent",
            "An entry that `crossref`, `xdata`, `related`, `entryset` or `xref` names is missing.",
            "What `crossref` and `xdata` would give is missing; the other fields lead nowhere.",
            "Add it to the file, or correct the key.",
        ),
        Code(
            "inheritance-cycle",
            "An entry takes fields from itself, over others, or a set holds itself.",
            "Nothing was taken over the reference that closes the circle.",
            "Remove one of the references.",
        ),
        Code(
            "bad-overflow",
            "The field `refcite` does not hold what refcite wrote there.",
            "It is kept as an unknown field.",
            "Remove it, or restore it.",
        ),
    ),
    "JSON": (
        Code(
            "invalid-yaml",
            "The text is no YAML from here on.",
            "What stands before was read, where it is a list of entries.",
            "See whether indentation and quotation marks are right.",
        ),
        Code(
            "unread-note-field",
            "A line `key: value` of a note names no variable, or its value could not be read.",
            "The line stays in the note.",
            "See whether the key is a CSL variable.",
        ),
        Code(
            "invalid-json",
            "The text is no JSON at this place.",
            "The entry that stands there was not read, or not wholly.",
            "The message says what is missing.",
        ),
        Code(
            "entry-not-object",
            "An item of the array is no object.",
            "It was not read.",
            "Remove it.",
        ),
        Code(
            "too-large",
            "The aliases of a YAML text repeat over 100,000 values.",
            "The text was not read; such texts are made to exhaust a program's memory.",
            "Write the values out, or see what made the file.",
        ),
        Code(
            "too-deep",
            "An entry is nested over 200 deep.",
            "It was not read.",
            "References are not nested; see what made the file.",
        ),
        Code(
            "control-character",
            "A text holds a line break or another control character that is not escaped.",
            "It was read, but other programs refuse the file.",
            r"Write `\n` for a line break.",
        ),
        Code(
            "duplicate-key",
            "A key stands twice in one object.",
            "The last counts; the other is lost.",
            "Remove one.",
        ),
        Code(
            "number-too-large",
            "A number is larger than programs agree on.",
            "It is kept as text.",
            "Write it as a text.",
        ),
        Code(
            "not-a-number",
            "`NaN` or `Infinity` is no JSON.",
            "It is kept as text; other programs refuse the file.",
            "Remove it.",
        ),
        Code(
            "lone-surrogate",
            "An escape stands for half a character.",
            "It is kept, but cannot be written in UTF-8.",
            "Write the character itself.",
        ),
        Code(
            "wrong-kind",
            "A variable holds an object or a list where CSL has a text.",
            "It is kept as it was and not cited.",
            "Write it as a text.",
        ),
    ),
    "Refworld": (
        Code(
            "guessed-publisher",
            "Where the publisher ends and the title begins was guessed.",
            "The border may be wrong: publishers and titles both have commas.",
            "Look at the record; make the publisher known with the option `publishers`.",
        ),
        Code(
            "guessed-author",
            "A name before the publisher was taken for the author.",
            "It may be the publisher's.",
            "Look at the record.",
        ),
        Code(
            "guessed-court",
            "A name was taken for the court.",
            "It may be a publisher's.",
            "Look at the record.",
        ),
        Code(
            "guessed-type",
            "Nothing on the page or in the string says what kind of document it is.",
            "The style may print it as another kind.",
            "Look at the record's type.",
        ),
        Code(
            "no-title",
            "A result in a list has no title.",
            "It was not read.",
            "Copy the list again, whole.",
        ),
    ),
    "RIS": (
        Code(
            "missing-er",
            "An entry of RIS does not end with `ER`.",
            "The entry was read as far as it goes.",
            "End each entry with a line `ER  - `.",
        ),
        Code(
            "missing-type",
            "An entry of RIS has no `TY`.",
            "It was read as an article where it names a journal, else as a document.",
            "Start each entry with its type, such as `TY  - BOOK`.",
        ),
        Code(
            "stray-er",
            "A line `ER` ends an entry that has not started.",
            "The lines before it may have lost their `TY`.",
            "Start each entry with a line `TY  - `.",
        ),
        Code(
            "text-outside-entry",
            "A text stands between entries.",
            "It is not read.",
            "Remove it, or see whether an entry has lost its `TY`.",
        ),
        Code(
            "unknown-tag",
            "A tag is none of RIS for this type.",
            "Its value is kept under the tag's name.",
            "See whether the tag is a slip; nothing is lost.",
        ),
        Code(
            "second-value",
            "A second tag or field gives another value for what one has given.",
            "The first is read; the other is kept under its own name.",
            "Remove the one that is wrong.",
        ),
        Code(
            "several-names",
            "One tag holds several names.",
            "Each was read as a name.",
            "Give each name a line with its own tag.",
        ),
    ),
    "Citing": (
        Code(
            "empty-entry",
            "The style prints nothing of an entry.",
            "The entry is left out of the bibliography.",
            "Give the entry what the style prints, such as a title, or choose another style.",
        ),
        Code(
            "engine-failure",
            "The citation processor failed at an entry.",
            "The entry is missing from the bibliography.",
            "Look at the entry's dates and names; report it if they are right.",
        ),
    ),
}

CODES: Final[dict[str, Code]] = {code.name: code for group in _GROUPS.values() for code in group}
"""Every code, by its name."""


def as_markdown() -> str:
    """Return the table as the text of docs/problems.md."""
    lines = [
        "# Problems",
        "",
        "<!-- Made from src/refcite/codes.py: python -m refcite.codes > docs/problems.md -->",
        "",
        "`refcite check` reports what is wrong with references, each problem with a code.",
        "`refcite check --explain CODE` prints what stands here. `refcite check --fix` repairs, in",
        "BibTeX files, what is safe to repair.",
    ]
    for title, group in _GROUPS.items():
        lines += ["", f"## {title}"]
        for code in sorted(group, key=lambda one: one.name):
            fixed = " `--fix` does so where it is safe." if code.is_fixed else ""
            lines += ["", f"### `{code.name}`", "", f"{code.means} {code.matters}", ""]
            lines.append(f"*What to do:* {code.do}{fixed}")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(as_markdown(), end="")  # noqa: T201 - this is what it is run for
