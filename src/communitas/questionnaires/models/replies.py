"""What came back: no author, no time finer than the month, no order."""

import uuid

from django.db import models
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from communitas.kit.days import DayOfMonth
from communitas.questionnaires.models.openings import Opening


class Reply(models.Model):
    """One sheet that came back. The database refuses every change, and any new one once the opening is released."""

    class Way(models.TextChoices):
        LINK = "link", _("by link")
        KIOSK = "kiosk", _("on a shared device")
        SIGNED_IN = "signed_in", _("signed in")
        PAPER = "paper", _("on paper")
        AUDIT = "audit", _("case-note audit")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="replies")
    month = models.DateField()
    way = models.CharField(max_length=9, choices=Way)
    answers = models.JSONField(default=dict)  # key of an item -> option, number or words
    record = models.CharField(max_length=40, blank=True)  # of a case-note audit: the record's own number, never a name

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(condition=Exact(DayOfMonth("month"), 1), name="a_reply_knows_only_its_month"),
        ]

    def __str__(self) -> str:
        return "a reply"


class Withdrawal(models.Model):
    """With which code a reply can be taken back, as a hash. The release removes these rows."""

    hash = models.CharField(primary_key=True, max_length=64)
    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, related_name="withdrawal")

    def __str__(self) -> str:
        return "a code to take back a reply"
