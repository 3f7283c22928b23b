from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkbooksConfig(AppConfig):
    name = "communitas.workbooks"
    verbose_name = "Workbooks"

    def ready(self) -> None:
        from communitas.cycles import slots
        from communitas.cycles.events import EnrolmentMoved, TypeChanged
        from communitas.kit import agenda, confirmations, invariants, mail_kinds, modules
        from communitas.kit.backup.facts import Restored
        from communitas.kit.events import subscribe
        from communitas.kit.navigation import Entry, offer
        from communitas.visits import slots as visit_slots
        from communitas.visits.events import TeamChanged
        from communitas.workbooks import actions, filling, hearing, packing, policy, waiting
        from communitas.workbooks import invariants as holding
        from communitas.workbooks.mail import REVIEWS
        from communitas.workbooks.models import Workbook
        from communitas.workbooks.queries.agenda import calendar_items

        subscribe(Restored, hearing.restored)
        subscribe(EnrolmentMoved, hearing.enrolment_moved)
        subscribe(TypeChanged, hearing.type_changed)
        subscribe(TeamChanged, hearing.team_changed)
        confirmations.register(policy.reopen_peer, Workbook, actions.reopen_peer_review)
        around = ("workbooks:", "visits:", "questionnaires:")
        offer(
            Entry(
                _("Our review"),
                "workbooks:ours",
                20,
                filling.answers_here,
                "self-reviews",
                holds=("workbooks:given_to_me", "workbooks:spreadsheet"),
                also=around,
                about=filling.is_ours,
            )
        )
        modules.offer("workbooks/offline/leaving.js")
        agenda.register("given", calendar_items)
        mail_kinds.register(REVIEWS)
        invariants.register("events", "Every answer has the hash with which it came", holding.hashes)
        invariants.register("order", "No answer's number is missing", holding.order)
        invariants.register("state", "What is shown is what the answers say", holding.state)
        invariants.register("attachments", "Every attached file has its file, or waits for it", holding.attachments)
        slots.self_review_progress.fill(filling.self_review_progress)
        slots.links.fill(filling.links)
        slots.next_steps.fill(filling.next_steps)
        slots.next_steps.fill(waiting.steps)
        slots.next_steps.fill(filling.given_steps)
        slots.sections.fill(filling.sections)
        slots.news.fill(filling.news)
        visit_slots.pack.fill(packing.pack)
