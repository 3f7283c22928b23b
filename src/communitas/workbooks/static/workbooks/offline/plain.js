// What simple pages are made of.

import { h } from "./dom.js";
import { say } from "./words.js";

/** The head of a page. */
export const heading = (title, eyebrow = "", lead = "") =>
  h("div", { class: "page-head" }, eyebrow ? h("p", {}, eyebrow) : null, h("h1", {}, title), lead ? h("p", { class: "lead" }, lead) : null);

/** A page with a few words and what to do next. */
export function wordsPage(title, words, actions = []) {
  return { title: say(title), main: [heading(say(title), "", words), h("div", { class: "row" }, actions)] };
}
