import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from communitas.kit.keys import RowKey
from communitas.kit.rows import Guard, InsertOnly, Lifted, Rebuilt

_REMOVED = "NOT EXISTS (SELECT 1 FROM workbooks_redaction WHERE workbooks_redaction.event_id = OLD.event_id)"
_EVENTS = InsertOnly("workbooks_event")
_WORDS = (
    Guard("workbooks_payload", verbs=("UPDATE",), name="insert_only"),
    Guard("workbooks_payload", verbs=("DELETE",), name="insert_only", condition=_REMOVED),
)


class Migration(migrations.Migration):
    """An answer writes fewer pages: no index that no query asks for, and keys of which SQLite keeps no second copy.

    On SQLite the tables are written anew, which loses their guards: they are lifted before and set again after.
    """

    dependencies = [
        ("workbooks", "0011_spreadsheets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        Lifted(_EVENTS),
        *(Lifted(guard) for guard in _WORDS),
        migrations.RemoveIndex(model_name="event", name="events_by_device"),
        migrations.AlterField(model_name="event", name="id", field=RowKey(primary_key=True, serialize=False)),
        migrations.AlterField(
            model_name="event",
            name="workbook",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="workbooks.workbook",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(device_id__gt=""), fields=["device_id", "device_seq"], name="events_by_device"
            ),
        ),
        Rebuilt("Payload"),
        _EVENTS,
        *_WORDS,
    ]
