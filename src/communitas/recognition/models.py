"""Certificates: dated proof that anyone can verify. Told what to certify; the text is copied, no key leads upwards."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.kit.models import StoredFile
from communitas.members.models import Community, Network


class Certificate(models.Model):
    """A certificate of participation, found by its short code. It waits until two people of the office issued it."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("to be issued")
        ISSUED = "issued", _("issued")
        REVOKED = "revoked", _("revoked")

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="certificates")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="certificates")
    reference = models.CharField(max_length=80)  # what it was issued for, such as enrolment:12; once only
    code = models.CharField(max_length=20, unique=True)
    community_name = models.CharField(max_length=120)
    network_name = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=160, blank=True)
    membership = models.CharField(max_length=14)
    cycle_name = models.CharField(max_length=60)
    edition_name = models.CharField(max_length=240)
    wording = models.TextField()
    state = models.CharField(max_length=8, choices=State, default=State.PREPARED)
    prepared_at = models.DateTimeField()
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "reference"], name="a_certificate_is_issued_once"),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoked_reason=""),
                name="a_revocation_gives_its_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state="prepared")
                | models.Q(issued_on__isnull=False, issued_by__isnull=False, confirmed_by__isnull=False),
                name="an_issued_certificate_names_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(issued_by__isnull=True) | ~models.Q(issued_by=models.F("confirmed_by")),
                name="two_people_issue_a_certificate",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="revoked") | models.Q(revoked_at__isnull=False),
                name="a_revoked_certificate_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community_name}, {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("recognition:verify", args=[self.code])
