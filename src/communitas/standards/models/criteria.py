"""What an edition holds: values, layers, sections, standards and criteria."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from communitas.standards.models.editions import Edition


class Value(models.Model):
    """A principle that is printed with the standards and never scored."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="values")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Layer(models.Model):
    """The common core, a supplement for some service types, or an optional module."""

    class Kind(models.TextChoices):
        CORE = "core", _("core")
        SUPPLEMENT = "supplement", _("supplement")
        MODULE = "module", _("module")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="layers")
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CORE)
    applies_to = models.JSONField(_("service types"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="a_layer_is_coded_once")]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A chapter of the edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="sections_stand_in_order")]

    def __str__(self) -> str:
        return self.title


class Standard(models.Model):
    """A group of criteria within a section."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="standards")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=300)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """What is scored. Its key is stable within the edition; its code is what people say aloud."""

    class Level(models.IntegerChoices):
        ESSENTIAL = 1, _("essential")
        EXPECTED = 2, _("expected")
        DESIRABLE = 3, _("desirable")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="criteria")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="criteria")
    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, null=True, blank=True, related_name="criteria")
    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    code = models.CharField(_("code"), max_length=20)
    statement = models.TextField(_("statement"))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    guidance = models.TextField(_("guidance"), blank=True)
    evidence = models.TextField(_("evidence expected"), blank=True)
    references = models.TextField(_("references"), blank=True)
    plain_text = models.TextField(_("in plain words"), blank=True)
    applies_to = models.JSONField(_("service types"), default=list, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="a_criterion_key_stands_once"),
            models.UniqueConstraint(fields=["edition", "code"], name="a_criterion_code_stands_once"),
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="a_criterion_has_a_level"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.statement}"[:120]
