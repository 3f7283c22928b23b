"""Themes of the comments of a cycle: a codebook in versions, what two people coded, how differences were settled."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Cycle, Enrolment


class Codebook(models.Model):
    """One version of the codes: key, name, definition, examples, parent, retired. Rows are never changed."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="codebooks")
    number = models.PositiveIntegerField()
    codes = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["cycle", "-number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="codebooks_are_numbered")]

    def __str__(self) -> str:
        return f"codebook {self.cycle.name}, version {self.number}"


class Remark(models.Model):
    """A comment of a signed report, taken in to be coded. `gone` when a correction of the report took it away.

    `first_coder` and `second_coder` are the two people whose coding counts, in the order in which they began. Where it
    stands and its `themes` ('|t1|t4|', once they count) follow from the codings and settlings and are kept to be found.
    """

    class Standing(models.TextChoices):
        OPEN = "open", _("nobody has coded it")
        ONCE = "once", _("one person has coded it")
        AGREED = "agreed", _("both coded it the same")
        DIFFERS = "differs", _("the two differ")
        SETTLED = "settled", _("the difference is settled")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="remarks")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="remarks")
    criterion_key = models.CharField(max_length=60)
    criterion_code = models.CharField(max_length=40)
    section = models.CharField(_("section"), max_length=200)
    kind = models.CharField(max_length=6)  # self | agreed
    text = models.TextField(_("comment"))
    sha256 = models.CharField(max_length=64)
    gone = models.BooleanField(default=False)
    first_coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    second_coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    standing = models.CharField(max_length=8, choices=Standing, default=Standing.OPEN)
    themes = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["cycle", "section", "criterion_code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "criterion_key", "kind", "sha256"], name="a_comment_is_taken_in_once"
            ),
            models.CheckConstraint(
                condition=models.Q(second_coder__isnull=True)
                | (models.Q(first_coder__isnull=False) & ~models.Q(first_coder=models.F("second_coder"))),
                name="two_different_people_code",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.criterion_code}"

    def get_absolute_url(self) -> str:
        return reverse("reports:remark", args=[self.pk])


class Coding(models.Model):
    """What one person coded a comment as; the newest of a person counts. Rows are never changed."""

    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="codings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    codes = models.JSONField()
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.remark}, coded"


class Settling(models.Model):
    """How a difference between the two codings was settled, and why; the newest counts. Rows are never changed."""

    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="settlings")
    codes = models.JSONField()
    reason = models.TextField()
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.remark}, settled"
