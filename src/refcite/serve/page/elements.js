// Create elements. Text always becomes text nodes.

export const byId = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") made.addEventListener("click", value);
    else if (key in made && key !== "list") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...content);
  return made;
}

// A value from the input: its direction of writing does not affect other text.
export const value = (text) => element("bdi", {}, clipped(text));

const LONGEST = 5000;

export function clipped(text) {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)} … (${counted(text.length - LONGEST, "character")} more)`;
}

const PLURALS = { entry: "entries" };

export const number = (count) => count.toLocaleString("en-GB");

export const counted = (count, noun) =>
  `${number(count)} ${count === 1 ? noun : (PLURALS[noun] ?? `${noun}s`)}`;

export const empty = (text) => element("p", { className: "empty" }, text);

export const ended = (text) => (/[.?!…]$/.test(text) ? text : `${text}.`);

export const sentence = (text) => ended(`${text[0].toUpperCase()}${text.slice(1)}`);

const megabytes = (size) => `${(size / 1e6).toFixed(1)} MB`;

export const tooLarge = (size) =>
  `the text has ${megabytes(size)}; the limit of this page is ${document.body.dataset.limitMb} MB. Start refcite serve with a higher --limit, or use the command line`;

// Announces a text in a live region; the same text is not announced again.
export function announce(region, text) {
  if (region.textContent !== text) region.textContent = text;
}
