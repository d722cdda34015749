// Example texts.

export const EXAMPLES = {
  "BibTeX, with two mistakes": `@book{hathaway2014,
  author    = {Hathaway, James C. and Foster, Michelle},
  title     = {The Law of Refugee Status}
  edition   = {2nd},
  publisher = {Cambridge University Press},
  year      = 2014,
}

@article{costello2012,
  author  = {Costello, Cathryn},
  title   = {Human Rights and the Elusive Universal Subject},
  journal = {Indiana Journal of Global Legal Studies},
  volume  = 19,
  number  = 1,
  pages   = {257--303},
  date    = {31/02/2012},
}
`,
  "RIS": `TY  - JOUR
AU  - Costello, Cathryn
TI  - Human Rights and the Elusive Universal Subject
JO  - Indiana Journal of Global Legal Studies
VL  - 19
IS  - 1
SP  - 257
EP  - 303
PY  - 2012
ER  - 
`,
  "CSL-JSON": `[
  {
    "id": "trends2018",
    "type": "report",
    "title": "Global Trends: Forced Displacement in 2018",
    "author": [{"literal": "United Nations High Commissioner for Refugees"}],
    "issued": {"date-parts": [[2019, 6, 19]]},
    "URL": "https://www.unhcr.org/5d08d7ee7.pdf",
    "accessed": {"date-parts": [[2023, 6, 6]]}
  }
]
`,
  "A cite-as string": `Radio Free Europe/Radio Liberty, Russia, Turkey conduct first joint air strikes against IS in Syria, 18 January 2017, available at: https://www.refworld.org/docid/5975a46610.html [accessed 6 June 2023]
`,
};
