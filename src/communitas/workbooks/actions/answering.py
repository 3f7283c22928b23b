"""What one person enters: scores, comments, notes for the report. Each becomes an event through `record_events`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from communitas.cycles.models import Enrolment
from communitas.kit.events import publish
from communitas.kit.exceptions import NotAllowed
from communitas.people.models import Account
from communitas.workbooks.actions.batch import Batch, Outcome
from communitas.workbooks.actions.pen import Pen
from communitas.workbooks.actions.recording import record, record_events
from communitas.workbooks.events import AgreedScoreCorrected
from communitas.workbooks.models import Workbook
from communitas.workbooks.queries.reading import KINDS, events_named, state_of, workbooks
from communitas.workbooks.rules.access import Writer
from communitas.workbooks.rules.events import Event, Score
from communitas.workbooks.rules.fold import answer_of
from communitas.workbooks.rules.registers import AGREED, Register, parse, reviewer
from communitas.workbooks.rules.replacing import replaces, settles


@dataclass(frozen=True, slots=True)
class Given:
    """What a person entered for one criterion, and the ids of the answers that they saw while they did.

    A score of None and a comment of None leave what is there; an empty comment takes the comment back.
    """

    score: Score = None
    reason: str = ""
    comment: str | None = None
    seen: Collection[str] = ()
    seen_comments: Collection[str] = ()


def answer(
    *,
    workbook: Workbook,
    criterion_key: str,
    register: Register,
    comments: Register,
    given: Given,
    role: str,
    by: Account,
    at: datetime,
) -> list[Outcome]:
    """Record the score and the comment of one criterion as far as they differ from what the person saw.

    NotAllowed with the sentence of the check that refused; then nothing of it is stored.
    """
    batch = answer_and_tell(
        workbook=workbook,
        criterion_key=criterion_key,
        register=register,
        comments=comments,
        given=given,
        role=role,
        by=by,
        at=at,
    )
    return batch.outcomes if batch else []


@transaction.atomic
def answer_and_tell(
    *,
    workbook: Workbook,
    criterion_key: str,
    register: Register,
    comments: Register,
    given: Given,
    role: str,
    by: Account,
    at: datetime,
) -> Batch | None:
    """As `answer`; the batch tells how score and comment stand afterwards. None where nothing was new."""
    writer, events = Writer(str(by.pk), role), []
    known = {event.event_id: event for event in events_named(workbook, {*given.seen, *given.seen_comments})}
    seen = [known[one] for one in given.seen if one in known and known[one].key == (criterion_key, str(register))]
    if event := _score_event(workbook, criterion_key, register, given, seen, writer, at):
        events.append(event)
    seen = [known[one] for one in given.seen_comments if one in known and known[one].register == str(comments)]
    if event := _comment_event(workbook, criterion_key, comments, given.comment, seen, at):
        events.append(event)
    if not events:
        return None
    both = ((criterion_key, str(register)), (criterion_key, str(comments)))
    batch = record(workbook=workbook, events=events, role=role, by=by, at=at, beside=both)
    Pen.stored(batch.outcomes)
    return batch


@transaction.atomic
def score(
    *,
    workbook: Workbook,
    criterion_key: str,
    register: Register,
    value: Score,
    reason: str = "",
    seen: Collection[str] = (),
    role: str,
    by: Account,
    at: datetime,
) -> list[Outcome]:
    """Record one score; NotAllowed with the sentence of the check that refused."""
    event = _event(workbook, criterion_key, register, "score", {"score": value, "reason": reason.strip()}, at, seen)
    return Pen.stored(record_events(workbook=workbook, events=[event], role=role, by=by, at=at))


@transaction.atomic
def answer_many(
    *,
    workbook: Workbook,
    register: Register,
    scores: Mapping[str, tuple[Score, str]],
    comments: Mapping[str, str] | None = None,
    role: str,
    by: Account,
    at: datetime,
    origin: str = "web",
) -> list[Outcome]:
    """Record many first answers at once: {criterion: (score, reason)} and {criterion: comment}; constant queries.

    They supersede nothing. Comments stand in the list of comments that belongs to the register.
    """
    beside = _comments_beside(register)
    events = [
        _event(workbook, key, register, "score", {"score": value, "reason": reason}, at, origin=origin)
        for key, (value, reason) in scores.items()
        if value is not None
    ]
    events += [
        _event(workbook, key, beside, "comment", {"text": text}, at, origin=origin)
        for key, text in (comments or {}).items()
        if text.strip()
    ]
    return Pen.stored(record_events(workbook=workbook, events=events, role=role, by=by, at=at) if events else [])


@transaction.atomic
def write_note(
    *,
    workbook: Workbook,
    criterion_key: str | None,
    register: Register,
    text: str,
    seen: Collection[str] = (),
    role: str,
    by: Account,
    at: datetime,
) -> list[Outcome]:
    """Add to a list (achievements, improvements, feedback), change what was seen, or take it back (empty text)."""
    known = [event for event in events_named(workbook, seen) if event.register == str(register)]
    event = _comment_event(workbook, criterion_key, register, text, known, at)
    events = [event] if event else []
    return Pen.stored(record_events(workbook=workbook, events=events, role=role, by=by, at=at) if events else [])


@transaction.atomic
def take_back_note(*, workbook: Workbook, event_id: str, role: str, by: Account, at: datetime) -> list[Outcome]:
    """Take one entry of a list back; it stays in the history. NotAllowed when there is none of that number."""
    for event in events_named(workbook, [event_id]):
        if event.kind == "comment":
            back = _event(workbook, event.criterion_key, parse(event.register), "retract", {}, at, [event_id])
            return Pen.stored(record_events(workbook=workbook, events=[back], role=role, by=by, at=at))
    raise NotAllowed(_("There is nothing here to take back."))


@transaction.atomic
def say_finished(*, workbook: Workbook, finished: bool, role: str, by: Account, at: datetime) -> list[Outcome]:
    """A reviewer says that their own scoring is done, or takes that back. From then on the team sees their scores."""
    register = reviewer(str(by.pk))
    heads = state_of(workbook, registers=Q(register=str(register), criterion_key="")).heads_of(None, register)
    done = bool(heads) and all(head.kind == "complete" for head in heads)
    if done == finished:
        return []
    kind = "complete" if finished else "retract"
    event = _event(workbook, None, register, kind, {}, at, [head.event_id for head in heads])
    return Pen.stored(record_events(workbook=workbook, events=[event], role=role, by=by, at=at))


@transaction.atomic
def correct_agreed(
    *, enrolment: Enrolment, criterion_key: str, value: Score, reason: str, point: str, by: Account, at: datetime
) -> list[Outcome]:
    """Write the agreed score that follows from an accepted factual-accuracy point; nothing is reopened.

    `point` names the point for ever (its id as text). `by` is the decider, who was not on the visit: the caller asks.
    """
    workbook = workbooks().get(review__enrolment=enrolment, review__kind="peer")
    wanted = Q(register=str(AGREED), criterion_key=criterion_key)
    heads = state_of(workbook, registers=wanted).heads_of(criterion_key, AGREED)
    said = {"score": value, "reason": reason.strip(), "point": point}
    seen = [head.event_id for head in heads]
    event = _event(workbook, criterion_key, AGREED, "score", said, at, seen, origin="factual_check", reason=reason)
    outcomes = Pen.stored(record_events(workbook=workbook, events=[event], role="decider", by=by, at=at))
    publish(AgreedScoreCorrected(enrolment.pk, criterion_key, by.pk, at))
    return outcomes


def _score_event(
    workbook: Workbook, key: str, register: Register, given: Given, seen: list[Event], writer: Writer, at: datetime
) -> Event | None:
    shown = answer_of(seen)
    reason = given.reason.strip()
    if given.score is None or (shown.is_answered and (shown.score, shown.reason) == (given.score, reason)):
        return None
    kind = KINDS[workbook.review.kind]
    verb = "resolve" if settles(seen, writer, kind) else "score"
    return _event(
        workbook, key, register, verb, {"score": given.score, "reason": reason}, at, replaces(seen, writer, kind)
    )


def _comment_event(
    workbook: Workbook, key: str | None, register: Register, text: str | None, seen: list[Event], at: datetime
) -> Event | None:
    shown = "\n\n".join(event.text for event in seen)
    if text is None or text.strip() == shown.strip():
        return None
    ids = [event.event_id for event in seen]
    if text.strip():
        return _event(workbook, key, register, "comment", {"text": text.strip()}, at, ids)
    return _event(workbook, key, register, "retract", {}, at, ids)


def _comments_beside(register: Register) -> Register:
    return Register("comment", str(register) if register.name == "reviewer" else register.name)


def _event(
    workbook: Workbook,
    criterion_key: str | None,
    register: Register,
    kind: str,
    value: Mapping[str, Any],
    at: datetime,
    seen: Collection[str] = (),
    *,
    origin: str = "web",
    reason: str = "",
) -> Event:
    return Pen(workbook, at, origin).event(criterion_key, register, kind, value, seen, reason=reason)
