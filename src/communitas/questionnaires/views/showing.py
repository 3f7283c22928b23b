"""Counters, and what was released: for the community, its visit team and the office."""

from django.http import Http404, HttpResponse

from communitas.cycles.models import Enrolment
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.questionnaires import policy, queries
from communitas.questionnaires.queries.screens import counter_rows
from communitas.standards.models import Criterion


@for_members
def counters(request: MemberRequest, pk: int) -> HttpResponse:
    """How many answers came back for an enrolment, never what they say; and the ways to what was released."""
    enrolment = load(
        Enrolment.objects.select_related("cycle__network__tenant"),
        pk,
        actor=request.actor,
        may=policy.counters_of_enrolment,
    )
    rows = counter_rows(enrolment, request.actor, request.now)
    return page(request, "questionnaires/counters.html", {"enrolment": enrolment, "rows": rows})


@for_members
def results(request: MemberRequest, pk: int) -> HttpResponse:
    """The released figures of one questionnaire at one community."""
    opening = load(queries.opening, pk, actor=request.actor, may=policy.read_aggregate)
    context = {"opening": opening, "enrolment": opening.enrolment, "items": queries.results_of(opening)}
    return page(request, "questionnaires/results.html", context)


@for_members
def about_criterion(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """What all released questionnaires of an enrolment say about one criterion."""
    visible = policy.read_aggregate.visible(queries.openings().filter(enrolment=pk), request.actor)
    said = queries.said_of_criterion(visible.order_by("questionnaire__audience"), key)
    if not said:
        raise Http404
    opening = next(iter(said))
    criterion = Criterion.objects.filter(edition=opening.questionnaire.edition_id, key=key).first()
    context = {"opening": opening, "enrolment": opening.enrolment, "criterion": criterion, "said": list(said.items())}
    return page(request, "questionnaires/about.html", context)
