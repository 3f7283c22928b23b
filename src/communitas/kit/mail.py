"""Outbox mail: a message is a row of the transaction that causes it, and leaves after the commit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from communitas.kit import mail_kinds, mailing, tasks
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
    kind: str = "",
    calendar: tuple[str, str] | None = None,
) -> OutboxMail | None:
    """Write a message from a plain-text template. Somebody without an address gets none: None is returned.

    It leaves as the person chose for its kind, which its template tells unless `kind` names another: at once, in a
    digest, or not at all (None again). `calendar` is a method (REQUEST, CANCEL) and an iCalendar object to go with it;
    such a message is never held.

    A line break in a subject is refused by the mail library; it is folded to a space here, so that nothing is lost.
    A `secret` message holds a link or code that lets its reader in: its text is removed once it was sent.
    """
    if not to:
        return None
    known = mail_kinds.named(kind) if kind else mail_kinds.kind_of(template)
    how = mail_kinds.AT_ONCE if secret else mailing.how_for(tenant=tenant, account_id=account_id, kind=known)
    if how == mail_kinds.NONE:
        return None
    held = how in mail_kinds.HELD and calendar is None
    message = OutboxMail.objects.create(
        tenant=tenant,
        account_id=account_id,
        to=to,
        subject=" ".join(subject.split())[:200],
        text=render_to_string(template, dict(context)).strip() + "\n",
        secret=secret,
        kind=known.name if known else "",
        how=how if held else "",
        calendar_method=calendar[0] if calendar else "",
        calendar=calendar[1] if calendar else "",
        state=OutboxMail.State.HELD if held else OutboxMail.State.WAITING,
        queued_at=at,
    )
    if not held:
        tasks.enqueue("kit.send_mail", message.pk)
    return message


def send(mail_id: int) -> None:
    """Send a waiting message once; a failure is kept with its reason and can be tried again."""
    message = OutboxMail.objects.select_related("tenant").get(pk=mail_id)
    if message.state not in {OutboxMail.State.WAITING, OutboxMail.State.FAILED}:
        return
    envelope = _envelope(message)
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


def _envelope(message: OutboxMail) -> EmailMultiAlternatives:
    """The message with the way to end its kind: in the headers for a mail program's own button, and below the text."""
    stop = mailing.stop_address(message)
    text, headers = message.text, {}
    if stop:
        headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        line = gettext("You do not want this kind of mail any more? Stop it here, without signing in:")
        text = f"{text}\n-- \n{line}\n{stop}\n"
    envelope = EmailMultiAlternatives(message.subject, text, settings.DEFAULT_FROM_EMAIL, [message.to], headers=headers)
    if message.calendar:
        envelope.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
        envelope.attach("invitation.ics", message.calendar, f"text/calendar; method={message.calendar_method}")
    return envelope


def _kept_text(message: OutboxMail) -> str:
    """What stays of a sent message. Only the demo, which shows its mail to everybody, keeps secrets."""
    if message.secret and not settings.SHOW_SENT_MAIL:
        return gettext("The text held a secret and was removed after sending.")
    return message.text


@tasks.task("kit.send_mail")
def send_in_background(mail_id: int, *, progress: tasks.Progress) -> None:
    """Send one message of the outbox, queued by `queue`."""
    send(mail_id)
