from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "communitas.reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        from communitas.cycles import events as cycle_events
        from communitas.cycles import slots as cycle_slots
        from communitas.kit import agenda, confirmations, invariants, mail_kinds, ticks
        from communitas.kit.events import subscribe
        from communitas.kit.navigation import Entry, offer
        from communitas.reports import actions, hearing, policy, ticking
        from communitas.reports import invariants as holding
        from communitas.reports.actions import errata
        from communitas.reports.mail import KINDS
        from communitas.reports.models import LocalReport, NationalReport
        from communitas.reports.queries import due, filling, packing
        from communitas.visits import slots as visit_slots
        from communitas.workbooks import events as workbook_events
        from communitas.workbooks import slots as workbook_slots

        confirmations.register(policy.sign, LocalReport, actions.sign_second)
        confirmations.register(policy.release_national, NationalReport, errata.confirm_national)
        subscribe(workbook_events.PeerReviewClosed, hearing.peer_review_closed)
        subscribe(cycle_events.EnrolmentCompleted, hearing.enrolment_completed)
        for kind in KINDS:
            mail_kinds.register(kind)
        ticks.register("remind of actions", ticking.remind_of_actions)
        agenda.register("actions", due.calendar_items)
        invariants.register("signed", "Every signed report is what was signed", holding.signed)
        cycle_slots.report_state.fill(filling.report_states)
        cycle_slots.links.fill(filling.links)
        cycle_slots.next_steps.fill(filling.next_steps)
        cycle_slots.news.fill(filling.news)
        workbook_slots.before.fill(filling.before)
        visit_slots.pack.fill(packing.pack)
        offer(Entry(_("Reports"), "reports:locals", 50, _somebody, prefix="reports"))
        offer(
            Entry(
                _("National reports"),
                "reports:nationals",
                60,
                lambda request: True,
                prefix="national",
                group=_("Network"),
            )
        )


def _somebody(request: Any) -> bool:
    """Anybody with a part in the network has reports to find there."""
    network = getattr(request, "network", None)
    return network is not None and any(held.network == network.pk for held in request.actor.held)
