"""Who may do what with cycles and enrolments."""

from communitas.cycles.rules.stages import ENDED
from communitas.kit.permissions import Condition, unless
from communitas.members.policy import allow

UNDER_WAY: Condition = unless(stage__in=[stage.value for stage in ENDED])

open_cycle = allow("cycle.open", why="Only the office opens a cycle.", network="pk")
list_cycles = allow("cycle.read_cockpit", why="Only the office reads the list of cycles.", network="pk")
read_cockpit = allow("cycle.read_cockpit", why="Only the office reads the cockpit of a cycle.", network="network")
edit_cycle = allow(
    "cycle.open", why="Only the office changes the settings of a cycle.", network="network", sees=read_cockpit
)
close_cycle = allow("cycle.close", why="Only the office closes a cycle.", network="network", sees=read_cockpit)
remind = allow("cycle.remind", why="Only the office sends reminders.", network="network", sees=read_cockpit)
plan_reminders = allow("cycle.remind", why="Only the office decides when reminders leave.", network="pk")
enrol = allow("enrolment.create", why="Only the office enrols communities.", network="network", sees=read_cockpit)

read = allow(
    "enrolment.read",
    why="Only people of the community, its visit team and the office read an enrolment.",
    network="cycle__network",
    community="community",
    scope="pk",
)
extend = allow(
    "cycle.extend_deadline",
    why="Only the office extends a deadline.",
    network="cycle__network",
    community="community",
    scope="pk",
    sees=read,
)
withdraw = allow(
    "enrolment.withdraw",
    why="Only the community lead, while the cycle is under way, and the office withdraw a community from a cycle.",
    network="cycle__network",
    community="community",
    scope="pk",
    atoms={"W": UNDER_WAY},
    sees=read,
)
change = allow(
    "enrolment.change",
    why="Only the office moves an enrolment by hand, closes it, or records a change of its community.",
    network="cycle__network",
    community="community",
    scope="pk",
    sees=read,
)
