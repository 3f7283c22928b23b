"""Background work that a person started: its progress, and where its result is."""

from django.http import Http404, HttpResponse

from communitas.kit.models import Job
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members


@for_members
def job(request: MemberRequest, pk: int) -> HttpResponse:
    """One piece of work. Only who started it sees it; it goes on when the page is left."""
    found = Job.objects.filter(pk=pk, tenant=request.network.tenant, by=request.user).first()
    if found is None:
        raise Http404
    return page(request, "web/job.html", {"job": found}, partial="progress")
