from django.db import migrations

from communitas.kit.rows import Guard, InsertOnly

VERBS = ["INSERT", "UPDATE", "DELETE"]
CHANGED = " OR ".join(
    [
        "NEW.state = 'draft'",
        *(
            f"NEW.{column} <> OLD.{column}"
            for column in ("edition_id", "audience", "version", "title", "introduction", "translations", "content_hash")
        ),
    ]
)
IN_PUBLISHED = "(SELECT state FROM questionnaires_questionnaire WHERE id = {row}.questionnaire_id) <> 'draft'"
WAS_RELEASED = "(SELECT state FROM questionnaires_opening WHERE id = {row}.opening_id) = 'released'"
NOT_ERASED = "(SELECT erased_at FROM questionnaires_opening WHERE id = {row}.opening_id) IS NULL"
COUNTED = "NEW.state <> 'released' OR NEW.returned <> OLD.returned OR NEW.enough <> OLD.enough"


class Migration(migrations.Migration):
    """A published questionnaire, a reply and a released figure never change."""

    replaces = [("questionnaires", "0002_guard_what_was_said")]
    dependencies = [("questionnaires", "0001_tables")]
    operations = [
        Guard(
            "questionnaires_questionnaire",
            verbs=["DELETE"],
            name="published_is_kept",
            condition="OLD.state <> 'draft'",
        ),
        Guard(
            "questionnaires_questionnaire",
            verbs=["UPDATE"],
            name="published_never_changes",
            condition=f"OLD.state <> 'draft' AND ({CHANGED})",
        ),
        *(
            Guard(table, verbs=VERBS, name="its_questionnaire_is_published", condition=IN_PUBLISHED)
            for table in ("questionnaires_part", "questionnaires_item")
        ),
        Guard("questionnaires_reply", verbs=["UPDATE"], name="a_reply_never_changes"),
        Guard("questionnaires_reply", verbs=["INSERT"], name="no_reply_follows_the_release", condition=WAS_RELEASED),
        Guard(
            "questionnaires_reply",
            verbs=["DELETE"],
            name="released_is_kept_until_erased",
            condition=f"{WAS_RELEASED} AND {NOT_ERASED}",
        ),
        Guard(
            "questionnaires_opening",
            verbs=["UPDATE"],
            name="a_release_never_changes",
            condition=f"OLD.state = 'released' AND ({COUNTED})",
        ),
        InsertOnly("questionnaires_released"),
    ]
