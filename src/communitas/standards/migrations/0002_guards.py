from django.db import migrations

from communitas.kit.rows import Guard

VERBS = ["INSERT", "UPDATE", "DELETE"]
IN_PUBLISHED = "(SELECT state FROM standards_edition WHERE id = {row}.edition_id) <> 'draft'"
CHANGED = " OR ".join(
    [
        "NEW.state = 'draft'",
        *(
            f"NEW.{column} <> OLD.{column}"
            for column in ("standard_set_id", "number", "title", "summary", "scale", "level_words", "content_hash")
        ),
    ]
)


class Migration(migrations.Migration):
    """A published edition never changes."""

    replaces = [("standards", "0002_guard_published_editions")]
    dependencies = [("standards", "0001_tables")]
    operations = [
        Guard(
            "standards_edition", verbs=["DELETE"], name="a_published_edition_is_kept", condition="OLD.state <> 'draft'"
        ),
        Guard(
            "standards_edition",
            verbs=["UPDATE"],
            name="a_published_edition_never_changes",
            condition=f"OLD.state <> 'draft' AND ({CHANGED})",
        ),
        *(
            Guard(table, verbs=VERBS, name="its_edition_is_published", condition=IN_PUBLISHED)
            for table in (
                "standards_section",
                "standards_criterion",
                "standards_value",
                "standards_layer",
                "standards_lineage",
            )
        ),
        Guard(
            "standards_standard",
            verbs=VERBS,
            name="its_edition_is_published",
            condition="(SELECT e.state FROM standards_edition e JOIN standards_section s ON s.edition_id = e.id "
            "WHERE s.id = {row}.section_id) <> 'draft'",
        ),
        *(
            Guard(
                table,
                verbs=VERBS,
                name="its_edition_is_published",
                condition="(SELECT e.state FROM standards_edition e JOIN standards_lineage l ON l.edition_id = e.id "
                "WHERE l.id = {row}.lineage_id) <> 'draft'",
            )
            for table in ("standards_lineage_older", "standards_lineage_newer")
        ),
    ]
