from typing import Any

from django.db import migrations, models
from django.utils import timezone


def mark_appointments(apps: Any, schema_editor: Any) -> None:
    """What is due in the future was appointed."""
    apps.get_model("search", "IndexChange").objects.filter(due_at__gt=timezone.now()).update(appointment=True)


class Migration(migrations.Migration):
    """Tells appointments from changes that are due whatever the clock says, and notes how far a rebuild is."""

    dependencies = [
        ("search", "0002_failed_searches"),
    ]

    operations = [
        migrations.AddField("indexchange", "appointment", models.BooleanField(default=False, editable=False)),
        migrations.AddField("indexstate", "begun_at", models.DateTimeField(null=True)),
        migrations.AddField("indexstate", "done", models.PositiveIntegerField(default=0)),
        migrations.AddField("indexstate", "total", models.PositiveIntegerField(default=0)),
        migrations.RunPython(mark_appointments, migrations.RunPython.noop, elidable=True),
    ]
