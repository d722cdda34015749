// Print items in styles with citeproc-js.
//
// Standard input is JSON: the folder of the package, the folder of the locale files, the items, the
// citations as [id, locator] pairs, and the styles by their ids. Standard output is JSON: for each style
// the HTML of the citations and of the entries, or the error.
"use strict";
const fs = require("fs");
const path = require("path");

const job = JSON.parse(fs.readFileSync(0, "utf8"));
const CSL = require(job.package);
const items = Object.fromEntries(job.items.map((item) => [item.id, item]));

function locale(name) {
  const file = path.join(job.locales, `locales-${name}.xml`);
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : false;
}

function printed(style) {
  const system = {
    retrieveLocale: locale,
    // The processor changes the items that it gets.
    retrieveItem: (id) => JSON.parse(JSON.stringify(items[id])),
  };
  const engine = new CSL.Engine(system, style);
  const citations = job.citations.map(([id, locator], number) => ({
    citationID: String(number),
    citationItems: [locator ? { id, locator, label: "page" } : { id }],
    properties: { noteIndex: number + 1 },
  }));
  const rebuilt = engine.rebuildProcessorState(citations, "html");
  const bibliography = engine.makeBibliography();
  const entries = {};
  if (bibliography) {
    bibliography[0].entry_ids.forEach(([id], number) => {
      entries[id] = bibliography[1][number];
    });
  }
  return { citations: rebuilt.map((citation) => citation[2]), entries };
}

const results = {};
for (const [id, style] of Object.entries(job.styles)) {
  try {
    results[id] = printed(style);
  } catch (error) {
    results[id] = { error: String(error) };
  }
}
process.stdout.write(JSON.stringify(results));
