from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "communitas.people"
    verbose_name = "People"

    def ready(self) -> None:
        from communitas.people import second_step

        second_step.listen()
