"""Others in the team's workbook: who is there, and what they change while it is open on the screen."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.workbooks import actions, policy, queries
from communitas.workbooks.queries import book_of, pages, screens, sections_progress
from communitas.workbooks.views.frame import announcing, frame, navigation, section_at, since
from communitas.workbooks.views.scoring import AGREED, discussed


@for_members
@require_POST
def peer_pulse(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """I am here: answers with who else is, and with what others have changed on this page of agreed scores since."""
    workbook = load(queries.peer_review, pk, actor=request.actor, may=policy.read_others)
    if policy.answer_peer.allows(request.actor, workbook):
        actions.touch(workbook=workbook, criterion_key=request.POST.get("at", ""), by=request.user, at=request.now)
    book = book_of(workbook.review.enrolment)
    section = section_at(book, number)
    changed = pages.changed_since(workbook, since(request, workbook), pages.OF_TEAM, but_not_by=request.user.pk)
    criteria = [one for one in section.criteria if (one.key or one.code) in changed]
    context = frame(workbook) | discussed(request, workbook, criteria)
    context |= {
        "people": screens.present(workbook, book, request.now, but=request.user.pk),
        "section_links": navigation(sections_progress(workbook, book), AGREED, pk, number),
        "swapped": True,
    }
    return announcing(page(request, "workbooks/_pulse.html", context), book, criteria, changed)
