from django.db import migrations

from communitas.kit.rows import InsertOnly


class Migration(migrations.Migration):
    """What changed about a community is written once."""

    dependencies = [("members", "0001_initial")]
    operations = [
        InsertOnly("members_communitychange"),
    ]
