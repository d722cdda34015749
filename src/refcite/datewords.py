"""Dates in words: `18 January 2017`, `Spring 2001`, `12.–15. Mai 2010`, `c. 44 BC`.

The text is folded (lower case, no diacritics) and cut into tokens; each token has a class of one
letter, so that the text has a shape such as `dmy` (18 January 2017) or `d-dmy` (12–15 May 2010).
Only shapes that are in the tables below are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from refcite.edtf import Bound, Point, Sides
from refcite.problems import InvalidDateError

__all__ = [
    "GUESSED_MONTHS",
    "MONTHS",
    "AmbiguousDateError",
    "fold",
    "read_words",
    "spelled",
    "words",
]


class AmbiguousDateError(InvalidDateError):
    """A date has two readings.

    Attributes:
        readings: The two readings, in English.
        hint: The text that is not ambiguous.
    """

    def __init__(self, readings: tuple[str, str], hint: str) -> None:
        super().__init__(" or ".join(readings))
        self.readings = readings
        self.hint = hint


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


def _table(lines: Mapping[int, str]) -> dict[str, int]:
    return {word: number for number, line in lines.items() for word in line.split()}


# English, German (Austrian too), French, Spanish, Italian, Portuguese, Dutch; without diacritics.
MONTHS: Final = _table(
    {
        1: "january jan januar janner janvier janv enero ene gennaio gen genn janeiro januari",
        2: "february feb februar febr feber fevrier fevr fev febrero febbraio febbr fevereiro"
        " februari",
        3: "march mar marz maerz mrz mars marzo marco maart mrt",
        4: "april apr avril avr abril abr aprile",
        5: "may mai mayo maggio mag magg maio mei",
        6: "june jun juni juin junio giugno giu junho",
        7: "july jul juli juillet juil julio luglio lug julho",
        8: "august aug aout agosto ago agos augustus",
        9: "september sep sept septembre septiembre setiembre set settembre sett setembro",
        10: "october oct oktober okt octobre octubre ottobre ott outubro out",
        11: "november nov novembre noviembre novembro",
        12: "december dec dezember dez decembre diciembre dic dicembre dezembro",
    }
)
# Languages of web pages: Polish, Croatian, Czech, Slovene, Serbian, Romanian, Turkish, Russian,
# Bulgarian, Ukrainian, Greek, Finnish, Swedish, Danish.
# `listopada`, November in Polish and October in Croatian, is only read in dates.
_MORE: Final = _table(
    {
        1: "stycznia sijecnja leden ledna januara januarja ianuarie ocak январь января янв"
        " януари јануар січня ιανουαριου tammikuuta",
        2: "lutego veljace unor unora februara februarja februarie subat февраль февраля"
        " фев февр февруари фебруар лютого φεβρουαριου helmikuuta",
        3: "marca ozujka brezen brezna marta martie mart marzec март марта березня μαρτιου"
        " maaliskuuta",
        4: "kwietnia travnja duben dubna aprila aprilie nisan апрель апреля апр април"
        " квітня απριλιου huhtikuuta",
        5: "maja maj svibnja kveten kvetna mayıs mayis маи мая маја травня μαιου toukokuuta",
        6: "czerwca lipnja cerven cervna juna junija iunie haziran июнь июня июн юни јун"
        " червня ιουνιου kesakuuta",
        7: "lipca srpnja cervenec cervence jula julija iulie temmuz июль июля июл юли јул"
        " липня ιουλιου heinakuuta",
        8: "sierpnia kolovoza srpen srpna avgusta avgust agustos augusti agustus август"
        " августа авг серпня αυγουστου elokuuta",
        9: "wrzesnia rujna zari septembra septembrie eylul сентябрь сентября сен сент"
        " септември септембар вересня σεπτεμβριου syyskuuta",
        10: "pazdziernika rijen rijna oktobra octombrie ekim октябрь октября окт октомври"
        " октобар жовтня οκτωβριου lokakuuta",
        11: "listopadu novembra noiembrie kasım kasim ноябрь ноября ноя ноември новембар"
        " листопада νοεμβριου marraskuuta",
        12: "grudnia prosinca prosinec prosince decembra decembrie aralık aralik desember"
        " декабрь декабря дек декември децембар грудня δεκεμβριου joulukuuta",
    }
)
MONTHS.update(_MORE)
# The other names and abbreviations of the CSL locales whose letters are one token. They are only
# read in dates, not looked for in running text.
_LOCALE_MONTHS: Final = _table(
    {
        1: "januarie يناير جنوری جنو яну gener led ionawr ion ιανουαριοσ jaanuar jaan urtarrila"
        " urt ژانویه tammi xaneiro xan ינואר ינו sijecanj sij հունվար հնվ ianuarius ian zena zen"
        " sausio saus janvaris sty јан oca січень січ",
        2: "فبراير پروری پرو فروری فرو febrer uno chwefror chwe φεβρουαριοσ veebruar veebr"
        " otsaila ots فوریه helmi febreiro פברואר veljaca velj փետրվար փտր februarius freva fre"
        " vasario vas februaris lut феб pebrero peb sub лютии лют",
        3: "مارس مارچ مار мар marc bre mawrth maw marts μαρτιοσ martxoa maalis מרץ ozujak ozu"
        " marcius մարտ մրտ maret martius marso kovo mac marec березень берез",
        4: "ابريل اپریل اپر dub ebrill ebr απριλιοσ aprill apirila اوریل huhti אפריל אפר travanj"
        " tra aprilis ապրիլ ապր avri balandzio bal kwi nis квітень квіт",
        5: "مايو میی ميی maig kve μαιοσ maiatza touko מאי svibanj svi majus մայիս մյս maius"
        " mazzo maz geguzes geg maijs мај травень трав",
        6: "junie يونيو جون juny cer mehefin meh ιουνιοσ juuni ekaina eka ژوين kesa xuno xun"
        " יוני יונ lipanj junius հունիս հնս iunius iun zugno zug birzelio birz junijs cze junij"
        " јуни hunyo hun haz червень чер",
        7: "julie يوليو جلاییی جلا جلايی juliol cvc gorffennaf gorff ιουλιοσ juuli uztaila uzt"
        " جولای heina juill xullo xul יולי יול srpanj julius հուլիս հլս iulius iul luggio liepos"
        " liep julijs julai جوليی julij јули hulyo hul tem липень лип",
        8: "اغسطس اگست agost awst aws αυγουστοσ abuztua abz اگوست elo אוגוסט אוג kolovoz kol"
        " augusztus օգոստոս օգս agu agust rugpjucio rugpj augusts ogoss ogo sie avg серпень серп",
        9: "سبتمبر ستمبر сеп setembre zar medi med σεπτεμβριοσ iraila ira سپتامبر syys ספטמבר"
        " ספט rujan ruj szeptember szept սեպտեմբեր սպտ rugsejo rugs septembris wrz septembar"
        " setyembre eyl вересень верес",
        10: "اكتوبر اکتوبر rij hydref hyd οκτωβριοσ oktoober urria urr اکتبر loka אוקטובר אוק"
        " հոկտեմբեր հկտ spalio spal oktobris paz oktobar oktubre eki жовтень жовт",
        11: "نوفمبر نومبر ное tachwedd tach νοεμβριοσ azaroa aza نوامبر marras נובמבר נוב"
        " studeni stu նոյեմբեր նյմ nouember nou lapkricio lapkr novembris нов novembar nobyembre"
        " nob kas листопад листоп listopada",
        12: "des ديسمبر دسمبر desembre pro rhagfyr rhag δεκεμβριοσ detsember dets abendua abe"
        " دسامبر joulu decembro דצמבר דצמ prosinac pros դեկտեմբեր դկտ dexembre dex gruodzio"
        " gruodz decembris disember dis grud дец decembar disyembre ara грудень груд",
    }
)
_TWO_MONTHS: Final = {"listopad": (11, 10), "lis": (11, 10), "srp": (8, 7), "lip": (7, 6)}
"""Names of one month in Czech or Polish, and of another in Croatian."""
GUESSED_MONTHS: Final = {"listopada": ("November in Polish", "October in Croatian")}
"""Names with two readings of which the first is used, since its language is much more common."""
_SEASONS: Final = _table(
    {
        1: "spring fruhling fruhjahr printemps primavera lente voorjaar",
        2: "summer sommer ete verano estate verao zomer",
        3: "autumn fall herbst automne otono autunno outono herfst najaar",
        4: "winter hiver invierno inverno",
    }
)
# The days of the week, and the small words between day, month and year.
_PASSED_OVER: Final = words(
    """monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat
    sunday sun montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa
    sonntag so lundi lun mardi mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim lunes
    martes miercoles mie jueves jue viernes vie sabado sab domingo dom lunedi martedi mercoledi
    giovedi gio venerdi sabato domenica segunda feira seg terca ter quarta qua quinta qui sexta
    sex maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo
    the of on in de del della dell da le la en el il am im vom von den der op d l from du dal do
    г года roku"""
)
_UNTIL: Final = words("to until till through bis au a al ate tot hasta")
_NOW: Final = words("present today now heute ongoing")
_TOKEN: Final = re.compile(
    r"""
      (?P<skip>     [\s,.()\[\]]+ | ['’] | (?: cop(?:yright)?\b\.? | [cp](?=[0-9]) | [©℗] ) )
    | (?P<iso>      [0-9]{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?(?![0-9-]) )
    | (?P<decade>   [0-9]{2}[1-9]0['’]?s\b )
    | (?P<number>   [0-9]+ ) (?P<ordinal> (?:st|nd|rd|th|er|re|ste|de|[eoaºª°])(?!\w) )?
    | (?P<before>   (?: b\.?\s?c\.?(?:\s?e\b\.?)? | (?:v|av|avant|a)\.?\s?(?:chr|j\.?\s?-?\s?c)\.?
                      | v\.?\s?u\.?\s?z\.? | a\.\s?c\.? ) (?!\w) )
    | (?P<after>    (?: a\.?d\.? | c\.?\s?e\.? | (?:n|ap|apr|apres)\.?\s?(?:chr|j\.?\s?-?\s?c)\.?
                      | d\.\s?c\.? ) (?!\w) )
    | (?P<circa>    (?: c(?=[.\s]) | cc?a | circa | approx(?:imately)? | about | around | um | etwa
                      | vers | environ | env | hacia | verso | omstreeks )\b | [~±] )
    | (?P<both>     % )
    | (?P<doubt>    \? )
    | (?P<dash>     --?-? | [‐-―−] )
    | (?P<slash>    / )
    | (?P<word>     [^\W\d_]+ )
    """,
    re.VERBOSE,
)
_CLASSES: Final = {
    "iso": "i",
    "decade": "k",
    "before": "B",
    "after": "A",
    "circa": "~",
    "both": "%",
    "doubt": "?",
    "dash": "-",
    "slash": "/",
}
# Letters of a shape: d day, m month, y year, s season, i an ISO date, k a decade.
_WHOLE: Final = words("y my ym dmy mdy ymd sy ys i k")
_ELIDED: Final = words("m-my d-dmy dm-dmy md-dy md-mdy s-sy ym-m ymd-d ymd-md ys-s")
_HYPHENATED: Final = words("d-m-y m-d-y y-m-d m-y y-m s-y y-s d-my m-dy")


def read_words(text: str) -> Sides | None:
    """Read a date or a range in words.

    Args:
        text: The date, folded.

    Returns:
        The date's sides, or None if its shape is not in the tables.

    Raises:
        InvalidDateError: The shape is in the tables, but there is no such date.
        AmbiguousDateError: There are two readings.

    Example:
        >>> start, end = read_words("12.–15. mai 2010")
        >>> str(start), str(end)
        ('2010-05-12', '2010-05-15')
    """
    tokens = _tokens(text)
    if not tokens:
        return None
    if not _TWO_MONTHS.keys().isdisjoint(token.text for token in tokens):
        _check_month(tokens)
        return None
    return _read(tokens)


def _check_month(tokens: _Tokens) -> None:
    """Raise the error that a date has the name of two months, if it is a date."""
    readings: list[str] = []
    for language in (0, 1):
        sides = _read(
            [
                evolve(token, value=_TWO_MONTHS[token.text][language])
                if token.text in _TWO_MONTHS
                else token
                for token in tokens
            ]
        )
        start = sides[0] if sides is not None else None
        if not isinstance(start, Point) or start.month is None:
            return
        readings.append(spelled(start.year, start.month, start.day))
    raise AmbiguousDateError(
        (readings[0], readings[1]), "write the month as a number, as in 2017-01-18"
    )


def _read(tokens: _Tokens) -> Sides | None:
    tokens = _with_years_of_eras(tokens)
    if _shape(tokens).replace("/", "-") in _HYPHENATED:
        tokens = [token for token in tokens if token.kind not in "-/"]
    sides = list(_split(tokens))
    if len(sides) == 1:
        point = _Side.of(tokens).point()
        return (point, None) if point else None
    return _read_range(*sides, separator=_separator(tokens)) if len(sides) == 2 else None


def fold(text: str) -> str:
    """Return a text in lower case and without diacritics; figures do not change."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in apart if unicodedata.category(char) != "Mn")


def spelled(year: int, month: int, day: int | None = None) -> str:
    """Return a date in English words."""
    name = next(word for word, number in MONTHS.items() if number == month).capitalize()
    return f"{day} {name} {year}" if day else f"{name} {year}"


@frozen
class _Token:
    kind: str
    text: str = ""
    value: int = 0


_Tokens = list[_Token]


def _tokens(text: str) -> _Tokens | None:
    """Cut a folded text into tokens; None if a part of it is not a token."""
    tokens: _Tokens = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            return None
        place = found.end()
        group = found.lastgroup or ""
        if group == "skip":
            continue
        if group in ("number", "ordinal"):
            tokens.append(_number(found["number"], has_ordinal=group == "ordinal"))
        elif group == "word":
            token = _word(found["word"])
            if token is None:
                return None
            if token.kind:
                tokens.append(token)
        else:
            tokens.append(_Token(_CLASSES[group], found[0]))
    return _without_weekday(tokens)


def _number(figures: str, *, has_ordinal: bool) -> _Token:
    length = len(figures)
    if length > 18 or (has_ordinal and length > 2):
        return _Token("!")
    if length == 3 and figures[0] == "0":
        return _Token("!")  # a day of the year (ISO 8601)
    kind = "d" if length <= 2 else "y" if length <= 4 else "n"
    return _Token(kind, figures, int(figures))


def _word(word: str) -> _Token | None:
    month = MONTHS.get(word) or _LOCALE_MONTHS.get(word)
    if month:
        return _Token("m", word, month)
    if word in _TWO_MONTHS:
        return _Token("m", word, _TWO_MONTHS[word][0])
    if word in _SEASONS:
        return _Token("s", word, _SEASONS[word])
    if word in _UNTIL:
        return _Token("-", word)
    if word in _NOW:
        return _Token("p", word)
    return _Token("") if word in _PASSED_OVER else None


def _without_weekday(tokens: _Tokens) -> _Tokens:
    """Skip a leading `mar`, Tuesday in three languages, if another month follows."""
    if tokens and tokens[0].text == "mar" and _shape(tokens).startswith("mdm"):
        return tokens[1:]
    return tokens


def _shape(tokens: _Tokens) -> str:
    return "".join(token.kind for token in tokens)


def _with_years_of_eras(tokens: _Tokens) -> _Tokens:
    """Read the number next to an era's name as a year, with any number of figures."""
    for index, token in enumerate(tokens):
        if token.kind not in ("B", "A"):
            continue
        for beside in (index - 1, index + 1) if token.kind == "A" else (index - 1,):
            if 0 <= beside < len(tokens) and tokens[beside].kind in "dyn":
                tokens = tokens.copy()
                tokens[beside] = _Token("y", tokens[beside].text, tokens[beside].value)
                break
    return tokens


def _separator(tokens: _Tokens) -> str:
    return next((token.text for token in tokens if token.kind in "-/"), "")


def _split(tokens: _Tokens) -> Iterator[_Tokens]:
    start = 0
    for index, token in enumerate(tokens):
        if token.kind in "-/":
            yield tokens[start:index]
            start = index + 1
    yield tokens[start:]


@frozen
class _Side:
    """One date of a range, or the only one: the parts that are in the text."""

    shape: str
    parts: Mapping[str, int]
    figures: str
    era: str
    approximate: bool
    uncertain: bool

    @classmethod
    def of(cls, tokens: _Tokens) -> _Side:
        parts: dict[str, int] = {}
        shape = figures = era = ""
        marks = set()
        for token in tokens:
            if token.kind in "AB":
                era = token.kind
            elif token.kind in "~?%":
                marks.add(token.kind)
            else:
                shape += token.kind
                parts.update(_parts(token))
                figures = token.text
        return cls(
            shape=shape,
            parts=parts,
            figures=figures,
            era=era,
            approximate=not marks.isdisjoint("~%"),
            uncertain=not marks.isdisjoint("?%"),
        )

    def point(self) -> Point | None:
        """Return the point in time; None if the shape is not that of a whole date."""
        if self.shape not in _WHOLE:
            return None
        year = self.parts["y"]
        if not year:
            raise InvalidDateError("there is no year 0")
        return Point(
            1 - year if self.era == "B" else year,
            self.parts.get("m"),
            self.parts.get("d"),
            self.parts.get("s"),
            approximate=self.approximate,
            uncertain=self.uncertain,
            unspecified_digits=1 if self.shape == "k" else 0,
        )

    def completed_by(self, other: _Side) -> _Side:
        """Use year and month of the other side if this one omits them."""
        parts = {part: other.parts[part] for part in "ym" if part in other.parts}
        return evolve(self, parts={**parts, **self.parts}, shape="dmy")

    def in_era_of(self, other: _Side, era: str) -> _Side:
        """Use the other side's era; next to a year, a single number is a year too."""
        if self.shape != "d" or other.shape != "y":
            return evolve(self, era=era)
        return evolve(self, era=era, shape="y", parts={"y": self.parts["d"]})


def _parts(token: _Token) -> dict[str, int]:
    if token.kind == "i":
        return dict(zip("ymd", map(int, token.text.split("-")), strict=False))
    if token.kind == "k":
        return {"y": int(token.text[:4])}
    return {token.kind: token.value}


def _read_range(before: _Tokens, after: _Tokens, *, separator: str) -> Sides | None:
    left, right = _Side.of(before), _Side.of(after)
    if separator != "/" and (not after or right.shape == "p"):
        start = left.point()
        return (start, Bound.OPEN) if start else None
    if right.shape == "d" and left.shape in ("y", "sy", "ys") and not left.era + right.era:
        return _read_short_year(left, right, is_dash=separator not in "-/")
    left, right = _share_era(left, right)
    if f"{left.shape}-{right.shape}" in _ELIDED:
        left, right = left.completed_by(right), right.completed_by(left)
    start, end = left.point(), right.point()
    if start and end and start.is_after(end):
        # Perhaps Dec–Jan 2017, which does not state the year in which it starts.
        raise InvalidDateError(f"the end ({end}) must not be before the start ({start})")
    return (start, end) if start and end else None


def _share_era(left: _Side, right: _Side) -> tuple[_Side, _Side]:
    """Read both sides of 300–200 BC as BC, and the end of AD 14–37 or 27 BC–14 as AD."""
    if right.era and not left.era:
        return left.in_era_of(right, right.era), right
    if left.era and not right.era:
        return left, right.in_era_of(left, "A")
    return left, right


def _read_short_year(left: _Side, right: _Side, *, is_dash: bool) -> Sides | None:
    """Read `1998–99` and `1998–9` as years, `2017/1` as a month; `2001–05` may be either."""
    year, number = left.parts["y"], right.parts["d"]
    span = 10 ** len(right.figures)
    end = year - year % span + number
    if end == year + 1 - span:
        end += span  # 1999/00
    month = None
    if left.shape == "y" and 1 <= number <= 12 and not (is_dash and span == 10):
        month = evolve(left, shape="my", parts={"y": year, "m": number}).point()
    if month and end > year:
        readings = (spelled(year, number), f"{year} to {end}")
        raise AmbiguousDateError(readings, f"write {year}-{number:02} or {year}/{end}")
    if month:
        return month, None
    first = left.point()
    last = evolve(right, shape="y", parts={"y": end}).point()
    return (first, last) if first and last and end > year else None
