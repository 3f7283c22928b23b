"""Rules that two people set aside for one reviewer at one visit: what stands in the way now, and what was decided."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.allocation.models import Forbidden, Override
from communitas.allocation.queries.naming import sentence
from communitas.allocation.queries.problem import state_problem
from communitas.allocation.rules.eligibility import Eligibility
from communitas.allocation.rules.problem import OVERRIDABLE
from communitas.cycles.models import Cycle
from communitas.cycles.queries import today_in
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Access, RoleGrant
from communitas.people.models import Account
from communitas.visits.models import Visit
from communitas.visits.queries import objected_pairs
from communitas.visits.rules.overriding import DERIVED, DISTANCE, SetAside

WORDS = {
    "own organisation": gettext_lazy("works for the organisation of the host"),
    "conflict": gettext_lazy("is tied to the host by where they belong"),
    "no_repeat_cycles": gettext_lazy("their community visited the host in recent cycles"),
    "max_distance_km": gettext_lazy("lives farther away than the limit"),
}
NEVER = {
    "belongs": gettext_lazy("%(name)s belongs to this community. That is never set aside."),
    "declared": gettext_lazy(
        "%(name)s declared an interest in this community. Nobody sets somebody's own word aside: "
        "only they can take it back, when the interest is over."
    ),
    "objected": gettext_lazy("The community objected to %(name)s, and the office upheld that. It is never set aside."),
    "kept off": gettext_lazy("The office keeps %(name)s off this visit. Let them visit again first."),
}
AT_VISITS: Mapping[str, frozenset[str]] = {  # the same rules, as those of visits are called
    "own organisation": frozenset({"not_own_organisation"}),
    "conflict": DERIVED,
    "no_repeat_cycles": frozenset({"no_repeat"}),
    "max_distance_km": frozenset({DISTANCE}),
}


def in_words(rules: Iterable[str]) -> str:
    """What is so of somebody although the rules do not want it."""
    return ", ".join(str(WORDS[rule]) for rule in rules)


def overrides_in(cycle: Cycle, community_id: int | None = None) -> list[Override]:
    """What was proposed, confirmed, declined and taken back in the cycle, or for one host. One query."""
    found = Override.objects.filter(visit__enrolment__cycle=cycle)
    found = found if community_id is None else found.filter(visit__enrolment__community=community_id)
    return list(_with_people(found))


def set_aside_at(visits: Iterable[int]) -> dict[int, dict[int, SetAside]]:
    """What stands for each of these visits, by account, as the rules of visits want it. One query."""
    found = defaultdict[int, dict[int, SetAside]](dict)
    for one in Override.objects.filter(visit__in=list(visits), lifted_at=None, confirmed_by__isnull=False):
        found[one.visit_id][one.account_id] = SetAside(
            rules=frozenset().union(*(AT_VISITS[rule] for rule in one.rules)),
            reason=one.reason,
            proposed_by=one.proposed_by_id,
            confirmed_by=one.confirmed_by_id or 0,
        )
    return dict(found)


def never_for(cycle: Cycle, community_id: int, *, at: datetime) -> dict[int, str]:
    """For whom nothing is set aside at a community's visit, by account: a key of NEVER. Four queries."""
    kept_off = Forbidden.objects.filter(
        visit__enrolment__cycle=cycle, visit__enrolment__community=community_id, lifted_at=None
    )
    interests = Access.objects.filter(relation=Access.Relation.INTEREST, community=community_id)
    homes = RoleGrant.objects.filter(community=community_id, since_at__lte=at)
    objected = objected_pairs(cycle.network_id)
    return {
        **{account: "objected" for account, communities in objected.items() if community_id in communities},
        **dict.fromkeys(kept_off.values_list("account_id", flat=True), "kept off"),
        **dict.fromkeys(interests.exclude(until_at__lte=at).values_list("account_id", flat=True), "declared"),
        **dict.fromkeys(homes.exclude(until_at__lte=at).values_list("account_id", flat=True), "belongs"),
    }


def rules_in_the_way(visit: Visit, account: Account, *, at: datetime) -> list[str]:
    """The rules that two people must set aside before somebody may visit.

    NotAllowed where there are none, or where one stands in the way that nobody sets aside.
    """
    cycle, name = visit.enrolment.cycle, account.display_name
    if why := never_for(cycle, visit.enrolment.community_id, at=at).get(account.pk):
        raise NotAllowed(NEVER[why] % {"name": name})
    stated = state_problem(cycle, on=today_in(cycle.network, at), at=at)
    if stated.problem is None:
        raise NotAllowed(_("What was decided beforehand does not go together. Please put that right first."))
    people = {one.id: one for one in stated.problem.reviewers}
    reviewer = people.get(f"p{account.pk}")
    host = next((one for one in stated.problem.hosts if stated.visits[one.id] == visit.pk), None)
    if reviewer is None or host is None:
        raise NotAllowed(
            _("No plan can put %(name)s on this visit now: it misses a date, a place or days.") % {"name": name}
        )
    broken = dict(Eligibility(stated.problem).obstacles(reviewer, host))
    others = [why for rule, why in broken.items() if rule not in OVERRIDABLE]
    if others:
        raise NotAllowed(" ".join(sentence(why, stated.names) for why in others))
    if not broken:
        raise NotAllowed(_("No rule that could be set aside keeps %(name)s from this visit.") % {"name": name})
    return list(broken)


def _with_people(found: QuerySet[Override]) -> QuerySet[Override]:
    return found.select_related(
        *("account", "proposed_by", "confirmed_by", "lifted_by", "visit__enrolment__cycle__network__tenant")
    )
