from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "communitas.people"
    verbose_name = "People"

    def ready(self) -> None:
        from communitas.kit import mail_kinds
        from communitas.people import second_step

        second_step.listen()
        mail_kinds.register(
            mail_kinds.Kind(
                "account",
                _("Your account"),
                _("codes and links to sign in, invitations, and word when something about your account changes"),
                ("people/mail/", "account/", "mfa/", "members/mail/"),
                compulsory=True,
            )
        )
