from typing import Any

import pytest
from django.test import Client

from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.models import Proposal
from communitas.members.actors import actor_for
from communitas.recognition import actions
from tests.cast import NOW, World


def propose(world: World, number: int) -> Proposal:
    certificate = actions.prepare(
        community=world.lark,
        reference=f"enrolment:{number}",
        membership="full",
        community_name=f"Lark House {number}",
        cycle_name="2027",
        edition_name="Standards, edition 1",
        by=world.cora,
        at=NOW,
    )
    return actions.propose_issue(certificate=certificate, by=world.cora, at=NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_costs_the_same_queries_however_much_waits(
    client: Client, world: World, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        propose(world, number)
    world.sign_in(client, world.cyrus)

    with django_assert_num_queries(7):
        text = client.get(path_of("hearth", "web:second")).content.decode()

    assert text.count("Issue the certificate of Lark House") >= count


def test_only_who_has_the_right_reads_what_waits(client: Client, world: World) -> None:
    propose(world, 1)
    found = {}
    for account in (world.cora, world.cyrus, world.lena, world.tess):
        world.sign_in(client, account)
        network = "harbour" if account == world.tess else "hearth"
        text = client.get(path_of(network, "web:second")).content.decode()
        found[account.username] = "Lark House 1" in text

    assert found == {"cora": True, "cyrus": True, "lena": False, "tess": False}


def test_proposals_stay_in_the_order_in_which_they_came(world: World) -> None:
    proposals = [propose(world, number) for number in range(3)]
    actor = actor_for(world.cyrus, now=NOW, second_factor_given=True, second_factor_demanded=False)

    assert confirmations.open_to(actor, reversed(proposals)) == proposals[::-1]
