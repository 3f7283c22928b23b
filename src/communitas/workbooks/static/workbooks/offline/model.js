// One workbook in memory: the book and its events, folded; and the edits of the person who works here.

import { answerOf, comments, headsOf, isAnswered, placeOf, reasonOf, replaces, scoreOf, settles, textOf } from "./fold.js";

const LEADS = { self_review: "community_lead", peer_review: "lead_reviewer", self: "community_lead", peer: "lead_reviewer" };

export class Model {
  constructor(record, events, account) {
    this.account = String(account);
    this.beside = null; // the model of the self-review, under a peer-review
    this.load(record, events);
  }

  load(record, events) {
    this.record = record;
    this.book = record.book;
    this.workbook = String(record.workbook);
    this.names = record.names ?? {};
    this.criteria = new Map(this.book.sections.flatMap((section) => section.criteria).map((each) => [each.key, each]));
    this.places = new Map();
    this.heads = new Map();
    for (const event of events) this.#take(event);
    for (const place of this.places.keys()) this.#fold(place);
  }

  get isPeer() { return this.book.review.kind.startsWith("peer"); }
  get isLead() { return this.book.me.role === LEADS[this.book.review.kind]; }
  get top() { return Math.max(...this.book.scale.map((mark) => mark.value)); }
  may(what) { return this.book.me.may.includes(what); }

  /** The registers that a page shows: my own scores, or what is agreed. */
  registers(agreed = false) {
    const own = this.book.registers;
    if (!agreed && own.score) return { score: own.score, comments: own.comments };
    return this.isPeer ? { score: "agreed", comments: "comment:agreed" } : { score: "self", comments: "comment:self" };
  }

  /** The community's own score, reason and comment beside a peer-review; null where there is none to see. */
  community(key) {
    if (!this.beside) return null;
    const answer = this.beside.answer(key, "self");
    return { score: answer.score, reason: answer.reason, comment: joined(this.beside.comments(key, "comment:self")) };
  }

  get(place) { return this.heads.get(place) ?? []; }
  answer(key, register) { return answerOf(this.get(placeOf(key, register))); }
  comments(key, register) { return comments(this.get(placeOf(key, register))); }
  event(id) { return this.byId?.get(id); }

  name(author) {
    if (String(author) === this.account) return this.book.me.name;
    return this.names[author] ?? "";
  }

  word(score) { return this.book.scale.find((mark) => mark.value === score)?.word ?? ""; }

  /** {done, total, differ} of some criteria. */
  progress(criteria, register) {
    const answers = criteria.map((each) => this.answer(each.key, register));
    return {
      done: answers.filter(isAnswered).length,
      total: answers.length,
      differ: answers.filter((answer) => answer.kind === "differ").length,
    };
  }

  /** Everything that stands in a list over all criteria and none, oldest first. */
  notes(register) {
    const found = [...this.heads].filter(([place]) => place.split("\n")[1] === register).flatMap(([, heads]) => comments(heads));
    return found.filter((event) => register !== "private_note" || event.author === this.account);
  }

  /** What was put aside by the office's machine, with the reason. */
  held() { return [...this.places.values()].flat().filter((event) => event.held); }

  /** How many answers the office holds: what counts, and has reached it. */
  atOffice() { return [...this.heads.values()].flat().filter((event) => !event.unsent && !["retract"].includes(event.kind)).length; }

  /** Whether somebody scored as a reviewer, and who: their ids. */
  reviewers() {
    const found = [...this.heads].filter(([, heads]) => heads.length).map(([place]) => place.split("\n")[1]);
    return [...new Set(found.filter((name) => name.startsWith("reviewer:")).map((name) => name.slice(9)))];
  }

  put(event) {
    this.#take(event);
    this.#fold(placeOf(event.criterion_key, event.register));
  }

  #take(event) {
    const place = placeOf(event.criterion_key, event.register);
    const known = this.places.get(place) ?? [];
    this.places.set(place, [...known.filter((each) => each.event_id !== event.event_id), event]);
  }

  #fold(place) { this.heads.set(place, headsOf(this.places.get(place).filter((event) => !event.held))); }

  /** The edit that a score is, seen these heads; null when it says nothing new. */
  scoreEdit(key, register, seen, score, reason) {
    const shown = answerOf(seen);
    const words = reason.trim();
    if (score === null || (isAnswered(shown) && shown.score === score && shown.reason === words)) return null;
    return {
      ...this.#edit(key, register, seen),
      kind: settles(seen, this.isLead) ? "resolve" : "score",
      value: { score, reason: words },
      supersedes: replaces(seen, this.account, this.isLead),
      waits: this.needsReason(key, register, score, words) ? "reason" : "",
    };
  }

  needsReason(key, register, score, reason) {
    if (reason) return false;
    if (score === "NA") return true;
    const own = this.community(key)?.score ?? null;
    return register === "agreed" && own !== null && own !== score;
  }

  /** The edit that a text is, seen these heads; null when it says nothing new. An empty text takes back. */
  textEdit(key, register, seen, text) {
    const words = text.trim();
    if (words === joined(seen).trim()) return null;
    return {
      ...this.#edit(key, register, seen),
      kind: words ? "comment" : "retract",
      value: words ? { text: words } : {},
      supersedes: seen.map((event) => event.event_id).sort(),
    };
  }

  takeBack(event) {
    return { ...this.#edit(event.criterion_key, event.register, []), kind: "retract", value: {}, supersedes: [event.event_id] };
  }

  #edit(key, register, seen) {
    return {
      workbook: this.workbook, edition_hash: this.book.edition_hash, criterion_key: key, register,
      seen: seen.map((event) => event.event_id),
    };
  }
}

/** The texts of some heads as one text, as the server's page shows them. */
export const joined = (heads) => comments(heads).map(textOf).join("\n\n");

export { answerOf, isAnswered, reasonOf, scoreOf, textOf };
