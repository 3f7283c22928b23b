from django.apps import AppConfig


class WorkbooksConfig(AppConfig):
    name = "communitas.workbooks"
    verbose_name = "Workbooks"
