from django.apps import AppConfig


class CyclesConfig(AppConfig):
    name = "communitas.cycles"
    verbose_name = "Cycles"
