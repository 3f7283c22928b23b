from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "communitas.standards"
    verbose_name = "Standards"
