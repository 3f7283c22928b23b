// A button [data-copy] copies the [data-copy-text] beside it and says so (data-copied).

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  const text = button?.parentElement.querySelector("[data-copy-text]");
  if (!text) return;
  try {
    await navigator.clipboard.writeText(text.textContent.trim());
    document.dispatchEvent(new CustomEvent("announce", { detail: { value: button.dataset.copied } }));
    button.firstChild.textContent = button.dataset.copied;
  } catch {
    // No clipboard here (http or refused): select the words, so that the keyboard can copy them.
    getSelection().selectAllChildren(text);
  }
});
