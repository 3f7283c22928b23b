"""Workbooks of spreadsheet programs that came back filled in."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.kit.models import StoredFile
from communitas.workbooks.models.reviews import Workbook


class Spreadsheet(models.Model):
    """A filled-in spreadsheet as it was uploaded: kept for ever, whatever became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for a decision")
        MERGED = "merged", _("taken over")
        LEFT = "left", _("left as it is")
        UNDONE = "undone", _("undone")

    workbook = models.ForeignKey(Workbook, on_delete=models.PROTECT, related_name="spreadsheets")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    made = models.JSONField(default=list)  # ids of the events that were taken over, as texts

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workbooks:spreadsheet", args=[self.pk])
