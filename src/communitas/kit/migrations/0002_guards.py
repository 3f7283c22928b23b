from django.db import migrations

from communitas.kit.rows import InsertOnly


class Migration(migrations.Migration):
    """The audit trail is written once."""

    replaces = [("kit", "0002_guard_the_audit_trail")]
    dependencies = [("kit", "0001_tables")]
    operations = [
        InsertOnly("kit_auditline"),
    ]
