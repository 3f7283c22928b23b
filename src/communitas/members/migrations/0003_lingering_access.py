from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="access",
            name="lingers",
            field=models.BooleanField(default=True),
        ),
    ]
