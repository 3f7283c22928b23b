"""The pages on which somebody decides about answers that came out of place."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy
from communitas.workbooks.forms import DecisionForm
from communitas.workbooks.lists import community_of, put_aside, state_of
from communitas.workbooks.models import Quarantined
from communitas.workbooks.queries import quarantine as queries
from communitas.workbooks.rules.quarantine import QUARANTINE

DONE = {
    "place": gettext_lazy("Placed. It stands in the workbook under its author’s name."),
    "keep": gettext_lazy("Kept as a note. It counts nowhere."),
    "decline": gettext_lazy("Declined. It is hidden from this list, and nothing of it was deleted."),
    "undo": gettext_lazy("It waits for a decision again."),
}


@for_members
def quarantine(request: MemberRequest) -> HttpResponse:
    """Everything that waits or was kept, as far as this person may read it; decided ones by the filter."""
    rows = queries.listed(request.network, request.actor)
    if request.GET.get("state") not in QUARANTINE.states:
        rows = rows.filter(queries.SHOWN)
    spec = put_aside(request.actor)
    if spec.wants_download(request):
        return spec.download(rows, request)
    return page(request, "workbooks/quarantine.html", {"listing": spec.read(rows, request)}, partial="list")


@for_members
def quarantined(request: MemberRequest, pk: int) -> HttpResponse:
    """One answer that came out of place, beside what stands there now."""
    row = load(queries.quarantined(), pk, actor=request.actor, may=policy.read_quarantine)
    return page(request, "workbooks/quarantined.html", _context(request, row, DecisionForm()))


@for_members
@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Place it, keep it as a note, decline it with a reason, or look at it again."""
    row = load(queries.quarantined(), pk, actor=request.actor, may=policy.place_quarantined)
    form = DecisionForm(request.POST)
    if form.is_valid():
        verb, reason = form.cleaned_data["verb"], form.cleaned_data["reason"]
        try:
            _act(request, row, verb, reason)
        except NotAllowed as refused:
            form.add_error("reason" if verb == "decline" and not reason.strip() else None, refused.why)
        else:
            messages.success(request, str(DONE[verb]))
            back = "workbooks:quarantined" if verb in {"undo", "decline"} else "workbooks:quarantine"
            return redirect(back, *([pk] if verb in {"undo", "decline"} else []))
    row = queries.quarantined().get(pk=pk)
    return page(request, "workbooks/quarantined.html", _context(request, row, form), status=422)


def _act(request: MemberRequest, row: Quarantined, verb: str, reason: str) -> None:
    if verb == "place":
        actions.place(quarantined=row, by=request.user, at=request.now)
    elif verb == "keep":
        actions.keep(quarantined=row, reason=reason, by=request.user, at=request.now)
    elif verb == "decline":
        actions.decline(quarantined=row, reason=reason, by=request.user, at=request.now)
    else:
        actions.undo_decision(quarantined=row, by=request.user, at=request.now)


def _context(request: MemberRequest, row: Quarantined, form: DecisionForm) -> dict[str, Any]:
    form.fields["reason"].required = True  # declining needs one, so the page does not call it optional
    form.use_required_attribute = False
    item, state = queries.item_of(row), state_of(row)
    may_decide = policy.place_quarantined.allows(request.actor, row)
    decision = row.decision if hasattr(row, "decision") else None
    return {
        "row": row,
        "form": form,
        "came": queries.came(row, item.event if item else None, item.raw if item else "", request.actor),
        "top": queries.top_of(row),
        "now": queries.there_now(row, request.actor, request.now),
        "community": community_of(row),
        "workbook": row.workbook,
        "enrolment": row.workbook.review.enrolment if row.workbook else None,
        "received": date_format(timezone.localtime(row.received_at), "j F Y, H:i"),
        "decision": decision,
        "decided_at": date_format(timezone.localtime(decision.at), "j F Y, H:i") if decision else "",
        "state": QUARANTINE.states[state],
        "state_code": state,
        "verbs": [move.verb for move in QUARANTINE.allowed(state)] if may_decide else [],
        "may_redact": policy.redact_quarantined.allows(request.actor, row),
        "redacted": item is None,
    }
