from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    name = "communitas.kit"
    verbose_name = "Kit"

    def ready(self) -> None:
        autodiscover_modules("tasks", "mail")
