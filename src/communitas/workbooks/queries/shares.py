"""Who does what: every criterion with who has it, by section and by person, and one person's own list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communitas.cycles.queries import today_in
from communitas.workbooks.models import Delegation, Workbook
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.delegation import ROLES, Answerer, Holder, answers_of, given_of
from communitas.workbooks.queries.reading import self_reviews, state_of
from communitas.workbooks.queries.screens import moment, registers_of
from communitas.workbooks.rules import delegation as rules
from communitas.workbooks.rules.fold import Answer
from communitas.workbooks.rules.registers import SELF
from communitas.workbooks.rules.review import OPEN_STATES

STANDINGS = {
    "done": gettext_lazy("answered"),
    "differs": gettext_lazy("answers differ"),
    "late": gettext_lazy("late"),
    "waits": gettext_lazy("not answered yet"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: how it stands and who has it. `tone` is that of the tag."""

    key: str
    code: str
    statement: str
    href: str
    holder: Holder | None
    standing: str
    word: str
    tone: str
    by: str

    @property
    def tick(self) -> str:
        """What the form sends when this criterion is ticked."""
        return f"c:{self.key}"

    @property
    def is_missing(self) -> bool:
        """Whether an answer is still to come."""
        return self.standing in {"late", "waits"}


@dataclass(frozen=True, slots=True)
class SectionShare:
    """One section: its criteria, and who has them in words."""

    number: int
    title: str
    lines: tuple[Line, ...]
    who: str

    @property
    def tick(self) -> str:
        """What the form sends when the whole section is ticked."""
        return f"s:{self.number}"

    @property
    def done(self) -> int:
        """How many have a settled answer."""
        return sum(line.standing == "done" for line in self.lines)


@dataclass(frozen=True, slots=True)
class PersonShare:
    """One person: what they have, and what is to be known before they are reminded."""

    person: Answerer
    load: rules.Load
    until: str
    reminded: str
    may_remind: bool

    @property
    def role(self) -> str:
        """The person's role in words."""
        return str(ROLES.get(self.person.role, ""))

    @property
    def still_answers(self) -> bool:
        """Whether the person can still answer here."""
        return self.person.named


@dataclass(frozen=True, slots=True)
class LastGiving:
    """The act that the lead may undo: what it was, in words."""

    giving: UUID
    words: str


@dataclass(frozen=True, slots=True)
class Own:
    """What one person was given in one self-review."""

    workbook: Workbook
    lines: tuple[Line, ...]

    @property
    def left(self) -> list[Line]:
        """What still waits for an answer, late ones first."""
        return sorted((line for line in self.lines if line.is_missing), key=lambda line: line.standing != "late")

    @property
    def over(self) -> list[Line]:
        """What is answered, and what the lead has to decide."""
        return [line for line in self.lines if not line.is_missing]


def shares(workbook: Workbook, held: Mapping[str, Holder], now: datetime) -> tuple[SectionShare, ...]:
    """Every section with who has what: one query."""
    book, today = book_of(workbook.review.enrolment), today_in(workbook.review.enrolment.cycle.network, now)
    state = state_of(workbook, registers=registers_of(SELF))
    answers = {key: state.answer(key, SELF) for key in book.criteria}
    found = []
    for number, section in enumerate(book.sections, start=1):
        keys = [criterion.key or criterion.code for criterion in section.criteria]
        lines = tuple(_line(workbook, book, key, answers[key], held.get(key), today) for key in keys)
        found.append(SectionShare(number, section.title, lines, _who(lines)))
    return tuple(found)


def people_shares(
    found: Iterable[SectionShare],
    people: Iterable[Answerer],
    held: Mapping[str, Holder],
    *,
    reader: int,
    today: date,
    now: datetime,
) -> list[PersonShare]:
    """Everybody who has something, late ones first; nobody reminds themselves. No query."""
    lines = [line for section in found for line in section.lines if line.holder]
    known = {person.pk: person for person in people}
    settled = {line.key for line in lines if line.standing == "done"}
    differing = {line.key for line in lines if line.standing == "differs"}
    reminded = _reminded(held.values())
    made = []
    for load in rules.loads(given_of(held).values(), settled, differing, today):
        pk = int(load.person)
        name = next(holder.name for holder in held.values() if holder.pk == pk)
        person = known.get(pk, Answerer(pk, name, "", named=False, has_address=False))
        last = reminded.get(pk)
        made.append(
            PersonShare(
                person,
                load,
                date_format(load.next_on, "j F") if load.next_on else "",
                moment(last, now) if last else "",
                pk != reader
                and load.left > 0
                and person.has_address
                and person.named
                and rules.may_be_reminded(last, now),
            )
        )
    return made


def last_act(workbook: Workbook, actor: int) -> LastGiving | None:
    """What this person last gave or took back, while all of it still stands: two queries."""
    rows = Delegation.objects.filter(workbook=workbook).select_related("account")
    given = rows.filter(given_by=actor).order_by("-given_at", "-pk").first()
    ended = rows.filter(ended_by=actor, ended_as="taken_back").order_by("-ended_at", "-pk").first()
    if ended and ended.ended_with and (given is None or (ended.ended_at or given.given_at) > given.given_at):
        return LastGiving(
            ended.ended_with, _("You took criteria back from %(name)s.") % {"name": ended.account.display_name}
        )
    if given is None or given.ended_at is not None:
        return None
    count = rows.filter(giving=given.giving, ended_at=None).count()
    words = ngettext("You gave %(count)d criterion to %(name)s.", "You gave %(count)d criteria to %(name)s.", count)
    return LastGiving(given.giving, words % {"count": count, "name": given.account.display_name})


def given_to(account: int, workbooks: QuerySet[Workbook], now: datetime) -> list[Own]:
    """What one person was given in these self-reviews, as far as they are open: three queries."""
    held = list(_open_rows().filter(account=account).values_list("workbook", "criterion_key", "due_on"))
    books = {
        book.pk: book
        for book in workbooks.filter(pk__in={pk for pk, _key, _on in held}, review__state__in=_OPEN).distinct()
    }
    answers = answers_of(books.values(), {key for _pk, key, _on in held})
    found = []
    for book in books.values():
        criteria, today = book_of(book.review.enrolment), today_in(book.review.enrolment.cycle.network, now)
        mine = {
            key: Holder(account, "", due_on, now, None)
            for pk, key, due_on in held
            if pk == book.pk and key in criteria.keys
        }
        ordered = sorted(mine, key=lambda key: criteria.number_of[key])
        lines = tuple(
            _line(book, criteria, key, answers.get((book.pk, key), Answer("none")), mine[key], today) for key in ordered
        )
        if lines:
            found.append(Own(book, lines))
    return found


def loads_of(ids: Iterable[int]) -> list[tuple[Workbook, rules.Load]]:
    """What is left with whom in the open self-reviews of these enrolments: three queries, one where nothing is given.

    Slots know no clock, so nothing is called late here.
    """
    rows = _open_rows().filter(workbook__review__enrolment__in=list(ids), workbook__review__state__in=_OPEN)
    held = list(rows.values_list("workbook", "criterion_key", "account", "due_on"))
    if not held:
        return []
    books = {book.pk: book for book in self_reviews().filter(pk__in={pk for pk, *_rest in held})}
    answers = answers_of(books.values(), {key for _pk, key, *_rest in held})
    found = []
    for pk, book in books.items():
        keys = book_of(book.review.enrolment).keys
        given = [rules.Given(key, str(who), on) for owner, key, who, on in held if owner == pk and key in keys]
        settled = {key for (owner, key), answer in answers.items() if owner == pk and answer.is_answered}
        differing = {key for (owner, key), answer in answers.items() if owner == pk and answer.kind == "differ"}
        found += [(book, load) for load in rules.loads(given, settled, differing, date.min)]
    return found


_OPEN = sorted(OPEN_STATES["self_review"])


def _open_rows() -> QuerySet[Delegation]:
    return Delegation.objects.filter(ended_at=None).order_by()


def _line(workbook: Workbook, book: Book, key: str, answer: Answer, holder: Holder | None, today: date) -> Line:
    stand = rules.standing(
        settled=answer.is_answered,
        differs=answer.kind == "differ",
        due_on=holder.due_on if holder else today,
        today=today,
    )
    criterion = book.criteria[key]
    section = reverse("workbooks:section", args=[workbook.pk, book.place_of[key] + 1])
    return Line(
        key=key,
        code=criterion.code,
        statement=criterion.statement,
        href=f"{section}#c{book.number_of[key]}",
        holder=holder,
        standing=stand,
        word=str(STANDINGS[stand]),
        tone={"done": "good", "differs": "warn", "late": "warn"}.get(stand, "plain"),
        by=date_format(holder.due_on, "j F") if holder else "",
    )


def _who(lines: Iterable[Line]) -> str:
    """Who has how many of a section's criteria that are still to be answered, in words."""
    counts: dict[str, int] = {}
    for line in lines:
        if line.standing != "done":
            name = line.holder.name if line.holder else ""
            counts[name] = counts.get(name, 0) + 1
    nobody = counts.pop("", 0)
    words = [f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    if nobody:
        words.append(_("nobody yet %(count)d") % {"count": nobody})
    return ", ".join(words)


def _reminded(holders: Iterable[Holder]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for holder in holders:
        if holder.reminded_at:
            found[holder.pk] = max(holder.reminded_at, found.get(holder.pk, holder.reminded_at))
    return found
