"""The order of a bibliography."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite import bibliography
from refcite.csl.text.collation import (
    SEPARATOR,
    collation_key,
    collator,
    tailored_collator,
)
from refcite.csl.text.icu_collation import icu_collator
from tests.csl.small import book, engine_for, style_xml

WORDS = st.lists(st.text(alphabet="aäbÖø9 0-'|Zñ中é", max_size=6), max_size=6)


ORDERS = [
    ("en-US", ["Aalto", "Álvarez", "Amis", "Østby", "Oxford", "Zola"]),
    ("en-US", ["De la Cruz", "de Man", "Dean", "Delors"]),
    ("en-US", ["Chapter 9", "Chapter 10", "Chapter IX"]),
    ("en-US", ["30", "2001", "a 2001"]),
    ("en-US", ["Muller", "Müller", "Muller and Company"]),
    ("de-DE", ["Bahr", "Bär", "Bart", "Strasse 1", "Straße 2"]),
    ("sv-SE", ["Ahl", "Zola", "Ågren", "Ängel", "Öst"]),
    ("da-DK", ["Abel", "Zola", "Æble", "Øst", "Aaberg", "Åge"]),
    ("es-ES", ["Nuevo", "Ñandú", "Obra"]),
    ("cs-CZ", ["Cach", "Čapek", "Hus", "Chalupa", "Ibl"]),
    ("tr-TR", ["Halil", "Irmak", "İnan", "Öz", "Pamuk"]),
    ("ru-RU", ["12 стульев", "Ёлкин", "Иванов", "Яшин", "Adam", "Smith"]),
    ("en-US", ["12 стульев", "Adam", "Smith", "Ёлкин", "Иванов"]),
    ("ru", ["Елена", "Ёлкин", "Ель", "Иванов", "Ияков", "Йозеф", "Калинин"]),
    ("uk", ["Гай", "Ґедзь", "Зуб", "Ирій", "Іван", "Їжак", "Йосип", "Київ", "Adam"]),
    ("be", ["Ежы", "Зубр", "Іван", "Йосіф", "Усач", "Ўладзь", "Фёдар"]),
    ("sr", ["Дан", "Ђорђе", "Ема", "Љуба", "Марко", "Тома", "Ћирић", "Adam"]),
    ("zh-CN", ["12", "陈", "李", "王", "张", "Adam", "Smith"]),
    ("zh-TW", ["王", "李", "張", "陳", "Adam"]),
    ("zh-CN-u-co-stroke", ["王", "李", "陈", "Adam"]),
    ("ar", ["أحمد", "باسم", "تميم", "حسن", "يوسف", "Adam"]),
    ("fa", ["بابک", "پرویز", "تهران", "جعفر", "چنگیز", "کامران", "گیتی", "لاله", "Adam"]),
    ("he", ["אבן", "כהן", "לוי", "Adam"]),
    ("de-DE", ["Goebel", "Goethe", "Gold", "Göller", "Gosch"]),
    ("de-DE-u-co-phonebk", ["Goebel", "Göller", "Goethe", "Gold", "Gosch"]),
    ("de-u-co-phonebk", ["Mueller", "Müller", "Muffin"]),
    ("de-AT-u-co-phonebk", ["Amt", "Azur", "Ähre", "Bahr"]),
    ("es-u-co-trad", ["Cuba", "Chile", "Dias", "Lugo", "Llosa", "Mora"]),
    ("en", ["López", "López de Molina", "Lopezar"]),
    # Letters of other languages, and other spellings of a language's own letters.
    ("da-DK", ["Über", "Yde", "Yves", "Zola", "Øhr", "Östen", "Øys"]),
    ("sv-SE", ["Zola", "Äpple", "Ærø", "Öberg", "Østby", "Öz"]),
    ("hu", ["Ozd", "Ör", "Őry", "Ösz", "Ury", "Ük", "Űz"]),
    ("lt", ["Ygas", "Ilgas", "Inta", "Jonas"]),
    ("ro", ["Suru", "Șerban", "Şincai", "Tudor", "Țaga", "Ţibu"]),
    ("kk", ["Есім", "Ёлкин", "Жұмабай"]),
    ("ar", ["آدم", "إبراهيم", "أحمد", "بدر"]),
    ("fa", ["آرش", "احمد", "بابک"]),
]


@pytest.mark.parametrize(("language", "wanted"), ORDERS)
def test_readers_find_what_they_look_for(language: str, wanted: list[str]) -> None:
    assert sorted(set(wanted), key=tailored_collator(language)) == wanted


@pytest.mark.parametrize(("language", "wanted"), ORDERS)
def test_icu_gives_the_same_order(language: str, wanted: list[str]) -> None:
    collate = icu_collator(language, SEPARATOR)
    if collate is None:
        pytest.skip("PyICU, the extra `icu`, is not installed")
    assert sorted(set(wanted), key=collate) == wanted
    parts = f"López{SEPARATOR}Zoe", f"López de Molina{SEPARATOR}Ann", f"Lopezar{SEPARATOR}Ann"
    assert sorted(set(parts), key=collate) == list(parts)
    assert collate("‘t Hooft") == collate("T HOOFT")


def test_icu_is_used_where_it_is_installed() -> None:
    with_icu = icu_collator("sv", SEPARATOR) or tailored_collator("sv")
    assert collator("sv")("Öst 10") == with_icu("Öst 10")


def test_case_and_leading_punctuation_do_not_count() -> None:
    assert collation_key("‘t Hooft") == collation_key("T HOOFT")


def test_a_short_family_name_stands_before_a_longer_one() -> None:
    doe, doenitz = f"Doe{SEPARATOR}Zoe", f"Doenitz{SEPARATOR}Adam"
    assert collation_key(doe) < collation_key(doenitz)


@given(WORDS, st.sampled_from(["en", "sv", "es", "hu"]))
def test_keys_give_one_order(words: list[str], language: str) -> None:
    key = collator(language)
    ordered = sorted(words, key=key)
    assert all(key(a) <= key(b) for a, b in pairwise(ordered))
    assert [key(word) for word in ordered] == sorted(map(key, words))


def test_a_family_name_is_before_a_longer_one_that_begins_with_it() -> None:
    names = "López, M. E.", "López de Molina, G.", "López, Z."
    layout = '<names variable="author"><name name-as-sort-order="all"/></names>'
    rest = (
        '<bibliography><sort><key variable="author"/></sort>'
        f"<layout>{layout}</layout></bibliography>"
    )
    works = [book(str(place), name) for place, name in enumerate(names)]
    engine = engine_for(style_xml(layout, rest=rest), *works)
    engine.nocite(work.id for work in works)
    assert [key for key, _ in engine.bibliography().entries] == ["0", "2", "1"]


def test_the_order_of_a_phone_book_may_be_requested() -> None:
    works = [book(name, name) for name in ("Gold, A.", "Göller, A.", "Gosch, A.")]

    def sorted_in(locale: str) -> list[str]:
        return [key.partition(",")[0] for key in bibliography(works, "apa", locale=locale).ids]

    assert sorted_in("de-DE") == ["Gold", "Göller", "Gosch"]
    assert sorted_in("de-u-co-phonebk") == ["Göller", "Gold", "Gosch"]
