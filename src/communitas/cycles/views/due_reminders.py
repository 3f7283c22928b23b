"""When reminders leave by themselves, and what would leave today."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.cycles import actions, policy
from communitas.cycles.forms import ReminderPlanForm
from communitas.cycles.queries.reminders import plan_of, reminding
from communitas.kit.exceptions import NotAllowed
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members


@for_members
def reminders(request: MemberRequest) -> HttpResponse:
    """Choose the days; 'look' shows what would leave today with them, and only 'save' keeps them."""
    policy.plan_reminders.require(request.actor, request.network)
    plan = plan_of(request.network)
    form = ReminderPlanForm(request.POST or None, initial=ReminderPlanForm.of(plan))
    if request.method == "POST" and form.is_valid():
        plan = form.plan()
        try:
            if "look" not in request.POST:
                actions.set_reminders(network=request.network, **form.cleaned_data, by=request.user, at=request.now)
                messages.success(request, _("The days are saved."))
                return redirect("cycles:reminders")
        except NotAllowed as refused:
            form.add_error(None, refused.why)
    found = reminding(request.network, request.now, plan)
    return page(request, "cycles/reminders.html", {"form": form, "plan": plan, "found": found})
