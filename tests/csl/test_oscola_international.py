"""The style `oscola-international`: valid CSL 1.0.2, and right for what lawyers cite.

The facts are those of real treaties and cases; the secondary sources are invented.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import citeproc
import pytest
from lxml import etree

import refcite
from refcite import Record
from refcite.csl import Cite, Processor, style_xml
from tests.shared import ROOT

STYLE = "oscola-international"
SCHEMA = Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles" / "csl.rng"

Item = dict[str, Any]


def on(*parts: int) -> dict[str, list[list[int]]]:
    """Return a date of CSL-JSON."""
    return {"date-parts": [list(parts)]}


def case(title: str, **variables: Any) -> Item:
    return item("legal_case", title, **variables)


def item(type_: str, title: str | None, **variables: Any) -> Item:
    given = {name.replace("_", "-"): value for name, value in variables.items()}
    given = {
        ("ISBN" if name == "isbn" else "URL" if name == "url" else name): value
        for name, value in given.items()
    }
    return {"id": "x", "type": type_, **({} if title is None else {"title": title}), **given}


def read(entry: Item | str) -> Record:
    if isinstance(entry, str):
        return refcite.loads(entry, "bibtex")[0]
    return refcite.loads(json.dumps([entry]), "csl-json")[0]


LOHREY = [{"family": "Lohrey", "given": "Cleo M."}]
BIRCH = [{"family": "Birch", "given": "Adam"}]
REFUGEE_CONVENTION = item(
    "treaty",
    "Convention Relating to the Status of Refugees",
    title_short="Refugee Convention",
    container_title="UNTS",
    volume="189",
    page="137",
    original_date=on(1951, 7, 28),
    issued=on(1954, 4, 22),
)
DIRECTIVE = item(
    "legislation",
    "Council Directive 2004/83/EC of 29 April 2004 on minimum standards for refugees",
    container_title="OJ",
    volume="L304",
    page="12-23",
    issued=on(2004),
)

CASES: list[tuple[Item | str, str, str]] = [
    # National cases
    (
        case(
            "Corr v. IBC Vehicles Ltd",
            authority="UKHL",
            number="13",
            volume="1",
            container_title="AC",
            page="884",
            issued=on(2008, 2, 27),
        ),
        "Corr v IBC Vehicles Ltd [2008] UKHL 13, [2008] 1 AC 884",
        "Corr v IBC Vehicles Ltd [2008] UKHL 13, [2008] 1 AC 884",
    ),
    (
        case(
            "MOJ & Ors (Return to Mogadishu) Somalia CG",
            authority="UKUT",
            number="442 (IAC)",
            issued=on(2014, 10, 3),
        ),
        "MOJ & Ors (Return to Mogadishu) Somalia CG [2014] UKUT 442 (IAC)",
        "MOJ & Ors (Return to Mogadishu) Somalia CG [2014] UKUT 442 (IAC)",
    ),
    (
        case(
            "HJ (Iran) v Secretary of State for the Home Department",
            number="[2010] UKSC 31",
            authority="United Kingdom: Supreme Court",
            issued=on(2010, 7, 7),
        ),
        "HJ (Iran) v Secretary of State for the Home Department [2010] UKSC 31",
        "HJ (Iran) v Secretary of State for the Home Department [2010] UKSC 31",
    ),
    (
        case("AA (Uganda) v Secretary of State for the Home Department [2008] EWCA Civ 579"),
        "AA (Uganda) v Secretary of State for the Home Department [2008] EWCA Civ 579",
        "AA (Uganda) v Secretary of State for the Home Department [2008] EWCA Civ 579",
    ),
    (
        case("Page v Smith", authority="HL", container_title="AC", page="155", issued=on(1996)),
        "Page v Smith [1996] AC 155 (HL)",
        "Page v Smith [1996] AC 155 (HL)",
    ),
    (
        case(
            "R v Secretary of State for the Home Department, ex p Bugdaycay",
            authority="HL",
            container_title="AC",
            collection_number="1987",
            page="514",
            issued=on(1986, 2, 19),
        ),
        "R v Secretary of State for the Home Department, ex p Bugdaycay [1987] AC 514 (HL)",
        "R v Secretary of State for the Home Department, ex p Bugdaycay [1987] AC 514 (HL)",
    ),
    (
        case(
            "Refugee Appeal No. 70208",
            authority="New Zealand: Refugee Status Appeals Authority",
            issued=on(1997, 5, 16),
        ),
        "Refugee Appeal No 70208 (Refugee Status Appeals Authority, New Zealand, 16 May 1997)",
        "Refugee Appeal No 70208 (Refugee Status Appeals Authority, New Zealand, 16 May 1997)",
    ),
    (
        case(
            "R (Roe) v Norwick",
            number="[2004] EWCA Civ 1031",
            container_title="Weekly Law Reports",
            volume="3",
            page="410",
            issued=on(2004, 7, 28),
        ),
        "R (Roe) v Norwick [2004] EWCA Civ 1031, [2004] 3 WLR 410",
        "R (Roe) v Norwick [2004] EWCA Civ 1031, [2004] 3 WLR 410",
    ),
    (
        case(
            "Roe v Moss",
            authority="HCA",
            number="14",
            container_title="CLR",
            volume="210",
            page="1",
            issued=on(2002),
        ),
        "Roe v Moss [2002] HCA 14, (2002) 210 CLR 1",
        "Roe v Moss [2002] HCA 14, (2002) 210 CLR 1",
    ),
    (
        case("Roe v Ward", container_title="SCR", volume="2", page="689", issued=on(1993)),
        "Roe v Ward [1993] 2 SCR 689",
        "Roe v Ward [1993] 2 SCR 689",
    ),
    (
        case(
            "INS v. Cardoza-Fonseca",
            authority="U.S. Supreme Court",
            container_title="U.S.",
            volume="480",
            page="421",
            issued=on(1987, 3, 9),
        ),
        "INS v Cardoza-Fonseca 480 US 421 (1987)",
        "INS v Cardoza-Fonseca 480 US 421 (1987)",
    ),
    # European Court of Human Rights
    (
        case(
            "CASE OF M.S.S. v. BELGIUM AND GREECE",
            authority="ECHR",
            number="30696/09",
            issued=on(2011, 1, 21),
        ),
        "MSS v Belgium and Greece App no 30696/09 (ECtHR, 21 January 2011)",
        "MSS v Belgium and Greece App no 30696/09 (ECtHR, 21 January 2011)",
    ),
    (
        case(
            "Omojudi v UK",
            authority="ECtHR",
            number="1820/08",
            volume="51",
            container_title="EHRR",
            page="10",
            issued=on(2009),
        ),
        "Omojudi v UK (2009) 51 EHRR 10",
        "Omojudi v UK (2009) 51 EHRR 10",
    ),
    (
        case(
            "Balogh v. Hungary",
            authority="Council of Europe: European Court of Human Rights",
            number="47940/99",
            issued=on(2004, 7, 20),
        ),
        "Balogh v Hungary App no 47940/99 (ECtHR, 20 July 2004)",
        "Balogh v Hungary App no 47940/99 (ECtHR, 20 July 2004)",
    ),
    (
        case(
            "Varnava and Others v. Turkey",
            authority="ECtHR",
            number="app. nos. 16064/90, 16065/90 and 16066/90",
            issued=on(2009, 9, 18),
        ),
        "Varnava and Others v Turkey App nos 16064/90, 16065/90 and 16066/90 "
        "(ECtHR, 18 September 2009)",
        "Varnava and Others v Turkey App nos 16064/90, 16065/90 and 16066/90 "
        "(ECtHR, 18 September 2009)",
    ),
    (
        case(
            "Safi and Others v. Greece (Application no. 5418/15)",
            issued=on(2022, 7, 7),
            authority="Council of Europe: European Court of Human Rights",
        ),
        "Safi and Others v Greece App no 5418/15 (ECtHR, 7 July 2022)",
        "Safi and Others v Greece App no 5418/15 (ECtHR, 7 July 2022)",
    ),
    # Court of Justice of the European Union
    (
        case(
            "Commission v Council",
            authority="Court of Justice of the European Union (Grand Chamber)",
            number="C-176/03",
            container_title="ECR",
            page="I-7879",
            issued=on(2005, 9, 13),
        ),
        "Case C-176/03 Commission v Council [2005] ECR I-7879",
        "Commission v Council (C-176/03) [2005] ECR I-7879",
    ),
    (
        case(
            "Commission v Council",
            number="Case C-176/03",
            container_title="ECR",
            volume="I",
            page="7879",
            call_number="ECLI:EU:C:2005:542",
            issued=on(2005),
        ),
        "Case C-176/03 Commission v Council EU:C:2005:542, [2005] ECR I-7879",
        "Commission v Council (C-176/03) EU:C:2005:542, [2005] ECR I-7879",
    ),
    (
        case(
            "X, Y and Z",
            authority="CJEU",
            number="Joined Cases C-199/12 to C-201/12",
            container_title="ECLI:EU:C:2013:720",
            issued=on(2013, 11, 7),
        ),
        "Joined Cases C-199/12 to C-201/12 X, Y and Z EU:C:2013:720",
        "X, Y and Z (C-199/12 to C-201/12) EU:C:2013:720",
    ),
    (
        case(
            "Bayer Healthcare v OHIM",
            authority="Court of First Instance",
            number="T-277/08",
            issued=on(2009, 11, 11),
        ),
        "Case T-277/08 Bayer Healthcare v OHIM (CFI, 11 November 2009)",
        "Bayer Healthcare v OHIM (T-277/08) (CFI, 11 November 2009)",
    ),
    (
        case(
            "Case C-465/07 Elgafaji v Staatssecretaris van Justitie",
            authority="CJEU",
            number="ECLI:EU:C:2009:94",
            issued=on(2009, 2, 17),
        ),
        "Case C-465/07 Elgafaji v Staatssecretaris van Justitie EU:C:2009:94",
        "Elgafaji v Staatssecretaris van Justitie (C-465/07) EU:C:2009:94",
    ),
    (
        case(
            "Opinion Case",
            number="C-411/05",
            authority="CJEU",
            container_title="ECR",
            page="I-8531",
            references="Opinion of AG Mazák",
            issued=on(2007),
        ),
        "Case C-411/05 Opinion Case [2007] ECR I-8531, Opinion of AG Mazák",
        "Opinion Case (C-411/05) [2007] ECR I-8531, Opinion of AG Mazák",
    ),
    # Other international courts and committees
    (
        case(
            "Corfu Channel Case (UK v Albania) (Merits)",
            authority="ICJ",
            container_title="ICJ Rep",
            page="4",
            issued=on(1949),
        ),
        "Corfu Channel Case (UK v Albania) (Merits) [1949] ICJ Rep 4",
        "Corfu Channel Case (UK v Albania) (Merits) [1949] ICJ Rep 4",
    ),
    (
        case("Tadić Case (Judgment)", authority="ICTY", number="ICTY-94-1", issued=on(2000, 1, 26)),
        "Tadić Case (Judgment) ICTY-94-1 (26 January 2000)",
        "Tadić Case (Judgment) ICTY-94-1 (26 January 2000)",
    ),
    (
        case(
            "K. S. Y. v. The Netherlands, Communication No. 190/2001",
            authority="UN Committee Against Torture (CAT)",
            number="CAT/C/30/D/190/2001",
            issued=on(2003, 5, 15),
        ),
        "KSY v The Netherlands Communication No 190/2001 (UN Committee Against Torture, "
        "15 May 2003) UN Doc CAT/C/30/D/190/2001",
        "KSY v The Netherlands Communication No 190/2001 (UN Committee Against Torture, "
        "15 May 2003) UN Doc CAT/C/30/D/190/2001",
    ),
]

INSTRUMENTS: list[tuple[Item | str, str, str]] = [
    # Treaties
    (
        REFUGEE_CONVENTION,
        "Convention Relating to the Status of Refugees (adopted 28 July 1951, entered into force "
        "22 April 1954) 189 UNTS 137 (Refugee Convention)",
        "Convention Relating to the Status of Refugees (adopted 28 July 1951, entered into force "
        "22 April 1954) 189 UNTS 137",
    ),
    (
        item(
            "treaty",
            "Rome Statute of the International Criminal Court",
            volume="2187",
            page="3",
            container_title="United Nations Treaty Series",
            available_date=on(1998, 7, 17),
            issued=on(2002, 7, 1),
        ),
        "Rome Statute of the International Criminal Court (opened for signature 17 July 1998, "
        "entered into force 1 July 2002) 2187 UNTS 3",
        "Rome Statute of the International Criminal Court (opened for signature 17 July 1998, "
        "entered into force 1 July 2002) 2187 UNTS 3",
    ),
    (
        item(
            "treaty",
            "Convention on the Rights of the Child",
            issued=on(1989, 11, 20),
            number="United Nations, Treaty Series, vol. 1577, p. 3",
            references="Entry into force: 2 September 1990",
        ),
        "Convention on the Rights of the Child (adopted 20 November 1989, entered into force "
        "2 September 1990) 1577 UNTS 3",
        "Convention on the Rights of the Child (adopted 20 November 1989, entered into force "
        "2 September 1990) 1577 UNTS 3",
    ),
    (
        item(
            "treaty",
            "Convention for the Protection of Human Rights and Fundamental Freedoms",
            title_short="ECHR",
            number="ETS No. 5",
            issued=on(1950, 11, 4),
        ),
        "Convention for the Protection of Human Rights and Fundamental Freedoms (adopted "
        "4 November 1950) ETS 5 (ECHR)",
        "Convention for the Protection of Human Rights and Fundamental Freedoms (adopted "
        "4 November 1950) ETS 5",
    ),
    (
        item(
            "treaty",
            "Consolidated Version of the Treaty on European Union",
            page="13",
            container_title="Official Journal of the European Union",
            volume="C 115",
            issued=on(2008, 5, 9),
        ),
        "Consolidated Version of the Treaty on European Union [2008] OJ C115/13",
        "Consolidated Version of the Treaty on European Union [2008] OJ C115/13",
    ),
    # Resolutions
    (
        item(
            "legislation",
            "Resolution 1373 (2001)",
            number="S/RES/1373 (2001)",
            authority="UN Security Council",
            issued=on(2001, 9, 28),
        ),
        "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373",
        "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373",
    ),
    (
        item(
            "report",
            "Resolution 1325 (2000)",
            author=[{"literal": "UN Security Council"}],
            issued=on(2000, 10, 31),
        ),
        "UNSC Res 1325 (31 October 2000) UN Doc S/RES/1325",
        "UNSC Res 1325 (31 October 2000) UN Doc S/RES/1325",
    ),
    (
        item(
            "report",
            "Measures to eliminate international terrorism",
            number="A/RES/51/210",
            author=[{"literal": "UN General Assembly"}],
            issued=on(1996, 12, 17),
        ),
        "Measures to eliminate international terrorism, UNGA Res 51/210 (17 December 1996) "
        "UN Doc A/RES/51/210",
        "Measures to eliminate international terrorism, UNGA Res 51/210 (17 December 1996) "
        "UN Doc A/RES/51/210",
    ),
    (
        item(
            "legislation",
            "Universal Declaration of Human Rights",
            title_short="UDHR",
            number="217 A (III)",
            authority="UN General Assembly",
            issued=on(1948, 12, 10),
        ),
        "Universal Declaration of Human Rights (adopted 10 December 1948 UNGA Res 217 A(III)) "
        "(UDHR)",
        "Universal Declaration of Human Rights (adopted 10 December 1948 UNGA Res 217 A(III))",
    ),
    # European Union and national legislation
    (
        DIRECTIVE,
        "Council Directive 2004/83/EC of 29 April 2004 on minimum standards for refugees [2004] "
        "OJ L304/12",
        "Council Directive 2004/83/EC of 29 April 2004 on minimum standards for refugees [2004] "
        "OJ L304/12",
    ),
    (
        item(
            "bill",
            "Directive 95/46/EC on the protection of individuals",
            container_title="OJ L",
            volume="281",
            page="31",
            issued=on(1995, 10, 24),
        ),
        "Directive 95/46/EC on the protection of individuals [1995] OJ L281/31",
        "Directive 95/46/EC on the protection of individuals [1995] OJ L281/31",
    ),
    (
        item(
            "legislation",
            "Human Rights Act 1998",
            number="c. 42",
            jurisdiction="United Kingdom",
            issued=on(1998, 11, 9),
        ),
        "Human Rights Act 1998",
        "Human Rights Act 1998",
    ),
    (
        item(
            "legislation", "Nationality and Borders Act", title_short="NABA 2022", issued=on(2022)
        ),
        "Nationality and Borders Act 2022 (NABA 2022)",
        "Nationality and Borders Act 2022",
    ),
    (
        item("regulation", "Russia (Sanctions) (EU Exit) Regulations 2019", number="SI 2019/855"),
        "Russia (Sanctions) (EU Exit) Regulations 2019, SI 2019/855",
        "Russia (Sanctions) (EU Exit) Regulations 2019, SI 2019/855",
    ),
    (
        item(
            "legislation",
            "Sudan: The Criminal Act 1991",
            number="Act No. 8 1991",
            jurisdiction="Sudan",
            issued=on(1991, 2, 20),
        ),
        "The Criminal Act 1991, Act No 8 1991 (Sudan)",
        "The Criminal Act 1991, Act No 8 1991 (Sudan)",
    ),
    (
        item("hearing", "HC Deb", volume="389", page="973-976", issued=on(1977, 2, 3)),
        "HC Deb 3 February 1977, vol 389, cols 973–76",
        "HC Deb 3 February 1977, vol 389, cols 973–76",
    ),
]

OTHERS: list[tuple[Item | str, str, str]] = [
    # Documents of the United Nations, and reports
    (
        item(
            "report",
            "Report of the commission of inquiry on human rights in Eritrea",
            number="A/HRC/29/42",
            author=[{"literal": "UN Human Rights Council"}],
            issued=on(2015, 6, 4),
            url="https://example.org/doc",
            accessed=on(2019, 11, 22),
        ),
        "UNHRC, ‘Report of the Commission of Inquiry on Human Rights in Eritrea’ (4 June 2015) "
        "UN Doc A/HRC/29/42",
        "UNHRC, ‘Report of the Commission of Inquiry on Human Rights in Eritrea’ (4 June 2015) "
        "UN Doc A/HRC/29/42",
    ),
    (
        item(
            "report",
            "General Comment No. 6: Treatment of unaccompanied children",
            number="CRC/GC/2005/6",
            author=[{"literal": "UN Committee on the Rights of the Child (CRC)"}],
            issued=on(2005, 9, 1),
        ),
        "UN Committee on the Rights of the Child, ‘General Comment No 6: Treatment of "
        "Unaccompanied Children’ (1 September 2005) UN Doc CRC/GC/2005/6",
        "UN Committee on the Rights of the Child, ‘General Comment No 6: Treatment of "
        "Unaccompanied Children’ (1 September 2005) UN Doc CRC/GC/2005/6",
    ),
    (
        item(
            "report",
            "Guidelines on International Protection No. 2",
            number="HCR/GIP/02/02",
            genre="Guidelines",
            publisher="UN High Commissioner for Refugees (UNHCR)",
            author=[{"literal": "UN High Commissioner for Refugees (UNHCR)"}],
            issued=on(2002, 5, 7),
        ),
        "UNHCR, ‘Guidelines on International Protection No 2’ (7 May 2002) UN Doc HCR/GIP/02/02",
        "UNHCR, ‘Guidelines on International Protection No 2’ (7 May 2002) UN Doc HCR/GIP/02/02",
    ),
    (
        item(
            "report",
            "Closed gates: Detention at the border",
            publisher="Rights Monitor",
            author=[{"literal": "Rights Monitor"}],
            issued=on(2019, 7),
        ),
        "Rights Monitor, ‘Closed Gates: Detention at the Border’ (2019)",
        "Rights Monitor, ‘Closed Gates: Detention at the Border’ (2019)",
    ),
    (
        item(
            "report",
            "Country Report",
            publisher="U.S. Department of State",
            author=[{"literal": "Bureau of Rights"}],
            issued=on(2016, 4, 13),
            url="https://example.org/r",
            accessed=on(2020, 1, 12),
        ),
        "Bureau of Rights, ‘Country Report’ (US Department of State, 13 April 2016) "
        "<https://example.org/r> accessed 12 January 2020",
        "Bureau of Rights, ‘Country Report’ (US Department of State, 13 April 2016) "
        "<https://example.org/r> accessed 12 January 2020",
    ),
    (
        item(
            "report",
            "Safe Passage",
            author=[{"literal": "Home Office"}],
            number="Cm 2263",
            publisher="HMSO",
            issued=on(1993),
        ),
        "Home Office, Safe Passage (Cm 2263, 1993)",
        "Home Office, Safe Passage (Cm 2263, 1993)",
    ),
    (
        item(
            "article",
            "On protection elsewhere",
            author=LOHREY,
            issued=on(2006, 3),
            collection_title="Legal Studies Research Paper",
            number="1/2007",
            url="https://example.org/p",
            accessed=on(2009, 11, 18),
        ),
        "Cleo M Lohrey, ‘On Protection Elsewhere’ (2006) Legal Studies Research Paper 1/2007 "
        "<https://example.org/p> accessed 18 November 2009",
        "Lohrey CM, ‘On Protection Elsewhere’ (2006) Legal Studies Research Paper 1/2007 "
        "<https://example.org/p> accessed 18 November 2009",
    ),
    (
        item(
            "report",
            "Proposal for a Council Decision",
            number="COM(2000) 511 final",
            author=[{"literal": "European Commission"}],
            issued=on(2000, 9, 6),
        ),
        "Commission, ‘Proposal for a Council Decision’ COM (2000) 511 final",
        "Commission, ‘Proposal for a Council Decision’ COM (2000) 511 final",
    ),
    # Books, articles, and what is on the web
    (
        "@book{x, author={Lohrey, Cleo M. and Birch, Adam}, title={The law of refuge}, edition={2},"
        " publisher={Quayside Press}, address={Oxford}, year={2014}, url={https://example.org}}",
        "Cleo M Lohrey and Adam Birch, The Law of Refuge (2nd edn, Quayside Press 2014)",
        "Lohrey CM and Birch A, The Law of Refuge (2nd edn, Quayside Press 2014)",
    ),
    (
        "@incollection{x, author={Lohrey, Cleo M.}, title={At the gate}, booktitle={Borders},"
        " editor={Birch, Adam and Moss, Ida}, publisher={Quayside Press}, year={2010},"
        " pages={210--220}}",
        "Cleo M Lohrey, ‘At the Gate’ in Adam Birch and Ida Moss (eds), Borders (Quayside Press "
        "2010)",
        "Lohrey CM, ‘At the Gate’ in Adam Birch and Ida Moss (eds), Borders (Quayside Press 2010)",
    ),
    (
        "@article{x, author={Lohrey, Cleo M.}, title={In defence of deference}, journal={MLR},"
        " volume={72}, number={4}, pages={554--580}, year={2009}, doi={10.1000/1}}",
        "Cleo M Lohrey, ‘In Defence of Deference’ (2009) 72 MLR 554",
        "Lohrey CM, ‘In Defence of Deference’ (2009) 72 MLR 554",
    ),
    (
        "@article{x, author={Birch, Adam}, title={On ebb}, journal={Tides}, volume={9},"
        " year={2021}, eid={104743}, url={https://base.example/1}, doi={10.1000/1}}",
        "Adam Birch, ‘On Ebb’ (2021) 9 Tides 104743",
        "Birch A, ‘On Ebb’ (2021) 9 Tides 104743",
    ),
    (
        "@article{x, author={Birch, Adam}, title={On flood}, journal={Tides}, volume={9},"
        " year={2021}, url={https://base.example/1}, doi={10.1000/1}}",
        "Adam Birch, ‘On Flood’ (2021) 9 Tides <https://doi.org/10.1000/1>",
        "Birch A, ‘On Flood’ (2021) 9 Tides <https://doi.org/10.1000/1>",
    ),
    (
        "@book{x, author={Lohrey, Cleo M.}, title={The strait}, editor={Birch, Adam},"
        " translator={Birch, Adam}, publisher={Quayside Press}, year={1892}}",
        "Cleo M Lohrey, The Strait (Adam Birch ed and tr, Quayside Press 1892)",
        "Lohrey CM, The Strait (Adam Birch ed and tr, Quayside Press 1892)",
    ),
    (
        "@phdthesis{x, author={Birch, Adam}, title={Relief for the stateless},"
        " school={University of Norwick}, year={1989}, type={DPhil thesis}}",
        "Adam Birch, ‘Relief for the Stateless’ (DPhil thesis, University of Norwick 1989)",
        "Birch A, ‘Relief for the Stateless’ (DPhil thesis, University of Norwick 1989)",
    ),
    (
        item(
            "article-newspaper",
            "Court warns on quality",
            author=BIRCH,
            page="3",
            container_title="The Norwick Times",
            publisher_place="London",
            issued=on(2010, 7, 1),
        ),
        "Adam Birch, ‘Court Warns on Quality’ The Norwick Times (London, 1 July 2010) 3",
        "Birch A, ‘Court Warns on Quality’ The Norwick Times (London, 1 July 2010) 3",
    ),
    (
        item(
            "article-newspaper",
            "Two held at border",
            container_title="The Norwick Times",
            issued=on(2016, 9, 21),
            url="https://example.org/n",
            accessed=on(2023, 6, 5),
        ),
        "‘Two Held at Border’ The Norwick Times (21 September 2016) <https://example.org/n> "
        "accessed 5 June 2023",
        "—— ‘Two Held at Border’ The Norwick Times (21 September 2016) <https://example.org/n> "
        "accessed 5 June 2023",
    ),
    (
        item(
            "webpage",
            "Friend fires employee",
            author=BIRCH,
            container_title="Bare Law",
            issued=on(2009, 5, 1),
            url="https://example.org/w",
            accessed=on(2009, 11, 19),
        ),
        "Adam Birch, ‘Friend Fires Employee’ (Bare Law, 1 May 2009) <https://example.org/w> "
        "accessed 19 November 2009",
        "Birch A, ‘Friend Fires Employee’ (Bare Law, 1 May 2009) <https://example.org/w> "
        "accessed 19 November 2009",
    ),
]
EXAMPLES = [*CASES, *INSTRUMENTS, *OTHERS]


def test_the_style_is_valid() -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    schema.assertValid(etree.parse(ROOT / "styles" / f"{STYLE}.csl"))


@pytest.mark.parametrize(("entry", "note", "listed"), EXAMPLES)
def test_a_note_and_an_entry(entry: Item | str, note: str, listed: str) -> None:
    record = read(entry)
    processor = Processor(STYLE)
    assert processor.cite(record) == f"{note}."
    assert str(processor.bibliography()) == listed


NEUTRAL = case("R (Roe) v Norwick", authority="UKSC", number="31", issued=on(2010))
REPORTED = case("Page v Smith", authority="HL", container_title="AC", page="155", issued=on(1996))
CLR = case("Birch v Moss", container_title="CLR", volume="175", page="1", issued=on(1992))
STRASBOURG = case("Balogh v Hungary", authority="ECtHR", number="47940/99", issued=on(2004, 7, 20))
UDHR = item("legislation", "Resolution 1373 (2001)", number="S/RES/1373", issued=on(2001, 9, 28))
ACT = item("legislation", "Human Rights Act 1998")
ARTICLE = item(
    "article-journal",
    "On Tides",
    author=LOHREY,
    container_title="MLR",
    volume="72",
    page="554-580",
    issued=on(2009),
)
BOOK = item("book", "Tides", author=LOHREY, publisher="Quayside Press", issued=on(2014))
PINPOINTS = [
    (NEUTRAL, "paragraph", "42", "R (Roe) v Norwick [2010] UKSC 31 [42]"),
    (REPORTED, "page", "160", "Page v Smith [1996] AC 155 (HL) 160"),
    (CLR, "page", "42", "Birch v Moss (1992) 175 CLR 1, 42"),
    (
        STRASBOURG,
        "paragraph",
        "45-47",
        "Balogh v Hungary App no 47940/99 (ECtHR, 20 July 2004), paras 45–47",
    ),
    (ACT, "section", "6", "Human Rights Act 1998, s 6"),
    (UDHR, "paragraph", "2", "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373, para 2"),
    (ARTICLE, "page", "567", "Cleo M Lohrey, ‘On Tides’ (2009) 72 MLR 554, 567"),
    (BOOK, "page", "271-278", "Cleo M Lohrey, Tides (Quayside Press 2014) 271–78"),
]


@pytest.mark.parametrize(("entry", "label", "locator", "note"), PINPOINTS)
def test_a_pinpoint(entry: Item, label: str, locator: str, note: str) -> None:
    cite = Cite(read(entry), locator=locator, label=label)
    assert Processor(STYLE).cite(cite, note=1) == f"{note}."


LATER = [
    (NEUTRAL, "paragraph", "R (Roe) v Norwick (n 1) [12]", "ibid [12]"),
    (STRASBOURG, "paragraph", "Balogh v Hungary (n 1) para 12", "ibid para 12"),
    (ACT, "section", "Human Rights Act 1998, s 12", "ibid s 12"),
    (
        DIRECTIVE | {"title-short": "Qualification Directive"},
        "article",
        "Qualification Directive, art 12",
        "ibid art 12",
    ),
    (REFUGEE_CONVENTION, "article", "Refugee Convention, art 12", "ibid art 12"),
    (UDHR, "paragraph", "UNSC Res 1373, para 12", "ibid para 12"),
    (BOOK, "page", "Lohrey (n 1) 12", "ibid 12"),
]


@pytest.mark.parametrize(("entry", "label", "subsequent", "ibid"), LATER)
def test_later_notes(entry: Item, label: str, subsequent: str, ibid: str) -> None:
    record, other = read(entry), read(item("book", "Other") | {"id": "other"})
    processor = Processor(STYLE)
    later = Cite(record, locator="12", label=label)
    processor.cite(record, note=1)
    assert processor.cite(later, note=2) == f"{ibid[0].lower()}{ibid[1:]}."
    processor.cite(other, note=3)
    assert processor.cite(later, note=4) == f"{subsequent}."


def test_the_bibliography_has_the_order_of_tables_and_sources() -> None:
    entries = [BOOK, REFUGEE_CONVENTION, NEUTRAL, ACT, item("report", "Anonymous", issued=on(2001))]
    records = [read(entry | {"id": str(place)}) for place, entry in enumerate(entries)]
    printed = [entry.text.partition(" (")[0] for entry in refcite.bibliography(records, STYLE)]
    assert printed == [
        "R",
        "Human Rights Act 1998",
        "Convention Relating to the Status of Refugees",
        "—— ‘Anonymous’",
        "Lohrey CM, Tides",
    ]


def test_a_name_of_a_case_is_in_italics_only_in_notes() -> None:
    record = read(
        case(
            "Commission v Council",
            number="Case C-176/03",
            container_title="ECR",
            page="I-7879",
            issued=on(2005),
        )
    )
    processor = Processor(STYLE, output="html")
    note = processor.cite(record)
    assert "Case C-176/03 <i>Commission v Council</i> [2005]" in note
    assert "<i>" not in str(processor.bibliography())


AS_DOCUMENTED = [
    *[(entry, note) for entry, note, _ in CASES[:1]],
    (
        case("AMM (Somalia)", authority="UKUT", number="445", division="IAC", issued=on(2011)),
        "AMM (Somalia) [2011] UKUT 445 (IAC)",
    ),
    (
        case(
            "Roe v Ward",
            container_title="SCR",
            collection_number="1993",
            volume="2",
            page="689",
            issued=on(1993),
        ),
        "Roe v Ward [1993] 2 SCR 689",
    ),
    (STRASBOURG | {"genre": "App no"}, "Balogh v Hungary App no 47940/99 (ECtHR, 20 July 2004)"),
    (
        case(
            "Commission v Council",
            genre="Case",
            number="C-176/03",
            call_number="EU:C:2005:542",
            container_title="ECR",
            page="I-7879",
            issued=on(2005),
        ),
        "Case C-176/03 Commission v Council EU:C:2005:542, [2005] ECR I-7879",
    ),
    (
        case(
            "KSY v The Netherlands",
            genre="Communication No",
            number="190/2001",
            authority="UN Committee Against Torture",
            call_number="UN Doc CAT/C/30/D/190/2001",
            issued=on(2003, 5, 15),
        ),
        "KSY v The Netherlands Communication No 190/2001 (UN Committee Against Torture, "
        "15 May 2003) UN Doc CAT/C/30/D/190/2001",
    ),
    (REFUGEE_CONVENTION, INSTRUMENTS[0][1]),
    (
        item(
            "legislation",
            None,
            authority="UNSC",
            genre="Res",
            number="1373",
            call_number="UN Doc S/RES/1373",
            issued=on(2001, 9, 28),
        ),
        "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373",
    ),
    (
        DIRECTIVE,
        "Council Directive 2004/83/EC of 29 April 2004 on minimum standards for refugees [2004] "
        "OJ L304/12",
    ),
    (
        case(
            "Roe v Moss",
            jurisdiction="US",
            authority="9th Cir",
            container_title="F 3d",
            volume="43",
            page="7",
            issued=on(1999),
        ),
        "Roe v Moss 43 F 3d 7 (9th Cir 1999)",
    ),
    (
        item("treaty", "Pact of Roe", issued=on(2019, 5, 2), status="not yet in force"),
        "Pact of Roe (adopted 2 May 2019, not yet in force)",
    ),
    (
        item("legislation", "Criminal Act", jurisdiction="Sudan", issued=on(1991)),
        "Criminal Act 1991 (Sudan)",
    ),
    (
        item(
            "report",
            "Report on Eritrea",
            collection_title="UN Doc",
            number="A/HRC/29/42",
            author=[{"literal": "UNHRC"}],
            issued=on(2015, 6, 4),
        ),
        "UNHRC, ‘Report on Eritrea’ (4 June 2015) UN Doc A/HRC/29/42",
    ),
]


@pytest.mark.parametrize(("entry", "note"), AS_DOCUMENTED)
def test_documented_variables_print_the_same_in_any_processor(entry: Item, note: str) -> None:
    record = read(entry)
    plain = style_xml(STYLE).replace(f"styles/{STYLE}<", "styles/copy<")
    assert Processor(plain).cite(record) == f"{note}."
    assert Processor(STYLE).cite(record) == f"{note}."


EARLY, LATE = on(1951, 7, 28), on(1954, 4, 22)
BOTH_DATES = "(adopted 28 July 1951, entered into force 22 April 1954)"


@pytest.mark.parametrize(
    "dates",
    [
        {"original_date": EARLY, "issued": LATE},
        {"issued": EARLY, "available_date": LATE},
        {"issued": EARLY, "references": "entered into force 22 April 1954"},
        {"issued": EARLY, "references": BOTH_DATES.strip("()")},
        {"issued": EARLY, "note": "Entry into force: 22 April 1954"},
    ],
)
def test_the_dates_of_a_treaty_in_different_variables(dates: Item) -> None:
    assert Processor(STYLE).cite(read(item("treaty", "Pact", **dates))) == f"Pact {BOTH_DATES}."


EQUAL: list[tuple[Item, Item]] = [
    (
        case("Roe v Council", genre="Case", number="C-1/03", container_title="ECR", page="I-79"),
        case("Roe v Council (Case C-1/03)", container_title="ECR", page="I-00079 – I-00083"),
    ),
    (
        case("Roe v Council", genre="Case", number="C-1/03", call_number="EU:C:2005:2"),
        case("Roe v Council", number="Case C-1/03", references="ECLI:EU:C:2005:2"),
    ),
    (
        item("legislation", "Directive", container_title="OJ", volume="L337", page="9"),
        item(
            "legislation", "Directive", collection_title="OJ", collection_number="L 337", page="9"
        ),
    ),
    (
        item(
            "legislation",
            None,
            authority="UNSC",
            genre="Res",
            number="7",
            call_number="UN Doc S/RES/7",
        ),
        item("legislation", None, authority="United Nations Security Council", number="7 (1946)"),
    ),
    (
        item("report", "Survey", author=[{"literal": "Rights Monitor"}]),
        item("report", "Survey", publisher="Rights Monitor"),
    ),
]


@pytest.mark.parametrize(("documented", "kept"), EQUAL)
def test_variables_as_users_fill_them(documented: Item, kept: Item) -> None:
    dated = [read(entry | {"issued": on(2005)}) for entry in (documented, kept)]
    notes = [Processor(STYLE).cite(record) for record in dated]
    assert notes[0] == notes[1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<id>https://refcite.org/styles/oscola-international</id>", "<id>urn:ours</id>"),
        ('rel="self"', 'rel="template"'),
    ],
)
def test_a_copy_of_the_style_prepares_legal_works(before: str, after: str, tmp_path: Path) -> None:
    ours = tmp_path / "my-oscola.csl"
    text = style_xml(STYLE)
    assert before in text
    ours.write_text(text.replace(before, after), encoding="utf-8")
    work = read(case("Balogh v Hungary", number="47940/99", authority="ECtHR"))
    assert Processor(ours).cite(work, note=1) == Processor(STYLE).cite(work, note=1)


def test_another_style_does_not_prepare_legal_works(tmp_path: Path) -> None:
    ours = tmp_path / "my-oscola.csl"
    address = "https://refcite.org/styles/oscola-international"
    ours.write_text(style_xml(STYLE).replace(address, "urn:ours"), encoding="utf-8")
    work = read(item("legislation", "S/RES/1373 (2001)", number="S/RES/1373 (2001)"))
    assert Processor(ours).cite(work, note=1) != Processor(STYLE).cite(work, note=1)
