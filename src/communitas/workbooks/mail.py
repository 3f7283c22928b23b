"""The kind of mail that workbooks send."""

from django.utils.translation import gettext_lazy as _

from communitas.kit.mail_kinds import Kind

REVIEWS = Kind(
    "reviews",
    _("Self-reviews"),
    _("criteria are given to you to answer; a self-review was sent, or is open again"),
    ("workbooks/mail/",),
    order=40,
)
