"""Answers are released once and for good; what people wrote is shown when somebody has read it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit import audit
from communitas.kit.exceptions import NotAllowed
from communitas.members.models import Network
from communitas.people.models import Account
from communitas.questionnaires.models import Comment, Item, Opening, Released, Reply, Withdrawal
from communitas.questionnaires.queries.keeping import locked
from communitas.questionnaires.queries.openings import settings_of, today_of
from communitas.questionnaires.rules import release as rules
from communitas.questionnaires.rules.opening import RELEASED
from communitas.questionnaires.rules.sheet import TEXT, option_for, options_of

KEPT_FOR = timedelta(days=365)  # how long the answers themselves stay after the release


@transaction.atomic
def release(*, opening: Opening, by: Account, at: datetime) -> Opening:
    """Compute the figures once, in one batch, and freeze them. Below the threshold only that there were too few.

    What people wrote waits, out of order, for the moderator. Codes to take answers back stop working.
    """
    held = locked(opening)
    rules.refuse_release(held.state, held.closes_on, today_of(opening, at))
    settings = settings_of(opening.enrolment.cycle.network)
    replies = list(Reply.objects.filter(opening=held).values_list("answers", flat=True))
    shown = rules.enough(len(replies), threshold=settings.threshold)
    if shown:
        items = list(opening.questionnaire.items.all())
        Released.objects.bulk_create(
            _figure(opening, item, replies, settings.threshold, settings.together) for item in items
        )
        _hand_to_moderator(opening, items, replies)
    Withdrawal.objects.filter(reply__opening=held).delete()
    held.codes.all().delete()
    opening.state, opening.returned, opening.enough = RELEASED, len(replies), shown
    opening.released_by, opening.released_at = by, at
    opening.save(update_fields=["state", "returned", "enough", "released_by", "released_at"])
    tenant = opening.enrolment.cycle.network.tenant
    detail = {"returned": len(replies), "enough": shown}
    audit.record(tenant=tenant, verb="questionnaire.release", obj=opening, by=by, at=at, detail=detail)
    return opening


def _figure(opening: Opening, item: Item, replies: list[dict[str, str]], threshold: int, together: int) -> Released:
    if item.kind == TEXT:
        return Released(opening=opening, item=item, outcome=rules.TOO_FEW)
    given = [option_for(item.kind, reply[item.key], item.bands) for reply in replies if item.key in reply]
    options = options_of(item.kind, item.bands)
    figure = rules.figure_for(given, options, threshold=threshold, together=together)
    return Released(
        opening=opening,
        item=item,
        outcome=figure.outcome,
        answered=figure.answered,
        counts=figure.counts,
        leading=figure.leading,
    )


def _hand_to_moderator(opening: Opening, items: list[Item], replies: list[dict[str, str]]) -> None:
    comments = [
        Comment(opening=opening, item=item, text=reply[item.key])
        for item in items
        if item.kind == TEXT
        for reply in replies
        if item.key in reply
    ]
    secrets.SystemRandom().shuffle(comments)
    Comment.objects.bulk_create(comments)


@transaction.atomic
def show_comment(*, comment: Comment, text: str, by: Account, at: datetime) -> None:
    """Show what somebody wrote, as the moderator left it: without names and what else would tell who it was."""
    if not text.strip():
        raise NotAllowed(_("Leave the words that may be shown, or keep the comment out."))
    _decide(comment, Comment.State.SHOWN, text.strip(), by, at)


@transaction.atomic
def keep_out(*, comment: Comment, by: Account, at: datetime) -> None:
    """Keep a comment out: nobody but the moderator has read it."""
    _decide(comment, Comment.State.KEPT_OUT, "", by, at)


def _decide(comment: Comment, state: str, text: str, by: Account, at: datetime) -> None:
    comment.state, comment.shown_text, comment.decided_by, comment.decided_at = state, text, by, at
    comment.save(update_fields=["state", "shown_text", "decided_by", "decided_at"])
    tenant = comment.opening.enrolment.cycle.network.tenant
    audit.record(tenant=tenant, verb=f"questionnaire.comment_{state}", obj=comment, by=by, at=at)


@transaction.atomic
def erase_old(*, network: Network, by: Account | None, at: datetime) -> int:
    """Remove the answers themselves a year after their release; the figures stay. How many openings were cleared."""
    old = Opening.objects.filter(
        enrolment__cycle__network=network, state=RELEASED, erased_at=None, released_at__lte=at - KEPT_FOR
    )
    openings = list(old.select_for_update())
    for opening in openings:
        Opening.objects.filter(pk=opening.pk).update(erased_at=at)
        Reply.objects.filter(opening=opening).delete()
        Comment.objects.filter(opening=opening).update(text="")
        audit.record(tenant=network.tenant, verb="questionnaire.erase", obj=opening, by=by, at=at)
    return len(openings)
