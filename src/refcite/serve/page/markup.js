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

// Returns the name, the class and the address that the first part of an element says.
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

export function html(trees) {
  return trees
    .map((tree) => {
      if (typeof tree === "string") return escaped(tree);
      const { name, address } = parts(tree[0]);
      const inner = html(tree.slice(1));
      if (address) return `<a href="${escaped(address)}">${inner}</a>`;
      const style = STYLES[tree[0]];
      return `<${name}${style ? ` style="${style}"` : ""}>${inner}</${name}>`;
    })
    .join("");
}

// A block is a line of its own: between a number in the margin and its entry stands a tab.
export function text(trees) {
  return trees
    .map((tree) => {
      if (typeof tree === "string") return tree;
      const inner = text(tree.slice(1));
      if (tree[0] === "div.csl-left-margin") return `${inner.trim()}\t`;
      return tree[0].startsWith("div.") ? `${inner}\n` : inner;
    })
    .join("");
}

export function bibliographyHtml(entries, layout) {
  const hanging = layout.hanging_indent ? ' style="padding-left:2em;text-indent:-2em"' : "";
  return entries.map((entry) => `<p${hanging}>${html(entry.text)}</p>`).join("\n");
}

export const bibliographyText = (entries) =>
  entries.map((entry) => text(entry.text).replace(/\s*\n\s*/g, "\n").trim()).join("\n");
