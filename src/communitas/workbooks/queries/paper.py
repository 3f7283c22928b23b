"""What was printed and what became of it, and the form that a print shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communitas.kit.addresses import address_of
from communitas.standards.rules.edition import Criterion
from communitas.standards.rules.identity import key_of
from communitas.workbooks.models import Keying, Printing, Sheet, Workbook
from communitas.workbooks.queries.book import Book, book_of
from communitas.workbooks.queries.pages import Beside, last_time, self_beside
from communitas.workbooks.queries.reading import all_events
from communitas.workbooks.queries.screens import word_of
from communitas.workbooks.rules import registers
from communitas.workbooks.rules.events import NOT_APPLICABLE, Event, Score
from communitas.workbooks.rules.fold import State, fold
from communitas.workbooks.rules.paper import ON_PAPER, UNCHECKED, Reading, entry_of
from communitas.workbooks.rules.paper_form import (
    Box,
    Choices,
    Earlier,
    Form,
    FormCriterion,
    FormSection,
    Mark,
    SheetPlan,
    choices_of,
)
from communitas.workbooks.rules.registers import Register
from communitas.workbooks.slots import Before

_WORKBOOK = "printing__workbook__review__enrolment"


@dataclass(frozen=True, slots=True)
class Standing:
    """How many sheets of a workbook stand where; covers and what was handed out in vain are not counted."""

    printed: int = 0
    on_paper: int = 0
    missing: int = 0
    unchecked: int = 0
    checked: int = 0

    @property
    def waited(self) -> int:
        """The sheets that are still wanted: all but the missing ones."""
        return self.printed - self.missing

    @property
    def keyed(self) -> int:
        """The sheets that are in the workbook, checked or not."""
        return self.unchecked + self.checked

    @property
    def is_done(self) -> bool:
        """Whether everything that was printed is in the workbook and was checked by a second person."""
        return not (self.on_paper or self.unchecked)


def sheets() -> QuerySet[Sheet]:
    """Sheets with all that a page or an action asks of them, in one query."""
    return Sheet.objects.select_related(
        f"{_WORKBOOK}__cycle__network__tenant",
        f"{_WORKBOOK}__community",
        f"{_WORKBOOK}__edition",
        f"{_WORKBOOK}__service_type",
        "printing__printed_by",
        "printing__reviewer",
        "reviewer",
        "keyed_by",
        "checked_by",
    )


def printings() -> QuerySet[Printing]:
    """Prints with all that a page asks of them, in one query."""
    return Printing.objects.select_related(
        "workbook__review__enrolment__cycle__network__tenant",
        "workbook__review__enrolment__community",
        "workbook__review__enrolment__edition",
        "workbook__review__enrolment__service_type",
        "printed_by",
        "reviewer",
    )


def standing(workbook: Workbook) -> Standing:
    """How many sheets of a workbook stand where: one query."""
    asked = Sheet.objects.filter(printing__workbook=workbook).exclude(criteria=[], findings=[])
    found = dict(asked.order_by().values_list("state").annotate(count=Count("pk")))
    return Standing(
        printed=sum(found.values()),
        on_paper=sum(found.get(state, 0) for state in ON_PAPER),
        missing=found.get("missing", 0),
        unchecked=sum(found.get(state, 0) for state in UNCHECKED),
        checked=found.get("checked", 0),
    )


def register_of(sheet: Sheet) -> tuple[Register, Register]:
    """Where the scores and the comments of a sheet belong; ValueError while nobody said whose form it is."""
    if sheet.printing.workbook.review.kind == "self":
        return registers.SELF, registers.comment("self")
    if sheet.reviewer_id is None:
        raise ValueError("Nobody said whose form this is.")
    return registers.reviewer(str(sheet.reviewer_id)), registers.reviewer_comment(str(sheet.reviewer_id))


def places_of(sheet: Sheet) -> list[str]:
    """Everything that is keyed in from a sheet: its criteria, then two lists for each section that ends on it."""
    found = [f"found:{number}:{which}" for number in sheet.findings for which in ("achievement", "improvement")]
    return [*sheet.criteria, *found]


def seen_in_print(sheet: Sheet) -> tuple[dict[str, tuple[Event, ...]], dict[str, Score]]:
    """The answers that a sheet was printed with, and their scores: one query, none for a blank sheet.

    Where answers differed nothing is ticked, and whoever filled it in did not see one to replace.
    """
    if not choices_of(sheet.printing.choices).filled:
        return {}, {}
    register, _comments = register_of(sheet)
    state = _state_then(sheet.printing.workbook, sheet.printing.last_seq)
    answers = {key: state.answer(key, register) for key in sheet.criteria}
    settled = {key: answer for key, answer in answers.items() if answer.is_answered}
    return {key: one.heads for key, one in settled.items()}, {key: one.score for key, one in settled.items()}


def reading_of(keying: Keying | None) -> Reading:
    """What one person read."""
    return {place: entry_of(entry) for place, entry in keying.entries.items()} if keying else {}


def readings(sheet: Sheet) -> tuple[Keying | None, Keying | None]:
    """The reading that stands in the workbook and the second one that checked it: one query."""
    sent = list(Keying.objects.filter(sheet=sheet).exclude(sent_at=None).order_by("pk"))
    standing_ = next((one for one in reversed(sent) if one.part != Keying.Part.CHECK), None)
    after = [one for one in sent if standing_ is None or one.pk > standing_.pk]
    return standing_, next((one for one in reversed(after) if one.part == Keying.Part.CHECK), None)


def draft_of(sheet: Sheet, person: int, *parts: str) -> Keying | None:
    """What a person has keyed in and not sent yet, of the first of these parts that has something: one query."""
    drafts = {one.part: one for one in Keying.objects.filter(sheet=sheet, by=person, sent_at=None)}
    return next((drafts[part] for part in parts if part in drafts), None)


def plan_of(printing: Printing) -> tuple[SheetPlan, ...]:
    """The sheets as they were printed: one query."""
    found = Sheet.objects.filter(printing=printing, copy=1).order_by("number")
    return tuple(SheetPlan(one.number, tuple(one.criteria), tuple(one.findings)) for one in found)


def codes_of(printing: Printing, plan: tuple[SheetPlan, ...]) -> list[tuple[str, str]]:
    """The page code of each sheet and the address that its QR code opens."""
    slug = printing.workbook.review.enrolment.cycle.network.slug
    codes = [Sheet(printing=printing, number=one.number).code for one in plan]
    return [(code, address_of(slug, "workbooks:sheet", code)) for code in codes]


def form_of(printing: Printing) -> Form:
    """The form as it was printed, with what stood in the workbook then: up to six queries and the slots'."""
    choices, workbook = choices_of(printing.choices), printing.workbook
    enrolment, book = workbook.review.enrolment, book_of(workbook.review.enrolment)
    kind = workbook.review.kind
    state = _state_then(workbook, printing.last_seq) if choices.filled else State()
    before = last_time(workbook)[0] if choices.last_time else {}
    beside = self_beside(workbook, book, list(book.criteria.values())) if choices.own and kind == "peer" else None
    maker = _Maker(book, choices, state, before, beside, enrolment.edition.level_words, printing.reviewer_id or 0, kind)
    when = date_format(timezone.localtime(printing.printed_at), "j F Y, H:i")
    return Form(
        kind="self" if kind == "self" else "peer",
        network=enrolment.cycle.network.name,
        community=enrolment.community_name,
        cycle=enrolment.cycle.name,
        edition=str(enrolment.edition),
        printed=_("Printed on %(when)s by %(name)s") % {"when": when, "name": printing.printed_by.display_name},
        sections=maker.sections(),
        reviewer=printing.reviewer.display_name if printing.reviewer else "",
        large=choices.large,
    )


def _state_then(workbook: Workbook, seq: int) -> State:
    return fold(event for event in all_events(workbook) if event.server_seq is not None and event.server_seq <= seq)


@dataclass(frozen=True)
class _Maker:
    """Makes the parts of a form; no query."""

    book: Book
    choices: Choices
    state: State
    before: Mapping[str, Before]
    beside: Beside | None
    level_words: Mapping[str, str]
    reviewer: int
    kind: str

    def sections(self) -> tuple[FormSection, ...]:
        """The sections that were chosen."""
        made = []
        for number, section in enumerate(self.book.sections, start=1):
            if self.choices.sections and number not in self.choices.sections:
                continue
            criteria, standard = [], ""
            for criterion in section.criteria:
                heading = criterion.standard if criterion.standard != standard else ""
                standard = criterion.standard
                criteria.append(replace(self.criterion(criterion), standard=heading))
            made.append(FormSection(number, section.title, section.introduction, tuple(criteria)))
        return tuple(made)

    def criterion(self, criterion: Criterion) -> FormCriterion:
        """One criterion with its boxes and what was chosen to stand beside it."""
        key, words = key_of(criterion), self.level_words
        register, comments = registers.SELF, registers.comment("self")
        if self.kind == "peer":
            person = str(self.reviewer)
            register, comments = registers.reviewer(person), registers.reviewer_comment(person)
        answer = self.state.answer(key, register)
        settled = answer.is_answered
        return FormCriterion(
            key=key,
            code=criterion.code,
            statement=criterion.statement,
            level=int(criterion.level),
            level_word=words.get(str(int(criterion.level)), str(int(criterion.level))),
            boxes=self.boxes(answer.score if settled else None),
            plain=criterion.plain_text if self.choices.plain else "",
            guidance=criterion.guidance if self.choices.guidance else "",
            earlier=self.earlier(key),
            reason=answer.reason if settled else "",
            comment="\n\n".join(event.text for event in self.state.comments(key, comments)),
            note=_("Two answers differ here. They are settled on the screen.") if answer.kind == "differ" else "",
        )

    def boxes(self, ticked: Score) -> tuple[Box, ...]:
        """A box for each mark of the scale, and one for not applicable."""
        values: list[Score] = [mark.value for mark in self.book.edition.scale.marks]
        return tuple(
            Box(mark_of(value, self.book.top), word_of(self.book, value), ticked is not None and value == ticked)
            for value in [*values, NOT_APPLICABLE]
        )

    def earlier(self, key: str) -> tuple[Earlier, ...]:
        """Last cycle's marks and, on a reviewer's form, the community's own of this cycle."""
        made, last = [], self.before.get(key)
        if last and last.self_score is not None:
            made.append(self._earlier(_("%(cycle)s, own mark") % {"cycle": last.cycle}, last.self_score, last.top))
        if last and last.agreed_score is not None:
            made.append(self._earlier(_("%(cycle)s, agreed") % {"cycle": last.cycle}, last.agreed_score, last.top))
        own = self.beside.reading.state.answer(key, registers.SELF).score if self.beside else None
        if own is not None:
            made.append(self._earlier(_("The community’s own mark"), own, self.book.top))
        return tuple(made)

    def _earlier(self, whose: str, score: int | str, top: int) -> Earlier:
        value: Score = NOT_APPLICABLE if score == NOT_APPLICABLE else int(score)
        same = top == self.book.top and (value == NOT_APPLICABLE or self.book.edition.scale.holds(int(value or 0)))
        return Earlier(whose, mark_of(value, top), word_of(self.book, value) if same else str(value))


def mark_of(value: Score, top: int) -> Mark:
    """The shape of a mark: full at the top, open at 0, half between."""
    if value == NOT_APPLICABLE:
        return "na"
    return "met" if int(value or 0) >= top else "unmet" if not value else "partly"
