"""The kind of mail that allocation sends."""

from django.utils.translation import gettext_lazy as _

from communitas.kit.mail_kinds import Kind

KINDS = (
    Kind(
        "days",
        _("Your days for visits"),
        _("the office asks on which days you could visit"),
        ("allocation/mail/",),
        order=25,
    ),
)
