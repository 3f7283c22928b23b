"""Corrections of released national reports: prose alone, for their figures never change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.reports.models.national import NationalReport


class Erratum(models.Model):
    """What was not right in a released report, in words. Rows are never changed."""

    report = models.ForeignKey(NationalReport, on_delete=models.PROTECT, related_name="errata")
    text = models.TextField(_("correction"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "errata"

    def __str__(self) -> str:
        return f"correction of {self.report}"
