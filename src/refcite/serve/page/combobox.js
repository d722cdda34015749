// A field that searches in the styles: a combobox with a list, as the ARIA practices describe it.

import { Asker, Refused } from "./ask.js";
import { byId, element, number } from "./elements.js";

const WAIT = 120;

export class StyleBox extends EventTarget {
  #input = byId("style");
  #list = byId("styles");
  #status = byId("style-status");
  #asker = new Asker();
  #options = [];
  #active = -1;
  #timer = 0;
  #title = this.#input.value;

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
    // Pressing an option must not take the focus from the field.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(this.#options.indexOf(option));
    });
  }

  get #isOpen() {
    return !this.#list.hidden;
  }

  #searchSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(this.#input.value), WAIT);
  }

  async #search(query) {
    try {
      const found = await this.#asker.ask("styles", { q: query });
      if (found && document.activeElement === this.#input) this.#show(found);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#status.textContent = error.message;
    }
  }

  #show({ count, styles }) {
    this.#options = styles.map(({ id, title }, index) =>
      element(
        "li",
        { role: "option", id: `style-${index}`, "aria-selected": `${id === this.value}`, "data-id": id, "data-title": title },
        element("span", { className: "title" }, title || id),
        element("span", { className: "id" }, id),
      ),
    );
    const rest = count - styles.length;
    const more = rest > 0 ? [element("li", { role: "presentation", className: "rest" }, `… and ${number(rest)} more: type more words`)] : [];
    const none = count ? [] : [element("li", { role: "presentation", className: "rest" }, "No style has all these words")];
    this.#list.replaceChildren(...this.#options, ...more, ...none);
    this.#list.hidden = false;
    this.#list.scrollTop = 0;
    this.#input.setAttribute("aria-expanded", "true");
    this.#status.textContent = count === 1 ? "1 style" : `${number(count)} styles`;
    this.#activate(-1);
  }

  #activate(index) {
    this.#options[this.#active]?.classList.remove("active");
    this.#active = index;
    const option = this.#options[index];
    if (!option) {
      this.#input.removeAttribute("aria-activedescendant");
      return;
    }
    option.classList.add("active");
    option.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", option.id);
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
      else this.#search("");
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.#isOpen) this.#choose(Math.max(this.#active, 0));
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.#close();
    }
  }

  #choose(index) {
    const option = this.#options[index];
    if (!option) return;
    const { id, title } = option.dataset;
    this.#title = title || id;
    const isNew = id !== this.value;
    this.value = id;
    this.#close();
    if (isNew) this.dispatchEvent(new Event("change"));
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asker.drop();
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#activate(-1);
    this.#input.value = this.#title;
    // What is typed next is another search, and no more of this title.
    if (document.activeElement === this.#input) this.#input.select();
  }
}
