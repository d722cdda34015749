// Several files: the text of one is shown, and all are sent.

import { byId, counted, element } from "./elements.js";

const area = byId("text");
const row = byId("files");
let files = [];
let current = 0;
let counts = new Map();

export const isSeveral = () => files.length > 1;

// Returns the files; the shown one has its current text and format.
export const allFiles = () =>
  files.map((one, index) =>
    index === current ? { ...one, text: area.value, format: byId("format").value } : one,
  );

export const sentFiles = () => allFiles().map(({ name, text, format }) => ({ name, text, format }));

export const shownFile = () => current;

// Sets the files; their texts are not shown yet. One file is not several.
export function setFiles(parts, shown = 0) {
  files = parts.length > 1 ? parts : [];
  current = shown;
  counts = new Map();
  draw();
}

// Sets the number of records in each file.
export function countFiles(found) {
  counts = new Map(found.map(({ name, count }) => [name, count]));
  draw();
}

// Shows the text of a file.
export function showFile(name) {
  const index = files.findIndex((one) => one.name === name);
  if (index < 0 || index === current) return;
  files = allFiles();
  current = index;
  area.wrap = files[index].text.length > 100_000 ? "off" : "soft";
  area.value = files[index].text;
  area.setSelectionRange(0, 0);
  area.scrollTop = 0;
  byId("format").value = files[index].format ?? "";
  draw();
}

function draw() {
  const hadFocus = row.contains(document.activeElement);
  row.hidden = !files.length;
  row.replaceChildren(
    ...files.map(({ name }, index) => {
      const button = element(
        "button",
        { type: "button", "aria-pressed": `${index === current}`, onclick: () => showFile(name) },
        element("bdi", {}, name),
      );
      if (counts.has(name))
        button.append(" ", element("span", { className: "count" }, counted(counts.get(name), "record")));
      return button;
    }),
  );
  if (hadFocus) row.children[current]?.focus();
}
