"""A questionnaire is opened to a community, its slips are printed, it is closed."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from communitas.cycles.models import Cycle, Enrolment
from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.people.rules.one_time_codes import make_code
from communitas.questionnaires.models import Code, Opening, Questionnaire
from communitas.questionnaires.queries.keeping import code_hash, locked
from communitas.questionnaires.rules import opening as rules

RANDOM_BYTES = 16


@transaction.atomic
def open_for(
    *,
    questionnaire: Questionnaire,
    enrolment: Enrolment,
    opens_on: date,
    closes_on: date,
    asks_code: bool = True,
    expected: int | None = None,
    by: Account | None,
    at: datetime,
) -> Opening:
    """Open a published questionnaire to the people of an enrolment. Each audience is asked once an enrolment."""
    rules.refuse_window(opens_on, closes_on)
    if questionnaire.state != Questionnaire.State.PUBLISHED:
        raise NotAllowed(_("Only a published questionnaire is opened. Publish it first."))
    if questionnaire.edition_id != enrolment.edition_id:
        raise NotAllowed(_("This questionnaire belongs to another edition than the one this community is reviewed by."))
    if Opening.objects.filter(enrolment=enrolment, questionnaire__audience=questionnaire.audience).exists():
        raise NotAllowed(_("These people are asked already in this cycle."))
    made = Opening.objects.create(
        questionnaire=questionnaire,
        enrolment=enrolment,
        opens_on=opens_on,
        closes_on=closes_on,
        asks_code=asks_code,
        expected=expected,
        link_token=secrets.token_urlsafe(RANDOM_BYTES),
        kiosk_token=secrets.token_urlsafe(RANDOM_BYTES),
        opened_by=by,
        opened_at=at,
    )
    _note("open", made, by, at, opens_on=opens_on.isoformat(), closes_on=closes_on.isoformat())
    return made


@transaction.atomic
def open_for_all(
    *,
    questionnaires: Sequence[Questionnaire],
    cycle: Cycle,
    opens_on: date,
    closes_on: date,
    asks_code: bool = True,
    by: Account,
    at: datetime,
) -> int:
    """Open questionnaires for every enrolment of the cycle that still takes part and does not have them; how many."""
    made = 0
    ended = [Enrolment.Stage.WITHDRAWN, Enrolment.Stage.CLOSED, Enrolment.Stage.MERGED]
    going_on = cycle.enrolments.exclude(stage__in=ended).select_related("cycle__network__tenant")
    for questionnaire in questionnaires:
        asked = Opening.objects.filter(
            enrolment__cycle=cycle, questionnaire__audience=questionnaire.audience
        ).values_list("enrolment_id", flat=True)
        for enrolment in going_on.filter(edition=questionnaire.edition_id).exclude(pk__in=list(asked)):
            open_for(
                questionnaire=questionnaire,
                enrolment=enrolment,
                opens_on=opens_on,
                closes_on=closes_on,
                asks_code=asks_code,
                by=by,
                at=at,
            )
            made += 1
    return made


@transaction.atomic
def close(*, opening: Opening, by: Account, at: datetime) -> None:
    """Close the window early. The office can open it again until the answers are released."""
    opening.state = rules.OPENING.move(locked(opening).state, "close")
    opening.save(update_fields=["state"])
    _note("close", opening, by, at)


@transaction.atomic
def change_window(
    *, opening: Opening, opens_on: date, closes_on: date, asks_code: bool, by: Account, at: datetime
) -> None:
    """Change the window, and whether each person needs a slip. A window that was closed early is open again."""
    rules.refuse_window(opens_on, closes_on)
    opening.state = rules.OPENING.move(locked(opening).state, "extend")
    opening.opens_on, opening.closes_on, opening.asks_code = opens_on, closes_on, asks_code
    opening.save(update_fields=["state", "opens_on", "closes_on", "asks_code"])
    _note("change_window", opening, by, at, opens_on=opens_on.isoformat(), closes_on=closes_on.isoformat())


@transaction.atomic
def change_expected(*, opening: Opening, expected: int | None, by: Account, at: datetime) -> None:
    """Say how many people are asked, to count against."""
    opening.expected = expected
    opening.save(update_fields=["expected"])


@transaction.atomic
def make_slips(*, opening: Opening, wanted: int, by: Account, at: datetime) -> list[str]:
    """Codes for so many slips. Each lets one sheet in; only hashes are kept, so they are printed now or never."""
    rules.refuse_slips(wanted)
    if locked(opening).state != rules.OPEN:
        raise NotAllowed(_("Slips are printed while the questionnaire is open."))
    codes = [make_code(secrets.token_bytes(RANDOM_BYTES)) for _place in range(wanted)]
    Code.objects.bulk_create(Code(hash=code_hash(opening, code), opening=opening) for code in codes)
    Opening.objects.filter(pk=opening.pk).update(codes_made=F("codes_made") + wanted)
    _note("print_slips", opening, by, at, slips=wanted)
    return codes


@transaction.atomic
def renew_device(*, opening: Opening, by: Account, at: datetime) -> None:
    """Give the shared device a new address; the old one stops working, as when a device is lost."""
    opening.kiosk_token = secrets.token_urlsafe(RANDOM_BYTES)
    opening.save(update_fields=["kiosk_token"])
    _note("renew_device", opening, by, at)


def _note(verb: str, opening: Opening, by: Account | None, at: datetime, **detail: Any) -> None:
    tenant = opening.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb=f"questionnaire.{verb}", obj=opening, by=by, at=at, detail=detail)
