from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 1000


def _keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    head, former = (apps.get_model("workbooks", name) for name in ("Head", "FormerHead"))
    events = former.objects.order_by("event").values_list("event", flat=True)
    head.objects.bulk_create((head(event_id=pk) for pk in events.iterator(chunk_size=BATCH)), batch_size=BATCH)


def _give_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    head, former = (apps.get_model("workbooks", name) for name in ("Head", "FormerHead"))
    names = ("workbook_id", "criterion_key", "register")
    rows = head.objects.order_by("event").values_list("event", *(f"event__{name}" for name in names))
    former.objects.bulk_create(
        (former(event_id=pk, **dict(zip(names, place, strict=True))) for pk, *place in rows.iterator(chunk_size=BATCH)),
        batch_size=BATCH,
    )


class Migration(migrations.Migration):
    """The heads that stand are taken over, and on the way back are told again where they stand."""

    dependencies = [("workbooks", "0013_heads_are_events")]
    operations = [migrations.RunPython(_keep, _give_back)]
