"""What a visit needs before its day: dates that the host offers, who meets the team, what the team needs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.visits.models.visits import TeamPlace, Visit


class OfferedDate(models.Model):
    """A date that the host offers. One is locked by the office, the rest is released."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        LOCKED = "locked", _("locked")
        RELEASED = "released", _("free again")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="offered")
    on = models.DateField(_("date"))
    state = models.CharField(max_length=8, choices=State, default=State.OFFERED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "on"], condition=models.Q(state="offered"), name="a_date_is_offered_once"
            ),
            models.UniqueConstraint(
                fields=["visit"], condition=models.Q(state="locked"), name="one_date_of_a_visit_is_locked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d %B %Y}"


class Participants(models.Model):
    """Who of the community meets the team: numbers, and names only as the host wishes."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="participants")
    client_members = models.PositiveSmallIntegerField(_("client members"), null=True, blank=True)
    staff = models.PositiveSmallIntegerField(_("staff"), null=True, blank=True)
    others = models.PositiveSmallIntegerField(_("families and others"), null=True, blank=True)
    names = models.TextField(_("names"), blank=True)
    access_needs = models.TextField(_("access"), blank=True)
    diet = models.TextField(_("food"), blank=True)
    clearance = models.TextField(_("clearance"), blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "participants"

    def __str__(self) -> str:
        return f"participants of {self.visit}"


class TeamNeeds(models.Model):
    """What somebody on the team needs on the day, in their own words. The host's lead and the office read it."""

    place = models.OneToOneField(TeamPlace, on_delete=models.CASCADE, related_name="needs")
    access_needs = models.TextField(_("access"), blank=True)
    diet = models.TextField(_("food"), blank=True)
    clearance = models.TextField(_("clearance"), blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "team needs"

    def __str__(self) -> str:
        return f"needs of {self.place}"


class SpeakingSheet(models.Model):
    """What the lead reviewer wants to say at the end of the day, prompt by prompt: one version, written once."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="speaking")
    number = models.PositiveIntegerField()
    words = models.JSONField(default=dict)  # {prompt: text}
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["visit", "number"], name="a_speaking_sheet_stands_once")]

    def __str__(self) -> str:
        return f"speaking sheet {self.number}"
