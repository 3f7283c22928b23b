"""Addresses of visits."""

from datetime import UTC, date, datetime

from communitas.cycles.models import Enrolment
from communitas.members.models import Network
from communitas.visits import policy
from communitas.visits.models import Concern, Interest, Objection, OfferedDate, TeamPlace, Visit
from tests.cast import NOW, Part, World
from tests.permissions.cases import SIGNED_IN, Case, Target


def visit(world: World, part: Part) -> Target:
    return Target(part.visit.pk, community=part.lark, scope=part.enrolment.pk, true="W")


def without_team(world: World, part: Part) -> Target:
    """The same visit, whose team is not appointed: the window in which it can take place is not open."""
    return Target(part.visit.pk, community=part.lark, scope=part.enrolment.pk)


def enrolment(world: World, part: Part) -> Target:
    return Target(part.oak_enrolment.pk, community=part.oak, scope=part.oak_enrolment.pk)


def place(world: World, part: Part) -> Target:
    """Rafi's place; in the twin network somebody else's."""
    account = world.rafi if part.network == world.network else world.theo
    found, _ = TeamPlace.objects.get_or_create(
        visit=part.visit, account=account, state="accepted", defaults={"seat": "staff", "appointed_at": NOW}
    )
    return Target(found.pk, community=part.lark, scope=part.enrolment.pk, subject=account)


def team_place(world: World, part: Part) -> Target:
    """The same place, as the office sees it: part of its visit."""
    found = place(world, part)
    return Target(*found.args, community=part.lark, scope=part.enrolment.pk, true="W")


def heard_no_more(world: World, part: Part) -> Target:
    """The same place, when the time for an objection is over."""
    found = team_place(world, part)
    TeamPlace.objects.filter(pk=found.args[0]).update(object_until=datetime(2020, 1, 1, tzinfo=UTC))
    return Target(*found.args, community=part.lark, scope=part.enrolment.pk)


def objection(world: World, part: Part) -> Target:
    """An objection of the host that waits for a decision."""
    found = team_place(world, part)
    by = world.lena if part.network == world.network else world.theo
    made = Objection.objects.create(place_id=found.args[0], reason="Words.", raised_by=by, raised_at=NOW)
    return Target(made.pk, community=part.lark, scope=part.enrolment.pk)


def site(world: World, part: Part) -> Target:
    return Target(part.lark.pk, community=part.lark)


def interest(world: World, part: Part) -> Target:
    account = world.rafi if part.network == world.network else world.theo
    found = Interest.objects.create(account=account, community=part.elm, nature="A relative.", declared_at=NOW)
    return Target(found.pk, community=part.elm, subject=account)


def held(world: World, part: Part) -> Target:
    """A visit that took place, while there is time for feedback."""
    Visit.objects.filter(pk=part.visit.pk).update(state="held", feedback_closes_at=datetime(2099, 1, 1, tzinfo=UTC))
    return Target(part.visit.pk, community=part.lark, scope=part.enrolment.pk, true="W")


def told(world: World, part: Part) -> Target:
    """A visit whose feedback is shown to both sides."""
    Visit.objects.filter(pk=part.visit.pk).update(state="held", feedback_closes_at=datetime(2020, 1, 1, tzinfo=UTC))
    return Target(part.visit.pk, community=part.lark, scope=part.enrolment.pk, true="G")


def told_place(world: World, part: Part) -> Target:
    """A place on the team of that visit."""
    found = place(world, part)
    Visit.objects.filter(pk=part.visit.pk).update(state="held", feedback_closes_at=datetime(2020, 1, 1, tzinfo=UTC))
    return Target(*found.args, community=part.lark, scope=part.enrolment.pk, subject=found.subject, true="G")


def untold_place(world: World, part: Part) -> Target:
    """The same place, before both sides have answered."""
    found = place(world, part)
    Visit.objects.filter(pk=part.visit.pk).update(state="held", feedback_closes_at=datetime(2099, 1, 1, tzinfo=UTC))
    return Target(*found.args, community=part.lark, scope=part.enrolment.pk, subject=found.subject)


def concern(world: World, part: Part) -> Target:
    """A concern about the visit."""
    return Target(_concern(world, part, part.visit).pk, community=part.lark, scope=part.enrolment.pk)


def loose_concern(world: World, part: Part) -> Target:
    """A concern that belongs to no visit: no lead reviewer reads it."""
    return Target(_concern(world, part, None).pk)


def _concern(world: World, part: Part, visit: Visit | None) -> Concern:
    by = world.stefan if part.network == world.network else world.theo
    return Concern.objects.create(
        network=part.network, visit=visit, seen="Words.", raised_by=by, raised_at=NOW, acknowledge_by=NOW,
        escalates_at=NOW,
    )  # fmt: skip


def visit_before(world: World, part: Part) -> Target:
    """A visit that has not taken place: there is no feedback on it yet."""
    Visit.objects.filter(pk=part.visit.pk).update(state="planned", feedback_closes_at=None)
    return Target(part.visit.pk, community=part.lark, scope=part.enrolment.pk)


def with_date(world: World, part: Part) -> Target:
    """A visit with an offered date."""
    Visit.objects.filter(pk=part.visit.pk).update(on=None)
    OfferedDate.objects.create(visit=part.visit, on=date(2027, 4, 1), at=NOW)
    return Target(part.visit.pk, community=part.lark, scope=part.enrolment.pk)


def chosen(target: Target) -> dict[str, int]:
    return {"date": OfferedDate.objects.get(visit=target.args[0]).pk}


def template(world: World, part: Part) -> Target:
    return Target("peer_review", "on_site", is_network=True)


BOTH = ("GET", "POST")
DAY = {"on": date(2027, 4, 1).isoformat(), "reason": "Another day."}
SEAT = {"account": "1", "seat": "lead"}
CASES = [
    Case("visits:list", row="visit.list"),
    Case("visits:mine", row=SIGNED_IN),
    Case("visits:settings", row="network.configure"),
    Case("visits:interests", row="interest.list_own"),
    Case("visits:all_interests", row="interest.read_all"),
    Case("visits:plan", row="visit.create", of=[enrolment]),
    Case("visits:visit", row="visit.read", of=[visit]),
    Case("visits:set_date", row="visit.lock_date", sees="visit.read", of=[visit], methods=("GET", "POST"), data=DAY),
    Case("visits:practical", row="visit.edit_timetable", sees="visit.read", of=[visit]),
    Case("visits:postpone", row="visit.postpone", sees="visit.read", of=[visit]),
    Case("visits:cancel", row="visit.postpone", sees="visit.read", of=[visit]),
    Case("visits:candidates", row="visit.assign_team", sees="visit.read", of=[visit]),
    Case("visits:ask", row="visit.assign_team", sees="visit.read", of=[visit], methods=("POST",), data=SEAT),
    Case("visits:appoint", row="visit.assign_team", sees="visit.read", of=[visit], methods=("POST",)),
    Case("visits:confirm", row="visit.assign_team", sees="visit.read", of=[visit], methods=("POST",)),
    Case("visits:hold", row="visit.close", sees="visit.read", of=[without_team], methods=("POST",)),
    Case("visits:remove", row="visit.assign_team", sees="visit.read", of=[team_place]),
    Case("visits:mark_absent", row="visit.assign_team", sees="visit.read", of=[team_place]),
    Case("visits:change_seat", row="visit.assign_team", sees="visit.read", of=[team_place], methods=BOTH),
    Case("visits:extend_answer", row="visit.assign_team", sees="visit.read", of=[team_place], methods=BOTH),
    Case("visits:object", row="visit.object_member", sees="visit.read", of=[team_place, heard_no_more], methods=BOTH),
    Case("visits:decide_objection", row="visit.assign_team", of=[objection], methods=BOTH),
    Case("visits:record_clearance", row="community.update_profile", sees="visit.read", of=[team_place], methods=BOTH),
    Case(
        "visits:site_clearance",
        row="community.update_profile",
        sees="community.read_profile",
        of=[site],
        methods=BOTH,
    ),
    Case("visits:accept_day", row="visit.answer_day", sees="visit.read", of=[visit], methods=("POST",)),
    Case("visits:decline_day", row="visit.answer_day", sees="visit.read", of=[visit], methods=BOTH),
    Case("visits:dates", row="visit.offer_dates", sees="visit.read", of=[visit], methods=BOTH),
    Case("visits:lock_date", row="visit.lock_date", sees="visit.read", of=[with_date], methods=("POST",), data=chosen),
    Case("visits:participants", row="visit.edit_timetable", sees="visit.read", of=[visit], methods=BOTH),
    Case("visits:timetable", row="visit.read", of=[visit]),
    Case("visits:change_timetable", row="visit.edit_timetable", sees="visit.read", of=[visit], methods=BOTH),
    Case("visits:restart_timetable", row="visit.edit_timetable", sees="visit.read", of=[visit], methods=("POST",)),
    Case("visits:timetable_read", row="visit.read", of=[visit], methods=("POST",)),
    Case("visits:timetable_pdf", row="visit.read", of=[visit]),
    Case("visits:pack", row="visit.read_pack", sees="visit.read", of=[visit]),
    Case("visits:pack_pdf", row="visit.read_pack", sees="visit.read", of=[visit]),
    Case("visits:pack_zip", row="visit.read_pack", sees="visit.read", of=[visit]),
    Case("visits:give_feedback", row="feedback.write", sees="visit.read", of=[visit_before, held], methods=BOTH),
    Case("visits:team_feedback", row="feedback.read_of_team", sees="visit.read", of=[visit, told]),
    Case("visits:place_feedback", row="feedback.read", of=[told_place, untold_place]),
    Case("visits:needs", row="visit.accept_place", of=[place], methods=BOTH),
    Case("visits:templates", row="network.configure"),
    Case("visits:change_template", row="network.configure", of=[template], methods=BOTH),
    Case("visits:all_feedback", row="feedback.list"),
    Case("visits:safeguarding", row="network.configure", methods=BOTH),
    Case("visits:concerns", row="safeguarding.list"),
    Case("visits:raise_concern", row="safeguarding.raise", methods=BOTH),
    Case("visits:concern_raised", row="safeguarding.raise"),
    Case("visits:concern", row="safeguarding.read", of=[concern, loose_concern]),
    *(
        Case(
            f"visits:concern_{verb}",
            row="safeguarding.answer",
            sees="safeguarding.read",
            of=[concern, loose_concern],
            methods=("POST",),
        )
        for verb in ("acknowledge", "step", "close", "reopen")
    ),
    Case("visits:accept", row="visit.accept_place", of=[place], methods=("POST",)),
    Case("visits:decline", row="visit.decline_place", of=[place]),
    Case("visits:withdraw", row="visit.decline_place", of=[place], methods=BOTH),
    Case("visits:withdraw_interest", row="interest.declare", of=[interest], methods=("POST",)),
]
PERMISSIONS = [
    (policy.create, Enrolment),
    (policy.configure, Network),
    (policy.declare_interest, Network),
    (policy.read, Visit),
    (policy.assign_team, Visit),
    (policy.postpone, Visit),
    (policy.lock_date, Visit),
    (policy.edit_practical, Visit),
    (policy.close, Visit),
    (policy.accept_place, TeamPlace),
    (policy.decline_place, TeamPlace),
    (policy.read_member, TeamPlace),
    (policy.object_member, TeamPlace),
    (policy.record_clearance, TeamPlace),
    (policy.decide_objection, Objection),
    (policy.own_interest, Interest),
    (policy.answer_day, Visit),
    (policy.offer_dates, Visit),
    (policy.read_pack, Visit),
    (policy.write_feedback, Visit),
    (policy.read_team_feedback, Visit),
    (policy.read_own_feedback, TeamPlace),
    (policy.list_feedback, Network),
    (policy.raise_concern, Network),
    (policy.read_concern, Concern),
    (policy.answer_concern, Concern),
    (policy.list_concerns, Network),
    (policy.list_visits, Network),
    (policy.read_interests, Network),
]
