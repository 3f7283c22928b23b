from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly

SENT = "OLD.sent_at IS NOT NULL"
OTHER = "(NEW.sent_at IS NULL OR NEW.sent_at <> OLD.sent_at OR NEW.by_id <> OLD.by_id OR NEW.part <> OLD.part)"


class Migration(migrations.Migration):
    """What was printed is not changed; a reading that was sent stays, and stays its reader's.

    Its words may go when the event that they became is redacted.
    """

    dependencies = [("workbooks", "0009_paper")]
    operations = [
        InsertOnly("workbooks_printing"),
        Guard("workbooks_keying", verbs=["DELETE"], name="a_reading_that_was_sent_stays", condition=SENT),
        Guard(
            "workbooks_keying", verbs=["UPDATE"], name="a_reading_stays_its_readers", condition=f"{SENT} AND {OTHER}"
        ),
    ]
