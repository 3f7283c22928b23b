from django.apps import AppConfig


class BenchmarkingConfig(AppConfig):
    name = "communitas.benchmarking"
    verbose_name = "Benchmarking"

    def ready(self) -> None:
        from communitas.benchmarking import actions, policy, queries, ticking
        from communitas.benchmarking.models import Lattice
        from communitas.kit import confirmations, ticks
        from communitas.workbooks import slots

        confirmations.register(policy.lock_lattice, Lattice, actions.confirm_lock)
        ticks.register("cut figures", ticking.cut_figures)
        slots.before.fill(queries.before)
