from django.db import migrations

from communitas.kit.rows import InsertOnly


class Migration(migrations.Migration):
    """What changed about a community is written once."""

    replaces = [("members", "0002_guard_the_changes")]
    dependencies = [("members", "0001_tables")]
    operations = [
        InsertOnly("members_communitychange"),
    ]
