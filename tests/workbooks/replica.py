"""A device without a browser: it keeps an outbox and a copy, offers, pulls, forgets and heals as the protocol says."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from communitas.members.actors import Actor, actor_for
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.workbooks import actions, queries
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries import offline
from communitas.workbooks.rules.access import Writer
from communitas.workbooks.rules.events import Event, from_payload
from communitas.workbooks.rules.fold import State, fold
from communitas.workbooks.rules.registers import Register
from communitas.workbooks.rules.replacing import replaces, settles
from communitas.workbooks.rules.sync import Posted, read_item
from tests.cast import NOW

Payload = dict[str, Any]
FIELDS = frozenset({"author", "server_seq", "hash", "redacted", "received_at"})


@dataclass
class Replica:
    """One person's copy of one workbook on one device."""

    account: Account
    role: str
    workbook: int
    edition_hash: str
    network: Network
    device: str
    chance: Random
    seq: int = 0
    after: int = 0
    epoch: str = ""
    view: str = ""
    outbox: list[Payload] = field(default_factory=list)
    sent: dict[str, Payload] = field(default_factory=dict)  # acknowledged, and held for another thirty days
    pulled: dict[str, Event] = field(default_factory=dict)
    aside: set[str] = field(default_factory=set)  # own events that wait in quarantine
    removed: set[str] = field(default_factory=set)

    @property
    def actor(self) -> Actor:
        """This person, as the server knows them now."""
        return actor_for(
            self.account, now=NOW, second_factor_given=True, second_factor_demanded=False, network=self.network
        )

    def fresh(self) -> Workbook:
        """The workbook as the server has it."""
        return queries.workbooks().get(pk=self.workbook)

    def state(self) -> State:
        """What this device shows: what it pulled, and what it wrote itself."""
        own = [*self.outbox, *(one for event_id, one in self.sent.items() if event_id not in self.aside)]
        written = (from_payload(one, author=str(self.account.pk)) for one in own)
        return fold([*self.pulled.values(), *(one for one in written if one.event_id not in self.pulled)])

    def write(self, key: str, register: Register, kind: str, value: Payload, **changes: Any) -> str:
        """Write an answer without any network; the id it was given."""
        self.seq += 1
        seen = self.state().heads_of(key, register)
        writer = Writer(str(self.account.pk), self.role)
        if kind == "score" and settles(seen, writer, "self_review"):
            kind = "resolve"
        replaced = replaces(seen, writer, "self_review") if register.holds_score else [one.event_id for one in seen]
        made = {
            "event_id": str(UUID(int=self.chance.getrandbits(128), version=4)),
            "workbook": str(self.workbook),
            "edition_hash": self.edition_hash,
            "criterion_key": key,
            "register": str(register),
            "kind": kind,
            "value": value,
            "supersedes": sorted(replaced),
            "device_id": self.device,
            "device_seq": self.seq,
            "made_at": f"20{self.chance.randint(17, 37)}-01-01T00:00:00Z",
            "origin": "offline",
            "reason": "",
            "transcribed_from": "",
        } | changes
        self.outbox.append(made)
        return str(made["event_id"])

    def offer(self, payloads: Sequence[Payload], *, reply_is_lost: bool = False) -> None:
        """Send a batch; believe nothing but a reply that names each answer and its hash."""
        posted = Posted(self.device, 0, tuple(read_item(one) for one in payloads))
        workbook, actor = self.fresh(), self.actor
        receipt = actions.receive(
            network=self.network,
            workbook=workbook,
            readable=offline.readable(workbook, actor),
            named=str(self.workbook),
            posted=posted,
            role=queries.writer_of(workbook, actor).role,
            by=self.account,
            at=NOW,
        )
        if reply_is_lost:
            return
        for one, result in zip(payloads, receipt.results, strict=True):
            assert (result.event_id, len(result.hash)) == (one["event_id"], 64)
            self._settle(one, result)
        self.outbox = [one for one in self.outbox if one["event_id"] not in self.sent | dict.fromkeys(self.removed)]

    def _settle(self, one: Payload, result: actions.Result) -> None:
        if result.status == "redacted":
            self._forget(result.event_id)
            return
        self.sent[result.event_id] = one
        if result.status == "quarantined":
            self.aside.add(result.event_id)

    def pull(self) -> None:
        """Take along what is new, and start again where the server was restored or more may be read."""
        workbook, actor = self.fresh(), self.actor
        if not offline.readable(workbook, actor):
            return
        epoch = actions.epoch(at=NOW)
        if epoch != self.epoch:
            self._heal(epoch)
        more = True
        while more:
            page = offline.events_after(workbook, actor, self.after)
            if page.view != self.view:
                self.view, self.after = page.view, 0
                page = offline.events_after(workbook, actor, 0)
            for row in page.events:
                said = {name: value for name, value in row.items() if name not in FIELDS}
                event = from_payload(said, author=row["author"], server_seq=row["server_seq"])
                self.pulled[event.event_id] = _redacted(event) if row["redacted"] else event
            for event_id in page.redacted:
                self._forget(event_id)
            self.after, more = page.last_seq, page.more

    def _heal(self, epoch: str) -> None:
        """After a restore: forget what others wrote, offer everything of one's own again."""
        self.epoch, self.after, self.pulled = epoch, 0, {}
        held, self.sent, self.aside = list(self.sent.values()), {}, set()
        for start in range(0, len(held), 200):
            self.offer(held[start : start + 200])

    def _forget(self, event_id: str) -> None:
        self.removed.add(event_id)
        self.sent.pop(event_id, None)
        if event_id in self.pulled:
            self.pulled[event_id] = _redacted(self.pulled[event_id])


def _redacted(event: Event) -> Event:
    """What is left of an event: also the clock's own words are gone, only the moment stays."""
    moment = datetime.fromisoformat(event.made_at).astimezone(UTC).isoformat()
    return replace(event, value={}, reason="", transcribed_from="", made_at=moment, redacted=True)
