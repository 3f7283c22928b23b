"""Quotations for the national report: redacted, consented to, read by two."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.reports.models.themes import Remark


class Quote(models.Model):
    """Words from a comment that may stand in a report, once the community agreed and two others have read them.

    `code` is the theme that it illustrates. The community is never named beside it.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for consent")
        CONSENTED = "consented", _("consented, to be read by two")
        AGREED = "agreed", _("may be quoted")
        REFUSED = "refused", _("not to be quoted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    remark = models.ForeignKey(Remark, on_delete=models.PROTECT, related_name="quotes")
    code = models.CharField(max_length=40)
    text = models.TextField(_("words to quote"))
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    redacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    redacted_at = models.DateTimeField()
    consented_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    consented_at = models.DateTimeField(null=True)
    first_reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    second_reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_quotation_has_words"),
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(consented_by__isnull=False, first_reader__isnull=False, second_reader__isnull=False),
                name="a_quotation_has_consent_and_two_readers",
            ),
            models.CheckConstraint(
                condition=Q(second_reader__isnull=True) | ~Q(first_reader=F("second_reader")),
                name="two_different_people_read_a_quotation",
            ),
            models.CheckConstraint(
                condition=(Q(first_reader__isnull=True) | ~Q(first_reader=F("redacted_by")))
                & (Q(second_reader__isnull=True) | ~Q(second_reader=F("redacted_by"))),
                name="nobody_reads_their_own_redaction",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("reports:quote", args=[self.pk])


class QuoteStep(models.Model):
    """What happened to a quotation, with its words as they stood then. Rows are never changed."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=10)
    text = models.TextField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.quote}"
