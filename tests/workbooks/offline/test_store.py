"""What the device keeps: edits in place until a batch carries them, nothing sent without the server's word."""

from typing import Any

from playwright.sync_api import Page

START = """async (name) => {
  const { Store } = await import("/store.js");
  window.store = await Store.open(name);
  window.edit = (score, seen = [], more = {}) => store.write({
    workbook: "7", edition_hash: "e4", criterion_key: "meeting", register: "self", kind: "score",
    value: { score, reason: "" }, seen, supersedes: seen, ...more });
}"""
HASH = "a" * 64


def started(modules: Page, name: str = "mina") -> Page:
    modules.evaluate(START, name)
    return modules


def test_an_edit_changes_in_place_until_a_batch_has_carried_it(modules: Page) -> None:
    page = started(modules)

    found: dict[str, Any] = page.evaluate("""async () => {
      const first = await edit(2);
      const second = await edit(1, [first.event_id]);
      await store.offer([first.event_id]);
      const third = await edit(0, [first.event_id]);
      return { first, second, third, unsent: await store.unsent() };
    }""")

    assert found["second"]["event_id"] == found["first"]["event_id"]
    assert found["third"]["supersedes"] == [found["first"]["event_id"]]
    assert [(one["device_seq"], one["value"]["score"]) for one in found["unsent"]] == [(1, 1), (2, 0)]


def test_an_event_stops_waiting_only_by_the_word_of_the_server(modules: Page) -> None:
    page = started(modules)

    found = page.evaluate(
        """async (hash) => {
      const [one, two] = [await edit(2), await edit(1, [], { criterion_key: "cook" })];
      await store.noteBook("7", { book: {} });
      const events = [{ ...one, server_seq: 1, author: "mina" }];
      await store.received("7", { epoch: "e", last_seq: 1, more: false, events });
      const before = (await store.unsent()).length;
      await store.sent([
        { event_id: one.event_id, status: "stored", hash, server_seq: 1 },
        { event_id: two.event_id, status: "redacted", hash },
      ]);
      const kept = (await store.events("7")).map((each) => [each.redacted, each.value]);
      return [before, (await store.unsent()).length, kept];
    }""",
        HASH,
    )

    assert found[:2] == [2, 0]
    assert sorted(found[2], key=str) == [[False, {"score": 2, "reason": ""}], [True, {}]]


def test_what_was_typed_while_the_page_went_away_becomes_an_event_at_the_next_start(modules: Page) -> None:
    page = started(modules)
    page.evaluate("""() => {
      store.draft({
        workbook: "7", edition_hash: "e4", criterion_key: "cook", register: "comment:self", kind: "comment",
        value: { text: "We cook" }, seen: [], supersedes: [] });
    }""")
    page.reload()
    started(page)

    found = page.evaluate("""async () => {
      await store.keepDrafts();
      await store.keepDrafts();
      return (await store.unsent()).map((one) => one.value);
    }""")

    assert found == [{"text": "We cook"}]


def test_a_restored_server_is_offered_again_what_was_written_here(modules: Page) -> None:
    page = started(modules)

    found = page.evaluate(
        """async (hash) => {
      const one = await edit(2);
      await store.noteBook("7", { book: {} });
      await store.sent([{ event_id: one.event_id, status: "stored", hash, server_seq: 5 }]);
      const { own, unsent, ...other } = one;
      const events = [{ ...other, event_id: "other", author: "9", server_seq: 9 }];
      await store.received("7", { epoch: "old", view: "v", last_seq: 9, more: false, events });
      const again = await store.offerAgain("7", "new");
      const { epoch, last_seq } = await store.book("7");
      return [again, epoch, last_seq, (await store.events("7")).map((each) => each.event_id === one.event_id)];
    }""",
        HASH,
    )

    assert found == [1, "new", 0, [True]]


def test_leaving_seals_what_waits_and_removes_what_can_be_read(modules: Page) -> None:
    page = started(modules)

    found = page.evaluate("""async () => {
      const { Store } = await import("/store.js");
      const { Registry } = await import("/registry.js");
      const { lock } = await import("/lock.js");
      const kind = { name: "RSA-OAEP", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
      const pair = await crypto.subtle.generateKey(kind, true, ["encrypt", "decrypt"]);
      const raw = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
      const spki = btoa(String.fromCharCode(...raw));
      await store.setMeta("key", { id: "k", spki });
      await store.noteBook("7", { book: { secret: 1 } });
      await edit(2);
      const registry = await Registry.open();
      const left = await lock(registry, "mina");
      const after = await Store.open("mina");
      const sealed = await after.sealed();
      return {
        left, noted: (await registry.all())[0].unsent, books: (await after.books()).length,
        events: (await after.unsent()).length, kinds: sealed.map((one) => one.kind),
        names: Object.keys(sealed[0].wbk).sort(), text: JSON.stringify(sealed) };
    }""")

    assert (found["left"], found["noted"], found["books"], found["events"]) == (1, 1, 0, 0)
    assert found["kinds"] == ["outbox"]
    assert found["names"] == ["account", "count", "data", "iv", "key_id", "made_at", "sealed_key", "wbk", "workbook"]
    assert "meeting" not in found["text"]


def test_without_the_servers_key_nothing_that_waits_is_removed(modules: Page) -> None:
    page = started(modules)

    found = page.evaluate("""async () => {
      const { Store } = await import("/store.js");
      const { Registry } = await import("/registry.js");
      const { lock } = await import("/lock.js");
      await edit(2);
      const left = await lock(await Registry.open(), "mina");
      return [left, (await (await Store.open("mina")).unsent()).length];
    }""")

    assert found == [1, 1]


def test_nothing_is_taken_in_for_a_book_that_left_the_device(modules: Page) -> None:
    page = started(modules)

    found = page.evaluate("""async () => {
      const mine = await edit(2);
      const theirs = { ...mine, event_id: "theirs", server_seq: 1, author: "lena" };
      await store.received("7", { events: [theirs], epoch: "e", last_seq: 1 }, {});
      await store.offerAgain("7", "e2");
      await store.pullAnew("7", "v2");
      return { books: await store.books(), unsent: (await store.unsent()).length };
    }""")

    assert found == {"books": [], "unsent": 1}
