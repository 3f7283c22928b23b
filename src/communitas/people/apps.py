from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "communitas.people"
    verbose_name = "People"
