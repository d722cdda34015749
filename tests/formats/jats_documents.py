"""An article in JATS, with references in several forms, of works that do not exist."""

from __future__ import annotations

from typing import Final

__all__ = ["ARTICLE", "REFERENCES"]

REFERENCES: Final = """\
<ref-list><title>References</title>
<ref id="r1"><label>1</label><element-citation publication-type="journal">
 <person-group person-group-type="author">
  <name><surname>van den Berg</surname><given-names>A</given-names></name>
  <collab>Ebb Study Group</collab><etal/></person-group>
 <article-title>On <italic>E. coli</italic> in fjords</article-title>
 <trans-title>Om fjorder</trans-title>
 <source>Ann Ebb</source><year iso-8601-date="2010">2010b</year><volume>17</volume>
 <issue>3</issue><fpage>1318</fpage><lpage>1323</lpage>
 <pub-id pub-id-type="doi">10.1000/ebb.1930</pub-id><pub-id pub-id-type="pmid">20935633</pub-id>
</element-citation></ref>
<ref id="r2"><mixed-citation publication-type="book"><name><surname>Hutt</surname>
 <given-names>A</given-names></name>. <part-title>Low water</part-title>. In:
 <name><surname>Haken</surname><given-names>H</given-names></name>, <name><surname>Roe</surname>
 <given-names>C</given-names></name>, editors. <source>Encyclopedia of Tides</source>.
 <publisher-loc>Oslo</publisher-loc>: <publisher-name>Lux</publisher-name>; <year>2020</year>.
 p. <fpage>1</fpage>–<lpage>3</lpage>.</mixed-citation></ref>
<ref id="r3"><mixed-citation publication-type="other"><collab>WHO</collab> (<year>2011</year>)
 <article-title>Tidal guidelines</article-title>. In: Asia Regional Series. Delhi.</mixed-citation>
</ref>
<ref id="r4"><mixed-citation>Roe A. A book on lamps. Oslo: Lux; 1982.</mixed-citation></ref>
<ref id="r5"><label>5</label><mixed-citation>ANDRADE, M. Ebb data, 2018.</mixed-citation>
 <element-citation publication-type="data"><person-group person-group-type="author"><name>
 <surname>Andrade</surname><given-names>Márcio</given-names></name></person-group>
 <data-title>Ebb data</data-title><year>2018</year><source>Tide Archive</source>
 <pub-id pub-id-type="accession">TA 109</pub-id><comment>Available from: <ext-link
 ext-link-type="uri" xlink:href="https://tides.example/109">here</ext-link></comment>
 <date-in-citation content-type="access-date">30 May 2019</date-in-citation></element-citation>
</ref>
<ref id="r6"><nlm-citation citation-type="confproc"><person-group person-group-type="author">
 <string-name>Doe, Dan</string-name></person-group><article-title>Moorings</article-title>
 <source>Proceedings of the Ebb Days</source><conf-name>Ebb Days</conf-name>
 <conf-date>16-21 June 2012</conf-date><conf-loc>Bergen</conf-loc><year>2012</year>
 <page-range>177-86</page-range></nlm-citation></ref>
<ref id="r7"><element-citation publication-type="thesis"><name><surname>Loe</surname>
 <given-names>F</given-names></name><source>Ebb and law</source><year>2003</year>
 <publisher-name>Tide University</publisher-name></element-citation>
 <element-citation publication-type="web"><source>Tide tables</source>
 <uri>https://tides.example/</uri></element-citation></ref>
</ref-list>
"""

ARTICLE: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.3 20210610//EN"
 "JATS-archivearticle1-3.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="review-article" xml:lang="en">
<front>
 <journal-meta><journal-id journal-id-type="nlm-ta">Ann Ebb</journal-id>
  <journal-id journal-id-type="publisher-id">ebb</journal-id>
  <journal-title-group><journal-title>Annals of Ebb</journal-title></journal-title-group>
  <issn pub-type="ppub">0378-5955</issn><issn pub-type="epub">1878-5891</issn>
  <publisher><publisher-name>Tide Press</publisher-name><publisher-loc>Oslo</publisher-loc>
  </publisher></journal-meta>
 <article-meta>
  <article-id pub-id-type="doi">10.1000/ebb.7</article-id>
  <article-id pub-id-type="pmid">30000001</article-id>
  <article-id pub-id-type="pmc">2377243</article-id>
  <article-id pub-id-type="publisher-id">ebb-7</article-id>
  <article-categories><subj-group><subject>Oceans</subject></subj-group></article-categories>
  <title-group><article-title>Tides in H<sub>2</sub>O<xref ref-type="fn" rid="f1">*</xref>
   </article-title><subtitle>A model</subtitle></title-group>
  <contrib-group>
   <contrib contrib-type="author" corresp="yes"><contrib-id contrib-id-type="orcid"
    >https://orcid.org/0000-0002-1825-0097</contrib-id><name><surname>Quist</surname>
    <given-names>Anna B.</given-names><suffix>Jr.</suffix></name>
    <xref ref-type="aff" rid="a1">1</xref></contrib>
   <contrib contrib-type="author"><collab>Tide Group<contrib-group><contrib><name><surname>X
    </surname></name></contrib></contrib-group></collab></contrib>
   <contrib contrib-type="editor"><name><surname>Roe</surname><given-names>Carl</given-names></name>
   </contrib>
  </contrib-group>
  <aff id="a1">Tide University</aff>
  <pub-date pub-type="epub"><day>5</day><month>3</month><year>2021</year></pub-date>
  <pub-date pub-type="ppub"><month>01</month><year>2022</year></pub-date>
  <volume>12</volume><issue>2</issue><elocation-id>e7</elocation-id>
  <history><date date-type="received"><day>1</day><month>9</month><year>2020</year></date>
   <date date-type="accepted"><day>2</day><month>2</month><year>2021</year></date></history>
  <permissions><copyright-statement>© 2021 Quist</copyright-statement>
   <license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>Open.</license-p>
   </license></permissions>
  <self-uri xlink:href="https://tides.example/ebb-7"/>
  <abstract><title>Abstract</title><p>Tides are <italic>long</italic>.</p><p>Fjords are narrow.</p>
  </abstract>
  <abstract abstract-type="teaser"><p>Short.</p></abstract>
  <kwd-group><kwd>tides</kwd><kwd>fjords</kwd></kwd-group>
 </article-meta>
</front>
<body><p>Text <xref ref-type="bibr" rid="r1">1</xref>.</p></body>
<back>{REFERENCES}</back>
</article>
"""
