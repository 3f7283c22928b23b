"""Organisations, communities and their membership."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from communitas.members.models.networks import Network


class Organisation(models.Model):
    """A trust, charity or prison service. Membership is the community's, not the organisation's."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(_("name"), max_length=160)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("network", Lower("name"), name="an_organisation_is_named_once")]

    def __str__(self) -> str:
        return self.name


class ServiceType(models.Model):
    """A sector of the network, such as prison or addiction."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="service_types")
    code = models.SlugField(_("code"), max_length=40, allow_unicode=False)
    name = models.CharField(_("name"), max_length=80)
    plural = models.CharField(_("name of several"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["network", "code"], name="a_service_type_is_coded_once")]

    def __str__(self) -> str:
        return self.name


class Community(models.Model):
    """A member service of the network."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CLOSED = "closed", _("closed")
        MERGED = "merged", _("merged into another community")

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="communities")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="communities", null=True, blank=True
    )
    service_type = models.ForeignKey(ServiceType, on_delete=models.PROTECT, related_name="communities")
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    region = models.CharField(_("region"), max_length=80, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    address = models.TextField(_("postal address"), blank=True)
    hidden_address = models.BooleanField(_("address is never shown"), default=False)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about the community"), blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed")

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "communities"
        constraints = [
            models.UniqueConstraint("network", Lower("code"), name="a_community_code_is_used_once_in_any_case"),
            models.CheckConstraint(condition=~models.Q(code=""), name="a_community_has_a_code"),
            models.CheckConstraint(
                condition=models.Q(status="merged", merged_into__isnull=False)
                | (~models.Q(status="merged") & models.Q(merged_into__isnull=True)),
                name="a_merged_community_names_its_successor",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A community's membership: its type decides rights and the wording of certificates. Half-open term."""

    class Type(models.TextChoices):
        ASSOCIATE = "associate", _("associate")
        DEVELOPMENTAL = "developmental", _("developmental")
        FULL = "full", _("full")
        ACCREDITED = "accredited", _("accredited pathway")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    type = models.CharField(_("type"), max_length=14, choices=Type)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    fee = models.DecimalField(_("yearly fee"), max_digits=9, decimal_places=2, null=True, blank=True)
    fee_paid_on = models.DateField(_("fee paid on"), null=True, blank=True)
    note = models.TextField(_("note of the office"), blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="a_membership_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["community"], condition=models.Q(until__isnull=True), name="one_open_membership_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community}: {self.get_type_display()}"


class CommunityChange(models.Model):
    """A rename, change of type, merger, closing or withdrawal of a community, with its reason."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=20)
    before = models.CharField(max_length=160, blank=True)
    after = models.CharField(max_length=160, blank=True)
    effective_on = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-effective_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.community}: {self.kind}"
