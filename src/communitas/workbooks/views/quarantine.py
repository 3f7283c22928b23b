"""The pages on which somebody decides about answers that came out of place."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.lists import Column, Filter, ListSpec, Rows
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.actors import Actor
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy
from communitas.workbooks.forms import DecisionForm
from communitas.workbooks.models import Quarantined
from communitas.workbooks.queries import quarantine as queries
from communitas.workbooks.queries.quarantine import Came
from communitas.workbooks.rules.quarantine import QUARANTINE

SHORT = 90  # characters of a statement or an answer in the list; its page and the files have all
STATES = tuple((state, words) for state, words in QUARANTINE.states.items())
DONE = {
    "place": gettext_lazy("Placed. It stands in the workbook under its author’s name."),
    "keep": gettext_lazy("Kept as a note. It counts nowhere."),
    "decline": gettext_lazy("Declined. It is hidden from this list, and nothing of it was deleted."),
    "undo": gettext_lazy("It waits for a decision again."),
}


def state_of(row: Quarantined) -> str:
    """How a quarantined answer stands."""
    return row.decision.state if hasattr(row, "decision") else QUARANTINE.start


def _narrowed(rows: Rows, state: str) -> Rows:
    return rows.filter(queries.WAITS) if state == "waiting" else rows.filter(decision__state=state)


def _community(row: Quarantined) -> str:
    return row.workbook.review.enrolment.community_name if row.workbook else _("no workbook of this network")


def _criterion(row: Came) -> str:
    return f"{row.where} {row.statement}".strip() or _("no criterion")


def _words(row: Came) -> str:
    return row.withheld or ". ".join(part for part in (row.word, row.text) if part) or _("no words")


def _spec(actor: Actor) -> ListSpec:
    """The list as this person may read it."""

    def came(row: Quarantined) -> Came:
        return queries.in_short(row, actor)

    return ListSpec(
        gettext_lazy("Answers put aside"),
        (
            Column(
                "author",
                gettext_lazy("From"),
                lambda row: row.author.display_name,
                sort=("author__display_name",),
            ),
            Column("community", gettext_lazy("Review of"), _community),
            Column(
                "criterion",
                gettext_lazy("Criterion"),
                lambda row: _criterion(came(row)),
                cell=lambda row: Truncator(_criterion(came(row))).chars(SHORT),
            ),
            Column(
                "words",
                gettext_lazy("What came"),
                lambda row: _words(came(row)),
                cell=lambda row: Truncator(_words(came(row))).chars(SHORT),
            ),
            Column("reason", gettext_lazy("Why it waits"), lambda row: row.sentence),
            Column(
                "received",
                gettext_lazy("It came"),
                lambda row: date_format(timezone.localtime(row.received_at), "j F Y, H:i"),
                sort=("received_at",),
            ),
            Column("state", gettext_lazy("How it stands"), lambda row: str(QUARANTINE.states[state_of(row)])),
        ),
        search=("author__display_name", "sentence", "criterion_key", "code", "statement"),
        filters=(
            Filter("state", gettext_lazy("How it stands"), lambda request: STATES, _narrowed, gettext_lazy("Open")),
        ),
        order_by=("-received_at",),
        link=lambda row: reverse("workbooks:quarantined", args=[row.pk]),
        empty=gettext_lazy("No answer is put aside here."),
    )


@for_members
def quarantine(request: MemberRequest) -> HttpResponse:
    """Everything that waits or was kept, as far as this person may read it; decided ones by the filter."""
    rows = queries.listed(request.network, request.actor)
    if request.GET.get("state") not in QUARANTINE.states:
        rows = rows.filter(queries.SHOWN)
    spec = _spec(request.actor)
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
        "community": _community(row),
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
