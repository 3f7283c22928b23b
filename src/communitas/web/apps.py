from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from communitas.kit import navigation


class WebConfig(AppConfig):
    name = "communitas.web"
    verbose_name = "Web"

    def ready(self) -> None:
        from communitas.cycles.events import VisitDateSet
        from communitas.kit import events, ticks
        from communitas.people import slots as people_slots
        from communitas.visits.events import TeamChanged
        from communitas.web import ticking
        from communitas.web.queries.kept import kept_of
        from communitas.web.voices import voices
        from communitas.workbooks import slots

        slots.voices.fill(voices)
        people_slots.kept.fill(kept_of)
        events.subscribe(TeamChanged, ticking.team_changed)
        events.subscribe(VisitDateSet, ticking.date_set)
        ticks.register("send invitations for calendars", ticking.send_invitations)
        around = ("workbooks:", "visits:", "questionnaires:", "cycles:")  # for whom nothing else leads there
        navigation.offer(navigation.Entry(_("Home"), "web:home", 10, _signed_in, "home", also=around))


def _signed_in(request: Any) -> bool:
    return bool(request.user.is_authenticated)
