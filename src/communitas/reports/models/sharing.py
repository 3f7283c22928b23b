"""Private links to final local reports, and when they were opened."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.reports.models.local import LocalReport


class ReportLink(models.Model):
    """A private link to a final report, for one named reader. Of its secret only the hash is kept."""

    report = models.ForeignKey(LocalReport, on_delete=models.CASCADE, related_name="private_links")
    recipient = models.CharField(_("who gets it"), max_length=160)
    reason = models.TextField(_("why"))
    reduced = models.BooleanField(default=False)  # opens the edition without single criteria
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("made_at")), name="a_private_link_ends_after_it_was_made"
            )
        ]

    def __str__(self) -> str:
        return f"private link for {self.recipient}"


class LinkOpening(models.Model):
    """That a private link was opened, and when. Nothing of the reader is kept."""

    link = models.ForeignKey(ReportLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField()
    file = models.BooleanField(default=False)  # the PDF, not the page

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"opened {self.at:%d %B %Y}"
