"""What people wrote in their own words is read by the moderator, and by nobody else, before it is shown."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communitas.kit.exceptions import NotAllowed
from communitas.kit.loading import load
from communitas.kit.pages import page
from communitas.members.http import MemberRequest, for_members
from communitas.questionnaires import actions, policy, queries
from communitas.questionnaires.models import Comment
from communitas.questionnaires.queries.moderating import comments_of, waiting_openings


@for_members
@never_cache
def comments(request: MemberRequest) -> HttpResponse:
    """The questionnaires whose comments wait to be read."""
    policy.moderate.require(request.actor, request.network)
    return page(request, "questionnaires/comments.html", {"rows": waiting_openings(request.network)})


@for_members
@never_cache
def of_opening(request: MemberRequest, pk: int) -> HttpResponse:
    """The comments of one questionnaire, item by item, apart from every other answer."""
    opening = load(queries.opening, pk, actor=request.actor, may=policy.read_raw)
    context = {"opening": opening, "comments": comments_of(opening)}
    return page(request, "questionnaires/opening_comments.html", context)


@for_members
@require_POST
def decide(request: MemberRequest, pk: int, comment: object) -> HttpResponse:
    """Show a comment as it was left, or keep it out."""
    opening = load(queries.opening, pk, actor=request.actor, may=policy.read_raw)
    found = get_object_or_404(
        Comment.objects.select_related("opening__enrolment__cycle__network__tenant"), pk=comment, opening=opening
    )
    try:
        if "show" in request.POST:
            text = request.POST.get("text", "")
            actions.show_comment(comment=found, text=text, by=request.user, at=request.now)
            messages.success(request, _("The comment is shown."))
        else:
            actions.keep_out(comment=found, by=request.user, at=request.now)
            messages.success(request, _("The comment is kept out."))
    except NotAllowed as refused:
        messages.error(request, refused.why)
    return redirect("questionnaires:opening_comments", opening.pk)
