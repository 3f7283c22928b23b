from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly

REMOVED = "NOT EXISTS (SELECT 1 FROM workbooks_redaction WHERE workbooks_redaction.{key} = OLD.{key})"
SENT = "OLD.sent_at IS NOT NULL"
OTHER = "(NEW.sent_at IS NULL OR NEW.sent_at <> OLD.sent_at OR NEW.by_id <> OLD.by_id OR NEW.part <> OLD.part)"


class Migration(migrations.Migration):
    """Events, quarantined answers and the moves of reviews are written once; so is what was kept or printed.

    Words of any answer are deleted only where a redaction says why. A reading of paper that was sent stays, and stays
    its reader's; its words may go when the event that they became is redacted.
    """

    replaces = [
        ("workbooks", "0002_guard_the_events"),
        ("workbooks", "0006_guard_what_came_out_of_place"),
        ("workbooks", "0008_guard_the_evidence"),
        ("workbooks", "0010_guard_the_paper"),
    ]
    dependencies = [("workbooks", "0001_tables")]
    operations = [
        InsertOnly("workbooks_reviewmove"),
        InsertOnly("workbooks_quarantined"),
        InsertOnly("workbooks_redaction"),
        Guard("workbooks_quarantinedwords", verbs=("UPDATE",), name="insert_only"),
        Guard(
            "workbooks_quarantinedwords",
            verbs=("DELETE",),
            name="insert_only",
            condition=REMOVED.format(key="quarantined_id"),
        ),
        InsertOnly("workbooks_evidence"),
        InsertOnly("workbooks_printing"),
        Guard("workbooks_keying", verbs=["DELETE"], name="a_reading_that_was_sent_stays", condition=SENT),
        Guard(
            "workbooks_keying", verbs=["UPDATE"], name="a_reading_stays_its_readers", condition=f"{SENT} AND {OTHER}"
        ),
        InsertOnly("workbooks_event"),
        Guard("workbooks_payload", verbs=("UPDATE",), name="insert_only"),
        Guard("workbooks_payload", verbs=("DELETE",), name="insert_only", condition=REMOVED.format(key="event_id")),
    ]
