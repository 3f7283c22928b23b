"""When the device sends, what it takes for an acknowledgement, and what the bar says about it."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import Page

HASH = "0123456789abcdef" * 4
GOOD = {"event_id": "a", "status": "stored", "hash": HASH}
HOW: dict[str, Any] = {
    "failed": False, "stopped": False, "gone": False, "signedOut": False, "evicted": False, "unsent": 0, "since": None,
    "waits": 0, "decisions": 0, "held": 0, "office": 212, "why": "", "saving": 0, "savedAt": None, "sending": False,
}  # fmt: skip


def test_anything_but_an_id_with_its_hash_is_no_acknowledgement(modules: Page) -> None:
    replies: list[object] = [
        None, {}, [], {"results": None}, {"results": "all"}, {"results": [None]},
        {"results": [GOOD | {"hash": HASH[1:]}]}, {"results": [GOOD | {"hash": HASH.upper()}]},
        {"results": [{"event_id": "a", "status": "stored"}]}, {"results": [GOOD | {"status": "ok"}]},
        {"results": [GOOD | {"event_id": "b"}]},
    ]  # fmt: skip

    found = modules.evaluate(
        """async (all) => {
          const { acknowledged } = await import("/send.js");
          return all.map((one) => acknowledged([{ event_id: "a" }], one));
        }""",
        replies,
    )

    assert found == [[]] * len(replies)


def test_each_event_is_acknowledged_by_itself(modules: Page) -> None:
    results = [GOOD, GOOD | {"event_id": "b", "hash": ""}, GOOD | {"event_id": "c", "status": "quarantined"}]

    found = modules.evaluate(
        """async (results) => (await import("/send.js")).acknowledged(
          ["a", "b", "c"].map((event_id) => ({ event_id })), { results })""",
        results,
    )

    assert [one["event_id"] for one in found] == ["a", "c"]


def test_pauses_grow_to_five_minutes_for_the_server_and_stay_short_for_a_bad_link(modules: Page) -> None:
    asked = [
        [0, "", 0], [1, "server", 0], [4, "busy", 0], [9, "server", 0], [1, "busy", 400],
        [1, "captive", 0], [9, "gateway", 0],
    ]  # fmt: skip

    found = modules.evaluate(
        """async (asked) => {
          const { pause } = await import("/send.js");
          return asked.map(([failures, why, wait]) => pause(failures, why, wait, () => 1));
        }""",
        asked,
    )

    assert found == [30, 30, 240, 300, 400, 3, 40]


def test_a_batch_holds_at_most_200_events_and_fits_into_a_request(modules: Page) -> None:
    found = modules.evaluate("""async () => {
      const { batchOf } = await import("/send.js");
      const one = (text) => (_, at) => ({ event_id: String(at), supersedes: [], value: { text } });
      const taken = (length, text) => batchOf(Array.from({ length }, one(text))).length;
      return [taken(500, "a"), taken(500, "ü".repeat(20000)), taken(3, "a".repeat(2000000))];
    }""")

    assert found[0] == 200
    assert 0 < found[1] * 40_000 < 1_000_000
    assert found[2] == 1


def test_a_sealed_copy_is_opened_by_the_servers_key_alone(modules: Page) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    spki = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    asked = {
        "key": {"id": "k", "spki": base64.b64encode(spki).decode()},
        "workbook": 7, "account": 3, "device": "d", "events": [{"event_id": "a", "value": {"text": "Grüße"}}],
    }  # fmt: skip

    wbk = modules.evaluate("async (asked) => (await import('/seal.js')).seal(asked)", asked)

    wrap = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
    key = private.decrypt(base64.b64decode(wbk["sealed_key"]), wrap)
    plain = json.loads(AESGCM(key).decrypt(base64.b64decode(wbk["iv"]), base64.b64decode(wbk["data"]), None))
    assert plain == {"device": "d", "events": asked["events"]}
    assert (wbk["wbk"], wbk["key_id"], wbk["workbook"], wbk["account"], wbk["count"]) == (1, "k", "7", "3", 1)


def test_the_bar_says_where_the_answers_are(modules: Page) -> None:
    since = {"since": "2027-01-20T10:42:00"}
    told: list[tuple[dict[str, Any], str, str]] = [
        ({}, "All 212 answers are with the office", ""),
        ({"office": 0}, "Everything is with the office", ""),
        ({"office": 0, "empty": True}, "No workbook is on this device", ""),
        ({"unsent": 14, "empty": True} | since, "14 answers only on this device since", "send"),
        ({"unsent": 14} | since, "14 answers only on this device since", "send"),
        ({"unsent": 1, "waits": 1} | since, "1 answer only on this device since", ""),
        ({"unsent": 14, "signedOut": True}, "Sign in to send 14", "sign_in"),
        ({"decisions": 2}, "2 need a decision", ""),
        ({"evicted": True, "office": 198}, "This browser removed the offline copy; the office holds 198", ""),
        ({"failed": True, "unsent": 2}, "This device could not keep your last words", "again"),
        ({"stopped": True}, "The office has stopped this device", ""),
    ]

    found = modules.evaluate(
        "async (all) => { const { sentence } = await import('/bar.js'); return all.map(sentence); }",
        [HOW | how for how, _text, _action in told],
    )

    wrong = [
        (one, text)
        for one, (_how, text, action) in zip(found, told, strict=True)
        if not one["text"].startswith(text) or one["action"] != action
    ]
    assert wrong == []
