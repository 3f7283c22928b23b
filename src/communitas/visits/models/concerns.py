"""Serious concerns and the log of what was done. They stand apart from everything else."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.members.models import Network
from communitas.visits.models.visits import Visit


class SafeguardingSettings(models.Model):
    """Who answers concerns in a network, how soon, and what stands on the form for somebody in danger."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="safeguarding")
    named = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    danger = models.TextField(_("if somebody is in danger now"), blank=True)
    acknowledge_hours = models.PositiveSmallIntegerField(_("hours to acknowledge a concern"), default=4)

    class Meta:
        verbose_name_plural = "safeguarding settings"

    def __str__(self) -> str:
        return f"safeguarding of {self.network}"


class Concern(models.Model):
    """A serious concern as it was raised. What it says never changes; what was done stands in its steps."""

    class State(models.TextChoices):
        RAISED = "raised", _("waits for an answer")
        ESCALATED = "escalated", _("passed on to the second person")
        ACKNOWLEDGED = "acknowledged", _("in hand")
        CLOSED = "closed", _("closed")

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="concerns")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="concerns")
    seen = models.TextField(_("what was seen or heard"))
    at_risk = models.TextField(_("who is at risk now"), blank=True)
    told = models.TextField(_("who has been told"), blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField()
    escalates_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.RAISED)

    class Meta:
        ordering = ["-raised_at", "-pk"]

    def __str__(self) -> str:
        return f"concern {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("visits:concern", args=[self.pk])


class ConcernStep(models.Model):
    """One step that was taken about a concern: written once."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.verb
