from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "communitas.visits"
    verbose_name = "Visits"

    def ready(self) -> None:
        from communitas.cycles import slots
        from communitas.kit.navigation import Entry, offer
        from communitas.visits import filling

        slots.team_state.fill(filling.team_state)
        slots.links.fill(filling.links)
        slots.next_steps.fill(filling.next_steps)
        slots.gives.fill(filling.gives)
        offer(Entry(_("Visits"), "visits:list", 40, filling.is_office, prefix="visits"))
        offer(Entry(_("My visits"), "visits:mine", 40, filling.is_reviewer, prefix="visits"))
