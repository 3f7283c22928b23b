"""What waits for somebody because it came out of place, told to the home page through the slots of cycles."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communitas.cycles.slots import EVERYBODY, Step
from communitas.members.actors import Actor
from communitas.workbooks import policy
from communitas.workbooks.models import SealedOutbox, Unsent, Workbook
from communitas.workbooks.queries.devices import sealed_by_enrolment, unsent_in
from communitas.workbooks.queries.quarantine import waiting_by_enrolment, waiting_in

LEADS = {"self": frozenset({"community_lead", "office"}), "peer": frozenset({"lead_reviewer", "office"})}


def steps(ids: list[int]) -> dict[int, list[Step]]:
    """Answers that were put aside, for whoever leads the review; answers that were brought back, for their author."""
    found: dict[int, list[Step]] = {}
    for (pk, kind), count in waiting_by_enrolment(ids).items():
        found.setdefault(pk, []).append(_decision(kind, count))
    for outbox in sealed_by_enrolment(ids):
        found.setdefault(outbox.workbook.review.enrolment_id, []).append(_brought(outbox))
    return found


def decision_words(count: int) -> str:
    """So many answers were put aside and wait for a decision."""
    words = ngettext("%(count)d answer was put aside", "%(count)d answers were put aside", count)
    return words % {"count": count}


def on_overview(workbook: Workbook, actor: Actor) -> dict[str, str | bool]:
    """What the page of a review says to whoever leads it, and to the office: two queries, none for anybody else."""
    if not policy.read_unsent.allows(actor, Unsent(workbook=workbook)):
        return {}
    redacts = policy.redact.allows(actor, workbook)
    decisions, unsent = waiting_in(workbook), unsent_in(workbook)
    words = ngettext("%(count)d answer has not arrived yet", "%(count)d answers have not arrived yet", unsent)
    return {
        "waiting_decisions": decision_words(decisions) if decisions else "",
        "not_arrived": words % {"count": unsent} if unsent else "",
        "may_redact": redacts,
    }


def _decision(kind: str, count: int) -> Step:
    return Step(
        decision_words(count),
        _("Look at it") if count == 1 else _("Look at them"),
        reverse("workbooks:quarantine"),
        LEADS[kind],
        text=_("What came too late, or did not fit where it wanted to go, is kept until somebody decides."),
        order=12,
    )


def _brought(outbox: SealedOutbox) -> Step:
    words = ngettext(
        "%(count)d answer was brought back from your device: add it?",
        "%(count)d answers were brought back from your device: add them?",
        outbox.count,
    ) % {"count": outbox.count}
    author = outbox.author_id
    return Step(
        words,
        _("Look at them"),
        reverse("workbooks:my_devices"),
        EVERYBODY,
        order=5,
        may=lambda actor: actor.account_id == author,
    )
