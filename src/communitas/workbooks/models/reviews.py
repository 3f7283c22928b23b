"""Reviews, their workbooks, and who is in them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Enrolment


class Review(models.Model):
    """One enrolment's self-review or peer-review."""

    class Kind(models.TextChoices):
        SELF = "self", _("self-review")
        PEER = "peer", _("peer-review")

    class State(models.TextChoices):
        """The states of both tables of moves in rules.review; `reopened` belongs to both."""

        OPEN = "open", _("open")
        SENT = "sent", _("sent")  # self-review: locked, the team may read it
        NOT_STARTED = "not_started", _("not started")
        SCORING = "scoring", _("reviewers score alone")
        AGREEING = "agreeing", _("the team agrees scores")  # the reviewers' scores are open to the team
        CLOSED = "closed", _("closed")
        REOPENED = "reopened", _("reopened")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=4, choices=Kind)
    state = models.CharField(max_length=12, choices=State)
    opened_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["enrolment", "-kind"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind"], name="an_enrolment_has_one_review_of_a_kind"),
            models.CheckConstraint(
                condition=models.Q(kind="self", state__in=["open", "sent", "reopened"])
                | models.Q(kind="peer", state__in=["not_started", "scoring", "agreeing", "closed", "reopened"]),
                name="a_review_is_in_a_state_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.enrolment}"

    def get_absolute_url(self) -> str:
        return self.workbook.get_absolute_url()


class Workbook(models.Model):
    """The workbook of a review: a grow-only set of events about the criteria of one pinned edition."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="workbook")
    edition_hash = models.CharField(max_length=64)
    last_seq = models.PositiveBigIntegerField(default=0)
    # Derived, so that no list has to fold: {section's place: [answered, of these not settled]} of the main register.
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.review)

    def get_absolute_url(self) -> str:
        name = "self_review" if self.review.kind == Review.Kind.SELF else "peer_review"
        return reverse(f"workbooks:{name}", args=[self.pk])


class ReviewMove(models.Model):
    """What happened to a review: opened, sent, reopened, closed, with who, when and why."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="moves")
    verb = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.verb


class Presence(models.Model):
    """Who is in a workbook now: one row a person, touched while they are there."""

    workbook = models.ForeignKey(Workbook, on_delete=models.CASCADE, related_name="presences")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    criterion_key = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workbook", "account"], name="a_person_is_present_once")]

    def __str__(self) -> str:
        return f"{self.account}"
