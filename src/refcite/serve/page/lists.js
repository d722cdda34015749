// Long lists: the first entries immediately, the others on request, a few at a time.

import { counted, element } from "./elements.js";

const AT_ONCE = 200;

export function fill(container, list, items, build, { first, noun }) {
  list.append(...items.slice(0, first).map(build));
  container.replaceChildren(list);
  if (items.length <= first) return;
  const button = element(
    "button",
    { type: "button", className: "more", onclick: showAll },
    `Show all ${counted(items.length, noun)}`,
  );
  container.append(button);

  async function showAll() {
    button.remove();
    for (let start = first; start < items.length; start += AT_ONCE) {
      const made = items.slice(start, start + AT_ONCE).map(build);
      list.append(...made);
      if (start === first) {
        made[0].tabIndex = -1;
        made[0].focus();
      }
      // The page stays responsive between two parts; a list that was replaced is not filled any more.
      await new Promise((resolve) => setTimeout(resolve));
      if (!list.isConnected) return;
    }
  }
}
