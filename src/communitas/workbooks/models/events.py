"""The answers, as events that are never changed, and what is derived from them."""

from django.conf import settings
from django.db import models

from communitas.kit.keys import RowKey
from communitas.workbooks.models.reviews import Workbook


class Event(models.Model):
    """One immutable event. The database refuses to change or delete it. What was said stands in its payload.

    Each index is written with every answer (decision record 0015): workbooks are found by the order of their events.
    """

    id = RowKey(primary_key=True)
    event_id = models.UUIDField(unique=True)
    workbook = models.ForeignKey(Workbook, on_delete=models.PROTECT, related_name="events", db_index=False)
    server_seq = models.PositiveBigIntegerField()
    criterion_key = models.CharField(max_length=60, blank=True)
    register = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    supersedes = models.JSONField(default=list)  # event ids, as texts
    device_id = models.CharField(max_length=40, blank=True)
    device_seq = models.PositiveBigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    origin = models.CharField(max_length=14, default="web")
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["workbook", "server_seq"]
        constraints = [models.UniqueConstraint(fields=["workbook", "server_seq"], name="events_stand_in_one_order")]
        indexes = [
            models.Index(
                fields=["device_id", "device_seq"], name="events_by_device", condition=models.Q(device_id__gt="")
            ),
            models.Index(fields=["workbook", "criterion_key", "register"], name="events_by_register"),
        ]

    def __str__(self) -> str:
        return str(self.event_id)


class Payload(models.Model):
    """What an event says, with its salt. Only a redaction may delete it; the event and its hash stay.

    `value` holds all the words of the event: its value, reason, transcribed_from, and made_at as the device wrote it.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="payload", primary_key=True)
    salt = models.CharField(max_length=32)
    value = models.JSONField()

    def __str__(self) -> str:
        return str(self.event_id)


class Head(models.Model):
    """An event of a register that nothing supersedes: the fold's result, kept so that a page need not fold.

    Derived: it can be thrown away and made again from the events, and a test does so. Where it stands, its event says.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="head", primary_key=True)

    def __str__(self) -> str:
        return str(self.event_id)
