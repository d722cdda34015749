// Files that are chosen or dropped.

import { Requester, RequestError } from "./requests.js";
import { byId, ended, tooLarge } from "./elements.js";

// Returns the text, name, problems, note and day of files; throws RequestError if none can be read.
export async function readFiles(files, limit) {
  const parts = [];
  const refusals = [];
  for (const file of files) {
    try {
      parts.push(await readFile(file, limit, files.length > 1));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      refusals.push(error.message);
    }
  }
  if (!parts.length) throw new RequestError(refusals.map(ended).join(" "));
  const joined = canJoin(parts) ? join(parts, limit) : onlyFirst(parts);
  const notes = [...refusals.map(ended), joined.note];
  return { ...joined, note: notes.filter(Boolean).join(" ") };
}

async function readFile(file, limit, isOneOfSeveral) {
  if (file.size > limit) throw new RequestError(`${file.name}: ${tooLarge(file.size)}`);
  const bytes = await file.arrayBuffer();
  let read = isOneOfSeveral ? null : decoded(bytes);
  try {
    read ??= await new Requester().send("text", { name: file.name }, bytes);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new RequestError(`${file.name}: ${error.message}`);
  }
  if (!read.text.trim()) throw new RequestError(`${file.name} is empty`);
  return { ...read, name: file.name, day: new Date(file.lastModified), note: "" };
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

function canJoin(parts) {
  const [first] = parts;
  return (
    parts.length === 1 ||
    (first.format?.follows && parts.every(({ format }) => format?.name === first.format.name))
  );
}

function join(parts, limit) {
  const [first] = parts;
  if (parts.length === 1) return first;
  const text = parts.map((part) => part.text.replace(/\n*$/, "\n")).join("\n");
  if (text.length > limit) throw new RequestError(`Together, ${tooLarge(text.length)}`);
  const names = parts.map(({ name }) => name);
  return { ...first, text, problems: [], note: `${listed(names)}:` };
}

function onlyFirst(parts) {
  const [first, ...rest] = parts.map(({ name }) => name);
  const note = `Only ${first} was read, not ${listed(rest)}: several files are read together only if all have the same format, such as BibTeX or RIS.`;
  return { ...parts[0], note };
}

const listed = (names) =>
  names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];

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
