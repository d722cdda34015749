// Formatted text: the trees of refcite.serve.markup as elements, and as HTML for the clipboard.

import { clipped } from "./elements.js";

const STYLES = {
  "span.upright": "font-style:normal",
  "span.small-caps": "font-variant:small-caps",
  "span.no-caps": "font-variant:normal",
  "span.light": "font-weight:lighter",
  "span.regular": "font-weight:normal",
  "span.underlined": "text-decoration:underline",
  "span.plain": "text-decoration:none",
};
const NAMES = new Set(["i", "em", "b", "sup", "sub", "span", "div"]);
const ADDRESS = /^(?:https?|ftp|mailto):/i;

// Returns the name, the class and the URL in the first part of an element.
function parts(head) {
  if (head.startsWith("a ")) {
    const address = head.slice(2);
    return ADDRESS.test(address) ? { name: "a", address } : { name: "span" };
  }
  const [name, ...classes] = head.split(".");
  return { name: NAMES.has(name) ? name : "span", className: classes.join(" ") };
}

export function nodes(trees) {
  return trees.map((tree) => {
    if (typeof tree === "string") return clipped(tree);
    const { name, className, address } = parts(tree[0]);
    const made = document.createElement(name);
    if (className) made.className = className;
    if (address) {
      made.href = address;
      made.target = "_blank";
      made.rel = "noopener noreferrer";
    }
    made.append(...nodes(tree.slice(1)));
    return made;
  });
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

// Paragraphs: a number in the margin and the text after it are one; each block is another.
function paragraphs(trees) {
  const found = [];
  let open = null;
  const start = (isIndented = false) => {
    open = { margin: [], content: [], isIndented };
    found.push(open);
  };
  for (const tree of trees) {
    const head = typeof tree === "string" ? "" : tree[0];
    if (head === "div.csl-left-margin") {
      start();
      open.margin = tree.slice(1);
    } else if (head === "div.csl-block" || head === "div.csl-indent") {
      start(head === "div.csl-indent");
      open.content = tree.slice(1);
      open = null;
    } else if (head || tree.trim()) {
      if (!open) start();
      open.content.push(...(head === "div.csl-right-inline" ? tree.slice(1) : [tree]));
    } else open?.content.push(tree);
  }
  return found;
}

const inline = (name) => (name === "div" ? "span" : name);

export function html(trees) {
  return trees
    .map((tree) => {
      if (typeof tree === "string") return escaped(tree);
      const { name, address } = parts(tree[0]);
      const inner = html(tree.slice(1));
      if (address) return `<a href="${escaped(address)}">${inner}</a>`;
      const style = STYLES[tree[0]];
      return `<${inline(name)}${style ? ` style="${style}"` : ""}>${inner}</${inline(name)}>`;
    })
    .join("");
}

const text = (trees) =>
  trees.map((tree) => (typeof tree === "string" ? tree : text(tree.slice(1)))).join("");

// Word recognises a tab by a special style, other programs by white space that is kept.
const TAB = '<span style="mso-tab-count:1;white-space:pre">\t</span>';
const HANGING = ' style="margin-left:2em;text-indent:-2em"';
const INDENTED = ' style="margin-left:2em"';

function paragraphHtml({ margin, content, isIndented }, isHanging) {
  const number = margin.length ? `${html(margin).trim()}${TAB}` : "";
  const style = isIndented ? INDENTED : isHanging || number ? HANGING : "";
  return `<p${style}>${number}${html(content).trim()}</p>`;
}

// The entries, each with the heading of the section that it begins.
export const headed = (entries) =>
  entries.map((entry, index) => ({
    entry,
    heading: entry.section !== entries[index - 1]?.section ? entry.section : null,
  }));

// The lines of a bibliography: its headings, and the paragraphs of its entries.
const lines = (entries, ofHeading, ofParagraph) =>
  headed(entries)
    .flatMap(({ entry, heading }) => [
      ...(heading ? [ofHeading(heading)] : []),
      ...paragraphs(entry.text).map(ofParagraph),
    ])
    .join("\n");

export const bibliographyHtml = (entries, layout) =>
  lines(
    entries,
    (heading) => `<h2>${escaped(heading)}</h2>`,
    (paragraph) => paragraphHtml(paragraph, layout.hanging_indent),
  );

const paragraphText = ({ margin, content }) =>
  `${margin.length ? `${text(margin).trim()}\t` : ""}${text(content).replace(/\s*\n\s*/g, "\n").trim()}`;

export const bibliographyText = (entries) =>
  lines(entries, (heading) => `\n${heading}\n`, paragraphText).trim();
