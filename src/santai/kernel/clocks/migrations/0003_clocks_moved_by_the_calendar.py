"""A deadline that the calendar moved waits to be told; clocks of an older calendar are found by it, the nearest deadline first."""

from django.db import migrations, models

WAITING = models.Q(("finished_at", None), ("state__in", ("running", "stopped", "missed")))


class Migration(migrations.Migration):
    dependencies = [("kernel_clocks", "0002_versions_never_repeat")]
    operations = [
        migrations.AddField(model_name="clock", name="moved", field=models.BooleanField(default=False)),
        migrations.RemoveIndex(model_name="clock", name="clocks_calendar_version"),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(condition=WAITING, fields=["calendar_version", "due_at"], name="clocks_older_calendar"),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(condition=models.Q(("moved", True)), fields=["subject"], name="clocks_moved"),
        ),
    ]
