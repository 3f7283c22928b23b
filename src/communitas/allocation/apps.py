from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AllocationConfig(AppConfig):
    name = "communitas.allocation"
    verbose_name = _("Allocation")

    def ready(self) -> None:
        from communitas.allocation import actions, filling, hearing, policy, tasks  # noqa: F401  # tasks register themselves by name
        from communitas.allocation.mail import KINDS
        from communitas.allocation.models import Override
        from communitas.allocation.queries.kept import kept_of, kept_of_visits
        from communitas.cycles.events import VisitDateSet
        from communitas.kit import confirmations, mail_kinds
        from communitas.kit.events import subscribe
        from communitas.kit.navigation import Entry, offer
        from communitas.people import slots as people_slots
        from communitas.visits import slots
        from communitas.visits.events import SeatFreed, VisitCancelled, VisitHeld

        for kind in KINDS:
            mail_kinds.register(kind)
        subscribe(SeatFreed, hearing.seat_freed)
        subscribe(VisitDateSet, hearing.date_set)
        subscribe(VisitCancelled, hearing.visit_over)
        subscribe(VisitHeld, hearing.visit_over)
        slots.for_office.fill(filling.empty_seats)
        slots.yours.fill(filling.reserved_days)
        slots.ways.fill(filling.ways)
        people_slots.kept.fill(kept_of_visits)

        confirmations.register(policy.override, Override, actions.confirm_override, declined=actions.decline_override)
        slots.set_aside.fill(filling.set_aside)
        people_slots.kept.fill(kept_of)
        own = ("allocation:my_",)
        offer(Entry(_("My reviewing"), "allocation:my_reviewing", 41, filling.is_reviewer, holds=own))
        here = ("allocation:",)
        offer(Entry(_("Who reviews whom"), "allocation:studio", 42, filling.is_office, group=_("Network"), holds=here))
