import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.rows import Guard


class Migration(migrations.Migration):
    """Hosts say whether the day of their visit will do. What they said stays."""

    dependencies = [
        ("visits", "0004_interests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="host_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="host_reminded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="HostAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="date")),
                ("accepts", models.BooleanField()),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="host_answers", to="visits.visit"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("accepts", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="a_host_that_declines_says_why",
                    )
                ],
            },
        ),
        Guard("visits_hostanswer", verbs=["UPDATE", "DELETE"], name="what_a_host_said_of_its_day_stays"),
    ]
