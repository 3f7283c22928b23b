"""The list of answers that were put aside."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communitas.kit.lists import Column, Filter, ListSpec, Rows
from communitas.members.actors import Actor
from communitas.workbooks.models import Quarantined
from communitas.workbooks.queries import quarantine as queries
from communitas.workbooks.queries.quarantine import Came
from communitas.workbooks.rules.quarantine import QUARANTINE

SHORT = 90  # characters of a statement or an answer in the list; its page and the files have all
STATES = tuple((state, words) for state, words in QUARANTINE.states.items())


def state_of(row: Quarantined) -> str:
    """How a quarantined answer stands."""
    return row.decision.state if hasattr(row, "decision") else QUARANTINE.start


def _narrowed(rows: Rows, state: str) -> Rows:
    return rows.filter(queries.WAITS) if state == "waiting" else rows.filter(decision__state=state)


def community_of(row: Quarantined) -> str:
    """Whose review it was meant for, in words."""
    return row.workbook.review.enrolment.community_name if row.workbook else _("no workbook of this network")


def _criterion(row: Came) -> str:
    return f"{row.where} {row.statement}".strip() or _("no criterion")


def _words(row: Came) -> str:
    return row.withheld or ". ".join(part for part in (row.word, row.text) if part) or _("no words")


def put_aside(actor: Actor) -> ListSpec:
    """The list of what was put aside, as this person may read it."""

    def came(row: Quarantined) -> Came:
        return queries.in_short(row, actor)

    return ListSpec(
        gettext_lazy("Answers put aside"),
        (
            Column(
                "author",
                gettext_lazy("From"),
                lambda row: row.author.display_name,
                sort=("author__display_name",),
            ),
            Column("community", gettext_lazy("Review of"), community_of),
            Column(
                "criterion",
                gettext_lazy("Criterion"),
                lambda row: _criterion(came(row)),
                cell=lambda row: Truncator(_criterion(came(row))).chars(SHORT),
            ),
            Column(
                "words",
                gettext_lazy("What came"),
                lambda row: _words(came(row)),
                cell=lambda row: Truncator(_words(came(row))).chars(SHORT),
            ),
            Column("reason", gettext_lazy("Why it waits"), lambda row: row.sentence),
            Column(
                "received",
                gettext_lazy("It came"),
                lambda row: date_format(timezone.localtime(row.received_at), "j F Y, H:i"),
                sort=("received_at",),
            ),
            Column("state", gettext_lazy("How it stands"), lambda row: str(QUARANTINE.states[state_of(row)])),
        ),
        search=("author__display_name", "sentence", "criterion_key", "code", "statement"),
        filters=(
            Filter("state", gettext_lazy("How it stands"), lambda request: STATES, _narrowed, gettext_lazy("Open")),
        ),
        order_by=("-received_at",),
        link=lambda row: reverse("workbooks:quarantined", args=[row.pk]),
        empty=gettext_lazy("No answer is put aside here."),
    )
