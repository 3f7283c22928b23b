from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from communitas.kit import events, navigation


class CyclesConfig(AppConfig):
    name = "communitas.cycles"
    verbose_name = "Cycles"

    def ready(self) -> None:
        from communitas.cycles import following, tasks  # noqa: F401  # tasks register themselves by their names
        from communitas.members.events import CommunityChanged

        events.subscribe(CommunityChanged, following.community_changed)
        navigation.offer(navigation.Entry(_("Cockpit"), "cycles:now", 20, _for_the_office, "cycles"))


def _for_the_office(request: Any) -> bool:
    return bool(request.network and request.actor.holds("office", request.network.pk))
