"""What was printed, sheet by sheet, and what was keyed in from it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communitas.workbooks.models.reviews import Workbook
from communitas.workbooks.rules.paper import code_of


class Printing(models.Model):
    """One workbook printed at one moment by one person. The database refuses to change or delete it.

    The form can be made again with the same bytes: from what stood in the workbook at `last_seq` and these choices.
    """

    workbook = models.ForeignKey(Workbook, on_delete=models.PROTECT, related_name="printings")
    token = models.CharField(max_length=6, unique=True)  # the first signs of its page codes
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    edition_hash = models.CharField(max_length=64)
    last_seq = models.PositiveBigIntegerField()
    choices = models.JSONField(default=dict)  # large, plain, guidance, last_time, filled, sections
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    class Meta:
        ordering = ["-printed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.workbook}, {self.token}"

    def get_absolute_url(self) -> str:
        return reverse("workbooks:printing", args=[self.token])


class Sheet(models.Model):
    """One sheet of a print in one hand. A photocopy that somebody else filled in is a copy of its own."""

    class State(models.TextChoices):
        """The states of rules.paper.SHEET."""

        PRINTED = "printed", _("on paper")
        BEGUN = "begun", _("being keyed in")
        KEYED = "keyed", _("keyed in, not yet checked")
        DIFFERS = "differs", _("two readings differ")
        CHECKED = "checked", _("checked")
        MISSING = "missing", _("missing")

    printing = models.ForeignKey(Printing, on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    copy = models.PositiveSmallIntegerField(default=1)
    criteria = models.JSONField(default=list)  # keys, in the order of the page
    findings = models.JSONField(default=list)  # numbers of the sections whose findings are asked for
    state = models.CharField(max_length=8, choices=State, default=State.PRINTED)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    hand = models.CharField(max_length=120, blank=True)  # whose writing it is, as people call them
    holder = models.CharField(max_length=120, blank=True)  # who has the paper now
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    keyed_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)  # why it is missing
    standing = models.JSONField(default=dict)  # {place: event id}: what it brought into the workbook and still says

    class Meta:
        ordering = ["printing", "number", "copy"]
        constraints = [
            models.UniqueConstraint(fields=["printing", "number", "copy"], name="a_sheet_is_printed_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["printed", "begun", "keyed", "differs", "checked", "missing"]),
                name="a_sheet_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["keyed", "differs", "checked"]) | models.Q(keyed_by__isnull=False),
                name="somebody_keyed_in_what_is_keyed_in",
            ),
            models.CheckConstraint(
                condition=~models.Q(checked_by=models.F("keyed_by")), name="a_second_person_checks_a_sheet"
            ),
        ]

    def __str__(self) -> str:
        return self.code if self.copy == 1 else f"{self.code}, copy {self.copy}"

    def get_absolute_url(self) -> str:
        return reverse("workbooks:sheet", args=[self.code]) + (f"?copy={self.copy}" if self.copy > 1 else "")

    @property
    def code(self) -> str:
        """The page code that stands on it."""
        return code_of(self.printing.token, self.number)

    @property
    def asks_nothing(self) -> bool:
        """Whether it is the cover."""
        return not self.criteria and not self.findings


class Keying(models.Model):
    """One person's reading of a sheet. A draft until it is sent; from then on the database refuses to change it."""

    class Part(models.TextChoices):
        FIRST = "first", _("keyed in")
        CHECK = "check", _("keyed in for the check")
        SETTLED = "settled", _("settled")

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="keyings")
    part = models.CharField(max_length=7, choices=Part)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entries = models.JSONField(default=dict)  # {criterion or found place: {score, reason, comment}}
    problems = models.JSONField(default=dict)  # {place: sentence}: what was read and has no place in the workbook
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sheet", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "part", "by"], condition=models.Q(sent_at=None), name="one_draft_of_a_sheet_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.part}"
