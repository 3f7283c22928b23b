from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "communitas.visits"
    verbose_name = "Visits"

    def ready(self) -> None:
        from communitas.cycles import slots
        from communitas.kit import agenda, events, mail_kinds, ticks
        from communitas.kit.navigation import Entry, offer
        from communitas.members.events import OrganisationChanged
        from communitas.visits import filling, following, ticking
        from communitas.visits.mail import KINDS
        from communitas.visits.queries.agenda import calendar_items

        events.subscribe(OrganisationChanged, following.organisation_changed)
        agenda.register("visits", calendar_items)
        for kind in KINDS:
            mail_kinds.register(kind)
        ticks.register("pass concerns on", ticking.pass_concerns_on)
        ticks.register("chase answers", ticking.chase_answers)
        ticks.register("chase papers", ticking.chase_papers)
        ticks.register("remind hosts", ticking.remind_hosts)
        slots.team_state.fill(filling.team_state)
        slots.links.fill(filling.links)
        slots.next_steps.fill(filling.next_steps)
        slots.gives.fill(filling.gives)
        offer(Entry(_("Visits"), "visits:list", 40, filling.is_office, holds=("visits:",)))
        group, raised = _("Network"), ("visits:concern_raised",)
        offer(Entry(_("Raise a concern"), "visits:raise_concern", 90, filling.takes_part, group=group, holds=raised))
        concerns = ("visits:concern", "visits:safeguarding")
        offer(Entry(_("Concerns"), "visits:concerns", 91, filling.answers_concerns, group=group, holds=concerns))
        offer(
            Entry(
                _("My visits"),
                "visits:mine",
                40,
                filling.is_reviewer,
                holds=("visits:",),
                also=("workbooks:", "questionnaires:"),
                about=filling.is_visited,
            )
        )
