import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The facts of a cycle are kept as files, and figures name the file they were counted from."""

    dependencies = [
        ("benchmarking", "0003_let_imported_facts_be_undone"),
        ("cycles", "0004_reminders_by_themselves"),
        ("kit", "0004_mail_follows_each_persons_choice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FactsFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            },
        ),
        migrations.AddField(
            model_name="release",
            name="facts",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to="benchmarking.factsfile",
            ),
        ),
        migrations.AddConstraint(
            model_name="factsfile",
            constraint=models.UniqueConstraint(fields=("cycle", "version"), name="facts_files_are_versioned"),
        ),
    ]
