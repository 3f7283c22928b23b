from django.apps import AppConfig


class BenchmarkingConfig(AppConfig):
    name = "communitas.benchmarking"
    verbose_name = "Benchmarking"

    def ready(self) -> None:
        from communitas.benchmarking import queries
        from communitas.workbooks import slots

        slots.before.fill(queries.before)
