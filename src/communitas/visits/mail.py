"""The kinds of mail that visits send, of which people choose how they come."""

from django.utils.translation import gettext_lazy as _

from communitas.kit.mail_kinds import Kind

_WAITING = ("asked", "extended", "answer_reminder", "papers_", "withdrew", "day_")
KINDS = (
    Kind(
        "visits",
        _("Visits"),
        _("a visit of yours has a date, is moved, or is called off; who is on its team"),
        ("visits/mail/",),
        order=20,
    ),
    Kind(
        "answers",
        _("Visits that wait for you"),
        _("you are asked onto a team, an answer or papers of yours are due, or somebody cannot come after all"),
        tuple(f"visits/mail/{name}" for name in _WAITING),
        can_wait=False,
        order=19,
    ),
    Kind(
        "invitations",
        _("Invitations for your calendar"),
        _("a visit as an entry that your calendar takes over, and takes out again when it is called off"),
        ("web/mail/visit_",),
        can_wait=False,
        order=30,
    ),
    Kind(
        "concerns",
        _("Concerns"),
        _("somebody raised a concern and you are a person who answers it"),
        ("visits/mail/concern",),
        compulsory=True,
    ),
)
