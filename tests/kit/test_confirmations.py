from typing import Any

import pytest
from django.db import IntegrityError, transaction

from communitas.kit import confirmations
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import OutboxMail, Proposal
from communitas.kit.permissions import ANYBODY, Permission
from communitas.members.models import Community
from tests.cast import NOW, World

done: list[dict[str, Any]] = []
RIGHT = Permission("test.act", "Only the office.", {"office": lambda actor, role: ANYBODY})


@pytest.fixture(autouse=True)
def act() -> None:
    done.clear()
    confirmations.register(RIGHT, Community, lambda **words: done.append(words))


def propose(world: World) -> Proposal:
    return confirmations.propose(
        permission=RIGHT,
        obj=world.lark,
        tenant=world.network.tenant,
        title="Do it",
        by=world.cora,
        at=NOW,
        payload={"a": 1},
    )


def test_nothing_happens_until_a_second_person_confirms(world: World) -> None:
    proposal = propose(world)

    assert done == []
    confirmations.confirm(proposal=proposal, by=world.cyrus, at=NOW)
    assert done == [{"obj": world.lark, "payload": {"a": 1}, "proposed_by": world.cora, "by": world.cyrus, "at": NOW}]


def test_nobody_confirms_their_own_proposal(world: World) -> None:
    proposal = propose(world)

    with pytest.raises(NotAllowed, match="ask a colleague"):
        confirmations.confirm(proposal=proposal, by=world.cora, at=NOW)
    assert done == []


def test_the_database_refuses_one_person_on_both_sides(world: World) -> None:
    proposal = propose(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state="confirmed", settled_by=world.cora)


def test_one_proposal_for_the_same_act_waits_at_a_time(world: World) -> None:
    propose(world)

    with pytest.raises(NotAllowed, match="already waits"):
        propose(world)


def test_a_settled_proposal_cannot_be_settled_again(world: World) -> None:
    proposal = propose(world)
    confirmations.decline(proposal=proposal, by=world.cyrus, at=NOW, reason="Not yet.")

    with pytest.raises(NotAllowed, match="meanwhile"):
        confirmations.confirm(proposal=proposal, by=world.dee, at=NOW)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.settled_reason, done) == ("declined", "Not yet.", [])


def test_taking_back_ones_own_is_called_so(world: World) -> None:
    proposal = propose(world)

    confirmations.decline(proposal=proposal, by=world.cora, at=NOW, reason="")

    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert not OutboxMail.objects.exists()
    assert confirmations.waiting(world.lark, RIGHT) is None


def test_an_act_and_whoever_proposed_it_hear_that_it_was_declined(world: World) -> None:
    confirmations.register(RIGHT, Community, done.append, declined=lambda **words: done.append(words))

    confirmations.decline(proposal=propose(world), by=world.cyrus, at=NOW, reason="No.")

    (mail,) = OutboxMail.objects.all()
    assert (mail.account, mail.kind) == (world.cora, "second")
    assert mail.text.index("Cyrus did not confirm") < mail.text.index("No.")
    assert done == [{"obj": world.lark, "reason": "No.", "by": world.cyrus, "at": NOW}]
