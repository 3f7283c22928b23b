"""Outbox mail: a message is a row of the transaction that causes it, and leaves after the commit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from communitas.kit import tasks
from communitas.kit.models import OutboxMail, Tenant


def queue(
    *,
    tenant: Tenant | None,
    to: str,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    at: datetime,
    account_id: int | None = None,
    secret: bool = False,
) -> OutboxMail | None:
    """Write a message from a plain-text template. Somebody without an address gets none: None is returned.

    A line break in a subject is refused by the mail library; it is folded to a space here, so that nothing is lost.
    A `secret` message holds a link or code that lets its reader in: its text is removed once it was sent.
    """
    if not to:
        return None
    message = OutboxMail.objects.create(
        tenant=tenant,
        account_id=account_id,
        to=to,
        subject=" ".join(subject.split())[:200],
        text=render_to_string(template, dict(context)).strip() + "\n",
        secret=secret,
        queued_at=at,
    )
    tasks.enqueue("kit.send_mail", message.pk)
    return message


def send(mail_id: int) -> None:
    """Send a waiting message once; a failure is kept with its reason and can be tried again."""
    message = OutboxMail.objects.get(pk=mail_id)
    if message.state == OutboxMail.State.SENT:
        return
    envelope = EmailMessage(message.subject, message.text, settings.DEFAULT_FROM_EMAIL, [message.to])
    try:
        envelope.send()
    except OSError as problem:
        OutboxMail.objects.filter(pk=mail_id).update(
            state=OutboxMail.State.FAILED, tries=message.tries + 1, problem=str(problem)
        )
        raise
    OutboxMail.objects.filter(pk=mail_id).update(
        text=_kept_text(message),
        state=OutboxMail.State.SENT,
        tries=message.tries + 1,
        sent_at=timezone.now(),
        problem="",
    )


def _kept_text(message: OutboxMail) -> str:
    """What stays of a sent message. Only the demo, which shows its mail to everybody, keeps secrets."""
    if message.secret and not settings.SHOW_SENT_MAIL:
        return gettext("The text held a secret and was removed after sending.")
    return message.text


@tasks.task("kit.send_mail")
def send_in_background(mail_id: int, *, progress: tasks.Progress) -> None:
    """Send one message of the outbox, queued by `queue`."""
    send(mail_id)
