"""Reminders: choose in the cockpit, read what will be sent to whom, send."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.cycles import policy
from communitas.cycles.forms import RemindForm
from communitas.cycles.models import Cycle
from communitas.cycles.queries.cockpit import chosen
from communitas.cycles.queries.leads import Letter, letters
from communitas.cycles.rules.reminders import fill
from communitas.kit import tasks
from communitas.kit.loading import load
from communitas.kit.models import Job
from communitas.kit.pages import page
from communitas.kit.prepared import Finder
from communitas.members.http import MemberRequest, for_members

WHOLE = Finder(lambda: Cycle.objects.select_related("network__tenant"))


@for_members
def remind(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the message, see whom it reaches, send it in the background. Only 'send' sends."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.remind)
    ids = [] if "all" in request.POST else request.POST.getlist("enrolment") or request.GET.getlist("enrolment")
    if "some" in request.POST and not ids:
        messages.error(request, _("Please tick the communities to remind."))
        return redirect("cycles:cockpit", cycle.pk)
    found = letters(chosen(cycle, ids, request, request.now).select_related("cycle"), request.now)
    written = "message" in request.POST
    form = RemindForm(request.POST if written else None, initial=_usual())
    if written and form.is_valid() and "send" in request.POST and found:
        messages.success(request, _("The reminders are on their way."))
        return redirect("web:job", _start(request, cycle, found, form.cleaned_data).pk)
    return page(request, "cycles/remind.html", {"cycle": cycle, "form": form} | _preview(form, found))


def _start(request: MemberRequest, cycle: Cycle, found: list[Letter], words: dict[str, str]) -> Job:
    ids = [letter.enrolment.pk for letter in found]
    return tasks.start(
        "cycles.remind",
        *(cycle.pk, ids, words["subject"], words["message"], request.user.pk),
        tenant=request.network.tenant,
        by=request.user,
        at=request.now,
        title=_("Reminders of the %(cycle)s cycle") % {"cycle": cycle.name},
    )


def _usual() -> dict[str, str]:
    return {
        "subject": _("{community}: {stage}"),
        "message": _(
            "A friendly reminder about the {cycle} cycle.\n\n{next}\n\nIf you need more time, please write to us."
        ),
    }


def _preview(form: RemindForm, found: list[Letter]) -> dict[str, Any]:
    values = form.data if form.is_bound else form.initial
    first = next((letter for letter in found if letter.reached), None)
    return {
        "letters": found,
        "messages_count": sum(len(letter.reached) for letter in found),
        "reached": [letter for letter in found if letter.reached],
        "without_address": [
            f"{account.display_name} ({letter.enrolment.community_name})"
            for letter in found
            for account in letter.without_address
        ],
        "without_lead": [letter.enrolment.community_name for letter in found if letter.nobody],
        "example": first,
        "example_subject": fill(str(values.get("subject", "")), first.values) if first else "",
        "example_text": fill(str(values.get("message", "")), first.values) if first else "",
    }
