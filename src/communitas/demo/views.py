"""The mail that the demo sent, readable by anybody: its people are invented."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from communitas.kit.http import Request
from communitas.kit.lists import Column, ListSpec
from communitas.kit.models import OutboxMail
from communitas.kit.pages import page

MAIL = ListSpec(
    name="Sent mail",
    columns=(
        Column("subject", "Subject", lambda mail: mail.subject, sort=("subject",)),
        Column("to", "To", lambda mail: mail.to, sort=("to",)),
        Column("state", "State", lambda mail: mail.get_state_display()),
        Column("at", "Written", lambda mail: f"{mail.queued_at:%d %B %Y, %H:%M}", sort=("pk",)),
    ),
    search=("subject", "to", "text"),
    order="-at",
    link=lambda mail: f"/demo/mail/{mail.pk}/",
)


def mail(request: Request) -> HttpResponse:
    """Every message, newest first."""
    _demo_only()
    return page(request, "demo/mail.html", {"listing": MAIL.read(OutboxMail.objects.all(), request)})


def message(request: Request, pk: int) -> HttpResponse:
    """One message as its reader gets it."""
    _demo_only()
    return page(request, "demo/message.html", {"message": get_object_or_404(OutboxMail, pk=pk)})


def _demo_only() -> None:
    if not settings.SHOW_SENT_MAIL:
        raise Http404
