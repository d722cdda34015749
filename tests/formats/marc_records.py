"""MARC records of works that do not exist, written as catalogues print them."""

from __future__ import annotations

from typing import Final

from refcite.formats.xmlwrite import attribute_text, element_text

__all__ = ["ARTICLE", "BOOK", "NAMESPACE", "THESIS", "fields_of", "iso2709", "marcxml"]

NAMESPACE: Final = "http://www.loc.gov/MARC21/slim"

BOOK: Final = """\
=LDR 01234cam a2200301 i 4500
=001 owl1
=003 NO-Fjd
=008 120101t20122011no a     b    001 0 eng d
=020 ## $a9788252585605 (hbk.) :$cNOK 200
=024 7# $a10.1000/owls$2doi
=035 ## $a(OCoLC)00000001
=050 #4 $aQL696.S8$bR64 2012
=100 1# $aRoe, Ann B.,$d1950-$eauthor.
=245 14 $aThe owls of the north :$ba history /$cAnn B. Roe ; translated by Bob Poe.
=250 ## $aSecond edition.
=264 #1 $aOslo ;$aBergen :$bFjord Press,$c[2012]
=264 #4 $c©2011
=300 ## $axii, 352 pages :$billustrations ;$c24 cm
=490 1# $aNorthern birds ;$v3
=500 ## $aIncludes index.
=520 ## $aWhere owls live. And why.
=583 1# $aRepaired$c2001
=650 #0 $aOwls$zNorway$vMaps.
=653 ## $anight birds
=700 1# $aPoe, Bob,$etranslator.
=710 2# $aOwl Society,$eissuing body.
=830 #0 $aNorthern birds ;$v3.
=856 42 $3Cover image$uhttps://example.org/cover.jpg
=856 40 $uhttps://example.org/owls
=880 14 $6245-01$aСовы
"""

ARTICLE: Final = """\
=LDR 00000nab a2200000 a 4500
=001 owl2
=008 200101s2019    no |||||||||||||||||nor|d
=100 1# $aRoe, Ann
=245 10 $aUgler
=700 1# $aPoe, Bob
=773 0# $tFugletidende.$gVol. 12, no. 3 (March 2019), p. 22-35$x0378-5955$w(NO-Fjd)9
"""

THESIS: Final = """\
=LDR 00000cam a2200000 a 4500
=001 owl3
=100 1# $aRoe, Ann
=245 10 $aHow owls hear.
=502 ## $aThesis (Ph. D.)--University of Bergen, 1990.
"""


def fields_of(text: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return tag, indicators and subfields of each line; a control field has one without a code."""
    found = []
    for line in text.splitlines():
        tag, rest = line[1:4], line[5:]
        if tag == "LDR" or tag.startswith("00"):
            found.append((tag, "", [("", rest)]))
        else:
            parts = [(one[0], one[1:]) for one in rest[3:].split("$")[1:]]
            found.append((tag, rest[:2].replace("#", " "), parts))
    return found


def marcxml(text: str, prefix: str = "", attributes: str = f' xmlns="{NAMESPACE}"') -> str:
    """Return a record as an element of MARCXML."""
    lines = [f"<{prefix}record{attributes}>"]
    for tag, indicators, parts in fields_of(text):
        if not indicators:
            name = "leader" if tag == "LDR" else "controlfield"
            own = "" if tag == "LDR" else f' tag="{tag}"'
            lines.append(f"<{prefix}{name}{own}>{element_text(parts[0][1])}</{prefix}{name}>")
            continue
        inner = "".join(
            f'<{prefix}subfield code="{attribute_text(code)}">'
            f"{element_text(one)}</{prefix}subfield>"
            for code, one in parts
        )
        lines.append(
            f'<{prefix}datafield tag="{tag}" ind1="{indicators[0]}" ind2="{indicators[1]}">'
            f"{inner}</{prefix}datafield>"
        )
    return "\n".join([*lines, f"</{prefix}record>"])


def iso2709(text: str, encoding: str = "utf-8") -> bytes:
    """Return a record in ISO 2709; its leader states UTF-8 if that is the encoding."""
    leader, directory, body = "00000nam a2200000   4500", b"", b""
    for tag, indicators, parts in fields_of(text):
        if tag == "LDR":
            leader = parts[0][1]
            continue
        data = indicators + "".join(f"\x1f{code}{one}" if code else one for code, one in parts)
        field = data.encode(encoding) + b"\x1e"
        directory += f"{tag}{len(field):04}{len(body):05}".encode()
        body += field
    base = 24 + len(directory) + 1
    charset = "a" if encoding == "utf-8" else " "
    head = f"{base + len(body) + 1:05}{leader[5:9]}{charset}22{base:05}{leader[17:24]}"
    return head.encode() + directory + b"\x1e" + body + b"\x1d"
