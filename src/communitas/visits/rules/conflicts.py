"""Who may not sit on which team: the rules about conflicts of interest and about seats.

Each rule answers True when it is kept; `conflicts` gives the sentence of every rule that is broken.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from communitas.kit.rulebook import rule, sentence
from communitas.visits.rules.clearance import Papers, is_still_cleared
from communitas.visits.rules.team import CLIENT_MEMBER, LEAD, SPECIALIST, STAFF, Place, TeamShape


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a reviewer for one visit; communities and organisations by their ids as text.

    `communities` and `organisations` are all they belong to now, `former_communities` and `former_organisations` those
    of roles that ended within the years that the network has set; `declared` the communities where they
    declared an interest or whose objection was upheld; `approvals` (of `lead`, `reviewer`, `specialist`) what
    their training and checks allow on the date, for this type of visit; `visits` how many other visits of the
    cycle they already take part in. `is_available` is None while nobody knows. `cleared_until` is the day until
    which they are cleared for the host's site, from an earlier visit.
    """

    person: str
    communities: frozenset[str]
    organisations: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    approvals: frozenset[str] = frozenset()
    is_client_member: bool = False
    visits: int = 0
    is_available: bool | None = None
    cleared_until: date | None = None
    former_communities: frozenset[str] = frozenset()
    former_organisations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Host:
    """The community that is visited, its organisation (empty where it has none) and the visit's cycle."""

    community: str
    organisation: str
    cycle: int  # the cycle's number in the network's order


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One community reviewed another in a cycle: one row for each community on the team.

    Visits of the running cycle are rows too, planned ones included, save the one that is being staffed.
    """

    reviewing: str
    host: str
    cycle: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The network's settings. `repeat_after`: how many cycles a pair rests; 0 switches the rule off."""

    repeat_after: int = 3
    visits_per_reviewer: int = 2


@dataclass(frozen=True, slots=True)
class Case:
    """One person considered for one seat. `team` are the other places of this visit.

    `papers` is what a secure site asks for; None where the site asks for nothing, or the visit has no date.
    """

    person: Person
    seat: str
    host: Host
    team: tuple[Place, ...] = ()
    history: tuple[PastVisit, ...] = ()
    limits: Limits = Limits()
    shape: TeamShape = field(default_factory=TeamShape)
    papers: Papers | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule that is broken: its name for machines, its sentence for people."""

    rule: str
    sentence: str


@rule
def not_own_community(case: Case) -> bool:
    """Nobody reviews a community that they belong to."""
    return case.host.community not in case.person.communities


@rule
def not_own_organisation(case: Case) -> bool:
    """Nobody reviews a community of their own organisation."""
    return not case.host.organisation or case.host.organisation not in case.person.organisations


@rule
def not_formerly_there(case: Case) -> bool:
    """Nobody reviews a community where they had a role, or one of its organisation, within the years that are set."""
    return case.host.community not in case.person.former_communities and (
        not case.host.organisation or case.host.organisation not in case.person.former_organisations
    )


@rule
def organisation_by_appointment(kind: str, names_organisation: bool) -> bool:
    """An interest is about a whole organisation only when it is an appointment there."""
    return not names_organisation or kind == "appointment"


@rule
def no_declared_interest(case: Case) -> bool:
    """Nobody reviews a community where an interest was declared or the host's objection was upheld."""
    return case.host.community not in case.person.declared


@rule
def no_swap(case: Case) -> bool:
    """Two communities do not review each other in one cycle."""
    return not any(
        past.cycle == case.host.cycle and past.reviewing == case.host.community and past.host in case.person.communities
        for past in case.history
    )


@rule
def no_repeat(case: Case) -> bool:
    """A community does not review the same host again within the number of cycles that the network has set.

    With a rest of 3, a pair of cycle 5 may meet again in cycle 8. Another team member from the same community
    in this cycle is no repeat: that is one visit.
    """
    return not any(
        past.host == case.host.community
        and past.reviewing in case.person.communities
        and 0 < case.host.cycle - past.cycle < case.limits.repeat_after
        for past in case.history
    )


@rule
def approved_for_seat(case: Case) -> bool:
    """A reviewer's training and checks are valid for the seat and the type of visit on its date."""
    needed = case.seat if case.seat in {LEAD, SPECIALIST} else "reviewer"
    return needed in case.person.approvals or (needed == "reviewer" and LEAD in case.person.approvals)


@rule
def client_member_seat_is_theirs(case: Case) -> bool:
    """The client member's seat is for a client member, the staff seats are for staff."""
    if case.seat == CLIENT_MEMBER:
        return case.person.is_client_member
    return case.seat != STAFF or not case.person.is_client_member


@rule
def one_seat_each(case: Case) -> bool:
    """One person takes one seat on a team."""
    return all(place.person != case.person.person for place in case.team if place.is_taken)


@rule
def seat_is_free(case: Case) -> bool:
    """A team has only the seats that the network has set for this kind of visit."""
    taken = sum(place.seat == case.seat and place.is_coming for place in case.team)
    return taken < case.shape.seats.get(case.seat, 0)


@rule
def not_too_many_visits(case: Case) -> bool:
    """A reviewer takes part in at most as many visits of a cycle as the network has set."""
    return case.person.visits < case.limits.visits_per_reviewer


@rule
def available_on_date(case: Case) -> bool:
    """A reviewer who is not free on the date is not appointed."""
    return case.person.is_available is not False


@rule
def papers_in_time(case: Case) -> bool:
    """Nobody is asked to a secure site once it is too late for their papers, unless they are still cleared for it."""
    papers = case.papers
    if papers is None or papers.today <= papers.last_day:
        return True
    return is_still_cleared(case.person.cleared_until, papers.on)


RULES: Final[tuple[Callable[[Case], bool], ...]] = (
    not_own_community,
    not_own_organisation,
    not_formerly_there,
    no_declared_interest,
    no_swap,
    no_repeat,
    approved_for_seat,
    client_member_seat_is_theirs,
    one_seat_each,
    seat_is_free,
    not_too_many_visits,
    available_on_date,
    papers_in_time,
)


def conflicts(case: Case) -> list[Refusal]:
    """Every rule that this person on this seat would break, in the order of RULES; empty when all is well."""
    return [Refusal(kept.__name__, sentence(kept)) for kept in RULES if not kept(case)]


def team_conflicts(cases: Iterable[Case]) -> dict[str, list[Refusal]]:
    """The refusals of several people by person; those without any are left out."""
    found = {case.person.person: conflicts(case) for case in cases}
    return {person: refusals for person, refusals in found.items() if refusals}
