from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from communitas.kit import navigation


class WebConfig(AppConfig):
    name = "communitas.web"
    verbose_name = "Web"

    def ready(self) -> None:
        from communitas.web.voices import voices
        from communitas.workbooks import slots

        slots.voices.fill(voices)
        navigation.offer(navigation.Entry(_("Home"), "web:home", 10, _signed_in, "home"))


def _signed_in(request: Any) -> bool:
    return bool(request.user.is_authenticated)
