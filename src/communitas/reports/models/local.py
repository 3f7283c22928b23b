"""Local reports with their drafts and their factual check."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Enrolment
from communitas.kit.models import StoredFile


class LocalReport(models.Model):
    """One version of the local report of an enrolment. A final version never changes: the database refuses it."""

    class State(models.TextChoices):
        DRAFTING = "drafting", _("being drafted")
        WITH_HOST = "with_host", _("with the host to check facts")
        DECIDING = "deciding", _("points being decided")
        WAITING = "waiting", _("waiting for a second signature")
        FINAL = "final", _("final")
        SUPERSEDED = "superseded", _("superseded by a later version")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="local_reports")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTING)
    summary = models.TextField(_("summary"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    first_signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    first_signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    document = models.JSONField(null=True, blank=True)  # the LocalReport data class as it was signed
    document_hash = models.CharField(max_length=64, blank=True)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version_reason = models.TextField(_("why there is a new version"), blank=True)

    class Meta:
        ordering = ["enrolment", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "version"], name="local_reports_are_versioned"),
            models.CheckConstraint(
                condition=~models.Q(state="final") | (models.Q(signed_by__isnull=False) & ~models.Q(document_hash="")),
                name="a_final_report_is_signed",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True) | ~models.Q(signed_by=models.F("first_signed_by")),
                name="two_persons_sign_a_report",
            ),
        ]

    def __str__(self) -> str:
        return f"local report of {self.enrolment}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("reports:local", args=[self.pk])


class ReportEdit(models.Model):
    """A change of the words of a draft, with what stood there before. Whoever wrote here is an author of the report."""

    report = models.ForeignKey(LocalReport, on_delete=models.CASCADE, related_name="edits")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.after[:80]


class FactPoint(models.Model):
    """A point of the host's factual check, a comment of the team, or a correction, and what was decided.

    `score_before` is the agreed score that stood when the point was accepted with a new one.
    """

    class Side(models.TextChoices):
        HOST = "host", _("host")
        TEAM = "team", _("review team")
        OFFICE = "off", _("office")  # what a new version of a signed report corrects

    class State(models.TextChoices):
        OPEN = "open", _("to be decided")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("not accepted")
        NOTED = "noted", _("noted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    report = models.ForeignKey(LocalReport, on_delete=models.CASCADE, related_name="points")
    side = models.CharField(max_length=4, choices=Side)
    criterion_key = models.CharField(max_length=60, blank=True)
    text = models.TextField(_("what is not right"))
    wanted_score = models.CharField(max_length=3, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decision = models.TextField(_("reason"), blank=True)
    new_score = models.CharField(max_length=3, blank=True)
    score_before = models.CharField(max_length=3, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "withdrawn"]) | models.Q(decided_by__isnull=False),
                name="a_decided_point_names_who",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("made_by")),
                name="nobody_decides_their_own_point",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
