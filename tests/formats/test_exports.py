"""What databases and reference managers export of a few real works: each file comes out right.

The values were read off the files by hand. The same work says the same in every file that has it,
but for how much of the given names is there.
"""

from __future__ import annotations

import re

import pytest

import refcite
from refcite.library import Library
from refcite.names import Name
from refcite.record import Record
from tests.shared import shared_path

WORKS = {
    "10.1002/ar.25209": "2024 The origin of an invasive: Aureliano T; Ghilardi AM; Müller RT;"
    " Kerber L; Fernandes MA; Ricardi-Branco F; Wedel MJ",
    "10.1002/ar.25299": "2024 Functional morphology: Fawcett MJ; Lautenschlager S; Bestwick J;"
    " Butler RJ",
    "10.1002/ar.25520": "2024 Description of a new: Boisvert C; Curtice B; Wedel M; Wilhite R",
    "10.1007/s11307-012-0572-0": "2012 The Value of Radiologic: Blomberg BA; Moghbel M; Saboury B;"
    " Stanley CA; Alavi A",
    "10.1016/j.cretres.2023.105752": "2024 A bioprovince for: Vicente A; Sanjuan J; Pérez-Cano J;"
    " Trabelsi K; Martín–Closas C",
    "10.1016/j.jclinepi.2020.03.015": "2020 A systematic review: de Jong Y; Ramspek CL;"
    " van der Endt VHW; Rookmaaker MB; Blankestijn PJ; Vernooij RWM; Verhaar MC; Bos WJW;"
    " Dekker FW; Ocak G; van Diepen M",
    "10.1016/j.jvir.2013.12.293": "2014 The effect of intra-arterial: van den Hoven; Smits MLJ;"
    " Rosenbaum CENM; Verkooijen L; van den Bosch MAAJ; Lam MGEH",
    "10.1017/pab.2024.6": "2024 The evolution of femoral: Pintore R; Hutchinson JR; Bishop PJ;"
    " Tsai HP; Houssaye A",
    "10.1038/s41467-024-46843-2": "2024 Global latitudinal: Wilson LN; Gardner JD; Wilson JP;"
    " Farnsworth A; Perry ZR; Druckenmiller PS; Erickson GM; Organ CL",
    "10.1038/s41467-024-48400-3": "2024 Cellular structure: Yang Z; Jiang B; Xu J; McNamara ME",
    "10.1038/s41598-022-15535-6": "2022 A new Cretaceous: Riguetti FJ; Apesteguía S;"
    " Pereda-Suberbiola X",
    "10.1038/s41598-023-33418-2": "2023 A new spinosaurid: Santos-Cubedo A; de Santisteban C;"
    " Poza B; Meseguer S",
    "10.1038/s41598-024-53447-9": "2024 A new small: Longrich NR; Pereda-Suberbiola X; Bardet N;"
    " Jalil NE",
    "10.1038/s41598-024-56479-3": "2024 A remarkable assemblage: Troiano LP; Dos Santos HB;"
    " Aureliano T; Ghilardi AM",
    "10.1038/s41598-024-65283-y": "2024 Erratum: Troiano LP; Dos Santos HB; Aureliano T;"
    " Ghilardi AM",
    "10.1037/dev0001710": "2024 Time to transfer: Kim JS; Gilbert JB; Relyea JE; Rich P; Scherer E;"
    " Burkhauser MA; Tvedt JN",
    "10.1080/08912963.2022.2069020": "2023 How to verify fossil: Lallensack JN; Owais A;"
    " Falkingham PL; Breithaupt BH; Sander PM",
    "10.1111/cla.12583": "2024 A new abelisaurid: Pol D; Baiano MA; Černý D; Novas FE; Cerda IA;"
    " Pittman M",
    "10.1126/science.34.871.319-a": "1911 Where are the Laramie: Knowlton FH",
    "10.1130/ges02662.1": "2024 Stratigraphy: Lehman T; Wick S; Macon C; Wagner J; Waggoner K;"
    " Brink A; Shiller T",
    "10.1186/1745-6215-12-39": "2011 The Incredible Years: Bywater T; Hutchings J; Whitaker C;"
    " Evans C; Parry L",
    "10.1186/s12862-024-02210-9": "2024 A juvenile bird: Brownstein CD",
    "10.1186/s12862-024-02216-3": "2024 Erratum: Brownstein CD",
    "10.1371/journal.pone.0142829": "2015 Eggshell Porosity: Tanaka K; Zelenitsky DK; Therrien F",
    "10.1371/journal.pone.0262614": "2022 A new theropod: Mateus O; Estraviz-López D",
    "10.1371/journal.pone.0291058": "2023 Digestibility of dinosaur: Howell MM; Gee CT; Böttger C;"
    " Südekum KH",
    "10.1371/journal.pone.0292318": "2024 Stratigraphic architecture: Eberth DA",
    "10.1371/journal.pone.0298957": "2024 Diving dinosaurs?: Myhrvold NP; Baumgart SL; Vidal D;"
    " Fish FE; Henderson DM; Saitta ET; Sereno PC",
    "10.3390/en3050940": "2010 Oil and the Best Brain: Banks FE",
    "10.3390/su10124616": "2018 Augmented Reality: Martínez-Graña A; González-Delgado JÁ; Ramos C;"
    " Gonzalo JC",
    "10.4202/app.00369.2017": "2017 On a dinosaur axis: Müller RT; Pretto FA; Stefanello M;"
    " Silva-Neves E; Dias-da-Silva S",
    "10.4202/app.01004.2022": "2023 Iridescent plumage: CROUDACE AD; SHEN C; LÜ J; BRUSATTE SL;"
    " VINTHER J",
    "10.7554/eLife.80092": "2022 Spinosaurus: Sereno PC; Myhrvold N; Henderson DM; Fish FE;"
    " Vidal D; Baumgart SL; Keillor TM; Formoso KK; Conroy LL",
    "10.7717/peerj.15453": "2023 Isolated tooth: Barker CT; Naish D; Gostling NJ",
    "10.7717/peerj.17180": "2024 Reappraisal of sauropod: Beeston SL; Poropat SF; Mannion PD;"
    " Pentland AH; Enchelmaier MJ; Sloan T; Elliott DA",
    # Google Scholar gives no DOIs.
    "Did dinosaurs invent flowers?": "2001 Did dinosaurs invent flowers?: Barrett PM; Willis KJ",
    "Ontogeny and the fossil record": "2016 Ontogeny and the fossil record: Hone DWE; Farke AA;"
    " Wedel MJ",
    "Polar dinosaurs on parade": "2008 Polar dinosaurs on parade: Bell PR; Snively E",
}
"""Year, start of the title, authors, by DOI; where there is none, by the start of the title."""

OF_EMBASE = (
    "10.1002/ar.25299 10.1002/ar.25520 10.1038/s41467-024-48400-3 10.1038/s41598-024-53447-9"
    " 10.1038/s41598-024-56479-3 10.1038/s41598-024-65283-y 10.1111/cla.12583"
    " 10.1186/s12862-024-02210-9 10.1186/s12862-024-02216-3 10.1371/journal.pone.0292318"
)
OF_COVIDENCE = (
    "10.1002/ar.25520 10.1038/s41467-024-48400-3 10.1038/s41598-024-53447-9"
    " 10.1038/s41598-024-56479-3 10.1038/s41598-024-65283-y 10.1186/s12862-024-02210-9"
    " 10.1186/s12862-024-02216-3 10.1371/journal.pone.0291058 10.1371/journal.pone.0292318"
    " 10.7717/peerj.17180"
)
OF_SCOPUS = (
    "10.1002/ar.25209 10.1017/pab.2024.6 10.1038/s41467-024-46843-2 10.1038/s41598-022-15535-6"
    " 10.1038/s41598-023-33418-2 10.1371/journal.pone.0298957 10.7717/peerj.15453"
)
OF_COCHRANE = "10.1037/dev0001710 10.1186/1745-6215-12-39"
FILES = {
    "cinahl.ris": (
        9,
        "10.1080/08912963.2022.2069020 10.1371/journal.pone.0262614 10.1371/journal.pone.0298957"
        " 10.4202/app.01004.2022",
    ),
    "cochrane_endnote.ris": (3, OF_COCHRANE),
    "cochrane_procite.ris": (3, OF_COCHRANE),
    "covidence.csv": (10, OF_COVIDENCE),
    "covidence_mendeley.ris": (10, OF_COVIDENCE),
    "embase.ris": (10, OF_EMBASE),
    "embase.xlsx": (10, OF_EMBASE),
    "endnote.ris": (10, OF_EMBASE),
    "eppireviewer.ris": (10, OF_EMBASE),
    "googlescholar.csv": (10, ""),
    "googlescholar.ris": (10, ""),
    "mdpi.ris": (11, "10.3390/en3050940 10.3390/su10124616"),
    "openalex.ris": (9, "10.1016/j.cretres.2023.105752 10.1130/ges02662.1"),
    "pubmed.ris": (50, "10.1371/journal.pone.0142829 10.7554/eLife.80092"),
    "rayyan.ris": (10, OF_EMBASE),
    "refworks.ris": (10, OF_EMBASE),
    "refworks.tsv": (
        100,
        "10.1007/s11307-012-0572-0 10.1016/j.jclinepi.2020.03.015 10.1016/j.jvir.2013.12.293",
    ),
    "scopus.csv": (10, OF_SCOPUS),
    "scopus.ris": (10, OF_SCOPUS),
    "webofscience.ris": (
        10,
        "10.1126/science.34.871.319-a 10.4202/app.00369.2017 10.7554/eLife.80092",
    ),
}
"""How many works a file has, and those of `WORKS` that are among them."""
OF_GOOGLE = [work for work in WORKS if not work.startswith("10.")]


def library(name: str) -> Library:
    path = shared_path("corpora", "exports", f"_baseline_{name}")
    if path.suffix == ".xlsx":
        pytest.importorskip("python_calamine", reason="the extra tables is not installed")
    return refcite.load(path)


def shortened(name: Name) -> str:
    """Return a family name with initials: what all files have of a name."""
    words = re.findall(r"\w+", name.given or "")
    initials = "".join(word if word.isupper() and len(word) < 4 else word[0] for word in words)
    particle = name.non_dropping_particle
    return " ".join(filter(None, (particle, name.family or name.literal, initials)))


def told(record: Record) -> tuple[int | None, str]:
    return record.issued.year if record.issued else None, "; ".join(map(shortened, record.author))


@pytest.mark.parametrize("name", FILES)
def test_authors_year_title_doi_and_type_are_right(name: str) -> None:
    count, dois = FILES[name]
    records = library(name)
    assert len(records) == count
    by_doi = {record.doi: record for record in records}
    wanted = dois.split()
    if name.startswith("googlescholar"):
        wanted = OF_GOOGLE
        by_doi = {
            work: record
            for record in records
            for work in OF_GOOGLE
            if (record.title or "").startswith(work)
        }
    for work in wanted:
        record = by_doi[work]
        head, authors = WORKS[work].rsplit(": ", 1)
        assert told(record) == (int(head[:4]), authors)
        assert (record.title or "").startswith(head[5:])
        assert record.type == "article-journal"


@pytest.mark.parametrize("name", FILES)
def test_every_work_of_a_file_is_an_article_by_persons(name: str) -> None:
    for record in library(name):
        is_preprint = record.publisher == "Research Square"  # OpenAlex has one
        assert record.type == ("article" if is_preprint else "article-journal")
        assert record.author
        for one in record.author:
            assert one.family
            assert one.given or one.family == "Hoven"  # one given name is `null` in its file
        assert record.issued is not None
        assert record.issued.year is not None
        if not name.startswith("googlescholar"):
            assert re.fullmatch(r"10\.\d{4,}/\S+", record.doi or "")


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".ris")])
def test_nothing_is_guessed_in_a_table_of_a_database(name: str) -> None:
    codes = {problem.code for problem in library(name).problems}
    assert codes <= {"text-outside-entry"}  # the lines before the header of Embase
