from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "communitas.kit"
    verbose_name = "Kit"

    def ready(self) -> None:
        from communitas.kit import mail_kinds

        says = _("a colleague did not confirm what you proposed, and why")
        second = mail_kinds.Kind("second", _("Second person"), says, ("kit/mail/declined",), order=55)
        mail_kinds.register(second)
        autodiscover_modules("tasks", "mail")
