import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """What reviewers say themselves. An offer to come is taken back and stays; that the office asked is written once."""

    dependencies = [
        ("allocation", "0004_following_and_travel"),
        ("cycles", "0002_guards"),
        ("visits", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="availableday",
            name="imported",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="DaysAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("people", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="days_asked", to="cycles.cycle"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "days asked",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Availability",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("none", models.BooleanField(default=False, verbose_name="not in this cycle")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("most_visits", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="visits at most")),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="availabilities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="availabilities", to="cycles.cycle"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "availabilities",
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "account"), name="a_reviewer_speaks_once_of_a_cycle"),
                    models.CheckConstraint(
                        condition=models.Q(("none", False), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="who_cannot_come_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Willing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="day")),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers_to_come",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers_to_come", to="visits.visit"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "willing",
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("account", "visit", "on"),
                        name="an_offer_to_come_is_made_once",
                    )
                ],
            },
        ),
        InsertOnly("allocation_daysasked"),
        Guard("allocation_willing", verbs=["DELETE"], name="offers_to_come_stay"),
        Guard(
            "allocation_willing",
            verbs=["UPDATE"],
            name="an_offer_is_only_taken_back",
            condition="OLD.visit_id <> NEW.visit_id OR OLD.account_id <> NEW.account_id OR OLD.at <> NEW.at "
            "OR OLD.taken_back_at IS NOT NULL",
        ),
    ]
