// A field to search for styles: a combobox with a list, according to the ARIA practices.

import { Requester, RequestError } from "./requests.js";
import { announce, byId, element, number, sentence } from "./elements.js";

const WAIT = 120;

export class StyleBox extends EventTarget {
  #input = byId("style");
  #list = byId("styles");
  #status = byId("style-status");
  #requester = new Requester();
  #options = [];
  #active = -1;
  #timer = 0;
  #query = null; // the words whose styles are listed
  title = this.#input.value;

  constructor() {
    super();
    this.value = this.#input.dataset.value;
    this.#input.addEventListener("input", () => this.#searchSoon());
    this.#input.addEventListener("keydown", (event) => this.#onKey(event));
    this.#input.addEventListener("focus", () => this.#input.select());
    this.#input.addEventListener("blur", () => this.#close());
    this.#input.addEventListener("click", () => {
      if (!this.#isOpen) this.#search("");
    });
    // A click on an option must not move the focus from the field.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(this.#options.indexOf(option));
    });
  }

  get #isOpen() {
    return !this.#list.hidden;
  }

  // The typed text, or null if the field shows the chosen style.
  get #typed() {
    return this.#input.value === this.title ? null : this.#input.value;
  }

  #searchSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(this.#input.value), WAIT);
  }

  // Lists the styles found; resolves to whether there are any, and the list is still current.
  async #search(query) {
    clearTimeout(this.#timer);
    try {
      const found = await this.#requester.send("styles", { q: query });
      if (!found || document.activeElement !== this.#input) return false;
      this.#show(found, query);
      return found.count > 0;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.#options = [];
      this.#open(error.message, [rest(sentence(error.message))]);
      return false;
    }
  }

  #show({ count, styles }, query) {
    const isSearch = Boolean(query.trim());
    let current = styles.findIndex(({ id }) => id === this.value);
    if (!isSearch && current < 0) {
      styles.unshift({ id: this.value, title: this.title });
      current = 0;
    }
    this.#options = styles.map((style, index) => option(style, index, style.id === this.value));
    const more = count - styles.length;
    const lines = [];
    if (more > 0) lines.push(rest(`… and ${number(more)} more: type more words`));
    if (!count) lines.push(rest("No style has all these words"));
    this.#query = query;
    this.#open(count === 1 ? "1 style" : `${number(count)} styles`, [...this.#options, ...lines]);
    this.#list.scrollTop = 0;
    this.#activate(isSearch ? Math.min(0, styles.length - 1) : current);
  }

  #open(status, items) {
    this.#activate(-1);
    this.#list.replaceChildren(...items);
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
    announce(this.#status, status);
  }

  #activate(index) {
    const before = this.#list.querySelector("[aria-selected=true]");
    before?.classList.remove("active");
    before?.setAttribute("aria-selected", "false");
    this.#active = index;
    const active = this.#options[index];
    if (!active) {
      this.#input.removeAttribute("aria-activedescendant");
      return;
    }
    active.classList.add("active");
    active.setAttribute("aria-selected", "true");
    active.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", active.id);
  }

  #onKey(event) {
    const last = this.#options.length - 1;
    const moves = {
      ArrowDown: () => (this.#active < last ? this.#active + 1 : 0),
      ArrowUp: () => (this.#active > 0 ? this.#active - 1 : last),
      PageDown: () => Math.min(this.#active + 8, last),
      PageUp: () => Math.max(this.#active - 8, 0),
    };
    if (event.key in moves) {
      event.preventDefault();
      if (this.#isOpen) this.#activate(moves[event.key]());
      else this.#search(this.#typed ?? "");
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#enter();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.#close();
    }
  }

  async #enter() {
    const typed = this.#typed;
    const isListed = this.#isOpen && (typed ?? "") === this.#query;
    if (isListed || (this.#isOpen && typed === null)) this.#choose(this.#active);
    // The last words have not been searched for yet: the list belongs to other words.
    else if (typed !== null && (await this.#search(typed))) this.#choose(this.#active);
  }

  #choose(index) {
    const chosen = this.#options[index];
    if (!chosen) return;
    const { id, title } = chosen.dataset;
    this.title = title || id;
    const isNew = id !== this.value;
    this.value = id;
    this.#close();
    if (isNew) this.dispatchEvent(new Event("change"));
  }

  #close() {
    clearTimeout(this.#timer);
    this.#requester.drop();
    this.#list.hidden = true;
    this.#query = null;
    this.#input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
    this.#input.value = this.title;
    // The next typed text is another search, and not a part of this title.
    if (document.activeElement === this.#input) this.#input.select();
  }
}

const rest = (text) => element("li", { role: "presentation", className: "rest" }, text);

function option({ id, title }, index, isCurrent) {
  const made = element(
    "li",
    { role: "option", id: `style-${index}`, "aria-selected": "false", "data-id": id, "data-title": title },
    element("span", { className: "title" }, title || id),
    element("span", { className: "id" }, id),
  );
  if (isCurrent) made.setAttribute("aria-current", "true");
  return made;
}
