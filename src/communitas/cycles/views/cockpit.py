"""The cockpit of a cycle."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communitas.cycles import actions, policy, queries
from communitas.cycles.models import Cycle
from communitas.cycles.queries import cockpit as reads
from communitas.cycles.queries.rounds import current_cycle
from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members

WHOLE = Finder(lambda: Cycle.objects.select_related("network__tenant", "edition__standard_set"))


@for_members
def now(request: MemberRequest) -> HttpResponse:
    """The way from the navigation to the cycle that people mean by 'the cycle'."""
    policy.list_cycles.require(request.actor, request.network)
    cycle = current_cycle(request.network)
    return redirect("cycles:cockpit", cycle.pk) if cycle else redirect("cycles:cycles")


@for_members
def cockpit(request: MemberRequest, pk: int) -> HttpResponse:
    """Every enrolment by stage, what is late, what comes next; or the same as a file."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.read_cockpit)
    today = queries.today_in(request.network, request.now)
    if request.GET.get("format") in {"csv", "xlsx"}:
        return _download(request, cycle)
    listing, rows = reads.read(cycle, request, request.now)
    figures = reads.figures(cycle, today)
    context = {
        "cycle": cycle,
        "listing": listing,
        "rows": rows,
        "columns": listing.columns,
        "figures": figures,
        "segments": reads.segments(figures, request),
        "address": request.GET.urlencode(),
        "open": cycle.state == Cycle.State.OPEN,
    }
    return page(request, "cycles/cockpit.html", context, partial="list")


def _download(request: MemberRequest, cycle: Cycle) -> HttpResponse:
    today = queries.today_in(request.network, request.now)
    every = reads.enrolments(cycle)
    found = reads.spec(cycle, today).narrow(every, request)
    rows = {row.pk: row for row in reads.rows_of(found, cycle, today)}
    return reads.spec(cycle, today, rows).download(every, request)


@for_members
@require_POST
def open_self_reviews(request: MemberRequest, pk: int) -> HttpResponse:
    """Open every self-review whose window has begun."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.enrol)
    try:
        count = actions.open_due_self_reviews(cycle=cycle, by=request.user, at=request.now)
    except NotAllowed as refused:
        messages.error(request, refused.why)
    else:
        words = ngettext("%(count)s self-review is open now.", "%(count)s self-reviews are open now.", count)
        messages.success(request, words % {"count": count} if count else _("No window has begun yet."))
    return redirect("cycles:cockpit", cycle.pk)
