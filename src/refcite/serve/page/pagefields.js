// Fields for a web page: its URL, and the date of access.

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

export function restorePage(state) {
  url.value = state.url;
  accessed.value = state.accessed;
}

// The fields are shown only for pages; a field with the focus stays.
export function showPageFields(isPage) {
  const row = byId("page-fields");
  row.hidden = !isPage && !row.contains(document.activeElement);
}

export function onPageFields(changed) {
  url.addEventListener("change", changed);
  accessed.addEventListener("change", changed);
}
