import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table of heads that says no more than which events they are; the one before stands beside it for a moment."""

    dependencies = [("workbooks", "0012_fewer_pages_an_event")]
    operations = [
        migrations.RemoveIndex(model_name="head", name="heads_by_register"),
        migrations.AlterField(
            model_name="head",
            name="event",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workbooks.event"
            ),
        ),
        migrations.RenameModel("Head", "FormerHead"),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="head",
                        serialize=False,
                        to="workbooks.event",
                    ),
                ),
            ],
        ),
    ]
