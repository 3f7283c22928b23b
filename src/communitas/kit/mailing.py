"""What people chose about their mail: reading and changing the choice, stopping a kind by a link, and digests."""

from collections.abc import Mapping
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import mail_kinds, tasks
from communitas.kit.addresses import address_of
from communitas.kit.exceptions import NotAllowed
from communitas.kit.mail_kinds import AT_ONCE, NONE, Kind
from communitas.kit.models import MailChoice, OutboxMail, Tenant

SALT = "communitas.kit.stop"
SUBJECT_OF_ONE_LINE = 80


def how_for(*, tenant: Tenant | None, account_id: int | None, kind: Kind | None) -> str:
    """How a message leaves: 'at_once', 'daily', 'weekly' or 'none'. No query where there is nothing to choose."""
    if tenant is None or account_id is None or kind is None or kind.compulsory:
        return AT_ONCE
    chosen = MailChoice.objects.filter(tenant=tenant, account=account_id, kind=kind.name).values_list("how", flat=True)
    return chosen.first() or kind.usual


def choices_of(*, tenant: Tenant, account_id: int) -> list[tuple[Kind, str]]:
    """Every kind with how the person gets it. One query."""
    rows = MailChoice.objects.filter(tenant=tenant, account=account_id).values_list("kind", "how")
    chosen: Mapping[str, str] = dict(rows)
    return [(kind, AT_ONCE if kind.compulsory else chosen.get(kind.name, kind.usual)) for kind in mail_kinds.kinds()]


@transaction.atomic
def choose(*, tenant: Tenant, account_id: int, choices: Mapping[str, str], at: datetime) -> None:
    """Keep how the person wants each named kind, where it is another than now.

    What is compulsory cannot be chosen; unknown names are refused.
    """
    now = {kind.name: how for kind, how in choices_of(tenant=tenant, account_id=account_id)}
    for name, how in choices.items():
        kind = mail_kinds.named(name)
        if kind is None or how not in kind.ways:
            raise NotAllowed(_("There is no such kind of mail."))
        if kind.compulsory:
            raise NotAllowed(_("Somebody waits for this mail, so it always comes at once."))
        if now[name] == how:
            continue
        MailChoice.objects.update_or_create(
            tenant=tenant, account_id=account_id, kind=name, defaults={"how": how, "chosen_at": at}
        )


def stop_address(message: OutboxMail) -> str:
    """Where a person ends the kind of a message without signing in; '' where it cannot be ended."""
    kind = mail_kinds.named(message.kind)
    held = message.kind == "digest"
    if message.tenant is None or message.account_id is None or not (held or (kind and not kind.compulsory)):
        return ""
    name = f"digest:{message.how}" if held else message.kind
    token = signing.dumps([message.tenant_id, message.account_id, name], salt=SALT)
    return address_of(message.tenant.slug, "kit:stop_mail", token)


def named_by(token: str, tenant: Tenant) -> tuple[int, list[Kind]] | None:
    """The account and the kinds that a link is about; None for a forged one or one of another tenant."""
    try:
        tenant_id, account_id, name = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if tenant_id != tenant.pk:
        return None
    if name.startswith("digest:"):
        how = name.removeprefix("digest:")
        mine = choices_of(tenant=tenant, account_id=account_id)
        return account_id, [kind for kind, chosen in mine if chosen == how and not kind.compulsory]
    kind = mail_kinds.named(name)
    return (account_id, [kind]) if kind and not kind.compulsory else None


def stop(*, tenant: Tenant, token: str, at: datetime) -> None:
    """End the kinds that a link is about; doing it again changes nothing. A forged link is refused."""
    found = named_by(token, tenant)
    if found is None:
        raise NotAllowed(_("This link is not whole. Please copy all of it."))
    account_id, kinds = found
    choose(tenant=tenant, account_id=account_id, choices={kind.name: NONE for kind in kinds}, at=at)


@transaction.atomic
def send_digests(*, tenant: Tenant, how: str, before: datetime, at: datetime) -> int:
    """One message for each person who has mail held since before that moment; how many left.

    The rows are locked, so that two runs at once send one digest.
    """
    held = list(
        OutboxMail.objects.select_for_update(of=("self",))
        .filter(tenant=tenant, state=OutboxMail.State.HELD, how=how, queued_at__lt=before)
        .order_by("account", "pk")
    )
    by_person: dict[tuple[int | None, str], list[OutboxMail]] = {}
    for message in held:
        by_person.setdefault((message.account_id, message.to), []).append(message)
    for (account_id, to), messages in by_person.items():
        digest = OutboxMail.objects.create(
            tenant=tenant,
            account_id=account_id,
            to=to,
            subject=_subject(messages),
            text=_text(messages),
            kind="digest",
            how=how,
            queued_at=at,
        )
        pks = [message.pk for message in messages]
        OutboxMail.objects.filter(pk__in=pks).update(state=OutboxMail.State.MERGED, digest=digest, sent_at=at)
        tasks.enqueue("kit.send_mail", digest.pk)
    return len(by_person)


def _subject(messages: list[OutboxMail]) -> str:
    if len(messages) == 1:
        return messages[0].subject
    return _("%(count)s messages: %(first)s and more") % {
        "count": len(messages),
        "first": messages[0].subject[:SUBJECT_OF_ONE_LINE],
    }


def _text(messages: list[OutboxMail]) -> str:
    rule = "\n\n" + "-" * 40 + "\n\n"
    return rule.join(f"{message.subject.upper()}\n\n{message.text.strip()}" for message in messages) + "\n"
