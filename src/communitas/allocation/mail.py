"""The kinds of mail that allocation sends, of which people choose how they come."""

from django.utils.translation import gettext_lazy as _

from communitas.kit.mail_kinds import Kind

KINDS = (
    Kind(
        "days",
        _("Your days for visits"),
        _("the office asks on which days you could visit"),
        ("allocation/mail/days",),
        order=25,
    ),
    Kind(
        "reserves",
        _("Reserves and empty seats"),
        _("you are asked to keep a day free, or are needed after all; a seat on a team is empty and nobody is left"),
        ("allocation/mail/",),
        order=22,
    ),
)
