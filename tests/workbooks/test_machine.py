"""Five devices of three people against the real server: whatever happens, nothing is lost and all copies agree.

The long run is for benchmarks/faults, which sets MACHINE_RUNS and MACHINE_STEPS; here it is short.
"""

import os
from random import Random
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Access
from communitas.workbooks import actions
from communitas.workbooks.models import Event, Quarantined, Review
from communitas.workbooks.queries import self_reviews
from communitas.workbooks.queries.quarantine import WAITS, quarantined
from communitas.workbooks.rules.fold import fold
from communitas.workbooks.rules.registers import SELF, comment
from tests.cast import NOW, World
from tests.workbooks.invariants import broken, doubled, folded, lost
from tests.workbooks.replica import Replica

KEYS = ["c1-1", "c1-2"]
DEVICES = st.integers(0, 4)
PEOPLE = (("stefan", "staff"), ("stefan", "staff"), ("mina", "client_member"), ("mina", "client_member"),
          ("lena", "community_lead"))  # fmt: skip


class Workbooks(RuleBasedStateMachine):
    """The self-review of Lark House, and what can happen to it."""

    world: ClassVar[World]

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        """Everything of one run is undone at its end."""
        self.around = transaction.atomic()
        self.around.__enter__()
        chance = Random(seed)
        self.workbook, network = self.world.workbook.pk, self.world.network
        edition = self.world.workbook.edition_hash
        self.devices = [
            Replica(getattr(self.world, name), role, self.workbook, edition, network, f"device-{number}", chance)
            for number, (name, role) in enumerate(PEOPLE)
        ]
        self.offered: set[str] = set()
        self.backup: str | None = None

    @rule(who=DEVICES, key=st.sampled_from(KEYS), score=st.sampled_from([0, 1, 2]))
    def edit(self, who: int, key: str, score: int) -> None:
        """Score offline."""
        self.offered.add(self.devices[who].write(key, SELF, "score", {"score": score}))

    @rule(who=DEVICES, key=st.sampled_from(KEYS), text=st.sampled_from(["Yes.", "No.", "ü"]))
    def say(self, who: int, key: str, text: str) -> None:
        """Comment offline."""
        self.offered.add(self.devices[who].write(key, comment("self"), "comment", {"text": text}))

    @rule(who=DEVICES, key=st.sampled_from(KEYS))
    def take_back(self, who: int, key: str) -> None:
        """Take back what one sees."""
        if self.devices[who].state().heads_of(key, comment("self")):
            self.offered.add(self.devices[who].write(key, comment("self"), "retract", {}))

    @rule(who=DEVICES, changes=st.sampled_from([{"edition_hash": "f" * 64}, {"criterion_key": "c9-9"}]))
    def stray(self, who: int, changes: dict[str, Any]) -> None:
        """Answer a newer edition, or a criterion that is not there."""
        self.offered.add(self.devices[who].write("c1-1", SELF, "score", {"score": 1}, **changes))

    @rule(who=DEVICES)
    def babble(self, who: int) -> None:
        """Send something that is no answer."""
        self.devices[who].offer([{"event_id": f"nonsense-{who}", "value": []}])
        self.devices[who].sent.pop(f"nonsense-{who}", None)

    @rule(who=DEVICES, most=st.integers(1, 5), shuffled=st.booleans(), reply_is_lost=st.booleans())
    def send(self, who: int, most: int, shuffled: bool, reply_is_lost: bool) -> None:
        """Send some of the outbox, in any order, with or without hearing the reply."""
        device = self.devices[who]
        batch = device.outbox[::-1][:most] if shuffled else device.outbox[:most]
        if batch:
            device.offer(batch + batch[:1], reply_is_lost=reply_is_lost)

    @rule(who=DEVICES)
    def pull(self, who: int) -> None:
        """Take along what is new."""
        self.devices[who].pull()

    @rule()
    def close_or_open(self) -> None:
        """The lead sends the self-review; the office opens it again."""
        workbook = self_reviews().get(pk=self.workbook)
        if workbook.review.state == Review.State.SENT:
            actions.reopen_self_review(workbook=workbook, reason="More to say", by=self.world.cora, at=NOW)
        else:
            actions.send(workbook=workbook, reason="We stop here", by=self.world.lena, at=NOW)

    @rule()
    def redact(self) -> None:
        """The contact for data protection removes the words of the newest event."""
        event = Event.objects.filter(workbook=self.workbook, redaction=None).order_by("-server_seq").first()
        if event:
            workbook = self_reviews().get(pk=self.workbook)
            actions.redact(workbook=workbook, event=event, reason="It names somebody", by=self.world.dee, at=NOW)
            self.offered.discard(str(event.event_id))

    @rule(verb=st.sampled_from(["place", "keep", "decline"]))
    def decide(self, verb: str) -> None:
        """The lead decides about the oldest answer in quarantine."""
        row = quarantined().filter(WAITS, workbook=self.workbook).order_by("pk").first()
        if row is None:
            return
        act: Any = getattr(actions, verb)
        reason = {"reason": "Not ours"} if verb == "decline" else {}
        try:
            act(quarantined=row, by=self.world.lena, at=NOW, **reason)
        except NotAllowed:
            assert verb == "place"

    @rule()
    def leave_or_come_back(self) -> None:
        """Mina is taken off the list of those who answer, or put on it again."""
        fields = {"account": self.world.mina, "relation": "contributor", "scope": self.world.enrolment.pk}
        if not Access.objects.filter(**fields).delete()[0]:
            Access.objects.create(
                community=self.world.lark, source="test", since_at=self.world.mina.joined_at, **fields
            )

    @precondition(lambda self: self.backup is None)
    @rule()
    def back_up(self) -> None:
        """Remember the database as it is."""
        self.backup = transaction.savepoint()

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore(self) -> None:
        """The database is as it was; the epoch is new, so devices offer again what they hold."""
        assert self.backup is not None
        transaction.savepoint_rollback(self.backup)
        self.backup = None
        actions.renew_epoch(at=NOW)

    def teardown(self) -> None:
        """All go online: every copy is the server's, nothing is lost or doubled, and every hash fits."""
        if not hasattr(self, "devices"):
            return
        try:
            self._all_come_back()
            for device in self.devices:
                device.pull()
                if device.outbox:
                    device.offer(device.outbox)
            workbook = self_reviews().get(pk=self.workbook)
            for device in self.devices:
                device.pull()
                assert device.outbox == []
                assert fold_of(device) == folded(workbook)
            gone = set().union(*(device.removed for device in self.devices))
            assert lost(self.offered - gone) == []
            assert doubled() == []
            assert broken() == []
        finally:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    def _all_come_back(self) -> None:
        if not Access.objects.filter(account=self.world.mina, scope=self.world.enrolment.pk).exists():
            self.leave_or_come_back()


def fold_of(device: Replica) -> bytes:
    """The state of what a device pulled, as bytes."""
    return fold(device.pulled.values()).canonical()


def run(world: World, *, runs: int, steps: int) -> None:
    """Run the machine so often, with at most so many steps each."""
    Workbooks.world = world
    run_state_machine_as_test(
        Workbooks,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a failure takes minutes: see its steps
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_five_devices_of_three_people_lose_nothing_and_agree(world: World) -> None:
    run(world, runs=int(os.environ.get("MACHINE_RUNS", "50")), steps=int(os.environ.get("MACHINE_STEPS", "20")))

    assert Quarantined.objects.count() == 0
