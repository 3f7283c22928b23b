// Talking with the server. Whatever is not plainly its own answer counts as none: a hotspot's page, a redirect,
// half an answer, silence.

const PATIENCE = 30000;
const WHY = { 401: "signed_out", 404: "missing", 413: "too_big", 426: "old_app", 429: "busy", 400: "malformed" };

/** Troubles of the way there; all others are answers of the server itself. */
export const LINK_TROUBLES = new Set(["offline", "gateway", "network", "timeout", "captive", "redirect", "truncated"]);

export class Net {
  constructor(base, links = {}) {
    this.base = base;
    this.links = links; // addresses of the site's own pages
    this.token = null; // the last answer of the server to who we are
  }

  /** {ok, status, data, why, wait}: why names the trouble, wait the seconds that the server asks for. */
  async call(path, { method = "GET", body = null, headers = {}, patience = PATIENCE } = {}) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patience);
    try {
      const response = await fetch(this.base + path, {
        method, body, redirect: "manual", cache: "no-store", credentials: "same-origin", signal: stop.signal,
        headers: { "X-Protocol": "1", Accept: "application/json", ...(method === "GET" ? {} : { "X-CSRFToken": this.token?.csrf ?? "" }), ...headers },
      });
      if (response.type === "opaqueredirect") return trouble("redirect");
      if (response.status === 304) return { ok: true, status: 304, data: null, why: "" };
      return await judged(response);
    } catch (problem) {
      return trouble(problem.name === "AbortError" ? "timeout" : "network");
    } finally {
      clearTimeout(timer);
    }
  }

  post(path, data) {
    return this.call(path, { method: "POST", body: JSON.stringify(data), headers: { "Content-Type": "application/json" } });
  }

  /** Ask who is signed in; keeps the token against forged requests. */
  async who() {
    const answer = await this.call("sync/v1/token", { patience: 10000 });
    if (answer.ok) this.token = answer.data;
    else if (answer.why === "signed_out") this.token = null;
    return answer;
  }
}

const trouble = (why, status = 0, data = null, wait = 0) => ({ ok: false, status, data, why, wait });

async function judged(response) {
  const { status } = response;
  if (!(response.headers.get("Content-Type") ?? "").includes("application/json")) {
    return trouble(status >= 500 ? "gateway" : "captive", status); // ours answers in JSON whenever it can
  }
  let data;
  try { data = JSON.parse(await response.text()); } catch { return trouble("truncated", status); }
  if (data === null || typeof data !== "object" || data.protocol !== 1) return trouble("captive", status);
  if (status >= 200 && status < 300) return { ok: true, status, data, why: "", wait: 0 };
  const wait = Number(response.headers.get("Retry-After")) || 0;
  if (status === 403) return trouble(data.error === "csrf" ? "csrf" : "refused", status, data);
  return trouble(WHY[status] ?? (status >= 500 ? "server" : "refused"), status, data, wait);
}
