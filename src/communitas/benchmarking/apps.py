from django.apps import AppConfig


class BenchmarkingConfig(AppConfig):
    name = "communitas.benchmarking"
    verbose_name = "Benchmarking"
