"""Sheets come back: by link, on a shared device, from somebody who signed in, on paper, from a case-note audit.

None of these writes to the audit trail, keeps an author, or keeps a time finer than the month.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.questionnaires.models import Code, Opening, Participation, Reply, Withdrawal
from communitas.questionnaires.queries.keeping import code_hash, find_reply, locked, withdrawal_code, withdrawal_hash
from communitas.questionnaires.queries.openings import today_of
from communitas.questionnaires.queries.sheets import items_of
from communitas.questionnaires.rules import opening as rules
from communitas.questionnaires.rules.sheet import Item, refuse_answers

Answers = Mapping[str, str]
UNKNOWN_CODE = gettext_lazy("This code is not one of ours, or it was used already. Please ask for a new slip.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet that was kept: the code that takes it back, and whether it had come before."""

    code: str
    again: bool = False


@transaction.atomic
def answer_by_link(
    *, opening: Opening, answers: Answers, sheet: UUID, typed: str = "", by: None = None, at: datetime
) -> Kept:
    """Keep the answers of somebody who holds the link, and the code of a slip where the opening asks for one.

    `sheet` is the random number of the form: sent twice, it is kept once.
    """
    if locked(opening).replies.filter(pk=sheet).exists():
        return Kept(withdrawal_code(sheet), again=True)
    if opening.asks_code and not Code.objects.filter(hash=code_hash(opening, typed), opening=opening).delete()[0]:
        raise NotAllowed(str(UNKNOWN_CODE))
    return _keep(opening, answers, Reply.Way.LINK, at=at, sheet=sheet)


@transaction.atomic
def answer_on_device(*, opening: Opening, answers: Answers, sheet: UUID, by: None = None, at: datetime) -> Kept:
    """Keep the answers of somebody at a shared device."""
    if locked(opening).replies.filter(pk=sheet).exists():
        return Kept(withdrawal_code(sheet), again=True)
    return _keep(opening, answers, Reply.Way.KIOSK, at=at, sheet=sheet)


@transaction.atomic
def answer_signed_in(*, opening: Opening, answers: Answers, by: Account, at: datetime) -> Kept:
    """Keep the answers of somebody who signed in, and apart from them that this person has answered."""
    held = locked(opening)
    rows = list(held.participations.values_list("account_id", "month"))
    if by.pk in {account for account, _month in rows}:
        raise NotAllowed(_("You have answered this questionnaire already. Thank you."))
    kept = _keep(opening, answers, Reply.Way.SIGNED_IN, at=at)
    rows.append((by.pk, rules.month_of(today_of(opening, at))))
    _write_anew(held, rows)
    return kept


@transaction.atomic
def enter_paper(
    *, opening: Opening, sheets: Sequence[Answers], by_office: bool = False, by: Account, at: datetime
) -> int:
    """Type in sheets of paper; how many there are now. Nothing is kept of who typed them in.

    They have no code to be taken back with: whoever filled one in has not seen this screen.
    """
    held, today = locked(opening), today_of(opening, at)
    rules.refuse_reply(held.state, held.opens_on, held.closes_on, today, by_office=by_office)
    items, month = items_of(opening.questionnaire), rules.month_of(today)
    said = [_checked(items, answers) for answers in sheets]
    Reply.objects.bulk_create(
        Reply(opening=held, month=month, way=Reply.Way.PAPER, answers=answers) for answers in said
    )
    return opening.replies.filter(way=Reply.Way.PAPER).count()


@transaction.atomic
def audit_case_note(*, opening: Opening, answers: Answers, record: str, by: Account, at: datetime) -> Kept:
    """Keep the audit of one record, under the record's own number. A record is audited once."""
    if record and opening.replies.filter(record=record.strip()).exists():
        raise NotAllowed(_("This record has been audited already."))
    return _keep(opening, answers, Reply.Way.AUDIT, at=at, record=record.strip())


@transaction.atomic
def withdraw(*, network: Network, typed: str, by: Account | None = None, at: datetime) -> None:
    """Take a sheet back with its code. It is removed, not hidden; nobody is told whose it was."""
    reply = find_reply(network, typed)
    held = locked(reply.opening)
    rules.refuse_withdrawal(held.state)
    reply.delete()


@transaction.atomic
def withdraw_own(*, participation: Participation, typed: str, by: Account, at: datetime) -> None:
    """Take the own sheet back with its code, and with it that this person has answered: they may answer again."""
    reply = find_reply(participation.opening.enrolment.cycle.network, typed)
    if reply.opening_id != participation.opening_id:
        raise NotAllowed(_("This code belongs to another questionnaire."))
    held = locked(reply.opening)
    rules.refuse_withdrawal(held.state)
    reply.delete()
    rows = held.participations.exclude(pk=participation.pk).values_list("account_id", "month")
    _write_anew(held, list(rows))


def _keep(
    opening: Opening, answers: Answers, way: str, *, at: datetime, sheet: UUID | None = None, record: str = ""
) -> Kept:
    held, today = locked(opening), today_of(opening, at)
    rules.refuse_reply(held.state, held.opens_on, held.closes_on, today)
    said = _checked(items_of(opening.questionnaire), answers)
    number = sheet or uuid4()
    month = rules.month_of(today)
    reply = Reply.objects.create(pk=number, opening=held, month=month, way=way, answers=said, record=record)
    code = withdrawal_code(number)
    Withdrawal.objects.create(hash=withdrawal_hash(code), reply=reply)
    return Kept(code)


def _checked(items: Collection[Item], answers: Answers) -> dict[str, str]:
    said = {key: text.strip() for key, text in answers.items() if text.strip()}
    refuse_answers(items, said)
    return said


def _write_anew(opening: Opening, rows: list[tuple[int, date]]) -> None:
    """All participations of the opening in a new order, so that the place of a row says nothing of when it came."""
    secrets.SystemRandom().shuffle(rows)
    opening.participations.all().delete()
    Participation.objects.bulk_create(
        Participation(opening=opening, account_id=account, month=month) for account, month in rows
    )
