// The field for the text: replacement, undo, and the position of a line.

import { byId } from "./elements.js";

const area = byId("text");
const undo = byId("undo");

// Browsers need long to break the lines of a large text, and far longer to insert many lines as if they
// were typed, which is the only insertion that they can undo.
const LARGE = 100_000;
const MANY = 500;
const LONGEST_KEPT = 1_000_000;

let isOwn = false; // whether the text is being replaced here, and not typed
let before = null; // the text that the browser cannot restore, with its state
let isUntouched = false;

export const isReplacing = () => isOwn;

const isLarge = (text) => text.length > LARGE || text.split("\n", MANY + 1).length > MANY;

// Replaces the text, so that the old text can be restored.
//
// `state` belongs to the old text and is restored with it.
export function setText(text, state) {
  if (text === area.value) return;
  if (isLarge(text) || area.value.length > LONGEST_KEPT) {
    keepBefore(state);
    setLarge(text);
  } else insert(text);
  area.setSelectionRange(0, 0);
  area.scrollTop = 0;
}

function insert(text) {
  const focused = document.activeElement;
  isOwn = true;
  area.wrap = "soft";
  area.focus({ preventScroll: true });
  area.select();
  // The only change of a text that the browser can undo.
  const isDone = document.execCommand(text ? "insertText" : "delete", false, text);
  if (!isDone || area.value !== text) area.value = text;
  isOwn = false;
  if (focused !== area) area.blur();
  focused?.focus?.({ preventScroll: true });
}

function setLarge(text) {
  area.wrap = text.length > LARGE ? "off" : "soft";
  area.value = text;
  isUntouched = true;
}

function keepBefore(state) {
  before = area.value ? { text: area.value, state } : null;
  undo.hidden = !before;
}

// Calls `restored` with the state of the restored text; `state` returns that of the replaced text.
export function takeBack(state, restored) {
  const back = () => {
    const { text, state: stateBefore } = before;
    keepBefore(state());
    setLarge(text);
    area.setSelectionRange(0, 0);
    restored(stateBefore);
  };
  undo.addEventListener("click", back);
  area.addEventListener("keydown", (event) => {
    const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!isUndo || !isUntouched || !before) return;
    event.preventDefault();
    back();
  });
}

export function takePastes(state) {
  area.addEventListener("input", () => {
    if (!isOwn) isUntouched = false;
  });
  area.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n") ?? "";
    if (!isLarge(text)) return;
    event.preventDefault();
    area.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertFromPaste" }));
    keepBefore(state());
    const { selectionStart: start, selectionEnd: end, value } = area;
    setLarge(`${value.slice(0, start)}${text}${value.slice(end)}`);
    area.setSelectionRange(start + text.length, start + text.length);
    area.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
    isUntouched = true;
  });
}

// Selects a line, from its column on, and scrolls it into view.
export function jump(line, column = 1) {
  const text = area.value;
  let start = 0;
  let passed = 0;
  while (passed < line - 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) break;
    start = end + 1;
    passed += 1;
  }
  const found = text.indexOf("\n", start);
  const end = found < 0 ? text.length : found;
  const first = start + lengthOf(text.slice(start, Math.min(end, start + 2 * column)), column - 1);
  area.focus();
  area.setSelectionRange(first < end ? first : start, end);
  area.scrollTop = Math.max(0, heightOf(text.slice(0, start), passed) - area.clientHeight / 3);
  area.scrollIntoView({ block: "nearest" });
}

// Returns the length of the characters in JavaScript's units; some characters have two.
const lengthOf = (text, characters) => [...text].slice(0, characters).join("").length;

// Returns the height of a text in the field, including broken lines.
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
