"""Feedback on a visit, from the host and from each member of the team: sent once."""

from django.conf import settings
from django.db import models

from communitas.visits.models.visits import Visit


class Feedback(models.Model):
    """What one person answered. The other side reads it when both have answered or the time for it is over."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="feedback")
    side = models.CharField(max_length=4, choices=[("host", "host"), ("team", "team")])
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)  # {question: 4 to 1}
    good = models.TextField(blank=True)
    better = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "feedback"
        constraints = [models.UniqueConstraint(fields=["visit", "account"], name="feedback_is_sent_once")]

    def __str__(self) -> str:
        return f"feedback on {self.visit}"
