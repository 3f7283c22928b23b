"""What came out of place: kept for ever as it came, and what somebody decided about it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.members.models import Network
from communitas.workbooks.models.events import Event
from communitas.workbooks.models.reviews import Workbook


class Quarantined(models.Model):
    """An answer that came too late or out of place. The database refuses to change or delete it.

    `workbook` is empty when the network has none of that number; `named` is what the sender called it. `author` is the
    signed-in account that sent it. `fingerprint` is made with the installation's secret: the same answer offered again
    is found by it, and nobody can guess the words from it once they were removed.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="quarantined")
    workbook = models.ForeignKey(Workbook, on_delete=models.PROTECT, null=True, related_name="quarantined")
    named = models.CharField(max_length=60)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    event_id = models.CharField(max_length=60, blank=True)
    criterion_key = models.CharField(max_length=60, blank=True)
    register = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    device_id = models.CharField(max_length=40, blank=True)
    device_seq = models.PositiveBigIntegerField(null=True)
    reason = models.CharField(max_length=40)
    sentence = models.TextField()
    received_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["device_id", "device_seq"], name="quarantined_by_device")]

    def __str__(self) -> str:
        return self.event_id or str(self.pk)


class QuarantinedWords(models.Model):
    """The answer as it came, as JSON, with the salt of its hash. Only a redaction may delete it."""

    quarantined = models.OneToOneField(Quarantined, on_delete=models.PROTECT, related_name="words", primary_key=True)
    salt = models.CharField(max_length=32)
    raw = models.TextField()

    def __str__(self) -> str:
        return str(self.quarantined_id)


class Decision(models.Model):
    """How a quarantined answer stands since somebody looked at it. Without a row it waits.

    Every decision also stands in the audit trail. `event` is the answer that placing it made.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        PLACED = "placed", _("placed")
        KEPT = "kept", _("kept as a note")
        DECLINED = "declined", _("declined")

    quarantined = models.OneToOneField(Quarantined, on_delete=models.PROTECT, related_name="decision", primary_key=True)
    state = models.CharField(max_length=10, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, null=True, related_name="placed_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="placed", event__isnull=False)
                | (~models.Q(state="placed") & models.Q(event__isnull=True)),
                name="a_placed_answer_is_an_event",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(reason=""), name="a_declined_answer_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Redaction(models.Model):
    """Words that were removed for data protection: of an event or of a quarantined answer, by whom, when and why.

    The database deletes words only where such a row stands, and never changes the row.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, null=True, related_name="redaction")
    quarantined = models.OneToOneField(Quarantined, on_delete=models.PROTECT, null=True, related_name="redaction")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(event__isnull=True) ^ models.Q(quarantined__isnull=True),
                name="a_redaction_is_of_one_thing",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_redaction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.event_id or self.quarantined_id)
