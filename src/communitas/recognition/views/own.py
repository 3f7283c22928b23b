"""A community's own certificates."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from communitas.kit import files
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.recognition import policy, queries
from communitas.recognition.models import Certificate


@for_members
def own(request: MemberRequest) -> HttpResponse:
    """The issued certificates of the communities to which the person belongs."""
    mine = queries.certificates().filter(network=request.network).exclude(state=Certificate.State.PREPARED)
    places = {held.community for held in request.actor.held if held.community}
    found = list(mine.filter(community__in=places).order_by("community_name", "-issued_on"))
    return page(request, "recognition/own.html", {"certificates": found})


@require_safe
@for_members
def download(request: MemberRequest, pk: int) -> HttpResponse:
    """The PDF."""
    found = load(queries.certificates().select_related("file__tenant"), pk, actor=request.actor, may=policy.read_own)
    if found.file is None:
        raise Http404
    response = HttpResponse(files.read(found.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.file.name}"'
    response["Cache-Control"] = "private, no-store"
    return response
