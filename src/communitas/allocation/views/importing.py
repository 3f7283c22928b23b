"""When and from where many reviewers come, from a table."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.allocation import actions, policy
from communitas.allocation.forms import ReviewersForm
from communitas.allocation.queries import preparing
from communitas.allocation.views.studio import WHOLE
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members

LINES_SHOWN = 50


@for_members
def import_reviewers(request: MemberRequest, pk: int) -> HttpResponse:
    """Days and home bases from a table; when anything in it is wrong, nothing is taken over and all of it is said."""
    cycle = load(WHOLE, pk, actor=request.actor, may=policy.propose)
    form, problems = ReviewersForm(request.POST or None, request.FILES or None), list[str]()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        rows, problems = preparing.read_table(request.network, file.read(), file.name, at=request.now)
        if not problems:
            count = actions.import_reviewers(network=request.network, rows=rows, by=request.user, at=request.now)
            messages.success(request, _("Days and home bases of %(count)s people are taken over.") % {"count": count})
            return redirect("allocation:reviewers", pk)
    context = {"cycle": cycle, "form": form, "problems": problems[:LINES_SHOWN], "more": len(problems) - LINES_SHOWN}
    return page(request, "allocation/import.html", context, status=422 if form.errors or problems else 200)
