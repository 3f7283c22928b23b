// The pages of the app. Each gives {title, crumbs, main, aside, forms}: elements, and the criteria that live on it.

import { Criterion } from "./criteria.js";
import { button, h, lines } from "./dom.js";
import { leave, leaveBySending, leaveWithCopy, waitingOf } from "./goodbye.js";
import { isAnswered } from "./model.js";
import { notesPage } from "./notes.js";
import { heading, wordsPage } from "./plain.js";
import { preparePage } from "./prepare.js";
import { say } from "./words.js";

const titleOf = (model) => say(model.isPeer ? "peer_of" : "self_of", { name: model.book.review.community });
const count = (done, total) => say("of", { done, total });

const booksOf = async (app) => (await app.store.books()).filter((record) => record.network === app.net.base && record.book);

/** Whether any workbook of this network is kept here. */
export const hasBooks = async (app) => (await booksOf(app)).length > 0;

/** Everything on this device, and who left something here. */
export async function startPage(app) {
  const kept = await booksOf(app);
  const beside = new Set(kept.map((record) => record.book.beside).filter(Boolean));
  const books = kept.filter((record) => !beside.has(record.workbook));
  const main = [heading(say("start_title"), "", books.length ? say("start_lead") : "")];
  main.push(...waitingOf(app.others));
  if (app.store.shared) main.push(h("p", { class: "notice" }, say("shared_yes")));
  const handed = (await app.store.meta("handed")) ?? 0;
  if (handed) main.push(h("p", { class: "notice" }, say("handed_over", { count: handed }), " ", h("a", { href: app.net.links.devices, onclick: () => app.store.setMeta("handed", 0) }, say("handed_over_confirm"))));
  const models = await Promise.all(books.map((record) => app.load(record)));
  main.push(h("ul", { class: "plain stack" }, models.map((model) => {
    const { done, total } = model.progress([...model.criteria.values()], model.registers(false).score);
    return h("li", { class: "card" }, h("h2", {}, h("a", { href: `#/${model.workbook}` }, titleOf(model))),
      h("p", { class: "soft" }, `${model.book.review.cycle} · ${count(done, total)}`),
      h("p", {}, h("a", { href: `#/${model.workbook}/prepare` }, say("prepare_title"))));
  })));
  if (!books.length) main.push(h("section", { class: "empty" }, h("h2", {}, say("empty_title")), h("p", {}, say("empty_what")), h("p", { class: "soft" }, say("empty_how")), h("a", { class: "button", href: app.net.links.home }, say("back_to_site"))));
  main.push(h("p", { class: "row" }, books.length ? h("a", { class: "button quiet", href: app.net.links.home }, say("back_to_site")) : null, h("a", { class: "button quiet", href: "#/leave" }, say("leave_title"))));
  return { title: say("start_title"), main };
}

/** One workbook: its sections with how far each is. */
export function overviewPage(app, model) {
  const agreed = app.showsAgreed(model);
  const { score } = model.registers(agreed);
  const all = [...model.criteria.values()];
  const whole = model.progress(all, score);
  const found = h("ul", { class: "stack tight", "aria-live": "polite" });
  const search = h("input", { type: "search", id: "search", oninput: () => {
    const asked = search.value.trim().toLowerCase();
    const hits = asked ? all.filter((each) => `${each.code} ${each.statement} ${each.plain ?? ""}`.toLowerCase().includes(asked)).slice(0, 30) : [];
    found.replaceChildren(...(asked && !hits.length ? [h("li", { class: "soft" }, say("nothing_found"))] : hits.map((each) => h("li", {}, h("a", { href: app.placeOf(model, each, agreed) }, h("b", {}, each.code), ` ${each.statement}`)))));
  } });
  const held = model.held();
  const main = [
    heading(titleOf(model), model.book.review.cycle),
    progress(say("all_sections"), whole),
    h("div", { class: "field" }, h("label", { for: "search" }, say("search")), search), found,
    modes(app, model, agreed),
    sections(model, agreed, 0, say("sections")),
    held.length ? h("section", { class: "stack tight" }, h("h2", {}, say("held_title")), h("p", {}, say("held_what")), h("ul", {}, held.map((event) => h("li", {}, h("b", {}, model.criteria.get(event.criterion_key)?.code ?? ""), ` ${event.held.sentence || event.held.reason}`)))) : null,
    h("ul", { class: "plain stack tight" },
      h("li", {}, h("a", { href: `#/${model.workbook}/notes` }, say(model.isPeer ? "findings_title" : "notes_title"))),
      h("li", {}, h("a", { href: `#/${model.workbook}/prepare` }, say("prepare_title"))),
      h("li", {}, h("a", { href: `${app.net.base}${model.isPeer ? "peer" : "self"}-reviews/${model.workbook}/` }, say("open_online")))),
  ];
  return { title: titleOf(model), crumbs: [["#/", say("start_title")]], main };
}

function progress(label, { done, total }) {
  return h("div", { class: "progress" }, h("span", {}, label), h("span", { class: "count" }, count(done, total)), h("progress", { max: Math.max(1, total), value: done, "aria-label": label }));
}

/** My own scores or what is agreed, where both can be opened; a reviewer says here that they have finished. */
function modes(app, model, agreed) {
  if (!model.isPeer) return null;
  const parts = [];
  if (app.mayShowAgreed(model)) {
    parts.push(button(say("own_scores"), () => app.showAgreed(false), agreed ? "quiet" : "", { "aria-pressed": String(!agreed) }), button(say("agreed_scores"), () => app.showAgreed(true), agreed ? "" : "quiet", { "aria-pressed": String(agreed) }));
  } else if (model.may("answer")) {
    const finished = model.get(`\n${model.registers().score}`).some((event) => event.kind === "complete");
    parts.push(h("p", {}, say(finished ? "finished" : "not_finished")), button(say(finished ? "go_on" : "finish"), () => app.finish(model, !finished)));
  }
  return h("div", { class: "row" }, parts);
}

function sections(model, agreed, current, label) {
  const { score } = model.registers(agreed);
  return h("nav", { class: "sections", "aria-label": label }, h("ol", {}, model.book.sections.map((section, at) => {
    const { done, total } = model.progress(section.criteria, score);
    return h("li", {}, h("a", { href: `#/${model.workbook}/${at + 1}${agreed ? "/agreed" : ""}`, "aria-current": at + 1 === current ? "page" : null }, h("span", {}, section.title), " ", h("span", { class: "count" }, count(done, total)), h("progress", { max: Math.max(1, total), value: done, "aria-hidden": "true" })));
  })));
}

/** One section: its criteria, to be scored. */
export function sectionPage(app, model, number, agreed) {
  const section = model.book.sections[number - 1];
  const locked = !app.mayWrite(model, agreed);
  const { score } = model.registers(agreed);
  const shown = app.onlyOpen ? section.criteria.filter((each) => !isAnswered(model.answer(each.key, score))) : section.criteria;
  const forms = shown.map((criterion) => new Criterion(model, criterion, { agreed, locked, ident: `c${model.book.sections.slice(0, number - 1).reduce((sum, each) => sum + each.criteria.length, 0) + section.criteria.indexOf(criterion)}`, save: (edit) => app.save(model, edit) }));
  let standard = "";
  const answers = forms.flatMap((form) => {
    const named = form.criterion.standard && form.criterion.standard !== standard ? [h("h2", {}, form.criterion.standard)] : [];
    standard = form.criterion.standard ?? "";
    return [...named, form.element];
  });
  const link = (at, words, css = "") => h("a", { class: css, href: `#/${model.workbook}/${at}${agreed ? "/agreed" : ""}` }, words);
  const sum = model.book.sections.length;
  const main = [
    heading(section.title, [titleOf(model), model.book.review.cycle].join(" · "), say(locked ? "read_only" : agreed ? "agreed_lead" : model.isPeer ? "own_lead" : "section_lead", { count: section.criteria.length })),
    section.introduction ? h("p", { class: "measure" }, lines(section.introduction)) : null,
    h("p", { class: "row wishes" }, button(say(app.onlyOpen ? "show_all" : "show_open"), () => app.toggleOpen(), "text", { "aria-pressed": String(app.onlyOpen) })),
    h("div", { class: "answers", "data-scope": true }, answers.length ? answers : h("section", { class: "empty" }, h("h2", {}, say("nothing_open")))),
    h("nav", { class: "spread around", "aria-label": say("around") }, h("span", {}, number > 1 ? link(number - 1, `← ${model.book.sections[number - 2].title}`) : null), h("span", {}, number < sum ? link(number + 1, say("next_section", { name: model.book.sections[number].title }), "button quiet") : h("a", { class: "button quiet", href: `#/${model.workbook}` }, say("see_whole")))),
  ];
  const nav = h("div", { class: "at-top" }, sections(model, agreed, number, say("sections")));
  const aside = [nav, locked ? null : h("p", { class: "keys" }, say("keys"))];
  const again = () => nav.replaceChildren(sections(model, agreed, number, say("sections")));
  return { title: section.title, crumbs: [["#/", say("start_title")], [`#/${model.workbook}`, titleOf(model)]], main, aside, forms, again };
}

/** Signing out: with answers that wait there is a choice; nothing is ever cleared for them. */
export function leavePage(app) {
  const { unsent } = app.how;
  const said = h("p", { role: "status", class: "soft" });
  const tell = (words) => { said.textContent = words; };
  const choices = unsent ? [
    h("li", { class: "card" }, h("h2", {}, say("leave_send")), h("p", {}, say("leave_send_what")), h("div", {}, button(say("leave_send_do"), () => leaveBySending(app, tell), ""))),
    h("li", { class: "card" }, h("h2", {}, say("leave_copy")), h("p", {}, say("leave_copy_what")), h("div", {}, button(say("leave_copy_do"), () => leaveWithCopy(app, tell)))),
    h("li", { class: "card" }, h("h2", {}, say("leave_lock")), h("p", {}, say("leave_lock_what")), h("div", {}, button(say("leave_lock_do"), () => leave(app, tell)))),
  ] : [h("li", { class: "card" }, h("p", {}, say("leave_none")), h("div", {}, button(say("leave_do"), () => leave(app, tell), "")))];
  return {
    title: say("leave_title"),
    crumbs: [["#/", say("start_title")]],
    main: [heading(say("leave_title"), "", unsent ? say("leave_unsent", { count: unsent }) : ""), said, h("ul", { class: "plain stack" }, choices)],
  };
}

export { notesPage, preparePage, wordsPage };
