"""What stands between an answer and the day: the host's objection, and clearance for a secure site."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.members.models import Community
from communitas.visits.models.visits import TeamPlace


class Objection(models.Model):
    """A host's objection to somebody on its team. What it says never changes; it is decided once."""

    class Decision(models.TextChoices):
        OPEN = "", _("waits for a decision")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("not upheld")

    place = models.ForeignKey(TeamPlace, on_delete=models.PROTECT, related_name="objections")
    reason = models.TextField(_("reason"))
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    decision = models.CharField(max_length=9, choices=Decision, default=Decision.OPEN, blank=True)
    words = models.TextField(_("answer to the community"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=models.Q(decision=""), name="one_objection_to_a_place_waits"
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_by=None, decided_at=None)
                | (~models.Q(decision="") & models.Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="who_decides_an_objection_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"


class SiteClearance(models.Model):
    """A secure site wants papers of everybody who comes, so many weeks before; none where there is no row."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="site_clearance")
    weeks = models.PositiveSmallIntegerField(_("weeks before the visit that papers must be in"))
    words = models.TextField(_("what to send, and to whom"), blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"clearance for {self.community}"


class Clearance(models.Model):
    """How far one person's papers are; without a row none are needed."""

    class State(models.TextChoices):
        TO_SEND = "to_send", _("to be sent")
        SENT = "sent", _("sent")
        GIVEN = "given", _("given")
        REFUSED = "refused", _("refused")

    place = models.OneToOneField(TeamPlace, on_delete=models.CASCADE, related_name="clearance")
    state = models.CharField(max_length=8, choices=State, default=State.TO_SEND)
    papers_by = models.DateField(null=True, blank=True)  # none while the visit has no date
    sent_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"clearance {self.pk}"
