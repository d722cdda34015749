// Files that are chosen or dropped.

import { Requester, RequestError } from "./requests.js";
import { byId, ended, tooLarge } from "./elements.js";

// Returns the files that can be read, with their texts, and a note; throws RequestError if there are none.
export async function readFiles(files, limit) {
  const parts = [];
  const refusals = [];
  let size = 0;
  for (const file of files) {
    try {
      const part = await readFile(file, limit);
      size += part.text.length;
      if (size > limit) throw new RequestError(`${file.name}: together, ${tooLarge(size)}`);
      parts.push({ ...part, name: freeName(part.name, parts) });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      refusals.push(error.message);
    }
  }
  if (!parts.length) throw new RequestError(refusals.map(ended).join(" "));
  return { parts, note: refusals.map(ended).join(" ") };
}

// Returns a name that no other file has.
function freeName(name, parts) {
  let free = name;
  for (let number = 2; parts.some((part) => part.name === free); number += 1) free = `${name} (${number})`;
  return free;
}

async function readFile(file, limit) {
  if (file.size > limit) throw new RequestError(`${file.name}: ${tooLarge(file.size)}`);
  const bytes = await file.arrayBuffer();
  let read = decoded(bytes);
  try {
    read ??= await new Requester().send("text", { name: file.name }, bytes);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new RequestError(`${file.name}: ${error.message}`);
  }
  if (!read.text.trim()) throw new RequestError(`${file.name} is empty`);
  return { ...read, name: file.name, day: new Date(file.lastModified), note: "", format: "" };
}

// Returns the text of bytes in UTF-8; other bytes are decoded by the server, which reports problems.
function decoded(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : { text, problems: [] };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

// Calls a function with the files that are chosen, or dropped anywhere on the page.
export function takeFiles(take) {
  const chooser = byId("file");
  byId("choose").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    if (chooser.files.length) take([...chooser.files]);
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
    if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  });
}
