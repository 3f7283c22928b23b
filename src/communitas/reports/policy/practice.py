"""Who may do what with the library of good practice."""

from functools import partial
from typing import Any

from django.db.models import Q

from communitas.kit.permissions import NOBODY, where
from communitas.members.policy import ALWAYS, allow
from communitas.reports.policy.plan import of_enrolment, read_plan
from communitas.reports.rules.practice import SHARED

of_practice = partial(allow, network="network", community="enrolment__community")


def _not_who_offered(actor: Any, role: str) -> Q:
    return ~Q(offered_by=actor.account_id) if actor.account_id else NOBODY


read_practice = of_practice(
    "practice.read",
    why="The library is read by every member of the network; what is not in it, by its community lead and the office.",
    atoms={"F": where(state=SHARED)},
)
offer_achievements = of_enrolment(
    "practice.offer", why="The community lead offers an achievement to the library.", sees=read_plan
)
offer_practice = of_practice(
    "practice.offer", why="The community lead offers an achievement to the library.", sees=read_practice
)
decide_practice = of_practice(
    "practice.decide",
    why="The office decides what stands in the library, and not whoever offered it.",
    atoms={"not-author": _not_who_offered},
    sees=read_practice,
)
withdraw_practice = of_practice(
    "practice.withdraw",
    why="A good practice is withdrawn by its community lead, or by the office.",
    sees=read_practice,
)
oversee_practices = allow(
    "practice.decide",
    why="Only the office sees what is offered to the library.",
    network="pk",
    atoms={"not-author": ALWAYS},
)
