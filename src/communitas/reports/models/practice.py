"""The library of good practice: achievements that communities share with the network."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Enrolment
from communitas.members.models import Network, ServiceType


class Practice(models.Model):
    """An achievement of a signed report that its community offers to the library, in words that name nobody.

    `achievement` is what the report says; `text` is what the library says. The community is never shown to others;
    its type is, where enough communities of the network have it (`rules/practice.py`).
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        SHARED = "shared", _("in the library")
        RETURNED = "returned", _("returned")
        WITHDRAWN = "withdrawn", _("withdrawn")

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="practices")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="practices")
    achievement = models.TextField()
    criterion_code = models.CharField(max_length=40, blank=True)
    section = models.CharField(_("section"), max_length=200, blank=True)
    service_type = models.ForeignKey(ServiceType, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("words for the library"))
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["shared", "returned"]) | models.Q(decided_by__isnull=False),
                name="somebody_decided_about_a_practice",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("offered_by")),
                name="nobody_decides_about_their_own_practice",
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_practice_has_words"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("reports:practice", args=[self.pk])


class PracticeStep(models.Model):
    """What happened to a practice, with the words as they stood then. Rows are never changed."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=10)
    text = models.TextField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.practice}"
