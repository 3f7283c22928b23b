from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly


class Migration(migrations.Migration):
    """Designs, their use and openings of links are written once; of a link only its end is added, once."""

    dependencies = [("reports", "0008_keep_designs_and_private_links")]
    operations = [
        InsertOnly("reports_reportdesign"),
        InsertOnly("reports_designuse"),
        InsertOnly("reports_linkopening"),
        Guard(
            "reports_reportlink",
            verbs=["UPDATE"],
            name="a_private_link_keeps_its_terms",
            condition=(
                "OLD.ended_at IS NOT NULL OR NEW.report_id <> OLD.report_id OR NEW.recipient <> OLD.recipient"
                " OR NEW.reason <> OLD.reason OR NEW.secret_hash <> OLD.secret_hash"
                " OR NEW.made_by_id <> OLD.made_by_id OR NEW.made_at <> OLD.made_at OR NEW.ends_at <> OLD.ends_at"
            ),
        ),
        Guard("reports_reportlink", verbs=["DELETE"], name="a_private_link_stays"),
    ]
