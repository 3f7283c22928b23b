from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "communitas.web"
    verbose_name = "Web"
