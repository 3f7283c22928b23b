from django.db import migrations, models


class Migration(migrations.Migration):
    """Know which messages hold a link or code that lets one in."""

    dependencies = [
        ("kit", "0002_guard_the_audit_trail"),
    ]

    operations = [
        migrations.AddField(
            model_name="outboxmail",
            name="secret",
            field=models.BooleanField(default=False),
        ),
    ]
