"""Files that show what a criterion asks for: on their way in pieces, and kept."""

from django.conf import settings
from django.db import models

from communitas.kit.models import StoredFile
from communitas.workbooks.models.reviews import Workbook


class Upload(models.Model):
    """A file on its way from one person, piece by piece. It can be taken up again from any device."""

    workbook = models.ForeignKey(Workbook, on_delete=models.CASCADE, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workbook", "by", "sha256"], name="a_person_sends_a_file_once"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="a_file_on_its_way_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Chunk(models.Model):
    """One piece of a file on its way: written once. Its bytes stand in the folder of files."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["upload", "number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="a_piece_is_written_once")]

    def __str__(self) -> str:
        return f"{self.upload} {self.number}"


class Evidence(models.Model):
    """A file that was looked into and kept for one workbook. Answers name it by its sha256; rows are never changed.

    `shown` is what people get instead of a picture: the same, drawn anew, without what a camera adds.
    """

    workbook = models.ForeignKey(Workbook, on_delete=models.PROTECT, related_name="evidence")
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    shown = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["workbook", "sha256"], name="evidence_is_kept_once")]

    def __str__(self) -> str:
        return str(self.file)
