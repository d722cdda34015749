"""Names: reading them as bibliographies write them, and writing them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refcite import Name
from refcite.names import is_et_al, read_list
from refcite.names.lists import without_et_al
from refcite.problems import RecordTypeError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Aristotle", Name(family="Aristotle")),
        ("Donald E. Knuth", Name(family="Knuth", given="Donald E.")),
        ("Knuth, Donald E.", Name(family="Knuth", given="Donald E.")),
        (
            "Ludwig van Beethoven",
            Name(family="Beethoven", given="Ludwig", non_dropping_particle="van"),
        ),
        (
            "van Beethoven, Ludwig",
            Name(family="Beethoven", given="Ludwig", non_dropping_particle="van"),
        ),
        ("King, Jr., Martin Luther", Name(family="King", given="Martin Luther", suffix="Jr.")),
        (
            "Charles Louis Xavier Joseph de la Vallée Poussin",
            Name(
                family="Vallée Poussin",
                given="Charles Louis Xavier Joseph",
                non_dropping_particle="de la",
            ),
        ),
        ("Jean {de La} Fontaine", Name(family="Fontaine", given="Jean de La")),
        ("Jean d'Ormesson", Name(family="Ormesson", given="Jean", non_dropping_particle="d'")),
        ("{Barnes and Noble}", Name(literal="Barnes and Noble")),
        ("{van der Heijden}, Rob", Name(family="van der Heijden", given="Rob")),
        ("{A} {and B}", Name(family="and B", given="A")),
        ("José Ortega y Gasset", Name(family="Ortega y Gasset", given="José")),
        ("Antoni Gaudí i Cornet", Name(family="Gaudí i Cornet", given="Antoni")),
        ("Ramón y Cajal", Name(family="Ramón y Cajal")),
        (
            "Miguel de Cervantes y Saavedra",
            Name(family="Cervantes y Saavedra", given="Miguel", non_dropping_particle="de"),
        ),
        ("毛泽东", Name(family="毛泽东")),
        (
            "family=Simpson, given=Homer J, prefix=von, suffix=III",
            Name(family="Simpson", given="Homer J", non_dropping_particle="von", suffix="III"),
        ),
        (
            "family=Humboldt, given={Alexander}, prefix=von, useprefix=false",
            Name(family="Humboldt", given="Alexander", dropping_particle="von"),
        ),
        ("Knuth,", Name(family="Knuth")),
        ("", Name()),
    ],
)
def test_a_name_is_read_in_its_parts(text: str, name: Name) -> None:
    assert Name.parse(text) == name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (Name(family="Gogh", given="Vincent", non_dropping_particle="van"), "van Gogh, Vincent"),
        (
            Name(family="Humboldt", dropping_particle="von"),
            "family=Humboldt, dropping-particle=von",
        ),
        (Name(literal="Barnes and Noble"), "{Barnes and Noble}"),
        (Name(family="a, b"), 'family="a, b"'),
    ],
)
def test_a_name_is_written_in_the_plainest_form_that_reads_back(name: Name, text: str) -> None:
    assert str(name) == text


AGREED = [
    ("Beethoven, Ludwig van", Name(family="Beethoven", given="Ludwig", dropping_particle="van")),
    ("La Fontaine, Jean de", Name(family="La Fontaine", given="Jean", dropping_particle="de")),
    ("van der Berg", Name(family="Berg", non_dropping_particle="van der")),
    ("van der Berg, Jan", Name(family="Berg", given="Jan", non_dropping_particle="van der")),
    (
        "Ludwig van Beethoven",
        Name(family="Beethoven", given="Ludwig", non_dropping_particle="van"),
    ),
    ("King, Jr., Martin Luther", Name(family="King", given="Martin Luther", suffix="Jr.")),
    ("King, Martin Luther, Jr.", Name(family="King", given="Martin Luther", suffix="Jr.")),
    ("Rockefeller, John D. 3rd", Name(family="Rockefeller", given="John D.", suffix="3rd")),
    ("Ford, II, Henry", Name(family="Ford", given="Henry", suffix="II")),
    ("King Jr., Martin", Name(family="King", given="Martin", suffix="Jr.")),
    ("van Roe III, A.", Name(family="Roe", given="A.", non_dropping_particle="van", suffix="III")),
    ("Martin Luther King, Jr.", Name(family="King", given="Martin Luther", suffix="Jr.")),
    ("King ML, Jr.", Name(family="King", given="ML", suffix="Jr.")),
    ("Ann Roe, Ph.D.", Name(family="Roe", given="Ann", suffix="Ph.D.")),
    ("Roe, Ann, Ph. D.", Name(family="Roe", given="Ann", suffix="Ph. D.")),
    ("Roe, Ann PhD", Name(family="Roe", given="Ann", suffix="PhD")),
    ("Roe, Ann, MD", Name(family="Roe", given="Ann", suffix="MD")),
    ("Roe Poe, MD", Name(family="Roe Poe", given="MD")),
    ("Ortega y Gasset, José", Name(family="Ortega y Gasset", given="José")),
    ("d'Alembert, Jean", Name(family="Alembert", given="Jean", non_dropping_particle="d'")),
    ("al-Hakim, Tawfiq", Name(family="Hakim", given="Tawfiq", non_dropping_particle="al-")),
    ("de' Medici, Cosimo", Name(family="Medici", given="Cosimo", non_dropping_particle="de' ")),
    (
        "'t Hooft, Gerard",
        Name(family="Hooft", given="Gerard", non_dropping_particle="'t"),
    ),
]


@pytest.mark.parametrize(("text", "name"), AGREED)
def test_one_text_is_one_name_in_each_way_of_reading(text: str, name: Name) -> None:
    assert Name.parse(text) == name
    assert Name.of_inverted(text) == name
    parts = name.parts()
    assert Name.of_parts(parts.family, parts.given, parts.suffix) == name
    assert Name.of_inverted(name.inverted()) == name


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("World Health Organization", "World Health Organization"),
        ("UNESCO,", "UNESCO"),
        ("Banco de España", "Banco de España"),
        ("University of California, Berkeley,", "University of California, Berkeley"),
    ],
)
def test_organisations_are_not_taken_apart(text: str, literal: str) -> None:
    assert Name.of_inverted(text) == Name(literal=literal)


def test_a_particle_that_has_a_place_of_its_own_leaves_the_family_name_as_it_is() -> None:
    name = Name.of_parts("den Berg", "Jan", particle="van")
    assert name == Name(family="den Berg", given="Jan", non_dropping_particle="van")


_WORDS = "van der de d'Aubigné d' de' al-Hakim La Berg Jr. III ann y Ortega 't J. 2nd MD 毛 l'Isle"
WORDS = st.sampled_from(_WORDS.split(" "))
TEXTS = st.lists(st.lists(WORDS, max_size=4).map(" ".join), min_size=1, max_size=4).map(", ".join)


@given(TEXTS)
def test_the_parts_of_a_name_that_was_read_are_read_as_the_same(text: str) -> None:
    name = Name.parse(text)
    parts = name.parts()
    assert Name.of_parts(parts.family, parts.given, parts.suffix) == name
    if name.family and name.given:
        assert Name.of_inverted(name.inverted()) == name


parts = st.none() | st.text() | st.sampled_from(["van", "de la", "Jr.", "O'Neil", "a, b", "{", '"'])
persons = st.builds(
    Name,
    family=parts,
    given=parts,
    dropping_particle=parts,
    non_dropping_particle=parts,
    suffix=parts,
    comma_suffix=st.booleans(),
    static_ordering=st.booleans(),
)
names = persons | st.builds(Name, literal=st.text())


@given(names)
def test_every_name_reads_back_from_its_text(name: Name) -> None:
    assert Name.parse(str(name)) == name


@given(st.text())
def test_no_text_is_refused(text: str) -> None:
    assert isinstance(Name.parse(text), Name)


def test_wrong_types_are_refused_by_the_name_of_the_part() -> None:
    with pytest.raises(RecordTypeError, match=r"Name\.given must be text or None, not int"):
        Name(family="Smith", given=3)  # type: ignore[arg-type]  # the mistake that is tested
    with pytest.raises(RecordTypeError, match=r"Name\.literal .* cannot be combined"):
        Name(literal="NASA", family="NASA")


# Lists that go on


@pytest.mark.parametrize(
    "text",
    [
        *(
            "et al.",
            "al., et",
            "al, et",
            "[et al.]",
            "... [et al.]",
            "et al., eds.",
            "et al. (eds)",
        ),
        *("and 12 others", "12 others", "& others", "und andere", "et autres", "y otros"),
        *("et alii", "...", "…", "[...]"),
    ],
)
def test_what_stands_for_all_other_names_is_no_name(text: str) -> None:
    assert is_et_al(text)
    assert read_list(text).names == ()


@pytest.mark.parametrize("text", ["Al, Ettore", "Roe, Al.", "Monet", "12 Monkeys", "Roe et al."])
def test_what_looks_like_et_al_is_a_name(text: str) -> None:
    assert not is_et_al(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Roe, Ann, et al.", "Roe, Ann [et al.]", "Roe, Ann ... [et al.]", "Roe, Ann & others"),
        *(
            "Roe, Ann and 12 others",
            "Roe, Ann und andere",
            "Roe, Ann et autres",
            "Roe, Ann y otros",
        ),
        "Roe, Ann et alii",
    ],
)
def test_what_stands_behind_the_last_name_says_that_there_are_more(text: str) -> None:
    assert without_et_al(text) == ("Roe, Ann", True)


# Lists that no delimiter settles


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Smith J, Jones B, Lee C", ["Smith, J", "Jones, B", "Lee, C"]),
        ("Smith JA Jr, van der Berg K", ["Smith, Jr, J A", "van der Berg, K"]),
        ("Smith, J., Jones, B.", ["Smith, J.", "Jones, B."]),
        ("Smith, J., Jr., Jones, B.", ["Smith, Jr., J.", "Jones, B."]),
        ("Smith, J. and Jones, B.", ["Smith, J.", "Jones, B."]),
        ("Roe A.B.", ["Roe, A.B."]),
        ("Ann Roe, Bob Poe", ["Roe, Ann", "Poe, Bob"]),
        ("Ann Roe; Bob Poe", ["Roe, Ann", "Poe, Bob"]),
        ("Roe, Ann & Poe, Bob", ["Roe, Ann", "Poe, Bob"]),
        ("Ann Roe und Bob Poe", ["Roe, Ann", "Poe, Bob"]),
        ("Roe, Ann et Poe, Bob", ["Roe, Ann", "Poe, Bob"]),
        ("Roe, Ann；Poe, Bob", ["Roe, Ann", "Poe, Bob"]),
        ("王小明、李四", ["王小明", "李四"]),
        ("Roe, Ann, Bob Poe, and Zoe Doe", ["Roe, Ann", "Poe, Bob", "Doe, Zoe"]),
        ("Ludwig van Beethoven", ["van Beethoven, Ludwig"]),
        ("Karl von und zu Roe", ["von und zu Roe, Karl"]),
        ("University of California, Berkeley", ["{University of California, Berkeley}"]),
        ("Ministry of Justice, Sweden", ["{Ministry of Justice, Sweden}"]),
        ("Sweden, Ministry of Justice", ["{Sweden, Ministry of Justice}"]),
        ("Great Roe, Home Office", ["{Great Roe, Home Office}"]),
        ("Department of Roe, Poe, and Doe", ["{Department of Roe, Poe, and Doe}"]),
        ("Ministry of Roe, Poe and Doe", ["{Ministry of Roe, Poe and Doe}"]),
        ("Roe, Poe & Doe LLP", ["{Roe, Poe & Doe LLP}"]),
        ("Roe, Poe and Co.", ["{Roe, Poe and Co.}"]),
        ("Ann Roe, Bob Poe and Zoe Doe", ["Roe, Ann", "Poe, Bob", "Doe, Zoe"]),
        ("Ann Roe, Bob Poe, & Zoe Doe", ["Roe, Ann", "Poe, Bob", "Doe, Zoe"]),
        ("Juan Pérez y María López", ["Pérez, Juan", "López, María"]),
        ("Mario Rossi e Luigi Bianchi", ["Rossi, Mario", "Bianchi, Luigi"]),
        ("Jan de Vries en Anna Smit", ["de Vries, Jan", "Smit, Anna"]),
        ("Sven Svensson och Anna Karlsson", ["Svensson, Sven", "Karlsson, Anna"]),
        ("Jan Kowalski i Anna Nowak", ["Kowalski, Jan", "Nowak, Anna"]),
        ("Ana Gómez, Juan Pérez y Eva López", ["Gómez, Ana", "Pérez, Juan", "López, Eva"]),
        ("Pérez, Juan y María López", ["Pérez, Juan", "López, María"]),
        ("Ortega y Gasset, José y Marías, Julián", ["Ortega y Gasset, José", "Marías, Julián"]),
        ("Ann Roe, Jr., Bob Poe", ["Roe, Jr., Ann", "Poe, Bob"]),
        ("Martin Luther King Jr.", ["King, Jr., Martin Luther"]),
        ("Ann Roe, MD", ["Roe, MD, Ann"]),
        ("Smith JR Jr", ["Smith, Jr, J R"]),
        ("Smith JA 3rd", ["Smith, 3rd, J A"]),
        ("Smith JA III", ["Smith, III, J A"]),
        ("Van den Berg J", ["Van den Berg, J"]),
        ("St John A", ["St John, A"]),
        ("Berg J van der", ["Berg, J van der"]),
    ],
)
def test_what_has_the_shape_of_a_list_is_a_guess(text: str, names: list[str]) -> None:
    found = read_list(text)
    assert list(map(str, found.names)) == names
    assert found.is_guess
    assert not found.leftovers


@pytest.mark.parametrize(
    "text",
    [
        *("Smith, John", "Smith, J. R.", "van der Berg, Jan", "King, Martin Luther, Jr."),
        *("Le Mar, Anna Maria", "García Márquez, Gabriel José", "Church, Alonzo", "Roe, Ann, MD"),
        *("World Health Organization", "Barnes and Noble", "Simon & Schuster", "Siemens A.G."),
        *("UNESCO,", "Department of Health and Human Services", "Malcolm X"),
        *("von und zu Liechtenstein, Hans-Adam", "Church, Bob of York", "Roe and Associates"),
        *("Ortega y Gasset", "José Ortega y Gasset", "Ministerio de Educación y Cultura"),
        *(
            "Ortega y Gasset, José",
            "García Pérez y Roe, Juan",
            "Roe, A Y",
            "World War II",
            "Team A II",
        ),
    ],
)
def test_one_name_is_one_name(text: str) -> None:
    found = read_list(text)
    assert found.names == (Name.of_inverted(text),)
    assert not found.is_guess
    assert not found.leftovers


@pytest.mark.parametrize(
    "text",
    [
        *("Roe, Poe, Doe, Loe", "Ann Roe and World Bank", "Smith, Jones, Lee", "Bob Roe, Po Do"),
        *("Salud Pública y Bienestar Social", "Juan y María Roe", "Ola Roe und Kari Poe"),
    ],
)
def test_what_cannot_be_settled_is_kept_and_told(text: str) -> None:
    found = read_list(text)
    assert len(found.names) == 1
    assert found.leftovers == (text,)


@given(st.text() | TEXTS)
def test_every_text_is_read_as_a_list(text: str) -> None:
    assert read_list(text).names or read_list(text).et_al


@pytest.mark.parametrize("text", ["ANN ROE", "Quist C D", "A. Quist, B. Roe"])
def test_a_person_whom_only_the_shape_tells_is_a_guess(text: str) -> None:
    found = read_list(text)
    assert found.is_guess
    assert all(name.family and name.given for name in found.names)


@pytest.mark.parametrize("text", ["SIEMENS AG", "UNICEF UK", "Team A B"])
def test_a_body_in_capitals_is_no_person(text: str) -> None:
    assert read_list(text).names == (Name(literal=text),)


@pytest.mark.parametrize(
    "text", ["Quist, III, A. und Ministry of Health", "Roe, Ann, Inc., Quist & Zed Company"]
)
def test_a_list_with_a_part_that_may_be_several_names_is_left_whole(text: str) -> None:
    assert read_list(text).leftovers == (text,)
