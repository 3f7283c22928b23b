from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "communitas.demo"
    verbose_name = "Demo"
