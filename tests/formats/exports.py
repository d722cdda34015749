"""Exports in the formats that are only read, of works that do not exist."""

from __future__ import annotations

from typing import Final

from tests.formats.marc_records import ARTICLE, BOOK, THESIS, iso2709

__all__ = [
    "DUBLIN_CORE",
    "EXPORTS",
    "OVID_BIOSIS",
    "OVID_BOOK",
    "OVID_CHAPTER",
    "OVID_EMBASE",
    "OVID_LABELLED",
    "OVID_MEDLINE",
    "OVID_PSYCINFO",
    "PUBMED_ARTICLE",
    "PUBMED_CHAPTER",
    "PUBMED_HEAD",
    "REFWORKS_ARTICLE",
    "REFWORKS_LEGEND",
    "WOS_ARTICLE",
    "ZOTERO_RDF",
]

WOS_ARTICLE: Final = """\
FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Quist, AB
   van der Roe, C
AF Quist, Anna B.
   van der Roe, Carl
CA Ebb Study Grp
TI On ebb &amp;
   flow in H<sub>2</sub>O
SO ANNALS OF EBB
LA German
DT Article; Proceedings Paper
DE ebb; flow;
   low water
ID SEA-LEVEL; TIDES
AB One sentence. And
   another one.
C1 [Quist, AB] Tide Univ, Oslo, Norway.
   [van der Roe, C] Ebb Inst, Bergen, Norway.
CT Ebb Days
CY JUN 12-15, 2018
CL Oslo, NORWAY
PU TIDE PRESS
PI OSLO
SN 0378-5955
EI 1878-5891
J9 ANN EBB
JI Ann. Ebb
PD MAR 5
PY 2019
VL 12
IS 2
SU S1
BP 5
EP 9
DI 10.1000/ebb
EA JAN 2019
PM 30000001
UT WOS:000000000000001
ER

a stray line
PT C
AU Doe, D
TI Moorings
SO PROC EBB
CT Ebb Days
PY 2018
ER

EF
"""

REFWORKS_LEGEND: Final = """\
Refworks Export Tagged Format

Character Set=utf-8

Tag legend
*****
RT=Reference Type
A1=Primary Authors

*****
BEGIN EXPORTED REFERENCES




"""

REFWORKS_ARTICLE: Final = """\
RT Journal Article
SR Electronic(1)
ID 12
A1 Quist,Anna
A1 van der Roe,Carl
T1 On ebb &amp; flow
JF Annals of Ebb
JO Ann. Ebb
YR 2003
FD 03/05
VO 29
IS 2
SP 337
OP 367
K1 tides
K1 ebb
AB One.
DNA is no tag, nor
IN THIS line.
NO doi: 10.1000/ebb
NO Read it.
SN 0028-0836
LA German
LK https://example.org/ebb
DB Ebb Index
U5 mine

"""

OVID_MEDLINE: Final = """\
DB  - Ovid MEDLINE(R)
UI  - 30000001
AU  - Quist AB
AU  - van der Roe C
FA  - Quist, Anna B
FA  - van der Roe, Carl
TI  - On ebb and flow. [Review]
SO  - Annals of Ebb. 12(3):123-9, 2014 Jan 15.
AS  - Ann Ebb. 12(3):123-9, 2014 Jan 15.
NJ  - Annals of ebb
VI  - 12
IP  - 3
PG  - 123-9
SH  - *Tides
AB  - One. Two.
ES  - 1234-5679
IL  - 0028-0836
DO  - https://dx.doi.org/10.1000/ebb
PT  - Journal Article
LG  - English
EP  - 20140102
DP  - 2014 Jan 15
YR  - 2014
ED  - 20140512"""

OVID_EMBASE: Final = """\
DB  - Embase
AN  - 2014345678
AU  - Quist A.B.
AU  - van der Roe C.
TI  - On ebb.
SO  - Annals of Ebb. Conference: Ebb Days. Oslo Norway. 12 (SUPPL. 1) (pp S12-S13), 2014. Date of \
Publication: June 2014.
PB  - Tide Ltd (Quay 1, Oslo OX5 1GB, Norway)
CF  - Conference: Ebb Days
KW  - tide; *ebb
IS  - 1234-5679
PT  - Journal: Conference Abstract
YR  - 2014"""

OVID_PSYCINFO: Final = """\
DB  - APA PsycInfo
AN  - Peer Reviewed Journal: 2014-1
AU  - Quist, Anna B
TI  - On ebb.
SO  - Annals of Ebb. Vol.12(3), Jan 2014, pp. 123-129.
PB  - Tide Society; US
ID  - tides, ebb
PT  - Journal; Peer Reviewed Journal
DT  - Journal Article
YR  - 2014"""

OVID_CHAPTER: Final = """\
DB  - APA PsycInfo
AU  - Quist, Anna B
TI  - On ebb.
BT  - The handbook of tides.
SO  - Roe, Ann [Ed]; Poe, Bob [Ed]. (2014). The handbook of tides. (pp. 1-20). xx, 300 pp. New \
York, NY, US: Guild Press; US.
IB  - 978-0-306-40615-7 (Hardcover)
PT  - Book; Edited Book
DT  - Chapter
YR  - 2014"""

OVID_BIOSIS: Final = """\
DB  - BIOSIS Previews
AU  - Quist, Anna [Author, Reprint Author; E-mail: a@x.example]
TI  - On ebb
SO  - Roe, Ann [Editor], Poe, Bob [Editor]. Methods of tides.:371-397, 2004.
Series Information:  Principles of Ebb.
PT  - Book Chapter
PI  - Tide GmbH & Co. KG, Quay 17, D-14197, Berlin, Germany
YR  - 2004"""

OVID_BOOK: Final = """\
DB  - Books@Ovid
ED  - Quist, Anna;  Roe, Carl MD, PhD
ET  - 2nd Edition
TI  - Tides, The
PU  - Tide Press
LC  - London, UK.
IB  - 978-0-306-40615-7
PT  - Text/Reference
YR  - 2024"""

OVID_LABELLED: Final = """\
<1>
Unique Identifier
  30000001
Database
  Ovid MEDLINE(R)
Authors
  Quist AB. van der Roe C.
Title
  On ebb: a title of
  two lines.
Source
  Annals of Ebb. 12(3):123-9, 2014 Jan 15.
Colour
  blue

<2>
Accession Number
  2
Database
  Embase
Author
  Roe A.; Poe B.
Title
  Two.
Source
  Annals of Ebb. 12 (3) (no pagination), 2014. Article Number: e7.
"""

PUBMED_HEAD: Final = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://x.invalid/pubmed.dtd">
<PubmedArticleSet>
"""

PUBMED_ARTICLE: Final = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">30000001</PMID>
<DateRevised><Year>2020</Year><Month>02</Month><Day>03</Day></DateRevised>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">1555-2217</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>12</Volume><Issue>3 Suppl 1</Issue>
<PubDate><Year>2019</Year><Season>Spring</Season></PubDate></JournalIssue>
<Title>Annals of ebb (Oslo, Norway)</Title><ISOAbbreviation>Ann Ebb</ISOAbbreviation></Journal>
<ArticleTitle>Ebb of <i>E. coli</i> in H<sub>2</sub>O:
 <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi></mml:math> &lt; 5.\
</ArticleTitle>
<Pagination><StartPage>101</StartPage><EndPage>109</EndPage><MedlinePgn>101-9</MedlinePgn>
</Pagination>
<ELocationID EIdType="pii" ValidYN="Y">S1</ELocationID>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/ebb</ELocationID>
<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">One.</AbstractText>
<AbstractText Label="METHODS">Two <sup>3</sup>.</AbstractText>
<CopyrightInformation>Copyright 2019 Tide.</CopyrightInformation></Abstract>
<AuthorList CompleteYN="N"><Author ValidYN="Y"><LastName>van der Quist</LastName>
<ForeName>Anna B</ForeName><Initials>AB</Initials><Suffix>Jr</Suffix>
<Identifier Source="ORCID">0000-0001</Identifier>
<AffiliationInfo><Affiliation>Tide Univ.</Affiliation></AffiliationInfo></Author>
<Author ValidYN="Y"><CollectiveName>Ebb Study Group</CollectiveName></Author></AuthorList>
<Language>nor</Language><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
<PublicationType UI="D016422">Letter</PublicationType>
<PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>
<VernacularTitle>Om ebbe.</VernacularTitle>
<ArticleDate DateType="Electronic"><Year>2019</Year><Month>01</Month><Day>05</Day></ArticleDate>
</Article><MedlineJournalInfo><MedlineTA>Ann Ebb</MedlineTA></MedlineJournalInfo>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn">
<RefSource>Ann Ebb. 2020;13:1</RefSource><PMID Version="1">30000009</PMID></CommentsCorrections>
</CommentsCorrectionsList>
<MeshHeadingList><MeshHeading><DescriptorName UI="D1" MajorTopicYN="N">Tides</DescriptorName>
<QualifierName UI="Q1" MajorTopicYN="Y">history</QualifierName></MeshHeading>
<MeshHeading><DescriptorName UI="D2" MajorTopicYN="N">Humans</DescriptorName></MeshHeading>
</MeshHeadingList><KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">ebb</Keyword>
<Keyword MajorTopicYN="N">low water</Keyword></KeywordList></MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="received"><Year>2018</Year><Month>12</Month>
<Day>1</Day></PubMedPubDate><PubMedPubDate PubStatus="pubmed"><Year>2019</Year><Month>1</Month>
<Day>6</Day><Hour>6</Hour></PubMedPubDate></History><ArticleIdList>
<ArticleId IdType="pubmed">30000001</ArticleId><ArticleId IdType="pmc">PMC77</ArticleId>
<ArticleId IdType="doi">10.1000/ebb</ArticleId></ArticleIdList><ReferenceList><Reference>
<Citation>Poe B. Tides. 2001.</Citation><ArticleIdList><ArticleId IdType="pubmed">7</ArticleId>
</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>
"""

PUBMED_CHAPTER: Final = """<PubmedBookArticle><BookDocument><PMID Version="1">30000002</PMID>
<ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>
<Book><Publisher><PublisherName>Tide Press</PublisherName>
<PublisherLocation>Oslo</PublisherLocation></Publisher>
<BookTitle book="ebb">The Book of Tides</BookTitle>
<PubDate><Year>2024</Year><Month>01</Month></PubDate>
<AuthorList Type="editors"><Author><LastName>Roe</LastName><ForeName>Ann</ForeName></Author>
</AuthorList><AuthorList Type="authors"><Author><LastName>Doe</LastName><Initials>DE</Initials>
</Author></AuthorList><Edition>2nd</Edition><CollectionTitle book="s">Ebb Series</CollectionTitle>
<Isbn>9780306406157</Isbn><Medium>Internet</Medium></Book>
<LocationLabel Type="chapter">Chapter 7</LocationLabel>
<ArticleTitle book="ebb" part="c7">Low Water.</ArticleTitle><Language>eng</Language>
<AuthorList Type="authors"><Author><LastName>Quist</LastName><ForeName>Anna</ForeName></Author>
</AuthorList><Abstract><AbstractText>One.</AbstractText></Abstract>
<Sections><Section><SectionTitle>First</SectionTitle></Section></Sections></BookDocument>
<PubmedBookData><ArticleIdList><ArticleId IdType="pubmed">30000002</ArticleId></ArticleIdList>
</PubmedBookData></PubmedBookArticle>
"""

DUBLIN_CORE: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>2024-01-01T00:00:00Z</responseDate>
<request verb="ListRecords" metadataPrefix="oai_dc">https://tides.example/oai</request>
<ListRecords>
<record><header><identifier>oai:tides.example:article/7</identifier>
<datestamp>2023-05-01</datestamp><setSpec>ebb:ART</setSpec></header>
<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title xml:lang="en">Tides in H&lt;sub&gt;2&lt;/sub&gt;O</dc:title>
<dc:title xml:lang="nb">Tidevann</dc:title>
<dc:creator>Quist, Anna B.</dc:creator><dc:creator>Ebb Study Group</dc:creator>
<dc:subject>tides</dc:subject><dc:subject>fjords</dc:subject>
<dc:description>Tides are long.</dc:description><dc:publisher>Tide Press</dc:publisher>
<dc:contributor>Roe, Carl</dc:contributor>
<dc:date>2019-06-01T08:00:00Z</dc:date><dc:date>2019-03-05</dc:date>
<dc:type>info:eu-repo/semantics/article</dc:type>
<dc:type>info:eu-repo/semantics/publishedVersion</dc:type><dc:format>application/pdf</dc:format>
<dc:identifier>https://tides.example/article/7</dc:identifier>
<dc:identifier>10.1000/ebb.7</dc:identifier>
<dc:source>Annals of Ebb; Vol 12 No 3 (2019): Spring; 5-9</dc:source>
<dc:source>0378-5955</dc:source><dc:language>eng</dc:language>
<dc:relation>https://tides.example/article/7/pdf</dc:relation>
<dc:rights>info:eu-repo/semantics/openAccess</dc:rights>
<dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights>
</oai_dc:dc></metadata></record>
<record><header status="deleted"><identifier>oai:tides.example:article/8</identifier>
<datestamp>2023-05-02</datestamp></header></record>
<record><header><identifier>oai:tides.example:thesis/9</identifier>
<datestamp>2023-05-03</datestamp></header>
<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Low water</dc:title>
<dc:creator>Loe, Finn, 1950-</dc:creator><dc:date>2003</dc:date>
<dc:type>Doctoral dissertation</dc:type><dc:format>xii, 352 p.</dc:format>
<dc:identifier>urn:isbn:9780306406157</dc:identifier>
<dc:identifier>http://hdl.handle.net/1/9</dc:identifier></oai_dc:dc></metadata></record>
<resumptionToken completeListSize="300">token-2</resumptionToken>
</ListRecords></OAI-PMH>
"""

ZOTERO_RDF: Final = """\
<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:bib="http://purl.org/net/biblio#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/"
 xmlns:vcard="http://nwalsh.com/rdf/vCard#">
<bib:Article rdf:about="https://example.org/owls">
<z:itemType>journalArticle</z:itemType>
<dcterms:isPartOf rdf:resource="urn:issn:0378-5955"/>
<bib:authors><rdf:Seq>
<rdf:li><foaf:Person><foaf:surname>Roe</foaf:surname><foaf:givenName>Ann</foaf:givenName>
</foaf:Person></rdf:li>
<rdf:li><foaf:Person><foaf:surname>Owl Society</foaf:surname></foaf:Person></rdf:li>
</rdf:Seq></bib:authors>
<dcterms:isReferencedBy rdf:resource="#item_2"/>
<link:link rdf:resource="#item_3"/>
<dc:subject>night</dc:subject>
<dc:subject><z:AutomaticTag><rdf:value>owls</rdf:value></z:AutomaticTag></dc:subject>
<dc:title>Owls at night</dc:title>
<dcterms:abstract>They hoot.</dcterms:abstract>
<dc:date>2019-03</dc:date>
<z:language>en</z:language>
<dcterms:dateSubmitted>2020-01-05 12:30:00</dcterms:dateSubmitted>
<dc:identifier><dcterms:URI><rdf:value>https://example.org/owls</rdf:value></dcterms:URI>
</dc:identifier>
<bib:pages>5-9</bib:pages>
<dc:description>PMID: 1</dc:description>
</bib:Article>
<bib:Journal rdf:about="urn:issn:0378-5955">
<prism:volume>3</prism:volume><dc:title>Journal of Owls</dc:title>
<dcterms:alternative>J. Owls</dcterms:alternative><prism:number>2</prism:number>
<dc:identifier>DOI 10.1000/owls</dc:identifier><dc:identifier>ISSN 0378-5955</dc:identifier>
</bib:Journal>
<bib:Memo rdf:about="#item_2"><rdf:value>&lt;p&gt;A &lt;b&gt;note&lt;/b&gt;.&lt;/p&gt;</rdf:value>
</bib:Memo>
<z:Attachment rdf:about="#item_3"><z:itemType>attachment</z:itemType>
<rdf:resource rdf:resource="files/3/Owls.pdf"/><dc:title>Owls.pdf</dc:title>
<link:type>application/pdf</link:type></z:Attachment>
<bib:BookSection rdf:about="#item_4">
<z:itemType>bookSection</z:itemType>
<dcterms:isPartOf><bib:Book><dcterms:isPartOf><bib:Series><dc:title>Nature</dc:title>
<dc:identifier>7</dc:identifier></bib:Series></dcterms:isPartOf>
<dc:title>Birds</dc:title><dc:identifier>ISBN 9788252585605</dc:identifier></bib:Book>
</dcterms:isPartOf>
<dc:publisher><foaf:Organization><vcard:adr><vcard:Address>
<vcard:locality>Oslo</vcard:locality></vcard:Address></vcard:adr>
<foaf:name>Fjord Press</foaf:name></foaf:Organization></dc:publisher>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Poe</foaf:surname>
<foaf:givenname>Bob</foaf:givenname></foaf:Person></rdf:li></rdf:Seq></bib:authors>
<bib:editors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Moe</foaf:surname>
<foaf:givenName>Di</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:editors>
<z:translators><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Doe</foaf:surname>
<foaf:givenName>Cy</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></z:translators>
<dc:subject><dcterms:LCC><rdf:value>QL696</rdf:value></dcterms:LCC></dc:subject>
<dc:title>Night birds</dc:title><dc:date>1999</dc:date>
<prism:edition>2nd ed.</prism:edition><z:citationKey>poe1999</z:citationKey>
</bib:BookSection>
<bib:Memo rdf:about="#item_5"><rdf:value>Alone</rdf:value></bib:Memo>
<z:Collection rdf:about="#collection_1"><dc:title>Birds</dc:title>
<dcterms:hasPart rdf:resource="#collection_2"/></z:Collection>
<z:Collection rdf:about="#collection_2"><dc:title>Owls</dc:title>
<dcterms:hasPart rdf:resource="https://example.org/owls"/></z:Collection>
</rdf:RDF>
"""

EXPORTS: Final = {
    "oai-dc": (DUBLIN_CORE,),
    "wos": (WOS_ARTICLE,),
    "refworks": (REFWORKS_LEGEND + REFWORKS_ARTICLE,),
    "ovid": (
        "\n\n".join(
            f"<{number}. >\nVN  - Ovid Technologies\n{fields}"
            for number, fields in enumerate(
                (OVID_MEDLINE, OVID_EMBASE, OVID_PSYCINFO, OVID_CHAPTER, OVID_BIOSIS, OVID_BOOK),
                start=1,
            )
        ),
        OVID_LABELLED,
    ),
    "pubmed-xml": (f"{PUBMED_HEAD}{PUBMED_ARTICLE}{PUBMED_CHAPTER}</PubmedArticleSet>\n",),
    "marc": (b"".join(map(iso2709, (BOOK, ARTICLE, THESIS))).decode(),),
    "zotero-rdf": (ZOTERO_RDF,),
}
"""Texts by the name of their format."""
