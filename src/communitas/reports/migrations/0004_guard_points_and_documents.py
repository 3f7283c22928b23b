from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly

SIGNED = "OLD.state IN ('final', 'superseded')"
OF_SIGNED = (
    "EXISTS (SELECT 1 FROM reports_localreport r WHERE r.id = {row}.report_id AND r.state IN ('final', 'superseded'))"
)


class Migration(migrations.Migration):
    """What a signed report rests on is written once: its points, its document, its PDF, its signatures."""

    dependencies = [("reports", "0003_keep_the_words_of_drafts")]
    operations = [
        InsertOnly("reports_reportedit"),
        Guard(
            "reports_factpoint",
            verbs=["INSERT", "UPDATE", "DELETE"],
            name="points_of_a_signed_report_stay",
            condition=OF_SIGNED,
        ),
        Guard(
            "reports_localreport",
            verbs=["UPDATE"],
            name="a_signed_report_stays_as_signed",
            condition=(
                f"{SIGNED} AND (NEW.document IS NULL OR NEW.enrolment_id <> OLD.enrolment_id"
                " OR NEW.signed_by_id IS NULL OR NEW.first_signed_by_id IS NULL"
                " OR NEW.first_signed_by_id <> OLD.first_signed_by_id"
                " OR NEW.signed_at <> OLD.signed_at OR NEW.version_reason <> OLD.version_reason"
                " OR (OLD.pdf_id IS NOT NULL AND (NEW.pdf_id IS NULL OR NEW.pdf_id <> OLD.pdf_id)))"
            ),
        ),
        Guard(
            "reports_localreport",
            verbs=["UPDATE"],
            name="a_superseded_report_stays_superseded",
            condition="OLD.state = 'superseded' AND NEW.state <> 'superseded'",
        ),
    ]
