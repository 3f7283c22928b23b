"""The cells that may be published: declared, tried out, locked by two people before the first signature."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from communitas.benchmarking import actions, policy, queries
from communitas.benchmarking.models import Lattice
from communitas.benchmarking.queries import lattices
from communitas.benchmarking.rules.disclosure.declared import USUAL, Breakdown, Declaration, from_plain
from communitas.benchmarking.rules.facts import Fact
from communitas.kit import confirmations
from communitas.kit.addresses import path_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, Proposal
from tests.benchmarking.test_releases import past_cycle
from tests.cast import NOW, World

REGIONS = Declaration((Breakdown(("region",), criteria=True),))


def draft(world: World) -> Lattice:
    return actions.declare_cells(cycle=world.cycle, declaration=REGIONS, by=world.cyrus, at=NOW)


def lock(world: World) -> Lattice:
    found = draft(world)
    actions.propose_lock(lattice=found, by=world.cyrus, at=NOW)
    confirmations.confirm(proposal=Proposal.objects.get(), by=world.dee, at=NOW + timedelta(hours=1))
    return Lattice.objects.get(pk=found.pk)


def sign(world: World) -> None:
    facts = [Fact("LARK", "c1-1", "agreed", 2)]
    facts = [Fact(world.lark.code, fact.criterion, fact.kind, fact.score) for fact in facts]
    actions.freeze_facts(enrolment=world.enrolment, facts=facts, source="report", by=world.cora, at=NOW)


def test_two_people_lock_the_declared_cells_and_figures_are_counted_by_them(world: World) -> None:
    found = lock(world)
    sign(world)

    assert (found.state, found.source, found.locked_by) == ("locked", "office", world.dee)
    assert queries.declaration_in_use(world.cycle) == REGIONS
    counted = queries.count_and_protect(cycle=world.cycle, say=lambda step: None)
    assert {row[3] for row in counted.protected["cells"]} <= {"network", "region"}
    assert counted.audit["lattice_hash"] == found.hash
    assert list(AuditLine.objects.filter(verb__startswith="lattice.").values_list("verb", flat=True)) == [
        "lattice.declare",
        "lattice.lock",
    ]


def test_first_signature_locks_the_usual_cells_where_nothing_was_locked(world: World) -> None:
    draft(world)

    sign(world)

    found = Lattice.objects.get()
    assert (found.state, found.source, from_plain(found.declared)) == ("locked", "usual", USUAL)


def test_nothing_is_declared_or_locked_after_the_first_signature(world: World) -> None:
    found = draft(world)
    actions.propose_lock(lattice=found, by=world.cyrus, at=NOW)
    sign(world)

    with pytest.raises(NotAllowed, match="before its first review is signed"):
        draft(world)
    with pytest.raises(NotAllowed, match="before its first review is signed"):
        confirmations.confirm(proposal=Proposal.objects.get(), by=world.dee, at=NOW)


def test_database_refuses_to_change_locked_cells(world: World) -> None:
    found = lock(world)

    with pytest.raises(DatabaseError, match="locked_cells_never_change"), transaction.atomic():
        Lattice.objects.filter(pk=found.pk).update(declared={})
    with pytest.raises(DatabaseError, match="locked_cells_never_change"), transaction.atomic():
        found.delete()


def test_cells_that_changed_since_they_were_proposed_are_not_locked(world: World) -> None:
    found = draft(world)
    actions.propose_lock(lattice=found, by=world.cyrus, at=NOW)

    with pytest.raises(NotAllowed, match="second person is asked"):
        draft(world)


def test_trial_says_what_would_have_survived_last_time(world: World) -> None:
    past_cycle(world, 24)
    found = draft(world)

    actions.try_cells(lattice=found, by=world.cyrus, at=NOW, say=lambda step: None)

    trial = Lattice.objects.get().trial
    assert trial is not None
    assert trial["cycle"] == "2026"
    assert [(each["name"], each["communities"]) for each in trial["groups"]] == [("", 24), ("North", 12), ("South", 12)]
    assert {each["level"] for each in trial["tables"] if each["table"] == "region"} == {
        "overall",
        "section",
        "criterion",
    }


def test_enrolled_communities_are_counted_in_each_group_without_those_who_left(world: World) -> None:
    both = Declaration((Breakdown(("type",)), Breakdown(("type", "size"))), (10,), {world.lark.code: 12})

    sizes = {each.group.name: each.communities for each in lattices.sizes_now(world.cycle, both)}

    assert sizes[f"{world.lark.service_type.code} × 11 or more"] == 1


def test_analyst_declares_and_proposes_in_the_browser(world: World) -> None:
    browser = world.sign_in(Client(), world.cyrus)
    address = path_of("hearth", "benchmarking:lattice", world.cycle.pk)

    wrong = browser.post(f"{address}save/", {"type_size": "sections", "bands": "10", "sizes": "NOWHERE 12"})
    right = browser.post(
        f"{address}save/", {"type_size": "sections", "bands": "10, 25", "sizes": f"{world.lark.code.lower()}\t12"}
    )
    asked = browser.post(f"{address}lock/")

    assert (wrong.status_code, right.status_code, asked.status_code) == (422, 302, 302)
    assert "NOWHERE 12" in wrong.content.decode()
    declared = from_plain(Lattice.objects.get().declared)
    assert declared == Declaration((Breakdown(("type", "size")),), (10, 25), {world.lark.code: 12})
    assert confirmations.waiting(Lattice.objects.get(), policy.lock_lattice) is not None
    assert "A second person is asked" in browser.get(address).content.decode()


def test_office_without_the_duty_reads_and_does_not_declare(world: World) -> None:
    browser = world.sign_in(Client(), world.cora)

    shown = browser.get(path_of("hearth", "benchmarking:lattice", world.cycle.pk)).content.decode()

    assert "Save the draft" not in shown
    assert "By type of service" in shown
