"""Paper comes back: a sheet is keyed in, checked by a second person from the same paper, and settled.

The answers stand in the workbook as soon as the first person sends the page, marked 'not yet checked'. Whoever filled
in a page saw of the workbook what was printed on it: its answers replace those and, where the page is corrected, what
the page itself said before. What somebody entered on the screen meanwhile stays, and two answers differ as always.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from communitas.kit.exceptions import NotAllowed
from communitas.kit.rulebook import sentence
from communitas.people.models import Account
from communitas.visits.queries import on_team
from communitas.workbooks.actions.printing import note_on_paper
from communitas.workbooks.actions.recording import record_events
from communitas.workbooks.models import Keying, Sheet
from communitas.workbooks.queries import paper as queries
from communitas.workbooks.queries.printed import hold_sheet
from communitas.workbooks.queries.reading import workbooks
from communitas.workbooks.rules import paper as rules
from communitas.workbooks.rules.events import Event
from communitas.workbooks.rules.paper import Difference, Entry, Reading
from communitas.workbooks.rules.registers import ACHIEVEMENT, IMPROVEMENT, Register

# What is wrong with one answer; anything else is wrong with the whole page and stops it.
_OF_ONE: Final = frozenset(
    {"unknown_criterion", "not_applicable_criterion", "other_edition", "off_the_scale", "no_reason", "too_long"}
)
_LISTS: Final = {"achievement": ACHIEVEMENT, "improvement": IMPROVEMENT}


@transaction.atomic
def save_draft(
    *,
    sheet: Sheet,
    part: str,
    entries: Reading,
    hand: str = "",
    reviewer: Account | None = None,
    by: Account,
    at: datetime,
) -> Keying:
    """Keep what was keyed in so far; nothing of it is in the workbook yet."""
    hold_sheet(sheet)
    if part == Keying.Part.FIRST and sheet.state in ("printed", "missing"):
        sheet.state = rules.SHEET.move(sheet.state, "begin")
        sheet.save(update_fields=["state"])
    if part == Keying.Part.FIRST and sheet.state == "begun":
        _say_whose(sheet, hand, reviewer)
    kept = {place: entry.as_json() for place, entry in entries.items() if not entry.is_empty}
    draft, _made = Keying.objects.update_or_create(
        sheet=sheet, part=part, by=by, sent_at=None, defaults={"entries": kept, "saved_at": at}
    )
    return draft


@transaction.atomic
def key_in(
    *,
    sheet: Sheet,
    entries: Reading,
    hand: str = "",
    reviewer: Account | None = None,
    role: str,
    by: Account,
    at: datetime,
) -> Keying:
    """Send a page to the workbook, or correct what oneself sent; a second person checks it from here on.

    What has no place in the workbook (a criterion that no longer applies, 'not applicable' without a reason) stays with
    the page, and `problems` of the reading says why. NotAllowed when nothing at all may be written.
    """
    hold_sheet(sheet)
    current, _second = queries.readings(sheet)
    if current is None:
        _say_whose(sheet, hand, reviewer)
        state = rules.SHEET.move(sheet.state, "begin") if sheet.state in ("printed", "missing") else sheet.state
        state = rules.SHEET.move(state, "key_in")
    else:
        state = rules.SHEET.move(sheet.state, "correct")
        if sheet.keyed_by_id != by.pk:
            raise NotAllowed(_("Somebody else keyed this page in. You can check it."))
    _require_whose(sheet)
    read, problems = _write(sheet, entries, queries.reading_of(current), role, by, at)
    Keying.objects.filter(sheet=sheet, by=by, sent_at=None).delete()
    keying = _sent(sheet, Keying.Part.FIRST, read, problems, by, at)
    sheet.state, sheet.keyed_by, sheet.keyed_at = state, by, at
    sheet.checked_by, sheet.checked_at, sheet.note = None, None, ""
    sheet.save()
    note_on_paper(
        printing=sheet.printing,
        verb="transcribe",
        by=by,
        at=at,
        detail={"sheet": str(sheet), "problems": len(problems)},
    )
    return keying


@transaction.atomic
def check(*, sheet: Sheet, entries: Reading, by: Account, at: datetime) -> tuple[Difference, ...]:
    """A second person's reading of the same paper: empty when both agree and the page is checked, else what differs."""
    hold_sheet(sheet)
    if not rules.may_check(first=sheet.keyed_by_id, second=by.pk):
        raise NotAllowed(sentence(rules.may_check))
    rules.SHEET.find(sheet.state, "confirm")
    first, _second = queries.readings(sheet)
    _heads, printed = queries.seen_in_print(sheet)
    read = rules.without_printed(entries, printed)
    found = rules.differences(queries.reading_of(first), read, queries.places_of(sheet))
    Keying.objects.filter(sheet=sheet, by=by, sent_at=None).delete()
    _sent(sheet, Keying.Part.CHECK, read, {}, by, at)
    agree = rules.readings_agree(found)
    sheet.state = rules.SHEET.move(sheet.state, "confirm" if agree else "differ")
    if agree:
        sheet.checked_by, sheet.checked_at = by, at
    sheet.save(update_fields=["state", "checked_by", "checked_at"])
    note_on_paper(
        printing=sheet.printing,
        verb="check_transcription",
        by=by,
        at=at,
        detail={"sheet": str(sheet), "differences": len(found)},
    )
    return found


@transaction.atomic
def settle(*, sheet: Sheet, chosen: Mapping[tuple[str, str], str], role: str, by: Account, at: datetime) -> Keying:
    """Say for each difference which of the two readings is what the paper says: {(place, field): 'first'}."""
    hold_sheet(sheet)
    if not rules.may_check(first=sheet.keyed_by_id, second=by.pk):
        raise NotAllowed(sentence(rules.may_check))
    state = rules.SHEET.move(sheet.state, "settle")
    one, other = queries.readings(sheet)
    first, second = queries.reading_of(one), queries.reading_of(other)
    found = rules.differences(first, second, queries.places_of(sheet))
    if any(chosen.get((each.key, each.field)) not in ("first", "second") for each in found):
        raise NotAllowed(_("Please choose for each difference what the paper says."))
    read, problems = _write(sheet, rules.settled(first, second, chosen), first, role, by, at)
    keying = _sent(sheet, Keying.Part.SETTLED, read, problems, by, at)
    sheet.state, sheet.checked_by, sheet.checked_at = state, by, at
    sheet.save()
    note_on_paper(
        printing=sheet.printing,
        verb="settle_transcription",
        by=by,
        at=at,
        detail={"sheet": str(sheet), "differences": len(found)},
    )
    return keying


@dataclass
class _Writing:
    """The events of one sheet on their way into the workbook."""

    sheet: Sheet
    at: datetime
    events: list[Event] = field(default_factory=list)
    place_of: dict[str, str] = field(default_factory=dict)  # by event: the place, and whether it is the score
    slots: dict[str, str | None] = field(default_factory=dict)  # what stands at each slot afterwards

    def put(self, place: str, slot: str, key: str | None, register: Register, value: dict[str, object] | None) -> None:
        """One event: the value, or None to take back what the page said before."""
        before = self.sheet.standing.get(slot)
        if value is None and not before:
            return
        kind = "retract" if value is None else "score" if register.holds_score else "comment"
        self._add(place, slot, key, register, kind, value or {}, [before] if before else [])

    def put_score(
        self, place: str, slot: str, register: Register, value: dict[str, object] | None, seen: Sequence[Event]
    ) -> None:
        """A score also replaces the answers that the page was printed with."""
        before = self.sheet.standing.get(slot)
        if value is None:
            self.put(place, slot, place, register, None)
            return
        replaced = {event.event_id for event in seen} | ({before} if before else set())
        self._add(place, slot, place, register, "score", value, sorted(replaced))

    def _add(
        self,
        place: str,
        slot: str,
        key: str | None,
        register: Register,
        kind: str,
        value: dict[str, object],
        supersedes: Sequence[str],
    ) -> None:
        workbook = self.sheet.printing.workbook
        event = Event(
            event_id=str(uuid4()),
            workbook=str(workbook.pk),
            edition_hash=self.sheet.printing.edition_hash,
            criterion_key=key,
            register=str(register),
            kind=kind,
            value=value,  # type: ignore[arg-type]  # plain JSON values
            author="",
            device_id="",
            device_seq=0,
            made_at=self.at.isoformat(),
            supersedes=tuple(supersedes),
            origin="paper",
            transcribed_from=" · ".join(part for part in (str(self.sheet), self.sheet.hand) if part),
        )
        self.events.append(event)
        self.place_of[event.event_id] = place
        self.slots[slot] = None if kind == "retract" else event.event_id


def _write(
    sheet: Sheet, entries: Reading, current: Reading, role: str, by: Account, at: datetime
) -> tuple[dict[str, Entry], dict[str, str]]:
    """Bring what differs from the page's earlier reading into the workbook; the reading, and what had no place."""
    register, comments = queries.register_of(sheet)
    seen, printed = queries.seen_in_print(sheet)
    read, writing = rules.without_printed(entries, printed), _Writing(sheet, at)
    for place in queries.places_of(sheet):
        new, old = read.get(place, Entry()), current.get(place, Entry())
        if place in sheet.criteria:
            stands = f"score {place}" in sheet.standing
            if (new.score, new.reason.strip()) != (old.score, old.reason.strip()) or (
                new.score is not None and not stands
            ):
                said: dict[str, object] | None = None
                if new.score is not None:
                    said = {"score": new.score, "reason": new.reason.strip()}
                writing.put_score(place, f"score {place}", register, said, seen.get(place, ()))
            if _words(new) != _words(old):
                words: dict[str, object] | None = {"text": _words(new)} if _words(new) else None
                writing.put(place, f"comment {place}", place, comments, words)
        elif new.comment.strip() != old.comment.strip():
            words = {"text": new.comment.strip()} if new.comment.strip() else None
            writing.put(place, place, None, _LISTS[place.rpartition(":")[2]], words)
    return read, _recorded(sheet, writing, role, by, at)


def _recorded(sheet: Sheet, writing: _Writing, role: str, by: Account, at: datetime) -> dict[str, str]:
    workbook = workbooks().get(pk=sheet.printing.workbook_id)
    outcomes = (
        record_events(workbook=workbook, events=writing.events, role=role, by=by, at=at) if writing.events else []
    )
    problems: dict[str, str] = {}
    refused = {outcome.event_id: outcome.problem for outcome in outcomes if outcome.problem}
    for event_id, problem in refused.items():
        if problem.code not in _OF_ONE:
            raise NotAllowed(problem.sentence)
        problems[writing.place_of[event_id]] = problem.sentence
    standing = dict(sheet.standing)
    for slot, stands in writing.slots.items():
        if stands is None:
            standing.pop(slot, None)
        elif stands not in refused:
            standing[slot] = stands
    sheet.standing = standing
    return problems


def _words(entry: Entry) -> str:
    """The words beside a mark; a reason without a mark is kept among them."""
    loose = entry.reason.strip() if entry.score is None else ""
    return "\n\n".join(part for part in (loose, entry.comment.strip()) if part)


def _say_whose(sheet: Sheet, hand: str, reviewer: Account | None) -> None:
    """Whose writing it is; a form that was printed for somebody stays that person's."""
    if sheet.printing.reviewer_id is None and reviewer is not None:
        sheet.reviewer, sheet.hand = reviewer, reviewer.display_name
        sheet.save(update_fields=["reviewer", "hand"])
    elif sheet.printing.reviewer_id is None and hand.strip():
        sheet.hand = hand.strip()[:120]
        sheet.save(update_fields=["hand"])


def _require_whose(sheet: Sheet) -> None:
    review = sheet.printing.workbook.review
    if review.kind == "self":
        return
    if sheet.reviewer_id is None:
        raise NotAllowed(_("Please say whose form this is."))
    if sheet.reviewer_id not in on_team(review.enrolment_id):
        raise NotAllowed(_("This person is not on the team of this visit."))


def _sent(sheet: Sheet, part: str, read: Reading, problems: Mapping[str, str], by: Account, at: datetime) -> Keying:
    kept = {place: entry.as_json() for place, entry in read.items() if not entry.is_empty}
    return Keying.objects.create(
        sheet=sheet, part=part, by=by, entries=kept, problems=dict(problems), saved_at=at, sent_at=at
    )
