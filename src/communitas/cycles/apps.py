from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from communitas.kit import agenda, events, mail_kinds, navigation, ticks


class CyclesConfig(AppConfig):
    name = "communitas.cycles"
    verbose_name = "Cycles"

    def ready(self) -> None:
        from communitas.cycles import following, slots, tasks, ticking  # noqa: F401  # tasks register themselves
        from communitas.cycles.queries import reminders
        from communitas.cycles.queries.agenda import deadlines
        from communitas.members.events import CommunityChanged

        events.subscribe(CommunityChanged, following.community_changed)
        slots.news.fill(reminders.news)
        agenda.register("due dates", deadlines)
        ticks.register("open self-reviews", ticking.open_self_reviews)
        ticks.register("remind of due dates", ticking.remind)
        mail_kinds.register(
            mail_kinds.Kind(
                "reminders",
                _("Reminders of due dates"),
                _("some days before something of your community is due, on the day, and after"),
                ("cycles/mail/",),
                order=10,
            )
        )
        navigation.offer(
            navigation.Entry(
                _("Cockpit"), "cycles:now", 20, _for_the_office, "cycles", holds=("cycles:",), also=("workbooks:",)
            )
        )


def _for_the_office(request: Any) -> bool:
    return bool(request.network and request.actor.holds("office", request.network.pk))
