from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly, Lifted

_REMOVED = "NOT EXISTS (SELECT 1 FROM workbooks_redaction WHERE workbooks_redaction.{column} = OLD.{key})"


class Migration(migrations.Migration):
    """Quarantined answers are written once; words of any answer are deleted only where a redaction says why."""

    dependencies = [("workbooks", "0005_quarantine_devices_and_redaction")]
    operations = [
        InsertOnly("workbooks_quarantined"),
        InsertOnly("workbooks_redaction"),
        Lifted(InsertOnly("workbooks_payload")),
        Guard("workbooks_payload", verbs=("UPDATE",), name="insert_only"),
        Guard(
            "workbooks_payload",
            verbs=("DELETE",),
            name="insert_only",
            condition=_REMOVED.format(column="event_id", key="event_id"),
        ),
        Guard("workbooks_quarantinedwords", verbs=("UPDATE",), name="insert_only"),
        Guard(
            "workbooks_quarantinedwords",
            verbs=("DELETE",),
            name="insert_only",
            condition=_REMOVED.format(column="quarantined_id", key="quarantined_id"),
        ),
    ]
