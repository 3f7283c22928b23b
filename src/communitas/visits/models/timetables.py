"""Timetables: the office's templates, a visit's own with every version, and what somebody has read of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Enrolment
from communitas.members.models import Network
from communitas.visits.models.visits import Visit


class TimetableTemplate(models.Model):
    """The day as the office proposes it for a pathway and a form of visit."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="timetable_templates")
    pathway = models.CharField(_("pathway"), max_length=14, choices=Enrolment.Pathway)
    form = models.CharField(_("form"), max_length=8, choices=Visit.Form)
    rows = models.JSONField(default=list)  # see visits.rules.timetable.Row
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["pathway", "form"]
        constraints = [
            models.UniqueConstraint(fields=["network", "pathway", "form"], name="a_template_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_pathway_display()}, {self.get_form_display()}"


class TimetableVersion(models.Model):
    """One version of a visit's timetable, written once. The newest is the one that holds."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="timetables")
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["visit", "number"], name="a_timetable_version_stands_once")]

    def __str__(self) -> str:
        return f"version {self.number}"


class TimetableLook(models.Model):
    """The version of a timetable that somebody said they have read."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "account"], name="a_person_has_read_one_version")]

    def __str__(self) -> str:
        return f"{self.account}: {self.number}"
