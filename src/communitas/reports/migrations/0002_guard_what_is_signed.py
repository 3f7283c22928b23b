from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly

SIGNED = "OLD.state IN ('final', 'superseded')"
CHANGED = " OR ".join(
    [
        "NEW.state NOT IN ('final', 'superseded')",
        *(
            f"NEW.{column} <> OLD.{column}"
            for column in ("document", "document_hash", "summary", "signed_by_id", "version")
        ),
    ]
)


class Migration(migrations.Migration):
    """A final report and the notes of a plan are written once."""

    dependencies = [("reports", "0001_initial")]
    operations = [
        InsertOnly("reports_actionnote"),
        Guard("reports_localreport", verbs=["DELETE"], name="a_final_report_is_kept", condition=SIGNED),
        Guard(
            "reports_localreport",
            verbs=["UPDATE"],
            name="a_final_report_never_changes",
            condition=f"{SIGNED} AND ({CHANGED})",
        ),
    ]
