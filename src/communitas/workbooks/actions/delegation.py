"""The community lead gives criteria to people, takes them back, undoes that, and reminds."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.cycles.models import DueDate
from communitas.cycles.queries import today_in
from communitas.kit import audit, mail
from communitas.kit.addresses import address_of
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.workbooks.actions.self_review import name_contributor
from communitas.workbooks.models import Delegation, Workbook
from communitas.workbooks.queries import delegation as queries
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.progress import is_open
from communitas.workbooks.queries.reading import hold
from communitas.workbooks.rules import delegation as rules
from communitas.workbooks.rules.delegation import Giving


@transaction.atomic
def give(
    *, workbook: Workbook, criteria: Collection[str], account: Account, due_on: date, by: Account, at: datetime
) -> UUID | None:
    """Give criteria to a person with a day; whoever had them before has them no longer, and that stays in the history.

    A person who does not answer yet is named for it. The number of the act, for `undo`; None where the person has all
    of it by that day already. They get a message, unless they gave it to themselves. NotAllowed with a rule's sentence.
    """
    hold(workbook)
    people = {one.pk: one for one in queries.answerers(workbook, at)}
    giving = _giving(workbook, criteria, account, due_on, frozenset(people), at)
    rules.refuse_giving(giving)
    held = queries.held_now(workbook, criteria)
    keys = rules.newly_given(giving, queries.given_of(held))
    if not keys:
        return None
    if not people[account.pk].named:
        name_contributor(workbook=workbook, account=account, by=by, at=at)
    act = uuid4()
    _end(workbook, keys, Delegation.Ended.REPLACED, act, by, at)
    _hand(workbook, dict.fromkeys(keys, (account.pk, due_on)), act, by, at)
    _note(workbook, "delegate", by, at, account=account.pk, criteria=sorted(keys), due_on=due_on.isoformat())
    if account != by:
        _write(workbook, account, keys, due_on, by, at)
    return act


@transaction.atomic
def take_back(*, workbook: Workbook, criteria: Collection[str], by: Account, at: datetime) -> UUID | None:
    """Take criteria back from whoever has them. The number of the act, for `undo`; None where nobody has any."""
    hold(workbook)
    _refuse_closed(workbook)
    act = uuid4()
    if not _end(workbook, criteria, Delegation.Ended.TAKEN_BACK, act, by, at):
        return None
    _note(workbook, "take_back", by, at, criteria=sorted(criteria))
    return act


@transaction.atomic
def undo(*, workbook: Workbook, act: UUID, by: Account, at: datetime) -> int:
    """Undo one giving or taking back: what it gave is taken back, what it ended is given again to the same people.

    What was given anew since then is left as it is. How many criteria changed hands; NotAllowed when none can.
    """
    hold(workbook)
    _refuse_closed(workbook)
    before = {
        row.criterion_key: (row.account_id, row.due_on)
        for row in Delegation.objects.filter(workbook=workbook, ended_with=act)
    }
    again = uuid4()
    given = Delegation.objects.filter(workbook=workbook, giving=act, ended_at=None)
    undone = set(given.values_list("criterion_key", flat=True))
    _end(workbook, undone, Delegation.Ended.UNDONE, again, by, at)
    free = before.keys() - queries.held_now(workbook, before).keys()
    answering = {one.pk for one in queries.answerers(workbook, at) if one.named}
    returned = {key: before[key] for key in free if before[key][0] in answering}
    _hand(workbook, returned, again, by, at)
    changed = undone | returned.keys()
    if not changed:
        raise NotAllowed(_("There is nothing left to undo: these criteria have changed hands since."))
    _note(workbook, "undo_delegation", by, at, criteria=sorted(changed))
    return len(changed)


@transaction.atomic
def remind(*, workbook: Workbook, account: Account, by: Account, at: datetime) -> int:
    """Write to a person what they were given and is not answered. How many criteria; NotAllowed with the reason."""
    hold(workbook)
    _refuse_closed(workbook)
    held = {key: holder for key, holder in queries.held_now(workbook).items() if holder.pk == account.pk}
    answers = queries.answers_of([workbook], held)
    open_keys = [
        key for key in held if answers.get((workbook.pk, key)) is None or answers[workbook.pk, key].kind == "none"
    ]
    if not open_keys:
        raise NotAllowed(_("Nothing is left to remind of: everything given to this person has an answer."))
    last = max((held[key].reminded_at for key in held if held[key].reminded_at), default=None)  # type: ignore[type-var]
    if not rules.may_be_reminded(last, at):
        raise NotAllowed(_("This person was reminded today already."))
    if not account.email:
        raise NotAllowed(_("This person has no e-mail address. Please tell them yourself; home shows them their list."))
    Delegation.objects.filter(workbook=workbook, account=account, ended_at=None).update(reminded_at=at)
    _note(workbook, "remind", by, at, account=account.pk, criteria=sorted(open_keys))
    _mail(
        workbook,
        account,
        _("Still to answer: %(count)d") % {"count": len(open_keys)},
        "workbooks/mail/remind.txt",
        {"lines": _lines(workbook, open_keys, {key: held[key].due_on for key in open_keys}), "by": by.display_name},
        at,
    )
    return len(open_keys)


def _giving(
    workbook: Workbook, criteria: Collection[str], account: Account, due_on: date, people: Collection[int], at: datetime
) -> Giving:
    enrolment = workbook.review.enrolment
    due = DueDate.objects.filter(enrolment=enrolment, what="self_review").first()
    return Giving(
        criteria=frozenset(criteria),
        applicable=book_of(enrolment).keys,
        person=str(account.pk),
        people=frozenset(str(pk) for pk in people),
        due_on=due_on,
        today=today_in(enrolment.cycle.network, at),
        last_on=due.due_on if due else None,
        is_open=is_open(workbook),
    )


def _refuse_closed(workbook: Workbook) -> None:
    if not is_open(workbook):
        raise NotAllowed(_("The self-review is not open: nothing is given or taken back now."))


def _end(
    workbook: Workbook, criteria: Collection[str], how: Delegation.Ended, act: UUID, by: Account, at: datetime
) -> int:
    rows = Delegation.objects.filter(workbook=workbook, criterion_key__in=list(criteria), ended_at=None)
    return rows.update(ended_at=at, ended_by=by, ended_as=how, ended_with=act)


def _hand(workbook: Workbook, wanted: Mapping[str, tuple[int, date]], act: UUID, by: Account, at: datetime) -> None:
    Delegation.objects.bulk_create(
        Delegation(
            workbook=workbook, criterion_key=key, account_id=person, due_on=due_on, giving=act, given_by=by, given_at=at
        )
        for key, (person, due_on) in sorted(wanted.items())
    )


def _note(workbook: Workbook, verb: str, by: Account, at: datetime, **detail: object) -> None:
    tenant = workbook.review.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb=f"selfreview.{verb}", obj=workbook, by=by, at=at, detail=detail)


def _write(
    workbook: Workbook, account: Account, keys: Collection[str], due_on: date, by: Account, at: datetime
) -> None:
    subject = ngettext("%(count)d criterion was given to you", "%(count)d criteria were given to you", len(keys)) % {
        "count": len(keys)
    }
    lines = _lines(workbook, keys, {})
    context = {"lines": lines, "by": by.display_name, "due_on": date_format(due_on, "j F Y")}
    _mail(workbook, account, subject, "workbooks/mail/given.txt", context, at)


def _lines(workbook: Workbook, keys: Iterable[str], days: Mapping[str, date]) -> list[str]:
    """The criteria as a message names them, whole sections by their title."""
    book: Book = book_of(workbook.review.enrolment)
    wanted, lines = set(keys), []
    for section in book.sections:
        mine = [one for one in section.criteria if (one.key or one.code) in wanted]
        if mine and len(mine) == len(section.criteria) and not days:
            lines.append(_("the whole section ‘%(title)s’") % {"title": section.title})
            continue
        for one in mine:
            day = days.get(one.key or one.code)
            until = " " + _("(by %(day)s)") % {"day": date_format(day, "j F")} if day else ""
            lines.append(f"{one.code} {one.statement}{until}")
    return lines


def _mail(
    workbook: Workbook, account: Account, subject: str, template: str, context: Mapping[str, object], at: datetime
) -> None:
    network = workbook.review.enrolment.cycle.network
    mail.queue(
        tenant=network.tenant,
        to=account.email or "",
        account_id=account.pk,
        subject=subject,
        template=template,
        context={
            **context,
            "enrolment": workbook.review.enrolment,
            "address": address_of(network.slug, "workbooks:given_to_me"),
        },
        at=at,
    )
