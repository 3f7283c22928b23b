from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkbooksConfig(AppConfig):
    name = "communitas.workbooks"
    verbose_name = "Workbooks"

    def ready(self) -> None:
        from communitas.cycles import slots
        from communitas.cycles.events import EnrolmentMoved, TypeChanged
        from communitas.kit import confirmations
        from communitas.kit.events import subscribe
        from communitas.kit.navigation import Entry, offer
        from communitas.visits.events import TeamChanged
        from communitas.workbooks import actions, filling, hearing, policy
        from communitas.workbooks.models import Workbook

        subscribe(EnrolmentMoved, hearing.enrolment_moved)
        subscribe(TypeChanged, hearing.type_changed)
        subscribe(TeamChanged, hearing.team_changed)
        confirmations.register(policy.reopen_peer, Workbook, actions.reopen_peer_review)
        offer(Entry(_("Our review"), "workbooks:ours", 20, filling.answers_here, prefix="self-reviews"))
        slots.self_review_progress.fill(filling.self_review_progress)
        slots.links.fill(filling.links)
        slots.next_steps.fill(filling.next_steps)
        slots.sections.fill(filling.sections)
        slots.news.fill(filling.news)
