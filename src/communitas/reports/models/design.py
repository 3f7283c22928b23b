"""The design of local reports, in versions, and from when on each was used."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.kit.models import StoredFile
from communitas.members.models import Network


class ReportDesign(models.Model):
    """One version of how a network's local reports look and what it says in them. A version never changes."""

    class Cover(models.TextChoices):
        CIRCLES = "circles", _("the large circle")
        PLAIN = "plain", _("plain")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="report_designs")
    number = models.PositiveIntegerField()
    main = models.CharField(_("main colour"), max_length=7)
    accent = models.CharField(_("second colour"), max_length=7)
    cover = models.CharField(_("cover"), max_length=8, choices=Cover, default=Cover.CIRCLES)
    welcome = models.TextField(_("welcome"), blank=True)
    how_to_read = models.TextField(_("how to read this report"), blank=True)
    contact = models.TextField(_("whom to ask"), blank=True)
    logo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    logo_words = models.CharField(_("what the logo shows"), max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["network", "-number"]
        constraints = [models.UniqueConstraint(fields=["network", "number"], name="report_designs_are_numbered")]

    def __str__(self) -> str:
        return f"report design {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("reports:design", args=[self.pk])


class DesignUse(models.Model):
    """From when on a design is used for new reports. The newest of a network holds; going back is a new row."""

    design = models.ForeignKey(ReportDesign, on_delete=models.CASCADE, related_name="uses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.design}, from {self.at:%d %B %Y}"
