from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    name = "communitas.recognition"
    verbose_name = "Recognition"

    def ready(self) -> None:
        from communitas.kit import confirmations, mail_kinds
        from communitas.kit.navigation import Entry, offer
        from communitas.recognition import actions, policy
        from communitas.recognition.models import Certificate

        mail_kinds.register(
            mail_kinds.Kind(
                "certificates",
                _("Certificates"),
                _("your community has a certificate"),
                ("recognition/mail/",),
                order=60,
            )
        )
        confirmations.register(policy.issue, Certificate, actions.issue)
        confirmations.register(policy.revoke, Certificate, actions.revoke)
        offer(
            Entry(
                _("Certificates"),
                "recognition:list",
                70,
                lambda request: bool(request.actor.holds("office", request.network.pk)),
                prefix="certificates",
                group=_("Network"),
            )
        )
