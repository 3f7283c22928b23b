"""Views that do the least: one row, one commit. What answering a criterion is measured against."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from communitas.cycles.models import Reminder
from communitas.members.http import MemberRequest, for_members


@for_members
@require_POST
def insert(request: MemberRequest) -> HttpResponse:
    """Insert one row for somebody who signed in, behind the whole middleware."""
    return _insert(int(request.POST["enrolment"]))


@csrf_exempt
@require_POST
def naked(request: HttpRequest) -> HttpResponse:
    """Insert one row for nobody; it is asked without any middleware."""
    return _insert(int(request.POST["enrolment"]))


def _insert(enrolment: int) -> HttpResponse:
    Reminder.objects.create(enrolment_id=enrolment, what="visit", at=timezone.now())
    return HttpResponse("ok", content_type="text/plain")
