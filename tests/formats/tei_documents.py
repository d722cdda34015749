"""Documents of TEI, in the forms of GROBID and of editions, with works that do not exist."""

from __future__ import annotations

from typing import Final

__all__ = ["EDITION", "PDF"]

PDF: Final = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xml:space="preserve" xmlns="http://www.tei-c.org/ns/1.0">
 <teiHeader xml:lang="en">
  <fileDesc>
   <titleStmt><title level="a" type="main">Tides in narrow fjords: A model</title></titleStmt>
   <publicationStmt><publisher>Tide Press</publisher>
    <availability status="unknown"><p>Copyright Tide Press</p></availability></publicationStmt>
   <sourceDesc>
    <biblStruct>
     <analytic>
      <author role="corresp">
       <persName><forename type="first">Anna</forename><forename type="middle">B</forename>
        <surname>Quist</surname></persName>
       <email>quist@tide.example</email>
       <idno type="ORCID">0000-0002-1825-0097</idno>
       <affiliation key="aff0"><orgName type="institution">Tide University</orgName>
        <address><settlement>Oslo</settlement><country key="NO">Norway</country></address>
       </affiliation>
      </author>
      <author><persName><forename type="first">Carl</forename><surname>Roe</surname></persName>
      </author>
      <title level="a" type="main">Tides in narrow fjords: A model</title>
      <idno type="DOI">10.1000/ebb.7</idno>
      <availability><licence>Open access</licence></availability>
     </analytic>
     <monogr>
      <title level="j" type="main">Annals of Ebb</title>
      <idno type="ISSN">0378-5955</idno>
      <imprint><publisher>Tide Press</publisher>
       <date type="published" when="2021-03-05">5 March 2021</date></imprint>
     </monogr>
    </biblStruct>
   </sourceDesc>
  </fileDesc>
  <encodingDesc><appInfo><application version="0.8.1" ident="GROBID"><desc>GROBID</desc>
   </application></appInfo></encodingDesc>
  <profileDesc>
   <textClass><keywords><term>tides</term><term>fjords</term></keywords></textClass>
   <abstract><div><p>Tides are long.</p><p>Fjords are narrow.</p></div></abstract>
  </profileDesc>
 </teiHeader>
 <text>
  <body><div><p>As is known <ref type="bibr" target="#b0">[1]</ref>.</p></div></body>
  <back>
   <div type="references">
    <listBibl>
<biblStruct xml:id="b0">
 <analytic><title level="a" type="main">On ebb and flow</title>
  <author><persName><forename type="first">D</forename><surname>Doe</surname></persName></author>
 </analytic>
 <monogr><title level="m">Proceedings of the Ebb Days</title>
  <meeting>Ebb Days<address><addrLine>Bergen</addrLine><country>Norway</country></address></meeting>
  <imprint><biblScope unit="volume">2</biblScope><biblScope unit="page" from="5" to="9" />
   <date type="published" when="2018-06">June 2018</date></imprint>
 </monogr>
</biblStruct>
<biblStruct xml:id="b1">
 <monogr><title level="m" type="main">Moorings</title>
  <author><persName><forename type="first">E</forename><surname>Poe</surname></persName></author>
  <imprint><date type="published" when="1999">1999</date><publisher>Lux</publisher>
   <pubPlace>Oslo</pubPlace></imprint></monogr>
</biblStruct>
<biblStruct xml:id="b2">
 <monogr><title level="m" type="main">Low water</title>
  <author><persName><forename type="first">F</forename><surname>Loe</surname></persName></author>
  <imprint><date type="published" when="2003">2003</date></imprint></monogr>
 <note type="report_type">PhD thesis</note>
</biblStruct>
<biblStruct xml:id="b3">
 <analytic><title level="a" type="main">Attention to tides</title>
  <author><persName><forename type="first">G</forename><surname>Noe</surname></persName></author>
  <idno type="arXiv">arXiv:1706.03762</idno></analytic>
 <monogr><imprint><date type="published" when="2017">2017</date></imprint></monogr>
</biblStruct>
<biblStruct xml:id="b4">
 <monogr><title/><imprint/></monogr>
 <note type="raw_reference">Anon., a pamphlet on ebb</note>
</biblStruct>
    </listBibl>
   </div>
  </back>
 </text>
</TEI>
"""
"""A document in the form that GROBID writes: the article, and the works that it cites."""

EDITION: Final = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="tei_all.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>An edition</title>
 </titleStmt></fileDesc></teiHeader>
<text><back><listBibl>
 <head>Works</head>
 <bibl xml:id="w1"><author>Oscar Wilde</author>, <title level="a">The Importance</title>, in
  <editor>Richard Ellmann</editor> (ed.), <title level="m">Plays and Poems</title>
  (<pubPlace>London</pubPlace>: <publisher>Everyman</publisher>, <date>1930</date>),
  pp. <biblScope unit="page">450–509</biblScope>.</bibl>
 <bibl><author><persName>Franz Kafka</persName></author>: <title>The <hi rend="italic">Castle</hi>
  </title>, <editor role="translator">Willa Muir</editor>, <date when="1926">c. 1926</date></bibl>
 <bibl n="3">Ann Roe, On Lamps (Oslo 1982).</bibl>
 <bibl><author>Quist, Anna</author> et al., <title level="a">Ebb</title>,
  <title level="j">Annals of Ebb</title> <biblScope unit="volume">12</biblScope>
  (<date>2019</date>)</bibl>
</listBibl></back></text></TEI>
"""
"""An edition with references of prose."""
