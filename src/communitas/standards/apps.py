from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "communitas.standards"
    verbose_name = "Standards"

    def ready(self) -> None:
        from communitas.kit import confirmations, navigation
        from communitas.standards import actions, policy
        from communitas.standards.models import Edition

        confirmations.register(policy.publish, Edition, actions.confirm_publication)
        navigation.offer(
            navigation.Entry(
                _("Standards"), "standards:sets", 40, lambda request: True, prefix="standards", group=_("Network")
            )
        )
