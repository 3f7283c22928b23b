// The words of the app, translated by the server and carried by the shell as JSON.

const words = JSON.parse(document.getElementById("words").textContent);
const plural = new Intl.PluralRules(document.documentElement.lang || "en");
const locale = document.documentElement.lang || "en-gb";

/** The words of that name with {placeholders} filled in. A plural is chosen by `count`. */
export function say(name, values = {}) {
  const found = words[name];
  if (found === undefined) throw new Error(`No words are called ${name}`);
  const text = typeof found === "string" ? found : (found[plural.select(values.count)] ?? found.other);
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/** A moment in words: the time if it is of today, else the day too. */
export function moment(at) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  const time = date.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  const today = date.toDateString() === new Date().toDateString();
  return today ? time : `${date.toLocaleDateString(locale, { day: "numeric", month: "long" })}, ${time}`;
}

export const bytes = (count) => `${Math.floor(count / 1048576).toLocaleString(locale)} MB`;
