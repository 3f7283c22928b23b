import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.tables import Tables


class Migration(migrations.Migration):
    """The tables of allocation."""

    initial = True

    dependencies = [
        ("cycles", "0001_tables"),
        ("kit", "0001_tables"),
        ("members", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("visits", "0001_tables"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="AllocationSettings",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "network",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="allocation_settings",
                            to="members.network",
                        ),
                    ),
                    (
                        "max_distance_km",
                        models.PositiveIntegerField(default=400, verbose_name="kilometres that nobody travels beyond"),
                    ),
                    (
                        "max_same_community",
                        models.PositiveSmallIntegerField(default=2, verbose_name="people of one community in a team"),
                    ),
                    ("weights", models.JSONField(blank=True, default=dict, verbose_name="weights")),
                ],
                options={
                    "verbose_name_plural": "allocation settings",
                },
            ),
            migrations.CreateModel(
                name="ApproximatePoint",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "community",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="approximate_point",
                            to="members.community",
                        ),
                    ),
                    ("latitude", models.FloatField(verbose_name="latitude")),
                    ("longitude", models.FloatField(verbose_name="longitude")),
                    (
                        "changed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("changed_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("latitude__gte", -90),
                                ("latitude__lte", 90),
                                ("longitude__gte", -180),
                                ("longitude__lte", 180),
                            ),
                            name="an_approximate_point_lies_on_earth",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="AvailableDay",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.network"
                        ),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="available_days",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("on", models.DateField(verbose_name="day")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "ordering": ["on", "pk"],
                    "indexes": [models.Index(fields=["network", "on"], name="available_days_in_order")],
                    "constraints": [
                        models.UniqueConstraint(fields=("network", "account", "on"), name="a_day_is_free_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="HomeBase",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "network",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="+", to="members.network"
                        ),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="home_bases",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("latitude", models.FloatField(verbose_name="latitude")),
                    ("longitude", models.FloatField(verbose_name="longitude")),
                    (
                        "changed_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("changed_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("network", "account"), name="a_reviewer_has_one_home_base"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("latitude__gte", -90),
                                ("latitude__lte", 90),
                                ("longitude__gte", -180),
                                ("longitude__lte", 180),
                            ),
                            name="a_home_base_lies_on_earth",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="StatedProblem",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "cycle",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="stated_problems",
                            to="cycles.cycle",
                        ),
                    ),
                    ("content", models.JSONField()),
                    ("hash", models.CharField(max_length=64)),
                    ("facts_hash", models.CharField(max_length=64)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("cycle", "hash"), name="a_problem_is_stated_once")],
                },
            ),
            migrations.CreateModel(
                name="Run",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "cycle",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="allocation_runs",
                            to="cycles.cycle",
                        ),
                    ),
                    (
                        "problem",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="runs",
                            to="allocation.statedproblem",
                        ),
                    ),
                    (
                        "job",
                        models.OneToOneField(
                            null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="kit.job"
                        ),
                    ),
                    ("seed", models.PositiveIntegerField(default=0)),
                    ("seconds", models.PositiveIntegerField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "waiting to begin"),
                                ("running", "under way"),
                                ("stopping", "about to stop"),
                                ("done", "done"),
                                ("failed", "failed"),
                            ],
                            default="waiting",
                            max_length=8,
                        ),
                    ),
                    ("step", models.CharField(blank=True, max_length=200)),
                    ("supposed", models.JSONField(null=True)),
                    ("begun_at", models.DateTimeField(null=True)),
                    ("cost", models.FloatField(null=True)),
                    ("bound", models.FloatField(null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("finished_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["-pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ["waiting", "running", "stopping"])),
                            fields=("cycle",),
                            name="one_search_for_a_plan_at_a_time",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Plan",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "cycle",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="cycles.cycle"
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    (
                        "problem",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="plans",
                            to="allocation.statedproblem",
                        ),
                    ),
                    (
                        "run",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="plan",
                            to="allocation.run",
                        ),
                    ),
                    (
                        "before",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="allocation.plan",
                        ),
                    ),
                    ("supposed", models.JSONField(null=True)),
                    ("content", models.JSONField()),
                    ("cost", models.FloatField()),
                    ("bound", models.FloatField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "ordering": ["-number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("cycle", "number"), name="a_plan_is_numbered_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Acceptance",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "plan",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="acceptance", to="allocation.plan"
                        ),
                    ),
                    (
                        "job",
                        models.OneToOneField(
                            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kit.job"
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("at", models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name="Pin",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="pins", to="visits.visit"
                        ),
                    ),
                    ("on", models.DateField(verbose_name="date")),
                    (
                        "account",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "seat",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("lead", "lead reviewer"),
                                ("specialist", "specialist"),
                                ("staff", "staff"),
                                ("client_member", "client member"),
                            ],
                            max_length=14,
                            verbose_name="seat",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "lifted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("lifted_at", models.DateTimeField(null=True)),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("account__isnull", False), ("lifted_at__isnull", True)),
                            fields=("visit", "account"),
                            name="a_person_is_pinned_once",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("account__isnull", True), ("lifted_at__isnull", True)),
                            fields=("visit",),
                            name="a_date_is_pinned_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("seat", ""), ("account__isnull", False), _connector="OR"),
                            name="a_seat_is_pinned_with_a_person",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Forbidden",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="forbidden", to="visits.visit"
                        ),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("reason", models.TextField(verbose_name="reason")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "lifted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("lifted_at", models.DateTimeField(null=True)),
                ],
                options={
                    "verbose_name_plural": "forbidden",
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("lifted_at__isnull", True)),
                            fields=("visit", "account"),
                            name="a_pair_is_forbidden_once",
                        )
                    ],
                },
            ),
        ),
    ]
