"""The pages of both workbooks, put together from what the screens show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import DueDate
from communitas.members.actors import Actor
from communitas.people.models import Account
from communitas.standards.rules.edition import Criterion
from communitas.workbooks import policy
from communitas.workbooks.models import Event, ReviewMove, Workbook
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.delegation import given_items
from communitas.workbooks.queries.facts import text_of
from communitas.workbooks.queries.reading import Reading, as_event, names_of, read, rows_of, self_reviews
from communitas.workbooks.queries.screens import Item, Said, Shown, Side, item_of, items, registers_of, said_of
from communitas.workbooks.queries.sides import CLIENT_MEMBERS, STAFF, Reader, sides_of
from communitas.workbooks.queries.unchecked import marked, said_from_paper, unchecked_in
from communitas.workbooks.rules import registers
from communitas.workbooks.rules.access import Writer, may_read
from communitas.workbooks.rules.agreeing import suggestion
from communitas.workbooks.rules.events import Key
from communitas.workbooks.rules.registers import AGREED, SELF
from communitas.workbooks.rules.review import Review
from communitas.workbooks.slots import Before, Voice, before, voices

SELF_COMMENT, AGREED_COMMENT = registers.comment("self"), registers.comment("agreed")
SHARED = registers_of(SELF, SELF_COMMENT, STAFF, CLIENT_MEMBERS)  # what everybody who answers a self-review writes
# What the team writes once the discussion is open: what is agreed, and what each reviewer still changes.
OF_TEAM = (
    registers_of(AGREED, AGREED_COMMENT)
    | Q(register__startswith="reviewer:")
    | Q(register__startswith="comment:reviewer:")
)


@dataclass(frozen=True)
class Beside:
    """The self-review beside a peer-review, when the reader may see it."""

    book: Book
    reading: Reading

    def said(self, key: str, who: str) -> tuple[Said, ...]:
        """The community's own score and comment."""
        answer = self.reading.state.answer(key, SELF)
        text = text_of(self.reading.state, key, SELF_COMMENT)
        return (said_of(self.book, self.reading, answer, who, text),) if answer.kind != "none" or text else ()

    def sides(self, key: str, now: datetime) -> tuple[Side, ...]:
        """How the community's staff and client members see it."""
        return sides_of(self.reading, key, None, now)


def self_items(
    workbook: Workbook, criteria: Collection[Criterion], reader: Reader, now: datetime, *, held: bool = False
) -> list[Item]:
    """Criteria of a self-review with the community's answers and last cycle's: two queries and the slots'.

    `held` says also who was asked to answer each: one query more.
    """
    book, keys = book_of(workbook.review.enrolment), _keys(criteria)
    reading = read(workbook, criteria=keys, registers=SHARED)
    last, voiced = last_time(workbook)
    given = given_items(workbook, keys, reading, reader, now) if held else {}
    shown = Shown(
        SELF, SELF_COMMENT, last, voiced, sides=lambda key: sides_of(reading, key, reader, now), given=given.get
    )
    return marked(items(book, list(criteria), reading, shown, now), unchecked_in(workbook, reading), SELF)


def saved_item(workbook: Workbook, key: str, writer: Account, now: datetime, reading: Reading | None = None) -> Item:
    """One criterion of a self-review as it stands after saving, without last cycle's.

    No query where saving told how it stands; one, or two, otherwise.
    """
    book = book_of(workbook.review.enrolment)
    if reading is None:
        known = {str(writer.pk): writer.display_name}
        reading = read(workbook, criteria=[key], registers=registers_of(SELF, SELF_COMMENT), known=known)
    item = item_of(book, key, reading, Shown(SELF, SELF_COMMENT, {}, {}), now)
    return marked([item], unchecked_in(workbook, reading), SELF)[0]


def own_items(workbook: Workbook, criteria: Collection[Criterion], person: str, who: str, now: datetime) -> list[Item]:
    """Criteria of a peer-review with one reviewer's own answers, and the self-review's beside them."""
    book = book_of(workbook.review.enrolment)
    register, comments = registers.reviewer(person), registers.reviewer_comment(person)
    reading = read(workbook, criteria=_keys(criteria), registers=registers_of(register, comments))
    own = self_beside(workbook, book, criteria)
    last, voiced = last_time(workbook)
    shown = Shown(
        *(register, comments, last, voiced),
        beside=lambda key: own.said(key, who) if own else (),
        sides=lambda key: own.sides(key, now) if own else (),
    )
    return marked(items(book, list(criteria), reading, shown, now), unchecked_in(workbook, reading), register)


def agreed_items(
    workbook: Workbook, criteria: Collection[Criterion], review: Review, reader: Writer, who: str, now: datetime
) -> list[Item]:
    """Criteria with the agreed score to write; beside it the community's and each reviewer's, as the reader may see."""
    book = book_of(workbook.review.enrolment)
    reading = _naming_reviewers(read(workbook, criteria=_keys(criteria)))
    own = self_beside(workbook, book, criteria)
    people = [
        person
        for person in sorted(reading.state.reviewers(), key=reading.name)
        if may_read(registers.reviewer(person), reader, review)
    ]

    waiting = unchecked_in(workbook, reading)

    def beside(key: str) -> tuple[Said, ...]:
        team = tuple(_of_reviewer(book, reading, key, person, waiting) for person in people)
        return (*(own.said(key, who) if own else ()), *team)

    shown = Shown(AGREED, AGREED_COMMENT, {}, {}, beside, lambda key: own.sides(key, now) if own else ())
    made = items(book, list(criteria), reading, shown, now)
    return [_suggested(book, item, reading, own, people) for item in made]


def self_beside(workbook: Workbook, book: Book, criteria: Collection[Criterion]) -> Beside | None:
    """The self-review of the same enrolment, once it was sent: three queries, one while it was not."""
    sent = Workbook.objects.filter(review__enrolment=workbook.review.enrolment_id, review__kind="self")
    beside = sent.exclude(review__state="open").select_related("review").first()
    if beside is None:
        return None
    reading = read(beside, criteria=_keys(criteria), registers=SHARED)
    return Beside(book, reading)


def last_time(workbook: Workbook) -> tuple[Mapping[str, Before], Mapping[str, Voice]]:
    """What higher apps know of each criterion: last cycle, and what questionnaires say."""
    pk = workbook.review.enrolment_id
    known: dict[str, Before] = {}
    for found in before.ask([pk]).get(pk, []):
        known |= found
    heard: dict[str, Voice] = {}
    for spoken in voices.ask([pk]).get(pk, []):
        heard |= spoken
    return known, heard


def changed_since(workbook: Workbook, after: int, registers: Q, *, but_not_by: int) -> dict[str, list[str]]:
    """The criteria that other people have changed since a number of the server, with their names: one query."""
    changed = Event.objects.filter(registers, workbook=workbook, server_seq__gt=after).exclude(author=but_not_by)
    found: dict[str, list[str]] = {}
    for key, name in changed.order_by("server_seq").values_list("criterion_key", "author__display_name"):
        names = found.setdefault(key, [])
        if name not in names:
            names.append(name)
    return found


def events_of(workbook: Workbook, key: str, review: Review, reader: Writer) -> list[dict[str, Any]]:
    """Every event of a criterion that the reader may read, newest first: two queries."""
    rows = rows_of(Event.objects.filter(workbook=workbook, criterion_key=key).order_by("-server_seq"))
    names = names_of(row["author_id"] for row in rows)
    found = [
        {"event": as_event(workbook, row), "received_at": row["received_at"], "name": names[str(row["author_id"])]}
        for row in rows
    ]
    return [
        row
        for row in found
        if may_read(registers.parse(row["event"].register), reader, review, author=row["event"].author)
    ]


def _keys(criteria: Collection[Criterion]) -> list[str]:
    return [criterion.key or criterion.code for criterion in criteria]


def _naming_reviewers(reading: Reading) -> Reading:
    """Somebody else may have keyed in all of a reviewer's paper: one query then, none otherwise."""
    strangers = {int(person) for person in reading.state.reviewers() if person not in reading.names}
    return replace(reading, names={**reading.names, **names_of(strangers)}) if strangers else reading


def _of_reviewer(book: Book, reading: Reading, key: str, person: str, waiting: frozenset[Key]) -> Said:
    answer = reading.state.answer(key, registers.reviewer(person))
    text = text_of(reading.state, key, registers.reviewer_comment(person))
    said = said_of(book, reading, answer, reading.name(person), text)
    return said_from_paper(said) if (key, str(registers.reviewer(person))) in waiting else said


def _suggested(book: Book, item: Item, reading: Reading, own: Beside | None, people: list[str]) -> Item:
    """Fill in the mark on which all agree, where nothing is agreed yet; it counts once the lead reviewer saves it."""
    if item.score is not None or item.differ:
        return item
    answers = [reading.state.answer(item.key, registers.reviewer(person)) for person in people]
    self_score = own.reading.state.answer(item.key, SELF).score if own else None
    found = suggestion(answers, self_score)
    if found is None:
        return item
    return replace(item, score=found.score, reason=found.reason, suggested=True)


def own_self_reviews(actor: Actor) -> list[Workbook]:
    """The self-reviews of the newest cycle of each community in which the actor answers: one query."""
    communities = {role.community for role in actor.held if role.community and role.role in HOST_ROLES}
    own = policy.read_self.visible(self_reviews(), actor).filter(review__enrolment__community__in=communities)
    newest: dict[int, Workbook] = {}
    for workbook in own.order_by("-review__enrolment__cycle__opens_on", "pk").distinct():
        newest.setdefault(workbook.review.enrolment.community_id, workbook)
    return list(newest.values())


HOST_ROLES = frozenset({"staff", "client_member", "community_lead"})


def moves_of(workbook: Workbook) -> list[dict[str, str]]:
    """What happened to the review, newest first, as the history component shows it: one query."""
    moves = ReviewMove.objects.filter(review=workbook.review_id).select_related("by")
    return [
        {
            "what": str(MOVE_WORDS.get(move.verb, move.verb)),
            "by": move.by.display_name if move.by else "Communitas",
            "when": date_format(timezone.localtime(move.at), "j F Y, H:i"),
            "reason": move.reason,
        }
        for move in moves
    ]


def self_review_beside(workbook: Workbook) -> Workbook | None:
    """The self-review of the same enrolment: one query."""
    beside = Workbook.objects.filter(review__enrolment=workbook.review.enrolment_id, review__kind="self")
    return beside.select_related("review").first()


def due_on(workbook: Workbook) -> date | None:
    """The last day of the stage to which the review belongs: one query."""
    stage = "self_review" if workbook.review.kind == "self" else "visit"
    due = DueDate.objects.filter(enrolment=workbook.review.enrolment_id, what=stage).first()
    return due.due_on if due else None


MOVE_WORDS = {
    "open": _("Self-review opened"),
    "send": _("Sent to the office"),
    "prepare": _("Peer-review prepared"),
    "begin": _("Scoring started"),
    "open_discussion": _("Discussion opened"),
    "close": _("Peer-review closed"),
    "reopen": _("Opened again"),
    "name_contributor": _("A person was named to contribute"),
    "end_contributor": _("A person no longer contributes"),
}
