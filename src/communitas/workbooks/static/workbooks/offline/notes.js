// What a visit found, and notes for oneself: lists in which everything written stands, saved while it is typed.

import { button, h, lines } from "./dom.js";
import { textOf } from "./model.js";
import { moment, say } from "./words.js";

const TYPING = 150;
const LISTS = { peer: ["achievement", "improvement", "feedback", "private_note"], self: ["private_note"] };

/** One box to write in: it keeps what is typed as one entry until 'Add another'. */
class Composer {
  constructor(model, register, save, changed) {
    Object.assign(this, { model, register, save, changed, entry: null, timer: 0, writing: "", queue: Promise.resolve(), isUnkept: false });
    const all = [...model.criteria.values()];
    this.text = h("textarea", { id: `new-${register}`, rows: 3, maxlength: 20000, oninput: () => this.#typed() });
    this.place = h("select", { id: `at-${register}` }, h("option", { value: "" }, say("note_whole")), all.map((each) => h("option", { value: each.key }, each.code)));
    this.element = h("div", { class: "stack tight" },
      h("div", { class: "field" }, h("label", { for: `new-${register}` }, say(`new_${register}`)), this.text),
      h("div", { class: "row" }, h("label", { for: `at-${register}` }, say("note_about")), this.place, button(say("note_next"), () => this.next())));
  }

  get isBusy() { return this.timer !== 0 || this.isUnkept || (document.activeElement === this.text && this.text.value !== ""); }

  flush(force = false) {
    if (!this.timer && !force) return this.queue;
    clearTimeout(this.timer);
    this.timer = 0;
    return this.#keep();
  }

  pending() {
    const edit = this.timer || this.writing || this.isUnkept ? this.#edit() : null;
    return edit ? [{ ...edit, after: this.writing }] : [];
  }

  async next() {
    await this.flush();
    this.entry = null;
    this.text.value = "";
    this.place.disabled = false;
    this.changed();
    this.text.focus();
  }

  show() { /* the box holds only what is being written */ }

  #typed() {
    if (this.timer) return; // who types on and on does not put the writing off
    this.timer = setTimeout(() => { this.timer = 0; this.#keep(); }, TYPING);
  }

  #edit() {
    const place = this.entry ? this.entry.criterion_key : this.place.value || null;
    const edit = this.model.textEdit(place, this.register, this.entry ? [this.entry] : [], this.text.value);
    return edit && (this.entry || edit.kind !== "retract") ? edit : null;
  }

  #keep() {
    this.queue = this.queue.then(async () => {
      const edit = this.#edit();
      if (!edit) { this.isUnkept = false; return; }
      this.place.disabled = true;
      this.writing = crypto.randomUUID();
      try { this.entry = await this.save({ ...edit, event_id: this.writing }); } finally { this.writing = ""; }
      this.isUnkept = false;
    }).catch(() => { this.isUnkept = true; }); // the one who saves has told why; the words stay in the box
    return this.queue;
  }
}

export function notesPage(app, model) {
  const locked = !app.mayWrite(model, false);
  const forms = [];
  const lists = LISTS[model.isPeer ? "peer" : "self"].map((register) => {
    const list = h("ul", { class: "plain stack" });
    const show = () => {
      const writing = new Set(forms.map((form) => form.entry?.event_id));
      const found = model.notes(register).filter((event) => !writing.has(event.event_id));
      list.replaceChildren(...(found.length ? found.map((event) => entry(app, model, event, locked, show)) : [h("li", { class: "soft" }, say("note_none"))]));
    };
    const composer = locked ? null : new Composer(model, register, (edit) => app.save(model, edit), show);
    if (composer) forms.push(composer);
    show();
    return { show, section: h("section", { class: "stack tight" }, h("h2", {}, say(`list_${register}`)), register === "private_note" ? h("p", { class: "soft" }, say("note_private")) : null, list, composer?.element) };
  });
  const title = say(model.isPeer ? "findings_title" : "notes_title");
  return {
    title,
    crumbs: [["#/", say("start_title")], [`#/${model.workbook}`, say(model.isPeer ? "peer_of" : "self_of", { name: model.book.review.community })]],
    main: [h("div", { class: "page-head" }, h("h1", {}, title)), lists.map((each) => each.section)],
    forms,
    again: () => lists.forEach((each) => each.show()),
  };
}

function entry(app, model, event, locked, show) {
  const code = model.criteria.get(event.criterion_key)?.code;
  const mine = event.author === model.account || model.isLead;
  return h("li", {}, h("p", {}, code ? [h("span", { class: "code" }, code), " "] : null, lines(textOf(event))),
    h("p", { class: "soft small spread" }, h("span", {}, [model.name(event.author), moment(event.made_at), event.unsent ? say("here_only") : ""].filter(Boolean).join(", ")),
      locked || !mine ? null : button(say("take_back"), async () => { await app.save(model, model.takeBack(event)); show(); }, "text")));
}
