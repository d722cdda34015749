// Reads {style, locales, works} from standard input; prints the seconds that citeproc-js takes
// from the style to the bibliography, as HTML.
"use strict";

const fs = require("fs");
const path = require("path");
const CSL = require("citeproc");

const job = JSON.parse(fs.readFileSync(0, "utf8"));
const works = new Map(JSON.parse(fs.readFileSync(job.works, "utf8")).map((work) => [work.id, work]));

const system = {
  retrieveItem: (id) => works.get(id),
  retrieveLocale: (language) => {
    const file = path.join(job.locales, `locales-${language}.xml`);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null;
  },
};

const start = process.hrtime.bigint();
const engine = new CSL.Engine(system, job.style);
engine.setOutputFormat("html");
engine.updateItems([...works.keys()]);
const [, entries] = engine.makeBibliography();
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
if (entries.length !== works.size) {
  throw new Error(`${entries.length} entries for ${works.size} works`);
}
console.log(JSON.stringify({ seconds }));
