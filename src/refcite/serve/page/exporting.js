// Copies of the bibliography, and the export to other formats.

import { Requester, RequestError } from "./requests.js";
import { copyRich, copyText, keep } from "./copying.js";
import { byId, counted, sentence } from "./elements.js";
import { bibliographyHtml, bibliographyText } from "./markup.js";
import { problemList } from "./results.js";

const exporting = new Requester();

// Connects the buttons for copies and downloads with `page`:
// `shown`, the bibliography; `count`, the number of records; both null without a bibliography;
// `isBusy`; and `request()`, which returns the query and the body for the server.
export function connectExports(page) {
  byId("copy-text").addEventListener("click", () =>
    copyEntries(page, "as text", ({ entries }) => copyText(bibliographyText(entries))),
  );
  byId("copy-rich").addEventListener("click", () =>
    copyEntries(page, "with formatting", ({ entries, layout }) =>
      copyRich(bibliographyHtml(entries, layout), bibliographyText(entries)),
    ),
  );
  byId("download").addEventListener("click", () =>
    exportTo(page, ({ text, base64, name }, status) => {
      const contents = text ?? bytesOf(base64);
      keep(contents, name);
      status.textContent = `${name}, ${counted(contents.length, base64 ? "byte" : "character")}.`;
    }),
  );
  byId("copy-target").addEventListener("click", () =>
    exportTo(page, ({ text, name }, status) => {
      if (text === undefined) status.textContent = `${name} is not text. Download it instead.`;
      else return copying(status, name, () => copyText(text));
    }),
  );
}

// Clears the export of another text or style.
export function forgetExports() {
  exporting.drop();
  for (const id of ["copied", "downloaded"]) byId(id).textContent = "";
  byId("lost").replaceChildren();
}

// Disables the buttons if there is nothing to copy.
export function allowExports({ shown, count, isBusy }) {
  for (const [id, isReady] of Object.entries({
    "copy-text": shown,
    "copy-rich": shown,
    download: count,
    "copy-target": count,
  }))
    byId(id).setAttribute("aria-disabled", `${isBusy || !isReady}`);
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));

async function copying(status, what, copy) {
  try {
    await copy();
    status.textContent = `Copied ${what}.`;
  } catch {
    status.textContent = "The browser does not allow the page to copy.";
  }
}

const notYet = (isBusy, what) => (isBusy ? "This is not ready yet." : `There is nothing to ${what}.`);

function copyEntries({ shown, isBusy }, what, copy) {
  const status = byId("copied");
  if (isBusy || !shown?.entries.length) status.textContent = notYet(isBusy, "copy");
  else copying(status, `${counted(shown.entries.length, "entry")} ${what}`, () => copy(shown));
}

async function exportTo({ count, isBusy, request }, use) {
  forgetExports();
  const status = byId("downloaded");
  if (isBusy || !count) {
    status.textContent = notYet(isBusy, "write");
    return;
  }
  status.textContent = "Writing…";
  const { query, body } = request();
  try {
    const answer = await exporting.send("export", { ...query, to: byId("target").value, merge: byId("merge").value }, body);
    if (!answer) return;
    await use(answer, status);
    showLost(answer.problems, status);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    status.textContent = sentence(error.message);
  }
}

function showLost(problems, status) {
  if (!problems.length) return;
  status.textContent += ` The format cannot hold ${counted(problems.length, "value")} unchanged:`;
  problemList(byId("lost"), problems, null, 10);
}
