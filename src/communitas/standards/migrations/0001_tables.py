import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.tables import Tables


class Migration(migrations.Migration):
    """The tables of standards.

    It stands for the migrations that made them step by step before the first release.
    """

    replaces = [("standards", "0001_initial"), ("standards", "0003_let_drafts_be_undone")]

    initial = True

    dependencies = [("members", "0001_tables"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        Tables(
            migrations.CreateModel(
                name="StandardSet",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=160, verbose_name="name")),
                    ("slug", models.SlugField(max_length=60, verbose_name="address")),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="standard_sets",
                            to="members.network",
                        ),
                    ),
                ],
                options={
                    "ordering": ["name"],
                    "constraints": [
                        models.UniqueConstraint(fields=("network", "slug"), name="a_standard_set_has_its_own_address")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Edition",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="edition")),
                    ("title", models.CharField(max_length=200, verbose_name="title")),
                    ("summary", models.TextField(blank=True, verbose_name="summary")),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "draft"),
                                ("published", "published"),
                                ("superseded", "superseded"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="draft",
                            max_length=12,
                        ),
                    ),
                    ("scale", models.JSONField(default=list, verbose_name="scale")),
                    ("level_words", models.JSONField(default=dict, verbose_name="words of the levels")),
                    ("content_hash", models.CharField(blank=True, max_length=64)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "created_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "predecessor",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="successors",
                            to="standards.edition",
                        ),
                    ),
                    (
                        "published_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "standard_set",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="editions",
                            to="standards.standardset",
                        ),
                    ),
                ],
                options={
                    "ordering": ["standard_set", "-number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("standard_set", "number"), name="an_edition_is_numbered_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("state", "draft"), models.Q(("content_hash", ""), _negated=True), _connector="OR"
                            ),
                            name="a_published_edition_has_its_hash",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Layer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("code", models.SlugField(max_length=40, verbose_name="code")),
                    ("title", models.CharField(max_length=160, verbose_name="title")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("core", "core"), ("supplement", "supplement"), ("module", "module")],
                            default="core",
                            max_length=10,
                            verbose_name="kind",
                        ),
                    ),
                    ("applies_to", models.JSONField(blank=True, default=list, verbose_name="service types")),
                    ("position", models.PositiveSmallIntegerField(default=0)),
                    (
                        "edition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="layers", to="standards.edition"
                        ),
                    ),
                ],
                options={
                    "ordering": ["position", "pk"],
                    "constraints": [models.UniqueConstraint(fields=("edition", "code"), name="a_layer_is_coded_once")],
                },
            ),
            migrations.CreateModel(
                name="Section",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("position", models.PositiveSmallIntegerField()),
                    ("code", models.CharField(blank=True, max_length=20, verbose_name="number")),
                    ("title", models.CharField(max_length=200, verbose_name="title")),
                    ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                    (
                        "edition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="standards.edition"
                        ),
                    ),
                ],
                options={
                    "ordering": ["position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("edition", "position"), name="sections_stand_in_order")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Standard",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("position", models.PositiveSmallIntegerField()),
                    ("title", models.CharField(max_length=300, verbose_name="title")),
                    (
                        "section",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="standards",
                            to="standards.section",
                        ),
                    ),
                ],
                options={"ordering": ["position"]},
            ),
            migrations.CreateModel(
                name="Criterion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("position", models.PositiveSmallIntegerField()),
                    ("key", models.CharField(max_length=60)),
                    ("code", models.CharField(max_length=20, verbose_name="code")),
                    ("statement", models.TextField(verbose_name="statement")),
                    (
                        "level",
                        models.PositiveSmallIntegerField(
                            choices=[(1, "essential"), (2, "expected"), (3, "desirable")], verbose_name="level"
                        ),
                    ),
                    ("guidance", models.TextField(blank=True, verbose_name="guidance")),
                    ("evidence", models.TextField(blank=True, verbose_name="evidence expected")),
                    ("references", models.TextField(blank=True, verbose_name="references")),
                    ("plain_text", models.TextField(blank=True, verbose_name="in plain words")),
                    ("applies_to", models.JSONField(blank=True, default=list, verbose_name="service types")),
                    (
                        "edition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="standards.edition"
                        ),
                    ),
                    (
                        "layer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="criteria", to="standards.layer"
                        ),
                    ),
                    (
                        "section",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="standards.section"
                        ),
                    ),
                    (
                        "standard",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="criteria",
                            to="standards.standard",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "criteria",
                    "ordering": ["position"],
                    "constraints": [
                        models.UniqueConstraint(fields=("edition", "key"), name="a_criterion_key_stands_once"),
                        models.UniqueConstraint(fields=("edition", "code"), name="a_criterion_code_stands_once"),
                        models.CheckConstraint(
                            condition=models.Q(("level__in", [1, 2, 3])), name="a_criterion_has_a_level"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Lineage",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("unchanged", "unchanged"),
                                ("reworded", "reworded"),
                                ("split", "split"),
                                ("merged", "merged"),
                                ("new", "new"),
                                ("withdrawn", "withdrawn"),
                                ("level_changed", "level changed"),
                            ],
                            max_length=14,
                            verbose_name="kind",
                        ),
                    ),
                    ("same_meaning", models.BooleanField(blank=True, null=True, verbose_name="same meaning")),
                    ("similarity", models.FloatField(blank=True, null=True)),
                    ("why", models.CharField(blank=True, max_length=300)),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "edition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="lineage", to="standards.edition"
                        ),
                    ),
                    ("newer", models.ManyToManyField(blank=True, related_name="ancestry", to="standards.criterion")),
                    ("older", models.ManyToManyField(blank=True, related_name="descendants", to="standards.criterion")),
                ],
                options={"verbose_name_plural": "lineage", "ordering": ["pk"]},
            ),
            migrations.CreateModel(
                name="Value",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("position", models.PositiveSmallIntegerField()),
                    ("title", models.CharField(max_length=160, verbose_name="title")),
                    ("text", models.TextField(blank=True, verbose_name="text")),
                    (
                        "edition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="values", to="standards.edition"
                        ),
                    ),
                ],
                options={"ordering": ["position"]},
            ),
            migrations.CreateModel(
                name="DraftChange",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("what", models.CharField(max_length=200)),
                    ("before", models.JSONField()),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "edition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="standards.edition"
                        ),
                    ),
                ],
                options={"ordering": ["-pk"]},
            ),
        )
    ]
