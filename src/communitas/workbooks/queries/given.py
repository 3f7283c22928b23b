"""The list of all that was given in a self-review, to search, filter and download."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from communitas.cycles.queries import today_in
from communitas.kit.lists import Column, Filter, ListSpec, Rows
from communitas.workbooks.models import Delegation, Workbook
from communitas.workbooks.queries.book import book_of
from communitas.workbooks.queries.reading import state_of
from communitas.workbooks.queries.screens import registers_of
from communitas.workbooks.queries.shares import STANDINGS
from communitas.workbooks.rules import delegation as rules
from communitas.workbooks.rules.registers import SELF

STATES = (("now", _("given now")), ("waits", _("not answered yet")), ("late", _("late")), ("ended", _("ended")))


def delegations(workbook: Workbook, now: datetime) -> ListSpec:
    """What was given in a self-review, with how it stands: one query to know what is answered."""
    book, today = book_of(workbook.review.enrolment), today_in(workbook.review.enrolment.cycle.network, now)
    state = state_of(workbook, registers=registers_of(SELF))
    answers = {key: state.answer(key, SELF) for key in book.criteria}
    over = [key for key, answer in answers.items() if answer.kind != "none"]

    def stands(row: Delegation) -> str:
        if row.ended_at:
            return str(row.get_ended_as_display())
        answer = answers.get(row.criterion_key)
        settled, differs = bool(answer and answer.is_answered), bool(answer and answer.kind == "differ")
        return str(STANDINGS[rules.standing(settled=settled, differs=differs, due_on=row.due_on, today=today)])

    def narrowed(rows: Rows, value: str) -> Rows:
        if value == "ended":
            return rows.filter(ended_at__isnull=False)
        rows = rows.filter(ended_at=None)
        if value == "now":
            return rows
        rows = rows.exclude(criterion_key__in=over)
        return rows.filter(due_on__lt=today) if value == "late" else rows

    def criterion(row: Delegation, part: str) -> str:
        found = book.criteria.get(row.criterion_key)
        return str(getattr(found, part)) if found else row.criterion_key

    def section(row: Delegation) -> str:
        place = book.place_of.get(row.criterion_key)
        return book.sections[place].title if place is not None else ""

    return ListSpec(
        _("Who was given what"),
        (
            Column("code", _("Criterion"), lambda row: criterion(row, "code"), nowrap=True),
            Column("statement", _("Statement"), lambda row: criterion(row, "statement")),
            Column("section", _("Section"), section, on_screen=False),
            Column("who", _("Given to"), lambda row: row.account.display_name, sort=("account__display_name",)),
            Column("due", _("By"), lambda row: date_format(row.due_on, "j F Y"), sort=("due_on",), nowrap=True),
            Column("stands", _("How it stands"), stands),
            Column("by", _("Given by"), lambda row: row.given_by.display_name),
            Column(
                "at",
                _("Given on"),
                lambda row: date_format(timezone.localtime(row.given_at), "j F Y, H:i"),
                sort=("given_at",),
            ),
        ),
        search=("account__display_name", "criterion_key"),
        filters=(
            Filter("state", _("How it stands"), lambda request: STATES, narrowed, _("All, with what ended")),
            Filter(
                "section",
                _("Section"),
                lambda request: [(str(place), one.title) for place, one in enumerate(book.sections)],
                lambda rows, value: rows.filter(
                    criterion_key__in=[key for key, place in book.place_of.items() if str(place) == value]
                ),
            ),
        ),
        order_by=("-given_at", "criterion_key"),
        per_page=100,
        empty=_("Nothing was given yet, or nothing fits these filters."),
    )
