"""What can be done to cycles and enrolments."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from communitas.cycles import actions
from communitas.cycles.events import EnrolmentCompleted, EnrolmentMoved, TypeChanged, VisitDateSet
from communitas.cycles.models import Cycle, Enrolment, Move, Reminder
from communitas.kit import events
from communitas.kit.exceptions import NotAllowed
from communitas.kit.models import AuditLine, OutboxMail
from communitas.members import actions as members
from communitas.members.models import CommunityChange, Holiday, Membership
from tests import factories
from tests.cast import NOW, World


@pytest.fixture
def facts() -> Iterator[list[Any]]:
    """Every fact of this app that was published during the test."""
    heard: list[Any] = []
    kinds = (EnrolmentMoved, EnrolmentCompleted, TypeChanged, VisitDateSet)
    for kind in kinds:
        events.subscribe(kind, heard.append)
    yield heard
    for kind in kinds:
        events._handlers[kind].remove(heard.append)


def dues(enrolment: Enrolment) -> dict[str, date | None]:
    return {due.what: due.due_on for due in enrolment.due_dates.all()}


def test_open_cycle_takes_its_windows_from_the_network_and_follows_the_cycle_before(world: World) -> None:
    world.network.windows = {"self_review_opens": 12, "reminder_days_before": [14, 3]}
    world.network.save()

    cycle = actions.open_cycle(
        network=world.network,
        name=" 2028 ",
        opens_on=date(2027, 9, 1),
        closes_on=date(2028, 8, 31),
        edition=world.edition,
        by=world.cora,
        at=NOW,
    )

    assert (cycle.name, cycle.state, cycle.previous) == ("2028", Cycle.State.PLANNED, world.cycle)
    assert cycle.windows["self_review_opens"] == 12
    assert cycle.windows["self_review_closes"] == 4
    assert AuditLine.objects.filter(verb="cycle.open", object_id=str(cycle.pk)).count() == 1


def test_open_cycle_refuses_a_draft_a_taken_name_and_dates_the_wrong_way_round(world: World) -> None:
    draft = factories.make_edition(world.network, number=2, published=False)
    fine: dict[str, Any] = {
        "network": world.network,
        "name": "2028",
        "opens_on": date(2027, 9, 1),
        "closes_on": date(2028, 8, 31),
        "edition": world.edition,
        "by": world.cora,
        "at": NOW,
    }

    for wrong, why in (
        ({"edition": draft}, "still a draft"),
        ({"name": "2027"}, "with this name"),
        ({"closes_on": date(2027, 9, 1)}, "too early"),
        ({"windows": {"self_review_opens": 2}}, "opens before it closes"),
    ):
        with pytest.raises(NotAllowed, match=why):
            actions.open_cycle(**(fine | wrong))


def test_enrol_writes_down_what_the_community_is_now(world: World) -> None:
    enrolment = actions.enrol(
        cycle=world.cycle, community=world.elm, pathway="peer_review", by=world.cora, at=NOW, modules=["green"]
    )

    assert (enrolment.community_name, enrolment.region, enrolment.stage) == ("Hearth Elm Row", "North", "enrolled")
    assert (enrolment.service_type, enrolment.organisation) == (world.elm.service_type, world.elm.organisation)
    assert (enrolment.modules, enrolment.edition) == (["green"], world.edition)
    assert enrolment.moves.get().verb == "enrol"


def test_enrol_many_lets_the_others_join_when_some_cannot(world: World) -> None:
    associate = factories.make_community(world.network, "ASH", "Ash End")
    Membership.objects.filter(community=associate).update(type="associate")
    none = factories.make_community(world.network, "FIR", "Fir Hill")
    Membership.objects.filter(community=none).delete()

    result = actions.enrol_many(
        cycle=world.cycle,
        communities=[world.elm, world.lark, associate, none, world.twin.lark],
        pathway="peer_review",
        by=world.cora,
        at=NOW,
    )

    assert [each.community for each in result.joined] == [world.elm]
    assert [community for community, _why in result.refused] == [world.lark, associate, none]
    assert [why.rpartition(". ")[2] for _community, why in result.refused] == [
        "It is enrolled already.",
        "Its membership (associate) does not open the peer review pathway.",
        "It has no current membership.",
    ]


def test_accreditation_opens_after_a_completed_cycle(world: World) -> None:
    Membership.objects.filter(community=world.elm).update(type="accredited")
    with pytest.raises(NotAllowed, match="after a cycle of peer review"):
        actions.enrol(cycle=world.cycle, community=world.elm, pathway="accreditation", by=world.cora, at=NOW)

    before = factories.make_cycle(world.network, world.edition, name="2026", opens_on=date(2025, 9, 1))
    factories.make_enrolment(before, world.elm, stage="completed", completed_at=NOW)

    enrolment = actions.enrol(cycle=world.cycle, community=world.elm, pathway="accreditation", by=world.cora, at=NOW)
    assert enrolment.pathway == "accreditation"


def test_set_anchor_counts_every_due_date_from_the_visit(world: World, facts: list[Any]) -> None:
    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)

    assert dues(world.enrolment) == {
        "enrolled": date(2026, 12, 3),
        "self_review": date(2027, 2, 11),
        "visit": date(2027, 3, 11),
        "drafting": date(2027, 4, 8),
        "fact_check": date(2027, 4, 22),
        "final": date(2027, 5, 6),
        "action_plan": date(2027, 6, 17),
    }
    assert facts == [VisitDateSet(world.enrolment.pk, None, date(2027, 3, 11), world.cora.pk, NOW)]


def test_due_dates_keep_the_networks_working_days(world: World) -> None:
    Holiday.objects.create(network=world.network, on=date(2027, 4, 8), name="Founders' day")

    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)

    assert dues(world.enrolment)["drafting"] == date(2027, 4, 9)


def test_a_visit_that_moves_takes_the_dates_ahead_with_it_and_leaves_those_behind(world: World) -> None:
    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)

    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 25), by=world.cora, at=NOW, reason="Snow")

    found = dues(world.enrolment)
    assert (found["enrolled"], found["self_review"]) == (date(2026, 12, 3), date(2027, 2, 25))
    assert Move.objects.filter(verb="set_visit_date").values_list("reason", flat=True)[0] == "Snow"


def test_the_whole_year_is_a_row_of_moves(world: World, facts: list[Any]) -> None:
    enrolment = world.enrolment
    actions.set_anchor(enrolment=enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)
    facts.clear()

    actions.self_review_sent(enrolment=enrolment, by=world.lena, at=NOW)
    actions.reopen_self_review(enrolment=enrolment, reason="Two pages missing", by=world.cora, at=NOW)
    actions.self_review_sent(enrolment=enrolment, by=world.lena, at=NOW)
    actions.visit_closed(enrolment=enrolment, by=world.ludo, at=NOW)
    actions.report_delivered(enrolment=enrolment, by=world.cora, at=datetime(2027, 4, 20, 9, tzinfo=UTC))
    actions.fact_check_ended(enrolment=enrolment, by=world.lena, at=NOW)
    actions.report_final(enrolment=enrolment, by=world.cyrus, at=datetime(2027, 5, 20, 9, tzinfo=UTC))
    actions.action_plan_sent(enrolment=enrolment, by=world.lena, at=NOW)

    enrolment.refresh_from_db()
    assert (enrolment.stage, enrolment.completed_at) == ("completed", NOW)
    assert [fact.to_stage for fact in facts if isinstance(fact, EnrolmentMoved)] == [
        *("visit", "self_review", "visit", "drafting", "fact_check", "final", "action_plan", "completed")
    ]
    assert facts[-1] == EnrolmentCompleted(enrolment.pk, world.lena.pk, NOW)
    assert dues(enrolment)["fact_check"] == date(2027, 5, 4), "ten working days after the delivery"
    assert dues(enrolment)["action_plan"] == date(2027, 7, 1), "six weeks after the signature"
    assert enrolment.due_dates.filter(done_at__isnull=True).count() == 0


def test_a_move_that_does_not_start_here_is_refused_with_its_sentence(world: World) -> None:
    with pytest.raises(NotAllowed, match="after the self-review was sent"):
        actions.visit_closed(enrolment=world.enrolment, by=world.ludo, at=NOW)

    world.enrolment.refresh_from_db()
    assert world.enrolment.stage == "self_review"


def test_nothing_moves_in_a_closed_cycle(world: World) -> None:
    Cycle.objects.filter(pk=world.cycle.pk).update(state="closed")

    with pytest.raises(NotAllowed, match="while its cycle is open"):
        actions.self_review_sent(enrolment=world.enrolment, by=world.lena, at=NOW)


def test_a_developmental_visit_is_prepared_by_its_date_and_completes_the_cycle(world: World) -> None:
    enrolment = actions.enrol(cycle=world.cycle, community=world.elm, pathway="developmental", by=world.cora, at=NOW)

    actions.set_anchor(enrolment=enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)
    assert enrolment.stage == "visit"

    actions.visit_closed(enrolment=enrolment, by=world.cora, at=NOW)
    assert enrolment.stage == "completed"


def test_extend_moves_one_date_and_keeps_the_first(world: World) -> None:
    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)

    actions.extend(
        enrolment=world.enrolment, stage="self_review", until=date(2027, 2, 25), reason="Flood", by=world.cora, at=NOW
    )

    due = world.enrolment.due_dates.get(what="self_review")
    assert (due.due_on, due.first_due_on) == (date(2027, 2, 25), date(2027, 2, 11))


def test_extend_refuses_without_reason_and_past_the_visit(world: World) -> None:
    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)

    for until, reason, why in (
        (date(2027, 2, 25), " ", "give a reason"),
        (date(2027, 3, 12), "Flood", "before the visit"),
    ):
        with pytest.raises(NotAllowed, match=why):
            actions.extend(
                enrolment=world.enrolment, stage="self_review", until=until, reason=reason, by=world.cora, at=NOW
            )


def test_windows_of_the_cycle_count_the_dates_ahead_anew(world: World) -> None:
    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)

    count = actions.set_windows(
        cycle=world.cycle,
        name="2027",
        opens_on=world.cycle.opens_on,
        closes_on=world.cycle.closes_on,
        windows={"self_review_closes": 2},
        by=world.cora,
        at=NOW,
    )

    assert count == 1
    assert dues(world.enrolment)["self_review"] == date(2027, 2, 25)


def test_withdraw_and_reinstate_begin_again_without_the_old_promises(world: World) -> None:
    enrolment = world.enrolment
    actions.set_anchor(enrolment=enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)
    actions.extend(
        enrolment=enrolment, stage="self_review", until=date(2027, 2, 25), reason="Flood", by=world.cora, at=NOW
    )

    actions.withdraw(enrolment=enrolment, reason="Rebuilding", by=world.lena, at=NOW)
    assert enrolment.stage == "withdrawn"
    actions.reinstate(enrolment=enrolment, reason="The roof holds", by=world.cora, at=NOW)

    assert enrolment.stage == "enrolled"
    assert dues(enrolment)["self_review"] == date(2027, 2, 11)
    assert enrolment.due_dates.filter(done_at__isnull=False).count() == 0


def test_close_community_ends_its_membership_and_keeps_its_enrolment(world: World) -> None:
    actions.close_community(enrolment=world.enrolment, reason="The lease ends", by=world.cora, at=NOW)

    world.lark.refresh_from_db()
    assert (world.enrolment.stage, world.lark.status) == ("closed", "closed")
    assert world.lark.memberships.get().until == date(2027, 1, 20)
    assert CommunityChange.objects.get().kind == "close"


def test_merge_names_the_community_that_it_joins(world: World) -> None:
    actions.merge(enrolment=world.enrolment, into=world.oak, reason="One team now", by=world.cora, at=NOW)

    world.lark.refresh_from_db()
    assert (world.enrolment.stage, world.lark.status, world.lark.merged_into) == ("merged", "merged", world.oak)


def test_merge_refuses_itself_and_another_network(world: World) -> None:
    for into, why in ((world.lark, "itself"), (world.twin.oak, "its own network")):
        with pytest.raises(NotAllowed, match=why):
            actions.merge(enrolment=world.enrolment, into=into, reason="One team", by=world.cora, at=NOW)


def test_rename_changes_the_community_and_this_cycle_only(world: World) -> None:
    before = factories.make_cycle(world.network, world.edition, name="2026", opens_on=date(2025, 9, 1))
    old = factories.make_enrolment(before, world.lark, stage="completed", completed_at=NOW)
    Cycle.objects.filter(pk=before.pk).update(state="closed")

    actions.rename(enrolment=world.enrolment, name="Skylark House", reason="A vote", by=world.cora, at=NOW)

    world.lark.refresh_from_db()
    old.refresh_from_db()
    assert (world.lark.name, world.enrolment.community_name) == ("Skylark House", "Skylark House")
    assert old.community_name == "Hearth Lark House"


def test_change_type_tells_the_workbook(world: World, facts: list[Any]) -> None:
    prison = world.network.service_types.get(code="prison")

    actions.change_type(enrolment=world.enrolment, service_type=prison, reason="New service", by=world.cora, at=NOW)

    assert facts == [TypeChanged(world.enrolment.pk, "adult", "prison", world.cora.pk, NOW)]
    assert world.enrolment.service_type == prison
    world.lark.refresh_from_db()
    assert world.lark.service_type == prison


def test_an_enrolment_follows_what_is_recorded_on_the_page_of_its_community(world: World) -> None:
    members.change_community(
        community=world.lark,
        kind="withdraw",
        effective_on=date(2027, 1, 20),
        reason="Funding ends",
        by=world.cora,
        at=NOW,
    )

    world.enrolment.refresh_from_db()
    assert (world.enrolment.stage, world.enrolment.moves.get().reason) == ("withdrawn", "Funding ends")


def test_a_new_type_leaves_what_was_agreed_as_it_is(world: World) -> None:
    prison = world.network.service_types.get(code="prison")
    Enrolment.objects.filter(pk=world.enrolment.pk).update(stage="drafting")

    with pytest.raises(NotAllowed, match="The visit is closed"):
        actions.change_type(enrolment=world.enrolment, service_type=prison, reason="New service", by=world.cora, at=NOW)
    members.change_community(
        community=world.lark,
        kind="change_type",
        service_type=prison,
        effective_on=date(2027, 1, 20),
        reason="New service",
        by=world.cora,
        at=NOW,
    )

    world.enrolment.refresh_from_db()
    assert world.enrolment.service_type.code == "adult"


def test_open_due_self_reviews_opens_those_whose_window_has_begun(world: World) -> None:
    early = actions.enrol(cycle=world.cycle, community=world.elm, pathway="peer_review", by=world.cora, at=NOW)
    actions.set_anchor(enrolment=early, on=date(2027, 3, 11), by=world.cora, at=NOW)
    birch = factories.make_community(world.network, "BIRCH", "Birch Lane")
    later = actions.enrol(cycle=world.cycle, community=birch, pathway="peer_review", by=world.cora, at=NOW)
    actions.set_anchor(enrolment=later, on=date(2027, 8, 12), by=world.cora, at=NOW)

    assert actions.open_due_self_reviews(cycle=world.cycle, by=world.cora, at=NOW) == 1

    stages = dict(world.cycle.enrolments.values_list("community__code", "stage"))
    assert (stages["ELM"], stages["BIRCH"]) == ("self_review", "enrolled")


def test_remind_fills_in_each_community_and_tells_whom_it_cannot_reach(world: World) -> None:
    actions.set_anchor(enrolment=world.enrolment, on=date(2027, 3, 11), by=world.cora, at=NOW)
    paper = factories.make_account("paper", "Pia", email="")
    factories.grant(paper, world.network, "community_lead", community=world.lark)

    result = actions.remind(
        cycle=world.cycle,
        enrolment_ids=[world.enrolment.pk, world.oak_enrolment.pk, world.twin.enrolment.pk],
        subject="{community}",
        message="{stage} until {due}. {braces}",
        by=world.cora,
        at=NOW,
    )

    assert (result.messages, result.without_address, result.without_lead) == (
        1,
        ["Pia (Hearth Lark House)"],
        ["Hearth Oak Court"],
    )
    message = OutboxMail.objects.get()
    assert (message.to, message.subject) == ("lena@people.example", "Hearth Lark House")
    assert "Self-review until 11 February 2027. {braces}" in message.text
    assert f"http://testserver/hearth/enrolments/{world.enrolment.pk}/" in message.text
    assert sorted(Reminder.objects.values_list("enrolment", "recipients")) == sorted(
        [(world.enrolment.pk, 1), (world.oak_enrolment.pk, 0)]
    )


def test_remind_refuses_an_empty_message(world: World) -> None:
    with pytest.raises(NotAllowed, match="write the message"):
        actions.remind(
            cycle=world.cycle, enrolment_ids=[world.enrolment.pk], subject="x", message=" ", by=world.cora, at=NOW
        )


def test_close_cycle_names_who_is_under_way(world: World) -> None:
    with pytest.raises(NotAllowed, match="Still under way: Hearth Lark House, Hearth Oak Court"):
        actions.close_cycle(cycle=world.cycle, by=world.cora, at=NOW)

    world.cycle.enrolments.update(stage="completed")
    actions.close_cycle(cycle=world.cycle, by=world.cora, at=NOW)
    assert world.cycle.state == "closed"

    with pytest.raises(NotAllowed, match="reason"):
        actions.reopen_cycle(cycle=world.cycle, reason=" ", by=world.cora, at=NOW)
    actions.reopen_cycle(cycle=world.cycle, reason="One score was wrong", by=world.cora, at=NOW)
    assert world.cycle.state == "open"


def test_a_past_cycle_is_imported_and_can_be_undone(world: World) -> None:
    cycle = actions.record_past_cycle(
        network=world.network,
        name="2026",
        opens_on=date(2025, 9, 1),
        closes_on=date(2026, 8, 31),
        edition=world.edition,
        by=world.cora,
        at=NOW,
    )
    made = actions.enrol_imported(cycle=cycle, communities=[world.lark, world.oak], by=world.cora, at=NOW)

    world.cycle.refresh_from_db()
    assert (cycle.state, world.cycle.previous) == ("closed", cycle)
    assert [(each.imported, each.stage) for each in made] == [(True, "completed")] * 2
    assert actions.enrol_imported(cycle=cycle, communities=[world.lark], by=world.cora, at=NOW) == []
    ids = [each.pk for each in made]
    assert actions.undo_imported(cycle=cycle, enrolment_ids=ids, by=world.cora, at=NOW) == 2


def test_the_database_refuses_to_rewrite_history(world: World) -> None:
    actions.withdraw(enrolment=world.enrolment, reason="Rebuilding", by=world.lena, at=NOW)

    with pytest.raises(DatabaseError), transaction.atomic():
        Move.objects.update(reason="Nothing happened")
    with pytest.raises(DatabaseError), transaction.atomic():
        Move.objects.all().delete()
