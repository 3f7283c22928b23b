from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "communitas.members"
    verbose_name = "Members"
