from django.db import migrations, models

from communitas.kit.rows import Guard, Lifted

KEPT = (
    "OLD.ended_at IS NOT NULL OR NEW.report_id <> OLD.report_id OR NEW.recipient <> OLD.recipient"
    " OR NEW.reason <> OLD.reason OR NEW.secret_hash <> OLD.secret_hash"
    " OR NEW.made_by_id <> OLD.made_by_id OR NEW.made_at <> OLD.made_at OR NEW.ends_at <> OLD.ends_at"
)


def terms(condition: str) -> Guard:
    """The guard of a link's terms."""
    return Guard("reports_reportlink", verbs=["UPDATE"], name="a_private_link_keeps_its_terms", condition=condition)


STAYS = Guard("reports_reportlink", verbs=["DELETE"], name="a_private_link_stays")


class Migration(migrations.Migration):
    """A link opens the whole report or a reduced edition, and never another than the one for which it was made.

    On SQLite the table is written anew, which loses its guards: they are lifted before and set again after.
    """

    dependencies = [("reports", "0012_keep_where_comments_stand")]
    operations = [
        Lifted(terms(KEPT)),
        Lifted(STAYS),
        migrations.AddField("reportlink", "reduced", models.BooleanField(default=False)),
        terms(f"{KEPT} OR NEW.reduced <> OLD.reduced"),
        STAYS,
    ]
