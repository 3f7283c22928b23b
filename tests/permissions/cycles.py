"""Addresses of cycles."""

from communitas.cycles import policy
from communitas.cycles.models import Cycle, Enrolment
from communitas.members.models import Network
from tests.cast import Part, World
from tests.permissions.cases import Case, Target


def cycle(world: World, part: Part) -> Target:
    return Target(part.cycle.pk)


def running(world: World, part: Part) -> Target:
    """Lark House in its self-review: the window to withdraw is open."""
    return Target(part.enrolment.pk, community=part.lark, scope=part.enrolment.pk, true="W")


def ended(world: World, part: Part) -> Target:
    """Oak Court after it withdrew."""
    Enrolment.objects.filter(pk=part.oak_enrolment.pk).update(stage="withdrawn")
    return Target(part.oak_enrolment.pk, community=part.oak, scope=part.oak_enrolment.pk)


def renamed(world: World, part: Part) -> Target:
    return Target(part.enrolment.pk, "rename", community=part.lark, scope=part.enrolment.pk, true="W")


BOTH = ("GET", "POST")
WHY = {"reason": "A vote.", "other": "Skylark House"}
LATER = {"stage": "self_review", "until": "2027-02-25", "reason": "Flood."}
COCKPIT = "cycle.read_cockpit"
READ = "enrolment.read"
CASES = [
    Case("cycles:cycles", row=COCKPIT),
    Case("cycles:now", row=COCKPIT),
    Case("cycles:reminders", row="cycle.remind", methods=BOTH),
    Case("cycles:new", row="cycle.open", methods=BOTH),
    Case("cycles:cockpit", row=COCKPIT, of=[cycle]),
    Case("cycles:cockpit", row=COCKPIT, of=[cycle], query="?format=csv"),
    Case("cycles:settings", row="cycle.open", sees=COCKPIT, of=[cycle], methods=BOTH),
    Case("cycles:turn", row="cycle.close", sees=COCKPIT, of=[cycle], methods=BOTH),
    Case("cycles:enrol", row="enrolment.create", sees=COCKPIT, of=[cycle], methods=BOTH),
    Case("cycles:remind", row="cycle.remind", sees=COCKPIT, of=[cycle], methods=BOTH),
    Case("cycles:open_self_reviews", row="enrolment.create", sees=COCKPIT, of=[cycle], methods=("POST",)),
    Case("cycles:enrolment", row=READ, of=[running, ended]),
    Case("cycles:extend", row="cycle.extend_deadline", sees=READ, of=[running, ended], methods=BOTH, data=LATER),
    Case(
        "cycles:move",
        row="enrolment.change",
        sees=READ,
        of=[running],
        methods=("POST",),
        data={"verb": "complete"},
    ),
    Case("cycles:withdraw", row="enrolment.withdraw", sees=READ, of=[running, ended], methods=BOTH, data=WHY),
    Case("cycles:change", row="enrolment.change", sees=READ, of=[renamed], methods=BOTH, data=WHY),
    Case("cycles:modules", row="enrolment.change", sees=READ, of=[running], methods=BOTH),
]
PERMISSIONS = [
    (policy.open_cycle, Network),
    (policy.plan_reminders, Network),
    (policy.list_cycles, Network),
    (policy.read_cockpit, Cycle),
    (policy.edit_cycle, Cycle),
    (policy.close_cycle, Cycle),
    (policy.remind, Cycle),
    (policy.enrol, Cycle),
    (policy.read, Enrolment),
    (policy.extend, Enrolment),
    (policy.withdraw, Enrolment),
    (policy.change, Enrolment),
]
