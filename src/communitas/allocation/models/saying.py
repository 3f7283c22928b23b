"""What reviewers say of themselves: of a cycle as a whole, and of a visit to which they could come."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Cycle
from communitas.visits.models import Visit


class Availability(models.Model):
    """What a reviewer says of one cycle beside their days: not this time, a note, at most so many visits."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="availabilities")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="availabilities")
    none = models.BooleanField(_("not in this cycle"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    most_visits = models.PositiveSmallIntegerField(_("visits at most"), null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "availabilities"
        constraints = [
            models.UniqueConstraint(fields=["cycle", "account"], name="a_reviewer_speaks_once_of_a_cycle"),
            models.CheckConstraint(condition=Q(none=False) | ~Q(reason=""), name="who_cannot_come_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.account} in {self.cycle}"


class Willing(models.Model):
    """Somebody has offered to come to a visit on a day. Taken back, it stays as history."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="offers_to_come")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="offers_to_come")
    on = models.DateField(_("day"))
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name_plural = "willing"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "visit", "on"],
                condition=Q(taken_back_at__isnull=True),
                name="an_offer_to_come_is_made_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.on:%d %B %Y}"


class DaysAsked(models.Model):
    """The office asked everybody who had said no days of a cycle. Written once."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="days_asked")
    people = models.JSONField()  # keys of the accounts that were written to
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "days asked"

    def __str__(self) -> str:
        return f"asked for days of {self.cycle}"
