from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenchmarkingConfig(AppConfig):
    name = "communitas.benchmarking"
    verbose_name = "Benchmarking"

    def ready(self) -> None:
        from communitas.benchmarking import actions, policy, queries, ticking
        from communitas.benchmarking.models import Lattice
        from communitas.kit import confirmations, ticks
        from communitas.kit.navigation import Entry, offer
        from communitas.workbooks import slots

        confirmations.register(policy.lock_lattice, Lattice, actions.confirm_lock)
        ticks.register("cut figures", ticking.cut_figures)
        slots.before.fill(queries.before)
        offer(Entry(_("Compare"), "benchmarking:benchmarks", 58, _members, prefix="benchmarks", group=_("Network")))


def _members(request: Any) -> bool:
    """People of a community and the office have figures to compare."""
    network = getattr(request, "network", None)
    roles = {held.role for held in request.actor.held if held.network == network.pk} if network else set()
    return bool(roles & {"staff", "client_member", "community_lead", "office"})
