import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.tables import Tables


class Migration(migrations.Migration):
    """The tables of benchmarking.

    It stands for the migrations that made them step by step before the first release.
    """

    replaces = [
        ("benchmarking", "0001_initial"),
        ("benchmarking", "0004_keep_facts_as_files"),
        ("benchmarking", "0006_declare_published_cells"),
    ]

    initial = True

    dependencies = [
        ("cycles", "0001_tables"),
        ("kit", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="FactSet",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.PositiveSmallIntegerField(default=1)),
                    ("current", models.BooleanField(default=True)),
                    (
                        "source",
                        models.CharField(choices=[("report", "signed report"), ("import", "imported")], max_length=8),
                    ),
                    ("frozen_at", models.DateTimeField()),
                    ("hash", models.CharField(max_length=64)),
                    (
                        "enrolment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="fact_sets", to="cycles.enrolment"
                        ),
                    ),
                    (
                        "frozen_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "import_run",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kit.importrun",
                        ),
                    ),
                ],
                options={
                    "ordering": ["enrolment", "-version"],
                    "constraints": [
                        models.UniqueConstraint(fields=("enrolment", "version"), name="fact_sets_are_versioned"),
                        models.UniqueConstraint(
                            condition=models.Q(("current", True)), fields=("enrolment",), name="one_fact_set_is_current"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Fact",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("criterion_key", models.CharField(max_length=60)),
                    ("kind", models.CharField(max_length=6)),
                    ("score", models.SmallIntegerField(blank=True, null=True)),
                    ("comment", models.TextField(blank=True)),
                    (
                        "fact_set",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="benchmarking.factset"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("fact_set", "criterion_key", "kind"), name="a_fact_stands_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("kind__in", ["self", "agreed"])), name="a_fact_is_self_or_agreed"
                        ),
                    ]
                },
            ),
            migrations.CreateModel(
                name="FactsFile",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.PositiveSmallIntegerField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("made_from", models.CharField(max_length=64)),
                    ("code_version", models.CharField(max_length=40)),
                    ("format", models.PositiveSmallIntegerField()),
                    ("enrolments", models.PositiveIntegerField()),
                    ("criteria", models.PositiveIntegerField()),
                    ("rows", models.PositiveIntegerField()),
                    ("made_at", models.DateTimeField()),
                    (
                        "cycle",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="facts_files", to="cycles.cycle"
                        ),
                    ),
                    (
                        "file",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit.storedfile"
                        ),
                    ),
                    (
                        "made_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["cycle", "-version"],
                    "constraints": [
                        models.UniqueConstraint(fields=("cycle", "version"), name="facts_files_are_versioned")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Release",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.PositiveSmallIntegerField(default=1)),
                    (
                        "state",
                        models.CharField(
                            choices=[("frozen", "frozen"), ("released", "released"), ("superseded", "superseded")],
                            default="frozen",
                            max_length=10,
                        ),
                    ),
                    ("exact", models.JSONField()),
                    ("protected", models.JSONField()),
                    ("audit", models.JSONField(default=dict)),
                    ("hash", models.CharField(max_length=64)),
                    ("code_version", models.CharField(max_length=40)),
                    ("frozen_at", models.DateTimeField()),
                    ("released_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "cycle",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="cycles.cycle"
                        ),
                    ),
                    (
                        "frozen_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "released_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "facts",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="releases",
                            to="benchmarking.factsfile",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-frozen_at"],
                    "constraints": [
                        models.UniqueConstraint(fields=("cycle", "version"), name="releases_are_versioned")
                    ],
                },
            ),
            migrations.CreateModel(
                name="FrozenSubject",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("level", models.CharField(max_length=9)),
                    ("name", models.CharField(blank=True, max_length=200)),
                    ("line", models.CharField(blank=True, max_length=80)),
                    ("before", models.CharField(blank=True, max_length=80)),
                    ("change", models.CharField(blank=True, max_length=20)),
                    ("keys", models.JSONField(default=list)),
                    ("cells", models.JSONField()),
                    (
                        "release",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="subjects",
                            to="benchmarking.release",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["release", "level", "line"], name="frozen_subject_by_line")],
                    "constraints": [
                        models.UniqueConstraint(fields=("release", "level", "name"), name="a_subject_is_frozen_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Lattice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[("draft", "draft"), ("locked", "locked")], default="draft", max_length=6
                        ),
                    ),
                    (
                        "source",
                        models.CharField(
                            choices=[("office", "declared by the office"), ("usual", "the usual cells")],
                            default="office",
                            max_length=6,
                        ),
                    ),
                    ("declared", models.JSONField()),
                    ("trial", models.JSONField(blank=True, null=True)),
                    ("hash", models.CharField(max_length=64)),
                    ("declared_at", models.DateTimeField()),
                    ("locked_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "cycle",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="lattice", to="cycles.cycle"
                        ),
                    ),
                    (
                        "declared_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "locked_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("locked_at__isnull", True), ("state", "draft")),
                                models.Q(("locked_at__isnull", False), ("state", "locked")),
                                _connector="OR",
                            ),
                            name="a_locked_lattice_has_its_moment",
                        )
                    ]
                },
            ),
        )
    ]
