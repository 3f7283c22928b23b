// Who works on this device: own namespaces, signing in without leaving the page, signing out.

import { h, button } from "./dom.js";
import { say } from "./words.js";

/** The people who left answers on this device, but not the one who works here now. */
export async function others(registry, account) {
  return (await registry.all()).filter((each) => each.id !== String(account) && each.unsent > 0);
}

/** Whether this browser once kept a copy for the account, as the server noted in a cookie, and it is not there now. */
export function wasKept(account, workbook) {
  const found = document.cookie.split("; ").find((each) => each.startsWith("offline_kept="));
  return Boolean(found) && decodeURIComponent(found.slice(13)).split(".").includes(`${account}-${workbook}`);
}

/** A panel to sign in while everything on the page stays as it is. Resolves true once the session is there again. */
export function signIn(net) {
  const panel = document.querySelector("[data-sign-in]");
  return new Promise((resolve) => {
    const channel = new BroadcastChannel("communitas-session");
    const problem = h("p", { class: "notice error", role: "alert", hidden: true });
    const login = h("input", { id: "sign-in-login", name: "login", autocomplete: "username", autocapitalize: "none", required: true });
    const password = h("input", { id: "sign-in-password", name: "password", type: "password", autocomplete: "current-password", required: true });
    const close = (done) => { channel.close(); panel.close(); panel.replaceChildren(); resolve(done); };
    const check = async () => { if ((await net.who()).ok) close(true); };
    channel.onmessage = check;
    const submit = async (event) => {
      event.preventDefault();
      problem.hidden = true;
      const why = await post(net, login.value, password.value);
      password.value = "";
      if (!why) { await check(); return; }
      problem.textContent = say(why);
      problem.hidden = false;
    };
    panel.replaceChildren(
      h("h2", { id: "sign-in-title" }, say("sign_in_title")), h("p", {}, say("sign_in_why")), problem,
      h("form", { class: "stack", onsubmit: submit },
        h("div", { class: "field" }, h("label", { for: "sign-in-login" }, say("sign_in_login")), login),
        h("div", { class: "field" }, h("label", { for: "sign-in-password" }, say("sign_in_password")), password),
        h("p", { class: "row" }, h("button", { class: "button", type: "submit" }, say("sign_in")), button(say("sign_in_later"), () => close(false)))),
      h("p", {}, h("a", { href: `${net.links.login}?next=${encodeURIComponent(net.links.signed_in)}`, target: "_blank", rel: "opener" }, say("sign_in_other_way"))),
      h("p", {}, button(say("sign_in_check"), check, "text")));
    panel.oncancel = (event) => { event.preventDefault(); close(false); };
    panel.showModal();
    login.focus();
  });
}

/** Ask the server's own sign-in; the words of what went wrong, or nothing. */
async function post(net, login, password) {
  try {
    const page = await fetch(net.links.login, { cache: "no-store", credentials: "same-origin" });
    const form = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = form.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
    if (!token) return ""; // signed in already, perhaps in another tab
    const body = new URLSearchParams({ login, password, csrfmiddlewaretoken: token });
    const answer = await fetch(net.links.login, {
      method: "POST", body, credentials: "same-origin", redirect: "manual",
      headers: { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token, Accept: "application/json" },
    });
    if (answer.ok) {
      const { location } = await answer.json();
      return location?.includes("/2fa/") ? "sign_in_second_step" : "";
    }
    return answer.status === 400 ? "sign_in_wrong" : answer.status === 429 ? "sign_in_slow" : "sign_in_failed";
  } catch {
    return "sign_in_no_network";
  }
}

/** End the session on the server. False when the server could not be reached. */
export async function signOut(net) {
  const who = await net.who();
  if (who.why === "signed_out") return true;
  if (!who.ok) return false;
  try {
    const answer = await fetch(net.links.logout, {
      method: "POST", credentials: "same-origin", redirect: "manual", headers: { "X-CSRFToken": net.token.csrf },
    });
    return answer.type === "opaqueredirect" || answer.ok;
  } catch {
    return false;
  }
}
