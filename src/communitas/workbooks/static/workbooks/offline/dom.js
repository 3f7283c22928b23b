// Elements made by hand: text is only ever text, so nothing that people wrote can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; functions become listeners, null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** One of the marks or the logo from the sprite of the page. */
export function glyph(name, css = name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `glyph ${css}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#${name}`);
  svg.append(use);
  return svg;
}

/** Glyph and colour of a score, as kit/ui/marks.py draws it. */
export function shape(score, top) {
  if (score === null || score === undefined || score === "") return ["mnone", "mnone"];
  if (score === "NA") return ["mna", "mna"];
  if (score >= top) return ["m2", "m2"];
  if (score <= 0) return ["m0", "m0"];
  const share = score / top;
  return [share < 0.5 ? "m1-low" : share > 0.5 ? "m1-high" : "m1", "m1"];
}

/** A text with its line breaks. */
export const lines = (text) => text.split("\n").flatMap((line, at) => (at ? [h("br"), line] : [line]));

/** Paragraphs of a text. */
export const paragraphs = (text) => text.split(/\n{2,}/).filter((part) => part.trim()).map((part) => h("p", {}, lines(part)));

export const button = (label, press, kind = "quiet", more = {}) =>
  h("button", { type: "button", class: `button ${kind}`.trim(), onclick: press, ...more }, label);

export function announce(words) {
  const place = document.querySelector("[data-announcer]");
  if (!place) return;
  place.textContent = "";
  setTimeout(() => { place.textContent = words; }, 60);
}
