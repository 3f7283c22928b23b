// The workbook's state as a pure fold of its events: the same as rules/fold.py, held equal by shared vectors.
//
// An event is an object as the server sends it: payload, author, server_seq (null on the device), redacted.

const NA = "NA";

/** Compare as Python compares text: by code points, not by UTF-16 units. */
export function compare(left, right) {
  if (left === right) return 0;
  const [a, b] = [[...left], [...right]];
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    if (a[at] !== b[at]) return a[at].codePointAt(0) - b[at].codePointAt(0);
  }
  return a.length - b.length;
}

/** Canonical JSON (RFC 8785) of a value: sorted names, no spaces. */
export function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(",")}}`;
}

/** What is sent of an event, and what the hash covers: everything but the author and the server's own fields. */
export function payload(event) {
  return {
    event_id: event.event_id,
    workbook: event.workbook,
    edition_hash: event.edition_hash,
    criterion_key: event.criterion_key ?? null,
    register: event.register,
    kind: event.kind,
    value: event.value,
    supersedes: [...event.supersedes].sort(),
    device_id: event.device_id,
    device_seq: event.device_seq,
    made_at: event.made_at,
    origin: event.origin,
    reason: event.reason ?? "",
    transcribed_from: event.transcribed_from ?? "",
  };
}

export const canonical = (event) => canonicalJson(payload(event));

/** The mark or "NA" that an event says, null when it holds no score. */
export function scoreOf(event) {
  const score = event.value?.score;
  return score === NA || Number.isInteger(score) ? score : null;
}

export const textOf = (event) => (typeof event.value?.text === "string" ? event.value.text : "");
export const reasonOf = (event) => (typeof event.value?.reason === "string" ? event.value.reason : (event.reason ?? ""));

/** Where an event stands: its criterion and its register, as one text. */
export const placeOf = (criterion, register) => `${criterion ?? ""}\n${register}`;

const supersededBy = (event) => event.supersedes.filter((earlier) => earlier !== event.event_id);

function twin(first, second) {
  const keys = (event) => [event.redacted ? 0 : 1, canonical(event), event.author ?? "", -(event.server_seq ?? -1)];
  const [a, b] = [keys(first), keys(second)];
  const order = a[0] - b[0] || compare(a[1], b[1]) || compare(a[2], b[2]) || a[3] - b[3];
  return order <= 0 ? first : second;
}

export function inOrder(events) {
  return [...events].sort((a, b) => compare(a.made_at, b.made_at) || compare(a.event_id, b.event_id));
}

/** The heads of every place: Map(place -> events that nothing supersedes, oldest device time first). */
export function fold(events) {
  const byPlace = new Map();
  for (const event of events) {
    const place = placeOf(event.criterion_key, event.register);
    if (!byPlace.has(place)) byPlace.set(place, []);
    byPlace.get(place).push(event);
  }
  const heads = new Map();
  for (const [place, found] of byPlace) heads.set(place, headsOf(found));
  return heads;
}

/** The heads of the events of one place. */
export function headsOf(events) {
  const gone = new Set(events.flatMap(supersededBy));
  const chosen = new Map();
  for (const event of events) {
    if (gone.has(event.event_id)) continue;
    const known = chosen.get(event.event_id);
    chosen.set(event.event_id, known ? twin(known, event) : event);
  }
  return inOrder(chosen.values());
}

/** What the heads of a score register say: none, one, agree or differ, as fold.answer_of. */
export function answerOf(heads) {
  const ordered = inOrder(heads);
  const speaking = ordered.filter((event) => !event.redacted);
  const scores = new Set(speaking.map(scoreOf));
  const authors = [...new Set(speaking.map((event) => event.author))];
  if (scores.size > 1) return { kind: "differ", score: null, reason: "", authors, heads: ordered };
  if (!scores.size || scores.has(null)) return { kind: "none", score: null, reason: "", authors: [], heads: ordered };
  const reasons = [...new Set(speaking.map((event) => reasonOf(event).trim()))].filter(Boolean);
  return { kind: speaking.length === 1 ? "one" : "agree", score: scoreOf(speaking[0]), reason: reasons.join("\n"), authors, heads: ordered };
}

export const isAnswered = (answer) => answer.kind === "one" || answer.kind === "agree";

/** Everything that stands in a list register, one under the other. */
export const comments = (heads) => inOrder(heads).filter((event) => ["comment", "resolve"].includes(event.kind) && !event.redacted);

/** The ids that an edit replaces, of the heads that its writer saw: as rules/replacing.py. */
export function replaces(seen, me, isLead) {
  const quarrel = answerOf(seen).kind === "differ" && !isLead;
  return seen.filter((event) => !quarrel || event.author === me).map((event) => event.event_id).sort();
}

export const settles = (seen, isLead) => isLead && answerOf(seen).kind === "differ";
