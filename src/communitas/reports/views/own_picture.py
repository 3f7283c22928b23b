"""My community in the national picture."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.reports import policy
from communitas.reports.queries import own_picture as queries
from communitas.reports.rules.documents.own_picture import OwnPicture, OwnRow
from communitas.reports.views.drawings import drawn

MARKS = {"met": "m2", "partly": "m1", "unmet": "m0", "na": "mna"}


@require_safe
@for_members
def own_pictures(request: MemberRequest) -> HttpResponse:
    """The cycles in which one's own communities stand in a released report."""
    rows = queries.own_enrolments(request.actor, request.network)
    context = {
        "rows": [
            {
                "href": reverse("reports:own_picture", args=[row.pk]),
                "community": row.community_name,
                "cycle": row.cycle.name,
            }
            for row in rows
        ]
    }
    return page(request, "reports/national/ours.html", context)


@require_safe
@for_members
def own_picture(request: MemberRequest, pk: int) -> HttpResponse:
    """The own marks of one cycle on the protected cells of all communities."""
    mine = queries.enrolments().filter(cycle__network=request.network)
    enrolment = load(mine, pk, actor=request.actor, may=policy.own_picture)
    found = queries.own_page(enrolment)
    context: dict[str, Any] = {
        "enrolment": enrolment,
        "report": found.report,
        "picture": _shown(found.picture) if found.picture else None,
        "crumbs": [
            {"label": _("National reports"), "href": reverse("reports:nationals")},
            {"label": _("My community in the national picture"), "href": reverse("reports:own_pictures")},
            {"label": f"{enrolment.community_name}, {enrolment.cycle.name}"},
        ],
    }
    return page(request, "reports/national/own.html", context)


def _shown(picture: OwnPicture) -> dict[str, Any]:
    return {
        "headline": picture.headline,
        "group": picture.group,
        "compared": picture.compared,
        "sections": drawn(picture.sections),
        "funnel": drawn(picture.funnel) if picture.funnel else None,
        "mix": picture.mix,
        "columns": [
            {"label": _("Criterion")},
            {"label": _("All communities"), "kind": "number"},
            {"label": _("Us"), "nowrap": True},
        ],
        "learn": [_row(row) for row in picture.learn],
        "give": [_row(row) for row in picture.give],
    }


def _row(row: OwnRow) -> list[Any]:
    return [f"{row.code} {row.statement}", row.network, {"mark": MARKS.get(row.own.kind), "text": row.own.word}]
