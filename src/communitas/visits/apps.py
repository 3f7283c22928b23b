from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "communitas.visits"
    verbose_name = "Visits"
