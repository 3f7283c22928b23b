"""Events and heads from the database, as the rules know them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Model, Q, QuerySet

from communitas.cycles.models import Cycle, Enrolment
from communitas.kit.prepared import Finder, Prepared, Rows, partial
from communitas.members.actors import Actor
from communitas.members.models import ServiceType
from communitas.people.models import Account
from communitas.standards.models import Edition
from communitas.workbooks import policy
from communitas.workbooks.models import Event, Workbook
from communitas.workbooks.models import Review as ReviewRow
from communitas.workbooks.rules import events as rules
from communitas.workbooks.rules.access import Writer
from communitas.workbooks.rules.events import Key
from communitas.workbooks.rules.fold import State
from communitas.workbooks.rules.registers import SELF
from communitas.workbooks.rules.review import Review, ReviewKind

KINDS: Mapping[str, ReviewKind] = {"self": "self_review", "peer": "peer_review"}
_FIELDS = (
    "event_id",
    "criterion_key",
    "register",
    "kind",
    "author_id",
    "supersedes",
    "device_id",
    "device_seq",
    "made_at",
    "received_at",
    "origin",
    "server_seq",
    "payload__value",
)

HEADS = Q(head__isnull=False)  # events that nothing supersedes: how a workbook stands
_ROW = (*_FIELDS, "workbook_id", "hash", "payload__salt", "head__pk")
# What saving one answer asks of a self-review: each row on the way with its fields, in the order of the model.
_ANSWERING: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Workbook, "", ("id", "edition_hash", "last_seq", "counts")),
    (ReviewRow, "review__", ("id", "kind", "state")),
    (Enrolment, "review__enrolment__", ("id", "community_id", "modules")),
    (Cycle, "review__enrolment__cycle__", ("id", "network_id")),
    (Edition, "review__enrolment__edition__", ("id", "content_hash")),
    (ServiceType, "review__enrolment__service_type__", ("id", "code")),
)


def workbooks() -> QuerySet[Workbook]:
    """Workbooks with all that a page or an action asks of them, in one query."""
    return Workbook.objects.select_related(
        "review__enrolment__cycle__network__tenant",
        "review__enrolment__community",
        "review__enrolment__edition",
        "review__enrolment__service_type",
    )


@Prepared
def _answering(*, pk: int) -> Rows:
    wanted = [path + name for _, path, names in _ANSWERING for name in names]
    return Workbook.objects.filter(pk=pk, review__kind="self").order_by().values_list(*wanted)


def answering(pk: int) -> Workbook | None:
    """A self-review with what saving one answer asks of it and no more, in one query: it is asked most often of all."""
    rows = _answering(pk=pk) if pk <= BigIntegerField.MAX_BIGINT else []
    if not rows:
        return None
    values = iter(rows[0])
    made: list[Any] = [partial(kind, names, values) for kind, _, names in _ANSWERING]
    found: Workbook = made[0]
    found.review, enrolment, enrolment.cycle, enrolment.edition, enrolment.service_type = made[1:]
    found.review.enrolment = enrolment
    return found


def self_reviews() -> QuerySet[Workbook]:
    """The workbooks of self-reviews."""
    return workbooks().filter(review__kind="self")


def peer_reviews() -> QuerySet[Workbook]:
    """The workbooks of peer-reviews."""
    return workbooks().filter(review__kind="peer")


workbook = Finder(workbooks)
self_review = Finder(self_reviews)
peer_review = Finder(peer_reviews)


def readers_of(workbook: Workbook) -> Callable[[Actor], bool]:
    """Who may open the workbook's page. No query."""
    permission = policy.read_self if workbook.review.kind == "self" else policy.read_peer
    return lambda actor: permission.allows(actor, workbook)


@Prepared
def _held(*, pk: int) -> Rows:
    return Workbook.objects.select_for_update().filter(pk=pk).values_list("last_seq", "counts", "review__state")


def hold(workbook: Workbook) -> None:
    """Lock the workbook and its review until the end of the transaction, and read what may have changed."""
    [(workbook.last_seq, workbook.counts, workbook.review.state)] = _held(pk=workbook.pk)


@dataclass(frozen=True)
class Reading:
    """Some registers of a workbook as they stand now: their heads, when each came, and who wrote it."""

    state: State
    received: Mapping[str, datetime] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, author: str) -> str:
        """The display name of an author."""
        return self.names.get(author, "")


def read(
    workbook: Workbook,
    *,
    criteria: Collection[str] | None = None,
    registers: Q | None = None,
    known: Mapping[str, str] | None = None,
) -> Reading:
    """The heads of a workbook with their authors' names: two queries, one where all names are `known`."""
    heads = _heads(workbook, registers)
    if criteria is not None:
        heads = heads.filter(criterion_key__in=list(criteria))
    rows = list(heads.values(*_FIELDS))
    names = dict(known or {})
    names |= names_of(row["author_id"] for row in rows if str(row["author_id"]) not in names)
    return Reading(_state(workbook, rows), received_of(rows), names)


def state_of(workbook: Workbook, *, registers: Q | None = None) -> State:
    """The state of the whole workbook, or of some registers: one query."""
    return _state(workbook, _heads(workbook, registers).values(*_FIELDS))


def all_events(workbook: Workbook) -> list[rules.Event]:
    """Every event of a workbook in the server's order: what the state is a fold of."""
    rows = Event.objects.filter(workbook=workbook).order_by("server_seq").values(*_FIELDS)
    return [as_event(workbook, row) for row in rows]


def events_named(workbook: Workbook, ids: Collection[str]) -> list[rules.Event]:
    """The events of a workbook with these ids, oldest first: one query, none for none. Unknown ids are left out."""
    known = [one for one in ids if is_id(one)]
    if not known:
        return []
    rows = Event.objects.filter(workbook=workbook, event_id__in=known).order_by("server_seq").values(*_FIELDS)
    return [as_event(workbook, row) for row in rows]


def as_event(workbook: Workbook, row: Mapping[str, Any]) -> rules.Event:
    """The event of a row with its payload; a redacted one has lost what it said."""
    said = row["payload__value"]
    redacted = said is None
    said = said or {}
    return rules.Event(
        event_id=str(row["event_id"]),
        workbook=str(workbook.pk),
        edition_hash=workbook.edition_hash,
        criterion_key=row["criterion_key"] or None,
        register=row["register"],
        kind=row["kind"],
        value=said.get("value", {}),
        author=str(row["author_id"]),
        device_id=row["device_id"],
        device_seq=row["device_seq"] or 0,
        made_at=said.get("made_at", row["made_at"].isoformat()),
        supersedes=tuple(row["supersedes"]),
        origin=row["origin"],
        reason=said.get("reason", ""),
        transcribed_from=said.get("transcribed_from", ""),
        server_seq=row["server_seq"],
        redacted=redacted,
    )


def rows_of(events: QuerySet[Event]) -> list[dict[str, Any]]:
    """Events as plain rows with what they say and whether they are heads."""
    return list(events.values(*_ROW))


@Prepared
def _known(*, workbook: int, criteria: list[str], registers: list[str], ids: list[UUID]) -> Rows:
    here = Q(workbook=workbook, criterion_key__in=criteria, register__in=registers)
    return Event.objects.filter(here | Q(event_id__in=ids)).order_by().values_list(*_ROW)


def known_rows(
    workbook: Workbook, *, criteria: Collection[str], registers: Collection[str], ids: Collection[UUID]
) -> list[dict[str, Any]]:
    """The events of these criteria and registers, and those with these ids in whatever workbook, as plain rows."""
    rows = _known(workbook=workbook.pk, criteria=sorted(criteria), registers=sorted(registers), ids=sorted(ids))
    return [dict(zip(_ROW, row, strict=True)) for row in rows]


def received_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, datetime]:
    """When each event reached the server."""
    return {str(row["event_id"]): row["received_at"] for row in rows}


def names_of(accounts: Iterable[int]) -> dict[str, str]:
    """Display names by the authors' ids as events carry them: one query, none for nobody."""
    ids = set(accounts)
    if not ids:
        return {}
    return {str(pk): name for pk, name in Account.objects.filter(pk__in=ids).values_list("pk", "display_name")}


def review_of(
    workbook: Workbook,
    applicable: frozenset[str],
    *,
    finished: frozenset[str] = frozenset(),
    self_scores: Mapping[str, rules.Score] | None = None,
) -> Review:
    """The facts of the workbook's review that its rules ask for."""
    return Review(
        kind=KINDS[workbook.review.kind],
        state=workbook.review.state,
        workbook=str(workbook.pk),
        edition_hash=workbook.edition_hash,
        applicable=applicable,
        finished=finished,
        self_scores=self_scores or {},
    )


def self_scores(workbook: Workbook, criteria: Collection[str] | None = None) -> dict[str, rules.Score]:
    """The settled scores of the self-review beside this peer-review: two queries."""
    beside = Workbook.objects.filter(review__enrolment=workbook.review.enrolment_id, review__kind="self").first()
    if beside is None:
        return {}
    wanted = Q(register=str(SELF)) if criteria is None else Q(register=str(SELF), criterion_key__in=list(criteria))
    state = state_of(beside, registers=wanted)
    answers = {key: state.answer(key, SELF) for key, _register in state.heads if key}
    return {key: answer.score for key, answer in answers.items() if answer.is_answered}


def writer_of(workbook: Workbook, actor: Any) -> Writer:
    """The person in the role in which they act on this workbook, the strongest first; '' for somebody without one."""
    enrolment = workbook.review.enrolment
    network, person = enrolment.cycle.network_id, str(actor.account_id or "")
    if workbook.review.kind == "self":
        for role in ("community_lead", "staff", "client_member"):
            if enrolment.community_id in actor.communities_as(role):
                return Writer(person, role)
    if enrolment.pk in actor.scopes("team"):
        return Writer(person, "lead_reviewer" if actor.holds("lead_reviewer", network) else "reviewer")
    return Writer(person, "office" if actor.holds("office", network) else "")


def in_order(heads: Mapping[Key, Iterable[rules.Event]]) -> State:
    """The state that these heads make, those of one place oldest first."""
    return State(
        {key: tuple(sorted(found, key=lambda event: (event.made_at, event.event_id))) for key, found in heads.items()}
    )


def _heads(workbook: Workbook, registers: Q | None) -> QuerySet[Event]:
    heads = Event.objects.filter(HEADS, workbook=workbook).order_by()
    return heads if registers is None else heads.filter(registers)


def _state(workbook: Workbook, rows: Iterable[Mapping[str, Any]]) -> State:
    heads: dict[Key, list[rules.Event]] = {}
    for row in rows:
        event = as_event(workbook, row)
        heads.setdefault(event.key, []).append(event)
    return in_order(heads)


def is_id(text: str) -> bool:
    """Whether a text is the id of some event, whether or not it is stored."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
