"""Fairness shown: the give-and-take ledger, the load of each reviewer, distances, and client members on the teams."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from communitas.allocation import policy
from communitas.allocation.fairness_lists import ledger_list, load_list
from communitas.allocation.queries import fairness as queries
from communitas.allocation.queries import fairness_screens as screens
from communitas.allocation.views.preparing import COMMUNITY
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members


@for_members
def fairness(request: MemberRequest) -> HttpResponse:
    """Cycle by cycle, and how far giving and taking balance out."""
    policy.list_plans.require(request.actor, request.network)
    fair = queries.read_fairness(request.network)
    context = screens.overview(fair, list(queries.communities(request.network)))
    return page(request, "allocation/fairness.html", context)


@for_members
def ledger(request: MemberRequest) -> HttpResponse:
    """What each community gave and received, searched, sorted and downloaded."""
    policy.list_plans.require(request.actor, request.network)
    fair, rows = queries.read_fairness(request.network), queries.communities(request.network)
    spec = ledger_list(request.network, fair)
    if spec.wants_download(request):
        return spec.download(rows, request)
    lead = _("Reviewer-days given less those received. A visit counts when it is closed.")
    context = {"listing": spec.read(rows, request), "title": _("Give and take"), "lead": lead}
    return page(request, "allocation/fairness_list.html", context, partial="list")


@for_members
def load_of_reviewers(request: MemberRequest) -> HttpResponse:
    """How often each reviewer goes, and how far, searched, sorted and downloaded."""
    policy.list_plans.require(request.actor, request.network)
    fair, rows = queries.read_fairness(request.network), queries.travellers(request.network)
    spec = load_list(fair)
    if spec.wants_download(request):
        return spec.download(rows, request)
    lead = _("Kilometres are one way, in a straight line, from where people set out today.")
    context = {"listing": spec.read(rows, request), "title": _("Who reviews how often"), "lead": lead}
    return page(request, "allocation/fairness_list.html", context, partial="list")


@for_members
def give_and_take(request: MemberRequest, pk: int) -> HttpResponse:
    """What one community gave and received, for its own people: numbers of people, and no names."""
    community = load(COMMUNITY, pk, actor=request.actor, may=policy.read_ledger)
    fair = queries.read_fairness(request.network)
    return page(request, "allocation/give_and_take.html", screens.of_community(fair, community))
