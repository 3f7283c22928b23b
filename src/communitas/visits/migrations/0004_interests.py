import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Interests have a kind, and by an appointment one is about a whole organisation; former roles count for years."""

    dependencies = [
        ("members", "0002_guards"),
        ("visits", "0003_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="interest",
            name="kind",
            field=models.CharField(
                choices=[
                    ("family", "family"),
                    ("worked", "worked or lived there"),
                    ("appointment", "an appointment: trustee, consultant, applied for a post"),
                    ("friendship", "a close friendship"),
                    ("other", "something else"),
                ],
                default="other",
                max_length=11,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="interest",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="interests",
                to="members.organisation",
            ),
        ),
        migrations.AddField(
            model_name="visitsettings",
            name="former_years",
            field=models.PositiveSmallIntegerField(
                default=5, verbose_name="years that a role that ended keeps off reviews"
            ),
        ),
        migrations.AlterField(
            model_name="interest",
            name="community",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="interests",
                to="members.community",
            ),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", False), ("withdrawn_at__isnull", True)),
                fields=("account", "organisation"),
                name="an_interest_in_an_organisation_is_declared_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.CheckConstraint(
                condition=models.Q(("community__isnull", False), ("organisation__isnull", False), _connector="OR"),
                name="an_interest_names_what_it_is_about",
            ),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.CheckConstraint(
                condition=models.Q(("organisation__isnull", True), ("kind", "appointment"), _connector="OR"),
                name="an_organisation_is_named_for_an_appointment",
            ),
        ),
    ]
