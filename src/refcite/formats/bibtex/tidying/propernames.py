"""Words that have a capital inside a sentence in English: countries, peoples, languages, months."""

from __future__ import annotations

from typing import Final

from refcite.names.givennames import is_given_name

__all__ = ["is_proper_name"]

_PLACES: Final = """
    afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan
    bahrain bangladesh barbados belarus belgium belize benin bhutan bolivia bosnia botswana
    brazil brunei bulgaria burundi cambodia cameroon canada chile china colombia congo croatia
    cuba cyprus czechia denmark djibouti dominica ecuador egypt eritrea estonia eswatini
    ethiopia fiji finland france gabon gambia georgia germany ghana greece grenada guatemala
    guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy
    jamaica japan jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan laos latvia
    lebanon lesotho liberia libya liechtenstein lithuania luxembourg macedonia madagascar malawi
    malaysia maldives mali malta mauritania mauritius mexico moldova monaco mongolia montenegro
    morocco mozambique myanmar namibia nauru nepal netherlands nicaragua niger nigeria norway
    oman pakistan palau palestine panama paraguay peru philippines poland portugal qatar romania
    russia rwanda samoa senegal serbia seychelles singapore slovakia slovenia somalia spain
    sudan suriname sweden switzerland syria taiwan tajikistan tanzania thailand togo tonga
    trinidad tunisia turkey türkiye turkmenistan tuvalu uganda ukraine uruguay uzbekistan
    vanuatu venezuela vietnam yemen zambia zimbabwe africa america antarctica asia europe
    oceania eurasia scandinavia balkans caribbean sahara arctic antarctic pacific atlantic
    mediterranean baltic england scotland wales britain ulster catalonia bavaria saxony prussia
    siberia crimea kurdistan darfur kashmir tibet xinjiang punjab bengal java sumatra borneo
    sicily sardinia corsica crete brittany normandy andalusia galicia amazon nile danube rhine
    ganges mekong himalaya himalayas alps andes pyrenees london paris berlin rome madrid vienna
    moscow beijing tokyo delhi mumbai cairo lagos nairobi geneva oslo stockholm copenhagen
    helsinki amsterdam brussels lisbon athens budapest prague warsaw dublin edinburgh glasgow
    oxford cambridge chicago boston california texas florida ohio virginia washington hawaii
    alaska quebec ontario victoria queensland sydney melbourne istanbul jerusalem gaza baghdad
    tehran kabul damascus beirut hiroshima chernobyl auschwitz wikipedia twitter facebook google
    linux python
"""
_PEOPLES: Final = """
    african african-american afghan albanian algerian american anglican anglo arab arabian
    arabic aramaic argentine argentinian armenian asian australian austrian aztec babylonian
    balkan bangladeshi basque bayesian belgian bengali berber bolivian boolean bosnian brazilian
    breton british buddhist bulgarian burmese byzantine cambodian canadian cantonese cartesian
    catalan catholic celtic chilean chinese christian colombian confucian croatian cuban czech
    danish darwinian dutch egyptian english estonian ethiopian etruscan euclidean european
    filipino finnish flemish freudian french gaelic gaussian georgian german germanic ghanaian
    gothic greek gregorian haitian hasidic hausa hebrew hegelian hellenistic hilbert hindi hindu
    hispanic hungarian icelandic igbo indian indonesian inuit iranian iraqi irish islamic
    israeli italian jamaican japanese javanese jesuit jewish jordanian kantian kazakh kenyan
    korean kurdish lacanian lagrangian latin latino latina latvian lebanese lithuanian lutheran
    macedonian malay malaysian maltese maori māori marxist maya mayan mexican moldovan mongolian
    moroccan mormon muslim napoleonic nazi nepalese newtonian nigerian norse norwegian ottoman
    pakistani palestinian persian peruvian platonic polish polynesian portuguese protestant
    prussian puritan quechua roman romanian romany russian rwandan sanskrit scandinavian
    scottish semitic serbian shakespearean shia sikh slavic slovak slovenian somali soviet
    spanish sudanese sumerian sunni swahili swedish swiss syrian taiwanese tamil thai tibetan
    tunisian turkish turkic ugandan ukrainian urdu uyghur venezuelan victorian vietnamese viking
    welsh yiddish yoruba zambian zionist zulu
"""
_TIMES: Final = """
    january february april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday christmas easter ramadan renaissance holocaust
"""
_NAMES: Final = frozenset(f"{_PLACES}{_PEOPLES}{_TIMES}".split())
_ALSO_WORDS: Final = frozenset(
    [
        *("will", "grace", "mark", "rose", "hope", "faith", "art", "may", "bill", "frank", "dean"),
        *(
            "joy",
            "pat",
            "bob",
            "rob",
            "sue",
            "guy",
            "rich",
            "drew",
            "chase",
            "grant",
            "lane",
            "page",
        ),
        *("summer", "autumn", "dawn", "iris", "ivy", "lily", "daisy", "violet", "ruby", "pearl"),
        *(
            "amber",
            "crystal",
            "charity",
            "patience",
            "constance",
            "victor",
            "earnest",
            "ray",
            "max",
        ),
        *(
            "mercy",
            "angel",
            "sage",
            "olive",
            "rocky",
            "sandy",
            "christian",
            "gene",
            "miles",
            "norm",
        ),
        *(
            "van",
            "so",
            "an",
            "see",
            "van",
            "do",
            "long",
            "young",
            "green",
            "brown",
            "white",
            "black",
        ),
    ]
)
"""Given names that are also common words."""


def is_proper_name(word: str) -> bool:
    """Return whether a word probably is a name, whose capital does not depend on its position.

    Example:
        >>> is_proper_name("Norway"), is_proper_name("German"), is_proper_name("Trade")
        (True, True, False)
        >>> is_proper_name("Maria"), is_proper_name("Will")
        (True, False)
    """
    word = word.lower().removesuffix("'s").removesuffix("’s")
    if word in _NAMES or word.removesuffix("s") in _NAMES:
        return True
    return word not in _ALSO_WORDS and is_given_name(word)
