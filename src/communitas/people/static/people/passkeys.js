// Passkeys and security keys: ties allauth's scripts to the page by data attributes, because no script stands in a page.
// A button says what it does by data-passkey="login|add|authenticate"; data-credential names the field that is sent,
// data-options the json_script with the server's challenge, data-passwordless the tick box that asks for a passkey.

const forms = { login: "loginForm", add: "addForm", authenticate: "authenticateForm" };
const problem = document.querySelector("[data-passkey-problem]");

for (const button of document.querySelectorAll("[data-passkey]")) {
  const kind = button.dataset.passkey;
  if (!window.PublicKeyCredential) {
    continue; // the note beside the button says that this browser cannot
  }
  button.hidden = false;
  button.id ||= `passkey-${kind}`;
  window.allauth.webauthn.forms[forms[kind]]({
    ids: {
      login: button.id,
      add: button.id,
      authenticate: button.id,
      credential: button.dataset.credential,
      data: button.dataset.options,
      passwordless: button.dataset.passwordless,
    },
  });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (problem) {
    problem.hidden = false;
    problem.focus();
  }
});
