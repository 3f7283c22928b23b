import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The cells that may be published are declared for each cycle; frozen figures are kept by subject too."""

    dependencies = [
        ("benchmarking", "0005_guard_facts_files"),
        ("cycles", "0004_reminders_by_themselves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="subjects", to="benchmarking.release"
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(choices=[("draft", "draft"), ("locked", "locked")], default="draft", max_length=6),
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
                ],
            },
        ),
    ]
