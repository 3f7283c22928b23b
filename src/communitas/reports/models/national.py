"""National reports."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.benchmarking.models import Release
from communitas.kit.models import StoredFile
from communitas.reports.models.outline import Outline


class NationalReport(models.Model):
    """The national report of a cycle, made from frozen figures; released by a second person with its figures.

    When the release is proposed, `outline` is the version of its blocks and `content` what they tell beside the
    figures, with the design.
    """

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="report")
    introduction = models.TextField(_("introduction"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    outline = models.ForeignKey(Outline, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    content = models.JSONField(null=True, blank=True)
    office_pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    public_pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"national report {self.release.cycle.name}"

    def get_absolute_url(self) -> str:
        return reverse("reports:national", args=[self.pk])
