"""The network: the tenant with its words, calendar and settings, all of them data that the office edits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.kit.models import Tenant


class Network(models.Model):
    """A standards-based quality network."""

    tenant = models.OneToOneField(Tenant, on_delete=models.PROTECT, related_name="network")
    name = models.CharField(_("name"), max_length=120)
    strapline = models.CharField(_("strapline"), max_length=200, blank=True)
    welcome = models.TextField(_("welcome text"), blank=True)
    office_name = models.CharField(_("name of the office"), max_length=120, blank=True)
    office_email = models.EmailField(_("address of the office"), blank=True)
    office_address = models.TextField(_("postal address"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/London")
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    listed = models.BooleanField(_("shown on the front page"), default=True)
    weekend = models.JSONField(_("days off, Monday is 0"), default=list)
    regions = models.JSONField(_("regions"), default=list)
    windows = models.JSONField(_("windows and due dates"), default=dict)
    thresholds = models.JSONField(_("thresholds of disclosure control"), default=dict)
    wording = models.JSONField(_("wording by membership type"), default=dict)
    evidence_megabytes = models.PositiveIntegerField(_("files of each community, in MB"), default=1000)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def slug(self) -> str:
        """The first step of the address of every page of the network."""
        return self.tenant.slug


class Holiday(models.Model):
    """A day on which the network's office does not work."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="holidays")
    on = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["network", "on"], name="a_day_off_stands_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"
