// The page: what is pasted is read, then formatted; a later text drops what was asked of the one before.

import { Asker, Refused } from "./ask.js";
import { StyleBox } from "./combobox.js";
import { copyRich, copyText, keep } from "./copying.js";
import { byId, counted, element, empty } from "./elements.js";
import { EXAMPLES } from "./examples.js";
import { bibliographyHtml, bibliographyText } from "./markup.js";
import { problemList, showEntries, showProblems, showRecords } from "./results.js";
import { jump, setText, takeFiles, textOf } from "./textarea.js";

const LARGE = 200_000;
const area = byId("text");
const limit = Number(document.body.dataset.limit);
const styleBox = new StyleBox();
const reading = new Asker();
const formatting = new Asker();
const exporting = new Asker();

let fileName = "";
let fileProblems = [];
let shown = null; // the bibliography
let found = ""; // what was read, in words; nothing while there is no answer
let timer = 0;

// Reading

async function readAll() {
  clearTimeout(timer);
  formatting.drop();
  exporting.drop();
  forgetDownload();
  const body = new Blob([area.value]);
  if (!area.value.trim()) return clearResults("Nothing is pasted yet.");
  if (body.size > limit) return clearResults(tooLarge(body.size));
  found = "";
  busy(true, "Reading…");
  await telling(async () => {
    const answer = await reading.ask("records", asked(), body);
    if (!answer) return;
    answer.problems.unshift(...fileProblems);
    for (const problem of fileProblems) answer.problem_counts[problem.severity] += 1;
    showProblems(answer, jump);
    showRecords(answer, jump);
    const problems = Object.values(answer.problem_counts).reduce((sum, count) => sum + count, 0);
    found = `${counted(answer.count, "record")}, ${counted(problems, "problem")}. ${read(answer.format)}`;
    if (answer.count) await formatAll();
    else nothingFormatted(empty("None: there is no record."));
  });
}

function nothingFormatted(told) {
  shown = null;
  byId("entries-count").textContent = "";
  byId("entries").replaceChildren(told);
  busy(false, found);
}

function read(format) {
  if (!format) return "";
  return byId("format").value ? `Read as ${format.title}.` : `It looks like ${format.title}.`;
}

const megabytes = (size) => `${(size / 1e6).toFixed(1)} MB`;

function tooLarge(size) {
  return `The text has ${megabytes(size)}; this page takes up to ${document.body.dataset.limitMb} MB. Start it with a higher --limit, or use the command line.`;
}

async function formatAll() {
  busy(true, `${found} Formatting…`);
  const query = { ...asked(), ...styled() };
  try {
    const answer = await formatting.ask("bibliography", query, new Blob([area.value]));
    if (!answer) return;
    shown = answer;
    showEntries(answer);
    busy(false, found);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    nothingFormatted(element("p", { className: "refused", role: "alert" }, sentence(error.message)));
  }
}

const asked = () => ({ format: byId("format").value, name: fileName });
const styled = () => ({ style: styleBox.value, locale: byId("locale").value });

async function restyle() {
  forgetDownload();
  // What is being read will be formatted in the new style.
  if (found && byId("records-list").querySelector("li")) await formatAll();
}

// Runs what asks the server, and says what it refused.
async function telling(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    clearResults(sentence(error.message));
  }
}

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`;

function busy(isBusy, status) {
  byId("status").textContent = status;
  byId("status").classList.remove("refused");
  for (const id of ["problems", "bibliography", "records"]) byId(id).setAttribute("aria-busy", `${isBusy}`);
}

function clearResults(status) {
  reading.drop();
  formatting.drop();
  shown = null;
  found = "";
  for (const id of ["problems-count", "entries-count", "records-count"]) byId(id).textContent = "";
  for (const id of ["problems-list", "entries", "records-list"]) byId(id).replaceChildren(empty("None yet."));
  busy(false, status);
  byId("status").classList.toggle("refused", Boolean(area.value.trim()) || status.includes("MB"));
}

function readSoon() {
  clearTimeout(timer);
  timer = setTimeout(readAll, area.value.length > LARGE ? 1000 : 350);
}

// What the person does

function take(text, name = "", problems = []) {
  fileName = name;
  fileProblems = problems;
  byId("format").value = "";
  setText(text);
  return readAll();
}

let replacesAll = false;
area.addEventListener("beforeinput", () => {
  replacesAll = area.selectionStart === 0 && area.selectionEnd === area.value.length;
});
area.addEventListener("input", () => {
  // Another text than the file's; its name says nothing of it.
  if (replacesAll || !area.value) fileName = "";
  fileProblems = [];
  readSoon();
});
area.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    readAll();
  }
});
byId("format").addEventListener("change", readAll);
byId("locale").addEventListener("change", restyle);
styleBox.addEventListener("change", restyle);
byId("clear").addEventListener("click", () => {
  take("");
  area.focus();
});

takeFiles(async (file) => {
  if (file.size > limit) return clearResults(`${file.name}: ${tooLarge(file.size)}`);
  busy(true, `Reading ${file.name}…`);
  await telling(async () => {
    const { text, problems } = await textOf(file);
    await take(text, file.name, problems);
  });
});

for (const name of Object.keys(EXAMPLES)) byId("example").append(new Option(name, name));
byId("example").addEventListener("change", ({ target }) => {
  if (target.value) take(EXAMPLES[target.value]);
  target.value = "";
});

// Copies and downloads

async function copying(status, what, copy) {
  try {
    await copy();
    status.textContent = `Copied ${what}.`;
  } catch {
    status.textContent = "The browser does not let the page copy.";
  }
}

function copyEntries(what, copy) {
  const status = byId("copied");
  if (!shown?.entries.length) status.textContent = "There is nothing to copy.";
  else copying(status, `${counted(shown.entries.length, "entry")} ${what}`, copy);
}

byId("copy-text").addEventListener("click", () =>
  copyEntries("as text", () => copyText(bibliographyText(shown.entries))),
);
byId("copy-rich").addEventListener("click", () =>
  copyEntries("with formatting", () =>
    copyRich(bibliographyHtml(shown.entries, shown.layout), bibliographyText(shown.entries)),
  ),
);

function forgetDownload() {
  byId("copied").textContent = "";
  byId("downloaded").textContent = "";
  byId("lost").replaceChildren();
}

async function exportTo(use) {
  forgetDownload();
  const status = byId("downloaded");
  if (!shown) {
    status.textContent = "There is nothing to write.";
    return;
  }
  status.textContent = "Writing…";
  const query = { ...asked(), ...styled(), to: byId("target").value };
  try {
    const answer = await exporting.ask("export", query, new Blob([area.value]));
    if (!answer) return;
    await use(answer, status);
    showLost(answer.problems);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    status.textContent = sentence(error.message);
  }
}

function showLost(problems) {
  if (!problems.length) return;
  byId("downloaded").textContent += ` ${counted(problems.length, "thing")} could not be carried as it is:`;
  problemList(byId("lost"), problems, null, 10);
}

byId("download").addEventListener("click", () =>
  exportTo(({ text, name }, status) => {
    keep(text, name);
    status.textContent = `${name}, ${counted(text.length, "character")}.`;
  }),
);
byId("copy-target").addEventListener("click", () =>
  exportTo(({ text, name }, status) => copying(status, name, () => copyText(text))),
);

// A browser may have kept the text when the page was loaded anew.
if (area.value) readAll();
