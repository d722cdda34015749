// The results for the text: problems, the bibliography, the records.

import { byId, counted, element, empty, number, value } from "./elements.js";
import { fill } from "./lists.js";
import { headed, nodes } from "./markup.js";

const FIRST = 50;
// On a phone, the bibliography is below them.
const FIRST_PROBLEMS = 15;

// Problems

export function problemList(container, problems, jump, first = FIRST_PROBLEMS) {
  const build = (problem) => problemItem(problem, jump);
  fill(container, element("ul", { className: "problem-list" }), problems, build, {
    first,
    noun: "problem",
  });
}

let described = 0;

function problemItem(problem, jump) {
  const id = `message-${(described += 1)}`;
  const item = element("li", { className: problem.severity });
  item.append(element("span", { className: "severity" }, problem.severity), " ");
  if (problem.line && jump) {
    const where = problem.column > 1 ? `${problem.line}:${problem.column}` : `${problem.line}`;
    const label = problem.file ? `${problem.file}, line ${where}` : `Line ${where}`;
    const onclick = () => jump(problem.line, problem.column ?? 1, problem.file);
    const attributes = { type: "button", className: "line", "aria-describedby": id, onclick };
    item.append(element("button", attributes, label), " ");
  }
  else if (problem.file && jump) item.append(element("span", {}, value(problem.file)), " ");
  if (problem.key) item.append(element("span", { className: "key" }, value(problem.key)), " ");
  item.append(element("span", { className: "message", id }, value(problem.message)));
  if (problem.hint) item.append(element("span", { className: "hint" }, value(problem.hint)));
  item.append(" ", element("code", {}, problem.code));
  return item;
}

export function showProblems(answer, jump) {
  const counts = Object.entries(answer.problem_counts).filter(([, count]) => count);
  byId("problems-count").textContent = counts
    .map(([severity, count]) => (severity === "info" ? `${count} info` : counted(count, severity)))
    .join(", ");
  const container = byId("problems-list");
  if (!answer.problems.length) container.replaceChildren(empty("None. The whole text was read."));
  else problemList(container, answer.problems, jump);
  const total = Object.values(answer.problem_counts).reduce((sum, count) => sum + count, 0);
  if (total > answer.problems.length)
    container.append(
      empty(`The page shows the first ${number(answer.problems.length)}; refcite check shows all.`),
    );
}

// Bibliography

export function showEntries(answer) {
  const container = byId("entries");
  byId("entries-count").textContent = counted(answer.entries.length, "entry");
  const { hanging_indent, second_field_align, max_offset } = answer.layout;
  const list = element("ol", { className: "bibliography" });
  list.classList.toggle("hanging", hanging_indent);
  list.classList.toggle("second-field", Boolean(second_field_align));
  list.style.setProperty("--offset", `${Math.min(max_offset, 12) * 0.6 + 0.6}em`);
  fill(container, list, headed(answer.entries), entryItem, { first: FIRST, noun: "entry" });
  if (answer.problems.length) {
    const told = element("div");
    problemList(told, answer.problems, null);
    container.append(told);
  }
}

// An entry of the list, with the heading of the section that it begins.
function entryItem({ entry, heading }) {
  const attributes = { dir: "auto", className: "entry" };
  if (!heading) return element("li", attributes, ...nodes(entry.text));
  const title = element("h3", { dir: "auto" }, value(heading));
  return element("li", {}, title, element("div", attributes, ...nodes(entry.text)));
}

// Records

export function showRecords(answer, jump) {
  const container = byId("records-list");
  byId("records-count").textContent = counted(answer.count, "record");
  if (!answer.count) return container.replaceChildren(empty("None."));
  const list = element("ul", { className: "record-list" });
  fill(container, list, answer.records, (record) => recordItem(record, jump), {
    first: FIRST,
    noun: "record",
  });
  if (answer.count > answer.records.length)
    container.append(
      empty(`The page shows the first ${number(answer.records.length)}; downloads contain all.`),
    );
}

function recordItem(record, jump) {
  const summary = element(
    "summary",
    {},
    element("span", { className: "id" }, value(record.id)),
    " ",
    element("span", { className: "type" }, record.type),
    " ",
    element("span", { className: "summary" }, value(short(record))),
  );
  const details = element("details", {}, summary);
  // The fields are created when they are first shown.
  details.addEventListener("toggle", () => details.append(fieldsOf(record, jump)), { once: true });
  return element("li", {}, details);
}

function short(record) {
  const shownText = [record.names, record.title, record.issued].filter(Boolean).join(" · ");
  return shownText.length > 300 ? `${shownText.slice(0, 300)}…` : shownText;
}

function fieldsOf(record, jump) {
  const list = element("dl");
  const add = (name, lines, className) => {
    list.append(element("dt", { className }, value(name)));
    for (const line of lines) list.append(element("dd", {}, value(line)));
  };
  for (const [name, lines] of record.fields) add(name, lines, "");
  for (const [name, lines] of record.extra) add(name, lines, "extra");
  const content = element("div", { className: "fields" }, list);
  if (record.line)
    content.append(
      element(
        "button",
        { type: "button", className: "line", onclick: () => jump(record.line, 1, record.file) },
        record.file ? `${record.file}, line ${record.line}` : `Line ${record.line}`,
      ),
    );
  return content;
}
