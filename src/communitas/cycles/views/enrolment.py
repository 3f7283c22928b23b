"""One enrolment."""

from django.http import HttpResponse

from communitas.cycles import policy, queries
from communitas.cycles.models import Enrolment
from communitas.cycles.queries import enrolments as reads
from communitas.cycles.queries.leads import leads_of
from communitas.cycles.rules.stages import ENDED, Pathway, moves_of
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members

WHOLE = Finder(
    lambda: Enrolment.objects.select_related(
        "cycle__network__tenant", "cycle__edition", "community", "service_type", "organisation", "edition__standard_set"
    )
)
HOST = ("client_member", "staff", "community_lead")
BY_HAND = {"open_self_review", "reinstate", "complete"}  # the office's; every other move is made on its own page


@for_members
def enrolment(request: MemberRequest, pk: int) -> HttpResponse:
    """Where it stands, its due dates, its history, its people, and the ways to workbook, visit and report."""
    found = load(WHOLE, pk, actor=request.actor, may=policy.read)
    today = queries.today_in(request.network, request.now)
    dues = reads.due_rows(found, today)
    office = policy.change.allows(request.actor, found)
    roles = _roles(request, found)
    step = next(iter(reads.steps_of(found, roles, request.actor)), None)
    moves = moves_of(Pathway(found.pathway)).allowed(found.stage, by="office") if office else ()
    context = {
        "enrolment": found,
        "dues": dues,
        "stations": reads.path_of_stages(found, dues, today),
        "history": reads.history_of(found),
        "leads": leads_of([found.community_id], request.now).get(found.community_id, []),
        "links": reads.links_of(found, roles, request.actor),
        "step": step,
        "step_when": reads.by_words(step.due_on, today) if step else "",
        "moves": [move for move in moves if move.verb in BY_HAND],
        "office": office,
        "may_withdraw": policy.withdraw.allows(request.actor, found) and found.stage not in ENDED,
        "running": found.stage not in ENDED,
    }
    return page(request, "cycles/enrolment.html", context)


def _roles(request: MemberRequest, found: Enrolment) -> frozenset[str]:
    """As what the reader meets this enrolment: in its community, on its team, in the office of its network."""
    own = {role for role in HOST if found.community_id in request.actor.communities_as(role)}
    team = {"reviewer", "lead_reviewer"} if found.pk in request.actor.scopes("team") else set()
    office = {"office"} if request.actor.holds("office", found.cycle.network_id) else set()
    return frozenset(own | (team & request.actor.roles) | office)
