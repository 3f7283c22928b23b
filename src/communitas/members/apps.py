from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "communitas.members"
    verbose_name = "Members"

    def ready(self) -> None:
        from communitas.kit import confirmations, ticks
        from communitas.kit.navigation import Entry, offer
        from communitas.members import actions, policy, queries, ticking
        from communitas.members.models import Invitation
        from communitas.people import slots

        confirmations.register(policy.grant_office, Invitation, actions.send_confirmed_invitation)
        ticks.register("send digests", ticking.send_digests)
        slots.roles.fill(queries.role_lines)
        slots.kept.fill(queries.kept_of)
        offer(Entry(_("Communities"), "members:communities", 40, _belongs_here, "communities", group=_("Network")))
        offer(Entry(_("People"), "members:people", 70, _is_office, "people", group=_("Network")))
        offer(Entry(_("Settings"), "members:settings", 90, _is_office, "settings", group=_("Network")))


def _belongs_here(request: HttpRequest) -> bool:
    actor, network = request.actor, request.network  # type: ignore[attr-defined]  # set by our middlewares
    return any(held.network == network.pk and held.role != "client_member" for held in actor.held)


def _is_office(request: HttpRequest) -> bool:
    return bool(request.actor.holds("office", request.network.pk))  # type: ignore[attr-defined]  # likewise
