from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "communitas.reports"
    verbose_name = "Reports"
