import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """A correction stands in a released report alone, and is written once."""

    dependencies = [
        ("reports", "0013_open_a_reduced_edition"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Erratum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="correction")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="errata", to="reports.nationalreport"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "errata",
                "ordering": ["pk"],
            },
        ),
        InsertOnly("reports_erratum"),
        Guard(
            "reports_erratum",
            verbs=["INSERT"],
            name="only_a_released_report_is_corrected",
            condition="NOT EXISTS (SELECT 1 FROM benchmarking_release JOIN reports_nationalreport"
            " ON reports_nationalreport.release_id = benchmarking_release.id"
            " WHERE reports_nationalreport.id = NEW.report_id AND benchmarking_release.state = 'released')",
        ),
    ]
