// The duplicates: groups of records side by side, with the fields that agree and differ.

import { byId, counted, element, empty, number, value } from "./elements.js";
import { fill } from "./lists.js";

const FIRST = 10;
const SIGNS = {
  same: ["=", "agrees"],
  similar: ["≈", "is similar"],
  different: ["≠", "differs"],
  missing: ["+", "is only in some records"],
};

export function showDuplicates(answer, jump) {
  const container = byId("duplicates-list");
  byId("duplicates-count").textContent = answer.count ? counted(answer.count, "group") : "none";
  const content = [];
  if (!answer.count) content.push(empty("None."));
  else {
    const kinds = Object.entries(answer.counts).filter(([, count]) => count);
    const kindsText = kinds.map(([kind, count]) => `${number(count)} ${kind}`).join(", ");
    content.push(
      element(
        "p",
        { className: "explained" },
        `${counted(answer.duplicates, "duplicate record")}; groups: ${kindsText}. ✓ marks the values of the merged record, which you can download.`,
      ),
    );
    const groups = element("div");
    const list = element("ol", { className: "group-list" });
    fill(groups, list, answer.groups, (group) => groupItem(group, jump), { first: FIRST, noun: "group" });
    content.push(groups);
    if (answer.count > answer.groups.length)
      content.push(
        empty(`The page shows the first ${number(answer.groups.length)}; refcite dedupe shows all.`),
      );
  }
  if (answer.related.length) content.push(...related(answer, jump));
  container.replaceChildren(...content);
}

function groupItem(group, jump) {
  const title = element(
    "h3",
    {},
    `Group ${group.number} `,
    element("span", { className: `certainty ${group.certainty}` }, group.certainty),
    element("span", { className: "reason" }, ` ${group.reason}`),
  );
  const head = element("tr", {}, element("td"));
  group.records.forEach((record, place) => {
    const cell = element("th", { scope: "col" }, `${place + 1}${place === group.kept ? " ✓" : ""} `);
    cell.append(element("span", { className: "key" }, value(record.id)), " ", place_of(record, jump));
    head.append(cell);
  });
  const table = element("table", {}, element("thead", {}, head));
  const body = element("tbody");
  for (const row of group.rows) body.append(...rowsOf(row));
  table.append(body);
  table.style.setProperty("--columns", `${group.records.length}`);
  const item = element("li", { className: "group" }, title);
  const region = { className: "scrolled", role: "region", tabIndex: 0 };
  item.append(element("div", { ...region, "aria-label": `Group ${group.number}` }, table));
  if (group.count > group.records.length)
    item.append(empty(`and ${counted(group.count - group.records.length, "record")} more`));
  return item;
}

function rowsOf(row) {
  const [sign, words] = SIGNS[row.agreement];
  const field = element("th", { scope: "row" });
  field.append(
    element("span", { className: "sign", title: words, "aria-hidden": "true" }, sign),
    ` ${row.field}`,
    element("span", { className: "hidden" }, ` ${words}`),
  );
  const line = element("tr", { className: row.agreement }, field);
  if (row.agreement === "same" && new Set(row.values).size === 1) {
    line.append(element("td", { colSpan: row.values.length }, value(shortened(row.values[0], SHORT))));
    return [line];
  }
  row.values.forEach((text, place) => {
    const cell = element("td", { "data-record": `${place + 1}` });
    if (row.taken[place])
      cell.append(element("span", { className: "tick", "aria-label": "taken:", role: "img" }, "✓"), " ");
    cell.append(value(shortened(text)));
    if (!text) cell.classList.add("none");
    line.append(cell);
  });
  if (!row.combined) return [line];
  const both = element("td", { colSpan: row.values.length, className: "combined" });
  both.append(element("span", { className: "tick" }, "✓ put together:"), " ", value(shortened(row.combined)));
  return [line, element("tr", { className: row.agreement }, element("th"), both)];
}

const LONGEST = 400;
const SHORT = 160;
const shortened = (text, most = LONGEST) => (text.length > most ? `${text.slice(0, most)}…` : text);

function place_of(record, jump) {
  const where = [record.file, record.line && `line ${record.line}`].filter(Boolean).join(", ");
  if (!record.line) return element("span", {}, where);
  const onclick = () => jump(record.line, 1, record.file);
  const label = where[0].toUpperCase() + where.slice(1);
  return element("button", { type: "button", className: "line", onclick }, record.file ? where : label);
}

function related(answer, jump) {
  const list = element("ul", { className: "related-list" });
  const box = element("div");
  const build = ({ relation, records }) => {
    const item = element("li", {}, element("span", { className: "type" }, relation), " ");
    item.append(value(records[0].title));
    for (const record of records)
      item.append(" ", element("span", { className: "key" }, value(record.id)), " ", place_of(record, jump));
    return item;
  };
  fill(box, list, answer.related, build, { first: FIRST, noun: "pair" });
  return [element("h3", {}, "Related works, which are not the same"), box];
}
