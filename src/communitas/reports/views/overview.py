"""How the plans of all communities go on, for the office: how many actions, what is done, what is overdue."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from communitas.cycles.models import Enrolment
from communitas.cycles.queries import today_in
from communitas.kit.lists import Column, Filter, ListSpec
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports import policy
from communitas.reports.models import Action
from communitas.reports.queries.planned import OPEN
from communitas.reports.rules.actionplan import done_share
from communitas.reports.views.lists import CYCLE_OF_ENROLMENT, TYPE_OF_ENROLMENT


@require_safe
@for_members
def overview(request: MemberRequest) -> HttpResponse:
    """Every plan with how it goes on."""
    policy.oversee_plans.require(request.actor, request.network)
    rows = counted(Enrolment.objects.filter(cycle__network=request.network), today_in(request.network, request.now))
    if OVERVIEW.wants_download(request):
        return OVERVIEW.download(rows, request)
    return page(request, "reports/overview.html", {"listing": OVERVIEW.read(rows, request)}, partial="list")


def counted(enrolments: QuerySet[Enrolment], today: date) -> QuerySet[Enrolment]:
    """The enrolments with a plan, and how many of its actions are done, overdue, given up, or need none."""

    def number(**lookups: Any) -> Count:
        return Count("actions", filter=Q(**{f"actions__{name}": value for name, value in lookups.items()}))

    return (
        enrolments.filter(actions__isnull=False)
        .select_related("cycle", "service_type")
        .annotate(
            planned=Count("actions", filter=~Q(actions__state=Action.State.NO_ACTION)),
            done=number(state=Action.State.DONE),
            dropped=number(state=Action.State.DROPPED),
            overdue=number(state__in=OPEN, due_on__lt=today),
            nothing=number(state=Action.State.NO_ACTION),
        )
    )


def _share(row: Any) -> str:
    share = done_share(done=row.done, planned=row.planned)
    return "–" if share is None else _("%(share)s %%") % {"share": share}


def _overdue(row: Any) -> Any:
    return {"text": str(row.overdue), "tag": _("overdue"), "tone": "warn"} if row.overdue else row.overdue


# Nobody sorts by the share that is done: that would be a league table of small plans.
OVERVIEW = ListSpec(
    name=gettext_lazy("How plans go on"),
    columns=(
        Column("community", gettext_lazy("Community"), lambda e: e.community_name, ("community_name",)),
        Column("cycle", gettext_lazy("Cycle"), lambda e: e.cycle.name, ("cycle__opens_on",), nowrap=True),
        Column("type", gettext_lazy("Type"), lambda e: e.service_type.name, ("service_type__name",)),
        Column("actions", gettext_lazy("Actions"), lambda e: e.planned, ("planned",), number=True),
        Column("done", gettext_lazy("Done"), lambda e: e.done, number=True),
        Column("share", gettext_lazy("Done share"), _share, number=True),
        Column("overdue", gettext_lazy("Overdue"), lambda e: e.overdue, ("overdue",), number=True, cell=_overdue),
        Column("dropped", gettext_lazy("Given up"), lambda e: e.dropped, number=True, on_screen=False),
        Column("nothing", gettext_lazy("No action"), lambda e: e.nothing, number=True),
        Column("stage", gettext_lazy("Stage"), lambda e: e.get_stage_display(), on_screen=False),
    ),
    search=("community_name", "organisation__name"),
    filters=(
        Filter(
            "late",
            gettext_lazy("Overdue"),
            lambda request: [("yes", gettext_lazy("With overdue actions"))],
            lambda rows, value: rows.filter(overdue__gt=0),
        ),
        CYCLE_OF_ENROLMENT,
        TYPE_OF_ENROLMENT,
    ),
    order="community",
    link=lambda e: reverse("reports:board", args=[e.pk]),
    empty=gettext_lazy("No plan fits these filters. Plans begin when a local report is final."),
)
