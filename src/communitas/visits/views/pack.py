"""The reviewers' pack: all that the team needs, on one page and to take along."""

from django.http import HttpResponse

from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.visits import policy, queries
from communitas.visits.models import Visit
from communitas.visits.typesetting.documents import pack_pdf, pack_zip
from communitas.visits.views.showing import PARTICIPANTS
from communitas.visits.views.showing_team import person_of


@for_members
def pack(request: MemberRequest, pk: int) -> HttpResponse:
    """The pack on one page."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.read_pack)
    whole = _pack(request, found)
    context = {
        "visit": found,
        "pack": whole,
        "people": [person_of(member) for member in whole.team],
        "participants": [(PARTICIPANTS[name], words) for name, words in whole.participants],
    }
    return page(request, "visits/pack.html", context)


@for_members
def pack_file(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """The pack as a PDF, or as a ZIP with the files that belong to it."""
    found = load(queries.visit, pk, actor=request.actor, may=policy.read_pack)
    whole = _pack(request, found)
    content = pack_pdf(whole, request.now) if kind == "pdf" else pack_zip(found, whole, request.now)
    response = HttpResponse(content, content_type=f"application/{kind}")
    response["Content-Disposition"] = f'attachment; filename="reviewers-pack-{pk}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _pack(request: MemberRequest, found: Visit) -> queries.Pack:
    return queries.pack_of(found, request.actor, request.user, request.now)
