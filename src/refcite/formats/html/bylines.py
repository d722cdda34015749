"""The text around the names in a byline: labels, dates, addresses, roles; other text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from refcite.formats.html.datelines import days_in
from refcite.formats.html.shown import Shown, stands_aside
from refcite.formats.html.text import is_placeholder, letters
from refcite.names import is_organisation
from refcite.names.givennames import GIVEN_NAMES
from refcite.names.grammar import PARTICLES

__all__ = [
    "bare_byline",
    "copyright_owner",
    "is_agency",
    "is_body_beside",
    "is_no_name",
    "is_of_pictures",
    "shown_byline",
    "starts_byline",
    "without_role",
]

# `Posted by`, `Zeige alle Beiträge von`, `Publié par`: text that may be before `by`, and `by`.
_BEFORE_BY: Final = (
    r"(?:view|see|show|read|browse)?\s?(?:all|more)?\s?(?:other\s)?(?:posts?|articles?|stories|entries)"
    r"|(?:zeige?|alle|weitere|mehr)?\s?(?:alle\s|weitere\s|mehr\s)?(?:(?:blog\s?)?beitr(?:ag|äge)|artikel"
    r"|einträge)"
    r"|(?:voir\s|lire\s)?(?:tous\s(?:les|ses)\s)?(?:articles?|publications|billets)"
    r"|(?:ver\s)?(?:todas?\s(?:las\s)?|todos\s(?:los\s)?|más\s)?(?:entradas|artículos|posts)"
    r"|(?:guarda\s|vedi\s)?(?:tutti\s(?:gli\s)?)?(?:articoli|post)"
    r"|(?:ein\s|eine\s)?(?:gast)?(?:beitrag|kommentar|analyse|kolumne|essay|interview|reportage)"
    r"|(?:an?\s)?(?:opinion|analysis|interview|essay|review|report|article|guest\spost)"
    r"|written|posted|reported|edited|published|reviewed|submitted|added|created|contributed|words|text"
    r"|story|verfasst|geschrieben|veröffentlicht|erstellt|gepostet|eingestellt|publiziert"
    r"|publié|écrit|rédigé|posté|proposé|publicado|escrito|scritto|pubblicato|inserito|postato"
    r"|geplaatst|geschreven|gepubliceerd|skrevet|skriven|napisał|dodał|опубликовал\w*|написал\w*"
)
_BY_TEXT: Final = r"(?:by|von|vom|par|por|di|da|door|av|af|przez)"
_BY: Final = re.compile(
    rf"(?:(?:{_BEFORE_BY})\s?(?:{_BY_TEXT}\b\s?:?|(?:von|by|par|por)(?-i:(?=[A-ZÀ-Þ]))|:)"
    r"|(?:by|(?P<particle>von|par|por)|a\scura\sdi|door)\s?:?(?=[\s:])"
    r"|(?:(?:der\s|die\s|the\s)?(?:gast)?aut(?:h?or|eur)(?:e?s|in|innen|en|i|ka|ea)?(?:[:/*]in(?:nen)?)?"
    r"|redacteur|rédact(?:eur|ion)|interview|text|texte|testo|texto|tekst|redaktion|reporter|words"
    r"|автор\w?|текст|журналист|auteurs?|written)\s?:|aut(?:h?or|eur)(?:in|en)?(?-i:(?=\s[A-ZÀ-Þ])))\s*(?=\S)",
    re.IGNORECASE,
)
_BY_INSIDE: Final = re.compile(rf"(?:^|[\s|•·,:–-]){_BY_TEXT}:?\s+(?=[^\W\d_])", re.IGNORECASE)
_CLOCK: Final = re.compile(
    r"[,@|/–-]?\s{0,3}(?:at|um|à|alle|a las|ore|kl\.?)?\s{0,3}\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?"
    r"(?:\s?[ap]\.?m\.?\b)?(?:\s?(?:uhr|[A-Z]{2,4}\b))?",
    re.IGNORECASE,
)
_BORDER: Final = re.compile(r"(?<!\s)\s+[–—/-]\s+|(?:(?<!\s)\s+)?[|•·»←→⋅]\s*")
_LOOSE: Final = re.compile(
    r"^(?:(?:on|am|vom|le|el|il|den|at|um|and|und|,|/)\s+)+|(?:\s{0,2}\b(?:on|am|vom|le|el|il|at|um|,|/)){1,6}$",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(
    r"(?:(?<!\s)\s+)?(?:[(<\[]\s*)?(?:mailto:)?[\w.+-]{1,64}@[\w.-]{3,100}\s*[)>\]]?"
)
_WEEKDAY: Final = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche\b,?",
    re.IGNORECASE,
)


def starts_byline(text: str) -> bool:
    """Return whether a text begins with a label of names.

    Example:
        >>> [starts_byline(text) for text in ("By Ann Roe", "Publié par Ann", "Text: Ann", "Ann")]
        [True, True, True, False]
    """
    return _BY.match(text.lstrip(" ,–—-|·•")) is not None


@lru_cache(maxsize=256)
def bare_byline(text: str, *, has_label: bool = True) -> str:
    """Return the part of a byline that may be names.

    Args:
        text: The byline, on one line.
        has_label: Whether `by` and the day may be next to the names.

    Example:
        >>> for text in ("View all posts by Ann Roe", "Dezember 10, 2019 · von Ann Roe",
        ...              "Posted on 3 May 2019 by Ann Roe", "Ann Roe | 03.05.2019, 10:30 Uhr"):
        ...     print(bare_byline(text))
        Ann Roe
        Ann Roe
        Ann Roe
        Ann Roe
        >>> bare_byline("von Humboldt, Alexander"), bare_byline("von der Leyen")
        ('von Humboldt, Alexander', 'von der Leyen')
    """
    text = _EMAIL.sub("", text).lstrip(" ,–—-|·•")
    if has_label:
        if any(map(str.isdigit, text)):
            text = _without_days(text)
        for _ in range(3):
            text = _without_label(text)
    parts = [part for part in _BORDER.split(text) if part.strip(" ,.:;-–—")]
    if not parts or parts[0] == text:
        return text
    return _without_label(parts[0]) if has_label else parts[0]


def _without_label(text: str) -> str:
    found = _BY.match(text)
    if not found:
        return text
    bare = text[found.end() :]
    return text if found["particle"] and ":" not in found[0] and _is_of_name(bare) else bare


def _is_of_name(text: str) -> bool:
    """Return whether `von` before a text is a part of a name: `von Roe, Ann`, `von der Roe`."""
    head, comma, _ = text[:_LONGEST_LINE].partition(",")
    words = head.split()
    if not words or words[0].casefold() in PARTICLES:
        return bool(words)
    is_account = "." in words[0].rstrip(".")
    if len(words) > 1 or not words[0][0].isupper() or is_account or is_agency(head):
        return False
    return bool(comma) or words[0].casefold() not in GIVEN_NAMES


def _without_days(text: str) -> str:
    """Return a text without the dates in it; if it contains `by` too, the text after that."""
    days = list(days_in(text, day_first=True))
    if not days:
        return text
    parts: list[str] = []
    place = 0
    for _, start, end in days:
        parts.append(text[place:start])
        place = end
    parts.append(text[place:])
    for part in parts[1:] + parts[:1]:
        found = _BY_INSIDE.search(part)
        before = part[: found.start()].split() if found else []
        # In `Ann von Roe, 3 May 2019` it is part of the name.
        if found and not (before and before[-1].casefold() in GIVEN_NAMES):
            return _LOOSE.sub("", _CLOCK.sub(" ", part[found.end() :]).strip(" ,.|:")).strip()
    bare = (_WEEKDAY.sub("", _CLOCK.sub(" ", part)).strip(" ,.|:;-–—·") for part in parts)
    return " | ".join(filter(None, (_LOOSE.sub("", part).strip() for part in bare)))


# Roles

_ROLE: Final = re.compile(
    r"(?:,\s*|(?<!\s)\s+\()(?:eds?|hrsg|hg|coords?|dirs?|comps?|trans|editors?|herausgeber(?:in)?)\.?\)?$",
    re.IGNORECASE,
)


def without_role(text: str) -> str:
    """Return a name without the role after it; `Roe, Ed.` may be a complete name.

    Example:
        >>> without_role("T. Hansen, Ed."), without_role("Roe, Ed"), without_role("Roe, A. (eds.)")
        ('T. Hansen', 'Roe, Ed', 'Roe, A.')
    """
    found = _ROLE.search(text)
    if not found or (found[0][0] == "," and " " not in text[: found.start()].strip()):
        return text
    return text[: found.start()].rstrip()


_PICTURES: Final = re.compile(
    r"(?:photo(?:s|graphs?|graphy)?|fotos?|fotografie|bild(?:er|nachweis)?|images?|illustrations?|video"
    r"|kamera|grafik|quelle|source|titelbild|cover)\b\s?(?:credit\s?)?(?:by|von|par|:|©)",
    re.IGNORECASE,
)


def is_of_pictures(text: str) -> bool:
    """Return whether a text names the photographer.

    Example:
        >>> is_of_pictures("Foto: Ann Roe"), is_of_pictures("Text: Ann Roe")
        (True, False)
    """
    return _PICTURES.match(text) is not None


# Agencies

_AGENCIES_TEXT: Final = """
    afp aap anp ansa ap apa ats belga bloomberg ctk dapd dpa dts efe epd ians interfax keystone-sda
    kna kyodo lusa ntb pap pti reuters ria ritzau sda sid stt tass tt upi xinhua yonhap kathpress
"""
_AGENCIES: Final = frozenset(_AGENCIES_TEXT.split())
_BROADCASTERS_TEXT: Final = (
    "abc aljazeera bbc cbc cbs cnbc cnn itv msnbc nbc nhk npr pbs rfe/rl rfi"
)
_BROADCASTERS: Final = frozenset(_BROADCASTERS_TEXT.split())
_NEWSPAPERS_TEXT: Final = (
    "al jazeera|axios|deutsche welle|die zeit|el país|euronews|financial times|fox news|le monde"
    "|politico|sky news|the atlantic|the economist|the guardian|the independent|the intercept"
    "|the new york times|the telegraph|the times|the washington post|voice of america"
)
_NEWSPAPERS: Final = frozenset(_NEWSPAPERS_TEXT.split("|"))


def is_agency(text: str) -> bool:
    """Return whether a text is the abbreviation of a news agency, or several with initials.

    Example:
        >>> [is_agency(text) for text in ("dpa", "dpa/lno", "Reuters", "Roe", "a/b")]
        [True, True, True, False, False]
    """
    parts = [part.strip().lower() for part in text[:60].split("/")]
    return any(part in _AGENCIES for part in parts) and all(len(part) < 13 for part in parts)


def is_body_beside(text: str) -> bool:
    """Return whether a text next to a person's name is that of an agency or a newspaper.

    Example:
        >>> is_body_beside("Reuters"), is_body_beside("BBC News"), is_body_beside("University of X")
        (True, True, False)
        >>> is_body_beside("CNN Business"), is_body_beside("Al Jazeera"), is_body_beside("Al Roe")
        (True, True, False)
    """
    words = text.split()
    if is_agency(text) or (words and words[0].casefold() in _BROADCASTERS):
        return True
    if text.casefold() in _NEWSPAPERS:
        return True
    is_short = 0 < len(words) <= 3 and len(letters(text)) > 2 and not _OF_BODY.search(text)
    return is_short and is_organisation(text) and not any(map(str.islower, words))


# Initials, and the staff of an organisation: `RFE/RL's Tajik Service`.
_OF_BODY: Final = re.compile(
    r"['’]s?\b|\.|\d|\b(?:service|staff|desk|team|editors?|reporters?|writers?|correspondents?)\b",
    re.IGNORECASE,
)


# Texts that are not names

_NO_NAME: Final = re.compile(
    r"https?:|www\.|^@|^#|\w@\w|\b[a-z][a-z0-9-]{2,}\.(?:[a-z]{2,3}|html?|info)(?![\w.])|^\W*$"
    r"|^\d[\d\s./:-]*$|^\S*_\S*$|[{}$<>=;\\]|\(\)|^\d+\s|\d{1,2}:\d{2}"
    r"|\bcc[ -]?(?:by|0)\b|creative commons|public domain|rights reserved|alle rechte|licen[sc]e"
    r"|lizenz|copyright|©|\bcomments?\b|kommentare?\b|commentaires?|\bshare|\bteilen\b|\bfollow|\bfolgen\b"
    r"|newsletter|impressum|datenschutz|\blog ?in\b|\blogout\b|anmelden|biograph"
    r"|\bprofil\w*\b|\bavatar|^(?:view|show|see|read|zeige|voir|ver|more|mehr|about|über|alle|all|posts?|beiträge|articles?"
    r"|artikel|veröffentlicht|published|posted|updated|aktualisiert|erstellt|geschrieben|kontakt"
    r"|contact)\b|lesezeit|min(?:uten)? read|\bread(?:ing)? time",
    re.IGNORECASE,
)
_JUNK: Final = re.compile(
    r"(?:the |our |a )?(?:(?:web|site|wp)?[ _-]?(?:admin|administrator|master|editor|manager|team"
    r"|user|redaktion|redakteur)s?\d*"
    r"|staff(?: writers?| reporters?)?|guest(?: author| contributor)?|unknown|anonymous|anon(?:ym)?"
    r"|root|wordpress|default|test|user\d*|contributors?|editors?|editorial(?: staff| team)?|by"
    r"|(?:von )?(?:die |der |la )?(?:online-?)?redaktion|la rédaction|rédaction|redacción"
    r"|redazione|newsroom"
    r"|news desk|reporters?|correspondents?|aut(?:h?or|eur)(?:in|en|s|es)?|gast(?:autor(?:in)?)?"
    r"|gäste"
    r"|support|info|contact|no author|various(?: authors)?|multiple authors|super user|moderator"
    r"|von|par|por|weblog|blog|news|presse|pressestelle|home|startseite|menu|written|unbekannt"
    r"|(?:name|post)[ _-]?author|author[ _-]?name|agencies|agenturen|agencias|published by|facebook"
    r"|twitter|google\+?|instagram|e-?mail|print|drucken|video|audio|foto|photo|staff report"
    r"|pseudonym|gast ?beitrag|pressemitteilung|verlag|online|web)",
    re.IGNORECASE,
)


def is_no_name(text: str) -> bool:
    """Return whether a text is not a name: an account, a licence, a link, a script.

    Example:
        >>> texts = ["admin", "CC BY 3.0", "9 articles", "a{b:c}", "deinen Freunden", "Ann Roe"]
        >>> [is_no_name(text) for text in texts]
        [True, True, True, True, True, False]
    """
    words = text.split()
    return (
        is_placeholder(text)
        or len(text) > 300
        or len(letters(text)) < 2
        or _JUNK.fullmatch(text) is not None
        or _NO_NAME.search(text) is not None
        or (len(words) > 1 and words[0].islower() and words[0] not in PARTICLES and "/" not in text)
    )


# The text of a page

_DATELINE: Final = re.compile(r"^.{2,60}?[(]([^()]{2,30})[)]\s?[–—-]")
_LONGEST_LINE: Final = 160
_NEAR: Final = 1_500
_MOST_LINES: Final = 60


def shown_byline(shown: Shown) -> tuple[str, tuple[str, ...]]:
    """Return the line near the heading in which a page shows its authors, and the people in it.

    Args:
        shown: The text of the page.
    """
    looks = 0
    start = (shown.start or 0) - 300
    end = shown.end + _NEAR if shown.start is not None else 2 * _NEAR
    agency = ""
    for place, (line, element, offset) in enumerate(shown.texts):
        if offset > end:
            break
        if offset < start:
            continue
        if not agency and len(line) > 20:
            found = _DATELINE.match(line[:100])
            agency = found[1] if found and is_agency(found[1]) else ""
        if len(line) > _LONGEST_LINE or not (_MAY_BE.search(line)):
            continue
        looks += 1
        if looks > _MOST_LINES:
            break
        if is_of_pictures(line):
            continue
        if place + 1 < len(shown.texts) and _ENDS_OPEN.search(line):
            place += 1
            line = f"{line} {shown.texts[place][0][:_LONGEST_LINE]}"
        while place + 1 < len(shown.texts) and _GOES_ON.match(shown.texts[place + 1][0]):
            place += 1
            line = f"{line} {shown.texts[place][0][:_LONGEST_LINE]}"
        is_dated = _BY_INSIDE.search(line) is not None and any(True for _ in days_in(line, True))
        if not (is_dated or starts_byline(line)):
            continue
        people = _BETWEEN_PEOPLE.split(bare_byline(line))
        if all(map(_may_be_person, people)) and not stands_aside(element):
            return line, tuple(people)
    return (agency, (agency,)) if agency else ("", ())


_MAY_BE: Final = re.compile(rf"(?:^|[\s|•·,:–-]){_BY_TEXT}\b|:", re.IGNORECASE)
_ENDS_OPEN: Final = re.compile(rf"(?:(?:^|\s){_BY_TEXT}|:)\s?:?$", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"(?:und|and|et|y|&)(?:\s+\S+){0,4}$")
_BETWEEN_PEOPLE: Final = re.compile(r"(?:(?<!\s)\s+)?(?:,|&|;|\band\b|\bund\b|\bet\b|\by\b)\s*")


def _may_be_person(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= 4
        and len(text) <= 40
        and not is_no_name(text)
        and not any(map(str.isdigit, text))
        and all(word[0].isupper() or word in PARTICLES for word in words)
        and (len(words) > 1 or len(text) > 3)
    )


# The owner of the page

_SIGNS: Final = ("©", "&copy;", "opyright")
_OWNER: Final = re.compile(
    r"(?:[Cc]opyright|opyright|©|&copy;|\([Cc]\)|\s|:|by\b|von\b|(?P<year>(?:19|20)\d\d)(?:\s?[-–])?)+"
    r"(?P<name>[^\W\d_][^\W\d_.'-]+(?: [^\W\d_][^\W\d_'-]*\.?){1,2})\s*(?=[<.,|]|$)"
)
_OF_A_FOOTER: Final = re.compile("footer|copyright|colophon|imprint|impressum", re.IGNORECASE)
_OF_A_PICTURE: Final = re.compile(r"caption|foto|photo|bild|image|<img|credit", re.IGNORECASE)
_MOST_SIGNS: Final = 20


def copyright_owner(text: str) -> str:
    """Return the person who owns the copyright of a page, as personal sites print at their end.

    Args:
        text: The HTML.

    Example:
        >>> copyright_owner("<div id=footer><p>© 2012 Anna Roe. All rights reserved.</p></div>")
        'Anna Roe'
        >>> copyright_owner("<figcaption>© 2012 Anna Roe</figcaption><p>© Roe Enterprises</p>")
        ''
    """
    for sign in _SIGNS:
        place = text.find(sign)
        for _ in range(_MOST_SIGNS):
            if place < 0:
                break
            found = _OWNER.match(text[place : place + 120])
            before = text[max(place - 300, 0) : place]
            is_text = before.rfind(">") > before.rfind("<")
            if found and is_text and not _OF_A_PICTURE.search(before):
                first = found["name"].partition(" ")[0].lower()
                is_own = found["year"] or _OF_A_FOOTER.search(before)
                if is_own and first in GIVEN_NAMES and not is_organisation(found["name"]):
                    return found["name"]
            place = text.find(sign, place + 1)
    return ""
