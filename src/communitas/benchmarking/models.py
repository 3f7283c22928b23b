"""The facts of closed reviews, the frozen cells of national figures, and past scores that were imported."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.cycles.models import Cycle, Enrolment
from communitas.kit.models import ImportRun, StoredFile


class FactSet(models.Model):
    """The facts of one enrolment, frozen from a signed report or an import. A correction makes a new version."""

    class Source(models.TextChoices):
        REPORT = "report", _("signed report")
        IMPORT = "import", _("imported")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="fact_sets")
    version = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)
    source = models.CharField(max_length=8, choices=Source)
    import_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["enrolment", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "version"], name="fact_sets_are_versioned"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(current=True), name="one_fact_set_is_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, version {self.version}"


class Fact(models.Model):
    """What one enrolment scored on one criterion, self or agreed. Score null is not scored; -1 is not applicable."""

    fact_set = models.ForeignKey(FactSet, on_delete=models.CASCADE, related_name="facts")
    criterion_key = models.CharField(max_length=60)
    kind = models.CharField(max_length=6)  # self | agreed
    score = models.SmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact_set", "criterion_key", "kind"], name="a_fact_stands_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["self", "agreed"]), name="a_fact_is_self_or_agreed"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_key} {self.kind}"


class FactsFile(models.Model):
    """A version of the facts of a cycle as one Parquet file. Signed again, a version is added; none is ever replaced.

    `made_from` is the hash of what the file was made from: while it is equal, the file is up to date.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="facts_files")
    version = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    made_from = models.CharField(max_length=64)
    code_version = models.CharField(max_length=40)
    format = models.PositiveSmallIntegerField()
    enrolments = models.PositiveIntegerField()
    criteria = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["cycle", "-version"]
        constraints = [models.UniqueConstraint(fields=["cycle", "version"], name="facts_files_are_versioned")]

    def __str__(self) -> str:
        return f"facts of {self.cycle.name}, version {self.version}"


class Lattice(models.Model):
    """The cells that may be published for a cycle, declared by the office, else the usual ones.

    Locked before the first review of the cycle is signed; the database refuses every change after. `trial` is what
    would have been published last time, for the office alone.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        LOCKED = "locked", _("locked")

    class Source(models.TextChoices):
        OFFICE = "office", _("declared by the office")
        USUAL = "usual", _("the usual cells")

    cycle = models.OneToOneField(Cycle, on_delete=models.PROTECT, related_name="lattice")
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    source = models.CharField(max_length=6, choices=Source, default=Source.OFFICE)
    declared = models.JSONField()
    trial = models.JSONField(null=True, blank=True)
    hash = models.CharField(max_length=64)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField()
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft", locked_at__isnull=True)
                | models.Q(state="locked", locked_at__isnull=False),
                name="a_locked_lattice_has_its_moment",
            )
        ]

    def __str__(self) -> str:
        return f"published cells of {self.cycle.name}"


class Release(models.Model):
    """The national figures of a cycle: exact for the office, protected for everybody else, frozen and released."""

    class State(models.TextChoices):
        FROZEN = "frozen", _("frozen")
        RELEASED = "released", _("released")
        SUPERSEDED = "superseded", _("superseded")

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="releases")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.FROZEN)
    exact = models.JSONField()
    protected = models.JSONField()
    audit = models.JSONField(default=dict)
    facts = models.ForeignKey(FactsFile, on_delete=models.PROTECT, null=True, related_name="releases")
    hash = models.CharField(max_length=64)
    code_version = models.CharField(max_length=40)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-frozen_at"]
        constraints = [models.UniqueConstraint(fields=["cycle", "version"], name="releases_are_versioned")]

    def __str__(self) -> str:
        return f"national figures {self.cycle.name}, version {self.version}"


class FrozenSubject(models.Model):
    """The protected cells of one subject of a release, for all its declared groups: what an explorer reads.

    A copy of what stands in `Release.protected`, cut so that a page reads a few rows. `level` is criterion, section,
    overall, or `groups` for what the groups are. `line` is equal where two cycles may be compared; `before` is the line
    from which it descends with a break, and `change` says which.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="subjects")
    level = models.CharField(max_length=9)
    name = models.CharField(max_length=200, blank=True)
    line = models.CharField(max_length=80, blank=True)
    before = models.CharField(max_length=80, blank=True)
    change = models.CharField(max_length=20, blank=True)
    keys = models.JSONField(default=list)
    cells = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "level", "name"], name="a_subject_is_frozen_once")]
        indexes = [models.Index(fields=["release", "level", "line"], name="frozen_subject_by_line")]

    def __str__(self) -> str:
        return f"{self.level} {self.name} of {self.release}"
