// Criteria as forms: the same looks as the server's workbook. Everything saves by itself on this device.

import { button, glyph, h, lines, paragraphs, shape } from "./dom.js";
import { placeOf } from "./fold.js";
import { joined, reasonOf, scoreOf } from "./model.js";
import { moment, say } from "./words.js";

const TYPING = 150; // milliseconds after a keystroke until the words are written to the disk

/** The form of one criterion. `save(edit)` keeps an edit and resolves with its event. */
export class Criterion {
  constructor(model, criterion, { agreed, locked, save, ident }) {
    Object.assign(this, { model, criterion, agreed, locked, save, ident, timer: 0, queue: Promise.resolve(), writing: new Map(), isUnkept: false });
    this.registers = model.registers(agreed);
    this.element = this.#draw();
    this.show();
  }

  get key() { return this.criterion.key; }
  /** Whether something stands in the form that is not on the disk, or may soon: it must not be drawn anew. */
  get isBusy() { return this.timer !== 0 || this.writing.size > 0 || this.isUnkept || this.element.contains(document.activeElement); }

  /** Show how it stands now: after this the person has seen these heads. */
  show() {
    const { model, key } = this;
    this.seen = model.get(placeOf(key, this.registers.score));
    const texts = model.get(placeOf(key, this.registers.comments));
    this.seenComments = texts.filter((event) => event.kind !== "attach"); // an edit of the words leaves files alone
    const answer = model.answer(key, this.registers.score);
    for (const radio of this.element.querySelectorAll(".marks input")) radio.checked = radio.value === String(answer.score);
    this.reason.value = answer.reason;
    this.reasonBox.toggleAttribute("data-quiet", !this.agreed && answer.score !== "NA" && !answer.reason);
    if (this.comment) this.comment.value = joined(this.seenComments);
    else this.words.replaceChildren(...paragraphs(joined(this.seenComments)));
    this.#besides();
    this.#said(answer);
  }

  /** Write at once what was typed; called before the page goes away. */
  flush(force = false) {
    if (!this.timer && !force) return this.queue;
    clearTimeout(this.timer);
    this.timer = 0;
    return this.#keep();
  }

  /** What was typed and is not yet on the disk, as edits. */
  pending() {
    if (!this.timer && !this.writing.size && !this.isUnkept) return [];
    return this.#edits().filter(Boolean).map((edit) => ({ ...edit, after: this.writing.get(edit.register) }));
  }

  /** What stands in the form and is new: the score and the words, or null. */
  #edits() {
    const { model, key } = this;
    return [
      model.scoreEdit(key, this.registers.score, this.seen, this.#score(), this.reason.value),
      this.comment ? model.textEdit(key, this.registers.comments, this.seenComments, this.comment.value) : null,
    ];
  }

  #draw() {
    const { criterion, ident } = this;
    const score = say("score_for", { code: criterion.code });
    const choices = [...this.model.book.scale, { value: "NA", word: say("not_applicable") }];
    this.reason = h("input", { type: "text", id: `${ident}-reason`, name: "reason", maxlength: 2000, readonly: this.locked, oninput: () => this.#typed() });
    this.reasonBox = h("div", { class: "reason" }, h("label", { for: `${ident}-reason` }, say(this.agreed ? "why_differs" : "why_not_applicable")), this.reason);
    this.words = h("div", { class: "words" });
    if (!this.locked) {
      this.comment = h("textarea", {
        id: `${ident}-comment`, name: "comment", rows: 2, maxlength: 20000, "data-comment": true, placeholder: say("comment_hint"),
        oninput: () => this.#typed(),
      });
      this.words.append(h("label", { class: "unseen", for: `${ident}-comment` }, say("comment_on", { code: criterion.code })), this.comment);
    }
    this.before = h("div", { class: "before" });
    this.beside = h("ul", { class: "beside plain", hidden: true });
    this.said = h("div", { class: "said" });
    const marks = h("div", { class: "marks", role: "radiogroup", "aria-label": score }, choices.map((mark) => {
      const [name, colour] = shape(mark.value, this.model.top);
      return h("label", {}, h("input", { type: "radio", name: `score-${ident}`, value: String(mark.value), disabled: this.locked, onchange: () => this.#chosen() }), glyph(name, colour), " ", h("span", {}, capital(mark.word)));
    }));
    this.fieldset = h("fieldset", { class: "criterion", "data-criterion": true, tabindex: -1 },
      h("legend", {}, criterion.statement, " ", this.#level()),
      h("span", { class: "code" }, criterion.code),
      criterion.plain ? h("p", { class: "small soft" }, criterion.plain) : null,
      this.before, this.beside, marks, this.reasonBox, this.words, this.#more(), this.said);
    return h("form", { class: "answer", id: ident, "data-answer": criterion.key, onsubmit: (event) => { event.preventDefault(); this.flush(); }, onfocusout: () => this.#left() }, this.fieldset);
  }

  #level() {
    const names = ["", "essential", "expected", "desirable"];
    const name = names[this.criterion.level] ?? "expected";
    return h("span", { class: `level ${name}` }, say(name));
  }

  #more() {
    const { criterion } = this;
    const last = this.model.book.before?.[this.key];
    const parts = [["guidance", criterion.guidance], ["evidence", criterion.evidence], ["references", criterion.references]]
      .filter(([, text]) => text).map(([name, text]) => [h("h4", {}, say(name)), paragraphs(text)]);
    if (last?.self_comment) parts.push([h("h4", {}, say("community_wrote", { cycle: last.cycle })), h("p", {}, lines(last.self_comment)), this.#startFrom(last.self_comment)]);
    if (last?.agreed_comment) parts.push([h("h4", {}, say("team_wrote", { cycle: last.cycle })), h("p", {}, lines(last.agreed_comment))]);
    return parts.length ? h("details", { class: "more" }, h("summary", {}, say("more")), h("div", { class: "body" }, parts)) : null;
  }

  #startFrom(text) {
    if (this.locked) return null;
    return h("div", {}, button(say("start_from_last"), () => {
      if (this.comment.value.trim()) return;
      this.comment.value = text;
      this.comment.focus();
      this.#typed();
    }, "text"));
  }

  #besides() {
    const { model, key } = this;
    const last = model.book.before?.[key];
    const told = [];
    if (last?.note) told.push(h("span", {}, last.note));
    if (last?.cycle && (last.self_score !== null || last.agreed_score !== null)) {
      told.push(h("span", { class: "row" }, `${last.cycle}: `, h("span", { class: "score-pair" }, pair("self_mark", last.self_score, last), pair("agreed_mark", last.agreed_score, last))));
    }
    if (last?.action) told.push(h("span", {}, say("last_action", { action: last.action })));
    this.before.replaceChildren(...told);
    this.before.hidden = !told.length;
    const others = this.#others();
    this.beside.replaceChildren(...others);
    this.beside.hidden = !others.length;
  }

  #others() {
    const { model, key } = this;
    const shown = [];
    const own = model.community(key);
    if (own && (own.score !== null || own.comment)) shown.push(this.#one(model.book.review.community, own.score, own.reason, own.comment));
    if (!this.agreed) return shown;
    for (const person of model.reviewers()) {
      const answer = model.answer(key, `reviewer:${person}`);
      const text = joined(model.comments(key, `comment:reviewer:${person}`));
      if (answer.kind !== "none" || text) shown.push(this.#one(model.name(person), answer.score, answer.reason, text));
    }
    return shown;
  }

  #one(who, score, reason, text) {
    return h("li", {}, h("span", { class: "who" }, who), " ", mark(this.model, score), reason ? [" ", h("span", { class: "soft" }, reason)] : null, text ? h("p", { class: "words" }, lines(text)) : null);
  }

  #said(answer) {
    const { model, key } = this;
    const texts = model.comments(key, this.registers.comments);
    const speaking = [...answer.heads, ...texts].filter((event) => !event.redacted && event.kind !== "retract");
    const parts = [];
    if (answer.kind === "differ") parts.push(this.#differ(answer));
    if (speaking.some((event) => event.waits)) parts.push(h("p", { class: "differs-here" }, say("reason_missing")));
    for (const event of model.held().filter((each) => each.criterion_key === key)) parts.push(h("p", { class: "differs-here" }, say("put_aside", { sentence: event.held.sentence || event.held.reason })));
    const files = model.get(placeOf(key, this.registers.comments)).filter((event) => event.kind === "attach" && !event.redacted);
    if (files.length) parts.push(h("p", { class: "small" }, say("attached", { names: files.map((event) => event.value.name || event.value.link || "").join(", ") })));
    if (texts.length > 1) parts.push(h("p", { class: "soft small" }, say("several_comments")));
    if (speaking.length) {
      const newest = speaking.reduce((a, b) => (a.made_at > b.made_at ? a : b));
      const names = [...new Set(speaking.map((event) => model.name(event.author)).filter(Boolean))].join(", ");
      const where = speaking.some((event) => event.unsent) ? say("here_only") : "";
      parts.push(h("p", { class: "small soft" }, [names, moment(newest.received_at ?? newest.made_at), where].filter(Boolean).join(", ")));
    }
    this.said.replaceChildren(...parts);
  }

  /** Two answers side by side, one tap to choose. */
  #differ(answer) {
    const mayChoose = !this.locked && (this.model.isLead || this.registers.score.startsWith("reviewer:"));
    const choices = answer.heads.filter((event) => !event.redacted).map((event) => {
      const word = scoreOf(event) === null ? say("no_score") : wordOf(this.model, scoreOf(event));
      return h("li", { class: "card" }, h("p", {}, h("b", {}, this.model.name(event.author)), " ", h("span", { class: "soft small" }, moment(event.made_at))),
        h("p", {}, mark(this.model, scoreOf(event))), reasonOf(event) ? h("p", {}, reasonOf(event)) : null,
        mayChoose && scoreOf(event) !== null ? h("div", {}, button(say("choose", { mark: word }), () => this.#choose(scoreOf(event), reasonOf(event)))) : null);
    });
    return h("section", { class: "stack tight", "aria-label": say("two_differ") }, h("p", { class: "differs-here" }, h("b", {}, say("two_differ")), " ", mayChoose ? say("choose_one") : say("lead_decides")), h("ul", { class: "plain two even" }, choices));
  }

  #choose(score, reason) {
    for (const radio of this.element.querySelectorAll(".marks input")) radio.checked = radio.value === String(score);
    this.reason.value = reason;
    this.fieldset.focus();
    return this.#keep().then(() => this.show());
  }

  #typed() {
    if (this.timer) return; // who types on and on does not put the writing off
    this.timer = setTimeout(() => { this.timer = 0; this.#keep(); }, TYPING);
  }

  #chosen() {
    const chosen = this.#score();
    this.reasonBox.toggleAttribute("data-quiet", !this.agreed && chosen !== "NA" && !this.reason.value);
    this.#keep().then(() => this.#said(this.model.answer(this.key, this.registers.score)));
    if (chosen === "NA" && !this.reason.value) this.reason.focus();
  }

  #left() {
    setTimeout(() => { if (!this.isBusy) this.queue.then(() => { if (!this.isBusy) this.show(); }); }, 0);
  }

  #score() {
    const value = this.element.querySelector(".marks input:checked")?.value;
    return value === undefined ? null : value === "NA" ? "NA" : Number(value);
  }

  async #write(edit) {
    const event_id = crypto.randomUUID();
    this.writing.set(edit.register, event_id);
    try { return await this.save({ ...edit, event_id }); } finally { this.writing.delete(edit.register); }
  }

  /** Keep what stands in the form as far as it is new: one after the other, so that each knows what was before. */
  #keep() {
    this.queue = this.queue.then(async () => {
      const [score, text] = this.#edits();
      if (score) this.seen = after(this.seen, score, await this.#write(score));
      if (text) this.seenComments = after(this.seenComments, text, await this.#write(text));
      this.isUnkept = false;
    }).catch(() => { this.isUnkept = true; }); // the one who saves has told why; the words stay in the form
    return this.queue;
  }
}

/** What the writer has seen after an edit: what was left of it, and the edit itself. */
function after(seen, edit, event) {
  const gone = new Set([...edit.supersedes, event.event_id, ...event.supersedes]);
  return [...seen.filter((head) => !gone.has(head.event_id)), event];
}

const capital = (word) => word.slice(0, 1).toUpperCase() + word.slice(1);

function wordOf(model, score, top = model.top) {
  if (score === null) return say("not_scored");
  if (score === "NA") return say("not_applicable");
  return capital(model.word(score)) || `${score} / ${top}`;
}

function mark(model, score) {
  const [name, colour] = shape(score, model.top);
  return h("span", { class: "mark" }, glyph(name, colour), h("span", {}, wordOf(model, score)));
}

function pair(what, score, last) {
  if (score === null || score === undefined) return null;
  const [name, colour] = shape(score, last.top ?? 2);
  const top = last.top ?? 2;
  const word = score === "NA" ? say("not_applicable") : top !== 2 ? `${score} / ${top}` : say(["mark_0", "mark_1", "mark_2"][score]);
  return h("span", {}, h("span", { class: "what" }, say(what)), h("span", { class: "mark" }, glyph(name, colour), h("span", {}, word)));
}
