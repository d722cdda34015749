// What a person says of a web page that its text does not: where it is from, when it was seen.

import { byId } from "./elements.js";

const url = byId("url");
const accessed = byId("accessed");

const two = (number) => String(number).padStart(2, "0");
const dayOf = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

export const saidOfPage = () => ({ url: url.value.trim(), accessed: accessed.value });

export function forgetPage(day = new Date()) {
  url.value = "";
  accessed.value = dayOf(day);
}

export function restorePage(said) {
  url.value = said.url;
  accessed.value = said.accessed;
}

// The fields are there for pages alone; one that has the focus stays.
export function showPageFields(isPage) {
  const row = byId("page-fields");
  row.hidden = !isPage && !row.contains(document.activeElement);
}

export function onPageFields(changed) {
  url.addEventListener("change", changed);
  accessed.addEventListener("change", changed);
}
