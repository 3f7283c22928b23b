// Light, dark or as the device says. The choice is a cookie, so that the server draws the next page right at once.

const root = document.documentElement;

function show() {
  for (const button of document.querySelectorAll("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme ?? "")));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-theme-switch] button");
  if (!button) return;
  if (button.value) root.dataset.theme = button.value;
  else delete root.dataset.theme;
  const age = button.value ? 31536000 : 0;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${button.value}; path=/; max-age=${age}; samesite=lax${secure}`;
  show();
});

show();
