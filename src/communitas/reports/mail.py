"""The kinds of mail that reports send."""

from django.utils.translation import gettext_lazy as _

from communitas.kit.mail_kinds import Kind

KINDS = (
    Kind("reports", _("Reports"), _("a draft to check, a report that is signed"), ("reports/mail/",), order=50),
    Kind(
        "actions",
        _("Action plan"),
        _("an action whose day comes up or has passed"),
        ("reports/mail/action",),
        order=52,
    ),
    Kind(
        "signatures",
        _("Signatures"),
        _("a report waits for your signature, or what became of one that you signed first"),
        ("reports/mail/sign",),
        compulsory=True,
    ),
)
