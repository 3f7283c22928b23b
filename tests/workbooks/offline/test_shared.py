"""A shared device: what was sent is on it in a sealed form only, and what nobody uses is closed."""

import json
from typing import Any

from playwright.sync_api import Page, expect

START = """async () => {
  const { Store } = await import("/store.js");
  const kind = { name: "RSA-OAEP", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
  const pair = await crypto.subtle.generateKey(kind, true, ["encrypt", "decrypt"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  window.key = { id: "k", spki: btoa(String.fromCharCode(...raw)) };
  window.store = await Store.open("3");
  store.shared = true;
  window.edit = (score, criterion_key) => store.write({
    workbook: "7", edition_hash: "e4", criterion_key, register: "self", kind: "score",
    value: { score, reason: "" }, seen: [], supersedes: [] });
  window.disk = async () => {
    const events = await store.within("events", "readonly", ({ events }) => new Promise((resolve) => {
      const asked = events.getAll();
      asked.onsuccess = () => resolve(asked.result);
    }));
    return events.map((event) => event.criterion_key).sort();
  };
}"""
HASH = "a" * 64


def test_what_was_sent_is_sealed_and_shown_from_memory_alone(modules: Page) -> None:
    modules.evaluate(START)

    found: dict[str, Any] = modules.evaluate(
        """async (hash) => {
          const { hideSent } = await import("/shared.js");
          const [one] = [await edit(2, "meeting"), await edit(1, "cook")];
          await store.noteBook("7", { book: {} });
          await store.sent([{ event_id: one.event_id, status: "stored", hash, server_seq: 1 }]);
          const withoutKey = await hideSent(store);
          const before = await disk();
          await store.setMeta("key", key);
          await hideSent(store);
          const sealed = await store.sealed();
          return {
            withoutKey, before, after: await disk(), shown: (await store.events("7")).length,
            kinds: sealed.map((each) => [each.kind, each.count]), text: JSON.stringify(sealed) };
        }""",
        HASH,
    )

    assert (found["withoutKey"], found["before"]) == (0, ["cook", "meeting"])
    assert (found["after"], found["shown"]) == (["cook"], 2)
    assert found["kinds"] == [["sent", 1]]
    assert "meeting" not in found["text"]


def test_what_the_office_gives_back_of_ones_own_stays_in_memory_and_is_pulled_by_each_page(modules: Page) -> None:
    modules.evaluate(START)

    found: dict[str, Any] = modules.evaluate("""async () => {
      const { Store } = await import("/store.js");
      await store.noteBook("7", { book: {} });
      const one = (event_id, author, criterion_key, server_seq) => ({
        event_id, author, criterion_key, server_seq, register: "self", value: { score: 1 } });
      const events = [one("a", "3", "mine", 1), one("b", "4", "theirs", 2)];
      await store.received("7", { epoch: "e", view: "v", last_seq: 2, more: false, events });
      const here = [(await store.events("7")).length, (await store.book("7")).last_seq];
      const next = await Store.open("3");
      next.shared = true;
      const there = [(await next.events("7")).length, (await next.book("7")).last_seq];
      const onDisk = await disk();
      store.keepAgain();
      await store.received("7", { epoch: "e", view: "v", last_seq: 2, more: false, events });
      return { here, there, onDisk, kept: await disk() };
    }""")

    assert (found["here"], found["there"]) == ([2, 2], [1, 0])
    assert (found["onDisk"], found["kept"]) == (["theirs"], ["mine", "theirs"])


def test_a_server_that_was_restored_gets_the_sealed_form(modules: Page) -> None:
    modules.evaluate(START)

    found = modules.evaluate(
        """async (hash) => {
          const { hideSent } = await import("/shared.js");
          await store.setMeta("key", key);
          const one = await edit(2, "meeting");
          await store.noteBook("7", { book: {} });
          await store.sent([{ event_id: one.event_id, status: "stored", hash, server_seq: 1 }]);
          await hideSent(store);
          await store.offerAgain("7", "new");
          return [(await store.sealed()).map((each) => each.kind), (await store.events("7")).length];
        }""",
        HASH,
    )

    assert found == [["outbox"], 0]


def test_what_was_written_after_the_sealing_is_not_erased(modules: Page) -> None:
    modules.evaluate(START)

    found = modules.evaluate("""async () => {
      const [one] = [await edit(2, "meeting"), await edit(1, "cook")];
      await store.erase(null, { sealed: [one, { ...one, event_id: "another" }] });
      return disk();
    }""")

    assert found == ["cook"]


def test_the_watch_warns_two_minutes_before_and_any_use_puts_it_off(modules: Page) -> None:
    modules.clock.install()
    modules.evaluate("""async () => {
      const { Watch } = await import("/shared.js");
      const { Registry } = await import("/registry.js");
      window.told = [];
      window.registry = await Registry.open();
      await registry.note("3", {});
      const tell = { warn: (soon) => told.push(soon), end: () => told.push("end") };
      window.watch = new Watch(registry, "3", tell);
      watch.start();
    }""")

    def told() -> list[Any]:
        found: list[Any] = modules.evaluate("told")
        return found

    modules.clock.run_for(170_000)
    assert told() == []
    modules.clock.run_for(20_000)
    modules.wait_for_function("told.length === 1")
    modules.keyboard.press("Tab")
    assert told() == [True, False]
    modules.clock.run_for(250_000)
    modules.wait_for_function("told.length === 3")
    modules.evaluate("registry.note('3', { used_at: Date.now() })")  # in another tab
    modules.clock.run_for(100_000)
    assert "end" not in told()
    modules.clock.run_for(210_000)
    modules.wait_for_function("told.at(-1) === 'end'")


def test_a_device_that_nobody_used_or_whose_clock_was_put_back_counts_as_left(modules: Page) -> None:
    found = modules.evaluate("""async () => {
      const { isLeft } = await import("/shared.js");
      return [299999, 300000, -300000, 0].map((gone) => isLeft({ used_at: 1e12 }, 1e12 + gone)).concat(isLeft({}));
    }""")

    assert found == [False, True, True, False, True]


def test_what_somebody_left_locked_is_saved_by_whoever_holds_the_device_and_read_by_nobody(modules: Page) -> None:
    modules.evaluate(START)
    modules.evaluate("""async () => {
      const { sealedCopies } = await import("/send.js");
      const { waitingOf } = await import("/goodbye.js");
      const left = await edit(2, "meeting");
      for (const copy of await sealedCopies(store, [left], key)) await store.addSealed({ ...copy, kind: "outbox" });
      const people = [{ id: "3", initials: "S", unsent: 1 }, { id: "4", initials: "M", unsent: 2 }];
      document.body.append(...waitingOf(people));
    }""")
    first, second = modules.get_by_role("button", name="Save their sealed copy").all()

    with modules.expect_download() as saved:
        first.click()
    second.click()

    copy = json.loads(saved.value.path().read_text("utf-8"))
    assert (copy["wbk"], copy["workbook"], copy["account"], copy["count"]) == (1, "7", "3", 1)
    assert "meeting" not in json.dumps(copy)
    expect(modules.get_by_role("status").first).to_contain_text("Nobody can read it here")
    expect(modules.get_by_role("status").last).to_contain_text("Nothing is sealed for them yet")
