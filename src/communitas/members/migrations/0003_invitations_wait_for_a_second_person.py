from django.db import migrations, models


class Migration(migrations.Migration):
    """An invitation into the office or the committee names its duties, and waits for a second person."""

    dependencies = [("members", "0002_guard_the_changes")]
    operations = [
        migrations.AddField("invitation", "duties", models.JSONField(blank=True, default=list)),
        migrations.AddField("invitation", "waiting", models.BooleanField(default=False)),
    ]
