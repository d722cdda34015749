// The field for the text: where a line is in it, and files that are chosen or dropped.

import { Asker } from "./ask.js";
import { byId } from "./elements.js";

const area = byId("text");

// Browsers take long to break the lines of a large text, and longer to insert one as if it were typed.
const LARGE = 100_000;

export function setText(text) {
  area.wrap = text.length > LARGE ? "off" : "soft";
  area.value = text;
  area.setSelectionRange(0, 0);
  area.scrollTop = 0;
}

area.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (text.length <= LARGE) return;
  event.preventDefault();
  area.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertFromPaste" }));
  area.wrap = "off";
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
});

// Selects a line and scrolls it into view.
export function jump(line) {
  const text = area.value;
  let start = 0;
  let passed = 0;
  while (passed < line - 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) break;
    start = end + 1;
    passed += 1;
  }
  const end = text.indexOf("\n", start);
  area.focus();
  area.setSelectionRange(start, end < 0 ? text.length : end);
  area.scrollTop = Math.max(0, heightOf(text.slice(0, start), passed) - area.clientHeight / 3);
  area.scrollIntoView({ block: "nearest" });
}

// Returns how high a text of so many lines would stand in the field, where lines may be broken.
function heightOf(text, lines) {
  if (area.wrap === "off") return lines * parseFloat(getComputedStyle(area).lineHeight);
  const copy = area.cloneNode(false);
  copy.removeAttribute("id");
  copy.setAttribute("aria-hidden", "true");
  copy.tabIndex = -1;
  copy.className = "measured";
  copy.style.width = `${area.offsetWidth}px`;
  copy.rows = 1;
  copy.value = text;
  area.after(copy);
  const height = copy.scrollHeight;
  copy.remove();
  return height;
}

// Returns a file's text; what is not UTF-8 is decoded by the server, with what it met in doing so.
export async function textOf(file) {
  const bytes = await file.arrayBuffer();
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return { text, problems: [] };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  return new Asker().ask("text", {}, bytes);
}

// Calls back with each file that is chosen or dropped anywhere on the page.
export function takeFiles(take) {
  const chooser = byId("file");
  byId("choose").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    if (chooser.files.length) take(chooser.files[0]);
    chooser.value = "";
  });
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
  });
}
