"""Certificates: dated proof that anyone can verify. Told what to certify; the text is copied, no key leads upwards."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.kit.models import StoredFile
from communitas.members.models import Community, Network


class Certificate(models.Model):
    """A certificate of participation, found by its short code."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="certificates")
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="certificates")
    reference = models.CharField(max_length=80)  # what it was issued for, such as enrolment:12; once only
    code = models.CharField(max_length=20, unique=True)
    community_name = models.CharField(max_length=120)
    network_name = models.CharField(max_length=120)
    wording = models.TextField()
    proves = models.TextField()
    issued_on = models.DateField()
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
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "reference"], name="a_certificate_is_issued_once"),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoked_reason=""),
                name="a_revocation_gives_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community_name}, {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("recognition:verify", args=[self.code])
