"""Who answers a self-review with the community lead."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.forms import ContributorForm
from communitas.workbooks.queries.people import account_of, nameable
from communitas.workbooks.views.frame import frame


@for_members
def contributors(request: MemberRequest, pk: int) -> HttpResponse:
    """The community's people: name them, or take them off the list."""
    workbook = load(queries.self_review, pk, actor=request.actor, may=policy.delegate)
    form = ContributorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = account_of(workbook, form.cleaned_data["account"], request.now)
        if account is None:
            raise Http404
        try:
            act = actions.end_contributor if form.cleaned_data["end"] else actions.name_contributor
            act(workbook=workbook, account=account, by=request.user, at=request.now)
            messages.success(request, _("Saved."))
        except NotAllowed as refused:
            messages.error(request, refused.why)
        return redirect("workbooks:contributors", pk)
    context = frame(workbook) | {"people": nameable(workbook, request.now)}
    return page(request, "workbooks/contributors.html", context)
