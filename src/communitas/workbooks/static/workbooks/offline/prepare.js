// 'Prepare for offline': each check green, or explained. Nothing here is guessed: what can be tried is tried.

import { button, h, glyph } from "./dom.js";
import { pinSettings } from "./pin_settings.js";
import { isWhole, pull } from "./pull.js";
import { bytes, say } from "./words.js";

const FREE = 300 * 1024 * 1024;
const MINUTES_OFF = 5;

const isApple = () => "standalone" in navigator || (/iPad|iPhone/.test(navigator.userAgent));
const isInstalled = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

/** The checks in order: each gives {ok, words} and says in words what to do when it is not green. */
export const CHECKS = [
  ["installed", async () => {
    if (isInstalled()) return good("installed_yes");
    return isApple() ? bad("installed_apple") : good("installed_not_needed");
  }],
  ["shell", async ({ app }) => ((await app.shellIsKept()) ? good("shell_yes") : bad("shell_no"))],
  ["persist", async () => {
    if (!navigator.storage?.persist) return bad("persist_unknown", true);
    return (await navigator.storage.persist()) ? good("persist_yes") : bad("persist_no", true);
  }],
  ["book", async ({ app, workbook }) => {
    const answer = await pull(app, workbook);
    const kept = await app.store.book(workbook);
    if (answer.why && !kept) return bad("book_unreachable");
    if (answer.gone) return bad("book_gone");
    if (!(await isWhole(kept))) return bad("book_broken");
    return good("book_yes", { count: kept.book.sections.reduce((sum, section) => sum + section.criteria.length, 0) });
  }],
  ["earlier", async ({ app, workbook }) => {
    const kept = await app.store.book(workbook);
    if (!kept) return bad("book_unreachable");
    const events = await app.store.events(workbook);
    return good("earlier_yes", { count: events.length });
  }],
  ["clock", async ({ app }) => {
    const before = Date.now();
    const who = await app.net.who();
    if (!who.ok) return bad("clock_unknown");
    const off = Math.round(Math.abs(Date.parse(who.data.at) - (before + Date.now()) / 2) / 60000);
    return off <= MINUTES_OFF ? good("clock_yes") : bad("clock_no", true, { count: off });
  }],
  ["space", async () => {
    if (!navigator.storage?.estimate) return bad("space_unknown", true);
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return quota - usage >= FREE ? good("space_yes", { size: bytes(quota - usage) }) : bad("space_no", false, { size: bytes(quota - usage) });
  }],
  ["trial", async ({ app }) => ((await app.store.trial()) ? good("trial_yes") : bad("trial_no"))],
];

const good = (words, values = {}) => ({ ok: true, words: say(words, values) });
const bad = (words, mild = false, values = {}) => ({ ok: false, mild, words: say(words, values) });

/** The page: every check runs when it opens and again at a press. */
export function preparePage(app, workbook) {
  const list = h("ul", { class: "plain stack checks" });
  const result = h("p", { class: "lead", role: "status" }, say("checking"));
  const run = async () => {
    result.textContent = say("checking");
    list.replaceChildren();
    const outcomes = [];
    for (const [name, check] of CHECKS) {
      let outcome;
      try { outcome = await check({ app, workbook }); } catch (problem) { outcome = bad("check_failed", false, { problem: problem.message }); }
      outcomes.push(outcome);
      list.append(line(name, outcome));
    }
    const red = outcomes.filter((each) => !each.ok && !each.mild).length;
    result.textContent = red ? say("prepared_no", { count: red }) : say("prepared_yes");
    await app.refresh(workbook);
  };
  run();
  const pins = pinSettings(app);
  return [
    h("div", { class: "page-head" }, h("h1", {}, say("prepare_title")), result),
    list,
    who(app, pins),
    pins,
    h("p", { class: "row" }, h("a", { class: "button", href: `#/${workbook}` }, say("open_workbook")), button(say("check_again"), run), app.install ? button(say("install"), () => app.install.prompt()) : null),
    h("section", { class: "stack tight" }, h("h2", {}, say("prepare_know")), h("ul", {}, ["know_private", "know_clear", "know_send"].map((name) => h("li", {}, say(name))))),
  ];
}

/** Whether others use this device too: then it keeps less, and closes itself. */
function who(app, pins) {
  const said = h("p", { class: "soft", role: "status", "data-shared": true });
  const tell = () => { said.textContent = say(app.store?.shared ? "shared_yes" : "shared_no"); };
  const box = h("input", { type: "checkbox", id: "shared", "aria-describedby": "shared-what", checked: app.store.shared, onchange: async () => {
    box.disabled = true;
    const done = await app.share(box.checked).catch(() => false);
    Object.assign(box, { disabled: false, checked: app.store?.shared ?? false });
    pins.hidden = Boolean(app.store?.shared && !app.vault);
    if (done) tell(); else said.textContent = say("shared_no_key");
    box.focus();
  } });
  tell();
  return h("section", { class: "stack tight" }, h("h2", {}, say("shared_title")),
    h("div", { class: "field" }, h("div", {}, h("label", { for: "shared" }, box, " ", h("span", {}, say("shared_label")))), h("p", { class: "soft", id: "shared-what" }, say("shared_what"))), said);
}

function line(name, outcome) {
  const mark = outcome.ok ? glyph("m2") : outcome.mild ? glyph("m1") : glyph("m0");
  return h("li", { "data-check": name, "data-ok": String(outcome.ok) }, h("span", { class: "mark" }, mark, h("span", {}, h("b", {}, say(`check_${name}`)), " ", h("span", { class: "unseen" }, say(outcome.ok ? "is_good" : "is_open")))), h("p", { class: "soft" }, outcome.words));
}

/** Where nothing can be kept on this device: say so, and offer what works without it. */
export function noStoragePage(links) {
  return [
    h("div", { class: "page-head" }, h("h1", {}, say("no_storage_title")), h("p", { class: "lead" }, say("no_storage"))),
    h("ul", { class: "stack tight" }, h("li", {}, say("no_storage_window")), h("li", {}, say("no_storage_paper")), h("li", {}, say("no_storage_online"))),
    h("p", {}, h("a", { class: "button", href: links.home }, say("no_storage_back"))),
  ];
}
