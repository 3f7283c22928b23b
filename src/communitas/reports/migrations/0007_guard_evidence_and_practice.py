from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly

KEPT = ("name", "link", "size", "by_id", "at", "action_id")
CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in KEPT)


class Migration(migrations.Migration):
    """What shows an action, and what happened to a practice, is written once; evidence is withdrawn once."""

    dependencies = [("reports", "0006_keep_plans_and_practice")]
    operations = [
        InsertOnly("reports_practicestep"),
        Guard(
            "reports_actionevidence",
            verbs=["UPDATE"],
            name="evidence_of_an_action_stays",
            condition=(
                f"{CHANGED} OR (OLD.file_id IS NOT NULL AND (NEW.file_id IS NULL OR NEW.file_id <> OLD.file_id))"
                " OR OLD.withdrawn_at IS NOT NULL"
            ),
        ),
    ]
