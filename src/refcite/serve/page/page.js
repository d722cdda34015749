// The page: a pasted text is read, then formatted; a new text cancels the requests of the one before.

import { Requester, RequestError } from "./requests.js";
import { StyleBox } from "./combobox.js";
import { byId, counted, element, empty, ended, sentence, announce, tooLarge } from "./elements.js";
import { EXAMPLES } from "./examples.js";
import { allowExports, connectExports, forgetExports } from "./exporting.js";
import { readFiles, takeFiles } from "./files.js";
import { forgetPage, onPageFields, restorePage, saidOfPage, showPageFields } from "./pagefields.js";
import { showDuplicates } from "./duplicates.js";
import { showEntries, showProblems, showRecords } from "./results.js";
import { allFiles, countFiles, isSeveral, sentFiles, setFiles, showFile, shownFile } from "./several.js";
import { isReplacing, jump, setText, takeBack, takePastes } from "./textarea.js";

const LARGE = 200_000;
const SOON = 400;
const NOTHING = "Nothing is pasted yet.";
const area = byId("text");
const limit = Number(document.body.dataset.limit);
const styleBox = new StyleBox();
const reading = new Requester();
const formatting = new Requester();
const comparing = new Requester();

const noFile = { name: "", problems: [], note: "" };
let file = noFile; // the source of the text
let timer = 0; // until a typed text is read
let delayed = 0; // until it is state that something takes long

const page = {
  shown: null, // the bibliography
  count: null, // the number of records
  isBusy: false,
  request: () => ({ query: { ...textOptions(), ...styled() }, body: sentText() }),
};

const textOptions = () =>
  isSeveral()
    ? { several: "1" }
    : { format: byId("format").value, name: file.name, ...saidOfPage() };
const sentText = () => new Blob([isSeveral() ? JSON.stringify(sentFiles()) : area.value]);
const hasText = () => (isSeveral() ? sentFiles().some(({ text }) => text.trim()) : area.value.trim());
const styled = () => ({
  style: styleBox.value,
  locale: byId("locale").value,
  group_by: byId("group-by").value,
});

// Reading

async function readAll() {
  clearTimeout(timer);
  timer = 0;
  formatting.drop();
  comparing.drop();
  forgetExports();
  byId("start").hidden = Boolean(area.value) || isSeveral();
  const body = sentText();
  if (!hasText()) return clearResults(NOTHING);
  if (body.size > limit) return clearResults(sentence(tooLarge(body.size)), true);
  page.count = null;
  markComparing(true);
  busy("Reading…", byId("status"));
  try {
    const answer = await reading.send("records", textOptions(), body);
    if (answer) await show(answer);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    clearResults(sentence(error.message), true);
  }
}

async function show(answer) {
  const decoding = isSeveral()
    ? allFiles().flatMap(({ name, problems }) => problems.map((one) => ({ ...one, file: name })))
    : file.problems;
  for (const problem of decoding) answer.problem_counts[problem.severity] += 1;
  answer.problems.push(...decoding);
  if (!isSeveral()) answer.problems.sort(byPlace);
  showProblems(answer, jumpTo);
  showRecords(answer, jumpTo);
  countFiles(answer.files);
  showPageFields(Boolean(answer.format?.is_page));
  page.count = answer.count;
  const total = Object.values(answer.problem_counts).reduce((sum, count) => sum + count, 0);
  const counts = `${counted(answer.count, "record")}, ${counted(total, "problem")}.`;
  showStatus([file.note, counts, readAs(answer)].filter(Boolean).join(" "));
  if (!answer.count) {
    markComparing(false);
    byId("duplicates-count").textContent = "";
    byId("duplicates-list").replaceChildren(empty("None: there is no record."));
    return nothingFormatted(empty("None: there is no record."));
  }
  await Promise.all([formatAll(), compareAll()]);
}

// Selects a line of the text, or of one of several files.
function jumpTo(line, column, name) {
  if (name && isSeveral()) showFile(name);
  jump(line, column);
}

async function compareAll() {
  markComparing(true);
  const { query, body } = page.request();
  try {
    const answer = await comparing.send("duplicates", query, body);
    if (!answer) return;
    showDuplicates(answer, jumpTo);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    byId("duplicates-count").textContent = "";
    const refused = element("p", { className: "refused" }, sentence(error.message));
    byId("duplicates-list").replaceChildren(refused);
  }
  markComparing(false);
}

const markComparing = (isBusy) => byId("duplicates").setAttribute("aria-busy", `${isBusy}`);

const byPlace = (one, two) =>
  (one.line ?? Infinity) - (two.line ?? Infinity) || (one.column ?? 0) - (two.column ?? 0) || 0;

function readAs({ format, detected_by: detectedBy, files }) {
  if (files.length)
    return `Read ${files.map(({ name, format: own }) => `${name} as ${own?.title ?? "nothing"}`).join(", ")}.`;
  if (!format) return "";
  const ways = {
    choice: `Read as ${format.title}.`,
    name: `Read as ${format.title}, because of its name.`,
    look: `Read as ${format.title}, because of its contents.`,
  };
  return ways[detectedBy];
}

async function formatAll() {
  busy("Formatting…", byId("entries-count"));
  const { query, body } = page.request();
  try {
    const answer = await formatting.send("bibliography", query, body);
    if (!answer) return;
    page.shown = answer;
    showEntries(answer);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    nothingFormatted(element("p", { className: "refused", role: "alert" }, sentence(error.message)));
  }
  settle();
}

function nothingFormatted(message) {
  page.shown = null;
  byId("entries-count").textContent = "";
  byId("entries").replaceChildren(message);
  settle();
}

async function restyle() {
  forgetExports();
  announce(byId("formatted"), "");
  // A text that is not read yet will be formatted in the new style.
  if (!page.count || timer || reading.isWaiting) return;
  await formatAll();
  if (page.shown && !page.isBusy)
    announce(byId("formatted"), `${counted(page.shown.entries.length, "entry")} in ${styleBox.title}`);
}

// The state of the page

function showStatus(status, isRefused = false) {
  clearTimeout(delayed);
  announce(byId("status"), status);
  byId("status").classList.toggle("refused", isRefused);
}

// Shows that the results belong to another text; a long wait is announced.
function busy(what, region) {
  clearTimeout(delayed);
  delayed = setTimeout(() => {
    region.classList.remove("refused");
    region.textContent = what;
  }, SOON);
  mark(true);
}

function settle() {
  const isBusy = Boolean(timer) || reading.isWaiting || formatting.isWaiting;
  if (!isBusy) clearTimeout(delayed);
  mark(isBusy);
}

function mark(isBusy) {
  page.isBusy = isBusy;
  allowExports(page);
  for (const id of ["problems", "bibliography", "records"]) byId(id).setAttribute("aria-busy", `${isBusy}`);
}

function clearResults(status, isRefused = false) {
  reading.drop();
  formatting.drop();
  comparing.drop();
  page.shown = null;
  page.count = null;
  markComparing(false);
  for (const id of ["problems-count", "entries-count", "records-count", "duplicates-count"])
    byId(id).textContent = "";
  for (const id of ["problems-list", "entries", "records-list", "duplicates-list"])
    byId(id).replaceChildren(empty("None yet."));
  showPageFields(false);
  settle();
  showStatus(status, isRefused);
}

function readSoon() {
  clearTimeout(timer);
  reading.drop();
  formatting.drop();
  comparing.drop();
  markComparing(true);
  timer = setTimeout(readAll, area.value.length > LARGE ? 1000 : 350);
  clearTimeout(delayed);
  mark(true);
}

// Actions of the user

const stateOfText = () => ({
  file,
  files: allFiles(),
  shown: shownFile(),
  format: byId("format").value,
  page: saidOfPage(),
});

function take(text, from = noFile, parts = []) {
  const state = stateOfText();
  file = from;
  setFiles([]);
  byId("format").value = "";
  forgetPage(from.day);
  setText(text, state);
  setFiles(parts);
  return readAll();
}

// Shows files: one as a text, several with the text of the first.
function takeParts({ parts, note }) {
  const [{ text, ...first }] = parts;
  return take(text, { ...first, note }, parts);
}

takeBack(stateOfText, (state) => {
  file = state.file;
  setFiles(state.files, state.shown);
  byId("format").value = state.format;
  restorePage(state.page);
  readAll();
});
takePastes(stateOfText);

let replacesAll = false;
area.addEventListener("beforeinput", () => {
  replacesAll = area.selectionStart === 0 && area.selectionEnd === area.value.length;
});
area.addEventListener("input", () => {
  if (isReplacing()) return;
  // Not the text of the file any more: the file name and the data of the page do not apply to it.
  if ((replacesAll || !area.value) && !isSeveral()) {
    file = noFile;
    forgetPage();
  }
  file = { ...file, problems: [], note: "" };
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
byId("group-by").addEventListener("change", restyle);
styleBox.addEventListener("change", restyle);
onPageFields(readAll);
byId("clear").addEventListener("click", () => {
  take("");
  area.focus();
});

takeFiles(async (files) => {
  busy("Reading the file…", byId("status"));
  try {
    await takeParts(await readFiles(files, limit));
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    // The previous text is kept.
    settle();
    showStatus(ended(error.message), true);
  }
});

for (const name of Object.keys(EXAMPLES)) byId("example").append(new Option(name, name));
byId("example").addEventListener("change", ({ target }) => {
  if (target.value) take(EXAMPLES[target.value]);
  target.value = "";
});
byId("try").addEventListener("click", () => {
  take(Object.values(EXAMPLES)[0]);
  area.focus();
});

connectExports(page);
forgetPage();
mark(false);

// The files that were named when the page was started, unless the browser has kept a text.
async function takeFirst() {
  const parts = await new Requester().send("files", {});
  if (parts?.length && !area.value)
    await takeParts({ parts: parts.map((one) => ({ ...one, format: "", note: "" })), note: "" });
}

// A browser may have kept the text when the page was loaded again.
if (area.value) readAll();
else if ("files" in document.body.dataset) takeFirst();
