"""A PIN: what it protects is encrypted before it is on the disk, and what waits never depends on it alone."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.offline import EVERYTHING_KEPT

START = """async () => {
  const { Store } = await import("/store.js");
  const { Vault } = await import("/vault.js");
  const pins = await import("/pin.js");
  const kind = { name: "RSA-OAEP", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
  const pair = await crypto.subtle.generateKey(kind, true, ["encrypt", "decrypt"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  window.secret = pair.privateKey;
  window.Store = Store;
  window.pins = pins;
  window.store = await Store.open("3");
  await store.setMeta("key", { id: "k", spki: btoa(String.fromCharCode(...raw)) });
  window.edit = (text, criterion_key, more = {}) => store.write({
    workbook: "7", edition_hash: "e4", criterion_key, register: "self", kind: "comment",
    value: { text }, seen: [], supersedes: [], ...more });
  window.setPin = async (pin = "123456") => {
    const key = await pins.newKey();
    store.vault = await Vault.make({ db: store.db, account: "3", key, pin: await pins.wrap(pin, key) });
  };
  window.lock = async () => {
    store.vault?.close();
    store.db.close();
    window.store = await Store.open("3");
  };
  window.unlock = async (pin = "123456") => {
    const { key, left } = await pins.tryPin(store, pin);
    if (!key) return left;
    const { id } = await store.meta("pin");
    Object.assign(store, { isLocked: false, vault: await Vault.open({ db: store.db, account: "3", key, id }) });
    return "open";
  };
  window.sealedEvents = async (copies) => {
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const found = [];
    for (const { wbk } of copies) {
      const raw = await crypto.subtle.decrypt({ name: "RSA-OAEP" }, secret, bytes(wbk.sealed_key));
      const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(wbk.iv) }, key, bytes(wbk.data));
      found.push(...JSON.parse(new TextDecoder().decode(plain)).events.map((event) => event.value.text));
    }
    return found.sort();
  };
}"""
KINDS = "store.sealed().then((all) => all.map((each) => [each.kind, each.count]))"


@pytest.fixture
def device(modules: Page) -> Page:
    """A device with one book and one answer on it, before there is a PIN."""
    modules.evaluate(START)
    modules.evaluate("store.noteBook('7', { book: { title: 'Our secret book' }, network: '/hearth/' })")
    modules.evaluate("edit('We meet in secret.', 'meeting')")
    assert "secret" in modules.evaluate(EVERYTHING_KEPT)
    return modules


def texts(page: Page) -> list[str]:
    found: list[str] = page.evaluate("store.unsent().then((all) => all.map((each) => each.value.text))")
    return found


def test_a_pin_leaves_nothing_readable_and_opens_everything(device: Page) -> None:
    device.evaluate("setPin()")
    device.evaluate("edit('We cook in secret.', 'cook')")
    open_kept = device.evaluate(EVERYTHING_KEPT)
    device.evaluate("lock()")

    assert device.evaluate("store.isLocked")
    assert "secret" not in open_kept + device.evaluate(EVERYTHING_KEPT)
    assert texts(device) == []
    assert device.evaluate("unlock('654321')") == 4
    assert device.evaluate("unlock()") == "open"
    assert texts(device) == ["We meet in secret.", "We cook in secret."]
    assert device.evaluate("store.book('7').then((record) => record.book.title)") == "Our secret book"
    assert device.evaluate("store.meta('tries')") == 0


def test_what_waits_is_sealed_to_the_office_whenever_it_is_written_and_no_longer_than_it_waits(device: Page) -> None:
    device.evaluate("setPin()")
    one = device.evaluate("edit('We cook in secret.', 'cook')")

    assert device.evaluate(KINDS) == [["spare", 2]]
    device.evaluate("(one) => edit('We cook well.', 'cook', { seen: [one], supersedes: [] })", one["event_id"])
    assert device.evaluate("store.sealed().then(sealedEvents)") == ["We cook well.", "We meet in secret."]
    device.evaluate(
        """async () => {
          const all = await store.unsent();
          const result = { status: "stored", hash: "a".repeat(64), server_seq: 1 };
          await store.sent(all.map(({ event_id }) => ({ event_id, ...result })));
        }"""
    )
    assert device.evaluate(KINDS) == []


def test_giving_up_keeps_what_waits_as_sealed_copies(device: Page) -> None:
    device.evaluate("setPin()")
    device.evaluate("lock()")
    device.evaluate("store.giveUp({ isPinForgotten: true })")

    assert device.evaluate("store.sealed().then((all) => all.map((each) => each.kind))") == ["outbox"]
    assert device.evaluate("store.sealed().then(sealedEvents)") == ["We meet in secret."]
    assert device.evaluate("Promise.all([store.meta('pin'), store.books(), store.unsent()])") == [None, [], []]


def test_leaving_a_locked_device_keeps_the_pin_for_what_comes(device: Page) -> None:
    device.evaluate("setPin()")
    device.evaluate("lock()")

    left = device.evaluate("""async () => {
      const [{ lock }, { Registry }] = await Promise.all([import("/lock.js"), import("/registry.js")]);
      const left = await lock(await Registry.open(), "3");
      window.store = await Store.open("3");
      return left;
    }""")

    assert left == 1
    assert device.evaluate(KINDS) == [["outbox", 1]]
    assert device.evaluate("unlock()") == "open"
    assert texts(device) == []


def test_the_count_of_tries_is_on_the_disk_before_a_try(device: Page) -> None:
    device.evaluate("setPin()")
    device.evaluate("lock()")
    left = []
    for _ in range(5):
        left.append(device.evaluate("unlock('000000')"))
        device.evaluate("lock()")

    assert left == [4, 3, 2, 1, 0]
    assert device.evaluate("pins.triesLeft(store)") == 0
    assert device.evaluate("unlock()") == 0


def test_a_changed_pin_opens_and_the_old_one_does_not(device: Page) -> None:
    device.evaluate("setPin()")
    device.evaluate("""async () => {
      const kept = await store.meta("pin");
      await store.setMeta("pin", await pins.wrap("98765432", await pins.unwrap("123456", kept, true), kept.id));
    }""")
    device.evaluate("lock()")

    assert device.evaluate("unlock()") == 4
    assert device.evaluate("unlock('98765432')") == "open"
    assert texts(device) == ["We meet in secret."]


def test_taking_the_pin_away_makes_everything_as_it_was(device: Page) -> None:
    before = device.evaluate(EVERYTHING_KEPT)
    device.evaluate("setPin()")
    device.evaluate("store.vault.dissolve()")
    device.evaluate("lock()")

    assert device.evaluate(EVERYTHING_KEPT) == before
    assert not device.evaluate("store.isLocked")


@pytest.mark.parametrize("step", ["setPin()", "store.vault.dissolve()", "giveUp()", "edit('new', 'cook')"])
def test_a_step_that_breaks_off_leaves_what_was_before(device: Page, step: str) -> None:
    if step != "setPin()":
        device.evaluate("setPin()")
    device.evaluate("""async () => {
      const { giveUp } = await import("/vault.js");
      window.giveUp = () => giveUp(store.db);
      window.whole = async () => JSON.stringify([await store.unsent(), await store.books(), await store.sealed()]);
    }""")
    before, kept = device.evaluate("whole()"), device.evaluate(EVERYTHING_KEPT)

    # the power goes at each write in turn: a transaction that is not complete has not happened
    broken = device.evaluate(f"""async () => {{
      const names = ["put", "add", "delete", "clear"];
      const whole = Object.fromEntries(names.map((name) => [name, IDBObjectStore.prototype[name]]));
      let reached = 0;
      for (let last = 0; last < 40; last += 1) {{
        let count = 0;
        for (const name of names) IDBObjectStore.prototype[name] = function cut(...values) {{
          if (count === last) {{ this.transaction.abort(); throw new DOMException("power", "AbortError"); }}
          count += 1;
          return whole[name].apply(this, values);
        }};
        const isDone = await {step}.then(() => true, () => false);
        Object.assign(IDBObjectStore.prototype, whole);
        if (isDone) return reached;
        reached += 1;
        if ((await window.whole()) !== {before!r}) return -1;
        if ((await ({EVERYTHING_KEPT})()) !== {kept!r}) return -2;
        if (last === 3) return reached;
      }}
    }}""")

    assert broken >= 3


@pytest.mark.parametrize("act", ["setPin('271828')", "unlock('271828').then(() => store.vault.dissolve())"])
@pytest.mark.parametrize("milliseconds", [0, 40, 150, 400])
def test_a_page_that_is_killed_meanwhile_has_lost_nothing(device: Page, act: str, milliseconds: int) -> None:
    if act.startswith("unlock"):
        device.evaluate("setPin('271828')")
        device.evaluate("lock()")
    device.evaluate(f"() => {{ {act}; }}")
    device.wait_for_timeout(milliseconds)
    address, context = device.url, device.context
    device.close()

    again = context.new_page()
    again.goto(address)
    again.evaluate(START)
    is_locked = again.evaluate("store.isLocked")
    assert ("secret" in again.evaluate(EVERYTHING_KEPT)) is not is_locked
    if is_locked:
        assert again.evaluate("unlock('271828')") == "open"
    assert texts(again) == ["We meet in secret."]


def test_a_draft_of_a_page_that_goes_away_is_encrypted_and_becomes_an_event(device: Page) -> None:
    device.evaluate("setPin()")
    device.evaluate("""async () => {
      const typed = {
        workbook: "7", edition_hash: "e4", criterion_key: "cook", register: "self", kind: "comment",
        value: { text: "Half a secret" }, seen: [], supersedes: [], waits: "" };
      store.draft({ ...typed, value: { text: "Not ready" } });
      await store.prepareDraft(typed);
      store.draft(typed);
    }""")
    kept = device.evaluate(EVERYTHING_KEPT)
    device.evaluate("lock()")
    device.evaluate("unlock()")
    device.evaluate("store.keepDrafts()")
    device.evaluate("store.keepDrafts()")

    assert "secret" not in kept
    assert texts(device) == ["We meet in secret.", "Half a secret"]


def test_two_tabs_see_what_the_other_wrote_and_a_tab_without_the_pin_is_taken_in(device: Page) -> None:
    device.evaluate("setPin()")

    found: dict[str, Any] = device.evaluate("""async () => {
      const late = await Store.open("3");
      late.isLocked = false; // a tab that has not heard of the PIN
      await late.write({ workbook: "7", edition_hash: "e4", criterion_key: "late", register: "self", kind: "comment",
        value: { text: "A late secret" }, seen: [], supersedes: [] });
      const other = await Store.open("3", { vault: null });
      window.first = store;
      window.store = other;
      await unlock();
      await edit("Of the other tab", "other");
      window.store = first;
      await edit("Of the first tab", "first");
      const seqs = (await other.unsent()).map((event) => event.device_seq);
      return { seqs, here: (await first.unsent()).length, there: (await other.unsent()).length };
    }""")

    assert found == {"seqs": [1, 2, 3, 4], "here": 4, "there": 4}
    assert "secret" not in device.evaluate(EVERYTHING_KEPT)


def test_what_was_handed_over_while_locked_is_not_changed_any_more(device: Page) -> None:
    device.evaluate("setPin()")
    handed = "import('/vault.js').then(({ sparesToHand }) => sparesToHand(store.db, '3'))"

    assert device.evaluate(handed) == []  # it is open
    device.evaluate("lock()")
    assert [each["kind"] for each in device.evaluate(handed)] == ["spare"]
    device.evaluate("unlock()")
    one = device.evaluate("store.unsent().then(([event]) => event)")
    two = device.evaluate("(seen) => edit('Changed', 'meeting', { seen: [seen] })", one["event_id"])

    assert one["offered"]
    assert two["event_id"] != one["event_id"]
