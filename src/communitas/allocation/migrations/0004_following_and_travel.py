import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """Who follows when a seat falls empty, reserves, and how people travel. What was offered is written once."""

    dependencies = [
        ("allocation", "0003_overrides"),
        ("visits", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="allocationsettings",
            name="asks_next",
            field=models.BooleanField(default=True, verbose_name="the next person is asked when a seat falls empty"),
        ),
        migrations.AddField(
            model_name="allocationsettings",
            name="currency",
            field=models.CharField(default="GBP", max_length=3, verbose_name="currency"),
        ),
        migrations.AddField(
            model_name="allocationsettings",
            name="mileage_rate",
            field=models.PositiveSmallIntegerField(default=45, verbose_name="pence for each mile or kilometre by car"),
        ),
        migrations.AddField(
            model_name="allocationsettings",
            name="mileage_unit",
            field=models.CharField(
                choices=[("mile", "mile"), ("km", "kilometre")], default="mile", max_length=4, verbose_name="counted by"
            ),
        ),
        migrations.AddField(
            model_name="allocationsettings",
            name="reserves_wished",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="reserves for each visit"),
        ),
        migrations.AddField(
            model_name="allocationsettings",
            name="stop_asking_days",
            field=models.PositiveSmallIntegerField(default=2, verbose_name="days before a visit that asking stops"),
        ),
        migrations.CreateModel(
            name="AskingStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="asking_stops", to="visits.visit"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("visit",),
                        name="asking_is_stopped_once_a_visit",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Journey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("car", "car"),
                            ("transit", "train or bus"),
                            ("lift", "a lift with somebody"),
                            ("other", "otherwise"),
                        ],
                        max_length=7,
                        verbose_name="how they travel",
                    ),
                ),
                ("lift_with", models.CharField(blank=True, max_length=120, verbose_name="with whom")),
                ("overnight", models.BooleanField(default=False, verbose_name="stays overnight")),
                ("arrives", models.TimeField(blank=True, null=True, verbose_name="expected arrival")),
                ("km", models.PositiveIntegerField(null=True)),
                ("estimate", models.PositiveIntegerField(blank=True, null=True, verbose_name="expected cost")),
                ("actual", models.PositiveIntegerField(blank=True, null=True, verbose_name="what it cost")),
                ("agreed", models.PositiveIntegerField(blank=True, null=True, verbose_name="agreed")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid on")),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="journey", to="visits.teamplace"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("paid_on__isnull", True), ("agreed__isnull", False), _connector="OR"),
                        name="what_is_paid_was_agreed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seat",
                    models.CharField(
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
                    "how",
                    models.CharField(
                        choices=[
                            ("reserve", "a reserve was called"),
                            ("ranked", "the next person was asked"),
                            ("nobody", "nobody was asked"),
                        ],
                        max_length=7,
                    ),
                ),
                ("rank", models.PositiveIntegerField(null=True)),
                ("of_how_many", models.PositiveIntegerField(null=True)),
                ("difference", models.FloatField(null=True)),
                ("km", models.PositiveIntegerField(null=True)),
                ("words", models.TextField(blank=True)),
                ("by_itself", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "instead_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers_after",
                        to="visits.teamplace",
                    ),
                ),
                (
                    "place",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer",
                        to="visits.teamplace",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="visits.visit"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("by_itself", True)),
                        fields=("instead_of",),
                        name="a_freed_seat_is_offered_on_once_by_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "nobody"), ("place__isnull", True)),
                            models.Q(models.Q(("how", "nobody"), _negated=True), ("place__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_offer_names_whom_it_asked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reserve",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seat",
                    models.CharField(
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
                ("on", models.DateField(verbose_name="day")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("ready", "keeps the day free"),
                            ("declined", "cannot"),
                            ("called", "called onto the team"),
                            ("released", "free again"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reserved_days",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reserves", to="visits.visit"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "account"), name="a_person_is_a_reserve_once_a_visit")
                ],
            },
        ),
        InsertOnly("allocation_offer"),
        Guard("allocation_askingstop", verbs=["DELETE"], name="stops_stay"),
        Guard(
            "allocation_askingstop",
            verbs=["UPDATE"],
            name="a_stop_is_only_lifted",
            condition="OLD.visit_id <> NEW.visit_id OR OLD.reason <> NEW.reason OR OLD.lifted_at IS NOT NULL",
        ),
        Guard("allocation_reserve", verbs=["DELETE"], name="reserves_stay"),
        Guard("allocation_journey", verbs=["DELETE"], name="journeys_stay"),
    ]
